#pragma once
#include "apr_pools.h"
__BEGIN_DECLS
char *apr_pstrndup(apr_pool_t *p, const char *s, apr_size_t n);
char *apr_pstrmemdup(apr_pool_t *p, const char *s, apr_size_t n);
char *apr_pstrcat(apr_pool_t *p, ...);
char *apr_itoa(apr_pool_t *p, int n);
char *apr_ltoa(apr_pool_t *p, long n);
char *apr_off_t_toa(apr_pool_t *p, apr_off_t n);
apr_int64_t apr_strtoi64(const char *buf, char **end, int base);
apr_int64_t apr_atoi64(const char *buf);
char *apr_cpystrn(char *dst, const char *src, apr_size_t dst_size);
char *apr_strtok(char *str, const char *sep, char **last);
char *apr_psprintf(apr_pool_t *p, const char *fmt, ...);
char *apr_pstrdup(apr_pool_t *p, const char *s);
int apr_snprintf(char *buf, apr_size_t len, const char *format, ...);
int apr_strnatcasecmp(char const *a, char const *b);
int apr_strnatcmp(char const *a, char const *b);
__END_DECLS
