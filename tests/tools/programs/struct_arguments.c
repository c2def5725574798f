#include <stdio.h>
#include <string.h>
union u { int i; char c[8]; float f; };
struct s { int n; char name[8]; int v[3]; };
static int touch(union u x) { char *p = x.c; p[0] = 9; return x.i; }
static int str(struct s x) { strcpy(x.name, "new"); return (int)strlen(x.name); }
static int vec(struct s x) { int *p = x.v; p[1] = 9; return x.v[1]; }
static void zero(int *p) { p[0] = 0; }
static int deep(struct s x) { zero(x.v); return x.v[0]; }
static int look(struct s x) { return x.v[0] + (int)strlen(x.name); }
static int many(union u x) { memset(x.c, 1, 4); return x.i; }
struct s g = {1, "g", {1, 2, 3}};
static int peek(struct s x) { g.n = 5; return x.n; }
static int peek2(struct s x, struct s *o) { o->n = 6; return x.n; }
int main(void) {
  union u x = {7}; int r = touch(x); printf("%d %d\n", r, x.i); r = many(x); printf("%x %d\n", r, x.i);
  struct s a = {1, "old", {1, 2, 3}}; r = str(a); printf("%d %s\n", r, a.name); r = vec(a); printf("%d %d\n", r, a.v[1]); r = deep(a); printf("%d %d\n", r, a.v[0]);
  printf("%d\n", look(a)); r = peek(g); printf("%d %d\n", r, g.n); r = peek2(a, &a); printf("%d %d\n", r, a.n);
  return 0; }
