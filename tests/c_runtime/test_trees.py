"""``oss.c_runtime.trees``: maps and sets with an order of their own."""

from __future__ import annotations

import pytest

from oss.c_runtime.trees import multimap, multiset, ordered_map, ordered_set


def test_keys_are_the_same_where_neither_is_less() -> None:
    items = ordered_map(lambda a, b: a.lower() < b.lower())
    items["B"] = 1
    items["b"] = 2
    assert items.setdefault("a", 0) == 0 and items.items() == [("a", 0), ("B", 2)]
    place, new = items.insert("A", 9)
    assert place.value == "a" and not new and "b" in items and items["b"] == 2
    assert items.erase("A") == 1 and items.count("a") == 0
    with pytest.raises(KeyError):
        items["a"]


def test_a_key_may_be_there_twice() -> None:
    items = multimap(None, [(2, "b"), (1, "a"), (2, "c")])
    first, last = items.equal_range(2)
    assert [(first + step).second for step in range(last - first)] == ["b", "c"]
    assert items.take(first).second == "c" and items.erase(2) == 1 and len(items) == 1
    numbers = multiset(lambda a, b: a > b, [1, 3, 3])
    assert list(numbers) == [3, 3, 1] and numbers.count(3) == 2 and (numbers.end() - 1)[0] == 1


def test_a_place_stays_while_others_come_and_go() -> None:
    items = ordered_set(None, [5, 9])
    nine = items.find(9)
    items.update([7, 1])
    assert nine.value == 9 and nine - items.first() == 3 and (nine + 1) == items.end()
    assert items.lower_bound(6).value == 7 and items.upper_bound(9) == items.end()
    with pytest.raises(IndexError):
        _ = items.end().value
