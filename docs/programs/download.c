/* Downloads an object so that an interrupted run can be continued. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "oss_api.h"
#include "aos_http_io.h"

#define PART_SIZE (100 * 1024)
#define THREADS 3

static void show_progress(int64_t consumed_bytes, int64_t total_bytes)
{
    printf("%" PRId64 " of %" PRId64 " bytes\n",
           consumed_bytes, total_bytes);
}

static oss_request_options_t *make_options(aos_pool_t *pool)
{
    oss_request_options_t *options = oss_request_options_create(pool);
    oss_config_t *config = oss_config_create(pool);
    aos_http_request_options_t *limits;

    aos_str_set(&config->endpoint, getenv("OSS_ENDPOINT"));
    aos_str_set(&config->region, getenv("OSS_REGION"));
    aos_str_set(&config->access_key_id, getenv("OSS_ACCESS_KEY_ID"));
    aos_str_set(&config->access_key_secret, getenv("OSS_ACCESS_KEY_SECRET"));
    config->signature_version = 4;
    config->is_cname = 0;
    options->config = config;

    limits = aos_http_request_options_create(pool);
    limits->connect_timeout = 5; /* seconds */
    limits->speed_limit = 1024;  /* fewer bytes a second ... */
    limits->speed_time = 10;     /* ... for so many seconds */
    options->ctl = aos_http_controller_create(pool, 0);
    options->ctl->options = limits;
    return options;
}

static void print_objects(oss_request_options_t *options,
                          const char *bucket_name, const char *prefix)
{
    aos_string_t bucket;
    oss_list_object_params_t *params;
    oss_list_object_content_t *content;
    aos_status_t *s;

    aos_str_set(&bucket, bucket_name);
    params = oss_create_list_object_params(options->pool);
    aos_str_set(&params->prefix, prefix);
    s = oss_list_object(options, &bucket, params, NULL);
    if (!aos_status_is_ok(s)) {
        printf("cannot list: %d %s\n", s->code, s->error_code);
        return;
    }
    aos_list_for_each_entry(oss_list_object_content_t, content,
                            &params->object_list, node) {
        printf("%.*s has %.*s bytes\n",
               content->key.len, content->key.data,
               content->size.len, content->size.data);
    }
}

static int download(oss_request_options_t *options, const char *bucket_name,
                    const char *object_name, const char *path)
{
    aos_string_t bucket, object, file;
    aos_table_t *headers;
    aos_table_t *resp_headers = NULL;
    oss_resumable_clt_params_t *clt_params;
    aos_status_t *s;

    aos_str_set(&bucket, bucket_name);
    aos_str_set(&object, object_name);
    aos_str_set(&file, path);
    headers = aos_table_make(options->pool, 1);
    apr_table_set(headers, "x-oss-request-payer", "requester");
    clt_params = oss_create_resumable_clt_params_content(
        options->pool, PART_SIZE, THREADS, AOS_TRUE, NULL);

    s = oss_resumable_download_file(
        options, &bucket, &object, &file, headers, NULL,
        clt_params, show_progress, &resp_headers);
    if (!aos_status_is_ok(s)) {
        printf("not downloaded: %d %s\n", s->code, s->error_code);
        return 1;
    }
    printf("downloaded, ETag %s\n", apr_table_get(resp_headers, "ETag"));
    return 0;
}

int main(int argc, char *argv[])
{
    aos_pool_t *pool;
    oss_request_options_t *options;
    int result;

    if (argc != 4) {
        fprintf(stderr, "usage: download BUCKET OBJECT FILE\n");
        return 2;
    }
    if (aos_http_io_initialize(NULL, 0) != AOSE_OK) {
        return 1;
    }
    aos_pool_create(&pool, NULL);
    options = make_options(pool);
    print_objects(options, argv[1], argv[2]);
    result = download(options, argv[1], argv[2], argv[3]);
    aos_pool_destroy(pool);
    aos_http_io_deinitialize();
    return result;
}
