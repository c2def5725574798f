"""Heads and nodes of C's circular lists, and the fields of structs in which they stand."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic

from aos._c.structs import CStruct, PointerField, StructField, pointer_field

if TYPE_CHECKING:
    from typing_extensions import TypeVar  # which type checkers know without it being installed

    E = TypeVar("E", default=Any)
else:
    from typing import TypeVar

    E = TypeVar("E")

__all__ = ["ListField", "aos_list_t", "list_field", "node_field", "nodes"]


class aos_list_t(CStruct, Generic[E]):
    """``aos_list_t``: a list head, or the node embedded in an entry (then ``owner`` is that entry).

    A head is iterated over by ``for entry in head``; the body may remove the entry it is at. Type checkers know the
    entries of a struct's list, and those of an ``aos_list_t[oss_object_key_t]``.
    """

    next = PointerField["aos_list_t"](None, "aos_list_t *")
    """the next node; the head itself in an empty list"""
    prev = PointerField["aos_list_t"](None, "aos_list_t *")
    """the node before; the head itself in an empty list"""
    owner: PointerField[Any] = pointer_field(object, python_only=True)
    """the struct in which the node stands; None for a head of its own"""
    # What these are kept in. The functions on lists set the links without a field's check.
    _next: aos_list_t | None
    _prev: aos_list_t | None
    _owner: Any

    def __init__(self, owner: Any = None) -> None:
        self._next = self._prev = None
        self._owner = owner

    def __iter__(self) -> Iterator[E]:
        for node in nodes(self, safe=True):
            yield node._owner

    def __len__(self) -> int:
        return sum(1 for _ in nodes(self))

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<aos_list_t of {len(self)}>"

    def assign(self, other: object) -> None:
        """``*self = *other``: the pointers are copied, and an empty head stays an empty head."""
        if not isinstance(other, aos_list_t):
            raise TypeError(f"an aos_list_t cannot be assigned from {type(other).__name__}")
        if other.next is other:
            self._next = self._prev = self
        else:
            self.next, self.prev = other.next, other.prev


for _link in aos_list_t.c_fields:
    if isinstance(_link, PointerField) and not _link.python_only:
        _link.kind = aos_list_t  # which had no name yet when its fields were made


def nodes(head: aos_list_t, *, safe: bool = False, reverse: bool = False) -> Iterator[aos_list_t]:
    """Goes through the nodes after ``head``. The next one is read after the loop's body, with ``safe`` before it."""
    step = operator.attrgetter("_prev" if reverse else "_next")
    node = step(head)
    while node is not head and node is not None:
        following = step(node) if safe else None
        yield node
        node = following if safe else step(node)


class ListField(StructField[aos_list_t[E]]):
    """An embedded ``aos_list_t``, which knows the struct it stands in; a list's head knows the type of its entries."""

    def __init__(self, entries: type[E] | None) -> None:
        super().__init__(aos_list_t)
        self.entries = entries

    def description(self) -> str:
        said = super().description()
        return f"{said} (a list of ``{self.entries.__name__}``)".lstrip() if self.entries else said

    def make(self, instance: Any) -> aos_list_t[E]:
        return aos_list_t(instance)


def list_field(kind: type[E]) -> ListField[E]:
    """Declares the head of a list of ``kind``."""
    return ListField(kind)


def node_field() -> ListField[Any]:
    """Declares the node with which a struct stands in a list."""
    return ListField(None)
