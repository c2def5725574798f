"""C++ objects that are set: copied into others, or in part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oss.tools.migrate.c_types import (
    Array,
    CType,
    Function,
    Int,
    Pointer,
    Ref,
    Std,
    Struct,
)
from oss.tools.migrate.cpp_copies import moved
from oss.tools.migrate.cpp_iterators import is_iterator, is_spot
from oss.tools.migrate.cpp_places import string_place
from oss.tools.migrate.cpp_streams import CppStreams
from oss.tools.migrate.cpp_types import (
    EMPTY_HANDED,
    LISTS,
    MAPS,
    QUEUES,
    SETS,
    boxes,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.nodes import Decl, Node, bare, declared, is_null, walk
from oss.tools.migrate.values import (
    ATOM,
    COMPARISON,
    Untranslatable,
    Value,
    integer,
    stored,
)  # fmt: skip

__all__ = ["CppAssign"]

_INTO = ("member", "method", "call", "operator", "index")
"""What gives a part of an object."""


_CLOSED = ("thread", "duration", "function")
"""What is exchanged as a whole."""

_PARTS = ("first", "second")


def _is_filled(kind: CType) -> bool:
    """Whether an object that is set stays the one that it is."""
    return isinstance(kind, Struct) or (isinstance(kind, Std) and kind.name in (*LISTS, *QUEUES, *MAPS, *SETS))


def _with_part(name: str, whole: str, index: int, count: int) -> str:
    """A tuple like another one, but for a part."""
    return f"({', '.join(name if place == index else f'{whole}[{place}]' for place in range(count))})"


class CppAssign(CppStreams):
    """The part of the C++ writer that sets objects."""

    @property
    def bound_parts(self) -> dict[Decl | None, tuple[Node, int, int]]:
        """The names of parts of tuples: each tuple, the place, and how many there are."""
        found: dict[Decl | None, tuple[Node, int, int]] = self.__dict__.setdefault("_bound_parts", {})
        return found

    def target(self, node: Node) -> str:
        inner = bare(node)
        if inner.kind in ("member", "name") and inner.decl is not None and inner.decl.scope == "member":
            return self.context.name(inner.decl)
        if inner.kind == "operator" and inner.decl is None and inner.name == "[]":
            return self.item_target(inner)
        if inner.kind == "name" and inner.decl in self.bound_parts:
            return self.part_target(inner)
        if inner.kind == "member" and isinstance(plain(inner.kid(0).type), (Std, Pointer)) and inner.name in _PARTS:
            return self.part_target(inner)
        if inner.kind == "method" and inner.decl is None and isinstance(plain(inner.kid(0).type), Std):
            return self.element_target(inner)
        if inner.kind in ("method", "operator", "call") and (made := self.given_back(inner)) is not None:
            return made
        led = bare(inner.kid(0)) if inner.kind == "unary" and inner.name == "*" else None
        if led is not None and led.kind == "operator" and led.name == "->" and is_iterator(led.kid(0).type):
            inner = Node("operator", inner.place, inner.type, [led.kid(0)], "*")  # it->f() changes *it
        if inner.kind == "operator" and inner.name == "*" and len(inner.kids) == 1:
            return self.place_target(inner)
        return super().target(node)

    def item_target(self, node: Node) -> str:
        """``v[i] = x``."""
        owner, index = node.kid(0), node.kid(1)
        kind = plain(owner.type)
        if isinstance(kind, Std) and kind.name == "unique_ptr":
            return f"{self(owner).at(ATOM)}[{self.number(self.unsized(index)).code}]"
        if isinstance(kind, Std) and kind.name in (*LISTS, *MAPS, "ordered_map", "bitset"):
            return f"{self(owner).at(ATOM)}[{integer(self.element_value(self.unsized(index))).code}]"
        if is_iterator(kind):
            return self(node).code
        raise Untranslatable("an element that is set")

    def part_target(self, node: Node) -> str:
        """``it->second = x``."""
        made = self(node)
        if node.kind == "name":
            return self.set_part(*self.bound_parts[node.decl])
        if made.code.endswith(".second") or (bare(node.kid(0)).decl in self.parts and node.name == "second"):
            return made.code
        if (place := bare(node.kid(0))).kind == "operator" and bare(place.kid(0)).decl in self.iterators:
            return made.code
        if (part := self.tuple_part(node)) is None:
            raise Untranslatable("a part of a pair that is set")
        return self.set_part(*part)

    def set_part(self, owner: Node, index: int, count: int) -> str:
        """What stands for a part of a tuple in the statement that sets it."""
        name, whole = self.context.temporary("part"), self(owner).at(ATOM)
        self.context.hoist(f"{name} = {whole}[{index}]")
        self.context.after.append(f"{self.target(owner)} = {_with_part(name, whole, index, count)}")
        return name

    def place_target(self, node: Node) -> str:
        """``*p = x``."""
        made = self(node)
        kind = plain(node.kid(0).type)
        if isinstance(kind, Std) and kind.name == "optional":
            return self.target(node.kid(0))
        if made.code.endswith((".value", "[0]")) and not is_spot(kind):
            return made.code
        raise Untranslatable("an object behind a pointer that is set")

    def element_target(self, node: Node) -> str:
        """``v.back() = x``, ``v.at(i) = x``."""
        made = self(node)
        kind = plain(node.kid(0).type)
        if isinstance(kind, Std) and kind.name in (*LISTS, *QUEUES) and node.name in ("back", "front", "top"):
            return made.code
        if isinstance(kind, Std) and kind.name in LISTS and node.name == "at":
            self.context.hoist(made.code)
            return f"{self(node.kid(0)).at(ATOM)}[{self.number(self.unsized(node.kid(1))).code}]"
        if isinstance(kind, Std) and kind.name in (*MAPS, "ordered_map") and node.name == "at":
            self.context.hoist(made.code)
            return f"{self(node.kid(0)).at(ATOM)}[{self.element_value(node.kid(1)).code}]"
        raise Untranslatable("what cannot be set")

    def given_back(self, node: Node) -> str | None:
        """A reference that a function or method gives."""
        decl = bare(node.kid(0)).decl if node.kind == "call" else node.decl
        if decl is None or not isinstance(decl.type, Function) or not boxes(decl.type.result):
            return None
        return self(node).code

    def assigned_rows(self, node: Node) -> list[str]:
        left = bare(node.kid(0))
        if left.kind == "operator" and left.name == "[]" and is_string(plain(left.kid(0).type)) and left.decl is None:
            if node.name != "=":
                raise Untranslatable("a letter of a string that is changed")
            owner, index = left.kid(0), self.number(self.unsized(left.kid(1)))
            letter = self.number(node.kid(1))
            return [f"{self.target(owner)} = with_letter({self(owner).code}, {index.code}, {letter.code})"]
        if left.kind == "method" and left.decl is None and is_string(plain(left.kid(0).type)):
            if node.name != "=" or left.name not in ("back", "front", "at"):
                raise Untranslatable("a letter of a string that is changed")
            owner = left.kid(0)
            text = self(owner).code
            at = {"back": f"len(os.fsencode({text})) - 1", "front": "0"}.get(left.name) or self.number(left.kid(1)).code
            if left.name == "at":
                self.context.hoist(self(left).code)
            return [f"{self.target(owner)} = with_letter({text}, {at}, {self.number(node.kid(1)).code})"]
        if (rows := self._letter_rows(node, left)) is not None:
            return rows
        if (part := self.tuple_part(left)) is not None:
            return self.part_rows(node, left, *part)
        steps = [part for part in walk(node.kid(1)) if part.kind == "unary" and part.name in ("x++", "x--")]
        if any(bare(part.kid(0)).decl is left.decl for part in steps):
            self.context.simple = False  # the right side is done with before the left one is set
        return super().assigned_rows(node)

    def _letter_rows(self, node: Node, left: Node) -> list[str] | None:
        """``*it = c`` in a string."""
        if left.kind != "operator" or left.name != "*" or len(left.kids) != 1 or not is_iterator(left.kid(0).type):
            return None
        place = left.kid(0)
        with self.context.probing():
            if string_place(self, place, moving=True) is None:
                return None
        if node.name != "=":
            raise Untranslatable("a letter of a string that is changed")
        letter = self.number(node.kid(1)).code
        found = string_place(self, place, moving=True)
        assert found is not None
        return [f"{self.target(found[0])} = with_letter({self(found[0]).code}, {found[1]}, {letter})"]

    def tuple_part(self, node: Node) -> tuple[Node, int, int] | None:
        """``p.first`` and ``std::get<0>(t)``: the tuple, the place, and how many there are."""
        if node.kind == "name" and node.decl in self.bound_parts:
            return self.bound_parts[node.decl]
        if node.kind == "member" and node.name in ("first", "second"):
            owner = node.kid(0)
            kind = plain(owner.type)
            inner = bare(owner)
            if inner.decl in self.parts and inner.kind == "name":
                return None
            if inner.kind == "operator" and inner.name in ("->", "*") and len(inner.kids) == 1:
                place = bare(inner.kid(0))
                if place.decl in self.iterators or is_spot(place.type):
                    return None
                owner = Node("operator", owner.place, inner.type, [inner.kid(0)], "*")
                kind = plain(inner.kid(0).type)
                if is_iterator(kind):
                    return owner, ("first", "second").index(node.name), 2
                return None
            if isinstance(kind, Std) and kind.name == "pair":
                return owner, ("first", "second").index(node.name), 2
        if node.kind == "call" and bare(node.kid(0)).name == "get" and isinstance(bare(node.kid(0)).value, int):
            kind = plain(node.kid(1).type)
            index = bare(node.kid(0)).value
            if isinstance(kind, Std) and kind.name in ("tuple", "pair") and isinstance(index, int):
                return node.kid(1), index, len(kind.of)
        return None

    def part_rows(self, node: Node, left: Node, owner: Node, index: int, count: int) -> list[str]:
        """A part of a tuple is set: the tuple becomes another one, but with the same object in it."""
        kind = plain(left.type)
        if node.name == "=" and _is_filled(kind) and not self.ends(kind):
            return self.filled_rows(left, kind, self.new_value(kind, node.kid(1)))
        name = self.context.temporary("part")
        decl = Decl(name, plain(left.type), "local", left.place, python=name)
        whole = self(owner).at(ATOM)
        rows = []
        if node.name != "=":
            rows.append(f"{name} = {whole}[{index}]")
        inner = Node("name", left.place, plain(left.type), name=name, decl=decl)
        if isinstance(plain(left.type), (Std, Struct)):
            rows += self.set_rows(inner, node.kid(1)) if node.name == "=" else self.alone_rows(node, inner)
        else:
            again = Node(node.kind, node.place, node.type, [inner, *node.kids[1:]], node.name)
            rows += super().assigned_rows(again)
        return [*rows, f"{self.target(owner)} = {_with_part(name, whole, index, count)}"]

    def alone_rows(self, node: Node, inner: Node) -> Sequence[str]:
        return self.alone(Node("operator", node.place, node.type, [inner, *node.kids[1:]], node.name))

    def step_rows(self, node: Node) -> list[str]:
        if (part := self.tuple_part(bare(node.kid(0)))) is not None:
            one = Node("number", node.place, Int(32, True), value=1)
            assign = Node(
                "assign", node.place, node.kid(0).type, [node.kid(0), one], f"{'+' if '+' in node.name else '-'}="
            )
            return self.part_rows(assign, bare(node.kid(0)), *part)
        return super().step_rows(node)

    def set_rows(self, left: Node, right: Node) -> list[str]:
        """``a = b`` of objects: where something else may refer to ``a``, it stays the object that it is."""
        kind = plain(left.type)
        inner = bare(left)
        if inner.kind == "name" and self.text_owner(inner.decl) is not None:
            target, place = self.target(left), self.spot_of(right).code
            return [f"{target} = {place}"] if place != target else []
        if inner.kind == "call" and bare(inner.kid(0)).name == "tie":
            return self.tied_rows([kid for kid in inner.kids[1:] if kid is not None], right)
        if isinstance(kind, Std) and kind.name == "atomic":
            return [f"{self(left).at(ATOM)}.store({stored(self(right)).code})"]
        if (part := self.tuple_part(inner)) is not None:
            assign = Node("assign", left.place, left.type, [left, right], "=")
            return self.part_rows(assign, inner, *part)
        if isinstance(kind, Struct) and self.ends(kind):
            return self.set_objects(left, right)
        value = self.new_value(kind, right)
        if self.ends(kind):
            return self.replaced_rows(left, value.code)
        whole = isinstance(kind, Std) and (self.immutable(kind) or kind.name in _CLOSED)
        if whole or not self.is_shared(left):
            return [f"{self.target(left)} = {value.code}"]
        return self.filled_rows(left, kind, value)

    def filled_pair(self, left: Node, kind: Std, value: Value) -> list[str]:
        """A pair is another one, but for the objects in it: they stay, and get what those of the other one have."""
        whole, new = self(left).at(ATOM), self.simple_name(value)
        rows, parts = [], []
        for index, of in enumerate(kind.of):
            if isinstance(of, Struct):
                rows.append(f"assign({whole}[{index}], {new}[{index}])")
            elif not self.immutable(of):
                raise Untranslatable("an object that is copied into another")
            parts.append(f"{whole if isinstance(of, Struct) else new}[{index}]")
        return [*rows, f"{self.target(left)} = ({', '.join(parts)})"]

    def tied_rows(self, kids: list[Node], right: Node) -> list[str]:
        """``std::tie(a, std::ignore) = f()``."""
        kind = plain(right.type)
        of = kind.of if isinstance(kind, Std) and kind.name in ("pair", "tuple") else ()
        if len(of) != len(kids):
            raise Untranslatable("what is tied together is set to such a value")
        targets = []
        for kid, part in zip(kids, map(plain, of), strict=True):
            if bare(kid).name == "ignore":
                targets.append("_")
                continue
            known = plain(kid.type) == part or (is_string(plain(kid.type)) and is_string(part))
            if not known or (not self.immutable(part) and self.is_shared(kid)) or self.ends(part):
                raise Untranslatable("a part that becomes of another type, or of another object")
            targets.append(self.target(kid))
        return [f"{', '.join(targets)}{',' if len(targets) == 1 else ''} = {self.copied(right).code}"]

    def set_objects(self, left: Node, right: Node) -> list[str]:
        """``a = b`` of objects that clean up."""
        raise NotImplementedError

    def new_value(self, kind: CType, right: Node) -> Value:
        """What an object becomes."""
        if isinstance(kind, Std) and kind.name == "weak_ptr":
            inner = bare(right)
            return (
                self(right)
                if isinstance(plain(right.type), Std) and inner.kind in ("construct", "list")
                else (self.make_weak_ptr(kind, [right]))
            )
        if moved(bare(right)) is not None and plain(right.type) == kind:
            return self.copied(right)
        if isinstance(kind, Std) and kind.name in EMPTY_HANDED and _is_nothing(right, kind):
            return Value("None", "none", ATOM)
        if is_string(kind):
            return self.string(right)
        if isinstance(kind, Std) and kind.name == "variant" and plain(right.type) != kind:
            return self.make_variant(kind, [right])
        if isinstance(kind, Std) and kind.name == "optional" and plain(right.type) != kind:
            return self.constructed(kind.of[0], [right])
        if isinstance(kind, Std) and kind.name == "function":
            return self.make_function(kind, [right])
        if isinstance(kind, Std) and bare(right).kind == "list":
            return self.initial(kind, bare(right), None)
        return self.copied(right)

    def filled_rows(self, left: Node, kind: CType, value: Value) -> list[str]:
        """An object that stays gets what another one has."""
        made = self(left)
        if any(isinstance(part, Std) and part.name == "array" for part in self._parts_kept(kind)):
            raise Untranslatable("an array of objects that references lead into")
        if isinstance(kind, Struct):
            return [f"assign({made.code}, {value.code})"]
        if isinstance(kind, Std) and kind.name == "pair":
            return self.filled_pair(left, kind, value)
        if isinstance(kind, Std) and kind.name == "optional" and self.immutable(kind.of[0]):
            return [f"{self.target(left)} = {value.code}"]
        if isinstance(kind, Std) and kind.name == "optional" and isinstance(kind.of[0], Struct):
            if value.form == "none":
                return [f"{self.target(left)} = None"]
            new = self.simple_name(value)
            there = f"{made.at(COMPARISON + 1)} is not None and {new} is not None"
            return [f"{self.target(left)} = assign({made.code}, {new}) if {there} else {new}"]
        if isinstance(kind, Std) and kind.name in (*LISTS, *QUEUES):
            return [f"{made.at(ATOM)}[:] = {value.code}"]
        if isinstance(kind, Std) and kind.name in ("variant", "bitset"):
            return [f"{made.at(ATOM)}.become({value.code})"]
        if isinstance(kind, Std) and kind.name in (*MAPS, *SETS):
            name = self.context.temporary("new")
            self.context.hoist(f"{name} = {value.code}")
            return [f"{made.at(ATOM)}.clear()", f"{made.at(ATOM)}.update({name})"]
        raise Untranslatable("an object that is copied into another")

    def is_shared(self, node: Node) -> bool:
        """Whether a reference or a pointer may lead to an object, too."""
        inner = bare(node)
        kind = plain(node.type)
        if inner.kind == "name" and inner.decl is not None:
            if isinstance(inner.decl.type, Ref) or inner.decl in self.context.uses.pinned:
                return True
            if inner.decl.scope == "param" and inner.decl.type == kind:
                return self.is_referred(kind)
        if inner.kind == "this" or (inner.kind == "unary" and inner.name == "*"):
            return True
        return self.is_referred(kind) or kind in self._led_owners or bool(self.kept_parts(kind))

    def kept_parts(self, kind: CType) -> list[str]:
        """The fields of a class that a reference or a pointer may lead to, which stay what they are when it is set."""
        known = self.class_of(kind)
        fields = self.all_fields(known) if known is not None else []
        led = kind in self._led_owners
        return [
            field.name for field in fields
            if self._has_referred(field.type) or (led and isinstance(field.type, Array))
        ]  # fmt: skip

    def _parts_kept(self, kind: CType) -> list[CType]:
        """What an object is made of that references may lead into, with what it is made of itself."""
        known = self.class_of(kind)
        if known is None:
            return [kind] if isinstance(kind, Std) and self._has_referred(kind) else []
        kinds = [field.type for field in self.all_fields(known) if self._has_referred(field.type)]
        return [*kinds, *(part for item in kinds if isinstance(item, Struct) for part in self._parts_kept(item))]

    def _has_referred(self, kind: CType) -> bool:
        """Whether a reference may lead to a part of an object, or to a part of that."""
        if isinstance(kind, Array):
            return self._has_referred(kind.of)
        if isinstance(kind, Std) and kind.name == "array" and self._has_referred(kind.of[0]):
            return True
        if isinstance(kind, Struct):
            return kind in self._led_into or bool(self.kept_parts(kind))
        return kind in self._led_into and isinstance(kind, Std) and kind.name in (*LISTS, *MAPS, *SETS)

    @property
    def _led_into(self) -> set[CType]:
        """The types of parts of objects that references and pointers are made of."""
        if not hasattr(self, "_leading"):
            self._leading = {kind for body in self.bodies() for part in walk(body) for kind in _leads(part)}
        return self._leading

    @property
    def _led_owners(self) -> set[CType]:
        """The classes of the objects that references and pointers lead into."""
        if not hasattr(self, "_led_from"):
            parts = [part for body in self.bodies() for part in walk(body)]
            self._led_from = {kind for part in parts for node in _sources(part) for kind in _owners(node)}
        return self._led_from

    def is_referred(self, kind: CType) -> bool:
        """Whether the program has references or pointers to a type that last."""
        known: dict[CType, bool] = self.__dict__.setdefault("_referred", {})
        if kind not in known:
            program = self.context.program
            fields = [field for made in program.classes.values() for field in made.fields]
            fields += [field for made in program.structs.values() for field in made.fields if not made.system]
            rows = [decl for body in self.bodies() for decl in declared(body)]
            kinds = [decl.type for decl in (*fields, *rows)]
            taken = any(
                part.kind == "unary" and part.name == "&" and plain(part.kid(0).type) == kind
                for body in self.bodies() for part in walk(body) if part.kids and part.kids[0] is not None
            )  # fmt: skip
            known[kind] = taken or any(
                (isinstance(item, Ref) and item.to == kind) or (isinstance(item, Pointer) and item.to == kind)
                for item in kinds
            )
        return known[kind]

    def replaced_rows(self, left: Node, value: str) -> list[str]:
        """A value that cleans up gives way to another one."""
        kind = plain(left.type)
        if not self.ends(kind):
            return [f"{self.target(left)} = {value}"]
        if isinstance(kind, Struct) or (isinstance(kind, Std) and kind.name == "optional" and value != "None"):
            raise Untranslatable("an object that cleans up is copied into another")
        old = self.context.temporary("old")
        self.context.hoist(f"{old} = {self._before(left)}", f"{self.target(left)} = {value}")
        return self.ended(old, kind)

    def _before(self, left: Node) -> str:
        """What there is before something is set; a map may have nothing."""
        inner = bare(left)
        owner = plain(inner.kid(0).type) if inner.kind == "operator" and inner.name == "[]" else None
        if inner.decl is None and isinstance(owner, Std) and owner.name in MAPS:
            key = self.element_value(self.unsized(inner.kid(1)))
            return f"{self(inner.kid(0)).at(ATOM)}.get({integer(key).code})"
        return self(left).code


def _is_nothing(node: Node, kind: Std) -> bool:
    """``nullptr``, or ``nullopt`` of an optional, whose value may be 0; ``{}`` of either."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    if inner.kind in ("construct", "list") and not inner.kids:
        return plain(inner.type) == kind
    return inner.name == "nullopt" if kind.name == "optional" else is_null(inner)


def _sources(part: Node) -> Iterator[Node]:
    """What a declaration refers to, where that is a part of something else, or whose address is taken."""
    for decl in part.decls:
        if isinstance(decl.type, Ref) and decl.init is not None and bare(decl.init).kind in _INTO:
            yield decl.init
    if part.kind == "unary" and part.name == "&" and bare(part.kid(0)).kind in _INTO:
        yield part.kid(0)


def _leads(part: Node) -> Iterator[CType]:
    """The types of what is referred to."""
    return (plain(node.type) for node in _sources(part))


def _owners(node: Node) -> Iterator[CType]:
    """The classes of the objects that an expression is a part of."""
    inner = bare(node)
    while inner.kind in ("member", "index", "method") and inner.kids:
        inner = bare(inner.kid(0))
        kind = plain(inner.type)
        yield kind.to if isinstance(kind, Pointer) else kind
