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
HTTP_GET, HTTP_HEAD, HTTP_PUT, HTTP_POST, HTTP_DELETE = range(5)

aos_error_code_e: TypeAlias = int
AOSE_OK = 0
AOSE_OUT_MEMORY = -1000
AOSE_OVER_MEMORY = -999
AOSE_FAILED_CONNECT = -998
AOSE_ABORT_CALLBACK = -997
AOSE_INTERNAL_ERROR = -996
AOSE_REQUEST_TIMEOUT = -995
AOSE_INVALID_ARGUMENT = -994
AOSE_INVALID_OPERATION = -993
AOSE_CONNECTION_FAILED = -992
AOSE_FAILED_INITIALIZE = -991
AOSE_NAME_LOOKUP_ERROR = -990
AOSE_FAILED_VERIFICATION = -989
AOSE_WRITE_BODY_ERROR = -988
AOSE_READ_BODY_ERROR = -987
AOSE_SERVICE_ERROR = -986
AOSE_OPEN_FILE_ERROR = -985
AOSE_FILE_SEEK_ERROR = -984
AOSE_FILE_INFO_ERROR = -983
AOSE_FILE_READ_ERROR = -982
AOSE_FILE_WRITE_ERROR = -981
AOSE_XML_PARSE_ERROR = -980
AOSE_UTF8_ENCODE_ERROR = -979
AOSE_CRC_INCONSISTENT_ERROR = -978
AOSE_FILE_FLUSH_ERROR = -977
AOSE_FILE_TRUNC_ERROR = -976
AOSE_SELECT_OBJECT_CRC_ERROR = -975
AOSE_UNKNOWN_ERROR = -100

AOS_INIT_WINSOCK = 1
AOS_MD5_STRING_LEN = 32
AOS_MAX_URI_LEN = 2048
AOS_MAX_HEADER_LEN = 8192
AOS_MAX_QUERY_ARG_LEN = 1024
AOS_MAX_GMT_TIME_LEN = 128
AOS_MAX_SHORT_TIME_LEN = 10
AOS_MAX_XML_NODE_VALUE_LEN = 1024
AOS_MAX_INT64_STRING_LEN = 64
AOS_MAX_UINT64_STRING_LEN = 64

AOS_CONNECT_TIMEOUT = 10
AOS_DNS_CACHE_TIMOUT = 60
AOS_MIN_SPEED_LIMIT = 1024
AOS_MIN_SPEED_TIME = 15
AOS_MAX_MEMORY_SIZE = 1024 * 1024 * 1024
AOS_MAX_PART_SIZE = 512 * 1024 * 1024
AOS_DEFAULT_PART_SIZE = 1024 * 1024
AOS_REQUEST_STACK_SIZE = 32

LF = 10
CR = 13
CRLF = "\r\n"

AOS_VERSION = "3.11.2"
AOS_VER = "aliyun-sdk-c/" + AOS_VERSION

AOS_HTTP_PREFIX = "http://"
AOS_HTTPS_PREFIX = "https://"
AOS_RTMP_PREFIX = "rtmp://"
AOS_TEMP_FILE_SUFFIX = ".tmp"

AOS_FALSE = 0
AOS_TRUE = 1

LLONG_MAX = (1 << 63) - 1
LLONG_MIN = -(1 << 63)
ULLONG_MAX = (1 << 64) - 1


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
