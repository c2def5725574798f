#include <stdio.h>
#include <stddef.h>
#include <stdint.h>
struct base { int id; };
int member(int shared) { return shared + 1; }
enum e { A = 1, B = 200 };
union en { enum e e; unsigned char b; uint8_t c; int64_t l; };
typedef union { struct { unsigned a : 1, b : 2; } ; unsigned char all; } reg_t;
union big { unsigned long long v; struct { unsigned lo, hi; }; };
static void swap(union big *b) { unsigned t = b->lo; b->lo = b->hi; b->hi = t; }
static unsigned long long rev(unsigned long long v) { union big b; b.v = v; swap(&b); return b.v; }
int main(void) {
 int shared = 3; printf("%d\n", member(shared));
 union en e = {.l = 0}; e.e = B; printf("%d %d\n", e.b, e.e == B); e.c = 1; printf("%d\n", e.e == A);
 reg_t r = {.all = 0}; r.b = 3; r.a = 1; printf("%d %d\n", r.all, r.b); r.all = 4; printf("%d %d\n", r.a, r.b);
 printf("%llx\n", rev(0x1122334455667788ULL));
 union { double d[2]; struct { double re, im; } c; } z = {{1, 2}}; double *pd = z.d; pd[1] = 4; printf("%.1f\n", z.c.im);
 union { int v[4]; struct { int x, y, z, w; }; } q = {{1, 2, 3, 4}}; int s = 0; for (int i = 0; i < 4; i++) s += q.v[i]; q.y = s; printf("%d %d\n", q.v[1], q.w); int *end = q.v + 4; for (int *p = q.v; p < end; ++p) *p *= 2; printf("%d %d\n", q.x, q.y);
 union { int i; struct { short a; short b; }; } g, *gp = &g; gp->i = 0x10002; printf("%d %d %d\n", gp->a, gp->b, g.a++ + 1); int *ip = &gp->i; *ip += 1; printf("%d\n", g.a); short *sp = &g.b; *sp = -1; printf("%d %p\n", g.i, (void *)0);
 while (g.a-- > 0) { printf("."); } puts(""); printf("%d\n", g.a ? g.b : 3); g.i ^= 0x0f; g.b |= 0x100; g.a = g.b = 5; printf("%d\n", g.i);
 return 0; }
