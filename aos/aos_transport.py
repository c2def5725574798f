"""One HTTP exchange: its structs, and the default transport (``aos_transport.h``).

A controller has the options of a request, its times and its error. ``aos_http_request_t`` is what is sent, and
``aos_http_response_t`` what is received. ``aos_http_transport_t`` has all three, for ``aos_http_transport_perform``.

Different from the C SDK:

* The default transport does not use libcurl. The names with ``curl`` in them are kept as the names of the defaults, so
  that programs which wrap them work; the fields that are libcurl's own do not exist.
* A controller's ``error_code``, ``reason`` and times are those of its last request; in C the first error stays.

Python-only: ``aos_http_controller_t.connection`` is the connection that requests are sent on, and ``flag`` cancels
those that have none.
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

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
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
    and tabs. A line without a colon is ignored.

    :param headers: table that gets the header
    :param buffer: header line as it was received
    :param len: how many bytes it has
    """
    line = bytes_of(buffer, len).strip(bytes(range(0x21)))
    name, colon, value = line.partition(b":")
    if colon:
        apr_table_add(headers, decode(name), decode(value.strip(b" \t")))


def aos_curl_http_transport_create(p: aos_pool_t | None) -> aos_http_transport_t:
    """aos_http_transport_t *aos_curl_http_transport_create(aos_pool_t *p)

    Returns a transport with the process-wide transport options.
    """
    transport = aos_curl_http_transport_t()
    transport.pool = p
    transport.options = _default_options[-1]()
    return transport


_default_options: list[Callable[[], aos_http_transport_options_t]] = [aos_http_transport_options_t]


def default_options_from(source: Callable[[], aos_http_transport_options_t]) -> None:
    """Sets the function that returns the options of new transports: those of the process are in ``aos_http_io``."""
    _default_options.append(source)


def aos_curl_http_transport_perform(t: aos_http_transport_t) -> int:
    """int aos_curl_http_transport_perform(aos_http_transport_t *t)

    Sends ``t.req`` and receives ``t.resp``. Returns AOSE_OK or the AOSE_* code that ``t.controller.error_code`` then
    holds with the ``reason``; any HTTP status is AOSE_OK. An exception of a callback passes through.

    :param t: the exchange: request, answer, controller
    """
    return (_perform.get("") or _load_perform())(t)


def _load_perform() -> Callable[[aos_http_transport_t], int]:
    """Imports and returns what performs a request; called at the first one, since requests is slow to import."""
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
