#pragma once
#include "aos_define.h"
#include "aos_buf.h"
#include "aos_string.h"
#include "aos_fstack.h"
__BEGIN_DECLS
typedef struct mxml_node_t mxml_node_t;
void HMAC_SHA1(unsigned char hmac[20], const unsigned char *key, int key_len, const unsigned char *message, int message_len);
void aos_HMAC_SHA256(char hmac[32], const char *key, int key_len, const char *message, int message_len);
void aos_SHA256(char hash[32], const char *message, int message_len);
int64_t aos_atoi64(const char *nptr);
uint64_t aos_atoui64(const char *nptr);
int aos_base64_encode(const unsigned char *in, int inLen, char *out);
int aos_convert_to_gmt_time(char *date, const char *format, apr_time_exp_t *tm);
int aos_convert_to_iso8601_time(char *date, const char *format, apr_time_exp_t *tm);
int aos_encode_hex(char *dest, const void *src, int srclen, int *len);
int aos_get_gmt_str_time(char datestr[AOS_MAX_GMT_TIME_LEN]);
int aos_get_gmt_time_date(const char *gmt, char datestr[AOS_MAX_SHORT_TIME_LEN]);
int aos_get_iso8601_str_time(char datestr[AOS_MAX_GMT_TIME_LEN]);
int aos_get_iso8601_str_time_ex(char datestr[AOS_MAX_GMT_TIME_LEN], apr_time_t now);
void aos_gnome_sort(const char **headers, int size);
const char *aos_http_method_to_string(http_method_e method);
unsigned char *aos_md5(aos_pool_t *pool, const char *in, apr_size_t in_len);
int aos_parse_xml_body(aos_list_t *bc, mxml_node_t **root);
int aos_query_params_to_string(aos_pool_t *p, aos_table_t *query_params, aos_string_t *querystr);
long long aos_strtoll(const char *nptr, char **endptr, int base);
unsigned long long aos_strtoull(const char *nptr, char **endptr, int base);
int aos_url_decode(const char *in, char *out);
int aos_url_encode(char *dest, const char *src, int maxSrcSize);
int aos_url_encode_ex(char *dest, const char *src, int maxSrcSize, int slash);
__END_DECLS
