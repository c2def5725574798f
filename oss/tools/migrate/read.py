"""The tree of a program from what libclang shows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oss.tools.migrate import known
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
)
from oss.tools.migrate.clang import HEADERS, MACRO_VALUE, Unit, library
from oss.tools.migrate.nodes import STATEMENTS, Decl, EnumDef, Node, Place, Problem, Program, StructDef
from oss.tools.migrate.spelling import c_string

__all__ = ["Reader", "read"]

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
    "WCHAR": (32, True, "int"), "ENUM": (32, True, "int"),
}  # fmt: skip
_FLOATS = {"FLOAT": 32, "DOUBLE": 64, "LONGDOUBLE": 80}
_RUNTIME_STRUCTS = {"stat": "stat_t", "sigaction": "sigaction_t"}
"""Structs of the C library that have a function's name, and what they are called here."""
_ANONYMOUS = re.compile(r"\((?:unnamed|anonymous)")
_STATEMENTS = {
    "BREAK_STMT": "break", "CONTINUE_STMT": "continue", "NULL_STMT": "empty", "ASM_STMT": "asm", "MS_ASM_STMT": "asm",
}  # fmt: skip


def read(unit: Unit) -> Program:
    """The tree of a parsed file."""
    return Reader(unit).program()


class Reader:
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

    def typedef_name(self, cursor: Any) -> None:
        """A struct is called as the first typedef of it."""
        kind = cursor.underlying_typedef_type.get_canonical()
        if kind.kind.name == "RECORD":
            struct, name = kind.get_declaration().type.spelling, cursor.spelling
            if struct not in self.renamed or (known.is_sdk(name) and not known.is_sdk(self.renamed[struct])):
                self.renamed[struct] = name

    def program(self) -> Program:
        top = list(self.unit.cursor.get_children())
        for cursor in top:
            if cursor.kind.name == "TYPEDEF_DECL" and cursor.location.file:
                self.typedef_name(cursor)
        for cursor in top:
            if cursor.kind.name == "MACRO_INSTANTIATION" and cursor.location.file:
                extent = cursor.extent
                self.expansions[(cursor.location.file.name, extent.start.offset, extent.end.offset)] = cursor.spelling
        for cursor in top:
            if cursor.location.file is not None:
                self.top(cursor)
        return self.made

    # places

    def place(self, cursor: Any) -> Place:
        extent = cursor.extent
        start, end = extent.start, extent.end
        name = start.file.name if start.file else ""
        return Place(name, start.line, start.offset, end.offset, end.line)

    # types

    def type(self, kind: Any) -> CType:
        canonical = kind.get_canonical()
        name = canonical.kind.name
        if kind.spelling == "pthread_t":
            return Int(64, False, "pthread_t")
        if name in _INTEGERS:
            return Int(*_INTEGERS[name])
        if "pthread_t" in kind.spelling and kind.kind.name == name:
            return self.made_type(kind, name)
        found = self.types.get(canonical.spelling)
        if found is None:
            found = self.types[canonical.spelling] = self.made_type(canonical, name)
        return found

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
        name = self.renamed.get(cursor.type.spelling) or self.names.get(cursor.hash) or cursor.spelling
        if _ANONYMOUS.search(name) or not name:
            name = f"struct_{cursor.location.line}"
        name = _RUNTIME_STRUCTS.get(name, name)
        return Struct(name.removeprefix("struct ").removeprefix("union "), cursor.kind.name == "UNION_DECL")

    # declarations

    def system(self, cursor: Any) -> bool:
        place = cursor.location.file
        return place is not None and Path(place.name).is_relative_to(HEADERS)

    def top(self, cursor: Any) -> None:
        name = cursor.kind.name
        reader = getattr(self, f"top_{name}", None)
        if reader is not None:
            reader(cursor)
        elif name in ("LINKAGE_SPEC", "UNEXPOSED_DECL"):
            for child in cursor.get_children():
                self.top(child)
        elif not (
            name.startswith(("MACRO_", "INCLUSION_", "STATIC_ASSERT")) or name == "NULL_STMT" or self.system(cursor)
        ):
            place = self.place(cursor)
            what = name.lower().replace("_", " ")
            self.made.problems.append(Problem(place.file, place.line, place.start, f"no counterpart of this {what}"))

    def top_STRUCT_DECL(self, cursor: Any) -> None:
        self.struct(cursor)

    top_UNION_DECL = top_STRUCT_DECL

    def named(self, cursor: Any, name: str) -> None:
        """Gives the struct or enumeration without a name below a declaration one."""
        for child in cursor.get_children():
            if child.kind.name in ("STRUCT_DECL", "UNION_DECL") and _ANONYMOUS.search(child.spelling or "(unnamed"):
                self.names.setdefault(child.hash, name)

    def struct(self, cursor: Any) -> None:
        if not cursor.is_definition():
            return
        if _ANONYMOUS.search(cursor.spelling or "(unnamed") and cursor.hash not in self.names:
            self.names[cursor.hash] = self.name_after(cursor)
        kind = self.type(cursor.type)
        if not isinstance(kind, Struct) or kind.name in self.made.structs:
            return
        made = StructDef(kind.name, [], self.place(cursor), kind.union, self.system(cursor))
        self.made.structs[kind.name] = made
        for child in cursor.get_children():
            if child.kind.name in ("STRUCT_DECL", "UNION_DECL"):
                self.struct(child)
            elif child.kind.name == "FIELD_DECL":
                made.fields.append(self.field(child, kind.name))
        self.made.items.append(made)

    def name_after(self, cursor: Any) -> str:
        """A name for a struct without one: that of the typedef, variable or field that follows it."""
        place = self.place(cursor)
        after = self.made.sources[place.file][place.end : place.end + 200].decode("utf-8", "replace")
        before = self.made.sources[place.file][max(place.start - 200, 0) : place.start].decode("utf-8", "replace")
        match = re.match(r"[\s*]*([A-Za-z_]\w*)", after)
        stem = match[1] if match else f"struct_{place.line}"
        if re.search(r"typedef\s+(?:const\s+)?$", before):
            return stem
        return f"{stem}_t"

    def field(self, cursor: Any, owner: str) -> Decl:
        bits = cursor.get_bitfield_width() if cursor.is_bitfield() else None
        made = Decl(cursor.spelling, self.type(cursor.type), "field", self.place(cursor), owner=owner, bits=bits)
        made.system = self.system(cursor)
        self.decls[cursor.hash] = made
        return made

    def top_ENUM_DECL(self, cursor: Any) -> None:
        members = []
        for child in cursor.get_children():
            if child.kind.name == "ENUM_CONSTANT_DECL" and child.hash not in self.decls:
                made = Decl(child.spelling, Int(32, True), "enumerator", self.place(child), value=child.enum_value)
                made.system = self.system(child)
                made.init = next((self.expression(item) for item in child.get_children()), None)
                self.decls[child.hash] = made
                members.append(made)
        name = "" if _ANONYMOUS.search(cursor.spelling or "(unnamed") else cursor.spelling
        if members:
            self.made.items.append(EnumDef(name, members, self.place(cursor)))

    def top_TYPEDEF_DECL(self, cursor: Any) -> None:
        self.named(cursor, cursor.spelling)
        for child in cursor.get_children():
            if child.kind.name in ("STRUCT_DECL", "UNION_DECL"):
                self.struct(child)
        kind = self.type(cursor.underlying_typedef_type)
        if isinstance(kind, Struct) and kind.name != cursor.spelling and not self.system(cursor):
            self.made.items.append((kind.name, cursor.spelling, self.place(cursor)))
        declared = cursor.underlying_typedef_type.get_canonical().get_declaration()
        if declared.kind.name == "ENUM_DECL" and not self.system(cursor):
            self.made.items.append(("int", cursor.spelling, self.place(cursor)))

    def top_VAR_DECL(self, cursor: Any) -> None:
        made = self.variable(cursor)
        if cursor.spelling.startswith(MACRO_VALUE):
            if made.init is not None and not isinstance(made.type, Unknown):
                self.macro(cursor.spelling.removeprefix(MACRO_VALUE), made.init)
        else:
            self.made.items.append(made)

    def macro(self, name: str, value: Node) -> None:
        for cursor in self.unit.cursor.get_children():
            if cursor.kind.name == "MACRO_DEFINITION" and cursor.spelling == name and cursor.location.file:
                self.made.macros[name] = value, self.place(cursor)

    def variable(self, cursor: Any) -> Decl:
        storage = cursor.storage_class.name
        scope = ("static" if storage == "STATIC" else "local") if self.function else "global"
        made = Decl(cursor.spelling, self.type(cursor.type), scope, self.place(cursor), owner=self.function)
        made.const = _constant(cursor.type)
        made.extern, made.internal = storage == "EXTERN", storage == "STATIC"
        made.system = self.system(cursor)
        self.decls[cursor.hash] = made
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        counts = _array_depth(made.type) if not isinstance(made.type, Pointer) else 0
        if children and self.initialised(cursor):
            made.init = self.expression(children[-1])
        elif counts and children and isinstance(made.type, Array) and made.type.count is None:
            made.init = None
        for child in cursor.get_children():
            if child.kind.name in ("STRUCT_DECL", "UNION_DECL"):
                self.struct(child)
        return made

    def initialised(self, cursor: Any) -> bool:
        """Whether a variable has a value at its declaration."""
        place = self.place(cursor)
        if place.end == place.start:
            return True
        text = self.made.sources[place.file][place.start : place.end].decode("utf-8", "replace")
        if (place.file, place.start, place.end) in self.expansions:
            return True
        if cursor.spelling.startswith(MACRO_VALUE):
            return True
        text = re.sub(r"\[[^\]]*\]", "", text)
        return "=" in text or "{" in text or bool(re.search(rf"\b{re.escape(cursor.spelling)}\s*\(", text))

    def top_FUNCTION_DECL(self, cursor: Any) -> None:
        kind = self.type(cursor.type)
        name = self.function_name(cursor)
        if cursor.type.kind.name == "FUNCTIONNOPROTO" and cursor.is_definition():
            kind = Function(self.type(cursor.result_type), ())
        known = self.made.functions.get(name)
        if known is not None and (known.body is not None or not cursor.is_definition()):
            self.decls[cursor.hash] = known
            return
        made = known or Decl(name, kind, "function", self.place(cursor))
        made.place, made.type = self.place(cursor), kind
        made.internal = cursor.storage_class.name == "STATIC"
        made.system = self.system(cursor)
        self.made.functions[name] = self.decls[cursor.hash] = made
        self.function = name
        made.params = [self.parameter(item, name) for item in cursor.get_arguments()]
        if cursor.is_definition() and not made.system:
            body = next((item for item in cursor.get_children() if item.kind.name == "COMPOUND_STMT"), None)
            made.body = self.statement(body) if body is not None else None
        self.function = ""
        if known is None or made.body is not None:
            if known is not None:
                self.made.items = [item for item in self.made.items if item is not made]
            self.made.items.append(made)

    def function_name(self, cursor: Any) -> str:
        """What tells a function from all others."""
        return str(cursor.spelling)

    def parameter(self, cursor: Any, owner: str) -> Decl:
        kind = self.type(cursor.type)
        if isinstance(kind, Array):
            kind = Pointer(kind.of)
        if isinstance(kind, Function):
            kind = Pointer(kind)
        made = Decl(cursor.spelling, kind, "param", self.place(cursor), owner=owner)
        self.decls[cursor.hash] = made
        return made

    # statements

    def statement(self, cursor: Any) -> Node:
        """A statement; one in which something is not known is as a whole unknown, but for the blocks in it."""
        made = self.plain_statement(cursor)
        inner = [kid.place for kid in made.kids if kid is not None and kid.kind in STATEMENTS]
        for problem in self.problems(made.place):
            if any(place.start <= problem.offset < place.end for place in inner):
                continue
            if made.kind != "block":
                return Node("unknown", made.place, reason=problem.reason)
            self.dropped(made, problem)
        return made

    def problems(self, place: Place) -> list[Problem]:
        return [
            problem
            for problem in self.made.problems
            if problem.file == place.file and place.start <= problem.offset < place.end
        ]

    def dropped(self, block: Node, problem: Problem) -> None:
        """A statement that libclang leaves out becomes an unknown one, where it stood."""
        if any(kid is not None and kid.place.start <= problem.offset < kid.place.end for kid in block.kids):
            return
        source = self.made.sources[problem.file]
        end = source.find(b";", problem.offset)
        end = block.place.end if end < 0 else min(end + 1, block.place.end)
        start = max(source.rfind(mark, 0, problem.offset) for mark in (b";", b"{", b"}", b"*/")) + 1
        start += len(source[start : problem.offset]) - len(source[start : problem.offset].lstrip(b"/ \t\r\n"))
        line = source.count(b"\n", 0, end) + 1
        made = Node("unknown", Place(problem.file, problem.line, start, end, line), reason=problem.reason)
        places = [kid.place.start for kid in block.kids if kid is not None]
        index = next((number for number, start in enumerate(places) if start > problem.offset), len(places))
        block.kids.insert(index, made)

    def plain_statement(self, cursor: Any) -> Node:
        name = cursor.kind.name
        if name in _STATEMENTS:
            return Node(_STATEMENTS[name], self.place(cursor))
        reader = getattr(self, f"stmt_{name}", None)
        if reader is not None:
            made: Node = reader(cursor)
            return made
        if cursor.kind.is_expression() or cursor.kind.name == "StmtExpr":
            return Node("expression", self.place(cursor), kids=[self.expression(cursor)])
        return self.unknown(cursor, f"no counterpart of {name.lower()}")

    def unknown(self, cursor: Any, reason: str) -> Node:
        return Node("unknown", self.place(cursor), self.type(cursor.type), reason=reason)

    def stmt_COMPOUND_STMT(self, cursor: Any) -> Node:
        return Node("block", self.place(cursor), kids=[self.statement(item) for item in cursor.get_children()])

    def stmt_DECL_STMT(self, cursor: Any) -> Node:
        made = Node("declare", self.place(cursor))
        for child in cursor.get_children():
            kind = child.kind.name
            if kind == "VAR_DECL":
                if child.storage_class.name == "EXTERN":
                    self.top_VAR_DECL(child)
                else:
                    made.decls.append(self.variable(child))
            elif kind in ("STRUCT_DECL", "UNION_DECL", "ENUM_DECL", "TYPEDEF_DECL"):
                self.top(child)
            elif kind == "FUNCTION_DECL":
                function, self.function = self.function, ""
                self.top(child)
                self.function = function
            else:
                made.kids.append(self.unknown(child, f"no counterpart of {kind.lower()}"))
        return made

    def stmt_IF_STMT(self, cursor: Any) -> Node:
        return self.headed(cursor, "if", 2, 3)

    def stmt_WHILE_STMT(self, cursor: Any) -> Node:
        return self.headed(cursor, "while", 2, 2)

    def stmt_SWITCH_STMT(self, cursor: Any) -> Node:
        return self.headed(cursor, "switch", 2, 2)

    def headed(self, cursor: Any, kind: str, least: int, most: int) -> Node:
        """A statement with a condition: expression, statements."""
        children = list(cursor.get_children())
        if not least <= len(children) <= most:
            return self.unknown(cursor, "a condition that cannot be read")
        first, *rest = children
        kids: list[Node | None] = [self.expression(first), *(self.statement(item) for item in rest)]
        return Node(kind, self.place(cursor), kids=kids)

    def stmt_DO_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if len(children) != 2:
            return self.unknown(cursor, "a condition that cannot be read")
        return Node("do", self.place(cursor), kids=[self.statement(children[0]), self.expression(children[1])])

    def stmt_FOR_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if not children:
            return self.unknown(cursor, "a loop that cannot be read")
        *head, body = children
        parts = self.for_parts(cursor, head)
        if parts is None:
            return self.unknown(cursor, "a loop that cannot be read")
        start, test, step = parts
        return Node("for", self.place(cursor), kids=[
            self.statement(start) if start is not None else None,
            self.expression(test) if test is not None else None,
            self.statement(step) if step is not None else None,
            self.statement(body),
        ])  # fmt: skip

    def for_parts(self, cursor: Any, head: Sequence[Any]) -> tuple[Any, Any, Any] | None:
        """Start, test and step of a loop, any of which may be missing: told by the semicolons between them."""
        if len(head) == 3:
            return head[0], head[1], head[2]
        place = self.place(cursor)
        cuts = _semicolons(self.made.sources[place.file], place.start, place.end)
        if cuts is None:  # a macro that is the whole head
            return (head[0], None, None) if len(head) == 1 and head[0].kind.name == "BINARY_OPERATOR" else None
        found: list[Any] = [None, None, None]
        for item in head:
            at = item.extent.start.offset
            index = (at > cuts[0]) + (at > cuts[1])
            if found[index] is not None:
                return None
            found[index] = item
        return found[0], found[1], found[2]

    def stmt_CASE_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if len(children) != 2:
            return self.unknown(cursor, "a range of cases")
        return Node("case", self.place(cursor), kids=[self.expression(children[0]), self.statement(children[1])])

    def stmt_DEFAULT_STMT(self, cursor: Any) -> Node:
        return Node("default", self.place(cursor), kids=[self.statement(item) for item in cursor.get_children()])

    def stmt_RETURN_STMT(self, cursor: Any) -> Node:
        return Node("return", self.place(cursor), kids=[self.expression(item) for item in cursor.get_children()])

    def stmt_LABEL_STMT(self, cursor: Any) -> Node:
        kids: list[Node | None] = [self.statement(item) for item in cursor.get_children()]
        return Node("label", self.place(cursor), kids=kids, name=cursor.spelling)

    def stmt_GOTO_STMT(self, cursor: Any) -> Node:
        label = next(iter(cursor.get_children()), None)
        if label is None:
            return self.unknown(cursor, "a jump to a label that is nowhere")
        return Node("goto", self.place(cursor), name=label.spelling)

    # expressions

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
        if b"offsetof" in text:
            return self.unknown(cursor, "the offset of a field")
        value = self.evaluated(cursor)
        if not children and isinstance(value, int):
            return Node("number", place, self.type(cursor.type), value=value)
        return self.unknown(cursor, "an expression that cannot be read")

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
        if not children or made.decl is None:
            return self.unknown(cursor, f"no field {cursor.spelling} is known")
        if not cursor.spelling:  # a field of a struct without a name in a struct
            return made.kid(0)
        return made

    def expr_CSTYLE_CAST_EXPR(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        if len(children) != 1:
            return self.unknown(cursor, "a cast that cannot be read")
        return self.made_node(cursor, "cast", children)

    def expr_INIT_LIST_EXPR(self, cursor: Any) -> Node:
        made = Node("list", self.place(cursor), self.type(cursor.type))
        made.kids = [self.listed(child) for child in cursor.get_children()]
        return made

    def listed(self, cursor: Any) -> Node:
        """One value of a list in braces; ``.x = v`` and ``[n] = v`` know their place."""
        children = list(cursor.get_children())
        if cursor.kind.name == "UNEXPOSED_EXPR" and len(children) > 1 and cursor.type.kind.name == "VOID":
            *path, value = children
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
        expanded = (place.file, place.start, place.end) in self.expansions
        if not isinstance(value, int) or not (text.startswith("sizeof") or expanded):
            return self.unknown(cursor, "no counterpart of " + text.split("(")[0])
        made = Node("sizeof", place, self.type(cursor.type), [self.expression(item) for item in children])
        made.value = value
        names = [child for child in cursor.get_children() if child.kind.name == "TYPE_REF"]
        if not children:
            made.name = names[0].spelling.removeprefix("struct ").removeprefix("union ") if names else ""
            star = text.rstrip(") ").endswith("*")
            if names and not star:
                made.decls = []
                inner = self.type(names[0].type)
                made.decl = Decl("", inner, "type", place)
        return made


def _constant(kind: Any) -> bool:
    """Whether a variable of a type never changes."""
    while kind.kind.name in ("CONSTANTARRAY", "INCOMPLETEARRAY"):
        kind = kind.element_type
    return bool(kind.is_const_qualified())


def _array_depth(kind: CType) -> int:
    return 1 + _array_depth(kind.of) if isinstance(kind, Array) else 0


_PIECE = re.compile(rb"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[();{}]""", re.DOTALL)


def _semicolons(source: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where the two semicolons of a ``for`` stand."""
    depth, found = 0, []
    for match in _PIECE.finditer(source, start, end):
        piece = match[0]
        if piece in (b"(", b"{"):
            depth += 1
        elif piece in (b")", b"}"):
            depth -= 1
            if not depth:
                break
        elif piece == b";" and depth == 1:
            found.append(match.start())
    return (found[0], found[1]) if len(found) == 2 else None
