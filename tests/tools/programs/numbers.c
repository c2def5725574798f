#include <stdio.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#define FLAG_A (1u << 0)
#define FLAG_B (1u << 3)
#define N 4
typedef enum { RED, GREEN = 5, BLUE } color;
static bool even(int n) { return n % 2 == 0; }
static int bits(unsigned x) { int n = 0; while (x) { n += x & 1; x >>= 1; } return n; }
static unsigned rotl(uint32_t v, int k) { return (v << k) | (v >> (32 - k)); }
static int64_t fact(int n) { return n <= 1 ? 1 : n * fact(n - 1); }
static int gcd(int a, int b) { while (b) { int t = a % b; a = b; b = t; } return a; }
static double avg(const int *v, size_t n) { double s = 0; for (size_t i = 0; i < n; i++) s += v[i]; return n ? s / n : 0.0; }
static int matrix[N][N];
int main(void)
{
    unsigned f = FLAG_A | FLAG_B; f &= ~FLAG_A; f ^= 0xF0; printf("%u %d %d\n", f, !!(f & FLAG_B), (f & FLAG_A) != 0);
    bool b = 5; b = !b; printf("%d %d %d\n", b, even(4), true + true); color c = BLUE; printf("%d %d\n", c, RED);
    printf("%d %u %lld %d\n", bits(0xF0F0), rotl(0x80000001, 4), (long long)fact(15), gcd(84, 36)); int v[] = {1, 2, 4}; printf("%.3f %.1f\n", avg(v, 3), avg(v, 0));
    for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) matrix[i][j] = i == j ? 1 : i * j; int tr = 0; for (int i = 0; i < N; i++) tr += matrix[i][i]; printf("%d %d\n", tr, matrix[3][2]);
    int x = 7, y = -2; printf("%d %d %d %d %d\n", x / y, x % y, -x / 2, -x % 2, x >> 1); float fl = 0.1f; double dd = fl; printf("%.10f %d %.2f\n", dd, (int)(fl * 10), 7 / 2 + 7 / 2.0);
    uint8_t u = 255; u++; uint16_t w = 65535; w += 2; int16_t sh = 32767; sh++; printf("%u %u %d\n", u, w, sh); long l = 1L << 40; int tr2 = l; unsigned ui = -1; printf("%ld %d %u %d\n", l, tr2, ui, (int)ui);
    size_t n = 3; for (size_t i = n; i-- > 0;) printf("%zu ", i); puts(""); int i = 10; i += i++ > 5 ? 1 : 2; int t = (x > y) ? (x > 5 ? 1 : 2) : 3; printf("%d\n", t); printf("%d %d\n", 5 & 3 | 4, 1 + 2 << 3); printf("%d\n", sizeof(v) / sizeof(v[0]) == 3);
    char s[3] = "ab"; s[1]++; ++s[0]; printf("%s %d\n", s, s[0] == 'b'); uint64_t h = 14695981039346656037ULL; for (const char *p = "fnv"; *p; ++p) { h ^= (uint8_t)*p; h *= 1099511628211ULL; } printf("%016llx\n", (unsigned long long)h);
    union_skip: ; struct { unsigned lo : 4; unsigned hi : 4; int s : 3; } bf = {0}; bf.lo = 17; bf.hi = 9; printf("%u %u\n", bf.lo, bf.hi); bf.lo++; bf.hi += 10; printf("%u %u\n", bf.lo, bf.hi);
    return bits(255) == 8 ? 3 : 4;
}
