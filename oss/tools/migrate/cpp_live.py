"""References to constants that show a change: ``const int &n`` of what a function sets while it still reads ``n``.

Python gives numbers and texts as values. Such a reference is made one that could be set, so that it is an object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from oss.tools.migrate.c_types import Function, Ref
from oss.tools.migrate.cpp_sets import LONGER
from oss.tools.migrate.cpp_types import boxes, is_string, plain
from oss.tools.migrate.nodes import SETTERS, STEPS, Decl, Node, Program, bare, walk

__all__ = ["follow_changes", "is_place"]

_TEXT = (*LONGER, "append", "replace")
_LOOPS = ("for", "while", "do", "foreach")
_CALLS = ("call", "method", "construct", "operator")
_PLACES = ("name", "member", "index")


def follow_changes(programs: Sequence[Program]) -> None:
    """Turns the references to constants of programs into what they must be in Python."""
    functions = [item for made in programs for item in _functions(made)]
    known = {id(item): item for item in functions}
    effects = _effects(functions, known)
    calls: dict[int, list[list[Node]]] = defaultdict(list)
    for caller in functions:
        for part in walk(caller.body):
            if (own := _called(part)) is not None and id(own) in known:
                calls[id(own)].append(_arguments(part))
    for function in functions:
        for index, parameter in enumerate(function.params):
            given = [row for row in calls[id(function)] if index < len(row)]
            rows = [key for row in given for key in _place_keys(row[index], [*row[:index], *row[index + 1 :]])]
            if _shows(function.body, parameter, rows, effects):
                parameter.type = Ref(plain(parameter.type))
        for part in walk(function.body):
            for decl in part.decls if part.kind == "declare" else ():
                if decl.init is not None and _shows(function.body, decl, _place_keys(decl.init), effects):
                    decl.type = Ref(plain(decl.type))


def _functions(made: Program) -> Iterator[Decl]:
    yield from (item for item in made.items if isinstance(item, Decl) and item.body is not None)
    yield from (item for known in made.classes.values() for item in known.methods if item.body is not None)


def _called(part: Node) -> Decl | None:
    if part.kind == "call" and part.kids:
        return bare(part.kid(0)).decl
    return part.decl if part.kind in _CALLS else None


def _arguments(part: Node) -> list[Node]:
    """The arguments of a call; an object that a method is called on may be one of what it sets."""
    kids = [kid for kid in part.kids if kid is not None]
    own = _called(part)
    return kids[-len(own.params) :] if own is not None and own.params else []


def _place_keys(node: Node, others: Sequence[Node] = ()) -> set[Hashable]:
    """What must be set for a place to be another one; nothing for a value, or a local that nobody else knows."""
    if not is_place(node):
        return set()
    inner = bare(node)
    kind = plain(inner.type)
    if inner.kind == "name" and inner.decl is not None and not isinstance(inner.decl.type, Ref):
        if inner.decl.scope in ("global", "static"):
            return {inner.decl, kind}
        shared = any(part.decl is inner.decl for other in others for part in walk(other))
        return {inner.decl, kind} if shared else {inner.decl}
    return {(inner.kind == "member" and inner.name) or "", kind}


def is_place(node: Node) -> bool:
    """Whether an argument is a place, not a value that is made for a reference."""
    inner = bare(node)
    if plain(node.type) != plain(inner.type):
        return False
    if inner.kind == "cond":
        return is_place(inner.kid(1)) and is_place(inner.kid(2))
    own = _called(inner)
    if own is not None and isinstance(own.type, Function):
        return isinstance(own.type.result, Ref)
    if inner.kind == "method":
        return inner.name in ("at", "front", "back", "top", "value")
    return inner.kind in _PLACES or (inner.kind in ("operator", "unary") and inner.name in ("[]", "*"))


def _set_here(part: Node) -> Node | None:
    """The place that a node sets."""
    if part.kind == "assign" or (part.kind == "unary" and part.name in STEPS):
        return part.kid(0)
    if part.kind == "operator" and part.decl is None and part.name in SETTERS:
        return part.kid(0)
    if part.kind == "method" and part.decl is None and part.name in _TEXT and is_string(plain(part.kid(0).type)):
        return part.kid(0)
    return None


def _set_keys(part: Node) -> set[Hashable]:
    """What a node sets: a variable, a field, or whatever has a type."""
    target = _set_here(part)
    if target is None:
        return set()
    inner = bare(target)
    if inner.kind == "name" and inner.decl is not None and not isinstance(inner.decl.type, Ref):
        return {inner.decl}
    if inner.kind == "member":
        return {inner.name}
    return {plain(inner.type)}


def _effects(functions: Sequence[Decl], known: dict[int, Decl]) -> dict[int, set[Hashable]]:
    """What each function sets, by itself or by what it calls."""
    found = {id(item): {key for part in walk(item.body) for key in _set_keys(part)} for item in functions}
    calls = {
        id(item): {id(own) for part in walk(item.body) if (own := _called(part)) is not None} for item in functions
    }
    grown = True
    while grown:
        before = sum(map(len, found.values()))
        for name, others in calls.items():
            found[name].update(*(found[other] for other in others if other in known))
        grown = sum(map(len, found.values())) > before
    return found


def _shows(
    body: Node | None, decl: Decl, places: Sequence[Hashable] | set[Hashable], effects: dict[int, set[Hashable]]
) -> bool:
    """Whether a reference is read behind a statement that may set what it leads to."""
    wanted = set(places)
    kind = decl.type
    if not wanted or not isinstance(kind, Ref) or not kind.const or kind.rvalue or not boxes(Ref(kind.to)):
        return False
    parts = list(walk(body))
    read = [index for index, part in enumerate(parts) if part.kind == "name" and part.decl is decl]
    for index, part in enumerate(parts):
        own = _called(part)
        keys = _set_keys(part) | (effects.get(id(own), set()) if own is not None else set())
        if wanted & keys:
            end = index + sum(1 for _ in walk(part))
            if (read and read[-1] >= end) or any(_around(loop, part, parts, read) for loop in parts):
                return True
    return False


def _around(loop: Node, part: Node, parts: Sequence[Node], read: Sequence[int]) -> bool:
    """Whether a loop has both what sets and what reads."""
    if loop.kind not in _LOOPS:
        return False
    within = {id(inner) for inner in walk(loop)}
    return id(part) in within and any(id(parts[index]) in within for index in read)
