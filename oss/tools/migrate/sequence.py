"""The order of a module: a table stands behind the functions in it, which C had only to announce before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from oss.tools.migrate.nodes import Decl, Node, walk

__all__ = ["defined_first"]

T = TypeVar("T")


def defined_first(items: Sequence[T]) -> Iterator[T]:
    """The items in their order, but for variables whose value names what is defined further down."""
    coming = {name for item in items if (name := _defines(item))}
    waiting: list[T] = []
    for item in items:
        if _needs(item) & coming:
            waiting.append(item)
            continue
        yield item
        coming.discard(_defines(item))
        while ready := next((row for row in waiting if not _needs(row) & coming), None):
            waiting.remove(ready)
            yield ready
            coming.discard(_defines(ready))
    yield from waiting


def _defines(item: object) -> str:
    """The name of a function with its body, or of a variable with its value."""
    if not isinstance(item, Decl) or (item.body is None and item.init is None):
        return ""
    return item.name


def _needs(item: object) -> set[str]:
    """What must be there when a variable gets its value."""
    value: Node | None = item.init if isinstance(item, Decl) and item.scope != "function" else None
    return {node.name for node in walk(value) if node.kind == "name"} - {_defines(item)}
