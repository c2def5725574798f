"""C text as tokens with their places, and its comments beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["comment", "is_name", "is_string", "logical_lines", "quoted", "read_source", "spelled", "token", "tokens_of"]

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<string>(?:u8|[LuU])?"(?:\\.|[^"\\\n])*")
      | (?P<char>[LuU]?'(?:\\.|[^'\\\n])*')
      | (?P<number>\.?[0-9](?:[eEpP][+-]|[.\w])*)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<mark>\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|[-<>=!+*/%&|^]=|&&|\|\||\#\#|[^\s\w])
      | (?P<space>\s+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class token:
    """One token; ``spaced`` says that white space stands before it, ``banned`` that it is not expanded again."""

    text: str
    file: str
    line: int
    spaced: bool = False
    banned: frozenset[str] = frozenset()

    def at(self, other: token) -> token:
        """The same token, as standing where ``other`` stands."""
        return replace(self, file=other.file, line=other.line)


@dataclass(frozen=True, slots=True)
class comment:
    """One comment without its marks; ``alone`` when no code stands before it on its line."""

    lines: tuple[str, ...]
    file: str
    line: int
    alone: bool


def is_name(text: str) -> bool:
    return text[:1].isalpha() or text[:1] == "_"


def is_string(text: str) -> bool:
    return text[-1:] == '"'


def quoted(text: str) -> str:
    """A C string literal."""
    marks = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
    return '"' + "".join(marks.get(letter, letter) for letter in text) + '"'


def read_source(path: Path) -> str:
    """The text of a file; bytes that are not UTF-8 survive as surrogates."""
    return path.read_bytes().decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")


def tokens_of(text: str, file: str) -> tuple[list[token], list[comment]]:
    """Tokens and comments of a file; a line that ends in a backslash is joined to the next, ends of lines are kept."""
    found: list[token] = []
    comments: list[comment] = []
    line, spaced, fresh, joined = 1, True, True, text.replace("\\\n", "\x00")
    for match in _TOKEN.finditer(joined):
        kind, piece = match.lastgroup, match.group()
        if kind == "comment":
            comments.append(comment(_comment_lines(piece.replace("\x00", "\n")), file, line, fresh))
            spaced = True
        elif kind == "space" or piece == "\x00":
            if "\n" in piece:
                found.append(token("\n", file, line))
                fresh = True
            spaced = True
        else:
            found.append(token(piece, file, line, spaced))
            spaced = fresh = False
        line += piece.count("\n") + piece.count("\x00")
    return found, comments


def logical_lines(found: list[token]) -> Iterator[list[token]]:
    """The tokens line by line."""
    row: list[token] = []
    for item in found:
        if item.text == "\n":
            if row:
                yield row
            row = []
        else:
            row.append(item)
    if row:
        yield row


def spelled(found: list[token]) -> str:
    """Tokens as text, with the white space they had."""
    return "".join(" " * (item.spaced and index > 0) + item.text for index, item in enumerate(found))


def _comment_lines(piece: str) -> tuple[str, ...]:
    """The words of a comment, in UTF-8 or what may have been meant instead."""
    if not piece.isascii():
        raw = piece.encode("utf-8", "surrogateescape")
        for coding in ("utf-8", "gb18030", "latin-1"):
            try:
                piece = raw.decode(coding)
                break
            except UnicodeDecodeError:
                continue
    if piece.startswith("//"):
        return (piece[2:].strip(),)
    rows = [re.sub(r"^\s*\*+(?=\s|$)", "", row).rstrip() for row in piece[2:-2].strip("*").split("\n")]
    common = min((len(row) - len(row.lstrip()) for row in rows[1:] if row.strip()), default=0)
    rows = [rows[0].strip(), *(row[common:] for row in rows[1:])]
    while rows and not rows[0]:
        del rows[0]
    while rows and not rows[-1]:
        del rows[-1]
    return tuple(rows)
