#pragma once
#include "aos_define.h"
__BEGIN_DECLS
#define aos_string(str) { sizeof(str) - 1, (char *)(str) }
#define aos_null_string { 0, NULL }
typedef struct aos_string_s aos_string_t;
struct aos_string_s {
    int len;
    char *data;
};
int aos_ends_with(const aos_string_t *str, const aos_string_t *suffix);
int aos_is_null_string(aos_string_t *str);
int aos_is_quote(char c);
int aos_is_space(char c);
int aos_is_space_or_cntrl(char c);
char *aos_pstrdup(aos_pool_t *p, const aos_string_t *s);
int aos_string_is_empty(const aos_string_t *str);
void aos_string_tolower(aos_string_t *str);
void aos_strip_space(aos_string_t *str);
char *aos_strlchr(char *p, char *last, char c);
void aos_trip_space_and_cntrl(aos_string_t *str);
void aos_unquote_str(aos_string_t *str);
void aos_str_set(aos_string_t *str, const char *text);
void aos_str_null(aos_string_t *str);
int aos_tolower(int c);
int aos_toupper(int c);
__END_DECLS
