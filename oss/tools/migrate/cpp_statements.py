"""C++ statements: loops over containers, ``try``, objects that clean up at the end of their block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from oss.tools.migrate.c_types import INT, CType, Ref, Std, Struct
from oss.tools.migrate.context import Context
from oss.tools.migrate.cpp_iterators import is_iterator
from oss.tools.migrate.cpp_local_functions import CppLocals
from oss.tools.migrate.cpp_types import EXCEPTIONS, POINTERS, STREAMS, boxes, is_string, plain
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.switches import flat
from oss.tools.migrate.values import ATOM, Untranslatable, stored

__all__ = ["CppStatements"]

_NESTED = 3
"""So many objects that clean up stand in a ``with`` of their own each; Python allows no more than 20."""


class CppStatements(CppLocals):
    """Writes C++ statements."""

    write: CppWriter

    def __init__(self, context: Context, write: CppWriter, out: Layout, blank: Callable[[str], frozenset[int]]) -> None:
        super().__init__(context, write, out, blank)
        write.functions = self.function_rows
        self.stack = ""  # what ends the objects of the block that is being written

    def block(self, items: list[Node]) -> None:
        """A block; what follows an object that cleans up stands in a ``with``."""
        items = [part for item in items for part in self._apart(item)]
        held = [index for index, item in enumerate(items) if self._is_held(item, items[index + 1 :])]
        if len(held) > _NESTED and not self.stack:
            self._stacked(items, held[0])
            return
        self.context.active.append([])  # what is declared before such an object is known behind it
        with self.ended_by(""):
            self._rows(items[: held[0]] if held else items)
        if held:
            self._held(items[held[0]].decls[0], items[held[0]], items[held[0] + 1 :])
        self.context.active.pop()

    @contextmanager
    def ended_by(self, stack: str) -> Iterator[None]:
        saved, self.stack = self.stack, stack
        try:
            yield
        finally:
            self.stack = saved

    def _is_held(self, item: Node, rest: list[Node]) -> bool:
        """Whether a statement declares an object that cleans up at the end of the block."""
        decl = item.decls[0] if item.kind == "declare" and len(item.decls) == 1 else None
        return decl is not None and self._cleans_up(decl) and not self._given_away(decl, rest)

    def _stacked(self, items: list[Node], first: int) -> None:
        """A block with many objects that clean up: all are those of one ``with``."""
        self.context.active.append([])
        self._rows(items[:first])
        name = self.context.temporary("stack")
        self.out.add(f"with ExitStack() as {name}:")
        with self.out.indented(), self.ended_by(name):
            self.block(items[first:])
        self.context.active.pop()

    def _apart(self, item: Node) -> list[Node]:
        """A declaration of several objects that clean up is one of each."""
        if item.kind == "declare" and len(item.decls) > 1 and any(map(self._cleans_up, item.decls)):
            return [replace(item, decls=[decl]) for decl in item.decls]
        first = item.kids[0] if item.kind == "for" else None
        if first is not None and any(map(self._cleans_up, first.decls)):
            return [Node("block", item.place, kids=[first, replace(item, kids=[None, *item.kids[1:]])])]
        return [item]

    def _given_away(self, decl: Decl, rest: list[Node]) -> bool:
        """Whether a local is what the function returns in the end, whatever happens before."""
        parts = [part for item in rest for part in walk(item)]
        returns = [part for part in parts if part.kind == "return"]
        own = [part for part in returns if part.kids and _returned_name(part.kid(0)) is decl]
        direct = bool(rest) and bool(own) and rest[-1] is own[-1]
        return isinstance(decl.type, Struct) and direct and len(own) == len(returns) and not self.write.catches

    def _cleans_up(self, decl: Decl) -> bool:
        held = ("ofstream", "ifstream", "fstream", "lock_guard", "unique_lock", "scoped_lock")
        if decl.scope == "static":
            return False
        if decl.init is not None and bare(decl.init).kind == "lambda":
            made = bare(decl.init)
            return len(made.kids) == 1 and bool(self.write.owned_by(made)) and self._only_called(decl)
        if isinstance(decl.type, Ref):  # what it leads to lives as long as it does
            return decl.init is not None and self.write.temporaries.makes(bare(decl.init))
        return (isinstance(decl.type, Std) and decl.type.name in held) or self.write.ends(decl.type)

    def _only_called(self, decl: Decl) -> bool:
        """Whether nothing is done with a local function but to call it."""
        parts = list(walk(self.body_of_function))
        mentions = sum(part.kind == "name" and part.decl is decl for part in parts)
        calls = [part.kid(0) for part in parts if part.kind == "operator" and part.name == "()"]
        return mentions == sum(bare(part).decl is decl for part in calls)

    def _keeping(self, decl: Decl, item: Node) -> list[str]:
        """A local function that owns something; returns what ends that."""
        made = bare(decl.init) if decl.init is not None else item
        rows: list[str] = []
        for owned in self.write.owned_by(made):
            name = self.context.temporary("kept")
            with self.writing(item):
                if owned.init is not None and isinstance(made.value, list) and owned in made.value:
                    code = self.write.initial(owned.type, owned.init, None).code
                else:
                    code = self.write.kept(owned, self.context.name(owned), once=True)
            self.emit([f"{name} = {code}"], item)
            self.write.keeping[id(made), owned] = name
            rows = [*self.write.ended(name, plain(owned.type)), *rows]
        self.local_function(decl, made, item)
        return rows

    def _held(self, decl: Decl, item: Node, rest: list[Node]) -> None:
        self.context.active.append([])
        saved = self.out.saved()
        try:
            self.context.opened(decl)
            if self.context.boxed(decl) and not (isinstance(decl.type, Std) and decl.type.name in POINTERS):
                raise Untranslatable("an object that cleans up, whose address is taken")
            self.ending: list[str] = []
            head = self._beginning(decl, item)
            ending = list(self.ending)
            stacked = self._entered(head) if self.stack else ""
            self.emit([stacked or head] if head != "try:" else [], item)
            if head == "try:" and not self.write.unwinds_always:
                head, ending = self.at_end(ending), []
            if head == "try:" or ending != self.ending:
                self.out.add(head)
        except Untranslatable as error:
            self.out.restored(saved)
            self.mark(item, str(error))
            self.block(rest)
        else:
            if stacked:
                self.block(rest)
            else:
                self.ending_with(lambda: self.block(rest), ending)
        self.context.active.pop()

    def _beginning(self, decl: Decl, item: Node) -> str:
        """Makes what a block ends, where that is no part of the ``with``, which it returns."""
        if decl.init is not None and bare(decl.init).kind == "lambda":
            self.ending = self._keeping(decl, item)
            return "try:"
        there = self.write.temporaries.lone(item) is not None
        if there:
            self._around(item, partial(self._made_of_it, decl))
        with self.writing(item):
            return self._head_of(decl, there=there)

    def ending_with(self, write: Callable[[], None], ending: list[str]) -> None:
        """What stands in a ``with``, or in a ``try`` with what is done at its ``ending``."""
        with self.out.indented(), self.ended_by(""):
            start = len(self.out.rows)
            write()
            if len(self.out.rows) == start:
                self.out.add("pass")
        if ending:
            self.out.add("finally:")
            with self.out.indented():
                for row in ending:
                    self.out.add(row)

    def owned(self, function: Decl, write: Callable[[], None]) -> None:
        """What a function does, within what ends the parameters that it owns."""
        self.owning([item for item in function.params if self.write.owns_parameter(function, item)], write)

    def _entered(self, head: str) -> str:
        """The ``with`` of an object, as one of many that end together."""
        if head == "try:":
            return ""
        code, _, name = head.removeprefix("with ").removesuffix(":").rpartition(" as ")
        entered = f"{self.stack}.enter_context({code or name})"
        return f"{name} = {entered}" if code else entered

    def _made_of_it(self, decl: Decl, item: Node) -> None:
        """Makes an object of one that is there for that statement alone."""
        with self.writing(item):
            code = self.write.initial(plain(decl.type), decl.init, None).code
        self.emit([f"{self.context.name(decl)} = {code}"], item)

    def _head_of(self, decl: Decl, *, there: bool = False) -> str:
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
        kind = plain(decl.type)
        name = self.context.name(decl)
        value = self.write.initial(kind, decl.init, None).code if not there else name
        if isinstance(kind, Struct) or (isinstance(decl.type, Std) and decl.type.name in STREAMS):
            return f"with {name}:" if there else f"with {value} as {name}:"
        boxed = self.context.boxed(decl)
        self.ending = self.write.ended(f"{name}.value" if boxed else name, decl.type)
        if not there or boxed:
            self.context.hoist(f"{name} = {self.context.box(decl, value) if boxed else value}")
        return "try:"

    def at_end(self, rows: list[str]) -> str:
        """The ``with`` of what a block ends with, but where the program ends by ``exit``."""
        name = self.context.temporary("end")
        self.out.add(f"def {name}() -> None:")
        with self.out.indented():
            for row in rows:
                self.out.add(row)
        return f"with at_end({name}{'' if self.write.catches else ', False'}):"

    def _mentioned(self, decl: Decl) -> bool:
        body = self.body_of_function
        return any(part.kind == "name" and part.decl is decl for part in walk(body))

    def on_expression(self, node: Node) -> None:
        inner = bare(node.kid(0))
        if id(inner) in self.write.temporaries.dropped:
            with self.writing(node, simple=True):
                made = self.write(inner)
            if isinstance(inner.type, Std):
                self.emit(self.write.ended(self.write.simple_name(made), inner.type), node)
                return
            self.emit([f"{made.at(ATOM)}.close()"], node)
            return
        self._around(node, super().on_expression)

    def on_return(self, node: Node) -> None:
        self._around(node, super().on_return)

    def branch(self, node: Node, word: str) -> None:
        """``if (w.lock())``: what the condition makes ends before anything else is done."""
        test = node.kid(0)
        if self.write.temporaries.lone(test) is None:
            super().branch(node, word)
            return
        if word != "if":
            raise Untranslatable("an object that cleans up at the end of the condition")
        decl = Decl(self.context.temporary("holds"), INT, "local", test.place)
        self._around(Node("expression", test.place, kids=[test]), partial(self._asked, decl))
        super().branch(
            replace(node, kids=[Node("name", test.place, INT, name=decl.name, decl=decl), *node.kids[1:]]), word
        )

    def _asked(self, decl: Decl, node: Node) -> None:
        """Keeps what a condition is."""
        decl.python = decl.name
        with self.writing(node):
            code = self.write.condition(node.kid(0)).code
        self.emit([f"{decl.name} = {code}"], node)

    def _around(self, node: Node, write: Callable[[Node], None]) -> None:
        """A statement; an object that lives for it alone is that of a ``with``."""
        found = self.write.temporaries.lone(node)
        if found is None:
            write(node)
            return
        saved = self.out.saved()
        name = self.context.temporary("made")
        try:
            self.write.temporaries.found.discard(id(found))
            with self.writing(node):
                code = self.write(found).code
            if isinstance(found.type, Std):
                if found.type.name not in POINTERS:
                    raise Untranslatable("objects that clean up at the end of the statement")
                if found.type.name == "shared_ptr":
                    code = f"owning({code}{'' if self.write.catches else ', False'})"
            self.emit([f"with {code} as {name}:"], node)
            self.write.temporaries.found.add(id(found))
            self.write.standing[id(found)] = name
            with self.out.indented():
                write(node)
        except Untranslatable:
            self.out.restored(saved)
            raise
        finally:
            self.write.temporaries.found.add(id(found))
            self.write.standing.pop(id(found), None)

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
        head = f'except thrown.of("{self.write.thrown_kind(kind)}")'
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
        if self.write.ends(decl.type):
            return True
        if isinstance(decl.type, (Std, Struct)):
            made = decl.init is not None and bare(decl.init).kind not in ("list",)
            return isinstance(decl.type, Struct) and made and self.write.class_of(decl.type) is not None
        return decl.init is not None and any(
            part.kind in ("call", "method", "construct", "new") for part in walk(decl.init)
        )

    def initial(self, decl: Decl) -> str:
        if self.write.text_owner(decl) is not None and decl.init is not None:
            return self.write.spot_of(decl.init).code
        return super().initial(decl)

    def _made_late(self, decl: Decl, node: Node) -> None:
        """A static variable, at its declaration: it ends when the program does, if it was made."""
        with self.writing(node):
            value = self.initial(decl)
        name = self.context.name(decl)
        self.context.assigning(decl)
        if not self.write.ends(decl.type):
            self.emit([f"if {name} is None:", f"    {name} = {value}"], node)
            return
        test, made = f"{name} is None", []
        if not isinstance(decl.type, Struct):  # which may be None when it was made
            test = f"not {name}_made"
            made = [f"{name}_made = True"]
            self.context.assigned.add(f"{name}_made")
        rows = [f"{name} = {value}", *made, *self.ended_at_exit(name, decl.type)]
        self.emit([f"if {test}:", *(f"    {row}" for row in rows)], node)

    def ended_at_exit(self, name: str, kind: CType) -> list[str]:
        """What ends a variable that lasts as long as the program."""
        rows = self.write.ended(name, kind)
        if isinstance(kind, Struct):
            return [f"atexit({name}.close)"]
        if len(rows) == 1:
            return [f"atexit(lambda: {rows[0]})"]
        end = f"end_{name.replace('.', '_')}"
        return [f"def {end}() -> None:", *(f"    {row}" for row in rows), f"atexit({end})"]

    def static_rows(self, decl: Decl) -> list[str]:
        """A static variable of a function, as one of the module."""
        late = self.late_static(decl)
        rows = [f"{self.context.name(decl)} = {'None' if late else self.initial(decl)}"]
        if late and self.write.ends(decl.type) and not isinstance(decl.type, Struct):
            rows.append(f"{self.context.name(decl)}_made = False")
        return rows

    def on_declare(self, node: Node) -> None:
        for decl in node.decls:
            if self.late_static(decl):
                self._made_late(decl, node)
                return
            if decl.init is not None and bare(decl.init).kind == "lambda":
                made = bare(decl.init)
                self.local_function(decl, replace(made, kids=made.kids[:1]), node)
                for index, other in enumerate(made.kids[1:], 1):
                    assert other is not None
                    variant = replace(decl, name=f"{decl.name}_{index + 1}", init=None)
                    self.write.variants[decl, index] = variant
                    self.local_function(variant, replace(made, decls=other.decls, kids=other.kids), node)
                return
            if (
                decl.init is not None
                and len(node.decls) == 1
                and (key := self.write.iterator(decl, decl.init)) is not None
            ):
                self.context.opened(decl)
                self.emit([f"{self.context.name(decl)} = {key}"], node)
                return
        self._around(node, super().on_declare)

    def _returned(self, value: Node, kind: CType, function: Decl) -> str:
        if function.scope == "method" and function.python == "__bool__":
            made = self.write.condition(value)
            return made.code if made.form == "bool" else f"bool({made.code})"
        code = self._given_back(value, kind, function)
        if self.context.after:
            name = self.context.temporary("returned")
            self.context.before += [f"{name} = {code}", *self.context.after]
            self.context.after.clear()
            return name
        return code

    def _given_back(self, value: Node, kind: CType, function: Decl) -> str:
        if function.scope == "lambda":
            return stored(self.write.copied(value)).code
        if isinstance(kind, Ref):
            if boxes(kind):
                return self.write.reference(value).code
            return stored(self.write(value)).code
        if isinstance(kind, (Std, Struct)):
            inner = bare(value)
            local = inner.kind == "name" and inner.decl is not None and inner.decl.scope == "local"
            if inner.kind == "construct" and len(inner.kids) == 1 and _as_it_is(plain(inner.kid(0).type), kind):
                source = bare(inner.kid(0))
                local = source.kind == "name" and source.decl is not None and source.decl.scope == "local"
                local = local and source.decl is not None and not isinstance(source.decl.type, Ref)
                if local:
                    self._returned_once(source, kind)
                    return self._left_empty(source, kind)
                if self._own_parameter(source):
                    return self._given_on(source, kind)
            if self._own_parameter(inner):
                return self._given_on(inner, kind)
            if local and inner.decl is not None and isinstance(inner.decl.type, Ref):
                local = False
            return self._left_empty(inner, kind) if local else self.write.copied(value).code
        return super()._returned(value, kind, function)

    def _given_on(self, parameter: Node, kind: CType) -> str:
        """A parameter that is returned; where the function ends it on some ways, nothing is left on this one."""
        assert parameter.decl is not None
        last = not self.write.ends(kind) or self.write.moves_on(parameter.decl)
        return self.write.moved_from(parameter, last=last).code

    def _left_empty(self, local: Node, kind: CType) -> str:
        """A local that is returned; what ends with the block is nothing then."""
        if isinstance(kind, Std) and self.write.ends(kind):
            return self.write.moved_from(local).code
        return self.write(local).code

    @staticmethod
    def _own_parameter(node: Node) -> bool:
        """Whether a parameter is returned that the function has a copy of: it moves."""
        decl = node.decl
        return node.kind == "name" and decl is not None and decl.scope == "param" and not isinstance(decl.type, Ref)

    def _returned_once(self, node: Node, kind: object) -> None:
        """Refuses to leave out a copy that can be noticed: a class copies by itself, and another local may be meant."""
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
        if is_iterator(decl.type) and (decl.init is None or not bare(decl.init).kids):
            return self.context.boxed(decl)  # it leads nowhere until it is set
        return True if isinstance(decl.type, (Std, Ref)) else super()._needed(decl)


def _as_it_is(given: CType, kind: CType) -> bool:
    """Whether a value of a type is one of another: it is the same, or both are pointers that own alike."""
    alike = isinstance(given, Std) and isinstance(kind, Std) and given.name == kind.name
    return given == kind or (alike and given.name in POINTERS)  # type: ignore[union-attr]


def _returned_name(node: Node) -> Decl | None:
    """The variable that is returned, as itself or as a copy."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    return inner.decl if inner.kind == "name" else None
