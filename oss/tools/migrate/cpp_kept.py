"""Whether a program keeps places in a ``std::list`` while other elements come and go."""

from __future__ import annotations

from collections.abc import Iterable

from oss.tools.migrate.c_types import CType, Pointer, Ref, Std
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import Decl, Node, bare, walk

__all__ = ["keeps_places"]

_CHANGES = ("push_front", "emplace_front", "pop_front", "pop_back", "insert", "emplace", "erase", "clear", "splice",
            "remove", "remove_if", "sort", "reverse", "resize", "assign", "swap", "unique", "merge")  # fmt: skip


def keeps_places(fields: Iterable[Decl], functions: Iterable[Decl]) -> bool:
    """Whether a place may be used after a list was changed in another way than through that place."""
    if any(_of_list(field.type) for field in fields):
        return True
    rows = list(functions)
    changed = {row for row in rows if any(map(_changes, walk(row.body)))}
    return any(_function_keeps(row, changed) for row in rows)


def _of_list(kind: CType) -> bool:
    """Whether a type is, or has, a place in a list."""
    if isinstance(kind, (Ref, Pointer)):
        return _of_list(kind.to)
    return isinstance(kind, Std) and (kind.name == "__list_iterator" or any(map(_of_list, kind.of)))


def _changes(part: Node) -> bool:
    if part.kind == "operator" and part.name == "=" and part.decl is None:
        return _is_list(part.kid(0))
    return part.kind == "method" and part.decl is None and part.name in _CHANGES and _is_list(part.kid(0))


def _is_list(node: Node) -> bool:
    kind = plain(node.type)
    return isinstance(kind, Std) and kind.name == "list"


def _function_keeps(function: Decl, changed: set[Decl]) -> bool:
    """Whether a function has a place, and changes a list but by ``it = l.erase(it)``."""
    parts = list(walk(function.body))
    rows = [decl for part in parts for decl in part.decls]
    if any(_of_list(decl.type) and plain(decl.type) != decl.type for decl in rows):
        return True
    places = {decl for decl in rows if _of_list(decl.type)}
    if any(_of_list(decl.type) for decl in function.params) or any(
        not isinstance(plain(decl.type), Std) or plain(decl.type).name != "__list_iterator"  # type: ignore[union-attr]
        for decl in places
    ):
        return True
    if not places:
        return False
    stepping = {id(_erased(part)) for part in parts}
    calls = [bare(part.kid(0)).decl if part.kind == "call" else part.decl for part in parts
             if part.kind in ("call", "method", "construct", "operator")]  # fmt: skip
    return (
        len(places) > 1
        or any(_changes(part) and id(part) not in stepping for part in parts)
        or any(decl in changed for decl in calls if decl is not None)
    )


def _erased(part: Node) -> Node | None:
    """``l.erase(it)`` of ``it = l.erase(it)``."""
    if part.kind != "operator" or part.name != "=" or len(part.kids) != 2:
        return None
    made = bare(part.kid(1))
    while made.kind == "construct" and len(made.kids) == 1:
        made = bare(made.kid(0))
    if made.kind != "method" or made.name != "erase" or len(made.kids) != 2:
        return None
    place = bare(made.kid(1))
    while place.kind == "construct" and len(place.kids) == 1:
        place = bare(place.kid(0))
    return made if place.decl is bare(part.kid(0)).decl else None
