#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int calls; static char last[16] = "none";
static int cmp(const void *a, const void *b) { calls++; snprintf(last, sizeof last, "%d", *(const int *)a); return *(const int *)a - *(const int *)b; }
static int first(int *v, int n) { int c[8]; memcpy(c, v, n * sizeof *v); qsort(c, n, sizeof(int), cmp); return c[0]; }
static int add(int a, int b) { return a * 10 + b; }
static int look(const char *s) { return (int)strlen(s); }
static int both(const char *s, int n) { return (int)strlen(s) * 100 + n; }
int main(void) {
    int v[3] = {1, 2, 3};
    printf("%d\n", add(calls, first(v, 3)));
    printf("%d %d\n", calls > 0, look(last));
    calls = 0; strcpy(last, "longer");
    printf("%d\n", both(last, first(v, 2)));
    return 0;
}
