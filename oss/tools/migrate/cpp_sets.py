"""What sets a variable, or a part of it."""

from __future__ import annotations

from oss.tools.migrate.c_types import Array, CType, Pointer, Ref, Std
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import SETTERS, STEPS, Decl, Node, bare, walk

__all__ = ["LONGER", "changes", "sets", "sets_elements"]

LONGER = ("push_back", "emplace_back", "pop_back", "erase", "insert", "clear", "resize", "emplace", "push_front",
          "emplace_front", "pop_front", "assign", "splice", "remove", "remove_if", "swap", "push", "pop")  # fmt: skip
"""Methods that make a container longer or shorter."""

_ASKING = ("size", "length", "empty", "c_str", "find", "rfind", "substr", "compare", "count", "find_first_of",
           "find_last_of", "find_first_not_of", "find_last_not_of")  # fmt: skip
_SETTING = ("getline", "get", "read", "swap", "exchange", "tie", "ref", "move", "iota", "sort", "fill", "reverse")


def _given(part: Node, decl: Decl) -> bool:
    """Whether a call may set a variable that it is given."""
    if part.kind == "operator" and part.name == ">>" and len(part.kids) == 2:
        return bare(part.kid(1)).decl is decl
    if part.kind == "unary" and part.name == "&":
        return bare(part.kid(0)).decl is decl
    if part.kind not in ("call", "method", "construct", "operator"):
        return False
    function = bare(part.kid(0)).decl if part.kind == "call" and part.kids else part.decl
    arguments = part.kids if part.kind == "construct" else part.kids[1:]
    places = [index for index, kid in enumerate(arguments) if kid is not None and bare(kid).decl is decl]
    if not places:
        return False
    if function is None or function.system or function.scope not in ("function", "method"):
        name = bare(part.kid(0)).name if part.kind == "call" else part.name
        return part.kind in ("call", "method") and name in _SETTING
    kinds = [item.type for item in function.params]
    return any(index < len(kinds) and isinstance(kinds[index], Ref) and not _const(kinds[index]) for index in places)


def _const(kind: CType) -> bool:
    return isinstance(kind, Ref) and kind.const


def changes(part: Node, decl: Decl) -> bool:
    """Whether a method that may change what it is called on is called on a part of a variable."""
    if part.kind != "method" or not any(inner.decl is decl for inner in walk(part.kid(0)) if inner.kind == "name"):
        return False
    return part.name in LONGER if part.decl is None else not part.decl.const


def sets(part: Node, decl: Decl) -> bool:
    """Whether a node sets a variable, or a part of it."""
    if _given(part, decl):
        return True
    if (
        part.kind == "assign"
        or (part.kind == "unary" and part.name in STEPS)
        or (part.kind == "operator" and part.name in ("=", "+=", "++", "--"))
    ):
        target = bare(part.kid(0))
        while target.kind in ("member", "index", "operator") and target.kids:
            target = bare(target.kid(0))
        return target.decl is decl
    asks = part.decl is None and part.name in _ASKING
    return part.kind == "method" and not asks and bare(part.kid(0)).decl is decl


def sets_elements(owner: Node, of: CType, body: Node | None) -> bool:
    """Whether the body of a loop over a container may set elements by other names than the loop's variable."""
    among = {part.decl for part in walk(owner) if part.decl is not None and part.kind in ("name", "member")}
    for part in walk(body):
        if part.kind == "assign" or (part.kind in ("operator", "unary") and part.name in (*SETTERS, *STEPS)):
            target = bare(part.kid(0))
            if target.kind in ("index", "unary", "operator") and plain(target.type) == of and _may_be(target, among):
                return True
        own = bare(part.kid(0)).decl if part.kind == "call" else None
        for kid, parameter in zip(part.kids[1:], own.params if own is not None else (), strict=False):
            changing = isinstance(parameter.type, (Pointer, Ref)) and not parameter.type.const
            if changing and any(inner.decl in among for inner in walk(kid)):
                return True
    return False


def _may_be(target: Node, among: set[Decl]) -> bool:
    """Whether a place may be one in containers of these names."""
    root = target
    while root.kids and root.kids[0] is not None and root.kind != "name":
        root = bare(root.kid(0))
    decl = root.decl
    if decl is None or decl in among or decl.scope not in ("local", "param"):
        return True
    own = isinstance(decl.type, Array) or (isinstance(decl.type, Std) and not decl.type.name.startswith("__"))
    return not own
