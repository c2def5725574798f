#include <stdio.h>
#include <stdint.h>
#include <string.h>
typedef struct { uint32_t state[5]; uint64_t count; unsigned char buf[64]; } sha1_ctx;
#define ROL(v, n) (((v) << (n)) | ((v) >> (32 - (n))))
static void block(sha1_ctx *c, const unsigned char *p)
{
    uint32_t w[80], a, b, d, e, f, k, t, cc;
    int i;
    for (i = 0; i < 16; i++) w[i] = (uint32_t)p[i * 4] << 24 | (uint32_t)p[i * 4 + 1] << 16 | (uint32_t)p[i * 4 + 2] << 8 | p[i * 4 + 3];
    for (; i < 80; i++) w[i] = ROL(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    a = c->state[0]; b = c->state[1]; cc = c->state[2]; d = c->state[3]; e = c->state[4];
    for (i = 0; i < 80; i++) {
        if (i < 20) { f = (b & cc) | (~b & d); k = 0x5A827999; }
        else if (i < 40) { f = b ^ cc ^ d; k = 0x6ED9EBA1; }
        else if (i < 60) { f = (b & cc) | (b & d) | (cc & d); k = 0x8F1BBCDC; }
        else { f = b ^ cc ^ d; k = 0xCA62C1D6; }
        t = ROL(a, 5) + f + e + k + w[i];
        e = d; d = cc; cc = ROL(b, 30); b = a; a = t;
    }
    c->state[0] += a; c->state[1] += b; c->state[2] += cc; c->state[3] += d; c->state[4] += e;
}
static void init(sha1_ctx *c) { static const uint32_t s[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}; memcpy(c->state, s, sizeof s); c->count = 0; }
static void update(sha1_ctx *c, const void *data, size_t n) { const unsigned char *p = data; while (n--) { c->buf[c->count++ % 64] = *p++; if (c->count % 64 == 0) block(c, c->buf); } }
static void final(sha1_ctx *c, unsigned char out[20]) { uint64_t bits = c->count * 8; unsigned char len[8]; update(c, "\x80", 1); while (c->count % 64 != 56) update(c, "", 1); for (int i = 0; i < 8; i++) len[i] = bits >> (56 - 8 * i); update(c, len, 8); for (int i = 0; i < 20; i++) out[i] = c->state[i / 4] >> (24 - i % 4 * 8); }
static void hmac(const char *key, const char *msg, unsigned char out[20]) { unsigned char k[64] = {0}, pad[64], inner[20]; sha1_ctx c; memcpy(k, key, strlen(key)); for (int i = 0; i < 64; i++) pad[i] = k[i] ^ 0x36; init(&c); update(&c, pad, 64); update(&c, msg, strlen(msg)); final(&c, inner); for (int i = 0; i < 64; i++) pad[i] = k[i] ^ 0x5c; init(&c); update(&c, pad, 64); update(&c, inner, 20); final(&c, out); }
int main(void) { unsigned char d[20]; sha1_ctx c; init(&c); update(&c, "abc", 3); final(&c, d); for (int i = 0; i < 20; i++) printf("%02x", d[i]); printf("\n"); hmac("key", "The quick brown fox jumps over the lazy dog", d); for (int i = 0; i < 20; i++) printf("%02x", d[i]); printf("\n"); return 0; }
