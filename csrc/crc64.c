/*
 * The portable kernel: braided tables.
 *
 * M. E. Kounavis and F. L. Berry, "A Systematic Approach to Building High Performance, Software-based, CRC Generators"
 * (ISCC 2005): the remainder of a word is the sum of the remainders of its bytes, each from its own table.
 * A. Kadatch and B. Jenkins, "Everything we know about CRC but afraid to forget" (2010): one word after the other is a
 * chain of table look-ups. CRC64_BRAIDS chains, each taking every CRC64_BRAIDS-th word, keep the CPU busy; the tables
 * are those of a byte followed by CRC64_BRAIDS - 1 words of zeros.
 */
#include <string.h>

#include "crc64_consts.h"
#include "crc64_cpu.h"

enum { WORD = sizeof(uint64_t), BLOCK = CRC64_BRAIDS * WORD };

static inline uint64_t load_word(const unsigned char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline uint64_t next_byte(uint64_t crc)
{
    return (crc >> 8) ^ crc64_byte[crc & 0xff];
}

static inline uint64_t next_word(uint64_t crc)
{
    for (int i = 0; i < WORD; i++)
        crc = next_byte(crc);
    return crc;
}

/* Over a whole block, of which only the first word counts. */
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
        for (int i = 0; i < CRC64_BRAIDS; i++, p += WORD, n -= WORD) /* the last block, in order */
            crc = next_word(crc ^ braid[i] ^ load_word(p));
    }
    for (; n >= WORD; p += WORD, n -= WORD)
        crc = next_word(crc ^ load_word(p));
    for (; n > 0; p++, n--)
        crc = next_byte(crc ^ *p);
    return crc;
}
