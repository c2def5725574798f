"""Pointers as expressions: which slot each has, and where it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from oss.tools.migrate import known
from oss.tools.migrate.asked import callee_name, is_buffer_field, is_elements, is_pointer
from oss.tools.migrate.c_types import (
    CHAR,
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Std,
    Struct,
    Void,
    is_text,
    pointee,
)
from oss.tools.migrate.embedded import is_outer
from oss.tools.migrate.finds import Find, finds
from oss.tools.migrate.moments import Moments, moments
from oss.tools.migrate.nodes import Decl, Node, StructDef, bare, is_null, walk
from oss.tools.migrate.quiet import Quiet
from oss.tools.migrate.slots import Slot, Slots

__all__ = ["Flows"]


class Flows:
    """What is gathered of a program's pointers, and the flows between them."""

    def __init__(self) -> None:
        self.slots = Slots()
        self.functions: dict[str, Decl] = {}
        self.taken: set[str] = set()  # functions whose address is taken
        self.limits: dict[
            int, tuple[Node, bool]
        ] = {}  # of a loop's step: what it counts to, and whether that is counted
        self.stores: set[int] = set()  # elements that are only set
        self.searches: set[int] = set()  # searches for something in a text, of which the place is kept
        self.tails: set[int] = set()  # what stands for a text from such a place on
        self.slices: set[int] = set()  # places from which on so many bytes are copied
        self.present: set[int] = set()  # mentions of pointers that are not NULL there
        self.handed: set[int] = set()  # casts of what goes to a function of the SDK, which takes a text as its bytes
        self.followed: set[int] = set()  # calls of strncpy behind which the text is ended
        self.told: set[int] = set()  # arguments of functions of the SDK
        self.listeners: set[str] = set()  # functions that the SDK calls
        self.kept: set[str] = set()  # functions whose address goes elsewhere
        self.called_here: set[int] = set()  # names of functions that are only called
        self.recast = False  # whether a function is called through a pointer to another type
        self.peeks: set[int] = set()  # letters of which only plain things are asked
        self.finds: dict[Decl, Find] = {}  # pointers that only say where something stands in a text
        self.moments = Moments()
        self.names: set[str] = set()  # the functions that the programs call
        self.function: Decl | None = None  # the one whose body is looked at
        self.takes: dict[Decl, Decl] = {}  # the methods of parameters
        self.twins: dict[str, list[Decl]] = defaultdict(list)  # what several files have of one method
        self.methods: dict[str, list[Decl]] = defaultdict(list)
        self.filled: list[tuple[Slot, Slot]] = []  # pointers to structs whose address goes somewhere
        self.ended: list[Slot] = []  # what the functions of threads return
        self.exits: list[Node] = []  # what threads end with, by pthread_exit
        self.joined: list[Slot] = []  # variables that get the results of threads
        self.specific: dict[Decl, Slot] = {}  # what threads have for a key
        self.addresses: list[tuple[Decl, Slot]] = []  # structs whose address goes somewhere
        self.pinned: set[Decl] = set()  # structs that are copied in place, since their address may be kept
        self.embedded: set[Decl] = set()  # fields whose structs are asked for the one that they stand in
        self.fields: dict[str, list[Decl]] = {}
        self.structs: dict[str, StructDef] = {}
        self.quiet = Quiet(self.functions)
        self.in_bytes: set[Struct] = set()  # which of them are read or written as bytes
        self.views: list[tuple[Slot, Struct]] = []  # void pointers that are cast to them
        self.overlaid: frozenset[str] = frozenset()  # which of them lie in bytes
        self.assigned: dict[Decl, list[Node | None]] = defaultdict(list)  # what a number is set to
        self.stepped: dict[Decl, list[Node]] = defaultdict(list)

    def referred(self, argument: Node) -> None:
        """A variable that a reference leads to gets an address."""
        inner = bare(argument)
        if (
            inner.kind == "name"
            and inner.decl is not None
            and inner.decl.scope in ("local", "param", "global", "static")
        ):
            self.slots.decl(inner.decl).uses.add("boxed")
        elif inner.kind == "index" or (inner.kind == "unary" and inner.name == "*"):
            self.use(inner.kid(0), "stored", "memory")

    def reached(self, node: Node) -> list[Decl]:
        """The methods that ``object.*pointer`` may be."""
        kind = node.kid(1).type
        wanted = kind.of[0] if isinstance(kind, Std) and kind.of else None
        return [row for rows in self.methods.values() for row in rows if row.type == wanted and not row.static]

    def slot_of_method(self, node: Node) -> Slot | None:
        if node.decl is None or not isinstance(node.decl.type, Function):
            return None
        return self.slots.returned(node.decl, node.decl.type.result)

    def indirect(self, kind: CType) -> Slot:
        """The result of calls through pointers to functions of a type."""
        assert isinstance(kind, Function)
        return self.slots.result(f"* {kind}", kind.result)

    def slot(self, node: Node) -> Slot | None:
        """The slot of a pointer expression; None for what has none: literals, NULL, memory that is new."""
        node = bare(node)
        reader: Callable[[Node], Slot | None] | None = getattr(self, f"slot_of_{node.kind}", None)
        found = reader(node) if reader is not None else None
        return found.root() if found is not None else None

    def slot_of_written(self, node: Node) -> Slot | None:
        return self.slot(node.kid(0)) if node.kids else None

    def slot_of_name(self, node: Node) -> Slot | None:
        if node.name == "optarg" and node.decl is not None and node.decl.system:
            self.slots.decl(node.decl).uses |= {"given", "nullable"}
        return self.slots.decl(node.decl) if node.decl is not None and node.decl.scope != "function" else None

    def slot_of_member(self, node: Node) -> Slot | None:
        return self.slots.decl(node.decl) if node.decl is not None else None

    def slot_of_index(self, node: Node) -> Slot | None:
        base = self.slot(node.kid(0))
        return base.leads() if base is not None else None

    def slot_of_unary(self, node: Node) -> Slot | None:
        base = self.slot(node.kid(0))
        if node.name == "*":
            return base.leads() if base is not None else None
        if node.name == "&":
            inner = bare(node.kid(0))
            return self.slot(inner.kid(0)) if inner.kind == "index" else None
        return base

    def slot_of_binary(self, node: Node) -> Slot | None:
        if node.name == ",":
            return self.slot(node.kid(1))
        if is_outer(node):
            return None
        side = node.kid(0) if is_pointer(node.kid(0).type) else node.kid(1)
        return self.slot(side)

    def slot_of_assign(self, node: Node) -> Slot | None:
        return self.slot(node.kid(0))

    def slot_of_cond(self, node: Node) -> Slot | None:
        return self.slot(node.kid(1)) or self.slot(node.kid(2))

    def of_key(self, key: Node) -> Slot | None:
        """What threads have for a key of ``pthread_key_create``."""
        decl = bare(bare(key).kid(0)).decl if bare(key).kind == "unary" else bare(key).decl
        if decl is None:
            return None
        if decl not in self.specific:
            self.specific[decl] = self.slots.fresh(f"{decl.name}: value", Pointer(Void()))
            self.specific[decl].uses.add("nullable")
        return self.specific[decl].root()

    def slot_of_call(self, node: Node) -> Slot | None:
        name = callee_name(node)
        if bare(node.kid(0)).kind == "through":
            rows = self.reached(bare(node.kid(0)))
            return self.slots.returned(rows[0], node.type) if rows else None
        method = bare(node.kid(0)).decl
        if method is not None and method.scope == "method" and isinstance(method.type, Function):
            return self.slots.returned(method, method.type.result)
        if not name:
            target = pointee(node.kid(0).type) or node.kid(0).type
            return self.indirect(target) if isinstance(target, Function) else None
        own = self.functions.get(name)
        if own is not None and not own.system:
            assert isinstance(own.type, Function)
            return self.slots.result(name, own.type.result)
        if name == "pthread_getspecific" and len(node.kids) > 1:
            return self.of_key(node.kid(1))
        position = known.ALIAS.get(name)
        if position is not None and position + 1 < len(node.kids):
            return self.slot(node.kid(position + 1))
        return None

    def use(self, node: Node, *what: str) -> None:
        """Notes what is done with a pointer expression."""
        node = bare(node)
        if node.kind == "cond":
            self.use(node.kid(1), *what)
            self.use(node.kid(2), *what)
            return
        if node.kind == "unary" and node.name == "&" and bare(node.kid(0)).kind != "index":
            return
        slot = self.slot(node)
        if slot is not None:
            slot.uses.update(what)

    def mentioned(self, body: Node | None) -> None:
        """Notes what a function calls, and that it asks for ``errno``."""
        for part in walk(body):
            if part.kind == "call" or part.name == "errno":
                self.names.add(callee_name(part) if part.kind == "call" else part.name)

    def find(self, function: Decl) -> None:
        """Notes the variables of a function that only say where something stands: they have the form of the text."""
        own = {name for name, decl in self.functions.items() if not decl.system}
        self.moments.join(moments(function.body, own, self.names))
        for decl, find in finds(function.body, self.present).items():
            self.finds[decl] = find
            text = self.slots.decl(find.text)
            text.uses.add("found")
            self.slots.unite(text, self.slots.decl(decl))
            self.slices |= find.tails
            self.searches |= find.settings
            self.tails |= find.tails

    def flow(self, node: Node, into: Slot) -> None:
        """A pointer expression goes into a slot."""
        into = into.root()
        kind = node.type
        node = bare(node)
        if id(node) in self.searches:
            return
        if is_null(node):
            into.uses.add("nullable")
        elif node.kind == "cond":
            self.flow(node.kid(1), into)
            self.flow(node.kid(2), into)
        elif node.kind == "binary" and node.name == ",":
            self.flow(node.kid(1), into)
        elif node.kind == "unary" and node.name == "&" and bare(node.kid(0)).kind != "index":
            self.address(bare(node.kid(0)), into)
        elif node.kind == "string":
            into.literal(str(node.value))
            into.kinds.add(CHAR)
        elif node.kind == "call":
            self.from_call(node, into)
        else:
            self.plainly(node, kind, into)

    def plainly(self, node: Node, kind: CType, into: Slot) -> None:
        """An expression that is no call of a function and no choice goes into a slot."""
        if node.kind == "method" and node.decl is None:
            into.uses.add("outside")
        elif node.kind == "va_arg":
            into.uses |= {"given", "nullable"}
        elif node.kind in ("new", "newarray"):
            into.uses.add("fresh")
        elif isinstance(node.type, Int):
            into.uses.add("number")
        else:
            self.copied(node, kind, into)

    def copied(self, node: Node, kind: CType, into: Slot) -> None:
        if is_elements(node):
            into.uses.add("fresh")
            return
        if is_outer(node):
            into.uses.add("single")
            return
        self.part_of_struct(node, into)
        slot = self.slot(node)
        if id(node) in self.tails and slot is not None:
            into.uses |= {"nullable"} if node.kind == "name" and id(node) not in self.present else set()
            self.slots.flow(slot, into, certain=True)
            return
        if node.kind in ("binary", "unary") and not (node.kind == "unary" and node.name == "*"):
            into.uses.add("part")
            if slot is not None and node.name != "&":
                slot.uses.add("moved")
        if is_buffer_field(node) or (node.kind == "binary" and is_buffer_field(bare(node.kid(0)))):
            into.uses |= {"memory", "given"}
            return
        if slot is not None:
            moved = node.kind == "binary" and node.name in ("+", "-")  # which NULL cannot be
            self.slots.flow(slot, into, certain=moved or id(node) in self.present)
            to = pointee(node.type if node.kind == "binary" else slot.type)
            if to is not None and not isinstance(to, Void):
                into.kinds.add(to)

    def overwritten(self, kind: CType) -> None:
        """A struct is set as a whole, and the texts in it."""
        for field in self.fields.get(kind.name, ()) if isinstance(kind, Struct) else ():
            if isinstance(field.type, Array) and is_text(field.type):
                self.slots.decl(field).uses.add("whole")
            self.overwritten(field.type)

    def part_of_struct(self, node: Node, into: Slot) -> None:
        """A pointer to a part of a struct that is a variable leads to the same part whatever the struct is set to."""
        while node.kind in ("index", "member", "binary", "unary") and node.kids:
            inner = bare(node.kid(0))
            if node.kind == "member" and isinstance(inner.type, Struct) and inner.kind == "name" and inner.decl:
                self.addresses.append((inner.decl, into))
            if isinstance(inner.type, Pointer):
                return
            node = inner

    def address(self, inner: Node, into: Slot) -> None:
        """``&x`` goes into a slot."""
        self.part_of_struct(inner, into)
        into.kinds.add(inner.type)
        into.uses.add("single")
        if inner.kind == "name" and isinstance(inner.type, (Int, Float)) and inner.decl is not None:
            self.slots.numbers.append((inner.decl, into))
        if isinstance(inner.type, Struct) and inner.decl is not None:
            self.addresses.append((inner.decl, into))
        if Slots.is_struct(inner.type) and isinstance(inner.type, Pointer) and inner.decl is not None:
            self.filled.append((self.slots.decl(inner.decl), into))
        slot = self.slot(inner)
        behind = into.leads()
        if slot is not None and behind is not None:
            self.slots.unite(behind, slot)

    def from_call(self, node: Node, into: Slot) -> None:
        name = callee_name(node)
        slot = self.slot_of_call(node)
        own = self.functions.get(name) if name else None
        if name in known.ALIAS and (own is None or own.system):
            into.uses |= {"part", "nullable"}
            if name.startswith("strtok") or name == "strsep":
                into.uses.add("memory")
                self.use(node.kid(1), "memory")
            if slot is not None:
                if name not in ("strcpy", "strcat", "memset", "realloc"):
                    slot.uses.add("moved")
                self.slots.flow(slot, into)
            if name == "realloc":
                into.uses.add("grown")
            return
        if slot is not None:
            self.slots.flow(slot.root(), into)
            to = pointee(slot.type)
            if to is not None and not isinstance(to, Void):
                into.kinds.add(to)
            return
        if name in known.FRESH:
            into.uses.add("duplicate" if name in ("strdup", "strndup") else "fresh")
            return
        callee = known.callee(name)
        if callee is not None:
            memory = callee.gives == "memory" and is_text(into.type) and name not in known.PLAIN_TEXTS
            into.uses |= {"given", "lent"} if memory and known.is_sdk(name) else {"given"} if memory else set()
            into.uses |= {"nullable"} if callee.nullable else set()
            into.uses |= {"outside"}
