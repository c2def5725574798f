/* The kernels and which of them this CPU can run. Inside the library only. */
#ifndef AOS_CRC64_CPU_H
#define AOS_CRC64_CPU_H

#include <stddef.h>
#include <stdint.h>

/* Advances the bare remainder (no complement) over p[0 .. n). */
typedef uint64_t crc64_kernel_fn(uint64_t crc, const unsigned char *p, size_t n);

crc64_kernel_fn crc64_portable;

#if defined(__x86_64__) && defined(__GNUC__)
#define CRC64_HAVE_CLMUL 1
crc64_kernel_fn crc64_pclmul, crc64_vpclmul, crc64_avx512;
#endif

#endif
