"""Operators of ``std::chrono``: spans and points of time are numbers of nanoseconds."""

from __future__ import annotations

from oss.tools.migrate.c_types import CType, Float, Int, Std
from oss.tools.migrate.cpp_algorithms import CppAlgorithms
from oss.tools.migrate.cpp_types import COMPARED, plain
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import ATOM, COMPARISON, PRODUCT, SUM, UNARY, Range, Untranslatable, Value, integer

__all__ = ["scaled_by_fraction", "timed"]

_PARTS = {"/": "idiv", "%": "imod"}


def timed(write: CppAlgorithms, op: str, kids: list[Node], node: Node) -> Value | None:
    """An operator on spans and points of time."""
    if op in ("++", "--"):
        if len(kids) == 2 and write.alone_now is not node:
            raise Untranslatable(f"no counterpart of operator{op}")
        write.context.hoist(f"{write.target(kids[0])} {op[0]}= {write.scale(_span(kids[0]))}")
        return _left(write, kids[0], node)
    if len(kids) == 1:
        made = write(kids[0])
        return Value(f"-{made.at(UNARY)}", "std", UNARY, node.type) if op == "-" else made if op == "+" else None
    one, other = write(kids[0]), integer(write(kids[1]))
    if op in COMPARED:
        code = f"{one.at(COMPARISON + 1)} {op} {other.at(COMPARISON + 1)}"
        return Value(code, "bool", COMPARISON, range=Range(0, 1))
    if op in ("+", "-"):
        return Value(f"{one.at(SUM)} {op} {other.at(SUM + 1)}", "std", SUM, node.type)
    if op == "*":
        return Value(f"{one.at(PRODUCT)} * {other.at(PRODUCT + 1)}", "std", PRODUCT, node.type)
    if op in ("+=", "-=", "*="):
        write.context.hoist(f"{write.target(kids[0])} {op} {other.code}")
        return _left(write, kids[0], node)
    if op in _PARTS:
        return _part(write, op, kids, node.type)
    if op[:-1] in _PARTS and op.endswith("="):
        write.context.hoist(f"{write.target(kids[0])} = {_part(write, op[:-1], kids, kids[0].type).code}")
        return _left(write, kids[0], node)
    return None


def _left(write: CppAlgorithms, target: Node, node: Node) -> Value:
    """What an assignment gives, where something is done with it."""
    return Value("None", "none", ATOM, node.type) if write.alone_now is node else write(target)


def _span(node: Node) -> Std:
    kind = plain(node.type)
    assert isinstance(kind, Std)
    return kind


def _counts(kind: CType) -> bool:
    """Whether a number, or a span of time, is a whole number."""
    return isinstance(plain(kind.of[0] if isinstance(kind, Std) else kind), Int)


def _part(write: CppAlgorithms, op: str, kids: list[Node], result: CType) -> Value:
    """A span of time divided by another, or by a number."""
    kinds = [plain(kid.type) for kid in kids]
    if not all(map(_counts, kinds)):
        raise Untranslatable("a part of a span of time that is no whole number")
    one, divisor = write(kids[0]).code, kinds[1]
    if isinstance(divisor, Std):
        code = f"{_PARTS[op]}({one}, {write(kids[1]).code})"
        return Value(code, "int", ATOM, result) if op == "/" else Value(code, "std", ATOM, result)
    scale, by = write.scale(_span(kids[0])), write.number(kids[1])
    assert isinstance(divisor, Int)
    if not divisor.signed and divisor.bits == 64:
        count = one if scale == 1 else f"idiv({one}, {scale})"
        sign = "//" if op == "/" else "%"
        code = f"uint64_t({count}) {sign} {by.at(PRODUCT + 1)}"
        return Value(code if scale == 1 else f"{code} * {scale}", "std", PRODUCT, result)
    units = by.code if scale == 1 else f"{by.at(PRODUCT)} * {scale}"
    code = f"{_PARTS[op]}({one}, {units})"
    if scale == 1 or op == "%":
        return Value(code, "std", ATOM, result)
    return Value(f"{code} * {scale}", "std", PRODUCT, result)


def scaled_by_fraction(write: CppAlgorithms, node: Node, kind: Std) -> Value | None:
    """``d * 1.5`` as whole units again; None for what is none."""
    inner = bare(node)
    rows = [kid for kid in inner.kids if kid is not None] if inner.kind == "operator" and inner.name == "*" else []
    spans = [row for row in rows if isinstance(plain(row.type), Std)]
    numbers = [row for row in rows if isinstance(plain(row.type), Float)]
    if len(spans) != 1 or len(numbers) != 1 or not _counts(kind) or not _counts(plain(spans[0].type)):
        return None
    scale = write.scale(kind)
    if scale != write.scale(_span(spans[0])):
        return None
    made = write(spans[0])
    count = made.at(PRODUCT) if scale == 1 else f"idiv({made.code}, {scale})"
    code = f"int({count} * {write.number(numbers[0]).at(PRODUCT + 1)})"
    return Value(code if scale == 1 else f"{code} * {scale}", "std", ATOM if scale == 1 else PRODUCT, kind)
