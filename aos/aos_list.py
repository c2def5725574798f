"""Intrusive circular lists (``aos_list.h``).

A list is a head whose ``next``/``prev`` run through the nodes embedded in its entries; here each embedded
``aos_list_t`` knows the struct it stands in (``owner``), so ``aos_list_entry`` needs no pointer arithmetic.

Different from the C SDK: a head that was never initialised (``next`` is None) counts as empty instead of crashing,
and a head is iterable: ``for pos in head`` is the safe form of ``aos_list_for_each_entry``.

What a parameter is, unless a function says otherwise:

:param list: node to append
:param head: head of the list
:param ptr: the node, or the list's head
:param type: type of the struct
:param member: name of the struct's field that is the node
:param postp: C's loop variable; in Python the type of the entries
:param pos: C's node of the loop; in Python the iterator has it
:param n: C's node after that; in Python the iterator has it
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from aos._c.args import not_null
from aos._c.contract import ArgumentError, check_arguments
from aos._c.lists import aos_list_t, nodes

T = TypeVar("T")

__all__ = [
    "aos_list_add_tail",
    "aos_list_del",
    "aos_list_empty",
    "aos_list_entry",
    "aos_list_for_each_entry",
    "aos_list_for_each_entry_reverse",
    "aos_list_for_each_entry_safe",
    "aos_list_for_each_entry_safe_reverse",
    "aos_list_get_first",
    "aos_list_get_last",
    "aos_list_head_init",
    "aos_list_init",
    "aos_list_movelist",
    "aos_list_t",
]


def _entries(kind: type[T], head: aos_list_t[T], **how: bool) -> Iterator[T]:
    return (_entry(node, kind) for node in nodes(not_null(head, "head"), **how))


def aos_list_init(ptr: aos_list_t) -> None:
    """aos_list_init(ptr)

    Makes a head or node point at itself: an empty list.
    """
    ptr._next = ptr._prev = ptr


def aos_list_head_init(name: aos_list_t) -> aos_list_t:
    """aos_list_head_init(name)

    Makes a head an empty list, as C's static initialiser does. Returns the head.

    :param name: head that is made an empty list
    """
    aos_list_init(name)
    return name


def aos_list_add_tail(list: aos_list_t, head: aos_list_t) -> None:
    """void aos_list_add_tail(aos_list_t *list, aos_list_t *head)

    Appends the node ``list`` to the list at ``head``.
    """
    last = head.prev if head.next is not None else head
    list._prev, list._next = last, head
    last._next = head._prev = list


def aos_list_del(entry: aos_list_t) -> None:
    """void aos_list_del(aos_list_t *entry)

    Takes a node out of its list; the node points at itself afterwards.

    :param entry: node that leaves its list
    """
    if entry.next is not None:
        entry.prev._next, entry.next._prev = entry.next, entry.prev
    entry._next = entry._prev = entry


def aos_list_empty(head: aos_list_t) -> int:
    """int aos_list_empty(const aos_list_t *head)

    Returns 1 when the list has no entries, else 0.
    """
    return int(head.next is head or head.next is None)


def aos_list_movelist(list: aos_list_t, new_list: aos_list_t) -> None:
    """void aos_list_movelist(aos_list_t *list, aos_list_t *new_list)

    Moves the entries of ``list`` to ``new_list``; what ``new_list`` held before is forgotten.

    :param list: head of the list to empty
    :param new_list: head that gets the entries
    """
    if aos_list_empty(list):
        aos_list_init(new_list)
    else:
        new_list.next, new_list.prev = list.next, list.prev
        new_list.next.prev = new_list.prev.next = new_list
    aos_list_init(list)


def aos_list_entry(ptr: aos_list_t, type: type[T] | None = None, member: str = "node") -> T:
    """aos_list_entry(ptr, type, member)

    Returns the struct that a node stands in.
    """
    return _entry(ptr, type)


def _entry(node: aos_list_t, kind: type[T] | None) -> T:
    owner: T = node._owner
    if kind is not None and not isinstance(owner, kind):
        raise ArgumentError(f"the list must hold {kind.__name__}, not {type(owner).__name__}")
    return owner


def aos_list_get_first(list: aos_list_t[T], type: type[T], member: str = "node") -> T | None:
    """aos_list_get_first(list, type, member)

    Returns the first entry, None for an empty list.

    :param list: head of the list
    """
    return None if aos_list_empty(list) else _entry(list.next, type)


def aos_list_get_last(list: aos_list_t[T], type: type[T], member: str = "node") -> T | None:
    """aos_list_get_last(list, type, member)

    Returns the last entry, None for an empty list.

    :param list: head of the list
    """
    return None if aos_list_empty(list) else _entry(list.prev, type)


def aos_list_for_each_entry(postp: type[T], head: aos_list_t[T], member: str = "node") -> Iterator[T]:
    """aos_list_for_each_entry(postp, pos, head, member)

    Goes forward over the entries; the next node is read after the loop's body. Returns an iterator.
    """
    return _entries(postp, head)


def aos_list_for_each_entry_reverse(postp: type[T], head: aos_list_t[T], member: str = "node") -> Iterator[T]:
    """aos_list_for_each_entry_reverse(postp, pos, head, member)

    Goes backward over the entries; the next node is read after the loop's body. Returns an iterator.
    """
    return _entries(postp, head, reverse=True)


def aos_list_for_each_entry_safe(postp: type[T], head: aos_list_t[T], member: str = "node") -> Iterator[T]:
    """aos_list_for_each_entry_safe(postp, pos, n, head, member)

    Goes forward over the entries; the loop's body may remove the entry it is at. Returns an iterator.
    """
    return _entries(postp, head, safe=True)


def aos_list_for_each_entry_safe_reverse(postp: type[T], head: aos_list_t[T], member: str = "node") -> Iterator[T]:
    """aos_list_for_each_entry_safe_reverse(postp, pos, n, head, member)

    Goes backward over the entries; the loop's body may remove the entry it is at. Returns an iterator.
    """
    return _entries(postp, head, safe=True, reverse=True)


check_arguments(globals())
