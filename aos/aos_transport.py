"""One HTTP exchange: its structs, and the default transport (``aos_transport.h``).

A controller says how a request is made (options, times, errors), ``aos_http_request_t`` and ``aos_http_response_t``
what is sent and received, ``aos_http_transport_t`` ties the three together for ``aos_http_transport_perform``.

Different from the C SDK:

* The default transport is carried by ``requests`` instead of libcurl. The names with ``curl`` in them are kept as the
  names of the defaults, so that programs which wrap them work; the fields that are libcurl's own do not exist.
* A controller's ``error_code``, ``reason`` and times are reset at each request; in C the first error stays for ever.
* Python-only fields: ``aos_http_controller_t.lease`` holds the connection a transfer's worker keeps for all of its
  requests, ``flag`` ends those that are made without one; ``aos_http_response_t.check_head`` is called once the
  answer's head is in, before a byte of its body is kept, and returns None or ``(AOSE_*, reason)`` to refuse it.
  ``expected`` names the Content-Range and the ETag of the 206 that would need no such look; ``etag`` is that of an
  answer that needed none: such a 206, or one that accepts a body and has its CRC64. ``aos_http_request_t.series`` makes
  what goes on the wire from what went there before, where requests are much alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from aos import aos_buf
from aos._c.contract import check_arguments
from aos._c.fork import imported
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
from aos._c.text import bytes_of, decode, text_of
from aos.aos_buf import *
from aos.aos_define import *
from aos.aos_list import *

if TYPE_CHECKING:
    from aos._http.connection import Lease
    from aos._http.template import Template
    from aos._native import CancelFlag

if not TYPE_CHECKING:  # which follows the star imports, and cannot read this
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
        "aos_curl_http_transport_create",
        "aos_curl_http_transport_perform",
        "aos_curl_http_transport_t",
        "aos_curl_response_headers_parse",
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
    __all__ += aos_buf.__all__

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
    """``aos_http_controller_t``: the options and times (microseconds) of the requests made with it."""

    __slots__ = ("flag", "lease")
    options = PointerField(aos_http_request_options_t)
    pool = PointerField(aos_pool_t)
    start_time = int64_field()
    first_byte_time = int64_field()
    finish_time = int64_field()
    owner = uint32_field()
    user_data: PointerField[object] = PointerField()

    def __init__(self) -> None:
        super().__init__()
        self.lease: Lease | None = None
        self.flag: CancelFlag | None = None

    def __copy__(self) -> Any:
        twin = super().__copy__()
        twin.lease, twin.flag = self.lease, self.flag
        return twin


class aos_http_controller_ex_t(aos_http_controller_t):
    """``aos_http_controller_ex_t``: a controller with the outcome of its last request."""

    error_code = int32_field()
    reason = MessageField()


class aos_http_request_t(CStruct):
    """``aos_http_request_t``: what is sent; ``signed_url``, or proto, host, uri and query_params, name the target."""

    __slots__ = ("series",)
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

    def __init__(self) -> None:
        super().__init__()
        self.series: Template | None = None


class aos_http_response_t(CStruct):
    """``aos_http_response_t``: what is received."""

    __slots__ = ("check_head", "etag", "expected")
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

    def __init__(self) -> None:
        super().__init__()
        self.check_head: Callable[[aos_http_response_t], tuple[int, str] | None] | None = None
        self.expected: tuple[bytes, bytes] | None = None
        self.etag: str | None = None


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


def aos_curl_response_headers_parse(
    p: aos_pool_t | None, headers: aos_table_t, buffer: bytes | bytearray | memoryview | str, len: int
) -> None:
    """void aos_curl_response_headers_parse(aos_pool_t *p, aos_table_t *headers, char *buffer, int len)

    Adds one header line of ``len`` bytes to ``headers``: the name as received, the value without surrounding spaces
    and tabs. A line without a colon is passed over.
    """
    line = bytes_of(buffer, len).strip(bytes(range(0x21)))
    name, colon, value = line.partition(b":")
    if colon:
        apr_table_add(headers, decode(name), decode(value.strip(b" \t")))


def aos_curl_http_transport_create(p: aos_pool_t | None) -> aos_http_transport_t:
    """aos_http_transport_t *aos_curl_http_transport_create(aos_pool_t *p)

    A transport with the process-wide transport options.
    """
    from aos import aos_http_io

    transport = aos_curl_http_transport_t()
    transport.pool = p
    transport.options = aos_http_io.aos_default_http_transport_options
    return transport


def aos_curl_http_transport_perform(t: aos_http_transport_t) -> int:
    """int aos_curl_http_transport_perform(aos_http_transport_t *t)

    Sends ``t.req`` and receives ``t.resp``. Returns AOSE_OK or the AOSE_* code that ``t.controller.error_code`` then
    holds with the ``reason``; any HTTP status is AOSE_OK. An exception of a callback passes through.
    """
    return (_perform.get("") or _load_perform())(t)


def _load_perform() -> Callable[[aos_http_transport_t], int]:
    """Imports what a request takes, at the first one."""
    perform: Callable[[aos_http_transport_t], int] = imported("aos._http.perform").perform
    return _perform.setdefault("", perform)


_perform: dict[str, Callable[[aos_http_transport_t], int]] = {}


check_arguments(
    globals(),
    late=(
        "aos_curl_http_transport_create",
        "aos_curl_http_transport_perform",
    ),
)
