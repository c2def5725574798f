"""Pointers, arrays, structs and memory: what C does with them, and what ends in an exception here."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from aos.aos_buf import aos_buf_pack
from aos.aos_define import aos_ref_t
from aos.aos_string import aos_str_set, aos_string_t
from aos.apr_strings import apr_snprintf
from aos.apr_tables import apr_table_get, apr_table_make, apr_table_set
from oss.c_runtime.arrays import array, row
from oss.c_runtime.formatting import formatted
from oss.c_runtime.heap import calloc, free, malloc, realloc
from oss.c_runtime.numbers import Integer, bool_, char, double, int8_t, int32_t, uint8_t, uint16_t, uint32_t, void
from oss.c_runtime.pointers import cast, field, ptr, ref, string_at
from oss.c_runtime.string import memcmp, memcpy, memset, strcpy, strlen, strncpy
from oss.c_runtime.structs import assign, contain, outer_of, pointer, record, struct


class point_t(struct):
    def __init__(self, x: int = 0) -> None:
        self.x = x


class item_t(struct):
    by_value = ("name", "where", "rows")

    def __init__(self) -> None:
        self.name = array(char, 8)
        self.where = point_t()
        self.rows = array(row(int32_t, 2), 2)
        self.next: item_t | None = None


# ---- walking ----


def test_a_pointer_walks_and_leaves_its_copies_where_they_are() -> None:
    start = array(char, "abc")
    p = start
    p += 1
    assert (start[0], p[0], p[-1], p - start) == (97, 98, 97, 1)
    p -= 1
    assert p == start and hash(p) == hash(start) and p is not start
    assert 1 + start == start + 1


def test_pointers_of_one_block_have_an_order_and_null_is_before_all() -> None:
    a = array(char, 4)
    assert a < a + 1 <= a + 1 and a + 1 > a >= a
    assert a > None and a >= None and not a < None and not a <= None and a != None  # noqa: E711 - as C compares
    assert bool(a + 4), "what is after the last element is no NULL"
    with pytest.raises(ValueError, match="different blocks"):
        assert a < array(char, 4)
    with pytest.raises(ValueError, match="different blocks"):
        assert a - array(char, 4)


@pytest.mark.parametrize("index", [-1, 4, 100])
@pytest.mark.parametrize("of", [char, int32_t, double, pointer, point_t])
def test_outside_of_the_block_is_an_index_error(of: Any, index: int) -> None:
    a = array(of, 4)
    with pytest.raises(IndexError, match="of a block of"):
        a[index]
    with pytest.raises(IndexError, match="of a block of"):
        a[index] = point_t() if of is point_t else 0


def test_a_pointer_may_stand_outside_as_long_as_nothing_is_done_there() -> None:
    a = array(int32_t, [1, 2])
    assert (a - 1)[1] == 1 and (a + 2)[-1] == 2


@pytest.mark.parametrize("of", [char, int32_t, pointer])
def test_a_place_has_an_address(of: Any) -> None:
    a = array(of, 4)
    assert (a + 3).address - a.address == 3 * of.size and (a + 1).address == (a + 1).address
    assert str(formatted("%p", a + 1), "ascii") == hex((a + 1).address)


def test_a_pointer_is_no_list() -> None:
    with pytest.raises(TypeError):
        iter(array(char, "ab"))


def test_char_has_a_sign_and_bytes_may_be_seen_otherwise() -> None:
    a = array(char, [200, 1, 0, 0])
    assert a[0] == -56 and cast(a, uint8_t)[0] == 200 and cast(a, int8_t)[0] == -56
    assert cast(a, uint32_t)[0] == 456 and cast(a + 1, uint16_t)[0] == 1
    cast(a, uint16_t)[1] = 0x12345
    assert (a[2], a[3]) == (0x45, 0x23)
    assert cast(None, char) is None


def test_storing_converts() -> None:
    a = array(uint8_t, 2)
    a[0], a[1] = 300, -1
    assert (a[0], a[1]) == (44, 255)
    flags = array(bool_, [2])
    assert flags[0] == 1
    assert Integer(3, signed=False)(9) == 1


def test_a_float_that_no_integer_holds_is_refused() -> None:
    assert int32_t(-2.9) == -2
    with pytest.raises(OverflowError):
        uint8_t(300.0)


def test_an_array_of_arrays() -> None:
    m = array(row(int32_t, 4), 3)
    m[1][2] = 7
    assert cast(m, int32_t)[6] == 7 and (m + 1)[0][2] == 7 and (m + 2) - m == 2


# ---- texts ----


def test_literals() -> None:
    p = ptr("hé")
    assert (str(p), strlen(p), string_at(p + 1)) == ("hé", 3, b"\xc3\xa9")
    assert ptr("same") == ptr("same")
    with pytest.raises(TypeError):
        p[0] = 65


def test_a_text_without_a_nul_is_an_index_error() -> None:
    with pytest.raises(IndexError, match="without a NUL"):
        strlen(array(char, b"abc"))
    room = array(char, 3)
    with pytest.raises(IndexError):
        strcpy(room, "abc")
    assert str(strncpy(array(char, 4), "abc", 4)) == "abc"


@pytest.mark.parametrize(("content", "count", "there"), [("ab", 4, b"ab\0\0"), ("ab", 2, b"ab"), ("ab", None, b"ab\0")])
def test_arrays_of_characters(content: str, count: int | None, there: bytes) -> None:
    assert bytes(array(char, content, count).memory()) == there


def test_the_program_s_own_bytearray_and_list_have_addresses_too() -> None:
    block, numbers = bytearray(b"abc\0"), [1, 2, 3]
    ptr(block)[1] = 120
    ptr(numbers, 1)[1] = 9
    assert block == b"axc\0" and numbers == [1, 2, 9]


# ---- references ----


def test_addresses_of_locals_and_fields() -> None:
    n = ref(3)
    n.value += 1
    n[0] += 1
    point = point_t(4)
    x = field(point, "x")
    x.value += 1
    x[0] += 1
    assert (n.value, point.x) == (5, 6)
    assert x == field(point, "x") and x != field(point_t(), "x")
    for address in (n, x):
        with pytest.raises(IndexError):
            address[1]
    assert all(isinstance(address, aos_ref_t) for address in (n, x, array(int32_t, 1)))


def test_the_bytes_of_a_local() -> None:
    n = array(int32_t, [0])
    memcpy(n, b"\x01\x02\x00\x00", 4)
    assert n.value == 513
    assert memcmp(cast(n, char), b"\x01\x02\x00\x00", 4) == 0


# ---- structs ----


def test_structs_are_copied_with_what_they_hold_by_value() -> None:
    other = item_t()
    one = item_t()
    strcpy(one.name, "one")
    one.where.x, one.next, one.rows[1][1] = 3, other, 8
    twin = copy.copy(one)
    one.name[0], one.where.x, one.rows[1][1] = 88, 4, 9
    assert (str(twin.name), twin.where.x, twin.rows[1][1]) == ("one", 3, 8) and twin.next is other
    place = twin.name
    assign(twin, one)
    assert str(place) == "Xne", "the array is where it was"
    assert assign(twin, twin) is twin and str(twin.name) == "Xne"


class Link(struct):
    """A struct that stands in others."""

    def __init__(self) -> None:
        self.n = 0


class Item(struct):
    """A struct that is found by one that stands in it."""

    by_value = ("link",)

    def __init__(self) -> None:
        self.link = Link()
        contain(self, "link")


def test_a_struct_in_another_finds_it() -> None:
    """Also after it was copied, or another one was copied there."""
    one, other = Item(), Item()
    other.link.n = 5
    assign(one.link, other.link)
    twin = copy.copy(other)
    for item in (one, other, twin):
        assert item.link.n == 5 and outer_of(item.link, Item) is item
    assert outer_of(None, Item) is None


def test_a_variable_is_no_bytes() -> None:
    """Its address is seen as that of a number, not of its bytes."""
    n = ref(7)
    assert cast(n, int32_t).value == 7
    with pytest.raises(TypeError):
        cast(n, char)


def test_elements_of_an_array_of_structs_stay_where_they_are() -> None:
    items = array(point_t, 3)
    first = items[0]
    items[0] = point_t(5)
    assert first.x == 5 and items[0] is first
    memcpy(items + 1, items, 4) if items.of.size else items.__setitem__(1, items[0])
    assert items[1] is not first and items[1].x == 5


def test_memory_functions_on_structs_and_pointers_count_c_s_bytes() -> None:
    kind = record(point_t, 4)
    a, b = array(kind, [point_t(1), point_t(2)]), array(kind, 2)
    memcpy(b, a, 8)
    a[0].x = 9
    assert [b[0].x, b[1].x] == [1, 2]
    memset(b, 0, 8)
    assert [b[0].x, b[1].x] == [0, 0]
    names, others = array(pointer, ["x", None]), array(pointer, 2)
    memcpy(others, names, 16)
    assert others[0] == "x"
    with pytest.raises(TypeError, match="whole number"):
        memcpy(b, a, 6)
    with pytest.raises(TypeError, match="0 alone"):
        memset(b, 1, 8)


def test_structs_of_the_sdk() -> None:
    strings = array(aos_string_t, 2)
    strings[0] = aos_string_t("text")
    assert strings[0].data == "text"
    assert assign(aos_string_t(), strings[0]).len == 4


def test_objects_have_no_bytes() -> None:
    items = array(point_t, 1)
    assert cast(items, void) == items
    with pytest.raises(TypeError, match="no bytes"):
        cast(items, char)
    with pytest.raises(TypeError):
        cast(array(char, 4), pointer)


# ---- malloc and free ----


def test_freed_memory_cannot_be_used() -> None:
    p = malloc(4)
    copied, inside = p, p + 1
    free(p)
    for use in (
        lambda: copied[0],
        lambda: strlen(p),
        lambda: inside.memory(0),
        lambda: memset(p, 0, 1),
        p.memory,
    ):
        with pytest.raises(IndexError, match="freed"):
            use()
    with pytest.raises(ValueError, match="freed already"):
        free(p)


def test_only_what_malloc_gave_is_freed() -> None:
    free(None)
    for wrong in (array(char, 4), malloc(4) + 1, ptr("literal")):
        with pytest.raises(ValueError, match="not from malloc"):
            free(wrong)


def test_memory_of_a_type() -> None:
    numbers, items, names = malloc(3, int32_t), calloc(2, point_t), malloc(2, pointer)
    assert numbers[2] == 0 and isinstance(items[1], point_t) and names[1] is None
    assert bytes(calloc(2, 3).memory()) == bytes(6)


def test_realloc_keeps_what_is_there_and_ends_the_old() -> None:
    p = cast(malloc(2), char)
    p[0] = 7
    q = realloc(p, 4)
    assert q is not None and (q[0], q[3]) == (7, 0)
    with pytest.raises(IndexError, match="freed"):
        p[0]
    items = calloc(1, point_t)
    items[0].x = 3
    more = realloc(items, 2, point_t)
    assert more is not None and (more[0].x, more[1].x) == (3, 0)
    assert realloc(None, 2) is not None and realloc(more, 0) is None


# ---- the SDK takes them ----


def test_the_sdk_reads_and_fills_what_a_pointer_points_to() -> None:
    p = array(char, "--text") + 2
    text = aos_string_t()
    aos_str_set(text, p)  # type: ignore[arg-type]  # a pointer is for programs, whose types nobody checks
    assert (text.data, text.len) == ("text", 4)
    assert bytes(aos_buf_pack(None, p, 4)) == b"text"  # type: ignore[arg-type]
    table = apr_table_make(None, 1)
    apr_table_set(table, p, p)  # type: ignore[arg-type]
    assert apr_table_get(table, "text") == "text"
    room = array(char, 8)
    assert apr_snprintf(room + 1, 7, "%s", p) == 4  # type: ignore[arg-type]
    assert bytes(room.memory()) == b"\0text\0\0\0"


def test_the_sdk_does_not_fill_a_literal() -> None:
    with pytest.raises(TypeError):
        apr_snprintf(ptr("literal"), 3, "x")  # type: ignore[arg-type]
