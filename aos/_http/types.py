"""The structs of ``aos_transport.h`` and the numbers in them; programs take them from ``aos.aos_transport``."""

from __future__ import annotations

from typing import Any, TypeAlias

from aos._c.lists import list_field
from aos._c.redact import SecretText, hide
from aos._c.structs import (
    CallbackField,
    CStruct,
    MessageField,
    PointerField,
    TextField,
    int32_field,
    int64_field,
    uint32_field,
    uint64_field,
)
from aos._c.text import text_of
from aos._native import CancelFlag
from aos.aos_buf import aos_file_buf_t
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
BODY_IN_MEMORY, BODY_IN_FILE, BODY_IN_CALLBACK = range(3)

aos_transport_state_e: TypeAlias = int
(
    TRANS_STATE_INIT,
    TRANS_STATE_HEADER,
    TRANS_STATE_BODY_IN,
    TRANS_STATE_BODY_OUT,
    TRANS_STATE_ABORT,
    TRANS_STATE_DONE,
) = range(6)


class _ProxyText(SecretText):
    """The name of a proxy; its repr is without the credentials that may stand before it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(hide(f"//{self}")[2:])


class _ProxyField(TextField):
    """The name of a proxy."""

    def __set__(self, instance: CStruct, value: object) -> None:
        text = text_of(value, self.named(instance))
        super().__set__(instance, text and _ProxyText(text))


class aos_http_request_options_t(CStruct):
    """``aos_http_request_options_t``: how requests are made.

    ``speed_limit`` bytes per second over ``speed_time`` seconds is the slowest transfer that is not given up;
    ``dns_cache_timeout`` is kept for the name's sake (names are resolved when a connection is opened, connections are
    kept); ``connect_timeout`` seconds; ``max_memory_size`` bytes of a body kept in memory; ``proxy_host`` is
    ``host[:port]`` and ``proxy_auth`` ``user:password``; ``ca_file``/``ca_path`` replace the system's certificates.
    """

    speed_limit = int32_field()
    speed_time = int32_field()
    dns_cache_timeout = int32_field()
    connect_timeout = int32_field()
    max_memory_size = int64_field()
    enable_crc = int32_field()
    proxy_host = _ProxyField()
    proxy_auth = TextField(secret=True)
    verify_ssl = int32_field()
    ca_path = TextField()
    ca_file = TextField()
    verify_object_strict = int32_field()


class aos_http_transport_options_t(CStruct):
    """``aos_http_transport_options_t``: the user agent; the other two fields are read by nobody, as in the C SDK."""

    user_agent = TextField()
    cacerts_path = TextField()
    ssl_verification_disabled = uint32_field()


class aos_http_controller_t(CStruct):
    """``aos_http_controller_t``: the options and times (microseconds) of the requests made with it.

    Python-only: ``connection`` is the one on which its requests go (``aos._http.connection``; None: one for each
    request); ``flag`` ends those that have none.
    """

    __slots__ = ("connection", "flag")
    options = PointerField(aos_http_request_options_t)
    pool = PointerField(aos_pool_t)
    start_time = int64_field()
    first_byte_time = int64_field()
    finish_time = int64_field()
    owner = uint32_field()
    user_data: PointerField[object] = PointerField()

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

    error_code = int32_field()
    reason = MessageField()


class aos_http_request_t(CStruct):
    """``aos_http_request_t``: what is sent; ``signed_url``, or proto, host, uri and query_params, name the target."""

    host = TextField()
    proto = TextField()
    signed_url = TextField(secret=True)
    method = int32_field()
    uri = TextField()
    resource = TextField()
    headers = PointerField(aos_table_t)
    query_params = PointerField(aos_table_t)
    body = list_field()
    body_len = int64_field()
    file_path = TextField()
    file_buf = PointerField(aos_file_buf_t)
    pool = PointerField(aos_pool_t)
    user_data: PointerField[object] = PointerField()
    read_body = CallbackField()
    type = int32_field()
    progress_callback = CallbackField()
    crc64 = uint64_field()
    consumed_bytes = int64_field()
    normalize_url = int32_field()


class aos_http_response_t(CStruct):
    """``aos_http_response_t``: what is received."""

    status = int32_field()
    headers = PointerField(aos_table_t)
    body = list_field()
    body_len = int64_field()
    file_path = TextField()
    file_buf = PointerField(aos_file_buf_t)
    content_length = int64_field()
    pool = PointerField(aos_pool_t)
    user_data: PointerField[object] = PointerField()
    write_body = CallbackField()
    type = int32_field()
    progress_callback = CallbackField()
    crc64 = uint64_field()


class aos_http_transport_t(CStruct):
    """``aos_http_transport_t``: one exchange about to be performed, or done."""

    req = PointerField(aos_http_request_t)
    resp = PointerField(aos_http_response_t)
    pool = PointerField(aos_pool_t)
    state = int32_field()
    cleanup = PointerField(aos_array_header_t)
    options = PointerField(aos_http_transport_options_t)
    controller = PointerField(aos_http_controller_ex_t)


class aos_curl_http_transport_t(aos_http_transport_t):
    """``aos_curl_http_transport_t``: the default transport."""
