/* CRC-64/XZ (ECMA-182, reflected, complemented before and after), the checksum of OSS. */
#ifndef AOS_CRC64_H
#define AOS_CRC64_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of what `crc` stands for followed by buf[0 .. len); start with 0. */
uint64_t aos_crc64(uint64_t crc, const void *buf, size_t len);

/* The checksum of A followed by B, from crc1 of A, crc2 of B and the length of B. */
uint64_t aos_crc64_combine(uint64_t crc1, uint64_t crc2, uint64_t len2);

/* The checksum of `count` parts from theirs: all are `size` bytes long, the last one `last`. */
uint64_t aos_crc64_combine_parts(const uint64_t *crcs, size_t count, uint64_t size, uint64_t last);

/* The kernel in use: "portable", "pclmul", "vpclmul" or "avx512". */
const char *aos_crc64_kernel(void);

/* Use the named kernel, or the best one ("auto"). -1, and no change, when it is unknown or this CPU lacks it. */
int aos_crc64_use(const char *name);

#endif
