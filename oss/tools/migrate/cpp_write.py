"""C++ expressions: objects, the library's classes, references, lambdas, streams to the console."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from oss.tools.migrate.c_types import SIZE, CType, Float, Int, Pointer, Ref, Std, Struct, Void, is_char, pointee
from oss.tools.migrate.cpp_types import (
    EXCEPTIONS, LISTS, MAPS, POINTERS, SETS, boxes, holds_objects, is_string, plain,
)  # fmt: skip
from oss.tools.migrate.formats import Hole
from oss.tools.migrate.names import python_field, python_name
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.uses import is_pointer
from oss.tools.migrate.values import (
    ATOM, BIT_AND, COMPARISON, NOT, PRODUCT, SUM, Range, Untranslatable, Value, integer,
)  # fmt: skip
from oss.tools.migrate.writer import Writer

__all__ = ["OPERATORS", "CppWriter"]

OPERATORS = {
    "+": "__add__", "-": "__sub__", "*": "__mul__", "==": "__eq__", "!=": "__ne__", "<": "__lt__", ">": "__gt__",
    "<=": "__le__", ">=": "__ge__", "[]": "__getitem__", "()": "__call__",
}  # fmt: skip
_COMPARED = ("<", ">", "<=", ">=", "==", "!=")
_CONSOLES = {"cout": "", "cerr": "file=sys.stderr", "clog": "file=sys.stderr"}
_Method = Callable[["CppWriter", Value, list[Node], Node], Value]


class CppWriter(Writer):
    """Writes C++ expressions."""

    # objects

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
            maker = getattr(self, f"make_{_family(kind)}", None)
            if maker is None:
                raise Untranslatable(f"no counterpart of std::{kind.name}")
            made: Value = maker(kind, arguments)
            return made
        if len(arguments) == 1 and arguments[0].type == kind:  # a copy
            return self.copied(arguments[0])
        if not isinstance(kind, Struct):
            raise Untranslatable("an object of which it is not known what it is")
        if node.decl is None and kind.name not in self.context.program.classes and not arguments:
            return self.zero(kind)
        if node.decl is None or node.decl.extern:
            if arguments:
                raise Untranslatable(f"a constructor of {kind.name} that is not known")
            return Value(f"{kind.name}()", "object", ATOM, kind)
        codes = ", ".join(self.to_parameters(arguments, node.decl))
        if node.decl.python:
            return Value(f"{kind.name}.__new__({kind.name}).{node.decl.python}({codes})", "object", ATOM, kind)
        return Value(f"{kind.name}({codes})", "object", ATOM, kind)

    def copied(self, node: Node) -> Value:
        """A value that is one of its own."""
        made = self(node)
        inner = bare(node)
        moved = inner.kind == "call" and inner.name == "move"
        if moved:
            return self(inner.kid(1))
        fresh = inner.kind in ("construct", "operator", "call", "method", "list", "lambda", "new")
        if isinstance(made.type, Std):
            if is_string(made.type) or made.type.name in (*POINTERS, "function", "pair", "optional") or fresh and inner.kind != "operator":
                return made
            if any(holds_objects(kind) for kind in made.type.of[:2]):
                return replace(made, code=f"copy.deepcopy({made.code})", level=ATOM)
            word = {"vector": "list", "deque": "list", "list": "list", "array": "list"}.get(made.type.name)
            word = word or ("dict" if made.type.name in MAPS else "set" if made.type.name in SETS else "")
            if not word:
                raise Untranslatable(f"a copy of a std::{made.type.name}")
            return replace(made, code=f"{word}({made.code})", level=ATOM)
        if isinstance(made.type, Struct) and not fresh:
            return self.copied_object(made, made.type)
        return made

    def copied_object(self, made: Value, kind: Struct) -> Value:
        known = self.context.program.classes.get(kind.name)
        if known is None:
            return replace(made, code=f"copy.copy({made.code})", level=ATOM)
        if self.cleans_up(kind.name):
            raise Untranslatable("a copy of an object that cleans up")
        kinds = [field.type for field in known.fields if not field.static]
        deep = any(holds_objects(item) for item in kinds)
        if deep and any(isinstance(item, (Pointer, Ref)) or (isinstance(item, Std) and item.name in POINTERS) for item in kinds):
            raise Untranslatable("a copy of an object that has pointers")
        if known.bases and any(known.bases):
            deep = True
        return replace(made, code=f"copy.{'deepcopy' if deep else 'copy'}({made.code})", level=ATOM)

    def make_string(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value('""', "std", ATOM, kind, constant="")
        if len(arguments) == 1:
            return self.string(arguments[0])
        if len(arguments) == 2 and isinstance(arguments[0].type, Int) and isinstance(arguments[1].type, Int):
            return Value(f"{self.letter_text(arguments[1])} * {self.number(arguments[0]).at(PRODUCT + 1)}", "std", PRODUCT, kind)
        raise Untranslatable("a string of a part of another")

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
        return value.code if value.code.endswith(("()", "[]", "{}")) else f"copy.deepcopy({value.code})"

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

    def make_map(self, kind: Std, arguments: list[Node]) -> Value:
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
        if not arguments:
            return Value("set()", "std", ATOM, kind)
        first = bare(arguments[0])
        if first.kind == "list" and first.kids:
            return Value(f"{{{', '.join(self.element_value(kid).code for kid in first.kids if kid)}}}", "std", ATOM, kind)
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
        return Value(f"{kind.name}({', '.join(self.string(argument).code for argument in arguments)})", "std", ATOM, kind)

    def make_stream(self, kind: Std, arguments: list[Node]) -> Value:
        if kind.name in ("ostringstream", "stringstream") and not arguments:
            return Value("io.StringIO()", "std", ATOM, Std("ostringstream"))
        if kind.name in ("ofstream", "ifstream", "istringstream") and arguments:
            mode = ""
            if len(arguments) == 2 and kind.name == "ofstream":
                mode = self.mode(arguments[1])
            elif len(arguments) == 2 and self.modes(arguments[1]) - {"in", "binary"}:
                raise Untranslatable("a file that is opened in such a way")
            return Value(f"{kind.name}({self.string(arguments[0]).code}{mode})", "std", ATOM, kind)
        raise Untranslatable(f"a std::{kind.name}")

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
            maker = getattr(self, f"make_{_family(node.type)}", None)
            if maker is not None:
                made: Value = maker(node.type, [node] if node.kids else [])
                return made
        return super().on_list(node)

    def initial(self, kind: CType, node: Node | None, slot: Slot | None) -> Value:
        if isinstance(kind, Ref):
            if node is None:
                raise Untranslatable("a reference to nothing")
            return self.reference(node) if boxes(kind) else self(node)
        if node is not None and (isinstance(kind, Std) or (isinstance(kind, Struct) and bare(node).kind == "construct")):
            return self.copied(node)
        if isinstance(kind, Struct) and node is None:
            return self.default_object(kind)
        return super().initial(kind, node, slot)

    def default_object(self, kind: Struct) -> Value:
        return Value(f"{self.struct_name(kind)}()", "object", ATOM, kind)

    # references

    def reference(self, node: Node) -> Value:
        """What a reference that can be set leads to: an object with ``value``."""
        inner = bare(node)
        if inner.kind == "name" and inner.decl is not None:
            if not self.context.boxed(inner.decl):
                raise Untranslatable("a reference to what has no address in Python")
            return Value(self.context.name(inner.decl), "ptr", ATOM, node.type)
        if inner.kind == "member" and inner.decl is not None and not isinstance(inner.kid(0).type, Std):
            return Value(f'field_of({self.structure(inner.kid(0))}, "{python_field(inner.decl.name)}")', "ptr", ATOM, node.type)
        if inner.kind == "operator" and inner.name == "[]" and isinstance(inner.kid(0).type, Std) and inner.kid(0).type.name in LISTS:
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
        return [self.passed(argument, parameter) for argument, parameter in zip(arguments, function.params, strict=False)]

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

    def called(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        inner = bare(node.kid(0))
        if inner.kind == "name" and inner.decl is not None and inner.decl.scope == "method":
            decl = inner.decl
            codes = ", ".join(self.to_parameters([kid for kid in node.kids[1:] if kid is not None], decl))
            return self.result(f"{decl.owner}.{method_name(None, decl)}({codes})", node)
        if inner.kind == "name" and inner.decl is not None and inner.decl.system:
            maker = getattr(self, f"std_{inner.name}", None)
            if maker is not None:
                made: Value = maker([kid for kid in node.kids[1:] if kid is not None], node)
                return made
        return super().called(node, slot, kind)

    def std_move(self, arguments: list[Node], node: Node) -> Value:
        return self(arguments[0])

    def std_to_string(self, arguments: list[Node], node: Node) -> Value:
        made = self.number(arguments[0])
        if made.form != "int":
            return Value(f'f"{{{made.code}:.6f}}"', "std", ATOM, Std("string"))
        return Value(f"str({made.code})", "std", ATOM, Std("string"))

    def std_make_unique(self, arguments: list[Node], node: Node) -> Value:
        kind = node.type
        if not isinstance(kind, Std) or not kind.of or not isinstance(kind.of[0], Struct):
            raise Untranslatable("a pointer to what is no object")
        made = self.context.program.classes.get(kind.of[0].name)
        makers = made.method("__init__") if made is not None else []
        makers = [maker for maker in makers if not maker.extern]
        if self.cleans_up(kind.of[0].name):
            raise Untranslatable("a pointer to an object that cleans up")
        fitting = [maker for maker in makers if len(maker.params) == len(arguments)]
        if len(makers) > 1 and len(fitting) == 1:
            codes = ", ".join(self.to_parameters(arguments, fitting[0]))
            start = f"{kind.of[0].name}.__new__({kind.of[0].name}).{fitting[0].python}" if fitting[0].python else kind.of[0].name
            return Value(f"{start}({codes})", "std", ATOM, kind)
        if len(makers) > 1 or (not makers and arguments):
            raise Untranslatable(f"a constructor of {kind.of[0].name} that is not known")
        codes = self.to_parameters(arguments, makers[0]) if makers else []
        return Value(f"{kind.of[0].name}({', '.join(codes)})", "std", ATOM, kind)

    std_make_shared = std_make_unique

    def std_make_pair(self, arguments: list[Node], node: Node) -> Value:
        return self.make_pair(node.type if isinstance(node.type, Std) else Std("pair"), arguments)

    def make_mutex(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("threading.Lock()", "std", ATOM, kind)

    def make_thread(self, kind: Std, arguments: list[Node]) -> Value:
        function = bare(arguments[0]) if arguments else None
        own = self.context.uses.functions.get(function.name) if function is not None and function.kind == "name" else None
        if own is None or any(boxes(parameter.type) for parameter in own.params):
            raise Untranslatable("a thread whose function is not known")
        codes = self.to_parameters(arguments[1:], own)
        return Value(f"thread({', '.join([self.context.name(own), *codes])})", "std", ATOM, kind)

    def make_optional(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or bare(arguments[0]).name == "nullopt":
            return Value("None", "std", ATOM, kind)
        first = arguments[0]
        if plain(first.type) == kind:
            return self(first)
        value = self.string(first) if is_string(kind.of[0]) else self.element_value(first)
        return replace(value, form="std", type=kind)

    def std_max(self, arguments: list[Node], node: Node) -> Value:
        return self.extreme("max", arguments, node)

    def std_min(self, arguments: list[Node], node: Node) -> Value:
        return self.extreme("min", arguments, node)

    def extreme(self, word: str, arguments: list[Node], node: Node) -> Value:
        if len(arguments) != 2 or not isinstance(arguments[0].type, (Int, Float)):
            raise Untranslatable(f"no counterpart of {word}()")
        one, other = self.number(arguments[0]), self.number(arguments[1])
        first, second = self.range(arguments[0]), self.range(arguments[1])
        found = None
        if first is not None and second is not None:
            pick = max if word == "max" else min
            found = Range(pick(first.low, second.low), pick(first.high, second.high))
        return Value(f"{word}({one.code}, {other.code})", one.form, ATOM, node.type, found)

    def std_sort(self, arguments: list[Node], node: Node) -> Value:
        owner = self.whole(arguments)
        if len(arguments) == 2:
            if any(holds_objects(kind) for kind in owner.type.of[:1]):  # type: ignore[union-attr]
                raise Untranslatable("a sort of objects")
            return Value(f"{owner.at(ATOM)}.sort()", "none", ATOM, node.type, of="effect")
        less = self(arguments[2])
        return Value(f"{owner.at(ATOM)}.sort(key=key_of({less.code}))", "none", ATOM, node.type, of="effect")

    def std_stoi(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stoi", arguments, node)

    def std_stol(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stol", arguments, node)

    def std_stoll(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stol", arguments, node)

    def std_stod(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stod", arguments, node)

    def from_text(self, name: str, arguments: list[Node], node: Node) -> Value:
        if len(arguments) != 1:
            raise Untranslatable(f"no counterpart of {name}() with these arguments")
        form = "float" if name == "stod" else "int"
        return Value(f"{name}({self.string(arguments[0]).code})", form, ATOM, node.type)

    def std_reverse(self, arguments: list[Node], node: Node) -> Value:
        return Value(f"{self.whole(arguments).at(ATOM)}.reverse()", "none", ATOM, node.type, of="effect")

    def whole(self, arguments: list[Node]) -> Value:
        """``v.begin(), v.end()``: the container itself."""
        first, last = bare(arguments[0]), bare(arguments[1])
        if first.kind != "method" or last.kind != "method" or (first.name, last.name) != ("begin", "end"):
            raise Untranslatable("a part of a container")
        one, other = self(first.kid(0)), self(last.kid(0))
        kind = one.type
        of = kind.of[0] if isinstance(kind, Std) and kind.of else kind
        if one.code != other.code or not isinstance(kind, Std) or kind.name not in LISTS or not of:
            raise Untranslatable("a part of a container")
        return one

    # methods

    def on_method(self, node: Node) -> Value:
        owner, arguments = node.kid(0), [kid for kid in node.kids[1:] if kid is not None]
        if isinstance(owner.type, Std):
            return self.std_method(owner, arguments, node)
        decl = node.decl
        if decl is None:
            raise Untranslatable(f"no counterpart of {node.name}()")
        codes = self.to_parameters(arguments, decl)
        name = f"{decl.owner}" if decl.static else self.structure(owner)
        if node.value == "qualified" and not decl.static:
            codes.insert(0, name)
            name = decl.owner
        return self.result(f"{name}.{method_name(self.context.program.classes.get(decl.owner), decl)}({', '.join(codes)})", node)

    def std_method(self, owner: Node, arguments: list[Node], node: Node) -> Value:
        assert isinstance(owner.type, Std)
        made = self(owner)
        method = _METHODS.get((_family(owner.type), node.name))
        if method is None:
            raise Untranslatable(f"no counterpart of std::{owner.type.name}::{node.name}()")
        return method(self, made, arguments, node)

    # operators

    def on_operator(self, node: Node) -> Value:
        kids = [kid for kid in node.kids if kid is not None]
        first = kids[0]
        op = node.name
        if node.decl is not None and node.decl.scope == "method":
            return self.own_operator(op, kids, node)
        if node.decl is not None and node.decl.scope == "function" and not node.decl.system:
            codes = self.to_parameters(kids, node.decl)
            return self.result(f"{self.context.name(node.decl)}({', '.join(codes)})", node)
        kind = plain(first.type)
        if op == "[]" and isinstance(kind, Std):
            return self.item(first, kids[1], kind)
        if op == "()" and isinstance(kind, Std) and kind.name == "function":
            codes = [integer(self(kid)).code for kid in kids[1:]]
            return self.result(f"{self(first).at(ATOM)}({', '.join(codes)})", node)
        if op == "*" and isinstance(kind, Std) and kind.name == "optional" and len(kids) == 1:
            return self.std_or_plain(self(first).at(ATOM), kind.of[0])
        if op in ("->", "*") and isinstance(kind, Std) and kind.name in POINTERS and len(kids) == 1:
            return replace(self(first), form="object", type=node.type)
        if op in _COMPARED and len(kids) == 2:
            return self.compared_std(op, kids)
        if op == "+" and any(is_string(plain(kid.type)) for kid in kids):
            one, other = (self.part_of_text(kid) for kid in kids)
            return Value(f"{one.at(SUM)} + {other.at(SUM + 1)}", "std", SUM, Std("string"))
        if op in ("=", "+="):
            self.context.hoist(*self.alone(node))
            return self(first)
        raise Untranslatable(f"no counterpart of operator{op}")

    def own_operator(self, op: str, kids: list[Node], node: Node) -> Value:
        assert node.decl is not None
        if op == "=":
            raise Untranslatable("an assignment operator")
        codes = self.to_parameters(kids[1:], node.decl)
        shown = method_name(self.context.program.classes.get(node.decl.owner), node.decl)
        return self.result(f"{self.structure(kids[0])}.{shown}({', '.join(codes)})", node)

    def part_of_text(self, node: Node) -> Value:
        """An operand of ``+`` between strings."""
        if isinstance(node.type, Int):
            return Value(self.letter_text(node), "std", ATOM, Std("string"))
        return self.string(node)

    def compared_std(self, op: str, kids: list[Node]) -> Value:
        kinds = [plain(kid.type) for kid in kids]
        if any(is_string(kind) for kind in kinds):
            one, other = (self.string(kid) for kid in kids)
        elif (found := self.found(op, kids)) is not None:
            return found
        elif all(isinstance(kind, Std) and kind.name in POINTERS or is_null(kid) for kind, kid in zip(kinds, kids, strict=True)):
            made = self(kids[0] if not is_null(kids[0]) else kids[1])
            word = "is" if op == "==" else "is not"
            return Value(f"{made.at(COMPARISON + 1)} {word} None", "bool", COMPARISON, range=Range(0, 1))
        elif op in ("==", "!=") and all(isinstance(kind, Std) and kind.name in LISTS for kind in kinds):
            one, other = (self(kid) for kid in kids)
        else:
            raise Untranslatable(f"no counterpart of operator{op}")
        return Value(f"{one.at(COMPARISON + 1)} {op} {other.at(COMPARISON + 1)}", "bool", COMPARISON, range=Range(0, 1))

    def found(self, op: str, kids: list[Node]) -> Value | None:
        """``m.find(k) != m.end()``: whether a key is there."""
        first, last = bare(kids[0]), bare(kids[1])
        if first.decl in self.iterators and first.kind == "name" and last.kind == "method" and last.name == "end":
            word = "is" if op == "==" else "is not"
            assert first.decl is not None
            return Value(f"{self.context.name(first.decl)} {word} None", "bool", COMPARISON, range=Range(0, 1))
        if op not in ("==", "!=") or first.kind != "method" or last.kind != "method" or (first.name, last.name) != ("find", "end"):
            return None
        owner = first.kid(0)
        if not isinstance(owner.type, Std) or owner.type.name not in (*MAPS, *SETS):
            return None
        word = "in" if op == "!=" else "not in"
        key = self(first.kid(1))
        return Value(f"{key.at(COMPARISON + 1)} {word} {self(owner).at(COMPARISON + 1)}", "bool", COMPARISON, range=Range(0, 1))

    def item(self, owner: Node, index: Node, kind: Std) -> Value:
        made = self(owner)
        if kind.name in LISTS:
            return self.std_or_plain(f"{made.at(ATOM)}[{self.number(self.unsized(index)).code}]", kind.of[0])
        if kind.name in MAPS:
            zero = self.zero_of(kind.of[1])
            return self.std_or_plain(f"{made.at(ATOM)}.setdefault({self(index).code}, {zero.code})", kind.of[1])
        if is_string(kind):
            code = f"char(os.fsencode({made.code})[{self.number(self.unsized(index)).code}])"
            return Value(code, "int", ATOM, Int(8, True, "char"), Range(-128, 127))
        raise Untranslatable(f"an element of a std::{kind.name}")

    def target(self, node: Node) -> str:
        inner = bare(node)
        if inner.kind == "operator" and inner.name == "[]":
            owner, index = inner.kid(0), inner.kid(1)
            kind = plain(owner.type)
            if isinstance(kind, Std) and kind.name in (*LISTS, *MAPS):
                return f"{self(owner).at(ATOM)}[{integer(self(self.unsized(index))).code}]"
            raise Untranslatable("an element that is set")
        if inner.kind == "member" and isinstance(inner.kid(0).type, Std):
            made = self.pair_part(inner, inner.kid(0))
            if bare(inner.kid(0)).decl in self.parts and inner.name == "second":
                return made.code
            raise Untranslatable("a part of a pair that is set")
        if inner.kind == "member" and inner.decl is not None and inner.decl.scope == "member":
            return self.context.name(inner.decl)
        if inner.kind == "name" and inner.decl is not None and inner.decl.scope == "member":
            return self.context.name(inner.decl)
        if inner.kind == "operator" and inner.name == "*" and len(inner.kids) == 1:
            raise Untranslatable("an object behind a pointer that is set")
        return super().target(node)

    def truth(self, node: Node) -> Value | None:
        inner = bare(node)
        if (stream := self.stream_state(inner)) is not None:
            return stream
        if inner.kind == "method" and inner.name == "operator bool":
            made = self(inner.kid(0))
            if isinstance(made.type, Std) and made.type.name in (*POINTERS, "function", "optional"):
                return Value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON, range=Range(0, 1))
        return super().truth(node)

    def stream_state(self, node: Node) -> Value | None:
        """Whether a stream is well, after what is read from it."""
        if node.kind == "method" and node.name == "operator bool":
            made = self.state_of(bare(node.kid(0)))
            return None if made is None else Value(f"not {made}.fail()", "bool", NOT, range=Range(0, 1))
        if node.kind == "operator" and node.name == "!" and len(node.kids) == 1:
            made = self.state_of(bare(node.kid(0)))
            return None if made is None else Value(f"{made}.fail()", "truth", ATOM, range=Range(0, 1))
        return None

    def state_of(self, node: Node) -> str | None:
        """A stream, once what is read from it is read."""
        kind = plain(node.type)
        if not isinstance(kind, Std) or kind.name not in ("ifstream", "ofstream", "istringstream", "istream"):
            return None
        if node.kind == "call" and node.name == "getline":
            stream, line, *end = [kid for kid in node.kids[1:] if kid is not None]
            name = self.stream(stream)
            mark = self.letter_text(end[0]) if end else ""
            self.context.hoist(f"{self.target(line)} = {name}.getline({mark})")
            return name
        if node.kind == "operator" and node.name == ">>":
            rows: list[Node] = []
            while node.kind == "operator" and node.name == ">>":
                rows.insert(0, node.kid(1))
                node = bare(node.kid(0))
            name = self.stream(node)
            self.context.hoist(*(f"{self.target(row)} = {name}.{self.reader(row)}" for row in rows))
            return name
        return self.stream(node)

    def stream(self, node: Node) -> str:
        inner = bare(node)
        if inner.kind == "name" and inner.name == "cin":
            raise Untranslatable("what is read from std::cin")
        return self(node).at(ATOM)

    @staticmethod
    def reader(node: Node) -> str:
        """How a piece of a stream is read into a variable."""
        kind = plain(node.type)
        if is_string(kind):
            return "word()"
        if isinstance(kind, Int) and kind.bits >= 32:
            return "integer()"
        if isinstance(kind, Float):
            return "real()"
        raise Untranslatable("what is read from a stream")

    # statements

    def alone(self, node: Node) -> Sequence[str]:
        inner = node
        while inner.kind in ("cast", "convert") and isinstance(inner.type, Void):
            inner = inner.kid(0)
        if inner.kind == "operator":
            rows = self.operator_rows(inner)
            if rows is not None:
                return rows
        if inner.kind in ("call", "operator") and inner.name in ("getline", ">>") and self.state_of(inner) is not None:
            return []
        if inner.kind == "throw":
            return [f"raise {self.thrown(inner.kid(0)).code}" if inner.kids else "raise"]
        if inner.kind == "delete":
            return self.deleted(inner.kid(0))
        special = inner.kind == "call" and hasattr(self, f"std_{bare(inner.kid(0)).name}")
        if inner.kind in ("method", "construct") or special:
            made = self(inner)
            return [made.code] if made.form != "none" or made.of == "effect" else super().alone(inner)
        return super().alone(node)

    def thrown(self, node: Node) -> Value:
        made = self(node)
        kind = made.type
        if isinstance(kind, Std) and kind.name in EXCEPTIONS:
            return made
        if isinstance(kind, Struct) and self.is_exception(kind.name):
            return made
        raise Untranslatable("what is thrown is no exception")

    def is_exception(self, name: str) -> bool:
        known = self.context.program.classes.get(name)
        return known is not None and any(base in EXCEPTIONS or self.is_exception(base) for base in known.bases)

    def deleted(self, node: Node) -> list[str]:
        kind = pointee(node.type)
        made = self(node)
        if isinstance(kind, Struct) and self.cleans_up(kind.name):
            return [f"{made.at(ATOM)}.close()"]
        return []

    def cleans_up(self, name: str) -> bool:
        """Whether a class has a destructor that does something."""
        known = self.context.program.classes.get(name)
        if known is None:
            return False
        own = [item for item in known.method("close") if item.body is not None and item.body.kids]
        return bool(own) or any(self.cleans_up(base) for base in known.bases)

    def operator_rows(self, node: Node) -> list[str] | None:
        op = node.name
        first = node.kid(0)
        if op == "<<" and (chain := self.chain(node)) is not None:
            return self.printed(*chain)
        if node.decl is not None:
            return None
        if op == "=" and isinstance(plain(first.type), Std):
            right = node.kid(1)
            if is_string(plain(first.type)):
                return [f"{self.target(first)} = {self.string(right).code}"]
            return [f"{self.target(first)} = {self.copied(right).code}"]
        if op == "=" and isinstance(plain(first.type), Struct):
            if bare(first).kind != "name" or bare(first).decl in self.context.uses.pinned:
                raise Untranslatable("an object that is copied into another")
            return [f"{self.target(first)} = {self.copied(node.kid(1)).code}"]
        if op == "+=" and is_string(plain(first.type)):
            return [f"{self.target(first)} += {self.part_of_text(node.kid(1)).code}"]
        return None

    def chain(self, node: Node) -> tuple[Node, list[Node]] | None:
        """The stream and the operands of ``stream << a << b``."""
        rows: list[Node] = []
        while node.kind == "operator" and node.name == "<<" and node.decl is None and len(node.kids) == 2:
            rows.insert(0, node.kid(1))
            node = node.kid(0)
        stream = isinstance(node.type, Std) and node.type.name in ("ostream", "ostringstream", "ofstream", "stringstream")
        return (node, rows) if stream and rows else None

    def printed(self, stream: Node, rows: list[Node]) -> list[str]:
        """``print`` of what goes to a stream."""
        ends = bare(rows[-1]).name == "endl" or (bare(rows[-1]).kind == "string" and str(bare(rows[-1]).value).endswith("\n"))
        ends = ends or (bare(rows[-1]).kind == "char" and bare(rows[-1]).value == 10)
        parts = self.context.attempt(lambda: self._joined([self.streamed(row) for row in rows]))
        if parts is None:
            raise Untranslatable("a text that cannot be formatted")
        if stream.kind == "name" and stream.name in _CONSOLES and (stream.decl is None or stream.decl.system):
            if ends:
                parts = f'{parts[:-3]}"' if parts.endswith('\\n"') else parts
            if parts.startswith('f"') and "{" not in parts:
                parts = parts[1:]
            codes = ["" if parts in ('""', 'f""') else parts, "" if ends else 'end=""', _CONSOLES[stream.name]]
            return [f"print({', '.join(code for code in codes if code)})"]
        made = self(stream)
        if isinstance(made.type, Std) and made.type.name in ("ostringstream", "ofstream", "stringstream"):
            return [f"{made.at(ATOM)}.write({parts})"]
        raise Untranslatable("a stream of which it is not known where it goes")

    def streamed(self, node: Node) -> object:
        """What stands in a text for an operand of ``<<``."""
        inner = bare(node)
        if inner.name == "endl" and inner.kind == "name":
            return "\n"
        if inner.kind == "string":
            return str(inner.value).split("\0")[0]
        if inner.kind == "char" and isinstance(inner.value, int) and 0 < inner.value < 128 and is_char(node.type):
            return chr(inner.value)
        kind = plain(node.type)
        if is_string(kind):
            return Hole(self.string(node).code)
        if is_pointer(kind) and is_char(pointee(kind)):
            made = self(node)
            if made.nullable:
                raise Untranslatable("a pointer that may be NULL goes to a stream")
            return Hole(self.adapted(made, "text").code)
        made = integer(self(node))
        if isinstance(kind, Int) and kind.bits == 8:
            return Hole(self.letter_text(node))
        if isinstance(kind, Int) and made.form == "int":
            return Hole(made.code)
        if isinstance(kind, Float) and made.form == "float":
            return Hole(made.code, "g")
        raise Untranslatable("what goes to a stream is not known")

    # lambdas

    def on_lambda(self, node: Node) -> Value:
        """A lambda of one expression."""
        body = [kid for kid in node.kid(0).kids if kid is not None]
        if len(body) != 1 or body[0].kind != "return" or not body[0].kids:
            return self.local_function(node)
        for parameter in node.decls:
            parameter.python = python_name(parameter.name)
            if boxes(parameter.type):
                raise Untranslatable("a lambda that sets what it is given")
        with self.context.purely():
            made = self.copied(body[0].kid(0))
        names = [parameter.python for parameter in node.decls]
        names += [f"{name}={name}" for name in self.captured(node)]
        return Value(f"lambda{' ' if names else ''}{', '.join(names)}: {made.code}", "std", 0, Std("function"))

    def captured(self, node: Node) -> list[str]:
        """The variables whose values a lambda keeps."""
        if node.name.strip() in ("&", ""):
            return []
        by_value = "=" in node.name.split(",")[0]
        words = [word.strip() for word in node.name.split(",")]
        found = []
        for part in walk(node.kid(0)):
            decl = part.decl
            if part.kind != "name" or decl is None or decl.scope not in ("local", "param") or decl in node.decls:
                continue
            if decl.name in words or (by_value and f"&{decl.name}" not in words):
                found.append(self.context.name(decl))
        return sorted(set(found))

    def local_function(self, node: Node) -> Value:
        """A lambda of several statements: a function before the statement that it stands in."""
        name = self.context.temporary("function")
        self.context.hoist(*self.function_rows(name, node))
        return Value(name, "std", ATOM, Std("function"))

    def function_rows(self, name: str, node: Node) -> list[str]:
        """The lines of a function within the function."""
        raise Untranslatable("a lambda of several statements")

    def on_new(self, node: Node) -> Value:
        made = self(node.kid(0))
        return replace(made, form="object", type=node.type, of="", nullable=False)


def method_name(known: object, decl: Decl) -> str:
    """What a method is called: operators as in Python."""
    if decl.name.startswith("operator"):
        op = decl.name.removeprefix("operator").strip()
        if op not in OPERATORS:
            raise Untranslatable(f"an operator{op} of its own")
        return OPERATORS[op]
    return decl.python or python_field(decl.name)


def _family(kind: Std) -> str:
    """Which of the library's classes are written alike."""
    name = kind.name
    for family, names in (("list", LISTS), ("map", MAPS), ("set", SETS), ("pointer", POINTERS), ("exception", EXCEPTIONS),
                          ("stream", ("ostringstream", "ostream", "ofstream", "ifstream", "stringstream", "istringstream")),
                          ("string", ("string", "string_view"))):  # fmt: skip
        if name in names:
            return family
    return name


def _length(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"len({made.code})", "int", ATOM, node.type, Range(0, LENGTH))


def _bytes_length(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"len(os.fsencode({made.code}))", "int", ATOM, node.type, Range(0, LENGTH))


def _empty(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"not {made.at(NOT)}", "bool", NOT, node.type, Range(0, 1))


def _as_text(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(made.code, "text", made.level, Pointer(Int(8, True, "char"), True))


def _call(pattern: str, form: str = "none") -> _Method:
    """A method of Python's own, with its arguments."""

    def method(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
        if pattern.count("{1}") != len(arguments):
            raise Untranslatable(f"no counterpart of {node.name}() with these arguments")
        codes = [write.element_value(argument).code for argument in arguments]
        code = pattern.format(made.at(ATOM), *codes)
        if form == "element":
            assert isinstance(made.type, Std)
            return write.std_or_plain(code, made.type.of[0])
        if form == "none":
            return Value(code, "none", ATOM, node.type, of="effect")
        return Value(code, form, COMPARISON if " in " in code and not code.startswith("int(") else ATOM, node.type, Range(0, 1))

    return method


def _emplaced(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    of = made.type.of[0]
    if len(arguments) == 1 and plain(arguments[0].type) == of:
        return _call("{0}.append({1})")(write, made, arguments, node)
    if is_string(of) and len(arguments) == 1:
        return Value(f"{made.at(ATOM)}.append({write.string(arguments[0]).code})", "none", ATOM, node.type, of="effect")
    raise Untranslatable("an element that is made in its place")


def _substr(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    start = write.number(write.unsized(arguments[0]))
    stop = ""
    if len(arguments) == 2:
        count = write.number(write.unsized(arguments[1]))
        stop = count.code if start.code == "0" else f"{start.at(SUM)} + {count.at(SUM)}"
    shown = "" if start.code == "0" else start.code
    return Value(f"os.fsdecode(os.fsencode({made.code})[{shown}:{stop}])", "std", ATOM, Std("string"))


def _push_letter(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    write.context.hoist(f"{write.target(node.kid(0))} += {write.letter_text(arguments[0])}")
    return Value("None", "none", ATOM, node.type)


def _append_text(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    if len(arguments) != 1:
        raise Untranslatable("a part of a text that is appended")
    write.context.hoist(f"{write.target(node.kid(0))} += {write.string(arguments[0]).code}")
    return write(node.kid(0))


def _clear_text(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    write.context.hoist(f'{write.target(node.kid(0))} = ""')
    return Value("None", "none", ATOM, node.type)


def _find(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    """``s.find(x)``: a number of bytes; -1 is npos."""
    first = arguments[0]
    part = write.letter_text(first) if isinstance(first.type, Int) else write.string(first).code
    shown = f"b{part}" if part.startswith('"') and part.isascii() else f"os.fsencode({part})"
    start = f", {write.number(write.unsized(arguments[1])).code}" if len(arguments) == 2 else ""
    if len(arguments) > 2 or (node.name == "rfind" and start):
        raise Untranslatable("a place in a string")
    code = f"os.fsencode({made.code}).{node.name}({shown}{start}) & 0xFFFFFFFFFFFFFFFF"
    return Value(code, "int", BIT_AND, node.type, Range(0, SIZE.high))


def _searched(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    first = arguments[0]
    part = write.letter_text(first) if isinstance(first.type, Int) else write.string(first).code
    start = f", {write.number(write.unsized(arguments[1])).code}" if len(arguments) == 2 and "first" in node.name else ""
    if len(arguments) > 1 and not start:
        raise Untranslatable("a place in a string")
    return Value(f"{node.name}({made.code}, {part}{start})", "int", ATOM, node.type, Range(0, SIZE.high))


def _compared(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    if len(arguments) == 1:
        return Value(f"compare({made.code}, {write.string(arguments[0]).code})", "int", ATOM, node.type, Range(-1, 1))
    if len(arguments) != 3:
        raise Untranslatable("a comparison of parts of strings")
    part = _substr(write, made, arguments[:2], node)
    return Value(f"compare({part.code}, {write.string(arguments[2]).code})", "int", ATOM, node.type, Range(-1, 1))


def _at(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    return write.std_or_plain(f"at({made.code}, {write.number(write.unsized(arguments[0])).code})", made.type.of[0])


def _last_letter(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"char(os.fsencode({made.code})[-1])", "int", ATOM, Int(8, True, "char"), Range(-128, 127))


def _without_last(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    write.context.hoist(f"{write.target(node.kid(0))} = os.fsdecode(os.fsencode({made.code})[:-1])")
    return Value("None", "none", ATOM, node.type)


def _has_value(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON, range=Range(0, 1))


def _value_of(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    raise Untranslatable("the value of an optional that may have none")


def _value_or(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    name = write.simple_name(made)
    other = write.string(arguments[0]) if is_string(made.type.of[0]) else integer(write(arguments[0]))
    return write.std_or_plain(f"({name} if {name} is not None else {other.code})", made.type.of[0])


def _what(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(ATOM)}.what()", "text", ATOM, Pointer(Int(8, True, "char"), True))


def _get(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(made.code, "object", made.level, node.type, nullable=True)


def _reset(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    if arguments:
        raise Untranslatable("a pointer that is set anew")
    write.context.hoist(f"{write.target(node.kid(0))} = None")
    return Value("None", "none", ATOM, node.type)


def _stream_text(write: CppWriter, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(ATOM)}.getvalue()", "std", ATOM, Std("string"))


_METHODS: dict[tuple[str, str], _Method] = {
    ("string", "size"): _bytes_length, ("string", "length"): _bytes_length, ("string", "empty"): _empty,
    ("string", "c_str"): _as_text, ("string", "data"): _as_text, ("string", "substr"): _substr,
    ("string", "push_back"): _push_letter, ("string", "append"): _append_text, ("string", "clear"): _clear_text,
    ("string", "find"): _find, ("list", "size"): _length, ("list", "empty"): _empty,
    ("list", "push_back"): _call("{0}.append({1})"), ("list", "pop_back"): _call("{0}.pop()"),
    ("list", "clear"): _call("{0}.clear()"), ("list", "back"): _call("{0}[-1]", "element"),
    ("list", "front"): _call("{0}[0]", "element"), ("list", "emplace_back"): _emplaced,
    ("list", "reserve"): lambda write, made, arguments, node: Value("None", "none", ATOM, node.type),
    ("map", "size"): _length, ("map", "empty"): _empty, ("map", "clear"): _call("{0}.clear()"),
    ("map", "count"): _call("int({1} in {0})", "int"), ("map", "erase"): _call("{0}.pop({1}, None)"),
    ("set", "size"): _length, ("set", "empty"): _empty, ("set", "clear"): _call("{0}.clear()"),
    ("set", "count"): _call("int({1} in {0})", "int"), ("set", "insert"): _call("{0}.add({1})"),
    ("set", "erase"): _call("{0}.discard({1})"), ("exception", "what"): _what, ("pointer", "get"): _get,
    ("pointer", "reset"): _reset, **{("string", name): _searched for name in ("find_first_of", "find_first_not_of", "find_last_of", "find_last_not_of")},
    ("string", "compare"): _compared, ("list", "at"): _at, ("thread", "join"): _call("{0}.join()"),
    ("mutex", "lock"): _call("{0}.acquire()"), ("mutex", "unlock"): _call("{0}.release()"),
    ("stream", "str"): _stream_text, ("stream", "close"): _call("{0}.close()"),
    ("stream", "is_open"): _call("{0}.is_open()", "int"), ("stream", "fail"): _call("{0}.fail()", "int"),
    ("stream", "good"): _call("int(not {0}.fail())", "int"), ("stream", "eof"): _call("{0}.eof()", "int"),
    ("stream", "flush"): _call("{0}.flush()"), ("string", "rfind"): _find, ("string", "back"): _last_letter,
    ("string", "pop_back"): _without_last, ("optional", "has_value"): _has_value, ("optional", "value"): _value_of,
    ("optional", "value_or"): _value_or,
}  # fmt: skip

