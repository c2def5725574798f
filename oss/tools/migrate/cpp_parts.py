"""Parts of pairs, and what is at a place in a map or a set."""

from __future__ import annotations

from oss.tools.migrate.c_types import CType, Pointer, Std
from oss.tools.migrate.cpp_owners import CppOwners
from oss.tools.migrate.cpp_types import MAPS, SETS, plain
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.values import ATOM, COMPARISON, Untranslatable, Value

__all__ = ["CppParts"]


class CppParts(CppOwners):
    """The part of the C++ writer that knows parts of pairs, and places in maps and sets that are keys."""

    def std_or_plain(self, code: str, kind: CType) -> Value:
        """What is read of a container."""
        raise NotImplementedError

    def element_value(self, node: Node) -> Value:
        """A value that goes into a container, which has its own copy."""
        raise NotImplementedError

    def pair_part(self, node: Node, owner: Node) -> Value:
        """``p.first`` and ``p.second``."""
        inner = bare(owner)
        if node.name not in ("first", "second"):
            raise Untranslatable(f"no counterpart of {node.name}")
        index = ("first", "second").index(node.name)
        place = (
            bare(inner.kid(0))
            if inner.kind == "operator" and inner.name in ("->", "*") and len(inner.kids) == 1
            else None
        )
        if place is not None and place.kind == "name" and place.decl in self.iterators:
            return self.behind_iterator(place.decl, node)
        led = plain(place.type) if place is not None else None
        if place is not None and isinstance(led, Std) and led.name == "__map_iterator":
            kind = led.of[0]
            of = kind.of[index] if isinstance(kind, Std) and len(kind.of) == 2 else node.type
            return self.std_or_plain(f"{self(place).at(ATOM)}.{'value' if index == 0 else 'second'}", of)
        if place is not None and (last := self.last_part(place, index)) is not None:
            return last
        if place is not None and isinstance(led, Std) and led.name == "__back_iterator":
            part = led.of[0]
            of = part.of[index] if isinstance(part, Std) and len(part.of) == 2 else node.type
            return self.std_or_plain(f"{self(place).at(ATOM)}[0][{index}]", of)
        kind = plain(owner.type)
        if isinstance(kind, Pointer):
            kind = kind.to
        if not isinstance(kind, Std) or kind.name != "pair":
            raise Untranslatable(f"no counterpart of {node.name}")
        of = kind.of[index] if len(kind.of) == 2 else node.type
        if inner.decl in self.parts and inner.kind == "name":
            return self.std_or_plain(self.parts[inner.decl][index], of)
        return self.std_or_plain(f"{self(owner).at(ATOM)}[{index}]", of)

    def last_part(self, place: Node, index: int) -> Value | None:
        """``m.rbegin()->first``."""
        kind = plain(place.kid(0).type) if place.kind == "method" and place.name in ("rbegin", "crbegin") else None
        if not isinstance(kind, Std) or kind.name not in ("map", "ordered_map", "multimap"):
            return None
        made = self(place.kid(0))
        if kind.name != "map":
            return self.std_or_plain(f"({made.at(ATOM)}.end() - 1).{('value', 'second')[index]}", kind.of[index])
        last = f"max({made.code})"
        return self.std_or_plain(f"{made.at(ATOM)}[{last}]" if index else last, kind.of[index])

    @property
    def iterators(self) -> dict[Decl | None, tuple[str, Std]]:
        """The variables that are a place in a map: the map."""
        if not hasattr(self, "_iterators"):
            self._iterators: dict[Decl | None, tuple[str, Std]] = {}
        return self._iterators

    def behind_iterator(self, decl: Decl | None, node: Node) -> Value:
        """``it->first`` and ``it->second``; the variable is the key."""
        assert decl is not None
        owner, kind = self.iterators[decl]
        name = self.context.name(decl)
        if node.name == "first" or kind.name in (*SETS, "ordered_set", "multiset"):
            return self.std_or_plain(name, kind.of[0])
        return self.std_or_plain(f"{owner}[{name}]", kind.of[1])

    def iterator(self, decl: Decl, node: Node) -> str | None:
        """The value of a variable that is the place of a key in a map: the key, or None for the end."""
        inner = bare(node)
        if inner.kind != "method" or inner.name != "find" or len(inner.kids) != 2 or not self.is_key_alone(decl):
            return None
        kind = plain(inner.kid(0).type)
        if not isinstance(kind, Std) or kind.name not in (*MAPS, *SETS):
            return None
        owner, key = self(inner.kid(0)), self.element_value(inner.kid(1))
        self.iterators[decl] = owner.at(ATOM), kind
        name = self.simple_name(key)
        return f"{name} if {name} in {owner.at(COMPARISON + 1)} else None"

    def is_key_alone(self, decl: Decl) -> bool:
        """Whether a place is only compared with the end, read, set through, and erased."""
        function = self.context.function
        if function is None:
            return False
        parts = list(walk(function.body))
        used = sum(part.kind == "name" and part.decl is decl for part in parts)
        known = 0
        for part in parts:
            kids = [bare(kid) for kid in part.kids if kid is not None]
            if part.kind == "operator" and part.name in ("==", "!=") and len(kids) == 2:
                known += any(kid.decl is decl and kid.kind == "name" for kid in kids) and any(
                    kid.kind == "method" and kid.name in ("end", "cend") for kid in kids
                )
            elif part.kind == "operator" and part.name in ("->", "*") and len(kids) == 1:
                known += kids[0].decl is decl and kids[0].kind == "name"
            elif part.kind == "expression" and kids and kids[0].kind == "method" and kids[0].name == "erase":
                inner = bare(kids[0].kid(1)) if len(kids[0].kids) == 2 else kids[0]
                while inner.kind == "construct" and len(inner.kids) == 1:
                    inner = bare(inner.kid(0))
                known += inner.decl is decl and inner.kind == "name"
        return used == known and used > 0

    @property
    def parts(self) -> dict[Decl | None, tuple[str, str]]:
        """The variables of loops over maps: what stands for their keys and values."""
        if not hasattr(self, "_parts"):
            self._parts: dict[Decl | None, tuple[str, str]] = {}
        return self._parts
