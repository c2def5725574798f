/* crc64*.c: every kernel against the definition, at every alignment, in memory that ends where the data ends. */
#include <string.h>

#include "check.h"
#include "crc64.h"

static const char *const kernels[] = {"portable", "pclmul", "vpclmul", "avx512"};

enum { LONGEST = 2300 }; /* more than two blocks of the widest kernel */

static void fill(unsigned char *p, size_t n, uint32_t seed)
{
    for (; n > 0; p++, n--) {
        seed = seed * 1664525 + 1013904223;
        *p = (unsigned char)(seed >> 24);
    }
}

static void check_length(size_t n, size_t shift)
{
    unsigned char *memory = calloc(1, n + shift + 1);
    unsigned char *data = memory + 1 + shift;
    uint64_t start = UINT64_C(0x9E3779B97F4A7C15) * n;

    CHECK(memory != NULL);
    fill(data, n, (uint32_t)(n + 1));
    CHECK(aos_crc64(start, data, n) == crc64_by_definition(start, data, n));
    free(memory);
}

static void check_kernel(void)
{
    CHECK(aos_crc64(0, NULL, 0) == 0);
    CHECK(aos_crc64(0, "123456789", 9) == UINT64_C(0x995dc9bbdf1939fa));
    CHECK(aos_crc64(0, "This is a test of the emergency broadcast system.", 49) == UINT64_C(0x27db187fc15bbc72));
    for (size_t n = 0; n <= LONGEST; n += n < 300 ? 1 : 13)
        check_length(n, n % 8);
    for (size_t shift = 0; shift < 64; shift++)
        check_length(LONGEST, shift);
}

static void check_combine(void)
{
    unsigned char data[1000];
    uint64_t whole, crc1, crc2;

    fill(data, sizeof data, 7);
    whole = aos_crc64(0, data, sizeof data);
    for (size_t cut = 0; cut < sizeof data; cut++) {
        crc1 = aos_crc64(0, data, cut);
        crc2 = aos_crc64(0, data + cut, sizeof data - cut);
        CHECK(aos_crc64_combine(crc1, crc2, sizeof data - cut) == whole);
    }
    CHECK(aos_crc64_combine(whole, 99, 0) == whole);
    /* 2^64 - 1 zero bytes twice are 2^64 - 2, 2^64 - 1 and one more; no length is too long */
    crc1 = aos_crc64_combine(aos_crc64_combine(whole, 0, UINT64_MAX), 0, UINT64_MAX);
    crc2 = aos_crc64_combine(aos_crc64_combine(whole, 0, UINT64_MAX - 1), 0, UINT64_MAX);
    CHECK(crc1 == aos_crc64_combine(crc2, 0, 1));
}

static void check_combine_parts(void)
{
    unsigned char data[1000];
    uint64_t crcs[sizeof data];
    size_t count;

    fill(data, sizeof data, 8);
    for (size_t size = 1; size <= sizeof data; size++) {
        for (count = 0; count * size < sizeof data; count++)
            crcs[count] = aos_crc64(0, data + count * size, count * size + size > sizeof data ? sizeof data % size : size);
        CHECK(aos_crc64_combine_parts(crcs, count, size, sizeof data - (count - 1) * size) == aos_crc64(0, data, sizeof data));
    }
    CHECK(aos_crc64_combine_parts(NULL, 0, 1, 1) == 0);
}

int main(void)
{
    CHECK(aos_crc64_use("no such kernel") == -1);
    for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++)
        if (aos_crc64_use(kernels[i]) == 0) {
            CHECK(strcmp(aos_crc64_kernel(), kernels[i]) == 0);
            check_kernel();
            printf("%s\n", kernels[i]);
        }
    CHECK(aos_crc64_use("auto") == 0);
    check_combine();
    check_combine_parts();
    return 0;
}
