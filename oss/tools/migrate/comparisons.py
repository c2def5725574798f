"""Comparisons and logic: of numbers, letters, pointers, and of what strcmp gives."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate.c_tree import c_ast
from oss.tools.migrate.fresh import fresh
from oss.tools.migrate.shapes import is_null
from oss.tools.migrate.types import int_t
from oss.tools.migrate.values import (
    AND,
    COMPARISON,
    OR,
    Untranslatable,
    condition,
    hexadecimal,
    integer,
    negated,
    ordered,
    value,
)

__all__ = ["COMPARISONS", "comparisons"]

COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")


class comparisons(fresh):
    """The part of the expression writer whose results are truths."""

    tested: int

    def condition(self, node: c_ast.Node) -> value:
        """An expression as what stands behind ``if``."""
        return condition(self(node))

    def logic(self, node: c_ast.BinaryOp) -> value:
        word, level = ("and", AND) if node.op == "&&" else ("or", OR)
        left = self.condition(node.left)
        self.tested += 1
        try:
            right = self.condition(node.right)
        finally:
            self.tested -= 1
        mixed = AND if word == "or" else OR
        parts = [f"({part.code})" if part.level == mixed and word == "or" else part.at(level) for part in (left, right)]
        return value(f"{parts[0]} {word} {parts[1]}", "bool", level)

    def comparison(self, node: c_ast.BinaryOp) -> value:
        op = node.op
        if is_null(node.right) or is_null(node.left):
            side = node.left if is_null(node.right) else node.right
            other = node.right if side is node.left else node.left
            made = self(side)
            zero = self(other)
            if made.kind == "matched" and zero.kind == "none":
                return made if op == "!=" else negated(made)
            if made.kind == "order" and not (side is node.right and op not in ("==", "!=")):
                return ordered(made, op)
            if made.kind == "place":
                made = condition(made)
                return made if op == "!=" else negated(made)
            if op in ("==", "!=") and (
                zero.kind == "none" or made.kind not in ("int", "float", "bool", "letter", "any")
            ):
                return value(f"{made.at(COMPARISON + 1)} is {'not ' * (op == '!=')}None", "bool", COMPARISON)
        left, right = self(node.left), self(node.right)
        if left.kind == "matched" and right.constant == left.constant and op in ("==", "!="):
            return left if op == "==" else negated(left)
        if left.kind == "order":
            raise Untranslatable("an order that is compared with a number")
        if "letter" in (left.kind, right.kind):
            return self._letters(node, left, right)
        if "place" in (left.kind, right.kind):
            return self._places(op, left, right)
        left, right = integer(left), integer(right)
        if isinstance(left.type, int_t) and isinstance(right.type, int_t):
            left, right = _as_unsigned(left, right.type), _as_unsigned(right, left.type)  # type: ignore[arg-type]
        if {left.kind, right.kind} <= {"struct", "function", "list", "pointer", "none"} and op in ("==", "!="):
            op = "is" if op == "==" else "is not"
        return value(f"{left.at(COMPARISON + 1)} {op} {right.at(COMPARISON + 1)}", "bool", COMPARISON)

    def _letters(self, node: c_ast.BinaryOp, left: value, right: value) -> value:
        """A comparison with a character."""
        for made, other in ((left, right), (right, left)):
            if other.constant == "\0" and made.memory == "text" and node.op in ("==", "!="):
                if made.index == "0":
                    return value(f"not {made.base}" if node.op == "==" else made.base, "bool", COMPARISON)
                return value(f"{made.index} {'>=' if node.op == '==' else '<'} len({made.base})", "bool", COMPARISON)
        if left.kind == right.kind == "letter":
            return value(f"{left.at(COMPARISON + 1)} {node.op} {right.at(COMPARISON + 1)}", "bool", COMPARISON)
        left, right = integer(left), integer(right)
        return value(f"{left.at(COMPARISON + 1)} {node.op} {right.at(COMPARISON + 1)}", "bool", COMPARISON)

    def _places(self, op: str, left: value, right: value) -> value:
        """A comparison of two pointers into the same memory."""
        sides = []
        for made in (left, right):
            sides.append(made if made.kind == "place" else replace(made, base=made.code, index="0"))
        if sides[0].base != sides[1].base:
            raise Untranslatable("a comparison of pointers that lead to different memory")
        return value(f"{sides[0].index} {op} {sides[1].index}", "bool", COMPARISON)


def _as_unsigned(made: value, other: int_t) -> value:
    """A negative constant beside an unsigned number."""
    if isinstance(made.constant, int) and made.constant < 0 and not other.signed and other.bits >= 32:
        return value(hexadecimal(made.constant & ((1 << other.bits) - 1)), "int", type=other)
    return made
