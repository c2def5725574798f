"""Elements that clean up, when they are taken out of a container: they end in the order of libstdc++."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from oss.tools.migrate.c_types import CType, Std, Struct
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_iterators import core, is_spot
from oss.tools.migrate.cpp_types import LISTS, MAPS, TREES
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import ATOM, COMPARISON, Range, Untranslatable, Value, integer

__all__ = ["ending"]

_Method: TypeAlias = Callable[[CppAlgorithms, Value, list[Node], Node], Value]
_POPS = {"pop_back": "pop()", "pop_front": "pop(0)", "pop": "pop()"}


def ending(method: _Method) -> _Method:
    """What takes elements out of a container; those that clean up end."""

    def checked(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        if not write.ends(made.type):
            return method(write, made, arguments, node)
        assert isinstance(made.type, Std)
        name = made.type.name
        if node.name == "clear":
            write.context.hoist(*write.ended(made.code, made.type), f"{made.at(ATOM)}.clear()")
            return _nothing(node)
        if node.name in _POPS and name in (*LISTS, "stack", "queue"):
            pop = "pop(0)" if name == "queue" else _POPS[node.name]
            _taken(write, f"{made.at(ATOM)}.{pop}", made.type.of[0])
            return _nothing(node)
        if name in (*MAPS, *TREES) and node.name == "erase" and len(arguments) == 1 and "map" in name:
            return _of_map(write, made, arguments[0], node)
        if name in ("vector", "deque", "list") and (own := _SEQUENCES.get(node.name)) is not None:
            return own(write, made, arguments, node)
        raise Untranslatable("elements that clean up are removed")

    return checked


def _nothing(node: Node) -> Value:
    return Value("None", "none", ATOM, node.type)


def _taken(write: CppAlgorithms, code: str, kind: CType) -> None:
    """Takes an element out, which ends."""
    if isinstance(kind, Struct):
        write.context.hoist(f"{code}.close()")
        return
    gone = write.context.temporary("gone")
    write.context.hoist(f"{gone} = {code}", *write.ended(gone, kind))


def _of_map(write: CppAlgorithms, made: Value, argument: Node, node: Node) -> Value:
    """``m.erase(k)`` and ``m.erase(it)``."""
    assert isinstance(made.type, Std)
    kind, name = made.type.of[1], made.at(ATOM)
    inner = core(argument)
    alone = write.alone_now is node
    if made.type.name in TREES:
        raise Untranslatable("elements that clean up are removed")
    if is_spot(argument.type) or is_spot(inner.type):
        if inner.decl in write.iterators and inner.kind == "name":
            assert inner.decl is not None
            if not alone:
                raise Untranslatable("the place behind one that is erased")
            _taken(write, f"{name}.pop({write.context.name(inner.decl)})", kind)
            return _nothing(node)
        at = write.simple_name(write.place(inner))
        if alone:
            _taken(write, f"{name}.pop({at}.value)", kind)
            return _nothing(node)
        if made.type.name.startswith("unordered"):
            raise Untranslatable(f"the order of a std::{made.type.name}")
        gone, after = write.context.temporary("gone"), write.context.temporary("after")
        write.context.hoist(f"{gone} = {at}.second", f"{after} = erase_spot({at})", *write.ended(gone, kind))
        return Value(after, "std", ATOM, node.type)
    key = write.simple_name(integer(write.element_of(argument, made.type)))
    count = ""
    if not alone:
        count = write.context.temporary("erased")
        write.context.hoist(f"{count} = int({key} in {made.at(COMPARISON + 1)})")
    gone = write.context.temporary("gone")
    rows = write.ended(gone, kind)
    if isinstance(kind, Struct):
        rows = [f"if {gone} is not None:", *(f"    {row}" for row in rows)]
    write.context.hoist(f"{gone} = {name}.pop({key}, None)", *rows)
    return Value(count, "int", ATOM, node.type, Range(0, 1)) if count else _nothing(node)


def _erased(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    kind, name = made.type.of[0], made.at(ATOM)
    if len(arguments) == 2 and _is_filter(arguments[0]):
        return _filtered(write, made, arguments, node)
    if write.is_linked(made.type):
        return _unlinked(write, made, arguments, node)
    first = write.simple_name(write.index_in(node.kid(0), arguments[0]))
    at_end = False
    last = ""
    if len(arguments) == 2:
        stop = write.index_in(node.kid(0), arguments[1])
        at_end = stop.code == f"len({made.code})"
        last = "" if at_end else write.simple_name(stop)
    if isinstance(kind, Struct) and made.type.name != "list" and not at_end:
        _shifted(write, made, kind, first, last)
    elif len(arguments) == 1:
        _taken(write, f"{name}.pop({first})", kind)
    elif made.type.name == "deque" and not at_end:
        raise Untranslatable("elements that clean up are removed")
    else:
        piece = f"{name}[{'' if first == '0' else first}:{last}]"
        write.context.hoist(*write.ended(piece, Std("vector", (kind,))), f"del {piece}")
    if write.alone_now is node:
        return _nothing(node)
    return Value(f"ptr({made.code}, {first})", "std", ATOM, node.type)


def _unlinked(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``l.erase(it)`` of a list whose places are kept."""
    assert isinstance(made.type, Std)
    if len(arguments) != 1:
        raise Untranslatable("elements that clean up are removed")
    at, gone = write.simple_name(write.place(arguments[0])), write.context.temporary("gone")
    after = "" if write.alone_now is node else write.context.temporary("after")
    take = f"{made.at(ATOM)}.take({at})"
    rows = [f"{gone} = {at}[0]", f"{after} = {take}" if after else take]
    write.context.hoist(*rows, *write.ended(gone, made.type.of[0]))
    return Value(after, "std", ATOM, node.type) if after else _nothing(node)


def _shifted(write: CppAlgorithms, made: Value, kind: Struct, first: str, last: str) -> None:
    """What is behind the elements is assigned to them, one by one, and as many end behind it."""
    assert isinstance(made.type, Std)
    if made.type.name == "deque":
        raise Untranslatable("elements that clean up are removed")
    name = made.at(ATOM)
    at, by = write.context.temporary("at"), f"{last} - {first}" if last else "1"
    if last:
        count = write.context.temporary("count")
        write.context.hoist(f"{count} = {by}")
        by = count
    row = write.assigned_to(f"{name}[{at}]", f"{name}[{at} + {by}]", kind)
    write.context.hoist(f"for {at} in range({first}, len({name}) - {by}):", f"    {row}")
    if last:
        gone = f"{name}[len({name}) - {by}:]"
        write.context.hoist(f"for item in {gone}:", "    item.close()", f"del {gone}")
    else:
        write.context.hoist(f"{name}.pop().close()")


def _is_filter(node: Node) -> bool:
    inner = core(node)
    return inner.kind == "call" and bare(inner.kid(0)).name in ("remove", "remove_if")


def _filtered(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``v.erase(std::remove_if(v.begin(), v.end(), f), v.end())``."""
    assert isinstance(made.type, Std)
    inner, last = core(arguments[0]), write.edge(arguments[1])
    whole = write.whole_of(inner.kid(1), inner.kid(2))
    if bare(inner.kid(0)).name != "remove_if" or last is None or not last[1] or whole is None:
        raise Untranslatable("elements that clean up are removed")
    if write(whole).code != made.code or write.is_linked(made.type) or write.alone_now is not node:
        raise Untranslatable("elements that clean up are removed")
    kind = made.type.of[0]
    codes = [made.code, write.function_code(inner.kid(3)), _end_of(write, kind)]
    if isinstance(kind, Struct):
        codes.append(f"lambda a, b: {write.assigned_to('a', 'b', kind)}")
    write.context.hoist(f"erase_owned_if({', '.join(codes)})")
    return _nothing(node)


def _end_of(write: CppAlgorithms, kind: CType) -> str:
    """The function that ends an element."""
    if isinstance(kind, Struct):
        return f"{kind.name}.close"
    if isinstance(kind, Std) and kind.name == "shared_ptr":
        return "released"
    to = kind.of[0] if isinstance(kind, Std) and kind.name == "unique_ptr" else None
    if isinstance(to, Struct):
        return f"{to.name}.close" if not write.derived(to.name) else "lambda item: item.close()"
    raise Untranslatable("elements that clean up are removed")


def _removed(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``l.remove_if(f)``: the last one that is removed ends first."""
    assert isinstance(made.type, Std)
    if node.name != "remove_if" or write.is_linked(made.type):
        raise Untranslatable("elements that clean up are removed")
    test, end = write.function_code(arguments[0]), _end_of(write, made.type.of[0])
    write.context.hoist(f"remove_owned_if({made.code}, {test}, {end})")
    return _nothing(node)


def _resized(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``v.resize(n)``: what is behind the n-th ends; else there are more."""
    assert isinstance(made.type, Std)
    kind, name = made.type.of[0], made.at(ATOM)
    if len(arguments) != 1 or write.is_linked(made.type) or (made.type.name == "vector" and write.noticed(kind)):
        raise Untranslatable("elements that clean up are removed")
    count = write.simple_name(write.container_size(arguments[0], "vector::_M_default_append"))
    zero = write.zero_of(kind).code
    more = f"[None] * ({count} - len({name}))" if zero == "None" else f"({zero} for _ in range({count} - len({name})))"
    rows = write.ended(f"{name}[{count}:]", Std("vector", (kind,)))
    write.context.hoist(*rows, f"del {name}[{count}:]", f"{name}.extend({more})")
    return _nothing(node)


_SEQUENCES: dict[str, _Method] = {"erase": _erased, "remove_if": _removed, "resize": _resized}
