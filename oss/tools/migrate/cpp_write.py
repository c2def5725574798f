"""C++ expressions: operators, exceptions, lambdas, and those that are statements of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import (
    BOOL,
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Ref,
    Std,
    Struct,
    Void,
    is_char,
    pointee,
)
from oss.tools.migrate.cpp_copies import is_fresh
from oss.tools.migrate.cpp_files import is_path, path_operator
from oss.tools.migrate.cpp_functors import FUNCTORS
from oss.tools.migrate.cpp_iterators import core, is_iterator, is_spot
from oss.tools.migrate.cpp_lambdas import CppLambdas
from oss.tools.migrate.cpp_library import method_name
from oss.tools.migrate.cpp_places import string_place
from oss.tools.migrate.cpp_spans_of_time import scaled_by_fraction, timed
from oss.tools.migrate.cpp_types import (
    COMPARED,
    EXCEPTIONS,
    LISTS,
    MAPS,
    OBJECTS,
    OPERATORS,
    POINTERS,
    SETS,
    TREES,
    boxes,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.names import type_name
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.values import (
    ATOM,
    PRODUCT,
    SHIFT,
    SUM,
    TERNARY,
    Range,
    Untranslatable,
    Value,
    integer,
    stored,
)  # fmt: skip

__all__ = ["CppWriter"]

_INFIX = ("+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&", "|", "^", "<<", ">>")
_CALLED = ("function", "__bound", "packaged_task", *FUNCTORS)


class CppWriter(CppLambdas):
    """Writes C++ expressions."""

    def on_operator(self, node: Node) -> Value:
        kids = [kid for kid in node.kids if kid is not None]
        op = node.name
        own = node.decl is not None and node.decl.scope == "method"
        ordered = len(kids) == 2 and (op in COMPARED or op in _INFIX[:5]) and not any(map(self.text_edge, kids))
        if ordered and (own or isinstance(plain(kids[0].type), Std)):
            kids = self.ordered(kids, None, [Ref(kid.type) for kid in kids])
        first = kids[0]
        if own:
            return self.own_operator(op, kids, node)
        if node.decl is not None and node.decl.scope == "function" and not node.decl.system:
            codes = self.to_parameters(kids, node.decl, op)
            return self.result(self.led_back(f"{self.context.name(node.decl)}({', '.join(codes)})", node.decl), node)
        if op == "*" and len(kids) == 1 and (last := self.last_of(first)) is not None:
            return self(replace(last, type=node.type))
        if op.startswith('""') and isinstance(plain(node.type), Std):
            return self.suffixed(kids[0], plain(node.type))
        made = self.streaming(op, node) or self.library_operator(op, kids, node)
        if made is not None:
            return made
        if op in ("=", "+="):
            self.context.hoist(*self.alone(node))
            while bare(first).kind == "operator" and bare(first).name == op:
                first = bare(first).kid(0)
            return self(first)
        raise Untranslatable(f"no counterpart of operator{op}")

    def suffixed(self, number: Node, kind: CType) -> Value:
        """``20ms`` and ``"text"s``."""
        assert isinstance(kind, Std)
        if is_string(kind):
            return self.string(number)
        if kind.name != "duration":
            raise Untranslatable(f"a std::{kind.name} with such a suffix")
        return self.make_duration(kind, [number])

    @staticmethod
    def last_of(node: Node) -> Node | None:
        """``c.rbegin()`` of a string or a list, as ``c.back()``."""
        inner = core(node)
        if inner.kind != "method" or inner.name not in ("rbegin", "crbegin") or len(inner.kids) != 1:
            return None
        kind = plain(inner.kid(0).type)
        known = isinstance(kind, Std) and (is_string(kind) or kind.name in LISTS)
        return replace(inner, name="back", decl=None) if known else None

    def streaming(self, op: str, node: Node) -> Value | None:
        """``stream << x`` and ``stream >> x`` inside of an expression."""
        if op == "<<" and self.chain(node) is not None:
            return Value(self.stream_code(node), "std", SHIFT, node.type)
        if op == ">>" and (name := self.state_of(node)) is not None:
            return Value(name, "std", ATOM, node.type)
        return None

    @property
    def variants(self) -> dict[tuple[Decl | None, int], Decl]:
        """Generic lambdas, for the types of each further call."""
        if not hasattr(self, "_variants"):
            self._variants: dict[tuple[Decl | None, int], Decl] = {}
        return self._variants

    def variant(self, function: Node, node: Node) -> str | None:
        """What a generic lambda is called for these types."""
        if not isinstance(node.value, int) or not node.value:
            return None
        found = self.variants.get((bare(function).decl, node.value))
        if found is None:
            raise Untranslatable("a lambda that is given values of several types")
        return self.context.name(found)

    def of_path(self, op: str, kids: list[Node], node: Node) -> Value | None:
        return path_operator(self, op, kids, node) if is_path(plain(kids[0].type)) else None

    def library_operator(self, op: str, kids: list[Node], node: Node) -> Value | None:
        """An operator of a class of the library."""
        first = kids[0]
        kind = plain(first.type)
        if isinstance(kind, Std) and op == "[]":
            return self.item(first, kids[1], kind)
        special = self.special_operator(op, kids, kind, node) if isinstance(kind, Std) else None
        if special is not None:
            return special
        if (made := self.behind(op, first, kind, node) or self.of_path(op, kids, node)) is not None:
            return made
        if is_iterator(kind) and (moved_on := self.stepped_place(op, kids, node)) is not None:
            return moved_on
        if isinstance(kind, Std) and kind.name in ("duration", "time_point"):
            return self.timed(op, kids, node)
        if op in COMPARED and len(kids) == 2:
            return self.compared_std(op, kids)
        if isinstance(kind, Std) and kind.name == "atomic":
            return self.atomic(op, kids, kind, node)
        if op == "+" and any(is_string(plain(kid.type)) for kid in kids):
            one, other = map(self.part_of_text, kids)
            if any(self.any_letter(kid) for kid in kids):
                return Value(f"joined({one.code}, {other.code})", "std", ATOM, Std("string"))
            return Value(f"{one.at(SUM)} + {other.at(SUM + 1)}", "std", SUM, Std("string"))
        return None

    def special_operator(self, op: str, kids: list[Node], kind: Std, node: Node) -> Value | None:
        """An operator of sets of bits, and of objects that are functions."""
        if kind.name == "bitset":
            return self.of_bits(op, kids, node)
        return self.called_object(kids[0], kids[1:], kind, node) if op == "()" and kind.name in _CALLED else None

    def called_object(self, first: Node, arguments: list[Node], kind: Std, node: Node) -> Value:
        """A call of a function that is an object."""
        self.given_unseen(first, arguments)
        known = kind.of[0] if kind.name == "function" and kind.of else None
        if isinstance(known, Function) and any(map(boxes, known.params)):
            raise Untranslatable("a reference that goes through a std::function")
        codes = [stored(self(kid)).code for kid in arguments]
        called = self.variant(first, node) or self(first).at(ATOM)
        return self.result(f"{called}({', '.join(codes)})", node)

    def behind(self, op: str, first: Node, kind: CType, node: Node) -> Value | None:
        """What a pointer, an optional or a place leads to."""
        if op not in ("*", "->") or len(node.kids) != 1:
            return None
        if first.kind == "name" and first.decl in self.places:
            assert first.decl is not None
            to = pointee(node.type) if op == "->" else None
            return self.std_or_plain(self.context.name(first.decl), to if isinstance(to, Std) else node.type)
        if isinstance(kind, Std) and kind.name == "__back_iterator" and (last := self.at_last(first, kind)) is not None:
            return last
        if is_iterator(kind):
            assert isinstance(kind, Std)
            return self.at_place(first, kind)
        if isinstance(kind, Std) and kind.name == "optional":
            return self.std_or_plain(self(first).at(ATOM), kind.of[0])
        if isinstance(kind, Std) and kind.name in POINTERS:
            made = self(first)
            if isinstance(kind.of[0], (Int, Float)):
                return self.std_or_plain(f"{made.at(ATOM)}.value", kind.of[0])
            if isinstance(kind.of[0], Std):
                if self.immutable(kind.of[0]) and kind.of[0].name not in OBJECTS:
                    raise Untranslatable("a pointer to such a value")
                return self.std_or_plain(made.code, kind.of[0])
            return replace(made, form="object", type=node.type)
        return None

    def at_last(self, first: Node, kind: Std) -> Value | None:
        """``*v.rbegin()``."""
        inner = core(first)
        owner = plain(inner.kid(0).type) if inner.kind == "method" and inner.name in ("rbegin", "crbegin") else None
        if not isinstance(owner, Std) or owner.name not in (*LISTS, "set", "ordered_set", "multiset"):
            return None
        code = self(inner.kid(0))
        if owner.name in TREES:
            return self.std_or_plain(f"({code.at(ATOM)}.end() - 1).value", kind.of[0])
        return self.std_or_plain(f"{code.at(ATOM)}[-1]" if owner.name in LISTS else f"max({code.code})", kind.of[0])

    def at_place(self, first: Node, kind: Std) -> Value:
        """What is at a place in a container."""
        of = kind.of[0]
        if (letter := string_place(self, first, moving=True)) is not None:
            return self.letter_of(*letter)
        inner = core(first)
        if inner.kind == "name" and inner.decl is not None and inner.decl in self.iterators:
            owner, found = self.iterators[inner.decl]
            name = self.context.name(inner.decl)
            if found.name in (*SETS, "ordered_set", "multiset"):
                return self.std_or_plain(name, of)
            return self.std_or_plain(f"({name}, {owner}[{name}])", of)
        if inner.kind == "call" and bare(inner.kid(0)).name in ("max_element", "min_element") and len(inner.kids) == 3:
            whole = self.whole_of(inner.kid(1), inner.kid(2))
            if whole is not None and isinstance(of, Int):
                return self.std_or_plain(f"{bare(inner.kid(0)).name[:3]}({self.items(whole)})", of)
        edge = self.edge(inner)
        owner_kind = plain(edge[0].type) if edge is not None else None
        if edge is not None and not edge[1] and isinstance(owner_kind, Std) and owner_kind.name in LISTS:
            return self.std_or_plain(f"{self(edge[0]).at(ATOM)}[0]", of)
        if edge is not None and not edge[1] and isinstance(owner_kind, Std) and owner_kind.name == "set":
            return self.std_or_plain(f"min({self(edge[0]).code})", of)
        made = self.place(first)
        if is_spot(kind):
            pair = isinstance(kind, Std) and kind.name == "__map_iterator"
            name = self.simple_name(made) if pair else made.at(ATOM)
            return self.std_or_plain(f"({name}.value, {name}.second)" if pair else f"{name}.value", of)
        return self.std_or_plain(f"{made.at(ATOM)}[0]", of)

    def letter_of(self, owner: Node, at: str) -> Value:
        """The letter at a place in a string."""
        code = f"char(os.fsencode({self(owner).code})[{at}])"
        return Value(code, "int", ATOM, Int(8, True, "char"), Range(-128, 127))

    def stepped_place(self, op: str, kids: list[Node], node: Node) -> Value | None:
        """Places that move, and what lies between two."""
        first = kids[0]
        if op in ("++", "--"):
            sign = op[0]
            if len(kids) == 1:
                self.context.hoist(f"{self.target(first)} {sign}= 1")
                return self(first)
            name = self.context.temporary("old")
            self.context.hoist(f"{name} = {self(first).code}", f"{self.target(first)} {sign}= 1")
            return Value(name, "std", ATOM, node.type)
        if op in ("+=", "-="):
            self.context.hoist(f"{self.target(first)} {op} {self.number(kids[1]).code}")
            return self(first)
        if op == "-" and is_iterator(kids[1].type):
            one, other = self.spot_of(first), self.spot_of(kids[1])
            if other.code == "0":
                return replace(one, type=node.type)
            found = self.list_place(kids[1])
            if found is not None and found[1].code == "0":
                return Value(f"{one.at(ATOM)}.at", "int", ATOM, node.type)
            return Value(f"{one.at(SUM)} - {other.at(SUM + 1)}", "int", SUM, node.type)
        if op in ("+", "-") and isinstance(plain(kids[1].type), Int):
            return Value(
                f"{self.spot_of(first).at(SUM)} {op} {self.number(kids[1]).at(SUM + 1)}", "std", SUM, node.type
            )
        if op == "[]":
            kind = plain(first.type)
            assert isinstance(kind, Std)
            return self.std_or_plain(f"{self(first).at(ATOM)}[{self.number(kids[1]).code}]", kind.of[0])
        return None

    def timed(self, op: str, kids: list[Node], node: Node) -> Value | None:
        return timed(self, op, kids, node)

    def std_duration_cast(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(node.type)
        assert isinstance(kind, Std)
        return scaled_by_fraction(self, arguments[0], kind) or super().std_duration_cast(arguments, node)

    @staticmethod
    def after(node: Node) -> bool:
        """Whether ``x++`` is meant, which gives what there was before."""
        return len(node.kids) == 2

    def atomic(self, op: str, kids: list[Node], kind: Std, node: Node) -> Value:
        """An operator of a number that threads share."""
        made = self(kids[0])
        of = kind.of[0]
        if not isinstance(of, Int):
            raise Untranslatable("an atomic that is no number")
        value = "1" if op in ("++", "--") else self.number(kids[1]).code if len(kids) == 2 else ""
        found = Range(of.low, of.high)
        if op == "=":
            self.context.hoist(f"{made.at(ATOM)}.store({value})")
            return Value(f"{made.at(ATOM)}.load()", "int", ATOM, of, found)
        if op in ("++", "--") and self.after(node):
            return Value(f"{made.at(ATOM)}.fetch_{'add' if op == '++' else 'sub'}(1)", "int", ATOM, of, found)
        if op in ("++", "--", "+=", "-="):
            return Value(f"{made.at(ATOM)}.{'add' if op[0] == '+' else 'sub'}({value})", "int", ATOM, of, found)
        raise Untranslatable(f"no counterpart of operator{op}")

    def own_operator(self, op: str, kids: list[Node], node: Node) -> Value:
        decl = node.decl
        assert decl is not None
        if decl.extern and op == "=":
            self.context.hoist(*self.set_rows(kids[0], kids[1]))
            return self(kids[0])
        codes = self.to_parameters(kids[1:], decl)
        shown = method_name(self.context.program.classes.get(decl.owner), decl)
        owner = self.structure(kids[0])
        if shown == OPERATORS.get(op) and len(codes) == 1 and op in _INFIX:
            code = f"{owner} {op} {codes[0] if codes[0].replace('.', '').isalnum() else f'({codes[0]})'}"
            return replace(self.result(self.led_back(f"({code})", decl), node), level=ATOM)
        if shown == "__getitem__" and op == "[]":
            return self.result(self.led_back(f"{owner}[{codes[0]}]", decl), node)
        if shown == "__call__":
            return self.result(self.led_back(f"{owner}({', '.join(codes)})", decl), node)
        if op in ("++", "--"):
            codes = codes[: len(decl.params)]
        return self.result(self.led_back(f"{owner}.{shown}({', '.join(codes)})", decl), node)

    def part_of_text(self, node: Node) -> Value:
        """An operand of ``+`` between strings."""
        if isinstance(node.type, Int):
            return Value(self.letter_text(node), "std", ATOM, Std("string"))
        return self.string(node)

    def item(self, owner: Node, index: Node, kind: Std) -> Value:
        made = self(owner) if not is_iterator(kind) else Value("")
        of = kind.of[0].of if kind.of and isinstance(kind.of[0], Array) else kind.of[0] if kind.of else kind
        if is_iterator(kind):
            by = self.number(self.unsized(index))
            if (found := string_place(self, owner)) is not None:
                return self.letter_of(found[0], f"{found[1]} + {by.at(SUM + 1)}")
            return self.std_or_plain(f"{self.place(owner).at(ATOM)}[{by.code}]", of)
        if kind.name in LISTS or (kind.name == "unique_ptr" and of is not kind.of[0]):
            return self.std_or_plain(f"{made.at(ATOM)}[{self.number(self.unsized(index)).code}]", of)
        if kind.name == "ordered_map":
            key = self.element_for(kind.of[0], index).code
            return self.std_or_plain(f"{made.at(ATOM)}.setdefault({key}, {self.zero_of(kind.of[1]).code})", kind.of[1])
        if kind.name in MAPS:
            zero = self.zero_of(kind.of[1])
            return self.std_or_plain(f"{made.at(ATOM)}.setdefault({self(index).code}, {zero.code})", kind.of[1])
        if kind.name == "bitset":
            return Value(f"{made.at(ATOM)}[{self.number(self.unsized(index)).code}]", "int", ATOM, BOOL, Range(0, 1))
        if is_string(kind):
            at = self.number(self.unsized(index)).code
            at = "-1" if at == f"(len(os.fsencode({made.code})) - 1) & 0xFFFFFFFFFFFFFFFF" else at
            code = f"char(os.fsencode({made.code})[-1])" if at == "-1" else f"char_at({made.code}, {at})"
            return Value(code, "int", ATOM, Int(8, True, "char"), Range(-128, 127))
        raise Untranslatable(f"an element of a std::{kind.name}")

    def wanted(self, node: Node, slot: Slot | None, kind: CType) -> Value:
        inner = bare(node)
        if inner.kind == "cond" and any(bare(kid).kind == "newarray" for kid in inner.kids[1:] if kid is not None):
            test = self.condition(inner.kid(0))
            with self.context.purely():
                yes, no = (self.given(inner.kid(at), slot, kind) for at in (1, 2))
            code, form = f"{yes.code} if {test.code} else {no.code}", no.form if yes.form == "none" else yes.form
            return Value(code, form, TERNARY, kind, nullable=True)
        if inner.kind != "newarray":
            return super().wanted(node, slot, kind)
        to = pointee(kind)
        form = slot.form if slot is not None else "ptr"
        if to is None or isinstance(to, Std) or form not in ("ptr", "list", "bytes"):
            raise Untranslatable("memory from new")
        if len(inner.kids) == 2:
            count = bare(inner.kid(0)).value
            made = self.initial(Array(to, count if isinstance(count, int) else None), bare(inner.kid(1)), slot)
            if made.form != form:
                raise Untranslatable("memory from new")
            return replace(made, type=kind)
        if isinstance(to, Struct):
            return self.new_objects(to, self.number(self.unsized(inner.kid(0))), form, kind)
        count = self.number(self.unsized(inner.kid(0)))
        if form == "bytes":
            return Value(f"bytearray({count.code})", "bytes", ATOM, kind)
        if form == "list":
            return Value(f"[{self.zero(to).code}] * {count.at(PRODUCT)}", "list", PRODUCT, kind)
        return Value(f"array({self.element_name(to)}, {count.code})", "ptr", ATOM, kind)

    def alone(self, node: Node) -> Sequence[str]:
        inner = node
        while inner.kind in ("cast", "convert") and isinstance(inner.type, Void):
            inner = inner.kid(0)
        self.alone_now = inner
        if inner.kind == "operator":
            rows = self.operator_rows(inner)
            if rows is not None:
                return rows
        if inner.kind == "operator" and inner.decl is not None and inner.name == ">>":
            return [self(inner).code]
        if inner.kind in ("call", "operator") and inner.name in ("getline", ">>") and self.state_of(inner) is not None:
            return []
        if inner.kind == "throw":
            return [self.throwing(inner)]
        if inner.kind == "delete":
            return self.deleted(inner.kid(0), several=inner.name == "[]")
        name = bare(inner.kid(0)).name if inner.kind == "call" else ""
        special = self.of_files(inner) or (
            hasattr(self, f"std_{name}") and not (name == "remove" and len(inner.kids) == 2)
        )
        if inner.kind in ("method", "construct") or special:
            made = self(inner)
            idle = (made.form == "none" and made.of != "effect") or made.code.replace(".", "").isidentifier()
            return [] if idle else [made.code]
        return super().alone(node)

    def throwing(self, node: Node) -> str:
        """``throw``; where nothing is caught and something would clean up, the program ends at once."""
        if not node.kids:
            return "raise"
        code = self.thrown(node.kid(0))
        return f"raise {code}" if self.catches or not self.any_cleans_up else f"terminate({code})"

    @property
    def catches(self) -> bool:
        """Whether the program catches anything."""
        if not hasattr(self, "_catches"):
            self._catches = any(part.kind == "try" for body in self.bodies() for part in walk(body))
        return self._catches

    @property
    def any_cleans_up(self) -> bool:
        return any(self.cleans_up(name) for name in self.context.program.classes)

    def thrown(self, node: Node) -> str:
        """What is thrown, as an exception."""
        kind = plain(node.type)
        inner = bare(node)
        if isinstance(kind, Std) and kind.name in EXCEPTIONS:
            return self(node).code
        if isinstance(kind, Struct):
            if inner.kind == "name" and inner.decl is not None and isinstance(inner.decl.type, Ref):
                raise Untranslatable("a copy of what was caught is thrown")
            return self(node).code if is_fresh(inner) else self.copied(node).code
        value = self.string(node) if is_string(kind) else integer(self(node))
        return f'thrown.of("{self.thrown_kind(kind)}")({value.code})'

    @staticmethod
    def thrown_kind(kind: CType) -> str:
        """What tells types that are thrown apart."""
        if is_string(kind):
            return "std::string"
        if isinstance(kind, Int):
            return (
                "bool"
                if kind.bits == 1
                else kind.name
                if kind.bits in (8, 32) and "char" in kind.name
                else type_name(kind)
            )
        if isinstance(kind, Float):
            return "double" if kind.bits == 64 else "float"
        if is_pointer(kind) and is_char(pointee(kind)):
            return "const char *"
        raise Untranslatable("what is thrown is no exception")

    def operator_rows(self, node: Node) -> list[str] | None:
        op = node.name
        first = node.kid(0)
        if op == "<<" and (chain := self.chain(node)) is not None:
            return self.printed(*chain)
        if node.decl is not None and not (op == "=" and node.decl.extern):
            return None
        if op == "=" and isinstance(plain(first.type), (Std, Struct)):
            return self.set_rows(first, node.kid(1))
        if is_iterator(first.type) and op in ("++", "--", "+=", "-="):
            by = "1" if len(op) == 2 and op[0] == op[1] else self.number(node.kid(1)).code
            return [f"{self.target(first)} {op[0]}= {by}"]
        if op == "+=" and is_string(plain(first.type)) and (part := self.tuple_part(bare(first))) is not None:
            return self.part_rows(node, bare(first), *part)
        if op == "+=" and is_string(plain(first.type)):
            if self.any_letter(node.kid(1)):
                return [f"{self.target(first)} = appended({self(first).code}, {self.number(node.kid(1)).code})"]
            return [f"{self.target(first)} += {self.part_of_text(node.kid(1)).code}"]
        return None

    def on_dynamic(self, node: Node) -> Value:
        """``dynamic_cast<T *>(p)``."""
        kind = node.type
        to = kind.to if isinstance(kind, Pointer) else None
        if not isinstance(to, Struct) or to.name not in self.context.program.classes:
            raise Untranslatable("a cast to a reference")
        made = self(node.kid(0))
        name = self.simple_name(made) if not self.context.pure or made.code.isidentifier() else ""
        if not name:
            raise Untranslatable("a cast within an expression")
        return Value(f"({name} if isinstance({name}, {to.name}) else None)", "object", ATOM, kind, nullable=True)

    def on_new(self, node: Node) -> Value:
        made = self(node.kid(0))
        return replace(made, form="object", type=node.type, of="", nullable=False)
