"""Whether a program notices that an object moves to another place in memory, and that what is left of it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from oss.tools.migrate.c_types import Array, CType, Float, Int, Pointer, Std, Struct
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import ClassDef, Decl, Node, bare, is_null, walk

__all__ = ["Life", "only_frees"]

_WHOLE = ("pair", "tuple", "optional", "array")
_EMPTIED = ("string", "vector", "unique_ptr", "shared_ptr", "function", "list", "deque", "map", "set")
"""What is empty once it moved."""
_EMPTY = object()  # what an object of the library is then


class _Unknown(Exception):
    """What a program does here cannot be told."""


class Life:
    """What the constructors and the destructor of each class do, as far as it can be told."""

    def __init__(self, classes: Mapping[str, ClassDef], maker: Callable[[str, str], Decl | None]) -> None:
        self.classes, self.maker = classes, maker
        self._known: dict[str, bool] = {}

    def noticed(self, kind: CType) -> bool:
        """Whether it makes a difference that a value is another object, made of one that ends."""
        kind = plain(kind)
        if isinstance(kind, Array):
            return self.noticed(kind.of)
        if isinstance(kind, Std):
            return kind.name in _WHOLE and any(map(self.noticed, kind.of))
        if not isinstance(kind, Struct) or kind.name not in self.classes:
            return False
        if kind.name not in self._known:
            self._known[kind.name] = False  # while it is being asked
            self._known[kind.name] = self._is_noticed(self.classes[kind.name])
        return self._known[kind.name]

    def _is_noticed(self, known: ClassDef) -> bool:
        ends = [item for item in known.method("close") if item.body is not None and not only_frees(item.body)]
        end = ends[0] if ends else None
        maker = self.maker(known.name, "move") or self.maker(known.name, "copy")
        if any(self.noticed(Struct(base)) for base in known.bases if base):
            return True
        if any(self.noticed(field.type) for field in known.fields if not field.static):
            return True
        if maker is None:
            return end is not None or known.unknown_end is not None
        if end is None and known.unknown_end is None and all(map(_quiet, _makers(known, self.maker))):
            return False
        try:
            left = _Moving(known, maker).left()
            if end is not None:
                _Ending(known, left).run(end.body)
        except _Unknown:
            return True
        return known.unknown_end is not None


def only_frees(node: Node | None) -> bool:
    """Whether a destructor does nothing but to give memory back, of which Python takes care."""
    if node is None or node.kind == "empty":
        return True
    if node.kind == "block":
        return all(map(only_frees, node.kids))
    if node.kind == "if":
        return not node.decls and _is_plain(node.kid(0)) and all(map(only_frees, node.kids[1:]))
    inner = bare(node.kid(0)) if node.kind == "expression" else node
    if inner.kind == "delete" or (inner.kind == "call" and bare(inner.kid(0)).name == "free"):
        freed = inner.kid(len(inner.kids) - 1)
        while freed.kind in ("convert", "cast"):
            freed = freed.kid(0)
        return isinstance(freed.type, Pointer) and isinstance(freed.type.to, (Int, Float)) and _is_plain(freed)
    return inner.kind == "assign" and _is_plain(inner.kid(0)) and _is_plain(inner.kid(1))


def _is_plain(node: Node) -> bool:
    """Whether an expression only reads the object's own fields."""
    kinds = ("member", "this", "number", "convert", "cast", "binary", "unary", "name")
    rows = list(walk(node))
    steps = any(part.kind == "unary" and part.name not in ("!", "-") for part in rows)
    return not steps and all(part.kind in kinds and (part.kind != "name" or part.name == "nullptr") for part in rows)


def _makers(known: ClassDef, maker: Callable[[str, str], Decl | None]) -> list[Decl]:
    rows = [maker(known.name, word) for word in ("move", "copy")]
    own = [item for item in known.method("operator=") if not item.extern]
    return [row for row in rows if row is not None] + own


_READS = frozenset(
    ["memcpy", "memmove", "memset", "strlen", "strcpy", "strncpy", "copy", "copy_n", "fill", "fill_n", "min", "max",
     "move", "swap", "exchange", "malloc", "calloc", "free", "size", "length", "begin", "end", "c_str", "data", "empty",
     "operator bool", "get", "make_unique", "forward"]
)  # fmt: skip
"""What of the libraries does nothing but to the memory that it is given."""


def _quiet(function: Decl) -> bool:
    """Whether a function of a class does nothing that is seen outside of its object and the one that it is given."""
    for part in (row for body in (function.body, *(value for _, value in function.inits)) for row in walk(body)):
        if part.kind in ("throw", "unknown", "lambda"):
            return False
        if part.kind == "call" and not (part.name in _READS or bare(part.kid(0)).name in _READS):
            return False
        if part.kind in ("method", "operator") and not _harmless(part):
            return False
        if part.kind == "construct" and isinstance(part.type, Struct):
            return False
        if part.kind == "name" and part.decl is not None and part.decl.scope in ("global", "static", "member"):
            return False
        if part.kind == "member" and part.decl is not None and part.decl.scope == "member":
            return False
    return True


def _harmless(part: Node) -> bool:
    """Whether a method or an operator of a class only changes the objects at hand."""
    if part.decl is None or part.decl.system:
        return part.name in _READS or part.name in ("=", "[]", "==", "!=", "*", "->")
    return not part.decl.virtual and part.decl.name in ("swap", "operator=") and _quiet(part.decl)


class _Running:
    """A few statements that are followed, with what is known of the fields of an object."""

    def __init__(self, known: ClassDef) -> None:
        self.known = known

    def place(self, node: Node) -> tuple[dict[str, object], str] | None:
        """The field that an expression is, and what is known of its object."""
        raise NotImplementedError

    def value(self, node: Node) -> object:
        """What an expression gives."""
        inner = bare(node)
        if is_null(inner):
            return 0
        if inner.kind in ("number", "char") and isinstance(inner.value, int):
            return inner.value
        if inner.kind == "unary" and inner.name in ("-", "!"):
            found = self.value(inner.kid(0))
            if not isinstance(found, int):
                raise _Unknown
            return -found if inner.name == "-" else int(not found)
        if (place := self.place(inner)) is not None and place[1] in place[0]:
            return place[0][place[1]]
        raise _Unknown

    def run(self, body: Node | None) -> None:
        """Follows a body."""
        for item in body.kids if body is not None else ():
            if item is not None:
                self.statement(item)

    def statement(self, node: Node) -> None:
        if node.kind in ("empty", "return"):
            return
        if node.kind == "block":
            self.run(node)
            return
        if node.kind == "if" and not node.decls:
            branch = node.kids[1] if self.truth(node.kid(0)) else node.kids[2] if len(node.kids) > 2 else None
            if branch is not None:
                self.statement(branch)
            return
        if node.kind != "expression":
            raise _Unknown
        self.effect(bare(node.kid(0)))

    def truth(self, node: Node) -> bool:
        """Whether a condition holds."""
        inner = bare(node)
        if inner.kind == "binary" and inner.name in ("&&", "||"):
            first = self.truth(inner.kid(0))
            return first if first is (inner.name == "||") else self.truth(inner.kid(1))
        if inner.kind == "unary" and inner.name == "!":
            return not self.truth(inner.kid(0))
        if inner.kind == "method" and inner.name in ("operator bool", "empty") and inner.decl is None:
            if self.value(inner.kid(0)) is not _EMPTY:
                raise _Unknown
            return inner.name == "empty"
        if inner.kind == "binary" and inner.name in _COMPARE:
            one, other = self.value(inner.kid(0)), self.value(inner.kid(1))
            if isinstance(one, int) and isinstance(other, int):
                return _COMPARE[inner.name](one, other)
            raise _Unknown
        found = self.value(inner)
        if not isinstance(found, int):
            raise _Unknown
        return bool(found)

    def effect(self, inner: Node) -> None:
        """Follows an expression that is a statement."""
        if inner.kind == "assign" and inner.name == "=" and (place := self.place(bare(inner.kid(0)))) is not None:
            place[0][place[1]] = self.value(inner.kid(1))
        elif inner.kind == "method" and inner.decl is not None and bare(inner.kid(0)).kind == "this":
            if inner.decl.virtual or inner.decl.params or inner.decl.body is None:
                raise _Unknown
            self.run(inner.decl.body)
        elif inner.kind == "delete" and self.value(inner.kid(0)) == 0:
            return
        else:
            raise _Unknown


class _Moving(_Running):
    """A constructor that copies or moves: whether the object gets all that the other one has."""

    def __init__(self, known: ClassDef, maker: Decl) -> None:
        super().__init__(known)
        self.maker, self.own = maker, dict[str, object]()
        self.fields = [field for field in known.fields if not field.static]
        self.other: dict[str, object] = {field.name: (field.name,) for field in self.fields}

    def left(self) -> dict[str, object]:
        """What is left of the other one."""
        if self.known.bases and any(self.known.bases):
            raise _Unknown
        values = dict(self.maker.inits)
        for field in self.fields:
            given = values.get(field.name, field.init)
            if given is None:
                if isinstance(field.type, Std) and field.type.name in _EMPTIED:
                    self.own[field.name] = _EMPTY
            else:
                self.own[field.name] = self.value(given)
        self.run(self.maker.body)
        if any(self.own.get(field.name) != (field.name,) for field in self.fields):
            raise _Unknown
        return self.other

    def place(self, node: Node) -> tuple[dict[str, object], str] | None:
        if node.kind != "member" or node.decl is None or node.decl.scope != "field":
            return None
        owner = bare(node.kid(0))
        if owner.kind == "this":
            return self.own, node.decl.name
        return (self.other, node.decl.name) if owner.decl is self.maker.params[0] else None

    def value(self, node: Node) -> object:
        inner = bare(node)
        while inner.kind in ("construct", "list") and len(inner.kids) == 1:
            inner = bare(inner.kid(0))
        if inner.kind in ("construct", "list") and not inner.kids:
            return _EMPTY if isinstance(inner.type, Std) and inner.type.name in _EMPTIED else 0
        name = bare(inner.kid(0)).name if inner.kind == "call" else ""
        if name in ("move", "exchange") and (place := self.place(bare(inner.kid(1)))) is not None:
            found = super().value(inner.kid(1))
            kind = plain(inner.kid(1).type)
            if name == "exchange":
                place[0][place[1]] = self.value(inner.kid(2))
            elif isinstance(kind, Std) and kind.name in _EMPTIED:
                place[0][place[1]] = _EMPTY
            elif not isinstance(kind, (Int, Float, Pointer)):
                del place[0][place[1]]
            return found
        return super().value(inner)

    def effect(self, inner: Node) -> None:
        if inner.kind == "operator" and inner.name == "=" and inner.decl is None:
            inner = Node("assign", inner.place, inner.type, inner.kids, "=")
        if inner.kind == "call" and bare(inner.kid(0)).name == "swap" and len(inner.kids) == 3:
            one, other = self.place(bare(inner.kid(1))), self.place(bare(inner.kid(2)))
            if one is None or other is None or one[1] not in one[0] or other[1] not in other[0]:
                raise _Unknown
            one[0][one[1]], other[0][other[1]] = other[0][other[1]], one[0][one[1]]
            return
        super().effect(inner)


class _Ending(_Running):
    """A destructor: it is followed, and does nothing but to set fields."""

    def __init__(self, known: ClassDef, fields: dict[str, object]) -> None:
        super().__init__(known)
        self.fields = {name: value for name, value in fields.items() if not isinstance(value, tuple)}

    def place(self, node: Node) -> tuple[dict[str, object], str] | None:
        field = node.decl if node.kind == "member" and bare(node.kid(0)).kind == "this" else None
        return (self.fields, field.name) if field is not None and field.scope == "field" else None

    def statement(self, node: Node) -> None:
        if node.kind == "return":
            raise _Unknown  # of a method or of the destructor
        super().statement(node)


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
