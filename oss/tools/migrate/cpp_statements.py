"""C++ statements: loops over containers, ``try``, objects that clean up at the end of their block."""

from __future__ import annotations

from oss.tools.migrate.c_types import VOID, Array, Function, Pointer, Ref, Std, Struct
from oss.tools.migrate.context import Context
from oss.tools.migrate.cpp_types import EXCEPTIONS, LISTS, MAPS, boxes, is_string, plain
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.statements import Statements
from oss.tools.migrate.switches import flat
from oss.tools.migrate.values import ATOM, Untranslatable, Value, integer

__all__ = ["CppStatements"]


class CppStatements(Statements):
    """Writes C++ statements."""

    write: CppWriter

    def __init__(self, context: Context, write: CppWriter, out: Layout, blank: frozenset[int]) -> None:
        super().__init__(context, write, out, blank)
        write.functions = self.function_rows

    def block(self, items: list[Node]) -> None:
        """A block; what follows an object that cleans up stands in a ``with``."""
        for index, item in enumerate(items):
            decl = item.decls[0] if item.kind == "declare" and len(item.decls) == 1 else None
            if decl is not None and self._cleans_up(decl):
                super().block(items[:index])
                self._held(decl, item, items[index + 1 :])
                return
        super().block(items)

    def _cleans_up(self, decl: Decl) -> bool:
        if isinstance(decl.type, Std):
            return decl.type.name in ("ofstream", "ifstream", "lock_guard", "unique_lock", "scoped_lock")
        return isinstance(decl.type, Struct) and self.write.cleans_up(decl.type.name)

    def _held(self, decl: Decl, item: Node, rest: list[Node]) -> None:
        self.context.active.append({})
        saved = self.out.saved()
        try:
            self.context.opened(decl)
            if self.context.boxed(decl):
                raise Untranslatable("an object that cleans up, whose address is taken")
            with self.writing(item):
                head = self._head_of(decl)
            self.emit([head], item)
        except Untranslatable as error:
            self.out.restored(saved)
            self.mark(item, str(error))
            self.block(rest)
        else:
            with self.out.indented():
                self.block(rest)
        self.context.active.pop()

    def _head_of(self, decl: Decl) -> str:
        """The ``with`` of an object that cleans up."""
        if isinstance(decl.type, Std) and "lock" in decl.type.name:
            kids = [kid for kid in bare(decl.init).kids if kid is not None] if decl.init is not None else []
            if len(kids) != 1:
                raise Untranslatable("a lock that is taken in such a way")
            return f"with {self.write(kids[0]).code}:"
        value = self.write.initial(decl.type, decl.init, None)
        return f"with {value.code} as {self.context.name(decl)}:"

    def on_foreach(self, node: Node) -> None:
        owner, decl = node.kid(0), node.decl
        kind = plain(owner.type)
        assert decl is not None
        if isinstance(kind, Array):
            self._over_array(node, decl, kind)
            return
        if not isinstance(kind, Std):
            raise Untranslatable("a loop over what is no container")
        with self.writing(node):
            made = self.write(owner)
        self.context.opened(decl)
        name = self.context.name(decl)
        if kind.name in MAPS:
            head = self._over_map(owner, kind, decl, made, node.kids[1])
        elif kind.name in LISTS:
            head = self._over_list(owner, decl, made, name, node.kids[1])
        elif kind.name == "set":
            head = f"for {name} in sorted({made.code}):"
        elif is_string(kind):
            if boxes(decl.type):
                raise Untranslatable("a loop that sets the letters of a text")
            head = f"for {name} in map(char, os.fsencode({made.code})):"
        else:
            raise Untranslatable(f"the order of a std::{kind.name}")
        self.emit([head], node)
        with self.loop(None):
            self.body(node.kids[1])

    def _over_array(self, node: Node, decl: Decl, kind: Array) -> None:
        """A loop over an array of C."""
        items = bare(node.kid(0))
        if items.kind == "list" and not boxes(decl.type):
            values = self.write.make_list(Std("vector", (plain(decl.type),)), [items])
            self.context.opened(decl)
            self.emit([f"for {self.context.name(decl)} in {values.code}:"], node)
            with self.loop(None):
                self.body(node.kids[1])
            return
        if boxes(decl.type) or isinstance(kind.of, (Pointer, Array)) or self._array_form(node) not in ("list", "ptr"):
            raise Untranslatable("a loop over such an array")
        with self.writing(node):
            made = self.write(node.kid(0))
        self.context.opened(decl)
        name = self.context.name(decl)
        rows = made.code if made.form == "list" else f"map({made.code}.__getitem__, range({kind.count}))"
        self.emit([f"for {name} in {rows}:"], node)
        with self.loop(None):
            self.body(node.kids[1])

    def _array_form(self, node: Node) -> str:
        with self.context.probing():
            return self.write(node.kid(0)).form

    def _over_list(self, owner: Node, decl: Decl, made: Value, name: str, body: Node | None) -> str:
        if boxes(decl.type):
            if any(_sets(part, decl) for part in walk(body)):
                base = made.code
                return f"for {name} in (ptr({base}, index) for index in range(len({base}))):"
            raise Untranslatable("a loop over references that are never set")
        if self._changes(owner, body):
            raise Untranslatable("a loop over a container that changes")
        of = plain(decl.type)
        copies = not isinstance(decl.type, Ref) and (
            isinstance(of, Struct) or (isinstance(of, Std) and not is_string(of))
        )
        if copies and any(_sets(part, decl) for part in walk(body)):
            raise Untranslatable("a loop over copies")
        return f"for {name} in {made.code}:"

    def _over_map(self, owner: Node, kind: Std, decl: Decl, made: Value, body: Node | None) -> str:
        if kind.name != "map":
            raise Untranslatable(f"the order of a std::{kind.name}")
        if self._changes(owner, body):
            raise Untranslatable("a loop over a container that changes")
        for part in walk(body):
            whole = part.kind == "name" and part.decl is decl
            if whole and not any(other.kind == "member" and bare(other.kid(0)) is part for other in walk(body)):
                raise Untranslatable("a pair of a map as a whole")
        key, value = f"{decl.name}_key", f"{decl.name}_value"
        written = any(_sets(part, decl) for part in walk(body))
        shown = f"{made.at(ATOM)}[{key}]" if written else value
        self.write.parts[decl] = key, shown
        if written:
            return f"for {key} in sorted({made.code}):"
        return f"for {key}, {value} in sorted({made.at(ATOM)}.items()):"

    @staticmethod
    def _changes(owner: Node, body: Node | None) -> bool:
        """Whether a container is made longer or shorter in a loop over it."""
        names = ("push_back", "emplace_back", "pop_back", "erase", "insert", "clear", "resize", "emplace")
        among = {part.decl for part in walk(owner) if part.decl is not None and part.kind in ("name", "member")}
        changed = [part for part in walk(body) if part.kind == "method" and part.name in names]
        return any(inner.decl in among for part in changed for inner in walk(part.kid(0)))

    def on_for(self, node: Node) -> None:
        """A loop over the places of a container is one over its elements, or over the keys of a map."""
        found = self._places(node)
        if found is None:
            super().on_for(node)
            return
        decl, owner, kind = found
        if self._changes(owner, node.kids[3]):
            raise Untranslatable("a loop over a container that changes")
        with self.writing(node):
            made = self.write(owner)
        self.context.opened(decl)
        name = self.context.name(decl)
        if kind.name in ("map", "set"):
            self.write.iterators[decl] = made.at(ATOM), kind
            self.emit([f"for {name} in sorted({made.code}):"], node)
        else:
            self.write.places.add(decl)
            self.emit([f"for {name} in {made.code}:"], node)
        with self.loop(None):
            self.body(node.kids[3])

    @staticmethod
    def _places(node: Node) -> tuple[Decl, Node, Std] | None:
        """The variable and the container of ``for (it = v.begin(); it != v.end(); ++it)``."""
        first, test, step = node.kids[0], node.kids[1], node.kids[2]
        if first is None or test is None or step is None or first.kind != "declare" or len(first.decls) != 1:
            return None
        decl, inner = first.decls[0], bare(test)
        begin = bare(decl.init) if decl.init is not None else None
        if begin is None or begin.kind != "method" or begin.name not in ("begin", "cbegin"):
            return None
        kind = plain(begin.kid(0).type)
        ends = inner.kind == "operator" and inner.name == "!=" and bare(inner.kid(0)).decl is decl
        steps = step.kind == "expression" and step.kid(0).kind == "operator" and step.kid(0).name == "++"
        if not ends or not steps or not isinstance(kind, Std) or kind.name not in (*LISTS, "map", "set"):
            return None
        used = [part for part in walk(node.kids[3]) if part.kind == "name" and part.decl is decl]
        read = [part for part in walk(node.kids[3]) if part.kind == "operator" and part.name in ("*", "->")
                and bare(part.kid(0)).decl is decl]  # fmt: skip
        return (decl, begin.kid(0), kind) if len(used) == len(read) else None

    def on_try(self, node: Node) -> None:
        self.emit(["try:"], node)
        self.body(node.kids[0])
        for handler in node.kids[1:]:
            assert handler is not None
            self._handler(handler)

    def _handler(self, node: Node) -> None:
        decl = node.decl
        if decl is None:
            self.out.add("except Exception:")
            self.body(node.kids[0])
            return
        kind = plain(decl.type)
        self.context.opened(decl)
        name = self.context.name(decl)
        used = any(part.decl is decl for part in walk(node.kids[0]))
        if isinstance(kind, (Std, Struct)) and not is_string(kind):
            if kind.name not in (*EXCEPTIONS, *self.write.thrown_classes) and not self.write.is_exception(kind.name):
                raise Untranslatable("what is caught is no exception")
            self.out.add(f"except {kind.name} as {name}:" if used else f"except {kind.name}:")
            self.body(node.kids[0])
            return
        if boxes(decl.type) and used:
            raise Untranslatable("a reference to what is caught")
        head = f'except thrown["{self.write.thrown_kind(kind)}"]'
        if not used:
            self.out.add(f"{head}:")
            self.body(node.kids[0])
            return
        self.out.add(f"{head} as {name}_thrown:")
        with self.out.indented():
            self.out.add(f"{name} = {name}_thrown.value")
            self.block(flat(node.kids[0]))

    def on_declare(self, node: Node) -> None:
        for decl in node.decls:
            if decl.init is not None and bare(decl.init).kind == "lambda":
                self._local_function(decl, bare(decl.init), node)
                return
            if (
                decl.init is not None
                and len(node.decls) == 1
                and (key := self.write.iterator(decl, decl.init)) is not None
            ):
                self.context.opened(decl)
                self.emit([f"{self.context.name(decl)} = {key}"], node)
                return
        super().on_declare(node)

    def _local_function(self, decl: Decl, made: Node, node: Node) -> None:
        """A lambda with a name is a function within the function."""
        kept = self.write.captured(made)
        if kept and any(
            name == self.context.name(part.decl)
            for part in walk(made.kid(0))
            if part.decl
            for name in kept
            if _sets_name(part)
        ):
            raise Untranslatable("a lambda that changes what it keeps")
        self.context.opened(decl)
        rows = []
        for parameter in made.decls:
            parameter.python = parameter.name
            rows.append(parameter.python)
        rows += [f"{name}={name}" for name in kept]
        outer = sorted(
            {self.context.name(target.decl) for target in _targets(made.kid(0), made) if target.decl is not None}
        )
        if any(boxes(parameter.type) for parameter in made.decls):
            raise Untranslatable("a lambda that sets what it is given")
        self.emit([f"def {self.context.name(decl)}({', '.join(rows)}):"], node)
        function, self.context.function = self.context.function, _returning(made)
        assigned, self.context.assigned = self.context.assigned, set()
        with self.loop(None), self.out.indented():
            head = len(self.out.rows)
            self.block(flat(made.kid(0)))
            pad = "    " * self.out.depth
            if self.context.assigned:
                self.out.rows.insert(head, f"{pad}global {', '.join(sorted(self.context.assigned))}")
            if outer:
                self.out.rows.insert(head, f"{pad}nonlocal {', '.join(outer)}")
        self.context.function, self.context.assigned = function, assigned

    def function_rows(self, name: str, made: Node) -> list[str]:
        """The lines of a lambda of several statements, as a function."""
        kept, waiting = self.out.rows, self.out.waiting
        depth, before, after = self.out.depth, self.context.before, self.context.after
        self.out.rows, self.out.waiting, self.out.depth = [], [], 0
        self.context.before, self.context.after = [], []
        pure, self.context.pure = self.context.pure, 0
        try:
            self._local_function(Decl(name, Std("function"), "local", made.place), made, made)
            return self.out.rows
        finally:
            self.out.rows, self.out.waiting, self.out.depth = kept, waiting, depth
            self.context.before, self.context.after, self.context.pure = before, after, pure

    def _returned(self, value: Node, kind: object, function: Decl) -> str:
        if function.scope == "lambda":
            return integer(self.write.copied(value)).code
        if isinstance(kind, Ref):
            if boxes(kind):
                raise Untranslatable("a reference that is returned")
            return integer(self.write(value)).code
        if isinstance(kind, (Std, Struct)):
            inner = bare(value)
            local = inner.kind == "name" and inner.decl is not None and inner.decl.scope == "local"
            return self.write(value).code if local else self.write.copied(value).code
        return super()._returned(value, kind, function)

    def _needed(self, decl: Decl) -> bool:
        return True if isinstance(decl.type, (Std, Ref)) else super()._needed(decl)


def _returning(made: Node) -> Decl:
    return Decl("lambda", Function(VOID, ()), "lambda", made.place)


def _sets(part: Node, decl: Decl) -> bool:
    """Whether a node sets a variable, or a part of it."""
    if (
        part.kind == "assign"
        or (part.kind == "unary" and part.name in ("x++", "x--", "++x", "--x"))
        or (part.kind == "operator" and part.name in ("=", "+=", "++", "--"))
    ):
        target = bare(part.kid(0))
        while target.kind in ("member", "index", "operator") and target.kids:
            target = bare(target.kid(0))
        return target.decl is decl
    return part.kind == "method" and bare(part.kid(0)).decl is decl


def _sets_name(part: Node) -> bool:
    return part.kind == "assign" or (part.kind == "unary" and part.name in ("x++", "x--", "++x", "--x"))


def _targets(body: Node, made: Node) -> list[Node]:
    """The variables of the function around a lambda that it sets."""
    own = {decl for part in walk(body) for decl in part.decls} | set(made.decls)
    found = []
    for part in walk(body):
        if _sets_name(part) or (part.kind == "operator" and part.name in ("=", "+=")):
            target = bare(part.kid(0))
            if (
                target.kind == "name"
                and target.decl is not None
                and target.decl not in own
                and target.decl.scope in ("local", "param")
            ):
                found.append(target)
    return found
