"""The cJSON library, as of 1.7.15: reading, building and printing JSON.

Items are as in C: siblings by ``next`` and ``prev``, the first one inside by ``child``; texts are bytes behind a ptr,
and a number has both ``valuedouble`` and ``valueint``. ``cJSON_ArrayForEach`` is a loop along ``child`` and ``next``.

What a parameter is, unless a function says otherwise:

:param item: an item
:param array: an array
:param object: an object
:param name: name of an item in an object
:param index: place of an item in an array
:param number: value of the new item
:param text: value of the new item
:param truth: value of the new item
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from oss.c_runtime.convert import strtod
from oss.c_runtime.formatting import formatted
from oss.c_runtime.heap import free
from oss.c_runtime.numbers import char
from oss.c_runtime.pointers import Text, pointer_of, ptr, ref, string_at
from oss.c_runtime.string import strdup

__all__ = [
    "cJSON",
    "cJSON_AddArrayToObject",
    "cJSON_AddBoolToObject",
    "cJSON_AddFalseToObject",
    "cJSON_AddItemToArray",
    "cJSON_AddItemToObject",
    "cJSON_AddNullToObject",
    "cJSON_AddNumberToObject",
    "cJSON_AddObjectToObject",
    "cJSON_AddStringToObject",
    "cJSON_AddTrueToObject",
    "cJSON_Array",
    "cJSON_CreateArray",
    "cJSON_CreateBool",
    "cJSON_CreateDoubleArray",
    "cJSON_CreateFalse",
    "cJSON_CreateIntArray",
    "cJSON_CreateNull",
    "cJSON_CreateNumber",
    "cJSON_CreateObject",
    "cJSON_CreateString",
    "cJSON_CreateStringArray",
    "cJSON_CreateTrue",
    "cJSON_Delete",
    "cJSON_DeleteItemFromArray",
    "cJSON_DeleteItemFromObject",
    "cJSON_DetachItemFromArray",
    "cJSON_DetachItemFromObject",
    "cJSON_Duplicate",
    "cJSON_False",
    "cJSON_GetArrayItem",
    "cJSON_GetArraySize",
    "cJSON_GetErrorPtr",
    "cJSON_GetNumberValue",
    "cJSON_GetObjectItem",
    "cJSON_GetObjectItemCaseSensitive",
    "cJSON_GetStringValue",
    "cJSON_HasObjectItem",
    "cJSON_Invalid",
    "cJSON_IsArray",
    "cJSON_IsBool",
    "cJSON_IsFalse",
    "cJSON_IsInvalid",
    "cJSON_IsNull",
    "cJSON_IsNumber",
    "cJSON_IsObject",
    "cJSON_IsString",
    "cJSON_IsTrue",
    "cJSON_NULL",
    "cJSON_Number",
    "cJSON_Object",
    "cJSON_Parse",
    "cJSON_ParseWithLength",
    "cJSON_Print",
    "cJSON_PrintUnformatted",
    "cJSON_String",
    "cJSON_True",
    "cJSON_free",
]

cJSON_Invalid, cJSON_False, cJSON_True, cJSON_NULL, cJSON_Number = 0, 1, 2, 4, 8
cJSON_String, cJSON_Array, cJSON_Object = 16, 32, 64
_DEEPEST = 1000
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


def _kept(text: bytes) -> ptr[Any]:
    return ptr(strdup(text).block, 0, char)


# ---- reading ----


class _WrongError(Exception):
    """The text is no JSON; where it is not."""


class _Reader:
    """Reads a text from a place on; what is wrong is a _WrongError with the place where cJSON stops."""

    def __init__(self, text: bytes) -> None:
        self.text, self.at, self.depth = text, 3 if text.startswith(b"\xef\xbb\xbf") else 0, 0

    def skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at] <= 32:
            self.at += 1

    def here(self) -> bytes:
        return self.text[self.at : self.at + 1]

    def value(self) -> cJSON:
        for word, kind in ((b"null", cJSON_NULL), (b"false", cJSON_False), (b"true", cJSON_True)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                item = cJSON(kind)
                item.valueint = int(kind == cJSON_True)
                return item
        first = self.here()
        if first == b'"':
            item = cJSON(cJSON_String)
            item.valuestring = _kept(self.string())
            return item
        if first and first in b"-0123456789":
            return self.number()
        if first and first in b"[{":
            return self.items(first == b"{")
        raise _WrongError

    def number(self) -> cJSON:
        size = 0
        while size < 63 and self.at + size < len(self.text) and self.text[self.at + size] in b"0123456789+-eE.":
            size += 1
        digits, end = pointer_of(self.text[self.at : self.at + size]), ref[Any](None)
        value = strtod(digits, end)
        if end.value == digits:
            raise _WrongError
        self.at += end.value - digits
        return cJSON_CreateNumber(value)

    def string(self) -> bytes:
        """Reads a text in quotes; after a wrong one the place is where the wrong part begins."""
        if self.here() != b'"':
            self.at += self.at + 1 < len(self.text)
            raise _WrongError
        start = end = self.at + 1
        while end < len(self.text) and self.text[end] != 0x22:
            end += 2 if self.text[end] == 0x5C else 1
        if end >= len(self.text):
            self.at = start
            raise _WrongError
        found, self.at = bytearray(), start
        while self.at < end:
            found += self.escaped(end) if self.text[self.at] == 0x5C else self.plain(end)
        self.at = end + 1
        return bytes(found)

    def plain(self, end: int) -> bytes:
        stop = self.text.find(b"\\", self.at, end)
        start, self.at = self.at, end if stop < 0 else stop
        return self.text[start : self.at]

    def escaped(self, end: int) -> bytes:
        letter = self.text[self.at + 1 : self.at + 2]
        if letter == b"u":
            return self.code(end)
        known = dict(zip(b'bfnrt"\\/', b'\b\f\n\r\t"\\/', strict=True))
        if not letter or letter[0] not in known:
            raise _WrongError
        self.at += 2
        return bytes([known[letter[0]]])

    def hex(self, at: int, end: int) -> int:
        digits = self.text[at + 2 : at + 6]
        if end - at < 6:
            raise _WrongError
        return int(digits, 16) if all(digit in b"0123456789abcdefABCDEF" for digit in digits) else 0

    def code(self, end: int) -> bytes:
        """Reads ``\\uXXXX``, or two of them that are one character."""
        first, size = self.hex(self.at, end), 6
        if 0xDC00 <= first <= 0xDFFF:
            raise _WrongError
        if 0xD800 <= first <= 0xDBFF:
            if self.text[self.at + 6 : self.at + 8] != b"\\u":
                raise _WrongError
            second = self.hex(self.at + 6, end)
            if not 0xDC00 <= second <= 0xDFFF:
                raise _WrongError
            first, size = 0x10000 + ((first & 0x3FF) << 10 | second & 0x3FF), 12
        self.at += size
        return chr(first).encode()

    def items(self, named: bool) -> cJSON:
        """Reads what is between brackets."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _WrongError
        parent, close = cJSON(cJSON_Object if named else cJSON_Array), b"}" if named else b"]"
        self.at += 1
        self.skip()
        if self.here() != close:
            if self.at >= len(self.text):
                self.at -= 1
                raise _WrongError
            self.item(parent, named)
            while self.here() == b",":
                self.at += 1
                self.skip()
                self.item(parent, named)
            if self.here() != close:
                raise _WrongError
        self.at += 1
        self.depth -= 1
        return parent

    def item(self, parent: cJSON, named: bool) -> None:
        name = None
        if named:
            name = _kept(self.string())
            self.skip()
            if self.here() != b":":
                raise _WrongError
            self.at += 1
            self.skip()
        found = self.value()
        found.string = name
        cJSON_AddItemToArray(parent, found)
        self.skip()


_error: ptr[Any] | None = None


def cJSON_Parse(text: Text | None) -> cJSON | None:
    """Reads JSON; None for what is none. What stands after it is of no account.

    :param text: the JSON
    """
    return None if text is None else _parse(text, string_at(text))


def cJSON_ParseWithLength(text: Text | None, size: int) -> cJSON | None:
    """Reads JSON of a given length; None for what is none.

    :param text: the JSON
    :param size: how many bytes
    """
    return None if text is None else _parse(text, string_at(text, size))


def _parse(place: Text, data: bytes) -> cJSON | None:
    global _error
    _error = None
    reader = _Reader(data)
    reader.skip()
    try:
        return reader.value()
    except _WrongError:
        _error = pointer_of(place) + min(reader.at, max(len(data), 0))
        return None


def cJSON_GetErrorPtr() -> ptr[Any] | None:
    """Returns where the last text that was read ceased to be JSON."""
    return _error


# ---- printing ----


def cJSON_Print(item: cJSON | None) -> ptr[Any] | None:
    """Returns the JSON of an item, in lines, in memory that is to be freed."""
    text = None if item is None else _printed(item, True, 0)
    return None if text is None else _kept(text)


def cJSON_PrintUnformatted(item: cJSON | None) -> ptr[Any] | None:
    """Returns the JSON of an item, without any space, in memory that is to be freed."""
    text = None if item is None else _printed(item, False, 0)
    return None if text is None else _kept(text)


def _printed(item: cJSON, lines: bool, depth: int) -> bytes | None:
    kind = item.type & 0xFF
    simple = {cJSON_NULL: b"null", cJSON_False: b"false", cJSON_True: b"true"}.get(kind)
    if simple is not None:
        return simple
    if kind == cJSON_Number:
        return _number(item)
    if kind == cJSON_String:
        return _quoted(item.valuestring)
    if kind not in (cJSON_Array, cJSON_Object):
        return None
    rows = []
    for inside in item:
        text = _printed(inside, lines, depth + 1)
        if text is None:
            return None
        name = _quoted(inside.string) + (b":\t" if lines else b":") if kind == cJSON_Object else b""
        rows.append(name + text)
    if kind == cJSON_Array:
        return b"[" + (b", " if lines else b",").join(rows) + b"]"
    if not lines:
        return b"{" + b",".join(rows) + b"}"
    indented = b",\n".join(b"\t" * (depth + 1) + row for row in rows) + b"\n" * bool(rows)
    return b"{\n" + indented + b"\t" * depth + b"}"


def _number(item: cJSON) -> bytes:
    value = item.valuedouble
    if not math.isfinite(value):
        return b"null"
    if value == item.valueint:
        return b"%d" % item.valueint
    short = formatted("%1.15g", value)
    again = float(short)
    close = abs(again - value) <= max(abs(again), abs(value)) * 2.0**-52
    return short if close else formatted("%1.17g", value)


_ESCAPES = {0x22: b'\\"', 0x5C: b"\\\\", 8: b"\\b", 12: b"\\f", 10: b"\\n", 13: b"\\r", 9: b"\\t"}


def _quoted(text: ptr[Any] | None) -> bytes:
    data = b"" if text is None else string_at(text)
    return b'"' + b"".join(_ESCAPES.get(c, b"\\u%04x" % c if c < 32 else bytes([c])) for c in data) + b'"'


# ---- looking into ----


def cJSON_GetArraySize(array: cJSON | None) -> int:
    """Returns how many items there are inside."""
    return 0 if array is None else sum(1 for _ in array)


def cJSON_GetArrayItem(array: cJSON | None, index: int) -> cJSON | None:
    """Returns the item at a place, None where there is none."""
    if array is None or index < 0:
        return None
    return next((item for place, item in enumerate(array) if place == index), None)


def _find(object: cJSON | None, name: Text | None, same: Callable[[bytes], bytes]) -> cJSON | None:
    if object is None or name is None:
        return None
    wanted = same(string_at(name))
    return next((item for item in object if item.string is not None and same(string_at(item.string)) == wanted), None)


def cJSON_GetObjectItem(object: cJSON | None, name: Text | None) -> cJSON | None:
    """Returns the first item of a name without regard to ASCII case, None where there is none."""
    return _find(object, name, bytes.lower)


def cJSON_GetObjectItemCaseSensitive(object: cJSON | None, name: Text | None) -> cJSON | None:
    """Returns the first item of a name, None where there is none."""
    return _find(object, name, bytes)


def cJSON_HasObjectItem(object: cJSON | None, name: Text | None) -> int:
    """1 where an object has a name, without regard to ASCII case."""
    return int(cJSON_GetObjectItem(object, name) is not None)


def cJSON_GetStringValue(item: cJSON | None) -> ptr[Any] | None:
    """Returns the text of an item, None when it is no text."""
    return item.valuestring if cJSON_IsString(item) and item is not None else None


def cJSON_GetNumberValue(item: cJSON | None) -> float:
    """Returns the number of an item, NaN when it is no number."""
    return item.valuedouble if cJSON_IsNumber(item) and item is not None else math.nan


def _is(item: cJSON | None, *kinds: int) -> int:
    return int(item is not None and item.type & 0xFF in kinds)


def cJSON_IsInvalid(item: cJSON | None) -> int:
    """1 for an item without a type."""
    return _is(item, cJSON_Invalid)


def cJSON_IsFalse(item: cJSON | None) -> int:
    """1 for false."""
    return _is(item, cJSON_False)


def cJSON_IsTrue(item: cJSON | None) -> int:
    """1 for true."""
    return _is(item, cJSON_True)


def cJSON_IsBool(item: cJSON | None) -> int:
    """1 for true and false."""
    return _is(item, cJSON_True, cJSON_False)


def cJSON_IsNull(item: cJSON | None) -> int:
    """1 for null."""
    return _is(item, cJSON_NULL)


def cJSON_IsNumber(item: cJSON | None) -> int:
    """1 for a number."""
    return _is(item, cJSON_Number)


def cJSON_IsString(item: cJSON | None) -> int:
    """1 for a text."""
    return _is(item, cJSON_String)


def cJSON_IsArray(item: cJSON | None) -> int:
    """1 for an array."""
    return _is(item, cJSON_Array)


def cJSON_IsObject(item: cJSON | None) -> int:
    """1 for an object."""
    return _is(item, cJSON_Object)


# ---- building ----


def cJSON_CreateNull() -> cJSON:
    """Makes a null."""
    return cJSON(cJSON_NULL)


def cJSON_CreateTrue() -> cJSON:
    """Makes a true."""
    return cJSON(cJSON_True)


def cJSON_CreateFalse() -> cJSON:
    """Makes a false."""
    return cJSON(cJSON_False)


def cJSON_CreateBool(truth: int) -> cJSON:
    """Makes a true or a false."""
    return cJSON(cJSON_True if truth else cJSON_False)


def cJSON_CreateNumber(number: float) -> cJSON:
    """Makes a number; its ``valueint`` is the nearest there is."""
    item = cJSON(cJSON_Number)
    item.valuedouble = float(number)
    item.valueint = 0 if math.isnan(number) else int(max(-_INT_MAX - 1, min(number, _INT_MAX)))
    return item


def cJSON_CreateString(text: Text) -> cJSON:
    """Makes a text."""
    item = cJSON(cJSON_String)
    item.valuestring = _kept(string_at(text))
    return item


def cJSON_CreateArray() -> cJSON:
    """Makes an empty array."""
    return cJSON(cJSON_Array)


def cJSON_CreateObject() -> cJSON:
    """Makes an empty object."""
    return cJSON(cJSON_Object)


def _array(items: Iterator[cJSON]) -> cJSON:
    made = cJSON_CreateArray()
    for item in items:
        cJSON_AddItemToArray(made, item)
    return made


def cJSON_CreateDoubleArray(numbers: Any, count: int) -> cJSON:
    """Makes an array of numbers.

    :param numbers: pointer to them
    :param count: how many
    """
    return _array(cJSON_CreateNumber(numbers[place]) for place in range(count))


cJSON_CreateIntArray = cJSON_CreateDoubleArray


def cJSON_CreateStringArray(texts: Any, count: int) -> cJSON:
    """Makes an array of texts.

    :param texts: pointer to them
    :param count: how many
    """
    return _array(cJSON_CreateString(texts[place]) for place in range(count))


def cJSON_AddItemToArray(array: cJSON | None, item: cJSON | None) -> int:
    """Appends an item: 1, or 0 where that cannot be."""
    if array is None or item is None or array is item:
        return 0
    if array.child is None:
        array.child = item.prev = item
        item.next = None
    else:
        last = array.child.prev or array.child
        last.next, item.prev, array.child.prev = item, last, item
    return 1


def cJSON_AddItemToObject(object: cJSON | None, name: Text | None, item: cJSON | None) -> int:
    """Appends an item under a name: 1, or 0 where that cannot be."""
    if object is None or name is None or item is None or object is item:
        return 0
    item.string = _kept(string_at(name))
    return cJSON_AddItemToArray(object, item)


def _added(object: cJSON | None, name: Text, item: cJSON) -> cJSON | None:
    return item if cJSON_AddItemToObject(object, name, item) else None


def cJSON_AddNullToObject(object: cJSON | None, name: Text) -> cJSON | None:
    """Appends a null, and returns it."""
    return _added(object, name, cJSON_CreateNull())


def cJSON_AddTrueToObject(object: cJSON | None, name: Text) -> cJSON | None:
    """Appends a true, and returns it."""
    return _added(object, name, cJSON_CreateTrue())


def cJSON_AddFalseToObject(object: cJSON | None, name: Text) -> cJSON | None:
    """Appends a false, and returns it."""
    return _added(object, name, cJSON_CreateFalse())


def cJSON_AddBoolToObject(object: cJSON | None, name: Text, truth: int) -> cJSON | None:
    """Appends a true or a false, and returns it."""
    return _added(object, name, cJSON_CreateBool(truth))


def cJSON_AddNumberToObject(object: cJSON | None, name: Text, number: float) -> cJSON | None:
    """Appends a number, and returns it."""
    return _added(object, name, cJSON_CreateNumber(number))


def cJSON_AddStringToObject(object: cJSON | None, name: Text, text: Text) -> cJSON | None:
    """Appends a text, and returns it."""
    return _added(object, name, cJSON_CreateString(text))


def cJSON_AddObjectToObject(object: cJSON | None, name: Text) -> cJSON | None:
    """Appends an empty object, and returns it."""
    return _added(object, name, cJSON_CreateObject())


def cJSON_AddArrayToObject(object: cJSON | None, name: Text) -> cJSON | None:
    """Appends an empty array, and returns it."""
    return _added(object, name, cJSON_CreateArray())


# ---- taking out ----


def _detach(parent: cJSON | None, item: cJSON | None) -> cJSON | None:
    if parent is None or item is None:
        return None
    items = [inside for inside in parent if inside is not item]
    parent.child = item.next = item.prev = None
    for inside in items:
        inside.next = inside.prev = None
        cJSON_AddItemToArray(parent, inside)
    return item


def cJSON_DetachItemFromArray(array: cJSON | None, index: int) -> cJSON | None:
    """Takes an item out, and returns it."""
    return _detach(array, cJSON_GetArrayItem(array, index))


def cJSON_DetachItemFromObject(object: cJSON | None, name: Text) -> cJSON | None:
    """Takes an item out, and returns it."""
    return _detach(object, cJSON_GetObjectItem(object, name))


def cJSON_DeleteItemFromArray(array: cJSON | None, index: int) -> None:
    """Takes an item out, and ends it."""
    cJSON_Delete(cJSON_DetachItemFromArray(array, index))


def cJSON_DeleteItemFromObject(object: cJSON | None, name: Text) -> None:
    """Takes an item out, and ends it."""
    cJSON_Delete(cJSON_DetachItemFromObject(object, name))


def cJSON_Delete(item: cJSON | None) -> None:
    """Ends an item, those after it and those inside; their texts are freed."""
    while item is not None:
        cJSON_Delete(item.child)
        for text in (item.valuestring, item.string):
            if text is not None:
                free(text)
        following, item.child, item.valuestring, item.string, item.type = item.next, None, None, None, cJSON_Invalid
        item = following


def cJSON_free(text: ptr[Any] | None) -> None:
    """Frees a text that was printed.

    :param text: the text
    """
    free(text)


def cJSON_Duplicate(item: cJSON | None, deep: int) -> cJSON | None:
    """Copies an item, and those inside unless ``deep`` is 0.

    :param deep: whether to copy those inside
    """
    if item is None:
        return None
    made = cJSON(item.type)
    made.valueint, made.valuedouble = item.valueint, item.valuedouble
    made.valuestring = None if item.valuestring is None else _kept(string_at(item.valuestring))
    made.string = None if item.string is None else _kept(string_at(item.string))
    for inside in item if deep else ():
        cJSON_AddItemToArray(made, cJSON_Duplicate(inside, deep))
    return made
