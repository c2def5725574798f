"""One HTTP exchange: its structs, and the default transport (``aos_transport.h``).

A controller says how a request is made (options, times, errors), ``aos_http_request_t`` and ``aos_http_response_t``
what is sent and received, ``aos_http_transport_t`` ties the three together for ``aos_http_transport_perform``.

Different from the C SDK:

* The default transport is carried by ``requests`` instead of libcurl. The names with ``curl`` in them are kept as the
  names of the defaults, so that programs which wrap them work; the fields that are libcurl's own do not exist.
* A controller's ``error_code``, ``reason`` and times are reset at each request; in C the first error stays for ever.

Python-only: ``aos_http_controller_t.connection`` and ``flag``, which that struct tells about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aos import aos_buf
from aos._c.contract import check_arguments
from aos._c.fork import imported
from aos._c.text import bytes_of, decode
from aos._http import types
from aos._http.types import *
from aos.aos_buf import *
from aos.aos_define import *
from aos.aos_list import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot read this
    __all__ = [
        "aos_curl_http_transport_create",
        "aos_curl_http_transport_perform",
        "aos_curl_response_headers_parse",
    ]
    __all__ += types.__all__
    __all__ += aos_buf.__all__


def aos_curl_response_headers_parse(
    p: aos_pool_t | None, headers: aos_table_t, buffer: bytes | bytearray | memoryview | str, len: int
) -> None:
    """void aos_curl_response_headers_parse(aos_pool_t *p, aos_table_t *headers, char *buffer, int len)

    Adds one header line of ``len`` bytes to ``headers``: the name as received, the value without surrounding spaces
    and tabs. A line without a colon is passed over.

    :param headers: table that gets the header
    :param buffer: the line
    :param len: how many bytes it has
    """
    line = bytes_of(buffer, len).strip(bytes(range(0x21)))
    name, colon, value = line.partition(b":")
    if colon:
        apr_table_add(headers, decode(name), decode(value.strip(b" \t")))


def aos_curl_http_transport_create(p: aos_pool_t | None) -> aos_http_transport_t:
    """aos_http_transport_t *aos_curl_http_transport_create(aos_pool_t *p)

    A transport with the process-wide transport options.
    """
    transport = aos_curl_http_transport_t()
    transport.pool = p
    transport.options = _default_options[-1]()
    return transport


_default_options: list[Callable[[], aos_http_transport_options_t]] = [aos_http_transport_options_t]


def default_options_from(source: Callable[[], aos_http_transport_options_t]) -> None:
    """Has new transports get what ``source`` returns; ``aos_http_io``, above this module, holds the options."""
    _default_options.append(source)


def aos_curl_http_transport_perform(t: aos_http_transport_t) -> int:
    """int aos_curl_http_transport_perform(aos_http_transport_t *t)

    Sends ``t.req`` and receives ``t.resp``. Returns AOSE_OK or the AOSE_* code that ``t.controller.error_code`` then
    holds with the ``reason``; any HTTP status is AOSE_OK. An exception of a callback passes through.

    :param t: the exchange: request, answer, controller
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
