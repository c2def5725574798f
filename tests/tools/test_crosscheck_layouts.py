"""The structs that cffi is told of: C's fields in C's order, without those that only Python has."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cffi import FFI

from aos._c.structs import CStruct
from oss.tools.crosscheck.clib.declarations import WRITTEN, declarations
from oss.tools.crosscheck.replay.names import find
from oss.tools.explain.catalog import catalog

DECLARATIONS = declarations()
KINDS = {"_pt": "typedef void *{};", "_e": "typedef int {};", "_t": "typedef int64_t {};"}
"""How a type that only a field has is declared, by the end of its name."""
SIZES = {
    "aos_http_request_options_t": 80,
    "aos_status_t": 32,
    "oss_checkpoint_t": 176,
    "oss_config_t": 168,
    "oss_request_options_t": 24,
    "oss_resumable_clt_params_t": 32,
}
"""Bytes of the declared structs that have Python-only fields."""


def _declared(text: str) -> Any:
    ffi: Any = FFI()
    ffi.cdef(text)
    return ffi


FFI_OF_ALL = _declared(DECLARATIONS)
TYPEDEFS, _, _ = FFI_OF_ALL.list_types()
STRUCTS = sorted(
    name for name in set(TYPEDEFS) - WRITTEN if isinstance(kind := find(name), type) and issubclass(kind, CStruct)
)


def _layout(ffi: Any, name: str) -> tuple[int, list[tuple[str, int]]]:
    kind = ffi.typeof(name)
    return ffi.sizeof(kind), [(field, place.offset) for field, place in kind.fields]


@pytest.mark.parametrize("name", STRUCTS)
def test_the_layout_is_that_of_the_documented_fields(name: str) -> None:
    fields = [entry for key, entry in catalog().items() if key.startswith(f"{name}.") and entry.kind == "field"]
    members = " ".join(f"{entry.declaration};" for entry in fields)
    unknown = set(re.findall(r"\b\w+?(?:_pt|_e|_t)\b", members)) - set(TYPEDEFS)
    types = [KINDS["_" + kind.rpartition("_")[2]].format(kind) for kind in unknown if not re.match(r"u?int\d", kind)]
    tag = "union" if name.endswith("_u") else "struct"
    documented = _declared("\n".join([DECLARATIONS, *types, f"{tag} documented {{ {members} }};"]))
    assert _layout(FFI_OF_ALL, name) == _layout(documented, f"{tag} documented")


def test_python_only_fields_take_no_room() -> None:
    extended = {name for name in STRUCTS if any(item.python_only for item in getattr(find(name), "c_fields", ()))}
    assert {name: FFI_OF_ALL.sizeof(name) for name in extended} == SIZES
