"""C++'s algorithms on places: ``std::find_if(first, last, f)`` is ``find_if(first, last, f)``, places are ``ptr``."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable
from typing import Any

from oss.c_runtime.cpp import key_of
from oss.c_runtime.pointers import ptr

__all__ = [
    "accumulate",
    "find_if",
    "find_value",
    "lower_bound",
    "max_element",
    "min_element",
    "remove_if",
    "sort",
    "span",
    "stored",
    "transformed",
    "unique",
    "upper_bound",
]


def span(first: ptr[Any], last: ptr[Any]) -> list[Any]:
    """Returns what is between two places."""
    return [first[index] for index in range(last - first)]


def stored(out: ptr[Any], values: Iterable[Any]) -> ptr[Any]:
    """Stores values from a place on, and returns the place behind them."""
    count = 0
    for count, value in enumerate(values, 1):
        out[count - 1] = value
    return out + count


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
