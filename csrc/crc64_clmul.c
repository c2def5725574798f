/*
 * The x86 kernels: carry-less multiplication.
 *
 * V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction" (Intel, 2009), for
 * bit-reflected data. Take 128 bits of the message, with the polynomials H and L as their halves, and 128 bits that
 * come d bits later. The former can be replaced by something that is added to the latter, since
 *
 *     (H x^64 + L) x^d  =  H (x^(d+64) mod P) + L (x^d mod P)      (mod P)
 *
 * and the right side is the sum of two products of 64 x 64 bits, which fits into 128 bits. This step, folding, leaves a
 * shorter message with the same remainder. The kernel with the next narrower vectors takes that one, and
 * crc64_portable() does the last step, which costs some nanoseconds for each call and makes a Barrett reduction
 * unnecessary.
 *
 * There is one kernel for each width of vectors. They use a target attribute in place of a compiler flag, so that the
 * file can be built for any x86-64.
 */
#include "crc64_cpu.h"

#ifdef CRC64_HAVE_CLMUL

#include <immintrin.h>

#include "crc64_consts.h"

/*
 * LOW and HIGH are the factors for the halves of a register. In reflected data the low half holds the first 64 bits,
 * which are H.
 */
#define DEFINE_KERNEL(NAME, FEATURES, NEXT, VECTOR, LOAD, STORE, XOR, CLMUL, FROM_WORD, PAIR, LOW, HIGH)                        \
    __attribute__((target(FEATURES))) uint64_t NAME(uint64_t crc, const unsigned char *p, size_t n)                            \
    {                                                                                                                          \
        enum { WIDTH = sizeof(VECTOR), BLOCK = CRC64_LANES * WIDTH };                                                          \
        unsigned char folded[BLOCK];                                                                                           \
        VECTOR lane[CRC64_LANES];                                                                                              \
                                                                                                                               \
        if (n < 2 * BLOCK)                                                                                                     \
            return NEXT(crc, p, n);                                                                                            \
        const VECTOR k = PAIR((long long)LOW, (long long)HIGH);                                                                \
        for (int i = 0; i < CRC64_LANES; i++)                                                                                  \
            lane[i] = LOAD((const void *)(p + i * WIDTH));                                                                     \
        lane[0] = XOR(lane[0], FROM_WORD((long long)crc));                                                                     \
        for (p += BLOCK, n -= BLOCK; n >= BLOCK; p += BLOCK, n -= BLOCK)                                                       \
            for (int i = 0; i < CRC64_LANES; i++)                                                                              \
                lane[i] = XOR(XOR(CLMUL(lane[i], k, 0x00), CLMUL(lane[i], k, 0x11)), LOAD((const void *)(p + i * WIDTH)));     \
        for (int i = 0; i < CRC64_LANES; i++)                                                                                  \
            STORE((void *)(folded + i * WIDTH), lane[i]);                                                                      \
        return NEXT(NEXT(0, folded, BLOCK), p, n);                                                                             \
    }

#define WORD_128(a) _mm_cvtsi64_si128(a)
#define PAIR_128(low, high) _mm_set_epi64x(high, low)
DEFINE_KERNEL(crc64_pclmul, "sse2,pclmul", crc64_portable, __m128i, _mm_loadu_si128, _mm_storeu_si128, _mm_xor_si128,
              _mm_clmulepi64_si128, WORD_128, PAIR_128, CRC64_FOLD_1024_LOW, CRC64_FOLD_1024_HIGH)

#define WORD_256(a) _mm256_zextsi128_si256(WORD_128(a))
#define PAIR_256(low, high) _mm256_broadcastsi128_si256(PAIR_128(low, high))
DEFINE_KERNEL(crc64_vpclmul, "avx2,pclmul,vpclmulqdq", crc64_pclmul, __m256i, _mm256_loadu_si256, _mm256_storeu_si256,
              _mm256_xor_si256, _mm256_clmulepi64_epi128, WORD_256, PAIR_256, CRC64_FOLD_2048_LOW, CRC64_FOLD_2048_HIGH)

#define WORD_512(a) _mm512_zextsi128_si512(WORD_128(a))
#define PAIR_512(low, high) _mm512_broadcast_i32x4(PAIR_128(low, high))
DEFINE_KERNEL(crc64_avx512, "avx512f,pclmul,vpclmulqdq", crc64_pclmul, __m512i, _mm512_loadu_si512, _mm512_storeu_si512,
              _mm512_xor_si512, _mm512_clmulepi64_epi128, WORD_512, PAIR_512, CRC64_FOLD_4096_LOW, CRC64_FOLD_4096_HIGH)

#endif
