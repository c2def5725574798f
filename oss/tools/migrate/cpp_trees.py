"""Maps and sets that no dict or set of Python can be: by the order of their keys, or since a key may be there twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from oss.tools.migrate.c_types import CType, Float, Int, Std, Struct, Void
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_iterators import core, is_spot
from oss.tools.migrate.cpp_types import TREES, is_string, plain
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.values import ATOM, NOT, Range, Untranslatable, Value

__all__ = ["TREE_METHODS", "tree"]

_Method: TypeAlias = Callable[[CppAlgorithms, Value, list[Node], Node], Value]


def tree(write: CppAlgorithms, kind: Std, arguments: list[Node]) -> Value:
    """How such a map or set is made."""
    less, items = _less(write, kind), ""
    if len(arguments) in (2, 3) and plain(arguments[0].type) == plain(arguments[1].type):
        items, arguments = _range(write, kind, arguments[:2]), arguments[2:]
    for argument in arguments:
        inner = bare(argument)
        if inner.kind == "list":
            items = f"[{', '.join(_item(write, kind, kid) for kid in inner.kids if kid is not None)}]"
        elif isinstance(plain(argument.type), Std) and plain(argument.type).name == kind.name:  # type: ignore[union-attr]
            return write.copied(argument)
        elif inner.kind in ("name", "lambda", "unary"):
            less = write.function_code(argument, kind.of[:1] * 2)
        else:
            raise Untranslatable(f"a std::{kind.name} that is made in such a way")
    if not less and isinstance(_order(kind), Std) and _order(kind).name == "function":  # type: ignore[union-attr]
        raise Untranslatable("an order that is not given")
    codes = [less or "None", items] if items else [less] if less else []
    return Value(f"{kind.name}({', '.join(codes)})", "std", ATOM, kind)


def _range(write: CppAlgorithms, kind: Std, arguments: list[Node]) -> str:
    """What is between two iterators, as what goes into a map or a set."""
    if "map" not in kind.name:
        return write.copied_span(arguments[0], arguments[1], kind.of[0])
    if kind.name == "multimap" and (whole := write.whole_of(*arguments)) is not None:
        of = plain(whole.type)
        if isinstance(of, Std) and of.name.startswith("unordered_multi"):
            raise Untranslatable(f"the order of a std::{of.name}")
    items = write.range_into_map(kind, arguments)
    if items is None:
        raise Untranslatable(f"a std::{kind.name} that is made in such a way")
    return items


def _order(kind: Std) -> CType:
    return kind.of[-1]


def _item(write: CppAlgorithms, kind: Std, node: Node) -> str:
    inner = bare(node)
    if "map" not in kind.name:
        return write.element_for(kind.of[0], node).code
    if inner.kind not in ("construct", "list") or len(inner.kids) != 2:
        raise Untranslatable("a map with values in braces")
    key, value = (write.element_for(of, inner.kid(index)).code for index, of in enumerate(kind.of[:2]))
    return f"({key}, {value})"


def _less(write: CppAlgorithms, kind: Std) -> str:
    """The order of the keys; nothing where it is that of Python."""
    order, key = _order(kind), kind.of[0]
    if isinstance(order, Struct):
        return f"{order.name}()"
    name = order.name if isinstance(order, Std) else ""
    if name == "function":
        return ""
    if name == "less" and isinstance(key, Struct):
        known = write.class_of(key)
        if known is not None and any(not item.extern for item in known.method("operator<")):
            return ""
        word = key.name.lower()
        if (own := write.context.uses.functions.get(f"less_{word}_{word}")) is not None:
            return write.context.name(own)
    if name in ("less", "greater") and _ordered_alike(key):
        return "" if name == "less" else "lambda a, b: a > b"
    raise Untranslatable("an order of keys that is not known")


def _ordered_alike(kind: CType) -> bool:
    """Whether Python has the same order."""
    if isinstance(kind, Std) and kind.name in ("pair", "tuple", "vector", "path"):
        return all(map(_ordered_alike, kind.of[: 1 if kind.name == "vector" else None]))
    return isinstance(kind, (Int, Float)) or is_string(kind)


# methods


def _plainly(pattern: str, low: int = 0, high: int = LENGTH) -> _Method:
    def method(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
        return Value(pattern.format(made.at(ATOM)), "int", ATOM, node.type, Range(low, high))

    return method


def _empty(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"not {made.at(NOT)}", "bool", NOT, node.type, Range(0, 1))


def _cleared(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    if write.ends(made.type):
        raise Untranslatable("elements that clean up are removed")
    return Value(f"{made.at(ATOM)}.clear()", "none", ATOM, node.type, of="effect")


def _keyed(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    """``find``, ``count`` and their like."""
    assert isinstance(made.type, Std)
    key = write.element_for(made.type.of[0], arguments[0]).code
    code = f"{made.at(ATOM)}.{node.name}({key})"
    if node.name == "count":
        return Value(code, "int", ATOM, node.type, Range(0, LENGTH))
    return Value(code, "std", ATOM, node.type)


def _inserted(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    of = made.type.of
    if "map" not in made.type.name:
        if len(arguments) == 2 and is_spot(arguments[0].type):
            raise Untranslatable("a part of a set")
        if len(arguments) == 2 and node.name == "insert":
            code = f"{made.at(ATOM)}.update({write.span(*arguments)})"
            return Value(code, "none", ATOM, node.type, of="effect")
        single = len(arguments) == 1 and bare(arguments[0]).kind == "list"
        key = write.element_for(of[0], arguments[0]) if single else write.constructed(of[0], arguments)
        return _given(write, f"{made.at(ATOM)}.insert({key.code})", node)
    if node.name == "insert_or_assign":
        codes = write.element_for(of[0], arguments[0]).code, write.constructed(of[1], arguments[1:]).code
        if write.ends(made.type):
            raise Untranslatable("an object that cleans up goes into a map that may have one")
        return _given(write, f"{made.at(ATOM)}.insert_or_assign({', '.join(codes)})", node)
    if node.name == "insert" and len(arguments) == 2:
        code = f"{made.at(ATOM)}.update({_range(write, made.type, arguments)})"
        return Value(code, "none", ATOM, node.type, of="effect")
    key_code, value = _pair(write, made.type, arguments)
    return _given(write, f"{made.at(ATOM)}.insert({key_code}, {value})", node)


def _pair(write: CppAlgorithms, kind: Std, arguments: list[Node]) -> tuple[str, str]:
    if len(arguments) >= 2:
        return write.element_for(kind.of[0], arguments[0]).code, write.constructed(kind.of[1], arguments[1:]).code
    inner = bare(arguments[0])
    kids = [kid for kid in inner.kids if kid is not None][1 if inner.kind == "call" else 0 :]
    while inner.kind == "construct" and len(kids) == 1 and bare(kids[0]).kind in ("construct", "call"):
        inner = bare(kids[0])
        kids = [kid for kid in inner.kids if kid is not None][1 if inner.kind == "call" else 0 :]
    if len(kids) == 2 and (inner.kind in ("construct", "list") or inner.name == "make_pair"):
        key, value = (write.element_for(of, kid) for of, kid in zip(kind.of[:2], kids, strict=True))
        texts = [write.string(kid).code if is_string(of) else made.code
                 for of, kid, made in zip(kind.of[:2], kids, (key, value), strict=True)]  # fmt: skip
        return texts[0], texts[1]
    name = write.simple_name(write.element_value(arguments[0]))
    return f"{name}[0]", f"{name}[1]"


def _given(write: CppAlgorithms, code: str, node: Node) -> Value:
    if write.alone_now is node or isinstance(node.type, Void):
        return Value(code, "none", ATOM, node.type, of="effect")
    return Value(code, "std", ATOM, node.type)


def _erased(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    if write.ends(made.type) or len(arguments) != 1:
        raise Untranslatable("elements that are erased in such a way")
    inner = core(arguments[0])
    if is_spot(arguments[0].type) or is_spot(inner.type):
        if inner.decl in write.iterators:
            raise Untranslatable("the place behind one that is erased")
        return _given(write, f"{made.at(ATOM)}.take({write.place(inner).code})", node)
    key = write.element_for(made.type.of[0], arguments[0]).code
    code = f"{made.at(ATOM)}.erase({key})"
    if write.alone_now is node:
        return Value(code, "none", ATOM, node.type, of="effect")
    return Value(code, "int", ATOM, node.type, Range(0, LENGTH))


def _at(write: CppAlgorithms, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    key = write.element_for(made.type.of[0], arguments[0]).code
    return write.std_or_plain(f"value_at({made.code}, {key})", made.type.of[1])


_METHODS: dict[str, _Method] = {
    "size": _plainly("len({0})"), "empty": _empty, "clear": _cleared, "insert": _inserted, "emplace": _inserted,
    "try_emplace": _inserted, "insert_or_assign": _inserted, "erase": _erased, "at": _at,
    **dict.fromkeys(("find", "count", "lower_bound", "upper_bound", "equal_range"), _keyed),
}  # fmt: skip
TREE_METHODS = dict.fromkeys(TREES, _METHODS)
