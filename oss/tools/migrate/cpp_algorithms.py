"""C++'s algorithms: on whole containers as Python says it, else by those of ``oss.c_runtime.algorithm``."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import DOUBLE, Array, CType, Float, Int, Pointer, Ref, Std, Struct
from oss.tools.migrate.cpp_iterators import core
from oss.tools.migrate.cpp_library import CppLibrary
from oss.tools.migrate.cpp_places import place_value
from oss.tools.migrate.cpp_types import LISTS, boxes, is_string, orders_objects, plain
from oss.tools.migrate.cpp_walks import walked
from oss.tools.migrate.names import type_name
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import ATOM, COMPARISON, SUM, Range, Untranslatable, Value, integer, stored

__all__ = ["CppAlgorithms"]


class CppAlgorithms(CppLibrary):
    """The part of the C++ writer that calls algorithms."""

    # numbers

    def std_max(self, arguments: list[Node], node: Node) -> Value:
        return self.extreme("max", arguments, node)

    def std_min(self, arguments: list[Node], node: Node) -> Value:
        return self.extreme("min", arguments, node)

    def extreme(self, word: str, arguments: list[Node], node: Node) -> Value:
        first = bare(arguments[0])
        if first.kind in ("list", "construct") and len(arguments) == 1:
            items = first if first.kind == "list" else bare(first.kid(0))
            codes = [self.number(kid).code for kid in items.kids if kid is not None]
            return Value(
                f"{word}({', '.join(codes)})", "float" if isinstance(node.type, Float) else "int", ATOM, node.type
            )
        kind = plain(arguments[0].type)
        if (
            len(arguments) == 2
            and isinstance(kind, (Struct, Std))
            and not is_string(kind)
            and self.comparable(kind, "<")
            and not orders_objects(kind)
        ):
            objects = [self(argument) for argument in arguments]
            return Value(f"{word}({', '.join(made.code for made in objects)})", objects[0].form, ATOM, kind)
        if len(arguments) != 2 or not (isinstance(kind, (Int, Float)) or is_string(kind)):
            raise Untranslatable(f"no counterpart of {word}()")
        if is_string(kind):
            one, other = (self.string(argument) for argument in arguments)
            return Value(f"{word}({one.code}, {other.code})", "std", ATOM, Std("string"))
        one, other = self.number(arguments[0]), self.number(arguments[1])
        ranges = self.range(arguments[0]), self.range(arguments[1])
        found = None
        if ranges[0] is not None and ranges[1] is not None:
            pick = max if word == "max" else min
            found = Range(pick(ranges[0].low, ranges[1].low), pick(ranges[0].high, ranges[1].high))
        return Value(f"{word}({one.code}, {other.code})", one.form, ATOM, node.type, found)

    def std_minmax(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(node.type)
        if not isinstance(kind, Std) or not isinstance(kind.of[0], Int):
            raise Untranslatable("no counterpart of minmax()")
        kids = list(arguments)
        if len(arguments) == 1:
            inner = bare(arguments[0])
            kids = [kid for kid in (inner.kid(0) if inner.kind == "construct" else inner).kids if kid is not None]
        rows = f"[{', '.join(self.number(kid).code for kid in kids)}]"
        name = self.simple_name(Value(rows))
        return Value(f"(min({name}), max({name}))", "std", ATOM, kind)

    def std_clamp(self, arguments: list[Node], node: Node) -> Value:
        timed = isinstance(kind := plain(node.type), Std) and kind.name in ("duration", "time_point")
        value, low, high = (self(argument) if timed else self.number(argument) for argument in arguments)
        return Value(f"max({low.code}, min({value.code}, {high.code}))", value.form, ATOM, node.type)

    def std_swap(self, arguments: list[Node], node: Node) -> Value:
        one, other = arguments
        kind = plain(one.type)
        if isinstance(kind, Struct) and self.ends(kind):
            raise Untranslatable("objects that clean up are exchanged")
        objects = isinstance(kind, (Struct, Array)) or (isinstance(kind, Std) and not self.immutable(kind))
        if objects and any(self.is_shared(argument) for argument in arguments):
            return self.exchanged(one, other, kind)
        first, second = self(one), self(other)
        if first.form in ("place", "offset", "list", "bytes"):
            raise Untranslatable("pointers that are exchanged")
        self.context.hoist(f"{self.target(one)}, {self.target(other)} = {second.code}, {first.code}")
        return Value("None", "none", ATOM, node.type)

    def std_exchange(self, arguments: list[Node], node: Node) -> Value:
        """``std::exchange(x, y)``: what was there before."""
        kind = plain(arguments[0].type)
        if self.ends(kind) or not self.immutable(kind):
            raise Untranslatable("no counterpart of exchange()")
        old, slot = (
            self.context.temporary("old"),
            self.context.uses.slot(arguments[0]) if isinstance(kind, Pointer) else None,
        )
        made = self(arguments[0])
        given = arguments[1]
        if isinstance(kind, (Int, Float)) and plain(given.type) != kind:
            given = Node("convert", given.place, kind, [given])
        new = self.initial(kind, given, slot)
        self.context.hoist(f"{old} = {made.code}", f"{self.target(arguments[0])} = {integer(new).code}")
        return replace(made, code=old, level=ATOM)

    def exchanged(self, one: Node, other: Node, kind: CType) -> Value:
        """Objects that something else may refer to exchange what they hold."""
        first, second = self(one), self(other)
        name = self.context.temporary("kept")
        if isinstance(kind, Struct) and not self.ends(kind):
            kept = self.copy_of(first.code, kind)
            self.context.hoist(
                f"{name} = {kept}", f"assign({first.code}, {second.code})", f"assign({second.code}, {name})"
            )
        elif isinstance(kind, Std) and kind.name == "pair" and not self.ends(kind):
            self.context.hoist(f"{name} = {self.copy_of(first.code, kind)}")
            whole = Value(name, "std", ATOM, kind)
            self.context.hoist(*self.filled_rows(one, kind, second), *self.filled_rows(other, kind, whole))
        elif isinstance(kind, Std) and kind.name in LISTS and not self.is_linked(kind):
            one_code, other_code = first.at(ATOM), second.at(ATOM)
            self.context.hoist(f"{one_code}[:], {other_code}[:] = {other_code}[:], {one_code}[:]")
        else:
            raise Untranslatable("objects that are exchanged")
        return Value("None", "none", ATOM)

    # ranges that change

    def effect(self, code: str, node: Node) -> Value:
        return Value(code, "none", ATOM, node.type, of="effect")

    def in_string(self, arguments: list[Node]) -> Node | None:
        """The string whose letters an algorithm changes."""
        whole = self.whole_of(arguments[0], arguments[1])
        return whole if whole is not None and is_string(plain(whole.type)) else None

    def std_sort(self, arguments: list[Node], node: Node) -> Value:
        less = self.order(arguments[2], self.element_kind(arguments[0])) if len(arguments) == 3 else ""
        if not less:
            self.alike_known(arguments[0])
            less = "precedes" if orders_objects(self.element_kind(arguments[0])) else ""
        if (text := self.in_string(arguments)) is not None:
            key = f", key=key_of({less})" if less else ""
            self.context.hoist(f"{self.target(text)} = text_of(sorted(letters({self(text).code}){key}))")
            return Value("None", "none", ATOM, node.type)
        whole = self.whole_of(arguments[0], arguments[1])
        kind = plain(whole.type) if whole is not None else None
        if whole is None or not isinstance(kind, Std) or kind.name not in LISTS:
            codes = [self.place(argument).code for argument in arguments[:2]]
            return self.effect(f"sort({', '.join([*codes, *([less] if less else [])])})", node)
        self.orderable(kind)
        if less == "lambda a, b: a > b" and isinstance(kind.of[0], (Int, Float)):
            return self.effect(f"{self(whole).at(ATOM)}.sort(reverse=True)", node)
        return self.effect(f"{self(whole).at(ATOM)}.sort({f'key=key_of({less})' if less else ''})", node)

    std_stable_sort = std_sort

    def order(self, node: Node, of: CType) -> str:
        """A comparison that is given to an algorithm."""
        inner = bare(node)
        kind = plain(inner.type)
        if inner.kind in ("construct", "list") and isinstance(kind, Std) and kind.name in ("less", "greater"):
            return f"lambda a, b: a {'<' if kind.name == 'less' else '>'} b"
        return self.function_code(node, [of, of])

    def comparable(self, kind: CType, op: str) -> bool:
        """Whether Python compares values as C++ does."""
        raise NotImplementedError

    def alike_known(self, node: Node, op: str = "<") -> None:
        """Refuses elements, behind an iterator, of which it is not known how they are compared."""
        of = plain(self.element_kind(node))
        if isinstance(of, Struct) and not self.comparable(of, op):
            raise Untranslatable(f"no counterpart of operator{op}")

    def orderable(self, kind: Std) -> None:
        """Refuses to compare what Python would compare otherwise."""
        item = kind.of[0]
        if isinstance(item, Pointer):
            raise Untranslatable("an order of addresses")

    def std_reverse(self, arguments: list[Node], node: Node) -> Value:
        if (text := self.in_string(arguments)) is not None:
            code = self(text).code
            self.context.hoist(f"{self.target(text)} = os.fsdecode(os.fsencode({code})[::-1])")
            return Value("None", "none", ATOM, node.type)
        whole = self.whole_of(arguments[0], arguments[1])
        if whole is not None and isinstance(plain(whole.type), Std):
            return self.effect(f"{self(whole).at(ATOM)}.reverse()", node)
        first = self.place(arguments[0])
        return self.effect(f"stored({first.code}, {self.span(arguments[0], arguments[1])}[::-1])", node)

    def std_fill(self, arguments: list[Node], node: Node) -> Value:
        value = self.element_value(arguments[2])
        if not self.immutable(plain(arguments[2].type)):
            raise Untranslatable("objects that fill a range")
        code = self.suited(value.code, arguments[2].type, self.element_kind(arguments[0]), node)
        first = self.place(arguments[0])
        count = f"len({self.span(arguments[0], arguments[1])})"
        return self.effect(f"stored({first.code}, [{code}] * {count})", node)

    def std_for_each(self, arguments: list[Node], node: Node) -> Value:
        function = bare(arguments[2])
        if function.kind == "lambda" and any(boxes(parameter.type) for parameter in function.decls):
            raise Untranslatable("a function that sets the elements")
        items, of = self.items_between(arguments[0], arguments[1])
        code = self.function_code(arguments[2], [of])
        name = self.simple_name(Value(code, level=ATOM if code.replace(".", "").isidentifier() else 0))
        self.context.hoist(f"for item in {items}:", f"    {name}(item)")
        return Value("None", "none", ATOM, node.type)

    def std_transform(self, arguments: list[Node], node: Node) -> Value:
        if len(arguments) != 4:
            raise Untranslatable("no counterpart of transform() with these arguments")
        items, of = self.given_items(arguments[0], arguments[1], arguments[3])
        made = f"transformed({items}, {self.function_code(arguments[3], [of], self.output_kind(arguments[2]))})"
        return self.output(arguments[2], made, node)

    def std_copy(self, arguments: list[Node], node: Node) -> Value:
        kind = self.output_kind(arguments[2]) or self.items_between(*arguments[:2])[1]
        return self.output(arguments[2], self.copied_span(arguments[0], arguments[1], kind), node)

    def std_copy_if(self, arguments: list[Node], node: Node) -> Value:
        items, of = self.items_between(*arguments[:2])
        test = self.predicate(arguments[3], "item", of)
        made = self.suited(self.copy_of("item", of), of, self.output_kind(arguments[2]), node)
        return self.output(arguments[2], f"[{made} for item in {items} if {test}]", node)

    def output_kind(self, out: Node) -> CType | None:
        """The type of what an iterator stores."""
        inner = core(out)
        kind = plain(inner.type)
        if inner.kind == "call" and bare(inner.kid(0)).name in ("back_inserter", "inserter"):
            kind = plain(inner.kid(1).type)
            return None if is_string(kind) or not isinstance(kind, Std) else kind.of[0]
        if isinstance(kind, Std) and kind.name == "ostream_iterator":
            return kind.of[0]
        edge = self.edge(inner)
        if edge is not None and is_string(plain(edge[0].type)):  # what is stored there is cut to a letter
            return None
        return self.element_kind(out)

    def output(self, out: Node, values: str, node: Node) -> Value:
        """Values go where an iterator that is written leads."""
        inner = core(out)
        if inner.kind == "call" and bare(inner.kid(0)).name in ("back_inserter", "inserter"):
            owner = inner.kid(1)
            kind = plain(owner.type)
            if is_string(kind):
                self.context.hoist(f"{self.target(owner)} += text_of({values})")
                return Value("None", "none", ATOM, node.type)
            word = "update" if isinstance(kind, Std) and kind.name == "set" else "extend"
            return self.effect(f"{self(owner).at(ATOM)}.{word}({values})", node)
        edge = self.edge(inner)
        if edge is not None and is_string(plain(edge[0].type)) and not edge[1]:
            text = self(edge[0]).code
            self.context.hoist(f"{self.target(edge[0])} = overwritten({text}, {values})")
            return Value("None", "none", ATOM, node.type)
        return self.effect(f"stored({self.place(out).code}, {values})", node)

    # questions

    def std_accumulate(self, arguments: list[Node], node: Node) -> Value:
        items, of = self.items_between(arguments[0], arguments[1])
        kind, of = plain(node.type), plain(of)
        if len(arguments) == 4:
            start = self.string(arguments[2]) if is_string(kind) else self.copied(arguments[2])
            function = self.function_code(arguments[3], [kind, of], kind)
            return self.std_or_plain(f"accumulate({items}, {integer(start).code}, {function})", kind)
        if is_string(kind):
            return Value(f'{self.string(arguments[2]).code} + "".join({items})', "std", 0, Std("string"))
        start = self.number(arguments[2])
        if isinstance(kind, Int) and isinstance(of, Int):
            code = f"sum({items}, {start.code})" if start.code != "0" else f"sum({items})"
            if kind.signed and of.bits <= kind.bits and kind.bits >= 32:
                return Value(code, "int", ATOM, node.type)
            return Value(f"{type_name(kind)}({code})", "int", ATOM, node.type)
        if isinstance(kind, Float) and kind.bits == 64 and isinstance(of, (Int, Float)):
            return Value(f"accumulate({items}, {start.code})", "float", ATOM, node.type)
        if isinstance(kind, (Int, Float)) and isinstance(of, (Int, Float)) and Float(32) not in (kind, of):
            wide = DOUBLE if Float(64) in (kind, of) else of if isinstance(of, Int) and of.bits > kind.bits else kind
            each = self.suited("a + b", wide, kind, node)
            return self.std_or_plain(f"accumulate({items}, {start.code}, lambda a, b: {each})", kind)
        raise Untranslatable("a sum of such values")

    def std_count(self, arguments: list[Node], node: Node) -> Value:
        self.alike_known(arguments[0], "==")
        value = stored(self.element_value(arguments[2]))
        return Value(f"list({self.span(arguments[0], arguments[1])}).count({value.code})", "int", ATOM, node.type)

    def std_count_if(self, arguments: list[Node], node: Node) -> Value:
        items, of = self.given_items(*arguments[:3])
        test = self.predicate(arguments[2], "item", of)
        return Value(f"sum(1 for item in {items} if {test})", "int", ATOM, node.type)

    def asked(self, word: str, arguments: list[Node]) -> Value:
        items, of = self.given_items(*arguments[:3])
        test = self.predicate(arguments[2], "item", of)
        return Value(f"{word}({test} for item in {items})", "bool", ATOM, range=Range(0, 1))

    def std_all_of(self, arguments: list[Node], node: Node) -> Value:
        return self.asked("all", arguments)

    def std_any_of(self, arguments: list[Node], node: Node) -> Value:
        return self.asked("any", arguments)

    def std_none_of(self, arguments: list[Node], node: Node) -> Value:
        made = self.asked("any", arguments)
        return Value(f"not {made.code}", "bool", COMPARISON - 1, range=Range(0, 1))

    def std_binary_search(self, arguments: list[Node], node: Node) -> Value:
        self.alike_known(arguments[0])
        value = stored(self.element_value(arguments[2]))
        items = self.span(arguments[0], arguments[1])
        return Value(f"{value.at(COMPARISON + 1)} in {items}", "bool", COMPARISON, range=Range(0, 1))

    def std_is_sorted(self, arguments: list[Node], node: Node) -> Value:
        self.alike_known(arguments[0])
        name = self.simple_name(Value(self.span(arguments[0], arguments[1])))
        return Value(f"{name} == sorted({name})", "bool", COMPARISON, range=Range(0, 1))

    def std_equal(self, arguments: list[Node], node: Node) -> Value:
        self.alike_known(arguments[0], "==")
        items = self.span(arguments[0], arguments[1])
        start = core(arguments[2])
        if start.kind == "method" and start.name in ("rbegin", "crbegin", "begin", "cbegin"):
            back = "rbegin" in start.name
            count = self.simple_name(Value(items))
            others = f"{self.items(start.kid(0))}[::-1]" if back else self.items(start.kid(0))
            return Value(f"{count} == {others}[:len({count})]", "bool", COMPARISON, range=Range(0, 1))
        other = self.place(arguments[2])
        return Value(
            f"{items} == span({other.code}, {other.code} + len({items}))", "bool", COMPARISON, range=Range(0, 1)
        )

    # places

    def placed(self, name: str, arguments: list[Node], node: Node, *more: str) -> Value:
        codes = [self.place(argument).code for argument in arguments[:2]]
        form = "ptr" if is_pointer(node.type) else "std"
        return Value(f"{name}({', '.join([*codes, *more])})", form, ATOM, node.type)

    def std_find(self, arguments: list[Node], node: Node) -> Value:
        self.alike_known(arguments[0], "==")
        return self.placed("find_value", arguments, node, stored(self.element_value(arguments[2])).code)

    def tested(self, arguments: list[Node]) -> str:
        return self.function_code(arguments[2], [self.element_kind(arguments[0])])

    def std_find_if(self, arguments: list[Node], node: Node) -> Value:
        return self.placed("find_if", arguments, node, self.tested(arguments))

    def std_remove_if(self, arguments: list[Node], node: Node) -> Value:
        return self.placed("remove_if", arguments, node, self.tested(arguments))

    def std_remove(self, arguments: list[Node], node: Node) -> Value:
        self.alike_known(arguments[0], "==")
        value = self.element_value(arguments[2])
        return self.placed("remove_if", arguments, node, f"lambda item: item == {stored(value).code}")

    def std_unique(self, arguments: list[Node], node: Node) -> Value:
        self.alike_known(arguments[0], "==")
        return self.placed("unique", arguments, node)

    def by_order(self, name: str, arguments: list[Node], node: Node) -> Value:
        if len(arguments) < 3:
            self.alike_known(arguments[0])
        more = [self.order(arguments[2], self.element_kind(arguments[0]))] if len(arguments) == 3 else []
        return self.placed(name, arguments, node, *more)

    def std_max_element(self, arguments: list[Node], node: Node) -> Value:
        return self.by_order("max_element", arguments, node)

    def std_min_element(self, arguments: list[Node], node: Node) -> Value:
        return self.by_order("min_element", arguments, node)

    def bound(self, name: str, arguments: list[Node], node: Node) -> Value:
        of, given = self.element_kind(arguments[0]), plain(arguments[2].type)
        if len(arguments) < 4:
            self.alike_known(arguments[0])
        more = [stored(self.element_value(arguments[2])).code]
        if len(arguments) == 4:
            first, second = (given, of) if name == "upper_bound" else (of, given)
            more.append(self.function_code(arguments[3], [first, second]))
        return self.placed(name, arguments, node, *more)

    def std_lower_bound(self, arguments: list[Node], node: Node) -> Value:
        return self.bound("lower_bound", arguments, node)

    def std_equal_range(self, arguments: list[Node], node: Node) -> Value:
        return self.bound("equal_range", arguments, node)

    def std_nth_element(self, arguments: list[Node], node: Node) -> Value:
        """What is told of it, and of ``partial_sort``, is true of a range that is sorted as a whole."""
        return self.std_sort([arguments[0], *arguments[2:]], node)

    std_partial_sort = std_nth_element

    def std_upper_bound(self, arguments: list[Node], node: Node) -> Value:
        return self.bound("upper_bound", arguments, node)

    def std_distance(self, arguments: list[Node], node: Node) -> Value:
        if (own := walked(self, *arguments)) is not None:
            return Value(f"sum(1 for _ in {own[0]})", "int", ATOM, node.type)
        one, other = (self.spot_of(argument) for argument in arguments)
        if one.code == "0":
            return replace(other, type=node.type)
        return Value(f"{other.at(SUM)} - {one.at(SUM + 1)}", "int", SUM, node.type)

    def moved_place(self, arguments: list[Node], node: Node, sign: str) -> Value:
        if (found := place_value(self, node)) is not None:
            return found
        by = self.number(arguments[1]).at(11) if len(arguments) == 2 else "1"
        return Value(f"{self.place(arguments[0]).at(10)} {sign} {by}", "std", 10, node.type)

    def std_next(self, arguments: list[Node], node: Node) -> Value:
        return self.moved_place(arguments, node, "+")

    def std_prev(self, arguments: list[Node], node: Node) -> Value:
        return self.moved_place(arguments, node, "-")

    def std_advance(self, arguments: list[Node], node: Node) -> Value:
        self.place(arguments[0])
        return self.effect(f"{self.target(arguments[0])} += {self.number(arguments[1]).code}", node)

    def std_begin(self, arguments: list[Node], node: Node) -> Value:
        return self.edge_value(node)

    std_end = std_begin

    def std_size(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(arguments[0].type)
        if isinstance(kind, Array):
            return Value(str(kind.count), "int", ATOM, node.type)
        return Value(f"len({self(arguments[0]).code})", "int", ATOM, node.type)

    # tuples

    def std_get(self, arguments: list[Node], node: Node) -> Value:
        index = bare(node.kid(0)).value
        kind = plain(arguments[0].type)
        if index is None and isinstance(kind, Std) and kind.name in ("pair", "tuple"):  # by its type
            places = [at for at, item in enumerate(kind.of) if item == plain(node.type)]
            index = places[0] if len(places) == 1 else None
        if not isinstance(index, int):
            raise Untranslatable("an element of a tuple of which it is not known which")
        return self.std_or_plain(f"{self(arguments[0]).at(ATOM)}[{index}]", node.type)

    def std_tuple_cat(self, arguments: list[Node], node: Node) -> Value:
        codes = [self.copied(argument).at(SUM + 1) for argument in arguments]
        return Value(" + ".join(codes), "std", SUM, plain(node.type))

    def std_make_tuple(self, arguments: list[Node], node: Node) -> Value:
        return self.make_tuple(node.type if isinstance(node.type, Std) else Std("tuple"), arguments)

    def std_dynamic_pointer_cast(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(node.type)
        made = self(arguments[0])
        to = kind.of[0] if isinstance(kind, Std) and kind.of else None
        if not isinstance(to, Struct) or to.name not in self.context.program.classes:
            raise Untranslatable("a cast to what is not known")
        name = self.simple_name(made)
        code = f"({name} if isinstance({name}, {to.name}) else None)"
        return Value(self.copy_of(code, kind), "std", ATOM, kind)

    def std_static_pointer_cast(self, arguments: list[Node], node: Node) -> Value:
        made = self(arguments[0])
        return replace(made, code=self.copy_of(made.code, plain(node.type)), type=plain(node.type))

    def std_forward(self, arguments: list[Node], node: Node) -> Value:
        return self(arguments[0])

    def std_ref(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(arguments[0].type)
        if boxes(Ref(kind)):
            return self.reference(arguments[0])
        return self(arguments[0])

    std_cref = std_ref
