#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <stdint.h>
static const char b64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static void encode(const unsigned char *in, int n, char *out)
{
    int i, j = 0;
    for (i = 0; i < n; i += 3) {
        unsigned v = in[i] << 16 | (i + 1 < n ? in[i + 1] : 0) << 8 | (i + 2 < n ? in[i + 2] : 0);
        out[j++] = b64[v >> 18 & 63]; out[j++] = b64[v >> 12 & 63];
        out[j++] = i + 1 < n ? b64[v >> 6 & 63] : '='; out[j++] = i + 2 < n ? b64[v & 63] : '=';
    }
    out[j] = 0;
}
static void hex(const unsigned char *d, size_t n, char *out) { static const char x[] = "0123456789abcdef"; size_t i; for (i = 0; i < n; i++) { *out++ = x[d[i] >> 4]; *out++ = x[d[i] & 15]; } *out = 0; }
static int urlencode(char *dst, const char *src) { char *d = dst; for (; *src; src++) { unsigned char c = *src; if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("-_.~", c)) *d++ = c; else d += sprintf(d, "%%%02X", c); } *d = '\0'; return d - dst; }
static uint32_t be32(const uint8_t *p) { return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]; }
static void put16(uint8_t *p, uint16_t v) { p[0] = v >> 8; p[1] = v; }
int main(void)
{
    char o[64]; unsigned char raw[] = {0xff, 0x00, 0x7f, 0x80, 1};
    encode((const unsigned char *)"hello world", 11, o); printf("%s\n", o); encode(raw, 5, o); puts(o); hex(raw, sizeof raw, o); puts(o);
    printf("%d ", urlencode(o, "a b/ü.txt")); puts(o);
    uint8_t p[4] = {0x80, 1, 2, 3}; printf("%u\n", be32(p)); put16(p + 1, 0xABCD); printf("%02x%02x%02x%02x\n", p[0], p[1], p[2], p[3]);
    char c = (char)0xE9; printf("%d %d\n", c, c < 0); unsigned char uc = c; printf("%d\n", uc); char q[4] = {-1, 'a', 0}; printf("%d %d %zu\n", q[0], q[0] == 0xff, strlen(q));
    int v; memcpy(&v, "\x01\x02\x00\x00", 4); printf("%d\n", v); uint64_t u = 0x1122334455667788; uint8_t bytes[8]; memcpy(bytes, &u, 8); printf("%02x %02x\n", bytes[0], bytes[7]);
    return 0;
}
