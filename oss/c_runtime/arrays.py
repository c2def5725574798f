"""Arrays: what ``char a[64]``, ``int v[] = {1, 2}``, ``item_t items[3]`` and ``int m[3][4]`` are."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from aos._c.text import encode
from oss.c_runtime.numbers import Block, CType
from oss.c_runtime.pointers import ptr
from oss.c_runtime.structs import assign, record

T = TypeVar("T")

__all__ = ["array", "move_structs", "row", "type_of"]


class row(CType[ptr[Any]]):
    """An array as an element of another one: ``int m[3][4]`` is ``array(row(int32_t, 4), 3)``, then ``m[i][k]``."""

    def __init__(self, of: CType[Any], count: int) -> None:
        super().__init__(f"{of.name}[{count}]", of.size * count, of.stride * count)
        self.of, self.count, self.in_bytes, self.leaf = of, count, of.in_bytes, of.leaf

    def load(self, block: Any, at: int) -> ptr[Any]:
        return ptr(block, at, self.of)

    def store(self, block: Any, at: int, value: Any) -> None:
        """Puts so many elements there: a list of them, or another array; the others stay as they are."""
        place, last = ptr(block, at, self.of), self.count
        values = [value[index] for index in range(last)] if isinstance(value, ptr) else list(value)
        if len(values) > last:
            raise ValueError(f"{len(values)} elements for a row of {last}")
        for index, element in enumerate(values):
            place[index] = element

    def zeros(self, count: int) -> Block:
        return self.of.zeros(count * self.count)


def array(of: CType[T] | Callable[[], T], content: int | str | bytes | Iterable[T], count: int | None = None) -> ptr[T]:
    """Returns a pointer to a new array: of so many zeroed elements, or of these, the others up to ``count`` zeroed.

    ``int v[3]`` is ``array(int32_t, 3)``; ``int v[] = {1, 2}`` is ``array(int32_t, [1, 2])``; ``char s[8] = "ab"`` is
    ``array(char, "ab", 8)`` and ``char s[] = "ab"`` is ``array(char, "ab")``. A class stands for the structs it makes.
    """
    kind: CType[Any] = type_of(of)
    if isinstance(content, int):
        return ptr(kind.zeros(content), 0, kind)
    if isinstance(content, str):
        content = encode(content) + (b"" if count == len(encode(content)) else b"\0")
    values = list(content)
    if count is not None and count < len(values):
        raise ValueError(f"{len(values)} elements for an array of {count}")
    made: ptr[Any] = ptr(kind.zeros(len(values) if count is None else count), 0, kind)
    for index, value in enumerate(values):
        made[index] = value
    return made


def move_structs(dest: ptr[Any], src: ptr[Any], count: int) -> None:
    """Copies so many structs as ``memmove`` does: the places may overlap."""
    kept = [copy.copy(src[index]) for index in range(count)]
    for index, value in enumerate(kept):
        assign(dest[index], value)


def type_of(of: CType[Any] | Callable[[], Any]) -> CType[Any]:
    """Returns the type that is meant by a type, or by the class of a struct."""
    if isinstance(of, CType):
        return of
    in_bytes: CType[Any] | None = getattr(of, "as_element", None)
    return in_bytes or _record_of(of)


_record_of = functools.cache(record)
