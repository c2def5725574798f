"""Types of C++ as Python has them."""

from __future__ import annotations

import re

from oss.tools.migrate.c_types import CType, Float, Int, Pointer, Ref, Std, Struct
from oss.tools.migrate.nodes import Decl

__all__ = [
    "COMPARED",
    "EMPTY_HANDED",
    "EXCEPTIONS",
    "LISTS",
    "MAPS",
    "OBJECTS",
    "OPERATORS",
    "OPERATOR_WORDS",
    "POINTERS",
    "READ",
    "SETS",
    "TREES",
    "QUEUES",
    "SINGLES",
    "STREAMS",
    "WRITTEN",
    "boxes",
    "holds_objects",
    "orders_objects",
    "is_string",
    "operator_name",
    "plain",
]

OPERATORS = {
    "+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "%": "__mod__", "==": "__eq__", "!=": "__ne__",
    "<": "__lt__", ">": "__gt__", "<=": "__le__", ">=": "__ge__", "[]": "__getitem__", "()": "__call__",
    "&": "__and__", "|": "__or__", "^": "__xor__", "<<": "__lshift__", ">>": "__rshift__", "bool": "__bool__",
}  # fmt: skip
"""Operators that a class may have, and how Python calls them."""
COMPARED = ("==", "!=", "<", ">", "<=", ">=")
OPERATOR_WORDS = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "remainder", "==": "equal", "!=": "differ",
    "<": "less", ">": "more", "<=": "not_more", ">=": "not_less", "[]": "item", "()": "call", "<<": "put", ">>": "take",
    "=": "assign", "+=": "add_to", "-=": "subtract_from", "*=": "multiply_by", "/=": "divide_by", "++": "increment",
    "--": "decrement", "!": "negated", "->": "arrow", "&&": "both", "||": "either", "|=": "or_with", "&=": "and_with",
    "%=": "remainder_of", "^=": "xor_with", "~": "inverted", "&": "and_of", "|": "or_of", "^": "xor_of",
}  # fmt: skip
"""What other operators are called."""

LISTS = ("vector", "array", "deque", "list", "initializer_list")
MAPS = ("map", "unordered_map")
SETS = ("set", "unordered_set")
TREES = ("ordered_map", "ordered_set", "multimap", "multiset")
"""Maps and sets of the runtime."""
QUEUES = ("queue", "stack")
POINTERS = ("unique_ptr", "shared_ptr")
SINGLES = ("duration", "time_point", "path", "directory_entry")
"""What is a number or a text in Python."""
OBJECTS = ("future", "promise", "packaged_task")
"""What is an object, though it is never copied."""
EMPTY_HANDED = (*POINTERS, "function", "optional", "method_pointer", "field_pointer")
"""What is None where it has nothing."""
READ = ("istream", "ifstream", "istringstream", "stringstream", "fstream")
WRITTEN = ("ostream", "ofstream", "ostringstream", "stringstream", "fstream")
STREAMS = tuple(dict.fromkeys((*READ, *WRITTEN)))
EXCEPTIONS = (
    "exception", "runtime_error", "logic_error", "invalid_argument", "out_of_range", "domain_error",
    "length_error", "bad_optional_access", "bad_alloc", "range_error", "overflow_error", "underflow_error",
    "filesystem_error", "bad_variant_access",
)  # fmt: skip


def plain(kind: CType) -> CType:
    """A type without the reference to it."""
    return kind.to if isinstance(kind, Ref) else kind


def is_string(kind: CType) -> bool:
    return isinstance(kind, Std) and kind.name in ("string", "string_view")


def boxes(kind: CType) -> bool:
    """Whether a reference needs an object of its own: it can be set, and what it leads to is no object in Python."""
    if not isinstance(kind, Ref) or kind.const or kind.rvalue:
        return False
    return (
        isinstance(kind.to, (Int, Float, Pointer))
        or is_string(kind.to)
        or (isinstance(kind.to, Std) and kind.to.name in (*POINTERS, "function", "pair", "tuple", "optional"))
    )


def holds_objects(kind: CType) -> bool:
    """Whether what a container holds is an object that could be changed."""
    return isinstance(kind, Struct) or (isinstance(kind, Std) and not is_string(kind) and kind.name not in POINTERS)


def orders_objects(kind: CType) -> bool:
    """Whether an object stands in a pair or a list, where Python asks ``==`` before it asks ``<``."""
    kind = plain(kind)
    parts = kind.of if isinstance(kind, Std) and kind.name in (*LISTS, *MAPS, *SETS, *TREES, "pair", "tuple") else ()
    return any(isinstance(part, Struct) or orders_objects(part) for part in parts)


def operator_name(decl: Decl, signature: str = "") -> str:
    """What the method of an operator is called."""
    op = decl.name.removeprefix("operator").strip()
    count = len(decl.params)
    if signature and op in OPERATOR_WORDS:
        return f"{OPERATOR_WORDS[op]}_{signature}"
    if count == 0 and op in ("-", "+"):
        return "__neg__" if op == "-" else "__pos__"
    if count == 0 and op == "*":
        return "pointed"
    if op in ("++", "--"):
        return OPERATOR_WORDS[op] + ("_after" if count else "")
    if op in OPERATORS:
        return OPERATORS[op]
    if op in OPERATOR_WORDS:
        return OPERATOR_WORDS[op]
    return "to_" + "_".join(re.findall(r"\w+", op))
