#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static char g_name[32] = "start"; static char *g_ptr = NULL; static const char *g_const = "const";
struct rec { char name[16]; char *ref; const char *label; int n; };
static void set_g(const char *s) { strcpy(g_name, s); }
static void show(const char *s) { set_g("changed"); printf("%s %s\n", s, g_name); }
static char *dup2x(const char *s) { char *p = malloc(2 * strlen(s) + 1); strcpy(p, s); strcat(p, s); return p; }
static const char *pick(int n) { const char *r = "many"; if (n == 0) r = "none"; else if (n == 1) { r = "one"; } return r; }
static char *number(int n, char *buf) { sprintf(buf, "#%d", n); return buf; }
static void rename_rec(struct rec *r, const char *s) { strncpy(r->name, s, sizeof(r->name) - 1); r->name[sizeof(r->name) - 1] = 0; r->ref = r->name; }
static int next(int *p) { static int calls; calls++; return ++*p + calls; }
int main(void)
{
    show(g_name); g_ptr = g_name; set_g("again"); printf("%s %s\n", g_ptr, g_const); char *d = dup2x("ab"); printf("%s %zu\n", d, strlen(d)); free(d); d = NULL; printf("%s %s %s\n", pick(0), pick(1), pick(9)); char b[16]; printf("%s ", number(5, b)); char *n = number(7, b); printf("%s %s\n", n, b);
    struct rec r = {"init", NULL, "lbl", 1}, s; s = r; rename_rec(&r, "a-very-long-name-that-is-cut"); printf("%s|%s|%s|%s\n", r.name, r.ref, s.name, s.label); s.name[0] = 'I'; printf("%s %s\n", s.name, r.name); struct rec arr[2] = {r, s}; arr[1].n++; strcpy(arr[0].name, "zero"); printf("%s %s %d %d\n", arr[0].name, r.name, arr[1].n, s.n);
    int v = 0, total = 0; for (int i = 0; i < 3; i++) { int w = i; total += next(&w); if (next(&v) > 5) continue; total += 100; } printf("%d %d\n", v, total); const char *list[4]; int k = 0; list[k++] = g_const; list[k++] = pick(1); list[k] = NULL; for (const char **p = list; *p != NULL; ++p) printf("%s;", *p); puts(""); char line[64]; line[0] = 0; for (int i = 0; i < 4; i++) { char t[8]; snprintf(t, sizeof t, "%d,", i); strcat(line, t); } line[strlen(line) - 1] = '\0'; printf("%s\n", line); char tmp[8] = "abc"; char *q = tmp; q[1] = 'X'; printf("%s %c\n", tmp, q[2]); memset(tmp, 0, sizeof tmp); printf("[%s]\n", tmp); int x = 3; int *px = &x, **ppx = &px; **ppx = 9; printf("%d %d\n", x, *px); int y = 4; *ppx = &y; *px += 1; printf("%d %d\n", x, y); double z = 1; double *pz = &z; *pz /= 4; printf("%.2f\n", z); return 0;
}
