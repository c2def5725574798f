"""C statements as lines of Python; what has no counterpart is marked, at the smallest statement."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Array, Pointer, Ref, Struct, Unknown, opaque, pointee
from oss.tools.migrate.context import Context, Hoist, Row
from oss.tools.migrate.control import Control
from oss.tools.migrate.nodes import Decl, Node, is_null, walk
from oss.tools.migrate.values import Untranslatable

__all__ = ["NOT_FORESEEN", "Statements"]

NOT_FORESEEN = (AssertionError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
"""What would be raised by a construct that nobody thought of: it is marked as any other."""


class Statements(Control):
    """Writes statements."""

    unread: tuple[Node | None, set[str]] | None = None  # of the body of a function
    poison: frozenset[tuple[str, str]] = frozenset()  # names that turned out to be defined nowhere, by function

    def statement(self, node: Node) -> None:
        """Writes a statement, or marks it."""
        saved, blocks, done = self.out.saved(), len(self.context.active), self.done
        steps, once = list(self.steps), list(self.once)
        self.context.before, self.context.after = [], []
        try:
            writer = getattr(self, f"on_{node.kind}", None)
            if writer is None:
                raise Untranslatable(node.reason or f"no counterpart of this {node.kind}")
            writer(node)
            self.done += node.kind not in ("block", "label", "empty")
        except (Untranslatable, Hoist, *NOT_FORESEEN) as error:
            self.out.restored(saved)
            self.done = done
            del self.context.active[blocks:]
            self.steps, self.once = steps, once
            self.context.pure = 0
            self.context.before, self.context.after = [], []
            reason = "a construct that was not foreseen" if isinstance(error, NOT_FORESEEN) else str(error)
            self.mark(node, reason or "what must run before a condition")

    def emit(self, rows: Sequence[str], node: Node | None) -> None:
        """Lines of Python for a statement, with what must come before and after them."""
        if node is not None and node.place.line:
            self.out.comments(node.place.line)
        rows = [*self.context.before, *rows, *self.context.after]
        _parsed(rows)
        _once(rows)
        for row in rows:
            if self.poison:
                self._check(row)
            self.out.add(row)
        self.context.before, self.context.after = [], []

    def _check(self, row: str) -> None:
        function = self.context.function
        words = _words(row)
        for owner, name in self.poison:
            if name in words and owner == (_called(self.context, function) if function is not None else ""):
                raise Untranslatable(f"{name} is defined nowhere")

    # expressions as statements

    def on_expression(self, node: Node) -> None:
        self._known(node)
        with self.writing(node, simple=True):
            rows = self.write.alone(node.kid(0))
        self.emit(rows, node)

    @staticmethod
    def _known(node: Node) -> None:
        """Refuses what is made of objects of which nothing is known; one alone is only given on."""
        for part in walk(node):
            if not isinstance(part.type, Unknown) and (name := opaque(part.type)):
                raise Untranslatable(f"unknown type name '{name}'")

    def on_asm(self, node: Node) -> None:
        raise Untranslatable("assembler")

    def on_empty(self, node: Node) -> None:
        pass

    # declarations

    def on_declare(self, node: Node) -> None:
        for kid in node.kids:
            if kid is not None:
                raise Untranslatable(kid.reason)
        for decl in node.decls:
            if decl.scope == "static":
                continue
            self.context.opened(decl)
            self.declared(decl, node)

    def declared(self, decl: Decl, node: Node) -> None:
        """A local variable, where it must have a value."""
        if name := opaque(decl.type):
            raise Untranslatable(f"unknown type name '{name}'")
        if not self._needed(decl):
            self.unset.add(decl)
            self.out.comments(node.place.line)
            if decl.init is not None and self.write.effects(decl.init):
                self.emit(self.write.alone(decl.init), node)
            return
        with self.writing(node):
            value = self.initial(decl)
        name = self.context.name(decl)
        self.emit([f"{name} = {value}"], node)

    def _needed(self, decl: Decl) -> bool:
        if decl.type == Struct("va_list"):
            return False
        if isinstance(decl.type, (Struct, Array)) and not (
            isinstance(decl.type, Array) and self.context.form(decl) == "text"
        ):
            return True
        if self.context.boxed(decl) or self.context.made(decl):
            return True
        assert self.mentions is not None and self.body_of_function is not None
        if decl.name in self._unread():
            return True
        simple = decl.init is None or not self.write.effects(decl.init)
        if not simple:
            return bool(self.mentions.rows[decl]) or True
        text = is_pointer(decl.type) and self.context.form(decl) == "text"
        return self.mentions.needed(decl, self.body_of_function, text)

    def _unread(self) -> set[str]:
        """The words of those statements of the function that cannot be read: what is done about them may need all."""
        body = self.body_of_function
        if self.unread is None or self.unread[0] is not body:
            texts = (self.context.text(node) for node in walk(body) if node.kind == "unknown")
            self.unread = body, {word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text)}
        return self.unread[1]

    def initial(self, decl: Decl) -> str:
        """The value that a variable has at its declaration."""
        slot = self.context.slot(decl) if is_pointer(decl.type) else None
        if self.context.find(decl) is not None:
            return self.write.place_found(decl.init).code if decl.init is not None else "-1"
        if self.context.made(decl) and (decl.init is None or is_null(decl.init)):
            kind = pointee(decl.type)
            assert isinstance(decl.type, Pointer) and isinstance(kind, Struct)
            return f"{self.write.struct_name(kind)}()"
        if decl.length is not None and isinstance(decl.type, Array):
            made = self.write.empty_array(decl.type, slot, self.write.number(decl.length).code)
        else:
            made = self.write.initial(decl.type, decl.init, slot)
        if made.form in ("place", "offset"):
            made = self.write.settled(made)
        boxed = self.context.boxed(decl) and not isinstance(decl.type, Ref)
        return self.context.box(decl, made.code) if boxed else made.code


def _parsed(rows: Sequence[str]) -> None:
    """Refuses lines that are no Python."""
    rows = rows[:-1] if rows and rows[-1] == "try:" else rows
    if not rows or rows[0].startswith(("elif ", "else:", "except")):
        return
    text = "\n".join(rows)
    try:
        ast.parse(f"{text}\n    pass" if text.endswith(":") else text)
    except SyntaxError:
        raise Untranslatable("a construct that was not foreseen") from None


def _once(rows: Sequence[str]) -> None:
    """Refuses to do twice what C does once, where an expression had to be written twice."""
    origins = [(id(row.origin[0]), row.origin[1]) for row in rows if isinstance(row, Row)]
    if len(origins) > len(set(origins)):
        raise Untranslatable("an expression with effects whose value is wanted twice")


def _words(row: str) -> set[str]:
    """The names in a line: those in its texts only where they are formatted."""
    return set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", _TEXT.sub('""', row)))


def _called(context: Context, function: Decl) -> str:
    """What a function is called where it is defined."""
    if function.scope == "method":
        return function.python or function.name
    return context.name(function)


_TEXT = re.compile(r'(?<![\w"])"(?:\\.|[^"\\])*"')
