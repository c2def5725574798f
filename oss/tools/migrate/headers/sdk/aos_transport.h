#pragma once
#include "aos_define.h"
#include "aos_buf.h"
__BEGIN_DECLS
typedef struct aos_http_request_s aos_http_request_t;
typedef struct aos_http_response_s aos_http_response_t;
typedef struct aos_http_transport_s aos_http_transport_t;
typedef void CURL;
typedef void (*oss_progress_callback)(int64_t consumed_bytes, int64_t total_bytes);
typedef int (*aos_read_http_body_pt)(aos_http_request_t *req, char *buffer, int len);
typedef int (*aos_write_http_body_pt)(aos_http_response_t *resp, const char *buffer, int len);
typedef int aos_http_body_type_e;
typedef int aos_transport_state_e;
typedef struct aos_curl_http_transport_s aos_curl_http_transport_t;
typedef struct aos_http_controller_ex_s aos_http_controller_ex_t;
typedef struct aos_http_controller_s aos_http_controller_t;
typedef struct aos_http_request_options_s aos_http_request_options_t;
typedef struct aos_http_request_s aos_http_request_t;
typedef struct aos_http_response_s aos_http_response_t;
typedef struct aos_http_transport_options_s aos_http_transport_options_t;
typedef struct aos_http_transport_s aos_http_transport_t;
struct aos_curl_http_transport_s {
    aos_http_request_t *req;
    aos_http_response_t *resp;
    aos_pool_t *pool;
    aos_transport_state_e state;
    aos_array_header_t *cleanup;
    aos_http_transport_options_t *options;
    aos_http_controller_ex_t *controller;
};
struct aos_http_controller_ex_s {
    aos_http_request_options_t *options;
    aos_pool_t *pool;
    int64_t start_time;
    int64_t first_byte_time;
    int64_t finish_time;
    uint32_t owner;
    void *user_data;
    int error_code;
    char *reason;
};
struct aos_http_controller_s {
    aos_http_request_options_t *options;
    aos_pool_t *pool;
    int64_t start_time;
    int64_t first_byte_time;
    int64_t finish_time;
    uint32_t owner;
    void *user_data;
};
struct aos_http_request_options_s {
    int speed_limit;
    int speed_time;
    int dns_cache_timeout;
    int connect_timeout;
    int64_t max_memory_size;
    int enable_crc;
    char *proxy_host;
    char *proxy_auth;
    int verify_ssl;
    char *ca_path;
    char *ca_file;
    int verify_object_strict;
};
struct aos_http_request_s {
    char *host;
    char *proto;
    char *signed_url;
    http_method_e method;
    char *uri;
    char *resource;
    aos_table_t *headers;
    aos_table_t *query_params;
    aos_list_t body;
    int64_t body_len;
    char *file_path;
    aos_file_buf_t *file_buf;
    aos_pool_t *pool;
    void *user_data;
    aos_read_http_body_pt read_body;
    aos_http_body_type_e type;
    oss_progress_callback progress_callback;
    uint64_t crc64;
    int64_t consumed_bytes;
    int normalize_url;
};
struct aos_http_response_s {
    int status;
    aos_table_t *headers;
    aos_list_t body;
    int64_t body_len;
    char *file_path;
    aos_file_buf_t *file_buf;
    int64_t content_length;
    aos_pool_t *pool;
    void *user_data;
    aos_write_http_body_pt write_body;
    aos_http_body_type_e type;
    oss_progress_callback progress_callback;
    uint64_t crc64;
};
struct aos_http_transport_options_s {
    char *user_agent;
    char *cacerts_path;
    uint32_t ssl_verification_disabled;
};
struct aos_http_transport_s {
    aos_http_request_t *req;
    aos_http_response_t *resp;
    aos_pool_t *pool;
    aos_transport_state_e state;
    aos_array_header_t *cleanup;
    aos_http_transport_options_t *options;
    aos_http_controller_ex_t *controller;
};
enum { BODY_IN_CALLBACK = 2 };
#define BODY_IN_CALLBACK BODY_IN_CALLBACK
enum { BODY_IN_FILE = 1 };
#define BODY_IN_FILE BODY_IN_FILE
enum { BODY_IN_MEMORY = 0 };
#define BODY_IN_MEMORY BODY_IN_MEMORY
enum { TRANS_STATE_ABORT = 4 };
#define TRANS_STATE_ABORT TRANS_STATE_ABORT
enum { TRANS_STATE_BODY_IN = 2 };
#define TRANS_STATE_BODY_IN TRANS_STATE_BODY_IN
enum { TRANS_STATE_BODY_OUT = 3 };
#define TRANS_STATE_BODY_OUT TRANS_STATE_BODY_OUT
enum { TRANS_STATE_DONE = 5 };
#define TRANS_STATE_DONE TRANS_STATE_DONE
enum { TRANS_STATE_HEADER = 1 };
#define TRANS_STATE_HEADER TRANS_STATE_HEADER
enum { TRANS_STATE_INIT = 0 };
#define TRANS_STATE_INIT TRANS_STATE_INIT
aos_http_transport_t *aos_curl_http_transport_create(aos_pool_t *p);
int aos_curl_http_transport_perform(aos_http_transport_t *t);
void aos_curl_response_headers_parse(aos_pool_t *p, aos_table_t *headers, char *buffer, int len);
__END_DECLS
