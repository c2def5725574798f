/* Arrays whose lengths are computed, in one dimension and in two, and their sizes. */
#include <stdio.h>
#include <string.h>
static int lcs(const char *a, const char *b)
{
    int n = (int)strlen(a), m = (int)strlen(b); int t[n + 1][m + 1];
    memset(t, 0, sizeof t);
    for (int i = 1; i <= n; i++) for (int j = 1; j <= m; j++) t[i][j] = a[i - 1] == b[j - 1] ? t[i - 1][j - 1] + 1 : t[i - 1][j] > t[i][j - 1] ? t[i - 1][j] : t[i][j - 1];
    return t[n][m];
}
static void fill(int n, int v[n]) { for (int i = 0; i < n; i++) v[i] = n - i; }
static double mean(const double *v, size_t n) { double s = 0; for (const double *p = v; p < v + n; p++) s += *p; return n ? s / n : 0.0; }
int main(void)
{
    int n = 5, v[n]; fill(n, v); printf("%d %d %d %zu\n", lcs("bucket", "bracket"), v[0], v[4], sizeof v / sizeof v[0]);
    double d[] = { 1, 2.5, 4 }; printf("%.2f %.1f\n", mean(d, 3), mean(d, 0)); char buf[n * 2]; snprintf(buf, sizeof buf, "%s", "0123456789abc"); printf("%s\n", buf);
    return 0;
}
