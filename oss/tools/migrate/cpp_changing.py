"""Function objects that change what they keep: a copy of one goes on by itself, as no function of Python does."""

from __future__ import annotations

from collections.abc import Iterable

from oss.tools.migrate.c_types import CType, Function, Ref, Std, Struct
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import ClassDef, Decl, Node, bare, declared, walk

__all__ = ["Changing", "kept_by_value"]

_RUNNERS = ("for_each", "generate", "generate_n", "transform", "sort", "stable_sort", "count_if", "find_if", "any_of",
            "all_of", "none_of", "accumulate", "remove_if", "copy_if")  # fmt: skip
"""What runs a function and keeps none."""


class Changing:
    """The lambdas and classes of a program whose calls change what they keep."""

    def __init__(self, classes: Iterable[ClassDef], bodies: Iterable[Node | None]) -> None:
        self.classes = {known.name: known for known in classes}
        self.parts = [part for body in bodies for part in walk(body)]
        self.lambdas = [part for part in self.parts if part.kind == "lambda"]
        self._asked: set[str] = set()
        self.found: set[int] = set()
        self.counts: set[int] = set()
        """How many values those that may be in a ``std::function`` are given."""
        self.any = any(map(_binds_object, self.parts))
        run = [kid for part in self.parts if _runs(part) for kid in part.kids if kid is not None]
        run += [part.kid(0) for part in self.parts if part.kind == "operator" and part.name == "()" and part.kids]
        put = [part.kid(0) for part in self.parts if _puts(part)]
        self._only_run, self._put_at_once = self._only_in(run), self._only_in([*run, *put])
        self._given_back = {id(_made(part.kid(0))) for part in self.parts if part.kind == "return" and part.kids}
        while more := {id(made) for made in self.lambdas if id(made) not in self.found and self._changes(made)}:
            self._add(more)

    def _add(self, more: set[int]) -> None:
        self.found |= more
        for made in self.lambdas:
            if id(made) in self.found - self._only_run:
                self.counts.add(len(made.decls))

    def _changes(self, made: Node) -> bool:
        kept = [*(made.value if isinstance(made.value, list) else []), *kept_by_value(made)]
        kept = [item for item in kept if not isinstance(item.type, Ref)]
        return bool(kept) and (made.changing or any(self.kind(item.type) for item in kept))

    def kind(self, kind: CType) -> bool:
        """Whether a copy of what is in a ``std::function``, or of a lambda, goes on by itself."""
        kind = plain(kind)
        if isinstance(kind, Struct):
            return self._has_one(kind.name)
        if not isinstance(kind, Std):
            return False
        if kind.name != "function":
            return any(map(self.kind, kind.of))
        if not kind.of:
            return bool(self.found - self._put_at_once)
        if self.any or not isinstance(kind.of[0], Function):
            return self.any
        count = len(kind.of[0].params)
        return count in self.counts or any(self._is_changing(known, count) for known in self.classes.values())

    def _is_changing(self, known: ClassDef, count: int) -> bool:
        """Whether an object of a class is a function of so many values, and a call changes it."""
        calls = [item for item in known.method("operator()") if isinstance(item.type, Function)]
        calls = [item for item in calls if len(item.params) == count]
        return bool(calls) and (any(map(_changed, calls)) or self._has_one(known.name))

    def _has_one(self, name: str) -> bool:
        """Whether a field of a class is a function object that changes what it keeps."""
        if name in self._asked or name not in self.classes:
            return False
        self._asked.add(name)  # while it is being asked
        try:
            fields: list[CType] = [Struct(base) for base in self.classes[name].bases]
            fields += [field.type for field in self.classes[name].fields if not field.static]
            return any(self.kind(field) for field in fields if not isinstance(field, Ref))
        finally:
            self._asked.discard(name)

    def value(self, node: Node) -> bool:
        """Whether a value is a function object that changes what it keeps."""
        inner = bare(node)
        kind = plain(inner.type)
        if not isinstance(kind, Std) or kind.name != "function":
            return False
        own = inner.decl if inner.decl is not None and inner.decl.scope in ("local", "param") else None
        if own is not None and id(inner) in self._given_back and not isinstance(own.type, Ref):
            return False  # for it moves
        made = _held(inner)
        return id(made) in self.found if made.kind == "lambda" else self.kind(kind)

    def _only_in(self, places: list[Node]) -> set[int]:
        """The lambdas that are nowhere but in some places, by themselves or by the name of a variable."""
        spots = {id(bare(kid)) for kid in places}
        names = {decl: False for made in self.lambdas for decl in kept_by_value(made)}
        for part in self.parts:
            if part.kind == "name" and part.decl is not None:
                names[part.decl] = names.get(part.decl, True) and id(part) in spots
        held = {
            id(bare(decl.init))
            for part in self.parts
            for decl in part.decls
            if decl.init is not None and decl.type == Std("function") and names.get(decl, True)
        }
        return {id(made) for made in self.lambdas if id(made) in spots | held}


def _changed(call: Decl) -> bool:
    """Whether the call of an object may change it."""
    steps = [part for part in walk(call.body) if part.kind in ("assign", "unary") and part.name not in ("-", "!", "*")]
    return not call.const or any(_of_this(part.kid(0)) for part in steps)


def _held(node: Node) -> Node:
    """The lambda that a variable has, where its type is that of the lambda; else the expression itself."""
    inner = bare(node)
    while inner.kind == "name" and inner.decl is not None and inner.decl.init is not None:
        if plain(inner.type) != Std("function"):
            break
        inner = bare(inner.decl.init)
    return inner


def _runs(part: Node) -> bool:
    name = bare(part.kid(0)) if part.kind == "call" else None
    return name is not None and name.name in _RUNNERS and (name.decl is None or name.decl.system)


def _puts(part: Node) -> bool:
    """Whether a ``std::function`` is made of something."""
    kind = part.type
    whole = part.kind == "construct" and len(part.kids) == 1 and part.kids[0] is not None
    return whole and isinstance(kind, Std) and kind.name == "function" and bool(kind.of)


def _binds_object(part: Node) -> bool:
    """Whether ``std::bind`` keeps an object."""
    if part.kind != "call" or bare(part.kid(0)).name != "bind":
        return False
    return any(kid is not None and isinstance(plain(kid.type), Struct) for kid in part.kids[1:])


def _made(node: Node) -> Node:
    """What a value is made of."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1 and inner.kids[0] is not None:
        inner = bare(inner.kid(0))
    return inner


def _of_this(node: Node) -> bool:
    inner = bare(node)
    while inner.kind in ("member", "index") and inner.kids:
        inner = bare(inner.kid(0))
    return inner.kind == "this"


def kept_by_value(node: Node) -> list[Decl]:
    """The variables around a lambda that it has copies of."""
    words = [word.strip() for word in node.name.split(",")]
    assert node.value is None or isinstance(node.value, list)
    fresh: list[Decl] = node.value or []
    inside = declared(node.kid(0))
    found: dict[Decl, None] = {}
    for part in walk(node.kid(0)):
        item = part.decl
        if part.kind != "name" or item is None or item.scope not in ("local", "param"):
            continue
        if item in node.decls or item in fresh or item in inside:
            continue
        if item.name in words or ("=" in words and f"&{item.name}" not in words):
            found[item] = None
    return list(found)
