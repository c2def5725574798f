"""Structs in structs: a pointer to the outer one as one to the inner one, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from oss.tools.migrate.c_types import CType, Struct, pointee
from oss.tools.migrate.nodes import Decl, Node, bare

__all__ = ["around", "begins", "is_outer", "within"]

Fields = Mapping[str, Sequence[Decl]]


def _firsts(kind: CType, fields: Fields) -> Iterator[Decl]:
    """The first field of a struct, the first field of that, and so on, as long as these are structs."""
    seen: set[str] = set()
    while isinstance(kind, Struct) and not kind.union and kind.name not in seen and fields.get(kind.name):
        seen.add(kind.name)
        first = fields[kind.name][0]
        if not isinstance(first.type, Struct):
            return
        yield first
        kind = first.type


def begins(outer: CType, inner: CType, fields: Fields) -> list[Decl]:
    """The fields that lead from a struct to the one that it begins with; none where it does not."""
    path: list[Decl] = []
    for field in _firsts(outer, fields):
        path.append(field)
        if field.type == inner:
            return path
    return []


def is_outer(node: Node) -> bool:
    """Whether an expression is a pointer less the offset of a field."""
    return node.kind == "binary" and node.name == "-" and bare(node.kid(1)).kind == "offsetof"


def within(node: Node, fields: Fields) -> tuple[Node, Decl] | None:
    """The pointer, and the field it leads to, of ``(struct item *)((char *)p - offsetof(struct item, field))``."""
    inner, kind = bare(node), pointee(node.type)
    while node.kind in ("cast", "convert") and not isinstance(kind, Struct):
        node = node.kid(0)
        kind = pointee(node.type)
    if not is_outer(inner) or not isinstance(kind, Struct):
        return None
    pointer, offset = bare(inner.kid(0)), bare(inner.kid(1))
    if offset.decl is None or offset.decl.type != kind:
        return None
    field = next((field for field in fields.get(kind.name, ()) if field.name == offset.name), None)
    return (pointer, field) if field is not None and pointee(pointer.type) == field.type else None


def around(node: Node, fields: Fields) -> list[Decl]:
    """The fields whose structs a cast finds the outer struct of."""
    if (found := within(node, fields)) is not None:
        return [found[1]]
    source, to = pointee(bare(node).type), pointee(node.type)
    return begins(to, source, fields) if source is not None and to is not None else []
