/* sender FILE...: uploads each under its own name, with what it is and when, and tries again where that may help. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "oss_api.h"
#include "aos_http_io.h"

#define RETRIES 2

struct type {
    const char *ending;
    const char *name;
};

static const struct type types[] = {
    {".txt", "text/plain"},
    {".html", "text/html"},
    {".json", "application/json"},
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name) return "application/octet-stream";
    for (int i = 0; i < (int)(sizeof(types) / sizeof(types[0])); i++) {
        if (strcmp(dot, types[i].ending) == 0) return types[i].name;
    }
    return "application/octet-stream";
}

static void percentage(int64_t consumed_bytes, int64_t total_bytes)
{
    if (total_bytes > 0 && consumed_bytes == total_bytes) {
        fprintf(stderr, "%3d%%\n", (int)(consumed_bytes * 100 / total_bytes));
    }
}

static aos_status_t *sent(oss_request_options_t *options, const char *key, const char *path)
{
    aos_string_t bucket, object, file;
    aos_table_t *headers = aos_table_make(options->pool, 2);
    aos_table_t *resp_headers = NULL;
    aos_list_t resp_body;
    char stamp[32];
    time_t now = time(NULL);
    struct tm *day = gmtime(&now);

    strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", day);
    apr_table_set(headers, "Content-Type", type_of(path));
    apr_table_set(headers, "x-oss-meta-sent", stamp);
    aos_str_set(&bucket, getenv("OSS_BUCKET"));
    aos_str_set(&object, key);
    aos_str_set(&file, path);
    aos_list_init(&resp_body);
    return oss_do_put_object_from_file(options, &bucket, &object, &file, headers, NULL, percentage, &resp_headers,
                                       &resp_body);
}

int main(int argc, char *argv[])
{
    int failed = 0;

    if (argc < 2) {
        fprintf(stderr, "usage: %s FILE...\n", argv[0]);
        return EXIT_FAILURE;
    }
    if (aos_http_io_initialize(NULL, 0) != AOSE_OK) {
        fprintf(stderr, "cannot initialize\n");
        exit(EXIT_FAILURE);
    }
    for (int i = 1; i < argc; i++) {
        aos_pool_t *pool;
        aos_status_t *status = NULL;
        char key[24];

        aos_pool_create(&pool, NULL);
        oss_request_options_t *options = oss_request_options_create(pool);
        options->config = oss_config_create(pool);
        aos_str_set(&options->config->endpoint, getenv("OSS_ENDPOINT"));
        aos_str_set(&options->config->access_key_id, getenv("OSS_ACCESS_KEY_ID"));
        aos_str_set(&options->config->access_key_secret, getenv("OSS_ACCESS_KEY_SECRET"));
        options->ctl = aos_http_controller_create(pool, 0);
        snprintf(key, sizeof(key), "%s/%s", "sent", base_name(argv[i]));
        for (int tries = 1; tries <= RETRIES; tries++) {
            status = sent(options, key, argv[i]);
            if (aos_status_is_ok(status) || status->code / 100 == 4) break;
            printf("%s: try %d: %d\n", argv[i], tries, status->code);
            usleep(1000);
        }
        if (aos_status_is_ok(status)) {
            printf("%s -> %-12s\n", argv[i], key);
        } else {
            printf("%s: %d %s (%s)\n", argv[i], status->code, status->error_code, status->req_id);
            failed++;
        }
        aos_pool_destroy(pool);
    }
    aos_http_io_deinitialize();
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
