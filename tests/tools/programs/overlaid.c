#include <stdio.h>
#include <string.h>
#include <stdint.h>
#include <stdlib.h>
struct hdr { uint8_t ver, type; uint16_t len; };
union packet { struct hdr h; uint8_t raw[16]; char text[16]; };
static void dump(const uint8_t *p, int n) { for (int i = 0; i < n; i++) printf("%02x", p[i]); puts(""); }
static struct hdr parse(const char *s) { union packet p; memset(&p, 0, sizeof p); memcpy(p.raw, s, strlen(s)); return p.h; }
struct mixed { char tag; union { long n; char *names[2]; struct { int a; char *who; } rec; } u; union { int q; } ; };
static int len(struct mixed m) { return (int)strlen(m.u.rec.who); }
typedef union { struct { float x, y, z; }; float v[3]; } vec3;
static vec3 add(vec3 a, vec3 b) { vec3 r; for (int i = 0; i < 3; i++) r.v[i] = a.v[i] + b.v[i]; return r; }
static float dot(const vec3 *a, const vec3 *b) { return a->x * b->x + a->y * b->y + a->z * b->z; }
typedef struct { union { struct { uint8_t r, g, b, a; }; uint32_t rgba; }; } color_t;
int main(void) {
  union packet p = {{1, 2, 300}}; dump(p.raw, 6); strcpy(p.text, "hi there"); printf("%s %d %d\n", p.text, p.h.ver, p.h.len); dump(p.raw + 2, 4); p.raw[7] = 0; printf("%s %zu\n", p.text, strlen(p.text));
  struct hdr h = parse("abcd"); printf("%d %d %d\n", h.ver, h.type, h.len);
  memcpy(&p.h, &h, sizeof h); printf("%.4s\n", p.text);
  struct hdr *ph = &p.h; ph->type = 'Z'; printf("%s\n", p.text);
  memset(p.raw, 'x', 3); p.text[3] = '\0'; printf("%s\n", p.text);
  for (char *c = p.text; *c; c++) *c -= 32; printf("%s %d\n", p.text, p.h.ver);
  struct mixed m = {'a', {.names = {"one", "two"}}, {3}}, n; n = m; n.u.names[1] = "three"; printf("%s %s %s %d\n", m.u.names[0], m.u.names[1], n.u.names[1], n.q);
  n.u.rec.who = "who"; n.u.rec.a = 2; printf("%s %d %d\n", n.u.rec.who, n.u.rec.a, len(n)); n.u.n = 5; printf("%ld\n", n.u.n);
  vec3 a = {{1, 2, 3}}, b = {.v = {4, 5, 6}}, c = add(a, b); printf("%.1f %.1f %.1f %.1f\n", c.x, c.y, c.z, dot(&a, &b));
  color_t col = {.rgba = 0x11223344}; col.r++; printf("%x %x %zu\n", col.rgba, col.a, sizeof(color_t)); color_t c2 = {{{1, 2, 3, 4}}}; printf("%x\n", c2.rgba); 
  color_t pal[2] = {{.r = 1}, {.rgba = 5}}; color_t *cp = pal; cp++; printf("%d %d\n", cp->r, pal[0].rgba); *cp = pal[0]; cp->g = 1; printf("%x %x\n", pal[0].rgba, pal[1].rgba);
  union { int i; unsigned u; } s; s.i = -1; printf("%d %u %d\n", s.u > 0, s.u, s.i < 0); s.u >>= 1; printf("%d\n", s.i); int k = s.i + 0; s.i = 5; for (s.i = 0; s.i < 3; s.i++) k += s.u; 
  char *names[3] = {[1] = "b"}; union { char **pp; int *ip; } ptrs; ptrs.pp = names; printf("%s\n", ptrs.pp[1]); int arr[2] = {4, 5}; ptrs.ip = arr; printf("%d\n", ptrs.ip[1]);
  if (ptrs.ip) { ptrs.pp = NULL; } printf("%d\n", ptrs.ip == NULL);
  union { int i; float f; } w = {.f = 1.0f}, *wp = &w; int saved = wp->i; wp->f = 2.0f; printf("%d %d\n", saved, wp->i); int old = w.i++; printf("%d %d\n", old, w.i); printf("%d\n", (w.i = 7) + 1);
  return 0; }
