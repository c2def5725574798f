"""Pointers that say how what they own is freed: ``std::unique_ptr<FILE, FileCloser>``, and functions that do it."""

from __future__ import annotations

from collections.abc import Iterable

from oss.tools.migrate.c_types import CType, Function, Pointer, Std, Struct
from oss.tools.migrate.nodes import Node, bare, walk
from oss.tools.migrate.values import ATOM, Untranslatable, Value

__all__ = ["Deleters", "frees"]

_WHY = "a pointer with a way to free it that is not known here"


def frees(kind: CType) -> bool:
    """Whether a type is that of a pointer that says how what it owns is freed."""
    return (
        isinstance(kind, Std)
        and kind.name == "unique_ptr"
        and len(kind.of) > 1
        and not (isinstance(kind.of[1], Std) and kind.of[1].name == "default_delete")
    )


class Deleters:
    """The functions that a program gives its pointers to free what they own."""

    def __init__(self, bodies: Iterable[Node | None]) -> None:
        self.given: dict[CType, list[Node]] = {}
        self.shared = False  # whether a pointer of several owners has one
        for part in (part for body in bodies for part in walk(body)):
            kids = [kid for kid in part.kids if kid is not None]
            if part.kind == "construct" and len(kids) == 2 and isinstance(part.type, Std):
                self.shared = self.shared or part.type.name == "shared_ptr"
                if frees(part.type):
                    self.given.setdefault(part.type, []).append(_function(kids[1]))
            if part.kind == "method" and part.name == "reset" and len(kids) == 3:
                self.shared = True

    def call(self, code: str, kind: Std) -> Node:
        """The call that frees what a pointer owns."""
        to, free = Pointer(kind.of[0]), kind.of[1]
        rows = self.given.get(kind, [])
        place = rows[0].place if rows else None
        value = Value(code, "object", ATOM, to)
        if isinstance(free, Struct):
            raise Untranslatable(_WHY)
        if not rows or place is None or len({row.decl for row in rows}) != 1 or rows[0].decl is None:
            raise Untranslatable(_WHY)
        argument = Node("written", place, to, [Node("name", place, to, name=code)], value=value)
        if isinstance(free, Pointer) and isinstance(free.to, Function):
            return Node("call", place, free.to.result, [rows[0], argument])
        return Node("operator", place, rows[0].type, [rows[0], argument], "()")


def _function(node: Node) -> Node:
    """The function that an argument is."""
    inner = bare(node)
    while (inner.kind == "construct" and len(inner.kids) == 1) or (inner.kind == "unary" and inner.name == "&"):
        inner = bare(inner.kid(0))
    return inner
