#pragma once
#include <_types.h>
#define MD5_CBLOCK 64
#define MD5_DIGEST_LENGTH 16
__BEGIN_DECLS
unsigned char *MD5(const unsigned char *d, size_t n, unsigned char *md);
__END_DECLS
