"""C expressions as Python expressions."""

from __future__ import annotations

import ast as python_ast
import re
from collections.abc import Callable
from dataclasses import replace

from oss.tools.migrate.c_tree import c_ast, c_generator
from oss.tools.migrate.calls import call
from oss.tools.migrate.comparisons import COMPARISONS, comparisons
from oss.tools.migrate.fresh import size_of
from oss.tools.migrate.names import python_field
from oss.tools.migrate.scopes import program, symbol
from oss.tools.migrate.shapes import bare
from oss.tools.migrate.types import (
    INT,
    array_t,
    c_type,
    float_t,
    function_t,
    int_t,
    is_char,
    is_text,
    pointer_t,
    struct_t,
    target,
)
from oss.tools.migrate.values import (
    ATOM,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    OR,
    PRODUCT,
    SHIFT,
    SUM,
    TERNARY,
    UNARY,
    Untranslatable,
    added,
    hexadecimal,
    integer,
    literal,
    memory,
    negated,
    text,
    value,
)

__all__ = ["expressions"]

_BINARY = {
    "+": ("+", SUM), "-": ("-", SUM), "*": ("*", PRODUCT), "/": ("//", PRODUCT), "%": ("%", PRODUCT),
    "<<": ("<<", SHIFT), ">>": (">>", SHIFT), "&": ("&", BIT_AND), "^": ("^", BIT_XOR), "|": ("|", BIT_OR),
}  # fmt: skip
_SPECIAL = {
    "NULL": ("None", "none"), "__FILE__": ("__file__", "text"), "RAND_MAX": ("0x7FFFFFFF", "int"),
    "EXIT_SUCCESS": ("0", "int"), "EXIT_FAILURE": ("1", "int"), "EOF": ("-1", "int"), "INT_MAX": ("0x7FFFFFFF", "int"),
    "INT32_MAX": ("0x7FFFFFFF", "int"), "INT_MIN": ("-0x80000000", "int"), "INT32_MIN": ("-0x80000000", "int"),
    "UINT_MAX": ("0xFFFFFFFF", "int"), "UINT32_MAX": ("0xFFFFFFFF", "int"), "INT64_MAX": ("LLONG_MAX", "int"),
    "LONG_MAX": ("LLONG_MAX", "int"), "INT64_MIN": ("LLONG_MIN", "int"), "LONG_MIN": ("LLONG_MIN", "int"),
    "UINT64_MAX": ("ULLONG_MAX", "int"), "ULONG_MAX": ("ULLONG_MAX", "int"), "SIZE_MAX": ("ULLONG_MAX", "int"),
    "stdout": ("sys.stdout", "any"), "stderr": ("sys.stderr", "any"), "stdin": ("sys.stdin", "any"),
    "F_OK": ("os.F_OK", "int"), "R_OK": ("os.R_OK", "int"), "W_OK": ("os.W_OK", "int"),
    "SEEK_SET": ("os.SEEK_SET", "int"), "SEEK_CUR": ("os.SEEK_CUR", "int"), "SEEK_END": ("os.SEEK_END", "int"),
}  # fmt: skip


class expressions(comparisons):
    """Writes expressions. Statements that must run before or after the one being written gather in two lists."""

    def __init__(self, made: program, results: dict[str, str], modules: Callable[[symbol], str | None]) -> None:
        self.made, self.results, self.module_of = made, results, modules
        self.function = ""
        self.before: list[str] = []
        self.after: list[str] = []
        self.tested = 0  # inside of what may not be evaluated, or more than once: no statements before or after

    # What C says of a node

    def type_of(self, node: c_ast.Node | None) -> c_type:
        return self.made.type_of(node)

    def source(self, node: c_ast.Node) -> str:
        return " ".join(c_generator.CGenerator().visit(node).split())

    def kind_of(self, kind: c_type) -> str:
        """The kind of value that a C type reads as."""
        if isinstance(kind, float_t):
            return "float"
        if isinstance(kind, int_t):
            return "int"
        if isinstance(kind, (struct_t,)):
            return "struct"
        if isinstance(kind, array_t) and not is_text(kind):
            return "list"
        if is_text(kind):
            return "text"
        if isinstance(kind, pointer_t) and isinstance(kind.to, struct_t):
            return "struct"
        return "function" if isinstance(kind, function_t) else "pointer"

    # Expressions

    def __call__(self, node: c_ast.Node | None) -> value:
        if node is None:
            return value("", "none")
        writer = getattr(self, f"_{type(node).__name__}", None)
        if writer is None:
            raise Untranslatable(f"no counterpart of a {type(node).__name__}")
        made: value = writer(node)
        return made

    def number(self, node: c_ast.Node) -> value:
        made = self(node)
        if made.kind == "text" and made.constant is None and isinstance(bare(node), c_ast.ArrayRef):
            return replace(made, code=f"ord({made.code})", kind="int", level=ATOM)
        return integer(made)

    def _Constant(self, node: c_ast.Constant) -> value:
        if node.type == "string":
            content = c_string(node.value[node.value.index('"') + 1 : -1])
            return value(literal(content), "text", type=self.type_of(node), constant=content)
        if node.type == "char":
            content = c_string(node.value[node.value.index("'") + 1 : -1].replace('"', '\\"').replace('\\\\"', '\\"'))
            return value(literal(content), "letter", type=self.type_of(node), constant=content)
        if "float" in node.type or "double" in node.type:
            return value(node.value.rstrip("fFlL"), "float", type=float_t())
        digits = node.value.rstrip("uUlL")
        if len(digits) > 1 and digits[0] == "0" and digits[1:].isdigit():
            digits = f"0o{digits[1:]}"
        if digits[:2] in ("0x", "0X"):
            digits = f"0x{digits[2:].upper()}"
        return value(digits, "int", type=self.type_of(node), constant=int(digits, 0))

    def _ID(self, node: c_ast.ID) -> value:
        found = self.made.symbol_of(node)
        if node.name == "__func__":
            return value(literal(self.function), "text", type=self.type_of(node), constant=self.function)
        if node.name in _SPECIAL and (found is None or found.scope == "known"):
            code, kind = _SPECIAL[node.name]
            return value(code, kind, UNARY if code.startswith("-") else ATOM, self.type_of(node))
        if found is None:
            raise Untranslatable(f"{node.name} is declared nowhere")
        return self.read(found)

    def name_of(self, found: symbol) -> str:
        """What a symbol is called where it is used."""
        module = self.module_of(found)
        return f"{module}.{found.python}" if module else found.python

    def read(self, found: symbol) -> value:
        """The value of a variable."""
        name, kind = self.name_of(found), self.kind_of(found.type)
        if found.shape == "ref" and not (isinstance(found.type, pointer_t) and isinstance(found.type.to, pointer_t)):
            return value(f"{name}.value", kind, type=found.type)
        if found.shape == "letter":
            return value(name, "letter", type=found.type)
        if found.shape == "bytes":
            return value(name, "bytes", type=found.type)
        if found.shape == "index" and found.base is not None:
            base = self.read(found.base)
            return value("", "place", type=found.type, base=base.code, index=name, memory=base.kind, nullable=True)
        if found.shape == "walker":
            return value("", "place", type=found.type, base=name, index=f"{name}_at", memory=found.walks)
        return value(name, kind, type=found.type)

    def _Cast(self, node: c_ast.Cast) -> value:
        made = self(node.expr)
        kind = self.made.types.of(node.to_type)
        if isinstance(kind, int_t) and made.kind == "float":
            return value(f"int({made.code})", "int", type=kind)
        if isinstance(kind, float_t) and made.kind in ("int", "bool", "letter"):
            return value(f"float({integer(made).code})", "float", type=kind)
        if isinstance(kind, int_t) and isinstance(made.type, int_t) and kind.bits < made.type.bits and not kind.signed:
            return value(f"{integer(made).at(BIT_AND)} & {hexadecimal((1 << kind.bits) - 1)}", "int", BIT_AND, kind)
        return replace(made, type=kind) if isinstance(kind, int_t) else made

    def _StructRef(self, node: c_ast.StructRef) -> value:
        owner_type = self.type_of(node.name)
        owner_type = target(owner_type) or owner_type
        own = self.made.symbol_of(node)
        kind = self.type_of(node)
        owner = self(node.name)
        if owner.kind == "place":
            owner = self.element(owner)
        name = python_field(node.field.name)
        code = f"{owner.at(ATOM)}.{name}"
        if own is not None:
            own_kind = own.shape if own.shape in ("bytes", "letter") else self.kind_of(kind)
            return value(code, own_kind, type=kind)
        if owner_type == struct_t("aos_buf_t") and is_text(kind):
            return value("", "place", type=kind, base=f"{owner.at(ATOM)}.data", index=code, memory="bytes")
        if owner_type == struct_t("stat") and name == "st_mtime":
            return value(f"int({code})", "int", type=kind)
        if self.made.types.field(owner_type, node.field.name) is None and node.type == "->":
            raise Untranslatable(f"{getattr(owner_type, 'name', 'that')} has no field {node.field.name}")
        return value(code, "list" if node.field.name == "parts" else self.kind_of(kind), type=kind)

    def _ArrayRef(self, node: c_ast.ArrayRef) -> value:
        base = self(node.name)
        index = self.number(node.subscript).code
        if base.kind == "place":
            return self.element(replace(base, index=added(base.index, index)))
        if base.kind == "text":
            ends = [f"len({base.code}) - 1", f"{base.code.removesuffix('.data')}.len - 1"]
            index = "-1" if index in ends else index
            return self.element(value("", "place", base=base.at(ATOM), index=index, memory="text", type=base.type))
        if base.kind == "bytes":
            return self.element(value("", "place", base=base.at(ATOM), index=index, memory="bytes", type=base.type))
        kind = target(base.type) or INT
        return value(f"{base.at(ATOM)}[{index}]", self.kind_of(kind), type=kind)

    def element(self, place: value) -> value:
        """What stands at a place."""
        kind = target(place.type) or INT
        if place.memory == "text":
            stop = "" if place.index == "-1" else added(place.index, "1")
            shown = f"{place.base}[{place.index}:{stop}]"
            if not (place.index.lstrip("-").isalnum() and stop.isalnum()) and stop:
                shown = f"{place.base}[{place.index} : {stop}]"
            return value(shown, "letter", type=kind, base=place.base, index=place.index, memory="text")
        return value(f"{place.base}[{place.index}]", "int" if is_char(kind) else self.kind_of(kind), type=kind)

    def _UnaryOp(self, node: c_ast.UnaryOp) -> value:
        if node.op == "&":
            return self._address(node.expr)
        if node.op == "*":
            return self._pointed(node.expr)
        if node.op == "sizeof":
            return self._sizeof(node.expr)
        if node.op == "!":
            return negated(self(node.expr))
        if node.op in ("p++", "p--", "++", "--"):
            return self._step(node)
        made = self.number(node.expr)
        if node.op == "+":
            return made
        if node.op == "-" and made.constant == 0:
            return made
        constant = -made.constant if isinstance(made.constant, int) and node.op == "-" else None
        code = f"{node.op}{made.at(UNARY)}"
        kind = self.type_of(node)
        if isinstance(kind, int_t) and not kind.signed and made.kind == "int":
            return value(f"{code} & {hexadecimal((1 << kind.bits) - 1)}", "int", BIT_AND, kind)
        return value(code, made.kind, UNARY, kind, constant=constant)

    def _address(self, node: c_ast.Node) -> value:
        """``&x``: the struct itself, a place in memory, or the reference that stands for ``x``."""
        kind = self.type_of(node)
        if isinstance(node, c_ast.ArrayRef):
            base = self(node.name)
            index = self.number(node.subscript).code
            if base.kind == "place":
                return replace(base, index=added(base.index, index))
            if base.kind in ("text", "bytes"):
                return value("", "place", type=pointer_t(kind), base=base.code, index=index, memory=base.kind)
            if self.kind_of(kind) == "struct":
                return self(node)
            return value("", "place", type=pointer_t(kind), base=base.code, index=index, memory="list")
        found = self.made.symbol_of(node)
        if found is not None and not isinstance(node, c_ast.StructRef):
            if found.shape == "ref":
                return value(self.name_of(found), "reference", type=pointer_t(kind))
            if found.shape == "made" or isinstance(found.type, (struct_t, array_t, function_t)):
                return replace(self.read(found), type=pointer_t(kind))
        made = self(node)
        if made.kind in ("struct", "function", "list"):
            return replace(made, type=pointer_t(kind))
        if isinstance(node, c_ast.StructRef):
            return value(made.code, "member", type=pointer_t(kind))
        raise Untranslatable("the address of what has none in Python")

    def _pointed(self, node: c_ast.Node) -> value:
        inner = bare(node)
        if isinstance(inner, c_ast.UnaryOp) and inner.op in ("p++", "p--", "++", "--"):
            place = self(inner.expr)
            if place.kind != "place":
                raise Untranslatable("a pointer that moves, of which it is not known where it leads")
            post = inner.op.startswith("p")
            if not post:
                self.step_place(inner)
                return self.element(place)
            self.later(f"{place.index} {inner.op[-1]}= 1")
            return self.element(place)
        made = self(node)
        if made.kind == "place":
            return self.element(made)
        kind = target(self.type_of(node))
        if made.kind in ("struct", "function"):
            return replace(made, type=kind or made.type)
        if made.kind in ("text", "bytes", "list"):
            return self.element(value("", "place", type=made.type, base=made.at(ATOM), index="0", memory=made.kind))
        if made.kind == "reference" or kind is not None:
            return value(f"{made.at(ATOM)}.value", self.kind_of(kind or INT), type=kind or INT)
        raise Untranslatable("a pointer of which it is not known where it leads")

    def _sizeof(self, node: c_ast.Node) -> value:
        if isinstance(node, c_ast.Typename):
            kind = self.made.types.of(node)
        else:
            kind = self.type_of(node)
            if isinstance(kind, array_t):
                if kind.count is not None and self.made.symbol_of(node) is not None and is_text(kind):
                    return self.number(kind.count)
                return value(f"len({self(node).code})", "int", type=int_t(64, False))
        return size_of(kind)

    def _step(self, node: c_ast.UnaryOp) -> value:
        """``i++`` and its kin inside of an expression."""
        made = self(node.expr)
        sign, post = node.op[-1], node.op.startswith("p")
        if made.kind == "place":
            if post:
                self.later(f"{made.index} {sign}= 1")
            else:
                self.step_place(node)
            return made
        if post and not self.tested:
            self.after.append(f"{made.code} {sign}= 1")
            return made
        if not made.code.isidentifier():
            raise Untranslatable("an increment inside of an expression")
        back = "-" if sign == "+" else "+"
        stepped = f"({made.code} := {made.code} {sign} 1)"
        return value(f"{stepped} {back} 1", "int", SUM, made.type) if post else value(stepped, "int", type=made.type)

    def step_place(self, node: c_ast.UnaryOp) -> None:
        if self.tested:
            raise Untranslatable("a pointer that moves inside of a condition")
        self.before.append(f"{self(node.expr).index} {node.op[-1]}= 1")

    def later(self, statement: str) -> None:
        if self.tested:
            raise Untranslatable("a pointer that moves inside of a condition")
        self.after.append(statement)

    def _BinaryOp(self, node: c_ast.BinaryOp) -> value:
        if node.op in ("&&", "||"):
            return self.logic(node)
        if node.op in COMPARISONS:
            return self.comparison(node)
        if node.op == "/" and (count := self._array_count(node)):
            return count
        left, right = self(node.left), self(node.right)
        if "place" in (left.kind, right.kind) or (left.kind in ("text", "bytes", "list") and node.op in "+-"):
            return self._moved(node, left, right)
        left, right = self.number(node.left) if left.kind != "float" else left, integer(right)
        if "member" in (left.kind, right.kind) or "none" in (left.kind, right.kind):
            raise Untranslatable("arithmetic with pointers")
        op, level = _BINARY[node.op]
        if "float" in (left.kind, right.kind):
            op = node.op
        made = value(f"{left.at(level)} {op} {right.at(level + 1)}", "int", level, self.type_of(node))
        return replace(made, kind="float") if "float" in (left.kind, right.kind) else made

    def _array_count(self, node: c_ast.BinaryOp) -> value | None:
        """``sizeof(a) / sizeof(a[0])`` is ``len(a)``."""
        sizes = [
            part.expr for part in (node.left, node.right) if isinstance(part, c_ast.UnaryOp) and part.op == "sizeof"
        ]
        if len(sizes) != 2 or isinstance(sizes[0], c_ast.Typename):
            return None
        kind = self.type_of(sizes[0])
        part = self.made.types.of(sizes[1]) if isinstance(sizes[1], c_ast.Typename) else self.type_of(sizes[1])
        if isinstance(kind, array_t) and kind.of == part:
            return value(f"len({self(sizes[0]).code})", "int", type=int_t(64, False))
        return None

    def _moved(self, node: c_ast.BinaryOp, left: value, right: value) -> value:
        """Arithmetic with a pointer."""
        if left.kind != "place":
            left = value("", "place", type=left.type, base=left.at(ATOM), index="0", memory=left.kind)
        if node.op == "-" and target(self.type_of(node.right)) is not None:
            other = right
            if other.kind != "place":
                other = value("", "place", type=right.type, base=right.at(ATOM), index="0", memory=right.kind)
            if other.base != left.base:
                raise Untranslatable("the distance of two pointers that lead to different memory")
            index = left.index if other.index == "0" else f"{left.index} - {other.index}"
            return value(index, "int", ATOM if other.index == "0" else SUM, INT)
        distance = integer(right)
        if node.op == "-":
            moved = f"{left.index} - {distance.at(PRODUCT)}" if distance.code != "0" else left.index
        else:
            moved = added(left.index, distance.at(SUM) if left.index != "0" else distance.code)
        return replace(left, index=moved, nullable=False)

    def _TernaryOp(self, node: c_ast.TernaryOp) -> value:
        test = self.condition(node.cond)
        self.tested += 1
        try:
            yes, no = self.settled(self(node.iftrue)), self.settled(self(node.iffalse))
        finally:
            self.tested -= 1
        if yes.kind == "letter" and no.kind != "letter":
            yes = integer(yes)
        if no.kind == "letter" and yes.kind != "letter":
            no = integer(no)
        code = f"{yes.at(OR)} if {test.at(OR)} else {no.at(TERNARY)}"
        return value(code, yes.kind if yes.kind != "none" else no.kind, TERNARY, self.type_of(node))

    def _Assignment(self, node: c_ast.Assignment) -> value:
        """An assignment inside of an expression."""
        left = self(node.lvalue)
        if node.op == "=" and left.code.isidentifier():
            right = self.settled(self(node.rvalue))
            if left.kind == "text":
                right = replace(right, code=text(right))
            return replace(left, code=f"({left.code} := {right.code})", constant=None)
        raise Untranslatable("an assignment inside of an expression")

    def _ExprList(self, node: c_ast.ExprList) -> value:
        parts = [self(item) for item in node.exprs]
        return replace(parts[-1], code=f"({', '.join(part.code for part in parts)})[-1]", level=ATOM)

    def _FuncCall(self, node: c_ast.FuncCall) -> value:
        return call(self, node)

    def _CompoundLiteral(self, node: c_ast.CompoundLiteral) -> value:
        return self.initialised(self.made.types.of(node.type), node.init)

    def _InitList(self, node: c_ast.InitList) -> value:
        return value(f"[{', '.join(self(item).code for item in node.exprs)}]", "list")

    def is_ascii(self, node: c_ast.Node | None) -> bool:
        """Whether a text is known to be ASCII, so that its letters are its bytes."""
        found = self.made.symbol_of(node)
        return found is not None and found.ascii

    def bytes_of(self, node: c_ast.Node) -> str:
        return memory(self(node))

    def text_of(self, node: c_ast.Node) -> str:
        return text(self(node))


SHORT_HEX = re.compile(r"\\x([0-9a-fA-F])(?![0-9a-fA-F])|\\.")
"""An escape of one hexadecimal digit, where Python wants two; or another escape, so that it is passed over."""


def c_string(inner: str) -> str:
    """The text between the quotes of a C literal."""
    inner = inner.replace("\\?", "?").replace("\\e", "\\x1b")
    inner = SHORT_HEX.sub(lambda found: f"\\x0{found[1]}" if found[1] else found[0], inner)
    raw = inner.encode("utf-8", "surrogateescape")
    ascii_only = "".join(chr(byte) if byte < 128 else f"\\x{byte:02x}" for byte in raw)
    found: bytes = python_ast.literal_eval(f'b"{ascii_only}"')
    return found.decode("utf-8", "surrogateescape")
