#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
typedef union { void *p; long n; char *s; } ptr_t;
typedef struct { char type; union { int num; const char *str; } val; } opt_t;
static const opt_t opts[] = {{'n', {1}}, {'s', {.str = "text"}}, {'s', .val.str = "more"}};
static const opt_t *find(char c) { for (size_t i = 0; i < sizeof opts / sizeof *opts; i++) if (opts[i].type == c) return opts + i; return NULL; }
static opt_t mk(const char *s) { return (opt_t){.type = 's', .val = {.str = s}}; }
static void pr(opt_t o) { if (o.type == 'n') printf("%d\n", o.val.num); else printf("%s\n", o.val.str); }
static int parse(const char *s, ptr_t *out) { char *e; out->n = strtol(s, &e, 10); return *e == 0; }
struct __attribute__((packed)) pk { char c; int n; };
union pku { struct pk p; unsigned char b[5]; };
static union { int a; unsigned char b[4]; } cache[2];
static int *slot(int i) { return &cache[i].a; }
int main(void) {
  ptr_t a; a.s = strdup("walk"); char *keep = a.s; while (*a.s) { putchar(*a.s); a.s++; } putchar('\n'); free(keep);
  a.p = (void *)5; printf("%ld\n", (long)a.p);
  pr(*find('n')); pr(*find('s')); pr(mk("made")); opt_t *o = malloc(sizeof *o); *o = mk("heap"); pr(*o); o->type = 'n'; o->val.num = 3; pr(*o); free(o);
  ptr_t q; printf("%d %ld\n", parse("44", &q), q.n);
  union pku u = {{1, 0x0a0b0c0d}}; printf("%d %x %zu\n", u.b[0], u.b[1], sizeof u);
  *slot(1) = 513; ++*slot(1); printf("%d %d\n", cache[1].b[0], cache[1].b[1]); int *w = slot(0); w[0] = 3; printf("%d\n", cache[0].b[0]);
  union { char **v; int n; } vec; vec.v = malloc(2 * sizeof(char *)); vec.v[0] = "x"; vec.v[1] = strdup("y"); printf("%s%s\n", vec.v[0], vec.v[1]); free(vec.v[1]); free(vec.v);
  uint8_t buf[4] = {1, 2, 3, 4}; union { uint32_t u; uint8_t b[4]; } c; for (int i = 0; i < 4; i++) c.b[3 - i] = buf[i]; printf("%x\n", c.u); memcpy(c.b, buf, sizeof c.b); printf("%x %d\n", c.u, memcmp(c.b, buf, 4)); memcpy(&c.u, buf + 1, 2); printf("%x\n", c.u); memcpy(buf, &c.u, sizeof c.u); printf("%d\n", buf[0]);
  fwrite(&c.u, 4, 1, stdout); puts("");
  return 0; }
