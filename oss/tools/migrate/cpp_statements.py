"""C++ statements: loops over containers, ``try``, objects that clean up at the end of their block."""

from __future__ import annotations

import ast
import textwrap

from oss.tools.migrate.c_types import VOID, Array, CType, Float, Function, Int, Pointer, Ref, Std, Struct
from oss.tools.migrate.context import Context
from oss.tools.migrate.cpp_types import EXCEPTIONS, LISTS, MAPS, STREAMS, boxes, is_string, plain
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.names import python_field, python_name, type_name
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
            if decl is not None and self._cleans_up(decl) and not self._given_away(decl, items[index + 1 :]):
                super().block(items[:index])
                self._held(decl, item, items[index + 1 :])
                return
        super().block(items)

    def _given_away(self, decl: Decl, rest: list[Node]) -> bool:
        """Whether a local is what the function returns in the end, whatever happens before."""
        parts = [part for item in rest for part in walk(item)]
        returns = [part for part in parts if part.kind == "return"]
        own = [part for part in returns if part.kids and _returned_name(part.kid(0)) is decl]
        direct = bool(rest) and bool(own) and rest[-1] is own[-1]
        return isinstance(decl.type, Struct) and direct and len(own) == len(returns) and not self.write.catches

    def _cleans_up(self, decl: Decl) -> bool:
        if isinstance(decl.type, Std):
            return decl.type.name in ("ofstream", "ifstream", "lock_guard", "unique_lock", "scoped_lock")
        return self.write.ends(decl.type)

    def _held(self, decl: Decl, item: Node, rest: list[Node]) -> None:
        self.context.active.append({})
        saved = self.out.saved()
        try:
            self.context.opened(decl)
            if self.context.boxed(decl):
                raise Untranslatable("an object that cleans up, whose address is taken")
            self.ending: list[tuple[str, CType]] = []
            with self.writing(item):
                head = self._head_of(decl)
            ending = list(self.ending)
            self.emit([head], item)
        except Untranslatable as error:
            self.out.restored(saved)
            self.mark(item, str(error))
            self.block(rest)
        else:
            with self.out.indented():
                start = len(self.out.rows)
                self.block(rest)
                if len(self.out.rows) == start:
                    self.out.add("pass")
            for name, kind in ending:
                self.out.add("finally:")
                with self.out.indented():
                    for row in self.write.ended(name, kind):
                        self.out.add(row)
        self.context.active.pop()

    def _head_of(self, decl: Decl) -> str:
        """The ``with`` of an object that cleans up."""
        if isinstance(decl.type, Std) and "lock" in decl.type.name:
            kids = [kid for kid in bare(decl.init).kids if kid is not None] if decl.init is not None else []
            later = len(kids) == 2 and bare(kids[1]).name == "defer_lock"
            if len(kids) != 1 and not later:
                raise Untranslatable("a lock that is taken in such a way")
            if decl.type.name == "unique_lock" and (later or self._mentioned(decl)):
                code = f"unique_lock({self.write(kids[0]).code}{', False' if later else ''})"
                return f"with {code} as {self.context.name(decl)}:"
            return f"with {self.write(kids[0]).code}:"
        value = self.write.initial(decl.type, decl.init, None)
        name = self.context.name(decl)
        if isinstance(decl.type, Struct) or (isinstance(decl.type, Std) and decl.type.name in STREAMS):
            return f"with {value.code} as {name}:"
        if isinstance(decl.type, Std) and decl.type.name == "shared_ptr":
            raise Untranslatable("an object with several owners that cleans up")
        self.ending = [(name, decl.type)]
        self.context.hoist(f"{name} = {value.code}")
        return "try:"

    def _mentioned(self, decl: Decl) -> bool:
        body = self.body_of_function
        return any(part.kind == "name" and part.decl is decl for part in walk(body))

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
        if node.decls:
            head = self._over_parts(node, kind, made)
            self.emit([head], node)
            with self.loop(None):
                self.body(node.kids[1])
            return
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
                self._over_letters(node, decl, made, name)
                return
            of = plain(decl.type)
            byte = isinstance(of, Int) and of.bits == 8 and not of.signed
            head = f"for {name} in {f'os.fsencode({made.code})' if byte else f'letters({made.code})'}:"
        else:
            raise Untranslatable(f"the order of a std::{kind.name}")
        self.emit([head], node)
        with self.loop(None), self.out.indented():
            if (row := self._converted(kind, decl, name)) is not None:
                self.out.add(row)
            if decl in self.copies:
                self.out.add(f"{name} = {self.write.copy_of(name, decl.type)}")
            self.block(flat(node.kids[1]))

    def _over_letters(self, node: Node, decl: Decl, made: Value, name: str) -> None:
        """A loop that sets the letters of a string."""
        owner, body = node.kid(0), node.kids[1]
        inner = bare(owner)
        same = any(
            part.kind == inner.kind and part.decl is inner.decl and inner.decl is not None for part in walk(body)
        )
        if same or any(part.kind in ("return", "goto", "throw", "unknown") for part in walk(body)):
            raise Untranslatable("a loop that sets the letters of a text")
        letters = self.context.temporary("letters")
        with self.writing(node):
            target = self.write.target(owner)
        places = f"(ptr({letters}, index) for index in range(len({letters})))"
        self.emit([f"{letters} = letters({made.code})", f"for {name} in {places}:"], node)
        with self.loop(None):
            self.body(body)
        self.out.add(f"{target} = text_of({letters})")

    @staticmethod
    def _converted(kind: Std, decl: Decl, name: str) -> str | None:
        """The element as the type that the variable of the loop has."""
        of, wanted = plain(kind.of[0]) if kind.of and kind.name not in MAPS else None, plain(decl.type)
        if isinstance(of, (Int, Float)) and isinstance(wanted, (Int, Float)) and of != wanted:
            if isinstance(wanted, Int) and isinstance(of, Int) and wanted.low <= of.low and of.high <= wanted.high:
                return None
            if isinstance(wanted, Float):
                return f"{name} = float({name})" if wanted.bits == 64 else None
            return f"{name} = {type_name(wanted)}({name})"
        if (
            isinstance(of, Std)
            and isinstance(wanted, Std)
            and of.name != wanted.name
            and {of.name, wanted.name} != {"string", "string_view"}
        ):
            raise Untranslatable("elements that become of another type")
        return None

    @property
    def copies(self) -> set[Decl]:
        """The variables of loops that have copies of the elements."""
        if not hasattr(self, "_copies"):
            self._copies: set[Decl] = set()
        return self._copies

    def _over_parts(self, node: Node, kind: Std, made: Value) -> str:
        """A loop with names for the parts of each element."""
        assert node.decl is not None
        for decl in node.decls:
            self.context.opened(decl)
        names = [self.context.name(decl) for decl in node.decls]
        written = [decl for decl in node.decls if any(_sets(part, decl) for part in walk(node.kids[1]))]
        if self._changes(node.kid(0), node.kids[1]):
            raise Untranslatable("a loop over a container that changes")
        if kind.name in MAPS and len(names) == 2:
            return self._over_pairs(node, kind, made, names, written)
        of = plain(kind.of[0]) if kind.of else kind
        if kind.name not in LISTS or not isinstance(of, Std) or of.name not in ("pair", "tuple"):
            raise Untranslatable("the parts of such elements")
        refers = isinstance(node.decl.type, Ref) and not node.decl.type.const
        if (written and refers) or (not isinstance(node.decl.type, Ref) and not self.write.immutable(of)):
            raise Untranslatable("parts of elements that are set")
        return f"for {', '.join(names)} in {made.code}:"

    def _over_pairs(self, node: Node, kind: Std, made: Value, names: list[str], written: list[Decl]) -> str:
        assert node.decl is not None
        if kind.name != "map" and not self._any_order(node.kids[1]):
            raise Untranslatable(f"the order of a std::{kind.name}")
        items = f"sorted({made.at(ATOM)}.items())" if kind.name == "map" else f"{made.at(ATOM)}.items()"
        if kind.name == "map" and not self.write.comparable(kind.of[1], "<"):
            items = f"sorted({made.at(ATOM)}.items(), key=lambda item: item[0])"
        refers = isinstance(node.decl.type, Ref) and not node.decl.type.const
        if not refers and not isinstance(node.decl.type, Ref) and not self.write.immutable(kind.of[1]):
            raise Untranslatable("copies of the parts of a map")
        if written and refers and self.write.immutable(kind.of[1]):
            node.decls[1].python = f"{made.at(ATOM)}[{names[0]}]"
            keys = f"sorted({made.code})" if kind.name == "map" else f"list({made.code})"
            return f"for {names[0]} in {keys}:"
        return f"for {names[0]}, {names[1]} in {items}:"

    def _any_order(self, body: Node | None) -> bool:
        """Whether it is the same in which order a loop goes: it only adds whole numbers."""
        for part in walk(body):
            if part.kind in (
                "block",
                "expression",
                "convert",
                "cast",
                "name",
                "number",
                "member",
                "binary",
                "if",
                "string",
            ):
                continue
            counted = part.kind == "assign" and part.name in ("+=", "|=", "&=", "^=")
            stepped = part.kind == "unary" and part.name in ("x++", "++x")
            if (counted or stepped) and isinstance(part.type, Int) and bare(part.kid(0)).kind == "name":
                continue
            if part.kind == "unary" and part.name in ("-", "!", "~", "+"):
                continue
            if part.kind == "method" and part.decl is None and part.name in ("size", "length", "empty"):
                continue
            return False
        return True

    def on_bind(self, node: Node) -> None:
        """``auto [a, b] = pair``."""
        assert node.decl is not None
        kind = plain(node.kid(0).type)
        refers = isinstance(node.decl.type, Ref) and not node.decl.type.const and not node.decl.type.rvalue
        body = self.context.function.body if self.context.function is not None else None
        if refers and any(_sets(part, decl) for decl in node.decls for part in walk(body)):
            raise Untranslatable("parts that are set")
        with self.writing(node):
            inner = bare(node.kid(0))
            value = self.write(node.kid(0)) if isinstance(node.decl.type, Ref) else self.write.copied(node.kid(0))
            for decl in node.decls:
                self.context.opened(decl)
            names = [self.context.name(decl) for decl in node.decls]
            row = f"{', '.join(names)} = {value.code}"
            if isinstance(kind, Struct):
                fields = self.context.uses.fields.get(kind.name, [])
                whole = self.write.simple_name(value)
                if len(fields) != len(names):
                    raise Untranslatable("the parts of such a value")
                row = f"{', '.join(names)} = {', '.join(f'{whole}.{python_field(field.name)}' for field in fields)}"
            elif not isinstance(kind, Std) or kind.name not in ("pair", "tuple", "array") or inner.kind == "unknown":
                raise Untranslatable("the parts of such a value")
        if any(self.context.boxed(decl) for decl in node.decls):
            raise Untranslatable("parts whose address is taken")
        self.emit([row], node)

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
        pointers = isinstance(kind.of, Pointer) and self.context.form(decl) not in ("text", "object")
        if boxes(decl.type) and not any(_sets(part, decl) for part in walk(node.kids[1])):
            assert isinstance(decl.type, Ref)
            decl.type = Ref(decl.type.to, True)
        if boxes(decl.type) or pointers or isinstance(kind.of, Array) or self._array_form(node) not in ("list", "ptr"):
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
            assert isinstance(decl.type, Ref)
            decl.type = Ref(decl.type.to, True)
        if self._changes(owner, body):
            raise Untranslatable("a loop over a container that changes")
        of = plain(decl.type)
        copies = not isinstance(decl.type, Ref) and (
            isinstance(of, Struct) or (isinstance(of, Std) and not is_string(of))
        )
        if copies and not self.write.immutable(of):
            self.copies.add(decl)
        return f"for {name} in {made.code}:"

    def _over_map(self, owner: Node, kind: Std, decl: Decl, made: Value, body: Node | None) -> str:
        if kind.name != "map" and not self._any_order(body):
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
            return f"for {key} in {'sorted' if kind.name == 'map' else 'list'}({made.code}):"
        if kind.name != "map":
            return f"for {key}, {value} in {made.at(ATOM)}.items():"
        if not self.write.comparable(kind.of[1], "<"):
            return f"for {key}, {value} in sorted({made.at(ATOM)}.items(), key=lambda item: item[0]):"
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
        back = bare(decl.init).name in ("rbegin", "crbegin") if decl.init is not None else False
        if kind.name in ("map", "set"):
            self.write.iterators[decl] = made.at(ATOM), kind
            self.emit([f"for {name} in sorted({made.code}{', reverse=True' if back else ''}):"], node)
        else:
            self.write.places.add(decl)
            items = f"letters({made.code})" if is_string(kind) else made.code
            self.emit([f"for {name} in {f'reversed({items})' if back else items}:"], node)
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
        if begin is None or begin.kind != "method" or begin.name not in ("begin", "cbegin", "rbegin", "crbegin"):
            return None
        kind = plain(begin.kid(0).type)
        ends = inner.kind == "operator" and inner.name == "!=" and bare(inner.kid(0)).decl is decl
        steps = step.kind == "expression" and step.kid(0).kind == "operator" and step.kid(0).name == "++"
        if not ends or not steps or not isinstance(kind, Std):
            return None
        if kind.name not in (*LISTS, "map", "set", "string"):
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

    def late_static(self, decl: Decl) -> bool:
        """Whether a static variable is made when its declaration is reached."""
        if decl.scope != "static":
            return False
        if isinstance(decl.type, (Std, Struct)):
            made = decl.init is not None and bare(decl.init).kind not in ("list",)
            return isinstance(decl.type, Struct) and made and self.write.class_of(decl.type) is not None
        return decl.init is not None and any(
            part.kind in ("call", "method", "construct", "new") for part in walk(decl.init)
        )

    def on_declare(self, node: Node) -> None:
        for decl in node.decls:
            if self.late_static(decl):
                if self.write.ends(decl.type):
                    raise Untranslatable("a static variable that cleans up")
                with self.writing(node):
                    value = self.initial(decl)
                name = self.context.name(decl)
                self.context.assigning(decl)
                self.emit([f"if {name} is None:", f"    {name} = {value}"], node)
                return
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
        if any(boxes(parameter.type) for parameter in made.decls):
            raise Untranslatable("a lambda that sets what it is given")
        kept = self.write.captured(made)
        outer = {item.python for block in self.context.active for item in block.values()} - {"self"}
        self.context.opened(decl)
        name = self.context.name(decl)
        first = len(self.out.rows)
        self.emit([], node)
        start = len(self.out.rows)
        for parameter in made.decls:
            parameter.python = python_name(parameter.name)
        function, self.context.function = self.context.function, _returning(made)
        assigned, self.context.assigned = self.context.assigned, set()
        with self.loop(None), self.out.indented():
            for parameter in made.decls:
                if not isinstance(parameter.type, Ref) and not self.write.immutable(parameter.type):
                    self.out.add(f"{parameter.python} = {self.write.copy_of(parameter.python, parameter.type)}")
            self.block(flat(made.kid(0)))
            if len(self.out.rows) == start:
                self.out.add("pass")
        changed = self.context.assigned
        self.context.function, self.context.assigned = function, assigned
        rows = self.out.rows[start:]
        del self.out.rows[start:]
        params = {parameter.python for parameter in made.decls}
        stored = _stored(rows) - params
        own = dict(kept)
        pad = "    " * (self.out.depth + 1)
        given = [*(parameter.python for parameter in made.decls), *(f"{key}={code}" for key, code in kept)]
        for word, names in (("nonlocal", (stored & outer) - own.keys()), ("global", changed)):
            if names:
                rows.insert(0, f"{pad}{word} {', '.join(sorted(names))}")
        if stored & own.keys():
            self._stateful(name, made, kept, rows, stored & own.keys())
        else:
            self.out.rows += [f"{pad[4:]}def {name}({', '.join(given)}):", *rows]
        self.out.rows[first:] = self.out.rows[first:]

    def _stateful(self, name: str, made: Node, kept: list[tuple[str, str]], rows: list[str], changed: set[str]) -> None:
        """A lambda that changes what it keeps: each has its own."""
        pad = "    " * self.out.depth
        params = ", ".join(parameter.python for parameter in made.decls)
        self.out.rows += [
            f"{pad}def make_{name}({', '.join(key for key, _ in kept)}):",
            f"{pad}    def {name}({params}):",
            f"{pad}        nonlocal {', '.join(sorted(changed))}",
            *(f"    {row}" for row in rows),
            f"{pad}    return {name}",
            f"{pad}{name} = make_{name}({', '.join(code for _, code in kept)})",
        ]

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
                return self.write.reference(value).code
            return integer(self.write(value)).code
        if isinstance(kind, (Std, Struct)):
            inner = bare(value)
            local = inner.kind == "name" and inner.decl is not None and inner.decl.scope == "local"
            if inner.kind == "construct" and len(inner.kids) == 1 and plain(inner.kid(0).type) == kind:
                source = bare(inner.kid(0))
                local = source.kind == "name" and source.decl is not None and source.decl.scope == "local"
                local = local and source.decl is not None and not isinstance(source.decl.type, Ref)
                if local:
                    self._returned_once(source, kind)
                    return self.write(source).code
            if local and inner.decl is not None and isinstance(inner.decl.type, Ref):
                local = False
            return self.write(value).code if local else self.write.copied(value).code
        return super()._returned(value, kind, function)

    def _returned_once(self, node: Node, kind: object) -> None:
        """Refuses to leave out a copy that can be noticed: a class copies or moves by itself, and another local may be meant."""
        function = self.context.function
        if not isinstance(kind, Struct) or function is None:
            return
        if self.write.maker(kind.name, "copy") is None and self.write.maker(kind.name, "move") is None:
            return
        returns = [part.kid(0) for part in walk(function.body) if part.kind == "return" and part.kids]
        names = [next((bare(part).decl for part in walk(item) if part.kind == "name"), None) for item in returns]
        if any(name is not node.decl for name in names):
            raise Untranslatable("a copy that may be left out")

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


def _returned_name(node: Node) -> Decl | None:
    """The variable that is returned, as itself or as a copy."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    return inner.decl if inner.kind == "name" else None


def _stored(rows: list[str]) -> set[str]:
    """The names that lines of Python set."""
    text = textwrap.dedent("\n".join(rows))
    try:
        tree = ast.parse(text)
    except SyntaxError:
        raise Untranslatable("a construct that was not foreseen") from None
    inner = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for part in ast.walk(node)
        if part is not node
    }
    declared = {name for part in inner if isinstance(part, ast.Nonlocal) for name in part.names}
    return declared | {
        part.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Name) and isinstance(part.ctx, (ast.Store, ast.Del)) and part not in inner
    }
