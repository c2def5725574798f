"""What a variable is before anything is set, and how large it is."""

from __future__ import annotations

import re

from oss.tools.migrate import known
from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import BOOL, SIZE, Array, CType, Float, Int, Pointer, Struct, Unknown, size_of
from oss.tools.migrate.names import element_type
from oss.tools.migrate.nodes import Node
from oss.tools.migrate.numbers import Numbers
from oss.tools.migrate.overlaid import member
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.values import ATOM, LOWEST, PRODUCT, Range, Untranslatable, Value

__all__ = ["SIMPLE", "Making"]

SIMPLE = re.compile(r"[\w.]+")

_SIZES = {"in_addr": 4, "sockaddr": 16, "sockaddr_in": 16, "sockaddr_in6": 28, "sockaddr_storage": 128,
          "sockaddr_un": 110}  # fmt: skip
"""The sizes of addresses, which functions take besides the addresses themselves."""


class Making(Numbers):
    """The part of the expression writer that makes variables, arrays and structs."""

    def zero(self, kind: CType, slot: Slot | None = None) -> Value:
        """The value of a variable that is not set: zero, NULL, an empty text, an array, a struct."""
        if isinstance(kind, Array):
            return self.empty_array(kind, slot)
        if isinstance(kind, Struct):
            return Value(f"{self.struct_name(kind)}()", "object", ATOM, kind)
        if isinstance(kind, Pointer):
            return Value("None", "none", ATOM, kind)
        self.known_type(kind)
        if kind == BOOL:
            return Value("False", "bool", ATOM, kind)
        return (
            Value("0.0", "float", ATOM, kind) if isinstance(kind, Float) else Value("0", "int", ATOM, kind, constant=0)
        )

    @staticmethod
    def known_type(kind: CType) -> None:
        """Refuses what is of a type that is not known."""
        if isinstance(kind, Unknown):
            raise Untranslatable(f"the type {kind.name} is not known")

    def struct_name(self, kind: Struct) -> str:
        if kind.name in self.context.uses.overlaid or (kind.union and not known.sdk_struct(kind.name)):
            self.overlaid(kind)
        return kind.name

    def overlaid(self, kind: Struct) -> None:
        """Refuses a union, or a struct in one, that cannot lie in bytes here."""
        made = self.context.program.structs.get(kind.name)
        if made is None or self.context.program.cpp or kind.name not in self.context.uses.overlaid:
            raise Untranslatable("a union")
        typedefs = (item[1] for item in self.context.program.items if isinstance(item, tuple))
        if {"member", "shared"} & {*self.context.program.structs, *typedefs}:
            raise Untranslatable("a union beside a type with the name of what stands for it")
        if any(field in self.context.uses.embedded or field.name.startswith("_") for field in made.fields):
            raise Untranslatable("a union with a field that leads to the outer struct")
        for field in made.fields:
            inner = field.type
            while isinstance(inner, Array):
                inner = inner.of
            member(field, self.context.program.structs)
            if isinstance(inner, Struct):
                self.struct_name(inner)

    def empty_array(self, kind: Array, slot: Slot | None, count: str = "") -> Value:
        """An array before anything is set; ``count`` is its length where that is computed."""
        form = slot.form if slot is not None else "ptr"
        if not count and kind.count is None and form != "text":
            raise Untranslatable("an array whose length is not known")
        count = count or str(kind.count)
        if form == "text":
            return Value('""', "text", ATOM, kind, constant="")
        if form == "bytes":
            return Value(f"bytearray({count})", "bytes", ATOM, kind)
        if form == "list":
            return self.repeated(kind.of, slot, Value(count, level=ATOM if SIMPLE.fullmatch(count) else LOWEST), kind)
        return Value(f"array({self.element_name(kind.of)}, {count})", "ptr", ATOM, kind)

    def array_of_rows(self, kind: Array, slot: Slot | None, lengths: list[Node]) -> Value:
        """An array of arrays whose lengths are computed."""
        if slot is None or slot.form != "ptr":
            raise Untranslatable("an array whose length is not known")
        element, of = "", kind.of
        counts = [self.number(length).code for length in lengths]
        while isinstance(of, Array):
            of = of.of
        element = self.element_name(of)
        for count in reversed(counts[1:]):
            element = f"row({element}, {count})"
        return Value(f"array({element}, {counts[0]})", "ptr", ATOM, kind)

    def on_measure(self, node: Node) -> Value:
        """``sizeof`` of an array whose length is computed."""
        inner = node.kid(0)
        made, size = self(inner), size_of(inner.type.of) if isinstance(inner.type, Array) else None
        if inner.kind != "name" or made.form not in ("list", "bytes", "ptr") or not (size or made.form == "ptr"):
            raise Untranslatable("the size of an array whose length is not known")
        of = inner.type
        while isinstance(of, Array):
            of = of.of
        if made.form == "ptr" and isinstance(of, (Int, Float)):
            return Value(f"len({made.code}.block)", "int", ATOM, SIZE, Range(0, LENGTH))
        if made.form == "ptr":
            raise Untranslatable("the size of an array whose length is not known")
        if size == 1:
            return Value(f"len({made.code})", "int", ATOM, SIZE, Range(0, LENGTH))
        return Value(f"len({made.code}) * {size}", "int", PRODUCT, SIZE, Range(0, LENGTH))

    def array_of(self, kind: CType, codes: list[str], count: int) -> str:
        """An array of some elements, and of zeroed ones up to ``count``."""
        more = f", {count}" if count > len(codes) else ""
        return f"array({self.element_name(kind)}, [{', '.join(codes)}]{more})"

    def repeated(self, of: CType, slot: Slot | None, count: Value, kind: CType) -> Value:
        """A list of so many elements that are not set."""
        one = self.zero(of, slot.leads() if slot is not None and is_pointer(of) else None)
        if one.form in ("object", "list", "ptr", "bytes"):
            return Value(f"[{one.code} for _ in range({count.code})]", "list", ATOM, kind)
        return Value(f"[{one.code}] * {count.at(PRODUCT)}", "list", PRODUCT, kind)

    def element_name(self, kind: CType) -> str:
        if isinstance(kind, Struct):
            return self.struct_name(kind)
        return element_type(kind)

    def size(self, node: Node) -> Value:
        """``sizeof``: a number, but for structs of which it is not known how they lie in memory."""
        assert isinstance(node.value, int)
        kind = node.decl.type if node.decl is not None else node.kid(0).type if node.kids else None
        inner = kind
        while isinstance(inner, Array):
            inner = inner.of
        if isinstance(kind, Struct) and kind.name in _SIZES:
            return Value(str(_SIZES[kind.name]), "int", ATOM, SIZE, constant=_SIZES[kind.name])
        if not self.laid_out(inner):
            raise Untranslatable("the size of a struct")
        return Value(str(node.value), "int", ATOM, SIZE, Range(node.value, node.value), node.value)

    def laid_out(self, kind: CType | None) -> bool:
        """Whether a type lies in memory as the program says: the structs of libraries are sketches here."""
        while isinstance(kind, Array):
            kind = kind.of
        if not isinstance(kind, Struct):
            return True
        made = self.context.program.structs.get(kind.name)
        return made is not None and not made.system and all(self.laid_out(field.type) for field in made.fields)

    def on_sizeof(self, node: Node) -> Value:
        return self.size(node)
