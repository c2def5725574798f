"""What a piece of the tree is: a pointer, a call of a function, a question about a letter."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from oss.tools.migrate.c_types import (
    CHAR,
    Array,
    CType,
    Pointer,
    pointee,
)
from oss.tools.migrate.nodes import Node, bare, is_null

__all__ = [
    "BUFFER_FIELDS",
    "callee_name",
    "constant",
    "is_buffer_field",
    "is_elements",
    "is_pointer",
    "last_letter",
    "peeked",
    "peeked_beside",
    "same_place",
]

_COMPUTED: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.floordiv,
}
BUFFER_FIELDS = ("pos", "last", "start", "end")


def callee_name(node: Node) -> str:
    """The name of the function that a call calls, or nothing."""
    inner = bare(node.kid(0))
    while inner.kind == "unary" and inner.name in ("*", "&"):
        inner = bare(inner.kid(0))
    return inner.name if inner.kind == "name" and inner.decl is not None and inner.decl.scope == "function" else ""


def is_buffer_field(node: Node) -> bool:
    """Whether an expression is one of the pointers of an ``aos_buf_t``, which are offsets here."""
    return (
        node.kind == "member"
        and node.decl is not None
        and node.decl.owner == "aos_buf_t"
        and node.name in BUFFER_FIELDS
    )


def is_elements(node: Node) -> bool:
    """Whether an expression is the ``elts`` of an array of the SDK, which is a list here."""
    owner = node.decl.owner if node.kind == "member" and node.decl is not None and node.name == "elts" else ""
    return owner.endswith("array_header_t")


def is_pointer(kind: CType) -> bool:
    return isinstance(kind, (Pointer, Array))


def peeked(node: Node) -> Node | None:
    """The letter that a condition asks about in a way that a str can answer, as ``s[0] == 'x'`` and ``!*s``."""
    inner = bare(node)
    if inner.kind == "binary" and inner.name in ("==", "!="):
        left, right = bare(inner.kid(0)), bare(inner.kid(1))
        if left.kind in ("char", "number"):
            left, right = right, left
        if right.kind not in ("char", "number") or not isinstance(right.value, int) or not 0 <= right.value < 128:
            return None
        return left if _first_letter(left) or (right.value and last_letter(left)) else None
    if inner.kind == "unary" and inner.name == "!":
        inner = bare(inner.kid(0))
        return inner if _first_letter(inner) else None
    if node.kind in ("if", "while", "do", "for", "cond"):
        test = node.kids[{"do": 1, "for": 1}.get(node.kind, 0)]
        return bare(test) if test is not None and _first_letter(bare(test)) else None
    return None


def peeked_beside(node: Node) -> list[Node]:
    """The letters that ``s && *s`` asks about."""
    sides = [bare(kid) for kid in node.kids if kid is not None] if node.name in ("&&", "||") else []
    return [side for side in sides if _first_letter(side)]


def _first_letter(node: Node) -> bool:
    """Whether an expression is ``s[0]`` or ``*s``."""
    if node.kind == "index":
        base, first = bare(node.kid(0)), is_null(node.kid(1))
    elif node.kind == "unary" and node.name == "*":
        base, first = bare(node.kid(0)), True
    else:
        return False
    return first and base.kind in ("name", "member", "index") and pointee(base.type) == CHAR


def constant(node: Node | None) -> int | None:
    """The number that an expression is, as ``sizeof a - 1``."""
    inner = bare(node) if node is not None else None
    if inner is None or isinstance(inner.value, int):
        return inner.value if inner is not None and isinstance(inner.value, int) else None
    made = _COMPUTED.get(inner.name) if inner.kind == "binary" else None
    left, right = (constant(kid) for kid in inner.kids) if made is not None else (None, None)
    if made is None or left is None or right is None or (inner.name == "/" and (left < 0 or right < 1)):
        return None
    return made(left, right)


def last_letter(node: Node) -> bool:
    """Whether an expression is ``s[strlen(s) - 1]``."""
    if node.kind != "index":
        return False
    base, at = bare(node.kid(0)), bare(node.kid(1))
    if at.kind != "binary" or at.name != "-" or bare(at.kid(1)).value != 1:
        return False
    call = bare(at.kid(0))
    if call.kind != "call" or callee_name(call) != "strlen":
        return False
    return same_place(base, bare(call.kid(1)))


def same_place(one: Node, other: Node) -> bool:
    """Whether two expressions name the same variable or field."""
    one, other = bare(one), bare(other)
    if one.kind != other.kind or one.decl is not other.decl or one.decl is None or len(one.kids) != len(other.kids):
        return False
    return all(
        first is not None and second is not None and same_place(first, second)
        for first, second in zip(one.kids, other.kids, strict=True)
    )
