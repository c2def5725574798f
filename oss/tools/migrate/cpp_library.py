"""The functions and methods of the C++ library."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Array, CType, Float, Function, Int, Pointer, Std, Struct, is_char, opaque, pointee
from oss.tools.migrate.cpp_files import file_call
from oss.tools.migrate.cpp_iterators import CppIterators, core
from oss.tools.migrate.cpp_types import (
    OBJECTS,
    boxes,
    is_string,
    operator_name,
    plain,
)  # fmt: skip
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.values import (
    ATOM,
    PRODUCT,
    Range,
    Untranslatable,
    Value,
    integer,
    stored,
)  # fmt: skip

__all__ = ["CppLibrary", "method_name"]

_OF_FLOATS = ("sqrt", "floor", "ceil", "round", "trunc", "fabs", "fmod", "fmin", "fmax")
"""Functions whose result for a ``float`` is that for a ``double``, rounded; of others it may be another one."""
_MATH = (*_OF_FLOATS, "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "log", "log2",
         "log10", "pow", "atan2")  # fmt: skip
_FLOAT = Float(32)
_AS_IS = ("ref", "cref", "move", "forward", "swap", "exchange", "invoke")
"""What is given a function object, and makes no copy of it."""


class CppLibrary(CppIterators):
    """The part of the C++ writer that calls the library."""

    def called(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        inner = bare(node.kid(0))
        if inner.kind == "name" and inner.decl is not None and inner.decl.scope == "method":
            decl = inner.decl
            codes = ", ".join(self.to_parameters([kid for kid in node.kids[1:] if kid is not None], decl))
            return self.result(f"{decl.owner}.{method_name(None, decl)}({codes})", node)
        clock = inner.name == "now" and inner.decl is None
        if inner.kind == "name" and (found := self.file_function(node, inner)) is not None:
            return found
        if inner.kind == "name" and (clock or (inner.decl is not None and inner.decl.system)):
            maker = getattr(self, f"std_{inner.name}", None)
            self.owners_known(inner.name, node)
            for kid in node.kids[1:]:
                if kid is not None and inner.name not in _AS_IS:
                    self.plain_function(bare(kid))
            if maker is not None and not (inner.name == "remove" and len(node.kids) == 2):
                made: Value = maker([kid for kid in node.kids[1:] if kid is not None], node)
                return made
            if node.type == _FLOAT and inner.name in _MATH:
                return self.of_float(node, inner.name, slot)
        own = self.context.uses.functions.get(inner.name) if inner.kind == "name" else None
        if own is not None and not own.system and inner.decl is not None and inner.decl.system:
            raise Untranslatable(f"{inner.name}() of the library, beside one of the program")
        return super().called(node, slot, kind)

    def of_float(self, node: Node, name: str, slot: Slot | None) -> Value:
        """``std::sqrt(x)`` of a ``float``."""
        if name not in _OF_FLOATS:
            raise Untranslatable(f"{name}() of a float")
        made = replace(super().called(node, slot, _FLOAT), form="float", type=_FLOAT)
        return replace(made, code=f"float_({made.code})") if name == "sqrt" else made

    def file_function(self, node: Node, inner: Node) -> Value | None:
        """A function of ``std::filesystem``."""
        if inner.decl is not None and not inner.decl.system:
            return None
        return file_call(self, inner.name, [kid for kid in node.kids[1:] if kid is not None], node)

    def of_files(self, node: Node) -> bool:
        """Whether a call is one of ``std::filesystem``."""
        if node.kind != "call":
            return False
        with self.context.probing():
            try:
                return self.file_function(node, bare(node.kid(0))) is not None
            except Untranslatable:
                return False

    def call_abort(self, node: Node, arguments: list[Node]) -> Value | None:
        return Value("terminate()", "int", ATOM, node.type)

    def std_terminate(self, arguments: list[Node], node: Node) -> Value:
        return Value("terminate()", "int", ATOM, node.type)

    def std_move(self, arguments: list[Node], node: Node) -> Value:
        return self(arguments[0])

    def std_to_string(self, arguments: list[Node], node: Node) -> Value:
        made = self.number(arguments[0])
        if made.form != "int":
            return Value(f'f"{{{made.code}:.6f}}"', "std", ATOM, Std("string"))
        return Value(f"str({made.code})", "std", ATOM, Std("string"))

    def std_make_unique(self, arguments: list[Node], node: Node) -> Value:
        kind = node.type
        if not isinstance(kind, Std) or not kind.of:
            raise Untranslatable("a pointer to what is not known")
        if isinstance(kind.of[0], Array):
            return self.owned_array(kind, kind.of[0].of, arguments[0])
        if isinstance(kind.of[0], (Int, Float)):
            value = self.constructed(kind.of[0], arguments) if arguments else self.zero(kind.of[0])
            return Value(self.first_owner(f"ref({value.code})", kind), "std", ATOM, kind)
        if (
            not isinstance(kind.of[0], Struct)
            and self.immutable(kind.of[0])
            and getattr(kind.of[0], "name", "") not in OBJECTS
        ):
            raise Untranslatable("a pointer to what is no object")
        return Value(self.first_owner(self.constructed(kind.of[0], arguments).code, kind), "std", ATOM, kind)

    std_make_shared = std_make_unique

    def std_async(self, arguments: list[Node], node: Node) -> Value:
        """A function that runs in a thread, or when it is asked for."""
        policy = bare(arguments[0])
        named = policy.name in ("async", "deferred") and policy.kind == "name"
        later = named and policy.name == "deferred"
        if not named and not isinstance(policy.type, Function) and isinstance(plain(policy.type), Int):
            raise Untranslatable("when a function runs is not known")
        if self.alone_now is node or not self.asks_futures:
            raise Untranslatable("a thread that nobody waits for")
        codes = self.thread_call(arguments[1:] if named else arguments)
        return Value(f"run_{'later' if later else 'async'}({', '.join(codes)})", "std", ATOM, plain(node.type))

    @property
    def asks_futures(self) -> bool:
        """Whether the program waits for what runs in threads of its own."""
        return any(
            part.kind == "method" and part.name in ("get", "wait") and plain(part.kid(0).type).name == "future"  # type: ignore[union-attr]
            for body in self.bodies() for part in walk(body)
            if part.kind == "method" and isinstance(plain(part.kid(0).type), Std)
        )  # fmt: skip

    def std_call_once(self, arguments: list[Node], node: Node) -> Value:
        codes = self.thread_call(arguments[1:])
        return Value(f"{self(arguments[0]).at(ATOM)}.call({', '.join(codes)})", "none", ATOM, node.type, of="effect")

    def std_make_pair(self, arguments: list[Node], node: Node) -> Value:
        return self.make_pair(node.type if isinstance(node.type, Std) else Std("pair"), arguments)

    def std_stoi(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stoi", arguments, node)

    def std_stol(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stol", arguments, node)

    def std_stoll(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stoll", arguments, node)

    def std_stoul(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stoul", arguments, node)

    def std_stoull(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stoull", arguments, node)

    def std_stod(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stod", arguments, node)

    def from_text(self, name: str, arguments: list[Node], node: Node) -> Value:
        """``std::stoi`` and its like: how much of the text is read goes to a reference."""
        codes = [self.string(arguments[0]).code]
        if len(arguments) > 1:
            inner = bare(arguments[1])
            if is_null(inner):
                codes.append("None")
            elif inner.kind == "unary" and inner.name == "&":
                codes.append(self.reference(inner.kid(0)).code)
            else:
                codes.append(self(arguments[1]).code)
        codes += [self.number(argument).code for argument in arguments[2:]]
        if codes[1:] == ["None"]:
            codes.pop()
        form = "float" if name == "stod" else "int"
        return Value(f"{name}({', '.join(codes)})", form, ATOM, node.type)

    def hidden(self, owner: Node, method: Decl) -> bool:
        """Whether an object may be of an heir that has a method of that name, which is no override and not called."""
        inner = bare(owner)
        known = inner.kind in ("name", "member") and inner.decl is not None and isinstance(inner.decl.type, Struct)
        if method.virtual or known or inner.kind == "construct":
            return False
        classes = self.context.program.classes
        name = method_name(owner, method)
        heirs = [made for made in classes.values() if made.name != method.owner and self.heir(made.name, method.owner)]
        return any(method_name(made, item) == name for made in heirs for item in made.methods if item.body is not None)

    def on_method(self, node: Node) -> Value:
        owner, arguments = node.kid(0), [kid for kid in node.kids[1:] if kid is not None]
        if isinstance(owner.type, Std):
            return self.std_method(owner, arguments, node)
        decl = node.decl
        if (
            decl is None
            and node.name == "what"
            and isinstance(owner.type, Struct)
            and self.is_exception(owner.type.name)
        ):
            return Value(f"{self.structure(owner)}.what()", "text", ATOM, node.type)
        if node.name in ("shared_from_this", "weak_from_this") and (decl is None or decl.system):
            own = node.name == "shared_from_this" and self.counting
            return Value(f"held({self.structure(owner)})" if own else self.structure(owner), "std", ATOM, node.type)
        if decl is None:
            raise Untranslatable(f"no counterpart of {node.name}()")
        self.same_defaults(decl, len(arguments))
        codes = self.to_parameters(arguments, decl)
        name = f"{decl.owner}" if decl.static else self.structure(owner)
        if (fixed := self.while_made(owner, decl)) is not None:
            codes.insert(0, name)
            name = fixed
        elif not decl.static and (node.value == "qualified" or self.hidden(owner, decl)):
            codes.insert(0, name)
            name = decl.owner
        shown = method_name(self.context.program.classes.get(decl.owner), decl)
        code = f"{name}.{shown}({', '.join(codes)})"
        if shown == "__bool__":
            return Value(code if codes else f"bool({name})", "bool", ATOM, node.type, Range(0, 1))
        made = self.result(self.led_back(code, decl), node)
        return replace(made, nullable=False) if node.name == "what" else made

    def overriders(self, decl: Decl) -> list[Decl]:
        """The methods of derived classes that are called in the place of a method."""
        classes = self.context.program.classes
        rows = (row for made in classes.values() if self.derives(made.name, decl.owner) for row in made.methods)
        return [row for row in rows if row.name == decl.name and len(row.params) == len(decl.params)]

    def derives(self, name: str, base: str) -> bool:
        known = self.context.program.classes.get(name)
        return known is not None and any(row == base or self.derives(row, base) for row in known.bases)

    def same_defaults(self, decl: Decl, given: int) -> None:
        """Refuses an argument that is not given, and is another one in a derived class."""
        for other in self.overriders(decl) if given < len(decl.params) else ():
            for own, its in zip(decl.params[given:], other.params[given:], strict=True):
                texts = [self.context.text(item.init) if item.init is not None else "" for item in (own, its)]
                if texts[0] != texts[1]:
                    raise Untranslatable("an argument that a derived class has another default for")

    def while_made(self, owner: Node, decl: Decl) -> str | None:
        """The class whose method a constructor or destructor calls: that of a derived class is not there yet."""
        function = self.context.function
        if function is None or function.name not in ("__init__", "close") or bare(owner).kind != "this":
            return None
        if self._calls_derived(decl, function.owner, set()):
            raise Untranslatable("a method that calls those of derived classes, while the object is made")
        if not any(self.derives(row.owner, function.owner) for row in self.overriders(decl)):
            return None
        own = next((row for row in self.overriders(decl) if row.owner == function.owner), decl)
        return own.owner

    def _calls_derived(self, decl: Decl, name: str, seen: set[int]) -> bool:
        """Whether a method calls, of its own object, what a class derived from ``name`` has another one of."""
        if id(decl) in seen:
            return False
        seen.add(id(decl))
        for part in walk(decl.body):
            if part.kind == "method" and part.decl is not None and bare(part.kid(0)).kind == "this":
                if any(self.derives(row.owner, name) for row in self.overriders(part.decl)):
                    return True
                if self._calls_derived(part.decl, name, seen):
                    return True
        return False

    @staticmethod
    def led_back(code: str, decl: Decl) -> str:
        """The value that a reference leads to, where a function gives one."""
        return f"{code}.value" if isinstance(decl.type, Function) and boxes(decl.type.result) else code

    def std_method(self, owner: Node, arguments: list[Node], node: Node) -> Value:
        """A method of a class of the library."""
        raise NotImplementedError

    def replaced_rows(self, left: Node, value: str) -> list[str]:
        """A value that cleans up gives way to another one."""
        raise NotImplementedError

    def filled_rows(self, left: Node, kind: CType, value: Value) -> list[str]:
        """An object that stays gets what another one has."""
        raise NotImplementedError

    def assigned_to(self, one: str, other: str, kind: Struct, *, moves: bool = True) -> str:
        """``one = std::move(other)``, or its copy, as a statement."""
        raise NotImplementedError

    def comparable(self, kind: CType, op: str) -> bool:
        """Whether Python compares containers as C++ does."""
        raise NotImplementedError

    def is_shared(self, node: Node) -> bool:
        """Whether a reference or a pointer may lead to an object, too."""
        raise NotImplementedError

    alone_now: Node | None = None
    """The call that is a statement of its own."""

    def pointed_by(self, made: Value, node: Node) -> Value:
        """``p.get()``."""
        assert isinstance(made.type, Std)
        if isinstance(of := made.type.of[0], Array):
            return Value(made.code, "ptr", made.level, Pointer(of.of), nullable=True)
        if not isinstance(made.type.of[0], Struct):
            raise Untranslatable("the address behind such a pointer")
        return Value(made.code, "object", made.level, Pointer(made.type.of[0]), nullable=True)

    # time

    @staticmethod
    def scale(kind: Std) -> int:
        """How many nanoseconds the unit of a span of time has."""
        unit = kind.of[1]
        assert isinstance(unit, Array) and unit.count is not None
        return unit.count

    def make_duration(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value("0", "std", ATOM, kind)
        first = arguments[0]
        if bare(first).kind == "list":
            first = bare(first).kid(0)
        if isinstance(plain(first.type), Std):
            return replace(self(first), type=kind)
        number, scale = self.number(first), self.scale(kind)
        if scale == 1:
            return Value(number.code, "std", number.level, kind)
        return Value(f"{number.at(PRODUCT)} * {scale}", "std", PRODUCT, kind)

    def make_time_point(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("0", "std", ATOM, kind) if not arguments else self(arguments[0])

    def seconds(self, node: Node) -> str:
        """A span of time as Python's functions take it."""
        inner = bare(node)
        kind = plain(inner.type)
        while inner.kind == "construct" and len(inner.kids) == 1 and isinstance(plain(inner.kid(0).type), Std):
            inner = bare(inner.kid(0))
            kind = plain(inner.type)
        if (
            inner.kind == "construct"
            and len(inner.kids) == 1
            and isinstance(kind, Std)
            and isinstance(plain(inner.kid(0).type), Int)
        ):
            number, per = self.number(inner.kid(0)), 1_000_000_000 // self.scale(kind)
            return f"{number.at(PRODUCT)} / {per}" if per > 1 else number.code if per else f"{self(node).code} / 1e9"
        return f"{self(node).at(PRODUCT)} / 1e9"

    def std_sleep_for(self, arguments: list[Node], node: Node) -> Value:
        return Value(f"time.sleep({self.seconds(arguments[0])})", "none", ATOM, node.type, of="effect")

    def std_yield(self, arguments: list[Node], node: Node) -> Value:
        return Value("time.sleep(0)", "none", ATOM, node.type, of="effect")

    def std_now(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(node.type)
        clock = kind.of[0] if isinstance(kind, Std) and kind.of else None
        name = clock.name if isinstance(clock, Std) else ""
        code = {
            "steady_clock": "time.monotonic_ns()",
            "high_resolution_clock": "time.monotonic_ns()",
            "system_clock": "time.time_ns()",
        }.get(name)
        if code is None:
            raise Untranslatable("a clock that is not known")
        return Value(code, "std", ATOM, kind)

    def std_duration_cast(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(node.type)
        assert isinstance(kind, Std)
        made = self(arguments[0])
        if not isinstance(kind.of[0], Int) or self.scale(kind) == 1:
            return Value(made.code, "std", made.level, kind)
        return Value(f"idiv({made.code}, {self.scale(kind)}) * {self.scale(kind)}", "std", PRODUCT, kind)

    # elements

    def element_of(self, argument: Node, kind: CType) -> Value:
        """A value that goes into a container, or is looked for in it."""
        return self.element_value(argument)

    def constructed(self, kind: CType, arguments: list[Node]) -> Value:
        """An object that a container makes of arguments."""
        if len(arguments) == 1 and plain(arguments[0].type) == kind:
            return self.element_value(arguments[0])
        if isinstance(kind, Struct):
            return self.made_of(kind, arguments)
        if not arguments:
            return self.zero(kind)
        if isinstance(kind, Std):
            maker = self.library_maker(kind)
            if maker is None:
                raise Untranslatable("an element that is made in its place")
            return maker(kind, arguments)
        if len(arguments) == 1 and isinstance(kind, (Int, Float)):
            return integer(self(Node("convert", arguments[0].place, kind, [arguments[0]])))
        if len(arguments) == 1:
            return self.element_value(arguments[0])
        raise Untranslatable("an element that is made in its place")

    def new_objects(self, to: Struct, count: Value, form: str, kind: CType) -> Value:
        """``new T[n]``: so many objects, each made without arguments."""
        one = self.constructed(to, []).code
        if form == "list":
            return Value(f"[{one} for _ in range({count.code})]", "list", ATOM, kind)
        if one != f"{to.name}()":
            raise Untranslatable("memory from new")
        return Value(f"array({to.name}, {count.code})", "ptr", ATOM, kind)

    def deleted(self, node: Node, *, several: bool) -> list[str]:
        """``delete``, or ``delete[]`` of ``several``: what an object does when it ends."""
        kind = pointee(node.type)
        if kind is not None and (name := opaque(kind)):
            raise Untranslatable(f"unknown type name '{name}'")
        made = self(node)
        if not isinstance(kind, Struct) or not self.cleans_up(kind.name) or made.form == "none":
            return []
        if several and made.form != "list":
            raise Untranslatable("objects that clean up, behind such a pointer")
        name = made.at(ATOM) if not made.nullable else self.simple_name(made)
        rows = [f"for item in reversed({name}):", "    item.close()"] if several else [f"{name}.close()"]
        return [f"if {name} is not None:", *(f"    {row}" for row in rows)] if made.nullable else rows

    def made_of(self, kind: Struct, arguments: list[Node]) -> Value:
        """An object by the constructor that fits."""
        makers = [item for item in self.makers_of(kind.name) if item.python not in ("init_copy", "init_move")]
        fitting = [item for item in makers if self.fits(item, arguments)]
        if not makers and not arguments:
            return self.default_object(kind)
        if len(fitting) != 1:
            raise Untranslatable(f"a constructor of {kind.name} that is not known")
        return Value(
            self.instance(kind.name, self.converted_to(arguments, fitting[0]), fitting[0]), "object", ATOM, kind
        )

    def makers_of(self, name: str) -> list[Decl]:
        """The constructors of a class; those of its base where it takes them over."""
        known = self.context.program.classes.get(name)
        own = [item for item in (known.method("__init__") if known is not None else []) if not item.extern]
        if own or known is None or known.fields or len(known.bases) != 1:
            return own
        return self.makers_of(known.bases[0])

    @staticmethod
    def fits(maker: Decl, arguments: list[Node]) -> bool:
        """Whether a constructor may take arguments."""
        least = sum(parameter.init is None for parameter in maker.params)
        if not least <= len(arguments) <= len(maker.params):
            return False
        return all(
            _alike(plain(argument.type), plain(parameter.type), argument)
            for argument, parameter in zip(arguments, maker.params, strict=False)
        )

    @staticmethod
    def converted_to(arguments: list[Node], maker: Decl) -> list[Node]:
        """Arguments with the conversions of numbers that parameters ask for."""
        rows = []
        for argument, parameter in zip(arguments, maker.params, strict=False):
            kind = plain(parameter.type)
            if isinstance(kind, (Int, Float)) and kind != plain(argument.type):
                rows.append(Node("convert", argument.place, kind, [argument]))
            else:
                rows.append(argument)
        return rows

    def copied_span(self, first: Node, last: Node, kind: CType) -> str:
        """Copies of what is between two iterators."""
        items = self.suited_items(*self.items_between(first, last), kind, first)
        if self.immutable(kind):
            return items
        return f"[{self.copy_of('item', kind)} for item in {items}]"

    def kept_items(self, made: Value, arguments: list[Node]) -> str | None:
        """What ``v.erase(std::remove_if(v.begin(), v.end(), f), v.end())`` leaves."""
        inner, last = core(arguments[0]), self.edge(arguments[1])
        name = bare(inner.kid(0)).name if inner.kind == "call" else ""
        if name not in ("remove", "remove_if", "unique") or last is None or not last[1]:
            return None
        kids = [kid for kid in inner.kids[1:] if kid is not None]
        whole = self.whole_of(kids[0], kids[1])
        if whole is None or self(whole).code != made.code:
            return None
        if name == "unique":
            if len(kids) != 2:
                return None
            return f"span(ptr({made.code}), unique(ptr({made.code}), ptr({made.code}, len({made.code}))))"
        if name == "remove":
            value = self.simple_name(stored(self.element_value(kids[2])))
            return f"[item for item in {made.code} if item != {value}]"
        return f"[item for item in {made.code} if not {self.predicate(kids[2], 'item', self.element_kind(kids[0]))}]"


def _alike(given: CType, wanted: CType, argument: Node) -> bool:
    """Whether a value may become one of a type."""
    if isinstance(wanted, (Int, Float)):
        return isinstance(given, (Int, Float))
    if is_string(wanted):
        return is_string(given) or (is_pointer(given) and is_char(pointee(given)))
    if isinstance(wanted, Pointer):
        return is_pointer(given) or is_null(argument)
    if isinstance(wanted, Std) and wanted.name == "function":
        return isinstance(given, Function) or given == Std("function") or is_pointer(given)
    if isinstance(wanted, Std) and isinstance(given, Std):
        return wanted.name == given.name
    return wanted == given


def method_name(known: object, decl: Decl) -> str:
    """What a method is called: operators as in Python."""
    if decl.name.startswith("operator") and not decl.name[8:9].isalnum() and not decl.python:
        return operator_name(decl)
    return decl.python or python_field(decl.name)
