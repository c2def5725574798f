/* objects put KEY FILE | get KEY FILE | ls [PREFIX]: an archive in a bucket. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "oss_api.h"
#include "aos_http_io.h"

#define PART_SIZE (256 * 1024)
#define THREADS 3

/* the value of a variable that must be set */
static const char *setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "%s is not set\n", name);
        exit(2);
    }
    return value;
}

static oss_request_options_t *connected(aos_pool_t *pool)
{
    oss_request_options_t *options = oss_request_options_create(pool);
    options->config = oss_config_create(options->pool);
    aos_str_set(&options->config->endpoint, setting("OSS_ENDPOINT"));
    aos_str_set(&options->config->region, setting("OSS_REGION"));
    aos_str_set(&options->config->access_key_id, setting("OSS_ACCESS_KEY_ID"));
    aos_str_set(&options->config->access_key_secret, setting("OSS_ACCESS_KEY_SECRET"));
    options->config->signature_version = 4;
    options->ctl = aos_http_controller_create(options->pool, 0);
    return options;
}

/* tells how a transfer ended; the result is the exit status */
static int ended(const char *what, aos_status_t *status)
{
    if (aos_status_is_ok(status)) {
        printf("%s: done\n", what);
        return 0;
    }
    const char *code = status->error_code ? status->error_code : "-";
    fprintf(stderr, "%s: %d %s\n", what, status->code, code);
    return 1;
}

static int transfer(oss_request_options_t *options, int up, const char *key, const char *path)
{
    aos_string_t bucket, object, file;
    aos_table_t *headers = NULL, *resp_headers = NULL;
    aos_list_t resp_body;
    aos_status_t *status;
    oss_resumable_clt_params_t *params;

    aos_str_set(&bucket, setting("OSS_BUCKET"));
    aos_str_set(&object, key);
    aos_str_set(&file, path);
    aos_list_init(&resp_body);
    params = oss_create_resumable_clt_params_content(options->pool, PART_SIZE, THREADS, AOS_TRUE, NULL);
    if (up) {
        headers = aos_table_make(options->pool, 1);
        apr_table_set(headers, "x-oss-meta-origin", path);
        status = oss_resumable_upload_file(options, &bucket, &object, &file, headers, NULL, params, NULL,
                                           &resp_headers, &resp_body);
    } else {
        status = oss_resumable_download_file(options, &bucket, &object, &file, headers, NULL, params, NULL,
                                             &resp_headers);
    }
    return ended(key, status);
}

static int list(oss_request_options_t *options, const char *prefix)
{
    aos_string_t bucket;
    oss_list_object_params_t *params = oss_create_list_object_params(options->pool);
    oss_list_object_content_t *content;
    int count = 0;
    int64_t bytes = 0;

    aos_str_set(&bucket, setting("OSS_BUCKET"));
    aos_str_set(&params->prefix, prefix);
    params->max_ret = 2;
    do {
        aos_list_init(&params->object_list);
        aos_status_t *status = oss_list_object(options, &bucket, params, NULL);
        if (!aos_status_is_ok(status)) return ended(prefix, status);
        aos_list_for_each_entry(oss_list_object_content_t, content, &params->object_list, node) {
            printf("%.*s  %.*s\n", content->size.len, content->size.data, content->key.len, content->key.data);
            bytes += aos_atoi64(content->size.data);
            count++;
        }
        aos_str_set(&params->marker, apr_psprintf(options->pool, "%.*s", params->next_marker.len,
                                                  params->next_marker.data));
    } while (params->truncated);
    printf("%d objects, %lld bytes\n", count, (long long)bytes);
    return 0;
}

int main(int argc, char *argv[])
{
    int status = 2;
    aos_pool_t *pool;

    if (aos_http_io_initialize(NULL, 0) != AOSE_OK) return 1;
    aos_pool_create(&pool, NULL);
    if (argc == 4 && (strcmp(argv[1], "put") == 0 || strcmp(argv[1], "get") == 0)) {
        int up = strcmp(argv[1], "put") == 0;
        status = transfer(connected(pool), up, argv[2], argv[3]);
    } else if ((argc == 2 || argc == 3) && strcmp(argv[1], "ls") == 0) {
        status = list(connected(pool), argc == 3 ? argv[2] : "");
    } else {
        fprintf(stderr, "usage: %s put KEY FILE | get KEY FILE | ls [PREFIX]\n", argv[0]);
    }
    aos_pool_destroy(pool);
    aos_http_io_deinitialize();
    return status;
}
