"""What all parts of the translation of a program share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from oss.tools.migrate import known
from oss.tools.migrate.c_types import BOOL, Array, CType, Function, Pointer, Struct
from oss.tools.migrate.cpp_types import boxes
from oss.tools.migrate.finds import Find
from oss.tools.migrate.names import element_type, python_field, python_name
from oss.tools.migrate.nodes import Decl, Node, Program, walk
from oss.tools.migrate.order import Order
from oss.tools.migrate.ranges import Ranges
from oss.tools.migrate.shapes import settle
from oss.tools.migrate.slots import Slot, Slots
from oss.tools.migrate.uses import Uses
from oss.tools.migrate.values import Untranslatable

__all__ = ["Context", "Hoist", "Row"]

T = TypeVar("T")


class Hoist(Exception):
    """Raised where a statement would be needed before an expression that may not be evaluated, or more than once."""


class Row(str):
    """A line that does what an expression of C does once: ``origin`` is that expression, and what is done of it."""

    origin: tuple[Node, str]

    def __new__(cls, text: str, origin: Node, role: str = "") -> Row:
        made = super().__new__(cls, text)
        made.origin = origin, role
        return made


@dataclass(eq=False, slots=True)
class Context:
    """The program, what is known of its variables, and what the function being written has so far."""

    program: Program
    uses: Uses
    ranges: Ranges
    homes: dict[str, str] = field(default_factory=dict)  # names of other files of the same program: their modules
    function: Decl | None = None
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    pure: int = 0
    simple: bool = False  # the expression is a statement of its own: what it does last may come after it
    assigned: set[str] = field(default_factory=set)  # globals that the function sets
    active: list[dict[str, Decl]] = field(default_factory=list)  # the locals of the blocks that are open
    direct: set[str] = field(default_factory=set)  # modules whose variables are read through them
    temporaries: int = 0
    outside: set[str] = field(default_factory=set)  # names of the module that the function being written reads
    order: Order = field(init=False)

    def __post_init__(self) -> None:
        self.order = Order(self.uses)

    @property
    def slots(self) -> Slots:
        return self.uses.slots

    def slot(self, decl: Decl) -> Slot:
        found = self.slots.decl(decl)
        if not found.form and isinstance(decl.type, (Pointer, Array)):
            settle(found)
        return found

    def form(self, decl: Decl) -> str:
        """The form of a variable's value."""
        return self.slot(decl).form if isinstance(decl.type, (Pointer, Array)) else self.plain_form(decl.type)

    @staticmethod
    def plain_form(kind: CType) -> str:
        if isinstance(kind, Struct):
            return "object"
        if isinstance(kind, Function):
            return "function"
        return "bool" if kind == BOOL else "int"

    def has_sdk(self) -> bool:
        """Whether the program includes the SDK, so that its functions are there."""
        return any(known.module_of(name) is not None for _, name, _, _ in self.program.includes)

    def no_errno(self) -> bool:
        """Whether the program never asks for the last error."""
        return self.uses.names.isdisjoint(("perror", "strerror", "strerror_r", "errno"))

    def find(self, decl: Decl | None) -> Find | None:
        """What a variable that is the place of something in a str looks into."""
        found = self.uses.finds.get(decl) if decl is not None else None
        return found if found is not None and self.form(found.text) == "text" else None

    def boxed(self, decl: Decl) -> bool:
        """Whether a variable is a ``ref``, since its address is taken, or has a value in each thread."""
        if decl.per_thread:
            return True
        if decl.scope in ("field", "function", "member", "method"):
            return False
        return boxes(decl.type) or ("boxed" in self.slot(decl).uses and not self.made(decl))

    def box(self, decl: Decl, code: str) -> str:
        """What has the address of a variable; one whose bytes are seen is an array."""
        if decl.per_thread:
            if "raw" in self.slot(decl).uses:
                raise Untranslatable("the bytes of a variable that each thread has")
            return f"per_thread(lambda: {code})"
        if "raw" in self.slot(decl).uses:
            return f"array({element_type(decl.type)}, [{code}])"
        return f"ref({code})"

    def made(self, decl: Decl) -> bool:
        """Whether a pointer is the struct that the SDK fills."""
        return "made" in self.slot(decl).uses

    def through(self, slot: Slot | None) -> bool:
        """Whether a pointer to a pointer stands for the struct that the SDK fills."""
        return slot is not None and "through" in slot.uses

    # what stands before an expression

    @contextmanager
    def purely(self) -> Iterator[None]:
        """In here no statement can stand before the expression."""
        self.pure += 1
        try:
            with self.sequenced():
                yield
        finally:
            self.pure -= 1

    @contextmanager
    def probing(self) -> Iterator[None]:
        """What is written in here only tells something; it leaves no statements behind."""
        kept = list(self.before), list(self.after), set(self.assigned), self.temporaries
        self.before.clear()
        self.after.clear()
        try:
            yield
        finally:
            self.before[:], self.after[:] = kept[0], kept[1]
            self.assigned, self.temporaries = kept[2], kept[3]

    def attempt(self, write: Callable[[], T | None]) -> T | None:
        """What ``write`` gives; where that is None, it leaves no statements behind."""
        kept = list(self.before), list(self.after)
        made = write()
        if made is None:
            self.before[:], self.after[:] = kept
        return made

    @contextmanager
    def sequenced(self) -> Iterator[None]:
        """What is done in here is done with before the rest of the statement."""
        simple, self.simple = self.simple, False
        try:
            yield
        finally:
            self.simple = simple

    def hoist(self, *rows: str, origin: Node | None = None, role: str = "") -> None:
        """Statements before the one being written; ``origin`` is what of the program they do."""
        if self.pure:
            raise Hoist
        self.before += [Row(rows[0], origin, role), *rows[1:]] if origin is not None and rows else rows

    def temporary(self, stem: str = "value") -> str:
        self.temporaries += 1
        name = f"{stem}_{self.temporaries}"
        return self.temporary(stem) if name in self.program.words else name

    # names

    def name(self, decl: Decl) -> str:
        """What a variable or a function is called where it is used."""
        if decl.scope == "field":
            return python_field(decl.name)
        if decl.scope == "member" or (decl.scope == "enumerator" and decl.owner):
            return f"{decl.owner}.{python_field(decl.name)}"
        if decl.name in known.REPLACEABLE and decl.system:
            module = known.REPLACEABLE[decl.name]
            self.direct.add(module)
            return f"{module}.{decl.name}"
        if decl.system and decl.name in ("optarg", "optind", "opterr", "optopt"):
            self.direct.add("getopt")
            return f"getopt.{decl.name}"
        if decl.system or decl.scope == "enumerator":
            return decl.name
        if not decl.python:
            stem = f"{decl.owner}_{decl.name}" if decl.scope == "static" else decl.name
            decl.python = self.spelled(stem)
        home = self.homes.get(decl.name)
        if home and decl.scope == "global" and not decl.const:
            if any(isinstance(item, Decl) and item.name == home for item in self.program.items):
                raise Untranslatable(f"{home} is a module and something else")
            self.direct.add(home)
            return f"{home}.{decl.python}"
        return decl.python

    def spelled(self, name: str) -> str:
        """A name in Python, where structs and variables share one space of names."""
        made = python_name(name)
        made = f"{made}_" if name in self.program.structs or name in self.program.classes else made
        while made != name and made in self.program.words:
            made += "_"
        return made

    def parameter(self, name: str) -> str:
        """What a parameter is called: never as something outside that its function mentions."""
        made = spelled = self.spelled(name)
        while made in self.outside or (made != spelled and made in self.program.words):
            made += "_"
        return made

    def read_outside(self, function: Decl) -> set[str]:
        """The names outside that a function mentions, with their modules: no local of it may have them in Python."""
        bodies = [function.body, *(value for _, value in function.inits)]
        parts = (node for body in bodies for node in walk(body))
        found = {node.decl for node in parts if node.kind == "name" and node.decl is not None}
        outer = [decl for decl in found if decl.scope in ("global", "function", "enumerator")]
        modules = {self.homes[decl.name] for decl in outer if decl.scope == "global" and decl.name in self.homes}
        return {self.spelled(decl.name) for decl in outer} | modules

    def opened(self, decl: Decl) -> None:
        """A local is declared: one that hides another gets a name of its own."""
        name = self.spelled(decl.name)
        outer = [block[decl.name] for block in self.active if decl.name in block]
        clash = len([item for item in outer if item is not decl]) + (name in self.outside)
        while clash and f"{name.rstrip('_')}_{clash + 1}" in self.program.words:
            clash += 1
        decl.python = f"{name.rstrip('_')}_{clash + 1}" if clash else name
        if self.active:
            self.active[-1][decl.name] = decl

    def assigning(self, decl: Decl) -> None:
        """A variable is set: a global must be declared to be one."""
        shared = decl.scope in ("global", "static") and "." not in self.name(decl)
        if shared and self.function is not None and not self.boxed(decl):
            self.assigned.add(self.name(decl))

    def text(self, node: Node) -> str:
        return self.program.text(node.place)
