#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
union u { int i; char c[4]; };
enum kind { INT, REAL, TEXT, POINT };
struct point { int x, y; };
typedef struct value { enum kind kind; union { int i; double d; char *s; struct point p; char small[12]; } u; } value_t;
static void show(const value_t *v)
{
    switch (v->kind) {
    case INT: printf("int %d\n", v->u.i); break;
    case REAL: printf("real %.2f\n", v->u.d); break;
    case TEXT: printf("text %s\n", v->u.s); break;
    case POINT: printf("point %d %d\n", v->u.p.x, v->u.p.y); break;
    }
}
static value_t number(int n) { value_t v; v.kind = INT; v.u.i = n; return v; }
struct named { int k; union { int i; float f; struct { unsigned char a, b; }; char *t; }; int z; };
union flags { struct { unsigned lo : 4; unsigned hi : 12; int s : 3; } f; uint32_t all; uint8_t bytes[4]; };
struct inn { double d; int v[3]; };
struct out { int n; struct inn in; struct point ps[3]; };
typedef struct node { union { struct { struct node *l, *r; } pair; int leaf; } u; int is_leaf; } node_t;
static int sum(node_t *n) { return n->is_leaf ? n->u.leaf : sum(n->u.pair.l) + sum(n->u.pair.r); }
union table { struct { int64_t k; double w[2]; struct point at[2]; } rec; unsigned char raw[40]; short m[2][3]; };
static union u change(union u x) { x.c[1] = 1; return x; }
int main(void)
{
    union u x;
    x.i = 0x41424344;
    printf("%d %c %zu\n", x.c[0], x.c[3], sizeof(x));
    x.c[0] = -1; printf("%x\n", x.i);
    union u y = x; y.i++; printf("%x %x\n", x.i, y.i);
    union u z = change(x); printf("%x %x\n", x.i, z.i);
    union u *px = &x; px->i = 7; printf("%d\n", x.c[0]);
    value_t vs[5] = {{INT, {.i = 3}}, {.kind = REAL, .u.d = 2.5}, {TEXT, .u = {.s = "hello"}}, {POINT, {.p = {1, 2}}}};
    vs[4] = number(9);
    for (int k = 0; k < 5; k++) show(&vs[k]);
    value_t w = vs[2]; vs[2].u.s = "other"; show(&w); show(&vs[2]);
    w.kind = POINT; w.u.p.x = 5; w.u.p.y = -5; show(&w);
    w = vs[1]; w.u.d *= 2; show(&w); show(&vs[1]);
    struct named n = {1, {2}, 3}, m = {.k = 4, .f = 1.0f, .z = 5};
    printf("%d %d %d %d %x %d\n", n.k, n.i, n.z, n.a, m.i, m.z);
    m.b = 9; printf("%x\n", m.i); m.t = "txt"; printf("%s %zu\n", m.t, sizeof m);
    n = m; m.t = NULL; printf("%s %d\n", n.t, m.t == NULL);
    union flags f = {.all = 0}; f.f.lo = 17; f.f.hi = 0xabc; f.f.s = -2; printf("%x %x %d %x\n", f.all, f.bytes[1], f.f.s, f.f.lo);
    f.f.hi++; f.f.lo--; printf("%x\n", f.all);
    struct out o = {.in.d = 1.5, .in.v[1] = 4, .ps[2].x = 3, .ps[0] = {7, 8}, .n = 2};
    printf("%.1f %d %d %d %d %d\n", o.in.d, o.in.v[1], o.in.v[0], o.ps[2].x, o.ps[0].y, o.n);
    struct point arr[4] = {[2].x = 3, [0] = {1, 2}, {5, 6}};
    printf("%d %d %d %d\n", arr[2].x, arr[0].y, arr[1].x, arr[3].x);
    node_t a = {.u.leaf = 3, .is_leaf = 1}, b = {.u.leaf = 4, .is_leaf = 1}, c = {.is_leaf = 0};
    c.u.pair.l = &a; c.u.pair.r = &b; printf("%d\n", sum(&c));
    node_t *h = malloc(sizeof(*h)); h->is_leaf = 0; h->u.pair.l = &c; h->u.pair.r = &a; printf("%d\n", sum(h)); 
    h->is_leaf = 1; h->u.leaf = 11; printf("%d\n", sum(h)); free(h);
    union table t; memset(&t, 0, sizeof(t));
    t.rec.k = -2; t.rec.w[1] = 1.0; t.rec.at[1].y = 258;
    for (size_t k = 0; k < sizeof(t); k++) printf("%02x", t.raw[k]);
    t.m[1][0] = 77; printf(" %lld\n", (long long)t.rec.k);
    struct point *pp = &t.rec.at[0]; pp->x = 5; struct point q = t.rec.at[0]; q.x++; printf("%d %d %d\n", t.rec.at[0].x, q.x, t.raw[24]);
    t.rec.at[1] = q; printf("%d\n", t.raw[32]);
    value_t *hv = calloc(3, sizeof(value_t)); hv[1].kind = TEXT; strcpy(hv[0].u.small, "tiny"); hv[1].u.s = hv[0].u.small; show(&hv[1]); hv[0].u.small[0] = 'T'; show(hv + 1); hv[2] = hv[1]; show(&hv[2]); free(hv);
    double d = 1.0; union { double d; uint64_t u; } pun = {d}; printf("%llx\n", (unsigned long long)pun.u); pun.u ^= 1ull << 63; printf("%f\n", pun.d);
    union { float f; int32_t i; } fi; fi.f = 0.1f; int32_t bits = fi.i; fi.i = 0x5f3759df - (bits >> 1); printf("%.6f\n", fi.f);
    return 0;
}
