"""The tree of a program from what libclang shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from oss.tools.migrate import known
from oss.tools.migrate.c_types import (
    Array,
    CType,
    Function,
    Int,
    Pointer,
    Struct,
    Unknown,
)
from oss.tools.migrate.clang import HEADERS, MACRO_VALUE, Unit
from oss.tools.migrate.nodes import Decl, EnumDef, Node, Place, Problem, Program, StructDef
from oss.tools.migrate.read_statements import StatementReader

__all__ = ["Reader", "read"]

_HOLDERS = ("NAMESPACE", "LINKAGE_SPEC", "UNEXPOSED_DECL", "CLASS_DECL", "STRUCT_DECL")
_ANONYMOUS = re.compile(r"\((?:unnamed|anonymous)")


def read(unit: Unit) -> Program:
    """The tree of a parsed file."""
    return Reader(unit).program()


class Reader(StatementReader):
    """Reads declarations."""

    def typedef_name(self, cursor: Any) -> None:
        """A struct is called as the first typedef of it."""
        kind = cursor.underlying_typedef_type.get_canonical()
        if kind.kind.name == "RECORD":
            struct, name = kind.get_declaration().type.spelling, cursor.spelling
            if struct not in self.renamed or (known.is_sdk(name) and not known.is_sdk(self.renamed[struct])):
                self.renamed[struct] = name

    def program(self) -> Program:
        top = list(self.unit.cursor.get_children())
        for cursor in _with_linkage(top):
            if cursor.kind.name == "TYPEDEF_DECL" and cursor.location.file:
                self.typedef_name(cursor)
        for cursor in top:
            if cursor.kind.name == "MACRO_INSTANTIATION" and cursor.location.file:
                extent = cursor.extent
                self.expansions[(cursor.location.file.name, extent.start.offset, extent.end.offset)] = cursor.spelling
        for cursor in top:
            if cursor.location.file is not None:
                self.top(cursor)
        for file in dict.fromkeys([self.unit.path, *(row[3] for row in self.unit.includes)]):
            if file and not Path(file).is_relative_to(HEADERS) and Path(file).is_file():
                own = [cursor for cursor in top if cursor.location.file and cursor.location.file.name == file]
                self.left_out_between(file, own, 0, len(self.made.sources[file]))
        return self.made

    def left_out_between(self, file: str, cursors: Iterable[Any], start: int, end: int) -> None:
        """Text outside of functions that belongs to no declaration becomes a problem, if it is none yet."""
        gaps, known = self.gaps(file), []
        for cursor in cursors:
            if cursor.kind.name.startswith(("MACRO_", "INCLUSION_")):
                continue
            place = self.place(cursor)
            brace = gaps.text.find(b"{", place.start, place.end)
            if cursor.kind.name in _HOLDERS and brace >= 0 and gaps.text[place.end - 1 : place.end] == b"}":
                self.left_out_between(file, cursor.get_children(), brace + 1, place.end - 1)
            known.append((place.start, place.end))
        for first, last in gaps.between(start, end, known):
            inside = [row for row in self.made.problems if row.file == file and first <= row.offset < last]
            reason = inside[0].reason if inside else "a declaration that cannot be read"
            line = self.made.sources[file].count(b"\n", 0, first) + 1
            self.made.problems[:] = [row for row in self.made.problems if row not in inside]
            self.made.problems.append(Problem(file, line, first, reason, last))

    def top(self, cursor: Any) -> None:
        name = cursor.kind.name
        if name == "FUNCTION_DECL" and self.system(cursor):
            return  # read where it is called
        if self.stands_in(cursor):
            return
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
            name = self.name_after(cursor)
            self.names[cursor.hash] = f"{name}_{cursor.location.line}" if name in self.made.structs else name
        kind = self.type(cursor.type)
        if not isinstance(kind, Struct) or kind.name in self.made.structs:
            return
        made = StructDef(kind.name, [], self.place(cursor), kind.union, self.system(cursor))
        made.size = max(cursor.type.get_size(), 0)
        self.made.structs[kind.name] = made
        self.fields(cursor, made, 0)
        self.made.items.append(made)

    def fields(self, cursor: Any, made: StructDef, base: int) -> None:
        """The fields of a struct, and of the structs and unions without a name in it."""
        for child in cursor.get_children():
            if child.kind.name in ("STRUCT_DECL", "UNION_DECL"):
                hidden = _hidden(cursor, child) if self.nameless else None
                if hidden is not None:
                    made.overlaid |= child.kind.name == "UNION_DECL"
                    self.fields(child, made, base + hidden.get_field_offsetof())
                else:
                    self.struct(child)
            elif child.kind.name == "ENUM_DECL":
                self.top_ENUM_DECL(child)
            elif child.kind.name == "FIELD_DECL":
                made.fields.append(self.field(child, made.name, base))

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

    def field(self, cursor: Any, owner: str, base: int = 0) -> Decl:
        bits = cursor.get_bitfield_width() if cursor.is_bitfield() else None
        made = Decl(cursor.spelling, self.type(cursor.type), "field", self.place(cursor), owner=owner, bits=bits)
        made.system = self.system(cursor)
        made.offset = base + max(cursor.get_field_offsetof(), 0)
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
        made.per_thread = cursor.tls_kind.name != "NONE"
        made.system = self.system(cursor)
        self.decls[cursor.hash] = made
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        counts = _array_depth(made.type) if not isinstance(made.type, Pointer) else 0
        if children and cursor.type.get_canonical().kind.name == "VARIABLEARRAY":
            made.length = self.expression(children[0])
        elif children and self.initialised(cursor):
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
        kinds = (child for child in cursor.get_children() if child.kind.name in ("STRUCT_DECL", "UNION_DECL"))
        start = max((end for end in (self.place(kind).end for kind in kinds) if end < place.end), default=place.start)
        start = max(start, place.start)
        text = self.made.sources[place.file][start : place.end].decode("utf-8", "replace")
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
            self.decls[cursor.hash] = self.decls[cursor.canonical.hash] = known
            return
        made = known or Decl(name, kind, "function", self.place(cursor))
        made.declared = known.place if known is not None and not known.system else None
        made.place, made.type = self.place(cursor), self.result_known(cursor, kind)
        made.internal = cursor.storage_class.name == "STATIC"
        made.system = self.system(cursor)
        self.made.functions[name] = self.decls[cursor.hash] = self.decls[cursor.canonical.hash] = made
        self.function = name
        made.params = [self.parameter(item, name) for item in cursor.get_arguments()]
        if cursor.is_definition() and not made.system:
            made.body = self.body_of(cursor)
        self.function = ""
        if known is None or made.body is not None:
            if known is not None:
                self.made.items = [item for item in self.made.items if item is not made]
            self.made.items.append(made)

    def body_of(self, cursor: Any) -> Node | None:
        """The body of a function; one that is a ``try`` is a block of it."""
        kinds = ("COMPOUND_STMT", "CXX_TRY_STMT")
        body = next((item for item in cursor.get_children() if item.kind.name in kinds), None)
        if body is None or body.kind.name == "COMPOUND_STMT":
            return self.statement(body) if body is not None else None
        if cursor.kind.name in ("CONSTRUCTOR", "DESTRUCTOR"):  # which throw again what they caught
            inner = self.unknown(body, "a constructor or destructor that is a try")
        else:
            inner = self.statement(body)
        return Node("block", self.place(body), kids=[inner])

    def result_known(self, cursor: Any, kind: CType) -> CType:
        """The type of a function; what it gives is not known if that cannot be read."""
        place = self.place(cursor)
        name = cursor.location.offset
        if isinstance(kind, Function) and self.problems(Place(place.file, place.line, place.start, name, 0)):
            return Function(Unknown("of a result"), kind.params, kind.variadic)
        return kind

    def late(self, cursor: Any) -> Decl | None:
        if cursor.kind.name != "FUNCTION_DECL" or not self.system(cursor):
            return super().late(cursor)
        function, self.function = self.function, ""
        self.top_FUNCTION_DECL(cursor)
        self.function = function
        return self.decls[cursor.hash]

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
        if self.problems(made.place):
            made.type = Unknown("of a parameter")
        self.decls[cursor.hash] = made
        return made


def _with_linkage(cursors: Iterable[Any]) -> Iterator[Any]:
    """Declarations, those within ``extern "C"`` among them."""
    for cursor in cursors:
        if cursor.kind.name in ("LINKAGE_SPEC", "UNEXPOSED_DECL"):
            yield from _with_linkage(cursor.get_children())
        else:
            yield cursor


def _constant(kind: Any) -> bool:
    """Whether a variable of a type never changes."""
    while kind.kind.name in ("CONSTANTARRAY", "INCOMPLETEARRAY"):
        kind = kind.element_type
    return bool(kind.is_const_qualified())


def _array_depth(kind: CType) -> int:
    return 1 + _array_depth(kind.of) if isinstance(kind, Array) else 0


def _hidden(outer: Any, inner: Any) -> Any:
    """The field without a name of a struct that has this struct or union in it; None where there is none."""
    fields = (field for field in outer.type.get_fields() if _ANONYMOUS.search(field.spelling or "(unnamed"))
    return next((field for field in fields if field.type.get_declaration() == inner), None)
