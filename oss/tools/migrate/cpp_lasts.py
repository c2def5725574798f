"""Whether an object is used for the last time where it is copied: then the object itself stands for its copy."""

from __future__ import annotations

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Ref
from oss.tools.migrate.nodes import Decl, Node, walk

__all__ = ["last_mention", "last_use"]

_STRAIGHT = ("expression", "if", "block", "convert", "assign", "call", "method", "construct", "operator", "list")
"""What runs what is in it once at most."""
_CALLS = ("call", "method", "construct", "operator", "lambda", "new", "delete")


def last_use(body: Node | None, name: Node) -> bool:
    """Whether nothing can see a local object after ``name`` copies it, until it ends with its block."""
    decl = name.decl
    if decl is None or decl.scope != "local" or isinstance(decl.type, Ref):
        return False
    if any(part.kind in ("goto", "label", "switch") for part in walk(body)):
        return False
    mentions = [part for part in walk(body) if part.kind == "name" and part.decl is decl]
    if not mentions or mentions[-1] is not name:
        return False
    block = next((part for part in walk(body) if part.kind == "block" and _declares(part, decl)), None)
    if block is None:
        return False
    rows = [kid for kid in block.kids if kid is not None]
    at = next(index for index, row in enumerate(rows) if any(part is name for part in walk(row)))
    return _straight(rows[at], name) and not any(_may_see(part) for row in rows[at + 1 :] for part in walk(row))


def _declares(block: Node, decl: Decl) -> bool:
    return any(kid is not None and kid.kind == "declare" and decl in kid.decls for kid in block.kids)


def _straight(node: Node, wanted: Node) -> bool:
    """Whether what is wanted runs once at most each time that a statement runs."""
    if node is wanted:
        return True
    inside = next((kid for kid in node.kids if kid is not None and any(part is wanted for part in walk(kid))), None)
    return inside is not None and node.kind in _STRAIGHT and _straight(inside, wanted)


def _may_see(part: Node) -> bool:
    """Whether a part of a later statement may know the object by another name."""
    by_name = part.kind in ("name", "member") and (isinstance(part.type, Ref) or is_pointer(part.type))
    by_name = by_name or (part.kind == "name" and part.decl is not None and isinstance(part.decl.type, Ref))
    return by_name or part.kind in _CALLS


def last_mention(inner: Node, function: Decl) -> bool:
    """Whether a local is mentioned only here, so that nobody sees what is left of it."""
    if inner.kind != "name" or inner.decl is None or inner.decl.scope not in ("local", "param"):
        return False
    if isinstance(inner.decl.type, Ref) and not inner.decl.type.rvalue:
        return False
    bodies = [function.body, *(value for _, value in function.inits)]
    rows = [part for body in bodies for part in walk(body) if part.kind == "name" and part.decl is inner.decl]
    if inner.decl.scope == "param":
        return len(rows) == 1
    return bool(rows) and rows[-1] is inner and not _repeated(inner, function)


def _repeated(inner: Node, function: Decl) -> bool:
    """Whether a statement may run again with the same variable: it is in a loop that the variable is not."""
    for loop in walk(function.body):
        if loop.kind in ("for", "while", "do", "foreach", "lambda"):
            parts = list(walk(loop))
            declared = any(inner.decl in part.decls for part in parts)
            if any(part is inner for part in parts) and not declared:
                return True
    return False
