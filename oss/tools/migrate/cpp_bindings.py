"""Names for the parts of a value: ``auto [a, b] = f()`` and ``auto &[a, b] = p``."""

from __future__ import annotations

from oss.tools.migrate.c_types import Array, CType, Ref, Std, Struct
from oss.tools.migrate.cpp_copies import is_fresh
from oss.tools.migrate.cpp_iterators import core
from oss.tools.migrate.cpp_sets import changes, sets
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.statements import Statements
from oss.tools.migrate.values import Untranslatable, Value

__all__ = ["CppBindings"]


class CppBindings(Statements):
    """Writes structured bindings."""

    write: CppWriter

    def on_bind(self, node: Node) -> None:
        """``auto [a, b] = pair``."""
        assert node.decl is not None
        inner, kind = bare(node.kid(0)), plain(node.kid(0).type)
        refers = isinstance(node.decl.type, Ref) and not is_fresh(inner)
        if inner.kind == "unknown":
            raise Untranslatable(inner.reason)
        if any(self.context.boxed(decl) for decl in node.decls):
            raise Untranslatable("parts whose address is taken")
        if isinstance(kind, Std) and kind.name in ("pair", "tuple"):
            if refers and not self._unchanged(node):
                raise Untranslatable("parts that are set")
            self._values(node, kind)
        elif refers:
            self._aliases(node, kind)
        else:
            self._values(node, kind)

    def _values(self, node: Node, kind: CType) -> None:
        """The names are variables with values of their own."""
        assert node.decl is not None
        with self.writing(node):
            flat = isinstance(kind, Struct) and self.write.flat(kind.name)
            read = isinstance(node.decl.type, Ref) or flat or isinstance(kind, Array)
            value = self.write(_source(node.kid(0))) if read else self.write.copied(node.kid(0))
            for decl in node.decls:
                self.context.opened(decl)
            names = [self.context.name(decl) for decl in node.decls]
            codes = self._parts(node, kind, value)
            if isinstance(kind, Array) and not self.write.immutable(kind.of):
                raise Untranslatable("the parts of such a value")
        shown = value.code if isinstance(kind, Std) else ", ".join(codes)
        self.emit([f"{', '.join(names)}{',' if len(names) == 1 else ''} = {shown}"], node)

    def _aliases(self, node: Node, kind: CType) -> None:
        """The names stand for the parts themselves."""
        with self.writing(node):
            value = self.write(node.kid(0))
            if bare(node.kid(0)).kind not in ("name", "this"):
                name = self.context.temporary("whole")
                self.context.hoist(f"{name} = {value.code}")
                value = Value(name)
            codes = self._parts(node, kind, value)
            for decl, code in zip(node.decls, codes, strict=True):
                self.context.opened(decl)
                decl.python = code
        self.emit([], node)

    def _parts(self, node: Node, kind: CType, value: Value) -> list[str]:
        """Each part of a value."""
        count = len(node.decls)
        if isinstance(kind, Struct):
            known = self.write.class_of(kind)
            fields = self.context.uses.fields.get(kind.name, []) if known is None else self.write.all_fields(known)
            if len(fields) != count or any(field.bits for field in fields):
                raise Untranslatable("the parts of such a value")
            whole = self.write.simple_name(value)
            return [f"{whole}.{python_field(field.name)}" for field in fields]
        if isinstance(kind, Array) and value.form not in ("list", "ptr", "std"):
            raise Untranslatable("the parts of such a value")
        if not isinstance(kind, Array) and not (isinstance(kind, Std) and kind.name in ("pair", "tuple", "array")):
            raise Untranslatable("the parts of such a value")
        whole = self.write.simple_name(value) if isinstance(kind, Array) else value.code
        return [f"{whole}[{index}]" for index in range(count)]

    def _unchanged(self, node: Node) -> bool:
        """Whether neither the parts, nor what they are parts of, change while they are used."""
        body = self.context.function.body if self.context.function is not None else None
        if any(sets(part, decl) or changes(part, decl) for decl in node.decls for part in walk(body)):
            return False
        root = _root(node.kid(0))
        parts = _following(body, node)
        used = [at for at, part in enumerate(parts) if part.kind == "name" and part.decl in node.decls]
        if not used:
            return True
        last = max(used) if not any(part.kind in ("for", "while", "do", "foreach") for part in parts) else len(parts)
        between = parts[:last]
        if root is None or root.scope not in ("local", "param") or self.context.boxed(root):
            return not any(part.kind in ("assign", "method", "call", "operator") and _acts(part) for part in between)
        return not any(sets(part, root) or changes(part, root) for part in between)


def _source(node: Node) -> Node:
    """What a copy is made of."""
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1 and plain(inner.kid(0).type) == inner.type:
        inner = bare(inner.kid(0))
    return inner


def _acts(part: Node) -> bool:
    """Whether a part may change something that is not local."""
    if part.kind == "assign":
        return bare(part.kid(0)).kind != "name"
    decl = bare(part.kid(0)).decl if part.kind == "call" else part.decl
    if decl is None:
        return part.kind != "call" and part.name not in ("<<", "==", "!=", "<", "size", "empty", "c_str", "str", "[]")
    return not decl.system and not decl.const


def _root(node: Node) -> Decl | None:
    """The variable that an expression begins with."""
    inner = core(node)
    while inner.kind in ("member", "index", "operator", "method") and inner.kids:
        inner = core(inner.kid(0))
    return inner.decl if inner.kind == "name" else None


def _following(body: Node | None, node: Node) -> list[Node]:
    """What comes after a statement in its block."""
    for block in walk(body):
        places = [at for at, kid in enumerate(block.kids) if kid is node]
        if block.kind == "block" and places:
            return [part for kid in block.kids[places[0] + 1 :] for part in walk(kid)]
    return []
