"""Iterators: a place of a list is a ``ptr``, one of a map or a set a ``spot``; whole containers are themselves."""

from __future__ import annotations

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Array, CType, Int, Std, Struct
from oss.tools.migrate.cpp_fitting import CppFitting
from oss.tools.migrate.cpp_places import core, place_value, string_span
from oss.tools.migrate.cpp_types import LISTS, MAPS, SETS, TREES, is_string, plain
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import ATOM, SUM, Untranslatable, Value

__all__ = ["CppIterators", "core", "is_iterator", "is_spot"]

_BACK = (("rbegin", "rend"), ("crbegin", "crend"))
_STARTS, _ENDS = ("begin", "cbegin"), ("end", "cend")
_PLACES = ("__iterator", "__list_iterator", "__map_iterator", "__set_iterator", "__back_iterator")


def is_iterator(kind: CType) -> bool:
    kind = plain(kind)
    return isinstance(kind, Std) and kind.name in _PLACES


def is_spot(kind: CType) -> bool:
    kind = plain(kind)
    return isinstance(kind, Std) and kind.name in ("__map_iterator", "__set_iterator")


class CppIterators(CppFitting):
    """The part of the C++ writer that knows places in containers."""

    def edge(self, node: Node) -> tuple[Node, bool] | None:
        """``c.begin()`` or ``std::end(c)``: the container, and whether it is the end."""
        inner = core(node)
        name, owner = "", None
        if inner.kind == "method" and len(inner.kids) == 1 and inner.decl is None:
            name, owner = inner.name, inner.kid(0)
        elif inner.kind == "call" and len(inner.kids) == 2:
            name, owner = bare(inner.kid(0)).name, inner.kid(1)
        if owner is None or name not in (*_STARTS, *_ENDS):
            return None
        return owner, name in _ENDS

    def text_edge(self, node: Node) -> bool:
        """Whether an operand is ``s.begin()`` or ``s.end()`` of a string."""
        edge = self.edge(node) if is_iterator(node.type) else None
        return edge is not None and is_string(plain(edge[0].type))

    def whole_of(self, first: Node, last: Node) -> Node | None:
        """The container that two iterators are the ends of."""
        one, other = self.edge(first), self.edge(last)
        if one is None or other is None or one[1] or not other[1]:
            return None
        with self.context.probing():
            same = self(one[0]).code == self(other[0]).code
        return one[0] if same else None

    def list_place(self, node: Node) -> tuple[Node, Value] | None:
        """``v.begin() + n``: the list, and n."""
        inner = core(node)
        if inner.kind == "operator" and inner.name in ("+", "-") and len(inner.kids) == 2:
            found = self.list_place(inner.kid(0))
            if found is None or not isinstance(plain(inner.kid(1).type), Int):
                return None
            by = self.number(self.unsized(inner.kid(1)))
            if found[1].code == "0" and inner.name == "+":
                return found[0], by
            return found[0], Value(f"{found[1].at(SUM)} {inner.name} {by.at(SUM + 1)}", "int", SUM)
        edge = self.edge(inner)
        kind = plain(edge[0].type) if edge is not None else None
        if edge is None or not isinstance(kind, Std) or kind.name not in LISTS or self.is_linked(kind):
            return None
        return edge[0], Value(f"len({self(edge[0]).code})" if edge[1] else "0")

    def index_in(self, owner: Node, node: Node) -> Value:
        """The index of a place in a list."""
        found = self.list_place(node)
        if found is not None:
            return found[1]
        return Value(f"{self(core(node)).at(ATOM)}.at")

    def edge_value(self, node: Node) -> Value:
        """An iterator of its own: ``v.begin()`` is ``ptr(v)``."""
        edge = self.edge(node)
        assert edge is not None
        owner, last = edge
        kind = plain(owner.type)
        if isinstance(kind, Array):
            code = self.adapted(self(owner), "ptr")
            return Value(f"{code.at(SUM)} + {kind.count}", "ptr", SUM, node.type) if last else code
        made = self(owner)
        if not isinstance(kind, Std):
            raise Untranslatable("an iterator of what is no container")
        if self.is_linked(kind):
            return Value(f"{made.at(ATOM)}.{'end' if last else 'first'}()", "std", ATOM, node.type)
        if kind.name in LISTS:
            shown = f"ptr({made.code}, len({made.code}))" if last else f"ptr({made.code})"
            return Value(shown, "ptr" if is_pointer(node.type) else "std", ATOM, node.type)
        if kind.name in TREES:
            return Value(f"{made.at(ATOM)}.{'end' if last else 'first'}()", "std", ATOM, node.type)
        if kind.name in ("map", "set") or (kind.name in (*MAPS, *SETS) and last):
            return Value(f"spot({made.code})" if last else f"first_spot({made.code})", "std", ATOM, node.type)
        if kind.name in (*MAPS, *SETS):
            raise Untranslatable(f"the order of a std::{kind.name}")
        raise Untranslatable("an iterator of such a container")

    def back_value(self, node: Node) -> Value | None:
        """``v.rbegin()``: a place that goes backwards."""
        if node.name not in ("rbegin", "rend", "crbegin", "crend") or len(node.kids) != 1:
            return None
        name = "begin" if "end" in node.name else "end"
        made = self.edge_value(Node("method", node.place, node.type, [node.kid(0)], name))
        return Value(f"back({made.code})", "std", ATOM, node.type)

    def span(self, first: Node, last: Node) -> str:
        """What is between two iterators, as a list or what may stand for one."""
        whole = self.whole_of(first, last)
        if whole is not None:
            return self.items(whole)
        if (back := self.backwards(first, last)) is not None:
            return f"{self.items(back)}[::-1]"
        if (text := string_span(self, first, last)) is not None:
            return f"letters({text})"
        one, other = self.list_place(first), self.list_place(last)
        if one is not None and other is not None:
            code = self(one[0]).at(ATOM)
            if code != self(other[0]).at(ATOM):
                raise Untranslatable("places in two containers")
            start = "" if one[1].code == "0" else one[1].code
            stop = "" if other[1].code == f"len({code})" else other[1].code
            return f"{code}[{start}:{stop}]"
        if is_spot(first.type):
            raise Untranslatable("a part of a map or a set")
        return f"span({self.place(first).code}, {self.place(last).code})"

    @staticmethod
    def backwards(first: Node, last: Node) -> Node | None:
        """The container that ``c.rbegin()`` and ``c.rend()`` are of."""
        one, other = core(first), core(last)
        if one.kind != "method" or other.kind != "method" or (one.name, other.name) not in _BACK:
            return None
        owners = [bare(row.kid(0)) for row in (one, other)]
        same = owners[0].kind in ("name", "member") and owners[0].decl is owners[1].decl is not None
        return owners[0] if same else None

    def any_items(self, owner: Node) -> str:
        kind = plain(owner.type)
        if isinstance(kind, Std) and kind.name in MAPS:
            return f"{self(owner).at(ATOM)}.items()"
        return self(owner).code if isinstance(kind, Std) and kind.name in SETS else self.items(owner)

    def items(self, owner: Node) -> str:
        """The elements of a container, in their order."""
        kind = plain(owner.type)
        made = self(owner)
        if is_string(kind):
            return f"letters({made.code})"
        if isinstance(kind, Array):
            code = self.adapted(made, "ptr")
            return f"span({code.code}, {code.at(SUM)} + {kind.count})"
        if isinstance(kind, Std) and kind.name in LISTS:
            return made.code
        if isinstance(kind, Std) and kind.name in TREES:
            return f"{made.at(ATOM)}.items()" if "map" in kind.name else f"list({made.code})"
        if isinstance(kind, Std) and kind.name == "set":
            return f"sorted({made.code})"
        if isinstance(kind, Std) and kind.name == "map":
            return f"sorted({made.at(ATOM)}.items())"
        raise Untranslatable("a range over such a container")

    def place(self, node: Node) -> Value:
        """An iterator, or a pointer into an array, as a ``ptr``."""
        inner = core(node)
        if isinstance(plain(node.type), Struct):
            raise Untranslatable("a place of a container of the program")
        if inner.kind == "name" and self.text_owner(inner.decl) is not None:
            raise Untranslatable("a place in a string")
        if self.edge(inner) is not None:
            return self.edge_value(inner)
        if is_pointer(node.type):
            return self.adapted(self(node), "ptr")
        return self(inner)

    def spot_of(self, node: Node) -> Value:
        """A place that is compared, or counted from: in a string it is a number."""
        made = place_value(self, node)
        return made if made is not None else self.place(node)
