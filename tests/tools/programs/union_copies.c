#include <stdio.h>
#include <string.h>
#include <stdint.h>
#include <stdlib.h>
union u { int i; char c[8]; float f; };
union u glob;
static int touch(union u x) { char *p = x.c; p[0] = 9; return x.i; }
static int alias(union u x) { glob.i = 55; return x.i; }
static void set(int *p) { *p = 12; }
static void setf(float *p, int n) { for (int i = 0; i < n; i++) p[i] = 1.0f; }
static union u *find(union u *v, int n, int k) { for (int i = 0; i < n; i++) if (v[i].i == k) return &v[i]; return NULL; }
static union u pick(int k) { static union u st[2] = {{1}, {2}}; st[k].i += 10; return st[k]; }
typedef struct { int tag; union { int n; struct { char *key; int val; } kv; } d; } item_t;
static void upd(item_t *it) { int *v = &it->d.kv.val; *v = 3; it->d.kv.key = "k"; }
struct wrap { union u a, b; };
int main(void) {
  union u x = {7}; printf("%d %d\n", touch(x), x.i);
  glob.i = 1; printf("%d %d\n", alias(glob), glob.i);
  set(&x.i); printf("%d %d\n", x.i, x.c[0]); setf(&x.f, 1); printf("%x\n", x.i);
  union u v[3] = {{1}, {2}, {3}}; union u *f = find(v, 3, 2); f->f = 2.0f; printf("%x %d\n", v[1].i, (int)(f - v));
  printf("%d %d %d\n", pick(0).i, pick(0).i, pick(1).i);
  item_t it = {1, {5}}; upd(&it); printf("%s %d\n", it.d.kv.key, it.d.kv.val);
  struct wrap w = {{1}, {2}}, w2 = w; w2.a = w.b; w.b.i = 4; printf("%d %d %d\n", w2.a.i, w2.b.i, w.b.i);
  union u tmp = w.a; w.a = w.b; w.b = tmp; printf("%d %d\n", w.a.i, w.b.i);
  union u y = x.i ? w.a : w.b; y.i++; printf("%d %d\n", y.i, w.a.i);
  char *alias2 = x.c; x.i = 0x64636261; x.c[4] = 0; printf("%s\n", alias2); union u z = x; alias2[0] = 'z'; printf("%s %s\n", z.c, x.c);
  struct wrap *pw = &w; union u *in = &pw->a; *in = z; printf("%s\n", w.a.c); pw->b = *in; in->c[0] = '-'; printf("%s %s\n", w.a.c, w.b.c);
  return 0; }
