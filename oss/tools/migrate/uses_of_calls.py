"""What becomes of the pointers that a program gives to functions, its own and those of libraries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oss.tools.migrate import known
from oss.tools.migrate.asked import callee_name, constant, is_pointer
from oss.tools.migrate.c_types import (
    VOID,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Struct,
    Void,
    called_as,
    is_byte,
    is_text,
    pointee,
)
from oss.tools.migrate.cpp_types import boxes
from oss.tools.migrate.flows import Flows
from oss.tools.migrate.known import Callee
from oss.tools.migrate.moments import asked_clock
from oss.tools.migrate.nodes import Decl, Node, bare
from oss.tools.migrate.slots import Slots
from oss.tools.migrate.struct_bytes import asked
from oss.tools.migrate.whole_texts import written_whole

__all__ = ["CallUses"]

_SLICED = {"memcpy": (0, 1), "memmove": (0, 1), "memset": (0,)}
_SORTED = {"qsort": 0, "bsearch": 1}
_SORTERS = {"qsort": 3, "bsearch": 4}
_THREADS = {"pthread_create": (2, 3)}
_HANDED_ON = {"pthread_create": 3, "pthread_setspecific": 1, "pthread_exit": 0}
"""Arguments that come out elsewhere as they are."""


class CallUses(Flows):
    """Gathers what functions do with what they are given."""

    def noticed_call(self, node: Node) -> None:
        """What the arguments of a call are there for."""
        name, arguments = callee_name(node), [kid for kid in node.kids[1:] if kid is not None]
        self.called_here.add(id(bare(node.kid(0))))
        self.in_bytes.update(asked(node))
        if known.is_sdk(name):
            self.told.update(map(id, map(bare, arguments)))
        if positions := _SLICED.get(name):
            self.slices.update(map(id, map(bare, arguments[: max(positions) + 1])))
        elif known.is_sdk(name):
            for argument in arguments:
                self.handed.update(map(id, _casts(argument)))

    def on_call(self, node: Node) -> None:
        name = callee_name(node)
        target = bare(node.kid(0)).decl
        if name in ("begin", "end", "cbegin", "cend") and len(node.kids) == 2 and is_pointer(node.kid(1).type):
            self.use(node.kid(1), "moved")
        if target is not None and target.scope == "method":  # of the class itself, or of one that is named
            self.passed_to_methods([kid for kid in node.kids[1:] if kid is not None], target)
        elif name:
            self.called(name, node)
        elif bare(node.kid(0)).kind == "through":
            rows = self.reached(bare(node.kid(0)))
            for method in rows:
                self.passed([kid for kid in node.kids[1:] if kid is not None], method)
                if is_pointer(node.type):
                    one, other = (self.slots.returned(row, node.type) for row in (rows[0], method))
                    self.slots.unite(one, other)
        else:
            self.called_indirectly(node)

    def on_places(self, name: str, arguments: list[Node]) -> None:
        """Pointers that a function goes from, or to, are those into arrays."""
        for argument in arguments if name in known.ON_PLACES else ():
            if is_pointer(argument.type):
                self.use(argument, "moved")

    def called(self, name: str, node: Node) -> None:
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        own = self.functions.get(name)
        if own is not None and not own.system:
            self.passed(arguments, own)
            return
        if name == "ref" and arguments:
            self.referred(arguments[0])
        self.on_places(name, arguments)
        if name.startswith("pthread_"):
            self.of_threads(name, arguments)
        elif name in _SORTERS and len(arguments) > _SORTERS[name]:
            self.sorted(arguments, _SORTED[name], _SORTERS[name])
        clock = asked_clock(node)
        if clock is not None and (decl := bare(clock.kid(0)).decl) is not None:
            self.assigned[decl].append(node)
        for position, argument in enumerate(arguments):
            whole = id(node) in self.moments.calls or written_whole(name, arguments, id(node) in self.followed)
            if whole and not position:
                self.use(argument, "whole")
            elif is_pointer(argument.type) and _HANDED_ON.get(name) != position:
                self.given(name, position, argument, arguments)

    def passed(self, arguments: Sequence[Node], own: Decl) -> None:
        for argument, parameter in zip(arguments, own.params, strict=False):
            self.assigned[parameter].append(argument)
            if boxes(parameter.type):
                self.referred(argument)
            if is_pointer(parameter.type):
                self.flow(argument, self.slots.decl(parameter))

    def passed_to_methods(self, arguments: Sequence[Node], own: Decl) -> None:
        """What a method is given: those of other classes may be meant, and other files may have it."""
        rows = [row for row in self.methods[own.name] if len(row.params) == len(own.params)]
        for method in rows if own in rows else [own]:
            self.passed(arguments, method)

    def called_indirectly(self, node: Node) -> None:
        """A call through a pointer: any function of that type whose address is taken may be meant."""
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        kind = node.kid(0).type
        target = pointee(kind) or kind
        for name in sorted(self.taken):
            own = self.functions.get(name)
            if own is not None and not own.system and called_as(own.type, target, not self.recast):
                self.passed(arguments, own)

    def of_threads(self, name: str, arguments: Sequence[Node]) -> None:
        """What threads are given, and what they give."""
        if name in _THREADS:
            self.thread(arguments, *_THREADS[name])
        elif name == "pthread_exit":
            self.exits += arguments[:1]
        elif name == "pthread_join" and len(arguments) == 2:
            self.joins(bare(arguments[1]))
        elif len(arguments) == 2:
            self.keyed(name, arguments)

    def joins(self, place: Node) -> None:
        """What gets the result of a thread."""
        result = self.slot(bare(place.kid(0))) if place.kind == "unary" and place.name == "&" else None
        if result is not None:
            self.joined.append(result)

    def keyed(self, name: str, arguments: Sequence[Node]) -> None:
        """What threads have for a key, and the function that gets it when they end."""
        if name == "pthread_setspecific" and (slot := self.of_key(arguments[0])) is not None:
            self.flow(arguments[1], slot)
        own = self.functions.get(bare(arguments[1]).name)
        ends = name == "pthread_key_create" and own is not None and own.params
        if ends and own is not None and (slot := self.of_key(arguments[0])) is not None:
            self.slots.flow(slot, self.slots.decl(own.params[0]), certain=True)
            self.slots.alike.append((slot, self.slots.decl(own.params[0])))

    def thread(self, arguments: Sequence[Node], run: int, given: int) -> None:
        function = bare(arguments[run])
        own = self.functions.get(function.name)
        if own is not None and isinstance(own.type, Function):
            self.ended.append(self.slots.result(own.name, own.type.result))
        if own is not None and own.params:
            self.flow(arguments[given], self.slots.decl(own.params[0]))

    def sorted(self, arguments: Sequence[Node], base: int, order: int) -> None:
        self.use(arguments[base], "seen")
        own = self.functions.get(bare(arguments[order]).name)
        for position, parameter in enumerate(own.params if own is not None else ()):
            given = bare(arguments[min(position, base)])  # the key of a search comes before its array
            to, array = pointee(given.type), self.slot(given)
            slot = self.slots.decl(parameter)
            slot.uses.add("given")
            if to is not None:
                slot.kinds.add(to)
                slot.type = Pointer(to)
            behind = slot.leads()
            inner = array.leads() if array is not None else None
            if given.kind == "unary" and given.name == "&" and is_pointer(given.kid(0).type):
                inner = inner or self.slot(given.kid(0))
            if behind is not None and inner is not None:
                self.slots.unite(inner, behind)

    def limited(self, name: str, arguments: Sequence[Node]) -> bool:
        """Whether it is known of how much of a text is written."""
        if name in ("sprintf", "strcpy", "strcat"):
            return True
        return name in ("snprintf", "apr_snprintf") and (constant(arguments[1]) or 0) > 0

    def sized(self, argument: Node, arguments: Sequence[Node]) -> bool:
        """Whether bytes are read by a number that is not the length of the text itself."""
        inner = bare(argument)
        for other in arguments:
            size = bare(other)
            if size.kind == "call" and callee_name(size) == "strlen":
                text = bare(size.kid(1))
                if text.decl is inner.decl and text.kind == inner.kind and inner.decl is not None:
                    return False
        return inner.kind != "string"

    def given(self, name: str, position: int, argument: Node, arguments: Sequence[Node]) -> None:
        """A pointer that goes to a function of the SDK or of the C library."""
        if name in _SLICED and position in _SLICED[name]:
            self.sliced(name, position, argument)
            return
        if name == "free":
            return
        if known.WHOLE.get(name) == position:
            self.use(argument, *(("whole",) if self.limited(name, arguments) else ("memory", "stored")))
            return
        callee = known.callee(name)
        if name.startswith("getopt") and position == 1:
            self.permuted(argument)
        if callee is not None:
            self.taken_by(callee, position, argument, arguments)

    def permuted(self, argument: Node) -> None:
        """The ``argv`` of ``getopt``, which leads into its texts."""
        rows = self.slot(bare(argument))
        behind = rows.leads() if rows is not None else None
        if behind is not None:
            behind.uses.add("memory")

    def taken_by(self, callee: Callee, position: int, argument: Node, arguments: Sequence[Node]) -> None:
        """What a function of the SDK or of the C library does with a pointer."""
        name, inner, taken = callee.name, bare(argument), callee.taken(position)
        if name.endswith("scanf") and position > 1 - (name == "scanf"):
            self.use(argument, "stored", "memory")
        if inner.kind == "unary" and inner.name == "&":
            self.out(name, inner.kid(0), self.by_number(name, position))
        elif taken == "filled" or (position == 0 and name.startswith("strtok")):
            self.use(argument, "stored")
            self.use(argument, "filled" if known.is_sdk(name) else "memory")
        elif taken == "text" and self.by_number(name, position) and self.sized(argument, arguments):
            self.use(argument, "sized")
        elif taken == "ref":
            self.use(argument, "stored")
        slot = self.slot(inner)
        if slot is not None and known.is_sdk(name) and _is_made(slot.type):
            slot.uses.add("through")

    def by_number(self, name: str, position: int) -> bool:
        """Whether a function reads bytes, not a text."""
        declared = self.functions.get(name)
        kind = declared.type if declared is not None else None
        if not isinstance(kind, Function) or position >= len(kind.params):
            return False
        to = pointee(kind.params[position])
        return isinstance(to, Void) or (isinstance(to, Int) and to.bits == 8 and not to.signed)

    def out(self, name: str, inner: Node, raw: bool) -> None:
        """``&x`` given to a function that fills it; ``raw``: as bytes."""
        slot = self.slot(inner)
        decl = bare(inner).decl
        if raw and decl is not None and bare(inner).kind == "name" and isinstance(decl.type, (Int, Float)):
            self.slots.decl(decl).uses.add("raw")
        if slot is not None and known.is_sdk(name) and _has_class(slot.type):
            slot.uses.discard("boxed")
            slot.uses.add("made")
        elif slot is not None and is_text(slot.type) and name and not known.is_sdk(name):
            slot.uses |= {"memory", "stored"} if name == "strsep" else {"memory"}  # the C library puts a ptr there

    def sliced(self, name: str, position: int, argument: Node) -> None:
        """An argument of ``memcpy`` and its like: so many bytes from a place on."""
        inner = bare(argument)
        if inner.kind == "unary" and inner.name == "&":
            self.out(name, inner.kid(0), True)
        base = inner
        while base.kind == "binary" and base.name in ("+", "-") and is_pointer(base.type):
            base = bare(base.kid(0))
        if base.kind == "unary" and base.name == "&":
            base = bare(base.kid(0))
            if base.kind == "index":
                base = bare(base.kid(0))
        if Slots.is_struct(base.type) or isinstance(base.type, Struct):
            self.overwritten((pointee(base.type) or base.type) if not position else VOID)
            return
        slot = self.slot(base)
        if slot is not None:
            slot.uses |= {"sliced"} | ({"stored"} if not position else set())
            if not is_byte(pointee(slot.type)):
                slot.uses.add("seen")
            if name == "memset" and not position:
                slot.uses.add("set")


def _casts(node: Node | None) -> Iterator[Node]:
    while node is not None and node.kind in ("cast", "convert"):
        yield node
        node = node.kid(0)


def _is_made(kind: CType) -> bool:
    to = pointee(kind)
    return to is not None and _has_class(to)


def _has_class(kind: CType) -> bool:
    """Whether a pointer leads to a struct that the SDK has here, so that it can be made and then filled."""
    to = pointee(kind)
    return isinstance(kind, Pointer) and isinstance(to, Struct) and known.sdk_struct(to.name)
