/*
 * The checksum of A followed by B is CRC(A) x^(8 len(B)) + CRC(B) mod P; the complements before and after cancel out.
 *
 * The power of x is the product of x^(8 * d * 256^i) for each byte d of the length, byte i counted from the lowest.
 * These factors are in a table, so it takes at most eight products of two words. (M. Adler's zlib does the same for
 * CRC-32 since version 1.2.12, bit by bit; before, it squared matrices of 32 x 32 bits.)
 */
#include "crc64.h"
#include "crc64_consts.h"

typedef uint64_t multiples_t[2][16];

/*
 * Fills multiple[1] with the 16 sums that can be made of b, b x, b x^2 and b x^3, and multiple[0] with those of b x^4
 * to b x^7. The index says which are added: bit 3 the lowest power, bit 0 the highest.
 */
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

/* Returns a * b mod P, both reflected, by Horner's scheme over the bytes of a, of which the lowest starts with x^56. */
static uint64_t multiply(uint64_t a, const multiples_t multiple_of_b)
{
    uint64_t product = 0;

    for (int i = 0; i < 64; i += 8, a >>= 8)
        product = (product >> 8) ^ crc64_byte[product & 255] ^ multiple_of_b[0][a & 15] ^ multiple_of_b[1][a >> 4 & 15];
    return product;
}

/* Returns the remainder `crc` after len more bytes, all zero. Complements nothing. */
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

    list_multiples(multiple, append_zeros(UINT64_C(1) << 63, size)); /* x^(8 size), the factor of all but the last */
    for (size_t i = 0; i + 1 < count; i++)
        crc = multiply(crc, multiple) ^ crcs[i];
    return count == 0 ? 0 : aos_crc64_combine(crc, crcs[count - 1], last);
}
