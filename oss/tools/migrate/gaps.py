"""What stands between the statements that a parser has read: when it gives up, it leaves text out without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from oss.tools.migrate.nodes import Place, Problem

__all__ = ["Gaps", "blank", "piece"]

_BLANKED = re.compile(
    rb"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|^(?:\xef\xbb\xbf)?[ \t]*#(?:\\\r?\n|[^\n])*""",
    re.DOTALL | re.MULTILINE,
)
_ATTRIBUTE = re.compile(rb"\[\[[^\]]*\]\]|__attribute__\s*\(\(.*?\)\)|__declspec\s*\([^)]*\)", re.DOTALL)
_NOTHING = re.compile(rb"\w+(?:\([^)]*\))?\s*")
_WORD = re.compile(rb"\w")


def blank(source: bytes) -> bytes:
    """A source without what is said in comments, texts and directives, as long as before."""
    return _BLANKED.sub(lambda found: _spaces(found[0]), source)


def _spaces(text: bytes) -> bytes:
    return re.sub(rb"[^\n]", b" ", text)


def piece(source: bytes, start: int, end: int, problem: Problem) -> Place:
    """What of the head of a function a problem is about: one parameter, one initialiser, or what it returns."""
    text, depth, first = blank(source), 0, start
    for match in re.finditer(rb"[()\[\]{},]|(?<!:):(?!:)", text[start:end]):
        at = start + match.start()
        if match[0] in b"([{":
            depth += 1
            continue
        depth -= match[0] in b")]}"
        if depth <= 0 and match[0] in b",:":
            if at > problem.offset:
                end = at
                break
            first = at + 1
    first += len(text[first:end]) - len(text[first:end].lstrip())
    end = first + len(text[first:end].rstrip())
    return Place(problem.file, problem.line, first, end, problem.line)


class Gaps:
    """The text of a file that the parser should have read as statements.

    ``skipped`` is what the preprocessor left out; ``uses`` are the uses of macros, with the text that defines each.
    """

    def __init__(
        self, source: bytes, skipped: Iterable[tuple[int, int]], uses: Mapping[tuple[int, int], bytes]
    ) -> None:
        text = bytearray(_ATTRIBUTE.sub(lambda found: _spaces(found[0]), blank(source)))
        for start, end in (*skipped, *(place for place, made in uses.items() if _NOTHING.fullmatch(made))):
            text[start:end] = _spaces(bytes(text[start:end]))
        self.text = bytes(text)
        self.ends = {start: max(end for first, end in uses if first == start) for start, _ in uses}

    def between(self, start: int, end: int, known: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The parts of a stretch that are in none of those known, and say something."""
        at = start
        for first, last in (*sorted(known), (end, end)):
            part = self.text[at:first]
            if _WORD.search(part):
                left = len(part) - len(part.lstrip(b"; \t\r\n{}"))
                yield at + left, at + len(part.rstrip(b" \t\r\n"))
            # what a macro makes of its arguments has no length: it is as long as the use of the macro
            at = max(at, last if last > first else self.ends.get(first, last))
