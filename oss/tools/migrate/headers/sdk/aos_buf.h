#pragma once
#include "aos_define.h"
#include "aos_list.h"
__BEGIN_DECLS
typedef struct aos_buf_s aos_buf_t;
typedef struct aos_file_buf_s aos_file_buf_t;
struct aos_buf_s {
    aos_list_t node;
    uint8_t *pos;
    uint8_t *last;
    uint8_t *start;
    uint8_t *end;
};
struct aos_file_buf_s {
    aos_list_t node;
    int64_t file_pos;
    int64_t file_last;
    apr_file_t *file;
    uint32_t owner;
};
void aos_buf_append_string(aos_pool_t *p, aos_buf_t *b, const char *str, int len);
char *aos_buf_list_content(aos_pool_t *p, aos_list_t *list);
int64_t aos_buf_list_len(aos_list_t *list);
aos_buf_t *aos_buf_pack(aos_pool_t *p, const void *data, int size);
aos_buf_t *aos_create_buf(aos_pool_t *p, int size);
aos_file_buf_t *aos_create_file_buf(aos_pool_t *p);
int aos_open_file_for_all_read(aos_pool_t *p, const char *path, aos_file_buf_t *fb);
int aos_open_file_for_range_read(aos_pool_t *p, const char *path, int64_t file_pos, int64_t file_last, aos_file_buf_t *fb);
int aos_open_file_for_read(aos_pool_t *p, const char *path, aos_file_buf_t *fb);
int aos_open_file_for_write(aos_pool_t *p, const char *path, aos_file_buf_t *fb);
int aos_open_file_for_write_notrunc(aos_pool_t *p, const char *path, aos_file_buf_t *fb);
int aos_buf_size(aos_buf_t *b);
__END_DECLS
