#pragma once
#include <openssl/evp.h>
__BEGIN_DECLS
unsigned char *HMAC(const EVP_MD *evp_md, const void *key, int key_len, const unsigned char *d, size_t n,
                    unsigned char *md, unsigned int *md_len);
__END_DECLS
