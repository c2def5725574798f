#pragma once
#include "aos_string.h"
#include "aos_list.h"
#include "aos_status.h"
#include "aos_transport.h"
__BEGIN_DECLS
#ifdef __cplusplus
#define OSS_CPP_START extern "C" {
#define OSS_CPP_END }
#else
#define OSS_CPP_START
#define OSS_CPP_END
#endif
#define PARAM_IN
#define PARAM_OUT
typedef int oss_acl_e;
typedef int oss_storage_class_type_e;
typedef int oss_tier_type_e;
typedef struct oss_bucket_info_s oss_bucket_info_t;
typedef struct oss_bucket_stat_s oss_bucket_stat_t;
typedef struct oss_complete_part_content_s oss_complete_part_content_t;
typedef struct oss_config_s oss_config_t;
typedef struct oss_content_type_s oss_content_type_t;
typedef struct oss_cors_rule_s oss_cors_rule_t;
typedef struct oss_create_bucket_params_s oss_create_bucket_params_t;
typedef struct oss_lifecycle_rule_content_s oss_lifecycle_rule_content_t;
typedef struct oss_lifecycle_rule_date_s oss_lifecycle_rule_date_t;
typedef struct oss_list_bucket_content_s oss_list_bucket_content_t;
typedef struct oss_list_buckets_params_s oss_list_buckets_params_t;
typedef struct oss_list_multipart_upload_content_s oss_list_multipart_upload_content_t;
typedef struct oss_list_multipart_upload_params_s oss_list_multipart_upload_params_t;
typedef struct oss_list_object_common_prefix_s oss_list_object_common_prefix_t;
typedef struct oss_list_object_content_s oss_list_object_content_t;
typedef struct oss_list_object_params_s oss_list_object_params_t;
typedef struct oss_list_part_content_s oss_list_part_content_t;
typedef struct oss_list_upload_part_params_s oss_list_upload_part_params_t;
typedef struct oss_logging_config_content_s oss_logging_config_content_t;
typedef struct oss_object_key_s oss_object_key_t;
typedef struct oss_referer_config_s oss_referer_config_t;
typedef struct oss_referer_s oss_referer_t;
typedef struct oss_request_options_s oss_request_options_t;
typedef struct oss_resumable_clt_params_s oss_resumable_clt_params_t;
typedef struct oss_sub_cors_rule_s oss_sub_cors_rule_t;
typedef struct oss_tag_content_s oss_tag_content_t;
typedef struct oss_upload_file_s oss_upload_file_t;
typedef struct oss_upload_part_copy_params_s oss_upload_part_copy_params_t;
typedef struct oss_upload_part_s oss_upload_part_t;
typedef struct oss_website_config_s oss_website_config_t;
typedef struct oss_audio_stat_s oss_audio_stat_t;
typedef struct oss_list_live_channel_params_s oss_list_live_channel_params_t;
typedef struct oss_live_channel_configuration_s oss_live_channel_configuration_t;
typedef struct oss_live_channel_content_s oss_live_channel_content_t;
typedef struct oss_live_channel_play_url_s oss_live_channel_play_url_t;
typedef struct oss_live_channel_publish_url_s oss_live_channel_publish_url_t;
typedef struct oss_live_channel_stat_s oss_live_channel_stat_t;
typedef struct oss_live_channel_target_s oss_live_channel_target_t;
typedef struct oss_live_record_content_s oss_live_record_content_t;
typedef struct oss_video_stat_s oss_video_stat_t;
typedef struct oss_select_object_input_param_s oss_select_object_input_param_t;
typedef struct oss_select_object_meta_params_s oss_select_object_meta_params_t;
typedef struct oss_select_object_option_param_s oss_select_object_option_param_t;
typedef struct oss_select_object_output_param_s oss_select_object_output_param_t;
typedef struct oss_select_object_params_s oss_select_object_params_t;
struct oss_bucket_info_s {
    aos_string_t created_date;
    aos_string_t extranet_endpoint;
    aos_string_t intranet_endpoint;
    aos_string_t location;
    aos_string_t owner_id;
    aos_string_t owner_name;
    aos_string_t acl;
    aos_string_t storage_class;
};
struct oss_bucket_stat_s {
    uint64_t storage_in_bytes;
    uint64_t object_count;
    uint64_t multipart_upload_count;
};
struct oss_complete_part_content_s {
    aos_list_t node;
    aos_string_t part_number;
    aos_string_t etag;
};
struct oss_config_s {
    aos_string_t endpoint;
    aos_string_t access_key_id;
    aos_string_t access_key_secret;
    aos_string_t sts_token;
    int is_cname;
    aos_string_t proxy_host;
    int proxy_port;
    aos_string_t proxy_user;
    aos_string_t proxy_passwd;
    int signature_version;
    aos_string_t region;
    aos_string_t cloudbox_id;
};
struct oss_content_type_s {
    char *suffix;
    char *type;
};
struct oss_cors_rule_s {
    aos_list_t node;
    aos_list_t allowed_origin_list;
    aos_list_t allowed_method_list;
    aos_list_t allowed_head_list;
    aos_list_t expose_head_list;
    int max_age_seconds;
};
struct oss_create_bucket_params_s {
    oss_acl_e acl;
    oss_storage_class_type_e storage_class;
};
struct oss_lifecycle_rule_date_s {
    int days;
    aos_string_t created_before_date;
};
struct oss_list_bucket_content_s {
    aos_list_t node;
    aos_string_t create_date;
    aos_string_t extranet_endpoint;
    aos_string_t intranet_endpoint;
    aos_string_t location;
    aos_string_t name;
    aos_string_t storage_class;
};
struct oss_list_buckets_params_s {
    aos_string_t prefix;
    aos_string_t marker;
    int max_keys;
    int truncated;
    aos_string_t next_marker;
    aos_string_t owner_id;
    aos_string_t owner_name;
    aos_list_t bucket_list;
};
struct oss_list_multipart_upload_content_s {
    aos_list_t node;
    aos_string_t key;
    aos_string_t upload_id;
    aos_string_t initiated;
};
struct oss_list_multipart_upload_params_s {
    aos_string_t prefix;
    aos_string_t key_marker;
    aos_string_t upload_id_marker;
    aos_string_t delimiter;
    int max_ret;
    int truncated;
    aos_string_t next_key_marker;
    aos_string_t next_upload_id_marker;
    aos_list_t upload_list;
};
struct oss_list_object_common_prefix_s {
    aos_list_t node;
    aos_string_t prefix;
};
struct oss_list_object_content_s {
    aos_list_t node;
    aos_string_t key;
    aos_string_t last_modified;
    aos_string_t etag;
    aos_string_t size;
    aos_string_t owner_id;
    aos_string_t owner_display_name;
    aos_string_t storage_class;
    aos_string_t type;
};
struct oss_list_object_params_s {
    aos_string_t prefix;
    aos_string_t marker;
    aos_string_t delimiter;
    int max_ret;
    int truncated;
    aos_string_t next_marker;
    aos_list_t object_list;
    aos_list_t common_prefix_list;
};
struct oss_list_part_content_s {
    aos_list_t node;
    aos_string_t part_number;
    aos_string_t size;
    aos_string_t etag;
    aos_string_t last_modified;
};
struct oss_list_upload_part_params_s {
    aos_string_t part_number_marker;
    int max_ret;
    int truncated;
    aos_string_t next_part_number_marker;
    aos_list_t part_list;
};
struct oss_logging_config_content_s {
    aos_list_t node;
    aos_string_t target_bucket;
    aos_string_t prefix;
    int logging_enabled;
};
struct oss_object_key_s {
    aos_list_t node;
    aos_string_t key;
};
struct oss_referer_config_s {
    aos_list_t referer_list;
    int allow_empty_referer;
};
struct oss_referer_s {
    aos_list_t node;
    aos_string_t referer;
};
struct oss_request_options_s {
    oss_config_t *config;
    aos_http_controller_t *ctl;
    aos_pool_t *pool;
};
struct oss_resumable_clt_params_s {
    int64_t part_size;
    int32_t thread_num;
    int enable_checkpoint;
    aos_string_t checkpoint_path;
};
struct oss_sub_cors_rule_s {
    aos_list_t node;
    aos_string_t rule;
};
struct oss_tag_content_s {
    aos_list_t node;
    aos_string_t key;
    aos_string_t value;
};
struct oss_upload_file_s {
    aos_string_t filename;
    int64_t file_pos;
    int64_t file_last;
};
struct oss_upload_part_copy_params_s {
    aos_string_t source_bucket;
    aos_string_t source_object;
    aos_string_t dest_bucket;
    aos_string_t dest_object;
    aos_string_t upload_id;
    int part_num;
    int64_t range_start;
    int64_t range_end;
};
struct oss_upload_part_s {
    int part_num;
    char *etag;
};
struct oss_website_config_s {
    aos_string_t suffix_str;
    aos_string_t key_str;
};
struct oss_audio_stat_s {
    int32_t band_width;
    int32_t sample_rate;
    aos_string_t codec;
};
struct oss_list_live_channel_params_s {
    aos_string_t prefix;
    aos_string_t marker;
    int max_keys;
    int truncated;
    aos_string_t next_marker;
    aos_list_t live_channel_list;
};
struct oss_live_channel_target_s {
    aos_string_t type;
    int32_t frag_duration;
    int32_t frag_count;
    aos_string_t play_list_name;
};
struct oss_live_channel_content_s {
    aos_list_t node;
    aos_string_t name;
    aos_string_t description;
    aos_string_t status;
    aos_string_t last_modified;
    aos_list_t publish_url_list;
    aos_list_t play_url_list;
};
struct oss_live_channel_play_url_s {
    aos_list_t node;
    aos_string_t play_url;
};
struct oss_live_channel_publish_url_s {
    aos_list_t node;
    aos_string_t publish_url;
};
struct oss_video_stat_s {
    int32_t width;
    int32_t height;
    int32_t frame_rate;
    int32_t band_width;
    aos_string_t codec;
};
struct oss_live_record_content_s {
    aos_list_t node;
    aos_string_t start_time;
    aos_string_t end_time;
    aos_string_t remote_addr;
};
struct oss_select_object_input_param_s {
    aos_string_t compression_type;
    aos_string_t file_header_info;
    aos_string_t record_delimiter;
    aos_string_t field_delimiter;
    aos_string_t quote_character;
    aos_string_t comment_character;
    aos_string_t range;
};
struct oss_select_object_meta_params_s {
    aos_string_t compression_type;
    aos_string_t record_delimiter;
    aos_string_t field_delimiter;
    aos_string_t quote_character;
    int32_t over_write_if_existing;
    uint32_t splits_count;
    uint64_t rows_count;
    uint32_t columns_count;
};
struct oss_select_object_option_param_s {
    int32_t skip_partial_data_record;
};
struct oss_select_object_output_param_s {
    aos_string_t record_delimiter;
    aos_string_t field_delimiter;
    int32_t keep_all_columns;
    int32_t output_rawdata;
    int32_t enable_payload_crc;
    int32_t output_header;
};
struct oss_lifecycle_rule_content_s {
    aos_list_t node;
    aos_string_t id;
    aos_string_t prefix;
    aos_string_t status;
    int days;
    aos_string_t date;
    aos_string_t created_before_date;
    oss_lifecycle_rule_date_t abort_multipart_upload_dt;
    aos_list_t tag_list;
};
struct oss_live_channel_configuration_s {
    aos_string_t name;
    aos_string_t description;
    aos_string_t status;
    oss_live_channel_target_t target;
};
struct oss_live_channel_stat_s {
    aos_string_t pushflow_status;
    aos_string_t connected_time;
    aos_string_t remote_addr;
    oss_video_stat_t video_stat;
    oss_audio_stat_t audio_stat;
};
struct oss_select_object_params_s {
    oss_select_object_input_param_t input_param;
    oss_select_object_output_param_t output_param;
    oss_select_object_option_param_t option_param;
};
enum { LIVE_CHANNEL_DEFAULT_FRAG_COUNT = 3 };
#define LIVE_CHANNEL_DEFAULT_FRAG_COUNT LIVE_CHANNEL_DEFAULT_FRAG_COUNT
enum { LIVE_CHANNEL_DEFAULT_FRAG_DURATION = 5 };
#define LIVE_CHANNEL_DEFAULT_FRAG_DURATION LIVE_CHANNEL_DEFAULT_FRAG_DURATION
extern const char LIVE_CHANNEL_DEFAULT_PLAYLIST[];
extern const char LIVE_CHANNEL_DEFAULT_TYPE[];
extern const char LIVE_CHANNEL_STATUS_DISABLED[];
extern const char LIVE_CHANNEL_STATUS_ENABLED[];
extern const char LIVE_CHANNEL_STATUS_IDLE[];
extern const char LIVE_CHANNEL_STATUS_LIVE[];
enum { MAX_SUFFIX_LEN = 1024 };
#define MAX_SUFFIX_LEN MAX_SUFFIX_LEN
extern const char OSS_ACCESSKEYID[];
extern const char OSS_ACL[];
enum { OSS_ACL_DEFAULT = 3 };
#define OSS_ACL_DEFAULT OSS_ACL_DEFAULT
enum { OSS_ACL_PRIVATE = 0 };
#define OSS_ACL_PRIVATE OSS_ACL_PRIVATE
enum { OSS_ACL_PUBLIC_READ = 1 };
#define OSS_ACL_PUBLIC_READ OSS_ACL_PUBLIC_READ
enum { OSS_ACL_PUBLIC_READ_WRITE = 2 };
#define OSS_ACL_PUBLIC_READ_WRITE OSS_ACL_PUBLIC_READ_WRITE
extern const char OSS_APPEND[];
extern const char OSS_AUTHORIZATION[];
extern const char OSS_BUCKETINFO[];
extern const char OSS_BUCKETSTAT[];
extern const char OSS_CALLBACK[];
extern const char OSS_CALLBACK_VAR[];
extern const char OSS_CANNONICALIZED_HEADER_ACL[];
extern const char OSS_CANNONICALIZED_HEADER_COPY_SOURCE[];
extern const char OSS_CANNONICALIZED_HEADER_DATE[];
extern const char OSS_CANNONICALIZED_HEADER_OBJECT[];
extern const char OSS_CANNONICALIZED_HEADER_OBJECT_ACL[];
extern const char OSS_CANNONICALIZED_HEADER_PREFIX[];
extern const char OSS_CANNONICALIZED_HEADER_REGION[];
extern const char OSS_CANNONICALIZED_HEADER_SOURCE[];
extern const char OSS_CANNONICALIZED_HEADER_STORAGE_CLASS[];
extern const char OSS_CANNONICALIZED_HEADER_SYMLINK[];
extern const char OSS_COMP[];
extern const char OSS_CONTENT_LENGTH[];
extern const char OSS_CONTENT_MD5[];
extern const char OSS_CONTENT_SHA256[];
extern const char OSS_CONTENT_TYPE[];
extern const char OSS_COPY_SOURCE[];
extern const char OSS_COPY_SOURCE_RANGE[];
extern const char OSS_CORS[];
extern const char OSS_CREDENTIAL[];
extern const char OSS_DATE[];
extern const char OSS_DELETE[];
extern const char OSS_DELIMITER[];
extern const char OSS_EXPECT[];
extern const char OSS_EXPIRES[];
extern const char OSS_EXPIRES_V4[];
extern const char OSS_HASH_CRC64_ECMA[];
enum { OSS_INVALID_VALUE = -1 };
#define OSS_INVALID_VALUE OSS_INVALID_VALUE
extern const char OSS_KEY_MARKER[];
extern const char OSS_LIFECYCLE[];
extern const char OSS_LIVE_CHANNEL[];
extern const char OSS_LIVE_CHANNEL_END_TIME[];
extern const char OSS_LIVE_CHANNEL_HISTORY[];
extern const char OSS_LIVE_CHANNEL_START_TIME[];
extern const char OSS_LIVE_CHANNEL_STAT[];
extern const char OSS_LIVE_CHANNEL_STATUS[];
extern const char OSS_LIVE_CHANNEL_VOD[];
extern const char OSS_LOCATION[];
extern const char OSS_LOGGING[];
extern const char OSS_MARKER[];
extern const char OSS_MAX_KEYS[];
extern const char OSS_MAX_PARTS[];
enum { OSS_MAX_PART_NUM = 10000 };
#define OSS_MAX_PART_NUM OSS_MAX_PART_NUM
extern const char OSS_MAX_UPLOADS[];
extern const char OSS_MULTIPART_CONTENT_TYPE[];
extern const char OSS_NEXT_APPEND_POSITION[];
extern const char OSS_OBJECT_META[];
extern const char OSS_OBJECT_TYPE[];
extern const char OSS_OBJECT_TYPE_APPENDABLE[];
extern const char OSS_OBJECT_TYPE_NORMAL[];
extern const char OSS_PARTNUMBER[];
extern const char OSS_PART_NUMBER_MARKER[];
enum { OSS_PER_RET_NUM = 1000 };
#define OSS_PER_RET_NUM OSS_PER_RET_NUM
extern const char OSS_PLAY_LIST_NAME[];
extern const char OSS_POSITION[];
extern const char OSS_PREFIX[];
extern const char OSS_PROCESS[];
extern const char OSS_QOS[];
extern const char OSS_REFERER[];
extern const char OSS_RESTORE[];
extern const char OSS_SECURITY_TOKEN[];
extern const char OSS_SECURITY_TOKEN_V4[];
extern const char OSS_SELECT_OBJECT_OUTPUT_RAW[];
extern const char OSS_SIGNATURE[];
extern const char OSS_SIGNATURE_V4[];
extern const char OSS_SIGNATURE_VERSION[];
extern const char OSS_SIGN_ORIGIN_ONLY[];
enum { OSS_STORAGE_CLASS_ARCHIVE = 2 };
#define OSS_STORAGE_CLASS_ARCHIVE OSS_STORAGE_CLASS_ARCHIVE
enum { OSS_STORAGE_CLASS_BUTT = 3 };
#define OSS_STORAGE_CLASS_BUTT OSS_STORAGE_CLASS_BUTT
enum { OSS_STORAGE_CLASS_COLD_ARCHIVE = 4 };
#define OSS_STORAGE_CLASS_COLD_ARCHIVE OSS_STORAGE_CLASS_COLD_ARCHIVE
enum { OSS_STORAGE_CLASS_IA = 1 };
#define OSS_STORAGE_CLASS_IA OSS_STORAGE_CLASS_IA
enum { OSS_STORAGE_CLASS_STANDARD = 0 };
#define OSS_STORAGE_CLASS_STANDARD OSS_STORAGE_CLASS_STANDARD
extern const char OSS_STS_SECURITY_TOKEN[];
extern const char OSS_SYMLINK[];
extern const char OSS_TAGGING[];
enum { OSS_TIER_BULK = 2 };
#define OSS_TIER_BULK OSS_TIER_BULK
enum { OSS_TIER_EXPEDITED = 0 };
#define OSS_TIER_EXPEDITED OSS_TIER_EXPEDITED
enum { OSS_TIER_STANDARD = 1 };
#define OSS_TIER_STANDARD OSS_TIER_STANDARD
extern const char OSS_UPLOADS[];
extern const char OSS_UPLOAD_ID[];
extern const char OSS_UPLOAD_ID_MARKER[];
extern const char OSS_WEBSITE[];
extern const char OSS_YES[];
void aos_xml_error_status_set(aos_status_t *STATUS, int RES);
void aos_file_error_status_set(aos_status_t *STATUS, int RES);
void aos_inconsistent_error_status_set(aos_status_t *STATUS, int RES);
__END_DECLS
