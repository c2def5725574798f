"""What the preprocessor decides by a macro that a missing header may define."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from oss.tools.migrate.gaps import blank

__all__ = ["guessed"]

_DIRECTIVE = re.compile(rb"^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b((?:\\\r?\n|[^\n])*)", re.MULTILINE)
_NAME = re.compile(rb"\b(?!defined\b)[A-Za-z_]\w*\b")
_GIVEN = frozenset(("DEBUG", "NDEBUG", "WIN32", "WIN64", "WINDOWS", "UNICODE", "true", "false"))
"""What the compiler, or who calls it, defines; as all that begins with ``_`` is."""


def guessed(
    source: bytes, skipped: Iterable[tuple[int, int]], known: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    """The conditions on statements that ask for what is not known: where they stand, and the first such name."""
    left_out = list(skipped)
    code = blank(source)
    open_: list[tuple[int, int, list[str]]] = []
    for found in _DIRECTIVE.finditer(source):
        if found[1].startswith(b"if"):
            open_.append((found.start(), found.end(), []))
        if not open_:
            continue
        start, end, unknown = open_[-1]
        text = re.sub(rb"//.*|/\*.*?\*/", b"", found[2])
        asked = [name.decode() for name in _NAME.findall(text)]
        unknown += [name for name in asked if name not in known and name not in _GIVEN and name[0] != "_"]
        if found[1] == b"endif":
            open_.pop()
            around = any(first < start and end < last for first, last in left_out)
            if unknown and not around and re.search(rb"\w", code[end : found.start()]):
                yield start, end, unknown[0]
