"""Calls: of the program's own functions, of the SDK's by the port's signatures, and of the C library's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from oss.tools.migrate import known
from oss.tools.migrate.asked import callee_name, is_elements, is_pointer
from oss.tools.migrate.c_types import (
    CHAR,
    INT,
    SIZE,
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Struct,
    Void,
    called_as,
    is_byte,
    pointee,
)  # fmt: skip
from oss.tools.migrate.embedded import begins, within
from oss.tools.migrate.formats import text_of
from oss.tools.migrate.names import element_type, python_field
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, key_of, walk
from oss.tools.migrate.patterns import formattable
from oss.tools.migrate.shapes import lead
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.struct_bytes import BY_NUMBER
from oss.tools.migrate.turns import Turns
from oss.tools.migrate.values import ATOM, TERNARY, Range, Untranslatable, Value, integer, stored

__all__ = ["Calls"]

_Special: TypeAlias = "Callable[[Node, list[Node]], Value | None]"

_PLAIN = {
    "exit": "sys.exit({0})", "getenv": "os.environ.get({0})", "abs": "abs({0})", "labs": "abs({0})",
    "llabs": "abs({0})", "fabs": "abs({0})", "abort": "os.abort()",
}  # fmt: skip
"""What plain Python has."""

_NAMES = {"raise": "raise_", "getopt": "getopt.getopt", "getopt_long": "getopt.getopt_long",
          "getopt_long_only": "getopt.getopt_long_only"}  # fmt: skip
"""C functions that are called otherwise here."""

_SIGNALS = {0: "SIG_DFL", 1: "SIG_IGN", -1: "SIG_ERR"}


class Calls(Turns):
    """The part of the expression writer that calls."""

    def wanted(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        inner = bare(node)
        if inner.kind == "call":
            return self.called(inner, slot, kind)
        return self(node)

    def on_call(self, node: Node) -> Value:
        return self.called(node, None, node.type)

    def called(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        """A call; ``slot`` is where its result goes."""
        name = callee_name(node)
        node = self.in_order(node)
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        if not name:
            return self.indirect(node, arguments)
        own = self.context.uses.functions.get(name)
        if own is not None and not own.system:
            return self.own_call(own, arguments, node)
        special: _Special | None = getattr(self, f"call_{name}", None)
        if special is not None and (made := special(node, arguments)) is not None:
            return made
        if name.startswith("__aos_list_"):
            return self.list_call(name, node, arguments, slot)
        if name in known.FRESH:
            return self.fresh(name, arguments, slot, kind)
        if name == "realloc" and (grown := self.regrown(arguments, slot, kind)) is not None:
            return grown
        if name in _PLAIN:
            return self.plain_call(name, node, arguments)
        return self.known_call(name, node, arguments, slot)

    def own_call(self, own: Decl, arguments: Sequence[Node], node: Node) -> Value:
        codes = [self.passed(argument, parameter) for argument, parameter in zip(arguments, own.params, strict=False)]
        if own.name == "main":
            raise Untranslatable("a call of main")
        if own.body is None and own.name not in self.context.homes:
            raise Untranslatable(f"{own.name}() is declared, but defined nowhere")
        if len(arguments) < len(own.params):
            raise Untranslatable(f"{own.name}() takes {len(own.params)} arguments, not {len(arguments)}")
        codes += self.arguments(arguments[len(own.params) :])
        return self.result(f"{self.context.name(own)}({', '.join(codes)})", node, own.name)

    def result(self, code: str, node: Node, name: str = "") -> Value:
        slot = self.context.uses.slot(node) if is_pointer(node.type) else None
        made = self.of_slot(code, slot, node.type)
        found = self.range(node) if isinstance(node.type, Int) else None
        return replace(made, range=found)

    def passed(self, argument: Node, parameter: Decl) -> str:
        """An argument in the form that the parameter has."""
        if isinstance(parameter.type, Struct):
            made = self(argument)
            copied = _names_one(argument) and (self.changed(parameter) or self.aliased(argument, parameter))
            return f"copy.copy({made.code})" if copied else made.code
        made = self.given(argument, self.context.slot(parameter), parameter.type)
        if is_pointer(parameter.type) and self.through_struct(parameter) and made.form == "none":
            return "None"
        if isinstance(parameter.type, Pointer) and parameter.type.to == Void() and made.form == "offset":
            made = self.settled(made)
        return stored(made).code

    def through_struct(self, parameter: Decl) -> bool:
        return self.context.through(self.context.slot(parameter))

    def changed(self, parameter: Decl) -> bool:
        """Whether a function writes into a struct that it got by value, or keeps it."""
        own, parameter = self.context.uses.taker(parameter)
        for node in walk(own.body if own is not None else None):
            target = None
            if node.kind == "assign" or (node.kind == "unary" and node.name in ("x++", "x--", "++x", "--x", "&")):
                target = bare(node.kid(0))
            if node.kind == "member" and isinstance(node.type, Array) and self._writes(node, own):
                target = node
            while target is not None and target.kind in ("member", "index"):
                target = bare(target.kid(0))
            if target is not None and target.decl is parameter:
                return True
        return False

    def _writes(self, member: Node, own: Decl | None) -> bool:
        """Whether a function may write into an array of a struct through a pointer."""
        slot = self.context.slot(member.decl) if member.decl is not None else None
        quiet = own is not None and self.context.uses.quiet.of(key_of(own)) and slot is not None and not slot.into
        return not quiet and slot is not None and slot.form != "text"

    def aliased(self, argument: Node, parameter: Decl) -> bool:
        """Whether a function may write into the struct that its caller gave it by value, by another name."""
        decl, uses = bare(argument).decl, self.context.uses
        own, _ = uses.taker(parameter)
        if own is not None and uses.quiet.of(key_of(own)):
            return False
        alone = bare(argument).kind == "name" and decl is not None and decl.scope in ("local", "param")
        return not alone or any(decl is other for other, _ in uses.addresses)

    def indirect(self, node: Node, arguments: Sequence[Node]) -> Value:
        """A call through a pointer."""
        target = pointee(node.kid(0).type) or node.kid(0).type
        if not isinstance(target, Function):
            raise Untranslatable("a call of what is no function")
        function = self(node.kid(0))
        owners = [
            own
            for name in sorted(self.context.uses.taken)
            if (own := self.context.uses.functions.get(name)) is not None and not own.system
            and called_as(own.type, target, not self.context.uses.recast)
        ]  # fmt: skip
        codes = []
        for position, argument in enumerate(arguments):
            if owners and position < len(owners[0].params):
                forms = {self.context.slot(own.params[position]).form for own in owners if is_pointer(argument.type)}
                if len(forms) > 1:
                    raise Untranslatable("functions of different forms behind one pointer")
                codes.append(self.passed(argument, owners[0].params[position]))
            else:
                codes.append(self.argument(argument))
        return self.result(f"{function.at(ATOM)}({', '.join(codes)})", node)

    def known_call(self, name: str, node: Node, arguments: Sequence[Node], slot: Slot | None = None) -> Value:
        """A function that has the same name and parameters here."""
        callee = known.callee(_NAMES.get(name, name).rpartition(".")[2])
        if callee is None:
            raise Untranslatable(f"no counterpart of {name}()")
        if len(arguments) < callee.least or (callee.most is not None and len(arguments) > callee.most):
            raise Untranslatable(f"{name}() takes {callee.least} arguments, not {len(arguments)}")
        codes = [self.to_known(callee, position, argument) for position, argument in enumerate(arguments)]
        shown = _NAMES.get(name, name)
        if shown.startswith("getopt."):
            self.context.direct.add("getopt")
        code = f"{shown}({', '.join(codes)})"
        if not is_pointer(node.type) or node.kind != "call":
            form = "float" if isinstance(node.type, Float) else self.context.plain_form(node.type)
            if node.kind != "call" or callee.gives == "memory":
                return Value(code, "ptr", ATOM, node.type, nullable=callee.nullable)
            return Value(code, form, ATOM, node.type, self.range(node))
        if slot is not None and slot.form == "bytes" and "lent" in slot.uses:
            return Value(code, "bytes", ATOM, node.type, nullable=callee.nullable)
        return self.known_result(code, callee, node)

    def known_result(self, code: str, callee: known.Callee, node: Node) -> Value:
        to = pointee(node.type)
        if callee.gives == "text":
            return Value(code, "text", ATOM, node.type, nullable=callee.nullable)
        if callee.gives == "memory":
            if known.is_sdk(callee.name):
                other = isinstance(to, Int) and to != CHAR
                code = f"cast({code}, {element_type(to)})" if to is not None and other else f"ptr({code})"
            return Value(code, "ptr", ATOM, node.type, nullable=callee.nullable)
        if isinstance(to, Function):
            return Value(code, "function", ATOM, node.type, nullable=True)
        if is_byte(to) or isinstance(to, Void):
            return Value(code, "any", ATOM, node.type, nullable=True)
        return Value(code, "object", ATOM, node.type, nullable=callee.nullable)

    def to_known(self, callee: known.Callee, position: int, argument: Node) -> str:
        """An argument of a function of the SDK or of the C library."""
        inner = bare(argument)
        if isinstance(argument.type, Struct):
            return self(argument).code
        if not is_pointer(argument.type):
            return stored(self(self.unsized(argument))).code
        if is_null(inner):
            return "None"
        if known.is_sdk(callee.name) and (filled := self.filled_part(inner)):
            return filled
        made = self(argument)
        if made.form in ("place", "offset"):
            made = self.settled(made)
        taken = callee.taken(position)
        if self.context.uses.by_number(callee.name, position):
            made = self.in_bytes(callee.name, made, inner)
        if taken == "filled" and made.form == "text":
            raise Untranslatable("a text is written where only a str stands")
        if made.form == "list":
            made = Value(f"ptr({made.code})", "ptr", ATOM, made.type)
        if made.form == "bytes" and not known.is_sdk(callee.name) and taken != "filled":
            made = Value(f"ptr({made.code})", "ptr", ATOM, made.type)
        return stored(made).code

    def in_bytes(self, name: str, made: Value, node: Node) -> Value:
        """What is read or written as bytes: fields and structs that have none here are refused."""
        if made.form == "member":
            raise Untranslatable("the bytes of a field")
        if name not in BY_NUMBER:
            return made
        self.no_struct(node)
        return self.adapted(replace(made, type=node.type), "ptr") if made.form == "object" else made

    def no_struct(self, node: Node) -> None:
        """Refuses structs where bytes are wanted."""
        slot = self.context.uses.slot(node)
        for kind in (pointee(node.type), lead(slot) if slot is not None else None):
            if isinstance(kind, Struct) and not self.lies_in_bytes(kind):
                raise Untranslatable("the bytes of a struct")

    def filled_part(self, inner: Node) -> str:
        """The address of a field or an element that the SDK sets to a struct: the struct is made there before."""
        kind = pointee(pointee(inner.type) or inner.type)
        if inner.kind != "unary" or inner.name != "&" or not isinstance(kind, Struct):
            return ""
        part = bare(inner.kid(0))
        if part.kind not in ("member", "index"):
            return ""
        code = self(part).code
        if "(" in code:
            raise Untranslatable("the address of a part of what is found by a call")
        self.context.hoist(f"{code} = {self.struct_name(kind)}()")
        return code

    def plain_call(self, name: str, node: Node, arguments: Sequence[Node]) -> Value:
        codes = [stored(self.adapted(self(argument), "text") if is_pointer(argument.type) else self(argument)).code
                 for argument in arguments]  # fmt: skip
        code = _PLAIN[name].format(*codes)
        if isinstance(node.type, Float):
            return Value(code, "float", ATOM, node.type)
        if is_pointer(node.type):
            return Value(code, "text", ATOM, node.type, nullable=True)
        found = self.range(node)
        if name.endswith("abs") and found is not None and isinstance(node.type, Int):
            found = Range(0, node.type.high)
        return Value(code, "int", ATOM, node.type, found)

    def list_call(self, name: str, node: Node, arguments: Sequence[Node], slot: Slot | None) -> Value:
        """The macros that find the struct around a node of a list: the class stands for the type."""
        shown = name.removeprefix("__")
        member = bare(arguments[1])
        kind = pointee(slot.type) if slot is not None else pointee(self.list_kind)
        if member.kind != "string" or not isinstance(kind, Struct):
            raise Untranslatable("an entry of a list of which it is not known what it is")
        head = self(arguments[0]).code
        field = literal(str(member.value))
        code = f"{shown}({head}, {kind.name}, {field})"
        if "for_each" in shown:
            code = f"{shown}({kind.name}, {head}, {field})"
        return Value(code, "object", ATOM, Pointer(kind))

    list_kind: CType = INT

    def on_cast(self, node: Node) -> Value:
        inner = node.kid(0)
        if not is_pointer(node.type):
            made = self(inner)
            if made.form not in ("int", "bool", "float"):
                if isinstance(node.type, Void):
                    return made
                if made.form in ("ptr", "place") and node.type == SIZE and made.of in ("", "ptr"):
                    return self.address_number(made)
                raise Untranslatable("a pointer is used as a number")
            return self.converted(made, node.type, self.range(inner))
        return self.cast_pointer(node)

    def address_number(self, made: Value) -> Value:
        """A pointer as a number, of which programs ask whether it is aligned, or in which order two are."""
        made = self.settled(made) if made.form == "place" else made
        if not made.nullable:
            return Value(f"{made.at(ATOM)}.address", "int", ATOM, SIZE)
        name = self.simple_name(made)
        return Value(f"{name}.address if {name} is not None else 0", "int", TERNARY, SIZE)

    def cast_pointer(self, node: Node) -> Value:
        """A pointer as one to another type."""
        inner = bare(node)
        if is_null(inner):
            return Value("None", "none", ATOM, node.type)
        if isinstance(inner.type, Int):
            raise Untranslatable("a number is used as a pointer")
        if is_elements(inner) and isinstance(pointee(node.type), Struct):
            return Value(self(inner).code, "list", ATOM, node.type)
        if (found := within(node, self.context.uses.fields)) is not None:
            owner = Pointer(Struct(found[1].owner))
            return replace(self.outer(self(found[0]), owner), type=node.type)
        previous, self.list_kind = self.list_kind, node.type
        try:
            made = self(inner)
        finally:
            self.list_kind = previous
        to, source = pointee(node.type), pointee(inner.type)
        if to is None or source is None:
            return replace(made, type=node.type)
        if isinstance(to, Struct) and isinstance(source, Struct) and to != source and self.known_struct(to, source):
            return self.related(made, to, source, node.type)
        return self.led_to(made, to, source, inner, node.type)

    def led_to(self, made: Value, to: CType, source: CType, inner: Node, kind: CType) -> Value:
        """A pointer to ``source`` as one to ``to``."""
        if made.form == "ptr" and not self.from_library(inner):
            return replace(self.seen_as(made, to, source, inner), type=kind)
        if made.form == "object" and made.of == "single" and isinstance(to, Void):
            return replace(made, type=Pointer(source))
        if made.form == "object" and not isinstance(to, (Struct, Void)):
            if not self.lies_in_bytes(source):
                raise Untranslatable("a struct is seen as bytes")
            return replace(self.seen_as(self.adapted(made, "ptr"), to, source, inner), type=kind)
        if made.form in ("place", "offset") and to != source:
            bytes_both = is_byte(to) and is_byte(source) and made.of != "bytes"
            if bytes_both or not (isinstance(to, Void) or isinstance(source, Void)):
                return self.seen_as(self.settled(made), to, source, inner)
        if made.form == "any" and not isinstance(to, Void):
            return self.from_any(made, kind, inner)
        if made.form in ("text", "list", "bytes") and to != source and not isinstance(to, (Void, Array)):
            slot = self.context.uses.slot(inner)
            if not (is_byte(to) and is_byte(source)) and not (slot is not None and lead(slot) == to):
                raise Untranslatable("memory is seen as elements of another type")
        return replace(made, type=kind)

    def known_struct(self, *kinds: Struct) -> bool:
        """Whether structs are the program's own."""
        own = self.context.program.structs
        return all(kind.name in own and not own[kind.name].system for kind in kinds)

    def related(self, made: Value, to: Struct, source: Struct, kind: CType) -> Value:
        """A pointer to a struct as one to the struct that it begins with, or that begins with it."""
        fields = self.context.uses.fields
        if begins(to, source, fields):
            return self.outer(made, kind)
        path = ".".join(python_field(field.name) for field in begins(source, to, fields))
        if not path:
            raise Untranslatable("a struct is seen as another one")
        made = self.adapted(made, "object")
        if not made.nullable:
            return Value(f"{made.at(ATOM)}.{path}", "object", ATOM, kind, of="single")
        name = self.simple_name(made)
        return Value(f"{name}.{path} if {name} is not None else None", "object", TERNARY, kind, nullable=True)

    def outer(self, made: Value, kind: CType) -> Value:
        """The struct that another one stands in."""
        made = self.adapted(made, "object")
        struct = pointee(kind)
        assert isinstance(struct, Struct)
        code = f"outer_of({made.code}, {self.struct_name(struct)})"
        return Value(code, "object", ATOM, kind, nullable=made.nullable, of="single")

    def on_offsetof(self, node: Node) -> Value:
        assert node.decl is not None and isinstance(node.value, int)
        if not self.laid_out(node.decl.type):
            raise Untranslatable("the offset of a field of a struct of a library")
        return Value(str(node.value), "int", ATOM, node.type, Range(node.value, node.value), node.value)

    def from_any(self, made: Value, kind: CType, inner: Node) -> Value:
        """A ``void *`` as what it leads to."""
        slot = self.context.uses.slot(inner)
        kinds = slot.kinds if slot is not None else set()
        to = pointee(kind)
        if kinds and to not in kinds:
            raise Untranslatable("a void * that leads to several types")
        if isinstance(to, Struct):
            return replace(made, form="object", type=kind)
        if isinstance(to, Function):
            return replace(made, form="function", type=kind)
        made = replace(made, form="ptr", type=kind)
        others = any(isinstance(other, (Int, Float)) and other != to for other in kinds)
        return self.seen_as(made, to, Void(), inner) if others and to is not None else made

    def call___builtin_nanf(self, node: Node, arguments: list[Node]) -> Value | None:
        return Value("math.nan", "float", ATOM, node.type)

    def call___builtin_inff(self, node: Node, arguments: list[Node]) -> Value | None:
        return Value("math.inf", "float", ATOM, node.type)

    call___builtin_huge_val = call___builtin_inff

    def call_strlen(self, node: Node, arguments: list[Node]) -> Value | None:
        return self.length(arguments[0]) if len(arguments) == 1 else None

    def call_aos_strtoll(self, node: Node, arguments: list[Node]) -> Value | None:
        """Where the end of the number is wanted, C's own function gives it as a pointer."""
        return None if is_null(arguments[1]) else self.known_call("strtoll", node, arguments)

    def call_aos_strtoull(self, node: Node, arguments: list[Node]) -> Value | None:
        return None if is_null(arguments[1]) else self.known_call("strtoull", node, arguments)

    def call_atol(self, node: Node, arguments: list[Node]) -> Value | None:
        """``atol`` and ``strtol`` are the SDK's own function, unless somebody asks for ``errno``."""
        if not self.context.has_sdk() or not self.context.no_errno() or not all(map(is_null, arguments[1:2])):
            return None
        name = "aos_strtoull" if callee_name(node).startswith("strtoul") else "aos_strtoll"
        with self.context.probing():
            if self(arguments[0]).form != "text":
                return None
        base = self(arguments[2]).code if len(arguments) > 2 else "10"
        code = f"{name}({self.to_known(known.function(name), 0, arguments[0])}, None, {base})"
        return Value(code, "int", ATOM, node.type, self.range(node))

    call_atoll = call_strtol = call_strtoll = call_strtoul = call_strtoull = call_atol

    def call_qsort(self, node: Node, arguments: list[Node]) -> Value | None:
        return self.sorting("qsort", node, arguments, 2)

    def call_bsearch(self, node: Node, arguments: list[Node]) -> Value | None:
        return self.sorting("bsearch", node, arguments, 3)

    def sorting(self, name: str, node: Node, arguments: list[Node], size: int) -> Value | None:
        """A function that asks a comparator; C's size of a struct is of no account."""
        codes = []
        for position, argument in enumerate(arguments):
            kind = bare(argument)
            measured = kind.decl.type if kind.decl is not None else kind.kid(0).type if kind.kids else None
            if position == size and kind.kind == "sizeof" and isinstance(measured, Struct):
                codes.append("1")
            elif position < size and is_pointer(argument.type):
                codes.append(self.adapted(self(argument), "ptr").code)
            else:
                codes.append(stored(self(self.unsized(argument))).code)
        form = "ptr" if is_pointer(node.type) else "int"
        return Value(f"{name}({', '.join(codes)})", form, ATOM, node.type, nullable=True)

    def call_time(self, node: Node, arguments: list[Node]) -> Value | None:
        if is_null(arguments[0]):
            return Value("int(time.time())", "int", ATOM, node.type, Range(0, 1 << 40))
        if id(bare(arguments[0])) in self.context.uses.moments.clocks:
            return Value(f"({self.now(arguments[0])} := int(time.time()))", "int", ATOM, node.type)
        return Value(f"c_time({self.adapted(self(arguments[0]), 'ptr').code})", "int", ATOM, node.type)

    def now(self, place: Node) -> str:
        """The variable of which the address is a time."""
        return self(bare(place).kid(0)).code

    def call_gmtime(self, node: Node, arguments: list[Node]) -> Value | None:
        if id(bare(arguments[0])) not in self.context.uses.moments.clocks:
            return None
        return Value(f"time.{callee_name(node)}({self.now(arguments[0])})", "object", ATOM, node.type)

    call_localtime = call_gmtime

    def call_strftime(self, node: Node, arguments: list[Node]) -> Value | None:
        if id(node) not in self.context.uses.moments.calls:
            return None
        self.context.hoist(*self.alone(node))
        return self.length(arguments[0])

    def call_signal(self, node: Node, arguments: list[Node]) -> Value | None:
        handler = bare(arguments[1])
        if handler.kind == "number" and isinstance(handler.value, int) and handler.value in _SIGNALS:
            number = self.number(arguments[0])
            return Value(
                f"signal({number.code}, {_SIGNALS[handler.value]})", "function", ATOM, node.type, nullable=True
            )
        return None

    def call___assert(self, node: Node, arguments: list[Node]) -> Value | None:
        truth, text = self.number(arguments[0]), bare(arguments[1])
        return Value(f"assert_({truth.code}, {literal(str(text.value))})", "none", ATOM, node.type)

    def call_free(self, node: Node, arguments: list[Node]) -> Value | None:
        return Value("None", "none", ATOM, node.type)

    def call_va_end(self, node: Node, arguments: list[Node]) -> Value | None:
        return Value("None", "none", ATOM, node.type)

    def call_printf(self, node: Node, arguments: list[Node]) -> Value | None:
        return self.family("printf", node, arguments, 0)

    def call_fprintf(self, node: Node, arguments: list[Node]) -> Value | None:
        return self.family("fprintf", node, arguments, 1)

    def call_sprintf(self, node: Node, arguments: list[Node]) -> Value | None:
        return self.family("sprintf", node, arguments, 1)

    def call_snprintf(self, node: Node, arguments: list[Node]) -> Value | None:
        return self.family("snprintf", node, arguments, 2)

    def call_apr_psprintf(self, node: Node, arguments: list[Node]) -> Value | None:
        pattern = bare(arguments[1])
        made = self.formatted(str(pattern.value), arguments[2:]) if pattern.kind == "string" else None
        if made is not None:
            return Value(text_of(made), "text", ATOM, node.type)
        return self.family("apr_psprintf", node, arguments, 1)

    def family(self, name: str, node: Node, arguments: list[Node], pattern: int) -> Value:
        """A function of the printf family with the format that C has."""
        shown = bare(arguments[pattern])
        if shown.kind == "string" and not formattable(str(shown.value)):
            raise Untranslatable("a format that has no counterpart")
        head = []
        for position, argument in enumerate(arguments[:pattern]):
            made = self(argument)
            if made.form in ("place", "offset"):
                made = self.settled(made)
            if made.form == "text" and position == 0 and name in ("sprintf", "snprintf"):
                return self.written_text(node, arguments)
            head.append(integer(made).code)
        codes = [*head, self.argument(arguments[pattern]), *self.arguments(arguments[pattern + 1 :])]
        form = "text" if name == "apr_psprintf" else "int"
        return Value(f"{name}({', '.join(codes)})", form, ATOM, node.type)

    def written_text(self, node: Node, arguments: list[Node]) -> Value:
        """How long the text is that a format makes, which becomes a variable's."""
        raise NotImplementedError

    def alone(self, node: Node) -> Sequence[str]:
        """An expression as statements of its own."""
        raise NotImplementedError


def _names_one(node: Node) -> bool:
    """Whether a struct is one that stays: a variable, a field, an element."""
    return bare(node).kind in ("name", "member", "index", "unary")
