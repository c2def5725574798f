"""``std::variant``, with what is asked of it by functions, and ``std::bitset``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from oss.tools.migrate.c_types import Array, CType, Float, Function, Int, Std, Struct, Void, is_char, pointee
from oss.tools.migrate.cpp_ranges import CppRanges
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import ATOM, BIT_AND, COMPARISON, Range, Untranslatable, Value

__all__ = ["VARIANTS", "CppVariants"]

_Method: TypeAlias = "Callable[[CppVariants, Value, list[Node], Node], Value]"
_BITS = ("&", "|", "^", "<<", ">>")


class CppVariants(CppRanges):
    """The part of the C++ writer that knows variants and sets of bits."""

    def make_variant(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value(f"variant(0, {self.zero_of(kind.of[0]).code})", "std", ATOM, kind)
        if len(arguments) != 1:
            raise Untranslatable("a std::variant that is made in such a way")
        if plain(arguments[0].type) == kind:
            return self.copied(arguments[0])
        index = _alternative(kind, arguments[0])
        value = self.constructed(kind.of[index], arguments)
        return Value(f"variant({index}, {value.code})", "std", ATOM, kind)

    def make_monostate(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("None", "std", ATOM, kind)

    def std_get(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(arguments[0].type)
        if not isinstance(kind, Std) or kind.name != "variant":
            return super().std_get(arguments, node)
        index = bare(node.kid(0)).value
        if not isinstance(index, int):
            index = _place(kind, node.type)
        return self.std_or_plain(f"{self(arguments[0]).at(ATOM)}.get({index})", node.type)

    def target(self, node: Node) -> str:
        inner = bare(node)
        kind = plain(inner.kid(1).type) if inner.kind == "call" and len(inner.kids) == 2 else None
        if isinstance(kind, Std) and kind.name == "variant" and bare(inner.kid(0)).name == "get":
            self.context.hoist(self(inner).code)
            return f"{self(inner.kid(1)).at(ATOM)}.value"
        return super().target(node)

    def std_get_if(self, arguments: list[Node], node: Node) -> Value:
        to, kind = pointee(node.type), plain(arguments[0].type)
        if to is None or not isinstance(kind, Std) or kind.name != "variant":
            raise Untranslatable("a pointer to a std::variant")
        name = self.simple_name(self(arguments[0]))
        index = _place(kind, to)
        if isinstance(to, Struct):
            code = f"({name}.value if {name}.index == {index} else None)"
            return Value(code, "object", ATOM, node.type, nullable=True)
        if not isinstance(to, (Int, Float)) and not is_string(to):
            raise Untranslatable("a pointer into a std::variant")
        return Value(f"{name}.place({index})", "ptr", ATOM, node.type, nullable=True)

    def std_holds_alternative(self, arguments: list[Node], node: Node) -> Value:
        kind, decl = plain(arguments[0].type), bare(node.kid(0)).decl
        params = decl.type.params if decl is not None and isinstance(decl.type, Function) else ()
        wanted = pointee(params[1]) if len(params) == 2 else None
        if not isinstance(kind, Std) or wanted is None:
            raise Untranslatable("a type of which it is not known which")
        code = f"{self(arguments[0]).at(ATOM)}.index == {_place(kind, wanted)}"
        return Value(code, "bool", COMPARISON, range=Range(0, 1))

    def std_visit(self, arguments: list[Node], node: Node) -> Value:
        kind = plain(arguments[1].type)
        if len(arguments) != 2 or not isinstance(kind, Std) or kind.name != "variant":
            raise Untranslatable("no counterpart of visit() with these arguments")
        owner = self.simple_name(self(arguments[1]))
        functions = self._visitors(arguments[0])
        codes = []
        for of in kind.of:
            rows = [code for wanted, code in functions if wanted == of]
            if len(rows) != 1:
                raise Untranslatable("a function for a type of a std::variant that is not known")
            codes.append(rows[0])
        code = f"visited({owner}, [{', '.join(codes)}])"
        if isinstance(node.type, Void):
            return self.effect(code, node)
        return self.std_or_plain(code, node.type)

    def _visitors(self, node: Node) -> list[tuple[CType, str]]:
        """The functions that are asked, each with what it takes."""
        inner = bare(node)
        while inner.kind in ("construct", "list") and len(inner.kids) == 1 and bare(inner.kid(0)).kind != "lambda":
            inner = bare(inner.kid(0))
        kids = [bare(kid) for kid in inner.kids if kid is not None]
        if inner.kind == "lambda":
            return self._taking(inner)
        if inner.kind in ("construct", "list") and kids and all(kid.kind == "lambda" for kid in kids):
            return [row for kid in kids for row in self._taking(kid)]
        known = self.class_of(plain(inner.type))
        rows = [row for row in known.method("operator()") if len(row.params) == 1] if known is not None else []
        if not rows:
            raise Untranslatable("a function for a std::variant that is not known")
        owner = self.simple_name(self(node))
        return [(plain(row.params[0].type), f"{owner}.{self.method_of(row)}") for row in rows]

    def _taking(self, node: Node) -> list[tuple[CType, str]]:
        """A lambda, for each type that it is given."""
        forms = [replace(node, kids=node.kids[:1])]
        for other in node.kids[1:]:
            assert other is not None
            forms.append(replace(node, decls=other.decls, kids=other.kids))
        if any(len(form.decls) != 1 for form in forms):
            raise Untranslatable("a function for a std::variant that is not known")
        return [(plain(form.decls[0].type), self(form).code) for form in forms]

    # bits

    def make_bitset(self, kind: Std, arguments: list[Node]) -> Value:
        count = self.bit_count(kind)
        if not arguments:
            return Value(f"bitset({count})", "std", ATOM, kind)
        given = plain(arguments[0].type)
        if given == kind:
            return self.copied(arguments[0])
        text = not isinstance(given, Int)
        code = self.string(arguments[0]).code if text else self.number(arguments[0]).code
        return Value(f"bitset({count}, {code})", "std", ATOM, kind)

    @staticmethod
    def bit_count(kind: Std) -> int:
        size = kind.of[0]
        assert isinstance(size, Array) and size.count is not None
        return size.count

    def of_bits(self, op: str, kids: list[Node], node: Node) -> Value | None:
        """An operator of a set of bits."""
        kind = plain(kids[0].type)
        if op == "~":
            return Value(f"(~{self(kids[0]).at(ATOM)})", "std", ATOM, kind)
        if len(kids) != 2:
            return None
        one, other = self(kids[0]), self(kids[1])
        if op in ("==", "!="):
            code = f"{one.at(COMPARISON + 1)} {op} {other.at(COMPARISON + 1)}"
            return Value(code, "bool", COMPARISON, range=Range(0, 1))
        if op in _BITS:
            return Value(f"({one.at(BIT_AND)} {op} {other.at(ATOM)})", "std", ATOM, kind)
        if op[:-1] in _BITS and op.endswith("="):
            self.context.hoist(f"{one.at(ATOM)}.become({one.at(ATOM)} {op[:-1]} {other.at(ATOM)})")
            return one
        return None


def _place(kind: Std, wanted: CType) -> int:
    """Which of a variant's types is meant."""
    rows = [index for index, of in enumerate(kind.of) if of == plain(wanted)]
    if len(rows) != 1:
        raise Untranslatable("a type of a std::variant of which it is not known which")
    return rows[0]


def _alternative(kind: Std, node: Node) -> int:
    """Which of a variant's types a value becomes."""
    given = plain(node.type)
    rows = [index for index, of in enumerate(kind.of) if of == given]
    if not rows and is_char(pointee(given)):
        rows = [index for index, of in enumerate(kind.of) if is_string(of)]
    if not rows and isinstance(given, Int):
        rows = [
            index for index, of in enumerate(kind.of)
            if isinstance(of, Int) and of.bits > 1 and of.low <= given.low and given.high <= of.high
        ]  # fmt: skip
    if len(rows) != 1:
        raise Untranslatable("a value of which it is not known what it becomes in a std::variant")
    return rows[0]


def bit_method(name: str) -> _Method:
    """A method of a set of bits."""

    def method(write: CppVariants, made: Value, arguments: list[Node], node: Node) -> Value:
        codes = [write.number(write.unsized(argument)).code for argument in arguments]
        code = f"{made.at(ATOM)}.{name}({', '.join(codes)})"
        if name in ("set", "reset", "flip"):
            return write.effect(code, node) if write.alone_now is node else Value(code, "std", ATOM, made.type)
        if name == "to_string":
            return Value(code, "std", ATOM, Std("string"))
        high = node.type.high if isinstance(node.type, Int) else 0
        return Value(code, "int", ATOM, node.type, Range(0, high if name.startswith("to_") else 1 << 31))

    return method


def _size(write: CppVariants, made: Value, arguments: list[Node], node: Node) -> Value:
    assert isinstance(made.type, Std)
    return Value(str(write.bit_count(made.type)), "int", ATOM, node.type)


def _index(write: CppVariants, made: Value, arguments: list[Node], node: Node) -> Value:
    return Value(f"{made.at(ATOM)}.index", "int", ATOM, node.type, Range(0, 64))


_BIT_METHODS = ("set", "reset", "flip", "test", "count", "any", "none", "all", "to_ulong", "to_ullong", "to_string")
VARIANTS: dict[str, dict[str, Callable[..., Value]]] = {
    "bitset": {**{name: bit_method(name) for name in _BIT_METHODS}, "size": _size},
    "variant": {"index": _index},
}
"""The methods of variants and of sets of bits."""
