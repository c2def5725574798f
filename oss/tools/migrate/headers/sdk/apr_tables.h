#pragma once
#include "apr_pools.h"
__BEGIN_DECLS
typedef struct apr_table_t apr_table_t;
typedef struct apr_array_header_s apr_array_header_t;
typedef struct apr_table_entry_s apr_table_entry_t;
struct apr_array_header_s {
    int nelts;
    char *elts;
};
struct apr_table_entry_s {
    char *key;
    char *val;
};
void apr_table_add(apr_table_t *t, const char *key, const char *val);
void apr_table_addn(apr_table_t *t, const char *key, const char *val);
void apr_table_clear(apr_table_t *t);
const apr_array_header_t *apr_table_elts(const apr_table_t *t);
const char *apr_table_get(const apr_table_t *t, const char *key);
apr_table_t *apr_table_make(apr_pool_t *p, int nelts);
void apr_table_set(apr_table_t *t, const char *key, const char *val);
void apr_table_unset(apr_table_t *t, const char *key);
#define APR_ARRAY_IDX(array, i, type) (((type *)(array)->elts)[i])
#define APR_ARRAY_PUSH(array, type) (*((type *)apr_array_push(array)))
apr_array_header_t *apr_array_make(apr_pool_t *p, int nelts, int elt_size);
void *apr_array_push(apr_array_header_t *arr);
void *apr_array_pop(apr_array_header_t *arr);
__END_DECLS
