"""The types of C++, and what classes are called."""

from __future__ import annotations

import re
from typing import Any

from oss.tools.migrate.c_types import (
    BOOL,
    LONG,
    Array,
    CType,
    Function,
    Int,
    Pointer,
    Ref,
    Std,
    Struct,
    Unknown,
    is_char,
)
from oss.tools.migrate.clang import Unit
from oss.tools.migrate.read import Reader

__all__ = ["CppTypes"]


def _hashed(kind: CType) -> bool:
    """Whether a dict finds keys of a type by what they hold."""
    if isinstance(kind, Std) and kind.name in ("pair", "tuple"):
        return all(map(_hashed, kind.of))
    return not isinstance(kind, Struct) and not (isinstance(kind, Std) and kind.name in ("vector", "array", "path"))


class CppTypes(Reader):
    """Reads the types of C++."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.chosen: dict[str, str] = {}  # names of classes, enumerations and variables
        self.instantiated: set[str] = set()

    def made_type(self, kind: Any, name: str) -> CType:
        if name in ("LVALUEREFERENCE", "RVALUEREFERENCE"):
            to = kind.get_pointee()
            if (text := self.constant_text(to)) is not None:
                return text
            return Ref(self.type(to), to.is_const_qualified(), name.startswith("RVALUE"))
        if name == "RECORD":
            declared = kind.get_declaration()
            if declared.spelling == "streampos":
                return LONG
            if self.in_std(declared):
                return self.library_class(kind, declared.spelling)
            if "lambda at" in kind.spelling:
                self.instantiated.add(declared.spelling)
                return Std("function")
        if name == "MEMBERPOINTER":
            to = self.type(kind.get_pointee())
            return Std("method_pointer" if isinstance(to, Function) else "field_pointer", (to,))
        if name == "ENUM":
            return Int(32, True)
        if name in ("NULLPTR",):
            return Std("nullptr")
        return super().made_type(kind, name)

    def constant_text(self, kind: Any) -> CType | None:
        """What a reference leads to that is a C text, and that cannot be set: it is the text itself."""
        to = self.type(kind)
        fixed = kind.get_canonical()
        if isinstance(to, Pointer) and is_char(to.to) and fixed.is_const_qualified():
            return to
        if isinstance(to, Array) and is_char(to.of) and fixed.spelling.startswith("const "):
            return Pointer(to.of, True)
        return None

    def library_class(self, kind: Any, name: str) -> CType:
        """A class of the library."""
        count = max(kind.get_num_template_arguments(), 0)
        if name == "priority_queue" and self.ordered(kind, name, count):
            return Std("priority_queue_by", tuple(self.type(kind.get_template_argument_type(at)) for at in (0, 2)))
        if (tree := self.tree(kind, name)) is not None:
            return tree
        if name == "duration":
            return self.duration(kind)
        of = [self.type(kind.get_template_argument_type(index)) for index in range(count)]
        if name == "array" and (size := re.search(r"(\d+)[uUlL]*>$", kind.spelling)):
            return Std("array", (of[0], Array(of[0], int(size[1]))))
        if name == "priority_queue" and "std::greater<" in kind.get_canonical().spelling:
            return Std("priority_queue_greater", (of[0],))
        if name == "bitset" and (size := re.search(r"bitset<(\d+)", kind.get_canonical().spelling)):
            return Std("bitset", (Array(BOOL, int(size[1])),))
        return Std(name, tuple(of if name in ("tuple", "variant") else of[:2]))

    def type(self, kind: Any) -> CType:
        """A type; one of a template that is not used yet is not known."""
        if kind.kind.name in ("DEPENDENT", "UNEXPOSED") and kind.get_canonical().kind.name in (
            "DEPENDENT",
            "UNEXPOSED",
        ):
            return Unknown(kind.spelling)
        return super().type(kind)

    def duration(self, kind: Any) -> Std:
        """A span of time, which is a number of nanoseconds; the second part tells how many its unit has."""
        found = re.search(r"ratio<(\d+)(?:, (\d+))?>", kind.get_canonical().spelling)
        unit = 1_000_000_000 * int(found[1]) // int(found[2] or 1) if found else 1_000_000_000
        of = self.type(kind.get_template_argument_type(0))
        return Std("duration", (of, Array(of, unit)))

    def tree(self, kind: Any, name: str) -> Std | None:
        """A map or a set that no dict or set can be."""
        places = {"map": 2, "multimap": 2, "set": 1, "multiset": 1}
        if name not in places or kind.get_num_template_arguments() <= places[name]:
            return None
        count = places[name] + 1
        of = tuple(self.type(kind.get_template_argument_type(index)) for index in range(count))
        usual = isinstance(of[-1], Std) and of[-1].name == "less"
        if name in ("map", "set") and usual and _hashed(of[0]):
            return None
        return Std(f"ordered_{name}" if name in ("map", "set") else name, of)

    @staticmethod
    def ordered(kind: Any, name: str, count: int) -> bool:
        """Whether a map, a set or a queue has another order than ``<``."""
        place = {"map": 2, "set": 1, "multimap": 2, "multiset": 1, "priority_queue": 2}.get(name)
        if place is None or count <= place:
            return False
        order = kind.get_template_argument_type(place).get_canonical().get_declaration()
        usual = order.spelling == "less" or (order.spelling == "greater" and name == "priority_queue")
        return not (usual and CppTypes.in_std(order))

    @staticmethod
    def in_std(cursor: Any) -> bool:
        parent = cursor.semantic_parent
        while parent is not None and parent.kind.name == "NAMESPACE":
            if parent.spelling == "std":
                return True
            parent = parent.semantic_parent
        return False

    def record(self, cursor: Any) -> CType:
        made = super().record(cursor)
        if not isinstance(made, Struct):
            return made
        name = made.name.rsplit("::", 1)[-1]
        if "<" in cursor.type.spelling and not self.system(cursor):
            shown = cursor.type.get_canonical().spelling.replace("std::", "")
            name = re.sub(r"\W+", "_", shown).strip("_")
            self.instantiated.add(cursor.spelling)
        return Struct(name if self.system(cursor) else self.named_once(cursor, name), made.union)

    def named_once(self, cursor: Any, name: str) -> str:
        """The name of a class, an enumeration or a variable: what surrounds it stands before a name that is taken."""
        usr = str(cursor.canonical.get_usr())
        if usr in self.chosen:
            return self.chosen[usr]
        parent = cursor.semantic_parent
        while name in self.chosen.values() and parent is not None and parent.kind.name != "TRANSLATION_UNIT":
            name = f"{parent.spelling.split('(')[0] or 'unnamed'}_{name}"
            parent = parent.semantic_parent
        self.chosen[usr] = name
        return name
