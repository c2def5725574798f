"""Writes the SDK's and APR's C headers from the port itself: ``python -m oss.tools.migrate.sdk_headers``.

Structs come from their fields, prototypes from the docstrings that begin with them, constants from their values. What
the port does not have (types that are plain in Python, macros that are no call) stands here. Constants are enumerators
that are macros too, so that a program's use keeps its name, and ``#ifdef`` works.
"""

from __future__ import annotations

import functools
import graphlib
import importlib
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from aos._c.structs import CStruct

__all__ = ["FOLDER", "headers", "write"]

FOLDER = Path(__file__).parent / "headers" / "sdk"

_C_LIBRARY = (
    "stdio.h stdlib.h string.h ctype.h errno.h limits.h time.h stdint.h stddef.h stdarg.h assert.h "
    "sys/types.h sys/time.h"
)

# header: what it includes; the module that has its names is called as the header
_INCLUDES = {
    "apr_general.h": _C_LIBRARY,
    "apr_pools.h": "apr_general.h",
    "apr_strings.h": "apr_pools.h",
    "apr_time.h": "apr_pools.h",
    "apr_tables.h": "apr_pools.h",
    "apr_file_io.h": "apr_pools.h apr_time.h",
    "apr_env.h": "apr_pools.h",
    "apr_thread_mutex.h": "apr_pools.h",
    "apr_thread_cond.h": "apr_thread_mutex.h",
    "apr_thread_proc.h": "apr_pools.h apr_thread_mutex.h apr_thread_cond.h",
    "aos_define.h": "apr_time.h apr_strings.h apr_pools.h apr_tables.h apr_file_io.h",
    "aos_list.h": "apr_general.h",
    "aos_string.h": "aos_define.h",
    "aos_buf.h": "aos_define.h aos_list.h",
    "aos_crc64.h": "aos_define.h",
    "aos_fstack.h": "aos_define.h",
    "aos_log.h": "aos_define.h",
    "aos_status.h": "aos_define.h aos_list.h",
    "aos_util.h": "aos_define.h aos_buf.h aos_string.h aos_fstack.h",
    "aos_transport.h": "aos_define.h aos_buf.h",
    "oss_define.h": "aos_string.h aos_list.h aos_status.h aos_transport.h",
    "aos_http_io.h": "aos_transport.h oss_define.h",
    "oss_resumable.h": "aos_define.h aos_string.h aos_status.h oss_define.h",
    "oss_util.h": "aos_string.h aos_transport.h aos_status.h oss_define.h oss_resumable.h",
    "oss_auth.h": "aos_util.h aos_string.h aos_http_io.h oss_define.h",
    "oss_xml.h": "aos_util.h aos_string.h aos_transport.h aos_status.h oss_define.h oss_resumable.h",
    "oss_api.h": "aos_util.h aos_string.h aos_status.h oss_define.h oss_util.h aos_http_io.h aos_log.h",
}
_SAME = {
    "apr.h": "apr_general.h",
    "apr_errno.h": "apr_general.h",
    "apr_portable.h": "apr_file_io.h",
    "apr_file_info.h": "apr_file_io.h",
}
"""Headers whose names another one declares."""

_STRING_MACROS = (
    "AOS_HTTPS_PREFIX",
    "AOS_HTTP_PREFIX",
    "AOS_RTMP_PREFIX",
    "AOS_TEMP_FILE_SUFFIX",
    "AOS_VER",
    "AOS_VERSION",
    "CRLF",
)
"""Texts that are macros in C, so that a program can write a literal beside them; other texts are arrays."""

_ELSEWHERE = ("LLONG_MAX", "LLONG_MIN", "ULLONG_MAX", "aos_text_t")
"""What is the C library's, or no name of C's."""

_REPLACEABLE = {
    "aos_http_io.h": (
        "aos_pool_t *aos_global_pool",
        "apr_file_t *aos_stderr_file",
        "aos_http_request_options_t *aos_default_http_request_options",
        "aos_http_transport_options_t *aos_default_http_transport_options",
        "aos_http_transport_create_pt aos_http_transport_create",
        "aos_http_transport_perform_pt aos_http_transport_perform",
    ),
    "aos_log.h": ("aos_log_level_e aos_log_level", "aos_log_format_pt aos_log_format"),
}
"""Variables of the SDK that a program may assign."""

# what stands at the top of a header, before the names that the port has
_TYPES = {
    "apr_general.h": """
typedef int apr_status_t;
typedef short apr_int16_t;
typedef unsigned short apr_uint16_t;
typedef int apr_int32_t;
typedef unsigned int apr_uint32_t;
typedef long apr_int64_t;
typedef unsigned long apr_uint64_t;
typedef unsigned char apr_byte_t;
typedef size_t apr_size_t;
typedef ssize_t apr_ssize_t;
typedef off_t apr_off_t;
#define APR_INT64_C(c) c##L
#define APR_UINT64_C(c) c##UL
#define APR_SSIZE_T_FMT "ld"
#define APR_SIZE_T_FMT "lu"
#define APR_OFF_T_FMT "ld"
#define APR_PID_T_FMT "d"
#define APR_INT64_T_FMT "ld"
#define APR_UINT64_T_FMT "lu"
#define APR_UINT64_T_HEX_FMT "lx"
#define APR_TIME_T_FMT "ld"
#define APR_OFFSETOF(type, field) __builtin_offsetof(type, field)
enum { APR_SUCCESS = 0, APR_ENOENT = 2, APR_EOF = 70014 };
#define APR_SUCCESS APR_SUCCESS
#define APR_ENOENT APR_ENOENT
#define APR_EOF APR_EOF
apr_status_t apr_initialize(void);
void apr_terminate(void);
char *apr_strerror(apr_status_t statcode, char *buf, apr_size_t bufsize);
int APR_STATUS_IS_ENOENT(apr_status_t s);
""",
    "apr_pools.h": """
typedef struct apr_pool_t apr_pool_t;
apr_status_t apr_pool_create(apr_pool_t **newpool, apr_pool_t *parent);
void apr_pool_destroy(apr_pool_t *p);
void apr_pool_clear(apr_pool_t *p);
void *apr_palloc(apr_pool_t *p, apr_size_t size);
void *apr_pcalloc(apr_pool_t *p, apr_size_t size);
""",
    "apr_time.h": """
typedef apr_int64_t apr_time_t;
typedef apr_int64_t apr_interval_time_t;
apr_time_t apr_time_from_sec(apr_time_t sec);
#define APR_USEC_PER_SEC 1000000L
#define apr_time_sec(time) ((time) / APR_USEC_PER_SEC)
#define apr_time_usec(time) ((time) % APR_USEC_PER_SEC)
#define apr_time_msec(time) (((time) / 1000) % 1000)
#define apr_time_as_msec(time) ((time) / 1000)
#define apr_time_from_msec(msec) ((apr_time_t)(msec) * 1000)
apr_status_t apr_rfc822_date(char *date_str, apr_time_t t);
apr_status_t apr_ctime(char *date_str, apr_time_t t);
""",
    "apr_strings.h": """
char *apr_pstrndup(apr_pool_t *p, const char *s, apr_size_t n);
char *apr_pstrmemdup(apr_pool_t *p, const char *s, apr_size_t n);
char *apr_pstrcat(apr_pool_t *p, ...);
char *apr_itoa(apr_pool_t *p, int n);
char *apr_ltoa(apr_pool_t *p, long n);
char *apr_off_t_toa(apr_pool_t *p, apr_off_t n);
apr_int64_t apr_strtoi64(const char *buf, char **end, int base);
apr_int64_t apr_atoi64(const char *buf);
char *apr_cpystrn(char *dst, const char *src, apr_size_t dst_size);
char *apr_strtok(char *str, const char *sep, char **last);
""",
    "apr_env.h": """
apr_status_t apr_env_set(const char *envvar, const char *value, apr_pool_t *pool);
""",
    "apr_thread_mutex.h": """
typedef struct apr_thread_mutex_t apr_thread_mutex_t;
#define APR_THREAD_MUTEX_DEFAULT 0x0
#define APR_THREAD_MUTEX_NESTED 0x1
#define APR_THREAD_MUTEX_UNNESTED 0x2
apr_status_t apr_thread_mutex_create(apr_thread_mutex_t **mutex, unsigned int flags, apr_pool_t *pool);
apr_status_t apr_thread_mutex_lock(apr_thread_mutex_t *mutex);
apr_status_t apr_thread_mutex_trylock(apr_thread_mutex_t *mutex);
apr_status_t apr_thread_mutex_unlock(apr_thread_mutex_t *mutex);
apr_status_t apr_thread_mutex_destroy(apr_thread_mutex_t *mutex);
""",
    "apr_thread_cond.h": """
typedef struct apr_thread_cond_t apr_thread_cond_t;
apr_status_t apr_thread_cond_create(apr_thread_cond_t **cond, apr_pool_t *pool);
apr_status_t apr_thread_cond_wait(apr_thread_cond_t *cond, apr_thread_mutex_t *mutex);
apr_status_t apr_thread_cond_signal(apr_thread_cond_t *cond);
apr_status_t apr_thread_cond_broadcast(apr_thread_cond_t *cond);
apr_status_t apr_thread_cond_destroy(apr_thread_cond_t *cond);
""",
    "apr_thread_proc.h": """
typedef struct apr_thread_t apr_thread_t;
typedef struct apr_threadattr_t apr_threadattr_t;
typedef void *(*apr_thread_start_t)(apr_thread_t *thread, void *data);
#define APR_THREAD_FUNC
apr_status_t apr_threadattr_create(apr_threadattr_t **new_attr, apr_pool_t *pool);
apr_status_t apr_thread_create(apr_thread_t **new_thread, apr_threadattr_t *attr, apr_thread_start_t func, void *data,
                               apr_pool_t *pool);
void apr_thread_exit(apr_thread_t *thread, apr_status_t retval);
apr_status_t apr_thread_join(apr_status_t *retval, apr_thread_t *thread);
""",
    "apr_tables.h": """
typedef struct apr_table_t apr_table_t;
""",
    "apr_file_io.h": """
typedef struct apr_file_t apr_file_t;
typedef apr_int32_t apr_fileperms_t;
typedef int apr_seek_where_t;
""",
    "aos_define.h": """
#ifdef __cplusplus
#define AOS_CPP_START extern "C" {
#define AOS_CPP_END }
#else
#define AOS_CPP_START
#define AOS_CPP_END
#endif
typedef apr_pool_t aos_pool_t;
typedef apr_table_t aos_table_t;
typedef apr_table_entry_t aos_table_entry_t;
typedef apr_array_header_t aos_array_header_t;
#define aos_abs(value) ((value) >= 0 ? (value) : -(value))
#define aos_max(val1, val2) ((val1) < (val2) ? (val2) : (val1))
#define aos_min(val1, val2) ((val1) > (val2) ? (val2) : (val1))
int aos_is_empty_table(aos_table_t *t);
aos_array_header_t *aos_table_elts(aos_table_t *t);
aos_table_t *aos_table_make(aos_pool_t *p, int n);
void aos_table_add_int(aos_table_t *t, const char *key, int value);
void aos_table_add_int64(aos_table_t *t, const char *key, int64_t value);
void aos_table_set_int64(aos_table_t *t, const char *key, int64_t value);
int aos_pool_create(aos_pool_t **n, aos_pool_t *p);
void aos_pool_destroy(aos_pool_t *p);
void *aos_palloc(aos_pool_t *p, size_t s);
void *aos_pcalloc(aos_pool_t *p, size_t s);
""",
    "aos_string.h": """
#define aos_string(str) { sizeof(str) - 1, (char *)(str) }
#define aos_null_string { 0, NULL }
""",
    "aos_fstack.h": """
typedef void (*aos_func1_pt)(void *data);
typedef void (*aos_func2_pt)(void);
typedef int (*aos_func3_pt)(void *data);
typedef int (*aos_func4_pt)(void);
typedef union aos_func_u { aos_func1_pt func1; aos_func2_pt func2; aos_func3_pt func3; aos_func4_pt func4; } aos_func_u;
""",
    "aos_log.h": """
typedef void (*aos_log_print_pt)(const char *message, int len);
typedef void (*aos_log_format_pt)(int level, const char *file, int line, const char *function, const char *fmt, ...);
""",
    "aos_transport.h": """
typedef struct aos_http_request_s aos_http_request_t;
typedef struct aos_http_response_s aos_http_response_t;
typedef struct aos_http_transport_s aos_http_transport_t;
typedef void CURL;
typedef void (*oss_progress_callback)(int64_t consumed_bytes, int64_t total_bytes);
typedef int (*aos_read_http_body_pt)(aos_http_request_t *req, char *buffer, int len);
typedef int (*aos_write_http_body_pt)(aos_http_response_t *resp, const char *buffer, int len);
""",
    "oss_define.h": """
#ifdef __cplusplus
#define OSS_CPP_START extern "C" {
#define OSS_CPP_END }
#else
#define OSS_CPP_START
#define OSS_CPP_END
#endif
#define PARAM_IN
#define PARAM_OUT
""",
    "aos_http_io.h": """
typedef int (*aos_http_transport_perform_pt)(aos_http_transport_t *t);
typedef aos_http_transport_t *(*aos_http_transport_create_pt)(aos_pool_t *p);
""",
    "aos_util.h": """
typedef struct mxml_node_t mxml_node_t;
""",
}

# what stands at the end of a header: macros that take types, and prototypes of macros, whose docstrings have no types


def _loop(end: str) -> tuple[str, ...]:
    """A loop over a list; before 3.0.0 the type was not given."""
    n, chosen = ("n, ", "sixth") if "safe" in end else ("", "fifth")
    name = f"aos_list_for_each_entry{end}"
    first = f"for ({n.replace(', ', ' = ')}pos = "
    return (
        f"#define __{name}_3(postp, pos, {n}head, member) {first}(postp *)__{name}(head, #member);;)",
        f"#define __{name}_2(pos, {n}head, member) {first}(__typeof__(pos))__{name}(head, #member);;)",
        f"#define {name}(...) __aos_{chosen}(__VA_ARGS__, __{name}_3, __{name}_2, )(__VA_ARGS__)",
    )


_LOOPS = ("", "_reverse", "_safe", "_safe_reverse")
_FLAGS = ("READ", "WRITE", "CREATE", "APPEND", "TRUNCATE", "BINARY", "EXCL", "BUFFERED", "LARGEFILE")
_MODES = (*(f"{who}{what}" for who in "UGW" for what in ("READ", "WRITE", "EXECUTE")), "OS_DEFAULT")
"""What APR calls otherwise, too."""

_ENDS = {
    "apr_time.h": """
apr_status_t apr_time_exp_lt(apr_time_exp_t *result, apr_time_t t);
apr_status_t apr_strftime(char *s, apr_size_t *retsize, apr_size_t max, const char *format, apr_time_exp_t *tm);
""",
    "apr_file_io.h": "\n".join(
        [
            *(f"#define APR_FOPEN_{flag} APR_{flag}" for flag in _FLAGS),
            *(f"#define APR_FPROT_{flag} APR_{flag}" for flag in _MODES),
            "apr_status_t apr_stat(apr_finfo_t *finfo, const char *fname, apr_int32_t wanted, apr_pool_t *pool);",
        ]
    ),
    "apr_tables.h": """
#define APR_ARRAY_IDX(array, i, type) (((type *)(array)->elts)[i])
#define APR_ARRAY_PUSH(array, type) (*((type *)apr_array_push(array)))
apr_array_header_t *apr_array_make(apr_pool_t *p, int nelts, int elt_size);
void *apr_array_push(apr_array_header_t *arr);
void *apr_array_pop(apr_array_header_t *arr);
""",
    "aos_buf.h": """
int aos_buf_size(aos_buf_t *b);
""",
    "aos_list.h": "\n".join(
        [
            "#define aos_list_head_init(name) { &(name), &(name) }",
            "void aos_list_init(aos_list_t *ptr);",
            "void *__aos_list_entry(aos_list_t *ptr, const char *member);",
            "void *__aos_list_get_first(aos_list_t *list, const char *member);",
            "void *__aos_list_get_last(aos_list_t *list, const char *member);",
            "#define aos_list_entry(ptr, type, member) ((type *)__aos_list_entry(ptr, #member))",
            "#define aos_list_get_first(list, type, member) ((type *)__aos_list_get_first(list, #member))",
            "#define aos_list_get_last(list, type, member) ((type *)__aos_list_get_last(list, #member))",
            *(f"void *__aos_list_for_each_entry{end}(aos_list_t *head, const char *member);" for end in _LOOPS),
            "#define __aos_fifth(a, b, c, d, e, ...) e",
            "#define __aos_sixth(a, b, c, d, e, f, ...) f",
            *(row for end in _LOOPS for row in _loop(end)),
        ]
    ),
    "aos_log.h": "\n".join(
        f"void aos_{level}_log(const char *format, ...) __attribute__((format(printf, 1, 2)));"
        for level in ("fatal", "error", "warn", "info", "debug", "trace")
    ),
    "aos_status.h": """
void aos_status_set(aos_status_t *s, int c, const char *ec, const char *es);
""",
    "aos_string.h": """
void aos_str_set(aos_string_t *str, const char *text);
void aos_str_null(aos_string_t *str);
int aos_tolower(int c);
int aos_toupper(int c);
""",
    "oss_define.h": """
void aos_xml_error_status_set(aos_status_t *STATUS, int RES);
void aos_file_error_status_set(aos_status_t *STATUS, int RES);
void aos_inconsistent_error_status_set(aos_status_t *STATUS, int RES);
""",
}

_BY_HAND = "".join([*_TYPES.values(), *_ENDS.values()])


def headers() -> dict[str, str]:
    """Returns the text of each header by its name."""
    made = {name: _header(name) for name in _INCLUDES}
    return {**made, **{name: f'#pragma once\n#include "{other}"\n' for name, other in _SAME.items()}}


def _header(header: str) -> str:
    names = _INCLUDES[header].split()
    includes = [f'#include "{name}"' if name in _INCLUDES else f"#include <{name}>" for name in names]
    rows = ["#pragma once", *includes, "__BEGIN_DECLS"]
    rows += [_TYPES.get(header, "").strip(), *_declared(header), _ENDS.get(header, "").strip()]
    rows += [f"extern {variable};" for variable in _REPLACEABLE.get(header, ())]
    return "\n".join([*filter(None, rows), "__END_DECLS", ""])


@functools.cache
def _exports(header: str) -> dict[str, Any]:
    """Returns what the module of a header gives."""
    stem = header.removesuffix(".h")
    if stem == "apr_general" or stem.startswith("apr_thread_"):
        return {}
    module = importlib.import_module(f"{'oss' if stem.startswith('oss_') else 'aos'}.{stem}")
    return {name: getattr(module, name) for name in module.__all__ if name not in _ELSEWHERE}


def _owner(name: str) -> str:
    """Returns the header that declares a name: of those whose modules give it, the one that gives the fewest others."""
    return min((header for header in _INCLUDES if name in _exports(header)), key=lambda header: len(_exports(header)))


def _declared(header: str) -> Iterator[str]:
    """Yields the declarations of a header's own names: types, constants, functions."""
    own = {name: value for name, value in _exports(header).items() if _owner(name) == header}
    structs = {
        name: kind for name, kind in own.items() if _is_struct(kind) and not _is_by_hand(name, _TYPES.get(header, ""))
    }
    others = {name: value for name, value in own.items() if not _is_struct(value) and not _is_by_hand(name, _BY_HAND)}
    yield from (f"typedef int {name};" for name, value in others.items() if value is int)
    yield from (f"typedef struct {_tag(name)} {_c_name(name)};" for name in structs)
    yield from (_struct(name, structs[name]) for name in _in_order(structs))
    yield from (_constant(name, value) for name, value in others.items() if type(value) in (int, str))
    yield from filter(None, (_prototype(name, value) for name, value in others.items() if inspect.isfunction(value)))


def _in_order(structs: dict[str, type[CStruct]]) -> Iterable[str]:
    """Returns the names so that what a struct has in it by value comes before it."""
    inside = {name: {item.c_type for item in kind.c_fields} & structs.keys() for name, kind in structs.items()}
    return graphlib.TopologicalSorter(inside).static_order()


def _is_struct(value: Any) -> bool:
    return inspect.isclass(value) and issubclass(value, CStruct)


def _is_by_hand(name: str, texts: str) -> bool:
    """Says whether declarations have a name: as a macro, a function or a type other than a struct."""
    declared = rf"^#define {name}\b|^[^#\n]*[ *]{name}\(|^typedef (?!struct)[^\n]* {name};|\(\*{name}\)"
    return bool(re.search(declared, texts, re.MULTILINE))


def _c_name(name: str) -> str:
    """Returns the name that C has for a struct: those of APR are the SDK's under another name."""
    return re.sub("^aos_", "apr_", name) if _owner(name).startswith("apr_") else name


def _tag(name: str) -> str:
    return re.sub("_t$", "_s", _c_name(name))


def _struct(name: str, kind: type[CStruct]) -> str:
    fields = [item for item in kind.c_fields if not item.python_only]
    return "\n".join([f"struct {_tag(name)} {{", *(f"    {_field(item.c_type, item.name)};" for item in fields), "};"])


def _field(c_type: str, name: str) -> str:
    return f"{c_type}{name}" if c_type.endswith("*") else f"{c_type} {name}"


def _constant(name: str, value: Any) -> str:
    if type(value) is int:
        return f"enum {{ {name} = {value} }};\n#define {name} {name}"
    return f"#define {name} {json.dumps(value)}" if name in _STRING_MACROS else f"extern const char {name}[];"


def _prototype(name: str, value: Any) -> str | None:
    """Returns the prototype that begins a function's docstring; None where it is a macro's, without types."""
    text = " ".join((inspect.getdoc(value) or "").split("\n\n", 1)[0].split())
    return None if text.startswith(name) or not re.search(rf"\b{name}\(", text) else f"{text};"


def write() -> None:
    """Writes the headers to their folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in headers().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    write()
