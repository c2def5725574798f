"""What C++ gives a class by itself: that its objects move, and are set, part by part."""

from __future__ import annotations

from oss.tools.migrate.c_types import CType, Float, Int, Pointer, Ref, Std, Struct
from oss.tools.migrate.cpp_assign import CppAssign
from oss.tools.migrate.cpp_copies import is_fresh, moved
from oss.tools.migrate.cpp_library import method_name
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import ClassDef, Decl, Node, bare, walk
from oss.tools.migrate.values import ATOM, Untranslatable, Value

__all__ = ["CppImplicit"]

_KEPT = ("optional", "pair", "tuple", "array")
"""What moves part by part, so that it is not simply empty then."""


class CppImplicit(CppAssign):
    """The part of the C++ writer that moves and sets objects of classes that do not say how."""

    def assigner(self, name: str, *, moves: bool) -> Decl | None:
        """The operator that sets an object of a class to another one, or to what moves."""
        known = self.context.program.classes.get(name)
        rows = [item for item in (known.method("operator=") if known is not None else []) if not item.extern]
        rows = [item for item in rows if plain(item.params[0].type) == Struct(name)]
        rows.sort(key=lambda item: isinstance(item.params[0].type, Ref) and item.params[0].type.rvalue is not moves)
        fits = moves or not rows or not (isinstance(rows[0].params[0].type, Ref) and rows[0].params[0].type.rvalue)
        return rows[0] if rows and fits else None

    def assigned_to(self, one: str, other: str, kind: Struct, *, moves: bool = True) -> str:
        """``one = std::move(other)``, or its copy, as a statement."""
        own = self.assigner(kind.name, moves=moves)
        known = self.class_of(kind)
        if own is not None:
            if not isinstance(own.params[0].type, Ref):
                value = Value(other, "object", ATOM, kind)
                made = self.moved_object(value, kind, last=False).code if moves else self.copy_of(other, kind)
                return f"{one}.{method_name(known, own)}({made})"
            return f"{one}.{method_name(known, own)}({other})"
        if known is None:
            return f"assign({one}, {other})"
        if moves and self.by_parts(known):
            return f"{one}.assign_moved({other})"
        if not any(self.ends(field.type) for field in self.all_fields(known)):
            return f"assign({one}, {other if self.flat(kind.name) else self.copy_of(other, kind)})"
        return f"{one}.assign_copied({other})"

    def set_objects(self, left: Node, right: Node) -> list[str]:
        """``a = b`` of objects that clean up."""
        kind = plain(left.type)
        assert isinstance(kind, Struct)
        inner = bare(right)
        source = moved(inner)
        place = inner.kind in ("name", "member", "unary", "index", "operator", "method") and not is_fresh(inner)
        known = self.class_of(kind)
        if source is None and not place and id(inner) not in self.standing and not (known and self.by_parts(known)):
            raise Untranslatable("an object that cleans up at the end of the statement")
        one, other = self(left), self(source if source is not None else right)
        moves = source is not None or not place
        return [self.assigned_to(one.at(ATOM), self.simple_name(other), kind, moves=moves)]

    # the methods that classes get

    def implicit_rows(self, known: ClassDef) -> list[list[str]]:
        """The methods of a class whose objects move, or are set, part by part."""
        if not self.cleans_up(known.name):
            return []
        rows = []
        if known.name in self.moving and self.by_parts(known):
            body = [row for field in self.all_fields(known) for row in self._moved_part(field)]
            rows.append(
                [f"def init_move(self, other: {known.name}) -> {known.name}:", *_indented([*body, "return self"])]
            )
        if known.name in self.setting and self.assigner(known.name, moves=True) is None:
            if self.by_parts(known):
                body = [row for field in self.all_fields(known) for row in self._set_part(field)]
                rows.append([f"def assign_moved(self, other: {known.name}) -> None:", *_indented(body)])
            try:
                self.copyable(known)
                body = [row for field in self.all_fields(known) for row in self._copied_part(field)]
            except Untranslatable:
                return rows
            if any(self.ends(field.type) for field in self.all_fields(known)):
                rows.append([f"def assign_copied(self, other: {known.name}) -> None:", *_indented(body)])
        return rows

    def _moved_part(self, field: Decl) -> list[str]:
        name, kind = python_field(field.name), field.type
        if isinstance(kind, Struct):
            made = self.moved_object(Value(f"other.{name}", "object", ATOM, kind), kind, last=False)
            return [f"self.{name} = {made.code}"]
        if self._stays(kind):
            return [f"self.{name} = other.{name}"]
        return [f"self.{name}, other.{name} = other.{name}, {self.zero(kind).code}"]

    def _set_part(self, field: Decl) -> list[str]:
        name, kind = python_field(field.name), field.type
        if isinstance(kind, Struct):
            return [self.assigned_to(f"self.{name}", f"other.{name}", kind)]
        if not self.ends(kind):
            return self._moved_part(field)
        return [f"old = self.{name}", *self._moved_part(field), *self.ended("old", kind)]

    def _copied_part(self, field: Decl) -> list[str]:
        name, kind = python_field(field.name), field.type
        if isinstance(kind, Struct):
            return [self.assigned_to(f"self.{name}", f"other.{name}", kind, moves=False)]
        row = f"self.{name} = {self.copy_of(f'other.{name}', kind)}"
        if not self.ends(kind):
            return [row]
        if not isinstance(kind, Std) or kind.name != "shared_ptr":
            raise Untranslatable("an object that cleans up is copied into another")
        return [f"old = self.{name}", row, *self.ended("old", kind)]

    def _stays(self, kind: CType) -> bool:
        """Whether a part is what it was after it moved."""
        if isinstance(kind, (Int, Float, Pointer)):
            return True
        if not isinstance(kind, Std):
            raise Untranslatable("an object that moves, with such a part")
        if kind.name in _KEPT:
            if not self.immutable(kind) or any(isinstance(item, Std) for item in kind.of):
                raise Untranslatable("an object that moves, with such a part")
            return True
        return False

    @property
    def moving(self) -> set[str]:
        """The classes whose objects move somewhere."""
        if not hasattr(self, "_moving"):
            kinds = {plain(source.type) for part in self._every() if (source := moved(part)) is not None}
            kinds |= {
                item.type
                for made in self.context.program.classes.values()
                for row in made.methods
                for item in row.params
            }
            kinds |= {item.type for row in self.context.uses.functions.values() for item in row.params}
            self._moving = self._with_parts({kind.name for kind in kinds if isinstance(kind, Struct)})
        return self._moving

    @property
    def setting(self) -> set[str]:
        """The classes whose objects are set to others."""
        if not hasattr(self, "_setting"):
            rows = [part for part in self._every() if part.kind == "operator" and part.name == "=" and part.kids]
            rows += [part for part in self._every() if part.kind == "method" and part.name == "erase"]
            kinds = {plain(part.kid(0).type) for part in rows}
            kinds |= {item for kind in kinds if isinstance(kind, Std) for item in kind.of}
            self._setting = self._with_parts({kind.name for kind in kinds if isinstance(kind, Struct)})
        return self._setting

    def _every(self) -> list[Node]:
        return [part for body in (*self.bodies(), *self._values()) for part in walk(body)]

    def _with_parts(self, names: set[str]) -> set[str]:
        """Classes with those that they are made of."""
        left = list(names)
        while left:
            known = self.context.program.classes.get(left.pop())
            for field in self.all_fields(known) if known is not None else ():
                if isinstance(field.type, Struct) and field.type.name not in names:
                    names.add(field.type.name)
                    left.append(field.type.name)
        return names


def _indented(rows: list[str]) -> list[str]:
    return [f"    {row}" for row in rows]
