"""Names and types: which symbol each name of the program is, and the C type of each expression."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from oss.tools.migrate import sdk
from oss.tools.migrate.c_tree import c_ast, visitor, walk
from oss.tools.migrate.names import python_name
from oss.tools.migrate.parse import tree
from oss.tools.migrate.types import (
    CHAR,
    INT,
    LONG,
    TEXT,
    VOID,
    array_t,
    c_type,
    float_t,
    function_t,
    int_t,
    pointer_t,
    struct_t,
    target,
    types,
)

__all__ = ["program", "symbol"]


@dataclass(eq=False, slots=True)
class symbol:
    """One variable, function or constant, and what stands for it in Python (see ``shapes``)."""

    name: str
    type: c_type
    scope: str  # known, global, extern, static, param, local
    node: c_ast.Node | None = None
    function: str = ""
    python: str = ""
    shape: str = "plain"
    base: symbol | None = None
    const: bool = False
    walks: str = ""  # of a walker: text or bytes
    written: bool = False  # memory that is filled through this pointer
    ascii: bool = False  # a text that is only ever set to ASCII literals

    def __post_init__(self) -> None:
        self.python = self.python or python_name(self.name)


@dataclass(eq=False, slots=True)
class program:
    """A tree with its names resolved."""

    types: types = field(default_factory=types)
    symbols: dict[str, symbol] = field(default_factory=dict)  # those of file scope
    names: dict[int, symbol] = field(default_factory=dict)  # by the id of an ID or Decl node
    functions: dict[str, c_ast.FuncDef] = field(default_factory=dict)
    parameters: dict[str, list[symbol]] = field(default_factory=dict)
    locals: dict[str, list[symbol]] = field(default_factory=dict)
    fields: dict[tuple[str, str], symbol] = field(default_factory=dict)  # of the program's own structs
    own: list[c_ast.Node] = field(default_factory=list)
    kinds: dict[int, c_type] = field(default_factory=dict)
    kept: list[c_ast.Node] = field(default_factory=list)
    own_structs: dict[str, bool] = field(default_factory=dict)  # the structs that the program defines itself

    @classmethod
    def of(cls, parsed: tree) -> program:
        made = cls(own=parsed.own)
        for node in parsed.known:
            made._declare(node, "known")
        for node in parsed.own:
            made._declare(node, "global")
        for node in parsed.own:
            if isinstance(node, c_ast.FuncDef):
                _resolver(made, node.decl.name).function(node)
            elif isinstance(node, c_ast.Decl) and node.init is not None:
                _resolver(made, "").visit(node.init)
        return made

    def _declare(self, node: c_ast.Node, scope: str) -> None:
        if isinstance(node, c_ast.Typedef):
            self._enum(node.type, scope)
            kind = self.types.typedef(node)
            self._own_fields(kind, scope)
        elif isinstance(node, c_ast.FuncDef):
            self.functions[node.decl.name] = node
            self._file_symbol(node.decl, scope)
        elif isinstance(node, c_ast.Decl):
            self._enum(node.type, scope)
            kind = self.types.of(node)
            self._own_fields(kind, scope)
            if node.name:
                self._file_symbol(node, scope)

    def _own_fields(self, kind: c_type, scope: str) -> None:
        while not isinstance(kind, struct_t):
            inner = target(kind)
            if inner is None:
                return
            kind = inner
        if scope != "known":
            self.own_structs[kind.name] = sdk.provider(kind.name) is None
            for name, type_ in self.types.fields.get(kind.name, {}).items():
                self.fields.setdefault((kind.name, name), symbol(name, type_, "field"))

    def _file_symbol(self, node: c_ast.Decl, scope: str) -> None:
        kind = self.types.of(node)
        outside = "extern" in node.storage and node.init is None
        earlier = self.symbols.get(node.name)
        if scope == "global" and (outside or (isinstance(kind, function_t) and node.name not in self.functions)):
            if earlier is None or earlier.scope == "known":
                keep_known = earlier is not None
                if keep_known:
                    return
                self.symbols[node.name] = symbol(node.name, kind, "extern", node, const=_is_const(node))
            return
        python = node.name if scope == "known" else ""
        self.symbols[node.name] = symbol(node.name, kind, scope, node, python=python, const=_is_const(node))
        self.names[id(node)] = self.symbols[node.name]

    def _enum(self, node: c_ast.Node | None, scope: str) -> None:
        """Declares the members of an enum, wherever it stands in a declaration."""
        for inner in walk(node) if node is not None else ():
            if isinstance(inner, c_ast.Enum) and inner.values:
                for item in inner.values.enumerators:
                    self.symbols[item.name] = symbol(item.name, INT, scope, item, const=True)

    def symbol_of(self, node: c_ast.Node | None) -> symbol | None:
        """The symbol behind a name, a declaration or a field of one of the program's structs."""
        if isinstance(node, c_ast.Cast):
            return self.symbol_of(node.expr)
        if isinstance(node, (c_ast.ID, c_ast.Decl)):
            return self.names.get(id(node))
        if isinstance(node, c_ast.StructRef):
            owner = self.type_of(node.name)
            owner = target(owner) or owner
            return self.fields.get((owner.name, node.field.name)) if isinstance(owner, struct_t) else None
        return None

    def type_of(self, node: c_ast.Node | None) -> c_type:
        """The C type of an expression."""
        if node is None:
            return VOID
        found = self.kinds.get(id(node))
        if found is None:
            found = self.kinds[id(node)] = self._type(node)
            self.kept.append(node)  # so that its id stays its own
        return found

    def _type(self, node: c_ast.Node) -> c_type:
        if isinstance(node, c_ast.ID):
            known = self.names.get(id(node))
            return known.type if known else INT
        if isinstance(node, c_ast.Constant):
            return _constant_type(node)
        if isinstance(node, c_ast.Cast):
            return self.types.of(node.to_type)
        if isinstance(node, c_ast.StructRef):
            owner = self.type_of(node.name)
            return self.types.field(target(owner) or owner, node.field.name) or INT
        if isinstance(node, c_ast.ArrayRef):
            return target(self.type_of(node.name)) or INT
        if isinstance(node, c_ast.FuncCall):
            return self._result(node)
        if isinstance(node, c_ast.UnaryOp):
            return self._unary(node)
        if isinstance(node, c_ast.BinaryOp):
            return self._binary(node)
        if isinstance(node, c_ast.Assignment):
            return self.type_of(node.lvalue)
        if isinstance(node, c_ast.TernaryOp):
            left, right = self.type_of(node.iftrue), self.type_of(node.iffalse)
            return left if not isinstance(left, int_t) else right
        if isinstance(node, c_ast.ExprList):
            return self.type_of(node.exprs[-1]) if node.exprs else VOID
        if isinstance(node, c_ast.CompoundLiteral):
            return self.types.of(node.type)
        return INT

    def _result(self, node: c_ast.FuncCall) -> c_type:
        name = getattr(node.name, "name", "")
        if isinstance(name, str) and (name.startswith("aos_list_for_each") or name in _TYPED_BY_ARGUMENT):
            for argument in node.args.exprs:
                if isinstance(argument, c_ast.Cast):
                    return self.types.of(argument.to_type)
        kind = self.type_of(node.name)
        while isinstance(kind, pointer_t):
            kind = kind.to
        return kind.result if isinstance(kind, function_t) else INT

    def _unary(self, node: c_ast.UnaryOp) -> c_type:
        inner = self.type_of(node.expr)
        if node.op == "&":
            return pointer_t(inner)
        if node.op == "*":
            return target(inner) or (inner if isinstance(inner, function_t) else INT)
        if node.op == "sizeof":
            return int_t(64, False)
        return INT if node.op == "!" else inner

    def _binary(self, node: c_ast.BinaryOp) -> c_type:
        if node.op in _TRUTHS:
            return INT
        left, right = self.type_of(node.left), self.type_of(node.right)
        if target(left) is not None and target(right) is not None:
            return LONG
        for kind in (left, right):
            if isinstance(kind, array_t):
                return pointer_t(kind.of)
            if isinstance(kind, (pointer_t, float_t)):
                return kind
        if isinstance(left, int_t) and isinstance(right, int_t):
            return max(left, right, INT, key=lambda kind: (kind.bits, not kind.signed))
        return left


_TRUTHS = frozenset(("==", "!=", "<", ">", "<=", ">=", "&&", "||"))
_TYPED_BY_ARGUMENT = frozenset(("aos_list_entry", "aos_list_get_first", "aos_list_get_last"))


def _constant_type(node: c_ast.Constant) -> c_type:
    if node.type == "string":
        return TEXT
    if node.type == "char":
        return CHAR
    if node.type in ("float", "double", "long double"):
        return float_t()
    return int_t(64 if "long" in node.type else 32, "unsigned" not in node.type)


def _is_const(node: c_ast.Decl) -> bool:
    """Whether a variable cannot be assigned: a const, a const array, an array of constants."""
    kind = node.type
    while isinstance(kind, c_ast.ArrayDecl):
        kind = kind.type
    return "const" in (getattr(kind, "quals", None) or ())


class _resolver(visitor):
    """Gives every name of a function its symbol."""

    def __init__(self, made: program, name: str) -> None:
        self.made, self.name = made, name
        self.scopes: list[dict[str, symbol]] = [made.symbols]
        made.locals.setdefault(name, [])

    def function(self, node: c_ast.FuncDef) -> None:
        rows = node.decl.type.args.params if node.decl.type.args else []
        with self._scope():
            for row in rows:
                if isinstance(row, c_ast.Decl) and row.name:
                    self._add(row, "param")
            self.made.parameters[self.name] = list(self.scopes[-1].values())
            self.visit(node.body)

    @contextmanager
    def _scope(self) -> Iterator[None]:
        self.scopes.append({})
        yield
        self.scopes.pop()

    def _add(self, node: c_ast.Decl, scope: str) -> None:
        kind = self.made.types.of(node)
        if scope == "param" and isinstance(kind, array_t):
            kind = pointer_t(kind.of)
        if "extern" in node.storage or isinstance(kind, function_t):
            known = self.made.symbols.setdefault(
                node.name, symbol(node.name, kind, "extern", node, const=_is_const(node))
            )
            self.scopes[-1][node.name] = known
            self.made.names[id(node)] = known
            return
        made = symbol(node.name, kind, scope, node, self.name, const=_is_const(node))
        if node.name in self.made.types.fields:  # a variable called as its struct is
            made.python = f"{node.name}_"
        if "static" in node.storage:
            made.scope, made.python = "static", f"{self.name}_{node.name}"
        elif any(node.name in outer for outer in self.scopes[2:-1]):
            depth = sum(node.name in outer for outer in self.scopes[1:-1]) + 1
            made.python = python_name(f"{node.name}_{depth}")
        self.scopes[-1][node.name] = made
        self.made.names[id(node)] = made
        self.made.locals[self.name].append(made)

    def visit_Decl(self, node: c_ast.Decl) -> None:
        self.made._enum(node.type, "global")
        if node.name:
            self._add(node, "local")
        if isinstance(node.type, c_ast.ArrayDecl) and node.type.dim is not None:
            self.visit(node.type.dim)
        if node.init is not None:
            self.visit(node.init)

    def visit_Compound(self, node: c_ast.Compound) -> None:
        with self._scope():
            self.generic_visit(node)

    def visit_For(self, node: c_ast.For) -> None:
        with self._scope():
            self.generic_visit(node)

    def visit_StructRef(self, node: c_ast.StructRef) -> None:
        self.visit(node.name)

    def visit_NamedInitializer(self, node: c_ast.NamedInitializer) -> None:
        self.visit(node.expr)

    def visit_Cast(self, node: c_ast.Cast) -> None:
        self.visit(node.expr)

    def visit_ID(self, node: c_ast.ID) -> None:
        for scope in reversed(self.scopes):
            if node.name in scope:
                self.made.names[id(node)] = scope[node.name]
                return
