"""The methods of C++'s containers: what they are in Python, where lists, dicts and sets stand for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from oss.tools.migrate.c_types import CType, Int, Std, Struct, Void
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_iterators import core, is_iterator, is_spot
from oss.tools.migrate.cpp_removals import ending
from oss.tools.migrate.cpp_trees import TREE_METHODS
from oss.tools.migrate.cpp_types import LISTS, MAPS, QUEUES, plain
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.values import ATOM, COMPARISON, NOT, Range, Untranslatable, Value, stored

__all__ = ["CONTAINERS"]

_Method: TypeAlias = Callable[[CppAlgorithms, Value, list[Node], Node], Value]


def effect(code: str, node: Node) -> Value:
    """A call that is there for what it does."""
    return Value(code, "none", ATOM, node.type, of="effect")


def nothing(node: Node) -> Value:
    return Value("None", "none", ATOM, node.type)


def of(made: Value, index: int = 0) -> CType:
    assert isinstance(made.type, Std)
    return made.type.of[index]


def _size(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"len({made.code})", "int", ATOM, node.type, Range(0, LENGTH))


def _empty(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"not {made.at(NOT)}", "bool", NOT, node.type, Range(0, 1))


def _idle(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return nothing(node)


def _reserved(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``v.reserve(n)``, which matters where elements notice that they move."""
    if not isinstance(made.type, Std) or made.type.name != "vector" or not write.noticed(of(made)):
        return nothing(node)
    return effect(f"{made.at(ATOM)}.reserve({write.number(write.unsized(arguments[0])).code})", node)


def _in_place(method: _Method) -> _Method:
    """What elements that notice where they are have no counterpart of."""

    def checked(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        if isinstance(made.type, Std) and made.type.name in ("vector", "deque") and write.noticed(of(made)):
            raise Untranslatable(f"{node.name}() of objects that notice where they are")
        return method(write, made, arguments, node)

    return checked


def _does(pattern: str) -> _Method:
    """A method with an effect; its arguments are elements."""

    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        codes = [write.element_of(argument, made.type).code for argument in arguments]
        if pattern.count("{1}") != len(codes):
            raise Untranslatable(f"no counterpart of {node.name}() with these arguments")
        return effect(pattern.format(made.at(ATOM), *codes), node)

    return method


def _gives(pattern: str) -> _Method:
    """A method that gives an element."""

    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        return write.std_or_plain(pattern.format(made.at(ATOM)), of(made))

    return method


def _emplaced(pattern: str) -> _Method:
    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        row = pattern.format(made.at(ATOM), write.constructed(of(made), arguments).code)
        if isinstance(node.type, Void):
            return effect(row, node)
        return effect(row, node)

    return method


def _list_insert(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``v.insert(place, x)``, and its like for several elements."""
    if write.is_linked(made.type):
        return _put_linked(write, made, arguments, node)
    index = write.index_in(node.kid(0), arguments[0])
    at_end = index.code == f"len({made.code})"
    if len(arguments) == 2 and bare(arguments[1]).kind == "list" and not isinstance(plain(arguments[1].type), Struct):
        codes = [write.element_value(kid).code for kid in bare(arguments[1]).kids if kid is not None]
        rows = f"[{', '.join(codes)}]"
    elif len(arguments) == 2:
        row = f"{made.at(ATOM)}.insert({index.code}, {write.element_value(arguments[1]).code})"
        return _then(write, made, index, row, node)
    elif isinstance(plain(arguments[1].type), Int) and not is_iterator(arguments[1].type):
        if write.ends(made.type):
            raise Untranslatable("several elements that clean up")
        count, value = write.container_size(arguments[1], "vector::_M_fill_insert"), write.element_value(arguments[2])
        rows = f"[{write.copy_of(value.code, of(made))} for _ in range({count.code})]"
    else:
        rows = write.copied_span(arguments[1], arguments[2], of(made))
    if at_end:
        return _then(write, made, index, f"{made.at(ATOM)}.extend({rows})", node)
    return _then(write, made, index, f"{made.at(ATOM)}[{index.code}:{index.code}] = {rows}", node)


def _then(write: CppAlgorithms, made: Value, index: Value, row: str, node: Node) -> Value:
    """What changes a list, and gives a place in it."""
    if write.alone_now is node:
        write.context.hoist(row)
        return nothing(node)
    at = index.code if index.code.isidentifier() or index.code.isdigit() or index.code.endswith(".at") else ""
    if not at:
        at = write.context.temporary("at")
        write.context.hoist(f"{at} = {index.code}")
        row = row.replace(index.code, at)
    write.context.hoist(row)
    return Value(f"ptr({made.code}, {at})", "std", ATOM, node.type)


def _linked(code: str, write: CppAlgorithms, node: Node) -> Value:
    """A method of a linked list, which gives a place."""
    if write.alone_now is node:
        return effect(code, node)
    return Value(code, "std", ATOM, node.type)


def _put_linked(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if len(arguments) != 2 or (bare(arguments[1]).kind == "list" and not isinstance(of(made), Struct)):
        raise Untranslatable("several elements that go into a list")
    at, value = write.place(arguments[0]), write.element_for(of(made), arguments[1])
    return _linked(f"{made.at(ATOM)}.put({at.code}, {value.code})", write, node)


def _spliced(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``l.splice(place, other, it)``."""
    other = write(arguments[1])
    if write.is_linked(made.type):
        places = [write.place(argument).code for argument in arguments[2:]]
        codes = [write.place(arguments[0]).code, other.code, *places]
        return effect(f"{made.at(ATOM)}.splice({', '.join(codes)})", node)
    if len(arguments) != 2:
        raise Untranslatable("a part of a list that goes into another")
    index = write.index_in(node.kid(0), arguments[0])
    return _hoisted(
        write,
        f"{made.at(ATOM)}[{index.code}:{index.code}], {other.at(ATOM)}[:] = {other.at(ATOM)}[:], []",
        node,
    )


def _removed(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``l.remove(x)`` and ``l.remove_if(f)``."""
    name = made.at(ATOM)
    if node.name == "remove":
        value = write.simple_name(stored(write.element_value(arguments[0])))
        test, left = f"lambda item: item == {value}", f"item != {value}"
    else:
        test = write.function_code(arguments[0], [of(made)])
        left = f"not {write.predicate(arguments[0], 'item', of(made))}"
    if write.is_linked(made.type):
        return effect(f"{name}.remove_if({test})", node)
    return _hoisted(write, f"{name}[:] = [item for item in {name} if {left}]", node)


def _uniform(method: _Method) -> _Method:
    """What a linked list has no counterpart of."""

    def checked(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        if write.is_linked(made.type):
            raise Untranslatable(f"{node.name}() of a list whose places are kept")
        return method(write, made, arguments, node)

    return checked


def _list_erase(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if len(arguments) == 2 and (kept := write.kept_items(made, arguments)) is not None:
        write.context.hoist(f"{made.at(ATOM)}[:] = {kept}")
        return nothing(node)
    if write.is_linked(made.type):
        if len(arguments) != 1:
            raise Untranslatable("a part of a list that is erased")
        return _linked(f"{made.at(ATOM)}.take({write.place(arguments[0]).code})", write, node)
    index = write.index_in(node.kid(0), arguments[0])
    if len(arguments) == 1:
        return _then(write, made, index, f"del {made.at(ATOM)}[{index.code}]", node)
    stop = write.index_in(node.kid(0), arguments[1])
    start = "" if index.code == "0" and write.alone_now is node else index.code
    end = "" if stop.code == f"len({made.code})" else stop.code
    return _then(write, made, index, f"del {made.at(ATOM)}[{start}:{end}]", node)


def _resized(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    size = write.container_size(arguments[0], "vector::_M_default_append")
    kind = of(made)
    value = write.element_value(arguments[1]) if len(arguments) == 2 else write.zero_of(kind)
    name = made.at(ATOM)
    count = write.simple_name(size)
    more = f"[{value.code}] * ({count} - len({name}))"
    if not write.immutable(kind):
        more = f"({write.copy_code(value, kind)} for _ in range({count} - len({name})))"
    write.context.hoist(f"del {name}[{count}:]", f"{name}.extend({more})")
    return nothing(node)


def _assigned(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    kind = of(made)
    if len(arguments) == 2 and isinstance(plain(arguments[0].type), Int):
        count, value = write.container_size(arguments[0]), write.element_value(arguments[1])
        rows = f"[{write.copy_of(value.code, kind)} for _ in range({count.code})]"
    elif len(arguments) == 2:
        rows = write.copied_span(arguments[0], arguments[1], kind)
    else:
        rows = write.element_value(arguments[0]).code
    return (
        effect(f"{made.at(ATOM)}[:] = {rows}", node)
        if write.alone_now is node
        else _hoisted(write, f"{made.at(ATOM)}[:] = {rows}", node)
    )


def _hoisted(write: CppAlgorithms, row: str, node: Node, *more: str) -> Value:
    write.context.hoist(row, *more)
    return nothing(node)


def _list_at(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    code = f"at({made.code}, {write.number(write.unsized(arguments[0])).code})"
    return write.std_or_plain(code, of(made))


def _map_at(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    key = write.element_of(arguments[0], made.type).code
    return write.std_or_plain(f"value_at({made.code}, {key})", of(made, 1))


def _filled(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if write.ends(made.type):
        raise Untranslatable("several elements that clean up")
    value = write.element_value(arguments[0]).code
    return _hoisted(write, f"{made.at(ATOM)}[:] = [{value}] * len({made.code})", node)


def _counted(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    key = write.element_of(arguments[0], made.type)
    return Value(f"int({key.at(COMPARISON + 1)} in {made.at(COMPARISON + 1)})", "int", ATOM, node.type, Range(0, 1))


def _pair_of(write: CppAlgorithms, arguments: list[Node], made: Value) -> tuple[str, str]:
    """The key and the value that go into a map."""
    if len(arguments) == 2:
        return write.element_of(arguments[0], made.type).code, write.constructed(of(made, 1), arguments[1:]).code
    inner = bare(arguments[0])
    kids = [kid for kid in inner.kids if kid is not None][1 if inner.kind == "call" else 0 :]
    while inner.kind == "construct" and len(kids) == 1 and bare(kids[0]).kind in ("construct", "call"):
        inner = bare(kids[0])
        kids = [kid for kid in inner.kids if kid is not None][1 if inner.kind == "call" else 0 :]
    if (
        inner.kind in ("construct", "call", "list")
        and len(kids) == 2
        and (inner.kind != "call" or inner.name == "make_pair")
    ):
        return write.element_of(kids[0], made.type).code, write.constructed(of(made, 1), kids[1:]).code
    whole = write.element_value(arguments[0])
    name = write.simple_name(whole)
    return f"{name}[0]", f"{name}[1]"


def _map_insert(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``m.insert({k, v})``, which leaves what is there already."""
    if len(arguments) == 2 and node.name == "insert":
        items = write.range_into_map(made.type, arguments) if isinstance(made.type, Std) else None
        if items is None:
            raise Untranslatable("a part of a map")
        item = write.context.temporary("item")
        return _hoisted(write, f"for {item} in {items}:", node, f"    {made.at(ATOM)}.setdefault(*{item})")
    if node.name == "insert" and write.noticed(of(made, 1)):
        raise Untranslatable("an object that cleans up goes into a map as a part of a pair")
    key, value = _pair_of(write, arguments, made)
    if node.name == "insert_or_assign":
        if write.ends(made.type):
            raise Untranslatable("an object that cleans up goes into a map that may have one")
        if write.alone_now is not node:
            return Value(f"assigned_pair({made.code}, {key}, {value})", "std", ATOM, node.type)
        return _hoisted(write, f"{made.at(ATOM)}[{key}] = {value}", node)
    if write.ends(made.type):
        return _map_given(write, made, key, value, node)
    if write.alone_now is node:
        return effect(f"{made.at(ATOM)}.setdefault({key}, {value})", node)
    return Value(f"inserted_pair({made.code}, {key}, {value})", "std", ATOM, node.type)


def _map_given(write: CppAlgorithms, made: Value, key: str, value: str, node: Node) -> Value:
    """What cleans up goes into a map, or ends where the map has something for its key."""
    if write.alone_now is not node or not isinstance(made.type, Std) or made.type.name not in MAPS:
        raise Untranslatable("an object that cleans up goes into a map that may have one")
    name = made.at(ATOM)
    if node.name == "try_emplace":
        return _hoisted(write, f"if {key} not in {name}:", node, f"    {name}[{key}] = {value}")
    given = write.context.temporary("given")
    ending = [f"    {row}" for row in write.ended(given, of(made, 1))]
    return _hoisted(
        write, f"{given} = {value}", node, f"if {key} in {name}:", *ending, "else:", f"    {name}[{key}] = {given}"
    )


def _set_insert(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if len(arguments) == 2:
        whole = write.whole_of(*arguments)
        items = write.any_items(whole) if whole is not None else write.span(*arguments)
        return _hoisted(write, f"{made.at(ATOM)}.update({items})", node)
    key = write.constructed(of(made), arguments).code
    if write.alone_now is node:
        return effect(f"{made.at(ATOM)}.add({key})", node)
    return Value(f"added_key({made.code}, {key})", "std", ATOM, node.type)


def _found(name: str) -> _Method:
    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        assert isinstance(made.type, Std)
        if made.type.name.startswith("unordered") and name != "found_spot":
            raise Untranslatable(f"the order of a std::{made.type.name}")
        return Value(f"{name}({made.code}, {write.element_of(arguments[0], made.type).code})", "std", ATOM, node.type)

    return method


def _both_ends(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``m.equal_range(k)``."""
    assert isinstance(made.type, Std)
    if made.type.name.startswith("unordered"):
        raise Untranslatable(f"the order of a std::{made.type.name}")
    name, key = write.simple_name(made), write.simple_name(write.element_of(arguments[0], made.type))
    return Value(f"(lower_spot({name}, {key}), upper_spot({name}, {key}))", "std", ATOM, node.type)


def _keyed_erase(pop: str) -> _Method:
    """``erase`` of a map or a set: by key, or by place."""

    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        if len(arguments) == 2:
            raise Untranslatable("a part of a map or a set that is erased")
        inner = core(arguments[0])
        if not is_spot(arguments[0].type) and not is_spot(inner.type):
            key = write.element_of(arguments[0], made.type)
            if write.alone_now is node:
                return effect(pop.format(made.at(ATOM), key.code), node)
            name = write.simple_name(key)
            count = write.context.temporary("erased")
            write.context.hoist(f"{count} = int({name} in {made.at(COMPARISON + 1)})", pop.format(made.at(ATOM), name))
            return Value(count, "int", ATOM, node.type, Range(0, 1))
        if inner.decl in write.iterators and inner.kind == "name":
            assert inner.decl is not None
            if write.alone_now is not node:
                raise Untranslatable("the place behind one that is erased")
            return effect(pop.format(made.at(ATOM), write.context.name(inner.decl)), node)
        place = write.place(inner)
        assert isinstance(made.type, Std)
        if made.type.name.startswith("unordered"):
            if write.alone_now is not node:
                raise Untranslatable(f"the order of a std::{made.type.name}")
            return effect(pop.format(made.at(ATOM), f"{place.at(ATOM)}.value"), node)
        return Value(
            f"erase_spot({place.code})", "none" if write.alone_now is node else "std", ATOM, node.type, of="effect"
        )

    return method


def _sorted(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``std::list::sort``."""
    if arguments:
        return effect(f"{made.at(ATOM)}.sort(key=key_of({write.order(arguments[0], of(made))}))", node)
    return effect(f"{made.at(ATOM)}.sort()", node)


def _swapped(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return write.std_swap([node.kid(0), arguments[0]], node)


_COMMON: dict[str, _Method] = {
    "size": _size,
    "empty": _empty,
    "clear": ending(_does("{0}.clear()")),
    "swap": _swapped,
}
_LIST: dict[str, _Method] = {
    **_COMMON, "push_back": _does("{0}.append({1})"), "emplace_back": _emplaced("{0}.append({1})"),
    "push_front": _does("{0}.insert(0, {1})"), "emplace_front": _emplaced("{0}.insert(0, {1})"),
    "pop_back": ending(_does("{0}.pop()")),
    "pop_front": ending(_does("{0}.pop(0)")),
    "back": _gives("{0}[-1]"), "front": _gives("{0}[0]"), "at": _list_at, "insert": _in_place(_list_insert),
    "erase": ending(_list_erase), "resize": _uniform(ending(_resized)),
    "assign": _uniform(ending(_assigned)),
    "remove": ending(_removed), "remove_if": ending(_removed), "splice": _spliced,
    "reserve": _reserved, "shrink_to_fit": _in_place(_idle), "fill": _uniform(_filled), "sort": _sorted,
    "reverse": _does("{0}.reverse()"),
}  # fmt: skip
_MAP: dict[str, _Method] = {
    **_COMMON, "insert": _map_insert, "emplace": _map_insert, "try_emplace": _map_insert,
    "insert_or_assign": _map_insert, "count": _counted, "at": _map_at, "find": _found("found_spot"),
    "lower_bound": _found("lower_spot"), "upper_bound": _found("upper_spot"), "equal_range": _both_ends,
    "erase": ending(_keyed_erase("{0}.pop({1}, None)")), "reserve": _idle,
}  # fmt: skip
_SET: dict[str, _Method] = {
    **_COMMON, "insert": _set_insert, "emplace": _set_insert, "count": _counted, "find": _found("found_spot"),
    "lower_bound": _found("lower_spot"), "upper_bound": _found("upper_spot"), "equal_range": _both_ends,
    "erase": _keyed_erase("{0}.discard({1})"),
    "reserve": _idle,
}  # fmt: skip

CONTAINERS: dict[str, dict[str, _Method]] = {
    **dict.fromkeys(LISTS, _LIST),
    "map": _MAP,
    "unordered_map": _MAP,
    "set": _SET,
    "unordered_set": _SET,
    **TREE_METHODS,
    "queue": {
        **_COMMON,
        "push": _does("{0}.append({1})"),
        "emplace": _emplaced("{0}.append({1})"),
        "pop": ending(_does("{0}.pop(0)")),
        "front": _gives("{0}[0]"),
        "back": _gives("{0}[-1]"),
    },
    "stack": {
        **_COMMON,
        "push": _does("{0}.append({1})"),
        "emplace": _emplaced("{0}.append({1})"),
        "pop": ending(_does("{0}.pop()")),
        "top": _gives("{0}[-1]"),
    },
    "priority_queue": {
        **_COMMON,
        "push": _does("{0}.push({1})"),
        "emplace": _emplaced("{0}.push({1})"),
        "pop": ending(_does("{0}.pop()")),
        "top": _gives("{0}.top()"),
    },
}
CONTAINERS["priority_queue_by"] = CONTAINERS["priority_queue_greater"] = CONTAINERS["priority_queue"]  # fmt: skip
"""The methods of each container."""

assert set(QUEUES) <= set(CONTAINERS)
