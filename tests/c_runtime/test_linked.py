"""``oss.c_runtime.linked``: places that stay what they are."""

from __future__ import annotations

import pytest

from oss.c_runtime.linked import linked


def test_a_place_stays_with_its_element() -> None:
    items = linked([1, 2, 3])
    two = items.first() + 1
    items.insert(0, 0)
    assert two[0] == 2 and two - items.first() == 2
    after = items.take(two)
    assert after[0] == 3 and list(items) == [0, 1, 3] and len(items) == 3
    with pytest.raises(IndexError):
        two[0]


def test_elements_move_with_their_places() -> None:
    items, others = linked([1, 2, 3]), linked([8, 9])
    three = items.end() - 1
    items.splice(items.first(), items, three)
    assert list(items) == [3, 1, 2] and three == items.first()
    items.splice(three, others)
    assert list(items) == [8, 9, 3, 1, 2] and not others and three[0] == 3
    items.splice(three, items, three)
    items.sort()
    items.reverse()
    assert list(items) == [9, 8, 3, 2, 1] and (three + 1)[0] == 2
    items.remove_if(lambda item: item % 2)
    assert items == linked([8, 2]) and list(reversed(items)) == [2, 8]


def test_the_ends() -> None:
    items = linked([5])
    items[0], items[-1] = 6, items[0] + 2
    assert items.pop() == 7 and items.first() == items.end()
    with pytest.raises(IndexError):
        items.end()[0]
