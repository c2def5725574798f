#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <time.h>
struct point { int x, y; };
struct rect { struct point a, b; char label[8]; int tags[3]; };
static struct point mk(int x, int y) { struct point p = {x, y}; return p; }
static struct rect norm(struct rect r) { if (r.a.x > r.b.x) { int t = r.a.x; r.a.x = r.b.x; r.b.x = t; } r.tags[0]++; strcpy(r.label, "norm"); return r; }
static void move(struct rect *r, int dx) { r->a.x += dx; (*r).b.x += dx; r->tags[1] = dx; }
static int area(const struct rect *r) { return (r->b.x - r->a.x) * (r->b.y - r->a.y); }
static struct rect g = {{1, 2}, {3, 4}, "glob", {7}};
int main(void)
{
    struct rect r = {.a = {5, 1}, .b = mk(2, 9), .label = "r"}, q, *p = &r, rs[2];
    q = norm(r); printf("%d %d %s %s %d %d\n", r.a.x, q.a.x, r.label, q.label, r.tags[0], q.tags[0]);
    move(p, 3); printf("%d %d %d\n", r.a.x, r.b.x, area(&q));
    rs[0] = q; rs[1] = *p; rs[0].a.x = 100; printf("%d %d %d\n", q.a.x, rs[0].a.x, rs[1].tags[1]);
    struct point *pt = &rs[0].b; pt->x = 77; printf("%d\n", rs[0].b.x); rs[0].b = mk(8, 8); printf("%d\n", pt->x);
    p = &rs[1]; *p = g; p->label[0] = 'G'; printf("%s %s %d\n", p->label, g.label, rs[1].tags[0]);
    memset(&r, 0, sizeof r); printf("%d[%s]\n", r.b.y, r.label); memcpy(&q, &g, sizeof(q)); q.tags[2] = 5; printf("%d %d\n", q.tags[2], g.tags[2]);
    struct { int a; struct { int b; } in; } an = {1, {2}}; an.in.b += an.a; printf("%d\n", an.in.b);
    struct point pts[3] = {{1, 1}, {2, 2}}; int s = 0; for (struct point *i = pts; i < pts + 3; i++) s += i->x * i->y; printf("%d %d\n", s, (int)(&pts[2] - pts));
    struct tm tm = {0}; time_t t = 86400 * 365; struct tm *u = gmtime(&t); char b[32]; strftime(b, sizeof b, "%Y-%m-%d %H:%M:%S", u); puts(b);
    tm.tm_year = 100; tm.tm_mon = 1; tm.tm_mday = 29; printf("%02d/%02d\n", tm.tm_mon + 1, tm.tm_mday);
    return 0;
}
