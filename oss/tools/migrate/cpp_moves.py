"""``std::move``: what moves leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

from oss.tools.migrate.c_types import CType, Float, Int, Pointer, Ref, Std, Struct
from oss.tools.migrate.cpp_copies import CppCopies
from oss.tools.migrate.cpp_types import (
    LISTS,
    MAPS,
    SETS,
    plain,
)
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import ATOM, Untranslatable, Value

__all__ = ["CppMoves"]

_WHOLE = ("pair", "tuple", "optional", "array")


class CppMoves(CppCopies):
    """The part of the expression writer that moves."""

    def moved_from(self, node: Node, *, last: bool = False) -> Value:
        """``std::move(x)``: what moves leaves nothing behind; ``last``: nobody looks at what is left."""
        kind = plain(node.type)
        made = self(node)
        if isinstance(kind, Std) and (found := self._moved_behind(node, made, kind)) is not None:
            return found
        last = last or (self.last_mention(node) and not self.ends(kind))  # what ends is looked at then
        if isinstance(kind, Struct):
            return self.moved_object(made, kind, last=last)
        if (
            last
            or not isinstance(kind, Std)
            or (self.immutable(kind) and not _has_string(kind) and kind.name in _WHOLE)
        ):
            return made
        if kind.name in _WHOLE:
            raise Untranslatable("a value that moves, and is used again")
        if self.context.pure:
            raise Untranslatable("what is moved within an expression")
        empty = self.zero(kind).code
        if self.context.simple:
            self.context.after.append(f"{self.target(node)} = {empty}")
            return made
        name = self.context.temporary("moved")
        self.context.hoist(f"{name} = {made.code}", f"{self.target(node)} = {empty}")
        return replace(made, code=name, level=ATOM)

    def _moved_behind(self, node: Node, made: Value, kind: Std) -> Value | None:
        """What moves out of a container that a reference leads to: whoever has it sees that it is empty."""
        decl = bare(node).decl if bare(node).kind == "name" else None
        if decl is None or not isinstance(decl.type, Ref) or decl.type.rvalue:
            return None
        copies = ((LISTS, "list"), (MAPS, "dict"), (SETS, "set"))
        copy = next((word for names, word in copies if kind.name in names and not self.is_linked(kind)), "")
        if not copy or self.ends(kind):
            return None
        if self.context.pure:
            raise Untranslatable("what is moved within an expression")
        name = self.context.temporary("moved")
        self.context.hoist(f"{name} = {copy}({made.code})", f"{made.at(ATOM)}.clear()")
        return replace(made, code=name, level=ATOM)

    def moved_object(self, made: Value, kind: Struct, *, last: bool) -> Value:
        if (own := self.maker(kind.name, "move") or self.maker(kind.name, "copy")) is not None:
            return replace(
                made, code=f"{kind.name}.__new__({kind.name}).{own.python}({made.code})", level=ATOM, type=kind
            )
        known = self.class_of(kind)
        if self.cleans_up(kind.name) and known is not None:
            parts = f"{kind.name}.__new__({kind.name}).init_move({made.code})" if self.by_parts(known) else ""
            return replace(made, code=parts or self.copy_of_object(made.code, kind), level=ATOM, type=kind)
        if last:
            return replace(made, type=kind)
        if known is None:
            raise Untranslatable("an object that moves, and is used again")
        moving = [field for field in self.all_fields(known) if not isinstance(field.type, (Int, Float, Pointer))]
        if any(not isinstance(field.type, Std) or field.type.name in _WHOLE for field in moving):
            raise Untranslatable("an object that moves, and is used again")
        copied = self.copy_of(made.code, kind)
        if not moving:
            return replace(made, code=copied, level=ATOM, type=kind)
        name = self.context.temporary("moved")
        left = [f"{made.at(ATOM)}.{python_field(field.name)} = {self.zero(field.type).code}" for field in moving]
        self.context.hoist(f"{name} = {copied}", *left)
        return replace(made, code=name, level=ATOM, type=kind)


def _has_string(kind: CType) -> bool:
    return isinstance(kind, Std) and any(isinstance(item, Std) for item in kind.of)
