#pragma once
#include "apr_time.h"
#include "apr_strings.h"
#include "apr_pools.h"
#include "apr_tables.h"
#include "apr_file_io.h"
__BEGIN_DECLS
#ifdef __cplusplus
#define AOS_CPP_START extern "C" {
#define AOS_CPP_END }
#else
#define AOS_CPP_START
#define AOS_CPP_END
#endif
typedef apr_pool_t aos_pool_t;
typedef apr_table_t aos_table_t;
typedef apr_table_entry_t aos_table_entry_t;
typedef apr_array_header_t aos_array_header_t;
#define aos_abs(value) ((value) >= 0 ? (value) : -(value))
#define aos_max(val1, val2) ((val1) < (val2) ? (val2) : (val1))
#define aos_min(val1, val2) ((val1) > (val2) ? (val2) : (val1))
int aos_is_empty_table(aos_table_t *t);
aos_array_header_t *aos_table_elts(aos_table_t *t);
aos_table_t *aos_table_make(aos_pool_t *p, int n);
void aos_table_add_int(aos_table_t *t, const char *key, int value);
void aos_table_add_int64(aos_table_t *t, const char *key, int64_t value);
void aos_table_set_int64(aos_table_t *t, const char *key, int64_t value);
int aos_pool_create(aos_pool_t **n, aos_pool_t *p);
void aos_pool_destroy(aos_pool_t *p);
void *aos_palloc(aos_pool_t *p, size_t s);
void *aos_pcalloc(aos_pool_t *p, size_t s);
typedef int aos_error_code_e;
typedef int http_method_e;
enum { AOSE_ABORT_CALLBACK = -997 };
#define AOSE_ABORT_CALLBACK AOSE_ABORT_CALLBACK
enum { AOSE_CONNECTION_FAILED = -992 };
#define AOSE_CONNECTION_FAILED AOSE_CONNECTION_FAILED
enum { AOSE_CRC_INCONSISTENT_ERROR = -978 };
#define AOSE_CRC_INCONSISTENT_ERROR AOSE_CRC_INCONSISTENT_ERROR
enum { AOSE_FAILED_CONNECT = -998 };
#define AOSE_FAILED_CONNECT AOSE_FAILED_CONNECT
enum { AOSE_FAILED_INITIALIZE = -991 };
#define AOSE_FAILED_INITIALIZE AOSE_FAILED_INITIALIZE
enum { AOSE_FAILED_VERIFICATION = -989 };
#define AOSE_FAILED_VERIFICATION AOSE_FAILED_VERIFICATION
enum { AOSE_FILE_FLUSH_ERROR = -977 };
#define AOSE_FILE_FLUSH_ERROR AOSE_FILE_FLUSH_ERROR
enum { AOSE_FILE_INFO_ERROR = -983 };
#define AOSE_FILE_INFO_ERROR AOSE_FILE_INFO_ERROR
enum { AOSE_FILE_READ_ERROR = -982 };
#define AOSE_FILE_READ_ERROR AOSE_FILE_READ_ERROR
enum { AOSE_FILE_SEEK_ERROR = -984 };
#define AOSE_FILE_SEEK_ERROR AOSE_FILE_SEEK_ERROR
enum { AOSE_FILE_TRUNC_ERROR = -976 };
#define AOSE_FILE_TRUNC_ERROR AOSE_FILE_TRUNC_ERROR
enum { AOSE_FILE_WRITE_ERROR = -981 };
#define AOSE_FILE_WRITE_ERROR AOSE_FILE_WRITE_ERROR
enum { AOSE_INTERNAL_ERROR = -996 };
#define AOSE_INTERNAL_ERROR AOSE_INTERNAL_ERROR
enum { AOSE_INVALID_ARGUMENT = -994 };
#define AOSE_INVALID_ARGUMENT AOSE_INVALID_ARGUMENT
enum { AOSE_INVALID_OPERATION = -993 };
#define AOSE_INVALID_OPERATION AOSE_INVALID_OPERATION
enum { AOSE_NAME_LOOKUP_ERROR = -990 };
#define AOSE_NAME_LOOKUP_ERROR AOSE_NAME_LOOKUP_ERROR
enum { AOSE_OK = 0 };
#define AOSE_OK AOSE_OK
enum { AOSE_OPEN_FILE_ERROR = -985 };
#define AOSE_OPEN_FILE_ERROR AOSE_OPEN_FILE_ERROR
enum { AOSE_OUT_MEMORY = -1000 };
#define AOSE_OUT_MEMORY AOSE_OUT_MEMORY
enum { AOSE_OVER_MEMORY = -999 };
#define AOSE_OVER_MEMORY AOSE_OVER_MEMORY
enum { AOSE_READ_BODY_ERROR = -987 };
#define AOSE_READ_BODY_ERROR AOSE_READ_BODY_ERROR
enum { AOSE_REQUEST_TIMEOUT = -995 };
#define AOSE_REQUEST_TIMEOUT AOSE_REQUEST_TIMEOUT
enum { AOSE_SELECT_OBJECT_CRC_ERROR = -975 };
#define AOSE_SELECT_OBJECT_CRC_ERROR AOSE_SELECT_OBJECT_CRC_ERROR
enum { AOSE_SERVICE_ERROR = -986 };
#define AOSE_SERVICE_ERROR AOSE_SERVICE_ERROR
enum { AOSE_UNKNOWN_ERROR = -100 };
#define AOSE_UNKNOWN_ERROR AOSE_UNKNOWN_ERROR
enum { AOSE_UTF8_ENCODE_ERROR = -979 };
#define AOSE_UTF8_ENCODE_ERROR AOSE_UTF8_ENCODE_ERROR
enum { AOSE_WRITE_BODY_ERROR = -988 };
#define AOSE_WRITE_BODY_ERROR AOSE_WRITE_BODY_ERROR
enum { AOSE_XML_PARSE_ERROR = -980 };
#define AOSE_XML_PARSE_ERROR AOSE_XML_PARSE_ERROR
enum { AOS_CONNECT_TIMEOUT = 10 };
#define AOS_CONNECT_TIMEOUT AOS_CONNECT_TIMEOUT
enum { AOS_DEFAULT_PART_SIZE = 1048576 };
#define AOS_DEFAULT_PART_SIZE AOS_DEFAULT_PART_SIZE
enum { AOS_DNS_CACHE_TIMOUT = 60 };
#define AOS_DNS_CACHE_TIMOUT AOS_DNS_CACHE_TIMOUT
enum { AOS_FALSE = 0 };
#define AOS_FALSE AOS_FALSE
#define AOS_HTTPS_PREFIX "https://"
#define AOS_HTTP_PREFIX "http://"
enum { AOS_INIT_WINSOCK = 1 };
#define AOS_INIT_WINSOCK AOS_INIT_WINSOCK
enum { AOS_MAX_GMT_TIME_LEN = 128 };
#define AOS_MAX_GMT_TIME_LEN AOS_MAX_GMT_TIME_LEN
enum { AOS_MAX_HEADER_LEN = 8192 };
#define AOS_MAX_HEADER_LEN AOS_MAX_HEADER_LEN
enum { AOS_MAX_INT64_STRING_LEN = 64 };
#define AOS_MAX_INT64_STRING_LEN AOS_MAX_INT64_STRING_LEN
enum { AOS_MAX_MEMORY_SIZE = 1073741824 };
#define AOS_MAX_MEMORY_SIZE AOS_MAX_MEMORY_SIZE
enum { AOS_MAX_PART_SIZE = 536870912 };
#define AOS_MAX_PART_SIZE AOS_MAX_PART_SIZE
enum { AOS_MAX_QUERY_ARG_LEN = 1024 };
#define AOS_MAX_QUERY_ARG_LEN AOS_MAX_QUERY_ARG_LEN
enum { AOS_MAX_SHORT_TIME_LEN = 10 };
#define AOS_MAX_SHORT_TIME_LEN AOS_MAX_SHORT_TIME_LEN
enum { AOS_MAX_UINT64_STRING_LEN = 64 };
#define AOS_MAX_UINT64_STRING_LEN AOS_MAX_UINT64_STRING_LEN
enum { AOS_MAX_URI_LEN = 2048 };
#define AOS_MAX_URI_LEN AOS_MAX_URI_LEN
enum { AOS_MAX_XML_NODE_VALUE_LEN = 1024 };
#define AOS_MAX_XML_NODE_VALUE_LEN AOS_MAX_XML_NODE_VALUE_LEN
enum { AOS_MD5_STRING_LEN = 32 };
#define AOS_MD5_STRING_LEN AOS_MD5_STRING_LEN
enum { AOS_MIN_SPEED_LIMIT = 1024 };
#define AOS_MIN_SPEED_LIMIT AOS_MIN_SPEED_LIMIT
enum { AOS_MIN_SPEED_TIME = 15 };
#define AOS_MIN_SPEED_TIME AOS_MIN_SPEED_TIME
enum { AOS_REQUEST_STACK_SIZE = 32 };
#define AOS_REQUEST_STACK_SIZE AOS_REQUEST_STACK_SIZE
#define AOS_RTMP_PREFIX "rtmp://"
#define AOS_TEMP_FILE_SUFFIX ".tmp"
enum { AOS_TRUE = 1 };
#define AOS_TRUE AOS_TRUE
#define AOS_VER "aliyun-sdk-c/3.11.2"
#define AOS_VERSION "3.11.2"
enum { CR = 13 };
#define CR CR
#define CRLF "\r\n"
enum { HTTP_DELETE = 4 };
#define HTTP_DELETE HTTP_DELETE
enum { HTTP_GET = 0 };
#define HTTP_GET HTTP_GET
enum { HTTP_HEAD = 1 };
#define HTTP_HEAD HTTP_HEAD
enum { HTTP_POST = 3 };
#define HTTP_POST HTTP_POST
enum { HTTP_PUT = 2 };
#define HTTP_PUT HTTP_PUT
enum { LF = 10 };
#define LF LF
__END_DECLS
