#include <stdio.h>
#include <stdlib.h>
struct n { struct n *next; int v; };
static long sum(int n) { return n ? n + sum(n - 1) : 0; }
static int len(const struct n *l) { return l ? 1 + len(l->next) : 0; }
static int even(int n); static int odd(int n) { return n == 0 ? 0 : even(n - 1); } static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
int main(void) { struct n *l = NULL; for (int i = 0; i < 3000; i++) { struct n *m = malloc(sizeof *m); m->next = l; m->v = i; l = m; } printf("%ld %d %d\n", sum(5000), len(l), even(4001)); return 0; }
