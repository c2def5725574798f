"""``qsort`` and ``bsearch`` of ``stdlib.h``, which ask a comparator of the program.

What a parameter is:

:param base: the array
:param count: how many elements it has
:param size: C's size of an element; of no account where elements are objects
:param compare: gets pointers to two elements; less than 0, 0, or more, as they are in order
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeAlias

from oss.c_runtime.pointers import Memory, pointer_of, ptr
from oss.c_runtime.structs import struct

Compare: TypeAlias = Callable[[Any, Any], int]

__all__ = ["bsearch", "qsort"]


def _steps(base: ptr[Any], size: int) -> int:
    """Returns how many places of the block an element takes."""
    return size if base.of.in_bytes else base.of.stride


def qsort(base: Memory, count: int, size: int, compare: Compare) -> None:
    """Sorts an array, by merging as glibc does: what compares equal stays in order."""
    first = pointer_of(base)
    step = _steps(first, size)
    content = first.block[first.at : first.at + count * step]
    if isinstance(content, list):
        content = [copy.copy(item) if isinstance(item, struct) else item for item in content]
    items: list[ptr[Any]] = [ptr(content, place * step, first.of) for place in range(count)]
    for place, item in enumerate(_merge_sorted(items, compare)):
        at = first.at + place * step
        if isinstance(content, list):
            for offset in range(step):
                first.of.leaf.store(first.block, at + offset, content[item.at + offset])
        else:
            first.block[at : at + step] = content[item.at : item.at + step]


def _merge_sorted(items: list[ptr[Any]], compare: Compare) -> list[ptr[Any]]:
    if len(items) <= 1:
        return items
    middle = len(items) // 2
    one, other = _merge_sorted(items[:middle], compare), _merge_sorted(items[middle:], compare)
    merged, a, b = [], 0, 0
    while a < len(one) and b < len(other):
        if compare(one[a], other[b]) <= 0:
            merged.append(one[a])
            a += 1
        else:
            merged.append(other[b])
            b += 1
    return merged + one[a:] + other[b:]


def bsearch(key: Any, base: Memory, count: int, size: int, compare: Compare) -> ptr[Any] | None:
    """Finds an element of a sorted array: a pointer to it, or None.

    :param key: what the comparator gets first
    """
    first = pointer_of(base)
    step = _steps(first, size)
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        item: ptr[Any] = ptr(first.block, first.at + middle * step, first.of)
        order = compare(key, item)
        if order == 0:
            return item
        if order < 0:
            high = middle
        else:
            low = middle + 1
    return None
