#pragma once
#include "apr_general.h"
__BEGIN_DECLS
typedef struct aos_list_s aos_list_t;
struct aos_list_s {
    aos_list_t *next;
    aos_list_t *prev;
};
void aos_list_add_tail(aos_list_t *list, aos_list_t *head);
void aos_list_del(aos_list_t *entry);
int aos_list_empty(const aos_list_t *head);
void aos_list_movelist(aos_list_t *list, aos_list_t *new_list);
#define aos_list_head_init(name) { &(name), &(name) }
void aos_list_init(aos_list_t *ptr);
void *__aos_list_entry(aos_list_t *ptr, const char *member);
void *__aos_list_get_first(aos_list_t *list, const char *member);
void *__aos_list_get_last(aos_list_t *list, const char *member);
#define aos_list_entry(ptr, type, member) ((type *)__aos_list_entry(ptr, #member))
#define aos_list_get_first(list, type, member) ((type *)__aos_list_get_first(list, #member))
#define aos_list_get_last(list, type, member) ((type *)__aos_list_get_last(list, #member))
void *__aos_list_for_each_entry(aos_list_t *head, const char *member);
void *__aos_list_for_each_entry_reverse(aos_list_t *head, const char *member);
void *__aos_list_for_each_entry_safe(aos_list_t *head, const char *member);
void *__aos_list_for_each_entry_safe_reverse(aos_list_t *head, const char *member);
#define __aos_fifth(a, b, c, d, e, ...) e
#define __aos_sixth(a, b, c, d, e, f, ...) f
#define __aos_list_for_each_entry_3(postp, pos, head, member) for (pos = (postp *)__aos_list_for_each_entry(head, #member);;)
#define __aos_list_for_each_entry_2(pos, head, member) for (pos = (__typeof__(pos))__aos_list_for_each_entry(head, #member);;)
#define aos_list_for_each_entry(...) __aos_fifth(__VA_ARGS__, __aos_list_for_each_entry_3, __aos_list_for_each_entry_2, )(__VA_ARGS__)
#define __aos_list_for_each_entry_reverse_3(postp, pos, head, member) for (pos = (postp *)__aos_list_for_each_entry_reverse(head, #member);;)
#define __aos_list_for_each_entry_reverse_2(pos, head, member) for (pos = (__typeof__(pos))__aos_list_for_each_entry_reverse(head, #member);;)
#define aos_list_for_each_entry_reverse(...) __aos_fifth(__VA_ARGS__, __aos_list_for_each_entry_reverse_3, __aos_list_for_each_entry_reverse_2, )(__VA_ARGS__)
#define __aos_list_for_each_entry_safe_3(postp, pos, n, head, member) for (n = pos = (postp *)__aos_list_for_each_entry_safe(head, #member);;)
#define __aos_list_for_each_entry_safe_2(pos, n, head, member) for (n = pos = (__typeof__(pos))__aos_list_for_each_entry_safe(head, #member);;)
#define aos_list_for_each_entry_safe(...) __aos_sixth(__VA_ARGS__, __aos_list_for_each_entry_safe_3, __aos_list_for_each_entry_safe_2, )(__VA_ARGS__)
#define __aos_list_for_each_entry_safe_reverse_3(postp, pos, n, head, member) for (n = pos = (postp *)__aos_list_for_each_entry_safe_reverse(head, #member);;)
#define __aos_list_for_each_entry_safe_reverse_2(pos, n, head, member) for (n = pos = (__typeof__(pos))__aos_list_for_each_entry_safe_reverse(head, #member);;)
#define aos_list_for_each_entry_safe_reverse(...) __aos_sixth(__VA_ARGS__, __aos_list_for_each_entry_safe_reverse_3, __aos_list_for_each_entry_safe_reverse_2, )(__VA_ARGS__)
__END_DECLS
