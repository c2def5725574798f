"""Pieces of Python and what they stand for, and the ways from one kind to another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from oss.tools.migrate.c_types import BOOL, INT, CType

__all__ = [
    "AND", "ATOM", "BIT_AND", "BIT_OR", "BIT_XOR", "COMPARISON", "LOWEST", "NOT", "OR", "PRODUCT", "SHIFT", "SUM",
    "TERNARY", "UNARY", "Range", "Untranslatable", "Value", "condition", "integer", "negated", "stored",
    "truth",
]  # fmt: skip

LOWEST, TERNARY, OR, AND, NOT, COMPARISON, BIT_OR, BIT_XOR, BIT_AND, SHIFT, SUM, PRODUCT, UNARY, ATOM = range(14)
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "is": "is not", "is not": "is",
             "in": "not in", "not in": "in"}  # fmt: skip
_COMPARED = re.compile(
    r"([^\s()'\"]+|\"[^\"\\]*\"|[^()'\"<>=!]+\([^()<>=!]*\)) (==|!=|<=|>=|<|>|is not|is|not in|in) "
    r"([^\s()'\"]+|\"[^\"\\]*\"|[\w.]+\([^()]*\))"
)


class Untranslatable(Exception):
    """Raised with the reason where a construct has no counterpart."""


@dataclass(frozen=True, slots=True)
class Range:
    """Which numbers a value can be."""

    low: int
    high: int

    def within(self, low: int, high: int) -> bool:
        return low <= self.low and self.high <= high

    def joined(self, other: Range) -> Range:
        return Range(min(self.low, other.low), max(self.high, other.high))


@dataclass(frozen=True, slots=True)
class Value:
    """Python code; ``form`` is what it evaluates to:

    int, bool, truth (what is asked for its truth alone), float, text (a str, or None), bytes (a bytearray), ptr, list,
    object (a struct, or None), function, none, any; place: the element ``index`` of ``base``, which has the form
    ``of``; member: the address of a field; offset: a place in the ``data`` of the buffer ``base``.
    """

    code: str
    form: str = "int"
    level: int = ATOM
    type: CType = INT
    range: Range | None = None
    constant: object = None
    nullable: bool = False
    base: str = ""
    index: str = ""
    of: str = ""

    def at(self, level: int) -> str:
        """The code, in parentheses where it binds less than ``level``."""
        return self.code if self.level >= level else f"({self.code})"


def stored(made: Value) -> Value:
    """A value as it is kept, given or returned: a ``bool`` as what it is, another truth as a number."""
    if made.type == BOOL and made.form in ("bool", "truth"):
        whole = made.form == "bool"
        return replace(made, code=made.code if whole else f"bool({made.code})", form="int", range=Range(0, 1),
                       level=made.level if whole else ATOM)  # fmt: skip
    return integer(made)


def integer(made: Value) -> Value:
    """A truth as the number that it is in C."""
    if made.code in ("True", "False"):
        return Value(str(int(made.code == "True")), "int", ATOM, made.type, constant=int(made.code == "True"))
    if made.form == "bool":
        return replace(made, code=f"int({made.code})", form="int", level=ATOM, range=Range(0, 1))
    if made.form == "truth":
        return replace(made, code=f"int(bool({made.code}))", form="int", level=ATOM, range=Range(0, 1))
    return made


def truth(made: Value) -> Value:
    """A number as a ``bool``."""
    if made.form == "bool":
        return replace(made, type=BOOL)
    if isinstance(made.constant, (int, float)):
        return Value(str(bool(made.constant)), "bool", ATOM, BOOL)
    if made.form == "truth":
        return Value(f"bool({made.code})", "bool", ATOM, BOOL)
    return Value(f"{condition(made).at(COMPARISON + 1)} != 0", "bool", COMPARISON, BOOL)


def condition(made: Value) -> Value:
    """The value as what stands behind ``if``."""
    if made.form in ("int", "bool", "float", "truth"):
        return made
    if made.form == "none":
        return Value("False", "bool")
    return Value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON)


def negated(made: Value) -> Value:
    """The opposite of a condition."""
    made = condition(made)
    if made.level == COMPARISON and (match := _COMPARED.fullmatch(made.code)):
        return Value(f"{match[1]} {_OPPOSITE[match[2]]} {match[3]}", "bool", COMPARISON)
    if made.level == NOT and made.code.startswith("not "):
        return Value(made.code[4:], "truth", COMPARISON)
    if made.code in ("True", "False"):
        return Value(str(made.code == "False"), "bool")
    return Value(f"not {made.at(NOT)}", "bool", NOT)
