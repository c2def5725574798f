"""The structs of ``aos_transport.h`` and the numbers in them; programs take them from ``aos.aos_transport``."""

from __future__ import annotations

from typing import Any, TypeAlias

from aos._c.lists import list_field
from aos._c.redact import SecretText, hide
from aos._c.structs import (
    CStruct,
    TextField,
    callback_field,
    int32_field,
    int64_field,
    int_field,
    message_field,
    pointer_field,
    text_field,
    uint32_field,
    uint64_field,
)
from aos._c.text import text_of
from aos._native import CancelFlag
from aos.aos_buf import aos_buf_t, aos_file_buf_t
from aos.apr_pools import aos_pool_t
from aos.apr_tables import aos_array_header_t, aos_table_t

__all__ = [
    "BODY_IN_CALLBACK",
    "BODY_IN_FILE",
    "BODY_IN_MEMORY",
    "TRANS_STATE_ABORT",
    "TRANS_STATE_BODY_IN",
    "TRANS_STATE_BODY_OUT",
    "TRANS_STATE_DONE",
    "TRANS_STATE_HEADER",
    "TRANS_STATE_INIT",
    "aos_curl_http_transport_t",
    "aos_http_body_type_e",
    "aos_http_controller_ex_t",
    "aos_http_controller_t",
    "aos_http_request_options_t",
    "aos_http_request_t",
    "aos_http_response_t",
    "aos_http_transport_options_t",
    "aos_http_transport_t",
    "aos_transport_state_e",
]

aos_http_body_type_e: TypeAlias = int
BODY_IN_MEMORY = 0
"""Body: in a list of buffers."""
BODY_IN_FILE = 1
"""Body: in a file."""
BODY_IN_CALLBACK = 2
"""Body: with a function of the caller's."""

aos_transport_state_e: TypeAlias = int
TRANS_STATE_INIT = 0
"""State of an exchange: not begun."""
TRANS_STATE_HEADER = 1
"""State of an exchange: the answer's headers come in."""
TRANS_STATE_BODY_IN = 2
"""State of an exchange: the answer's body comes in."""
TRANS_STATE_BODY_OUT = 3
"""State of an exchange: the request's body goes out."""
TRANS_STATE_ABORT = 4
"""State of an exchange: ended by an error."""
TRANS_STATE_DONE = 5
"""State of an exchange: ended."""


class _ProxyText(SecretText):
    """Name of a proxy; its repr is without the credentials that may be in it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(hide(f"//{self}")[2:])


class _ProxyField(TextField):
    """Field for the name of a proxy."""

    def __set__(self, instance: CStruct, value: object) -> None:
        text = text_of(value, self.named(instance))
        super().__set__(instance, text and _ProxyText(text))


class aos_http_request_options_t(CStruct):
    """``aos_http_request_options_t``: how requests are made."""

    speed_limit = int_field()
    """bytes per second below which a transfer counts as too slow; 1024 unless changed"""
    speed_time = int_field()
    """seconds for which a transfer may be too slow before it is given up; 15 unless changed"""
    dns_cache_timeout = int_field()
    """seconds for which libcurl keeps a resolved name; not used here, where connections are kept"""
    connect_timeout = int_field()
    """seconds to wait for a connection; 10 unless changed"""
    max_memory_size = int64_field()
    """the most bytes of a body that are kept in memory, 1 GiB unless changed; more is AOSE_OVER_MEMORY"""
    enable_crc = int_field()
    """1 to compare CRC64 values with the service's; 1 unless changed"""
    proxy_host = _ProxyField()
    """proxy as ``[scheme://]host[:port]``, the scheme being http, https, socks4, socks4a, socks5 or socks5h; empty for
    none, NULL for that of the environment
    """
    proxy_auth = text_field(secret=True)
    """``user:password`` for the proxy in ``proxy_host``; never shown in a repr"""
    verify_ssl = int_field()
    """1 to verify the certificate of an https endpoint; 1 unless changed"""
    ca_path = text_field()
    """folder of trusted certificates in place of the system's"""
    ca_file = text_field()
    """file of trusted certificates in place of the system's"""
    verify_object_strict = int_field()
    """1 to sign no URL, by V1, of an object whose name begins with ``?``; 1 unless changed"""
    use_env_proxy = int32_field(python_only=True)
    """1 to read ``http_proxy``, ``https_proxy``, ``all_proxy`` and ``no_proxy``; 1 unless changed"""


class aos_http_transport_options_t(CStruct):
    """``aos_http_transport_options_t``: what all transports share."""

    user_agent = text_field()
    """text of the User-Agent header"""
    cacerts_path = text_field()
    """a file of trusted certificates; read by nobody, as in the C SDK"""
    ssl_verification_disabled = uint32_field()
    """1 to trust any server; read by nobody, as in the C SDK"""


class aos_http_controller_t(CStruct):
    """``aos_http_controller_t``: the options and times of the requests made with it.

    Python-only: ``connection`` is the ``aos._http.connection.Connection`` that its requests are sent on; None makes one
    for each request, which setting ``flag`` cancels.
    """

    __slots__ = ("connection", "flag")
    options = pointer_field(aos_http_request_options_t)
    """how requests are made; at first the process's defaults, shared by all"""
    pool = pointer_field(aos_pool_t)
    """pool of the controller"""
    start_time = int64_field()
    """when the last request began, microseconds since the epoch"""
    first_byte_time = int64_field()
    """when the first byte of the last answer came, microseconds since the epoch"""
    finish_time = int64_field()
    """when the last request ended, microseconds since the epoch"""
    owner = uint32_field()
    """a number kept for the caller"""
    user_data = pointer_field(object)
    """whatever the caller wants; handed on to the controllers of a resumable transfer's threads"""

    def __init__(self) -> None:
        super().__init__()
        self.connection: Any = None
        self.flag: CancelFlag | None = None

    def __copy__(self) -> Any:
        twin = super().__copy__()
        twin.connection, twin.flag = self.connection, self.flag
        return twin


class aos_http_controller_ex_t(aos_http_controller_t):
    """``aos_http_controller_ex_t``: a controller with the outcome of its last request."""

    error_code = int_field()
    """AOSE_* value of the last request; 0 when it got an answer"""
    reason = message_field()
    """error text of the last request; NULL where it did not fail"""


class aos_http_request_t(CStruct):
    """``aos_http_request_t``: what is sent; ``signed_url``, or proto, host, uri and query_params, name the target."""

    host = text_field()
    """host and port the request goes to"""
    proto = text_field()
    """scheme of the target: ``http://`` or ``https://``"""
    signed_url = text_field(secret=True)
    """the whole URL when it carries its own signature; then ``host``, ``proto`` and ``uri`` do not count"""
    method = int_field(c_type="http_method_e")
    """what is asked for: HTTP_GET, HTTP_PUT and so on"""
    uri = text_field()
    """path of the request, not encoded"""
    resource = text_field()
    """what is signed for the path: ``bucket/object``"""
    headers = pointer_field(aos_table_t)
    """headers to be sent, signed ones included"""
    query_params = pointer_field(aos_table_t)
    """query parameters, not encoded"""
    body = list_field(aos_buf_t)
    """the body when it is sent from memory"""
    body_len = int64_field()
    """length of the body in bytes"""
    file_path = text_field()
    """path of the file that the body is read from"""
    file_buf = pointer_field(aos_file_buf_t)
    """the file at ``file_path``, open, with the range to send"""
    pool = pointer_field(aos_pool_t)
    """pool of the request"""
    user_data = pointer_field(object)
    """whatever a ``read_body`` of the caller's needs"""
    read_body = callback_field("aos_read_http_body_pt")
    """gives the next bytes of the body"""
    type = int_field(c_type="aos_http_body_type_e")
    """where the body comes from"""
    progress_callback = callback_field("oss_progress_callback")
    """called while the body is sent; may be NULL"""
    crc64 = uint64_field()
    """before the request the CRC64 to start from, after it the CRC64 with the bytes sent"""
    consumed_bytes = int64_field()
    """bytes of the body sent so far"""
    normalize_url = int_field()
    """1 asks libcurl to resolve ``.`` and ``..`` in the path; not done here"""


class aos_http_response_t(CStruct):
    """``aos_http_response_t``: what is received."""

    status = int_field()
    """HTTP status; -1 until an answer has come"""
    headers = pointer_field(aos_table_t)
    """headers of the answer"""
    body = list_field(aos_buf_t)
    """the body when it is kept in memory"""
    body_len = int64_field()
    """bytes of the body received"""
    file_path = text_field()
    """path of the file that the body is written to"""
    file_buf = pointer_field(aos_file_buf_t)
    """the file at ``file_path``, open, with the place to write to"""
    content_length = int64_field()
    """length of the body in bytes, as the Content-Length header says"""
    pool = pointer_field(aos_pool_t)
    """pool of the answer"""
    user_data = pointer_field(object)
    """whatever a ``write_body`` of the caller's needs"""
    write_body = callback_field("aos_write_http_body_pt")
    """takes the bytes as they come"""
    type = int_field(c_type="aos_http_body_type_e")
    """where the body goes"""
    progress_callback = callback_field("oss_progress_callback")
    """called while the body is received; may be NULL"""
    crc64 = uint64_field()
    """CRC64 of the bytes received"""


class aos_http_transport_t(CStruct):
    """``aos_http_transport_t``: one exchange about to be performed, or done."""

    req = pointer_field(aos_http_request_t)
    """what is sent"""
    resp = pointer_field(aos_http_response_t)
    """what is received"""
    pool = pointer_field(aos_pool_t)
    """pool of the exchange"""
    state = int_field(c_type="aos_transport_state_e")
    """how far the exchange is"""
    cleanup = pointer_field(aos_array_header_t)
    """libcurl's clean-ups; NULL here"""
    options = pointer_field(aos_http_transport_options_t)
    """the user agent"""
    controller = pointer_field(aos_http_controller_ex_t)
    """options, times and the outcome"""


class aos_curl_http_transport_t(aos_http_transport_t):
    """``aos_curl_http_transport_t``: the default transport."""
