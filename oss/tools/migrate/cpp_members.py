"""The methods of C++'s streams, pointers, optionals, threads and locks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import CType, Int, Pointer, Std, Void, is_char
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_files import ENTRY_METHODS
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.nodes import Node, bare, walk
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.values import ATOM, COMPARISON, PRODUCT, Range, Untranslatable, Value, integer, stored

__all__ = ["MEMBERS"]

_Method: TypeAlias = Callable[[CppAlgorithms, Value, list[Node], Node], Value]


def _does(pattern: str) -> _Method:
    """A method with an effect, whose arguments are numbers or objects."""

    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        codes = [stored(write(argument)).code for argument in arguments]
        if pattern.count("{1}") != len(codes):
            raise Untranslatable(f"no counterpart of {node.name}() with these arguments")
        return Value(pattern.format(made.at(ATOM), *codes), "none", ATOM, node.type, of="effect")

    return method


def _asks(pattern: str) -> _Method:
    """A method that is true or false."""

    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        return Value(pattern.format(made.at(ATOM)), "bool", ATOM, node.type, Range(0, 1))

    return method


def _element(made: Value) -> CType:
    assert isinstance(made.type, Std)
    return made.type.of[0]


# streams


def _stream_text(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if arguments:
        return Value(f"{made.at(ATOM)}.str({write.string(arguments[0]).code})", "none", ATOM, node.type, of="effect")
    return Value(f"{made.at(ATOM)}.str()", "std", ATOM, Std("string"))


def _failing(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``is.setstate(std::ios::failbit)``."""
    readers = ("istream", "ifstream", "istringstream", "stringstream", "fstream")
    words = {part.name for argument in arguments for part in walk(argument) if part.kind in ("name", "member")}
    if words != {"failbit"} or not isinstance(made.type, Std) or made.type.name not in readers:
        raise Untranslatable(f"no counterpart of {node.name}() with these arguments")
    return Value(f"{made.at(ATOM)}.set_fail()", "none", ATOM, node.type, of="effect")


def _stream(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """A method of a stream that is the runtime's."""
    if node.name == "get" and arguments:
        write.context.hoist(f"{write.target(arguments[0])} = {made.at(ATOM)}.getc({write(arguments[0]).code})")
        return Value("None", "none", ATOM, node.type)
    codes = []
    for argument in arguments:
        inner = bare(argument)
        if (listed := _listed(inner)) is not None:
            codes.append(write(inner.kid(0)).code)
            if node.name == "write":
                size = write.number(write.unsized(arguments[1])).code
                codes[-1] = f"bytes(item & 0xFF for item in {codes[-1]}[:{size}])"
        elif inner.kind == "name" and inner.name in _WHENCE:
            codes.append(_WHENCE[inner.name])
        elif is_pointer(argument.type):
            given = write(argument)
            codes.append(write.settled(given).code if given.form in ("place", "offset") else given.code)
        elif is_char(argument.type) and node.name == "fill":
            codes.append(write.letter_text(argument))
        else:
            codes.append(write.number(write.unsized(argument)).code)
    if arguments and (listed := _listed(bare(arguments[0]))) is not None and node.name == "read" and not listed.signed:
        codes.append("False")
    code = f"{made.at(ATOM)}.{node.name}({', '.join(codes)})"
    if isinstance(node.type, Int):
        found = Range(0, 1) if node.name in ("fail", "eof", "good", "is_open") else Range(-1, LENGTH)
        found = Range(-128, 127) if node.name == "fill" else found
        return Value(code, "int", ATOM, node.type, found)
    return Value(code, "none", ATOM, node.type, of="effect")


def _listed(node: Node) -> Int | None:
    """``v.data()`` of letters: what each is."""
    while node.kind in ("cast", "convert") and len(node.kids) == 1:
        node = bare(node.kid(0))
    kind = plain(node.kid(0).type) if node.kind == "method" and node.name == "data" and node.kids else None
    of = kind.of[0] if isinstance(kind, Std) and kind.name in ("vector", "array") else None
    return of if isinstance(of, Int) and of.bits == 8 else None


def _got(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``in.get()``, or ``in.get(c)`` as a statement."""
    if not arguments:
        return _stream(write, made, arguments, node)
    if len(arguments) > 1 or made.form == "none":
        raise Untranslatable("what is read from a stream")
    old = write(arguments[0]).code
    write.context.hoist(f"{write.target(arguments[0])} = {made.at(ATOM)}.getc({old})")
    return Value("None", "none", ATOM, node.type)


def _opened(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    return Value(f"{made.at(ATOM)}.open({write.opening(made.type, arguments)})", "none", ATOM, node.type, of="effect")


_WHENCE = {"beg": "0", "cur": "1", "end": "2"}


# optionals and pointers


def _base(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``r.base()`` of a place that goes backwards."""
    return Value(f"{made.at(ATOM)}.base", "std", ATOM, node.type)


def _has_value(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON, range=Range(0, 1))


def _value_of(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return write.std_or_plain(f"value_of({made.code})", _element(made))


def _value_or(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    name = write.simple_name(made)
    kind = _element(made)
    other = write.string(arguments[0]) if is_string(kind) else stored(write(arguments[0]))
    return write.std_or_plain(f"({name} if {name} is not None else {other.code})", kind)


def _emplaced(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    target, old = write.target(node.kid(0)), ""
    if write.ends(made.type):
        old = write.simple_name(made)
        write.context.hoist(*write.ended(old, made.type))
    write.context.hoist(f"{target} = {write.constructed(_element(made), arguments).code}")
    return Value("None", "none", ATOM, node.type)


def _what(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(ATOM)}.what()", "text", ATOM, Pointer(Int(8, True, "char"), True))


def _get(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return write.pointed_by(made, node)


def _reset(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    value = write.make_pointer(made.type, arguments).code if isinstance(made.type, Std) and arguments else "None"
    write.context.hoist(*write.replaced_rows(node.kid(0), value))
    return Value("None", "none", ATOM, node.type)


def _exchanged(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``p.swap(q)``."""
    return write.std_swap([node.kid(0), arguments[0]], node)


def _owners(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``p.use_count()``."""
    return Value(f"use_count({made.code})", "int", ATOM, node.type, Range(0, LENGTH))


def _locked(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``w.lock()``."""
    return Value(f"locked({made.code})", "std", ATOM, node.type)


def _release(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    name = write.context.temporary("released")
    write.context.hoist(f"{name} = {made.code}", f"{write.target(node.kid(0))} = None")
    return write.pointed_by(Value(name, "std", ATOM, made.type), node)


# threads


def _waited(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    codes = [stored(write(argument)).code for argument in arguments]
    return Value(f"{made.at(ATOM)}.wait({', '.join(codes)})", "none", ATOM, node.type, of="effect")


def _waited_for(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if len(arguments) != 3:
        raise Untranslatable("a time that a thread waits")
    lock, holds = write(arguments[0]).code, integer(write(arguments[2])).code
    return Value(
        f"{made.at(ATOM)}.wait_for({lock}, {write.seconds(arguments[1])}, {holds})", "bool", ATOM, range=Range(0, 1)
    )


def _given(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """What a method without arguments gives."""
    return write.std_or_plain(f"{made.at(ATOM)}.{node.name}()", node.type)


def _future_value(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    code = f"{made.at(ATOM)}.get()"
    if isinstance(_element(made), Void):
        return Value(code, "none", ATOM, node.type, of="effect")
    return write.std_or_plain(code, _element(made))


def _told(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``p.set_value(x)``."""
    codes = [write.element_for(_element(made), argument).code for argument in arguments]
    return Value(f"{made.at(ATOM)}.set_value({', '.join(codes)})", "none", ATOM, node.type, of="effect")


def _atomic(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    codes = [
        stored(write(argument)).code for argument in arguments
        if not (bare(argument).kind == "name" and bare(argument).name.startswith("memory_order"))
    ]  # fmt: skip
    code = f"{made.at(ATOM)}.{node.name}({', '.join(codes)})"
    kind = _element(made)
    if node.name == "store":
        return Value(code, "none", ATOM, node.type, of="effect")
    if not isinstance(kind, Int):
        raise Untranslatable("an atomic that is no number")
    return Value(code, "int", ATOM, kind, Range(kind.low, kind.high))


def _count(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    scale = write.scale(made.type)
    if not isinstance(node.type, Int):
        return Value(f"{made.at(PRODUCT)} / {scale}", "float", PRODUCT, node.type)
    return Value(f"idiv({made.code}, {scale})" if scale != 1 else made.code, "int", ATOM, node.type)


def _since(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(made.code, "std", made.level, node.type)


_LOCK: dict[str, _Method] = {"lock": _does("{0}.acquire()"), "unlock": _does("{0}.release()")}
_STREAMS = ("close", "is_open", "fail", "good", "eof", "flush", "clear", "get", "peek", "ignore", "read", "write",
            "put", "gcount", "tellg", "tellp", "seekg", "seekp", "width", "precision", "fill", "flags", "setf",
            "unsetf")  # fmt: skip
MEMBERS: dict[str, dict[str, _Method]] = {
    "__back_iterator": {"base": _base},
    "exception": {"what": _what, "code": _given, "path1": _given},
    "directory_entry": {**dict.fromkeys(ENTRY_METHODS, _given)},
    "error_code": {"value": _given, "message": _given, "clear": _does("{0}.clear()"),
                   "operator bool": _asks("bool({0})")},
    "pointer": {"get": _get, "reset": _reset, "swap": _exchanged, "release": _release, "use_count": _owners},
    "weak_ptr": {"lock": _locked, "expired": _asks("expired({0})"), "reset": _reset, "use_count": _owners},
    "optional": {"has_value": _has_value, "value": _value_of, "value_or": _value_or, "reset": _reset,
                 "emplace": _emplaced},
    "thread": {"join": _does("{0}.join()"), "detach": _does("{0}.detach()"), "joinable": _asks("{0}.joinable")},
    "future": {"get": _future_value, "wait": _does("{0}.wait()"), "valid": _asks("{0}.valid")},
    "promise": {"get_future": _given, "set_value": _told},
    "packaged_task": {"get_future": _given, "valid": _asks("{0}.valid")},
    "mutex": _LOCK, "recursive_mutex": _LOCK,
    "unique_lock": {"lock": _does("{0}.lock()"), "unlock": _does("{0}.unlock()"), "owns_lock": _asks("{0}.owned")},
    "condition_variable": {
        "wait": _waited, "wait_for": _waited_for,
        "notify_one": _does("{0}.notify_one()"), "notify_all": _does("{0}.notify_all()"),
    },
    "atomic": dict.fromkeys(("load", "store", "exchange", "fetch_add", "fetch_sub"), _atomic),
    "duration": {"count": _count}, "time_point": {"time_since_epoch": _since},
    "stream": {
        "str": _stream_text, "open": _opened,
        **dict.fromkeys(_STREAMS, _stream), "get": _got, "setstate": _failing,
    },
}  # fmt: skip
"""The methods of each class."""
