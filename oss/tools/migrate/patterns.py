"""The formats of printf, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oss.tools.migrate.asked import constant
from oss.tools.migrate.c_types import Array
from oss.tools.migrate.nodes import Node, bare

__all__ = ["Piece", "fits", "formattable", "longest", "pieces", "widest"]

_SPEC = re.compile(r"%(?:%|([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d*))?(hh|h|ll|l|q|j|z|t|L)?(.))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, or a conversion with its flags; ``*`` stands for a width or precision among the arguments."""

    text: str = ""
    kind: str = ""
    flags: str = ""
    width: str = ""
    precision: str | None = None
    length: str | None = None

    @property
    def takes(self) -> int:
        return (self.width == "*") + (self.precision == "*") + 1


def pieces(pattern: str) -> list[Piece] | None:
    """The pieces of a format; None where it is none that C defines."""
    found, end = [], 0
    for match in _SPEC.finditer(pattern):
        found.append(Piece(pattern[end : match.start()]))
        end = match.end()
        if match[0] == "%%":
            found.append(Piece("%"))
            continue
        if match[5] not in "diuoxXcsfFeEgGpn":
            return None
        found.append(Piece("", match[5], match[1] or "", match[2] or "", match[3], match[4]))
    if "%" in pattern[end:]:
        return None
    found.append(Piece(pattern[end:]))
    return [piece for piece in found if piece.kind or piece.text]


def formattable(pattern: str) -> bool:
    """Whether the C formatter of the runtime knows all conversions of a format."""
    found = pieces(pattern.split("\0", maxsplit=1)[0].replace("%%", "").replace("%m", ""))
    return found is not None and not any(
        piece.kind == "n" or (piece.kind in ("c", "s") and piece.length == "l") for piece in found
    )


def fits(arguments: Sequence[Node]) -> bool:
    """Whether what ``snprintf`` is given is certainly not cut."""
    size, pattern = constant(arguments[1]), bare(arguments[2])
    most = widest(str(pattern.value), arguments[3:]) if pattern.kind == "string" else None
    return most is not None and size is not None and most < size


def widest(pattern: str, arguments: Sequence[Node]) -> int | None:
    """The most bytes that a format can give; None where that is not known."""
    found = pieces(pattern)
    if found is None:
        return None
    total, rest = 0, list(arguments)
    for piece in found:
        if not piece.kind:
            total += len(piece.text.encode("utf-8", "surrogateescape"))
            continue
        if piece.takes != 1 or not rest:
            return None
        one = _widest_of(piece, bare(rest.pop(0)))
        if one is None:
            return None
        total += max(one, int(piece.width or 0), int(piece.precision or 0) + 2)
    return total


def _widest_of(piece: Piece, argument: Node) -> int | None:
    """The most bytes that a conversion can give."""
    if piece.kind == "s":
        if piece.precision and piece.precision.isdigit():
            return int(piece.precision)
        return longest(argument)
    if piece.kind in "diu":
        return 20 if (piece.length or "") in ("l", "ll", "z", "j", "t", "q") else 11
    return {"c": 1, "x": 18, "X": 18}.get(piece.kind)


def longest(text: Node) -> int | None:
    """The most bytes that a text can have: a literal, or what an array has room for."""
    if text.kind == "string":
        return len(str(text.value).encode("utf-8", "surrogateescape"))
    if text.kind == "cond":
        yes, no = longest(bare(text.kid(1))), longest(bare(text.kid(2)))
        return max(yes, no) if yes is not None and no is not None else None
    kind = text.type
    return kind.count - 1 if isinstance(kind, Array) and kind.count else None
