"""What the start of a program must set: how standard output waits in its buffer, and how deep calls may go."""

from __future__ import annotations

from collections.abc import Iterable

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.nodes import ClassDef, Decl, Node, Program, bare, walk

__all__ = ["DEEPEST", "calls_itself", "ends_unwritten"]

DEEPEST = 100_000
"""How many calls may be open: about what C's stack has room for."""

_ENDING = frozenset(("abort", "_exit", "_Exit", "__assert", "raise", "kill", "alarm", "fork",
                     "system"))  # fmt: skip
_BY_NUMBER = frozenset(("write", "dprintf", "vdprintf"))


def ends_unwritten(made: Program) -> bool:
    """Whether what was printed, and when, depends on how C buffers it."""
    bodies: list[Node | None] = []
    for item in made.items:
        if isinstance(item, Decl):
            bodies.append(item.body)
        elif isinstance(item, ClassDef):
            bodies += [method.body for method in item.methods]
    return any(node.kind == "call" and _passes(node) for body in bodies for node in walk(body))


def calls_itself(programs: Iterable[Program]) -> bool:
    """Whether a function of a program calls itself, by way of others perhaps, so that C can go deeper than Python."""
    called = {
        name: {callee_name(node) for node in walk(decl.body) if node.kind == "call"}
        for made in programs
        for name, decl in made.functions.items()
        if decl.body is not None
    }
    for name in called:
        seen, coming = set(), {name}
        while coming:
            found = coming.pop()
            seen.add(found)
            if name in called.get(found, ()):
                return True
            coming |= called.get(found, set()) - seen
    return False


def _passes(node: Node) -> bool:
    name = callee_name(node)
    if name == "popen" and len(node.kids) == 3:
        return bare(node.kid(2)).value != "r"  # the command prints where the program does
    return name in _ENDING or (name in _BY_NUMBER and _may_be_output(bare(node.kid(1))))


def _may_be_output(fd: Node) -> bool:
    """Whether a descriptor may be that of standard output: its number, or what a caller gives."""
    if fd.kind == "number":
        return fd.value == 1
    return fd.kind == "call" or (fd.decl is not None and fd.decl.scope == "param")
