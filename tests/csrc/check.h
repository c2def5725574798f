/* Helpers that the C tests share. */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition)                                                              \
    do {                                                                              \
        if (!(condition)) {                                                           \
            fprintf(stderr, "%s:%d: false: %s\n", __FILE__, __LINE__, #condition);    \
            exit(1);                                                                  \
        }                                                                             \
    } while (0)

/* Returns what aos_crc64 has to return, computed bit by bit from the definition. */
static inline uint64_t crc64_by_definition(uint64_t crc, const unsigned char *p, size_t n)
{
    crc = ~crc;
    for (; n > 0; p++, n--) {
        crc ^= *p;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? UINT64_C(0xC96C5795D7870F42) : 0);
    }
    return ~crc;
}

#endif
