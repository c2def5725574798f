#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <limits.h>
static int parse_size(const char *s, long *out)
{
    char *end; long v; errno = 0;
    v = strtol(s, &end, 10);
    if (end == s || errno == ERANGE || v < 0) return -1;
    switch (*end) { case 'k': case 'K': v *= 1024; end++; break; case 'M': v *= 1024 * 1024; end++; break; case '\0': break; default: return -2; }
    if (*end) return -3;
    *out = v; return 0;
}
static int split(char *s, char sep, char **parts, int max)
{
    int n = 0; char *p = s;
    while (n < max) { parts[n++] = p; p = strchr(p, sep); if (!p) break; *p++ = 0; }
    return n;
}
static void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }
static void minmax(const int *v, int n, int *lo, int *hi) { *lo = INT_MAX; *hi = INT_MIN; for (int i = 0; i < n; i++) { if (v[i] < *lo) *lo = v[i]; if (v[i] > *hi) *hi = v[i]; } }
static char *skip(char *s) { while (*s == ' ') ++s; return s; }
int main(void)
{
    long v = 0; const char *t[] = {"12", "3k", "2M", "x", "9q", "1kk", "-4", "99999999999999999999", NULL};
    for (const char **p = t; *p; p++) { int r = parse_size(*p, &v); printf("%s:%d:%ld ", *p, r, v); } puts("");
    char line[] = "a,b,,d"; char *parts[5]; int n = split(line, ',', parts, 5); for (int i = 0; i < n; i++) printf("[%s]", parts[i]); printf("%d\n", n);
    int a = 1, b = 2, arr[] = {4, -2, 9}, lo, hi; swap(&a, &b); swap(&arr[0], &arr[2]); minmax(arr, 3, &lo, &hi); printf("%d %d %d %d %d\n", a, b, arr[0], lo, hi);
    char buf[32] = "   hey", *q = skip(buf); printf("%s %d %c\n", q, (int)(q - buf), *q); char *tok, *save; char l2[] = "x y  z"; for (tok = strtok_r(l2, " ", &save); tok; tok = strtok_r(NULL, " ", &save)) printf("<%s>", tok); puts("");
    double d = strtod("3.5e2abc", &q); printf("%.1f %s %d %lu\n", d, q, atoi(" 42x"), strtoul("ff", NULL, 16)); printf("%d %d\n", abs(-3), (int)strspn("aab", "a"));
    char up[16]; int i; for (i = 0; "shout"[i]; i++) up[i] = "shout"[i] - 'a' + 'A'; up[i] = '\0'; printf("%s %s\n", up, strstr("hello", "ll")); printf("%s|%s\n", strrchr("a/b/c", '/') + 1, strpbrk("key=val", "=:"));
    char cat[32]; strcpy(cat, "ab"); strncat(cat, "cdef", 2); strcat(cat, "!"); printf("%s %zu %d %d\n", cat, strlen(cat), strcmp("a", "b") < 0, memcmp("abc", "abd", 2)); memmove(cat + 1, cat, 3); printf("%s\n", cat);
    return 0;
}
