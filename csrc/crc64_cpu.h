/* The kernels, functions that do the work of aos_crc64. Not for use outside of the library. */
#ifndef AOS_CRC64_CPU_H
#define AOS_CRC64_CPU_H

#include <stddef.h>
#include <stdint.h>

/* Returns the remainder of some bytes followed by p[0 .. n), where `crc` is that of those bytes. No complements. */
typedef uint64_t crc64_kernel_fn(uint64_t crc, const unsigned char *p, size_t n);

crc64_kernel_fn crc64_portable;

#if defined(__x86_64__) && defined(__GNUC__)
#define CRC64_HAVE_CLMUL 1
crc64_kernel_fn crc64_pclmul, crc64_vpclmul, crc64_avx512;
#endif

#endif
