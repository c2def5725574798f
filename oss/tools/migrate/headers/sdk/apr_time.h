#pragma once
#include "apr_pools.h"
__BEGIN_DECLS
typedef apr_int64_t apr_time_t;
typedef apr_int64_t apr_interval_time_t;
apr_time_t apr_time_from_sec(apr_time_t sec);
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
__END_DECLS
