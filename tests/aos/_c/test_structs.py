"""C structs as classes: zeroed, copied as C copies, refusing what C's compiler would warn of."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from aos._c.lists import node_field
from aos._c.strings import string_field
from aos._c.structs import (
    CStruct,
    callback_field,
    index_of,
    int32_field,
    int64_field,
    pointer_field,
    struct_field,
    text_field,
    uint32_field,
    uint64_field,
)
from aos.aos_list import aos_list_add_tail, aos_list_empty, aos_list_init, aos_list_t
from aos.aos_string import aos_string_t


class Inner(CStruct):
    number = int32_field()
    name = string_field()


class Sample(CStruct):
    small = int32_field()
    large = int64_field()
    u_small = uint32_field()
    u_large = uint64_field()
    text = text_field()
    secret = text_field(secret=True)
    string = string_field()
    hidden = string_field(secret=True)
    inner = struct_field(Inner)
    other = pointer_field(Inner)
    anything = pointer_field(object)
    call = callback_field("call_pt")
    node = node_field()


class More(Sample):
    __slots__ = ("extra",)
    last = int32_field()


def test_a_new_struct_is_zeroed() -> None:
    x = Sample()
    assert (x.small, x.large, x.u_small, x.u_large) == (0, 0, 0, 0)
    pointers: list[Any] = [x.text, x.secret, x.other, x.anything, x.call, x.node.next, x.node.prev]
    assert pointers == [None] * 7
    assert (x.string.data, x.string.len, x.inner.number, x.inner.name.data) == (None, 0, 0, None)
    assert x.node.owner is x


def test_embedded_values_are_each_structs_own() -> None:
    one, other = Sample(), Sample()
    one.inner.number, one.string = 1, "a"
    assert (other.inner.number, other.string.data) == (0, None)
    assert one.node is not other.node


def test_an_unknown_field_is_an_error() -> None:
    for x in (Sample(), More()):
        with pytest.raises(AttributeError):
            x.smal = 1  # type: ignore[attr-defined]
    More().extra = 1  # type: ignore[attr-defined]


def test_assigning_copies_structs_and_shares_pointers() -> None:
    x, value = Sample(), Inner()
    value.number, value.name = 7, "seven"
    embedded = x.inner
    x.inner, x.other = value, value
    assert x.inner is embedded
    assert (x.inner.number, str(x.inner.name)) == (7, "seven")
    assert x.other is value
    value.number = 8
    assert (x.inner.number, x.other.number) == (7, 8)


def test_copy_is_cs_assignment() -> None:
    x = More()
    x.small, x.text, x.string, x.inner.number, x.other, x.last = 1, "a", "b", 2, Inner(), 3
    y = copy.copy(x)
    assert (y.small, y.text, str(y.string), y.inner.number, y.last) == (1, "a", "b", 2, 3)
    assert y.other is x.other
    assert y.inner is not x.inner
    y.inner.number, y.string = 9, "c"
    assert (x.inner.number, str(x.string)) == (2, "b")
    assert y.node.owner is y


@pytest.mark.parametrize("other", [Inner(), None, "text", More()])
def test_only_the_same_type_is_assigned(other: Any) -> None:
    with pytest.raises(TypeError):
        Sample().assign(other)


def test_identity_and_truth() -> None:
    one, other = Sample(), Sample()
    assert one
    assert one != other
    assert len({one, other, one}) == 2
    assert aos_list_t()


# ---- the kinds of fields ----


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("small", -(1 << 31), -(1 << 31)),
        ("small", (1 << 31) - 1, (1 << 31) - 1),
        ("large", (1 << 63) - 1, (1 << 63) - 1),
        ("u_small", -1, (1 << 32) - 1),
        ("u_small", 1 << 32, 0),
        ("u_large", -1, (1 << 64) - 1),
        ("u_large", (1 << 64) + 5, 5),
    ],
)
def test_integers(field: str, value: int, stored: int) -> None:
    x = Sample()
    setattr(x, field, value)
    assert getattr(x, field) == stored


@pytest.mark.parametrize(("field", "value"), [("small", 1 << 31), ("small", -(1 << 31) - 1), ("large", 1 << 63)])
def test_integers_that_do_not_fit(field: str, value: int) -> None:
    with pytest.raises(ValueError, match=field):
        setattr(Sample(), field, value)


@pytest.mark.parametrize("value", [1.0, True, "1", None, b"1"])
@pytest.mark.parametrize("field", ["small", "large", "u_small", "u_large"])
def test_what_is_no_integer(field: str, value: Any) -> None:
    with pytest.raises(TypeError, match=field):
        setattr(Sample(), field, value)


class Indexed:
    def __index__(self) -> int:
        return 5


def test_index_of() -> None:
    assert (index_of(3), index_of(Indexed())) == (3, 5)
    with pytest.raises(TypeError, match="part must be an int, not float"):
        index_of(1.5, "part")


@pytest.mark.parametrize(
    ("value", "stored"),
    [("a", "a"), ("", ""), (None, None), (b"b\0c", "b"), (bytearray(b"c"), "c"), (aos_string_t("d"), "d")],
)
def test_texts(value: Any, stored: str | None) -> None:
    x = Sample()
    x.text = value
    assert x.text == stored


def test_strings_by_value() -> None:
    x, given = Sample(), aos_string_t("é")
    x.string = given
    assert (x.string is given, x.string.data, x.string.len) == (False, "é", 2)
    x.string = None
    assert (x.string.data, x.string.len) == (None, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", 1), ("string", 1), ("other", Sample()), ("other", "x"), ("call", 1), ("inner", "x"), ("node", [])],
)
def test_the_wrong_type(field: str, value: Any) -> None:
    with pytest.raises(TypeError):
        setattr(Sample(), field, value)


def test_pointers_and_callbacks() -> None:
    x = Sample()
    x.anything, x.call, x.other = "whatever", print, None
    seen: list[Any] = [x.anything, x.call, x.other]
    assert seen == ["whatever", print, None]


def test_fields_are_declared_in_order() -> None:
    names = [item.name for item in More.c_fields]
    assert names[0] == "small"
    assert names[-1] == "last"
    assert len(names) == 14


def test_secrets_are_not_shown() -> None:
    x = Sample()
    x.secret, x.hidden, x.text = "top", "most", "plain"
    shown = repr(x)
    assert "top" not in shown
    assert "most" not in shown
    assert "text='plain'" in shown
    assert "secret=None" in repr(Sample())


def test_copying_a_node_keeps_its_owner() -> None:
    head, x = aos_list_t(), Sample()
    aos_list_init(head)
    aos_list_add_tail(x.node, head)
    twin = copy.copy(x)
    assert (twin.node.next, twin.node.prev) == (x.node.next, x.node.prev), "the pointers, as in C"
    assert twin.node.owner is twin
    assert not aos_list_empty(head)
    assert list(head) == [x]
