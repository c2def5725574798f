"""Places in strings: ``s.begin() + n``, and what stands between two."""

from __future__ import annotations

from oss.tools.migrate.c_types import Int
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import SUM, Untranslatable
from oss.tools.migrate.writer import Writer

__all__ = ["string_place", "string_span"]


def string_place(write: Writer, node: Node) -> tuple[Node, str] | None:
    """``s.begin() + n`` and ``s.end() - n``: the string, and the place; nothing for other iterators."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1 and inner.name.startswith("__iter"):
        inner = bare(inner.kid(0))
    if inner.kind == "operator" and inner.name in ("+", "-") and len(inner.kids) == 2:
        found = string_place(write, inner.kid(0))
        if found is None or not isinstance(plain(inner.kid(1).type), Int):
            return None
        by = write.number(write.unsized(inner.kid(1)))
        if found[1] == "0" and inner.name == "+":
            return found[0], by.code
        return found[0], f"{found[1]} {inner.name} {by.at(SUM + 1)}"
    if inner.kind != "method" or inner.name not in ("begin", "end", "cbegin", "cend"):
        return None
    owner = inner.kid(0)
    if not is_string(plain(owner.type)):
        return None
    return owner, "0" if "begin" in inner.name else f"len(os.fsencode({write(owner).code}))"


def string_span(write: Writer, first: Node, last: Node) -> str | None:
    """The text between two places in a string."""
    one, other = string_place(write, first), string_place(write, last)
    if one is None or other is None:
        return None
    text = write(one[0]).code
    if text != write(other[0]).code:
        raise Untranslatable("places in two strings")
    start = "" if one[1] == "0" else one[1]
    stop = "" if other[1] == f"len(os.fsencode({text}))" else other[1]
    return text if not start and not stop else f"os.fsdecode(os.fsencode({text})[{start}:{stop}])"
