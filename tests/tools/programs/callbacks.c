#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef int (*op_t)(int, int);
typedef struct { const char *name; op_t fn; } entry_t;
static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }
static const entry_t ops[] = { {"add", add}, {"sub", sub}, {"mul", mul}, {NULL, NULL} };
static op_t find(const char *n) { for (const entry_t *e = ops; e->name; e++) if (!strcmp(e->name, n)) return e->fn; return NULL; }
typedef void (*visit_fn)(const char *key, int val, void *ctx);
static void each(visit_fn v, void *ctx) { v("a", 1, ctx); v("b", 2, ctx); }
struct acc { int n; char text[32]; };
static void gather(const char *k, int v, void *ctx) { struct acc *a = ctx; a->n += v; strcat(a->text, k); }
static void count(const char *k, int v, void *ctx) { int *n = ctx; *n += v; (void)k; }
static int counter(void) { static int n = 10; return n++; }
static char *fmt(int n) { static char b[16]; sprintf(b, "<%d>", n); return b; }
int main(void)
{
    op_t f = find("mul"); printf("%d %d\n", f(6, 7), find("nope") == NULL);
    struct acc a = {0, ""}; each(gather, &a); printf("%d %s\n", a.n, a.text);
    int n = 0; each(count, &n); printf("%d\n", n);
    counter(); counter(); printf("%d %s\n", counter(), fmt(5));
    op_t table[2] = {add, sub}; for (int i = 0; i < 2; i++) printf("%d ", table[i](9, 4)); puts("");
    return 0;
}
