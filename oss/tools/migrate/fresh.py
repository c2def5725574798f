"""Fresh values: what a variable of a type begins with, and what stands between braces."""

from __future__ import annotations

from oss.tools.migrate import sdk
from oss.tools.migrate.c_tree import c_ast
from oss.tools.migrate.names import python_field
from oss.tools.migrate.scopes import program
from oss.tools.migrate.types import array_t, c_type, float_t, int_t, is_text, pointer_t, struct_t
from oss.tools.migrate.values import PRODUCT, Untranslatable, integer, tail, text, value

__all__ = ["fresh", "size_of"]


class fresh:
    """The part of the expression writer that makes values of types."""

    made: program

    def __call__(self, node: c_ast.Node | None) -> value:
        raise NotImplementedError

    def kind_of(self, kind: c_type) -> str:
        raise NotImplementedError

    def settled(self, made: value) -> value:
        """A value that can stand alone: a place as its memory, a truth as a number."""
        if made.kind == "place":
            return tail(made)
        return integer(made) if made.kind == "bool" else made

    def initialised(self, kind: c_type, node: c_ast.Node | None, shape: str = "") -> value:
        """The value of a variable of a type, at its declaration."""
        if isinstance(node, c_ast.InitList):
            return self._listed(kind, node)
        if node is not None:
            return self(node)
        if shape == "bytes" and isinstance(kind, array_t):
            return value(f"bytearray({self(kind.count).code})", "bytes", type=kind)
        if is_text(kind):
            return value('""' if isinstance(kind, array_t) else "None", "text", type=kind, constant="")
        if isinstance(kind, array_t):
            return self._zeros(kind)
        if isinstance(kind, struct_t):
            return value(f"{kind.name}()", "struct", type=kind)
        if isinstance(kind, pointer_t):
            return value("None", "none", type=kind)
        return value("0.0" if isinstance(kind, float_t) else "0", self.kind_of(kind), type=kind, constant=0)

    def _zeros(self, kind: array_t) -> value:
        one = self.initialised(kind.of, None)
        count = self(kind.count)
        if one.kind in ("struct", "list", "bytes"):
            return value(f"[{one.code} for _ in range({count.code})]", "list", type=kind)
        return value(f"[{one.code}] * {count.at(PRODUCT)}", "list", PRODUCT, kind)

    def _listed(self, kind: c_type, node: c_ast.InitList) -> value:
        if isinstance(kind, array_t):
            if is_text(kind):
                return value(f"bytearray({self(kind.count).code})", "bytes", type=kind)
            codes = [text(self.settled(self.initialised(kind.of, item))) for item in node.exprs]
            if kind.count is not None and not (
                isinstance(self(kind.count).constant, int) and self(kind.count).constant == len(codes)
            ):
                zero = self.initialised(kind.of, None)
                if set(codes) == {zero.code}:
                    return self._zeros(kind)
            return value(f"[{', '.join(codes)}]", "list", type=kind)
        if isinstance(kind, struct_t):
            return self._struct_value(kind, node)
        return self(node.exprs[0])

    def _struct_value(self, kind: struct_t, node: c_ast.InitList) -> value:
        fields = self.made.types.fields.get(kind.name, {})
        rows = []
        for name, item in zip(fields, node.exprs, strict=False):
            if isinstance(item, c_ast.NamedInitializer):
                named = item.name[0].name
                made = self.initialised(fields[named], item.expr)
                rows.append(f"{python_field(named)}={text(self.settled(made))}")
            else:
                rows.append(text(self.settled(self.initialised(fields[name], item))))
        if kind.name == "aos_string_t":
            rows = [rows[1], rows[0]] if len(rows) == 2 else []
        elif sdk.provider(kind.name) is not None:
            if any(code not in ("0", "None") for code in rows):
                raise Untranslatable("a struct of the SDK with values in braces")
            rows = []
        elif set(rows) <= {"0", "None"}:
            rows = []
        return value(f"{kind.name}({', '.join(rows)})", "struct", type=kind)


def size_of(kind: c_type) -> value:
    """``sizeof`` a type: a number, or the struct itself, for an allocator."""
    if isinstance(kind, struct_t):
        return value(kind.name, "sizeof", type=kind)
    if isinstance(kind, (int_t, float_t)):
        return value(str(kind.bits // 8), "int", type=int_t(64, False), constant=kind.bits // 8)
    return value("8", "sizeof pointer", type=int_t(64, False), constant=8)
