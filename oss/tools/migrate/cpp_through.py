"""Pointers to methods and to fields of classes: ``&T::f`` and ``&T::x``, and what is reached through them.

One to a method is the function of the class, one to a field the name of it.
"""

from __future__ import annotations

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import CType, Std
from oss.tools.migrate.cpp_objects import CppObjects
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, Node, bare, is_null
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import ATOM, COMPARISON, Range, Untranslatable, Value

__all__ = ["CppThrough"]

_KINDS = ("method_pointer", "field_pointer")


class CppThrough(CppObjects):
    """The part of the C++ writer that goes through pointers to parts of classes."""

    def address(self, node: Node) -> Value:
        inner = bare(node.kid(0))
        if isinstance(node.type, Std) and node.type.name in _KINDS:
            if inner.kind != "name" or inner.decl is None:
                raise Untranslatable("a pointer to a part of a class that is not known")
            return self.pointed_part(inner.decl, node.type)
        return super().address(node)

    def pointed_part(self, decl: Decl, kind: CType) -> Value:
        """``&T::f`` and ``&T::x``."""
        if decl.scope == "field":
            return Value(literal(python_field(decl.name)), "std", ATOM, kind)
        if decl.scope != "method" or decl.extern:
            raise Untranslatable("a pointer to a part of a class that is not known")
        name = decl.python or python_field(decl.name)
        if decl.virtual:  # that of the object's own class is meant
            return Value(f"lambda self, *args: self.{name}(*args)", "std", 0, kind)
        return Value(f"{decl.owner}.{name}", "std", ATOM, kind)

    def make_method_pointer(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or is_null(arguments[0]):
            return Value("None", "std", ATOM, kind)
        return self(arguments[0])

    make_field_pointer = make_method_pointer

    def truth(self, node: Node) -> Value | None:
        kind = plain(bare(node).type)
        if isinstance(kind, Std) and kind.name in _KINDS:
            code = f"{self(bare(node)).at(COMPARISON + 1)} is not None"
            return Value(code, "bool", COMPARISON, range=Range(0, 1))
        return super().truth(node)

    def on_through(self, node: Node) -> Value:
        """``object.*field`` and ``pointer->*field``."""
        owner, name = self.structure(node.kid(0)), self(node.kid(1))
        if bare(node.kid(1)).kind == "unary" and not self.context.pure:
            raise Untranslatable("a pointer to a part of a class that is not kept")
        return self.std_or_plain(f"getattr({owner}, {name.code})", node.type)

    def reference_through(self, node: Node) -> tuple[str, int]:
        return f"field_of({self.structure(node.kid(0))}, {self(node.kid(1)).code})", ATOM

    def target(self, node: Node) -> str:
        inner = bare(node)
        if inner.kind == "through":
            return f"{self.reference_through(inner)[0]}.value"
        return super().target(node)

    def called(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        inner = bare(node.kid(0))
        if inner.kind != "through":
            return super().called(node, slot, kind)
        return self.called_through(inner, [kid for kid in node.kids[1:] if kid is not None], node)

    def called_through(self, inner: Node, arguments: list[Node], node: Node) -> Value:
        """``(object.*method)(x)``."""
        rows = [row for row in self.context.uses.reached(inner) if row.body is not None]
        if not rows or len(rows[0].params) != len(arguments):
            raise Untranslatable("a call through a pointer of which it is not known where it leads")
        params = []
        for same in zip(*(row.params for row in rows), strict=True):
            forms = {self.context.form(item) for item in same if is_pointer(item.type)}
            if len(forms) > 1:
                raise Untranslatable("methods of different forms behind one pointer")
            params.append(next((item for item in same if self.changed(item)), same[0]))
        codes = [self.structure(inner.kid(0))]
        codes += [self.passed(*row) for row in zip(arguments, params, strict=True)]
        return self.result(self.led_back(f"{self(inner.kid(1)).at(ATOM)}({', '.join(codes)})", rows[0]), node)

    @staticmethod
    def led_back(code: str, decl: Decl) -> str:
        """The value that a reference leads to, where a function gives one."""
        raise NotImplementedError
