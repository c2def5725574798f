"""Expressions of C++."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

from oss.tools.migrate.c_types import Float, Function, Int, Pointer, Ref, Std, Struct, Unknown
from oss.tools.migrate.clang import Unit
from oss.tools.migrate.cpp_read_types import CppTypes
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import ClassDef, Decl, Node, bare, walk

__all__ = ["CppExpressions", "copies", "told_apart"]


_GENERIC = re.compile(r"\bauto\b")

_NEW = re.compile(
    rb"(?:::)?\s*new\s*(?P<nothrow>\(\s*(?:std\s*::\s*)?nothrow\s*\))?\s*[^\s\[({][^\[({]*"
    rb"(?:(?P<count>\[[^{]*\])\s*(?:\(\s*\)|\{.*\})?|[({].*)?",
    re.DOTALL,
)
"""``new T``, ``new T(...)`` and ``new T[n]``, but not at a place that is given."""

_OF_TYPE = re.compile(rb"(?:typename\s+)?([\w:]+)\s*\(\s*\)")
"""``T()``."""

_SHOWN = ("dec", "hex", "oct", "fixed", "scientific", "left", "right", "boolalpha", "internal", "showbase", "showpoint",
          "showpos", "uppercase", "adjustfield", "basefield", "floatfield")  # fmt: skip
"""The flags of streams that are numbers."""

_FROM_NEW = "memory from new"


def _spot(cursor: Any) -> tuple[str, int]:
    """Where a lambda stands."""
    return str(cursor.location.file), int(cursor.location.offset)


def told_apart(params: list[Decl]) -> None:
    """Gives the parameters that a pack became names of their own."""
    names = Counter(item.name for item in params if item.name)
    for name in (name for name, count in names.items() if count > 1):
        for index, item in enumerate(item for item in params if item.name == name):
            item.name = f"{name}_{index + 1}"


def _counted(made: list[Node]) -> bool:
    """Whether an array has room for its values, which are numbers or structs, as the program says itself."""
    count, values = bare(made[0]), made[1]
    plainly = all(kid is not None and isinstance(kid.type, (Int, Float, Struct)) for kid in values.kids)
    return plainly and count.kind == "number" and isinstance(count.value, int) and len(values.kids) <= count.value


class CppExpressions(CppTypes):
    """Reads expressions of C++."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.generic: dict[tuple[str, int], tuple[Node, list[str]]] = {}  # lambdas, and what types they are given
        self.early: dict[tuple[str, int], list[Any]] = defaultdict(list)  # their calls that were read first

    def method(self, cursor: Any, made: ClassDef) -> Decl:
        """A method, where it is declared."""
        raise NotImplementedError

    def method_body(self, cursor: Any, method: Decl) -> None:
        """What a method does."""
        raise NotImplementedError

    @staticmethod
    def signature(method: Decl) -> str:
        """What tells methods of one name apart."""
        raise NotImplementedError

    def constant_of_library(self, name: str, target: Any) -> bool:
        """Whether a name is one of the library's numbers, which clang knows."""
        if name in _SHOWN:
            return bool(target.kind.name == "VAR_DECL" and self.in_std(target.semantic_parent))
        fixed = name.endswith("_v") or name == "value"
        known = fixed and target.kind.name in ("VAR_DECL", "UNEXPOSED_DECL")
        return known and any(map(self.in_std, (target, target.semantic_parent)))

    def expr_DECL_REF_EXPR(self, cursor: Any) -> Node:
        target = cursor.referenced
        if target is not None and self.constant_of_library(cursor.spelling, target):
            value = self.evaluated(cursor)
            if value is not None:
                return Node("number", self.place(cursor), self.type(cursor.type), value=int(value))
        made = super().expr_DECL_REF_EXPR(cursor)
        if made.decl is not None and made.decl.scope == "function":
            made.name = made.decl.name
        numbers = [child for child in cursor.get_children() if child.kind.name == "INTEGER_LITERAL"]
        if numbers:  # the index of ``std::get<0>``
            made.value = self.evaluated(numbers[0])
        return made

    def expr_BINARY_OPERATOR(self, cursor: Any) -> Node:
        """An operator; those on pointers to parts of classes are those of the library's objects."""
        made = super().expr_BINARY_OPERATOR(cursor)
        if made.name in (".*", "->*"):
            made.kind = "through"
        elif made.name in ("==", "!=") and any(_to_part(kid) for kid in made.kids):
            made.kind = "operator"
        return made

    def expr_CALL_EXPR(self, cursor: Any) -> Node:
        made = self.call(cursor)
        index = self.meant(cursor.referenced)
        if index and made.kind == "operator":
            made.value = index
        return made

    def call(self, cursor: Any) -> Node:
        target: Any = cursor.referenced
        children = [child for child in cursor.get_children() if not self._default(child)]
        kind, name = (target.kind.name, target.spelling) if target is not None else ("", "")
        if kind == "CONSTRUCTOR" or (kind == "FUNCTION_TEMPLATE" and name == cursor.type.spelling):
            values = [child for child in children if child.kind.is_expression()]
            if name == "streampos" and len(values) == 1:
                return self.expression(values[0])
            made = self.made_node(cursor, "construct", values, name)
            made.decl = self.decls.get(target.canonical.hash) if target is not None else None
            copied = len(made.kids) == 1 and plain(made.kid(0).type) == made.type
            if made.decl is None and target is not None and made.kids and not copied:
                made.decl = self.inherited(made)
            return made
        if cursor.spelling.startswith("operator") and not cursor.spelling[8:9].isalnum() and len(children) > 1:
            return self.operator(cursor, children, target)
        if (
            children
            and children[0].kind.name == "MEMBER_REF_EXPR"
            and kind in ("CXX_METHOD", "FUNCTION_TEMPLATE", "CONVERSION_FUNCTION", "DESTRUCTOR")
        ):
            return self.method_call(cursor, children, target)
        if not children:
            return self.unknown(cursor, "a call that cannot be read")
        limits = target is not None and target.semantic_parent.spelling == "numeric_limits"
        if limits and (value := self.evaluated(cursor)) is not None:
            number = self.made_node(cursor, "number")
            number.value = value
            return number
        return _asked_itself(self.made_node(cursor, "call", children, cursor.spelling))

    def inherited(self, made: Node) -> Decl | None:
        """The constructor that a class has of its base: ``using Base::Base``."""
        known = self.made.classes.get(made.type.name) if isinstance(made.type, Struct) else None
        if known is None or len(known.bases) != 1 or any(not field.static for field in known.fields):
            return None
        base = self.made.classes.get(known.bases[0])
        own = [item for item in known.method("__init__") if not item.extern]
        rows = [item for item in (base.method("__init__") if base is not None else []) if not item.extern]
        rows = [item for item in rows if not copies(item, known.bases[0])]
        return rows[0] if len(rows) == 1 and not own and made.kids else None

    @staticmethod
    def _default(cursor: Any) -> bool:
        """Whether an argument is one that is not given."""
        start = cursor.extent.start
        return (
            cursor.kind.name == "UNEXPOSED_EXPR"
            and start.line == 0
            and not cursor.spelling
            and not list(cursor.get_children())
        )

    def operator(self, cursor: Any, children: list[Any], target: Any) -> Node:
        """A call of an operator: what it is called on, and its operands."""
        op = cursor.spelling.removeprefix("operator")
        names = [child for child in children if self._names_operator(child, cursor.spelling)]
        operands = [child for child in children if not any(child == name for name in names)]
        made = self.made_node(cursor, "operator", operands, op)
        made.decl = self.decls.get(target.canonical.hash) if target is not None else None
        made.value = target.kind.name if target is not None else ""
        return made

    @staticmethod
    def _names_operator(cursor: Any, name: str) -> bool:
        return (
            cursor.spelling == name
            and cursor.kind.name in ("UNEXPOSED_EXPR", "DECL_REF_EXPR", "MEMBER_REF_EXPR")
            and (
                cursor.kind.name != "UNEXPOSED_EXPR"
                or any(child.kind.name == "DECL_REF_EXPR" for child in cursor.get_children())
            )
        )

    def method_call(self, cursor: Any, children: list[Any], target: Any) -> Node:
        member, *arguments = children
        first = next(iter(member.get_children()), None)
        if (
            cursor.spelling == "operator long"
            and first is not None
            and "streampos" in first.type.get_canonical().spelling
        ):  # a place in a stream is a number
            return self.expression(next(iter(member.get_children())))
        owners = [child for child in member.get_children() if child.kind.is_expression()]
        made = self.made_node(cursor, "method", arguments, cursor.spelling)
        owner = self.expression(owners[0]) if owners else Node("this", self.place(member), Unknown("this"))
        if isinstance(owner.type, Pointer) and isinstance(owner.type.to, Std):  # p->f() is (*p).f()
            owner = Node("unary", owner.place, owner.type.to, [owner], "*")
        made.kids.insert(0, owner)
        if any(child.kind.name == "TYPE_REF" for child in member.get_children()):
            made.value = "qualified"  # this class's, whatever the object is
        made.decl = self.decls.get(target.canonical.hash) or self.late_method(target)
        return made

    def late_method(self, cursor: Any) -> Decl | None:
        """A method that is made of a template: it is read where it is called."""
        kind = self.record(cursor.semantic_parent) if cursor.kind.name == "CXX_METHOD" else None
        known = self.made.classes.get(kind.name) if isinstance(kind, Struct) else None
        if known is None or not cursor.is_definition() or self.system(cursor):
            return None
        self.instantiated.add(cursor.spelling)
        method = self.method(cursor, known)
        same = [
            row for row in known.methods if row.name == method.name and self.signature(row) == self.signature(method)
        ]
        if len(same) > 1:
            method.python = f"{method.name}_{self.signature(method)}_{len(same)}"
        self.method_body(cursor, method)
        return method

    def expr_MEMBER_REF_EXPR(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        target = cursor.referenced
        decl = self.decls.get(target.canonical.hash) or self.decls.get(target.hash) if target is not None else None
        made = self.made_node(cursor, "member", children[:1], cursor.spelling)
        made.decl = decl
        if not children:
            made.kids = [Node("this", self.place(cursor), Unknown("this"))]
        owner = made.kid(0).type
        owner = owner.to if isinstance(owner, Pointer) else owner
        if decl is None and not isinstance(owner, Std):
            return self.unknown(cursor, f"no field {cursor.spelling} is known")
        parent = target.semantic_parent if target is not None else None
        if parent is not None and parent.kind.name == "UNION_DECL" and not self.system(parent):
            return self.unknown(cursor, "a union")
        return made

    def expr_SIZE_OF_PACK_EXPR(self, cursor: Any) -> Node:
        """``sizeof...(args)``."""
        count = self.evaluated(cursor)
        if count is None:
            return self.unknown(cursor, "the size of a pack that cannot be read")
        made = self.made_node(cursor, "number")
        made.value = count
        return made

    def expr_CXX_THIS_EXPR(self, cursor: Any) -> Node:
        return self.made_node(cursor, "this")

    def expr_CXX_NULL_PTR_LITERAL_EXPR(self, cursor: Any) -> Node:
        made = self.made_node(cursor, "number")
        made.value, made.type = 0, Int(32, True)
        return made

    def expr_GNU_NULL_EXPR(self, cursor: Any) -> Node:
        return self.expr_CXX_NULL_PTR_LITERAL_EXPR(cursor)

    def expr_CXX_NEW_EXPR(self, cursor: Any) -> Node:
        place = self.place(cursor)
        found = _NEW.fullmatch(self.made.sources[place.file][place.start : place.end])
        values = [child for child in cursor.get_children() if child.kind.is_expression()]
        if found is not None and found["nothrow"]:
            values = [child for child in values if child.spelling != "nothrow"]
        made = [self.expression(value) for value in values]
        if found is not None and found["count"] and made:
            fresh = made[1].kind in ("construct", "list") and not made[1].kids if len(made) == 2 else len(made) == 1
            kind = self.type(cursor.type)
            if fresh:
                return Node("newarray", place, kind, [made[0]])
            if len(made) == 2 and made[1].kind == "list" and isinstance(kind, Pointer) and _counted(made):
                return Node("newarray", place, kind, [*made])
            return self.unknown(cursor, _FROM_NEW)
        if found is None or len(made) != 1 or made[0].kind not in ("construct", "list"):
            return self.unknown(cursor, _FROM_NEW)
        return Node("new", place, self.type(cursor.type), [*made])

    def expr_CXX_DELETE_EXPR(self, cursor: Any) -> Node:
        place = self.place(cursor)
        several = re.match(rb"(?:::)?\s*delete\s*\[", self.made.sources[place.file][place.start : place.end])
        return self.made_node(cursor, "delete", list(cursor.get_children())[:1], "[]" if several else "")

    def expr_CXX_THROW_EXPR(self, cursor: Any) -> Node:
        return self.made_node(cursor, "throw", list(cursor.get_children())[:1])

    def expr_LAMBDA_EXPR(self, cursor: Any) -> Node:
        made = Node("lambda", self.place(cursor), self.type(cursor.type))
        children = list(cursor.get_children())
        made.decls = [self.parameter(child, self.function) for child in children if child.kind.name == "PARM_DECL"]
        body = next((child for child in children if child.kind.name == "COMPOUND_STMT"), None)
        generic = any(_GENERIC.search(child.type.spelling) for child in children if child.kind.name == "PARM_DECL")
        text = self.made.sources[made.place.file][made.place.start : made.place.end]
        made.name = text[1 : text.find(b"]")].decode("utf-8", "replace")
        made.changing = b"mutable" in text[: body.extent.start.offset - made.place.start] if body is not None else False
        made.value = self.named_captures(children)
        defaults = [
            part for child in children if child.kind.name == "PARM_DECL" for part in child.get_children()
            if part.kind.is_expression()
        ]  # fmt: skip
        values = [part for default in defaults for part in walk(self.expression(default))]
        plainly = all(part.kind in ("number", "string", "char", "construct", "convert") for part in values)
        if body is None or not plainly:
            return self.unknown(cursor, "a lambda that cannot be read")
        parameters = [child for child in children if child.kind.name == "PARM_DECL"]
        for parameter, child in zip(made.decls, parameters, strict=True):
            values = [part for part in child.get_children() if part.kind.is_expression()]
            parameter.init = self.expression(values[-1]) if values else None
        if generic:
            made.kids = [self.unknown(cursor, "a lambda of which it is not known what it is given")]
            return self._registered(made, _spot(cursor))
        made.kids = [self.statement(body)]
        return made

    def meant(self, target: Any) -> int:
        """Reads the body of a generic lambda for the types that it is called with; the number of those before."""
        if target is None or target.kind.name not in ("CXX_METHOD", "FUNCTION_DECL"):
            return 0
        if target.kind.name == "FUNCTION_DECL":
            if self.system(target) and "(lambda at" in target.type.spelling:
                for part in target.walk_preorder():
                    if part.kind.name == "CALL_EXPR" and part.spelling == "operator()":
                        self.meant(part.referenced)
            return 0
        made, known = self.generic.get(_spot(target), (None, []))
        shown = target.type.get_canonical().spelling
        if made is None:
            self.early[_spot(target)].append(target)
            return 0
        if shown not in known:
            known.append(shown)
            self._read_for(made if len(known) == 1 else Node("variant", made.place), made, target)
        return known.index(shown)

    def _registered(self, made: Node, spot: tuple[str, int]) -> Node:
        """A generic lambda, whose calls may have been read before."""
        if spot not in self.generic:
            self.generic[spot] = made, []
            for target in self.early.pop(spot, []):
                self.meant(target)
        return self.generic[spot][0]

    def _read_for(self, into: Node, made: Node, target: Any) -> None:
        """Reads a generic lambda for some types; for further ones that is a variant of it."""
        children = list(target.get_children())
        defaults = [parameter.init for parameter in made.decls]
        into.decls = [self.parameter(child, self.function) for child in children if child.kind.name == "PARM_DECL"]
        told_apart(into.decls)
        for parameter, default in zip(into.decls, defaults, strict=False):
            parameter.init = default
        into.kids = [self.statement(child) for child in children if child.kind.name == "COMPOUND_STMT"]
        if into is not made:
            made.kids.append(into)

    def named_captures(self, children: list[Any]) -> list[Decl]:
        """The variables that a lambda has of its own: ``[n = f()]``."""
        found = []
        for child in children:
            target = child.referenced if child.kind.name == "VARIABLE_REF" else None
            if target is not None and target.hash not in self.decls and target.kind.name == "VAR_DECL":
                made = self.variable(target)
                values = [item for item in target.get_children() if item.kind.is_expression()]
                made.init = self.expression(values[-1]) if values else made.init
                found.append(made)
        return found

    def cast(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        if len(children) > 1 and cursor.kind.name == "CXX_FUNCTIONAL_CAST_EXPR":  # the first are part of the type
            children = children[-1:]
        if len(children) != 1:
            return self.unknown(cursor, "a cast that cannot be read")
        inner = self.expression(children[0])
        if inner.kind == "construct" or inner.type == self.type(cursor.type):
            return inner
        kind = self.type(cursor.type)
        if isinstance(kind, Struct) and isinstance(inner.type, Struct) and self._heir(kind.name, inner.type.name):
            return replace(inner, type=kind)  # a reference to what the object is
        return Node("cast", self.place(cursor), kind, [inner])

    def _heir(self, name: str, base: str) -> bool:
        known = self.made.classes.get(name)
        return known is not None and any(row == base or self._heir(row, base) for row in known.bases)

    expr_CXX_STATIC_CAST_EXPR = expr_CXX_FUNCTIONAL_CAST_EXPR = expr_CXX_CONST_CAST_EXPR = cast

    expr_CXX_REINTERPRET_CAST_EXPR = cast

    def expr_CXX_DYNAMIC_CAST_EXPR(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        if len(children) != 1:
            return self.unknown(cursor, "a cast that cannot be read")
        return self.made_node(cursor, "dynamic", children)

    def _zero_of_type(self, cursor: Any, children: list[Any]) -> Node | None:
        """``T()`` of what is no class; the type is not named any more where a template is used."""
        kind, place = self.type(cursor.type), self.place(cursor)
        if not isinstance(kind, (Int, Float, Pointer)) or any(child.kind.name != "TYPE_REF" for child in children):
            return None
        found = _OF_TYPE.fullmatch(self.made.sources[place.file][place.start : place.end]) if place.file else None
        if found is None or (not children and found[1].decode() in self.made.functions):
            return None
        zero = Node("number", place, Int(32, True), value=0)
        return zero if kind == zero.type else Node("convert", place, kind, [zero])

    def expr_UNEXPOSED_EXPR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if (zero := self._zero_of_type(cursor, children)) is not None:
            return zero
        made = super().expr_UNEXPOSED_EXPR(cursor)
        if made.kind == "convert" and len(children) == 1:
            inner = made.kid(0)
            if isinstance(made.type, Struct) and isinstance(inner.type, Struct) and inner.kind != "unknown":
                return made  # an object as one of its base, which a copy of it is
            keeps = isinstance(made.type, (Std, Struct)) or isinstance(inner.type, (Std, Struct))
            if keeps and inner.kind != "unknown":
                return inner
            if isinstance(made.type, Function) or isinstance(inner.type, Function):
                return made
        return made


def _to_part(node: Node | None) -> bool:
    """Whether an operand is a pointer to a method or a field."""
    return node is not None and isinstance(node.type, Std) and node.type.name in ("method_pointer", "field_pointer")


def _asked_itself(made: Node) -> Node:
    """``std::get_if<T>(&v)`` as what asks the object itself."""
    if made.name == "get_if" and len(made.kids) == 2:
        inner = bare(made.kid(1))
        if inner.kind == "unary" and inner.name == "&":
            made.kids[1] = inner.kid(0)
    return made


def copies(method: Decl, name: str) -> bool:
    """Whether a constructor makes a copy."""
    kind = method.params[0].type if len(method.params) == 1 else None
    return isinstance(kind, Ref) and kind.to == Struct(name)
