"""The functions and methods of the C++ library."""

from __future__ import annotations

from collections.abc import Callable

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import SIZE, CType, Float, Int, Pointer, Std, Struct, is_char
from oss.tools.migrate.cpp_objects import CppObjects, family
from oss.tools.migrate.cpp_texts import TEXTS
from oss.tools.migrate.cpp_types import (
    LISTS,
    holds_objects,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, Node, bare, is_null
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.values import (
    ATOM,
    BIT_AND,
    COMPARISON,
    NOT,
    SUM,
    Range,
    Untranslatable,
    Value,
    integer,
)  # fmt: skip

__all__ = ["OPERATORS", "CppLibrary", "method_name"]

OPERATORS = {
    "+": "__add__", "-": "__sub__", "*": "__mul__", "==": "__eq__", "!=": "__ne__", "<": "__lt__", ">": "__gt__",
    "<=": "__le__", ">=": "__ge__", "[]": "__getitem__", "()": "__call__",
}  # fmt: skip
"""Operators that a class may have, and how Python calls them."""

_Method = Callable[["CppLibrary", Value, list[Node], Node], Value]


class CppLibrary(CppObjects):
    """The part of the C++ writer that calls the library."""

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
        fitting = makers if len(makers) == 1 else [maker for maker in makers if len(maker.params) == len(arguments)]
        if len(fitting) != 1 and (makers or arguments):
            raise Untranslatable(f"a constructor of {kind.of[0].name} that is not known")
        code = self.instance(kind.of[0].name, arguments, fitting[0] if fitting else None)
        return Value(code, "std", ATOM, kind)

    std_make_shared = std_make_unique

    def std_make_pair(self, arguments: list[Node], node: Node) -> Value:
        return self.make_pair(node.type if isinstance(node.type, Std) else Std("pair"), arguments)

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
            if isinstance(owner.type, Std) and holds_objects(owner.type.of[0]):
                raise Untranslatable("a sort of objects")
            return Value(f"{owner.at(ATOM)}.sort()", "none", ATOM, node.type, of="effect")
        less = self(arguments[2])
        return Value(f"{owner.at(ATOM)}.sort(key=key_of({less.code}))", "none", ATOM, node.type, of="effect")

    def std_stoi(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stoi", arguments, node)

    def std_stol(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stol", arguments, node)

    std_stoll = std_stol

    def std_stoul(self, arguments: list[Node], node: Node) -> Value:
        return self.from_text("stoul", arguments, node)

    std_stoull = std_stoul

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
        if decl is None:
            raise Untranslatable(f"no counterpart of {node.name}()")
        codes = self.to_parameters(arguments, decl)
        name = f"{decl.owner}" if decl.static else self.structure(owner)
        if node.value == "qualified" and not decl.static:
            codes.insert(0, name)
            name = decl.owner
        return self.result(
            f"{name}.{method_name(self.context.program.classes.get(decl.owner), decl)}({', '.join(codes)})", node
        )

    def std_method(self, owner: Node, arguments: list[Node], node: Node) -> Value:
        assert isinstance(owner.type, Std)
        made = self(owner)
        if is_string(owner.type) and node.name in TEXTS:
            return TEXTS[node.name](self, made, arguments, node)
        method = _METHODS.get((family(owner.type), node.name))
        if method is None:
            raise Untranslatable(f"no counterpart of std::{owner.type.name}::{node.name}()")
        return method(self, made, arguments, node)


def method_name(known: object, decl: Decl) -> str:
    """What a method is called: operators as in Python."""
    if decl.name.startswith("operator"):
        op = decl.name.removeprefix("operator").strip()
        if op not in OPERATORS:
            raise Untranslatable(f"an operator{op} of its own")
        return OPERATORS[op]
    return decl.python or python_field(decl.name)


def _length(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"len({made.code})", "int", ATOM, node.type, Range(0, LENGTH))


def _empty(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"not {made.at(NOT)}", "bool", NOT, node.type, Range(0, 1))


def _call(pattern: str, form: str = "none") -> _Method:
    """A method of Python's own, with its arguments."""

    def method(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
        if pattern.count("{1}") != len(arguments):
            raise Untranslatable(f"no counterpart of {node.name}() with these arguments")
        codes = [write.element_value(argument).code for argument in arguments]
        code = pattern.format(made.at(ATOM), *codes)
        if form == "element":
            assert isinstance(made.type, Std)
            return write.std_or_plain(code, made.type.of[0])
        if form == "none":
            return Value(code, "none", ATOM, node.type, of="effect")
        return Value(
            code, form, COMPARISON if " in " in code and not code.startswith("int(") else ATOM, node.type, Range(0, 1)
        )

    return method


def _inserted(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    """``m.insert({key, value})``, which leaves what is there already."""
    pair = bare(arguments[0])
    kids = [kid for kid in pair.kids if kid is not None][1 if pair.kind == "call" else 0 :]
    if len(arguments) != 1 or pair.kind not in ("construct", "call") or len(kids) != 2:
        raise Untranslatable("what is put into a map")
    key, value = (write.element_value(kid).code for kid in kids)
    return Value(f"{made.at(ATOM)}.setdefault({key}, {value})", "none", ATOM, node.type, of="effect")


def _emplaced(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    of = made.type.of[0]
    if len(arguments) == 1 and plain(arguments[0].type) == of:
        return _call("{0}.append({1})")(write, made, arguments, node)
    if is_string(of) and len(arguments) == 1:
        return Value(f"{made.at(ATOM)}.append({write.string(arguments[0]).code})", "none", ATOM, node.type, of="effect")
    raise Untranslatable("an element that is made in its place")


def _at(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    return write.std_or_plain(f"at({made.code}, {write.number(write.unsized(arguments[0])).code})", made.type.of[0])


def _has_value(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON, range=Range(0, 1))


def _value_of(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    raise Untranslatable("the value of an optional that may have none")


def _value_or(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    name = write.simple_name(made)
    other = write.string(arguments[0]) if is_string(made.type.of[0]) else integer(write(arguments[0]))
    return write.std_or_plain(f"({name} if {name} is not None else {other.code})", made.type.of[0])


def _what(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(ATOM)}.what()", "text", ATOM, Pointer(Int(8, True, "char"), True))


def _get(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(made.code, "object", made.level, node.type, nullable=True)


def _reset(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    if arguments:
        raise Untranslatable("a pointer that is set anew")
    write.context.hoist(f"{write.target(node.kid(0))} = None")
    return Value("None", "none", ATOM, node.type)


def _stream_text(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    if arguments:
        return Value(f"{made.at(ATOM)}.str({write.string(arguments[0]).code})", "none", ATOM, node.type, of="effect")
    return Value(f"{made.at(ATOM)}.str()", "std", ATOM, Std("string"))


def _stream(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    """A method of a stream that is the runtime's."""
    codes = []
    for argument in arguments:
        inner = bare(argument)
        if inner.kind == "name" and inner.name in _WHENCE:
            codes.append(_WHENCE[inner.name])
        elif is_pointer(argument.type):
            given = write(argument)
            codes.append(write.settled(given).code if given.form in ("place", "offset") else given.code)
        elif is_char(argument.type) and node.name == "fill":
            codes.append(write.letter_text(argument))
        else:
            codes.append(write.number(write.unsized(argument)).code)
    code = f"{made.at(ATOM)}.{node.name}({', '.join(codes)})"
    if isinstance(node.type, Int):
        found = Range(0, 1) if node.name in ("fail", "eof", "good", "is_open") else Range(-1, 255)
        return Value(code, "int", ATOM, node.type, found if node.name != "gcount" else Range(0, LENGTH))
    if isinstance(node.type, Std) and node.type.name == "streampos":
        return Value(code, "int", ATOM, Int(64, True, "long"), Range(-1, LENGTH))
    return Value(code, "none", ATOM, node.type, of="effect")


def _opened(write: CppLibrary, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    return Value(f"{made.at(ATOM)}.open({write.opening(made.type, arguments)})", "none", ATOM, node.type, of="effect")


_WHENCE = {"beg": "0", "cur": "1", "end": "2"}


_METHODS: dict[tuple[str, str], _Method] = {
                ("list", "size"): _length, ("list", "empty"): _empty,
    ("list", "push_back"): _call("{0}.append({1})"), ("list", "pop_back"): _call("{0}.pop()"),
    ("list", "clear"): _call("{0}.clear()"), ("list", "back"): _call("{0}[-1]", "element"),
    ("list", "front"): _call("{0}[0]", "element"), ("list", "emplace_back"): _emplaced,
    ("list", "reserve"): lambda write, made, arguments, node: Value("None", "none", ATOM, node.type),
    ("map", "insert"): _inserted,
    ("map", "size"): _length, ("map", "empty"): _empty, ("map", "clear"): _call("{0}.clear()"),
    ("map", "count"): _call("int({1} in {0})", "int"), ("map", "erase"): _call("{0}.pop({1}, None)"),
    ("set", "size"): _length, ("set", "empty"): _empty, ("set", "clear"): _call("{0}.clear()"),
    ("set", "count"): _call("int({1} in {0})", "int"), ("set", "insert"): _call("{0}.add({1})"),
    ("set", "erase"): _call("{0}.discard({1})"), ("exception", "what"): _what, ("pointer", "get"): _get,
    ("pointer", "reset"): _reset,         ("list", "at"): _at, ("thread", "join"): _call("{0}.join()"),
    ("mutex", "lock"): _call("{0}.acquire()"), ("mutex", "unlock"): _call("{0}.release()"),
    ("stream", "str"): _stream_text,
        ("optional", "has_value"): _has_value, ("optional", "value"): _value_of,
    ("optional", "value_or"): _value_or, ("stream", "open"): _opened,
    **{("stream", name): _stream for name in (
        "close", "is_open", "fail", "good", "eof", "flush", "clear", "get", "peek", "ignore", "read", "write", "put",
        "gcount", "tellg", "tellp", "seekg", "seekp", "width", "precision", "fill")},
}  # fmt: skip
