"""``std::string``: what its methods are in Python.  A string is a str; places in it count the bytes of its UTF-8."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import CHAR, SIZE, Int, Pointer, Std, is_char
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_copies import is_fresh
from oss.tools.migrate.cpp_places import string_place, string_span
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.effects import sliced
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.pointers import added
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.values import ATOM, BIT_AND, NOT, PRODUCT, SUM, Range, Untranslatable, Value

__all__ = ["TEXTS", "piece"]

_Method: TypeAlias = Callable[[CppAlgorithms, Value, list[Node], Node], Value]


def _number(write: CppAlgorithms, node: Node) -> Value:
    """A place or a count; a negative one is a very large one."""
    inner = write.unsized(node)
    with write.context.probing():
        found = write.number(inner).range
    return write.number(inner if found is not None and found.low >= 0 else node)


def _is_npos(node: Node) -> bool:
    inner = bare(node)
    return inner.kind == "name" and inner.name == "npos"


def _part(text: str, start: Value | None, count: Node | None, write: CppAlgorithms) -> str:
    """A part of a text: so many bytes from a place on."""
    whole = count is None or _is_npos(count)
    if start is None or start.code == "0":
        if whole or count is None:
            return text
        return f"os.fsdecode(os.fsencode({text})[:{_number(write, count).code}])"
    more = "" if whole or count is None else f", {_number(write, count).code}"
    return f"substr({text}, {start.code}{more})"


def piece(write: CppAlgorithms, arguments: Sequence[Node]) -> str:
    """The text that arguments stand for, as those of ``append``, ``assign`` and the constructors are."""
    first, rest = arguments[0], list(arguments[1:])
    kind = plain(first.type)
    if not rest:
        return write.letter_text(first) if is_char(kind) else write.string(first).code
    if isinstance(kind, Int) and len(rest) == 1 and is_char(plain(rest[0].type)):
        letter = write.letter_text(rest[0])
        return f"{letter} * {_number(write, first).at(PRODUCT + 1)}"
    if is_string(kind):
        return _part(write.string(first).code, _number(write, rest[0]), rest[1] if len(rest) == 2 else None, write)
    if is_pointer(kind) and len(rest) == 1 and isinstance(plain(rest[0].type), Int):
        return _counted(write, first, rest[0])
    if len(rest) == 1 and (span := string_span(write, first, rest[0])) is not None:
        return span
    if len(rest) == 1 and _reads_all(first):
        return f"{write(bare(first).kid(0)).at(ATOM)}.rest()"
    if len(rest) == 1:
        return f"text_of({write.span(first, rest[0])})"
    raise Untranslatable("a text that is made in such a way")


def _counted(write: CppAlgorithms, text: Node, count: Node) -> str:
    """So many bytes from a place in memory."""
    if (whole := write.counted(count, text)) is not None:
        return f"str({whole.code})"
    size = _number(write, count).code
    inner = bare(text)
    owner = plain(inner.kid(0).type) if inner.kind == "method" and inner.name == "data" else None
    if isinstance(owner, Std) and owner.name in ("vector", "array"):
        return f"text_of({write(inner.kid(0)).at(ATOM)}[:{size}])"
    made = write(text)
    if made.form == "text":
        return f"os.fsdecode(os.fsencode({made.code})[:{size}])"
    place = write(inner)
    if place.form == "offset":
        place = write.moved(place, "0")
    if place.form == "place" and place.of == "bytes":
        buffer = place.base.removesuffix(".data")
        unread = place.index == f"{buffer}.pos" and size == f"aos_buf_size({buffer})"
        return (
            f"os.fsdecode(bytes({buffer if unread else sliced((place.base, place.index), added(place.index, size))}))"
        )
    if made.form == "bytes":
        return f"os.fsdecode(bytes({made.code}[:{size}]))"
    made = write.settled(made) if made.form in ("place", "offset") else made
    if made.form != "ptr":
        raise Untranslatable("a text of which it is not known where it is")
    return f"os.fsdecode(bytes({made.at(ATOM)}.memory({size})))"


def _reads_all(node: Node) -> bool:
    """``std::istreambuf_iterator<char>(in)``: all that a stream has left."""
    inner = bare(node)
    return inner.kind == "construct" and inner.name == "istreambuf_iterator" and len(inner.kids) == 1


# methods


def _size(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"len(os.fsencode({made.code}))", "int", ATOM, node.type, Range(0, LENGTH))


def _empty(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"not {made.at(NOT)}", "bool", NOT, node.type, Range(0, 1))


def _text(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    kind = Pointer(Int(8, True, "char"), True)
    if write.zeros.ends(node):
        return Value(f"c_str({made.code})", "text", ATOM, kind)
    return Value(made.code, "text", made.level, kind)


def _substr(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    start = _number(write, arguments[0]) if arguments else None
    code = _part(made.code, start, arguments[1] if len(arguments) == 2 else None, write)
    return Value(code, "std", ATOM, Std("string"))


def _becomes(make: Callable[[CppAlgorithms, Value, list[Node]], str]) -> _Method:
    """A method that changes the string: it becomes another one."""

    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        owner = _first(node.kid(0))
        code = make(write, made, arguments)
        if is_fresh(owner) and isinstance(node.type, Std):  # nobody else sees it
            return Value(code, "std", SUM, node.type)
        target = write.target(owner)
        more = code.removeprefix(f"{target} + ")
        write.context.hoist(f"{target} = {code}" if more == code else f"{target} += {more}")
        if not isinstance(node.type, Std):
            return Value("None", "none", ATOM, node.type)
        return write(owner)

    return method


def _first(node: Node) -> Node:
    inner = bare(node)
    while inner.kind in ("method", "operator") and inner.name in _CHANGING:
        inner = bare(inner.kid(0))
    return inner


def _appended(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    if len(arguments) == 1 and write.any_letter(arguments[0]):
        return f"appended({made.code}, {write.number(arguments[0]).code})"
    return f"{made.at(SUM)} + {piece(write, arguments)}"


def _assigned(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    return piece(write, arguments)


def _inserted(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    found = string_place(write, arguments[0])
    at = found[1] if found is not None else _number(write, arguments[0]).code
    return f"inserted({made.code}, {at}, {piece(write, arguments[1:])})"


def _erased(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    if not arguments:
        return '""'
    places = [string_place(write, argument) for argument in arguments]
    if places[0] is not None:
        if len(arguments) == 1:
            return f"erased({made.code}, {places[0][1]}, 1)"
        if places[1] is not None:
            return f"erased({made.code}, {places[0][1]}, ({places[1][1]}) - ({places[0][1]}))"
        raise Untranslatable("a place in a string")
    removed = bare(arguments[0])
    while removed.kind == "construct" and len(removed.kids) == 1:
        removed = bare(removed.kid(0))
    if removed.kind == "call" and len(arguments) == 2:
        return _without(write, made, removed)
    codes = [_number(write, argument).code for argument in arguments if not _is_npos(argument)]
    return f"erased({', '.join([made.code, *codes])})"


def _without(write: CppAlgorithms, made: Value, removed: Node) -> str:
    """``s.erase(std::remove(s.begin(), s.end(), c), s.end())``."""
    kids = [kid for kid in removed.kids[1:] if kid is not None]
    span = string_span(write, kids[0], kids[1]) if len(kids) == 3 else None
    name = bare(removed.kid(0)).name
    if span != made.code or name not in ("remove", "remove_if"):
        raise Untranslatable("a part of a string that is erased in such a way")
    if name == "remove":
        return f'{made.at(ATOM)}.replace({write.letter_text(kids[2])}, "")'
    return f"text_of([c for c in letters({made.code}) if not {write.predicate(kids[2], 'c', CHAR)}])"


def _replaced(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    if is_string(plain(arguments[0].type)) or string_place(write, arguments[0]) is not None:
        raise Untranslatable("a part of a string that is replaced in such a way")
    at, count = (_number(write, argument).code for argument in arguments[:2])
    return f"replaced({made.code}, {at}, {count}, {piece(write, arguments[2:])})"


def _resized(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    more = f", {write.letter_text(arguments[1])}" if len(arguments) == 2 else ""
    return f"resized({made.code}, {_number(write, arguments[0]).code}{more})"


def _without_first(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    return f"erased({made.code}, 0, {_number(write, arguments[0]).code})"


def _shortened(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    """``s.remove_suffix(n)``."""
    return (
        f"os.fsdecode(os.fsencode({made.code})[:len(os.fsencode({made.code})) - ({_number(write, arguments[0]).code})])"
    )


def _without_last(write: CppAlgorithms, made: Value, arguments: list[Node]) -> str:
    return f"os.fsdecode(os.fsencode({made.code})[:-1])"


def _find(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``s.find(x)``: a number of bytes; -1 is npos."""
    if len(arguments) > 2:
        raise Untranslatable("a place in a string")
    part = write.letter_text(arguments[0]) if is_char(plain(arguments[0].type)) else write.string(arguments[0]).code
    shown = (
        f"b{part}"
        if part.startswith('"') and part.endswith('"') and part.isascii() and part.count('"') == 2
        else f"os.fsencode({part})"
    )
    if "\\u" in shown:
        shown = f"os.fsencode({part})"
    at = _number(write, arguments[1]) if len(arguments) == 2 and not _is_npos(arguments[1]) else None
    found = Range(0, SIZE.high)
    if at is not None and (node.name == "rfind" or at.code != "0"):
        return Value(f"{node.name}({made.code}, {part}, {at.code})", "int", ATOM, node.type, found)
    code = f"os.fsencode({made.code}).{node.name}({shown}) & 0xFFFFFFFFFFFFFFFF"
    return Value(code, "int", BIT_AND, node.type, found)


def _searched(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if len(arguments) > 2:
        raise Untranslatable("a place in a string")
    part = write.letter_text(arguments[0]) if is_char(plain(arguments[0].type)) else write.string(arguments[0]).code
    more = f", {_number(write, arguments[1]).code}" if len(arguments) == 2 and not _is_npos(arguments[1]) else ""
    return Value(f"{node.name}({made.code}, {part}{more})", "int", ATOM, node.type, Range(0, SIZE.high))


def _compared(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    text = made.code
    if len(arguments) > 1 and isinstance(plain(arguments[0].type), Int):
        text = _part(text, _number(write, arguments[0]), arguments[1], write)
        arguments = arguments[2:]
    return Value(f"compare({text}, {piece(write, arguments)})", "int", ATOM, node.type)


def _letter(place: str) -> _Method:
    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        return Value(f"char(os.fsencode({made.code})[{place}])", "int", ATOM, Int(8, True, "char"), Range(-128, 127))

    return method


def _at(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    code = f"letter_at({made.code}, {_number(write, arguments[0]).code})"
    return Value(code, "int", ATOM, Int(8, True, "char"), Range(-128, 127))


def _nothing(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value("None", "none", ATOM, node.type)


def _swapped(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return write.std_swap([node.kid(0), arguments[0]], node)


_CHANGING = ("append", "assign", "insert", "erase", "replace", "+=")

TEXTS: dict[str, _Method] = {
    "size": _size, "length": _size, "empty": _empty, "c_str": _text, "data": _text, "substr": _substr,
    "push_back": _becomes(_appended), "append": _becomes(_appended), "assign": _becomes(_assigned),
    "clear": _becomes(lambda write, made, arguments: '""'), "insert": _becomes(_inserted), "erase": _becomes(_erased),
    "replace": _becomes(_replaced), "resize": _becomes(_resized), "pop_back": _becomes(_without_last), "find": _find,
    "rfind": _find, "find_first_of": _searched, "find_first_not_of": _searched, "find_last_of": _searched,
    "find_last_not_of": _searched, "compare": _compared, "back": _letter("-1"), "front": _letter("0"), "at": _at,
    "remove_prefix": _becomes(_without_first), "remove_suffix": _becomes(_shortened),
    "swap": _swapped, "reserve": _nothing, "shrink_to_fit": _nothing,
}  # fmt: skip
"""The methods of a string."""
