"""Lines of Python: their indentation, the comments between them, and the breaking of long ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oss.tools.migrate.comments import Comment
from oss.tools.migrate.nodes import Decl, Place

__all__ = ["END", "MARK", "Layout"]

END = 1 << 30
"""A line behind all others."""

MARK = "# MIGRATE:"
_WIDTH = 120
_INDENT = " " * 4
_STRING = re.compile(r"""[bf]?"(?:\\.|[^"\\])*"|[b]?'(?:\\.|[^'\\])*'""")
_HEADED = re.compile(r"(if|elif|while|return|assert|[\w.]+ [-+*/|&^]*=) (.*?)(:?)")
_DEFINING = ("def ", "class ", "@")
_OPEN, _CLOSE = "([{", ")]}"


class Layout:
    """Gathers lines; the comments of the C text come in before the line that they stood before.

    ``comments`` gives those of a file; they are taken from where ``part`` says that the text of now stands.
    ``bodies`` gives the first and last lines of what a file defines, which may be written in another order.
    """

    def __init__(
        self, path: str, comments: Callable[[str], list[Comment]], bodies: Callable[[str], list[tuple[int, int]]]
    ) -> None:
        self.rows: list[str] = []
        self.reasons: list[tuple[Place, str, str]] = []  # of what is marked: where, C text, why
        self.depth = 0
        self._all, self._bodies = comments, bodies
        self._part = (path, 0, END)
        self._told: dict[tuple[str, int], None] = {}
        self._trailing: Comment | None = None

    @contextmanager
    def indented(self) -> Iterator[None]:
        """A block; one without a statement gets its ``pass``."""
        self.depth += 1
        start = len(self.rows)
        yield
        if all(not row.strip() or row.lstrip().startswith("#") for row in self.rows[start:]):
            self._put("pass")
        self.depth -= 1

    @contextmanager
    def part(self, file: str, first: int, last: int) -> Iterator[None]:
        """What is written here stands in these lines of a file: it takes the comments that speak of them."""
        part, self._part = self._part, (file, first, last)
        try:
            yield
        finally:
            self._part = part

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """What is written here stands further down in the C text: the comments up to there wait."""
        with self.part("", 0, 0):
            yield

    def saved(self) -> tuple[int, int, int, int]:
        """Where the text is now, for ``restored``."""
        return len(self.rows), len(self.reasons), self.depth, len(self._told)

    def restored(self, saved: tuple[int, int, int, int]) -> None:
        """Takes back what was written since."""
        rows, reasons, self.depth, told = saved
        del self.rows[rows:]
        del self.reasons[reasons:]
        while len(self._told) > told:
            self._told.popitem()
        self._trailing = None

    def comments(self, line: int, *, within: bool = False) -> None:
        """Writes the comments that stand before a line of the C text, or, ``within``, on it too."""
        self._trailing = None
        for item in self._taken(line):
            if item.line < line or within or item.alone or len(item.lines) != 1:
                self._comment(item)
            else:
                self._trailing = item

    def announced(self, function: Decl) -> None:
        """Writes what is said of a function where it is declared, and before its body."""
        place = function.declared
        if place is not None:
            with self.part(place.file, place.line, place.last_line):
                self.comments(place.last_line, within=True)
        self.comments(function.place.line)

    def untold(self, place: Place) -> None:
        """Leaves out the comments that speak of what is not written."""
        with self.part(place.file, place.line, place.last_line):
            list(self._taken(END))

    def _taken(self, line: int) -> Iterator[Comment]:
        """The comments up to a line that are due and were not written yet."""
        file, first, last = self._part
        for index, item in enumerate(self._all(file) if file else ()):
            if item.line > line:
                return
            if first <= item.of <= last and (file, index) not in self._told and not self._of_another(item):
                self._told[file, index] = None
                yield item

    def _of_another(self, item: Comment) -> bool:
        """Whether a comment speaks of what is not written now."""
        file, first, last = self._part
        return not first and last < END and any(begin <= item.of <= end != last for begin, end in self._bodies(file))

    def _comment(self, item: Comment) -> None:
        rows = [row for text in item.lines for row in broken(f"# {text}".rstrip(), self.depth)]
        if rows != self.rows[-len(rows) :]:  # said where a function is declared, and again before its body
            self.rows += rows

    def add(self, text: str, line: int = 0) -> None:
        """One statement; ``line`` is where it stands in the C text."""
        if line:
            self.comments(line)
        trailing, self._trailing = self._trailing, None
        if trailing is not None:
            note = f"# {trailing.lines[0]}"
            if len(_INDENT) * self.depth + len(text) + len(note) + 2 <= _WIDTH:
                text = f"{text}  {note}"
            else:
                self._put(note)
        self._put(text)

    def mark(self, text: str, reason: str, place: Place) -> None:
        """What could not be translated, as comments: the C text and why."""
        if place.file == self._part[0]:
            self.comments(place.line)
        self._trailing = None
        self.reasons.append((place, text, reason))
        rest = f"{MARK} {text}  [{place.file.rsplit('/', 1)[-1]}:{place.line}: {reason}]"
        room = _WIDTH - len(_INDENT) * self.depth
        while len(rest) > room and " " in rest[12:room]:
            cut = rest.rindex(" ", 12, room)
            self._put(rest[:cut].rstrip())
            rest = f"#     {rest[cut:].lstrip()}"
        self._put(rest)

    def gap(self, count: int) -> None:
        """Empty lines, as many as ``count`` at most."""
        while self.rows and not self.rows[-1]:
            self.rows.pop()
        if self.rows and not self.rows[-1].rstrip().endswith(":"):
            self.rows += [""] * count

    def without_idle_if(self, row: int) -> None:
        """Takes back an ``if`` at the end with nothing behind it, as is left of what only frees memory."""
        if len(self.rows) == row + 2 and self.rows[row].lstrip().startswith("if ") and self.rows[-1].strip() == "pass":
            del self.rows[row:]

    def _put(self, text: str) -> None:
        self.rows += broken(text, self.depth)

    def text(self) -> str:
        return "\n".join(_spaced(self.rows)).strip("\n") + "\n"


def _spaced(rows: list[str]) -> list[str]:
    """Lines with empty ones before and behind each function, as ``ruff format`` has them."""
    found: list[str] = []
    open_: list[int] = []  # the indentations of functions and classes
    for row in rows:
        text = row.lstrip()
        depth = len(row) - len(text)
        behind = False
        while text and open_ and depth <= open_[-1] and not text.startswith(")"):
            open_.pop()
            behind = True
        gap = [""] if depth else ["", ""]
        if text.startswith(_DEFINING):
            start = len(found)
            while start and found[start - 1].startswith(" " * depth + "#"):
                start -= 1
            if start and found[start - 1] and not found[start - 1].lstrip().startswith(_DEFINING):
                found[start:start] = gap
            open_.append(depth)
        elif behind and found[-1]:
            found += gap
        found.append(row)
    return found


def broken(text: str, depth: int, inside: bool = False) -> list[str]:
    """A statement in lines of the right width, broken as ``ruff format`` does; ``inside``: it stands in brackets."""
    pad = _INDENT * depth
    if len(pad) + len(text) + inside <= _WIDTH or text.startswith("#"):
        return [pad + text]
    if inside and (pieces := _operands(text)):
        return [row for piece in pieces for row in broken(piece, depth, True)]
    if not inside and (match := _HEADED.fullmatch(text)) and _operands(match[2]):
        return [f"{pad}{match[1]} (", *broken(match[2], depth + 1, True), f"{pad}){match[3]}"]
    pair = _last_pair(text)
    if pair is None:
        return [pad + text]
    start, end = pair
    head, body, foot = text[: start + 1], text[start + 1 : end].rstrip(","), text[end:]
    if not body or len(pad) + len(head) > _WIDTH:
        return [pad + text]
    parts = list(_parts(body))
    called = head[-1] == "(" and (head[-2:-1].isidentifier() or head[-2:-1] in ")]")
    if len(pad) + len(_INDENT) + len(body) <= _WIDTH and (called or len(parts) == 1):
        inner = [f"{pad}{_INDENT}{body}"]
    elif len(parts) == 1:
        inner = _long_string(body, depth + 1) or broken(body, depth + 1, True)
    else:
        inner = []
        for part in parts:
            rows = broken(part, depth + 1, True)
            inner += [*rows[:-1], f"{rows[-1]},"]
    return [pad + head, *inner, pad + foot]


def _operands(text: str) -> list[str]:
    """The text broken before its operators that bind least; nothing where it has none."""
    shown = _masked(text)
    for words in ((" if ", " else "), (" or ",), (" and ",), (" + ", " - ")):
        cuts, depth = [0], 0
        for index, letter in enumerate(shown):
            depth += (letter in _OPEN) - (letter in _CLOSE)
            if not depth and any(shown.startswith(word, index) for word in words):
                cuts.append(index + 1)
        if len(cuts) > 1:
            return [text[cut:end].strip() for cut, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return []


def _masked(text: str) -> str:
    """The text with its strings blanked, so that brackets in them do not count."""
    return _STRING.sub(lambda match: "_" * len(match.group()), text)


def _last_pair(text: str) -> tuple[int, int] | None:
    """The brackets at which a statement is broken: the last outermost pair that has something in it."""
    shown, stack, found = _masked(text), [], None
    shown = shown.split("  # ")[0]
    for index, letter in enumerate(shown):
        if letter in _OPEN:
            stack.append(index)
        elif letter in _CLOSE and stack:
            start = stack.pop()
            if not stack and index > start + 1:
                found = start, index
    return found


def _parts(body: str) -> Iterator[str]:
    """What stands between the commas, but for those of ``for key, item in``."""
    shown, depth, start, named = _masked(body), 0, 0, False
    for index, letter in enumerate(shown):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if not depth and shown.startswith((" for ", " in "), index):
            named = shown.startswith(" for ", index)
        if letter == "," and not depth and not named:
            yield body[start:index].strip()
            start = index + 1
    if body[start:].strip():
        yield body[start:].strip()


def _long_string(body: str, depth: int) -> list[str]:
    """A string that is too long for a line, as pieces that Python joins."""
    if not re.fullmatch(r'f?"(?:\\.|[^"\\])*"', body):
        return []
    mark, inner = body[: body.index('"')], body[body.index('"') + 1 : -1]
    room = _WIDTH - len(_INDENT) * depth - len(mark) - 2
    words = (
        re.findall(r"(?:\{\{|\}\}|\{[^{}]*\}|\\.|[^\s{}\\])+\s*|\s+", inner)
        if mark
        else re.findall(r"(?:\\.|[^\s\\])+\s*|\s+", inner)
    )
    if "".join(words) != inner:
        return []
    rows, row = [], ""
    for word in words:
        if row and len(row) + len(word) > room:
            rows.append(row)
            row = ""
        row += word
    rows.append(row)
    pad = _INDENT * depth
    return [f'{pad}{mark if "{" in piece or "}" in piece else ""}"{piece}"' for piece in rows]
