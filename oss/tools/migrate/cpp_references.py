"""References that can be set, as objects with ``value``."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate.c_types import (
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Std,
)
from oss.tools.migrate.cpp_parts import CppParts
from oss.tools.migrate.cpp_types import (
    LISTS,
    MAPS,
    boxes,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, Node, bare
from oss.tools.migrate.values import (
    ATOM,
    SUM,
    TERNARY,
    Untranslatable,
    Value,
)  # fmt: skip

__all__ = ["CppReferences"]


class CppReferences(CppParts):
    """The part of the expression writer that makes references."""

    def zero_of(self, kind: CType) -> Value:
        """The value that a container gives a new element."""
        raise NotImplementedError

    @staticmethod
    def given_by(code: str, decl: Decl) -> str:
        """The value that a reference leads to, where a function gives one."""
        return f"{code}.value" if isinstance(decl.type, Function) and boxes(decl.type.result) else code

    def address(self, node: Node) -> Value:
        inner = bare(node.kid(0))
        owner = plain(inner.kid(0).type) if inner.kind == "operator" and inner.name == "[]" else None
        listed = isinstance(owner, Std) and owner.name in ("vector", "array") and isinstance(inner.type, (Int, Float))
        if listed and inner.decl is None:
            return replace(self.reference(inner), type=Pointer(inner.type))
        if isinstance(inner.type, (Int, Float)) or is_string(inner.type):
            part = self.part_at_place(inner)
            return Value(part, "ptr", ATOM, Pointer(inner.type)) if part is not None else super().address(node)
        return super().address(node)

    @property
    def places(self) -> set[Decl | None]:
        """The variables of loops that are a place in a list: they are the element."""
        if not hasattr(self, "_places"):
            self._places: set[Decl | None] = set()
        return self._places

    def part_at_place(self, node: Node) -> str | None:
        """``it->second`` as what a pointer leads to; None where that is not known."""
        owner = bare(node.kid(0)) if node.kind == "member" and node.kids else node
        arrow = owner.kind == "operator" and owner.name in ("->", "*") and len(owner.kids) == 1
        if not arrow or owner.decl is not None or node.name not in ("first", "second"):
            return None
        place = bare(owner.kid(0))
        if place.kind == "name" and place.decl in self.iterators:
            whole, kind = self.iterators[place.decl]
            if node.name == "first" or kind.name not in MAPS or place.decl is None:
                return None
            return f"map_entry({whole}, {self.context.name(place.decl)})"
        led = plain(place.type)
        if not isinstance(led, Std) or (place.kind == "name" and place.decl in self.places):
            return None
        if led.name == "__map_iterator":
            return f"second_of({self(place).code})" if node.name == "second" else None
        known = led.name in ("__iterator", "__list_iterator")
        return f"part_of({self(place).code}, {int(node.name == 'second')})" if known else None

    def reference(self, node: Node) -> Value:
        """What a reference that can be set leads to: an object with ``value``."""
        inner = bare(node)
        code, level = getattr(self, f"reference_{inner.kind}", self.no_reference)(inner)
        return Value(code, "ptr", level, node.type)

    @staticmethod
    def no_reference(node: Node) -> tuple[str, int]:
        raise Untranslatable("a reference to what has no address in Python")

    def reference_name(self, node: Node) -> tuple[str, int]:
        if node.decl is None or not self.context.boxed(node.decl):
            return self.no_reference(node)
        return self.context.name(node.decl), ATOM

    def reference_member(self, node: Node) -> tuple[str, int]:
        if node.decl is None or isinstance(node.kid(0).type, Std):
            return self.no_reference(node)
        return f'field_of({self.structure(node.kid(0))}, "{python_field(node.decl.name)}")', ATOM

    def reference_assign(self, node: Node) -> tuple[str, int]:
        """``return a = a | b``."""
        self.context.hoist(*self.alone(node))
        made = self.reference(node.kid(0))
        return made.code, made.level

    def reference_cond(self, node: Node) -> tuple[str, int]:
        test = self.condition(node.kid(0))
        yes, no = self.reference(node.kid(1)), self.reference(node.kid(2))
        return f"{yes.code} if {test.code} else {no.code}", TERNARY

    def reference_index(self, node: Node) -> tuple[str, int]:
        base = self.adapted(self(node.kid(0)), "ptr")
        return f"{base.at(SUM)} + {self.number(node.kid(1)).at(SUM + 1)}", SUM

    def reference_unary(self, node: Node) -> tuple[str, int]:
        """``int &r = *p``."""
        if node.name != "*":
            return self.no_reference(node)
        made = self.adapted(self(node.kid(0)), "ptr")
        return made.code, made.level

    def reference_call(self, node: Node) -> tuple[str, int]:
        """A reference that a function gives."""
        decl = bare(node.kid(0)).decl if node.kind == "call" else node.decl
        made = self(node)
        if decl is None or not self.given_by("", decl) or not made.code.endswith(".value"):
            return self.no_reference(node)
        return made.code.removesuffix(".value"), ATOM

    def reference_method(self, node: Node) -> tuple[str, int]:
        if self.is_linked(plain(node.kid(0).type)):
            return self.no_reference(node)
        if node.decl is None and node.name == "at" and isinstance(plain(node.kid(0).type), Std) and self.lists(node):
            self.context.hoist(self(node).code)
            return f"ptr({self(node.kid(0)).code}, {self.number(self.unsized(node.kid(1))).code})", ATOM
        if node.decl is None and node.name in ("back", "front") and self(node).code.endswith("]"):
            name = self(node.kid(0)).code
            return f"ptr({name}, {'0' if node.name == 'front' else f'len({name}) - 1'})", ATOM
        return self.reference_call(node)

    @staticmethod
    def lists(node: Node) -> bool:
        """Whether a method is one of a list."""
        kind = plain(node.kid(0).type)
        return isinstance(kind, Std) and kind.name in LISTS

    def reference_operator(self, node: Node) -> tuple[str, int]:
        if node.decl is not None:
            return self.reference_call(node)
        if node.name == "*":
            code = self(node).code
            end = next((end for end in ("[0]", ".value") if code.endswith(end)), "")
            return (code.removesuffix(end), ATOM) if end else self.no_reference(node)
        owner = plain(node.kid(0).type) if node.name == "[]" else None
        if isinstance(owner, Std) and owner.name == "unique_ptr":
            return f"{self(node.kid(0)).at(SUM)} + {self.number(self.unsized(node.kid(1))).at(SUM + 1)}", SUM
        if isinstance(owner, Std) and owner.name in LISTS:
            return f"ptr({self(node.kid(0)).code}, {self.number(self.unsized(node.kid(1))).code})", ATOM
        if isinstance(owner, Std) and owner.name in MAPS and not self.context.pure:
            made, key = self(node.kid(0)), self.simple_name(self.element_value(node.kid(1)))
            self.context.hoist(f"{made.at(ATOM)}.setdefault({key}, {self.zero_of(owner.of[1]).code})")
            return f"map_entry({made.code}, {key})", ATOM
        return self.no_reference(node)
