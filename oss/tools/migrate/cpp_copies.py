"""Copies of C++ values, what moves, and what is done when an object ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Array, CType, Float, Function, Int, Pointer, Ref, Std, Struct, Unknown, Void
from oss.tools.migrate.cpp_changing import Changing
from oss.tools.migrate.cpp_deleters import Deleters, frees
from oss.tools.migrate.cpp_functors import FUNCTORS
from oss.tools.migrate.cpp_lasts import last_mention, last_use
from oss.tools.migrate.cpp_noticed import Life, only_frees
from oss.tools.migrate.cpp_places import CppPlaces
from oss.tools.migrate.cpp_types import (
    EXCEPTIONS,
    LISTS,
    MAPS,
    POINTERS,
    QUEUES,
    SETS,
    SINGLES,
    TREES,
    is_string,
    plain,
)
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import ClassDef, Decl, Node, bare
from oss.tools.migrate.values import ATOM, TERNARY, Untranslatable, Value

__all__ = ["CppCopies", "has_owner", "is_fresh", "moved"]

_SHARED = (*POINTERS, *SINGLES, *FUNCTORS, "function", "nullptr", "weak_ptr", "future", "promise", "packaged_task",
           "method_pointer", "field_pointer", "monostate")  # fmt: skip
"""What never changes, or is shared by its nature."""
"""What is not simply empty when it was moved."""


class CppCopies(CppPlaces):
    """The part of the C++ writer that copies."""

    # what classes are like

    def class_of(self, kind: CType) -> ClassDef | None:
        return self.context.program.classes.get(kind.name) if isinstance(kind, Struct) else None

    def maker(self, name: str, word: str) -> Decl | None:
        """A constructor that copies or moves, with a body of its own."""
        known = self.context.program.classes.get(name)
        rows = known.method("__init__") if known is not None else []
        return next((item for item in rows if item.python == f"init_{word}" and not item.extern), None)

    def cleans_up(self, name: str) -> bool:
        """Whether something is done when an object of a class ends."""
        if not hasattr(self, "_cleaning"):
            every = {**(self.context.program.naming.every if self.context.program.naming else {})}
            every |= self.context.program.classes
            self._cleaning = {known.name for known in every.values() if _destroys(known)}
            self._spread(every)
            self._counting = self.asks_owners(list(every.values()))
            self._spread(every)
        return name in self._cleaning

    def _spread(self, every: Mapping[str, ClassDef]) -> None:
        """Finds the classes that clean up because of what they are made of."""
        while more := {known.name for known in every.values() if self._ends_in_part(known, every)}:
            self._cleaning |= more

    def noticed(self, kind: CType) -> bool:
        """Whether it makes a difference that a value is another object, made of one that ends."""
        if not hasattr(self, "_life"):
            self._life = Life(self.context.program.classes, self.maker)
        return self._life.noticed(kind)

    @property
    def counting(self) -> bool:
        """Whether the program can see how many own an object of a ``shared_ptr``."""
        self.cleans_up("")
        return self._counting

    _counting = False

    @property
    def standing(self) -> dict[int, str]:
        """The names of the objects that are there for a statement alone."""
        if not hasattr(self, "_standing"):
            self._standing: dict[int, str] = {}
        return self._standing

    def kept_as_given(self, parameter: Decl | None) -> bool:
        """Whether a constructor does nothing with an owner that it is given but to copy it into a field."""
        raise NotImplementedError

    def asks_owners(self, classes: list[ClassDef]) -> bool:
        """Whether something is done, or asked, when an owner of an object comes or goes."""
        raise NotImplementedError

    def _ends_in_part(self, known: ClassDef, every: Mapping[str, ClassDef]) -> bool:
        """Whether a class, not known yet to clean up, has a part or a base that does, or an heir that ends as it."""
        if known.name in self._cleaning:
            return False
        fields = any(self.ends(field.type) for field in known.fields if not field.static)
        heirs = any(known.name in every[name].bases for name in self._cleaning if name in every)
        return fields or any(base in self._cleaning for base in known.bases) or (heirs and _ends_as_heir(known, every))

    def ends(self, kind: CType) -> bool:
        """Whether something is done when a value of a type ends."""
        if isinstance(kind, Struct):
            return self.cleans_up(kind.name)
        if isinstance(kind, Std):
            if kind.name.startswith("__"):
                return False
            if (kind.name == "shared_ptr" and self.counting) or frees(kind):
                return True
            return any(self.ends(item) for item in kind.of[:2]) and kind.name not in ("weak_ptr", "function")
        return isinstance(kind, Array) and self.ends(kind.of)

    def ended(self, code: str, kind: CType) -> list[str]:
        """The statements that end a value."""
        if isinstance(kind, Struct):
            return [f"{code}.close()"]
        if isinstance(kind, Std) and kind.name == "shared_ptr":
            return [f"released({code})"]
        if isinstance(kind, Std) and frees(kind):
            return [f"if {code} is not None:", *(f"    {row}" for row in self.freed(code, kind))]
        if isinstance(kind, Std) and kind.name in ("unique_ptr", "optional"):
            return [f"if {code} is not None:", *(f"    {row}" for row in self.ended(code, kind.of[0]))]
        if isinstance(kind, Std) and kind.name in (*LISTS, *QUEUES):
            return [f"for item in {code}:", *(f"    {row}" for row in self.ended("item", kind.of[0]))]
        if isinstance(kind, Std) and kind.name in ("pair", "tuple"):  # whose last part ends first, or at last
            parts = [(f"{code}[{index}]", item) for index, item in enumerate(kind.of)]
            parts = [part for part in parts if self.ends(part[1])]
            return [row for part in (parts[::-1] if kind.name == "pair" else parts) for row in self.ended(*part)]
        if isinstance(kind, Array):
            if isinstance(kind.of, Array) or kind.count is None:
                raise Untranslatable("objects that clean up, in such an array")
            at = self.context.temporary("place")
            rows = self.ended(f"{code}[{at}]", kind.of)
            return [f"for {at} in reversed(range({kind.count})):", *(f"    {row}" for row in rows)]
        if isinstance(kind, Std) and kind.name == "map" and not self.ends(kind.of[0]):
            return [
                f"for _, item in sorted({code}.items(), key=lambda pair: pair[0], reverse=True):",
                *(f"    {row}" for row in self.ended("item", kind.of[1])),
            ]
        raise Untranslatable("objects that clean up, in such a container")

    def freed(self, code: str, kind: Std) -> list[str]:
        """The statements that free what a pointer owns, as it says."""
        free = kind.of[1]
        if isinstance(free, Struct):
            known = self.class_of(free)
            own = known.method("operator()") if known is not None else []
            if len(own) != 1 or (known is not None and known.fields):
                raise Untranslatable("a pointer with a way to free it that is not known here")
            return [f"{free.name}()({code})"]
        return list(self.alone(self.deleters.call(code, kind)))

    @property
    def deleters(self) -> Deleters:
        """The functions that free what pointers own."""
        raise NotImplementedError

    def flat(self, name: str) -> bool:
        """Whether a copy of an object is one of its fields, as they are."""
        known = self.context.program.classes.get(name)
        if known is None:
            return True
        fields = all(field.static or self.immutable(field.type) for field in known.fields)
        return fields and all(self.flat(base) for base in known.bases) and not self.derived(name)

    def derived(self, name: str) -> bool:
        """Whether other classes are made of a class."""
        return any(name in known.bases for known in self.context.program.classes.values())

    def heir(self, name: str, base: str) -> bool:
        """Whether a class is made of another one."""
        known = self.context.program.classes.get(name)
        return known is not None and any(found == base or self.heir(found, base) for found in known.bases)

    def immutable(self, kind: CType) -> bool:
        """Whether a value can be shared in the place of a copy."""
        kind = plain(kind)
        if isinstance(kind, (Int, Float, Pointer, Void, Function)) or is_string(kind):
            return True
        if isinstance(kind, Std):
            if kind.name in ("pair", "tuple", "optional"):
                return all(self.immutable(item) for item in kind.of)
            if kind.name == "shared_ptr" and self.counting:
                return False
            if kind.name == "function":
                return not self.changing.kind(kind)
            return kind.name in _SHARED or kind.name.startswith("__")
        return False

    @property
    def changing(self) -> Changing:
        """The function objects of the program that change what they keep."""
        raise NotImplementedError

    def plain_function(self, node: Node) -> None:
        """Refuses a copy of a function object that goes on by itself."""
        function = self.context.function
        if is_fresh(node) or (function is not None and last_use(function.body, node)):
            return
        if moved(node) is None and self.changing.value(node):
            raise Untranslatable("a copy of a lambda that changes what it keeps")

    def is_linked(self, kind: CType) -> bool:
        """Whether a list is one whose places stay what they are."""
        return isinstance(kind, Std) and kind.name == "list" and self.places_kept

    @property
    def places_kept(self) -> bool:
        """Whether the program keeps places in lists while other elements come and go."""
        raise NotImplementedError

    def again(self, kind: CType, *, moves: bool = False) -> str:
        """What makes another object of one, by a copy, or as a vector does that grows."""
        if not isinstance(kind, Struct):
            raise Untranslatable("objects that clean up, in such a container")
        if moves:
            move, copy = self.maker(kind.name, "move"), self.maker(kind.name, "copy")
            own = copy if move is None or (copy is not None and not move.quiet) else move
        else:
            own = self.maker(kind.name, "copy")
        made = Value("item", "object", ATOM, kind)
        if own is None:
            code = self.moved_object(made, kind, last=False).code if moves else self.copy_of_object("item", kind)
        else:
            code = f"{kind.name}.__new__({kind.name}).{own.python}(item)"
        return f"lambda item: {code}"

    def moving_list(self, kind: CType, items: str = "") -> str:
        """A vector whose elements notice where they are."""
        move = self.maker(kind.name, "move") if isinstance(kind, Struct) else None
        more = [items] if items else []
        if move is not None and move.quiet:
            more.append("each=True")
        return f"moving_list({', '.join([self.again(kind, moves=True), *more])})"

    # copies

    def copy_of(self, code: str, kind: CType) -> str:
        """A copy of what ``code`` is, by its type."""
        kind = plain(kind)
        if self.immutable(kind):
            return code
        if isinstance(kind, Struct):
            return self.copy_of_object(code, kind)
        if isinstance(kind, Array):
            raise Untranslatable("a copy of an array")
        if isinstance(kind, Std) and kind.name == "function":
            raise Untranslatable("a copy of a lambda that changes what it keeps")
        if not isinstance(kind, Std) or any(isinstance(item, Unknown) for item in kind.of):
            raise Untranslatable("a copy of what is not known")
        return f"held({code})" if kind.name == "shared_ptr" else self.copy_of_library(code, kind)

    def copy_of_library(self, code: str, kind: Std) -> str:
        """A copy of a container, a pair or an optional."""
        if self.is_linked(kind):
            plainly = self.immutable(kind.of[0])
            return f"linked({code})" if plainly else f"linked({self.copy_of('item', kind.of[0])} for item in {code})"
        if kind.name in (*LISTS, *QUEUES):
            return self.copy_of_list(code, kind)
        if kind.name in TREES:
            value = self.copy_of("item", kind.of[1]) if "map" in kind.name else ""
            rows = f"((key, {value}) for key, item in {code}.items())" if value else code
            return f"{kind.name}({code}.less, {rows})"
        if kind.name in MAPS:
            if self.immutable(kind.of[1]):
                return f"dict({code})"
            return f"{{key: {self.copy_of('item', kind.of[1])} for key, item in {code}.items()}}"
        if kind.name in SETS:
            return f"set({code})"
        return self._copy_of_parts(code, kind)

    def _copy_of_parts(self, code: str, kind: Std) -> str:
        """A copy of what is no container."""
        if kind.name in ("pair", "tuple"):
            names = [f"part_{index}" for index in range(len(kind.of))]
            parts = ", ".join(self.copy_of(name, item) for name, item in zip(names, kind.of, strict=True))
            return f"(lambda {', '.join(names)}: ({parts}))(*{code})"
        if kind.name in ("bitset", "variant"):
            for item in kind.of if kind.name == "variant" else ():
                self._shallow(item)
            return f"copy.copy({code})"
        if kind.name.startswith("priority_queue") and self.immutable(kind.of[0]):
            return f"copy.copy({code})"
        if kind.name == "error_code":
            return f"error_code({code}.value())"
        if kind.name == "optional":
            return f"(lambda item: {self.copy_of('item', kind.of[0])} if item is not None else None)({code})"
        raise Untranslatable(f"a copy of a std::{kind.name}")

    def copy_of_field(self, code: str, field: Decl) -> str:
        """A copy of what a field has."""
        kind = field.type
        if not isinstance(kind, Array):
            return self.copy_of(code, kind)
        form = self.context.slot(field).form
        if form == "text":
            return code
        if form == "bytes":
            return f"bytearray({code})"
        if form == "list":
            return self.copy_of_rows(code, kind)
        leaf = kind.of
        while isinstance(leaf, Array):
            leaf = leaf.of
        plainly = self.immutable(leaf) or (isinstance(leaf, Struct) and self.flat(leaf.name))
        if form != "ptr" or kind.count is None or isinstance(leaf, Std) or (leaf != kind.of and not plainly):
            raise Untranslatable("a copy of an array")
        items = f"span({code}, {code} + {kind.count})"
        if not plainly:
            items = f"[{self.copy_of('item', kind.of)} for item in {items}]"
        return f"array({self.element_name(kind.of)}, {items})"

    def copy_of_rows(self, code: str, kind: CType, name: str = "item") -> str:
        """A copy of an array that is a list, or of what is in it."""
        if not isinstance(kind, Array):
            return self.copy_of(code, kind)
        if not isinstance(kind.of, Array) and self.immutable(kind.of):
            return f"list({code})"
        return f"[{self.copy_of_rows(name, kind.of, f'{name}_')} for {name} in {code}]"

    def _shallow(self, kind: CType) -> None:
        """Refuses what ``copy.copy`` would share a part of."""
        self.copy_of("item", kind)
        if isinstance(kind, Std) and not self.immutable(kind):
            parts = kind.of[:1] if kind.name in LISTS else kind.of
            if not all(map(self.immutable, parts)) or kind.name not in (*LISTS, *MAPS, *SETS) or self.is_linked(kind):
                raise Untranslatable("a copy of a std::variant")

    def copy_of_list(self, code: str, kind: Std) -> str:
        if kind.name == "vector" and self.noticed(kind.of[0]):
            return self.moving_list(kind.of[0], f"map({self.again(kind.of[0])}, {code})")
        plainly = self.immutable(kind.of[0])
        return f"list({code})" if plainly else f"[{self.copy_of('item', kind.of[0])} for item in {code}]"

    def copy_of_object(self, code: str, kind: Struct) -> str:
        known = self.class_of(kind)
        if known is None:
            return f"copy.copy({code})"
        if (own := self.maker(kind.name, "copy")) is not None:
            return f"{kind.name}.__new__({kind.name}).{own.python}({code})"
        self.copyable(known)
        return f"{kind.name}.__copy__({code})" if self.derived(kind.name) else f"copy.copy({code})"

    def copyable(self, known: ClassDef) -> None:
        """Refuses copies of what cannot be told apart from its copy."""
        if known.unknown_end is not None:
            raise Untranslatable("a copy of an object that cleans up")
        asked: set[str] = self.__dict__.setdefault("_copyable", set())
        if known.name in asked:
            return
        asked.add(known.name)  # while it is being asked
        try:
            for field in known.fields:
                if not field.static and not isinstance(field.type, Ref):
                    self.copy_of_field("_", field)
        finally:
            asked.discard(known.name)
        for base in known.bases:
            if (parent := self.context.program.classes.get(base)) is not None:
                if self.maker(base, "copy") is not None:
                    raise Untranslatable("a copy of an object whose base copies itself")
                self.copyable(parent)

    def copied(self, node: Node) -> Value:
        """A value that is one of its own."""
        inner = bare(node)
        if id(inner) in self.standing and isinstance(inner.type, Struct):
            return self.moved_object(self(inner), inner.type, last=True)
        if (source := moved(inner)) is not None:
            return self.moved_from(source)
        self.plain_function(inner)
        if inner.kind == "name" and self.kept_as_given(inner.decl):
            return self(node)
        if has_owner(plain(inner.type)) and self.ends(plain(inner.type)):
            self._owner_comes(inner)
        if inner.kind == "cond" and not self.immutable(plain(inner.type)):
            return self.one_copied(inner)
        return self._copy_of_value(node, inner)

    def _copy_of_value(self, node: Node, inner: Node) -> Value:
        made = self(node)
        kind = made.type
        if (part := self.sliced(made, plain(node.type))) is not None:
            return part
        if is_pointer(node.type) or is_fresh(inner) or not isinstance(kind, (Std, Struct)):
            return made
        if isinstance(kind, Struct) and made.form != "object":
            return made
        plainly = self.immutable(kind) or (isinstance(kind, Std) and kind.name == "function")
        return made if plainly else self._copied_once(made, kind, inner)

    def _copied_once(self, made: Value, kind: CType, node: Node) -> Value:
        """A copy; the value itself where nothing asks for it later."""
        copy = self.copy_of(made.code, kind)
        function = self.context.function
        unseen = not self.ends(kind) and not self.shows_copies(kind, set())
        if unseen and function is not None and last_use(function.body, node):
            return made
        return replace(made, code=copy, level=ATOM)

    def shows_copies(self, kind: CType, asked: set[CType]) -> bool:
        """Whether a constructor of the program's own runs where a value is copied."""
        if kind in asked:
            return False
        asked.add(kind)
        if isinstance(kind, Std):
            return any(self.shows_copies(item, asked) for item in kind.of)
        known = self.class_of(kind) if isinstance(kind, Struct) else None
        if known is None:
            return False
        parts = [*(field.type for field in known.fields if not field.static), *map(Struct, known.bases)]
        return self.maker(known.name, "copy") is not None or any(self.shows_copies(part, asked) for part in parts)

    def one_copied(self, node: Node) -> Value:
        """``f ? a : b``; where one of them is new, each is what is wanted by itself."""
        if not isinstance(node.type, Struct) or not any(is_fresh(_made(kid)) for kid in node.kids[1:]):
            made = self(node)
            kind = made.type if isinstance(made.type, (Std, Struct)) else plain(node.type)
            return Value(self.copy_of(f"({made.code})", kind), made.form, ATOM, kind)
        with self.context.sequenced():
            test = self.condition(node.kid(0))
        with self.context.purely():
            yes, no = self.copied(node.kid(1)), self.copied(node.kid(2))
        return Value(f"{yes.at(TERNARY + 1)} if {test.code} else {no.at(TERNARY)}", "object", TERNARY, node.type)

    def sliced(self, made: Value, kind: CType) -> Value | None:
        """The part of an object that its class has of a base: a copy that is an object of the base alone."""
        if not isinstance(kind, Struct) or not isinstance(made.type, Struct) or made.form != "object":
            return None
        if not self.heir(made.type.name, kind.name):
            return None
        return replace(made, code=self.copy_of_object(made.code, kind), level=ATOM, type=kind)

    def _owner_comes(self, node: Node) -> None:
        """Refuses a value of which it is not known whether it is an owner already."""
        known = node.kind not in ("cond", "call", "method", "operator") or is_fresh(node)
        if node.kind == "cond":
            known = not any(is_fresh(bare(kid)) for kid in node.kids[1:] if kid is not None)
        if node.decl is None and node.kind in ("method", "operator"):
            known = known or node.name in ("[]", "*", "->", "=", "back", "front", "at", "top", "get")
        elif node.kind in ("call", "method", "operator"):
            known = True
        if not known:
            raise Untranslatable("a pointer of which it is not known whether it is an owner")

    def moved_from(self, node: Node, *, last: bool = False) -> Value:
        """``std::move(x)``: what moves leaves nothing behind; ``last``: nobody looks at what is left."""
        raise NotImplementedError

    def moved_object(self, made: Value, kind: Struct, *, last: bool) -> Value:
        """An object that moves."""
        raise NotImplementedError

    def by_parts(self, known: ClassDef) -> bool:
        """Whether an object of a class moves as C++ lets it by itself: part by part."""
        if any(self.maker(known.name, word) is not None for word in ("move", "copy")):
            return False
        defaulted = any(item.python == "init_move" for item in known.method("__init__"))
        bases = [self.context.program.classes.get(base) for base in known.bases if base]
        return (defaulted or not known.method("close")) and all(
            base is not None and not base.method("close") and self.by_parts(base) for base in bases
        )

    def last_mention(self, node: Node) -> bool:
        """Whether a local is mentioned only here, so that nobody sees what is left of it."""
        function = self.context.function
        return function is not None and last_mention(bare(node), function)

    def copy_rows(self, known: ClassDef) -> list[str]:
        """The method that copies an object, where its fields alone would not do."""
        if self.maker(known.name, "copy") is not None or (self.flat(known.name) and not self.bases_copy(known)):
            return []
        try:
            self.copyable(known)
        except Untranslatable:
            return []
        rows = [f"made = {known.name}.__new__({known.name})"]
        if any(self.heir(known.name, base) for base in EXCEPTIONS):
            rows.append("made.args = self.args")
        for field in self.all_fields(known):
            name = python_field(field.name)
            rows.append(f"made.{name} = {self.copy_of_field(f'self.{name}', field)}")
        return [f"def __copy__(self) -> {known.name}:", *(f"    {row}" for row in [*rows, "return made"])]

    def bases_copy(self, known: ClassDef) -> bool:
        return any(self.derived(base) for base in known.bases if base in self.context.program.classes)

    def all_fields(self, known: ClassDef) -> list[Decl]:
        bases = [self.context.program.classes[base] for base in known.bases if base in self.context.program.classes]
        own = [field for field in known.fields if not field.static]
        return [*(field for base in bases for field in self.all_fields(base)), *own]


def moved(node: Node) -> Node | None:
    """What ``std::move`` is called for."""
    if node.kind == "call" and node.name == "move" and len(node.kids) == 2:
        return node.kid(1)
    return None


def has_owner(kind: CType) -> bool:
    """Whether a value is, or has, an owner of an object."""
    if not isinstance(kind, Std) or kind.name.startswith("__") or kind.name in ("weak_ptr", "function"):
        return False
    return kind.name in POINTERS or any(map(has_owner, kind.of))


def _made(node: Node | None) -> Node:
    """What a value is made of, without the copies that C++ leaves out."""
    assert node is not None
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1 and plain(inner.kid(0).type) == inner.type:
        inner = bare(inner.kid(0))
    return inner


def is_fresh(node: Node) -> bool:
    """Whether a value is new, so that nothing else has it."""
    if node.kind in ("construct", "list", "lambda", "new", "newarray"):
        return True
    if node.kind == "call":
        decl = bare(node.kid(0)).decl
    elif node.kind in ("method", "operator"):
        decl = node.decl
        if decl is None:
            return node.kind == "method" and node.name in ("substr", "str", "value_or", "lock", "shared_from_this")
    else:
        return False
    return decl is not None and isinstance(decl.type, Function) and not isinstance(decl.type.result, Ref)


def _destroys(known: ClassDef) -> bool:
    """Whether a class has a destructor that does something, or of which it is not known what it does."""
    own = any(end.body is not None and not only_frees(end.body) for end in known.method("close"))
    return own or known.unknown_end is not None


def _ends_as_heir(known: ClassDef, every: Mapping[str, ClassDef]) -> bool:
    """Whether the destructor of a class is virtual."""
    if any(end.virtual for end in known.method("close")):
        return True
    return any(base in every and _ends_as_heir(every[base], every) for base in known.bases)
