"""What of a program may throw."""

from __future__ import annotations

from collections.abc import Mapping

from oss.tools.migrate.c_types import CType, Pointer, Std, Struct
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import ClassDef, Decl, Node, bare, walk

__all__ = ["Raises"]

_CALLS = frozenset(
    ["stoi", "stol", "stoll", "stoul", "stoull", "stof", "stod", "stold", "get", "rethrow_exception", "call_once",
     "any_cast", "visit", "async", "invoke", "apply", "for_each"]
)  # fmt: skip
"""The functions of C++'s library that throw, or call what they are given; none of C's does."""
_METHODS = frozenset(
    ["at", "substr", "insert", "erase", "replace", "compare", "assign", "value", "get", "join", "detach", "resize",
     "reserve", "lock", "set_value", "shared_from_this"]
)  # fmt: skip
_MAKERS = ("make_unique", "make_shared", "make_pair", "make_optional", "make_tuple")


class Raises:
    """Tells where something may be thrown; what is not known may throw."""

    def __init__(self, classes: Mapping[str, ClassDef]) -> None:
        self.classes = classes
        self._known: dict[Decl, bool] = {}

    def may(self, node: Node | None) -> bool:
        """Whether a statement or an expression may end by an exception."""
        return any(map(self._part, walk(node)))

    def field(self, kind: CType, value: Node | None) -> bool:
        """Whether a part of an object may fail to be made of a value, or of nothing."""
        return self.may(value) if value is not None else self._made(kind)

    def _part(self, part: Node) -> bool:
        if part.kind in ("throw", "unknown"):
            return True
        if part.kind == "call":
            return self._call(part)
        if part.kind in ("method", "operator", "construct"):
            if part.decl is not None and not part.decl.system:
                return self.function(part.decl)
            if part.kind == "method":
                return part.name in _METHODS or any(self._made(item) for item in getattr(part.kid(0).type, "of", ()))
            return part.kind == "operator" and part.name == "()"
        return any(isinstance(decl.type, Struct) and decl.init is None and self._made(decl.type) for decl in part.decls)

    def _call(self, part: Node) -> bool:
        called = bare(part.kid(0))
        if called.kind != "name" or called.decl is None or called.decl.scope not in ("function", "method"):
            return called.kind != "name" or called.decl is not None
        if not called.decl.system:
            return self.function(called.decl)
        if called.name in _MAKERS:
            kind = plain(part.type)
            return isinstance(kind, Std) and any(map(self._made, kind.of))
        return called.name in _CALLS or any(_of_files(kid) for kid in part.kids[1:] if kid is not None)

    def _made(self, kind: object) -> bool:
        """Whether a constructor of a class may throw."""
        if isinstance(kind, Pointer):
            return False
        known = self.classes.get(kind.name) if isinstance(kind, Struct) else None
        return known is not None and any(self.function(item) for item in known.method("__init__") if not item.extern)

    def function(self, decl: Decl) -> bool:
        """Whether a function may throw."""
        if decl.quiet or decl.extern or decl.name == "close":
            return False
        if decl not in self._known:
            self._known[decl] = False  # while it is being asked
            self._known[decl] = decl.virtual or decl.body is None or self.may(decl.body) or self._makes(decl)
        return self._known[decl]

    def _makes(self, decl: Decl) -> bool:
        """Whether a constructor makes parts that may throw."""
        if any(self.may(value) for _, value in decl.inits):
            return True
        known = self.classes.get(decl.owner) if decl.name == "__init__" else None
        given = {name for name, _ in decl.inits}
        return known is not None and (
            any(self.may(field.init) for field in known.fields if field.name not in given)
            or any(self._made(field.type) for field in known.fields if field.name not in given)
            or any(self._made(Struct(base)) for base in known.bases if base and f"class {base}" not in given)
        )


def _of_files(node: Node) -> bool:
    return isinstance(plain(node.type), Std) and plain(node.type).name == "path"  # type: ignore[union-attr]
