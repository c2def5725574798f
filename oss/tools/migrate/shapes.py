"""What stands for each variable in Python.

``plain``    the value itself: an int, a struct, a function, a list
``ref``      an ``aos_ref_t``: a scalar or a text whose address is taken
``made``     a struct that is made at its declaration, since a function fills it through its address
``text``     a str (or None): a ``char *`` or ``char []`` that is only ever read, replaced or formatted as a whole
``bytes``    a bytearray: memory that is filled by index or by a function
``letter``   a str of one character: a ``char`` that no arithmetic is done with
``index``    an int: a pointer that walks about in the memory of one other variable (``base``), -1 for NULL
``walker``   a sequence and an int: a pointer that walks about in whatever it was set to
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from oss.tools.migrate import sdk
from oss.tools.migrate.c_tree import c_ast, visitor, walk
from oss.tools.migrate.scopes import program, symbol
from oss.tools.migrate.types import VOID, array_t, function_t, int_t, is_char, is_text, pointer_t, struct_t, target

__all__ = ["ALLOCATORS", "FILLED", "FOUND", "WHOLE", "callee", "decide", "is_null"]

ALLOCATORS = {
    "malloc": 0,
    "calloc": 1,
    "aos_palloc": 1,
    "aos_pcalloc": 1,
    "apr_palloc": 1,
    "apr_pcalloc": 1,
    "realloc": 1,
}
"""Functions that give memory, and which argument says how much."""
WHOLE = frozenset(
    ["strcpy", "strncpy", "strcat", "strncat", "sprintf", "snprintf", "vsprintf", "vsnprintf", "apr_snprintf", "fgets"]
)
"""Functions that set or extend a text in their first argument."""
FILLED = {"memcpy": 0, "memmove": 0, "fread": 0}
"""Functions of the C library that fill memory, and in which argument."""
FOUND = frozenset(("strchr", "strrchr", "strstr"))
"""Functions that give a place in their first argument."""
_MOVES = frozenset(("p++", "p--", "++", "--"))


@dataclass(slots=True)
class uses:
    """What a program does with one variable."""

    stored: bool = False  # through an index or a *
    filled: bool = False
    whole: bool = False
    moved: bool = False
    subtracted: bool = False
    counted: bool = False  # takes part in arithmetic
    indexed: bool = False
    memory: bool = False  # a void * that is read as bytes
    address: list[symbol | str | None] = field(default_factory=list)  # to which parameter, or of which function
    sources: list[c_ast.Node] = field(default_factory=list)
    passed: list[symbol] = field(default_factory=list)  # parameters of the program's functions it is given to


def callee(node: c_ast.Node | None) -> str:
    """The name of the function that a call calls, or nothing."""
    name = getattr(node, "name", None) if isinstance(node, c_ast.FuncCall) else None
    return name.name if isinstance(name, c_ast.ID) else ""


def is_null(node: c_ast.Node | None) -> bool:
    """NULL, ``(T *)0`` or 0."""
    if isinstance(node, c_ast.Cast):
        return is_null(node.expr)
    return (isinstance(node, c_ast.ID) and node.name == "NULL") or (
        isinstance(node, c_ast.Constant) and node.value == "0"
    )


def bare(node: c_ast.Node) -> c_ast.Node:
    """An expression without the casts around it."""
    while isinstance(node, c_ast.Cast):
        node = node.expr
    return node


class _collector(visitor):
    """Collects the uses of every variable."""

    def __init__(self, made: program) -> None:
        self.made = made
        self.uses: dict[symbol, uses] = defaultdict(uses)
        self.returns: dict[str, list[c_ast.Node]] = defaultdict(list)
        self.name = ""

    def _of(self, node: c_ast.Node | None) -> uses | None:
        found = self.made.symbol_of(bare(node))
        return self.uses[found] if found else None

    def collect(self) -> None:
        for node in self.made.own:
            self.name = node.decl.name if isinstance(node, c_ast.FuncDef) else ""
            self.visit(node)

    def visit_Decl(self, node: c_ast.Decl) -> None:
        found = self._of(node)
        if found and node.init is not None and not isinstance(node.init, c_ast.InitList):
            found.sources.append(node.init)
        self.generic_visit(node)

    def visit_Return(self, node: c_ast.Return) -> None:
        if node.expr is not None:
            self.returns[self.name].append(node.expr)
        self.generic_visit(node)

    def visit_Assignment(self, node: c_ast.Assignment) -> None:
        left = self._of(node.lvalue)
        if node.op == "=" and left:
            left.sources.append(node.rvalue)
        elif left:
            left.moved = left.counted = True
        self._store(node.lvalue)
        self.generic_visit(node)

    def _store(self, node: c_ast.Node) -> None:
        if isinstance(node, c_ast.ArrayRef) and (found := self._of(node.name)):
            found.stored = True
        elif isinstance(node, c_ast.UnaryOp) and node.op == "*":
            for inner in walk(node.expr):
                if (found := self._of(inner)) and target(self.made.type_of(inner)) is not None:
                    found.stored = True
                    break

    def visit_Cast(self, node: c_ast.Cast) -> None:
        found = self.made.symbol_of(node.expr)
        if found and found.type == pointer_t(VOID) and is_text(self.made.types.of(node.to_type)):
            self.uses[found].memory = True
        self.generic_visit(node)

    def visit_ArrayRef(self, node: c_ast.ArrayRef) -> None:
        if found := self._of(node.name):
            found.indexed = True
        self.generic_visit(node)

    def visit_UnaryOp(self, node: c_ast.UnaryOp) -> None:
        found = self._of(node.expr)
        if node.op in _MOVES and found:
            found.moved = found.counted = True
        elif node.op in ("-", "~") and found:
            found.counted = True
        elif node.op == "&" and found and not isinstance(node.expr, c_ast.StructRef):
            found.address.append(None)
        self.generic_visit(node)

    def visit_BinaryOp(self, node: c_ast.BinaryOp) -> None:
        arithmetic = node.op in ("+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^")
        pointers = all(target(self.made.type_of(side)) is not None for side in (node.left, node.right))
        for side in (node.left, node.right):
            found = self._of(side)
            if found and arithmetic:
                found.counted = True
            if (
                found
                and pointers
                and (node.op == "-" or (node.op in ("<", ">", "<=", ">=") and not is_null(node.right)))
            ):
                found.subtracted = True
        self.generic_visit(node)

    def visit_FuncCall(self, node: c_ast.FuncCall) -> None:
        name = callee(node)
        arguments = list(node.args.exprs) if node.args else []
        parameters = self.made.parameters.get(name, [])
        accepted = _accepted(name)
        for position, argument in enumerate(arguments):
            inner = bare(argument)
            parameter = parameters[position] if position < len(parameters) else None
            if isinstance(inner, c_ast.UnaryOp) and inner.op == "&":
                found = self._of(inner.expr)
                if found and not isinstance(inner.expr, c_ast.StructRef):
                    found.address.append(parameter or name)
                continue
            base = inner
            while isinstance(base, c_ast.BinaryOp) and base.op in ("+", "-"):
                base = bare(base.left)
            found = self._of(base)
            if parameter is not None:
                self.uses[parameter].sources.append(argument)
                if found:
                    found.passed.append(parameter)
            if found and (FILLED.get(name) == position or (position < len(accepted) and accepted[position])):
                found.filled = found.filled or name not in WHOLE
                found.whole = found.whole or name in WHOLE
            if found and name == "sscanf" and position > 1:
                found.whole = True
            if found and name in WHOLE and not position:
                found.whole = True
                found.filled = found.filled or base is not inner
            if found and name == "memset" and not position:
                found.filled = found.filled or base is not inner or not is_null(arguments[1])
        self.generic_visit(node)


def _accepted(name: str) -> list[bool]:
    """For each parameter of an SDK function: whether it fills the memory given to it."""
    function = sdk.function(name)
    if function is None:
        return []
    rows = inspect.signature(function).parameters.values()
    return ["bytearray" in str(row.annotation) and "str" not in str(row.annotation) for row in rows]


def _every(made: program) -> Iterator[symbol]:
    yield from (item for item in made.symbols.values() if item.scope in ("global", "extern"))
    for name in made.functions:
        yield from made.parameters[name]
    for rows in made.locals.values():
        yield from rows
    yield from made.fields.values()


def decide(made: program, outside: dict[str, str] | None = None) -> dict[str, str]:
    """Sets the shape of every symbol; gives the shapes of the texts that functions return, ``outside`` among them."""
    collected = _collector(made)
    collected.collect()
    decider = _decider(made, collected)
    decider.results.update(outside or {})
    for item in list(dict.fromkeys(_every(made))):
        decider.start(item)
    while decider.grow():
        pass
    decider.places()
    decider.addresses()
    return decider.results


class _decider:
    def __init__(self, made: program, collected: _collector) -> None:
        self.made, self.uses, self.returns = made, collected.uses, collected.returns
        self.texts: list[symbol] = []
        self.results: dict[str, str] = {}

    def start(self, item: symbol) -> None:
        found = self.uses[item]
        kind = item.type
        if found.memory and item.scope in ("param", "local"):
            item.shape, item.written = "bytes", found.stored or found.filled
            self.texts.append(item)
        elif is_text(kind) and item.scope != "known":
            fills = found.stored or found.filled or (found.whole and item.scope == "param")
            unsigned = isinstance(target(kind), int_t) and not getattr(target(kind), "signed", True)
            item.written = fills
            item.shape = "bytes" if fills or unsigned else "text"
            literals = [bare(source) for source in found.sources]
            item.ascii = (
                bool(literals)
                and not found.whole
                and item.scope != "param"
                and all(isinstance(node, c_ast.Constant) and node.value.isascii() for node in literals)
            )
            self.texts.append(item)
        elif is_char(kind) and item.scope in ("local", "static", "param"):
            letters = bool(found.sources) and all(self._is_letter(source) for source in found.sources)
            item.shape = "letter" if letters and not found.counted and not found.address else "plain"

    def _is_letter(self, node: c_ast.Node) -> bool:
        inner = bare(node)
        if isinstance(inner, c_ast.Constant):
            return bool(inner.type == "char")
        if isinstance(inner, c_ast.UnaryOp) and inner.op == "*":
            inner = inner.expr
        elif isinstance(inner, c_ast.ArrayRef):
            inner = inner.name
        else:
            return False
        return is_text(self.made.type_of(inner)) and self.shape_of(inner) == "text"

    def grow(self) -> bool:
        """One round of what follows from what; whether anything changed."""
        changed = False
        for item in self.texts:
            found = self.uses[item]
            given = any(parameter.shape == "bytes" and parameter.written for parameter in found.passed)
            changed, item.written = changed or (given and not item.written), item.written or given
            copied = item.scope != "param" and any(self.shape_of(source) == "bytes" for source in found.sources)
            if item.shape == "text" and (given or copied):
                item.shape, changed = "bytes", True
        for name, rows in self.returns.items():
            if self.results.get(name) != "bytes" and any(self.shape_of(row) == "bytes" for row in rows):
                self.results[name], changed = "bytes", True
        return changed

    def shape_of(self, node: c_ast.Node | None) -> str:
        """``text``, ``bytes`` or, for NULL and fresh memory, nothing."""
        node = bare(node)
        if isinstance(node, c_ast.FuncCall):
            return self._result(node)
        if isinstance(node, c_ast.TernaryOp):
            return self.shape_of(node.iftrue) or self.shape_of(node.iffalse)
        if isinstance(node, c_ast.BinaryOp):
            return self.shape_of(node.left)
        if isinstance(node, c_ast.UnaryOp):
            return self.shape_of(node.expr)
        if isinstance(node, c_ast.ArrayRef):
            return self.shape_of(node.name)
        if isinstance(node, c_ast.Assignment):
            return self.shape_of(node.rvalue)
        if isinstance(node, c_ast.StructRef) and self.made.symbol_of(node) is None:
            kind = target(self.made.type_of(node.name)) or self.made.type_of(node.name)
            return "bytes" if kind == struct_t("aos_buf_t") else "text"
        found = self.made.symbol_of(node)
        return found.shape if found and found.shape in ("text", "bytes") else ""

    def _result(self, node: c_ast.FuncCall) -> str:
        name = callee(node)
        if name in FOUND:
            return self.shape_of(node.args.exprs[0])
        if name in ALLOCATORS:
            return ""
        function = sdk.function(name)
        if function is not None and name not in self.made.functions:
            return "bytes" if "bytes" in str(inspect.signature(function).return_annotation) else "text"
        return self.results.get(name, "text")

    def places(self) -> None:
        """Which texts and memories are pointers that move."""
        for item in self.texts:
            found = self.uses[item]
            if isinstance(item.type, array_t) or item.scope == "field":
                continue
            bases = [self._base(source) for source in found.sources]
            derived = [base for base in bases if base is not None]
            if not (found.moved or derived):
                continue
            others = {base for base in derived if base is not item}
            free = all(base is not None or is_null(source) for base, source in zip(bases, found.sources, strict=True))
            if len(others) == 1 and free and item.scope != "param":
                (base,) = others
                if isinstance(base, symbol) and base.shape in ("text", "bytes") and base.function == item.function:
                    item.shape, item.base = "index", base
                    continue
            if found.moved or found.subtracted:
                item.walks, item.shape = item.shape, "walker"

    def _base(self, node: c_ast.Node) -> symbol | str | None:
        """The variable in whose memory a pointer expression leads; None for one that is a text of its own."""
        inner = bare(node)
        if isinstance(inner, c_ast.FuncCall) and callee(inner) in FOUND:
            inner = bare(inner.args.exprs[0])
        elif isinstance(inner, c_ast.BinaryOp) and inner.op in ("+", "-"):
            inner = bare(inner.left)
        elif isinstance(inner, c_ast.UnaryOp) and inner.op == "&" and isinstance(inner.expr, c_ast.ArrayRef):
            inner = bare(inner.expr.name)
        elif isinstance(inner, c_ast.ID):
            known = self.made.symbol_of(inner)
            moved = known is not None and (self.uses[known].subtracted or isinstance(known.type, array_t))
            return known.base or known if moved and known is not None and known.shape != "plain" else None
        else:
            return None
        found = self.made.symbol_of(inner)
        return (found.base or found) if found is not None else "elsewhere"

    def addresses(self) -> None:
        """Which variables are references, since their address is taken."""
        changed = True
        while changed:
            changed = False
            for item in list(dict.fromkeys(_every(self.made))):
                if item.shape not in ("ref", "made") and (shape := self._address_shape(item)):
                    item.shape, changed = shape, True

    def _address_shape(self, item: symbol) -> str:
        found = self.uses[item]
        kind = item.type
        if isinstance(kind, pointer_t) and isinstance(kind.to, pointer_t) and item.scope == "param":
            filled = found.stored or any(parameter.shape == "ref" for parameter in found.passed)
            return "ref" if filled and not found.indexed else ""
        if not found.address or isinstance(kind, (struct_t, array_t, function_t)):
            return ""
        if isinstance(kind, pointer_t) and isinstance(kind.to, struct_t) and kind.to.name != "mxml_node_t":
            through = any(isinstance(to, symbol) and to.shape == "ref" for to in found.address)
            return "ref" if through else "made"
        return "ref"
