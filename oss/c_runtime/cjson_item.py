"""An item of the cJSON library, and what its reader and its other functions do with one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from oss.c_runtime.numbers import char
from oss.c_runtime.pointers import ptr
from oss.c_runtime.string import strdup

__all__ = [
    "cJSON",
    "cJSON_Array",
    "cJSON_False",
    "cJSON_Invalid",
    "cJSON_NULL",
    "cJSON_Number",
    "cJSON_Object",
    "cJSON_String",
    "cJSON_True",
    "appended",
    "kept",
    "numbered",
]

cJSON_Invalid, cJSON_False, cJSON_True, cJSON_NULL, cJSON_Number = 0, 1, 2, 4, 8
cJSON_String, cJSON_Array, cJSON_Object = 16, 32, 64
_INT_MAX = 2147483647


class cJSON:
    """An item."""

    def __init__(self, type: int = cJSON_Invalid) -> None:
        self.type = type
        self.next: cJSON | None = None
        self.prev: cJSON | None = None
        self.child: cJSON | None = None
        self.valuestring: ptr[Any] | None = None
        self.string: ptr[Any] | None = None
        self.valueint, self.valuedouble = 0, 0.0

    def __iter__(self) -> Iterator[cJSON]:
        """Yields the items inside."""
        item = self.child
        while item is not None:
            yield item
            item = item.next


def kept(text: bytes) -> ptr[Any]:
    """Returns a text in memory that is to be freed."""
    return ptr(strdup(text).block, 0, char)


def numbered(number: float) -> cJSON:
    """Makes a number; its ``valueint`` is the nearest there is."""
    item = cJSON(cJSON_Number)
    item.valuedouble = float(number)
    item.valueint = 0 if math.isnan(number) else int(max(-_INT_MAX - 1, min(number, _INT_MAX)))
    return item


def appended(parent: cJSON, item: cJSON) -> cJSON:
    """Appends an item, and returns it."""
    if parent.child is None:
        parent.child = item.prev = item
        item.next = None
    else:
        last = parent.child.prev or parent.child
        last.next, item.prev, parent.child.prev = item, last, item
    return item
