"""JSON read, built and printed as cJSON does it: what is expected here is what version 1.7.19 of that library gave."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oss.c_runtime.arrays import array
from oss.c_runtime.cjson import *
from oss.c_runtime.numbers import double, int32_t
from oss.c_runtime.pointers import ptr, string_at


def text(found: ptr[Any] | None) -> str:
    assert found is not None
    return string_at(found).decode()


def test_reading_and_printing() -> None:
    item = cJSON_Parse(
        ' {"a":[1,2.5,{"b":null}],"c":"x\\u00e9\\n\\ud83d\\ude00","d":{}, "e":true,"n":1e300,"l":[]} rest'
    )
    assert (
        text(cJSON_PrintUnformatted(item)) == '{"a":[1,2.5,{"b":null}],"c":"xé\\n😀","d":{},"e":true,"n":1e+300,"l":[]}'
    )
    lines = '{\n\t"a":\t[1, 2.5, {\n\t\t\t"b":\tnull\n\t\t}],\n\t"c":\t"xé\\n😀",\n\t"d":\t{\n\t},\n'
    assert text(cJSON_Print(item)) == lines + '\t"e":\ttrue,\n\t"n":\t1e+300,\n\t"l":\t[]\n}'


@pytest.mark.parametrize(
    ("wrong", "rest"),
    [
        ('{"a":tru}', "tru}"),
        ("[1,]", "]"),
        ('{"a" 1}', "1}"),
        ('["\\x"]', '\\x"]'),
        ('["\\ud800"]', '\\ud800"]'),
        ("[1", ""),
        ("", ""),
        ("nul", "nul"),
        ("[-]", "-]"),
    ],
)
def test_what_is_no_json_ends_somewhere(wrong: str, rest: str) -> None:
    assert cJSON_Parse(wrong) is None and text(cJSON_GetErrorPtr()) == rest
    assert cJSON_Parse("1") is not None and cJSON_GetErrorPtr() is None


def test_a_length_and_no_text_at_all() -> None:
    item = cJSON_ParseWithLength("12345", 2)
    assert item is not None and item.valueint == 12 and cJSON_Parse(None) is None


def test_looking_into() -> None:
    item = cJSON_Parse('{"Key":"text","n":-3.7,"big":1e20,"list":[1,2,3],"yes":true}')
    assert text(cJSON_GetStringValue(cJSON_GetObjectItem(item, "kEY"))) == "text"
    assert cJSON_GetObjectItemCaseSensitive(item, "key") is None and cJSON_HasObjectItem(item, "none") == 0
    number, big = cJSON_GetObjectItem(item, "n"), cJSON_GetObjectItem(item, "big")
    assert number is not None and (number.valueint, number.valuedouble) == (-3, -3.7)
    assert big is not None and big.valueint == 2147483647
    numbers = cJSON_GetObjectItem(item, "list")
    assert cJSON_GetArraySize(numbers) == 3 and cJSON_GetArrayItem(numbers, 3) is None
    second = cJSON_GetArrayItem(numbers, 1)
    assert second is not None and second.next is not None and second.next.valueint == 3 and second.next.next is None
    assert cJSON_IsTrue(cJSON_GetObjectItem(item, "yes")) and cJSON_IsBool(cJSON_GetObjectItem(item, "yes"))
    assert not cJSON_IsNumber(None) and math.isnan(cJSON_GetNumberValue(item))


def test_building_and_taking_out() -> None:
    item = cJSON_CreateObject()
    cJSON_AddStringToObject(item, "s", 'a"\x01')
    cJSON_AddNumberToObject(item, "n", 0.1)
    cJSON_AddBoolToObject(item, "t", 1)
    cJSON_AddNullToObject(item, "z")
    inside = cJSON_AddArrayToObject(item, "l")
    cJSON_AddItemToArray(inside, cJSON_CreateIntArray(array(int32_t, [1, 2]), 2))
    cJSON_AddItemToArray(inside, cJSON_CreateDoubleArray(array(double, [0.5]), 1))
    cJSON_AddItemToArray(inside, cJSON_CreateStringArray(["x"], 1))
    expected = '{"s":"a\\"\\u0001","n":0.1,"t":true,"z":null,"l":[[1,2],[0.5],["x"]]}'
    assert text(cJSON_PrintUnformatted(item)) == expected
    twin = cJSON_Duplicate(item, 1)
    cJSON_DeleteItemFromObject(item, "n")
    cJSON_DeleteItemFromArray(inside, 0)
    assert text(cJSON_PrintUnformatted(item)) == '{"s":"a\\"\\u0001","t":true,"z":null,"l":[[0.5],["x"]]}'
    assert text(cJSON_PrintUnformatted(twin)) == expected
    printed = cJSON_Print(item)
    cJSON_free(printed)
    cJSON_Delete(item)
    with pytest.raises(IndexError, match="freed"):
        text(printed)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1e15, "1e+15"), (123456789012, "123456789012"), (0.1 + 0.2, "0.3"), (6.579474601163e16, "6.579474601163e+16")],
)
def test_numbers(number: float, words: str) -> None:
    assert text(cJSON_PrintUnformatted(cJSON_CreateNumber(number))) == words
    assert text(cJSON_PrintUnformatted(cJSON_CreateNumber(math.nan))) == "null"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**31), 2**31 - 1)
    | st.integers(-(10**6), 10**6).map(lambda n: n / 1000)
    | st.text('aé\n"\\/😀'),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inside, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(JSON, st.booleans())
def test_what_python_writes_is_read_and_what_is_printed_python_reads(value: Any, ascii: bool) -> None:
    item = cJSON_Parse(json.dumps(value, ensure_ascii=ascii))
    for printed in (cJSON_Print(item), cJSON_PrintUnformatted(item)):
        assert json.loads(text(printed)) == value
