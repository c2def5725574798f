"""What the constants, the enums and the types without a struct are for.

Of a constant it stands below its definition. Here are the others: ``name: meaning``, one a line; lines indented further
go on with the one before. ``NAME*`` is the enum's members.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

from aos import aos_define, aos_log, aos_status, apr_file_io, apr_strings
from aos._c.below import texts_below
from aos._http import types
from oss._define import checkpoint, constants

__all__ = ["CONSTANTS", "ENUMS", "TYPES", "VARIABLES", "Enum", "members", "Type"]

_ENUMS = """
http_method_e: HTTP_*: method of a request
aos_error_code_e: AOSE_*: what a function returns, and what a status has for `code` when no answer of the service counts
aos_http_body_type_e: BODY_IN_*: where a body comes from or goes to
aos_transport_state_e: TRANS_STATE_*: how far an exchange is
aos_log_level_e: AOS_LOG_*: how much is logged; a message is written when its level is not above the one set
oss_acl_e: OSS_ACL_*: who may use a bucket or an object
oss_storage_class_type_e: OSS_STORAGE_CLASS_*: how objects are stored
oss_tier_type_e: OSS_TIER_*: how fast an object of Cold Archive is restored
"""

_TYPES = """
apr_time_t: typedef int64_t apr_time_t: microseconds since 1970-01-01 00:00 UTC; an int here
aos_func1_pt: typedef void (*aos_func1_pt)(void *): a function of the caller's for `aos_fstack_push`, order 1
aos_func2_pt: typedef void (*aos_func2_pt)(): a function of the caller's for `aos_fstack_push`, order 2
aos_func3_pt: typedef int (*aos_func3_pt)(void *): a function of the caller's for `aos_fstack_push`, order 3
aos_func4_pt: typedef int (*aos_func4_pt)(): a function of the caller's for `aos_fstack_push`, order 4
aos_log_print_pt: typedef void (*aos_log_print_pt)(const char *message, int len): receives each formatted message; any
  callable here
aos_log_format_pt: typedef void (*aos_log_format_pt)(int level, const char *file, int line, const char *function,
  const char *fmt, ...): formats a message; any callable here
oss_progress_callback: typedef void (*oss_progress_callback)(int64_t consumed_bytes, int64_t total_bytes): told how many
  bytes of how many have been moved. Any callable here; one that raises ends the transfer, and the exception reaches the
  caller
aos_read_http_body_pt: typedef int (*aos_read_http_body_pt)(aos_http_request_t *req, char *buffer, int len): puts at
  most `len` bytes of the body into `buffer`, here a bytearray; returns how many, 0 at the end, or an AOSE_* value
aos_write_http_body_pt: typedef int (*aos_write_http_body_pt)(aos_http_response_t *resp, const char *buffer, int len):
  takes `len` bytes of the body; returns `len`, or an AOSE_* value
aos_http_transport_create_pt: typedef aos_http_transport_t *(*aos_http_transport_create_pt)(aos_pool_t *p): makes a
  transport
aos_http_transport_perform_pt: typedef int (*aos_http_transport_perform_pt)(aos_http_transport_t *t): sends a
  request and receives its answer
"""

_VARIABLES = """
aos_global_pool: aos_pool_t *: pool of the process, from `aos_http_io_initialize` to `aos_http_io_deinitialize`
aos_stderr_file: apr_file_t *: where the log goes; NULL means standard error. A Python file object will do
aos_default_http_request_options: aos_http_request_options_t *: what new controllers share
aos_default_http_transport_options: aos_http_transport_options_t *: the user agent of all requests
aos_http_transport_create: aos_http_transport_create_pt: makes the transport of each request
aos_http_transport_perform: aos_http_transport_perform_pt: performs each request. Put a function of your own here to
  see, change or invent what goes over the wire
aos_log_level: aos_log_level_e: messages of a level above it are not written
aos_log_format: aos_log_format_pt: formats each message
aos_log_print: aos_log_print_pt: writes each message
"""


class Enum(NamedTuple):
    """An enum: the pattern its members' names fit, and what it is for."""

    pattern: str
    text: str


class Type(NamedTuple):
    """A type without fields, or a variable: its C declaration and what it is for."""

    declaration: str
    text: str


def _pairs(text: str) -> dict[str, str]:
    lines = text.replace("\n  ", " ").strip("\n").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def members(enum: str) -> list[str]:
    """The names of an enum's members."""
    return [name for name in CONSTANTS if fnmatchcase(name, ENUMS[enum].pattern)]


CONSTANTS = {
    name: text
    for module in (aos_define, aos_status, types, aos_log, apr_strings, apr_file_io, constants, checkpoint)
    for name, text in texts_below(module.__name__).items()
    if name in module.__all__
}
ENUMS = {name: Enum(*text.split(": ", 1)) for name, text in _pairs(_ENUMS).items()}
TYPES = {name: Type(*text.split(": ", 1)) for name, text in _pairs(_TYPES).items()}
VARIABLES = {name: Type(*text.split(": ", 1)) for name, text in _pairs(_VARIABLES).items()}
