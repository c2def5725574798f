#include <stdio.h>
#include <string.h>
static int f(int n)
{
    int r = 0, i;
    for (i = 0; i < n; i++) {
        switch (i % 5) {
        case 0: continue;
        case 1: r += 1; /* fall through */
        case 2: r += 2; if (r > 20) break; r++; break;
        case 3: { int k; for (k = 0; k < 3; k++) { if (k == 1) break; r += k; } } break;
        default: if (r > 30) goto out; r += 10;
        }
        r *= 1;
    }
out:
    return r * 100 + i;
}
static int retry(void) { int n = 0; again: n++; if (n < 4) goto again; return n; }
static int nested(int a) { int i, j, c = 0; for (i = 0; i < 4; i++) for (j = 0; j < 4; j++) { if (i * j == a) goto found; c++; } return -1; found: return c; }
static const char *day(int d) { switch (d) { case 0: return "sun"; case 1: return "mon"; case 6: return "sat"; } return "?"; }
static int weird(int x) { switch (x) { case 1: x++; case 2: x++; case 3: x++; default: x += 10; case 9: x += 100; } return x; }
static int dw(int n) { int c = 0; do { if (n % 2) { n--; continue; } n /= 2; c++; } while (n > 0); return c; }
int main(void)
{
    for (int i = 0; i < 15; i += 3) printf("%d ", f(i));
    printf("\n%d %d %d %s %s %s\n", retry(), nested(6), nested(7), day(1), day(6), day(3));
    for (int i = 0; i < 11; i++) printf("%d ", weird(i));
    printf("%d\n", dw(100));
    int a = 1, b = 2, c; c = (a++, b += a, a * b); printf("%d %d %d\n", a, b, c);
    int x = 5; int y = x++ + ++x; printf("%d %d\n", x, y > 0); a = b = c = 4; printf("%d %d %d\n", a, b, c);
    while (x --> 0) { if (x == 3) continue; printf("%d,", x); } puts("");
    int arr[5] = {1, 2, 3}, idx = 0; arr[idx++] = 9; arr[idx++] += 5; printf("%d %d %d %d\n", arr[0], arr[1], arr[4], idx);
    char s[32] = "", *p = s; for (c = 'a'; c < 'f'; c++) *p++ = c; *p = 0; printf("%s %d\n", s, (int)(p - s));
    if ((c = strlen(s)) > 3 && (p = strchr(s, 'c')) != NULL) printf("%d %s\n", c, p); int t = !!c; printf("%d %d\n", t, !c);
    return 0;
}
