"""Pieces of Python and what they stand for, and the ways from one kind to another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from oss.tools.migrate.types import INT, c_type

__all__ = [
    "ATOM",
    "COMPARISON",
    "LOWEST",
    "PRODUCT",
    "SUM",
    "Untranslatable",
    "atom",
    "condition",
    "integer",
    "literal",
    "memory",
    "negated",
    "operand",
    "ordered",
    "text",
    "tail",
    "value",
]

LOWEST, TERNARY, OR, AND, NOT, COMPARISON, BIT_OR, BIT_XOR, BIT_AND, SHIFT, SUM, PRODUCT, UNARY, ATOM = range(14)
_OPPOSITE = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "is": "is not",
    "is not": "is",
    "in": "not in",
    "not in": "in",
}
_NUMBER = re.compile(r"-?\d+")


class Untranslatable(Exception):
    """Raised with the reason where a construct has no counterpart."""


@dataclass(frozen=True, slots=True)
class value:
    """Python code; ``kind`` is what it evaluates to:

    int, bool, float, text, letter (a str of one), bytes, struct, list, function, none, any; ``room``: fresh memory that
    becomes what it is given to; ``place``: the element ``index`` of ``base``, where ``code`` is what was searched for
    there; ``order``: a comparison of ``base`` and ``index`` by strcmp, of which ``code`` is the number.
    """

    code: str
    kind: str
    level: int = ATOM
    type: c_type = INT
    base: str = ""
    index: str = ""
    memory: str = ""  # of a place: what kind its base is
    nullable: bool = False  # of a place: the index may be -1, for NULL
    constant: object = None

    def at(self, level: int) -> str:
        """The code, in parentheses where it binds less than ``level``."""
        return self.code if self.level >= level else f"({self.code})"


def atom(made: value) -> str:
    return made.at(ATOM)


def operand(made: value) -> str:
    return made.at(SUM)


def literal(content: str) -> str:
    """A str literal as ``ruff format`` has it."""
    shown = repr(content)
    if shown[0] == "'" and '"' not in content:
        shown = '"' + shown[1:-1].replace("\\'", "'") + '"'
    return shown


def bytes_literal(content: str) -> str:
    shown = repr(content.encode("utf-8", "surrogateescape"))[1:]
    return "b" + (f'"{shown[1:-1]}"' if shown[0] == "'" and '"' not in shown else shown)


def hexadecimal(number: int) -> str:
    """A number as ``ruff format`` has it in hexadecimal."""
    return f"0x{number:X}"


def sliced(base: str, start: str, stop: str = "") -> str:
    """``base[start:stop]``, with blanks around the colon where ruff wants them."""
    start = "" if start == "0" else start
    simple = all(re.fullmatch(r"-?\w*|\w+", part) for part in (start, stop))
    if simple:
        return f"{base}[{start}:{stop}]"
    return f"{base}[{start} :{f' {stop}' if stop else ''}]" if start else f"{base}[: {stop}]"


def added(left: str, right: str) -> str:
    """``left + right``, without the zeros."""
    if left == "0":
        return right
    if right == "0":
        return left
    if _NUMBER.fullmatch(left) and _NUMBER.fullmatch(right):
        return str(int(left) + int(right))
    return f"{left} - {right[1:]}" if right.startswith("-") and _NUMBER.fullmatch(right) else f"{left} + {right}"


def tail(made: value) -> value:
    """A place as all that follows it in its memory."""
    if made.index == "0":
        return value(made.base, made.memory, ATOM, made.type)
    return value(sliced(made.base, made.index), made.memory, ATOM, made.type)


def text(made: value) -> str:
    """The value as a str (or None)."""
    if made.kind == "place":
        return text(tail(made))
    if made.kind == "bytes":
        return f"aos_string_t({made.code}).data"
    if made.kind == "room":
        return '""'
    return made.code


def memory(made: value) -> str:
    """The value as bytes."""
    if made.kind == "place":
        return memory(tail(made))
    if isinstance(made.constant, str) and made.kind in ("text", "letter"):
        return bytes_literal(made.constant)
    if made.kind == "text":
        return f"os.fsencode({made.code})"
    return made.code


def integer(made: value) -> value:
    """The value as an int."""
    if made.kind == "bool":
        return replace(made, code=f"int({made.code})", kind="int", level=ATOM)
    if made.kind == "letter":
        code = "0" if made.constant == "\0" else f"ord({made.code})"
        return replace(made, code=code, kind="int", level=ATOM)
    return made


def ordered(made: value, op: str) -> value:
    """The result of a strcmp beside 0."""
    if made.memory != "prefix":
        return value(f"{made.base} {op} {made.index}", "bool", COMPARISON)
    if op not in ("==", "!="):
        raise Untranslatable("the order of two prefixes")
    return value(made.base, "bool", ATOM) if op == "==" else value(f"not {made.base}", "bool", NOT)


def condition(made: value) -> value:
    """The value as what stands behind ``if``."""
    if made.kind in ("int", "bool", "float", "letter", "any", "matched"):
        return made
    if made.kind == "order":
        return ordered(made, "!=")
    if made.kind == "place":
        if made.code:
            return value(f"{made.code} in {made.base}", "bool", COMPARISON)
        if made.index == f"{made.base}_at":  # a walker
            return value(f"{made.base} is not None", "bool", COMPARISON)
        if not made.nullable:
            return value("True", "bool")
        return value(f"{made.index} >= 0", "bool", COMPARISON)
    return value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON)


def negated(made: value) -> value:
    """The opposite of a condition."""
    if made.kind == "order":
        return ordered(made, "==")
    if made.kind == "place" and made.code:
        return value(f"{made.code} not in {made.base}", "bool", COMPARISON)
    made = condition(made)
    if made.level == COMPARISON:
        match = re.fullmatch(
            r"([^\s()'\"]+|[^()'\"<>=!]+\([^()<>=!]*\)) (==|!=|<=|>=|<|>|is not|is|not in|in) ([^\s()]+)", made.code
        )
        if match:
            return value(f"{match[1]} {_OPPOSITE[match[2]]} {match[3]}", "bool", COMPARISON)
    if made.level == NOT and made.code.startswith("not "):
        return value(made.code[4:], "bool", COMPARISON)
    return value(f"not {made.at(NOT)}", "bool", NOT)
