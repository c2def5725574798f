"""pycparser, which has no types, in one place; and a visitor of its trees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pycparser import c_ast, c_generator, c_parser  # type: ignore[import-untyped]

__all__ = ["c_ast", "c_generator", "c_parser", "visitor", "walk"]


def walk(node: c_ast.Node) -> Iterator[c_ast.Node]:
    """A node and all below it, in the order of the text."""
    yield node
    for _, child in node.children():
        yield from walk(child)


class visitor:
    """Calls ``visit_<kind>`` for each node, ``generic_visit`` where there is none."""

    def visit(self, node: Any) -> None:
        getattr(self, f"visit_{type(node).__name__}", self.generic_visit)(node)

    def generic_visit(self, node: Any) -> None:
        for _, child in node.children():
            self.visit(child)
