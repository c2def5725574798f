"""The comments of a C file, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Comment", "blank_lines", "bodies_of", "comments_of"]

_TOKEN = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<char>'(?:\\.|[^'\\\n])*')
      | (?P<end>\n)
      | (?P<code>[^\s"'/]+|/)""",
    re.VERBOSE | re.DOTALL,
)


_SLASHES = re.compile(r"^//(?:[/!](?![/!])<?)?")
_AFTER = re.compile(r"^[*!]<")
"""How documentation is told from other comments, and that it is about what stands before it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment without its marks; ``alone`` when no code stands before it on its line."""

    lines: tuple[str, ...]
    line: int
    alone: bool
    height: int  # the lines that it takes in C


def comments_of(source: bytes) -> list[Comment]:
    """The comments of a file in their order."""
    text = source.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")
    found, line, fresh, last = [], 1, True, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        if match.lastgroup == "comment":
            found.append(Comment(_lines(match[0]), line, fresh, match[0].count("\n") + 1))
        fresh = match.lastgroup == "end" or (match.lastgroup == "comment" and fresh)
    return found


def bodies_of(source: bytes, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines of functions, each with the comments that stand right before it."""
    before = {item.line + item.height: item.line for item in comments_of(source) if item.alone}
    rows = []
    for first, last in places:
        start = first
        while start in before:
            start = before[start]
        rows.append((start, last))
    return rows


def blank_lines(source: bytes) -> frozenset[int]:
    """The numbers of the lines that are empty."""
    return frozenset(number for number, row in enumerate(source.split(b"\n"), 1) if not row.strip())


def _lines(piece: str) -> tuple[str, ...]:
    """The words of a comment, in UTF-8 or what may have been meant instead."""
    piece = _decoded(piece)
    if piece.startswith("//"):
        return tuple(_SLASHES.sub("", row.strip()).strip() for row in piece.split("\n"))
    rows = [re.sub(r"^\s*\*+(?=\s|$)", "", row).rstrip() for row in _AFTER.sub("", piece[2:-2]).strip("*").split("\n")]
    common = min((len(row) - len(row.lstrip()) for row in rows[1:] if row.strip()), default=0)
    rows = [rows[0].strip(), *(row[common:] for row in rows[1:])]
    while rows and not rows[0]:
        del rows[0]
    while rows and not rows[-1]:
        del rows[-1]
    return tuple(rows)


def _decoded(piece: str) -> str:
    if piece.isascii():
        return piece
    raw = piece.encode("utf-8", "surrogateescape")
    for coding in ("utf-8", "gb18030", "latin-1"):
        try:
            return raw.decode(coding)
        except UnicodeDecodeError:
            continue
    return piece
