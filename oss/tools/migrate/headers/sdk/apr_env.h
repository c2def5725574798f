#pragma once
#include "apr_pools.h"
__BEGIN_DECLS
apr_status_t apr_env_set(const char *envvar, const char *value, apr_pool_t *pool);
apr_status_t apr_env_get(char **value, const char *envvar, apr_pool_t *pool);
__END_DECLS
