/* A library that looks like the C SDK to the cross-check and is none: it has pools, tables and a few calls, each of
   which does one thing that the cross-check has to see. Built with -Wl,-Bsymbolic, so that its own APR is used. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct pool { struct block *blocks; } apr_pool_t;
struct block { struct block *next; };
typedef struct { char *key, *val; uint32_t key_checksum; } entry;
typedef struct { apr_pool_t *pool; int elt_size, nelts, nalloc; char *elts; } apr_table_t;
typedef struct { int len; char *data; } text;
typedef struct node { struct node *next, *prev; } list;
typedef struct { text endpoint; } config;
typedef struct { config *config; void *ctl; apr_pool_t *pool; } options;
typedef struct { int code; char *error_code, *error_msg, *req_id; } status;
typedef struct { list node; uint8_t *pos, *last, *start, *end; } buf;
typedef struct { list node; text allowed_origin; } sub_rule;
typedef struct { list node; list origins, methods, heads, exposed; int max_age_seconds; } rule;
typedef struct { list node; text create_date, extranet, intranet, location, name, storage_class; } bucket_content;
typedef struct { text prefix, marker; int max_keys, truncated; text next_marker, id, display; list buckets; } list_params;

void *apr_palloc(apr_pool_t *pool, size_t size)
{
    struct block *made = malloc(sizeof *made + size);
    made->next = pool->blocks;
    pool->blocks = made;
    memset(made + 1, 0xA5, size);
    return made + 1;
}

int apr_pool_create_ex(apr_pool_t **made, apr_pool_t *parent, void *abort_function, void *allocator)
{
    *made = calloc(1, sizeof **made);
    return 0;
}

void apr_pool_destroy(apr_pool_t *pool)
{
    while (pool->blocks) {
        struct block *next = pool->blocks->next;
        free(pool->blocks);
        pool->blocks = next;
    }
    free(pool);
}

apr_table_t *apr_table_make(apr_pool_t *pool, int size)
{
    apr_table_t *made = apr_palloc(pool, sizeof *made);
    *made = (apr_table_t){pool, sizeof(entry), 0, 64, apr_palloc(pool, 64 * sizeof(entry))};
    return made;
}

void apr_table_addn(apr_table_t *table, char *key, char *val)
{
    ((entry *)table->elts)[table->nelts++] = (entry){key, val, 0};
}

const apr_table_t *apr_table_elts(const apr_table_t *table) { return table; }

int aos_http_io_initialize(const char *info, int flags) { return 0; }

void *aos_http_controller_create(apr_pool_t *pool, int owner) { return memset(apr_palloc(pool, 256), 0, 256); }

buf *aos_buf_pack(apr_pool_t *pool, void *data, int size)
{
    buf *made = apr_palloc(pool, sizeof *made);
    made->start = made->pos = data;
    made->end = made->last = made->pos + size;
    return made;
}

static status *told(apr_pool_t *pool, int code, char *error_code, char *error_msg)
{
    status *made = apr_palloc(pool, sizeof *made);
    *made = (status){code, error_code, error_msg, NULL};
    return made;
}

static void added(apr_pool_t *pool, apr_table_t **table, const char *key, text val)
{
    char *copy = apr_palloc(pool, val.len + 1);
    memcpy(copy, val.data, val.len);
    copy[val.len] = 0;
    if (!*table)
        *table = apr_table_make(pool, 5);
    apr_table_addn(*table, (char *)key, copy);
}

/* As the port does it. */
status *oss_delete_bucket(const options *o, const text *bucket, apr_table_t **resp_headers)
{
    return told(o->pool, -994, "BucketNameInvalidError", "The bucket name is invalid, please check.");
}

/* Another message than the port's. */
status *oss_create_bucket(const options *o, const text *bucket, int acl, apr_table_t **resp_headers)
{
    return told(o->pool, -994, "BucketNameInvalidError", "no such name");
}

status *oss_get_bucket_location(const options *o, const text *bucket, text *location, apr_table_t **resp_headers)
{
    raise(SIGSEGV);
    return NULL;
}

status *oss_get_bucket_info(const options *o, const text *bucket, void *info, apr_table_t **resp_headers)
{
    pause();
    return NULL;
}

/* A request of its own, without a signature. */
status *oss_head_bucket(const options *o, const text *bucket, apr_table_t **resp_headers)
{
    char request[256], answer[4096], code[4] = "";
    struct sockaddr_in to = {.sin_family = AF_INET};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    to.sin_port = htons(atoi(strrchr(o->config->endpoint.data, ':') + 1));
    snprintf(request, sizeof request, "HEAD /%s/ HTTP/1.1\r\nHost: %s\r\nX-Stub: here\r\nConnection: close\r\n\r\n",
             bucket->data, strstr(o->config->endpoint.data, "//") + 2);
    if (connect(s, (struct sockaddr *)&to, sizeof to) || write(s, request, strlen(request)) < 0 || read(s, answer, 4096) < 12)
        return told(o->pool, -1, "no", "connection");
    memcpy(code, answer + 9, 3);
    close(s);
    return told(o->pool, atoi(code), NULL, NULL);
}

/* Tells what came: the texts of a list of structs with lists in them. */
status *oss_put_bucket_cors(const options *o, const text *bucket, list *rules, apr_table_t **resp_headers)
{
    for (list *n = rules->next; n != rules; n = n->next) {
        rule *r = (rule *)n;
        char *age = apr_palloc(o->pool, 16);
        for (list *m = r->origins.next; m != &r->origins; m = m->next)
            added(o->pool, resp_headers, "origin", ((sub_rule *)m)->allowed_origin);
        added(o->pool, resp_headers, "age", (text){sprintf(age, "%d", r->max_age_seconds), age});
    }
    return told(o->pool, 200, NULL, NULL);
}

/* Gives structs in a list, one field of which was never set, and one that leads nowhere. */
status *oss_list_bucket(const options *o, list_params *params, apr_table_t **resp_headers)
{
    bucket_content *made = apr_palloc(o->pool, sizeof *made);
    made->name = (text){5, "first"};
    made->location = (text){1 << 20, (char *)8};
    made->node.next = made->node.prev = &params->buckets;
    params->buckets.next = params->buckets.prev = &made->node;
    params->truncated = 1;
    params->next_marker = (text){4, "f\xc3\xbcr"};
    return told(o->pool, 200, NULL, NULL);
}

/* Tells a callback, and takes the body. */
status *oss_do_put_object_from_buffer(const options *o, const text *bucket, const text *object, list *buffer,
                                      apr_table_t *headers, apr_table_t *params, void (*progress)(int64_t, int64_t),
                                      apr_table_t **resp_headers, list *resp_body)
{
    int64_t total = 0;
    for (list *n = buffer->next; n != buffer; n = n->next)
        total += ((buf *)n)->last - ((buf *)n)->pos;
    if (progress)
        progress(total, total);
    *resp_body = *buffer;
    resp_body->next->prev = resp_body->prev->next = resp_body;
    buffer->next = buffer->prev = buffer;
    apr_table_addn(headers, "added", "by the call");
    return told(o->pool, 200, NULL, NULL);
}
