"""``oss.c_runtime.unions``: members that share bytes, and pointers among them."""

from __future__ import annotations

import copy

import pytest

from oss.c_runtime.arrays import array
from oss.c_runtime.numbers import char, double, int32_t, uint8_t, uint16_t, uint64_t
from oss.c_runtime.pointers import cast
from oss.c_runtime.structs import assign, pointer
from oss.c_runtime.unions import member, place_of, shared


class point_t(shared, size=8):
    x = member(int32_t)
    y = member(int32_t, 4)


class named_t(shared, size=16):
    name = member(pointer)
    size = member(int32_t, 8)


class value_t(shared, size=16):
    i = member(int32_t)
    d = member(double)
    u = member(uint64_t)
    text = member(char, 0, 16)
    grid = member(uint16_t, 0, 2, 3)
    where = member(point_t)
    corners = member(point_t, 0, 2)
    low = member(uint8_t, bits=(1, 3))
    signed = member(int32_t, bits=(4, 3))
    name = member(pointer)
    names = member(pointer, 0, 2)
    named = member(named_t)


def test_numbers_are_read_as_other_numbers() -> None:
    value = value_t(d=1.0)
    assert value.u == 0x3FF0000000000000
    value.i = -2
    assert value.u == 0x3FF00000FFFFFFFE
    assert [value.text[index] for index in range(4)] == [-2, -1, -1, -1]
    value.grid[1][0] = 7
    assert value.where.y == 0x70000
    value.corners[1].x = 5
    assert value.text[8] == 5


def test_bit_fields_leave_the_other_bits() -> None:
    value = value_t(i=0xFF)
    value.low = 10
    value.signed = 12
    assert (value.low, value.signed, value.i) == (2, -4, 0b11000101)


def test_a_struct_in_a_union_is_one_object() -> None:
    value = value_t()
    assert value.where is value.where is not value.named
    kept = value.where
    value.i = 3
    assert kept.x == 3


def test_copies_have_bytes_of_their_own() -> None:
    value = value_t(name="text")
    other, part = copy.copy(value), copy.copy(value.named)
    value.name = None
    assert (other.name, value.u, part.size) == ("text", 0, 0)
    with pytest.raises(ValueError, match=r"named_t.name is read"):
        assert part.name
    value.corners[1] = point_t(x=1, y=2)
    assign(value.where, value.corners[1])
    assert (value.where.x, value.where.y) == (1, 2)


def test_a_pointer_is_there_as_long_as_its_bytes_are() -> None:
    text = array(char, "text")
    value = value_t(name=text)
    assert value.name is text
    for read in ("u", "i", "d", "low"):
        with pytest.raises(ValueError, match=rf"value_t.{read} is read, but value_t.name was written last"):
            getattr(value, read)
    value.text[0] += 1
    with pytest.raises(ValueError, match=r"value_t.name is read, but it is not what was written last"):
        assert value.name
    value.named.name = text
    with pytest.raises(ValueError, match=r"value_t.name is read"):
        assert value.name
    value.names[1] = text
    assert value.names[1] is text
    assert value_t().name is None


def test_the_address_of_a_member() -> None:
    value = value_t()
    place_of(value.where, "y").value = 3
    assert value.where.y == 3
    assert place_of(value, "i") == cast(value.text, int32_t) != place_of(value.where, "y")
    place_of(value, "name")[0] = "text"
    assert value.name == "text"


def test_members_are_inside_of_their_union() -> None:
    with pytest.raises(IndexError):
        assert value_t().corners[2].x
    with pytest.raises(IndexError):
        value_t().names[2] = None
