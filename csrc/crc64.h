/* CRC-64/XZ (ECMA-182, reflected, complemented before and after), the checksum of OSS. */
#ifndef AOS_CRC64_H
#define AOS_CRC64_H

#include <stddef.h>
#include <stdint.h>

/* Returns the checksum of some bytes followed by buf[0 .. len), where `crc` is that of those bytes, 0 for none. */
uint64_t aos_crc64(uint64_t crc, const void *buf, size_t len);

/* Returns the checksum of A followed by B, where crc1 is that of A, crc2 that of B, and B is len2 bytes long. */
uint64_t aos_crc64_combine(uint64_t crc1, uint64_t crc2, uint64_t len2);

/*
 * Returns the checksum of `count` parts in a row, where crcs[i] is that of part i, the last part is `last` bytes long
 * and every other one `size` bytes; 0 when there are none.
 */
uint64_t aos_crc64_combine_parts(const uint64_t *crcs, size_t count, uint64_t size, uint64_t last);

/* Returns the name of the kernel in use: "portable", "pclmul", "vpclmul" or "avx512". The string is static. */
const char *aos_crc64_kernel(void);

/*
 * Switches to the kernel with this name, or for "auto" to the fastest one, in all threads. Returns 0, or -1 without a
 * change when the name is unknown or the CPU cannot run the kernel.
 */
int aos_crc64_use(const char *name);

#endif
