"""C++'s algorithms on places: ``std::find_if(first, last, f)`` is ``find_if(first, last, f)``, places are ``ptr``."""

from __future__ import annotations

import copy
import functools
import heapq
import itertools
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from oss.c_runtime.cpp import key_of
from oss.c_runtime.pointers import ptr
from oss.c_runtime.structs import record

__all__ = [
    "accumulate",
    "adjacent_find",
    "back",
    "equal_range",
    "find_if",
    "find_if_not",
    "find_value",
    "inner_product",
    "lower_bound",
    "max_element",
    "min_element",
    "merged",
    "minmax_element",
    "next_permutation",
    "partial_sums",
    "partition",
    "precedes",
    "prev_permutation",
    "remove_if",
    "replace",
    "replace_if",
    "rotate",
    "set_difference",
    "set_symmetric_difference",
    "set_intersection",
    "set_union",
    "sort",
    "stable_partition",
    "span",
    "stored",
    "swap_ranges",
    "transformed",
    "unique",
    "upper_bound",
    "walked",
]


def span(first: ptr[Any], last: ptr[Any]) -> list[Any]:
    """Returns what is between two places."""
    return [first[index] for index in range(last - first)]


def stored(out: ptr[Any], values: Iterable[Any]) -> ptr[Any]:
    """Stores values from a place on, and returns the place behind them."""
    count = 0
    for count, value in enumerate(_own(out, values), 1):
        out[count - 1] = value
    return out + count


def _own(place: ptr[Any], values: Iterable[Any]) -> Iterable[Any]:
    """Values that stay what they are while others are stored: objects in an array are copied into."""
    return [copy.copy(value) for value in values] if type(getattr(place, "of", None)) is record else values


def walked(
    first: Any,
    last: Any,
    differs: Callable[[Any, Any], Any],
    pointed: Callable[[Any], Any],
    onward: Callable[[Any], Any],
) -> Iterator[Any]:
    """Gives what is between two places, which are objects of a class of the program with these operators."""
    while differs(first, last):
        yield pointed(first)
        onward(first)


def transformed(values: Iterable[Any], f: Callable[[Any], Any]) -> list[Any]:
    """Returns what a function makes of each value."""
    return [f(value) for value in values]


def find_value(first: ptr[Any], last: ptr[Any], value: Any) -> ptr[Any]:
    """Returns the first place of a value, or the end."""
    return find_if(first, last, lambda item: item == value)


def find_if(first: ptr[Any], last: ptr[Any], f: Callable[[Any], Any]) -> ptr[Any]:
    """Returns the first place for which a function is true, or the end."""
    return first + next((index for index, item in enumerate(span(first, last)) if f(item)), last - first)


def max_element(first: ptr[Any], last: ptr[Any], less: Callable[[Any, Any], Any] = operator.lt) -> ptr[Any]:
    """Returns the first place of the greatest value."""
    best = first
    for index, item in enumerate(span(first, last)):
        best = first + index if less(best[0], item) else best
    return best


def min_element(first: ptr[Any], last: ptr[Any], less: Callable[[Any, Any], Any] = operator.lt) -> ptr[Any]:
    """Returns the first place of the least value."""
    best = first
    for index, item in enumerate(span(first, last)):
        best = first + index if less(item, best[0]) else best
    return best


def lower_bound(first: ptr[Any], last: ptr[Any], value: Any, less: Callable[[Any, Any], Any] = operator.lt) -> ptr[Any]:
    """Returns the first place whose value is not less."""
    return find_if(first, last, lambda item: not less(item, value))


def upper_bound(first: ptr[Any], last: ptr[Any], value: Any, less: Callable[[Any, Any], Any] = operator.lt) -> ptr[Any]:
    """Returns the first place whose value is more."""
    return find_if(first, last, lambda item: less(value, item))


def equal_range(
    first: ptr[Any], last: ptr[Any], value: Any, less: Callable[[Any, Any], Any] = operator.lt
) -> tuple[ptr[Any], ptr[Any]]:
    """Returns the first place whose value is not less, and the first one whose value is more."""
    return lower_bound(first, last, value, less), upper_bound(first, last, value, less)


class back:
    """A place that goes backwards: what is there is before ``base``, as ``v.rbegin()`` is the last element."""

    __slots__ = ("base",)

    def __init__(self, base: Any) -> None:
        self.base = base

    def __getitem__(self, index: int) -> Any:
        return (self.base - (index + 1))[0]

    def __setitem__(self, index: int, value: Any) -> None:
        (self.base - (index + 1))[0] = value

    def __add__(self, count: int) -> back:
        return back(self.base - count)

    def __sub__(self, other: Any) -> Any:
        """``at - n`` is a place, ``at - other`` how many steps lead from the other one here."""
        return back(self.base + other) if isinstance(other, int) else other.base - self.base

    def __eq__(self, other: object) -> bool:
        return isinstance(other, back) and bool(other.base == self.base)

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: back) -> bool:
        return bool(other.base < self.base)

    def __gt__(self, other: back) -> bool:
        return other < self


def sort(first: ptr[Any], last: ptr[Any], less: Callable[[Any, Any], Any] = operator.lt) -> None:
    """Sorts what is between two places."""
    stored(first, sorted(span(first, last), key=key_of(less)))


def unique(first: ptr[Any], last: ptr[Any]) -> ptr[Any]:
    """Brings the values that differ from the one before to the front, and returns where they end."""
    items = span(first, last)
    return stored(first, [item for index, item in enumerate(items) if not index or item != items[index - 1]])


def remove_if(first: ptr[Any], last: ptr[Any], f: Callable[[Any], Any]) -> ptr[Any]:
    """Brings the values for which a function is false to the front, and returns where they end."""
    return stored(first, [item for item in span(first, last) if not f(item)])


def accumulate(values: Iterable[Any], start: Any, f: Callable[[Any, Any], Any] = operator.add) -> Any:
    """Returns what a function makes of all values, one after the other."""
    return functools.reduce(f, values, start)


def find_if_not(first: ptr[Any], last: ptr[Any], f: Callable[[Any], Any]) -> ptr[Any]:
    """Returns the first place for which a function is false, or the end."""
    return find_if(first, last, lambda item: not f(item))


def adjacent_find(first: ptr[Any], last: ptr[Any]) -> ptr[Any]:
    """Returns the first place whose value is also the next one, or the end."""
    items = span(first, last)
    place: ptr[Any] = first + next((at for at in range(len(items) - 1) if items[at] == items[at + 1]), len(items))
    return place


def rotate(first: ptr[Any], middle: ptr[Any], last: ptr[Any]) -> ptr[Any]:
    """Brings what is from a place on to the front, and returns where the rest begins."""
    stored(first, span(middle, last) + span(first, middle))
    place: ptr[Any] = first + (last - middle)
    return place


def partition(first: ptr[Any], last: ptr[Any], f: Callable[[Any], Any]) -> ptr[Any]:
    """Brings the values for which a function is true to the front, in the order that libstdc++ gives."""
    low, high = 0, last - first
    while True:
        while low != high and f(first[low]):
            low += 1
        if low == high:
            return first + low
        high -= 1
        while low != high and not f(first[high]):
            high -= 1
        if low == high:
            return first + low
        one, two = _own(first, (first[high], first[low]))
        first[low], first[high] = one, two
        low += 1


def stable_partition(first: ptr[Any], last: ptr[Any], f: Callable[[Any], Any]) -> ptr[Any]:
    """Brings the values for which a function is true to the front; their order stays."""
    rows = [(item, bool(f(item))) for item in span(first, last)]
    wanted = [item for item, chosen in rows if chosen]
    stored(first, wanted + [item for item, chosen in rows if not chosen])
    return first + len(wanted)


def replace(first: ptr[Any], last: ptr[Any], old: Any, new: Any) -> None:
    """Stores another value where one is."""
    replace_if(first, last, lambda item: item == old, new)


def replace_if(first: ptr[Any], last: ptr[Any], f: Callable[[Any], Any], new: Any) -> None:
    """Stores another value where a function is true."""
    stored(first, [new if f(item) else item for item in span(first, last)])


def swap_ranges(first: ptr[Any], last: ptr[Any], other: ptr[Any]) -> ptr[Any]:
    """Exchanges what is between two places with as much at another one."""
    kept, others = _own(first, span(first, last)), span(other, other + (last - first))
    stored(first, others)
    return stored(other, kept)


def minmax_element(
    first: ptr[Any], last: ptr[Any], less: Callable[[Any, Any], Any] = operator.lt
) -> tuple[ptr[Any], ptr[Any]]:
    """Returns the first place of the least value, and the last one of the greatest."""
    most = first
    for index, item in enumerate(span(first, last)):
        most = most if less(item, most[0]) else first + index
    return min_element(first, last, less), most


def _permuted(first: ptr[Any], last: ptr[Any], before: Callable[[Any, Any], Any]) -> int:
    items = span(first, last)
    at = next((at for at in range(len(items) - 2, -1, -1) if before(items[at], items[at + 1])), -1)
    if at >= 0:
        other = next(other for other in range(len(items) - 1, at, -1) if before(items[at], items[other]))
        items[at], items[other] = items[other], items[at]
    stored(first, items[: at + 1] + items[at + 1 :][::-1])
    return int(at >= 0)


def next_permutation(first: ptr[Any], last: ptr[Any]) -> int:
    """Stores the next order of the values, and returns 0 when it is the first one again."""
    return _permuted(first, last, operator.lt)


def prev_permutation(first: ptr[Any], last: ptr[Any]) -> int:
    """Stores the order of the values before this one, and returns 0 when it is the last one again."""
    return _permuted(first, last, operator.gt)


def partial_sums(values: Iterable[Any], of: Callable[[Any], Any] = lambda value: value) -> list[Any]:
    """Returns the sums of the values up to each, each made what the values are."""
    return list(itertools.accumulate(values, lambda one, other: of(one + other)))


def inner_product(values: Iterable[Any], others: ptr[Any], start: Any) -> Any:
    """Returns the sum of the products of values with others."""
    for index, value in enumerate(values):
        start += value * others[index]
    return start


def precedes(one: Any, other: Any) -> bool:
    """Whether a pair, a tuple or a list is less than another one, which asks ``<`` of their elements alone."""
    if not isinstance(one, (list, tuple)):
        return bool(one < other)
    for left, right in zip(one, other, strict=False):
        if precedes(left, right):
            return True
        if precedes(right, left):
            return False
    return len(one) < len(other)


def merged(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Returns the values of two sorted ranges in their order."""
    return list(heapq.merge(values, others))


def _both(values: Iterable[Any], others: Iterable[Any], *, one: bool, other: bool, both: bool) -> list[Any]:
    """What is in either of two sorted ranges, or in both."""
    left, right, found = list(values), list(others), []
    while left and right:
        if left[0] < right[0]:
            found += [left.pop(0)][: int(one)]
        elif right[0] < left[0]:
            found += [right.pop(0)][: int(other)]
        else:
            found += [left.pop(0)][: int(both)]
            right.pop(0)
    return found + left * one + right * other


def set_union(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Returns what is in either of two sorted ranges."""
    return _both(values, others, one=True, other=True, both=True)


def set_intersection(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Returns what is in both of two sorted ranges."""
    return _both(values, others, one=False, other=False, both=True)


def set_difference(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Returns what is in the first of two sorted ranges alone."""
    return _both(values, others, one=True, other=False, both=False)


def set_symmetric_difference(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Returns what is in one of two sorted ranges alone."""
    return _both(values, others, one=True, other=True, both=False)
