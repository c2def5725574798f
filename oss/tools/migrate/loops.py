"""What the head of a loop says: what it counts, by how much, and to where."""

from __future__ import annotations

from collections.abc import Iterator

from oss.tools.migrate import known
from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import Int, Struct, pointee
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.values import SUM, Untranslatable, Value

__all__ = ["each_of", "high", "is_int", "low", "same_entries", "shifted", "step_of", "written"]

_EACH = "__aos_list_for_each_entry"


def is_int(node: Node) -> bool:
    return isinstance(node.type, Int)


def low(node: Node) -> int:
    return node.type.low if isinstance(node.type, Int) else 0


def high(node: Node) -> int:
    return node.type.high if isinstance(node.type, Int) else 0


def each_of(first: Node) -> Node | None:
    """The assignment that begins a loop over a list."""
    if first.kind != "expression":
        return None
    inner = first.kid(0)
    while inner.kind == "assign" and bare(inner.kid(1)).kind == "assign":
        inner = bare(inner.kid(1))
    call = bare(inner.kid(1)) if inner.kind == "assign" else inner
    return inner if call.kind == "call" and callee_name(call).startswith(_EACH) else None


def same_entries(each: Node) -> None:
    """Refuses a loop that takes the entries of a list of the SDK's for other structs that begin alike."""
    head = bare(bare(each.kid(1)).kid(1))
    head = bare(head.kid(0)) if head.kind == "unary" and head.name == "&" else head
    own = known.entries(head.decl.owner, head.name) if head.kind == "member" and head.decl is not None else None
    kind = pointee(each.kid(0).type)
    if own is not None and isinstance(kind, Struct) and kind.name != own:
        raise Untranslatable(f"the entries of {head.name} are {own}")


def step_of(node: Node | None) -> tuple[Decl, int] | None:
    """The variable that a loop moves, and by how much."""
    if node is None or node.kind != "expression":
        return None
    inner = node.kid(0)
    target = bare(inner.kid(0)) if inner.kids else inner
    if target.kind != "name" or target.decl is None:
        return None
    if inner.kind == "unary" and inner.name in ("x++", "++x", "x--", "--x"):
        return target.decl, 1 if "+" in inner.name else -1
    if inner.kind == "assign" and inner.name in ("+=", "-="):
        amount = bare(inner.kid(1))
        if amount.kind == "number" and isinstance(amount.value, int) and amount.value > 0:
            return target.decl, amount.value * (1 if inner.name == "+=" else -1)
    return None


def shifted(limit: Value, by: int) -> str:
    if not by:
        return limit.code
    if isinstance(limit.constant, int) and limit.code.lstrip("-").isdigit():
        return str(limit.constant + by)
    return f"{limit.at(SUM)} {'+' if by > 0 else '-'} 1"


def written(node: Node | None) -> Iterator[Node]:
    """What the statements below a node set."""
    for part in walk(node):
        if part.kind == "assign" or (part.kind == "unary" and part.name in ("x++", "x--", "++x", "--x", "&")):
            yield bare(part.kid(0))
