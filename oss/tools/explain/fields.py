"""What each field of each struct is for, with its C type: the text behind the struct pages.

One block for a struct: its name, then ``type name: meaning`` for each field in C's order. ``Python`` as the type marks
a field that the C struct does not have. Lines indented further go on with the one before.
"""

from __future__ import annotations

from typing import NamedTuple

from oss.tools.explain.fields_service import SERVICE

__all__ = ["FIELDS", "Field"]

BASE = """
aos_list_t
  aos_list_t * next: the next node; the head itself in an empty list
  aos_list_t * prev: the node before
  Python owner: the struct in which the node stands; None for a head of its own
aos_string_t
  int len: length in bytes, without a closing NUL
  char * data: the text; NULL in a string that was never set
aos_table_entry_t
  char * key: the name, as it was given
  char * val: the value
aos_array_header_t
  int nelts: how many elements there are
  char * elts: the elements, a list here
aos_buf_t
  aos_list_t node: its place in a list of buffers
  uint8_t * pos: where the unread bytes begin; here an offset into `data`
  uint8_t * last: where they end, and where the next byte is appended
  uint8_t * start: the beginning of the memory; here 0
  uint8_t * end: the end of the memory; here its length
  Python data: the memory itself, a memoryview of fixed size
aos_file_buf_t
  aos_list_t node: its place in a list
  int64_t file_pos: offset of the next byte to read or write
  int64_t file_last: offset at which to stop, not included; for writing, 0 means no bound
  apr_file_t * file: the open file
  uint32_t owner: 1 when whoever uses the buffer closes the file at the end
aos_fstack_item_t
  void * data: what a function of order 1 or 3 is called with
  aos_func_u func: the function
  int order: which member of `func` it is, 1 to 4
aos_func_u
  aos_func1_pt func1: takes the data, returns nothing
  aos_func2_pt func2: takes nothing, returns nothing
  aos_func3_pt func3: takes the data, returns an int
  aos_func4_pt func4: takes nothing, returns an int
aos_status_t
  int code: the HTTP status of the answer (200 to 299 is success), or a negative AOSE_* value when there was no answer
      that counts
  char * error_code: the service's error code, such as NoSuchKey, or the SDK's, such as HttpIoError; NULL on success
  char * error_msg: the same for people; may be NULL
  char * req_id: the service's id of the request (x-oss-request-id), to be quoted when asking for help; may be NULL
  Python ec: the service's number for the cause of its error, such as 0026-00000001; None when it gave none
aos_http_request_options_t
  int speed_limit: bytes per second below which a transfer counts as too slow; 1024 unless changed
  int speed_time: seconds for which it may be too slow before it is given up; 15 unless changed
  int dns_cache_timeout: seconds for which libcurl keeps a resolved name; here kept for the name's sake only
  int connect_timeout: seconds to wait for a connection; 10 unless changed
  int64_t max_memory_size: the most bytes of a body that are kept in memory, 1 GiB unless changed; more is
      AOSE_OVER_MEMORY
  int enable_crc: compare CRC64 values with the service's; 1 unless changed
  char * proxy_host: proxy as `host:port`; NULL means none
  char * proxy_auth: `user:password` for the proxy; never shown in a repr
  int verify_ssl: verify the certificate of an https endpoint; 1 unless changed
  char * ca_path: folder of trusted certificates in place of the system's
  char * ca_file: file of trusted certificates in place of the system's
  int verify_object_strict: V1 signed URLs refuse object names that begin with `?`; 1 unless changed
aos_http_transport_options_t
  char * user_agent: what the User-Agent header says
  char * cacerts_path: read by nobody, as in the C SDK
  uint32_t ssl_verification_disabled: read by nobody, as in the C SDK
aos_http_controller_t
  aos_http_request_options_t * options: how requests are made; at first the process's defaults, shared by all
  aos_pool_t * pool: the controller's pool
  int64_t start_time: when the last request began, microseconds since the epoch
  int64_t first_byte_time: when the first byte of its answer came, microseconds since the epoch
  int64_t finish_time: when it ended, microseconds since the epoch
  uint32_t owner: kept for the caller
  void * user_data: whatever the caller wants; handed on to the controllers of a resumable transfer's threads
  Python lease: the connection that a transfer's worker keeps for all of its requests
aos_http_controller_ex_t = aos_http_controller_t
  int error_code: AOSE_* value of the last request; 0 when it got an answer
  char * reason: what went wrong, in words; NULL when nothing did
aos_http_request_t
  char * host: host and port the request goes to
  char * proto: `http://` or `https://`
  char * signed_url: the whole URL when it carries its own signature; then `host`, `proto` and `uri` do not count
  http_method_e method: HTTP_GET, HTTP_PUT, ...
  char * uri: path of the request, not encoded
  char * resource: what is signed for the path: `bucket/object`
  aos_table_t * headers: headers to be sent, signed ones included
  aos_table_t * query_params: query parameters, not encoded
  aos_list_t body: the body's buffers (`aos_buf_t`) when it is sent from memory
  int64_t body_len: length of the body in bytes
  char * file_path: the file the body is read from
  aos_file_buf_t * file_buf: that file, open, with the range to send
  aos_pool_t * pool: pool of the request
  void * user_data: for a `read_body` of the caller's own
  aos_read_http_body_pt read_body: gives the next bytes of the body
  aos_http_body_type_e type: where the body comes from
  oss_progress_callback progress_callback: called while the body is sent; may be NULL
  uint64_t crc64: before the request the CRC64 to start from, after it that of the bytes sent
  int64_t consumed_bytes: bytes of the body sent so far
  int normalize_url: 1 asks libcurl to resolve `.` and `..` in the path; not done here
aos_http_response_t
  int status: HTTP status; -1 until an answer has come
  aos_table_t * headers: the answer's headers
  aos_list_t body: the body's buffers (`aos_buf_t`) when it is kept in memory
  int64_t body_len: bytes of the body received
  char * file_path: the file the body is written to
  aos_file_buf_t * file_buf: that file, open, with the place to write to
  int64_t content_length: what the Content-Length header said
  aos_pool_t * pool: pool of the answer
  void * user_data: for a `write_body` of the caller's own
  aos_write_http_body_pt write_body: takes the bytes as they come
  aos_http_body_type_e type: where the body goes
  oss_progress_callback progress_callback: called while the body is received; may be NULL
  uint64_t crc64: CRC64 of the bytes received
  Python check_head: called with the answer once its head is in; returns None, or a code and a reason to refuse it
aos_http_transport_t
  aos_http_request_t * req: what is sent
  aos_http_response_t * resp: what is received
  aos_pool_t * pool: pool of the exchange
  aos_transport_state_e state: how far the exchange is
  aos_array_header_t * cleanup: libcurl's clean-ups; NULL here
  aos_http_transport_options_t * options: user agent
  aos_http_controller_ex_t * controller: options, times and the outcome
aos_curl_http_transport_t = aos_http_transport_t
apr_time_exp_t
  int32_t tm_usec: microseconds, 0 to 999999
  int32_t tm_sec: seconds
  int32_t tm_min: minutes
  int32_t tm_hour: hours, 0 to 23
  int32_t tm_mday: day of the month, from 1
  int32_t tm_mon: month, from 0
  int32_t tm_year: year less 1900
  int32_t tm_wday: day of the week, 0 is Sunday
  int32_t tm_yday: day of the year, from 0
  int32_t tm_isdst: daylight saving time; 0 in UTC
  int32_t tm_gmtoff: seconds east of UTC; 0 in UTC
apr_finfo_t
  int32_t valid: APR_FINFO_* flags of the fields that are set
  apr_off_t size: size in bytes
  apr_time_t atime: last read, microseconds since the epoch
  apr_time_t mtime: last change of the content, microseconds since the epoch
  apr_time_t ctime: last change of the file's status, microseconds since the epoch
  const char * fname: name with which the file was opened
"""


class Field(NamedTuple):
    """A field: its struct's name, its own, its C type (empty for a Python-only one), and what it is for."""

    struct: str
    name: str
    type: str
    text: str


def _read(text: str) -> dict[str, dict[str, Field]]:
    structs: dict[str, dict[str, Field]] = {}
    for line in text.replace("\n      ", " ").strip("\n").splitlines():
        if not line.startswith(" "):
            struct, _, base = line.partition(" = ")
            structs[struct] = {name: item._replace(struct=struct) for name, item in structs.get(base, {}).items()}
        else:
            declaration, _, meaning = line.strip().partition(": ")
            kind, _, name = declaration.rpartition(" ")
            structs[struct][name] = Field(struct, name, "" if kind == "Python" else kind, meaning)
    return structs


FIELDS = _read(BASE) | _read(SERVICE)
