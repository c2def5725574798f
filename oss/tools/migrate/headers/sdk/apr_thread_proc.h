#pragma once
#include "apr_pools.h"
#include "apr_thread_mutex.h"
#include "apr_thread_cond.h"
__BEGIN_DECLS
typedef struct apr_thread_t apr_thread_t;
typedef struct apr_threadattr_t apr_threadattr_t;
typedef void *(*apr_thread_start_t)(apr_thread_t *thread, void *data);
#define APR_THREAD_FUNC
apr_status_t apr_threadattr_create(apr_threadattr_t **new_attr, apr_pool_t *pool);
apr_status_t apr_thread_create(apr_thread_t **new_thread, apr_threadattr_t *attr, apr_thread_start_t func, void *data,
                               apr_pool_t *pool);
void apr_thread_exit(apr_thread_t *thread, apr_status_t retval);
apr_status_t apr_thread_join(apr_status_t *retval, apr_thread_t *thread);
__END_DECLS
