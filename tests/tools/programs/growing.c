#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { char *data; size_t len, cap; } buf_t;
static void buf_init(buf_t *b) { b->data = NULL; b->len = b->cap = 0; }
static int buf_add(buf_t *b, const char *s, size_t n)
{
    if (b->len + n + 1 > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 8; char *p;
        while (cap < b->len + n + 1) cap *= 2;
        p = realloc(b->data, cap); if (!p) return -1;
        b->data = p; b->cap = cap;
    }
    memcpy(b->data + b->len, s, n); b->len += n; b->data[b->len] = '\0';
    return 0;
}
typedef struct { int *v; int n, cap; } vec;
static void vpush(vec *a, int x) { if (a->n == a->cap) { a->cap = a->cap ? a->cap * 2 : 2; a->v = realloc(a->v, a->cap * sizeof(int)); } a->v[a->n++] = x; }
int main(void)
{
    buf_t b; buf_init(&b);
    for (int i = 0; i < 5; i++) { char t[16]; int n = sprintf(t, "item%d,", i); buf_add(&b, t, n); }
    printf("%s %zu %zu\n", b.data, b.len, b.cap); free(b.data);
    vec a = {0}; for (int i = 0; i < 7; i++) vpush(&a, i * 3); int s = 0; for (int i = 0; i < a.n; i++) s += a.v[i]; printf("%d %d %d\n", s, a.n, a.cap); free(a.v);
    char **list = malloc(3 * sizeof(char *)); for (int i = 0; i < 3; i++) { list[i] = malloc(8); sprintf(list[i], "w%d", i); }
    for (int i = 0; i < 3; i++) { printf("%s ", list[i]); free(list[i]); } free(list); puts("");
    int **m = malloc(2 * sizeof(int *)); for (int i = 0; i < 2; i++) { m[i] = calloc(3, sizeof(int)); for (int j = 0; j < 3; j++) m[i][j] = i * 3 + j; } printf("%d\n", m[1][2]);
    char *d = strdup("dup"); d[0] = 'D'; printf("%s\n", d); free(d);
    return 0;
}
