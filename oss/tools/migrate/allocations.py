"""Memory that is made: what ``malloc`` and its like give, in the form that is wanted where it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oss.tools.migrate.c_types import (
    LONG,
    SIZE,
    Array,
    CType,
    Float,
    Int,
    Pointer,
    Struct,
    Void,
    pointee,
    size_of,
)  # fmt: skip
from oss.tools.migrate.formats import Formats
from oss.tools.migrate.nodes import Node, bare, is_null, walk
from oss.tools.migrate.overlaid import flexible
from oss.tools.migrate.shapes import lead
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.values import ATOM, PRODUCT, Untranslatable, Value

__all__ = ["Allocations"]


class Allocations(Formats):
    """The part of the expression writer that makes memory."""

    def known_call(self, name: str, node: Node, arguments: Sequence[Node]) -> Value:
        """A function that has the same name and parameters here."""
        raise NotImplementedError

    def fresh(self, name: str, arguments: list[Node], slot: Slot | None, kind: CType) -> Value:
        """New memory, of the form that is wanted where it goes."""
        if name in ("strdup", "strndup"):
            if slot is not None and slot.form == "text" and name == "strdup":
                return self.adapted(self(arguments[0]), "text")
            return self.known_call(name, arguments[0], arguments)
        to = pointee(kind)
        slot_to = min(slot.kinds, key=repr, default=None) if slot is not None and isinstance(to, Void) else to
        to = slot_to or to
        pool = [self(arguments[0]).code] if name[:4] in ("aos_", "apr_") else []
        sizes = arguments[len(pool) :]
        form = slot.form if slot is not None else ""
        if isinstance(to, Struct):
            return self.fresh_structs(name, sizes, form, to, pool, self.is_grown(slot))
        if form == "text":
            return Value('""', "text", ATOM, kind, constant="")
        if form == "bytes":
            made = self.amount(sizes, 1)
            code = f"{name}({pool[0]}, {made.code})" if pool else f"bytearray({made.code})"
            return Value(code, "bytes", ATOM, kind)
        if form == "list" and to is not None:
            count = self.amount(sizes, _stride(to))
            return self.repeated(to, slot, count, kind)
        if self.is_grown(slot) and to is not None and not isinstance(to, Void):
            count = self.amount(sizes, _stride(to))
            return Value(f"malloc({count.code}, {self.element_name(to)})", "ptr", ATOM, kind)
        if form in ("ptr", "any", "") and to is not None and not isinstance(to, Void):
            return Value(f"array({self.element_name(to)}, {self.amount(sizes, _stride(to)).code})", "ptr", ATOM, kind)
        if isinstance(to, Void) and form in ("ptr", "any"):
            return Value(f"array(char, {self.amount(sizes, 1).code})", "ptr", ATOM, kind)
        raise Untranslatable(f"{name}() of what is not known")

    def regrown(self, arguments: list[Node], slot: Slot | None, kind: CType) -> Value | None:
        """``realloc`` of so many elements."""
        to = pointee(kind)
        if slot is not None and isinstance(to, Void):
            to = lead(slot)
        count, size = _counted(arguments[1:])
        if isinstance(to, Struct) and self.is_open(to):
            old = self.adapted(self(arguments[0]), "object")
            code = f"sized({self.struct_name(to)}, {self.total(arguments[1:])}, {old.code})"
            return Value(code, "object", ATOM, Pointer(to), nullable=True, of="single")
        if to is None or isinstance(to, Void):
            return None
        if size is None or count is None:
            if isinstance(pointee(kind), Void) and isinstance(to, Struct):
                raise Untranslatable("memory whose number of elements is not known")
            if isinstance(pointee(kind), Void) and isinstance(to, (Int, Float)) and _stride(to) > 1:
                old = self.adapted(self(arguments[0]), "ptr")
                code = f"realloc({old.code}, {self.number(self.unsized(arguments[1])).code})"
                return Value(f"cast({code}, {self.element_name(to)})", "ptr", ATOM, Pointer(to), nullable=True)
            return None
        fits = size.type_of_size == to if isinstance(to, Struct) else size.value == _stride(to)
        if not fits:
            raise Untranslatable("memory whose number of elements is not known")
        old = self.adapted(self(arguments[0]), "ptr")
        number = self.number(self.unsized(count))
        code = f"realloc({old.code}, {number.code}, {self.element_name(to)})"
        return Value(code, "ptr", ATOM, Pointer(to), nullable=True)

    @staticmethod
    def is_grown(slot: Slot | None) -> bool:
        """Whether memory is given to ``realloc`` somewhere, which takes only what ``malloc`` gave."""
        seen: list[Slot] = [slot] if slot is not None else []
        for item in seen:
            seen += [other for other in (*item.into, *item.sources) if other not in seen]
        return any("grown" in item.uses for item in seen)

    def fresh_structs(
        self, name: str, sizes: list[Node], form: str, kind: Struct, pool: list[str], grown: bool
    ) -> Value:
        count, of = _counted(sizes)
        if (of is None or of.type_of_size != kind) and self.is_open(kind) and form in ("object", "") and not pool:
            code = f"sized({self.struct_name(kind)}, {self.total(sizes)})"
            return Value(code, "object", ATOM, Pointer(kind), of="single")
        if of is None or of.type_of_size != kind:
            raise Untranslatable(f"{name}() of memory of which it is not known what it holds")
        cls = self.zeroed(kind)
        one = Value(f"{name}({pool[0]}, {cls})" if pool else f"{cls}()", "object", ATOM, Pointer(kind), of="single")
        if form in ("object", ""):
            if count is not None:
                raise Untranslatable("an array of structs behind a pointer to one")
            return one
        number = self.number(self.unsized(count)).code if count is not None else "1"
        if form == "list":
            return Value(f"[{cls}() for _ in range({number})]", "list", ATOM, Pointer(kind))
        if grown:
            return Value(f"malloc({number}, {cls})", "ptr", ATOM, Pointer(kind))
        return Value(f"array({cls}, {number})", "ptr", ATOM, Pointer(kind))

    def is_open(self, kind: Struct) -> bool:
        """Whether a struct ends with an array of no length of its own."""
        made = self.context.program.structs.get(kind.name)
        return made is not None and flexible(made) and kind.name in self.context.uses.overlaid

    def total(self, sizes: list[Node]) -> str:
        """How many bytes an allocation is for."""
        codes = [self.number(self.unsized(size)) for size in sizes]
        return " * ".join(made.at(PRODUCT) for made in codes if made.constant != 1) if len(codes) > 1 else codes[0].code

    def zeroed(self, kind: Struct) -> str:
        """The class of a struct that is all zero when it is made."""
        if not self._starts_zero(kind):
            raise Untranslatable("an object that is not made by its constructor")
        return self.struct_name(kind)

    def _starts_zero(self, kind: CType) -> bool:
        known = self.context.program.classes.get(kind.name) if isinstance(kind, Struct) else None
        if isinstance(kind, Array):
            return self._starts_zero(kind.of)
        if known is None:
            return True
        makers = [item for item in known.method("__init__") if not item.extern]
        idle = all(item.body is not None and not item.body.kids and not item.inits for item in makers)
        fields = [field for field in known.fields if not field.static]
        plain = all((field.init is None or is_null(field.init)) and self._starts_zero(field.type) for field in fields)
        return idle and plain and all(self._starts_zero(Struct(base)) for base in known.bases)

    def amount(self, sizes: list[Node], stride: int) -> Value:
        """How many elements an allocation is for."""
        if not stride:
            raise Untranslatable("memory for arrays of structs")
        if len(sizes) == 2:
            count, size = self.number(sizes[0]), self.number(sizes[1])
            if size.constant == stride:
                return count
            if count.constant == stride:
                return size
            if stride == 1:
                return Value(f"{count.at(PRODUCT)} * {size.at(PRODUCT + 1)}", "int", PRODUCT, SIZE)
        elif stride == 1:
            return self.number(self.unsized(sizes[0]))
        else:
            count_node, size_node = _counted(sizes)
            if size_node is not None and size_node.value == stride:
                return self.number(self.unsized(count_node)) if count_node is not None else Value("1")
            made = self.number(sizes[0])
            if isinstance(made.constant, int) and made.constant % stride == 0:
                return Value(str(made.constant // stride))
        raise Untranslatable("memory whose number of elements is not known")

    @staticmethod
    def unsized(node: Node) -> Node:
        """A number that becomes a ``size_t``: where that would wrap, C has no meaning, and here it is refused."""
        inner = node.kid(0) if node.kind in ("convert", "cast") else node
        if inner is not node and node.type == SIZE and isinstance(inner.type, Int) and inner.type.signed:
            return Allocations.unsized(inner)
        return node


def _stride(kind: CType) -> int:
    from_kind = {Int: lambda: max(kind.bits, 8) // 8, Float: lambda: kind.bits // 8}  # type: ignore[union-attr]
    if isinstance(kind, Array):
        return size_of(kind) or 0
    maker = from_kind.get(type(kind))
    return maker() if maker is not None else 8


class _Sized:
    """A ``sizeof`` among the arguments of an allocator."""

    def __init__(self, node: Node) -> None:
        self.value = node.value
        self.type_of_size = node.decl.type if node.decl is not None else node.kid(0).type if node.kids else None


def _counted(sizes: list[Node]) -> tuple[Node | None, _Sized | None]:
    """Count and ``sizeof`` of an allocation."""
    rows = [bare(size) for size in sizes]
    if len(rows) == 1 and rows[0].kind == "binary" and rows[0].name == "*":
        rows = list(_factors(rows[0]))
    elif len(rows) == 1 and rows[0].kind == "binary" and rows[0].name == "<<":
        one = Node("number", rows[0].place, LONG, value=1)
        rows = [bare(rows[0].kid(0)), Node("binary", rows[0].place, LONG, [one, rows[0].kid(1)], "<<")]
    found = next((row for row in rows if row.kind == "sizeof"), None)
    if found is None:
        return None, None
    others = [row for row in rows if row is not found]
    count = others[0] if others else None
    for other in others[1:]:
        assert count is not None
        count = Node("binary", other.place, LONG, [count, other], "*")
    if count is not None and count.kind == "number" and count.value == 1:
        count = None
    return count, _Sized(found)


def _factors(node: Node) -> Iterator[Node]:
    """What is multiplied, where a ``sizeof`` is among it."""
    inner = bare(node)
    if inner.kind == "binary" and inner.name == "*" and any(part.kind == "sizeof" for part in walk(inner)):
        yield from _factors(inner.kid(0))
        yield from _factors(inner.kid(1))
    else:
        yield inner
