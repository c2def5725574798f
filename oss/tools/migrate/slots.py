"""What holds a pointer, and which pointer goes where.

A slot is a variable, a field, a parameter, the result of a function, or what one of these leads to. The flows between
slots say which of them must have the same form in Python, and the uses of each say which forms it can have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from oss.tools.migrate.c_types import Array, CType, Pointer, Struct
from oss.tools.migrate.nodes import Decl, key_of

__all__ = ["Flow", "Slot", "Slots"]


@dataclass(eq=False, slots=True)
class Slot:
    """``uses`` has what the program does with the pointer.

    memory (its bytes are read one by one, or by their number), moved, indexed, stored (through it), placed (compared
    with another), whole (a text is written as a whole), boxed (its own address is taken), made (the SDK fills it),
    given (by unseen code, as memory), nullable, seen (its elements have addresses), sized (bytes of it are counted),
    lent (it has bytes that the SDK gives)
    """

    name: str
    type: CType
    decl: Decl | None = None
    uses: set[str] = field(default_factory=set)
    into: list[Slot] = field(default_factory=list)
    sources: list[Slot] = field(default_factory=list)
    literals: list[str] = field(default_factory=list)  # the texts that go into it
    kinds: set[CType] = field(default_factory=set)  # of a void *: what it leads to where it comes from
    views: set[CType] = field(default_factory=set)  # of a void *: the numbers that it is cast to
    form: str = ""
    parent: Slot | None = None  # the slot with which this is one
    inner: Slot | None = None

    def root(self) -> Slot:
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    def leads(self) -> Slot | None:
        """The slot of what is behind the pointer, where that is a pointer, or an array, again."""
        root = self.root()
        kind = root.type
        to = kind.to if isinstance(kind, Pointer) else kind.of if isinstance(kind, Array) else None
        if root.inner is None and isinstance(to, (Pointer, Array)):
            root.inner = Slot(f"{root.name}[]", to)
        return root.inner.root() if root.inner else None

    def literal(self, text: str) -> None:
        """A literal goes into it; one with a NUL is more than a text."""
        self.literals.append(text)
        self.uses |= {"literal", "memory"} if "\0" in text else {"literal"}

    def __repr__(self) -> str:
        return f"<{self.name}: {self.form} {' '.join(sorted(self.uses))}>"


@dataclass(frozen=True, slots=True)
class Flow:
    """A pointer that goes from one slot to another."""

    source: Slot
    into: Slot


class Slots:
    """All slots of a program."""

    def __init__(self) -> None:
        self.of_decl: dict[Decl, Slot] = {}
        self.shared: dict[str, Slot] = {}  # variables that several files know
        self.results: dict[str, Slot] = {}
        self.fields: dict[tuple[str, str], Slot] = {}
        self.flows: list[Flow] = []
        self.numbers: list[tuple[Decl, Slot]] = []  # numbers whose address goes somewhere
        self.loose: list[Slot] = []
        self.alike: list[tuple[Slot, Slot]] = []  # a pointer goes between them as it is
        self.certain: list[tuple[Slot, Slot, bool]] = []
        self.sure: dict[tuple[int, int], bool] = {}  # that is known when all flows are

    def decl(self, decl: Decl) -> Slot:
        """The slot of a variable; of a field, one for all structs of its type."""
        if decl.scope == "field":
            key = decl.owner, decl.name
            if key not in self.fields:
                self.fields[key] = Slot(f"{decl.owner}.{decl.name}", decl.type, decl)
            return self.fields[key].root()
        if decl.scope == "global" and not decl.internal:
            if decl.name not in self.shared:
                self.shared[decl.name] = Slot(decl.name, decl.type, decl)
            elif decl.init is not None:
                self.shared[decl.name].root().decl = decl
            return self.shared[decl.name].root()
        if decl not in self.of_decl:
            self.of_decl[decl] = Slot(f"{decl.owner}.{decl.name}", decl.type, decl)
        return self.of_decl[decl].root()

    def returned(self, function: Decl, kind: CType) -> Slot:
        """The slot of what a function or a method returns."""
        return self.result(key_of(function), kind)

    def result(self, name: str, kind: CType) -> Slot:
        if name not in self.results:
            self.results[name] = Slot(f"{name}()", kind)
        return self.results[name].root()

    def fresh(self, name: str, kind: CType) -> Slot:
        made = Slot(name, kind)
        self.loose.append(made)
        return made

    def flow(self, source: Slot, into: Slot, certain: bool = False) -> None:
        """A pointer goes from one slot to another; ``certain``: it is not NULL there."""
        source, into = source.root(), into.root()
        self.certain.append((source, into, certain))
        if source is into or into in source.into:
            return
        source.into.append(into)
        into.sources.append(source)
        self.flows.append(Flow(source, into))
        inner, other = source.leads(), into.leads()
        if inner is not None and other is not None:
            self.unite(inner, other)

    def uncertain(self, source: Slot, into: Slot) -> bool:
        """Whether NULL may go from one slot to another."""
        if not self.sure:
            for one, other, sure in self.certain:
                pair = id(one.root()), id(other.root())
                self.sure[pair] = self.sure.get(pair, True) and sure
        return "boxed" in source.uses or not self.sure.get((id(source), id(into)), False)

    def unite(self, one: Slot, other: Slot) -> None:
        """Makes two slots one: they are the same memory."""
        one, other = one.root(), other.root()
        if one is other:
            return
        if isinstance(other.type, Array) and not isinstance(one.type, Array):
            one, other = other, one
        inner, second = one.leads(), other.leads()
        other.parent = one
        one.uses |= other.uses
        one.kinds |= other.kinds
        one.views |= other.views
        one.literals += other.literals
        one.decl = one.decl or other.decl
        for item in other.into:
            item.sources = [one if source is other else source for source in item.sources]
        for item in other.sources:
            item.into = [one if into is other else into for into in item.into]
        one.into += [item for item in other.into if item not in one.into]
        one.sources += [item for item in other.sources if item not in one.sources]
        if inner is not None and second is not None:
            self.unite(inner, second)

    def all(self) -> Iterator[Slot]:
        """Every slot, and what is behind it."""
        seen: set[int] = set()
        rows = [
            *self.of_decl.values(),
            *self.shared.values(),
            *self.results.values(),
            *self.fields.values(),
            *self.loose,
        ]
        for row in rows:
            found: Slot | None = row.root()
            while found is not None and id(found) not in seen:
                seen.add(id(found))
                yield found
                found = found.leads()

    @staticmethod
    def is_struct(kind: CType) -> bool:
        """Whether a type is a pointer to a struct, or an array of structs."""
        to = kind.to if isinstance(kind, Pointer) else kind.of if isinstance(kind, Array) else None
        return isinstance(to, Struct)
