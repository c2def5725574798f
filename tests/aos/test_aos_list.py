"""Intrusive lists, against a model and case by case."""

from __future__ import annotations

import copy
import gc
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos._c.lists import node_field
from aos._c.structs import CStruct, int32_field
from aos.aos_list import (
    aos_list_add_tail,
    aos_list_del,
    aos_list_empty,
    aos_list_entry,
    aos_list_for_each_entry,
    aos_list_for_each_entry_reverse,
    aos_list_for_each_entry_safe,
    aos_list_for_each_entry_safe_reverse,
    aos_list_get_first,
    aos_list_get_last,
    aos_list_head_init,
    aos_list_init,
    aos_list_movelist,
    aos_list_t,
)


class Item(CStruct):
    number = int32_field()
    node = node_field()
    second = node_field()


class Watched(Item):
    __slots__ = ("__weakref__",)


def item(number: int) -> Item:
    made = Item()
    made.number = number
    return made


def new_list(*numbers: int) -> tuple[aos_list_t, list[Item]]:
    head, items = aos_list_t(), [item(number) for number in numbers]
    aos_list_init(head)
    for entry in items:
        aos_list_add_tail(entry.node, head)
    return head, items


def numbers(head: aos_list_t) -> list[int]:
    return [entry.number for entry in aos_list_for_each_entry(Item, head, "node")]


def backward(head: aos_list_t) -> list[int]:
    return [entry.number for entry in aos_list_for_each_entry_reverse(Item, head, "node")]


def test_order_and_ends() -> None:
    head, items = new_list(1, 2, 3)
    assert (numbers(head), backward(head), [entry.number for entry in head]) == ([1, 2, 3], [3, 2, 1], [1, 2, 3])
    assert (len(head), aos_list_empty(head)) == (3, 0)
    assert aos_list_get_first(head, Item, "node") is items[0]
    assert aos_list_get_last(head, Item, "node") is items[2]
    assert aos_list_entry(items[1].node, Item, "node") is items[1]


@pytest.mark.parametrize("initialised", [False, True])
def test_an_empty_list(initialised: bool) -> None:
    head = aos_list_head_init(aos_list_t()) if initialised else aos_list_t()
    assert (numbers(head), backward(head), list(head), len(head), aos_list_empty(head)) == ([], [], [], 0, 1)
    assert aos_list_get_first(head, Item) is aos_list_get_last(head, Item) is None
    assert head
    other = aos_list_t()
    aos_list_movelist(head, other)
    assert (aos_list_empty(head), aos_list_empty(other)) == (1, 1)
    aos_list_add_tail(item(1).node, head)
    assert numbers(head) == [1]


def test_one_struct_in_two_lists() -> None:
    first, items = new_list(1, 2, 3)
    second = aos_list_t()
    aos_list_init(second)
    for entry in reversed(items):
        aos_list_add_tail(entry.second, second)
    aos_list_del(items[1].node)
    assert numbers(first) == [1, 3]
    assert [entry.number for entry in aos_list_for_each_entry(Item, second, "second")] == [3, 2, 1]


def test_a_removed_node_points_at_itself() -> None:
    head, items = new_list(1, 2)
    for _ in range(2):
        aos_list_del(items[0].node)
        assert items[0].node.next is items[0].node.prev is items[0].node
        assert numbers(head) == [2]
    aos_list_del(item(3).node)


def test_moving_forgets_what_was_there() -> None:
    one, _ = new_list(1, 2)
    other, _ = new_list(3)
    aos_list_movelist(one, other)
    assert (numbers(one), numbers(other), backward(other)) == ([], [1, 2], [2, 1])
    aos_list_movelist(one, other)
    assert numbers(other) == []


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        (aos_list_for_each_entry_safe, [1, 2, 3, 4]),
        (aos_list_for_each_entry_safe_reverse, [4, 3, 2, 1]),
        (lambda kind, head, member: iter(head), [1, 2, 3, 4]),
    ],
)
def test_the_safe_loops_allow_removal(loop: Any, expected: list[int]) -> None:
    head, _ = new_list(1, 2, 3, 4)
    seen = []
    for entry in loop(Item, head, "node"):
        seen.append(entry.number)
        aos_list_del(entry.node)
    assert (seen, aos_list_empty(head)) == (expected, 1)


@pytest.mark.parametrize("loop", [aos_list_for_each_entry, aos_list_for_each_entry_reverse])
def test_the_plain_loops_read_next_after_the_body(loop: Any) -> None:
    """What the body does to the following entry is seen."""
    head, items = new_list(1, 2, 3)
    seen = []
    for entry in loop(Item, head, "node"):
        seen.append(entry.number)
        if len(seen) == 1:
            aos_list_del(items[1].node)
    assert seen in ([1, 3], [3, 1])
    head, _ = new_list(1, 2)
    seen = []
    for entry in aos_list_for_each_entry(Item, head, "node"):
        seen.append(entry.number)
        if entry.number == 2:
            aos_list_add_tail(item(3).node, head)
    assert seen == [1, 2, 3]


def test_assigning_heads() -> None:
    """``*a = *b``: the pointers; an empty head stays an empty head of its own."""
    empty = aos_list_head_init(aos_list_t())
    head = aos_list_t()
    head.assign(empty)
    assert head.next is head.prev is head
    full, _ = new_list(1)
    twin = copy.copy(full)
    assert twin.next is full.next
    with pytest.raises(TypeError):
        head.assign(None)


def test_nodes_know_their_struct() -> None:
    entry = item(1)
    assert entry.node.owner is entry.second.owner is entry
    assert aos_list_t().owner is None


def test_nothing_is_kept_alive_for_ever() -> None:
    head, entry = aos_list_t(), Watched()
    aos_list_add_tail(entry.node, head)
    reference = weakref.ref(entry)
    del head, entry
    gc.collect()
    assert reference() is None


operations = st.lists(st.tuples(st.sampled_from(["add", "remove", "again", "move"]), st.integers(0, 9)), max_size=60)


@given(operations)
def test_against_a_model(steps: list[tuple[str, int]]) -> None:
    pool = [item(number) for number in range(10)]
    head, other = aos_list_t(), aos_list_t()
    aos_list_init(head)
    model: list[int] = []
    for what, number in steps:
        if what == "add" and number not in model:
            aos_list_add_tail(pool[number].node, head)
            model.append(number)
        elif what == "remove" and number in model:
            aos_list_del(pool[number].node)
            model.remove(number)
        elif what == "again" and number in model:
            aos_list_del(pool[number].node)
            aos_list_add_tail(pool[number].node, head)
            model.remove(number)
            model.append(number)
        elif what == "move":
            aos_list_movelist(head, other)
            head, other = other, head
        assert (numbers(head), backward(head), len(head)) == (model, model[::-1], len(model))
