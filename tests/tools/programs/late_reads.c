/* Texts that C reads when a call begins, after other arguments have changed them. */
#include <stdio.h>
#include <string.h>
static char status[32] = "idle";
static char g[16];
static int set(const char *s) { strcpy(status, s); return (int)strlen(s); }
static int fill(char *b, int n) { for (int i = 0; i < n; i++) b[i] = (char)('a' + i); b[n] = 0; return n; }
static int whole(char *out, size_t size, int v) { return snprintf(out, size, "v%d", v); }
static void show(const char *a, int n) { printf("%s/%d\n", a, n); }
static const char *tag(char *b) { sprintf(b, "tag"); return b; }
typedef struct { char name[16]; int n; } rec;
static int rename_(rec *r, const char *s) { strcpy(r->name, s); return ++r->n; }
int main(void)
{
    char b[16] = "", c[16] = "", line[64]; rec r = { "old", 0 };
    printf("%s %d\n", status, set("busy"));
    printf("%s %d\n", b, fill(b, 4));
    printf("%s %d\n", c, whole(c, sizeof c, 7));
    show(status, set("done")); show(b, fill(b, 2)); show(c, whole(c, sizeof c, 8));
    snprintf(line, sizeof line, "%s=%d", b, fill(b, 3)); puts(line);
    printf("%s %s %d\n", g, tag(g), 1);
    printf("%s %d %s\n", r.name, rename_(&r, "new"), r.name);
    fprintf(stdout, "%s %d\n", r.name, rename_(&r, "newer"));
    printf("%c%d\n", b[0], 0);
    return 0;
}
