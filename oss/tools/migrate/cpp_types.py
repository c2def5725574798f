"""Types of C++ as Python has them."""

from __future__ import annotations

from oss.tools.migrate.c_types import CType, Float, Int, Pointer, Ref, Std, Struct

__all__ = [
    "EMPTY_HANDED",
    "EXCEPTIONS",
    "LISTS",
    "MAPS",
    "POINTERS",
    "READ",
    "SETS",
    "QUEUES",
    "SINGLES",
    "STREAMS",
    "WRITTEN",
    "boxes",
    "holds_objects",
    "is_string",
    "plain",
]

LISTS = ("vector", "array", "deque", "list", "initializer_list")
MAPS = ("map", "unordered_map")
SETS = ("set", "unordered_set")
QUEUES = ("queue", "stack", "priority_queue")
POINTERS = ("unique_ptr", "shared_ptr")
SINGLES = ("duration", "time_point", "error_code", "path")
"""What is a number or a text in Python."""
EMPTY_HANDED = (*POINTERS, "function", "optional")
"""What is None where it has nothing."""
READ = ("istream", "ifstream", "istringstream", "stringstream")
WRITTEN = ("ostream", "ofstream", "ostringstream", "stringstream")
STREAMS = tuple(dict.fromkeys((*READ, *WRITTEN)))
EXCEPTIONS = ("exception", "runtime_error", "logic_error", "invalid_argument", "out_of_range", "domain_error",
              "length_error", "range_error", "overflow_error", "underflow_error")  # fmt: skip


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
        or (isinstance(kind.to, Std) and kind.to.name in (*POINTERS, "function"))
    )


def holds_objects(kind: CType) -> bool:
    """Whether what a container holds is an object that could be changed."""
    return isinstance(kind, Struct) or (isinstance(kind, Std) and not is_string(kind) and kind.name not in POINTERS)
