"""What the fields of the transport's structs mean, which do not say it themselves yet."""

from __future__ import annotations

from aos import aos_transport
from aos._c.structs import CStruct, Field

__all__ = ["fields_of"]

TRANSPORT = """
aos_http_request_options_t
  int speed_limit: bytes per second below which a transfer counts as too slow; 1024 unless changed
  int speed_time: seconds for which it may be too slow before it is given up; 15 unless changed
  int dns_cache_timeout: seconds for which libcurl keeps a resolved name; here kept for the name's sake only
  int connect_timeout: seconds to wait for a connection; 10 unless changed
  int64_t max_memory_size: the most bytes of a body that are kept in memory, 1 GiB unless changed; more is
      AOSE_OVER_MEMORY
  int enable_crc: compare CRC64 values with the service's; 1 unless changed
  char * proxy_host: proxy as ``host:port``; NULL means none
  char * proxy_auth: ``user:password`` for the proxy; never shown in a repr
  int verify_ssl: verify the certificate of an https endpoint; 1 unless changed
  char * ca_path: folder of trusted certificates in place of the system's
  char * ca_file: file of trusted certificates in place of the system's
  int verify_object_strict: V1 signed URLs refuse object names that begin with ``?``; 1 unless changed
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
aos_http_controller_ex_t = aos_http_controller_t
  int error_code: AOSE_* value of the last request; 0 when it got an answer
  char * reason: what went wrong, in words; NULL when nothing did
aos_http_request_t
  char * host: host and port the request goes to
  char * proto: ``http://`` or ``https://``
  char * signed_url: the whole URL when it carries its own signature; then ``host``, ``proto`` and ``uri`` do not count
  http_method_e method: HTTP_GET, HTTP_PUT, ...
  char * uri: path of the request, not encoded
  char * resource: what is signed for the path: ``bucket/object``
  aos_table_t * headers: headers to be sent, signed ones included
  aos_table_t * query_params: query parameters, not encoded
  aos_list_t body: the body's buffers (``aos_buf_t``) when it is sent from memory
  int64_t body_len: length of the body in bytes
  char * file_path: the file the body is read from
  aos_file_buf_t * file_buf: that file, open, with the range to send
  aos_pool_t * pool: pool of the request
  void * user_data: for a ``read_body`` of the caller's own
  aos_read_http_body_pt read_body: gives the next bytes of the body
  aos_http_body_type_e type: where the body comes from
  oss_progress_callback progress_callback: called while the body is sent; may be NULL
  uint64_t crc64: before the request the CRC64 to start from, after it that of the bytes sent
  int64_t consumed_bytes: bytes of the body sent so far
  int normalize_url: 1 asks libcurl to resolve ``.`` and ``..`` in the path; not done here
aos_http_response_t
  int status: HTTP status; -1 until an answer has come
  aos_table_t * headers: the answer's headers
  aos_list_t body: the body's buffers (``aos_buf_t``) when it is kept in memory
  int64_t body_len: bytes of the body received
  char * file_path: the file the body is written to
  aos_file_buf_t * file_buf: that file, open, with the place to write to
  int64_t content_length: what the Content-Length header said
  aos_pool_t * pool: pool of the answer
  void * user_data: for a ``write_body`` of the caller's own
  aos_write_http_body_pt write_body: takes the bytes as they come
  aos_http_body_type_e type: where the body goes
  oss_progress_callback progress_callback: called while the body is received; may be NULL
  uint64_t crc64: CRC64 of the bytes received
aos_http_transport_t
  aos_http_request_t * req: what is sent
  aos_http_response_t * resp: what is received
  aos_pool_t * pool: pool of the exchange
  aos_transport_state_e state: how far the exchange is
  aos_array_header_t * cleanup: libcurl's clean-ups; NULL here
  aos_http_transport_options_t * options: user agent
  aos_http_controller_ex_t * controller: options, times and the outcome
aos_curl_http_transport_t = aos_http_transport_t
"""


def _read(text: str) -> None:
    struct: type[CStruct] = CStruct
    for line in text.replace("\n      ", " ").strip("\n").splitlines():
        if not line.startswith(" "):
            struct = getattr(aos_transport, line.partition(" = ")[0])
        else:
            declaration, _, meaning = line.strip().partition(": ")
            kind, _, name = declaration.rpartition(" ")
            (item,) = (one for one in struct.c_fields if one.name == name)
            item.c_type, item.meaning = kind, meaning


_read(TRANSPORT)


def fields_of(struct: type[CStruct]) -> dict[str, Field]:
    """The fields of a struct by name, in C's order; those that C does not have come last."""
    return {item.name: item for item in sorted(struct.c_fields, key=lambda item: item.python_only)}
