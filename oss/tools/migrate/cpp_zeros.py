"""Where a ``std::string`` may hold a zero: what is given on as a C text ends there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Int, Std, is_char
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.nodes import Node, bare, walk

__all__ = ["Zeros"]

_READERS = frozenset(["fread", "read", "pread", "recv", "recvfrom", "memcpy", "memset"])
_PIECES = frozenset(["append", "assign", "insert", "replace", "resize", "push_back", "+=", "+", "="])
_ENDED = frozenset(["fopen", "freopen", "setenv", "open", "mkdir", "chmod", "access", "fputs"])
"""Functions that take a C text and, next to it, a number that is not its length."""


class Zeros:
    """What a program shows of zeros in its strings."""

    def __init__(self, bodies: Iterable[Node | None]) -> None:
        parts = [part for body in bodies for part in walk(body)]
        self.possible = any(map(_brings, parts))
        self._whole = {id(text) for part in parts for text in _with_length(part)}

    def ends(self, node: Node) -> bool:
        """Whether what ``c_str()`` gives may be shorter than the string."""
        return self.possible and id(node) not in self._whole


def _with_length(part: Node) -> Iterable[Node]:
    """The texts of a call that stand before a number: their length, however many zeros are within."""
    if part.kind not in ("call", "method", "construct"):
        return
    name = bare(part.kid(0)).name if part.kind == "call" else part.name
    if part.kind == "call" and (name.startswith("str") or "printf" in name or name in _ENDED):
        return
    arguments = [kid for kid in part.kids if kid is not None]
    for text, size in pairwise(arguments):
        if isinstance(plain(size.type), Int):
            yield from (row for row in walk(text) if row.kind == "method" and row.name in ("c_str", "data"))


def _brings(part: Node) -> bool:
    """Whether a part of a program may put a zero into a string."""
    arguments = [kid for kid in part.kids if kid is not None]
    if part.kind == "call":
        name = bare(part.kid(0)).name
        return name in _READERS or (name == "getline" and _from_outside(arguments[1]))
    if part.kind in ("convert", "cast"):
        return is_char(part.type) and _narrowed(part.kid(0))
    if part.kind == "construct" and is_string(plain(part.type)):
        return len(arguments) > 1 and _piece(arguments)
    if part.kind == "method":
        if is_string(plain(part.kid(0).type)):
            return part.name in _PIECES and _piece(arguments[1:], part.name == "resize")
        return part.name in ("rdbuf", "get", "read", "getline", "readsome")
    if part.kind == "operator" and part.decl is None and len(arguments) == 2:
        if part.name == ">>":
            return is_string(plain(arguments[1].type)) and _from_outside(arguments[0])
        return is_string(plain(arguments[0].type)) and part.name in _PIECES and _zero(arguments[1])
    return part.kind == "assign" and len(arguments) == 2 and _is_letter_of(arguments[0]) and _zero(arguments[1])


def _piece(arguments: list[Node], fills: bool = False) -> bool:
    """Whether what a string is made of may be zero: memory with a length, so many letters."""
    if any(map(_zero, arguments[-1:])) and is_char(plain(arguments[-1].type)):
        return True
    if fills and len(arguments) == 1:
        return True
    if any(not isinstance(plain(kid.type), (Int, Std)) and not is_pointer(kid.type) for kid in arguments):
        return True
    if len(arguments) > 1 and isinstance(plain(arguments[0].type), Std) and not is_string(plain(arguments[0].type)):
        return True
    return any(is_pointer(text.type) and not _of_sdk(text) for text, _ in pairwise(arguments))


def _of_sdk(text: Node) -> bool:
    """Whether memory is that of one of the SDK's strings, which are C texts."""
    inner = bare(text)
    return inner.kind == "member" and inner.decl is not None and inner.decl.owner == "aos_string_t"


def _zero(node: Node) -> bool:
    inner = bare(node)
    return inner.kind in ("char", "number") and inner.value == 0


def _is_letter_of(node: Node) -> bool:
    inner = bare(node)
    return inner.kind in ("operator", "index") and bool(inner.kids) and is_string(plain(inner.kid(0).type))


def _from_outside(node: Node) -> bool:
    """Whether a stream may be another one than a string's."""
    kind = plain(node.type)
    while node.kind == "operator" and node.name == ">>":
        node = bare(node.kid(0))
        kind = plain(node.type)
    return not (isinstance(kind, Std) and "stringstream" in kind.name)


def _narrowed(node: Node) -> bool:
    """Whether a number that becomes a letter may be zero."""
    inner = bare(node)
    kind = plain(inner.type)
    if not isinstance(kind, Int) or kind.bits <= 8:
        return False
    if inner.kind in ("char", "number"):
        return inner.value == 0
    if inner.kind == "call" and bare(inner.kid(0)).name in ("tolower", "toupper"):
        return False
    if inner.kind == "binary" and inner.name == "+":
        return not any(bare(kid).kind == "char" for kid in inner.kids if kid is not None)
    return not (inner.kind == "cond" and not any(_narrowed(inner.kid(place)) for place in (1, 2)))
