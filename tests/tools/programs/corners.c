#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct point { int x, y; };
struct config { int level; } config = {4};
typedef struct { const char *name; double price; int count; } row_t;
typedef struct { int n; char t[4]; } item_t;
static int help(int n);
static const struct { const char *name; int (*run)(int); } commands[] = {{"help", help}, {NULL, NULL}};
static int help(int n) { return n + commands[0].name[0]; }
static int side, v = 3;
static int step(void) { return ++side; }
static char **pool;
static size_t used;
static const char *kept(const char *s) { pool = realloc(pool, (used + 1) * sizeof *pool); return pool[used++] = strdup(s); }
static int total(struct point point) { return point.x + point.y; }
static int digits(const char *s) { int n = 0; for (; *s; s++) switch (*s) { case '0' ... '9': n++; break; default: n += 100; } return n; }
int main(void)
{
    static const row_t rows[] = {{"a", 1.5, 2}, {"", 0, 0}};
    item_t items[4] = {{1, "a"}, {2, "b"}, {3, "c"}}, *second = &items[1];
    struct point point = {1, 2};
    int queue[4] = {0}, tail = 0, seen[4] = {0};
    unsigned char b[2];
    { extern int v; v *= 2; }
    for (int v = 0; v < 2; v++) printf("%d ", v);
    printf("%d %d\n", v, total(point));
    printf("%d %d\n", side, step());
    printf("%s %s %d\n", kept("x"), kept("y"), (int)used);
    for (const row_t *r = rows; *r->name; r++) printf("%s %.1f\n", r->name, r->price);
    memmove(items + 1, items, 3 * sizeof(item_t));
    printf("%d%s %d%s %d %zu\n", items[1].n, items[1].t, items[3].n, items[3].t, second->n, sizeof(item_t));
    seen[queue[tail++] = 2] = 1;
    queue[tail++] = b[0] = 300;
    printf("%d %d %d %d\n", seen[2], queue[1], tail, b[0]);
    errno = ENOENT;
    printf("[%.3s] %m\n", (char *)NULL);
    printf("%.1f %.1f %d %d\n", round(2.5), pow(-8, 3), digits("a12b"), commands[0].run(1));
    { struct config config = {7}; printf("%d\n", config.level); }
    return config.level;
}
