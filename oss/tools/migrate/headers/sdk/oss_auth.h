#pragma once
#include "aos_util.h"
#include "aos_string.h"
#include "aos_http_io.h"
#include "oss_define.h"
__BEGIN_DECLS
int get_oss_request_signature(const oss_request_options_t *options, aos_http_request_t *req, const aos_string_t *expires, aos_string_t *signature);
int get_oss_rtmp_request_signature(const oss_request_options_t *options, aos_http_request_t *req, const aos_string_t *expires, aos_string_t *signature);
int oss_get_rtmp_signed_url(const oss_request_options_t *options, aos_http_request_t *req, const aos_string_t *expires, const aos_string_t *play_list_name, aos_table_t *params, aos_string_t *signed_url);
int oss_get_rtmp_string_to_sign(aos_pool_t *p, const aos_string_t *expires, const aos_string_t *canon_res, const aos_table_t *params, aos_string_t *signstr);
int oss_get_signed_headers(aos_pool_t *p, const aos_string_t *access_key_id, const aos_string_t *access_key_secret, const aos_string_t *canon_res, aos_http_request_t *req);
int oss_get_signed_url(const oss_request_options_t *options, aos_http_request_t *req, const aos_string_t *expires, aos_string_t *auth_url);
int oss_get_string_to_sign(aos_pool_t *p, http_method_e method, const aos_string_t *canon_res, const aos_table_t *headers, const aos_table_t *params, aos_string_t *signstr);
void oss_sign_headers(aos_pool_t *p, const aos_string_t *signstr, const aos_string_t *access_key_id, const aos_string_t *access_key_secret, aos_table_t *headers);
int oss_sign_request(aos_http_request_t *req, const oss_config_t *config);
__END_DECLS
