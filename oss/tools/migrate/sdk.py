"""What the SDK declares, as C: typedefs, structs, prototypes, constants, read from the Python modules themselves.

Structs come from their fields, prototypes from the docstrings that begin with them. So no C header is needed.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

import aos
import oss
from aos._c.structs import CStruct
from oss.tools.migrate import c_library, cutest
from oss.tools.migrate.macros import known_names
from oss.tools.migrate.tokens import quoted

__all__ = [
    "REPLACEABLE",
    "declarations",
    "exports",
    "function",
    "known_header",
    "known_macros",
    "module_of",
    "provider",
]

_CUTEST = "CuTest.h"
_APR_HEADERS = {"apr_file_info": "apr_file_io", "apr": "apr_pools", "apr_general": "apr_pools"}
_INCLUDED_SOURCES = re.compile(r"(aos|oss)_\w+\.c")

REPLACEABLE: Mapping[str, tuple[str, str]] = {
    "aos_global_pool": ("aos_http_io", "aos_pool_t *"),
    "aos_stderr_file": ("aos_http_io", "apr_file_t *"),
    "aos_default_http_request_options": ("aos_http_io", "aos_http_request_options_t *"),
    "aos_default_http_transport_options": ("aos_http_io", "aos_http_transport_options_t *"),
    "aos_http_transport_create": ("aos_http_io", "aos_http_transport_create_pt"),
    "aos_http_transport_perform": ("aos_http_io", "aos_http_transport_perform_pt"),
    "aos_log_level": ("aos_log", "int"),
    "aos_log_format": ("aos_log", "aos_log_format_pt"),
    "aos_log_print": ("aos_log", "aos_log_print_pt"),
}
"""C variables that a program may assign: where they live, and their types."""

_TYPES = """
typedef signed char int8_t; typedef unsigned char uint8_t; typedef short int16_t; typedef unsigned short uint16_t;
typedef int int32_t; typedef unsigned int uint32_t; typedef long int64_t; typedef unsigned long uint64_t;
typedef long intmax_t; typedef unsigned long uintmax_t; typedef long intptr_t; typedef unsigned long uintptr_t;
typedef unsigned long size_t; typedef long ssize_t; typedef long off_t; typedef long time_t; typedef long ptrdiff_t;
typedef int bool; typedef unsigned long apr_size_t; typedef long apr_ssize_t; typedef long apr_off_t;
typedef int apr_status_t; typedef int apr_int32_t; typedef unsigned int apr_uint32_t; typedef long apr_int64_t;
typedef unsigned long apr_uint64_t; typedef int apr_fileperms_t; typedef int apr_seek_where_t;
typedef long apr_time_t; typedef long apr_interval_time_t;
typedef void *va_list; typedef struct mxml_node_t mxml_node_t; typedef struct FILE FILE; typedef void CURL;
typedef struct aos_pool_t aos_pool_t; typedef aos_pool_t apr_pool_t;
typedef struct aos_table_t aos_table_t; typedef aos_table_t apr_table_t;
typedef struct aos_array_header_t aos_array_header_t; typedef aos_array_header_t apr_array_header_t;
typedef struct aos_table_entry_t aos_table_entry_t; typedef aos_table_entry_t apr_table_entry_t;
typedef struct apr_file_t apr_file_t;
typedef void (*oss_progress_callback)(int64_t consumed_bytes, int64_t total_bytes);
typedef void (*aos_func1_pt)(void *data); typedef void (*aos_func2_pt)();
typedef int (*aos_func3_pt)(void *data); typedef int (*aos_func4_pt)();
typedef void (*aos_log_print_pt)(const char *message, int len);
typedef void (*aos_log_format_pt)(int level, const char *file, int line, const char *function, const char *fmt, ...);
"""
_LATER_TYPES = """
typedef int (*aos_http_transport_perform_pt)(aos_http_transport_t *t);
typedef aos_http_transport_t *(*aos_http_transport_create_pt)(aos_pool_t *p);
typedef int (*aos_read_http_body_pt)(aos_http_request_t *req, char *buffer, int len);
typedef int (*aos_write_http_body_pt)(aos_http_response_t *resp, const char *buffer, int len);
"""

# The C macros behind functions of the port: as prototypes, or, where C has none, as macros that pycparser can read.
_MACRO_PROTOTYPES = """
int aos_buf_size(aos_buf_t *b); int aos_is_empty_table(aos_table_t *t); void *aos_palloc(aos_pool_t *p, size_t s);
void *aos_pcalloc(aos_pool_t *p, size_t s); int aos_pool_create(aos_pool_t **n, aos_pool_t *p);
void aos_pool_destroy(aos_pool_t *p); void aos_table_add_int(aos_table_t *t, const char *key, int value);
void aos_table_add_int64(aos_table_t *t, const char *key, int64_t value);
void aos_table_set_int64(aos_table_t *t, const char *key, int64_t value);
aos_table_t *aos_table_make(aos_pool_t *p, int n); aos_array_header_t *aos_table_elts(aos_table_t *t);
long aos_abs(long value); long aos_max(long val1, long val2); long aos_min(long val1, long val2);
void aos_list_init(aos_list_t *ptr);
void aos_debug_log(const char *format, ...); void aos_error_log(const char *format, ...);
void aos_fatal_log(const char *format, ...); void aos_info_log(const char *format, ...);
void aos_trace_log(const char *format, ...); void aos_warn_log(const char *format, ...);
void aos_status_set(aos_status_t *s, int c, const char *ec, const char *es);
aos_string_t aos_string(const char *str); aos_string_t aos_null_string(void);
void aos_str_set(aos_string_t *str, const char *text);
void aos_str_null(aos_string_t *str); int aos_tolower(int c); int aos_toupper(int c);
apr_time_t apr_time_from_sec(apr_time_t sec); int APR_STATUS_IS_ENOENT(apr_status_t s);
void aos_xml_error_status_set(aos_status_t *STATUS, int RES);
void aos_file_error_status_set(aos_status_t *STATUS, int RES);
void aos_inconsistent_error_status_set(aos_status_t *STATUS, int RES);
"""
_BY_HAND = _MACRO_PROTOTYPES + cutest.PROTOTYPES
_LOOPS = ("", "_reverse", "_safe", "_safe_reverse")
_MACROS = "\n".join(
    [
        *(
            f"aos_list_for_each_entry{end}(T, pos, {'n, ' * ('safe' in end)}head, member) "
            f"for (pos = aos_list_for_each_entry{end}((T *)0, head, #member);;)"
            for end in _LOOPS
        ),
        *(
            f"aos_list_{name}(ptr, T, member) aos_list_{name}(ptr, (T *)0, #member)"
            for name in ("entry", "get_first", "get_last")
        ),
        "aos_null_string aos_null_string()",
        "aos_list_head_init(name) aos_list_head_init(&(name))",
        *(
            f"{name}"
            for name in ("OSS_CPP_START", "OSS_CPP_END", "__inline__", "inline", "__restrict", "restrict", "volatile")
        ),
        *c_library.MACROS.strip().splitlines(),
    ]
)


@functools.cache
def _modules() -> dict[str, ModuleType]:
    """Every public module of the SDK by its C header."""
    found = {}
    for package in (aos, oss):
        for item in pkgutil.iter_modules(package.__path__):
            if item.name.startswith(("aos_", "oss_", "apr_")):
                found[f"{item.name}.h"] = importlib.import_module(f"{package.__name__}.{item.name}")
    return {**found, _CUTEST: cutest}


def module_of(header: str) -> str | None:
    """The module that stands for a header of the SDK, or for a source file of it; None for any other file."""
    stem = header.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    module = _modules().get(f"{_APR_HEADERS.get(stem, stem)}.h")
    return module.__name__ if module and (header.endswith(".h") or _INCLUDED_SOURCES.fullmatch(header)) else None


def known_header(name: str) -> bool:
    """Whether a header is the SDK's or APR's."""
    return module_of(name) is not None or name.startswith(("apr_", "apu_", "curl/")) or name == "mxml.h"


@functools.cache
def exports(module: str) -> frozenset[str]:
    """What ``from module import *`` gives."""
    return frozenset(importlib.import_module(module).__all__)


@functools.cache
def _names() -> dict[str, Any]:
    """Every public name of the SDK."""
    return {name: getattr(module, name) for module in _modules().values() for name in module.__all__}


@functools.cache
def provider(name: str) -> str | None:
    """The module whose header declares a name: the one that gives the fewest others."""
    giving = [module.__name__ for module in _modules().values() if name in module.__all__]
    return min(giving, key=lambda module: (len(exports(module)), module), default=None)


def function(name: str) -> Callable[..., Any] | None:
    """The SDK's function of a name."""
    found = _names().get(name)
    return found if inspect.isfunction(found) else None


@functools.cache
def known_macros() -> known_names:
    """The names that mean something before a program is read."""
    strings = {name: quoted(value) for name, value in _names().items() if isinstance(value, str)}
    numbers = [name for name, value in _names().items() if type(value) is int]
    return known_names(strings, frozenset((*numbers, *c_library.NUMBERS)), _MACROS)


def _structs() -> dict[str, type[CStruct]]:
    return {name: value for name, value in _names().items() if inspect.isclass(value) and issubclass(value, CStruct)}


def _prototype(name: str, value: Any) -> str | None:
    text = " ".join((inspect.getdoc(value) or "").split("\n\n", 1)[0].split())
    return None if text.startswith(name) or "(" not in text else f"{text};"


def declarations(used: Iterable[str]) -> str:
    """C declarations: all types, and those functions, constants and variables that a program ``used``."""
    structs, names, wanted = _structs(), _names(), set(used)
    rows = [_TYPES]
    rows += [f"typedef struct {name} {name};" for name in structs if f"struct {name} {name};" not in _TYPES]
    enums = [name for name, value in names.items() if value is int and f" {name};" not in _TYPES]
    rows += [f"typedef int {name};" for name in enums]
    rows.append(_LATER_TYPES)
    bodies = {
        name: " ".join(f"{item.c_type} {item.name};" for item in kind.c_fields if not item.python_only)
        for name, kind in structs.items()
    }
    ordered = sorted(bodies.items(), key=lambda row: row[0] not in ("aos_list_t", "aos_string_t"))
    rows += [f"struct {name} {{ {body} }};" for name, body in ordered]
    rows += [_MACRO_PROTOTYPES, c_library.PROTOTYPES, cutest.PROTOTYPES]
    for name in sorted(wanted & names.keys()):
        value = names[name]
        if inspect.isfunction(value) and not re.search(rf"\b{name}\(", _BY_HAND):
            rows.append(_prototype(name, value) or "")
        elif isinstance(value, str):
            rows.append(f"extern const char *{name};")
        elif type(value) is int:
            rows.append(f"extern const {'int' if abs(value) < 1 << 31 else 'long'} {name};")
    rows += [f"extern {kind} {name};" for name, (_, kind) in REPLACEABLE.items() if name in wanted]
    return "\n".join(row for row in rows if row)
