#pragma once
#include "apr_pools.h"
__BEGIN_DECLS
char *apr_psprintf(apr_pool_t *p, const char *fmt, ...);
char *apr_pstrdup(apr_pool_t *p, const char *s);
int apr_snprintf(char *buf, apr_size_t len, const char *format, ...);
int apr_strnatcasecmp(char const *a, char const *b);
int apr_strnatcmp(char const *a, char const *b);
__END_DECLS
