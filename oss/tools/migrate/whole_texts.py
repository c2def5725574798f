"""What writes the whole text of a char array, so that the array can be a str: nothing of it is left as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from oss.tools.migrate.asked import callee_name, constant, same_place
from oss.tools.migrate.c_types import CHAR, Array
from oss.tools.migrate.nodes import Node, bare, is_null

__all__ = ["ended", "ended_next", "room", "written_whole"]


def room(node: Node) -> int | None:
    """How many bytes a char array has; None for what is none."""
    kind = bare(node).type
    return kind.count if isinstance(kind, Array) and kind.of == CHAR and bare(node).kind in ("name", "member") else None


def ended(node: Node) -> Node | None:
    """The ``a[0]`` or ``a[sizeof a - 1]`` that a statement sets to 0: the text is empty, or stays as it is."""
    if node.kind != "assign" or node.name != "=" or not is_null(_number(node.kid(1))):
        return None
    target = bare(node.kid(0))
    size = room(target.kid(0)) if target.kind == "index" else None
    return target if size is not None and constant(target.kid(1)) in (0, size - 1) else None


def _number(node: Node) -> Node:
    """``'\\0'`` as a number."""
    inner = bare(node)
    return Node("number", inner.place, inner.type, value=inner.value) if inner.kind == "char" else inner


def ended_next(block: Node) -> Iterator[Node]:
    """The calls of strncpy behind which a statement ends the text, and what that statement sets."""
    rows = [kid for kid in block.kids if kid is not None]
    for one, other in pairwise(rows):
        call, end = (bare(row.kid(0)) if row.kind == "expression" else row for row in (one, other))
        target = ended(end)
        if call.kind != "call" or callee_name(call) != "strncpy" or target is None or not constant(target.kid(1)):
            continue
        if same_place(bare(call.kid(1)), bare(target.kid(0))):
            yield from (call, target)


def written_whole(name: str, arguments: Sequence[Node], followed: bool) -> bool:
    """Whether ``memset`` empties an array, or strncpy fills one but for its last byte, which nothing else sets.

    ``followed``: the next statement sets that byte.
    """
    if len(arguments) != 3 or (size := room(arguments[0])) is None:
        return False
    count = constant(arguments[2])
    if name == "memset":
        return is_null(arguments[1]) and count == size
    return name == "strncpy" and (count == size - 1 or (followed and count == size))
