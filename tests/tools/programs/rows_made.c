#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct pt { int x, y; };
static int total(int (*t)[4], int n) { int s = 0; for (int i = 0; i < n; i++) for (int j = 0; j < 4; j++) s += t[i][j]; return s; }
static void fill(int *row, int v) { for (int i = 0; i < 4; i++) row[i] = v + i; }
int main(void) {
  int n = 3; int (*t)[4] = calloc(n, sizeof(int[4])); for (int i = 0; i < n; i++) fill(t[i], i); printf("%d\n", total(t, n)); int (*r)[4] = t + 1; printf("%d %d\n", r[0][1], (*r)[2]); r++; printf("%d\n", (*r)[0]); int *flat = t[0]; printf("%d\n", flat[3]); free(t);
  double (*m)[2] = malloc(n * sizeof *m); for (int i = 0; i < n; i++) { m[i][0] = i; m[i][1] = -i; } printf("%.1f\n", m[2][1]); 
  m = realloc(m, 5 * sizeof *m); m[4][0] = 1; printf("%.1f %.1f\n", m[2][1], m[4][0]); free(m);
  char *b = malloc(sizeof(char) << 4); strcpy(b, "abc"); puts(b); free(b);
  struct pt *ps = malloc(sizeof(struct pt) << 2); ps[3].x = 1; printf("%d\n", ps[3].x); free(ps);
  long *l = malloc(2 * n * sizeof(long) * 2); l[11] = 3; printf("%ld\n", l[11]); l = realloc(l, (n * 2) * sizeof(long) * 4); l[23] = 1; printf("%ld\n", l[11]); free(l);
  char (*nm)[8] = malloc(2 * sizeof *nm); for (int i = 0; i < 2; i++) snprintf(nm[i], sizeof nm[i], "n%d", i); printf("%s %s\n", nm[0], nm[1]); free(nm);
  return 0; }
