"""Expressions together with those calls that are statements of their own."""

from __future__ import annotations

from collections.abc import Sequence

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import Void
from oss.tools.migrate.effects import EFFECTS
from oss.tools.migrate.expressions import Expressions
from oss.tools.migrate.nodes import Node

__all__ = ["Writer"]


class Writer(Expressions):
    """Writes expressions, inside of others and as statements."""

    def alone(self, node: Node) -> Sequence[str]:
        """An expression as statements of its own."""
        inner = node
        while inner.kind in ("cast", "convert") and isinstance(inner.type, Void):
            inner = inner.kid(0)
        if inner.kind == "assign":
            return self.assigned_rows(inner)
        if inner.kind == "unary" and inner.name in ("x++", "x--", "++x", "--x"):
            return self.step_rows(inner)
        if inner.kind == "binary" and inner.name == ",":
            return [*self._whole(inner.kid(0)), *self._whole(inner.kid(1))]
        if inner.kind == "call":
            return self._call(inner)
        if inner.kind in ("name", "number") or (inner is not node and not self.effects(inner)):
            return []  # it is only mentioned, so that no compiler warns
        if inner.kind == "cond":
            return self._cond(inner)
        made = self(node)
        return [] if made.form == "none" else [made.code]

    def _whole(self, node: Node) -> list[str]:
        """A statement with what must come before and after it."""
        context = self.context
        saved = context.before, context.after
        context.before, context.after = [], []
        rows = self.alone(node)
        made = [*context.before, *rows, *context.after]
        context.before, context.after = saved
        return made

    def _cond(self, node: Node) -> list[str]:
        """``a ? f() : g()`` as a statement."""
        with self.context.sequenced():
            test = self.condition(node.kid(0))
        yes, no = (self._whole(node.kid(index)) for index in (1, 2))
        rows = [f"if {test.code}:", *(f"    {row}" for row in yes or ["pass"])]
        return [*rows, *(["else:", *(f"    {row}" for row in no)] if no else [])]

    def _call(self, node: Node) -> Sequence[str]:
        name = callee_name(node)
        effect = EFFECTS.get(name)
        own = self.context.uses.functions.get(name)
        if effect is not None and (own is None or own.system):
            node = self.in_order(node)
            arguments = [kid for kid in node.kids[1:] if kid is not None]
            rows = self.context.attempt(lambda: effect(self, node, arguments))
            if rows is not None:
                return rows
        made = self(node)
        return [] if made.form == "none" else [made.code]
