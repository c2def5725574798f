"""Comparisons of C++: of texts, containers, places, and what is tied together."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from oss.tools.migrate.c_types import Array, CType, Float, Int, Std, Struct
from oss.tools.migrate.cpp_files import is_path
from oss.tools.migrate.cpp_implicit import CppImplicit
from oss.tools.migrate.cpp_iterators import is_iterator
from oss.tools.migrate.cpp_types import (
    EMPTY_HANDED,
    LISTS,
    MAPS,
    POINTERS,
    SETS,
    TREES,
    is_string,
    orders_objects,
    plain,
)
from oss.tools.migrate.making import SIMPLE
from oss.tools.migrate.nodes import Node, bare, is_null
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import ATOM, COMPARISON, NOT, Range, Untranslatable, Value, integer

__all__ = ["CppCompare"]


_LETTER = re.compile(
    r"(?:char\(os\.fsencode\((.+)\)\[-1\]\)|char_at\((.+), 0\)) (==|!=) ord\((\"(?:\\\\|[ -\[\]-~])\")\)"
)
"""The comparison of the first or last byte of a text with a letter of ASCII."""


def _by_key(kind: CType) -> bool:
    """Whether Python has another order of such containers, or none."""
    return isinstance(kind, Std) and (
        kind.name in (*MAPS, *SETS, *TREES, "optional", "variant") or any(map(_by_key, kind.of))
    )


class CppCompare(CppImplicit):
    """The part of the C++ writer that compares."""

    @staticmethod
    def is_nothing(node: Node, kinds: list[CType]) -> bool:
        """Whether a pointer or an optional is compared with none; an optional may be compared with 0."""
        optional = any(isinstance(kind, Std) and kind.name == "optional" for kind in kinds)
        return bare(node).name == "nullopt" or (not optional and is_null(node))

    def tied(self, node: Node) -> Value | None:
        """``std::tie(a, b)``, as it is compared."""
        inner = bare(node)
        if inner.kind != "call" or bare(inner.kid(0)).name not in ("tie", "make_tuple"):
            return None
        kids = [kid for kid in inner.kids[1:] if kid is not None]
        if not all(self.comparable(plain(kid.type), "<") for kid in kids):
            raise Untranslatable("an order of what is tied together")
        codes = [integer(self(kid)).code for kid in kids]
        return Value(f"({', '.join(codes)}{',' if len(codes) == 1 else ''})")

    def compared(self, node: Node) -> Value:
        """A letter of ASCII at an end of a text is that byte."""
        made = super().compared(node)
        match = _LETTER.fullmatch(made.code)
        if match is None or not SIMPLE.fullmatch(text := match[1] or match[2]):
            return made
        at = ":1" if match[2] else "-1"  # an empty text has a NUL there
        return replace(made, code=f"{text}[{at}] {match[3]} {literal(ast.literal_eval(match[4]))}")

    def compared_std(self, op: str, kids: list[Node]) -> Value:
        kinds = [plain(kid.type) for kid in kids]
        if (whole := self._compared_ties(op, kids) or self._compared_order(op, kids, kinds)) is not None:
            return whole
        if any(is_string(kind) for kind in kinds):
            one, other = (self.string(kid) for kid in kids)
        elif all(isinstance(kind, Std) and kind.name in ("method_pointer", "field_pointer") for kind in kinds):
            one, other = self.parts_alike(kids)
        elif (found := self.found(op, kids)) is not None:
            return found
        elif all(is_iterator(kind) for kind in kinds):
            one, other = (self.spot_of(kid) for kid in kids)
        elif all(isinstance(kind, Std) and kind.name in POINTERS for kind in kinds) and op in ("==", "!="):
            one, other = (self(kid) for kid in kids)
            op = "is" if op == "==" else "is not"
        elif any(isinstance(kind, Std) and kind.name in EMPTY_HANDED for kind in kinds) and (
            any(self.is_nothing(kid, kinds) for kid in kids)
        ):
            nothing = self.is_nothing(kids[0], kinds)
            made = self(kids[1] if nothing else kids[0])
            word = "is" if op == "==" else "is not"
            return Value(f"{made.at(COMPARISON + 1)} {word} None", "bool", COMPARISON, range=Range(0, 1))
        elif all(isinstance(kind, Std) and self.comparable(kind, op) for kind in kinds) and kinds[0] == kinds[1]:
            one, other = (self(kid) for kid in kids)
        elif isinstance(kinds[0], Std) and kinds[0].name == "optional" and op in ("==", "!="):
            one, other = self(kids[0]), integer(self.element_value(kids[1]))
        else:
            raise Untranslatable(f"no counterpart of operator{op}")
        return Value(f"{one.at(COMPARISON + 1)} {op} {other.at(COMPARISON + 1)}", "bool", COMPARISON, range=Range(0, 1))

    def _compared_ties(self, op: str, kids: list[Node]) -> Value | None:
        one, other = (self.tied(kid) for kid in kids)
        if one is None or other is None:
            return None
        if op not in ("==", "!=") and any(self._tied_objects(kid) for kid in kids):
            return self.preceding(op, one, other)
        return Value(f"{one.code} {op} {other.code}", "bool", COMPARISON, range=Range(0, 1))

    def _compared_order(self, op: str, kids: list[Node], kinds: list[CType]) -> Value | None:
        """Which of two containers comes first, where that is no matter of Python's operators."""
        kind = kinds[0]
        if op in ("==", "!=") or kinds[1] != kind or not isinstance(kind, Std) or not self.comparable(kind, op):
            return None
        if kind.name not in (*MAPS, *SETS, *TREES) and not orders_objects(kind):
            return None
        one, other = (self._in_order(kid) for kid in kids)
        if orders_objects(kind):
            return self.preceding(op, one, other)
        return Value(f"{one.at(COMPARISON + 1)} {op} {other.at(COMPARISON + 1)}", "bool", COMPARISON, range=Range(0, 1))

    @staticmethod
    def _tied_objects(node: Node) -> bool:
        kinds = (plain(kid.type) for kid in bare(node).kids[1:] if kid is not None)
        return any(isinstance(kind, Struct) or orders_objects(kind) for kind in kinds)

    def _in_order(self, node: Node) -> Value:
        """A container as what is compared to tell which comes first."""
        kind = plain(node.type)
        if not isinstance(kind, Std) or kind.name not in (*MAPS, *SETS, *TREES):
            return self(node)
        return Value(self.items(node), "std", ATOM, kind)

    @staticmethod
    def preceding(op: str, one: Value, other: Value) -> Value:
        """Which comes first, where C++ asks for nothing but ``<``."""
        first, second = (one, other) if op in ("<", ">=") else (other, one)
        code = f"precedes({first.code}, {second.code})"
        if op in ("<", ">"):
            return Value(code, "bool", ATOM, range=Range(0, 1))
        return Value(f"not {code}", "bool", NOT, range=Range(0, 1))

    def parts_alike(self, kids: list[Node]) -> tuple[Value, Value]:
        """Two pointers to parts of classes that are compared."""
        if any(row.virtual for row in self.context.uses.reached(Node("through", kids[0].place, kids=[*kids]))):
            raise Untranslatable("pointers to virtual methods that are compared")
        return self(kids[0]), self(kids[1])

    def comparable(self, kind: CType, op: str) -> bool:
        """Whether Python compares containers as C++ does."""
        if isinstance(kind, (Int, Float)) or is_string(kind):
            return True
        if isinstance(kind, Struct):
            known = self.class_of(kind)
            wanted = "==" if op in ("==", "!=") else "<"
            own = known is not None and bool(known.method(f"operator{wanted}"))
            return own or self.free_operator(kind, wanted) is not None
        if not isinstance(kind, Std):
            return False
        if is_path(kind) or kind.name in ("bitset", "monostate", "duration", "time_point"):
            return kind.name != "bitset" or op in ("==", "!=")
        if op not in ("==", "!=") and (kind.name.startswith(("unordered", "variant")) or self.is_linked(kind)):
            return False
        whole = kind.name not in (*TREES, *LISTS, *MAPS, *SETS)
        of = kind.of if whole else kind.of[: 2 if "map" in kind.name else 1]
        if op not in ("==", "!=") and any(_by_key(item) for item in of):
            return False
        return kind.name in (*LISTS, *MAPS, *SETS, *TREES, "pair", "tuple", "variant") and all(
            self.comparable(item, op) for item in of if not isinstance(item, Array)
        )

    def found(self, op: str, kids: list[Node]) -> Value | None:
        """``m.find(k) != m.end()``: whether a key is there."""
        first, last = bare(kids[0]), bare(kids[1])
        if last.decl in self.iterators and last.kind == "name":
            first, last = last, first
        if (first.kind, last.kind, first.name) == ("method", "method", "end"):
            first, last = last, first
        if (made := self.found_in_list(op, first, last)) is not None:
            return made
        if (
            first.decl in self.iterators
            and first.kind == "name"
            and last.kind == "method"
            and last.name in ("end", "cend")
        ):
            word = "is" if op == "==" else "is not"
            assert first.decl is not None
            return Value(f"{self.context.name(first.decl)} {word} None", "bool", COMPARISON, range=Range(0, 1))
        if (
            op not in ("==", "!=")
            or first.kind != "method"
            or last.kind != "method"
            or (first.name, last.name) != ("find", "end")
        ):
            return None
        owner = first.kid(0)
        if not isinstance(owner.type, Std) or owner.type.name not in (*MAPS, *SETS):
            return None
        word = "in" if op == "!=" else "not in"
        key = self.element_value(first.kid(1))
        return Value(
            f"{key.at(COMPARISON + 1)} {word} {self(owner).at(COMPARISON + 1)}", "bool", COMPARISON, range=Range(0, 1)
        )

    def found_in_list(self, op: str, first: Node, last: Node) -> Value | None:
        """``std::find(v.begin(), v.end(), x) != v.end()``: whether a value is there."""
        if op not in ("==", "!=") or first.kind != "call" or bare(first.kid(0)).name != "find" or len(first.kids) != 4:
            return None
        whole, edge = self.whole_of(first.kid(1), first.kid(2)), self.edge(last)
        of = plain(whole.type) if whole is not None else None
        if (
            whole is None
            or edge is None
            or not edge[1]
            or not isinstance(of, Std)
            or self(edge[0]).code != self(whole).code
        ):
            return None
        if not is_string(of) and not self.comparable(of.of[0], op):
            return None
        value = integer(self.element_value(first.kid(3)))
        word = "in" if op == "!=" else "not in"
        return Value(f"{value.at(COMPARISON + 1)} {word} {self.items(whole)}", "bool", COMPARISON, range=Range(0, 1))
