#pragma once
#include "aos_define.h"
#include "aos_string.h"
#include "aos_status.h"
#include "oss_define.h"
__BEGIN_DECLS
typedef struct oss_checkpoint_part_s oss_checkpoint_part_t;
typedef struct oss_checkpoint_s oss_checkpoint_t;
typedef struct oss_part_task_result_s oss_part_task_result_t;
struct oss_checkpoint_part_s {
    int32_t index;
    int64_t offset;
    int64_t size;
    int completed;
    aos_string_t etag;
    uint64_t crc64;
};
struct oss_checkpoint_s {
    aos_string_t md5;
    int cp_type;
    apr_file_t *thefile;
    aos_string_t file_path;
    int64_t file_size;
    apr_time_t file_last_modified;
    aos_string_t file_md5;
    aos_string_t object_name;
    int64_t object_size;
    aos_string_t object_last_modified;
    aos_string_t object_etag;
    aos_string_t upload_id;
    int part_num;
    int64_t part_size;
    oss_checkpoint_part_t *parts;
};
struct oss_part_task_result_s {
    oss_checkpoint_part_t *part;
    aos_status_t *s;
    aos_string_t etag;
    uint64_t crc64;
};
enum { OSS_CP_DOWNLOAD = 2 };
#define OSS_CP_DOWNLOAD OSS_CP_DOWNLOAD
enum { OSS_CP_UPLOAD = 1 };
#define OSS_CP_UPLOAD OSS_CP_UPLOAD
aos_status_t *oss_resumable_download_file(oss_request_options_t *options, aos_string_t *bucket, aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, oss_resumable_clt_params_t *clt_params, oss_progress_callback progress_callback, aos_table_t **resp_headers);
aos_status_t *oss_resumable_download_file_internal(oss_request_options_t *options, aos_string_t *bucket, aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, int32_t thread_num, int64_t part_size, aos_string_t *checkpoint_path, oss_progress_callback progress_callback, aos_table_t **resp_headers);
aos_status_t *oss_resumable_upload_file(oss_request_options_t *options, aos_string_t *bucket, aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, oss_resumable_clt_params_t *clt_params, oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body);
aos_status_t *oss_resumable_upload_file_with_cp(oss_request_options_t *options, aos_string_t *bucket, aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, int32_t thread_num, int64_t part_size, aos_string_t *checkpoint_path, apr_finfo_t *finfo, oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body);
aos_status_t *oss_resumable_upload_file_without_cp(oss_request_options_t *options, aos_string_t *bucket, aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, int32_t thread_num, int64_t part_size, apr_finfo_t *finfo, oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body);
void oss_build_download_checkpoint(aos_pool_t *pool, oss_checkpoint_t *checkpoint, aos_string_t *file_path, const char *object_name, int64_t object_size, const char *object_last_modified, const char *object_etag, int64_t part_size);
void oss_build_parts(int64_t file_size, int64_t part_size, oss_checkpoint_part_t *parts);
void oss_build_upload_checkpoint(aos_pool_t *pool, oss_checkpoint_t *checkpoint, aos_string_t *file_path, apr_finfo_t *finfo, aos_string_t *upload_id, int64_t part_size);
int oss_does_file_exist(const aos_string_t *filepath, aos_pool_t *pool);
int oss_dump_checkpoint(aos_pool_t *pool, const oss_checkpoint_t *checkpoint);
void oss_get_checkpoint_todo_parts(oss_checkpoint_t *checkpoint, int *part_num, oss_checkpoint_part_t *parts);
void oss_get_download_checkpoint_path(oss_resumable_clt_params_t *clt_params, const aos_string_t *filepath, aos_pool_t *pool, aos_string_t *checkpoint_path);
int oss_get_file_info(const aos_string_t *filepath, aos_pool_t *pool, apr_finfo_t *finfo);
int oss_get_part_num(int64_t file_size, int64_t part_size);
int32_t oss_get_thread_num(oss_resumable_clt_params_t *clt_params);
void oss_get_upload_checkpoint_path(oss_resumable_clt_params_t *clt_params, const aos_string_t *filepath, aos_pool_t *pool, aos_string_t *checkpoint_path);
int oss_is_download_checkpoint_valid(aos_pool_t *pool, oss_checkpoint_t *checkpoint, const char *object_name, int64_t object_size, const char *object_last_modified, const char *object_etag);
int oss_is_upload_checkpoint_valid(aos_pool_t *pool, oss_checkpoint_t *checkpoint, apr_finfo_t *finfo);
int oss_load_checkpoint(aos_pool_t *pool, const aos_string_t *filepath, oss_checkpoint_t *checkpoint);
int oss_open_checkpoint_file(aos_pool_t *pool, aos_string_t *checkpoint_path, oss_checkpoint_t *checkpoint);
void oss_update_checkpoint(aos_pool_t *pool, oss_checkpoint_t *checkpoint, int32_t part_index, aos_string_t *etag, uint64_t crc64);
int oss_verify_checkpoint_md5(aos_pool_t *pool, const oss_checkpoint_t *checkpoint);
__END_DECLS
