"""C types, as far as the translation needs them."""

from __future__ import annotations

from dataclasses import dataclass, field

from oss.tools.migrate.c_tree import c_ast

__all__ = [
    "CHAR",
    "INT",
    "LONG",
    "TEXT",
    "VOID",
    "array_t",
    "c_type",
    "float_t",
    "function_t",
    "int_t",
    "is_char",
    "is_text",
    "pointer_t",
    "struct_t",
    "target",
    "types",
    "void_t",
]


@dataclass(frozen=True, slots=True)
class void_t:
    pass


@dataclass(frozen=True, slots=True)
class int_t:
    """``name`` is that of an enum or typedef, for annotations; ``sized`` that its width is part of the type's name."""

    bits: int = 32
    signed: bool = True
    name: str = field(default="", compare=False)
    sized: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class float_t:
    bits: int = 64


@dataclass(frozen=True, slots=True)
class struct_t:
    name: str


@dataclass(frozen=True, slots=True)
class pointer_t:
    to: c_type
    const: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class array_t:
    """``count`` is the expression between the brackets, None where there is none."""

    of: c_type
    count: c_ast.Node | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class function_t:
    result: c_type
    parameters: tuple[c_type, ...] = ()
    names: tuple[str, ...] = field(default=(), compare=False)
    variadic: bool = False


c_type = void_t | int_t | float_t | struct_t | pointer_t | array_t | function_t
VOID, INT, LONG, CHAR = void_t(), int_t(), int_t(64), int_t(8)
TEXT = pointer_t(CHAR)

_SIZED = {f"{sign}int{bits}_t": int_t(bits, not sign, sized=True) for sign in ("", "u") for bits in (8, 16, 32, 64)}


def target(kind: c_type) -> c_type | None:
    """What a pointer or an array leads to."""
    if isinstance(kind, pointer_t):
        return kind.to
    return kind.of if isinstance(kind, array_t) else None


def is_char(kind: c_type | None) -> bool:
    return isinstance(kind, int_t) and kind.bits == 8


def is_text(kind: c_type | None) -> bool:
    """Whether this is a ``char *`` or a ``char []``."""
    return kind is not None and is_char(target(kind))


def _basic(words: list[str]) -> c_type | None:
    kinds = set(words)
    if kinds & {"float", "double"}:
        return float_t(32 if "float" in kinds else 64)
    if "void" in kinds:
        return VOID
    if not kinds & {"int", "char", "long", "short", "unsigned", "signed", "_Bool"}:
        return None
    bits = 8 if "char" in kinds else 16 if "short" in kinds else 64 if "long" in kinds else 32
    return int_t(bits, "unsigned" not in kinds, sized="unsigned" in kinds)


class types:
    """The typedefs, structs and enums of a program."""

    def __init__(self) -> None:
        self.typedefs: dict[str, c_type] = {}
        self.fields: dict[str, dict[str, c_type]] = {}

    def field(self, owner: c_type | None, name: str) -> c_type | None:
        """The type of a struct's field."""
        return self.fields.get(owner.name, {}).get(name) if isinstance(owner, struct_t) else None

    def of(self, node: c_ast.Node | None, name: str = "") -> c_type:
        """The type of a declarator; ``name`` is what a struct without a tag is called."""
        if isinstance(node, (c_ast.Decl, c_ast.Typename)):
            return self.of(node.type, name)
        if isinstance(node, c_ast.TypeDecl):
            return self.of(node.type, name or node.declname or "")
        if isinstance(node, c_ast.PtrDecl):
            inner = node.type
            return pointer_t(self.of(inner, name), "const" in (getattr(inner, "quals", None) or ()))
        if isinstance(node, c_ast.ArrayDecl):
            return array_t(self.of(node.type, name), node.dim)
        if isinstance(node, c_ast.FuncDecl):
            return self._function(node)
        if isinstance(node, c_ast.IdentifierType):
            return self._named(node.names)
        if isinstance(node, (c_ast.Struct, c_ast.Union)):
            return self.struct(node, name)
        if isinstance(node, c_ast.Enum):
            return int_t(32, True, node.name or "")
        return INT

    def _named(self, names: list[str]) -> c_type:
        known = _SIZED.get(names[-1]) or self.typedefs.get(names[-1])
        return known or _basic(names) or INT

    def _function(self, node: c_ast.FuncDecl) -> function_t:
        rows = node.args.params if node.args else []
        kept = [row for row in rows if not isinstance(row, c_ast.EllipsisParam)]
        kinds = [_decayed(self.of(row)) for row in kept]
        names = [getattr(row, "name", None) or f"a{index}" for index, row in enumerate(kept)]
        if kinds == [VOID]:
            kinds = []
        return function_t(self.of(node.type), tuple(kinds), tuple(names[: len(kinds)]), len(kept) != len(rows))

    def struct(self, node: c_ast.Struct | c_ast.Union, name: str) -> struct_t:
        """A struct or union; its fields are remembered where it is defined."""
        made = struct_t(node.name or name)
        if node.decls:
            fields = self.fields.setdefault(made.name, {})
            for row in node.decls:
                fields[row.name or ""] = self.of(row, f"{made.name}_{row.name}")
        return made

    def typedef(self, node: c_ast.Typedef) -> c_type:
        kind = self.of(node.type, node.name)
        if isinstance(kind, int_t):
            bits = _SIZED.get(node.name, kind)
            kind = int_t(bits.bits, bits.signed, node.name, bits.sized)
        self.typedefs[node.name] = kind
        return kind


def _decayed(kind: c_type) -> c_type:
    """A parameter's type: arrays and functions are pointers."""
    if isinstance(kind, array_t):
        return pointer_t(kind.of)
    return pointer_t(kind) if isinstance(kind, function_t) else kind
