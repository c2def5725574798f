"""C++ objects: classes, containers, what is made of them, references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from oss.tools.migrate import known
from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import (
    SIZE,
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Ref,
    Std,
    Struct,
    is_char,
    pointee,
)
from oss.tools.migrate.cpp_changing import Changing
from oss.tools.migrate.cpp_copies import moved
from oss.tools.migrate.cpp_files import is_path
from oss.tools.migrate.cpp_functors import FUNCTORS
from oss.tools.migrate.cpp_kept import keeps_places
from oss.tools.migrate.cpp_live import is_place
from oss.tools.migrate.cpp_references import CppReferences
from oss.tools.migrate.cpp_temporaries import Temporaries
from oss.tools.migrate.cpp_types import (
    COMPARED,
    EMPTY_HANDED,
    EXCEPTIONS,
    LISTS,
    MAPS,
    POINTERS,
    QUEUES,
    SETS,
    STREAMS,
    TREES,
    boxes,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.cpp_zeros import Zeros
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.order import braced
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import (
    ATOM,
    PRODUCT,
    Range,
    Untranslatable,
    Value,
    stored,
)  # fmt: skip

__all__ = ["CppObjects", "family"]

_FAMILIES = {
    "functor": FUNCTORS,
    "list": LISTS,
    "tree": TREES,
    "map": MAPS,
    "set": SETS,
    "pointer": POINTERS,
    "exception": EXCEPTIONS,
    "stream": (*STREAMS, "ios", "iostream"),
    "string": ("string", "string_view"),
}
"""The library's classes that are written alike."""

_EMPTY = (
    (("string", "string_view"), '""'), ((*LISTS, *QUEUES), "[]"), (MAPS, "{}"), (SETS, "set()"),
    ((*EMPTY_HANDED, "weak_ptr", "__iterator", "__list_iterator", "__back_iterator"), "None"),
    (("priority_queue",), "priority_queue()"), (("monostate",), "None"),
)  # fmt: skip
"""What is there before anything is put into it."""
_NULLED = (*POINTERS, "function", "method_pointer", "field_pointer")
"""What may be set to 0 or NULL."""
_PLAIN = ("expression", "return", "declare")
_OPEN = ("cout", "cerr", "clog", "cin")


class CppObjects(CppReferences):
    """The part of the C++ writer that makes and reads objects."""

    def read(self, decl: Decl, code: str) -> Value:
        kind = plain(decl.type)
        if isinstance(kind, Std):
            return Value(code, "std", ATOM, kind)
        if kind is not decl.type:
            form = "float" if isinstance(kind, Float) else self.context.plain_form(kind)
            if isinstance(kind, Pointer) and isinstance(kind.to, Struct):
                return Value(code, "object", ATOM, kind, nullable=True)
            if is_pointer(kind):
                raise Untranslatable("a reference to a pointer")
            found = Range(kind.low, kind.high) if isinstance(kind, Int) else None
            return Value(code, form, ATOM, kind, found)
        return super().read(decl, code)

    def on_name(self, node: Node) -> Value:
        if node.name == "npos" and isinstance(node.type, Int):
            return Value("0xFFFFFFFFFFFFFFFF", "int", ATOM, SIZE, Range(SIZE.high, SIZE.high), SIZE.high)
        if isinstance(node.type, Std) and node.name in _OPEN and (node.decl is None or node.decl.system):
            return Value(node.name, "std", ATOM, node.type)
        if node.name == "nullopt":
            return Value("None", "none", ATOM, node.type)
        return super().on_name(node)

    def on_this(self, node: Node) -> Value:
        return Value("self", "object", ATOM, node.type, of="single")

    def structure(self, node: Node) -> str:
        if node.kind == "this":
            return "self"
        if isinstance(node.type, Std):
            return self(node).at(ATOM)
        return super().structure(node)

    def on_member(self, node: Node) -> Value:
        owner = node.kid(0)
        if node.name == "npos" and is_string(plain(owner.type)):
            return self.on_name(node)
        if isinstance(owner.type, Std) or (isinstance(owner.type, Pointer) and isinstance(owner.type.to, Std)):
            return self.pair_part(node, owner)
        decl = node.decl
        if decl is not None and decl.scope == "member":
            return self.read(decl, self.context.name(decl))
        if decl is not None and isinstance(plain(decl.type), Std):
            return Value(f"{self.structure(owner)}.{python_field(decl.name)}", "std", ATOM, plain(decl.type))
        return super().on_member(node)

    def std_or_plain(self, code: str, kind: CType) -> Value:
        """What is read of a container."""
        kind = plain(kind)
        if isinstance(kind, Std):
            return Value(code, "std", ATOM, kind)
        if is_pointer(kind):
            to = pointee(kind)
            if isinstance(to, Struct):
                return Value(code, "object", ATOM, kind, nullable=True)
            if is_char(to):
                return Value(code, "text", ATOM, kind, nullable=True)
            raise Untranslatable("a pointer in a container")
        self.known_type(kind)
        form = "float" if isinstance(kind, Float) else self.context.plain_form(kind)
        found = Range(kind.low, kind.high) if isinstance(kind, Int) else None
        return Value(code, form, ATOM, kind, found)

    def library_maker(self, kind: Std) -> Callable[[Std, list[Node]], Value] | None:
        """What writes the making of an object of the library; None where nothing does."""
        found: Callable[[Std, list[Node]], Value] | None = getattr(self, f"make_{family(kind)}", None)
        return found

    def on_construct(self, node: Node) -> Value:
        kind = node.type
        arguments = [kid for kid in node.kids if kid is not None]
        if isinstance(kind, Std):
            maker = self.library_maker(kind)
            if maker is None and kind.name.startswith("__") and len(arguments) == 1:  # a place that is copied
                return replace(self(arguments[0]), type=kind)
            if maker is None:
                raise Untranslatable(f"no counterpart of std::{kind.name}")
            return maker(kind, arguments)
        if len(arguments) == 1 and plain(arguments[0].type) == kind:  # a copy
            return self.copied(arguments[0])
        if not isinstance(kind, Struct):
            raise Untranslatable("an object of which it is not known what it is")
        return self._made_object(node, kind, arguments)

    def _made_object(self, node: Node, kind: Struct, arguments: list[Node]) -> Value:
        """An object of a class, by one of its constructors if it has any."""
        if node.decl is not None and not node.decl.extern:
            return Value(self.instance(kind.name, arguments, node.decl), "object", ATOM, kind)
        if len(arguments) == 1 and (part := self.sliced(self(arguments[0]), kind)) is not None:
            return part
        if node.decl is None and kind.name not in self.context.program.classes and not arguments:
            return self.zero(kind)
        if len(arguments) == 1 and self._made_of_text(kind.name):
            return Value(f"{kind.name}({self.string(arguments[0]).code})", "object", ATOM, kind)
        if arguments:
            raise Untranslatable(f"a constructor of {kind.name} that is not known")
        return Value(f"{kind.name}()", "object", ATOM, kind)

    def _made_of_text(self, name: str) -> bool:
        """Whether a class is an exception of the library by another name, and made as it: ``using Base::Base``."""
        if name in EXCEPTIONS:
            return name not in ("exception", "bad_alloc", "bad_optional_access")
        known = self.context.program.classes.get(name)
        if known is None or len(known.bases) != 1 or any(not field.static for field in known.fields):
            return False
        return all(item.extern for item in known.method("__init__")) and self._made_of_text(known.bases[0])

    def string(self, node: Node) -> Value:
        """A string, or a C text, as a str."""
        kind = Std("string")
        if isinstance(node.type, Std):
            made = self(node)
            if is_path(made.type):
                return Value(f"{made.at(ATOM)}.string()", "std", ATOM, kind)
            if not is_string(made.type):
                raise Untranslatable(f"a std::{node.type.name} as a string")
            return made
        made = self(node)
        if is_pointer(node.type):
            shown = self.adapted(made, "text")
            if shown.nullable:
                shown = Value(f"not_null({shown.code})", "std", ATOM, kind)
            return replace(shown, form="std", type=kind)
        raise Untranslatable("a string of what is no text")

    def any_letter(self, node: Node) -> bool:
        """Whether an operand is a letter that may be a part of a longer one."""
        kind = plain(node.type)
        if not isinstance(kind, Int):
            return False
        found = self.range(node)
        inner = bare(node)
        return not (inner.kind == "char" or (found is not None and found.within(0, 127)))

    def letter_text(self, node: Node) -> str:
        """A character as a str of one."""
        inner = bare(node)
        if inner.kind == "char" and isinstance(inner.value, int) and 0 <= inner.value < 128:
            return literal(chr(inner.value))
        return f"os.fsdecode(bytes([{self.number(node).at(PRODUCT)} & 0xFF]))"

    def copy_code(self, value: Value, kind: CType) -> str:
        return value.code if value.code.endswith(("()", "[]", "{}")) else self.copy_of(value.code, kind)

    def zero_of(self, kind: CType) -> Value:
        """The value that a container gives a new element."""
        kind = plain(kind)
        if isinstance(kind, Struct) and self.class_of(kind) is not None:
            return self.default_object(kind)
        if not isinstance(kind, Std):
            return self.zero(kind)
        if kind.name == "array":
            size = kind.of[1]
            assert isinstance(size, Array)
            zero = self.zero_of(kind.of[0]).code
            if self.immutable(kind.of[0]):
                return Value(f"[{zero}] * {size.count}", "std", PRODUCT, kind)
            return Value(f"[{zero} for _ in range({size.count})]", "std", ATOM, kind)
        if kind.name in ("pair", "tuple"):
            return Value(f"({', '.join(self.zero_of(item).code for item in kind.of)})", "std", ATOM, kind)
        if self.is_linked(kind):
            return Value("linked()", "std", ATOM, kind)
        if kind.name == "vector" and self.noticed(kind.of[0]):
            return Value(self.moving_list(kind.of[0]), "std", ATOM, kind)
        code = next((code for names, code in _EMPTY if kind.name in names), "")
        if not code and (maker := self.library_maker(kind)) is not None:
            return maker(kind, [])
        if not code:
            raise Untranslatable(f"an empty std::{kind.name}")
        return Value(code, "std", ATOM, kind)

    def zero(self, kind: CType, slot: Slot | None = None) -> Value:
        if isinstance(kind, Std):
            return self.zero_of(kind)
        if self._walked(kind, slot):
            return Value(f"ptr({self.zero(kind, Slot('', kind, form='list')).code})", "ptr", ATOM, kind)
        return super().zero(kind, slot)

    def repeated(self, of: CType, slot: Slot | None, count: Value, kind: CType) -> Value:
        if isinstance(of, Std) and not self.immutable(of):
            return Value(f"[{self.zero_of(of).code} for _ in range({count.code})]", "list", ATOM, kind)
        return super().repeated(of, slot, count, kind)

    @staticmethod
    def _walked(kind: CType, slot: Slot | None) -> bool:
        """Whether an array of the library's objects is seen through a pointer that moves: it is one to a list."""
        return isinstance(kind, Array) and isinstance(kind.of, Std) and slot is not None and slot.form == "ptr"

    def element_value(self, node: Node) -> Value:
        """A value that goes into a container, which has its own copy."""
        made = self.copied(node)
        if made.form in ("ptr", "place", "list", "bytes", "offset", "member"):
            raise Untranslatable("a pointer in a container")
        return stored(made)

    def on_list(self, node: Node) -> Value:
        if isinstance(node.type, Std):
            maker = self.library_maker(node.type)
            if maker is not None:
                return maker(node.type, [node] if node.kids else [])
        return super().on_list(node)

    def initial(self, kind: CType, node: Node | None, slot: Slot | None) -> Value:
        if isinstance(kind, Ref):
            if node is None:
                raise Untranslatable("a reference to nothing")
            return self.reference(node) if boxes(kind) else self(node)
        if isinstance(kind, Array):
            return self.initial_array(kind, node, slot)
        if isinstance(kind, Std) and kind.name in _NULLED and node is not None and is_null(node):
            return Value("None", "std", ATOM, kind)
        if (
            isinstance(kind, Std)
            and kind.name == "atomic"
            and node is not None
            and not isinstance(plain(node.type), Std)
        ):
            return self.make_atomic(kind, [node])
        if isinstance(kind, Std) and node is not None and bare(node).kind == "list" and kind != bare(node).type:
            maker = self.library_maker(kind)
            if maker is None:
                raise Untranslatable(f"a std::{kind.name} with values in braces")
            return maker(kind, [bare(node)] if bare(node).kids else [])
        if node is not None and (
            isinstance(kind, Std)
            or (isinstance(kind, Struct) and bare(node).kind == "construct")
            or (self.class_of(kind) is not None and bare(node).kind != "list")
        ):
            return self.copied(node)
        if isinstance(kind, Struct) and node is None:
            return self.default_object(kind)
        return super().initial(kind, node, slot)

    def initial_array(self, kind: Array, node: Node | None, slot: Slot | None) -> Value:
        if node is not None and bare(node).kind == "construct":
            return super().initial(kind, None, slot)
        if self._walked(kind, slot) and node is not None:
            return Value(f"ptr({self.initial(kind, node, Slot('', kind, form='list')).code})", "ptr", ATOM, kind)
        return super().initial(kind, node, slot)

    def array_of(self, kind: CType, codes: list[str], count: int) -> str:
        known = self.class_of(kind)
        if known is None or all(item.extern for item in known.method("__init__")) or count > len(codes):
            return super().array_of(kind, codes, count)
        return f"ptr([{', '.join(codes)}])"  # nothing but these is made

    def make_atomic(self, kind: Std, arguments: list[Node]) -> Value:
        """A number that threads share."""
        raise NotImplementedError

    def default_object(self, kind: Struct) -> Value:
        known = self.class_of(kind)
        makers = [item for item in (known.method("__init__") if known is not None else []) if not item.extern]
        first = next((item for item in makers if not item.python), None)
        if makers and (first is None or any(parameter.init is None for parameter in first.params)):
            raise Untranslatable(f"a {kind.name} that is made of nothing")
        return Value(f"{self.struct_name(kind)}()", "object", ATOM, kind)

    def _sets(self, parameter: Decl) -> bool:
        """Whether a function, or a method of that name, sets what a reference leads to."""
        owner, _, name = parameter.owner.rpartition(".")
        rows = [row.params for row in self.context.uses.methods[name] if owner and parameter in row.params]
        at = rows[0].index(parameter) if rows else 0
        same = [row.params[at] for row in self.context.uses.methods[name] if at < len(row.params)] if rows else []
        return any(map(self.changed, [parameter, *same]))

    def moves_on(self, parameter: Decl) -> bool:
        """Whether a function gives a parameter away."""
        for function in self.takers(parameter):
            rows = [*(value for _, value in function.inits), function.body]
            sources = (moved(part) for item in rows for part in walk(item))
            if any(bare(source).decl is parameter for source in sources if source is not None):
                return True
        return False

    def passed(self, argument: Node, parameter: Decl) -> str:
        kind = parameter.type
        if isinstance(kind, Ref):
            return self.passed_reference(argument, parameter, kind)
        if isinstance(kind, Std) and bare(argument).kind == "list":
            return self.initial(kind, bare(argument), None).code
        if isinstance(kind, Std):
            if id(bare(argument)) in self.standing and kind.name == "shared_ptr":
                return self(argument).code
            if self.ends(kind):
                return self.taken(argument, parameter)
            if self.changed(parameter) or not is_string(kind) or moved(bare(argument)) is not None:
                return self.copied(argument).code
            return self(argument).code
        if isinstance(kind, Struct) and self.class_of(kind) is not None:
            return self.taken(argument, parameter) if self.cleans_up(kind.name) else self.copied(argument).code
        return super().passed(argument, parameter)

    def taken(self, argument: Node, parameter: Decl) -> str:
        """What a parameter gets that owns it: the function ends it."""
        if not self.takes(parameter):
            raise Untranslatable("an object that cleans up is given as a value")
        inner = bare(argument)
        early = bare(inner.kid(0)) if inner.kind == "written" else inner
        if id(early) in self.temporaries.early and self.ends_taken(parameter):
            raise Untranslatable("an object that cleans up at the end of the statement")
        source = moved(inner)
        decl = bare(source).decl if source is not None else None
        if decl is not None and decl.scope in ("local", "param") and not self.catches:
            return self.copied(argument).code
        with self.context.sequenced():  # it is empty while the function runs
            return self.copied(argument).code

    def passed_reference(self, argument: Node, parameter: Decl, kind: Ref) -> str:
        """What a reference is given."""
        inner = bare(argument)
        if boxes(kind):
            if inner.decl is not None and self.context.made(inner.decl) and not self._sets(parameter):
                return f"ref({self.context.name(inner.decl)})"
            if not is_place(argument):
                return f"ref({stored(self.element_value(argument)).code})"
            return self.reference(argument).code
        if is_pointer(kind.to) and not isinstance(getattr(kind.to, "to", None), Struct):
            raise Untranslatable("a reference to a pointer")
        if kind.rvalue and moved(inner) is not None and self.moves_on(parameter):
            return self.copied(argument).code
        return stored(self(argument)).code

    def to_parameters(self, arguments: Sequence[Node], function: Decl, op: str = "") -> list[str]:
        """Arguments of a call; ``op`` is the operator that it is written as."""
        if op not in ("<<", ">>") and not braced(arguments, self.context.program.sources):
            arguments = self.ordered(arguments, function)
        given = zip(arguments, function.params, strict=False)
        codes = [self.passed(argument, parameter) for argument, parameter in given]
        if isinstance(function.type, Function) and function.type.variadic:
            codes += self.arguments(list(arguments[len(function.params) :]))
        return codes

    def own_call(self, own: Decl, arguments: Sequence[Node], node: Node) -> Value:
        missing = own.params[len(arguments) :]
        if own.body is not None and missing and all(parameter.init is not None for parameter in missing):
            codes = self.to_parameters(arguments, own)
            return self.result(self.given_by(f"{self.context.name(own)}({', '.join(codes)})", own), node, own.name)
        if isinstance(own.type, Function) and boxes(own.type.result) and not missing:
            codes = self.to_parameters(arguments, own)
            return self.result(self.given_by(f"{self.context.name(own)}({', '.join(codes)})", own), node, own.name)
        return super().own_call(own, arguments, node)

    def result(self, code: str, node: Node, name: str = "") -> Value:
        if isinstance(node.type, Std):
            return Value(code, "std", ATOM, node.type)
        return super().result(code, node, name)

    def instance(self, name: str, arguments: Sequence[Node], maker: Decl | None) -> str:
        """A call of a constructor; the second and further ones are methods of an object that is still empty."""
        codes = ", ".join(self.to_parameters(arguments, maker)) if maker is not None else ""
        return (
            f"{name}.__new__({name}).{maker.python}({codes})"
            if maker is not None and maker.python
            else f"{name}({codes})"
        )

    def is_exception(self, name: str) -> bool:
        known = self.context.program.classes.get(name)
        return known is not None and any(base in EXCEPTIONS or self.is_exception(base) for base in known.bases)

    @property
    def thrown_classes(self) -> set[str]:
        """The classes of the program that are thrown or caught, and are no exceptions of the library."""
        if not hasattr(self, "_thrown"):
            kinds = [
                plain(part.decl.type if part.decl is not None and part.kind == "catch" else part.kid(0).type)
                for body in self.bodies()
                for part in walk(body)
                if (part.kind == "throw" and part.kids) or (part.kind == "catch" and part.decl is not None)
            ]  # fmt: skip
            names = {kind.name for kind in kinds if isinstance(kind, Struct)}
            self._thrown = {name for name in names if not self.is_exception(name)}
        return self._thrown

    def bodies(self) -> Sequence[Node | None]:
        """All that the program runs."""
        program = self.context.program
        methods = [method for made in program.classes.values() for method in made.methods]
        return [item.body for item in (*self.context.uses.functions.values(), *methods)]

    @property
    def changing(self) -> Changing:
        if not hasattr(self, "_changing"):
            program = self.context.program
            classes = {**(program.naming.every if program.naming else {}), **program.classes}.values()
            functions = [*self.context.uses.functions.values(), *(item for made in classes for item in made.methods)]
            bodies = [body for item in functions for body in (item.body, *(value for _, value in item.inits))]
            variables = [item for made in classes for item in made.fields]
            variables += [item for item in program.items if isinstance(item, Decl) and item.body is None]
            self._changing = Changing(classes, [*bodies, *(item.init for item in variables)])
        return self._changing

    @property
    def places_kept(self) -> bool:
        if not hasattr(self, "_places_kept"):
            classes = self.context.program.classes.values()
            methods = [method for made in classes for method in made.methods]
            fields = [field for made in classes for field in made.fields]
            self._places_kept = keeps_places(fields, [*self.context.uses.functions.values(), *methods])
        return self._places_kept

    def laid_out(self, kind: CType | None) -> bool:
        """Classes of the program lie in memory as it says if their bases do, and all that they hold."""
        if isinstance(kind, Std):
            return kind.name in ("array", "pair", "duration") and all(map(self.laid_out, kind.of))
        known = self.class_of(kind) if isinstance(kind, Struct) else None
        if known is None:
            return super().laid_out(kind)
        parts = [field.type for field in known.fields if not field.static]
        return all(map(self.laid_out, [*parts, *(Struct(base) for base in known.bases)]))

    def free_operator(self, kind: Struct, op: str) -> Decl | None:
        """The function that compares two objects of a class."""
        for own in self.context.uses.functions.values():
            if own.operator == op and [plain(item.type) for item in own.params] == [kind, kind]:
                return own
        return None

    def compares(self, function: Decl) -> Struct | None:
        """The class whose objects a function compares where the library wants to."""
        kind = plain(function.params[0].type) if len(function.params) == 2 else None
        if not isinstance(kind, Struct) or function.operator not in COMPARED:
            return None
        if plain(function.params[1].type) != kind or kind not in self._held:
            return None
        return kind

    @property
    def _held(self) -> set[CType]:
        """The classes of the objects that containers hold, or that algorithms are given places of."""
        if not hasattr(self, "_held_kinds"):
            parts = [part for body in [*self.bodies(), *self._values()] for part in walk(body)]
            kinds = {plain(part.type) for part in parts}
            kinds |= {plain(decl.type) for part in parts for decl in part.decls}
            self._held_kinds = {held for kind in kinds if isinstance(kind, Std) for held in _inside(kind)}
            calls = [part for part in parts if part.kind == "call" and bare(part.kid(0)).name in known.ON_PLACES]
            self._held_kinds |= {to for call in calls for kid in call.kids[1:] if kid and (to := pointee(kid.type))}
        return self._held_kinds

    @property
    def zeros(self) -> Zeros:
        """Where strings may hold a zero."""
        if not hasattr(self, "_zeros"):
            self._zeros = Zeros([*self.bodies(), *self._values()])
        return self._zeros

    @property
    def made_anew(self) -> dict[Decl, str]:
        """The parameters that get a value of their own where none is given."""
        if not hasattr(self, "_made_anew"):
            self._made_anew: dict[Decl, str] = {}
        return self._made_anew

    def _values(self) -> Sequence[Node | None]:
        """What the constructors of the program give to fields and bases."""
        methods = [method for made in self.context.program.classes.values() for method in made.methods]
        return [value for method in methods for _, value in method.inits]

    @property
    def temporaries(self) -> Temporaries:
        """The objects that live for one statement only."""
        if not hasattr(self, "_temporaries"):
            self._temporaries = Temporaries([*self.bodies(), *self._values()], self.ends, self.takes, self.noticed)
        return self._temporaries

    def __call__(self, node: Node | None) -> Value:
        if node is not None and id(node) in self.temporaries.found:
            if id(node) not in self.standing:
                raise Untranslatable("an object that cleans up at the end of the statement")
            return Value(self.standing[id(node)], "object", ATOM, node.type)
        return super().__call__(node)


def _inside(kind: Std) -> Iterator[CType]:
    """The types that a type of the library is made of."""
    for item in kind.of:
        yield item
        if isinstance(item, Std):
            yield from _inside(item)


def family(kind: Std) -> str:
    """Which of the library's classes are written alike."""
    name = kind.name
    for family, names in _FAMILIES.items():
        if name in names:
            return family
    return name
