"""Calendar times that are only shown: a ``struct tm *`` that strftime alone reads is what Python's ``time`` gives."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.nodes import Decl, Node, bare, walk

__all__ = ["Moments", "asked_clock", "calendar", "moments", "shown"]

_CALENDARS = ("gmtime", "localtime")
_WIDTHS = {
    **dict.fromkeys("mdHMSyeCIhbpgUVW", 3), **dict.fromkeys("wun%t", 1), **dict.fromkeys("YjaG", 4), "z": 5, "R": 5,
    "F": 10, "T": 8, "D": 8, "A": 9, "B": 9, "x": 8, "X": 8, "c": 24, "r": 11,
}  # fmt: skip
"""The conversions that are the same in Python, and how many letters they give at most, up to the year 9999."""

_CHANGING = frozenset(("setlocale", "setenv", "putenv", "tzset"))
"""After these, C's words and zones are others than Python's."""


@dataclass(eq=False, slots=True)
class Moments:
    """``decls`` are the variables, ``calls`` the ids of the calls of strftime that read them, or a call themselves;
    ``clocks`` the ids of the ``&now`` that are the time itself."""

    decls: set[Decl] = field(default_factory=set)
    calls: set[int] = field(default_factory=set)
    clocks: set[int] = field(default_factory=set)

    def join(self, other: Moments) -> None:
        self.decls |= other.decls
        self.calls |= other.calls
        self.clocks |= other.clocks


def calendar(node: Node | None) -> Node | None:
    """A call of gmtime or localtime with the address of a variable."""
    call = bare(node) if node is not None else None
    if call is None or call.kind != "call" or callee_name(call) not in _CALENDARS or len(call.kids) != 2:
        return None
    place = bare(call.kid(1))
    return call if place.kind == "unary" and place.name == "&" and bare(place.kid(0)).kind == "name" else None


def asked_clock(call: Node) -> Node | None:
    """The ``&now`` of ``time(&now)``."""
    if call.kind != "call" or callee_name(call) != "time" or len(call.kids) != 2:
        return None
    place = bare(call.kid(1))
    return place if place.kind == "unary" and place.name == "&" and bare(place.kid(0)).kind == "name" else None


def shown(node: Node) -> bool:
    """Whether strftime writes a text that fits, and that is the same in Python."""
    if callee_name(node) != "strftime" or len(node.kids) != 5:
        return False
    size, pattern = bare(node.kid(2)).value, bare(node.kid(3))
    if pattern.kind != "string" or not isinstance(size, int):
        return False
    content, total = str(pattern.value), 0
    if not content.isascii() or "\0" in content:
        return False
    letters = iter(content)
    for letter in letters:
        kind = next(letters, "") if letter == "%" else "%"
        if kind not in _WIDTHS:
            return False
        total += _WIDTHS[kind]
    return total < size


def moments(body: Node | None, own: Collection[str], called: Collection[str]) -> Moments:
    """Those of a function; ``own`` are the functions of the program, ``called`` all that it calls."""
    made = Moments()
    if body is None or _CHANGING.intersection(called):
        return made
    parts = list(walk(body))
    for part in parts:
        if part.kind == "expression" and (clock := asked_clock(bare(part.kid(0)))) is not None:
            made.clocks.add(id(clock))
        if part.kind == "call" and shown(part) and (direct := calendar(part.kid(4))) is not None:
            made.calls.add(id(part))
            made.clocks.add(id(bare(direct.kid(1))))
    calendars = [part for part in parts if part.kind == "call" and callee_name(part) in _CALENDARS]
    if len(calendars) == 1 and (call := calendar(calendars[0])) is not None and id(call) not in made.calls:
        _variable(body, call, own, made)
    return made


def _variable(body: Node, call: Node, own: Collection[str], made: Moments) -> None:
    """The variable that gets the only time of a function, if nothing else is done with it."""
    decl = next(iter(_set_to(body, call)), None)
    if decl is None or decl.scope != "local":
        return
    parts = list(walk(body))
    readers = [part for part in parts if part.kind == "call" and shown(part) and bare(part.kid(4)).decl is decl]
    reads = {id(bare(part.kid(4))) for part in readers}
    others = [part for part in parts if part.kind == "name" and part.decl is decl and id(part) not in reads]
    first = next(index for index, part in enumerate(parts) if part is call)
    sets = sum(part.kind == "assign" and bare(part.kid(0)).decl is decl for part in parts)
    if not readers or len(others) != sets or sets + (decl.init is not None) != 1:
        return
    last = max(index for index, part in enumerate(parts) if id(part) in reads)
    between = parts[first : last + 1]
    for loop in parts:
        inside = list(walk(loop)) if loop.kind in ("for", "while", "do") else []
        if any(id(part) in reads for part in inside) and not any(part is call for part in inside):
            between += inside
    if min(index for index, part in enumerate(parts) if id(part) in reads) < first or _calls(between, own):
        return
    made.decls.add(decl)
    made.calls |= set(map(id, readers))
    made.clocks.add(id(bare(call.kid(1))))


def _set_to(body: Node, call: Node) -> Iterator[Decl]:
    for part in walk(body):
        yield from (decl for decl in part.decls if decl.init is not None and bare(decl.init) is call)
        if part.kind == "expression" and part.kid(0).kind == "assign" and bare(part.kid(0).kid(1)) is call:
            target = bare(part.kid(0).kid(0))
            if target.kind == "name" and target.decl is not None and part.kid(0).name == "=":
                yield target.decl


def _calls(parts: Collection[Node], own: Collection[str]) -> bool:
    """Whether something may ask for another time, for which C has the same memory."""
    rows = [callee_name(part) for part in parts if part.kind == "call"]
    return any(not name or name in own for name in rows) or any(part.kind in ("goto", "method") for part in parts)
