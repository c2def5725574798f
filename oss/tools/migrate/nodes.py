"""The tree of a program: declarations, statements and expressions, each with its type and its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from oss.tools.migrate.c_types import VOID, CType, Function

__all__ = [
    "ClassDef",
    "Decl",
    "EnumDef",
    "Node",
    "Place",
    "Problem",
    "Program",
    "SETTERS",
    "STATEMENTS",
    "STEPS",
    "StructDef",
    "UNREAD",
    "bare",
    "declared",
    "is_null",
    "key_of",
    "walk",
]

STEPS = ("x++", "x--", "++x", "--x")
"""C's operators that count up or down by one."""

SETTERS = ("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--")
"""The operators of classes that change what stands on their left."""

UNREAD = "unread"
"""The name of an unknown statement, which tells it from an unknown expression."""

STATEMENTS = frozenset(
    [
        "block",
        "foreach",
        "try",
        "catch",
        "bind",
        "if",
        "while",
        "do",
        "for",
        "switch",
        "case",
        "default",
        "break",
        "continue",
        "return",
        "goto",
        "label",
        "declare",
        "expression",
        "empty",
        "asm",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its file, first line, and the offsets of its text."""

    file: str
    line: int
    start: int
    end: int
    last_line: int


@dataclass(eq=False, slots=True)
class Node:
    """A statement or an expression.

    Expressions: number char string name member index unary binary assign call cast convert cond list designated
    compound sizeof va_arg unknown. Statements: block if while do for switch case default break continue return goto
    label declare expression empty asm unknown.
    """

    kind: str
    place: Place
    type: CType = VOID
    kids: list[Node | None] = field(default_factory=list)
    name: str = ""  # an operator, a field, a label, the text of a string
    value: object = None
    decl: Decl | None = None
    decls: list[Decl] = field(default_factory=list)  # of declare
    macro: str = ""  # the constant of the program or the SDK that stands here
    reason: str = ""  # of unknown: why
    changing: bool = False  # of a lambda: it may change what it keeps

    def kid(self, index: int) -> Node:
        found = self.kids[index]
        assert found is not None
        return found


@dataclass(eq=False, slots=True)
class Decl:
    """A variable, a parameter, a function, a field or an enumerator."""

    name: str
    type: CType
    scope: str  # global static local param function field enumerator
    place: Place
    init: Node | None = None
    length: Node | None = None  # of an array whose length is computed
    rows: list[Node] = field(default_factory=list)  # the lengths of the arrays in it, where one of them is computed
    const: bool = False
    extern: bool = False
    params: list[Decl] = field(default_factory=list)
    body: Node | None = None
    owner: str = ""  # of a local, the function; of a field, the struct
    python: str = ""
    value: int | None = None  # of an enumerator
    bits: int | None = None  # of a bit field
    offset: int = 0  # of a field: the bit of its struct that it begins at
    system: bool = False  # declared by a header that comes with the tool
    internal: bool = False  # known in its file alone
    per_thread: bool = False  # each thread has its own
    static: bool = False  # of a method or a field: the class's
    pure: bool = False  # of a method: those of other classes are meant
    virtual: bool = False  # of a method: that of the object's own class is called
    operator: str = ""  # of a function of C++: the operator that it is
    quiet: bool = False  # of a method: it says that it throws nothing
    inits: list[tuple[str, Node | None]] = field(default_factory=list)  # of a constructor: fields and bases
    declared: Place | None = None  # of a function that is announced before it is defined: where

    def __repr__(self) -> str:
        return f"<{self.scope} {self.owner}.{self.name}>"


@dataclass(eq=False, slots=True)
class StructDef:
    name: str
    fields: list[Decl]
    place: Place
    union: bool = False
    system: bool = False
    size: int = 0
    overlaid: bool = False  # a union without a name stands in it


@dataclass(eq=False, slots=True)
class ClassDef:
    """A class of C++: its bases, fields, and what it does; a constructor is called ``__init__``."""

    name: str
    bases: list[str]
    fields: list[Decl]
    methods: list[Decl]
    place: Place

    def method(self, name: str) -> list[Decl]:
        return [item for item in self.methods if item.name == name]

    @property
    def unknown_end(self) -> Decl | None:
        """The destructor, where it is declared and not defined."""
        return next((end for end in self.method("close") if end.body is None and not end.extern), None)


@dataclass(eq=False, slots=True)
class EnumDef:
    name: str
    members: list[Decl]
    place: Place


@dataclass(frozen=True, slots=True)
class Problem:
    """What the parser could not read."""

    file: str
    line: int
    offset: int
    reason: str
    end: int = 0  # of the text that is not read, if it is known


@dataclass(eq=False, slots=True)
class Program:
    """One file with all that its headers declare."""

    path: str
    items: list[
        Decl | StructDef | EnumDef | ClassDef | tuple[str, str, Place]
    ]  # in their order; a pair is ``typedef old new``
    structs: dict[str, StructDef]
    functions: dict[str, Decl]
    macros: dict[str, tuple[Node, Place]]  # the constants that the program defines
    includes: list[tuple[str, str, int, str]]  # in which file, what name, on which line, what file was found
    problems: list[Problem]
    classes: dict[str, ClassDef] = field(default_factory=dict)
    sources: dict[str, bytes] = field(default_factory=dict)
    cpp: bool = False
    words: frozenset[str] = frozenset()  # with a `_` and perhaps a number at the end, in all files of the program
    naming: Any = None  # what names the methods of a C++ program, once all files are read

    def text(self, place: Place) -> str:
        """The C text of a place."""
        return " ".join(self.sources[place.file][place.start : place.end].decode("utf-8", "replace").split())


def key_of(function: Decl, owner: str = "") -> str:
    """What a function is called in all files: a method by its class, or another one, and by what it takes, too."""
    if function.scope != "method":
        return function.name
    taken = function.type.params if isinstance(function.type, Function) else ()
    return f"{owner or function.owner}.{function.name} {taken}{' const' * function.const}"


def walk(node: Node | None) -> Iterator[Node]:
    """A node and all below it, in the order of the text."""
    left = [node]
    while left:
        found = left.pop()
        if found is None:
            continue
        yield found
        left += reversed(found.kids)
        for decl in reversed(found.decls):
            left += *decl.rows, decl.length, decl.init


def declared(node: Node | None) -> set[Decl]:
    """The variables that are declared within a node."""
    named = {part.decl for part in walk(node) if part.kind in ("foreach", "catch", "bind") and part.decl is not None}
    return named.union(*(part.decls for part in walk(node)))


def bare(node: Node) -> Node:
    """An expression without the conversions and casts around it."""
    while node.kind in ("convert", "cast"):
        node = node.kid(0)
    return node


def is_null(node: Node | None) -> bool:
    """NULL, ``(T *)0`` or 0."""
    if node is None:
        return False
    inner = bare(node)
    return inner.kind == "number" and inner.value == 0
