"""The cJSON library, as of 1.7.19: reading, building and printing JSON.

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

from oss.c_runtime.cjson_item import *
from oss.c_runtime.cjson_text import printed, read
from oss.c_runtime.heap import free
from oss.c_runtime.pointers import Text, pointer_of, ptr, string_at

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

# ---- reading ----

_error: ptr[Any] | None = None


def cJSON_Parse(text: Text | None) -> cJSON | None:
    """Reads JSON; None for what is none. What stands after it is of no account.

    :param text: the JSON
    """
    return None if text is None else _parse(text, string_at(text) + b"\0")


def cJSON_ParseWithLength(text: Text | None, size: int) -> cJSON | None:
    """Reads JSON of a given length; None for what is none.

    :param text: the JSON
    :param size: how many bytes
    """
    return None if text is None else _parse(text, string_at(text, size))


def _parse(place: Text, data: bytes) -> cJSON | None:
    global _error
    found, at = read(data)
    _error = None if found is not None else pointer_of(place) + at
    return found


def cJSON_GetErrorPtr() -> ptr[Any] | None:
    """Returns where the last text that was read ceased to be JSON."""
    return _error


# ---- printing ----


def cJSON_Print(item: cJSON | None) -> ptr[Any] | None:
    """Returns the JSON of an item, in lines, in memory that is to be freed."""
    text = None if item is None else printed(item, True)
    return None if text is None else kept(text)


def cJSON_PrintUnformatted(item: cJSON | None) -> ptr[Any] | None:
    """Returns the JSON of an item, without any space, in memory that is to be freed."""
    text = None if item is None else printed(item, False)
    return None if text is None else kept(text)


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
    return numbered(number)


def cJSON_CreateString(text: Text) -> cJSON:
    """Makes a text."""
    item = cJSON(cJSON_String)
    item.valuestring = kept(string_at(text))
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
    appended(array, item)
    return 1


def cJSON_AddItemToObject(object: cJSON | None, name: Text | None, item: cJSON | None) -> int:
    """Appends an item under a name: 1, or 0 where that cannot be."""
    if object is None or name is None or item is None or object is item:
        return 0
    item.string = kept(string_at(name))
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
    made.valuestring = None if item.valuestring is None else kept(string_at(item.valuestring))
    made.string = None if item.string is None else kept(string_at(item.string))
    for inside in item if deep else ():
        cJSON_AddItemToArray(made, cJSON_Duplicate(inside, deep))
    return made
