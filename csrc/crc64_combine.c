/*
 * The checksum of A followed by B: CRC(A) x^(8 len(B)) + CRC(B) mod P; the complements cancel.
 *
 * A power of x is a product of x^(8 * d * 256^i), one for each byte d of the length, taken from a table: at most eight
 * products of two words. (M. Adler's zlib since 1.2.12 does so for CRC-32, bit by bit, in place of squaring 32 x 32 bit
 * matrices.)
 */
#include "crc64.h"
#include "crc64_consts.h"

typedef uint64_t multiples_t[2][16];

/* The sums of b x^4 .. b x^7 and of b .. b x^3, by the four bits that choose among them: 8 stands for the first. */
static void list_multiples(multiples_t multiple, uint64_t b)
{
    for (int half = 1; half >= 0; half--) {
        multiple[half][0] = 0;
        for (int top = 8; top > 0; top >>= 1) {
            multiple[half][top] = b;
            b = (b >> 1) ^ (CRC64_POLY & (0 - (b & 1)));
        }
        for (int top = 2; top < 16; top <<= 1)
            for (int rest = 1; rest < top; rest++)
                multiple[half][top + rest] = multiple[half][top] ^ multiple[half][rest];
    }
}

/* a * b mod P, both reflected: Horner's scheme over the bytes of a, from x^56 (lowest bits) to x^0. */
static uint64_t multiply(uint64_t a, const multiples_t multiple_of_b)
{
    uint64_t product = 0;

    for (int i = 0; i < 64; i += 8, a >>= 8)
        product = (product >> 8) ^ crc64_byte[product & 255] ^ multiple_of_b[0][a & 15] ^ multiple_of_b[1][a >> 4 & 15];
    return product;
}

/* What crc becomes when len zero bytes follow, but for the complements. */
static uint64_t append_zeros(uint64_t crc, uint64_t len)
{
    multiples_t multiple;

    for (int i = 0; len != 0; i++, len >>= 8)
        if (len & 255) {
            list_multiples(multiple, crc64_byte_power[i][len & 255]);
            crc = multiply(crc, multiple);
        }
    return crc;
}

uint64_t aos_crc64_combine(uint64_t crc1, uint64_t crc2, uint64_t len2)
{
    return len2 == 0 ? crc1 : append_zeros(crc1, len2) ^ crc2;
}

uint64_t aos_crc64_combine_parts(const uint64_t *crcs, size_t count, uint64_t size, uint64_t last)
{
    uint64_t crc = 0;
    multiples_t multiple;

    list_multiples(multiple, append_zeros(UINT64_C(1) << 63, size)); /* of x^(8 size): the same for every part */
    for (size_t i = 0; i + 1 < count; i++)
        crc = multiply(crc, multiple) ^ crcs[i];
    return count == 0 ? 0 : aos_crc64_combine(crc, crcs[count - 1], last);
}
