"""Assignments and steps, as statements and inside of expressions; initialisers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from oss.tools.migrate import known
from oss.tools.migrate.asked import constant, is_pointer
from oss.tools.migrate.c_types import Array, CType, Float, Int, Struct, is_byte, pointee
from oss.tools.migrate.context import Hoist, Row
from oss.tools.migrate.formats import cut
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import STEPS, Decl, Node, bare, is_null, walk
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import bytes_literal, literal
from oss.tools.migrate.system_calls import SystemCalls
from oss.tools.migrate.values import (
    ATOM,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    PRODUCT,
    SHIFT,
    SUM,
    TERNARY,
    Range,
    Untranslatable,
    Value,
    integer,
    negated,
    stored,
)
from oss.tools.migrate.whole_texts import ended

__all__ = ["Assignments"]

_AUGMENTED = ("+", "-", "*", "//", "%", "<<", ">>", "&", "^", "|", "/")


class Assignments(SystemCalls):
    """The part of the expression writer that sets variables."""

    def negated_truth(self, made: Value) -> Value:
        return negated(made)

    def apart(self, write: Callable[[], str], name: str) -> list[str]:
        """The statements that give ``name`` the value of an expression, indented."""
        context = self.context
        before, context.before = context.before, []
        after, context.after = context.after, []
        try:
            code = write()
            rows = [*context.before, f"{name} = {code}", *context.after]
        finally:
            context.before, context.after = before, after
        return [f"    {row}" for row in rows]

    # where a value goes

    def target(self, node: Node) -> str:
        """The left side of an assignment."""
        node = bare(node)
        if node.kind == "name" and node.decl is not None:
            if (
                node.decl.system
                and node.decl.name not in ("errno", "optarg", "optind", "opterr", "optopt")
                and node.decl.name not in known.REPLACEABLE
            ):
                raise Untranslatable(f"{node.name} is set")
            if node.decl.name == "errno" and node.decl.system:
                return "errno.value"
            self.context.assigning(node.decl)
            name = self.context.name(node.decl)
            return f"{name}.value" if self.context.boxed(node.decl) else name
        if node.kind == "member" and node.decl is not None:
            return f"{self.structure(node.kid(0))}.{python_field(node.decl.name)}"
        if node.kind == "index":
            self.writable(node.kid(0))
            made = self(node)
            return made.code
        if node.kind == "unary" and node.name == "*":
            return self._behind(node)
        if node.kind == "cond" or node.kind == "call":
            raise Untranslatable("a choice of what is set")
        raise Untranslatable("what cannot be set")

    def writable(self, node: Node) -> None:
        """Refuses to write into a text, of which only a copy could be written."""
        with self.context.probing():
            made = self(node)
        if made.form == "text" or (made.form == "place" and made.constant == "text"):
            raise Untranslatable("a text is written where only a str stands")

    def _behind(self, node: Node) -> str:
        inner = node.kid(0)
        self.writable(inner)
        slot = self.context.uses.slot(inner)
        if self.context.through(slot):
            raise Untranslatable("a pointer that the caller gave is set to another struct")
        made = self(inner)
        if made.form in ("ptr", "member"):
            return f"{made.at(ATOM)}[0]" if is_byte(pointee(inner.type)) else f"{made.at(ATOM)}.value"
        if made.form in ("place", "offset", "list", "bytes"):
            made = self.moved(made, "0")
            return f"{made.base}[{made.index}]"
        raise Untranslatable("a pointer of which it is not known where it leads")

    def slot_of(self, node: Node) -> Slot | None:
        return self.context.uses.slot(node) if is_pointer(node.type) else None

    # assignments

    def assigned_rows(self, node: Node) -> list[str]:
        """``a = b`` and ``a += b`` as statements."""
        left, right = node.kid(0), node.kid(1)
        if node.name != "=":
            return self.augmented_rows(node)
        inner = bare(right)
        if inner.kind == "assign" and inner.name == "=" and right.kind == "assign":
            if self.effects(inner.kid(0)):
                made = self(inner)
                return self._set(left, Node("written", inner.place, inner.type, value=made))
            first = self.assigned_rows(inner)
            return [*first, *self._set(left, self.reread(inner.kid(0)))]
        return self._set(left, right)

    def reread(self, node: Node) -> Node:
        """What was just set, read again."""
        if any(part.kind in ("call", "assign") or part.name in ("x++", "x--", "++x", "--x") for part in walk(node)):
            raise Untranslatable("a chain of assignments with effects")
        return node

    def _set(self, left: Node, right: Node) -> list[str]:
        if isinstance(left.type, Struct):
            return self.struct_rows(left, right)
        if isinstance(left.type, Array):
            raise Untranslatable("an array is set")
        slot = self.slot_of(left)
        target_decl = bare(left).decl if bare(left).kind == "name" else None
        if is_pointer(left.type) and is_null(right) and target_decl is not None and self.context.made(target_decl):
            kind = pointee(left.type)
            return [f"{self.target(left)} = {self.struct_name(kind) if isinstance(kind, Struct) else 'None'}()"]
        if ended(Node("assign", left.place, left.type, [left, right], "=")) is not None and self.held(left) == "text":
            return self._ended(bare(left))
        value = self.value_for(left, right, slot)
        return [f"{self.target(left)} = {value.code}"]

    def value_for(self, left: Node, right: Node, slot: Slot | None) -> Value:
        """The value of the right side in the form and type of the left."""
        if bare(left).kind == "name" and self.context.find(bare(left).decl) is not None:
            return self.place_found(right)
        if is_pointer(left.type):
            made = self.given(right, slot, left.type)
            if slot is not None and slot.form == "offset":
                return self._offset(left, right)
            if made.form in ("place", "offset") and slot is None:
                made = self.settled(made)
            return made
        if self.held(left) in ("bytes", "offset"):
            whole = right.kid(0) if right.kind in ("convert", "cast") and isinstance(right.kid(0).type, Int) else right
            return self.fitted(integer(self(whole)), Int(8, False, "byte"), self.range(whole))
        narrowed = isinstance(left.type, Int) and right.kind in ("convert", "cast") and left.type.bits > 1
        if narrowed and isinstance(right.kid(0).type, Int) and self.held(left) == "ptr":
            return stored(self(right.kid(0)))  # storing converts
        made = stored(self(right))
        if isinstance(left.type, Int) and left.type.bits >= 32 and left.type.signed and self.grows(left, right):
            made = self.fitted(replace(made, constant=None), left.type, None)
        decl = bare(left).decl
        if decl is not None and decl.bits is not None and isinstance(left.type, Int):
            made = self._bits(made, decl, self.range(right))
        return made

    def held(self, left: Node) -> str:
        """The form of the memory that an element is in; nothing for what is no element."""
        inner = bare(left)
        if inner.kind == "index" or (inner.kind == "unary" and inner.name == "*"):
            with self.context.probing():
                base = self(inner.kid(0))
            return base.of if base.form == "place" else base.form
        return ""

    def _bits(self, made: Value, decl: Decl, found: Range | None) -> Value:
        """A value in the bits that a field has."""
        assert isinstance(decl.type, Int) and decl.bits is not None
        kind = Int(decl.bits, decl.type.signed, "bits")
        if (
            not kind.signed
            or isinstance(made.constant, int)
            or (found is not None and found.within(kind.low, kind.high))
        ):
            return self.fitted(made, kind, found)
        return Value(f"Integer({kind.bits}, True)({made.code})", "int", ATOM, decl.type, Range(kind.low, kind.high))

    def _offset(self, left: Node, right: Node) -> Value:
        """A place of an ``aos_buf_t``, which is an offset."""
        made = self(right)
        owner = self.structure(bare(left).kid(0))
        if made.form == "place" and made.of == "bytes" and made.base == f"{owner}.data":
            return Value(made.index, "int", SUM)
        if made.form == "offset" and made.base == f"{owner}.data":
            return Value(made.index, "int", SUM)
        raise Untranslatable("a buffer that gets memory of its own")

    def _ended(self, place: Node) -> list[str]:
        """A text of which the first byte or the last one of its array is set to 0."""
        array, at = place.kid(0), constant(place.kid(1))
        if not at:
            return [f'{self.target(array)} = ""']
        if id(place) in self.context.uses.followed:
            return []  # strncpy left that much room
        return [f"{self.target(array)} = {cut(self(array).code, at + 1)}"]

    def struct_rows(self, left: Node, right: Node) -> list[str]:
        """A struct copied into another."""
        inner, source = bare(left), bare(right)
        made = self(right)
        fresh = source.kind in ("call", "compound", "list")
        value = made.code if fresh else f"copy.copy({made.code})"
        if inner.kind == "name" and inner.decl is not None and inner.decl not in self.context.uses.pinned:
            return [f"{self.target(left)} = {value}"]
        if inner.kind == "member" and inner.decl is not None:
            if known.sdk_struct(inner.decl.owner):
                return [f"{self.target(left)} = {made.code}"]
            if inner.decl not in self.context.uses.pinned:
                return [f"{self.target(left)} = {value}"]
        return [f"assign({self(left).code}, {made.code})"]

    def augmented_rows(self, node: Node) -> list[str]:
        """``a += b``."""
        left, right = self.once(node.kid(0)), node.kid(1)
        op = node.name[:-1]
        if is_pointer(left.type):
            return self._moved_rows(left, op, self.number(right))
        target = self.target(left)
        current = self(left)
        if isinstance(left.type, Float) or isinstance(right.type, Float):
            return self._float_rows(left, right, op, target, current)
        made = stored(self.stepped(op, left, right, current))
        decl = bare(left).decl
        if decl is not None and decl.bits is not None and isinstance(left.type, Int):
            made = self._bits(made, decl, None)
        return [self._shortened(target, current, made)]

    def once(self, node: Node) -> Node:
        """The left side of ``a += b``, so that what it does to other variables is done once."""
        inner = bare(node)
        if not any(self.effects(kid) for kid in inner.kids if kid is not None):
            return node
        kids: list[Node | None] = []
        for kid in inner.kids:
            assert kid is not None
            if not self.effects(kid):
                kids.append(kid)
                continue
            made = self(kid)
            if made.form in ("place", "offset"):
                made = self.settled(made)
            name = self.context.temporary("at")
            self.context.hoist(f"{name} = {made.code}", origin=kid, role="place")
            kids.append(Node("written", kid.place, kid.type, value=replace(made, code=name, level=ATOM)))
        return Node(inner.kind, inner.place, inner.type, kids, inner.name, inner.value, inner.decl)

    def on_written(self, node: Node) -> Value:
        """What was written already."""
        assert isinstance(node.value, Value)
        return node.value

    @staticmethod
    def effects(node: Node) -> bool:
        """Whether an expression does more than to have a value."""
        return any(part.kind in ("assign", "call") or part.name in STEPS for part in walk(node))

    def _float_rows(self, left: Node, right: Node, op: str, target: str, current: Value) -> list[str]:
        kind = left.type if isinstance(left.type, Float) else right.type
        one, other = (self.converted(side, kind, None) for side in (current, self.number(right)))
        made = self.converted(self.computed(op, one, other, None, None, kind), left.type, None)
        return [self._shortened(target, current, made)]

    @staticmethod
    def _shortened(target: str, current: Value, made: Value) -> str:
        """``a = a + b`` as ``a += b`` where that is what was made."""
        for op in _AUGMENTED:
            start = f"{current.code} {op} "
            if current.code == target and made.code.startswith(start) and made.level not in (ATOM, TERNARY):
                rest = made.code[len(start) :]
                if _LEVELS.get(made.level) and op in _LEVELS[made.level]:
                    return f"{target} {op}= {rest[1:-1] if _wrapped(rest) else rest}"
        return f"{target} = {made.code}"

    def _moved_rows(self, left: Node, op: str, amount: Value) -> list[str]:
        made = self(left)
        if made.form == "offset" or made.form == "ptr":
            return [f"{self.target(left)} {op}= {amount.code}"]
        raise Untranslatable("a pointer that moves, of which it is not known where it leads")

    def step_rows(self, node: Node) -> list[str]:
        """``i++`` as a statement."""
        inner = node.kid(0)
        op = "+" if "+" in node.name else "-"
        one = Node("number", node.place, Int(32, True), value=1)
        if is_pointer(inner.type):
            return self._moved_rows(inner, op, self(one))
        assign = Node("assign", node.place, inner.type, [inner, one], f"{op}=")
        return self.augmented_rows(assign)

    # inside of expressions

    def on_assign(self, node: Node) -> Value:
        left = node.kid(0)
        inner = bare(left)
        if self._plain_name(inner) and node.name == "=" and not isinstance(left.type, Struct):
            slot = self.slot_of(left)
            right = bare(node.kid(1))
            if right.kind != "assign" or self.context.pure:
                made = self.value_for(left, node.kid(1), slot)
                shown = self(left)
                code = f"({self.target(left)} := {made.code})"
                nullable = made.nullable or (shown.nullable and made.form == "none")
                return Value(code, shown.form, ATOM, left.type, self.range(left), nullable=nullable or shown.nullable)
        if self._plain_name(inner) and self.context.pure and not is_pointer(left.type):
            row = self.assigned_rows(node)
            if len(row) == 1 and (shown_row := _as_walrus(row[0])):
                return Value(shown_row, self(left).form, ATOM, left.type, self.range(left))
        if node.name == "=" and self.effects(left) and not isinstance(left.type, Struct):
            return self._set_once(left, node.kid(1))
        self.done_once(left)
        self.context.hoist(*self.assigned_rows(node), origin=node)
        return self(self.reread(left))

    def _set_once(self, left: Node, right: Node) -> Value:
        """``v[n++] = x`` inside of an expression: the value has a name, for the place cannot be read again."""
        slot = self.slot_of(left)
        made = self.value_for(left, right, slot)
        if not is_pointer(left.type):
            made = stored(self.converted(made, left.type, self.range(right)))
        named = made
        if not isinstance(made.constant, int):
            named = replace(made, code=self.context.temporary(), level=ATOM)
            self.context.hoist(f"{named.code} = {made.code}")
        rows = self._set(left, Node("written", right.place, left.type, value=named))
        self.context.hoist(*rows, origin=left)
        return named

    def _plain_name(self, node: Node) -> bool:
        return (
            node.kind == "name" and node.decl is not None and not self.context.boxed(node.decl)
            and "." not in self.context.name(node.decl) and not node.decl.system
        )  # fmt: skip

    def step(self, node: Node) -> Value:
        """``i++`` inside of an expression."""
        inner = bare(node.kid(0))
        after = node.name.startswith("x")
        context = self.context
        if after and context.simple and self._may_follow(inner):
            made = self(inner)
            rows = [Row(row, node) for row in self.step_rows(node)]
            if rows and rows[-1] in context.after:
                raise Untranslatable("a variable that steps twice in a statement")
            context.after += rows
            return made
        if context.pure and self._plain_name(inner):
            return self._walrus(node, inner, after)
        self.done_once(inner)
        if not after:
            context.hoist(*self.step_rows(node), origin=node)
            return self(inner)
        if context.pure:
            raise self.hoisted()
        name = context.temporary("old")
        made = self(inner)
        kept = self.settled(made) if made.form in ("place", "offset") else made
        context.hoist(f"{name} = {kept.code}", *self.step_rows(node), origin=node)
        return replace(kept, code=name, level=ATOM)

    def done_once(self, target: Node) -> None:
        """Refuses what is set, and then read, where finding it calls a function of the program."""
        for part in walk(target):
            decl = bare(part.kid(0)).decl if part.kind == "call" else part.decl
            if part.kind in ("call", "method", "operator") and decl is not None and not decl.system:
                raise Untranslatable("the value of what a call gives, as it is set")

    def hoisted(self) -> Exception:
        return Hoist()

    def _may_follow(self, inner: Node) -> bool:
        """Whether a step can come after the statement: nothing else in it can see the variable."""
        if inner.kind == "name" and inner.decl is not None and inner.decl.scope in ("local", "param"):
            return not self.context.boxed(inner.decl)
        return not self.calls

    calls = False

    def _walrus(self, node: Node, inner: Node, after: bool) -> Value:
        (row,) = self.step_rows(node)
        code = _as_walrus(row)
        if code is None:
            raise self.hoisted()
        made = self(inner)
        if not after:
            return replace(made, code=code, level=ATOM)
        back = "-" if "+" in node.name else "+"
        if isinstance(inner.type, Int) and ((not inner.type.signed and "&" in row) or "(" in row.split("=", 1)[1]):
            raise self.hoisted()
        return replace(made, code=f"{code} {back} 1", level=SUM)

    # initialisers

    def initial(self, kind: CType, node: Node | None, slot: Slot | None) -> Value:
        """The value of a variable of a type at its declaration."""
        if node is None:
            return self.zero(kind, slot)
        inner = bare(node)
        if inner.kind == "list":
            return self.listed(kind, inner, slot)
        if isinstance(kind, Array):
            return self.array_of_text(kind, inner, slot)
        if isinstance(kind, Struct):
            if not isinstance(node.type, Struct) and not self.context.program.cpp:
                raise Untranslatable("values of a struct without braces of their own")
            made = self(node)
            if inner.kind in ("call", "compound"):
                return made
            return Value(f"copy.copy({made.code})", "object", ATOM, kind)
        if is_pointer(kind):
            return self.given(node, slot, kind)
        return stored(self(node))

    def array_of_text(self, kind: Array, node: Node, slot: Slot | None) -> Value:
        """``char a[] = "text"``."""
        if node.kind != "string" or not is_byte(kind.of):
            raise Untranslatable("an array with the value of another")
        made = self(node)
        if slot is not None and slot.form == "text":
            return made
        if slot is not None and slot.form == "bytes":
            data = str(node.value).encode("utf-8", "surrogateescape")
            shown = bytes_literal(data)
            return Value(f'bytearray({shown}.ljust({kind.count}, b"\\0"))', "bytes", ATOM, kind)
        size = len(str(node.value).encode("utf-8", "surrogateescape")) + 1
        shown = literal(str(node.value)) if not node.macro else made.code
        if "\0" in str(node.value):
            shown = bytes_literal(str(node.value).encode("utf-8", "surrogateescape"))
            return Value(f"array({self.element_name(kind.of)}, {shown}, {kind.count})", "ptr", ATOM, kind)
        count = "" if kind.count == size else f", {kind.count}"
        return Value(f"array({self.element_name(kind.of)}, {shown}{count})", "ptr", ATOM, kind)

    def listed(self, kind: CType, node: Node, slot: Slot | None) -> Value:
        """Values in braces."""
        if isinstance(kind, Array):
            return self._listed_array(kind, node, slot)
        if isinstance(kind, Struct):
            return self._listed_struct(kind, node)
        if len(node.kids) == 1:
            return self.initial(kind, node.kid(0), slot)
        return self.zero(kind, slot)

    def _listed_array(self, kind: Array, node: Node, slot: Slot | None) -> Value:
        if len(node.kids) == 1 and is_byte(kind.of) and bare(node.kid(0)).kind == "string":
            return self.array_of_text(kind, bare(node.kid(0)), slot)
        behind = slot.leads() if slot is not None and is_pointer(kind.of) else None
        rows = self._placed(kind, node, behind)
        form = slot.form if slot is not None else "ptr"
        zero = all(row is None or row.code in ("0", "None", "0.0") for row in rows)
        count = kind.count if kind.count is not None else len(rows)
        if zero:
            return self.zero(Array(kind.of, count), slot)
        codes = [row.code if row is not None else self.zero(kind.of, behind).code for row in rows]
        if form == "text":
            return self._letters(node, count, codes)
        if form == "bytes":
            tail = f'.ljust({count}, b"\\0")' if count > len(codes) else ""
            return Value(f"bytearray([{', '.join(codes)}]){tail}", "bytes", ATOM, kind)
        if form == "list":
            codes += (
                [self.zero(kind.of, behind).code for _ in range(count - len(codes))] if count - len(codes) < 64 else []
            )
            if count > len(codes):
                raise Untranslatable("a long array with some values")
            return Value(f"[{', '.join(codes)}]", "list", ATOM, kind)
        return Value(self.array_of(kind.of, codes, count), "ptr", ATOM, kind)

    def _letters(self, node: Node, count: int, codes: list[str]) -> Value:
        """``{'a', 'b', 0}`` as a text, which a NUL ends."""
        values = [bare(item) for item in node.kids if item is not None]
        plain = [item.value for item in values if item.kind in ("char", "number")]
        numbers = [value & 0xFF for value in plain if isinstance(value, int)]
        if len(numbers) < len(values):
            more = f", {count}" if count > len(codes) else ""
            return Value(f"str(array(char, [{', '.join(codes)}]{more}))", "text", ATOM, node.type)
        if 0 not in numbers and count == len(numbers):
            raise Untranslatable("a text of single letters")
        if any(numbers[numbers.index(0) :]):
            raise Untranslatable("a text of single letters with more behind its end")
        text = bytes(numbers).split(b"\0")[0].decode("utf-8", "surrogateescape")
        return Value(literal(text), "text", ATOM, node.type)

    def _placed(self, kind: Array, node: Node, behind: Slot | None) -> list[Value | None]:
        """The values of an array in their places."""
        rows: list[Value | None] = []
        at = 0
        for item in node.kids:
            assert item is not None
            value = item
            if item.kind == "designated":
                if not isinstance(item.value, int):
                    raise Untranslatable("a value in braces for a place within another")
                at, value = item.value, item.kid(0)
            while len(rows) <= at:
                rows.append(None)
            rows[at] = self.initial(kind.of, value, behind)
            at += 1
        return rows

    def _listed_struct(self, kind: Struct, node: Node) -> Value:
        fields = self.context.uses.fields.get(kind.name)
        name = self.struct_name(kind)
        if fields is None:
            raise Untranslatable(f"a {name} with values in braces")
        rows: list[tuple[str, str]] = []
        at = 0
        for item in node.kids:
            assert item is not None
            value = item
            if item.kind == "designated":
                at = next((index for index, field in enumerate(fields) if field.name == item.name), -1)
                value = item.kid(0)
            if not 0 <= at < len(fields):
                raise Untranslatable("a value in braces for a place within another")
            field = fields[at]
            slot = self.context.slot(field) if is_pointer(field.type) else None
            made = self.initial(field.type, value, slot)
            if field.bits is not None and isinstance(field.type, Int):
                made = self._bits(made, field, made.range)
            rows.append((python_field(field.name), made.code))
            at += 1
        return self._struct_value(kind, rows, fields)

    def _struct_value(self, kind: Struct, rows: list[tuple[str, str]], fields: list[Decl]) -> Value:
        if kind.name == "aos_string_t":
            return self._sdk_string(dict(rows))
        arrays = {python_field(field.name) for field in fields if isinstance(field.type, Array)}
        zero = all(code in ("0", "None", "0.0") or (code == '""' and name in arrays) for name, code in rows)
        if zero:
            return Value(f"{kind.name}()", "object", ATOM, kind)
        declared = self.context.program.structs.get(kind.name)
        foreign = known.is_sdk(kind.name) or known.runtime_home(kind.name) is None
        if declared is not None and declared.system and foreign:
            raise Untranslatable("a struct of the SDK with values in braces")
        in_order = [name for name, _ in rows] == [python_field(field.name) for field in fields[: len(rows)]]
        if declared is not None and declared.system:
            takes = known.fields_of(kind.name)
            if takes is not None and not {name for name, _ in rows} <= set(takes):
                raise Untranslatable(f"a {kind.name} with values in braces")
            in_order = in_order and takes is not None and list(takes[: len(rows)]) == [name for name, _ in rows]
        in_order = in_order and kind.name not in self.context.uses.overlaid
        shown = [code if in_order else f"{name}={code}" for name, code in rows]
        return Value(f"{kind.name}({', '.join(shown)})", "object", ATOM, kind)

    @staticmethod
    def _sdk_string(rows: dict[str, str]) -> Value:
        """``{length, text}``, which ``aos_string("x")`` is too."""
        text, size = rows.get("data", "None"), rows.get("len", "0")
        if text == "None":
            return Value("aos_null_string()", "object")
        if size.isdigit() and text[0] == '"' and len(text) - 2 == int(size) and "\\" not in text and text.isascii():
            return Value(f"aos_string({text})", "object")
        return Value(f"aos_string_t({text}, {size})", "object")


_LEVELS = {SUM: ("+", "-"), PRODUCT: ("*", "//", "%", "/"), BIT_AND: ("&",), BIT_OR: ("|",), BIT_XOR: ("^",),
           SHIFT: ("<<", ">>")}  # fmt: skip


def _as_walrus(row: str) -> str | None:
    """``x = v`` or ``x += v`` as an expression."""
    name, _, value = row.partition(" = ")
    if value and name.isidentifier():
        return f"({name} := {value})"
    for op in _AUGMENTED:
        name, found, value = row.partition(f" {op}= ")
        if found and name.isidentifier():
            return f"({name} := {name} {op} {value})"
    return None


def _wrapped(code: str) -> bool:
    """Whether one pair of brackets is around all of a piece of code."""
    if not (code.startswith("(") and code.endswith(")")):
        return False
    depth = 0
    for index, letter in enumerate(code):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return index == len(code) - 1
    return False
