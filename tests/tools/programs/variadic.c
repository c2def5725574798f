#include <stdio.h>
#include <string.h>
#include <stdarg.h>
#include <stdlib.h>
enum level { DEBUG, INFO = 10, WARN, ERROR };
static const char *names[] = { [DEBUG] = "debug", [1] = "x" };
static int min_level = INFO;
static void logf_(enum level l, const char *fmt, ...)
{
    va_list ap; char buf[64];
    if (l < min_level) return;
    va_start(ap, fmt); vsnprintf(buf, sizeof buf, fmt, ap); va_end(ap);
    printf("[%d] %s\n", l, buf);
}
static int sum(int n, ...) { va_list ap; int s = 0; va_start(ap, n); for (int i = 0; i < n; i++) s += va_arg(ap, int); va_end(ap); return s; }
static char *dupf(const char *fmt, ...) { va_list ap; char *p = malloc(32); va_start(ap, fmt); vsnprintf(p, 32, fmt, ap); va_end(ap); return p; }
#define LOG(...) logf_(WARN, __VA_ARGS__)
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define SWAP(t, a, b) do { t tmp = a; a = b; b = tmp; } while (0)
#define CHECK(x) if (!(x)) { printf("check failed: %s\n", #x); goto fail; }
static int run(int v) { int a = v, b = 2; SWAP(int, a, b); CHECK(a == 2); CHECK(b > 5); return MAX(a, b); fail: return -1; }
int main(void)
{
    LOG("value %d of %s", 3, "four"); logf_(DEBUG, "hidden"); logf_(ERROR, "%5.2f|%-6s|%06d|%x", 3.14159, "ab", 42, 255);
    printf("%d %d %d\n", sum(3, 1, 2, 3), run(9), run(1));
    char *s = dupf("%s-%d", "k", 7); printf("%s %s\n", s, names[0]); free(s);
    printf("%c%c%c|%5c|%%|%5s|%.2s|%p\n", 'a', 66, '\n', 'z', "x", "abc", (void *)0);
    printf("%ld %lu %lld %hd %hhu %zu %i %o %#x %+d % d\n", -5L, 5UL, -6LL, (short)7, (unsigned char)8, sizeof(long), 9, 8, 255, 3, 4);
    printf("%e %g %g %.3f %10.3e\n", 12345.678, 0.0001, 1e10, 2.0 / 3, 1.0);
    return 0;
}
