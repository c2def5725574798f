"""The comments of a C file, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Comment", "blank_lines", "comments_of"]

_TOKEN = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<char>'(?:\\.|[^'\\\n])*')
      | (?P<end>\n)
      | (?P<code>[^\s"'/]+|/)""",
    re.VERBOSE | re.DOTALL,
)

_ACCESS = ("public:", "protected:", "private:", "public", "protected", "private", ":")
_CONDITIONS = ("#endif", "#else", "#elif")
_CLOSED = re.compile(r"/[/*]+\s*(end |of |close |anonymous |unnamed )*(namespace|extern)\b", re.IGNORECASE)


_SLASHES = re.compile(r"^//(?:[/!](?![/!])<?)?")
_AFTER = re.compile(r"^[*!]<")
"""How documentation is told from other comments, and that it is about what stands before it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment without its marks; ``alone`` when no code stands before it on its line.

    ``of`` is the line of the code that it speaks of: its own, or that of the next code.
    """

    lines: tuple[str, ...]
    line: int
    alone: bool
    of: int


def comments_of(source: bytes) -> list[Comment]:
    """The comments of a file in their order, but for those that repeat what a brace or ``#endif`` closes."""
    text = source.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")
    found: list[Comment] = []
    waiting: list[tuple[tuple[str, ...], int]] = []
    line, last, row = 1, 0, ""
    for match in _TOKEN.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        piece = match[0]
        if match.lastgroup == "end":
            row = ""
        elif match.lastgroup != "comment":
            row += piece
            if piece not in _ACCESS:
                found += [Comment(lines, at, alone=True, of=line) for lines, at in waiting]
                waiting.clear()
        elif not row:
            waiting.append((_lines(piece), line))
        elif not (row.startswith(_CONDITIONS) or (row in ("}", "};") and _CLOSED.match(piece))):
            found.append(Comment(_lines(piece), line, alone=False, of=line))
    return found + [Comment(lines, at, alone=True, of=line + 1) for lines, at in waiting]


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
