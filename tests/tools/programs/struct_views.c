/* A struct as bytes and bytes as a struct: checksums, copies, a view that sees what is written later. */
#include <stdio.h>
#include <stdint.h>
#include <string.h>
#include <stddef.h>
typedef struct { uint16_t kind; uint16_t len; uint32_t crc; uint8_t body[8]; } packet_t;
static uint32_t sum(const void *data, size_t n) { const uint8_t *p = data; uint32_t s = 1; while (n--) s = s * 31 + *p++; return s; }
int main(void)
{
    packet_t p = { .kind = 7, .len = 3, .body = { 1, 2, 3 } };
    uint8_t wire[sizeof(packet_t)];
    p.crc = sum(&p.body, p.len);
    memcpy(wire, &p, sizeof p);
    printf("%zu %u %u\n", sizeof p, sum(wire, sizeof wire), sum("abc", 3));
    packet_t q;
    memcpy(&q, wire, sizeof q);
    printf("%d %d %d %u\n", q.kind, q.len, q.body[2], (unsigned)offsetof(packet_t, crc));
    const packet_t *view = (const packet_t *)wire;
    printf("%d %d\n", view->len, view->crc == p.crc);
    wire[0] = 9; printf("%d %d\n", view->kind, q.kind);
    unsigned char *raw = (unsigned char *)&q;
    raw[2] = 200; for (size_t i = 0; i < 4; i++) printf("%02x ", raw[i]);
    printf("%d\n", q.len);
    return 0;
}
