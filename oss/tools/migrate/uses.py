"""What a program does with its pointers: every use and every flow of them, gathered from the tree."""

from __future__ import annotations

from collections.abc import Sequence

from oss.tools.migrate.asked import callee_name, is_pointer, peeked, peeked_beside
from oss.tools.migrate.c_types import (
    CHAR,
    Array,
    CType,
    Float,
    Function,
    Int,
    Ref,
    Std,
    Struct,
    Void,
    called_as,
    is_byte,
    is_text,
    pointee,
)
from oss.tools.migrate.cpp_types import boxes
from oss.tools.migrate.embedded import around, is_outer
from oss.tools.migrate.nodes import ClassDef, Decl, Node, Program, bare, is_null, key_of, walk
from oss.tools.migrate.overlaid import overlaid
from oss.tools.migrate.present import present
from oss.tools.migrate.quiet import Quiet
from oss.tools.migrate.shapes import kinds_of_void
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.struct_bytes import recast, through_void
from oss.tools.migrate.uses_of_calls import CallUses
from oss.tools.migrate.whole_texts import ended, ended_next

__all__ = ["Uses"]

_MOVES = ("x++", "x--", "++x", "--x")
_LENT = {**dict.fromkeys(("read", "getline", "readsome", "copy"), "stored"),
         **dict.fromkeys(("write", "append", "assign"), "sized")}  # fmt: skip


class Uses(CallUses):
    """Gathers the slots of several programs, which are compiled together."""

    def gather(self, made: Program) -> None:
        for name, decl in made.functions.items():
            if decl.body is not None or name not in self.functions:
                self.functions[name] = decl
        for name, struct in made.structs.items():
            self.fields.setdefault(name, struct.fields)
            self.structs.setdefault(name, struct)
            for field in struct.fields:
                self.known(field)
        for item in made.items:
            if isinstance(item, ClassDef):
                self.gather_class(item)
            if isinstance(item, Decl) and not item.system:
                self.known(item)
                for part in (*item.params, *(decl for node in walk(item.body) for decl in node.decls)):
                    self.known(part)
                self.mentioned(item.body)

    def gather_class(self, made: ClassDef) -> None:
        self.fields.setdefault(made.name, made.fields)
        for method in made.methods:
            self.gather_method(method)
        for member in (*made.fields, *(row for method in made.methods for row in method.params)):
            self.known(member)

    def gather_method(self, method: Decl) -> None:
        key = key_of(method)
        if method.body is not None or key not in self.functions:
            self.functions[key] = method
        for twin in self.twins[key][:1]:
            self.as_one(method, twin)
        self.twins[key].append(method)
        self.methods[method.name].append(method)
        self.takes.update(dict.fromkeys(method.params, method))
        self.mentioned(method.body)

    def as_one(self, one: Decl, other: Decl) -> None:
        """Two methods that are called by the same calls take and give pointers of the same forms."""
        for own, its in zip(one.params, other.params, strict=True):
            if is_pointer(own.type):
                self.slots.unite(self.slots.decl(own), self.slots.decl(its))
        if isinstance(one.type, Function) and is_pointer(kind := one.type.result):
            self.slots.unite(self.slots.returned(one, kind), self.slots.returned(other, kind))

    def overridden(self, made: Program) -> None:
        """A method that may be called in the place of one of a base."""
        for item in made.classes.values():
            for base in _bases(made, item):
                for method in item.methods:
                    for other in self.twins.get(key_of(method, base), ())[:1] if method.name != "__init__" else ():
                        self.as_one(method, other)

    def taker(self, parameter: Decl) -> tuple[Decl | None, Decl]:
        """The function whose parameter it is, where it is defined, and what the parameter is there."""
        method = self.takes.get(parameter)
        if method is None:
            return self.functions.get(parameter.owner), parameter
        own = self.functions[key_of(method)]
        return own, own.params[method.params.index(parameter)]

    def known(self, decl: Decl) -> None:
        """Gives a variable, or what a function returns, its slot."""
        if decl.scope == "function":
            if isinstance(decl.type, Function) and is_pointer(decl.type.result):
                self.slots.result(decl.name, decl.type.result)
        elif is_pointer(decl.type):
            self.slots.decl(decl)

    def collect(self, made: Program) -> None:
        self.overridden(made)
        for item in made.items:
            if isinstance(item, ClassDef):
                self.collect_class(item)
            if not isinstance(item, Decl) or item.system:
                continue
            if item.scope == "function":
                self.function = item
                self.present |= present(item, self.bound)
                self.find(item)
                self.visit(item.body)
                self.function = None
            else:
                self.declared(item)

    def collect_class(self, made: ClassDef) -> None:
        """The methods of a class of C++."""
        for field in made.fields:
            self.visit(field.init)
            if field.init is not None and is_pointer(field.type):
                self.flow(field.init, self.slots.decl(field))
        for method in made.methods:
            self.function = method
            for name, value in method.inits:
                self.visit(value)
                given = next((field for field in made.fields if field.name == name), None)
                if given is not None and value is not None and is_pointer(given.type):
                    self.flow(value, self.slots.decl(given))
            self.present |= present(method, self.bound)
            self.find(method)
            self.visit(method.body)
            self.function = None

    @staticmethod
    def bound(decl: Decl) -> bool:
        return boxes(decl.type)

    def on_method(self, node: Node) -> None:
        if node.decl is not None:
            self.passed_to_methods([kid for kid in node.kids[1:] if kid is not None], node.decl)
        elif isinstance(node.kid(0).type, Std):
            self.library_method(node)

    def library_method(self, node: Node) -> None:
        """What the methods of C++'s library do with pointers that they are given."""
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        for argument in arguments if len(arguments) > 1 and node.name in _LENT else ():
            if is_pointer(argument.type):
                self.use(argument, _LENT[node.name], "memory")

    def on_foreach(self, node: Node) -> None:
        items = bare(node.kid(0))
        if isinstance(items.type, Array) and items.type.of == CHAR:  # each letter as a number
            self.use(items, "memory")
            self.use(items, "indexed")
        refers = node.decl is not None and isinstance(node.decl.type, Ref) and not node.decl.type.const
        if refers and isinstance(items.type, Array) and is_byte(items.type.of):
            self.use(items, "moved")
        if node.decl is not None and is_pointer(node.decl.type) and items.kind in ("list", "construct"):
            slot = self.slots.decl(node.decl)
            for item in walk(items):
                if item.kind == "string":
                    self.flow(item, slot)
        elif node.decl is not None and is_pointer(node.decl.type) and isinstance(items.type, Array):
            rows = self.slot(items)
            behind = rows.leads() if rows is not None else None
            if behind is not None:
                self.slots.unite(behind, self.slots.decl(node.decl))

    def on_construct(self, node: Node) -> None:
        places = [kid for kid in node.kids if kid is not None and is_pointer(kid.type)]
        if isinstance(node.type, Std) and len(places) == len(node.kids) == 2 and places[0].type == places[1].type:
            for place in places:
                self.use(place, "moved")
        if node.decl is not None:
            for maker in self.twins.get(key_of(node.decl), [node.decl]):
                self.passed([kid for kid in node.kids if kid is not None], maker)

    def on_operator(self, node: Node) -> None:
        if node.decl is not None:
            kids = [kid for kid in node.kids if kid is not None]
            if node.decl.scope == "method":
                self.passed_to_methods(kids[1:], node.decl)
            else:
                self.passed(kids, node.decl)

    def visit(self, node: Node | None) -> None:
        if node is None:
            return
        self.noticed(node)
        for decl in node.decls:
            self.declared(decl)
        for kid in node.kids:
            self.visit(kid)
        reader = getattr(self, f"on_{node.kind}", None)
        if reader is not None:
            reader(node)

    def noticed(self, node: Node) -> None:
        """What the parts of an expression are there for."""
        self.peeks.update(map(id, peeked_beside(node)))
        if (end := ended(node)) is not None:
            self.peeks.add(id(end))
        if node.kind == "block":
            self.followed.update(map(id, ended_next(node)))
        self.in_bytes.update(recast(node))
        if node.kind in ("cast", "convert"):
            self.recast |= _is_recast(node)
        if node.kind == "call":
            self.noticed_call(node)
        if node.kind == "assign" and node.name == "=":
            self.stores.add(id(bare(node.kid(0))))
        elif (letter := peeked(node)) is not None:
            self.peeks.add(id(letter))

    def declared(self, decl: Decl) -> None:
        self.visit(decl.length)
        for row in decl.rows:
            self.visit(row)
        if decl.rows:
            self.slots.decl(decl).uses.add("seen")
        if decl.init is None:
            return
        self.visit(decl.init)
        self.assigned[decl].append(decl.init)
        if boxes(decl.type):
            self.referred(decl.init)
        self.initialised(decl.init, decl.type, self.slots.decl(decl) if is_pointer(decl.type) else None)

    def initialised(self, node: Node, kind: CType, slot: Slot | None) -> None:
        """The flows of an initialiser."""
        if node.kind == "list":
            if slot is not None and is_text(kind) and _ends_within(node):
                slot.uses.add("memory")
            for index, item in enumerate(node.kids):
                self.element(item, index, kind, slot)
        elif is_pointer(kind) and slot is not None:
            self.flow(node, slot)

    def element(self, item: Node | None, index: int, kind: CType, slot: Slot | None) -> None:
        if item is None:
            return
        if isinstance(kind, Array):
            value = item.kid(0) if item.kind == "designated" else item
            self.initialised(value, kind.of, slot.leads() if slot is not None and is_pointer(kind.of) else None)
        elif isinstance(kind, Struct):
            owner = self.fields.get(kind.name)
            if owner is None or index >= len(owner):
                return
            named = item.kind == "designated"
            field = next((row for row in owner if row.name == item.name), None) if named else owner[index]
            if field is not None:
                value = item.kid(0) if named else item
                self.initialised(value, field.type, self.slots.decl(field) if is_pointer(field.type) else None)
        elif is_pointer(kind) and slot is not None:
            self.flow(item, slot)

    def own_range(self, node: Node) -> None:
        """The end of a range of the program's own is a place as the one that moves up to it."""
        if node.name == "range" and node.kids[0] is not None:
            at, last = node.kids[0].decls
            if is_pointer(at.type):
                self.flow(Node("name", node.place, last.type, name=last.name, decl=last), self.slots.decl(at))

    def on_for(self, node: Node) -> None:
        """A loop that counts up to a limit."""
        self.own_range(node)
        test, step = node.kids[1], node.kids[2]
        inner = step.kid(0) if step is not None and step.kind == "expression" else None
        if test is None or inner is None or test.kind != "binary" or test.name not in ("<", "<="):
            return
        counter = bare(inner.kid(0)) if inner.kids else inner
        if inner.kind == "unary" and inner.name in ("x++", "++x") and bare(test.kid(0)).decl is counter.decl:
            self.limits[id(inner)] = test.kid(1), test.name == "<="

    def on_compound(self, node: Node) -> None:
        self.initialised(node.kid(0), node.type, None)

    def on_return(self, node: Node) -> None:
        if node.kids and self.function is not None:
            kind = self.function.type
            if isinstance(kind, Function) and is_pointer(kind.result):
                self.flow(node.kid(0), self.slots.returned(self.function, kind.result))

    def on_assign(self, node: Node) -> None:
        left, right = node.kid(0), node.kid(1)
        target = bare(left)
        self.overwritten(left.type)
        if is_pointer(left.type):
            if node.name == "=":
                slot = self.slot(left)
                if slot is not None:
                    self.flow(right, slot)
            else:
                self.use(left, "moved")
        elif target.kind == "name" and target.decl is not None:
            (self.assigned if node.name == "=" else self.stepped)[target.decl].append(
                right if node.name == "=" else node
            )
        self.store(target)

    def store(self, target: Node) -> None:
        """Notes that what a pointer leads to is written."""
        if id(target) in self.peeks:
            self.use(target.kid(0), "whole")
        elif target.kind == "index":
            zero = is_null(target.kid(1))
            self.use(target.kid(0), "stored")
            if not zero:
                self.use(target.kid(0), "indexed")
        elif target.kind == "unary" and target.name == "*":
            self.use(target.kid(0), "stored")

    def on_unary(self, node: Node) -> None:
        inner = bare(node.kid(0))
        if node.name in _MOVES:
            if is_pointer(inner.type):
                self.use(inner, "moved")
            elif inner.kind == "name" and inner.decl is not None:
                self.stepped[inner.decl].append(node)
            self.store(inner)
        elif node.name == "&" and id(node) not in self.moments.clocks:
            self.addressed(inner)
        elif node.name == "*" and id(node) not in self.peeks:
            self.use(inner, "memory")

    def addressed(self, inner: Node) -> None:
        if inner.kind == "name" and inner.decl is not None:
            if inner.decl.scope == "function":
                self.taken.add(inner.name)
            elif not isinstance(inner.type, (Struct, Array)):
                self.slots.decl(inner.decl).uses.add("boxed")
        elif inner.kind == "index":
            self.use(inner.kid(0), "indexed")
            if not isinstance(inner.type, Struct):
                self.use(inner.kid(0), "seen")
            if isinstance(inner.kid(0).type, Array) and bare(inner.kid(0)).kind == "index":
                self.use(inner.kid(0), "spanned")

    def on_index(self, node: Node) -> None:
        base = node.kid(0)
        if id(node) in self.peeks:
            return
        read = is_text(base.type) and (id(node) not in self.stores) and pointee(base.type) == CHAR
        self.use(base, "memory" if read else "indexed")
        if not is_null(node.kid(1)):
            self.use(base, "indexed")

    def on_binary(self, node: Node) -> None:
        left, right = node.kid(0), node.kid(1)
        if is_outer(node):
            return
        pointers = [side for side in (left, right) if is_pointer(side.type)]
        if pointers and id(node) in self.slices:
            return
        if node.name in ("+", "-") and pointers:
            for side in pointers:
                self.use(side, "ordered" if len(pointers) == 2 else "moved")
        elif node.name in ("<", ">", "<=", ">=", "==", "!=") and len(pointers) == 2:
            if is_null(left) or is_null(right):
                return
            for side in pointers:
                self.use(side, "placed" if node.name in ("==", "!=") else "ordered")
            self.same(left, right)
        if node.name == "-" and len(pointers) == 2:
            self.same(left, right)

    def same(self, left: Node, right: Node) -> None:
        """Two pointers that are compared are into the same memory: one form for both."""
        one, other = self.slot(left), self.slot(right)
        if one is not None and other is not None and one is not other:
            one.kinds.add(pointee(other.type) or CHAR)

    def on_name(self, node: Node) -> None:
        if node.decl is not None and node.decl.scope == "function" and id(node) not in self.called_here:
            self.taken.add(node.name)
            (self.listeners if id(node) in self.told else self.kept).add(node.name)

    def on_cast(self, node: Node) -> None:
        inner = bare(node)
        self.embedded.update(around(node, self.fields))
        to, source = pointee(node.type), pointee(inner.type)
        if isinstance(to, (Int, Float)) and isinstance(source, Void) and (slot := self.slot(inner)) is not None:
            slot.views.add(to)
        if isinstance(to, Struct) and isinstance(source, Void) and (slot := self.slot(inner)) is not None:
            self.views.append((slot, to))
        if to != source and isinstance(to, (Int, Float)) and inner.kind == "unary" and inner.name == "&":
            self.out("", inner.kid(0), True)
        if to is not None and source is not None and is_byte(to) and to != source and not is_null(inner):
            slot = self.slot(inner)
            if slot is not None and to != CHAR and id(node) not in self.handed:
                slot.uses.add("memory")

    def finish(self, made: Sequence[Program]) -> None:
        """The flows that are known only when all has been seen."""
        for program in made:
            for item in program.items:
                if isinstance(item, Decl) and item.body is not None and not item.system:
                    for node in walk(item.body):
                        if node.kind == "call" and not callee_name(node):
                            self.called_indirectly(node)
                            self.returned(node)
        self.in_unions(made)
        self.through()
        self.ends_of_threads()
        quiet = self.quiet = Quiet(self.functions)
        for name, own in self.functions.items():
            if not own.system and not quiet.of(name):
                for parameter in own.params:
                    if is_pointer(parameter.type):
                        self.slots.decl(parameter).uses.add("loud")

    def all_kinds(self) -> list[Slot]:
        """All slots, when it is known what each ``void *`` leads to."""
        rows = list(self.slots.all())
        kinds_of_void(rows)
        return rows

    def in_unions(self, made: Sequence[Program]) -> None:
        """Finds what lies in bytes: the arrays in it are memory, whatever the program does with them."""
        cpp = any(program.cpp for program in made)
        able = overlaid(self.structs, self.structs, self.embedded)
        asked = set() if cpp else self.in_bytes | through_void(self.all_kinds(), self.views, able)
        names = {kind.name for kind in asked}
        self.overlaid = overlaid(self.structs, names, self.embedded)
        for slot in self.slots.all():
            inner = pointee(slot.type)
            many = isinstance(slot.type, Array) or "indexed" in slot.uses
            if many and isinstance(inner, Struct) and inner.name in self.overlaid & names:
                slot.uses.add("seen")
        for field in (field for name in self.overlaid for field in self.fields[name]):
            if isinstance(field.type, Array):
                self.slots.decl(field).uses.add("part")

    def ends_of_threads(self) -> None:
        """What threads return is what those who join them get; numbers, where one of them is a number."""
        for value in self.exits:
            for slot in self.ended:
                self.flow(value, slot)
        numbers = any("number" in slot.root().uses for slot in self.ended)
        structs = {kind for slot in self.ended for kind in slot.root().kinds if isinstance(kind, Struct)}
        for slot in self.ended if numbers or len(structs) < 2 else ():
            slot.root().uses |= {"number"} if numbers else set()
            if self.exits:
                self.slots.alike.append((slot, self.ended[0]))
            for result in self.joined:
                self.slots.flow(slot, result)
                self.slots.alike.append((slot, result))
                result.root().uses |= {"number"} if numbers else set()

    def through(self) -> None:
        """What goes on to the SDK stands for the struct that it fills, wherever it came from."""
        changed = True
        while changed:
            changed = False
            for flow in self.slots.flows:
                source, into = flow.source.root(), flow.into.root()
                if "through" in into.uses and "through" not in source.uses:
                    source.uses.add("through")
                    changed = True
        for slot, into in self.filled:
            if "through" in into.root().uses:
                slot.root().uses.discard("boxed")
                slot.root().uses.add("made")

    def returned(self, node: Node) -> None:
        target = pointee(node.kid(0).type) or node.kid(0).type
        rows = [name for name in sorted(self.taken) if name in self.functions]
        for name in rows:
            own = self.functions[name]
            if (
                not own.system
                and called_as(own.type, target, not self.recast)
                and isinstance(own.type, Function)
                and is_pointer(own.type.result)
            ):
                self.slots.unite(self.indirect(target), self.slots.result(name, own.type.result))


def _ends_within(node: Node) -> bool:
    """Whether letters in braces have a NUL with more behind it."""
    values = [bare(item).value for item in node.kids if item is not None]
    return 0 in values and any(values[values.index(0) :])


def _bases(made: Program, item: ClassDef) -> list[str]:
    """The names of all classes that a class is made of."""
    found = list(item.bases)
    for name in found:
        known = made.classes.get(name)
        found += [base for base in (known.bases if known is not None else ()) if base not in found]
    return found


def _is_recast(node: Node) -> bool:
    """Whether a pointer to a function becomes one to a function of another type."""
    to, source = pointee(node.type), pointee(node.kid(0).type) or node.kid(0).type
    other = isinstance(to, Function) and isinstance(source, (Function, Void)) and source != to
    return other and not is_null(node)
