"""Numbers: C's arithmetic and conversions, with the wrap only where a range does not prove it idle."""

from __future__ import annotations

import re
import struct
from dataclasses import replace

from oss.tools.migrate.c_types import BOOL, INT, Array, CType, Float, Int, common, promoted
from oss.tools.migrate.context import Context
from oss.tools.migrate.names import type_name
from oss.tools.migrate.nodes import Node, bare, walk
from oss.tools.migrate.ranges import computed
from oss.tools.migrate.spelling import hexadecimal, literal
from oss.tools.migrate.values import (
    ATOM,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    COMPARISON,
    PRODUCT,
    SHIFT,
    SUM,
    UNARY,
    Range,
    Untranslatable,
    Value,
    integer,
    negated,
    truth,
)  # fmt: skip

__all__ = ["Numbers"]

_BINARY = {
    "+": ("+", SUM), "-": ("-", SUM), "*": ("*", PRODUCT), "/": ("//", PRODUCT), "%": ("%", PRODUCT),
    "<<": ("<<", SHIFT), ">>": (">>", SHIFT), "&": ("&", BIT_AND), "^": ("^", BIT_XOR), "|": ("|", BIT_OR),
}  # fmt: skip
_COMPARED = ("<", ">", "<=", ">=", "==", "!=")

_EXACT = 1 << 24
"""Up to here each integer is a ``float`` of C."""

_CONVERTED = re.compile(r"(\w+)\(([\w.]+(?:\((?:[\w., ]|\(\))*\))?)\)")
"""A conversion of a name, or of a simple call."""


class Numbers:
    """The part of the expression writer that computes."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.constants: dict[str, bool] = {}  # the macros of the program: whether they are constants of the module

    def __call__(self, node: Node | None) -> Value:
        raise NotImplementedError

    def condition(self, node: Node) -> Value:
        raise NotImplementedError

    def constant(self, node: Node) -> Value | None:
        raise NotImplementedError

    def number(self, node: Node) -> Value:
        """The value of an expression as a number."""
        made = integer(self(node))
        if made.form not in ("int", "float"):
            raise Untranslatable("a pointer is used as a number")
        return made

    def range(self, node: Node) -> Range | None:
        return self.context.ranges.of(node)

    # literals

    def on_number(self, node: Node) -> Value:
        if isinstance(node.type, Float):
            return self._float(node)
        if node.type == BOOL:
            return Value(str(bool(node.value)), "bool", ATOM, BOOL)
        assert isinstance(node.value, int)
        code = str(node.value)
        spelled = node.name.rstrip("uUlL").lower()
        if spelled.startswith("0x") and int(spelled, 16) == node.value:
            code = f"0x{spelled[2:].upper()}"
        elif len(spelled) > 1 and spelled.isdigit() and spelled[0] == "0" and int(spelled, 8) == node.value:
            code = f"0o{spelled[1:]}"
        level = ATOM if node.value >= 0 else UNARY
        return Value(code, "int", level, node.type, Range(node.value, node.value), node.value)

    def _float(self, node: Node) -> Value:
        spelled = node.name.rstrip("fFlL")
        try:
            same = float(spelled) == node.value
        except ValueError:
            same = False
        if not same and not isinstance(node.value, float):
            raise Untranslatable("a number that cannot be read")
        if node.type == Float(80) and not float(spelled).is_integer():
            raise Untranslatable("a long double, which has more digits than a float")
        code = spelled if same and not spelled.startswith("0x") else repr(node.value)
        if code.startswith("."):
            code = f"0{code}"
        if code.endswith("."):
            code = f"{code}0"
        if code.isdigit():
            code = f"{code}.0"
        return Value(code, "float", ATOM, node.type, constant=node.value)

    def on_char(self, node: Node) -> Value:
        assert isinstance(node.value, int)
        code = f"ord({literal(chr(node.value))})" if 0 < node.value < 128 else str(node.value)
        return Value(code, "int", ATOM if node.value >= 0 else UNARY, INT, Range(node.value, node.value), node.value)

    # conversions

    def on_convert(self, node: Node) -> Value:
        return self.converted(self(node.kid(0)), node.type, self.range(node.kid(0)))

    def converted(self, made: Value, kind: CType, found: Range | None) -> Value:
        """A number as another type of number."""
        if isinstance(kind, Float):
            return self._to_float(made, kind, found)
        if not isinstance(kind, Int) or made.form not in ("int", "bool", "float"):
            return made
        if kind.bits == 1:
            return truth(made)
        if made.form == "float":
            return self._from_float(made, kind)
        if made.form == "bool":
            return replace(made, type=kind)
        return self.fitted(made, kind, found)

    def fitted(self, made: Value, kind: Int, found: Range | None) -> Value:
        """An integer wrapped to a type, where it may not fit."""
        if isinstance(made.constant, int):
            return self._constant(made, kind)
        if found is not None and found.within(kind.low, kind.high):
            return replace(made, type=kind, range=found)
        whole = Range(kind.low, kind.high)
        if kind.signed and made.type == kind and made.code.startswith(f"{type_name(kind)}(") and made.level == ATOM:
            return made
        if kind.signed:
            return Value(f"{type_name(kind)}({made.code})", "int", ATOM, kind, whole)
        if (
            made.level == BIT_AND
            and (match := _MASKED.fullmatch(made.code))
            and int(match[2], 16) & kind.high == kind.high
        ):
            return Value(f"{match[1]} & {hexadecimal(kind.high)}", "int", BIT_AND, kind, whole)
        if inner := _argument(made.code, f"int{kind.bits}_t"):
            return Value(f"{inner} & {hexadecimal(kind.high)}", "int", BIT_AND, kind, whole)
        return Value(f"{made.at(UNARY)} & {hexadecimal(kind.high)}", "int", BIT_AND, kind, whole)

    def _constant(self, made: Value, kind: Int) -> Value:
        assert isinstance(made.constant, int)
        wrapped = (made.constant - kind.low) % (1 << kind.bits) + kind.low
        if wrapped == made.constant:
            return replace(made, type=kind)
        code = hexadecimal(wrapped) if wrapped > 0xFFFF else str(wrapped)
        return Value(code, "int", ATOM if wrapped >= 0 else UNARY, kind, Range(wrapped, wrapped), wrapped)

    def _to_float(self, made: Value, kind: Float, found: Range | None) -> Value:
        if made.form == "float":
            rounds = kind.bits == 32 and made.type != kind and not _is_single(made.constant)
            code = f"float_({made.code})" if rounds else made.code
            return Value(code, "float", ATOM if code != made.code else made.level, kind, constant=made.constant)
        made = integer(made)
        if isinstance(made.constant, int) and abs(made.constant) < 1 << (24 if kind.bits == 32 else 53):
            return Value(
                f"{made.constant}.0", "float", UNARY if made.constant < 0 else ATOM, kind, constant=made.constant
            )
        exact = kind.bits > 32 or (found is not None and found.within(-_EXACT, _EXACT))
        return Value(f"{'float' if exact else 'float_'}({made.code})", "float", ATOM, kind)

    def _from_float(self, made: Value, kind: Int) -> Value:
        if kind.bits < 64 or not kind.signed:
            return Value(f"{type_name(kind)}({made.code})", "int", ATOM, kind, Range(kind.low, kind.high))
        return Value(f"int({made.code})", "int", ATOM, kind, Range(kind.low, kind.high))

    # operators

    def arithmetic(self, node: Node) -> Value:
        """``a + b`` of numbers."""
        if (count := self.elements(node)) is not None:
            return count
        left, right = self.number(node.kid(0)), self.number(node.kid(1))
        left, right = self.mixed(node.kid(0), left, right), self.mixed(node.kid(1), right, left)
        return self.computed(node.name, left, right, self.range(node.kid(0)), self.range(node.kid(1)), node.type)

    def mixed(self, node: Node, made: Value, other: Value) -> Value:
        """An integer beside a float, which Python converts by itself."""
        inner = node.kid(0) if node.kind == "convert" else node
        double = isinstance(node.type, Float) and node.type.bits == 64
        if (
            double
            and inner is not node
            and isinstance(inner.type, Int)
            and made.constant is None
            and other.form == "float"
        ) and not other.code.startswith("float("):
            with self.context.probing():  # what the number does besides is done once
                plainly = self.number(inner)
            if made.code == f"float({plainly.code})":
                return replace(plainly, form="float")
        return made

    def elements(self, node: Node) -> Value | None:
        """``sizeof a / sizeof a[0]``: how many elements an array has."""
        left, right = bare(node.kid(0)), bare(node.kid(1))
        if node.name != "/" or left.kind != "sizeof" or right.kind != "sizeof" or not left.kids:
            return None
        assert isinstance(left.value, int) and isinstance(right.value, int)
        array = left.kid(0)
        if not isinstance(array.type, Array) or not right.value or left.value % right.value:
            return None
        count = left.value // right.value
        made = self(array)
        code = f"len({made.code})" if made.form in ("list", "bytes") and array.type.count == count else str(count)
        return Value(code, "int", ATOM, node.type, Range(count, count), count)

    def computed(
        self, op: str, left: Value, right: Value, one: Range | None, other: Range | None, kind: CType
    ) -> Value:
        """An operation as C does it in a type."""
        if isinstance(kind, Float):
            if kind.bits > 64:
                raise Untranslatable("a long double, which has more digits than a float")
            if op == "%":
                raise Untranslatable("a rest of a division of floats")
            sign, level = ("/", PRODUCT) if op == "/" else _BINARY[op]
            code = f"{left.at(level)} {sign} {right.at(level + 1)}"
            made = Value(code, "float", level, kind)
            return Value(f"float_({code})", "float", ATOM, kind) if kind.bits == 32 else made
        if not isinstance(kind, Int):
            raise Untranslatable("an operation on what is no number")
        made = self._integers(op, left, right, one, other, kind)
        found = computed(op, one, other) if one is not None and other is not None else None
        if isinstance(left.constant, int) and isinstance(right.constant, int) and made.constant is None:
            folded = _folded(op, left.constant, right.constant)
            found = Range(folded, folded) if folded is not None else found
        if kind.signed and op in ("+", "-", "*", "/", "%"):  # an overflow has no meaning in C
            return replace(made, range=found)
        if op in ("/", "%", ">>", "&", "|", "^") and (
            kind.signed or (one and one.low >= 0 and other and other.low >= 0)
        ):
            return replace(made, range=found)
        return self.fitted(made, kind, found)

    def _integers(self, op: str, left: Value, right: Value, one: Range | None, other: Range | None, kind: Int) -> Value:
        if op in ("/", "%"):
            if right.constant == 0:
                raise Untranslatable("a division by zero")
            if not (one is not None and other is not None and one.low >= 0 and other.low >= 0):
                if op == "/" and kind.bits <= 32:  # a float has room for the quotient
                    return Value(f"int({left.at(PRODUCT)} / {right.at(PRODUCT + 1)})", "int", ATOM, kind)
                name = "idiv" if op == "/" else "imod"
                return Value(f"{name}({left.code}, {right.code})", "int", ATOM, kind)
        sign, level = _BINARY[op]
        shown = right.at(level + 1)
        if op in ("<<", ">>") and level < SUM and right.level < SUM:
            shown = right.at(ATOM)
        return Value(f"{left.at(level)} {sign} {shown}", "int", level, kind)

    def compared(self, node: Node) -> Value:
        """``a < b`` of numbers."""
        left, right = self._truths(node) or (self.number(node.kid(0)), self.number(node.kid(1)))
        return Value(
            f"{left.at(COMPARISON + 1)} {node.name} {right.at(COMPARISON + 1)}", "bool", COMPARISON, INT, Range(0, 1)
        )

    def _truths(self, node: Node) -> tuple[Value, Value] | None:
        """Both sides of a comparison of truths, which need not become numbers."""
        with self.context.probing():
            if self(node.kid(0)).form != "bool" or self(node.kid(1)).form != "bool":
                return None
        left, right = self(node.kid(0)), self(node.kid(1))
        if left.form == "bool" and right.form == "bool":
            return replace(left, code=left.at(COMPARISON + 1)), replace(right, code=right.at(COMPARISON + 1))
        return None

    def signed(self, node: Node) -> Value:
        """``-a``, ``~a``, ``+a`` and ``!a``."""
        if node.name == "!":
            return replace(negated(self.condition(node.kid(0))), type=INT, range=Range(0, 1))
        made = self.number(node.kid(0))
        if node.name == "+":
            return made
        constant = None
        if isinstance(made.constant, int):
            constant = -made.constant if node.name == "-" else ~made.constant
            if constant == made.constant:
                return made
        elif isinstance(made.constant, float) and node.name == "-":
            return Value(f"-{made.at(UNARY)}", "float", UNARY, node.type, constant=-made.constant)
        found = self.context.ranges.of_unary(node)
        raw = Value(f"{node.name}{made.at(UNARY)}", made.form, UNARY, node.type, found, constant)
        if isinstance(node.type, Int) and not node.type.signed:
            return self.fitted(raw, node.type, found)
        return raw

    def stepped(self, op: str, left: Node, right: Node, current: Value) -> Value:
        """The new value of ``left`` in ``left += right``, which is ``current`` before."""
        amount = self.number(right)
        kind = common(left.type, right.type) if op not in ("<<", ">>") else promoted(left.type)
        one, other = self.range(left), self.range(right)
        base = self.converted(current, kind, one)
        made = self.computed(op, base, self.converted(amount, kind, other) if op not in ("<<", ">>") else amount,
                             _as(one, kind), _as(other, kind), kind)  # fmt: skip
        found = made.range
        if isinstance(left.type, Int) and left.type.signed and self.growing(left, right, op):
            found = None
        if (
            isinstance(left.type, Int)
            and left.type.bits >= 32
            and left.type.signed
            and isinstance(kind, Int)
            and kind.signed
            and kind.bits <= left.type.bits
            and not self.growing(left, right, op)
        ):
            return replace(made, type=left.type)
        counted = self.context.ranges.of(left)
        if found is not None and counted is not None and self._counts(op, left, other):
            return replace(made, type=left.type)
        return self.converted(made, left.type, found)

    def _counts(self, op: str, left: Node, other: Range | None) -> bool:
        """Whether a counter is never counted so far that it wraps."""
        kind, found = left.type, self.context.ranges.of(left)
        return (
            op == "+" and isinstance(kind, Int) and kind.bits == 64 and found is not None and found.high < kind.high
            and other is not None and other.low >= 0
        )  # fmt: skip

    def growing(self, left: Node, right: Node, op: str) -> bool:
        """Whether a signed number is multiplied again and again: programs count on it to wrap."""
        if op in ("*", "<<"):
            return True
        return self.grows(left, right)

    def grows(self, left: Node, right: Node) -> bool:
        target = bare(left)
        return any(
            item.kind == "binary" and item.name in ("*", "<<") and any(_same(target, part) for part in walk(item))
            for item in walk(right)
        )


_MASKED = re.compile(r"(.*) & 0x(F+)")
"""What leaves out the upper bits of a number."""


def _is_single(constant: object) -> bool:
    """Whether a constant is one that a ``float`` has."""
    try:
        return isinstance(constant, float) and struct.unpack("f", struct.pack("f", constant))[0] == constant
    except OverflowError:
        return False


def _same(one: Node, other: Node) -> bool:
    return one.kind == other.kind and one.decl is not None and one.decl is other.decl


def _as(found: Range | None, kind: CType) -> Range | None:
    """A range after a conversion."""
    if found is None or not isinstance(kind, Int):
        return None
    return found if found.within(kind.low, kind.high) else Range(kind.low, kind.high)


def _folded(op: str, left: int, right: int) -> int | None:
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    return left * right if op == "*" else left << right if op == "<<" and 0 <= right < 64 else None


def _argument(code: str, name: str) -> str:
    """The argument of ``name(...)``, where that is all of the code, and is a name or a call; else nothing."""
    found = _CONVERTED.fullmatch(code)
    return found[2] if found is not None and found[1] == name else ""
