/*
 * The portable kernel: braided tables.
 *
 * M. E. Kounavis and F. L. Berry, "A Systematic Approach to Building High Performance, Software-based, CRC Generators"
 * (ISCC 2005): the remainder of a word is the sum of the remainders of its bytes, each from its own table.
 * A. Kadatch and B. Jenkins, "Everything we know about CRC but afraid to forget" (2010): word after word, each table
 * look-up has to wait for the one before. So there are CRC64_BRAIDS chains of look-ups, which the CPU follows at the
 * same time; each takes every CRC64_BRAIDS-th word, with tables for a byte followed by CRC64_BRAIDS - 1 words of zeros.
 */
#include <string.h>

#include "crc64_consts.h"
#include "crc64_cpu.h"

enum { WORD = sizeof(uint64_t), BLOCK = CRC64_BRAIDS * WORD };

/* Returns the first 8 bytes at p, which need not be aligned, as a little-endian word. */
static inline uint64_t load_word(const unsigned char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Returns the remainder `crc` after one more byte, which has been added to its lowest 8 bits. */
static inline uint64_t next_byte(uint64_t crc)
{
    return (crc >> 8) ^ crc64_byte[crc & 0xff];
}

/* Returns the remainder after one more word, which has been added to `crc`. */
static inline uint64_t next_word(uint64_t crc)
{
    for (int i = 0; i < WORD; i++)
        crc = next_byte(crc);
    return crc;
}

/* Returns the remainder after one more block: a word, which has been added to `crc`, followed by words of zeros. */
static inline uint64_t next_block(uint64_t crc)
{
    uint64_t sum = 0;

    for (int i = 0; i < WORD; i++)
        sum ^= crc64_braid[WORD - 1 - i][(crc >> (8 * i)) & 0xff];
    return sum;
}

uint64_t crc64_portable(uint64_t crc, const unsigned char *p, size_t n)
{
    if (n >= 2 * BLOCK) {
        uint64_t braid[CRC64_BRAIDS] = {crc};

        for (; n >= 2 * BLOCK; p += BLOCK, n -= BLOCK)
            for (int i = 0; i < CRC64_BRAIDS; i++)
                braid[i] = next_block(braid[i] ^ load_word(p + i * WORD));
        crc = 0;
        for (int i = 0; i < CRC64_BRAIDS; i++, p += WORD, n -= WORD) /* the last block joins the chains */
            crc = next_word(crc ^ braid[i] ^ load_word(p));
    }
    for (; n >= WORD; p += WORD, n -= WORD)
        crc = next_word(crc ^ load_word(p));
    for (; n > 0; p++, n--)
        crc = next_byte(crc ^ *p);
    return crc;
}
