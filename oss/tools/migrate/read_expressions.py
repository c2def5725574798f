"""Types and places as libclang shows them, and the expressions of a program."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

from oss.tools.migrate.c_types import (
    VOID,
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Struct,
    Unknown,
    opaque,
)
from oss.tools.migrate.clang import HEADERS, Unit, library
from oss.tools.migrate.gaps import Gaps
from oss.tools.migrate.nodes import Decl, Node, Place, Program
from oss.tools.migrate.spelling import c_string
from oss.tools.migrate.stand_ins import STAND_INS

__all__ = ["ExpressionReader"]

_BINARY = (
    "", ".*", "->*", "*", "/", "%", "+", "-", "<<", ">>", "<=>", "<", ">", "<=", ">=", "==", "!=", "&", "^", "|", "&&",
    "||", "=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|=", ",",
)  # fmt: skip
_UNARY = ("", "x++", "x--", "++x", "--x", "&", "*", "+", "-", "~", "!", "real", "imag", "extension", "co_await")
_INTEGERS = {
    "BOOL": (1, False, "_Bool"), "CHAR_S": (8, True, "char"), "CHAR_U": (8, True, "char"),
    "SCHAR": (8, True, "signed char"),
    "UCHAR": (8, False, "unsigned char"), "SHORT": (16, True, "short"), "USHORT": (16, False, "unsigned short"),
    "INT": (32, True, "int"), "UINT": (32, False, "unsigned int"), "LONG": (64, True, "long"),
    "ULONG": (64, False, "unsigned long"), "LONGLONG": (64, True, "long"), "ULONGLONG": (64, False, "unsigned long"),
    "WCHAR": (32, True, "int"),
}  # fmt: skip
_FLOATS = {"FLOAT": 32, "DOUBLE": 64, "LONGDOUBLE": 80}
_RUNTIME_STRUCTS = {"stat": "stat_t", "sigaction": "sigaction_t"}
"""Structs of the C library that have a function's name, and what they are called here."""
_OF_THE_TOOL = f"{HEADERS}/"
_ANONYMOUS = re.compile(r"\((?:unnamed|anonymous)")


class ExpressionReader:
    """Reads types and expressions."""

    nameless = True  # fields of structs without a name are those of the struct around them

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.kinds = library().CursorKind
        self.lib = library().conf.lib
        self.decls: dict[int, Decl] = {}
        self.renamed: dict[str, str] = {}  # structs that a typedef gives a name
        self.names: dict[int, str] = {}  # of structs without any
        self.types: dict[str, CType] = {}
        self.function = ""
        self.made = Program(unit.path, [], {}, {}, {}, list(unit.includes), unit.problems)
        self.made.sources = unit.sources  # type: ignore[assignment]  # read when asked for
        self.expansions: dict[tuple[str, int, int], str] = {}
        self.file_names: dict[int | None, str] = {}
        self.macro_texts: dict[str, bytes] = {}  # what defines each macro
        self.gaps_of: dict[str, Gaps] = {}  # by file

    def place(self, cursor: Any) -> Place:
        extent = cursor.extent
        start, end = extent.start, extent.end
        return Place(self.file_name(start.file), start.line, start.offset, end.offset, end.line)

    def file_name(self, file: Any) -> str:
        """The name of a file of libclang, which is slow to say it."""
        if file is None:
            return ""
        key = ctypes.cast(file.obj, ctypes.c_void_p).value
        if key not in self.file_names:
            self.file_names[key] = str(file.name)
        return self.file_names[key]

    def type(self, kind: Any) -> CType:
        canonical = kind.get_canonical()
        name = canonical.kind.name
        if kind.spelling == "pthread_t":
            return Int(64, False, "pthread_t")
        if name == "ENUM":
            name = self.enumeration(canonical.get_declaration())
        if name in _INTEGERS:
            return Int(*_INTEGERS[name])
        if "pthread_t" in kind.spelling and kind.kind.name == name:
            return self.made_type(kind, name)
        found = self.types.get(canonical.spelling)
        if found is None:
            found = self.types[canonical.spelling] = self.made_type(canonical, name)
        return found

    def enumeration(self, cursor: Any) -> str:
        """The type of numbers that an enumeration is."""
        return str(cursor.enum_type.get_canonical().kind.name)

    def made_type(self, kind: Any, name: str) -> CType:
        if name == "VOID":
            return VOID
        if name in _FLOATS:
            return Float(_FLOATS[name])
        if "__va_list_tag" in kind.spelling and name in ("CONSTANTARRAY", "POINTER", "RECORD"):
            return Struct("va_list")
        if name == "POINTER":
            to = kind.get_pointee()
            return Pointer(self.type(to), to.is_const_qualified())
        if name == "CONSTANTARRAY":
            return Array(self.type(kind.element_type), kind.element_count)
        if name in ("INCOMPLETEARRAY", "VARIABLEARRAY", "DEPENDENTSIZEDARRAY"):
            return Array(self.type(kind.element_type), None)
        if name == "RECORD":
            return self.record(kind.get_declaration())
        if name == "FUNCTIONPROTO":
            params = tuple(self.type(item) for item in kind.argument_types())
            return Function(self.type(kind.get_result()), params, kind.is_function_variadic())
        if name == "FUNCTIONNOPROTO":
            return Function(self.type(kind.get_result()), (), True)
        return Unknown(kind.spelling)

    def record(self, cursor: Any) -> CType:
        if self.stands_in(cursor):
            return Unknown(cursor.spelling, opaque=True)
        name = self.renamed.get(cursor.type.spelling) or self.names.get(cursor.hash) or cursor.spelling
        if _ANONYMOUS.search(name) or not name:
            name = f"struct_{cursor.location.line}"
        name = _RUNTIME_STRUCTS.get(name, name)
        return Struct(name.removeprefix("struct ").removeprefix("union "), cursor.kind.name == "UNION_DECL")

    def system(self, cursor: Any) -> bool:
        return self.file_name(cursor.location.file).startswith(_OF_THE_TOOL)

    def stands_in(self, cursor: Any) -> bool:
        """Whether a class is one of which nothing is known."""
        made = cursor.get_definition() if cursor.kind.name == "CLASS_DECL" else None
        return made is not None and self.file_name(made.location.file).endswith(STAND_INS)

    def unknown(self, cursor: Any, reason: str) -> Node:
        return Node("unknown", self.place(cursor), self.type(cursor.type), reason=reason)

    def expression(self, cursor: Any) -> Node:
        name = cursor.kind.name
        if name == "PAREN_EXPR":
            children = list(cursor.get_children())
            made = (
                self.expression(children[0]) if children else self.unknown(cursor, "an expression that cannot be read")
            )
        else:
            reader = getattr(self, f"expr_{name}", None)
            made = reader(cursor) if reader else self.unknown(cursor, f"no counterpart of {name.lower()}")
        if not made.macro and (made.place.file, made.place.start, made.place.end) in self.expansions:
            made.macro = self.expansions[(made.place.file, made.place.start, made.place.end)]
        return made

    def made_node(self, cursor: Any, kind: str, kids: Sequence[Any] = (), name: str = "") -> Node:
        return Node(kind, self.place(cursor), self.type(cursor.type), [self.expression(item) for item in kids], name)

    def expr_UNEXPOSED_EXPR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if children and self.is_va_arg(cursor):
            return self.made_node(cursor, "va_arg", children[:1])
        if len(children) == 1:
            inner = self.expression(children[0])
            kind = self.type(cursor.type)
            if inner.kind == "unknown" or kind == inner.type or isinstance(kind, Unknown):
                return inner
            return Node("convert", self.place(cursor), kind, [inner])
        if len(children) == 4:  # GNU's a ?: b
            return self.made_node(cursor, "elvis", [children[0], children[3]])
        place = self.place(cursor)
        text = self.made.sources[place.file][place.start : place.end]
        value = self.evaluated(cursor)
        if (made := self.offset(cursor, children, value)) is not None:
            return made
        if b"offsetof" in text:
            return self.unknown(cursor, "the offset of a field")
        if not children and isinstance(value, int):
            return Node("number", place, self.type(cursor.type), value=value)
        return self.unknown(cursor, "an expression that cannot be read")

    def offset(self, cursor: Any, children: Sequence[Any], value: int | float | None) -> Node | None:
        """``offsetof(struct, field)``, where that is what an expression is."""
        kinds = [child.kind.name for child in children]
        if kinds != ["TYPE_REF", "MEMBER_REF"] or not isinstance(value, int):
            return None
        place = self.place(cursor)
        made = Node("offsetof", place, self.type(cursor.type), name=children[1].spelling, value=value)
        made.decl = Decl("", self.type(children[0].type), "type", place)
        return made

    def is_va_arg(self, cursor: Any) -> bool:
        place = self.place(cursor)
        text = self.made.sources[place.file][place.start : place.end]
        return (
            text.startswith((b"va_arg", b"__builtin_va_arg"))
            and cursor.type.kind.name != "VOID"
            and (
                "va_list" in next(iter(cursor.get_children())).type.spelling
                or "__va_list_tag" in next(iter(cursor.get_children())).type.spelling
            )
        )

    def expr_DECL_REF_EXPR(self, cursor: Any) -> Node:
        made = self.made_node(cursor, "name", name=cursor.spelling)
        target = cursor.referenced
        if target is not None:
            made.decl = self.decls.get(target.hash) or self.late(target)
        return made

    def late(self, cursor: Any) -> Decl | None:
        """What is declared where it is used: a function without a prototype."""
        canonical = self.decls.get(cursor.canonical.hash)
        if canonical is not None:
            return canonical
        if cursor.kind.name == "FUNCTION_DECL":
            if cursor.spelling in self.made.functions:
                return self.made.functions[cursor.spelling]
            made = Decl(cursor.spelling, self.type(cursor.type), "function", self.place(cursor), value=0)
            made.system = self.system(cursor)
            return made
        return None

    def evaluated(self, cursor: Any) -> int | float | None:
        """The value of a constant."""
        result = self.lib.clang_Cursor_Evaluate(cursor)
        if not result:
            return None
        try:
            kind = self.lib.clang_EvalResult_getKind(result)
            if kind == 1:
                if self.lib.clang_EvalResult_isUnsignedInt(result):
                    return int(self.lib.clang_EvalResult_getAsUnsigned(result))
                return int(self.lib.clang_EvalResult_getAsLongLong(result))
            return float(self.lib.clang_EvalResult_getAsDouble(result)) if kind == 2 else None
        finally:
            self.lib.clang_EvalResult_dispose(result)

    def expr_INTEGER_LITERAL(self, cursor: Any) -> Node:
        made = self.made_node(cursor, "number", name=self.spelled(cursor))
        made.value = self.evaluated(cursor)
        if made.value is None:
            return self.unknown(cursor, "a number that cannot be read")
        return made

    def spelled(self, cursor: Any) -> str:
        place = self.place(cursor)
        match = re.match(
            rb"[\w.]+(?:(?<=[eEpP])[+-]\w+)?", self.made.sources[place.file][place.start : place.start + 80]
        )
        return match[0].decode() if match else ""

    def expr_FLOATING_LITERAL(self, cursor: Any) -> Node:
        made = self.made_node(cursor, "number", name=self.spelled(cursor))
        made.value = self.evaluated(cursor)
        return made

    def expr_CHARACTER_LITERAL(self, cursor: Any) -> Node:
        made = self.made_node(cursor, "char")
        made.value = self.evaluated(cursor)
        return made

    def expr_CXX_BOOL_LITERAL_EXPR(self, cursor: Any) -> Node:
        made = self.made_node(cursor, "number")
        made.value = self.evaluated(cursor)
        return made

    def expr_STRING_LITERAL(self, cursor: Any) -> Node:
        made = self.made_node(cursor, "string")
        spelling = cursor.spelling
        if not spelling.startswith('"'):
            return self.unknown(cursor, "a text of wide characters")
        made.value = c_string(spelling[1:-1])
        return made

    def expr_BINARY_OPERATOR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        op = _BINARY[self.lib.clang_getCursorBinaryOperatorKind(cursor)]
        if len(children) != 2:
            return self.unknown(cursor, "an expression that cannot be read")
        return self.made_node(cursor, "assign" if op == "=" else "binary", children, op)

    def expr_COMPOUND_ASSIGNMENT_OPERATOR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        op = _BINARY[self.lib.clang_getCursorBinaryOperatorKind(cursor)]
        if len(children) != 2:
            return self.unknown(cursor, "an expression that cannot be read")
        return self.made_node(cursor, "assign", children, op)

    def expr_UNARY_OPERATOR(self, cursor: Any) -> Node:
        op = _UNARY[self.lib.clang_getCursorUnaryOperatorKind(cursor)]
        children = list(cursor.get_children())
        if len(children) != 1:
            return self.unknown(cursor, "an expression that cannot be read")
        return self.expression(children[0]) if op == "extension" else self.made_node(cursor, "unary", children, op)

    def expr_CONDITIONAL_OPERATOR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if len(children) != 3:
            return self.unknown(cursor, "an expression that cannot be read")
        return self.made_node(cursor, "cond", children)

    def expr_CALL_EXPR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if not children:
            return self.unknown(cursor, "a call that cannot be read")
        return self.made_node(cursor, "call", children, cursor.spelling)

    def expr_ARRAY_SUBSCRIPT_EXPR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if len(children) != 2:
            return self.unknown(cursor, "an expression that cannot be read")
        return self.made_node(cursor, "index", children)

    def expr_MEMBER_REF_EXPR(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        made = self.made_node(cursor, "member", children[:1], cursor.spelling)
        target = cursor.referenced
        made.decl = self.decls.get(target.hash) if target is not None else None
        if children and self.nameless and _nameless(cursor.spelling):  # a struct without a name in a struct
            return made.kid(0)
        if not children or made.decl is None:
            return self.unknown(cursor, f"no field {cursor.spelling} is known")
        return made

    def expr_CSTYLE_CAST_EXPR(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        if not children:  # what stands before the last is part of the type
            return self.unknown(cursor, "a cast that cannot be read")
        return self.made_node(cursor, "cast", children[-1:])

    def expr_INIT_LIST_EXPR(self, cursor: Any) -> Node:
        made = Node("list", self.place(cursor), self.type(cursor.type))
        made.kids = self.placed(cursor, made.type)
        return made

    def placed(self, cursor: Any, kind: CType) -> list[Node | None]:
        """The values of a list in braces, those for places within another one in lists of their own."""
        rows: list[Node | None] = []
        parts = _parts(cursor) if isinstance(kind, Struct) else []
        at, within = 0, False
        for child in cursor.get_children():
            children = list(child.get_children())
            if child.kind.name == "UNEXPOSED_EXPR" and len(children) > 1 and child.type.kind.name == "VOID":
                path = _path_of(children)
                within = len(path) < len(children) - 1 or len(path) > 1
                self.designated(rows, child, kind, path, children[-1])
                at = next((n + 1 for n, part in enumerate(parts) if path and part.spelling == path[0].spelling), 0)
            elif within:
                rows.append(self.unknown(child, "a value in braces that follows one within another"))
            elif any(_nameless(part.spelling) for part in parts):
                self.after(rows, child, parts[at : at + 1])
                at += 1
            else:
                rows.append(self.listed(child))
        return rows

    def after(self, rows: list[Node | None], cursor: Any, part: list[Any]) -> None:
        """A value for the next field of a struct that has fields without names."""
        if part and not _nameless(part[0].spelling):
            rows.append(Node("designated", self.place(cursor), kids=[self.expression(cursor)], name=part[0].spelling))
        elif part and cursor.kind.name == "INIT_LIST_EXPR":
            inner = _parts(cursor)
            for child in cursor.get_children():
                if child.kind.name == "UNEXPOSED_EXPR" and child.type.kind.name == "VOID":
                    rows.append(self.listed(child))
                    inner = []
                else:
                    self.after(rows, child, inner[:1])
                    inner = inner[1:]
        else:
            rows.append(self.unknown(cursor, "values of a struct without braces of their own"))

    def designated(self, rows: list[Node | None], cursor: Any, kind: CType, path: list[Any], value: Any) -> None:
        """``.a.b[2] = v``: a value in the list for the first place, which values before it may have made."""
        place = self.place(cursor)
        if not path or b"..." in self.made.sources[place.file][place.start : self.place(value).start]:
            rows.append(self.unknown(cursor, "a value in braces for a place within another"))
            return
        name = path[0].spelling if path[0].kind.name == "MEMBER_REF" else ""
        number = None if name else self.evaluated(path[0])
        inner = kind.of if isinstance(kind, Array) else self.type(path[0].type)
        if not name and not (isinstance(number, int) and isinstance(kind, Array)):
            rows.append(self.unknown(cursor, "a value in braces for a place within another"))
        elif len(path) == 1:
            rows.append(Node("designated", place, kids=[self.expression(value)], name=name, value=number))
        else:
            same = [row for row in rows if row is not None and row.kind == "designated"]
            same = [row for row in same if (row.name, row.value) == (name, number)]
            if not same:
                rows.append(Node("designated", place, kids=[Node("list", place, inner)], name=name, value=number))
                same = [row for row in rows[-1:] if row is not None]
            if same[-1].kid(0).kind != "list":
                rows.append(self.unknown(cursor, "a value in braces for a place within another"))
            else:
                self.designated(same[-1].kid(0).kids, cursor, inner, path[1:], value)

    def listed(self, cursor: Any) -> Node:
        """One value of a list in braces; ``.x = v`` and ``[n] = v`` know their place."""
        children = list(cursor.get_children())
        if cursor.kind.name == "UNEXPOSED_EXPR" and len(children) > 1 and cursor.type.kind.name == "VOID":
            path = _path_of(children)
            value = children[-1]
            if len(path) == 1 and path[0].kind.name == "MEMBER_REF":
                return Node("designated", self.place(cursor), kids=[self.expression(value)], name=path[0].spelling)
            number = self.evaluated(path[0]) if len(path) == 1 else None
            if isinstance(number, int):
                return Node("designated", self.place(cursor), kids=[self.expression(value)], value=number)
            return self.unknown(cursor, "a value in braces for a place within another")
        return self.expression(cursor)

    def expr_COMPOUND_LITERAL_EXPR(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        return self.made_node(cursor, "compound", children[-1:])

    def expr_CXX_UNARY_EXPR(self, cursor: Any) -> Node:
        place = self.place(cursor)
        text = self.made.sources[place.file][place.start : place.end].decode("utf-8", "replace")
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        value = self.evaluated(cursor)
        operands = [child.type for child in cursor.get_children() if child.kind.name == "TYPE_REF" or child in children]
        if any(opaque(self.type(operand)) for operand in operands):
            return self.unknown(cursor, "the size of a type that is not known")
        if not text.rstrip(") ").endswith("*") and any(
            child.kind.name == "TEMPLATE_REF" and self.system(child.referenced) for child in cursor.get_children()
        ):
            return self.unknown(cursor, "the size of a struct")
        aligned = not text.startswith("sizeof") and b"lignof" in self.made.sources[place.file]  # perhaps by a macro
        if len(children) == 1 and children[0].type.get_canonical().kind.name == "VARIABLEARRAY" and not aligned:
            return Node("measure", place, self.type(cursor.type), [self.expression(children[0])])
        if not isinstance(value, int) or aligned:
            return self.unknown(cursor, f"no counterpart of {text}")
        made = Node("sizeof", place, self.type(cursor.type), [self.expression(item) for item in children])
        made.value = value
        names = [child for child in cursor.get_children() if child.kind.name == "TYPE_REF"]
        if not children:
            made.name = names[0].spelling.removeprefix("struct ").removeprefix("union ") if names else ""
            star = text.rstrip(") ").endswith("*")
            if names and not star and names[0].type.get_size() == value:
                made.decls = []
                inner = self.type(names[0].type)
                made.decl = Decl("", inner, "type", place)
        return made


def _nameless(spelling: str) -> bool:
    """Whether a field is a struct or a union without a name."""
    return not spelling or bool(_ANONYMOUS.search(spelling))


def _path_of(children: list[Any]) -> list[Any]:
    """The fields and numbers that lead to a place in braces, without the fields that have no name."""
    return [item for item in children[:-1] if item.kind.name != "MEMBER_REF" or not _nameless(item.spelling)]


def _parts(cursor: Any) -> list[Any]:
    """The fields of the struct that a list in braces is the value of; of a union, the first."""
    fields = [row for row in cursor.type.get_canonical().get_fields() if row.spelling or not row.is_bitfield()]
    union = cursor.type.get_canonical().get_declaration().kind.name == "UNION_DECL"
    return fields[:1] if union else fields
