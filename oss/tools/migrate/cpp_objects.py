"""C++ objects: classes, containers, what is made of them, references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
from oss.tools.migrate.cpp_copies import CppCopies
from oss.tools.migrate.cpp_texts import piece
from oss.tools.migrate.cpp_types import (
    EMPTY_HANDED,
    EXCEPTIONS,
    LISTS,
    MAPS,
    POINTERS,
    QUEUES,
    SETS,
    STREAMS,
    boxes,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.names import python_field, type_name
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import (
    ATOM,
    COMPARISON,
    PRODUCT,
    SUM,
    TERNARY,
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

_EMPTY = (
    (("string", "string_view"), '""'), ((*LISTS, *QUEUES), "[]"), (MAPS, "{}"), (SETS, "set()"),
    ((*EMPTY_HANDED, "weak_ptr"), "None"), (("priority_queue",), "priority_queue()"),
)  # fmt: skip
"""What is there before anything is put into it."""
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
        if node.name not in ("first", "second"):
            raise Untranslatable(f"no counterpart of {node.name}")
        index = ("first", "second").index(node.name)
        place = (
            bare(inner.kid(0))
            if inner.kind == "operator" and inner.name in ("->", "*") and len(inner.kids) == 1
            else None
        )
        if place is not None and place.kind == "name" and place.decl in self.iterators:
            return self.behind_iterator(place.decl, node)
        if place is not None and isinstance(plain(place.type), Std) and plain(place.type).name == "__map_iterator":  # type: ignore[union-attr]
            kind = plain(place.type).of[0]  # type: ignore[union-attr]
            of = kind.of[index] if isinstance(kind, Std) and len(kind.of) == 2 else node.type
            return self.std_or_plain(f"{self(place).at(ATOM)}.{'value' if index == 0 else 'second'}", of)
        kind = plain(owner.type)
        if isinstance(kind, Pointer):
            kind = kind.to
        if not isinstance(kind, Std) or kind.name != "pair":
            raise Untranslatable(f"no counterpart of {node.name}")
        of = kind.of[index] if len(kind.of) == 2 else node.type
        if inner.decl in self.parts and inner.kind == "name":
            return self.std_or_plain(self.parts[inner.decl][index], of)
        return self.std_or_plain(f"{self(owner).at(ATOM)}[{index}]", of)

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
        if inner.kind != "method" or inner.name != "find" or len(inner.kids) != 2 or not self.is_key_alone(decl):
            return None
        kind = plain(inner.kid(0).type)
        if not isinstance(kind, Std) or kind.name not in (*MAPS, *SETS):
            return None
        owner, key = self(inner.kid(0)), self.element_value(inner.kid(1))
        self.iterators[decl] = owner.at(ATOM), kind
        name = self.simple_name(key)
        return f"{name} if {name} in {owner.at(COMPARISON + 1)} else None"

    def is_key_alone(self, decl: Decl) -> bool:
        """Whether a place is only compared with the end, read, set through, and erased."""
        function = self.context.function
        if function is None:
            return False
        parts = list(walk(function.body))
        used = sum(part.kind == "name" and part.decl is decl for part in parts)
        known = 0
        for part in parts:
            kids = [bare(kid) for kid in part.kids if kid is not None]
            if part.kind == "operator" and part.name in ("==", "!=") and len(kids) == 2:
                known += any(kid.decl is decl and kid.kind == "name" for kid in kids) and any(
                    kid.kind == "method" and kid.name in ("end", "cend") for kid in kids
                )
            elif part.kind == "operator" and part.name in ("->", "*") and len(kids) == 1:
                known += kids[0].decl is decl and kids[0].kind == "name"
            elif part.kind == "expression" and kids and kids[0].kind == "method" and kids[0].name == "erase":
                inner = bare(kids[0].kid(1)) if len(kids[0].kids) == 2 else kids[0]
                while inner.kind == "construct" and len(inner.kids) == 1:
                    inner = bare(inner.kid(0))
                known += inner.decl is decl and inner.kind == "name"
        return used == known and used > 0

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

    def make_list(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return self.zero_of(kind)
        first = bare(arguments[0])
        of = kind.of[0]
        if first.kind == "list":
            kids = [kid for kid in first.kids if kid is not None]
            if kind.name == "array":
                return self.make_array(kind, kids)
            codes = [self.element_for(of, kid).code for kid in kids]
            return Value(f"[{', '.join(codes)}]", "std", ATOM, kind)
        if isinstance(first.type, Std) and len(arguments) == 1:
            return self.copied(arguments[0])
        if isinstance(plain(arguments[0].type), Int) and len(arguments) <= 2:
            value = self.element_value(arguments[1]) if len(arguments) == 2 else self.zero_of(of)
            count = self.number(self.unsized(arguments[0]))
            if not self.immutable(of):
                return Value(f"[{self.copy_code(value, of)} for _ in range({count.code})]", "std", ATOM, kind)
            return Value(f"[{value.code}] * {count.at(PRODUCT + 1)}", "std", PRODUCT, kind)
        if len(arguments) == 2:
            rows = self.copied_span(arguments[0], arguments[1], of)
            return Value(rows if rows.startswith("[") else f"list({rows})", "std", ATOM, kind)
        raise Untranslatable("a container of a part of another")

    def copied_span(self, first: Node, last: Node, kind: CType) -> str:
        """Copies of what is between two iterators."""
        raise NotImplementedError

    def element_for(self, kind: CType, node: Node) -> Value:
        """A value in braces as an element of a type."""
        if bare(node).kind == "list":
            return self.initial(kind, bare(node), None)
        return self.element_value(node)

    def make_array(self, kind: Std, kids: list[Node]) -> Value:
        """``std::array``, the rest of which is zero."""
        of, size = kind.of[0], kind.of[1]
        assert isinstance(size, Array) and size.count is not None
        if len(kids) == 1 and bare(kids[0]).kind == "list" and not isinstance(of, (Struct, Std)):
            kids = [kid for kid in bare(kids[0]).kids if kid is not None]
        elif len(kids) == 1 and bare(kids[0]).kind == "list" and bare(kids[0]).type == size:
            kids = [kid for kid in bare(kids[0]).kids if kid is not None]
        codes = [self.element_for(of, kid).code for kid in kids if kid.kind != "unknown"]
        left = size.count - len(codes)
        if left and (left > 64 or not self.immutable(of)):
            raise Untranslatable("a long array with some values")
        return Value(f"[{', '.join([*codes, *[self.zero_of(of).code] * left])}]", "std", ATOM, kind)

    def make_queue(self, kind: Std, arguments: list[Node]) -> Value:
        return self.copied(arguments[0]) if arguments else Value("[]", "std", ATOM, kind)

    make_stack = make_queue

    def make_priority_queue(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("priority_queue()", "std", ATOM, kind)

    def make_priority_queue_greater(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("priority_queue(lambda a, b: a > b)", "std", ATOM, kind)

    def make_tuple(self, kind: Std, arguments: list[Node]) -> Value:
        if len(arguments) == 1 and plain(arguments[0].type) == kind:
            return self.copied(arguments[0])
        if not arguments:
            return self.zero_of(kind)
        codes = [
            (self.string(argument) if is_string(of) else integer(self.element_value(argument))).code
            for argument, of in zip(arguments, kind.of, strict=True)
        ]
        return Value(f"({', '.join(codes)}{',' if len(codes) == 1 else ''})", "std", ATOM, kind)

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
        code = next((code for names, code in _EMPTY if kind.name in names), "")
        if not code:
            raise Untranslatable(f"an empty std::{kind.name}")
        return Value(code, "std", ATOM, kind)

    def zero(self, kind: CType, slot: Slot | None = None) -> Value:
        if isinstance(kind, Std):
            return self.zero_of(kind)
        return super().zero(kind, slot)

    def element_value(self, node: Node) -> Value:
        """A value that goes into a container, which has its own copy."""
        made = self.copied(node)
        if made.form in ("ptr", "place", "list", "bytes", "offset", "member"):
            raise Untranslatable("a pointer in a container")
        return integer(made)

    def hashed(self, kind: Std) -> None:
        """Refuses keys that Python cannot find again by what they hold."""
        if kind.of and (not self.immutable(kind.of[0]) or isinstance(kind.of[0], (Float, Pointer))):
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
                if pair is None or pair.kind not in ("construct", "list") or len(pair.kids) != 2:
                    raise Untranslatable("a map with values in braces")
                rows.append(
                    f"{self.element_for(kind.of[0], pair.kid(0)).code}: {self.element_for(kind.of[1], pair.kid(1)).code}"
                )
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
        inner = bare(arguments[0])
        if inner.kind == "new" and isinstance(kind.of[0], (Int, Float)):
            return Value(f"ref({self.scalar(inner).code})", "std", ATOM, kind)
        if len(arguments) > 1:
            raise Untranslatable("a pointer with a way to free it")
        return replace(self.copied(arguments[0]), form="std", type=kind)

    def scalar(self, node: Node) -> Value:
        """The number that ``new int(5)`` has."""
        value = bare(node.kid(0)) if node.kids else None
        kind = pointee(node.type)
        if value is None or kind is None:
            return self.zero(kind) if kind is not None else Value("0")
        kids = [kid for kid in value.kids if kid is not None] if value.kind in ("list", "construct") else [value]
        return integer(self(kids[0])) if kids else self.zero(kind)

    def make_function(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or is_null(arguments[0]):
            return Value("None", "std", ATOM, kind)
        return replace(self(arguments[0]), form="std", type=kind)

    def make_pair(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return self.zero_of(kind)
        if len(arguments) == 1:
            inner = bare(arguments[0])
            if inner.kind == "list" and len(inner.kids) == 2:
                arguments = [inner.kid(0), inner.kid(1)]
            else:
                return self.copied(arguments[0])
        if len(arguments) != 2:
            raise Untranslatable("a pair without values")
        codes = []
        for argument, of in zip(arguments, kind.of, strict=True):
            made = self.string(argument) if is_string(of) else self.element_for(of, argument)
            codes.append(made.code)
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
        if isinstance(kind, Array) and node is not None and bare(node).kind == "construct":
            return super().initial(kind, None, slot)
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
        if inner.kind == "cond":
            test = self.condition(inner.kid(0))
            yes, no = self.reference(inner.kid(1)), self.reference(inner.kid(2))
            return Value(f"{yes.code} if {test.code} else {no.code}", "ptr", TERNARY, node.type)
        if inner.kind in ("call", "method", "operator"):
            made = self(inner)
            decl = bare(inner.kid(0)).decl if inner.kind == "call" else inner.decl
            if decl is not None and self.given_by("", decl) and made.code.endswith(".value"):
                return Value(made.code.removesuffix(".value"), "ptr", ATOM, node.type)
        if inner.kind == "index":
            base = self.adapted(self(inner.kid(0)), "ptr")
            return Value(f"{base.at(SUM)} + {self.number(inner.kid(1)).at(SUM + 1)}", "ptr", SUM, node.type)
        if inner.kind == "operator" and inner.name == "*" and self(inner).code.endswith("[0]"):
            return Value(self(inner).code.removesuffix("[0]"), "ptr", ATOM, node.type)
        if inner.kind == "operator" and inner.name == "*" and self(inner).code.endswith(".value"):
            return Value(self(inner).code.removesuffix(".value"), "ptr", ATOM, node.type)
        if inner.kind == "method" and inner.name in ("back", "front") and self(inner).code.endswith("]"):
            name = self(inner.kid(0)).code
            return Value(f"ptr({name}, {'0' if inner.name == 'front' else f'len({name}) - 1'})", "ptr", ATOM, node.type)
        owner = plain(inner.kid(0).type) if inner.kind == "operator" and inner.name == "[]" else None
        if isinstance(owner, Std) and owner.name in LISTS:
            return Value(f"ptr({self(inner.kid(0)).code}, {self.number(inner.kid(1)).code})", "ptr", ATOM, node.type)
        if isinstance(owner, Std) and owner.name in MAPS:
            kind = owner.of[1]
            made, key = self(inner.kid(0)), self.simple_name(self.element_value(inner.kid(1)))
            if not self.context.pure:
                self.context.hoist(f"{made.at(ATOM)}.setdefault({key}, {self.zero_of(kind).code})")
                return Value(f"entry({made.code}, {key})", "ptr", ATOM, node.type)
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
        if isinstance(kind, Struct) and self.class_of(kind) is not None:
            if self.cleans_up(kind.name):
                raise Untranslatable("an object that cleans up is given as a value")
            return self.copied(argument).code
        return super().passed(argument, parameter)

    def to_parameters(self, arguments: Sequence[Node], function: Decl) -> list[str]:
        return [
            self.passed(argument, parameter) for argument, parameter in zip(arguments, function.params, strict=False)
        ]

    def own_call(self, own: Decl, arguments: Sequence[Node], node: Node) -> Value:
        missing = own.params[len(arguments) :]
        if own.body is not None and missing and all(parameter.init is not None for parameter in missing):
            codes = self.to_parameters(arguments, own)
            return self.result(self.given_by(f"{self.context.name(own)}({', '.join(codes)})", own), node, own.name)
        if isinstance(own.type, Function) and boxes(own.type.result) and not missing:
            codes = self.to_parameters(arguments, own)
            return self.result(self.given_by(f"{self.context.name(own)}({', '.join(codes)})", own), node, own.name)
        return super().own_call(own, arguments, node)

    @staticmethod
    def given_by(code: str, decl: Decl) -> str:
        """The value that a reference leads to, where a function gives one."""
        return f"{code}.value" if isinstance(decl.type, Function) and boxes(decl.type.result) else code

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

    def make_recursive_mutex(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("threading.RLock()", "std", ATOM, kind)

    def make_condition_variable(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("condition_variable()", "std", ATOM, kind)

    def make_atomic(self, kind: Std, arguments: list[Node]) -> Value:
        of = kind.of[0]
        if not isinstance(of, Int):
            raise Untranslatable("an atomic that is no number")
        first = bare(arguments[0]) if arguments else None
        if first is not None and first.kind == "list":
            arguments = [kid for kid in first.kids if kid is not None]
        value = integer(self(arguments[0])).code if arguments else "0"
        name = "bool" if of.bits == 1 else type_name(of)
        return Value(f"atomic({name})" if value == "0" else f"atomic({name}, {value})", "std", ATOM, kind)

    def make_thread(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value("thread()", "std", ATOM, kind)
        first = arguments[0]
        if len(arguments) == 1 and plain(first.type) == kind:
            return self(first)
        function = bare(first)
        if function.kind == "unary" and function.name == "&":
            function = bare(function.kid(0))
        decl = function.decl if function.kind == "name" else None
        if decl is not None and decl.scope == "method":
            owner = bare(arguments[1])
            owner = owner.kid(0) if owner.kind == "unary" and owner.name == "&" else owner
            codes = self.thread_arguments(arguments[2:], decl)
            return Value(
                f"thread({', '.join([f'{self.structure(owner)}.{self.method_of(decl)}', *codes])})", "std", ATOM, kind
            )
        if decl is not None and decl.scope == "function":
            own = self.context.uses.functions.get(function.name)
            if own is None or own.system:
                raise Untranslatable("a thread whose function is not known")
            codes = self.thread_arguments(arguments[1:], own)
            return Value(f"thread({', '.join([self.context.name(own), *codes])})", "std", ATOM, kind)
        if function.kind == "lambda":
            codes = [integer(self.element_value(argument)).code for argument in arguments[1:]]
            return Value(f"thread({', '.join([self(function).code, *codes])})", "std", ATOM, kind)
        if isinstance(plain(first.type), Std) and plain(first.type).name == "function":  # type: ignore[union-attr]
            codes = [integer(self.element_value(argument)).code for argument in arguments[1:]]
            return Value(f"thread({', '.join([self(first).code, *codes])})", "std", ATOM, kind)
        raise Untranslatable("a thread whose function is not known")

    def method_of(self, decl: Decl) -> str:
        """What a method is called."""
        return decl.python or python_field(decl.name)

    def thread_arguments(self, arguments: Sequence[Node], own: Decl) -> list[str]:
        """What a thread is given: copies, but for ``std::ref``."""
        rows = []
        for argument, parameter in zip(arguments, own.params, strict=False):
            inner = bare(argument)
            if inner.kind == "call" and bare(inner.kid(0)).name in ("ref", "cref"):
                rows.append(self.passed(inner.kid(1), parameter))
                continue
            if boxes(parameter.type):
                raise Untranslatable("a reference to a copy that a thread has")
            kind = plain(parameter.type)
            if isinstance(kind, (Int, Float)):
                argument = Node("convert", argument.place, kind, [argument]) if argument.type != kind else argument
            rows.append(self.passed(argument, replace_type(parameter)))
        return rows

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


def replace_type(parameter: Decl) -> Decl:
    """A parameter that takes a value where it takes a reference."""
    if not isinstance(parameter.type, Ref):
        return parameter
    return Decl(parameter.name, parameter.type.to, "param", parameter.place, owner=parameter.owner)


def family(kind: Std) -> str:
    """Which of the library's classes are written alike."""
    name = kind.name
    for family, names in _FAMILIES.items():
        if name in names:
            return family
    return name
