#pragma once
#include "apr_general.h"
__BEGIN_DECLS
typedef struct apr_pool_t apr_pool_t;
apr_status_t apr_pool_create(apr_pool_t **newpool, apr_pool_t *parent);
void apr_pool_destroy(apr_pool_t *p);
void apr_pool_clear(apr_pool_t *p);
void *apr_palloc(apr_pool_t *p, apr_size_t size);
void *apr_pcalloc(apr_pool_t *p, apr_size_t size);
__END_DECLS
