"""The elements between two iterators of the program's own classes, for algorithms and for makers of containers."""

from __future__ import annotations

from oss.tools.migrate.c_types import BOOL, CType, Pointer, Struct
from oss.tools.migrate.cpp_makers import CppMakers
from oss.tools.migrate.cpp_read_ranges import operator_on
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import Decl, Node
from oss.tools.migrate.values import Untranslatable, stored

__all__ = ["walked"]


def walked(write: CppMakers, first: Node, last: Node) -> tuple[str, CType] | None:
    """What is between two iterators of a class of the program, and its type; None for others."""
    kind = plain(first.type)
    if not isinstance(kind, Struct) or kind.name not in write.context.program.classes:
        return None
    if plain(last.type) != kind or write.ends(kind):
        raise Untranslatable("places of such classes")
    at, end = (_local(write, word, kind, first) for word in ("at", "last"))
    kids = [Node("name", first.place, kind, name=decl.name, decl=decl) for decl in (at, end)]
    differs, behind = _asked(write, "!=", kids, BOOL), _asked(write, "*", kids[:1], kind)
    onward = _asked(write, "++", kids[:1], kind)
    of = plain(behind.type)
    if isinstance(of, Pointer):
        raise Untranslatable("pointers behind places of such classes")
    ends = [write.copied(node).code for node in (first, last)]
    codes = [_function(write, node, names, kind) for node, names in (
        (differs, [at.name, end.name]), (behind, [at.name]), (onward, [at.name]))]  # fmt: skip
    return f"walked({', '.join([*ends, *codes])})", of


def _local(write: CppMakers, word: str, kind: Struct, node: Node) -> Decl:
    decl = Decl(write.context.temporary(word), kind, "local", node.place)
    decl.python = decl.name
    return decl


def _asked(write: CppMakers, op: str, kids: list[Node], kind: CType) -> Node:
    """An operator on a place."""
    made = operator_on(op, kids, kind, write.context.program.classes, write.context.uses.functions.values())
    if made is None:
        raise Untranslatable(f"no counterpart of operator{op}")
    return made


def _function(write: CppMakers, node: Node, names: list[str], kind: Struct) -> str:
    """An operator as a function of the places that it is for."""
    with write.context.purely():
        code = stored(write(node)).code
    taken = ", ".join(names)
    if code.endswith(f"({taken})") and (name := code[: -len(taken) - 2]).isidentifier():
        return name
    if code == f"({names[0]} != ({names[-1]}))":
        return f"{kind.name}.__ne__"
    rest = ", ".join(names[1:])
    if code.startswith(f"{names[0]}.") and code.endswith(f"({rest})"):
        name = code[len(names[0]) + 1 : -len(rest) - 2]
        return f"{kind.name}.{name}" if name.isidentifier() else f"lambda {taken}: {code}"
    return f"lambda {taken}: {code}"
