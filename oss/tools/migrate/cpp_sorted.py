"""Which orders of containers do not matter: a vector that is filled from one, and sorted next by a total order."""

from __future__ import annotations

from collections.abc import Iterable

from oss.tools.migrate.c_types import CType, Int, Std
from oss.tools.migrate.cpp_places import core
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.nodes import Decl, Node, bare, walk

__all__ = ["fresh_before", "sorted_next", "total"]

_ENDS = (("begin", "end"), ("rbegin", "rend"))
_WHOLE = "*"
"""Stands for the comparison of whole elements."""


def total(kind: CType) -> bool:
    """Whether values of a type that are equal are the same."""
    kind = plain(kind)
    if isinstance(kind, Std) and kind.name in ("pair", "tuple"):
        return all(map(total, kind.of))
    return isinstance(kind, Int) or is_string(kind)


def _siblings(body: Node | None, spot: Node) -> tuple[list[Node], list[Node]]:
    """The statements of a block that stand before and behind the one that is ``spot``, or declares with it."""
    for block in walk(body):
        kids = [kid for kid in block.kids if kid is not None] if block.kind == "block" else []
        for at, kid in enumerate(kids):
            declares = kid.kind == "declare" and any(part is spot for part in walk(kid))
            if kid is spot or declares:
                return kids[:at], kids[at + 1 :]
    return [], []


def _mentions(node: Node, decl: Decl) -> bool:
    return any(part.kind == "name" and part.decl is decl for part in walk(node))


def fresh_before(body: Node | None, spot: Node, decl: Decl) -> bool:
    """Whether a vector is declared empty in the block of a loop, and is not filled before it."""
    for kid in reversed(_siblings(body, spot)[0]):
        if kid.kind == "declare" and decl in kid.decls:
            made = decl.init
            return made is None or (made.kind == "construct" and not made.kids)
        if _mentions(kid, decl) and not _reserves(kid):
            return False
    return False


def _reserves(node: Node) -> bool:
    inner = node.kid(0) if node.kind == "expression" else node
    return inner.kind == "method" and inner.name == "reserve"


def sorted_next(body: Node | None, spot: Node, decl: Decl, *, unique: bool = False) -> bool:
    """Whether the next that is done with a vector is that all of it is sorted by a total order.

    ``unique``: its elements are all that a map has, so that no two of them have the same ``first``.
    """
    kind = plain(decl.type)
    if decl.scope not in ("local", "param") or not isinstance(kind, Std) or not kind.of:
        return False
    call = next((kid for kid in _siblings(body, spot)[1] if _mentions(kid, decl)), None)
    inner = call.kid(0) if call is not None and call.kind == "expression" else None
    if inner is None or inner.kind != "call" or bare(inner.kid(0)).name not in ("sort", "stable_sort"):
        return False
    arguments = [kid for kid in inner.kids[1:] if kid is not None]
    ends = [core(argument) for argument in arguments[:2]]
    owned = all(end.kind == "method" and bare(end.kid(0)).decl is decl for end in ends)
    if not owned or tuple(end.name for end in ends) not in _ENDS:
        return False
    fields = _compared(arguments[2]) if len(arguments) == 3 else {_WHOLE}
    return _by_all(fields, kind.of[0], unique)


def _by_all(names: Iterable[str] | None, kind: CType, unique: bool) -> bool:
    """Whether an order by some fields tells all elements apart."""
    found, kind = set(names or ()), plain(kind)
    pair = isinstance(kind, Std) and kind.name == "pair"
    if unique and pair and isinstance(kind, Std) and found & {"first", _WHOLE} and total(kind.of[0]):
        return True
    return total(kind) and (_WHOLE in found or (pair and found == {"first", "second"}))


def _compared(node: Node) -> set[str] | None:
    """The fields that an order compares one after the other; nothing where it is of another form."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    kind = plain(inner.type)
    if inner.kind in ("construct", "list") and isinstance(kind, Std) and kind.name in ("less", "greater"):
        return {_WHOLE}
    decl = inner.decl if inner.kind == "name" else None
    if decl is not None and decl.init is not None and bare(decl.init).kind == "lambda":
        inner = bare(decl.init)
    if inner.kind == "lambda":
        params, body = inner.decls, inner.kid(0)
    elif decl is not None and decl.body is not None:
        params, body = decl.params, decl.body
    else:
        return None
    return _rows([kid for kid in body.kids if kid is not None], params) if len(params) == 2 else None


def _rows(rows: list[Node], params: list[Decl]) -> set[str] | None:
    """The fields that statements compare: ``if (a.x != b.x) return a.x < b.x; return a.y < b.y;``."""
    first = rows[0] if rows else None
    while first is not None and first.kind == "block" and len(first.kids) == 1:
        first = first.kid(0)
    if first is None:
        return None
    if first.kind == "return" and first.kids:
        return _order(first.kid(0), params)
    if first.kind != "if" or first.decls or len(rows) < 2 or (len(first.kids) > 2 and first.kids[2] is not None):
        return None
    test, then, rest = bare(first.kid(0)), _rows([first.kid(1)], params), _rows(rows[1:], params)
    return _either(test, *((then, rest) if test.name == "!=" else (rest, then)), params)


def _either(test: Node, differing: set[str] | None, alike: set[str] | None, params: list[Decl]) -> set[str] | None:
    """What is compared where a field differs, and where it does not."""
    name = _field(test, params) if test.name in ("==", "!=") else None
    if name is None or alike is None or differing != {name}:
        return None
    return {name} | alike


def _order(node: Node, params: list[Decl]) -> set[str] | None:
    """The fields that an expression compares."""
    inner = bare(node)
    if inner.kind in ("binary", "operator") and inner.name in ("<", ">"):
        name = _field(inner, params)
        return {name} if name is not None else None
    if inner.kind == "cond":
        test, one, other = bare(inner.kid(0)), _order(inner.kid(1), params), _order(inner.kid(2), params)
        return _either(test, *((one, other) if test.name == "!=" else (other, one)), params)
    if inner.kind == "binary" and inner.name == "||":
        both = bare(inner.kid(1))
        if both.kind == "binary" and both.name == "&&" and bare(both.kid(0)).name == "==":
            return _either(bare(both.kid(0)), _order(inner.kid(0), params), _order(both.kid(1), params), params)
    return None


def _field(node: Node, params: list[Decl]) -> str | None:
    """The field of both parameters that a comparison has on its sides."""
    if node.kind not in ("binary", "operator") or len(node.kids) != 2:
        return None
    names, owners = [], []
    for kid in node.kids:
        side = bare(kid) if kid is not None else node
        names.append(side.name if side.kind == "member" else _WHOLE)
        owners.append(bare(side.kid(0)).decl if side.kind == "member" else side.decl)
    return names[0] if names[0] == names[1] and set(owners) == set(params) else None
