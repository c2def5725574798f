"""``std::bind``: a lambda that has copies of what is given."""

from __future__ import annotations

from oss.tools.migrate.c_types import CType, Std
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_copies import has_owner
from oss.tools.migrate.cpp_types import boxes, is_string, plain
from oss.tools.migrate.nodes import Decl, Node, bare
from oss.tools.migrate.values import ATOM, Untranslatable, Value, stored

__all__ = ["bound"]


def _place(node: Node) -> int:
    """Which argument ``_1`` is; 0 for what is no placeholder."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    digits = inner.name.removeprefix("_")
    held = isinstance(inner.type, Std) and inner.type.name == "__place"
    return int(digits) if held and digits.isdigit() else 0


class _Kept:
    """What a bound function keeps, and what it is given."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.count = 0

    def name(self, place: int) -> str:
        self.count = max(self.count, place)
        return "abcd"[place - 1]

    def value(self, code: str) -> str:
        if code == "self" or code.replace(".", "", 1).isdigit() or (code[:1] == '"' and code.count('"') == 2):
            return code
        name = f"kept_{len(self.values) + 1}"
        self.values[name] = code
        return name

    def head(self) -> str:
        names = list("abcd"[: self.count])
        names += [f"{name}={code}" for name, code in self.values.items()]
        return ", ".join([*names[: self.count], "*_", *names[self.count :]])


def bound(write: CppAlgorithms, arguments: list[Node], kind: CType) -> Value:
    """``std::bind(f, x, _1)``: a lambda that has copies of what is given, and leaves out what nothing asks for."""
    if any(has_owner(plain(item.type)) and write.ends(plain(item.type)) for item in arguments[1:]):
        raise Untranslatable("a function that owns an object")
    function = bare(arguments[0])
    if function.kind == "unary" and function.name == "&":
        function = bare(function.kid(0))
    decl = function.decl if function.kind == "name" else None
    kept = _Kept()
    if decl is not None and decl.scope == "method" and not decl.static:
        rest = arguments[2:]
        called = f"{_owner(write, arguments[1], kept)}.{write.method_of(decl)}"
    else:
        rest = arguments[1:]
        own = write.context.uses.functions.get(function.name) if decl is not None and decl.scope == "function" else None
        decl = own
        if own is not None and own.system:
            raise Untranslatable("a function that is bound, and is not known")
        called = write.context.name(own) if own is not None else kept.value(write(arguments[0]).code)
    params: list[Decl | None] = list(decl.params) if decl is not None else [None] * len(rest)
    if len(params) != len(rest):
        raise Untranslatable("a function that is bound, with defaults")
    codes = [_given(write, argument, parameter, kept) for argument, parameter in zip(rest, params, strict=True)]
    return Value(f"lambda {kept.head()}: {called}({', '.join(codes)})", "std", 0, kind)


def _owner(write: CppAlgorithms, node: Node, kept: _Kept) -> str:
    """The object whose method is bound."""
    if place := _place(node):
        return kept.name(place)
    inner = bare(node)
    if inner.kind == "this":
        return "self"
    if inner.kind == "unary" and inner.name == "&":
        return kept.value(write.structure(inner.kid(0)))
    if inner.kind == "call" and bare(inner.kid(0)).name == "ref":
        return kept.value(write.structure(inner.kid(1)))
    return kept.value(stored(write.copied(node)).code)


def _given(write: CppAlgorithms, node: Node, parameter: Decl | None, kept: _Kept) -> str:
    """An argument of what is bound."""
    inner = bare(node)
    refers = inner.kind == "call" and bare(inner.kid(0)).name in ("ref", "cref")
    if place := _place(node):
        if parameter is not None and boxes(parameter.type):
            raise Untranslatable("a reference that is given to what is bound")
        return kept.name(place)
    if refers:
        return kept.value(write(node).code)
    if parameter is not None and boxes(parameter.type):
        raise Untranslatable("a reference to a copy that is bound")
    if parameter is not None and is_string(getattr(parameter.type, "to", parameter.type)):
        return kept.value(write.string(node).code)
    made = stored(write.copied(node))
    if made.form not in ("int", "float", "std", "object", "text", "bool"):
        raise Untranslatable("what is bound is not known")
    return kept.value(made.at(ATOM))
