#include <stdio.h>
#include <stdint.h>
#include <string.h>
static uint32_t crc_table[256];
static void init(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        crc_table[i] = c;
    }
}
static uint32_t crc32(const void *data, size_t n)
{
    const uint8_t *p = data;
    uint32_t c = 0xFFFFFFFFu;
    while (n--) c = crc_table[(c ^ *p++) & 0xFF] ^ (c >> 8);
    return c ^ 0xFFFFFFFFu;
}
static unsigned long djb2(const char *s) { unsigned long h = 5381; int c; while ((c = *s++)) h = ((h << 5) + h) + c; return h; }
static int ihash(const char *s) { int h = 0; for (; *s; s++) h = h * 31 + *s; return h; }
static uint16_t fletcher(const uint8_t *d, int n) { uint16_t a = 0, b = 0; for (int i = 0; i < n; ++i) { a = (a + d[i]) % 255; b = (b + a) % 255; } return (b << 8) | a; }
int main(void)
{
    init();
    const char *t = "The quick brown fox";
    printf("%08x %lu %d %04x\n", crc32(t, strlen(t)), djb2(t), ihash(t), fletcher((const uint8_t *)t, 10));
    uint64_t x = 88172645463325252ULL;
    for (int i = 0; i < 5; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; printf("%llu ", (unsigned long long)x); }
    int8_t c = 127; c++; printf("%d\n", c);
    short s = (short)70000; unsigned short us = -1; printf("%d %u %d\n", s, us, (signed char)200);
    printf("%d %d %u\n", -7 >> 1, (int)(3.99), (unsigned)-5 / 2);
    long long big = (long long)1 << 40; int trunc = (int)big; printf("%lld %d\n", big, trunc);
    unsigned a = 3, b = 5; printf("%u %d %d\n", a - b, (int)(a - b), a - b > 0);
    printf("%d %d\n", sizeof(int) > -1, -1 < 1u);
    return 0;
}
