"""Algorithms that are functions of places in the runtime, whatever the container is."""

from __future__ import annotations

from dataclasses import replace
from functools import partialmethod

from oss.tools.migrate.c_types import CType, Float, Function, Int, Std, Struct, Void
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_functions import bound
from oss.tools.migrate.cpp_iterators import core, is_iterator
from oss.tools.migrate.cpp_places import string_place
from oss.tools.migrate.cpp_trees import tree
from oss.tools.migrate.cpp_types import is_string, orders_objects, plain
from oss.tools.migrate.names import type_name
from oss.tools.migrate.nodes import Decl, Node, bare
from oss.tools.migrate.values import ATOM, COMPARISON, SUM, Range, Untranslatable, Value, integer

__all__ = ["CppRanges"]

_ON_PLACES = ("rotate", "partition", "stable_partition", "replace", "replace_if", "adjacent_find", "find_if_not",
              "next_permutation", "prev_permutation", "minmax_element", "swap_ranges")  # fmt: skip
_INTO = {"set_union": "set_union", "set_intersection": "set_intersection", "set_difference": "set_difference",
         "set_symmetric_difference": "set_symmetric_difference", "merge": "merged"}  # fmt: skip


class CppRanges(CppAlgorithms):
    """The part of the C++ writer that calls algorithms on places."""

    def on_places(self, arguments: list[Node], node: Node, name: str) -> Value:
        """An algorithm that is given places, functions and values."""
        text = string_place(self, arguments[0])
        if text is not None:
            return self.on_letters(text[0], arguments, node, name)
        return self._given(f"{name}({', '.join(self._argument(row, arguments[0]) for row in arguments)})", node)

    def _argument(self, node: Node, first: Node) -> str:
        kind, of = plain(node.type), self.element_kind(first)
        if is_iterator(kind) or self.edge(core(node)) is not None:
            return self.place(node).code
        if isinstance(kind, Function) or (isinstance(kind, Std) and kind.name == "function"):
            return self._fitted_function(node, of)
        if isinstance(kind, (Struct, Std)) and not is_string(kind):
            return self._fitted_function(node, of) if self._calls(kind) else self.element_value(node).code
        return self.suited(integer(self.element_value(node)).code, kind, of, node)

    def _fitted_function(self, node: Node, of: CType) -> str:
        known = self.signature(node)
        return self.function_code(node, [of] * len(known[0]) if known is not None else ())

    def _calls(self, kind: object) -> bool:
        known = self.class_of(kind) if isinstance(kind, Struct) else None
        return known is not None and bool(known.method("operator()"))

    def on_letters(self, text: Node, arguments: list[Node], node: Node, name: str) -> Value:
        """The same on the letters of a string, which becomes another one."""
        if not isinstance(node.type, Void) and not isinstance(node.type, Int) and self.alone_now is not node:
            raise Untranslatable("a place in a string")
        letters = self.context.temporary("letters")
        self.context.hoist(f"{letters} = letters({self(text).code})")
        codes = []
        for argument in arguments:
            found = string_place(self, argument)
            if found is not None and self(found[0]).code != self(text).code:
                raise Untranslatable("places in two strings")
            codes.append(f"ptr({letters}, {found[1]})" if found is not None else self._argument(argument, arguments[0]))
        made = self._given(f"{name}({', '.join(codes)})", node)
        if isinstance(node.type, Int):
            done = self.context.temporary("done")
            self.context.hoist(f"{done} = {made.code}", f"{self.target(text)} = text_of({letters})")
            return Value(done, "bool", ATOM, range=Range(0, 1))
        self.context.hoist(made.code, f"{self.target(text)} = text_of({letters})")
        return Value("None", "none", ATOM, node.type)

    def _given(self, code: str, node: Node) -> Value:
        if self.alone_now is node or isinstance(node.type, Void):
            return self.effect(code, node)
        if isinstance(node.type, Int):
            return Value(code, "int", ATOM, node.type, Range(0, 1))
        return Value(code, "std", ATOM, plain(node.type))

    def into(self, arguments: list[Node], node: Node, name: str) -> Value:
        """An algorithm that stores what it makes of two ranges."""
        one, other = self.span(*arguments[:2]), self.span(*arguments[2:4])
        return self.output(arguments[4], f"{_INTO[name]}({one}, {other})", node)

    def make_tree(self, kind: Std, arguments: list[Node]) -> Value:
        return tree(self, kind, arguments)

    def std_bind(self, arguments: list[Node], node: Node) -> Value:
        return bound(self, arguments, plain(node.type))

    def std_mem_fn(self, arguments: list[Node], node: Node) -> Value:
        made = self(arguments[0])
        kind = plain(arguments[0].type)
        if isinstance(kind, Std) and kind.name == "field_pointer":
            return Value(f"lambda item: getattr(item, {made.code})", "std", 0, plain(node.type))
        return replace(made, type=plain(node.type))

    def std_invoke(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(arguments[0].type)
        if isinstance(kind, Std) and kind.name == "field_pointer":
            return self.on_through(Node("through", node.place, node.type, [arguments[1], arguments[0]], ".*"))
        raise Untranslatable("no counterpart of invoke() with these arguments")

    def std_partial_sum(self, arguments: list[Node], node: Node) -> Value:
        of = plain(self.element_kind(arguments[0]))
        if not isinstance(of, (Int, Float)) or of == Float(32):
            raise Untranslatable("sums of such values")
        more = f", {type_name(of)}" if isinstance(of, Int) and (not of.signed or of.bits < 32) else ""
        return self.output(arguments[2], f"partial_sums({self.span(*arguments[:2])}{more})", node)

    def std_inner_product(self, arguments: list[Node], node: Node) -> Value:
        start, kind = self.number(arguments[3]), plain(node.type)
        code = f"inner_product({self.span(*arguments[:2])}, {self.place(arguments[2]).code}, {start.code})"
        parts = [plain(self.element_kind(argument)) for argument in (arguments[0], arguments[2])]
        alike = all(isinstance(part, Int) for part in parts) or isinstance(kind, Float)
        wide = kind == Float(64) or (isinstance(kind, Int) and kind.signed and kind.bits >= 32)
        if alike and wide and Float(32) not in parts:
            return Value(code, "float" if isinstance(kind, Float) else "int", ATOM, node.type)
        raise Untranslatable("a sum of such values")

    def std_gcd(self, arguments: list[Node], node: Node, name: str = "gcd") -> Value:
        codes = ", ".join(self.number(argument).code for argument in arguments)
        assert isinstance(node.type, Int)
        return Value(f"math.{name}({codes})", "int", ATOM, node.type, Range(0, node.type.high))

    std_lcm = partialmethod(std_gcd, name="lcm")

    def std_iota(self, arguments: list[Node], node: Node) -> Value:
        """``std::iota``: numbers of the type of the first one, each as what the range holds."""
        start, kind, of = self.number(arguments[2]), plain(arguments[2].type), self.element_kind(arguments[0])
        if not isinstance(of, Int) or not isinstance(kind, Int):
            raise Untranslatable("numbers of such a type that fill a range")
        text = self.in_string(arguments)
        count = f"len({self.span(arguments[0], arguments[1])})"
        first = start.at(SUM)
        items = f"range({count})" if start.code == "0" else f"range({start.code}, {first} + {count})"
        known = self.range(arguments[2])
        signed = kind.signed and kind.bits >= 32  # more than its greatest has no meaning in C++
        if not signed:
            items = f"map({type_name(kind)}, {items})"
        low = known.low if signed and known is not None else kind.low
        if of.low > low or of.high < kind.high:
            items = f"map({type_name(of)}, {items})"
        return self._range_filled(arguments, text, items, node)

    def std_generate(self, arguments: list[Node], node: Node) -> Value:
        text, of = self.in_string(arguments), self.element_kind(arguments[0])
        count = f"len({self.span(arguments[0], arguments[1])})"
        return self._range_filled(arguments, text, self._calls_of(arguments[2], of, count), node)

    def std_generate_n(self, arguments: list[Node], node: Node) -> Value:
        if self.alone_now is not node:
            raise Untranslatable("the place behind what is generated")
        count = self.number(self.unsized(arguments[1])).code
        return self.output(arguments[0], self._calls_of(arguments[2], self.output_kind(arguments[0]), count), node)

    def _calls_of(self, function: Node, of: CType | None, count: str) -> str:
        """What a function gives, call after call, while the results are stored."""
        inner = bare(function)
        if inner.kind == "name" and (self.changing.value(inner) or isinstance(plain(inner.type), Struct)):
            raise Untranslatable("a copy of a function that changes what it keeps")
        if of is not None and not self.immutable(of):
            raise Untranslatable("objects that fill a range")
        code = self.function_code(function, [], of)
        if not code.replace(".", "").isidentifier():
            name = self.context.temporary("made")
            self.context.hoist(f"{name} = {code}")
            code = name
        return f"({code}() for _ in range({count}))"

    def _range_filled(self, arguments: list[Node], text: Node | None, items: str, node: Node) -> Value:
        """Values go where a range is; one that is all of a string is another string then."""
        if text is not None:
            self.context.hoist(f"{self.target(text)} = text_of({items})")
            return Value("None", "none", ATOM, node.type)
        return self.effect(f"stored({self.place(arguments[0]).code}, {items})", node)

    def std_lexicographical_compare(self, arguments: list[Node], node: Node) -> Value:
        items, others = self.span(*arguments[:2]), self.span(*arguments[2:])
        of = self.element_kind(arguments[0])
        if isinstance(of, Struct) or orders_objects(of):
            return Value(f"precedes({items}, {others})", "bool", ATOM, range=Range(0, 1))
        code = f"{items} < {others}"
        return Value(code, "bool", COMPARISON, range=Range(0, 1))

    def std_includes(self, arguments: list[Node], node: Node) -> Value:
        code = f"not set_difference({self.span(*arguments[2:])}, {self.span(*arguments[:2])})"
        return Value(code, "bool", COMPARISON - 1, range=Range(0, 1))

    def output(self, out: Node, values: str, node: Node) -> Value:
        inner = core(out)
        kind = plain(inner.type)
        if not isinstance(kind, Std) or kind.name != "ostream_iterator" or inner.kind != "construct":
            return super().output(out, values, node)
        item = Decl(self.context.temporary("item"), kind.of[0], "local", node.place)
        item.python = item.name
        shown = Node("name", node.place, kind.of[0], name=item.name)
        shown.decl = item
        rows = self.printed(bare(inner.kid(0)), [shown, *(kid for kid in inner.kids[1:] if kid is not None)])
        self.context.hoist(f"for {item.name} in {values}:", *(f"    {row}" for row in rows))
        return Value("None", "none", ATOM, node.type)

    def printed(self, stream: Node, rows: list[Node]) -> list[str]:
        """``print`` of what goes to a stream."""
        raise NotImplementedError


for _name in _ON_PLACES:
    setattr(CppRanges, f"std_{_name}", partialmethod(CppRanges.on_places, name=_name))
for _name in _INTO:
    setattr(CppRanges, f"std_{_name}", partialmethod(CppRanges.into, name=_name))
