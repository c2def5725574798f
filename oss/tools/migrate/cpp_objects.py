"""C++ objects: classes, containers, what is made of them, references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import SIZE, CType, Float, Function, Int, Pointer, Ref, Std, Struct, is_char, pointee
from oss.tools.migrate.cpp_copies import CppCopies
from oss.tools.migrate.cpp_texts import piece
from oss.tools.migrate.cpp_types import (
    EXCEPTIONS,
    LISTS,
    MAPS,
    POINTERS,
    SETS,
    STREAMS,
    boxes,
    holds_objects,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import (
    ATOM,
    COMPARISON,
    PRODUCT,
    Range,
    Untranslatable,
    Value,
    integer,
)  # fmt: skip

__all__ = ["CppObjects", "family"]

_FAMILIES = {
    "list": LISTS,
    "map": MAPS,
    "set": SETS,
    "pointer": POINTERS,
    "exception": EXCEPTIONS,
    "stream": (*STREAMS, "ios", "iostream"),
    "string": ("string", "string_view"),
}
"""The library's classes that are written alike."""

_OPEN = ("cout", "cerr", "clog", "cin")


class CppObjects(CppCopies):
    """The part of the C++ writer that makes and reads objects."""

    def read(self, decl: Decl, code: str) -> Value:
        kind = plain(decl.type)
        if isinstance(kind, Std):
            return Value(code, "std", ATOM, kind)
        if kind is not decl.type:
            form = "float" if isinstance(kind, Float) else self.context.plain_form(kind)
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
        if isinstance(owner.type, Std) or (isinstance(owner.type, Pointer) and isinstance(owner.type.to, Std)):
            return self.pair_part(node, owner)
        decl = node.decl
        if decl is not None and decl.scope == "member":
            return self.read(decl, self.context.name(decl))
        if decl is not None and isinstance(plain(decl.type), Std):
            return Value(f"{self.structure(owner)}.{python_field(decl.name)}", "std", ATOM, plain(decl.type))
        return super().on_member(node)

    def pair_part(self, node: Node, owner: Node) -> Value:
        """``p.first`` and ``p.second``."""
        inner = bare(owner)
        if inner.kind == "operator" and inner.name == "->" and bare(inner.kid(0)).decl in self.iterators:
            return self.behind_iterator(bare(inner.kid(0)).decl, node)
        if not isinstance(owner.type, Std) or owner.type.name != "pair" or node.name not in ("first", "second"):
            raise Untranslatable(f"no counterpart of {node.name}")
        index = ("first", "second").index(node.name)
        kind = owner.type.of[index] if len(owner.type.of) == 2 else node.type
        if inner.decl in self.parts:
            return self.std_or_plain(self.parts[inner.decl][index], kind)
        return self.std_or_plain(f"{self(owner).at(ATOM)}[{index}]", kind)

    @property
    def iterators(self) -> dict[Decl | None, tuple[str, Std]]:
        """The variables that are a place in a map: the map."""
        if not hasattr(self, "_iterators"):
            self._iterators: dict[Decl | None, tuple[str, Std]] = {}
        return self._iterators

    def behind_iterator(self, decl: Decl | None, node: Node) -> Value:
        """``it->first`` and ``it->second``; the variable is the key."""
        assert decl is not None
        owner, kind = self.iterators[decl]
        name = self.context.name(decl)
        if node.name == "first" or kind.name in SETS:
            return self.std_or_plain(name, kind.of[0])
        return self.std_or_plain(f"{owner}[{name}]", kind.of[1])

    def iterator(self, decl: Decl, node: Node) -> str | None:
        """The value of a variable that is the place of a key in a map: the key, or None for the end."""
        inner = bare(node)
        if inner.kind != "method" or inner.name != "find" or len(inner.kids) != 2:
            return None
        kind = plain(inner.kid(0).type)
        if not isinstance(kind, Std) or kind.name not in (*MAPS, *SETS):
            return None
        owner, key = self(inner.kid(0)), self(inner.kid(1))
        self.iterators[decl] = owner.at(ATOM), kind
        name = self.simple_name(key)
        return f"{name} if {name} in {owner.at(COMPARISON + 1)} else None"

    @property
    def parts(self) -> dict[Decl | None, tuple[str, str]]:
        """The variables of loops over maps: what stands for their keys and values."""
        if not hasattr(self, "_parts"):
            self._parts: dict[Decl | None, tuple[str, str]] = {}
        return self._parts

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

    def on_construct(self, node: Node) -> Value:
        kind = node.type
        arguments = [kid for kid in node.kids if kid is not None]
        if isinstance(kind, Std):
            maker = getattr(self, f"make_{family(kind)}", None)
            if maker is None:
                raise Untranslatable(f"no counterpart of std::{kind.name}")
            made: Value = maker(kind, arguments)
            return made
        if len(arguments) == 1 and plain(arguments[0].type) == kind:  # a copy
            return self.copied(arguments[0])
        if not isinstance(kind, Struct):
            raise Untranslatable("an object of which it is not known what it is")
        if node.decl is None and kind.name not in self.context.program.classes and not arguments:
            return self.zero(kind)
        if node.decl is None or node.decl.extern:
            if arguments:
                raise Untranslatable(f"a constructor of {kind.name} that is not known")
            return Value(f"{kind.name}()", "object", ATOM, kind)
        return Value(self.instance(kind.name, arguments, node.decl), "object", ATOM, kind)

    def make_string(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value('""', "std", ATOM, kind, constant="")
        if len(arguments) == 1:
            if bare(arguments[0]).kind == "list":
                codes = [self.number(kid).code for kid in bare(arguments[0]).kids if kid is not None]
                return Value(f"text_of([{', '.join(codes)}])", "std", ATOM, kind)
            return self.string(arguments[0])
        code = piece(self, arguments)  # type: ignore[arg-type]  # the whole writer
        return Value(code, "std", PRODUCT if " * " in code else ATOM, kind)

    def string(self, node: Node) -> Value:
        """A string, or a C text, as a str."""
        kind = Std("string")
        if isinstance(node.type, Std):
            made = self(node)
            if not is_string(made.type):
                raise Untranslatable(f"a std::{node.type.name} as a string")
            return made
        made = self(node)
        if is_pointer(node.type):
            shown = self.adapted(made, "text")
            if shown.nullable:
                raise Untranslatable("a string of a pointer that may be NULL")
            return replace(shown, form="std", type=kind)
        raise Untranslatable("a string of what is no text")

    def letter_text(self, node: Node) -> str:
        """A character as a str of one."""
        inner = bare(node)
        if inner.kind == "char" and isinstance(inner.value, int) and 0 <= inner.value < 128:
            return literal(chr(inner.value))
        return f"os.fsdecode(bytes([{self.number(node).at(PRODUCT)} & 0xFF]))"

    def make_list(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            if kind.name == "array":
                raise Untranslatable("an array without values")
            return Value("[]", "std", ATOM, kind)
        first = bare(arguments[0])
        if first.kind == "list":
            codes = [self.element_value(kid).code for kid in first.kids if kid is not None]
            return Value(f"[{', '.join(codes)}]", "std", ATOM, kind)
        if isinstance(first.type, Std) and len(arguments) == 1:
            return self.copied(arguments[0])
        if isinstance(arguments[0].type, Int) and len(arguments) <= 2:
            of = kind.of[0]
            value = self.element_value(arguments[1]) if len(arguments) == 2 else self.zero_of(of)
            count = self.number(self.unsized(arguments[0]))
            if holds_objects(of):
                return Value(f"[{self.copy_code(value, of)} for _ in range({count.code})]", "std", ATOM, kind)
            return Value(f"[{value.code}] * {count.at(PRODUCT + 1)}", "std", PRODUCT, kind)
        raise Untranslatable("a container of a part of another")

    def copy_code(self, value: Value, kind: CType) -> str:
        return value.code if value.code.endswith(("()", "[]", "{}")) else self.copy_of(value.code, kind)

    def zero_of(self, kind: CType) -> Value:
        """The value that a container gives a new element."""
        kind = plain(kind)
        if isinstance(kind, Std):
            code = '""' if is_string(kind) else "[]" if kind.name in LISTS else "{}" if kind.name in MAPS else ""
            code = code or ("set()" if kind.name in SETS else "None" if kind.name in (*POINTERS, "function") else "")
            if not code:
                raise Untranslatable(f"an empty std::{kind.name}")
            return Value(code, "std", ATOM, kind)
        return self.zero(kind)

    def zero(self, kind: CType, slot: Slot | None = None) -> Value:
        if isinstance(kind, Std):
            return self.zero_of(kind)
        return super().zero(kind, slot)

    def element_value(self, node: Node) -> Value:
        """A value that goes into a container, which has its own copy."""
        made = self.copied(node)
        if made.form in ("ptr", "place", "list"):
            raise Untranslatable("a pointer in a container")
        return integer(made)

    @staticmethod
    def hashed(kind: Std) -> None:
        """Refuses keys that Python cannot find again by what they hold."""
        if kind.of and (holds_objects(kind.of[0]) or isinstance(kind.of[0], (Float, Pointer))):
            raise Untranslatable(f"a std::{kind.name} of such keys")

    def make_map(self, kind: Std, arguments: list[Node]) -> Value:
        self.hashed(kind)
        if not arguments:
            return Value("{}", "std", ATOM, kind)
        first = bare(arguments[0])
        if first.kind == "list":
            rows = []
            for item in first.kids:
                pair = bare(item) if item is not None else None
                if pair is None or pair.kind != "construct" or len(pair.kids) != 2:
                    raise Untranslatable("a map with values in braces")
                rows.append(f"{self.element_value(pair.kid(0)).code}: {self.element_value(pair.kid(1)).code}")
            return Value(f"{{{', '.join(rows)}}}", "std", ATOM, kind)
        return self.copied(arguments[0])

    def make_set(self, kind: Std, arguments: list[Node]) -> Value:
        self.hashed(kind)
        if not arguments:
            return Value("set()", "std", ATOM, kind)
        first = bare(arguments[0])
        if first.kind == "list" and first.kids:
            return Value(
                f"{{{', '.join(self.element_value(kid).code for kid in first.kids if kid)}}}", "std", ATOM, kind
            )
        return self.copied(arguments[0])

    def make_pointer(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or is_null(arguments[0]):
            return Value("None", "std", ATOM, kind)
        return replace(self.copied(arguments[0]), form="std", type=kind)

    def make_function(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or is_null(arguments[0]):
            return Value("None", "std", ATOM, kind)
        return replace(self(arguments[0]), form="std", type=kind)

    def make_pair(self, kind: Std, arguments: list[Node]) -> Value:
        if len(arguments) == 1:
            return self(arguments[0])
        if len(arguments) != 2:
            raise Untranslatable("a pair without values")
        codes = [self.element_value(argument).code for argument in arguments]
        return Value(f"({', '.join(codes)})", "std", ATOM, kind)

    def make_exception(self, kind: Std, arguments: list[Node]) -> Value:
        return Value(
            f"{kind.name}({', '.join(self.string(argument).code for argument in arguments)})", "std", ATOM, kind
        )

    def make_stream(self, kind: Std, arguments: list[Node]) -> Value:
        if kind.name not in ("ofstream", "ifstream", "ostringstream", "istringstream", "stringstream"):
            raise Untranslatable(f"a std::{kind.name}")
        return Value(f"{kind.name}({self.opening(kind, arguments)})", "std", ATOM, kind)

    def opening(self, kind: Std, arguments: list[Node]) -> str:
        """What a stream is made of, or opened with."""
        if not arguments:
            return ""
        mode = ""
        if len(arguments) == 2 and kind.name == "ofstream":
            mode = self.mode(arguments[1])
        elif len(arguments) == 2:
            words = self.modes(arguments[1])
            if words - {"in", "binary", "ate"} or (words and kind.name != "ifstream"):
                raise Untranslatable("a stream that is opened in such a way")
            mode = ', "end"' if "ate" in words else ""
        return f"{self.string(arguments[0]).code}{mode}"

    @staticmethod
    def modes(node: Node) -> set[str]:
        return {part.name for part in walk(node) if part.kind == "name"}

    def mode(self, node: Node) -> str:
        """How a file is opened, as Python says it."""
        words = self.modes(node)
        if words <= {"out", "trunc", "binary"}:
            return ""
        if "app" in words and words <= {"app", "out", "binary"}:
            return ', "a"'
        raise Untranslatable("a file that is opened in such a way")

    def on_list(self, node: Node) -> Value:
        if isinstance(node.type, Std):
            maker = getattr(self, f"make_{family(node.type)}", None)
            if maker is not None:
                made: Value = maker(node.type, [node] if node.kids else [])
                return made
        return super().on_list(node)

    def initial(self, kind: CType, node: Node | None, slot: Slot | None) -> Value:
        if isinstance(kind, Ref):
            if node is None:
                raise Untranslatable("a reference to nothing")
            return self.reference(node) if boxes(kind) else self(node)
        if isinstance(kind, Std) and node is not None and bare(node).kind == "list" and kind != bare(node).type:
            maker = getattr(self, f"make_{family(kind)}", None)
            if maker is None:
                raise Untranslatable(f"a std::{kind.name} with values in braces")
            made: Value = maker(kind, [bare(node)] if bare(node).kids else [])
            return made
        if node is not None and (
            isinstance(kind, Std) or (isinstance(kind, Struct) and bare(node).kind == "construct")
        ):
            return self.copied(node)
        if isinstance(kind, Struct) and node is None:
            return self.default_object(kind)
        return super().initial(kind, node, slot)

    def default_object(self, kind: Struct) -> Value:
        return Value(f"{self.struct_name(kind)}()", "object", ATOM, kind)

    def reference(self, node: Node) -> Value:
        """What a reference that can be set leads to: an object with ``value``."""
        inner = bare(node)
        if inner.kind == "name" and inner.decl is not None:
            if not self.context.boxed(inner.decl):
                raise Untranslatable("a reference to what has no address in Python")
            return Value(self.context.name(inner.decl), "ptr", ATOM, node.type)
        if inner.kind == "member" and inner.decl is not None and not isinstance(inner.kid(0).type, Std):
            return Value(
                f'field_of({self.structure(inner.kid(0))}, "{python_field(inner.decl.name)}")', "ptr", ATOM, node.type
            )
        owner = inner.kid(0).type if inner.kind == "operator" and inner.name == "[]" else None
        if isinstance(owner, Std) and owner.name in LISTS:
            return Value(f"ptr({self(inner.kid(0)).code}, {self.number(inner.kid(1)).code})", "ptr", ATOM, node.type)
        raise Untranslatable("a reference to what has no address in Python")

    def passed(self, argument: Node, parameter: Decl) -> str:
        kind = parameter.type
        if boxes(kind):
            return self.reference(argument).code
        if isinstance(kind, Ref):
            if is_pointer(kind.to):
                raise Untranslatable("a reference to a pointer")
            return integer(self(argument)).code
        if isinstance(kind, Std):
            if self.changed(parameter) or not is_string(kind):
                return self.copied(argument).code
            return self(argument).code
        return super().passed(argument, parameter)

    def to_parameters(self, arguments: Sequence[Node], function: Decl) -> list[str]:
        return [
            self.passed(argument, parameter) for argument, parameter in zip(arguments, function.params, strict=False)
        ]

    def own_call(self, own: Decl, arguments: Sequence[Node], node: Node) -> Value:
        missing = own.params[len(arguments) :]
        if own.body is not None and missing and all(parameter.init is not None for parameter in missing):
            codes = self.to_parameters(arguments, own)
            return self.result(f"{self.context.name(own)}({', '.join(codes)})", node, own.name)
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

    def make_mutex(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("threading.Lock()", "std", ATOM, kind)

    def make_thread(self, kind: Std, arguments: list[Node]) -> Value:
        function = bare(arguments[0]) if arguments else None
        own = (
            self.context.uses.functions.get(function.name) if function is not None and function.kind == "name" else None
        )
        if own is None or any(boxes(parameter.type) for parameter in own.params):
            raise Untranslatable("a thread whose function is not known")
        codes = self.to_parameters(arguments[1:], own)
        return Value(f"thread({', '.join([self.context.name(own), *codes])})", "std", ATOM, kind)

    def is_exception(self, name: str) -> bool:
        known = self.context.program.classes.get(name)
        return known is not None and any(base in EXCEPTIONS or self.is_exception(base) for base in known.bases)

    @property
    def thrown_classes(self) -> set[str]:
        """The classes of the program that are thrown or caught, and are no exceptions of the library."""
        if not hasattr(self, "_thrown"):
            kinds = [
                plain(part.kid(0).type if part.kind == "throw" else part.decl.type)
                for body in self._bodies()
                for part in walk(body)
                if (part.kind == "throw" and part.kids) or (part.kind == "catch" and part.decl is not None)
            ]  # fmt: skip
            names = {kind.name for kind in kinds if isinstance(kind, Struct)}
            self._thrown = {name for name in names if not self.is_exception(name)}
        return self._thrown

    def _bodies(self) -> Sequence[Node | None]:
        """All that the program runs."""
        program = self.context.program
        methods = [method for made in program.classes.values() for method in made.methods]
        return [item.body for item in (*self.context.uses.functions.values(), *methods)]

    @property
    def places(self) -> set[Decl | None]:
        """The variables of loops that are a place in a list: they are the element."""
        if not hasattr(self, "_places"):
            self._places: set[Decl | None] = set()
        return self._places

    def make_nullopt_t(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("None", "std", ATOM, kind)

    def make_optional(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or bare(arguments[0]).name == "nullopt":
            return Value("None", "std", ATOM, kind)
        first = arguments[0]
        if plain(first.type) == kind:
            return self(first)
        value = self.string(first) if is_string(kind.of[0]) else self.element_value(first)
        return replace(value, form="std", type=kind)


def family(kind: Std) -> str:
    """Which of the library's classes are written alike."""
    name = kind.name
    for family, names in _FAMILIES.items():
        if name in names:
            return family
    return name
