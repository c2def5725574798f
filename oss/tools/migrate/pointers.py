"""Pointers, arrays and structs: where an expression leads, and how it is written in the form that is wanted there."""

from __future__ import annotations

import re
from dataclasses import replace

from oss.tools.migrate.asked import callee_name, is_buffer_field, is_elements, is_pointer
from oss.tools.migrate.c_types import (
    INT,
    LONG,
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Struct,
    Void,
    is_byte,
    is_char,
    pointee,
)  # fmt: skip
from oss.tools.migrate.finds import Find
from oss.tools.migrate.making import SIMPLE, Making
from oss.tools.migrate.names import element_type, python_field
from oss.tools.migrate.nodes import Decl, Node, bare, is_null
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.shapes import in_bytes, settle, told
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import ATOM, COMPARISON, PRODUCT, SUM, TERNARY, Range, Untranslatable, Value

__all__ = ["Pointers", "added"]

_NUMBER = re.compile(r"-?\d+")

_PLACES = ("memchr", "memrchr", "memmem")
"""They lead into memory that has its type already."""


class Pointers(Making):
    """The part of the expression writer that reads and follows pointers."""

    # reading

    def read(self, decl: Decl, code: str) -> Value:
        """The value of a variable or a field."""
        kind = decl.type
        self.known_type(kind)
        if not is_pointer(kind):
            form = "float" if isinstance(kind, Float) else self.context.plain_form(kind)
            return Value(code, form, ATOM, kind, self.context.ranges.of_decl(decl))
        slot = self.context.slot(decl)
        return self.of_slot(code, slot, kind)

    def of_slot(self, code: str, slot: Slot | None, kind: CType) -> Value:
        """What is read from a slot."""
        if slot is None:
            if is_pointer(kind):
                raise Untranslatable("a pointer of which it is not known where it leads")
            form = "float" if isinstance(kind, Float) else self.context.plain_form(kind)
            return Value(code, form, ATOM, kind)
        form = settle(slot)
        if form == "number":
            return Value(code, "int", ATOM, kind)
        nullable = not isinstance(kind, Array) and self.nullable(slot)
        return Value(code, form, ATOM, kind, nullable=nullable)

    def nullable(self, slot: Slot, seen: frozenset[int] = frozenset()) -> bool:
        """Whether a pointer may be NULL."""
        if isinstance(slot.type, Array):
            return False
        if slot.uses & {"nullable", "boxed", "number"} or id(slot) in seen:
            return id(slot) not in seen
        if slot.decl is None and not slot.sources and not slot.uses & {"literal", "fresh", "single"}:
            return True
        if slot.decl is not None and slot.decl.scope in ("global", "static", "field"):
            return True
        if not slot.sources and not slot.uses & {"literal", "fresh", "single", "made", "outside"}:
            return True
        sources = [source for source in slot.sources if self.context.slots.uncertain(source, slot)]
        return any(self.nullable(source, seen | {id(slot)}) for source in sources)

    def on_name(self, node: Node) -> Value:
        decl = node.decl
        if decl is None:
            raise Untranslatable(f"{node.name} is declared nowhere")
        if decl.scope == "function":
            return Value(self.context.name(decl), "function", ATOM, decl.type)
        if decl.scope == "enumerator":
            assert decl.value is not None
            return Value(self.context.name(decl), "int", ATOM, INT, Range(decl.value, decl.value), decl.value)
        special = self.special(decl)
        if special is not None:
            return special
        if (find := self.context.find(decl)) is not None:
            return self._tail(node, decl, find, 0)
        name = self.context.name(decl)
        return self._present(node, self.read(decl, f"{name}.value" if self.context.boxed(decl) else name))

    def _tail(self, node: Node, decl: Decl, find: Find, by: int) -> Value:
        """The text from a place on that was found in it."""
        text, place = self.context.name(find.text), self.context.name(decl)
        code = f"{text}[{place} + {by} :]" if by else f"{text}[{place}:]"
        if by or id(node) in self.context.uses.present:
            return Value(code, "text", ATOM, node.type)
        return Value(f"{code} if {place} >= 0 else None", "text", TERNARY, node.type, nullable=True)

    def special(self, decl: Decl) -> Value | None:
        """A variable of the C library."""
        return None

    def on_member(self, node: Node) -> Value:
        assert node.decl is not None
        name = python_field(node.decl.name)
        owner = self.structure(node.kid(0))
        code = f"{owner}.{name}"
        if is_buffer_field(node):
            return Value(code, "offset", ATOM, node.type, base=f"{owner}.data", index=code)
        return self._present(node, self.read(node.decl, code))

    def _present(self, node: Node, made: Value) -> Value:
        """A value of which it may be known that it is not NULL at this place."""
        root = node
        while root.kind in ("member", "index"):
            root = bare(root.kid(0))
        known = id(node) in self.context.uses.present and root.decl is not None and not self.context.boxed(root.decl)
        return replace(made, nullable=False) if known else made

    def structure(self, node: Node) -> str:
        """The struct that a member is taken of, from itself or from a pointer to it."""
        if not is_pointer(node.type):
            return self(node).at(ATOM)
        return self.deref(self(node), pointee(node.type)).at(ATOM)

    def on_index(self, node: Node) -> Value:
        base, index = node.kid(0), node.kid(1)
        if not is_pointer(base.type):
            base, index = index, base
        made = self(base)
        at = self.number(index)
        found = self.element(made, at.at(SUM) if made.form in ("place", "offset") else at.code, node)
        if at.constant == 0 and self._arguments(base):
            found = replace(found, nullable=False)
        return self._present(node, found)

    def _arguments(self, node: Node) -> bool:
        """Whether a pointer is the ``argv`` of ``main``, whose first is always there."""
        inner = bare(node)
        return inner.decl is not None and inner.decl.scope == "param" and inner.decl.owner == "main"

    def element(self, base: Value, index: str, node: Node) -> Value:
        """What stands at an index of a pointer."""
        place = self.moved(base, index)
        slot = self.context.uses.slot(node) if is_pointer(node.type) else None
        code = f"{place.base}[{place.index}]"
        if is_pointer(node.type):
            return self.of_slot(code, slot, node.type)
        form = "float" if isinstance(node.type, Float) else self.context.plain_form(node.type)
        found = None
        if isinstance(node.type, Int):
            found = Range(node.type.low, node.type.high)
            if base.form == "bytes" and is_char(node.type) and id(node) not in self.context.uses.stores:
                raise Untranslatable("a char of a bytearray")
        return Value(code, form, ATOM, node.type, found)

    def moved(self, base: Value, index: str) -> Value:
        """A pointer some elements further, as a place."""
        if base.form == "place":
            return replace(base, index=added(base.index, index))
        if base.form == "offset":
            return Value("", "place", SUM, base.type, base=base.base, index=added(base.index, index), of="bytes")
        if base.form == "member" and index == "0":
            return Value("", "place", SUM, base.type, base=base.code, index="0", of="ptr")
        if base.form not in ("ptr", "list", "bytes"):
            if base.form == "text":
                return Value(
                    "", "place", SUM, base.type, base=self._ptr_to(base), index=index, of="ptr", constant="text"
                )
            raise Untranslatable("a pointer that moves, of which it is not known where it leads")
        return Value("", "place", SUM, base.type, base=base.at(ATOM), index=index, of=base.form, nullable=base.nullable)

    def deref(self, made: Value, kind: CType | None) -> Value:
        """What a pointer leads to."""
        if made.form == "object":
            return replace(made, type=kind or made.type, nullable=False)
        if made.form in ("place", "offset"):
            made = self.moved(made, "0")
            return Value(f"{made.base}[{made.index}]", self._content(kind), ATOM, kind or INT)
        if made.form in ("ptr", "list", "bytes", "member"):
            return Value(f"{made.at(ATOM)}[0]", self._content(kind), ATOM, kind or INT)
        raise Untranslatable("a pointer of which it is not known where it leads")

    def _content(self, kind: CType | None) -> str:
        return "float" if isinstance(kind, Float) else self.context.plain_form(kind or INT)

    def pointed(self, node: Node) -> Value:
        """``*p``."""
        inner = node.kid(0)
        made = self(inner)
        if isinstance(node.type, Function) or made.form == "std":
            return made
        slot = self.context.uses.slot(inner)
        if self.context.through(slot):
            return replace(made, type=node.type, form="object", nullable=False)
        kind = node.type
        if is_pointer(kind):
            place = self.deref(made, INT) if made.form != "ptr" else Value(f"{made.at(ATOM)}.value")
            return self.of_slot(place.code, slot.leads() if slot is not None else None, kind)
        if made.form == "ptr" and not is_byte(kind) and not isinstance(kind, Struct):
            return Value(f"{made.at(ATOM)}.value", self._content(kind), ATOM, kind)
        if made.form == "any":
            raise Untranslatable("a pointer of which it is not known where it leads")
        return self.deref(made, kind)

    def address(self, node: Node) -> Value:
        """``&x``."""
        inner = bare(node.kid(0))
        kind = Pointer(inner.type)
        if inner.kind == "name" and inner.decl is not None:
            decl = inner.decl
            if decl.scope == "function":
                return self(inner)
            if self.context.boxed(decl) and not isinstance(inner.type, (Struct, Array)):
                place = f"{self.context.name(decl)}{'.own' if decl.per_thread else ''}"
                return Value(place, "ptr", ATOM, kind)
            if self.context.made(decl) or isinstance(inner.type, Struct):
                single = "made" if self.context.made(decl) else "single"
                return replace(self(inner), type=kind, nullable=False, of=single)
            return replace(self(inner), type=kind)
        if inner.kind == "index":
            base, index = inner.kid(0), inner.kid(1)
            row = bare(base)
            zeros = row.kind == "index" and bare(index).value == 0 and bare(row.kid(1)).value == 0
            if zeros and self(row.kid(0)).form == "list":
                raise Untranslatable("a pointer that may walk through the rows of an array")
            return replace(self.moved(self(base), self.number(index).at(SUM)), type=kind, nullable=False)
        if inner.kind == "unary" and inner.name == "*":
            return self(inner.kid(0))
        made = self(inner)
        if isinstance(inner.type, Struct):
            return replace(made, type=kind, nullable=False, of="single")
        if inner.kind == "member" and inner.decl is not None:
            return self._of_field(made, inner.decl, kind)
        raise Untranslatable("the address of what has none in Python")

    def _of_field(self, made: Value, field: Decl, kind: CType) -> Value:
        if isinstance(field.type, Array):
            return replace(made, type=kind)
        if self.context.made(field):
            return self._filled(made, field.type, kind)
        owner, _, name = made.code.rpartition(".")
        if field.owner in self.context.uses.overlaid:
            return Value(f'place_of({owner}, "{name}")', "ptr", ATOM, kind)
        return Value(f'field_of({owner}, "{name}")', "member", ATOM, kind, base=owner, index=name)

    def _filled(self, made: Value, inner: CType, kind: CType) -> Value:
        """A field that the SDK fills: it gets the struct for that first."""
        struct = pointee(inner)
        assert isinstance(struct, Struct)
        self.context.hoist(f"{made.code} = {self.struct_name(struct)}()")
        return replace(made, type=kind, nullable=False, of="made")

    # the arithmetic of pointers

    def shifted(self, node: Node) -> Value:
        """``p + n``, ``p - n`` and ``p - q``."""
        left, right = node.kid(0), node.kid(1)
        if is_pointer(left.type) and is_pointer(right.type):
            return self._distance(node)
        if not is_pointer(left.type):
            left, right = right, left
        name, by = bare(left), bare(right).value
        if name.decl is not None and (find := self.context.find(name.decl)) is not None and isinstance(by, int):
            return self._tail(name, name.decl, find, by)
        amount = self.number(right)
        index = amount.at(SUM) if node.name == "+" else f"-{amount.at(PRODUCT)}"
        if isinstance(amount.constant, int) and node.name == "-":
            index = str(-amount.constant)
        base = self(left)
        if node.name == "-" and base.form in ("place", "offset"):
            at = added(base.index, f"- {amount.at(PRODUCT)}") if not _NUMBER.fullmatch(index) else None
            start = self.moved(base, "0") if base.form == "offset" else base
            return replace(start, index=at or added(start.index, index), type=node.type)
        return replace(self.moved(base, index), type=node.type)

    def _distance(self, node: Node) -> Value:
        name = bare(node.kid(0)).decl
        if (find := self.context.find(name)) is not None and name is not None:
            head = f"{self.context.name(find.text)}[:{self.context.name(name)}]"
            return Value(f"len(os.fsencode({head}))", "int", ATOM, LONG, Range(0, LENGTH))
        left, right = self(node.kid(0)), self(node.kid(1))
        if left.form == "offset" and right.form == "offset":
            if left.base != right.base:
                raise Untranslatable("a distance between different memory")
            return Value(f"{left.index} - {right.index}", "int", SUM, LONG, Range(-LENGTH, LENGTH))
        one, other = (self.as_pointer(side).at(SUM + (side is right)) for side in (left, right))
        return Value(f"{one} - {other}", "int", SUM, LONG, Range(-LENGTH, LENGTH))

    def as_pointer(self, made: Value) -> Value:
        return self.adapted(made, "ptr")

    def compared_pointers(self, node: Node) -> Value:
        """A comparison of two pointers."""
        left, right = node.kid(0), node.kid(1)
        if is_null(right) or is_null(left):
            made = self(left if is_null(right) else right)
            return self._beside_null(made, node.name, is_null(left))
        name = bare(left).decl
        if name is not None and self.context.find(name) is not None:  # beside the start of its text
            return Value(f"{self.context.name(name)} {node.name} 0", "bool", COMPARISON)
        one, other = self(left), self(right)
        if one.form == "offset" and other.form == "offset" and one.base == other.base:
            return Value(f"{one.index} {node.name} {other.index}", "bool", COMPARISON)
        if node.name in ("==", "!=") and isinstance(pointee(left.type), Struct):
            one, other = self._as_objects(one, other)
        if {one.form, other.form} <= {"object", "function", "any"} and node.name in ("==", "!="):
            word = "is" if node.name == "==" else "is not"
            return Value(f"{one.at(COMPARISON + 1)} {word} {other.at(COMPARISON + 1)}", "bool", COMPARISON)
        texts = {one.form, other.form} == {"ptr", "text"} and node.name in ("==", "!=")
        if texts:  # a text stays one block
            one, other = self.as_pointer(one), self.as_pointer(other)
        if "object" in (one.form, other.form) or "text" in (one.form, other.form):
            raise Untranslatable("a comparison of pointers of which it is not known where they lead")
        first, second = self.as_pointer(one), self.as_pointer(other)
        return Value(f"{first.at(COMPARISON + 1)} {node.name} {second.at(COMPARISON + 1)}", "bool", COMPARISON)

    def _as_objects(self, one: Value, other: Value) -> tuple[Value, Value]:
        """Two pointers to structs, as the structs where one of them is that: each is one object, wherever it stands."""
        for first, second in ((one, other), (other, one)):
            if first.form == "object" and second.form in ("ptr", "place") and first.type == second.type:
                return self.adapted(one, "object"), self.adapted(other, "object")
        return one, other

    def _beside_null(self, made: Value, op: str, flipped: bool) -> Value:
        if flipped:
            op = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(op, op)
        if made.form == "int":
            return Value(f"{made.at(COMPARISON + 1)} {op} 0", "bool", COMPARISON)
        if op in ("==", "<=", "!=", ">"):
            none = op in ("==", "<=")
            somewhere = made.form in ("place", "offset", "member", "list", "bytes") and not made.nullable
            if somewhere or isinstance(made.constant, str):
                return Value(str(not none), "bool")
            word = "is" if none else "is not"
            return Value(f"{made.at(COMPARISON + 1)} {word} None", "bool", COMPARISON)
        return Value(str(op == ">="), "bool")

    # forms

    def text_literal(self, node: Node) -> Value:
        content = str(node.value)
        return Value(literal(content), "text", ATOM, node.type, constant=content)

    def on_string(self, node: Node) -> Value:
        return self.text_literal(node)

    def adapted(self, made: Value, form: str, *, kind: CType | None = None) -> Value:
        """A value in the form that is wanted where it goes."""
        if form in ("", "any"):
            return self.handed_on(made)
        if made.form == form:
            return made
        if made.form == "none":
            return made
        if made.form in ("int", "bool", "float", "function"):
            return made
        maker = getattr(self, f"_to_{form}", None)
        if maker is None:
            raise Untranslatable(f"a pointer in the form {made.form} is wanted as {form}")
        found: Value = maker(made, kind)
        return found

    def handed_on(self, made: Value) -> Value:
        """A pointer for a ``void *`` that may lead to anything: a struct as it is, all else as a ptr."""
        to = pointee(made.type)
        if isinstance(to, Struct) and made.form in ("place", "ptr", "list"):
            return self._to_object(made, None)
        if made.form in ("place", "offset", "text", "list", "bytes"):
            return self._to_ptr(made, None)
        return made

    def settled(self, made: Value) -> Value:
        """A place as a pointer."""
        if made.form == "offset":
            made = self.moved(made, "0")
        if made.form == "place":
            if made.of == "ptr":
                if made.index == "0":
                    return Value(made.base, "ptr", ATOM, made.type)
                return Value(*_sum(made.base, made.index), SUM, made.type)
            at = "" if made.index == "0" else f", {made.index}"
            return Value(f"ptr({made.base}{at})", "ptr", ATOM, made.type)
        return replace(made, form="ptr") if made.form == "member" else made

    def _to_ptr(self, made: Value, kind: CType | None) -> Value:
        if made.form in ("place", "offset", "member"):
            return self.settled(made)
        if made.form == "object":
            if self.lies_in_bytes(pointee(made.type)):
                return Value(f"address_of({made.code})", "ptr", ATOM, made.type, nullable=made.nullable)
            if made.of != "single":
                raise Untranslatable("a pointer to a struct is wanted as one into an array")
            return Value(f"ptr([{made.code}])", "ptr", ATOM, made.type)
        if made.form in ("text", "list", "bytes"):
            if made.nullable and made.constant is None:
                name = self.simple_name(made)
                return Value(f"ptr({name}) if {name} is not None else None", "ptr", TERNARY, made.type, nullable=True)
            return Value(self._ptr_to(made), "ptr", ATOM, made.type)
        return replace(made, form="ptr")

    @staticmethod
    def _ptr_to(made: Value) -> str:
        """A pointer to memory, and to bytes of their own kind where a text is seen as such."""
        to = pointee(made.type)
        seen = made.form == "text" and isinstance(to, Int) and is_byte(to) and not is_char(to)
        return f"cast(ptr({made.code}), {element_type(to)})" if seen and to is not None else f"ptr({made.code})"

    def simple_name(self, made: Value) -> str:
        """The code of a value that may be written twice; another one gets a variable first."""
        if SIMPLE.fullmatch(made.code):
            return made.code
        name = self.context.temporary("found")
        self.context.hoist(f"{name} = {made.code}")
        return name

    def _to_text(self, made: Value, kind: CType | None) -> Value:
        if made.form in ("place", "offset"):
            made = self.settled(made)
        if made.form == "bytes":
            return Value(f"str(ptr({made.code}))", "text", ATOM, made.type)
        if made.form in ("ptr", "member"):
            if made.nullable:
                name = self.simple_name(made)
                return Value(f"str({name}) if {name} is not None else None", "text", TERNARY, made.type, nullable=True)
            return Value(f"str({made.code})", "text", ATOM, made.type)
        raise Untranslatable("a text is wanted where a pointer leads to something else")

    def _to_object(self, made: Value, kind: CType | None) -> Value:
        if made.form == "place":
            return Value(f"{made.base}[{made.index}]", "object", ATOM, made.type)
        if made.form in ("ptr", "list"):
            if made.nullable:
                name = self.simple_name(made)
                return Value(f"{name}[0] if {name} is not None else None", "object", TERNARY, made.type, nullable=True)
            return Value(f"{made.at(ATOM)}[0]", "object", ATOM, made.type)
        if made.form == "any":
            return replace(made, form="object")
        raise Untranslatable("a struct is wanted where a pointer leads to something else")

    def _to_list(self, made: Value, kind: CType | None) -> Value:
        if made.form == "object" and made.of == "single":
            return Value(f"[{made.code}]", "list", ATOM, made.type)
        if made.form == "place" and made.of == "list" and made.index == "0":
            return Value(made.base, "list", ATOM, made.type)
        raise Untranslatable("an array is wanted where a pointer leads into one")

    def _to_bytes(self, made: Value, kind: CType | None) -> Value:
        raise Untranslatable("a buffer is wanted where a pointer leads to something else")

    def _to_function(self, made: Value, kind: CType | None) -> Value:
        return made

    def given(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        """An expression in the form of the slot that it goes to."""
        inner = bare(node)
        if not is_pointer(kind):
            return self(node)
        if slot is not None and slot.form == "number" and isinstance(inner.type, Int):
            return self.number(inner)
        if is_null(inner):
            return Value("None", "none", ATOM, kind)
        if inner.kind in ("call", "cond", "assign", "newarray") or (inner.kind == "binary" and inner.name == ","):
            made = self.wanted(node, slot, kind)
        else:
            made = self(node)
        form = slot.form if slot is not None else "any"
        to = pointee(inner.type)
        if made.form == "member" and slot is not None and to is not None and in_bytes(slot, to) and not told(slot, to):
            raise Untranslatable("the bytes of a field")
        if made.of == "made" or self.context.through(slot):
            if not self.context.through(slot):
                raise Untranslatable("the address of a pointer that the SDK fills goes elsewhere, too")
            return made
        if form == "object" and isinstance(pointee(kind), Void) is False and made.form == "any":
            return made
        made = self._in_bytes(made, inner, pointee(kind))
        copied = made.form == "text" or (made.form == "place" and made.constant == "text")
        if slot is not None and "stored" in slot.uses and form == "ptr" and copied and inner.kind != "string":
            raise Untranslatable("a text is written where only a str stands")
        return self.cast_to(self.adapted(made, form, kind=kind), inner, slot, kind)

    def _in_bytes(self, made: Value, inner: Node, wanted: CType | None) -> Value:
        """A struct that lies in bytes, or bytes that are to be one, with the type that it has."""
        to = pointee(inner.type)
        if isinstance(to, Struct) and self.lies_in_bytes(to) and made.form == "object":
            return replace(made, type=Pointer(to))
        unseen = made.form == "ptr" and isinstance(to, Void) and not self.from_library(inner)
        if unseen and isinstance(wanted, Struct) and self.lies_in_bytes(wanted):
            return self.seen_struct(made, wanted)
        return made

    def wanted(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        """A call, or what chooses between values, for the slot it goes to."""
        return self(node)

    def cast_to(self, made: Value, inner: Node, slot: Slot | None, kind: CType) -> Value:
        """A pointer to numbers as one to numbers of another type."""
        to, source = pointee(kind), pointee(inner.type)
        if made.form != "ptr" or to is None or source is None or is_elements(inner):
            return made
        cast = pointee(made.type) == to and made.code.startswith("cast(")
        return made if cast or self.from_library(inner) else self.seen_as(made, to, source, inner)

    def from_library(self, node: Node) -> bool:
        """Whether a function of a library gives a ``void *``, which has the type that is wanted already."""
        name = callee_name(node) if node.kind == "call" else ""
        own = self.context.uses.functions.get(name)
        typed = isinstance(pointee(node.type), Void) and name not in _PLACES
        return bool(name) and typed and (own is None or own.system)

    def lies_in_bytes(self, kind: CType | None) -> bool:
        """Whether a struct is one that lies in bytes here."""
        return isinstance(kind, Struct) and kind.name in self.context.uses.overlaid

    def seen_as(self, made: Value, to: CType, source: CType, inner: Node) -> Value:
        if isinstance(source, Void) and isinstance(to, Struct) and self.lies_in_bytes(to):
            return self.seen_struct(made, to)
        if isinstance(source, Void):
            slot = self.context.uses.slot(inner)
            found = slot.kinds if slot is not None else set()
            kinds = {kind for kind in found if not isinstance(kind, Struct) or self.lies_in_bytes(kind)}
            if slot is None or not isinstance(to, (Int, Float)) or kinds == {to}:
                return made
            source = next(iter(slot.kinds)) if len(slot.kinds) == 1 else Void()
        if isinstance(to, Void) or to == source or isinstance(to, (Struct, Pointer, Function, Array)):
            if isinstance(to, Struct) and isinstance(source, (Int, Float)):
                if not self.lies_in_bytes(to):
                    raise Untranslatable("bytes are seen as a struct")
                return self.seen_struct(made, to)
            return made
        if isinstance(source, Struct) and not self.lies_in_bytes(source):
            raise Untranslatable("a struct is seen as bytes")
        if isinstance(source, (Void, Int, Float, Struct)):
            if made.code == "None":
                return made
            return Value(f"cast({made.code}, {element_type(to)})", "ptr", ATOM, Pointer(to), nullable=made.nullable)
        return made

    def seen_struct(self, made: Value, to: Struct) -> Value:
        """Bytes as a struct."""
        return Value(f"cast({made.code}, {self.struct_name(to)})", "ptr", ATOM, Pointer(to), nullable=made.nullable)


def added(left: str, right: str) -> str:
    """``left + right``, without the zeros."""
    if left == "0":
        return right
    if right == "0":
        return left
    if _NUMBER.fullmatch(left) and _NUMBER.fullmatch(right):
        return str(int(left) + int(right))
    if right.startswith("- "):
        return f"{left} {right}"
    if right.startswith("-") and (_NUMBER.fullmatch(right) or SIMPLE.fullmatch(right[1:])):
        return f"{left} - {right[1:]}"
    return f"{left} + {right}"


def _sum(base: str, index: str) -> tuple[str, str]:
    return added(base, index), "ptr"
