/*
 * Chooses the kernel: the one with the widest vectors that the CPU and the operating system support, unless the
 * environment variable OSS_CRC64 or the caller names another one.
 */
#include "crc64_cpu.h"

#include <stdlib.h>
#include <string.h>

#include "crc64.h"

typedef struct {
    const char *name;
    crc64_kernel_fn *run;
} crc64_kernel_t;

static const crc64_kernel_t portable = {"portable", crc64_portable};

#ifdef CRC64_HAVE_CLMUL
static const crc64_kernel_t pclmul = {"pclmul", crc64_pclmul};
static const crc64_kernel_t vpclmul = {"vpclmul", crc64_vpclmul};
static const crc64_kernel_t avx512 = {"avx512", crc64_avx512};
#endif

/* Fills `list` with the kernels that can run on this machine, the fastest first, and a NULL after the last. */
static void list_kernels(const crc64_kernel_t *list[5])
{
#ifdef CRC64_HAVE_CLMUL
    __builtin_cpu_init();
    if (__builtin_cpu_supports("pclmul")) {
        if (__builtin_cpu_supports("vpclmulqdq")) {
            if (__builtin_cpu_supports("avx512f"))
                *list++ = &avx512;
            if (__builtin_cpu_supports("avx2"))
                *list++ = &vpclmul;
        }
        *list++ = &pclmul;
    }
#endif
    *list++ = &portable;
    *list = NULL;
}

/* Returns the kernel with this name, the fastest one for "auto" or NULL, or NULL when there is no such kernel. */
static const crc64_kernel_t *find_kernel(const char *name)
{
    const crc64_kernel_t *list[5];

    list_kernels(list);
    if (name == NULL || strcmp(name, "auto") == 0)
        return list[0];
    for (int i = 0; list[i] != NULL; i++)
        if (strcmp(name, list[i]->name) == 0)
            return list[i];
    return NULL;
}

/* NULL until it is first needed. Accessed atomically, since any thread may switch it. */
static const crc64_kernel_t *current;

/* Returns the kernel in use, which the first call chooses. */
static const crc64_kernel_t *current_kernel(void)
{
    const crc64_kernel_t *kernel = __atomic_load_n(&current, __ATOMIC_RELAXED);

    if (kernel == NULL) {
        kernel = find_kernel(getenv("OSS_CRC64"));
        if (kernel == NULL) /* an unknown name is ignored: the choice affects nothing but speed */
            kernel = find_kernel(NULL);
        __atomic_store_n(&current, kernel, __ATOMIC_RELAXED);
    }
    return kernel;
}

int aos_crc64_use(const char *name)
{
    const crc64_kernel_t *kernel = find_kernel(name);

    if (kernel == NULL)
        return -1;
    __atomic_store_n(&current, kernel, __ATOMIC_RELAXED);
    return 0;
}

const char *aos_crc64_kernel(void)
{
    return current_kernel()->name;
}

uint64_t aos_crc64(uint64_t crc, const void *buf, size_t len)
{
    return ~current_kernel()->run(~crc, buf, len);
}
