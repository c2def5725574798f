"""Converts the port's values to the corpus' JSON, and recorded JSON to the same shape."""

from __future__ import annotations

from typing import Any

from aos._c.structs import CStruct
from aos.aos_list import aos_list_t
from aos.aos_string import aos_string_t
from oss.tools.crosscheck.replay.corpus import text_of
from oss.tools.crosscheck.replay.expect import ANYTHING

__all__ = ["canonical", "show"]


def show(value: Any) -> Any:
    """A value of the port as the corpus would write it, texts as str."""
    if isinstance(value, aos_string_t):
        return value.data
    if isinstance(value, aos_list_t):
        return _show_list(value)
    if isinstance(value, CStruct):
        return {f.name: show(getattr(value, f.name)) for f in value.c_fields if not (f.name == "node" or f.python_only)}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode("utf-8", "surrogateescape")
    if isinstance(value, list):
        return [show(item) for item in value]
    if value is None or isinstance(value, (int, str)):
        return value
    if hasattr(value, "items"):
        return [[key, text] for key, text in value.items()]
    if hasattr(value, "value"):  # an aos_ref_t
        return show(value.value)
    return "non-null"


def _show_list(head: aos_list_t) -> Any:
    """A list of structs, or the bytes of a list of buffers."""
    entries = list(head)
    if entries and hasattr(entries[0], "last"):
        return b"".join(bytes(entry) for entry in entries).decode("utf-8", "surrogateescape")
    return [show(entry) for entry in entries]


def canonical(value: Any) -> Any:
    """A recorded value in the shape of those from ``show``."""
    if isinstance(value, dict):
        if value.get("dangling_pointer"):
            return ANYTHING
        if value.get("uninitialized"):
            return None
        if "b64" in value or set(value) == {"seed", "size"}:
            return text_of(value)
        return {key: canonical(item) for key, item in value.items()}
    return [canonical(item) for item in value] if isinstance(value, list) else value
