/*
 * The checksum of A followed by B: CRC(A) x^(8 len(B)) + CRC(B) mod P; the complements cancel.
 *
 * A power of x is a product of x^(8 * 2^k), one for each bit of the length, taken from a table: O(log len) products of two
 * words. (M. Adler's zlib since 1.2.12 does the same for CRC-32, in place of squaring 32 x 32 bit matrices.)
 */
#include "crc64.h"
#include "crc64_consts.h"

/* a * b mod P, both reflected: Horner's scheme over the digits of a, four bits each, from x^60 (lowest bits) to x^0. */
static uint64_t multiply(uint64_t a, uint64_t b)
{
    uint64_t multiple[16] = {0};
    uint64_t product = 0;

    for (int top = 8; top > 0; top >>= 1) { /* 8 stands for x^0, 1 for x^3 */
        for (int digit = 0; digit < 16; digit++)
            multiple[digit] ^= digit & top ? b : 0;
        b = (b >> 1) ^ (CRC64_POLY & (0 - (b & 1)));
    }
    for (int i = 0; i < 64; i += 4, a >>= 4) /* the byte table advances eight bits, of which four are zeros */
        product = (product >> 4) ^ crc64_byte[(product & 15) << 4] ^ multiple[a & 15];
    return product;
}

uint64_t aos_crc64_combine(uint64_t crc1, uint64_t crc2, uint64_t len2)
{
    if (len2 == 0)
        return crc1;
    for (int k = 0; len2 != 0; k++, len2 >>= 1)
        if (len2 & 1)
            crc1 = multiply(crc1, crc64_byte_power[k]);
    return crc1 ^ crc2;
}
