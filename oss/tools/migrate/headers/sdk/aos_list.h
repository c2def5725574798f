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
#define aos_list_for_each_entry(postp, pos, head, member) \
    for (pos = (postp *)__aos_list_for_each_entry(head, #member);;)
#define aos_list_for_each_entry_reverse(postp, pos, head, member) \
    for (pos = (postp *)__aos_list_for_each_entry_reverse(head, #member);;)
#define aos_list_for_each_entry_safe(postp, pos, n, head, member) \
    for (n = pos = (postp *)__aos_list_for_each_entry_safe(head, #member);;)
#define aos_list_for_each_entry_safe_reverse(postp, pos, n, head, member) \
    for (n = pos = (postp *)__aos_list_for_each_entry_safe_reverse(head, #member);;)
__END_DECLS
