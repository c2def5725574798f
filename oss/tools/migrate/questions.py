"""What conditions ask of texts, as plain Python says it."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate.allocations import Allocations
from oss.tools.migrate.asked import callee_name, last_letter, peeked
from oss.tools.migrate.c_types import (
    SIZE,
)  # fmt: skip
from oss.tools.migrate.finds import searched, spelled
from oss.tools.migrate.nodes import Node, bare, is_null
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import ATOM, COMPARISON, NOT, Range, Value

__all__ = ["Questions"]

_COMPARING = {"strcmp": (), "strcoll": (), "strncmp": (2,), "strcasecmp": (), "strncasecmp": (2,), "memcmp": (2,)}
_FINDING = ("strstr", "strchr", "strrchr")


class Questions(Allocations):
    """The part of the expression writer that asks about texts."""

    def length(self, node: Node) -> Value:
        """``strlen``."""
        inner = bare(node)
        made = self(node)
        if made.form == "text" and made.constant is not None and not inner.macro:
            size = len(str(made.constant).split("\0")[0].encode("utf-8", "surrogateescape"))
            return Value(str(size), "int", ATOM, SIZE, Range(size, size), size)
        if made.form == "text":
            code = made.code if self._plain_letters(made, inner) else f"os.fsencode({made.code})"
            return Value(f"len({code})", "int", ATOM, SIZE, Range(0, LENGTH))
        if made.form in ("place", "offset"):
            made = self.settled(made)
        code = f"ptr({made.code})" if made.form == "bytes" else made.code
        return Value(f"strlen({code})", "int", ATOM, SIZE, Range(0, LENGTH))

    def _plain_letters(self, made: Value, inner: Node) -> bool:
        """Whether a text has as many bytes as letters, whatever it is."""
        if made.constant is not None:
            return _ascii(str(made.constant))
        slot = self.context.uses.slot(inner) if inner.kind == "name" else None
        known = slot is not None and slot.decl is not None and slot.decl.scope == "local" and not slot.sources
        return known and slot is not None and slot.uses == {"literal"} and all(map(_ascii, slot.literals))

    def equal_texts(self, node: Node) -> Value | None:
        """The truth that ``strcmp`` and its like give 0, where plain Python says it."""
        name = callee_name(node)
        if name not in _COMPARING:
            return None
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        if len(arguments) < 2 or name in ("strcasecmp", "strncasecmp", "strcoll"):
            return None
        left, right = self(arguments[0]), self(arguments[1])
        if name == "strcmp" and {left.form, right.form} == {"text", "ptr"}:
            left, right = (replace(side, nullable=False) if side.form == "text" else side for side in (left, right))
            left, right = (self.adapted(side, "text") if not side.nullable else side for side in (left, right))
        if left.form != "text" or right.form != "text" or (left.nullable and right.nullable and name != "strcmp"):
            return None
        if name == "strcmp":
            return Value(f"{left.at(COMPARISON + 1)} == {right.at(COMPARISON + 1)}", "bool", COMPARISON)
        if name != "strncmp":
            return None
        return self._prefix(left, right, arguments[2]) or self._prefix(right, left, arguments[2])

    def _prefix(self, left: Value, right: Value, size: Node) -> Value | None:
        """``strncmp(s, "prefix", 6)``: where the whole of a literal is compared, it is a prefix."""
        count = self.number(size)
        if right.constant is not None and count.constant == len(str(right.constant).encode("utf-8", "surrogateescape")):
            return Value(f"{left.at(ATOM)}.startswith({right.code})", "bool", ATOM)
        if count.code in (f"len(os.fsencode({right.code}))", f"len({right.code})"):
            return Value(f"{left.at(ATOM)}.startswith({right.code})", "bool", ATOM)
        return None

    def found_text(self, node: Node) -> Value | None:
        """The truth that a text is found in another."""
        name = callee_name(node)
        if name not in _FINDING:
            return None
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        whole = self(arguments[0])
        if whole.form != "text":
            return None
        if name == "strstr":
            part = self(arguments[1])
        else:
            inner = bare(arguments[1])
            if inner.kind != "char" or not isinstance(inner.value, int) or not 0 < inner.value < 128:
                return None
            part = Value(literal(chr(inner.value)), "text")
        if part.form != "text":
            return None
        return Value(f"{part.at(COMPARISON + 1)} in {whole.at(COMPARISON + 1)}", "bool", COMPARISON)

    def letter(self, node: Node) -> Value | None:
        """What a condition asks of the first or last letter of a text, as plain Python says it."""
        inner, found = bare(node), None
        if inner.kind in ("binary", "unary") and inner.name in ("==", "!=", "!"):
            found = peeked(inner)
        elif inner.kind in ("index", "unary"):
            found = inner if id(inner) in self.context.uses.peeks else None
        if found is None:
            return None
        made = self(found.kid(0))
        if made.form != "text" or (made.constant is not None and not bare(found.kid(0)).macro):
            return None
        value = next(
            (bare(kid).value for kid in inner.kids if kid is not None and bare(kid).kind in ("char", "number")), 0
        )
        equal = inner.name in ("==", "!")
        if inner is found or not value:
            return Value(
                f'{made.at(COMPARISON + 1)} {"==" if equal and inner is not found else "!="} ""', "bool", COMPARISON
            )
        assert isinstance(value, int)
        word = "endswith" if last_letter(found) else "startswith"
        shown = Value(f"{made.at(ATOM)}.{word}({literal(chr(value))})", "bool", ATOM)
        return shown if equal else _plainly(shown)

    def is_found(self, node: Node) -> Value | None:
        """The truth that something was found, where its place is an index."""
        if node.kind == "binary" and node.name in ("==", "!=") and any(map(is_null, node.kids)):
            made = self.is_found(bare(node.kid(0 if is_null(node.kid(1)) else 1)))
            if made is None or node.name == "!=":
                return made
            return replace(made, code=made.code.removesuffix(">= 0") + "< 0")
        target = bare(node.kid(0)) if node.kind == "assign" and node.name == "=" else node
        if target.kind != "name" or self.context.find(target.decl) is None:
            return None
        name = target.decl and self.context.name(target.decl)
        code = name if target is node else f"({name} := {self.place_found(node.kid(1)).code})"
        return Value(f"{code} >= 0", "bool", COMPARISON)

    def place_found(self, node: Node) -> Value:
        """Where something is found in a text."""
        call = searched(node)
        return Value(spelled(call, self.context.name(call[0])) if call is not None else "-1")

    def truth(self, node: Node) -> Value | None:
        """A condition that plain Python has words for; None for any other."""
        return self.context.attempt(lambda: self._truth(node))

    def _truth(self, node: Node) -> Value | None:
        inner = bare(node)
        if (found := self.context.attempt(lambda: self.is_found(inner))) is not None:
            return found
        if (letter := self.context.attempt(lambda: self.letter(node))) is not None:
            return letter
        if inner.kind == "call":
            if (made := self.context.attempt(lambda: self.equal_texts(inner))) is not None:
                return _not(made)
            return self.found_text(inner)
        if inner.kind == "binary" and inner.name in ("==", "!=") and any(map(is_null, inner.kids)):
            call = bare(inner.kid(0 if is_null(inner.kid(1)) else 1))
            if call.kind != "call":
                return None
            if (made := self.context.attempt(lambda: self.equal_texts(call))) is not None:
                return made if inner.name == "==" else _not(made)
            if (made := self.found_text(call)) is not None:
                return _not(made) if inner.name == "==" else made
        return None


def _ascii(text: str) -> bool:
    """Whether ``strlen`` and ``len`` count the same."""
    return text.isascii() and "\0" not in text


def _not(made: Value) -> Value:
    if made.level == COMPARISON and " == " in made.code:
        return (
            replace(made, code=made.code.replace(" == ", " != ", 1)) if made.code.count(" == ") == 1 else _plainly(made)
        )
    if made.level == COMPARISON and made.code.count(" in ") == 1:
        return replace(made, code=made.code.replace(" in ", " not in ", 1))
    return _plainly(made)


def _plainly(made: Value) -> Value:
    return Value(f"not {made.at(NOT)}", "bool", NOT)
