#pragma once
#include "aos_define.h"
__BEGIN_DECLS
typedef void (*aos_log_print_pt)(const char *message, int len);
typedef void (*aos_log_format_pt)(int level, const char *file, int line, const char *function, const char *fmt, ...);
typedef int aos_log_level_e;
enum { AOS_LOG_ALL = 8 };
#define AOS_LOG_ALL AOS_LOG_ALL
enum { AOS_LOG_DEBUG = 6 };
#define AOS_LOG_DEBUG AOS_LOG_DEBUG
enum { AOS_LOG_ERROR = 3 };
#define AOS_LOG_ERROR AOS_LOG_ERROR
enum { AOS_LOG_FATAL = 2 };
#define AOS_LOG_FATAL AOS_LOG_FATAL
enum { AOS_LOG_INFO = 5 };
#define AOS_LOG_INFO AOS_LOG_INFO
enum { AOS_LOG_OFF = 1 };
#define AOS_LOG_OFF AOS_LOG_OFF
enum { AOS_LOG_TRACE = 7 };
#define AOS_LOG_TRACE AOS_LOG_TRACE
enum { AOS_LOG_WARN = 4 };
#define AOS_LOG_WARN AOS_LOG_WARN
void aos_log_format_default(int level, const char *file, int line, const char *function, const char *fmt, ...);
void aos_log_print_default(const char *message, int len);
void aos_log_set_format(aos_log_format_pt p);
void aos_log_set_level(aos_log_level_e level);
void aos_log_set_output(apr_file_t *output);
void aos_log_set_print(aos_log_print_pt p);
void aos_fatal_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
void aos_error_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
void aos_warn_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
void aos_info_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
void aos_debug_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
void aos_trace_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
extern aos_log_level_e aos_log_level;
extern aos_log_format_pt aos_log_format;
__END_DECLS
