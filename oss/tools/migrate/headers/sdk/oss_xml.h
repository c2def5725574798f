#pragma once
#include "aos_util.h"
#include "aos_string.h"
#include "aos_transport.h"
#include "aos_status.h"
#include "oss_define.h"
#include "oss_resumable.h"
__BEGIN_DECLS
char *build_complete_multipart_upload_xml(aos_pool_t *p, aos_list_t *bc);
void build_complete_multipart_upload_body(aos_pool_t *p, aos_list_t *part_list, aos_list_t *body);
char *build_lifecycle_xml(aos_pool_t *p, aos_list_t *lifecycle_rule_list);
void build_lifecycle_body(aos_pool_t *p, aos_list_t *lifecycle_rule_list, aos_list_t *body);
char *build_referer_config_xml(aos_pool_t *p, oss_referer_config_t *referer_config);
void build_referer_config_body(aos_pool_t *p, oss_referer_config_t *referer_config, aos_list_t *body);
char *build_website_config_xml(aos_pool_t *p, oss_website_config_t *website_config);
void build_website_config_body(aos_pool_t *p, oss_website_config_t *website_config, aos_list_t *body);
char *build_cors_rule_xml(aos_pool_t *p, aos_list_t *rule_list);
void build_cors_rule_body(aos_pool_t *p, aos_list_t *rule_list, aos_list_t *body);
char *build_bucket_logging_xml(aos_pool_t *p, oss_logging_config_content_t *content);
void build_bucket_logging_body(aos_pool_t *p, oss_logging_config_content_t *content, aos_list_t *body);
char *build_bucket_storage_class_xml(aos_pool_t *p, oss_storage_class_type_e storage_class);
void build_bucket_storage_class(aos_pool_t *p, oss_storage_class_type_e storage_class, aos_list_t *body);
char *build_bucket_storage_capacity_xml(aos_pool_t *p, long storage_capacity);
void build_bucket_storage_capacity_body(aos_pool_t *p, long storage_capacity, aos_list_t *body);
char *build_objects_xml(aos_pool_t *p, aos_list_t *object_list, const char *quiet);
void build_delete_objects_body(aos_pool_t *p, aos_list_t *object_list, int is_quiet, aos_list_t *body);
char *build_create_live_channel_xml(aos_pool_t *p, oss_live_channel_configuration_t *config);
void build_create_live_channel_body(aos_pool_t *p, oss_live_channel_configuration_t *config, aos_list_t *body);
char *build_object_tagging_xml(aos_pool_t *p, aos_list_t *tag_list);
void build_object_tagging_body(aos_pool_t *p, aos_list_t *tag_list, aos_list_t *body);
void oss_build_select_object_body(aos_pool_t *p, const aos_string_t *expression, const oss_select_object_params_t *params, aos_list_t *body);
void oss_build_create_select_object_meta_body(aos_pool_t *p, const oss_select_object_meta_params_t *params, aos_list_t *body);
void oss_build_restore_object_body(aos_pool_t *p, oss_tier_type_e tier, int day, aos_list_t *body);
int oss_acl_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_string_t *oss_acl);
int oss_location_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_string_t *oss_location);
int oss_storage_capacity_parse_from_body(aos_pool_t *p, aos_list_t *bc, long *storage_capacity);
int oss_logging_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_logging_config_content_t *logging_content);
int oss_get_bucket_info_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_bucket_info_t *bucket_info);
int oss_get_bucket_stat_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_bucket_stat_t *bucket_stat);
int oss_get_bucket_website_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_website_config_t *website_config);
int oss_get_bucket_referer_config_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_referer_config_t *referer_config);
int oss_get_bucket_cors_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *rule_list);
int oss_upload_id_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_string_t *upload_id);
int oss_list_buckets_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_list_buckets_params_t *params);
int oss_list_objects_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *object_list, aos_list_t *common_prefix_list, aos_string_t *marker, int *truncated);
int oss_list_parts_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *part_list, aos_string_t *part_number_marker, int *truncated);
int oss_list_multipart_uploads_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *upload_list, aos_string_t *key_marker, aos_string_t *upload_id_marker, int *truncated);
int oss_lifecycle_rules_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *lifecycle_rule_list);
int oss_delete_objects_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *object_list);
int oss_create_live_channel_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *publish_url_list, aos_list_t *play_url_list);
int oss_live_channel_info_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_live_channel_configuration_t *info);
int oss_live_channel_stat_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_live_channel_stat_t *stat);
int oss_list_live_channel_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *live_channel_list, aos_string_t *next_marker, int *truncated);
int oss_live_channel_history_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *live_record_list);
int oss_get_tagging_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *tag_list);
char *oss_build_checkpoint_xml(aos_pool_t *p, const oss_checkpoint_t *checkpoint);
int oss_checkpoint_parse_from_body(aos_pool_t *p, const char *xml_body, oss_checkpoint_t *checkpoint);
__END_DECLS
