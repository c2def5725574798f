"""Pointers that only say where something stands in a text: in Python, an index, or -1 for NULL."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import CHAR, Pointer, pointee
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.spelling import literal

__all__ = ["Find", "finds", "searched", "spelled"]

_METHODS = {"strchr": "find", "strstr": "find", "strrchr": "rfind"}
_PASSING = ("call", "return", "cond", "assign", "list", "declare")
"""What a pointer may stand in, to be handed on as the text that begins there."""


@dataclass(eq=False, slots=True)
class Find:
    """A variable that has places in ``text``.

    ``settings`` are the ids of the values that it is given, ``tails`` of what stands for the text from there on.
    """

    text: Decl
    least: int  # how long what is looked for is, at least
    settings: set[int]
    tails: set[int] = field(default_factory=set)


def searched(node: Node | None) -> tuple[Decl, str, str] | None:
    """A text, the method of str that looks for something in it, and what that is, if this is such a call."""
    call = bare(node) if node is not None else None
    method = _METHODS.get(callee_name(call)) if call is not None and call.kind == "call" else None
    if call is None or method is None or len(call.kids) != 3:
        return None
    text, part = bare(call.kid(1)), bare(call.kid(2))
    found = str(part.value) if part.kind == "string" else ""
    if part.kind == "char" and isinstance(part.value, int) and 0 < part.value < 128:
        found = chr(part.value)
    if text.kind != "name" or text.decl is None or not found.isascii() or not found or "\0" in found:
        return None
    return text.decl, method, found


def finds(body: Node | None, present: Collection[int]) -> dict[Decl, Find]:
    """The variables of a function that are nothing else; ``present`` are mentions that are not NULL."""
    if body is None or any(part.kind in ("lambda", "unknown", "asm") for part in walk(body)):
        return {}
    made = dict(_candidates(body))
    if made:
        _Reader(made, present).visit(body, None)
    return made


def _candidates(body: Node) -> Iterator[tuple[Decl, Find]]:
    """Local variables that are set to places in one text, which stays as it is."""
    parts = list(walk(body))
    values: dict[Decl, list[Node | None]] = {}
    for part in parts:
        for decl in part.decls:
            values.setdefault(decl, []).append(decl.init)
        if part.kind in ("assign", "unary") and part.kids and bare(part.kid(0)).decl is not None:
            value = part.kid(1) if part.kind == "assign" and part.name == "=" else part
            target = bare(part.kid(0)).decl
            if target is not None and part.name not in ("*", "!", "-", "~", "+"):
                values.setdefault(target, []).append(value)
    for pointer, rows in values.items():
        given = [bare(row) for row in rows if row is not None]
        calls = [searched(row) for row in given if not is_null(row)]
        texts = {call[0] for call in calls if call is not None}
        if pointer.scope != "local" or not isinstance(pointer.type, Pointer) or None in calls or len(texts) != 1:
            continue
        text = texts.pop()
        settings = [row for row in values.get(text, ()) if row is not None]
        steady = settings == ([text.init] if text.scope == "local" else []) and text.scope in ("local", "param")
        steady = steady and (text.scope == "param" or pointer in _after(body, text))
        if steady and isinstance(text.type, Pointer) and pointee(text.type) == pointee(pointer.type) == CHAR:
            yield pointer, Find(text, min(len(call[2]) for call in calls if call is not None), set(map(id, given)))


def _after(body: Node, text: Decl) -> list[Decl]:
    """The variables that are declared after one and within its block, so that they are gone before it is set anew."""
    for part in walk(body):
        if any(text in kid.decls for kid in part.kids if kid is not None):
            rows = [decl for inner in walk(part) for decl in inner.decls]
            return rows[rows.index(text) + 1 :]
    return []


class _Reader:
    """Drops those variables that are read otherwise, and notes where the others stand for texts."""

    def __init__(self, made: dict[Decl, Find], present: Collection[int]) -> None:
        self.made, self.present = made, present

    def visit(self, node: Node, within: Node | None, asked: bool = False) -> None:
        """``asked``: what stands here is only compared with NULL."""
        if node.kind == "name" and node.decl in self.made:
            self._read(node, within, asked)
            return
        for decl in node.decls:
            if decl.init is not None:
                self.visit(decl.init, node)
        if node.kind == "assign" and node.name == "=" and bare(node.kid(0)).decl in self.made:
            if not asked and (within is None or within.kind != "expression"):
                self.made.pop(bare(node.kid(0)).decl, None)  # type: ignore[arg-type]
            self.visit(node.kid(1), node)
            return
        if self._tail(node):
            return
        outer = within if node.kind in ("convert", "cast") and pointee(node.type) == CHAR else node
        for kid in node.kids:
            if kid is not None:
                self.visit(kid, outer, self._asks(node, kid, asked))

    @staticmethod
    def _asks(node: Node, kid: Node, asked: bool) -> bool:
        if node.kind in ("if", "while", "cond", "for", "do"):
            return node.kids[{"for": 1, "do": 1}.get(node.kind, 0)] is kid
        if node.kind == "convert":
            return asked
        if node.kind == "binary":
            return node.name in ("&&", "||") or (node.name in ("==", "!=") and any(map(is_null, node.kids)))
        return node.kind == "unary" and node.name == "!"

    def _tail(self, node: Node) -> bool:
        """Whether this is ``p + 1``, which does not go past what was found, or ``p`` beside the text that it is in."""
        if node.kind != "binary" or node.name not in ("+", "-", "==", "!="):
            return False
        name, other = bare(node.kid(0)), bare(node.kid(1))
        find = self.made.get(name.decl) if name.kind == "name" and name.decl is not None else None
        if find is None or id(name) not in self.present:
            return False
        further = isinstance(other.value, int) and 0 <= other.value <= find.least
        if not further if node.name == "+" else other.decl is not find.text:
            return False
        find.tails.add(id(node))
        return True

    def _read(self, node: Node, within: Node | None, asked: bool) -> None:
        assert node.decl is not None
        if asked:
            return
        if within is None or within.kind not in _PASSING:
            self.made.pop(node.decl)
        else:
            self.made[node.decl].tails.add(id(node))


def spelled(call: tuple[Decl, str, str], name: str) -> str:
    """The search in Python; ``name`` is the text."""
    return f"{name}.{call[1]}({literal(call[2])})"
