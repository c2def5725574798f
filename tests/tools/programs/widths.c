#include <stdio.h>
#include <stdint.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
int main(void)
{
    uint64_t u = UINT64_C(18446744073709551615);
    int64_t i = INT64_MIN + 1;
    uint32_t w = 0xDEADBEEFu;
    bool ok = 5, no = 0.0;
    ok += 7;
    printf("%" PRIu64 " %" PRId64 " %" PRIx32 " %08" PRIX64 "\n", u, i, w, (uint64_t)w);
    printf("%d %d %zu\n", ok, no || !ok, sizeof(bool));
    printf("%" PRIu8 " %" PRId16 " %jd %td\n", (uint8_t)300, (int16_t)40000, (intmax_t)-5, (ptrdiff_t)9);
    printf("%s\n", ok == true ? "true" : "false");
    printf("%d %d\n", INT8_MIN, UINT16_MAX);
    uint64_t mul = u * 3, shifted = (uint64_t)1 << 63;
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", mul, shifted, u / 10);
    w = w << 8 | w >> 24; printf("%x\n", w);
    return (int)(u % 256);
}
