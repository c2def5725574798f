"""The C declarations that cffi needs, made from the port: prototypes from its docstrings, structs from its own structs.

Only what the port has no counterpart of is written down here: the few functions and structs of APR that are used, and
the layouts of strings, lists and buffers.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from aos._c.structs import CallbackField, CStruct, Field, PointerField, StructField, TextField
from aos.aos_define import aos_pool_t, aos_table_t
from aos.apr_file_io import apr_file_t
from oss.tools.crosscheck.replay.names import find, sdk_functions

__all__ = ["declarations", "parameters", "prototype"]

ABI = """
typedef struct apr_pool_t apr_pool_t;
typedef struct apr_table_t apr_table_t;
typedef struct apr_file_t apr_file_t;
typedef int64_t apr_time_t;
typedef struct { apr_pool_t *pool; int elt_size, nelts, nalloc; char *elts; } apr_array_header_t;
typedef struct { char *key, *val; uint32_t key_checksum; } apr_table_entry_t;
typedef apr_pool_t aos_pool_t;
typedef apr_table_t aos_table_t;
typedef apr_array_header_t aos_array_header_t;
typedef apr_table_entry_t aos_table_entry_t;
typedef struct { int len; char *data; } aos_string_t;
typedef struct aos_list_s { struct aos_list_s *next, *prev; } aos_list_t;
typedef struct { aos_list_t node; uint8_t *pos, *last, *start, *end; } aos_buf_t;
typedef void (*oss_progress_callback)(int64_t, int64_t);

int apr_pool_create_ex(apr_pool_t **, apr_pool_t *, void *, void *);
void apr_pool_destroy(apr_pool_t *);
void *apr_palloc(apr_pool_t *, size_t);
apr_table_t *apr_table_make(apr_pool_t *, int);
void apr_table_addn(apr_table_t *, const char *, const char *);
const apr_array_header_t *apr_table_elts(const apr_table_t *);
"""
WRITTEN = set(re.findall(r"(\w+)(?=;|\)\()", ABI))
"""The types that stand in ``ABI``."""
ONLY_IN_LISTS = ("oss_sub_cors_rule_t",)
"""Structs that no prototype names."""
INTEGERS = {(-(1 << 31), (1 << 31) - 1): "int32_t", (0, (1 << 32) - 1): "uint32_t", (0, (1 << 64) - 1): "uint64_t"}
PROTOTYPE = re.compile(r"(?P<returns>[\w ]+?[ *]+)(?P<name>\w+)\((?P<parameters>.*)\)")
NAMED = r"int|void|char|long|u?int\d+_t|size_t|oss_progress_callback|(?:aos|oss|apr|http)_\w+_[te]"
TYPE = rf"(?:const )?(?:{NAMED})(?: |$)[ *]*"
"""What a parameter or result may be; the others (variable arguments, other libraries' types, arrays) are left out."""


@cache
def prototype(name: str) -> str | None:
    """The C prototype at the start of a function's docstring; None where there is none, or cffi could not call it."""
    text = " ".join((inspect.getdoc(find(name)) or "").partition("\n\n")[0].split())
    found = PROTOTYPE.fullmatch(text)
    if found is None or found["name"] != name:
        return None
    kinds = [re.sub(r"\w+$", "", one.strip()) for one in found["parameters"].split(",") if one != "void"]
    return text if all(re.fullmatch(TYPE, kind) for kind in (found["returns"], *kinds)) else None


@cache
def parameters(name: str) -> dict[str, str]:
    """The C type of each parameter of a function."""
    found = PROTOTYPE.fullmatch(prototype(name) or "")
    if found is None or found["parameters"] in ("", "void"):
        return {}
    split = (re.fullmatch(r"(.*?)(\w+)", one.strip()) for one in found["parameters"].split(","))
    return {one[2]: " ".join(one[1].split()) for one in split if one is not None}


def declarations() -> str:
    """All types and prototypes, as ``ffi.cdef`` reads them."""
    names = (name for name in sdk_functions() if not name.startswith("apr_"))
    prototypes = [text for name in names if (text := prototype(name))]
    named = dict.fromkeys(re.findall(r"\b\w+_[te]\b", " ".join(prototypes)))
    kinds = {name: find(name) for name in named if name not in WRITTEN}
    structs: dict[str, type[CStruct]] = {}
    for kind in (*kinds.values(), *map(find, ONLY_IN_LISTS)):
        if isinstance(kind, type) and issubclass(kind, CStruct):
            _collect(kind, structs)
    simple = [name for name in kinds if name not in structs and not name.endswith(("int32_t", "int64_t", "size_t"))]
    lines = [f"typedef int {name};" if name.endswith("_e") else f"typedef struct {name} {name};" for name in simple]
    lines += [f"typedef {_tag(name)} {name};" for name in structs]
    lines += [f"{_tag(name)} {{ {_members(kind)} }};" for name, kind in structs.items()]
    return "\n".join([ABI, *lines, *(f"{text};" for text in prototypes)])


def _collect(kind: type[CStruct], found: dict[str, type[CStruct]]) -> None:
    """Adds a struct to those found: after the structs that it contains, before those that its pointers lead to."""
    if kind.__name__ in WRITTEN or kind.__name__ in found:
        return
    for item in kind.c_fields:
        if isinstance(item, StructField):
            _collect(item.kind, found)
    found[kind.__name__] = kind
    for pointed in _pointed(kind):
        _collect(pointed, found)


def _pointed(kind: type[CStruct]) -> Iterator[type[CStruct]]:
    for item in kind.c_fields:
        if isinstance(item, PointerField) and isinstance(item.kind, type) and issubclass(item.kind, CStruct):
            yield item.kind


def _tag(name: str) -> str:
    return f"{'union' if name.endswith('_u') else 'struct'} {name}"


def _members(kind: type[CStruct]) -> str:
    return " ".join(f"{_type_of(item)}{item.name};" for item in kind.c_fields if not item.python_only)


def _type_of(item: Field) -> str:
    if isinstance(item, StructField):
        return f"{item.kind.__name__} "
    if isinstance(item, TextField):
        return "char *"
    if isinstance(item, CallbackField):
        return "void *"
    if isinstance(item, PointerField):
        kind: Any = item.kind
        known = isinstance(kind, type) and (issubclass(kind, CStruct) or kind in (aos_pool_t, aos_table_t, apr_file_t))
        return f"{kind.__name__} *" if known else "void *"
    bounds: Any = item
    return INTEGERS.get((bounds.low, bounds.high), "int64_t") + " "
