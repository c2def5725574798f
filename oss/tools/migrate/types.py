"""Annotations, and the classes that stand for a program's structs."""

from __future__ import annotations

from oss.tools.migrate import known
from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import BOOL, Array, CType, Float, Function, Int, Pointer, Struct, Void, pointee
from oss.tools.migrate.context import Context
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, StructDef
from oss.tools.migrate.overlaid import member
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.values import Untranslatable
from oss.tools.migrate.writer import Writer

__all__ = ["Types"]

_FORMS = {"text": "str", "bytes": "bytearray", "ptr": "ptr", "function": "Callable[..., Any]", "any": "object",
          "number": "int"}  # fmt: skip


class Types:
    """Writes annotations and classes."""

    def __init__(self, context: Context, write: Writer, out: Layout) -> None:
        self.context, self.write, self.out = context, write, out

    def annotation(self, kind: CType, slot: Slot | None = None) -> str:
        """A C type as an annotation."""
        if isinstance(kind, Int):
            return "bool" if kind == BOOL else "int"
        if isinstance(kind, Float):
            return "float"
        if isinstance(kind, Void):
            return "None"
        if isinstance(kind, Struct):
            return kind.name if self.is_there(kind) else "object"
        if isinstance(kind, (Pointer, Array)):
            return self._pointer(kind, slot)
        return "Callable[..., Any]" if isinstance(kind, Function) else "object"

    def _pointer(self, kind: Pointer | Array, slot: Slot | None) -> str:
        form = slot.form if slot is not None else "ptr"
        to = pointee(kind)
        if self.context.through(slot) and isinstance(to, Pointer):
            return self.annotation(to.to)
        if form == "object":
            return to.name if isinstance(to, Struct) and self.is_there(to) else "object"
        if form == "list" and to is not None:
            behind = slot.leads() if slot is not None else None
            return f"list[{self.annotation(to, behind)}]"
        return _FORMS.get(form, "object")

    def is_there(self, kind: Struct) -> bool:
        """Whether there is a class of that name."""
        own = kind.name in self.context.uses.fields or kind.name in self.context.program.classes
        return own or known.sdk_struct(kind.name) or known.runtime_home(kind.name) is not None

    def of_decl(self, decl: Decl) -> str:
        slot = self.context.slot(decl) if is_pointer(decl.type) else None
        return self.annotation(decl.type, slot)

    def struct(self, made: StructDef, line: int) -> None:
        """A struct as a dataclass; nodes of lists know the struct that they stand in."""
        names = [python_field(field.name) for field in made.fields if field.name]
        if len(set(names)) < len(names):
            raise Untranslatable("fields that have one name in Python")
        if made.name in self.context.uses.overlaid:
            self._overlaid(made, line)
            return
        rows = [self._field(field) for field in made.fields if field.name]
        inside = [python_field(field.name) for field in made.fields if isinstance(field.type, (Struct, Array))
                  and not (isinstance(field.type, Array) and self.context.form(field) == "text")
                  and field.type != Struct("aos_list_t")]  # fmt: skip
        nodes = [field.name for field in made.fields if field.type == Struct("aos_list_t")]
        self.out.gap(2)
        self.out.comments(line)
        self.out.add("@dataclass(eq=False)")
        self.out.add(f"class {made.name}{'(struct)' if inside or self._in_arrays(made) else ''}:")
        with self.out.indented():
            if inside:
                shown = ", ".join(f'"{name}"' for name in inside)
                self.out.add(f"by_value = ({shown}{',' if len(inside) == 1 else ''})")
            for field, row in zip((field for field in made.fields if field.name), rows, strict=True):
                self.out.add(row, field.place.line)
            contained = [field for field in made.fields if field in self.context.uses.embedded]
            if nodes or contained:
                self.out.gap(1)
                self.out.add("def __post_init__(self) -> None:")
                with self.out.indented():
                    for name in nodes:
                        self.out.add(f"self.{name} = aos_list_t(self)")
                    for field in contained:
                        self.out.add(f'contain(self, "{python_field(field.name)}")')
        self.out.gap(2)

    def _overlaid(self, made: StructDef, line: int) -> None:
        """A union, or a struct in one: a class whose members share bytes."""
        self.write.struct_name(Struct(made.name, made.union))
        rows = [(field, member(field, self.context.program.structs)) for field in made.fields if field.name]
        self.out.gap(2)
        self.out.comments(line)
        self.out.add(f"class {made.name}(shared, size={made.size}):")
        with self.out.indented():
            for field, row in rows:
                self.out.add(f"{python_field(field.name)} = {row}", field.place.line)
        self.out.gap(2)

    def _in_arrays(self, made: StructDef) -> bool:
        """Whether arrays of the runtime hold such structs, which they copy."""
        kind = Struct(made.name)
        return any(slot.form == "ptr" and pointee(slot.type) == kind for slot in self.context.slots.all())

    def _field(self, field: Decl) -> str:
        name = python_field(field.name)
        if field.type == Struct("aos_list_t"):
            return f"{name}: aos_list_t = field(init=False)"
        slot = self.context.slot(field) if is_pointer(field.type) else None
        made = self.write.zero(field.type, slot)
        annotation = self.of_decl(field)
        if made.form == "none":
            annotation = f"{annotation} | None"
        if isinstance(field.type, Struct):
            return f"{name}: {annotation} = field(default_factory={field.type.name})"
        if isinstance(field.type, Array) and made.form != "text":
            return f"{name}: {annotation} = field(default_factory=lambda: {made.code})"
        return f"{name}: {annotation} = {made.code}"
