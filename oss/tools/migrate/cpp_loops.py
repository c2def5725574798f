"""Loops of C++, over containers and their places."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate.c_types import Array, CType, Float, Int, Pointer, Ref, Std, Struct, is_char
from oss.tools.migrate.cpp_bindings import CppBindings
from oss.tools.migrate.cpp_files import DIRECTORIES, is_path
from oss.tools.migrate.cpp_iterators import core
from oss.tools.migrate.cpp_sets import LONGER, changes, sets, sets_elements
from oss.tools.migrate.cpp_sorted import fresh_before, sorted_next
from oss.tools.migrate.cpp_types import LISTS, MAPS, TREES, boxes, is_string, plain
from oss.tools.migrate.names import type_name
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.switches import flat
from oss.tools.migrate.values import ATOM, SUM, Untranslatable, Value

__all__ = ["CppLoops"]


class CppLoops(CppBindings):
    """Writes loops of C++."""

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
            self._over_each_part(node, kind, made)
            return
        self.context.opened(decl)
        name = self.context.name(decl)
        if is_string(kind) and boxes(decl.type):
            self._over_letters(node, decl, made, name)
            return
        self.emit([self._over(owner, kind, decl, made, node.kids[1])], node)
        with self.loop(None), self.out.indented():
            if (row := self._converted(kind, decl, name)) is not None:
                self.out.add(row)
            if decl in self.copies:
                self.out.add(f"{name} = {self.write.copy_of(name, decl.type)}")
            self._referred(decl)
            if self.write.ends(decl.type) and not isinstance(decl.type, Ref):
                self._over_owners(node, decl, name)
            else:
                self.block(flat(node.kids[1]))

    def _referred(self, decl: Decl) -> None:
        """A variable of a loop that something refers to is one of its own for each turn."""
        if self.context.boxed(decl) and not isinstance(decl.type, Ref):
            self.out.add(f"{self.context.name(decl)} = {self.context.box(decl, self.context.name(decl))}")

    def _over_owners(self, node: Node, decl: Decl, name: str) -> None:
        """The body of a loop whose variable owns an object for each turn."""
        if not self.write.unwinds_always or decl not in self.copies:
            raise Untranslatable("a variable of a loop that owns an object")
        self.out.add("try:")
        with self.out.indented():
            start = len(self.out.rows)
            self.block(flat(node.kids[1]))
            if len(self.out.rows) == start:
                self.out.add("pass")
        self.out.add("finally:")
        with self.out.indented():
            for row in self.write.ended(name, decl.type):
                self.out.add(row)

    def _over(self, owner: Node, kind: Std, decl: Decl, made: Value, body: Node | None) -> str:
        """The head of a loop over a container."""
        name = self.context.name(decl)
        if kind.name in ("multiset", "ordered_set"):
            return f"for {name} in {made.code}:"
        if kind.name in (*MAPS, "ordered_map", "multimap"):
            return self._over_map(owner, kind, decl, made, body)
        if kind.name in LISTS:
            return self._over_list(owner, decl, made, name, body)
        if kind.name == "set":
            return f"for {name} in sorted({made.code}):"
        if kind.name == "unordered_set" and self._any_order(body):
            return f"for {name} in {made.code}:"
        if kind.name in DIRECTORIES:
            if is_path(plain(decl.type)):
                return f"for {name} in (entry.path() for entry in {made.code}):"
            return f"for {name} in {made.code}:"
        if is_path(kind):
            return f"for {name} in {made.code}:"
        if is_string(kind):
            of = plain(decl.type)
            byte = isinstance(of, Int) and of.bits == 8 and not of.signed
            return f"for {name} in {f'os.fsencode({made.code})' if byte else f'letters({made.code})'}:"
        raise Untranslatable(f"the order of a std::{kind.name}")

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
        of, wanted = plain(kind.of[0]) if kind.of and kind.name not in (*MAPS, *TREES) else None, plain(decl.type)
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

    def _over_each_part(self, node: Node, kind: Std, made: Value) -> None:
        """A loop with names for the parts of each element; those of an object are bound for each turn."""
        assert node.decl is not None
        of = plain(kind.of[0]) if kind.of and kind.name in LISTS else None
        whole = of if isinstance(of, Struct) or (isinstance(of, Std) and of.name == "array") else None
        if whole is not None:
            decl = Decl("item", Ref(whole) if isinstance(node.decl.type, Ref) else whole, "local", node.place)
            name = Node("name", node.place, whole, name=decl.name, decl=decl)
            refers = replace(node.decl, type=Ref(whole))  # to the element, or to the copy of it
            bound = Node("bind", node.place, kids=[name], decl=refers, decls=node.decls)
            body = Node("block", node.kid(1).place, kids=[bound, *flat(node.kids[1])])
            self.on_foreach(replace(node, decl=decl, decls=[], kids=[node.kids[0], body]))
            return
        if (place := self._set_back(node, kind)) is not None:
            names = f"{place}, ({', '.join(self.context.name(decl) for decl in node.decls)})"
            self.emit([f"for {names} in enumerate({made.code}):"], node)
            with self.loop(None), self.out.indented():
                self.block(flat(node.kids[1]))
                self.out.add(f"{made.at(ATOM)}[{place}] = {names.partition(', ')[2]}")
            return
        head = self._over_parts(node, kind, made)
        if any(map(self.context.boxed, node.decls)):
            raise Untranslatable("a reference to a part of an element")
        self.emit([head], node)
        with self.loop(None):
            self.body(node.kids[1])

    def _set_back(self, node: Node, kind: Std) -> str | None:
        """Names what counts the elements, where the parts of each are set, and nothing else sees that meanwhile."""
        assert node.decl is not None
        owner, of = bare(node.kid(0)), plain(kind.of[0]) if kind.of else None
        written = any(sets(part, decl) for part in walk(node.kids[1]) for decl in node.decls)
        refers = isinstance(node.decl.type, Ref) and not node.decl.type.const
        if not written or not refers or not isinstance(of, Std) or of.name not in ("pair", "tuple"):
            return None
        known = owner.kind == "name" and owner.decl is not None and owner.decl.scope in ("local", "param")
        for part in walk(node.kids[1]):
            leaves = part.kind in ("continue", "break", "return", "goto", "throw", "unknown", "try", "lambda")
            known = known and not leaves and (part.kind != "name" or part.decl is not owner.decl)
        if not known or kind.name not in LISTS or self.write.is_linked(kind) or self.write.is_shared(owner):
            return None
        for decl in node.decls:
            self.context.opened(decl)
        return self.context.temporary("at")

    def _over_parts(self, node: Node, kind: Std, made: Value) -> str:
        """A loop with names for the parts of each element."""
        assert node.decl is not None
        for decl in node.decls:
            self.context.opened(decl)
        names = [self.context.name(decl) for decl in node.decls]
        written = [decl for decl in node.decls if any(sets(part, decl) for part in walk(node.kids[1]))]
        if self._changes(node.kid(0), node.kids[1]):
            raise Untranslatable("a loop over a container that changes")
        if kind.name in (*MAPS, "ordered_map", "multimap") and len(names) == 2:
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
        if kind.name == "unordered_map" and not self._any_order(node.kids[1]):
            raise Untranslatable(f"the order of a std::{kind.name}")
        if kind.name == "multimap" and written:
            raise Untranslatable("the parts of a multimap are set")
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

    def _sorted_later(self, body: Node | None) -> bool:
        """Whether a loop only puts values into a vector that is sorted next."""
        inner, function = body, self.context.function
        while inner is not None and inner.kind in ("block", "expression") and len(inner.kids) == 1:
            inner = inner.kid(0)
        if inner is None or inner.kind != "method" or inner.name not in ("push_back", "emplace_back"):
            return False
        owner, values = bare(inner.kid(0)), [kid for kid in inner.kids[1:] if kid is not None]
        if function is None or owner.kind != "name" or owner.decl is None or any(map(self.write.speaks, values)):
            return False
        loop = next((part for part in walk(function.body) if part.kind == "foreach" and part.kids[1] is body), None)
        if loop is None:
            return False
        whole = len(values) == 1 and core(_unwrapped(values[0])).decl is loop.decl is not None
        unique = whole and fresh_before(function.body, loop, owner.decl)
        return sorted_next(function.body, loop, owner.decl, unique=unique)

    def _any_order(self, body: Node | None) -> bool:
        """Whether it is the same in which order a loop goes: it only adds whole numbers, or fills what is sorted."""
        if self._sorted_later(body):
            return True
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
        copied = not isinstance(decl.type, (Ref, Array)) and not self.write.immutable(decl.type)
        if isinstance(kind.of, Array) and isinstance(decl.type, (Ref, Array)):
            self._row_known(decl, kind.of, self._array_form(node))
        pointers = isinstance(kind.of, Pointer) and self.context.form(decl) not in ("text", "object")
        if boxes(decl.type) and not any(sets(part, decl) for part in walk(node.kids[1])):
            assert isinstance(decl.type, Ref)
            decl.type = Ref(decl.type.to, True)
        plainly = isinstance(kind.of, (Int, Float, Std))
        other, form = (boxes(decl.type) and not plainly) or pointers, self._array_form(node)
        if other or form not in ("list", "ptr", "bytes") or (form == "bytes" and is_char(kind.of)):
            raise Untranslatable("a loop over such an array")
        with self.writing(node):
            made = self.write(node.kid(0))
        self.context.opened(decl)
        name = self.context.name(decl)
        rows = made.code if made.form in ("list", "bytes") else f"map({made.code}.__getitem__, range({kind.count}))"
        if boxes(decl.type):
            place = f"ptr({made.code}, index)" if made.form in ("list", "bytes") else f"{made.at(SUM)} + index"
            rows = f"({place} for index in range({kind.count}))"
        self.emit([f"for {name} in {rows}:"], node)
        with self.loop(None), self.out.indented():
            if copied:
                self.out.add(f"{name} = {self.write.copy_of(name, decl.type)}")
            if (row := self._converted(Std("array", (kind.of,)), decl, name)) is not None:
                self.out.add(row)
            self.block(flat(node.kids[1]))

    def _row_known(self, decl: Decl, kind: Array, form: str) -> None:
        """The variable of a loop over an array of arrays is an array of the form that the rows have."""
        leaf: CType = kind
        while isinstance(leaf, Array):
            leaf = leaf.of
        if isinstance(leaf, Pointer) or (isinstance(leaf, Int) and leaf.bits == 8) or form not in ("list", "ptr"):
            raise Untranslatable("a loop over such an array")
        decl.type = kind
        slot: Slot | None = self.context.slot(decl)
        while slot is not None:
            slot.type, slot.form = kind, form
            slot = slot.leads()

    def _array_form(self, node: Node) -> str:
        with self.context.probing():
            return self.write(node.kid(0)).form

    def _over_list(self, owner: Node, decl: Decl, made: Value, name: str, body: Node | None) -> str:
        live = isinstance(decl.type, Ref) and boxes(Ref(decl.type.to)) and sets_elements(owner, plain(decl.type), body)
        if live:
            decl.type = Ref(plain(decl.type))
        if boxes(decl.type):
            if live or any(sets(part, decl) for part in walk(body)):
                if self.write.is_linked(plain(owner.type)):
                    raise Untranslatable("elements of a list that are set")
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
        if kind.name == "unordered_map" and not self._any_order(body):
            raise Untranslatable(f"the order of a std::{kind.name}")
        if self._changes(owner, body):
            raise Untranslatable("a loop over a container that changes")
        written = any(sets(part, decl) for part in walk(body))
        if self._as_a_whole(decl, body):
            copied = not isinstance(decl.type, Ref) and not all(map(self.write.immutable, kind.of[:2]))
            if written or copied or kind.name in TREES:
                raise Untranslatable("a pair of a map as a whole")
            name, items = self.context.name(decl), f"{made.at(ATOM)}.items()"
            return f"for {name} in {items if kind.name != 'map' else self.write.items(owner)}:"
        key, value = f"{decl.name}_key", f"{decl.name}_value"
        if written and kind.name == "multimap":
            raise Untranslatable("the parts of a multimap are set")
        if not isinstance(decl.type, Ref) and (written or any(changes(part, decl) for part in walk(body))):
            raise Untranslatable("a copy of an element of a map that is set")
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
    def _as_a_whole(decl: Decl, body: Node | None) -> bool:
        """Whether the pair of a key and a value is put somewhere as it is."""
        rows = list(walk(body))
        parts = {id(bare(part.kid(0))) for part in rows if part.kind == "member" and part.kids}
        wholes = {id(part) for part in rows if part.kind == "name" and part.decl is decl} - parts
        puts = [part for part in rows if part.kind == "method" and part.name in ("push_back", "emplace_back")]
        given = {id(core(_unwrapped(part.kid(1)))) for part in puts if part.decl is None and len(part.kids) == 2}
        if wholes - given:
            raise Untranslatable("a pair of a map as a whole")
        return bool(wholes)

    @staticmethod
    def _changes(owner: Node, body: Node | None) -> bool:
        """Whether a container is made longer or shorter in a loop over it."""
        among = {part.decl for part in walk(owner) if part.decl is not None and part.kind in ("name", "member")}
        changed = [part for part in walk(body) if part.kind == "method" and part.name in LONGER]
        changed = [part for part in changed if not _of_another(part.kid(0), owner)]
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
        if kind.name in ("ordered_map", "ordered_set", "multiset"):
            self.write.iterators[decl] = made.at(ATOM), kind
            self.emit([f"for {name} in {f'reversed(list({made.code}))' if back else made.code}:"], node)
        elif kind.name in ("map", "set"):
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
        ends = ends and _is_end(inner.kid(1), begin)
        steps = step.kind == "expression" and step.kid(0).kind == "operator" and step.kid(0).name == "++"
        if not ends or not steps or not isinstance(kind, Std):
            return None
        if kind.name not in (*LISTS, "map", "set", "string", "string_view", "ordered_map", "ordered_set", "multiset"):
            return None
        used = [part for part in walk(node.kids[3]) if part.kind == "name" and part.decl is decl]
        read = [part for part in walk(node.kids[3]) if part.kind == "operator" and part.name in ("*", "->")
                and bare(part.kid(0)).decl is decl]  # fmt: skip
        if (is_string(kind) or (kind.name in LISTS and isinstance(kind.of[0], (Int, Float)))) and any(
            sets(part, decl) for part in walk(node.kids[3])
        ):
            return None  # the elements themselves are set
        return (decl, begin.kid(0), kind) if len(used) == len(read) else None


def _unwrapped(node: Node) -> Node:
    """A value without the copy of it that is made of it."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    return inner


def _of_another(node: Node, owner: Node) -> bool:
    """Whether both are the same vector of two objects; were those one, the loop would have no meaning in C++."""
    one, other = bare(node), bare(owner)
    kind = plain(other.type)
    if (one.kind, other.kind) != ("member", "member") or not isinstance(kind, Std) or kind.name != "vector":
        return False
    bases = bare(one.kid(0)), bare(other.kid(0))
    return {base.kind for base in bases} == {"this", "name"}


def _is_end(node: Node, begin: Node) -> bool:
    """Whether a place is the end of the container that another one begins."""
    end = bare(node)
    while end.kind == "construct" and len(end.kids) == 1 and end.name.startswith("__"):
        end = bare(end.kid(0))
    wanted = begin.name.replace("begin", "end"), begin.name.replace("begin", "end").replace("c", "")
    if end.kind != "method" or end.name not in (*wanted, f"c{wanted[1]}") or len(end.kids) != 1:
        return False
    rows = [[(part.kind, part.name, part.value, part.decl) for part in walk(row.kid(0))] for row in (begin, end)]
    return rows[0] == rows[1]
