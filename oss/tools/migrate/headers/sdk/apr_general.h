#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <time.h>
#include <stdint.h>
#include <stddef.h>
#include <stdarg.h>
#include <assert.h>
#include <sys/types.h>
#include <sys/time.h>
__BEGIN_DECLS
typedef int apr_status_t;
typedef short apr_int16_t;
typedef unsigned short apr_uint16_t;
typedef int apr_int32_t;
typedef unsigned int apr_uint32_t;
typedef long apr_int64_t;
typedef unsigned long apr_uint64_t;
typedef unsigned char apr_byte_t;
typedef size_t apr_size_t;
typedef ssize_t apr_ssize_t;
typedef off_t apr_off_t;
#define APR_INT64_C(c) c##L
#define APR_UINT64_C(c) c##UL
#define APR_SSIZE_T_FMT "ld"
#define APR_SIZE_T_FMT "lu"
#define APR_OFF_T_FMT "ld"
#define APR_PID_T_FMT "d"
#define APR_INT64_T_FMT "ld"
#define APR_UINT64_T_FMT "lu"
#define APR_UINT64_T_HEX_FMT "lx"
#define APR_TIME_T_FMT "ld"
#define APR_OFFSETOF(type, field) __builtin_offsetof(type, field)
enum { APR_SUCCESS = 0, APR_ENOENT = 2, APR_EOF = 70014 };
#define APR_SUCCESS APR_SUCCESS
#define APR_ENOENT APR_ENOENT
#define APR_EOF APR_EOF
apr_status_t apr_initialize(void);
void apr_terminate(void);
char *apr_strerror(apr_status_t statcode, char *buf, apr_size_t bufsize);
int APR_STATUS_IS_ENOENT(apr_status_t s);
__END_DECLS
