#pragma once
#include "apr_pools.h"
__BEGIN_DECLS
typedef apr_int64_t apr_time_t;
typedef apr_int64_t apr_interval_time_t;
apr_time_t apr_time_from_sec(apr_time_t sec);
#define APR_USEC_PER_SEC 1000000L
#define apr_time_sec(time) ((time) / APR_USEC_PER_SEC)
#define apr_time_usec(time) ((time) % APR_USEC_PER_SEC)
#define apr_time_msec(time) (((time) / 1000) % 1000)
#define apr_time_as_msec(time) ((time) / 1000)
#define apr_time_from_msec(msec) ((apr_time_t)(msec) * 1000)
apr_status_t apr_rfc822_date(char *date_str, apr_time_t t);
apr_status_t apr_ctime(char *date_str, apr_time_t t);
typedef struct apr_time_exp_s apr_time_exp_t;
struct apr_time_exp_s {
    int32_t tm_usec;
    int32_t tm_sec;
    int32_t tm_min;
    int32_t tm_hour;
    int32_t tm_mday;
    int32_t tm_mon;
    int32_t tm_year;
    int32_t tm_wday;
    int32_t tm_yday;
    int32_t tm_isdst;
    int32_t tm_gmtoff;
};
void apr_sleep(apr_interval_time_t t);
apr_status_t apr_time_exp_gmt(apr_time_exp_t *result, apr_time_t input);
apr_time_t apr_time_now(void);
apr_status_t apr_time_exp_lt(apr_time_exp_t *result, apr_time_t t);
apr_status_t apr_strftime(char *s, apr_size_t *retsize, apr_size_t max, const char *format, apr_time_exp_t *tm);
__END_DECLS
