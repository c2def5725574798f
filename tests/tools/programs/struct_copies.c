#include <stdio.h>
#include <string.h>
typedef struct { int v[3]; char tag[4]; struct { int a; char s[8]; } in; } deep_t;
typedef struct { deep_t d[2]; deep_t one, *p; } outer_t;
static void change(deep_t d) { d.v[0] = 99; strcpy(d.in.s, "chg"); }
static void changep(deep_t *d) { d->v[0] = 77; strcpy(d->in.s, "ptr"); }
static deep_t twin(const deep_t *d) { deep_t t = *d; t.v[1] *= 2; return t; }
int main(void) { deep_t a = {{1, 2, 3}, "abc", {4, "in"}}, b = a; b.v[0] = 10; b.in.s[0] = 'I'; change(a); printf("%d %s %d %s\n", a.v[0], a.in.s, b.v[0], b.in.s); changep(&a); printf("%d %s\n", a.v[0], a.in.s); outer_t o = {{a, b}, a, NULL}, c; o.p = &o.d[1]; c = o; c.d[0].v[2] = -1; c.one.in.a++; c.p->v[2] = 55; printf("%d %d %d %d %d\n", o.d[0].v[2], o.one.in.a, c.one.in.a, o.d[1].v[2], c.d[1].v[2]); deep_t t = twin(&a), arr[2]; arr[0] = t; arr[1] = arr[0]; arr[1].v[1] = 0; printf("%d %d %d %s\n", t.v[1], arr[0].v[1], arr[1].v[1], twin(&arr[0]).in.s); *o.p = t; o.d[0] = o.d[1]; o.p->v[0] = 1; printf("%d %d\n", o.d[0].v[0], o.d[1].v[0]); deep_t *q = &arr[0]; deep_t save = *q; q->v[0]++; *q++ = save; q->tag[0] = 'Z'; printf("%d %s\n", arr[0].v[0], arr[1].tag); return 0; }
