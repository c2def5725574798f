"""The fields of the service's structs, in the form that ``oss.tools.explain.fields`` reads."""

from __future__ import annotations

__all__ = ["SERVICE"]

SERVICE = """
oss_config_t
  aos_string_t endpoint: where the service is: `http://` or `https://` and a host; without a scheme `http://` is meant
  aos_string_t access_key_id: the id of the key that signs
  aos_string_t access_key_secret: the key itself; never sent, logged or shown
  aos_string_t sts_token: token of a temporary key; empty or NULL for a permanent one
  int is_cname: 1 when the endpoint is the bucket's own domain, so that the bucket's name is not put in front of it
  aos_string_t proxy_host: proxy; `oss_config_resolve` hands it to a controller
  int proxy_port: the proxy's port; 0 when it stands in `proxy_host`
  aos_string_t proxy_user: user for the proxy
  aos_string_t proxy_passwd: password for the proxy; never shown
  int signature_version: 4 for V4 signatures, anything else for V1
  aos_string_t region: region such as `cn-hangzhou`; V4 signatures need it
  aos_string_t cloudbox_id: id of a CloudBox, which V4 signs instead of the region
oss_create_bucket_params_t
  oss_acl_e acl: who may use the bucket
  oss_storage_class_type_e storage_class: how its objects are stored
oss_request_options_t
  oss_config_t * config: who signs, and where the service is
  aos_http_controller_t * ctl: how requests are made, and how the last one went
  aos_pool_t * pool: what a request allocates comes from here in C; here a pool that is destroyed ends a transfer
oss_list_object_content_t
  aos_list_t node: its place in `object_list`
  aos_string_t key: name of the object
  aos_string_t last_modified: time of the last change, ISO 8601
  aos_string_t etag: ETag, in double quotes
  aos_string_t size: size in bytes, as a decimal text
  aos_string_t owner_id: id of the owner
  aos_string_t owner_display_name: name of the owner
  aos_string_t storage_class: Standard, IA, Archive, ...
  aos_string_t type: Normal, Multipart, Appendable or Symlink
oss_list_bucket_content_t
  aos_list_t node: its place in `bucket_list`
  aos_string_t create_date: when it was made, ISO 8601
  aos_string_t extranet_endpoint: host for access over the internet
  aos_string_t intranet_endpoint: host for access from the same region
  aos_string_t location: region of the data, such as `oss-cn-hangzhou`
  aos_string_t name: name of the bucket
  aos_string_t storage_class: Standard, IA, Archive, ...
oss_list_object_common_prefix_t
  aos_list_t node: its place in `common_prefix_list`
  aos_string_t prefix: what the names of a group of objects begin with, up to the delimiter
oss_list_multipart_upload_content_t
  aos_list_t node: its place in `upload_list`
  aos_string_t key: name of the object
  aos_string_t upload_id: id of the upload
  aos_string_t initiated: when it was begun, ISO 8601
oss_list_part_content_t
  aos_list_t node: its place in `part_list`
  aos_string_t part_number: number of the part, from 1, as a decimal text
  aos_string_t size: size in bytes, as a decimal text
  aos_string_t etag: ETag of the part, in double quotes
  aos_string_t last_modified: when it was uploaded, ISO 8601
oss_complete_part_content_t
  aos_list_t node: its place in the list given to `oss_complete_multipart_upload`
  aos_string_t part_number: number of the part, from 1, as a decimal text
  aos_string_t etag: ETag that the service gave for the part
oss_upload_part_t
  int part_num: number of the part, from 1
  char * etag: ETag that the service gave for it
oss_list_object_params_t
  aos_string_t prefix: list only names that begin so
  aos_string_t marker: list only names after this one; `next_marker` of the page before
  aos_string_t delimiter: names with this text after the prefix are grouped; usually `/`
  int max_ret: the most entries in a page, up to 1000
  int truncated: out: 1 when there are more entries
  aos_string_t next_marker: out: where the next page begins
  aos_list_t object_list: out: `oss_list_object_content_t`; a further page is appended
  aos_list_t common_prefix_list: out: `oss_list_object_common_prefix_t`; a further page is appended
oss_list_buckets_params_t
  aos_string_t prefix: list only names that begin so
  aos_string_t marker: list only names after this one
  int max_keys: the most entries in a page; 0 leaves it to the service
  int truncated: out: 1 when there are more entries
  aos_string_t next_marker: out: where the next page begins
  aos_string_t owner_id: out: id of the account
  aos_string_t owner_name: out: name of the account
  aos_list_t bucket_list: out: `oss_list_bucket_content_t`
oss_list_upload_part_params_t
  aos_string_t part_number_marker: list only parts after this number
  int max_ret: the most entries in a page, up to 1000
  int truncated: out: 1 when there are more parts
  aos_string_t next_part_number_marker: out: where the next page begins
  aos_list_t part_list: out: `oss_list_part_content_t`
oss_list_multipart_upload_params_t
  aos_string_t prefix: list only names that begin so
  aos_string_t key_marker: list only uploads of names after this one
  aos_string_t upload_id_marker: of the name `key_marker`, only uploads after this id
  aos_string_t delimiter: names with this text after the prefix are grouped
  int max_ret: the most entries in a page, up to 1000
  int truncated: out: 1 when there are more uploads
  aos_string_t next_key_marker: out: `key_marker` of the next page
  aos_string_t next_upload_id_marker: out: `upload_id_marker` of the next page
  aos_list_t upload_list: out: `oss_list_multipart_upload_content_t`
oss_upload_part_copy_params_t
  aos_string_t source_bucket: bucket to copy from
  aos_string_t source_object: object to copy from
  aos_string_t dest_bucket: bucket of the upload
  aos_string_t dest_object: object of the upload
  aos_string_t upload_id: id of the upload
  int part_num: number of the part, from 1
  int64_t range_start: first byte to copy
  int64_t range_end: last byte to copy, included
oss_upload_file_t
  aos_string_t filename: path of the file
  int64_t file_pos: offset of the first byte to send
  int64_t file_last: offset at which to stop, not included
oss_lifecycle_rule_date_t
  int days: days after which an unfinished upload is removed; INT_MAX means not set
  aos_string_t created_before_date: uploads begun before this time (ISO 8601) are removed; empty means not set
oss_lifecycle_rule_content_t
  aos_list_t node: its place in the list of rules
  aos_string_t id: name of the rule
  aos_string_t prefix: objects whose names begin so; empty for all
  aos_string_t status: Enabled or Disabled
  int days: days after their last change at which objects expire; INT_MAX means not set
  aos_string_t date: time (ISO 8601) at which they expire; empty means not set
  aos_string_t created_before_date: objects older than this time (ISO 8601) expire; empty means not set
  oss_lifecycle_rule_date_t abort_multipart_upload_dt: when unfinished uploads expire
  aos_list_t tag_list: `oss_tag_content_t`: tags that an object must have
oss_sub_cors_rule_t
  aos_list_t node: its place in a list of an `oss_cors_rule_t`
  aos_string_t rule: one origin, method or header
oss_cors_rule_t
  aos_list_t node: its place in the list of rules
  aos_list_t allowed_origin_list: `oss_sub_cors_rule_t`: origins that may ask
  aos_list_t allowed_method_list: `oss_sub_cors_rule_t`: methods they may use
  aos_list_t allowed_head_list: `oss_sub_cors_rule_t`: headers they may send
  aos_list_t expose_head_list: `oss_sub_cors_rule_t`: headers that scripts may read
  int max_age_seconds: how long a browser may keep the answer, in seconds; INT_MAX means not set
oss_referer_t
  aos_list_t node: its place in `referer_list`
  aos_string_t referer: one allowed referer; `*` and `?` match
oss_referer_config_t
  aos_list_t referer_list: `oss_referer_t`: who may link to the bucket
  int allow_empty_referer: 1 when requests without a referer are allowed
oss_website_config_t
  aos_string_t suffix_str: name of the index page, such as `index.html`
  aos_string_t key_str: name of the error page
oss_logging_config_content_t
  aos_list_t node: not used
  aos_string_t target_bucket: bucket that gets the access logs
  aos_string_t prefix: what the names of the logs begin with
  int logging_enabled: 1 when access is logged
oss_bucket_info_t
  aos_string_t created_date: when it was made, ISO 8601
  aos_string_t extranet_endpoint: host for access over the internet
  aos_string_t intranet_endpoint: host for access from the same region
  aos_string_t location: region of the data
  aos_string_t owner_id: id of the owner
  aos_string_t owner_name: name of the owner
  aos_string_t acl: private, public-read or public-read-write
  aos_string_t storage_class: Standard, IA, Archive, ...
oss_bucket_stat_t
  uint64_t storage_in_bytes: bytes that all of its objects take
  uint64_t object_count: number of objects
  uint64_t multipart_upload_count: number of unfinished uploads
oss_object_key_t
  aos_list_t node: its place in a list of keys
  aos_string_t key: name of an object
oss_content_type_t
  char * suffix: what follows the last dot of a file's name
  char * type: its content type
oss_resumable_clt_params_t
  int64_t part_size: bytes in a part; must be more than 0. It is raised where needed so that there are at most
      OSS_MAX_PART_NUM (10000) parts
  int32_t thread_num: how many threads move parts at a time; outside 1 to 1024 it counts as 1
  int enable_checkpoint: 1 to record progress in a checkpoint file, so that a run that failed is continued
  aos_string_t checkpoint_path: path of the checkpoint file; when not set, the local file's with `.dcp` (download) or
      `.ucp` (upload) added
  Python retry_times: how often a part is tried again after a transport failure, a 5xx or a 429; 0, never, is the C
      SDK's way
  Python verify_file: 1 to read a downloaded file again before it gets its name; 0 is the C SDK's way
  Python durable: 1 to sync a downloaded file and its name to the disk before success is reported, and a checkpoint when
      it is made; 0 is the C SDK's way
oss_live_channel_target_t
  aos_string_t type: how the stream is stored; HLS
  int32_t frag_duration: length of a fragment in seconds
  int32_t frag_count: fragments in a playlist
  aos_string_t play_list_name: name of the playlist, ending in `.m3u8`
oss_live_channel_configuration_t
  aos_string_t name: name of the channel
  aos_string_t description: free text, up to 128 bytes
  aos_string_t status: enabled or disabled
  oss_live_channel_target_t target: how the stream is stored
oss_live_channel_publish_url_t
  aos_list_t node: its place in `publish_url_list`
  aos_string_t publish_url: RTMP address to push to
oss_live_channel_play_url_t
  aos_list_t node: its place in `play_url_list`
  aos_string_t play_url: HTTP address of the playlist
oss_video_stat_t
  int32_t width: pixels
  int32_t height: pixels
  int32_t frame_rate: frames per second
  int32_t band_width: bytes per second
  aos_string_t codec: name of the codec
oss_audio_stat_t
  int32_t band_width: bytes per second
  int32_t sample_rate: samples per second
  aos_string_t codec: name of the codec
oss_live_channel_stat_t
  aos_string_t pushflow_status: Idle, Live or Disabled
  aos_string_t connected_time: since when a stream comes in, ISO 8601
  aos_string_t remote_addr: who pushes, `address:port`
  oss_video_stat_t video_stat: the stream's video
  oss_audio_stat_t audio_stat: the stream's audio
oss_live_channel_content_t
  aos_list_t node: its place in `live_channel_list`
  aos_string_t name: name of the channel
  aos_string_t description: free text
  aos_string_t status: enabled or disabled
  aos_string_t last_modified: time of the last change, ISO 8601
  aos_list_t publish_url_list: `oss_live_channel_publish_url_t`
  aos_list_t play_url_list: `oss_live_channel_play_url_t`
oss_list_live_channel_params_t
  aos_string_t prefix: list only names that begin so
  aos_string_t marker: list only names after this one
  int max_keys: the most entries in a page, up to 1000
  int truncated: out: 1 when there are more channels
  aos_string_t next_marker: out: where the next page begins
  aos_list_t live_channel_list: out: `oss_live_channel_content_t`
oss_live_record_content_t
  aos_list_t node: its place in a list of records
  aos_string_t start_time: when the push began, ISO 8601
  aos_string_t end_time: when it ended, ISO 8601
  aos_string_t remote_addr: who pushed, `address:port`
oss_select_object_input_param_t
  aos_string_t compression_type: None or GZIP
  aos_string_t file_header_info: what the first line is: None, Ignore or Use
  aos_string_t record_delimiter: what ends a record; empty means a line feed
  aos_string_t field_delimiter: what separates fields; empty means a comma
  aos_string_t quote_character: what encloses a field; empty means a double quote
  aos_string_t comment_character: what begins a comment line; empty means none
  aos_string_t range: which part to read, such as `line-range=10-20`
oss_select_object_output_param_t
  aos_string_t record_delimiter: what ends a record
  aos_string_t field_delimiter: what separates fields
  int32_t keep_all_columns: 1 to give empty fields for the columns that were not selected
  int32_t output_rawdata: 1 to get the data without frames, and so without checksums
  int32_t enable_payload_crc: 1 to get a CRC32 with each frame
  int32_t output_header: 1 to begin with the names of the columns
oss_select_object_option_param_t
  int32_t skip_partial_data_record: 1 to pass over records that lack fields
oss_select_object_params_t
  oss_select_object_input_param_t input_param: how the object is laid out
  oss_select_object_output_param_t output_param: how the result is
  oss_select_object_option_param_t option_param: what is done with odd records
oss_select_object_meta_params_t
  aos_string_t compression_type: None
  aos_string_t record_delimiter: what ends a record
  aos_string_t field_delimiter: what separates fields
  aos_string_t quote_character: what encloses a field
  int32_t over_write_if_existing: 1 to count anew although counts are there
  uint32_t splits_count: out: number of splits
  uint64_t rows_count: out: number of rows
  uint32_t columns_count: out: number of columns
oss_tag_content_t
  aos_list_t node: its place in a list of tags
  aos_string_t key: name of the tag
  aos_string_t value: its value
oss_checkpoint_part_t
  int32_t index: number of the part, from 0
  int64_t offset: where it begins in the object, in bytes
  int64_t size: its length in bytes
  int completed: 1 when it is done
  aos_string_t etag: download: the object's ETag; upload: the part's
  uint64_t crc64: CRC64 of its bytes; 0 until it is done
oss_checkpoint_t
  aos_string_t md5: not used, always empty
  int cp_type: OSS_CP_UPLOAD or OSS_CP_DOWNLOAD
  apr_file_t * thefile: the open checkpoint file
  aos_string_t file_path: upload: the local file
  int64_t file_size: upload: its size in bytes
  apr_time_t file_last_modified: upload: its time of change, microseconds since the epoch
  aos_string_t file_md5: not used, always empty
  aos_string_t object_name: download: the object
  int64_t object_size: download: its size in bytes
  aos_string_t object_last_modified: download: its Last-Modified header
  aos_string_t object_etag: download: its ETag header, with the quotes
  aos_string_t upload_id: upload: id of the multipart upload
  int part_num: number of parts
  int64_t part_size: bytes in a part; the last one may have fewer
  oss_checkpoint_part_t * parts: the parts, in their order
oss_part_task_result_t
  oss_checkpoint_part_t * part: which part
  aos_status_t * s: how it went
  aos_string_t etag: its ETag
  uint64_t crc64: CRC64 of its bytes
"""
