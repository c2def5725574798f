"""Numbers, names and memory (``aos_define.h``), and the APR types that header brings along.

Different from the C SDK: nothing is allocated from a pool; ``aos_palloc`` and ``aos_pcalloc`` give a zeroed bytearray,
or, for ``sizeof(T)``, a ``T()``. Creating a pool in one that was destroyed is refused.

What a parameter is, unless a function says otherwise:

:param value: number that is looked at or stored
:param val1: number that is compared
:param val2: number that it is compared with
:param t: table of headers or query parameters
:param key: name of the entry
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

from aos import apr_file_io, apr_pools, apr_strings, apr_tables, apr_time
from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.refs import *
from aos._c.structs import index_of
from aos.apr_file_io import *
from aos.apr_pools import *
from aos.apr_strings import *
from aos.apr_tables import *
from aos.apr_time import *

N = TypeVar("N", int, float)
T = TypeVar("T")

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "AOSE_ABORT_CALLBACK",
        "AOSE_CONNECTION_FAILED",
        "AOSE_CRC_INCONSISTENT_ERROR",
        "AOSE_FAILED_CONNECT",
        "AOSE_FAILED_INITIALIZE",
        "AOSE_FAILED_VERIFICATION",
        "AOSE_FILE_FLUSH_ERROR",
        "AOSE_FILE_INFO_ERROR",
        "AOSE_FILE_READ_ERROR",
        "AOSE_FILE_SEEK_ERROR",
        "AOSE_FILE_TRUNC_ERROR",
        "AOSE_FILE_WRITE_ERROR",
        "AOSE_INTERNAL_ERROR",
        "AOSE_INVALID_ARGUMENT",
        "AOSE_INVALID_OPERATION",
        "AOSE_NAME_LOOKUP_ERROR",
        "AOSE_OK",
        "AOSE_OPEN_FILE_ERROR",
        "AOSE_OUT_MEMORY",
        "AOSE_OVER_MEMORY",
        "AOSE_READ_BODY_ERROR",
        "AOSE_REQUEST_TIMEOUT",
        "AOSE_SELECT_OBJECT_CRC_ERROR",
        "AOSE_SERVICE_ERROR",
        "AOSE_UNKNOWN_ERROR",
        "AOSE_UTF8_ENCODE_ERROR",
        "AOSE_WRITE_BODY_ERROR",
        "AOSE_XML_PARSE_ERROR",
        "AOS_CONNECT_TIMEOUT",
        "AOS_DEFAULT_PART_SIZE",
        "AOS_DNS_CACHE_TIMOUT",
        "AOS_FALSE",
        "AOS_HTTPS_PREFIX",
        "AOS_HTTP_PREFIX",
        "AOS_INIT_WINSOCK",
        "AOS_MAX_GMT_TIME_LEN",
        "AOS_MAX_HEADER_LEN",
        "AOS_MAX_INT64_STRING_LEN",
        "AOS_MAX_MEMORY_SIZE",
        "AOS_MAX_PART_SIZE",
        "AOS_MAX_QUERY_ARG_LEN",
        "AOS_MAX_SHORT_TIME_LEN",
        "AOS_MAX_UINT64_STRING_LEN",
        "AOS_MAX_URI_LEN",
        "AOS_MAX_XML_NODE_VALUE_LEN",
        "AOS_MD5_STRING_LEN",
        "AOS_MIN_SPEED_LIMIT",
        "AOS_MIN_SPEED_TIME",
        "AOS_REQUEST_STACK_SIZE",
        "AOS_RTMP_PREFIX",
        "AOS_TEMP_FILE_SUFFIX",
        "AOS_TRUE",
        "AOS_VER",
        "AOS_VERSION",
        "CR",
        "CRLF",
        "HTTP_DELETE",
        "HTTP_GET",
        "HTTP_HEAD",
        "HTTP_POST",
        "HTTP_PUT",
        "LF",
        "LLONG_MAX",
        "LLONG_MIN",
        "ULLONG_MAX",
        "aos_abs",
        "aos_error_code_e",
        "aos_is_empty_table",
        "aos_max",
        "aos_min",
        "aos_palloc",
        "aos_pcalloc",
        "aos_pool_create",
        "aos_pool_destroy",
        "aos_ref_t",
        "aos_table_add_int",
        "aos_table_add_int64",
        "aos_table_elts",
        "aos_table_make",
        "aos_table_set_int64",
        "http_method_e",
    ]
    __all__ += apr_file_io.__all__
    __all__ += apr_pools.__all__
    __all__ += apr_strings.__all__
    __all__ += apr_tables.__all__
    __all__ += apr_time.__all__

http_method_e: TypeAlias = int
HTTP_GET = 0
"""Method: read."""
HTTP_HEAD = 1
"""Method: read the headers only."""
HTTP_PUT = 2
"""Method: store."""
HTTP_POST = 3
"""Method: do something with what is there."""
HTTP_DELETE = 4
"""Method: remove."""

aos_error_code_e: TypeAlias = int
AOSE_OK = 0
"""No error."""
AOSE_OUT_MEMORY = -1000
"""Memory cannot be had; from a checkpoint function: the XML cannot be built."""
AOSE_OVER_MEMORY = -999
"""A body is longer than ``max_memory_size``."""
AOSE_FAILED_CONNECT = -998
"""No connection could be made."""
AOSE_ABORT_CALLBACK = -997
"""A callback, or the destruction of the pool, ended the transfer."""
AOSE_INTERNAL_ERROR = -996
"""Anything that has no code of its own."""
AOSE_REQUEST_TIMEOUT = -995
"""Too slow; a request that stalls is AOSE_CONNECTION_FAILED, as in the C SDK."""
AOSE_INVALID_ARGUMENT = -994
"""An argument cannot be used; ``error_msg`` names it."""
AOSE_INVALID_OPERATION = -993
"""Declared, used by nobody."""
AOSE_CONNECTION_FAILED = -992
"""The connection broke, was too slow for too long, or ended before the body was complete."""
AOSE_FAILED_INITIALIZE = -991
"""The HTTP layer cannot be initialised."""
AOSE_NAME_LOOKUP_ERROR = -990
"""A host's name cannot be resolved."""
AOSE_FAILED_VERIFICATION = -989
"""The server's certificate is not trusted, or is another host's."""
AOSE_WRITE_BODY_ERROR = -988
"""The received bytes cannot be stored."""
AOSE_READ_BODY_ERROR = -987
"""The bytes to send cannot be read."""
AOSE_SERVICE_ERROR = -986
"""The service did a part of what was asked; from ``oss_delete_objects_by_prefix``."""
AOSE_OPEN_FILE_ERROR = -985
"""A file cannot be opened."""
AOSE_FILE_SEEK_ERROR = -984
"""A place in a file cannot be reached."""
AOSE_FILE_INFO_ERROR = -983
"""Size and time of a file cannot be had."""
AOSE_FILE_READ_ERROR = -982
"""A file cannot be read."""
AOSE_FILE_WRITE_ERROR = -981
"""A file cannot be written, or cannot be renamed."""
AOSE_XML_PARSE_ERROR = -980
"""A document is not the XML it should be."""
AOSE_UTF8_ENCODE_ERROR = -979
"""Declared, used by nobody."""
AOSE_CRC_INCONSISTENT_ERROR = -978
"""The CRC64 of what was moved is not the service's."""
AOSE_FILE_FLUSH_ERROR = -977
"""Written bytes cannot be flushed."""
AOSE_FILE_TRUNC_ERROR = -976
"""A file cannot be given its size."""
AOSE_SELECT_OBJECT_CRC_ERROR = -975
"""A frame of a select's answer has another CRC32 than it says."""
AOSE_UNKNOWN_ERROR = -100
"""Declared, used by nobody."""

AOS_INIT_WINSOCK = 1
"""Flag for ``aos_http_io_initialize``: initialise Windows sockets; no effect elsewhere."""
AOS_MD5_STRING_LEN = 32
"""Length of an MD5 in hexadecimal digits."""
AOS_MAX_URI_LEN = 2048
"""The most bytes of a path, before it is encoded."""
AOS_MAX_HEADER_LEN = 8192
"""The most bytes of a signed header in the C SDK; any length here."""
AOS_MAX_QUERY_ARG_LEN = 1024
"""The most bytes of a query parameter's name, of its value, and of both when encoded."""
AOS_MAX_GMT_TIME_LEN = 128
"""Room for a date, in bytes."""
AOS_MAX_SHORT_TIME_LEN = 10
"""Room for yyyymmdd, in bytes."""
AOS_MAX_XML_NODE_VALUE_LEN = 1024
"""Room for a text of XML in the C SDK, which cuts longer ones; any length here."""
AOS_MAX_INT64_STRING_LEN = 64
"""Room for a signed number's digits, in bytes."""
AOS_MAX_UINT64_STRING_LEN = 64
"""Room for an unsigned number's digits, in bytes."""

AOS_CONNECT_TIMEOUT = 10
"""Default of ``connect_timeout``, in seconds."""
AOS_DNS_CACHE_TIMOUT = 60
"""Default of ``dns_cache_timeout``, in seconds."""
AOS_MIN_SPEED_LIMIT = 1024
"""Default of ``speed_limit``, in bytes per second."""
AOS_MIN_SPEED_TIME = 15
"""Default of ``speed_time``, in seconds."""
AOS_MAX_MEMORY_SIZE = 1024 * 1024 * 1024
"""Default of ``max_memory_size``, in bytes."""
AOS_MAX_PART_SIZE = 512 * 1024 * 1024
"""Declared as the largest part, in bytes; used by nobody."""
AOS_DEFAULT_PART_SIZE = 1024 * 1024
"""Declared as a usual part, in bytes; used by nobody."""
AOS_REQUEST_STACK_SIZE = 32
"""How many idle connections the C SDK keeps."""

LF = 10
"""Line feed, as a number."""
CR = 13
"""Carriage return, as a number."""
CRLF = "\r\n"
"""End of a line in HTTP."""

AOS_VERSION = "3.11.2"
"""Version of the SDK."""
AOS_VER = "aliyun-sdk-c/" + AOS_VERSION
"""Beginning of the User-Agent header."""

AOS_HTTP_PREFIX = "http://"
"""Scheme of an endpoint."""
AOS_HTTPS_PREFIX = "https://"
"""Scheme of an endpoint with TLS."""
AOS_RTMP_PREFIX = "rtmp://"
"""Scheme of an address to push a stream to."""
AOS_TEMP_FILE_SUFFIX = ".tmp"
"""What a download adds to the file's name until it is complete."""

AOS_FALSE = 0
"""False, where C has an int."""
AOS_TRUE = 1
"""True, where C has an int."""

LLONG_MAX = (1 << 63) - 1
"""The largest ``long long``."""
LLONG_MIN = -(1 << 63)
"""The smallest ``long long``."""
ULLONG_MAX = (1 << 64) - 1
"""The largest ``unsigned long long``."""


def aos_pool_create(n: aos_pool_t, p: aos_pool_t | None) -> int:
    """aos_pool_create(n, p)

    Opens the pool ``n``, as a child of ``p`` unless that is None. Returns 0, or -994 when ``p`` is not open.

    :param p: its parent; None for none
    :param n: the pool to open
    """
    pool = required(n, aos_pool_t, "n")
    if p is not None and not required(p, aos_pool_t, "p").is_open:
        return AOSE_INVALID_ARGUMENT
    pool.open(p)
    return AOSE_OK


def aos_pool_destroy(p: aos_pool_t) -> None:
    """aos_pool_destroy(p)

    Destroys a pool: its children first, then its clean-ups run. One that is not open is left alone.

    :param p: pool that is to end
    """
    required(p, aos_pool_t, "p").destroy()


@overload
def aos_pcalloc(p: aos_pool_t | None, s: int) -> bytearray: ...
@overload
def aos_pcalloc(p: aos_pool_t | None, s: type[T]) -> T: ...
def aos_pcalloc(p: aos_pool_t | None, s: type[Any] | int) -> Any:
    """aos_pcalloc(p, s), aos_palloc(p, s)

    Returns zeroed bytes, ``s`` of them; for a struct type, a zeroed struct of that type.

    :param s: how many bytes, or a struct type for ``sizeof`` it
    """
    return s() if isinstance(s, type) else bytearray(index_of(s, "s"))


aos_palloc = aos_pcalloc
aos_table_elts = apr_table_elts
aos_table_make = apr_table_make


def aos_is_empty_table(t: aos_table_t | None) -> int:
    """aos_is_empty_table(t)

    Returns 1 when a table is None or has no entries, else 0.
    """
    return int(t is None or not len(t))


def aos_table_add_int64(t: aos_table_t, key: str, value: int) -> None:
    """aos_table_add_int64(t, key, value), aos_table_add_int(t, key, value)

    Appends an entry whose value is a number's decimal text.
    """
    apr_table_add(t, key, str(index_of(value)))


aos_table_add_int = aos_table_add_int64


def aos_table_set_int64(t: aos_table_t, key: str, value: int) -> None:
    """aos_table_set_int64(t, key, value)

    Replaces the value of an entry by a number's decimal text, or appends an entry.
    """
    apr_table_set(t, key, str(index_of(value)))


def aos_abs(value: N) -> N:
    """aos_abs(value)

    Returns the value without its sign.
    """
    return value if value >= 0 else -value


def aos_max(val1: N, val2: N) -> N:
    """aos_max(val1, val2)

    Returns the larger of two values.
    """
    return val2 if val1 < val2 else val1


def aos_min(val1: N, val2: N) -> N:
    """aos_min(val1, val2)

    Returns the smaller of two values.
    """
    return val2 if val1 > val2 else val1


check_arguments(globals())
