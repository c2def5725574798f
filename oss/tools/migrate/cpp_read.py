"""The tree of a C++ program: classes, references, the library's classes, and what only C++ has among expressions."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from oss.tools.migrate.c_types import BOOL, Array, CType, Float, Int, Pointer, Ref, Std, Struct
from oss.tools.migrate.clang import Unit
from oss.tools.migrate.cpp_read_expressions import CppExpressions, copies, told_apart
from oss.tools.migrate.cpp_read_ranges import own_range
from oss.tools.migrate.cpp_types import OPERATOR_WORDS, operator_name, plain
from oss.tools.migrate.nodes import ClassDef, Decl, EnumDef, Node, Problem, Program

__all__ = ["read_cpp"]

_IGNORED = ("USING_DIRECTIVE", "USING_DECLARATION", "CXX_ACCESS_SPEC_DECL", "FRIEND_DECL", "NAMESPACE_ALIAS",
            "TYPE_ALIAS_DECL", "TYPE_ALIAS_TEMPLATE_DECL", "STATIC_ASSERT")  # fmt: skip
_METHODS = ("CXX_METHOD", "CONSTRUCTOR", "DESTRUCTOR", "CONVERSION_FUNCTION")


def read_cpp(unit: Unit) -> Program:
    """The tree of a parsed C++ file."""
    return CppReader(unit).program()


class CppReader(CppExpressions):
    """Reads what C++ adds to C."""

    nameless = False

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.made.cpp = True
        self.overloads: Counter[str] = Counter()
        self.unique: dict[str, str] = {}
        self.templates: list[Any] = []
        self.ending: set[str] = set()  # classes with a destructor that does something
        self.every: dict[str, ClassDef] = {}  # the classes of all files of the program

    # types

    # declarations

    def top(self, cursor: Any) -> None:
        if cursor.kind.name in _IGNORED or self.system(cursor):
            if cursor.kind.name not in _IGNORED and not self.in_std(cursor) and cursor.kind.name != "NAMESPACE":
                super().top(cursor)
            return
        super().top(cursor)

    def top_NAMESPACE(self, cursor: Any) -> None:
        for child in cursor.get_children():
            self.top(child)

    def top_ENUM_DECL(self, cursor: Any) -> None:
        """Enumerators of an ``enum class``, and of one within a class, stand in a class of their own."""
        known = len(self.made.items)
        super().top_ENUM_DECL(cursor)
        for item in self.made.items[known:]:
            for member in item.members if isinstance(item, EnumDef) else ():
                member.name += "_" * keyword.iskeyword(member.name)
        parent = cursor.semantic_parent
        nested = parent is not None and parent.kind.name in ("CLASS_DECL", "STRUCT_DECL", "CLASS_TEMPLATE")
        if len(self.made.items) == known or self.system(cursor) or not (cursor.is_scoped_enum() or nested):
            return
        made = self.made.items[-1]
        assert isinstance(made, EnumDef)
        within = f"{parent.spelling}_{made.name or 'values'}" if nested and parent is not None else made.name
        made.name = self.named_once(cursor, within)
        for member in made.members:
            member.owner = made.name

    def top_CLASS_DECL(self, cursor: Any) -> None:
        self.class_of(cursor)

    def top_STRUCT_DECL(self, cursor: Any) -> None:
        plain = all(
            child.kind.name in ("FIELD_DECL", "STRUCT_DECL", "UNION_DECL", "ENUM_DECL") and not self._needs_class(child)
            for child in cursor.get_children()
        )
        if plain or self.system(cursor):
            super().top_STRUCT_DECL(cursor)
        else:
            self.class_of(cursor)

    def struct(self, cursor: Any) -> None:
        """A struct with a variable behind it may have methods, too."""
        kind = self.type(cursor.type)
        if not isinstance(kind, Struct) or kind.name not in self.made.classes:
            super().struct(cursor)

    def _needs_class(self, cursor: Any) -> bool:
        """Whether a field is of a kind that only classes here have."""
        if cursor.kind.name != "FIELD_DECL":
            return False
        kind = self.type(cursor.type)
        while isinstance(kind, Array):
            kind = kind.of
        if isinstance(kind, Struct) and kind.name in self.made.classes:
            return True
        return isinstance(kind, (Std, Ref)) or (self.initialised(cursor) and not cursor.is_bitfield())

    def class_of(self, cursor: Any) -> None:
        if not cursor.is_definition():
            return
        name = self.record(cursor)
        assert isinstance(name, Struct)
        made = ClassDef(name.name, [], [], [], self.place(cursor))
        self.made.classes[made.name] = made
        children = list(cursor.get_children())
        for child in children:
            self.member(child, made)
        self.made.items.append(made)
        methods = [child for child in children if child.kind.name in _METHODS]
        known = [self.method(child, made) for child in methods]
        self.field_values(children)  # which may be methods
        several = any(item.name == "__init__" and not item.extern for item in known)
        for child, method in zip(methods, known, strict=True):
            if several and method.name == "__init__" and not method.params and child.is_default_method():
                method.extern, method.body = False, Node("block", method.place)  # one like the others
            elif child.is_definition() and not method.extern:
                self.method_body(child, method)
        for child in children:
            for friend in child.get_children() if child.kind.name == "FRIEND_DECL" else ():
                if friend.kind.name == "FUNCTION_DECL":
                    self.top(friend)

    def member(self, cursor: Any, made: ClassDef) -> None:
        """What a class has besides its methods, which may use all of it."""
        name = cursor.kind.name
        if name == "CXX_BASE_SPECIFIER":
            base = self.type(cursor.type)
            if isinstance(base, Std) and base.name == "enable_shared_from_this":
                return  # what it gives is known of every object that has several owners
            made.bases.append(base.name if isinstance(base, (Struct, Std)) else "")
        elif name == "FIELD_DECL" and cursor.spelling:
            field = self.field(cursor, made.name)
            made.fields.append(field)
        elif name == "VAR_DECL":
            self.static_field(cursor, made)
        elif name in ("CLASS_DECL", "STRUCT_DECL", "ENUM_DECL", "TYPEDEF_DECL"):
            self.top(cursor)
        elif name == "FUNCTION_TEMPLATE":
            self.templates.append(cursor)
        elif (
            name not in (*_METHODS, *_IGNORED)
            and not name.endswith(("_ATTR", "_REF", "_EXPR", "_LITERAL"))
            and not cursor.is_bitfield()
        ):
            self.problem(self.place(cursor), f"no counterpart of this {name.lower().replace('_', ' ')}")

    def field_values(self, children: list[Any]) -> None:
        """What the fields of a class are given where they are declared."""
        for child in children:
            field = self.decls.get(child.hash) if child.kind.name == "FIELD_DECL" else None
            values = [item for item in child.get_children() if item.kind.is_expression()] if field is not None else []
            if field is not None and values and self.initialised(child) and not child.is_bitfield():
                field.init = self.expression(values[-1])

    def problem(self, place: Any, reason: str) -> None:
        self.made.problems.append(Problem(place.file, place.line, place.start, reason))

    def static_field(self, cursor: Any, made: ClassDef) -> None:
        field = Decl(
            cursor.spelling, self.type(cursor.type), "member", self.place(cursor), owner=made.name, static=True
        )
        field.init = self.value_of(cursor)
        self.decls[cursor.hash] = self.decls[cursor.canonical.hash] = field
        made.fields.append(field)

    def value_of(self, cursor: Any) -> Node | None:
        """What a static field is given; the length of an array stands before it."""
        values = [item for item in cursor.get_children() if item.kind.is_expression()]
        while values and values[0].kind.name == "INTEGER_LITERAL" and cursor.type.kind.name == "CONSTANTARRAY":
            values.pop(0)
        return self.expression(values[-1]) if values else None

    @staticmethod
    def method_name(cursor: Any) -> str:
        """What a method is called here: a destructor is ``close``, and a method of that name is another."""
        kind = cursor.kind.name
        spelling = "close_" if cursor.spelling == "close" else str(cursor.spelling)
        return "__init__" if kind == "CONSTRUCTOR" else "close" if kind == "DESTRUCTOR" else spelling

    def method(self, cursor: Any, made: ClassDef) -> Decl:
        """A method, where it is declared; its body comes later."""
        kind = self.type(cursor.type)
        kind = self.result_known(cursor, kind)
        method = Decl(self.method_name(cursor), kind, "method", self.place(cursor), owner=made.name)
        method.static = cursor.is_static_method()
        method.const = cursor.is_const_method()
        method.pure = cursor.is_pure_virtual_method()
        method.virtual = cursor.is_virtual_method()
        method.quiet = cursor.exception_specification_kind.name == "BASIC_NOEXCEPT"
        method.extern = cursor.is_default_method() or cursor.is_deleted_method()
        method.params = self.parameters(cursor, f"{made.name}.{method.name}")
        self.decls[cursor.hash] = self.decls[cursor.canonical.hash] = method
        made.methods.append(method)
        return method

    @staticmethod
    def signature(method: Decl) -> str:
        """What tells methods of one name apart."""
        words = (
            f"{_word(plain(item.type))}{'_moved' if isinstance(item.type, Ref) and item.type.rvalue else ''}"
            for item in method.params
        )
        return "_".join(words) or "nothing"

    def families(self) -> Mapping[str, Sequence[ClassDef]]:
        """By the name of a class: the classes that its methods may be meant of, over which bases are shared."""
        found: dict[str, list[ClassDef]] = {}
        for name, made in self.every.items():
            near = [found[key] for key in (name, *made.bases) if key in found]
            joined = [*dict.fromkeys(item for family in [[made], *near] for item in family)]
            for key in (*made.bases, *(item.name for item in joined)):
                found[key] = joined
        return found

    def named_methods(self) -> None:
        """Gives methods of one name, in classes of one family, names that tell what they take."""
        families = self.families()
        for made in self.made.classes.values():
            for method in made.method("close_") if not self.ending else ():
                method.python = "close"
            for item in made.method("__init__"):
                if copies(item, made.name):
                    kind = item.params[0].type
                    item.python = "init_move" if isinstance(kind, Ref) and kind.rvalue else "init_copy"
            makers = [item for item in made.method("__init__") if not item.extern and not copies(item, made.name)]
            makers.sort(key=lambda item: any(parameter.init is None for parameter in item.params))
            for maker in makers[1:]:  # the first one, if any, needs no arguments
                maker.python = f"init_{self.signature(maker)}"
            for method in made.methods:
                if method.name not in ("__init__", "close"):
                    like = [item for other in families[made.name] for item in other.method(method.name)]
                    self.named_method(made, method, like)

    def named_method(self, made: ClassDef, method: Decl, like: Sequence[Decl]) -> None:
        """Gives a method a name, which tells it from those ``like`` it."""
        plainly = method.name
        same = [item for item in like if self.signature(item) == self.signature(method)]
        if method.name.startswith("operator"):
            several = len({self.signature(item) for item in made.method(method.name)}) > 1
            method.python = operator_name(method, self.signature(method) if several else "")
            plainly = operator_name(method).strip("_")
        elif len(same) < len(like) and method.params and not method.python:
            method.python = f"{method.name}_{self.signature(method)}"
        if method.const and not all(item.const for item in same):
            method.python = f"{method.python.strip('_') or plainly}_const"

    def method_body(self, cursor: Any, method: Decl) -> None:
        previous, self.function = self.function, f"{method.owner}.{method.name}"
        children = list(cursor.get_children())
        method.body = self.body_of(cursor)
        if cursor.kind.name == "CONSTRUCTOR":
            self.initialisers(children, method)
        self.function = previous

    def initialisers(self, children: list[Any], method: Decl) -> None:
        """What a constructor gives its bases and fields."""
        wanted = ""
        for child in children:
            name = child.kind.name
            if name == "MEMBER_REF":
                wanted = child.spelling
            elif name == "TYPE_REF":
                wanted = "class"
            elif child.kind.is_expression() and wanted:
                value = self.expression(child)
                key = wanted
                if wanted == "class":
                    inner = value
                    while inner.kind == "convert":
                        inner = inner.kid(0)
                    key = f"class {inner.type.name}" if isinstance(inner.type, (Struct, Std)) else "class"
                    value = inner
                method.inits.append((key, value))
                wanted = ""

    def parameters(self, cursor: Any, owner: str) -> list[Decl]:
        rows = []
        for item in cursor.get_arguments():
            made = self.parameter(item, owner)
            made.init = next(
                (self.expression(child) for child in item.get_children() if child.kind.is_expression()), None
            )
            rows.append(made)
        told_apart(rows)
        return rows

    def unmatched(self, cursor: Any) -> Decl | None:
        """The method that a definition is of, where it cannot be read all that either takes."""
        parent = cursor.semantic_parent
        made = self.record(parent) if parent is not None and parent.kind.name in ("CLASS_DECL", "STRUCT_DECL") else None
        owner = self.made.classes.get(made.name) if isinstance(made, Struct) else None
        if owner is None:
            return None
        count = len(list(cursor.get_arguments()))
        like = [row for row in owner.method(self.method_name(cursor)) if row.body is None and len(row.params) == count]
        return like[0] if len(like) == 1 else self.method(cursor, owner)

    def top_CXX_METHOD(self, cursor: Any) -> None:
        """A method that is defined outside of its class."""
        if cursor.semantic_parent.kind.name == "CLASS_TEMPLATE":
            return
        method = self.decls.get(cursor.canonical.hash) or self.unmatched(cursor)
        if method is None:
            self.problem(self.place(cursor), "a method of a class that is not known")
            return
        for item, known in zip(cursor.get_arguments(), method.params, strict=False):
            known.name = item.spelling
            self.decls[item.hash] = known
        method.declared, method.place = method.place, self.place(cursor)
        self.method_body(cursor, method)

    top_CONSTRUCTOR = top_DESTRUCTOR = top_CONVERSION_FUNCTION = top_CXX_METHOD

    def top_VAR_DECL(self, cursor: Any) -> None:
        known = self.decls.get(cursor.canonical.hash)
        if known is not None and known.scope == "member":
            known.init = self.value_of(cursor) or known.init
            return
        super().top_VAR_DECL(cursor)

    def top_FUNCTION_DECL(self, cursor: Any) -> None:
        usr = cursor.get_usr()
        if usr not in self.unique and not self.system(cursor):
            name = cursor.spelling
            self.overloads[name] += 1
            count = self.overloads[name]
            self.unique[usr] = name if count == 1 else f"{name}_{count}"
        if (
            cursor.spelling.startswith("operator")
            and not self.system(cursor)
            and self.unique[usr].startswith("operator")
        ):
            kinds = [_word(plain(self.type(item.type))) for item in cursor.get_arguments()]
            word = OPERATOR_WORDS.get(cursor.spelling.removeprefix("operator"), "operator")
            name = "_".join([word, *(kind for kind in kinds if kind not in ("ostream", "istream"))])
            self.unique[usr] = f"{name}_{len(self.unique)}" if name in self.unique.values() else name
        super().top_FUNCTION_DECL(cursor)
        made = self.decls.get(cursor.hash)
        if made is not None and not made.system:
            told_apart(made.params)
            for item, known in zip(cursor.get_arguments(), made.params, strict=False):
                value = next(
                    (self.expression(child) for child in item.get_children() if child.kind.is_expression()), None
                )
                known.init = known.init or value

    def top_FUNCTION_TEMPLATE(self, cursor: Any) -> None:
        """A template: what it becomes is read where it is called."""
        parent = cursor.semantic_parent
        if cursor.kind.name == "CLASS_TEMPLATE" or parent is None or parent.kind.name != "CLASS_TEMPLATE":
            self.templates.append(cursor)

    top_CLASS_TEMPLATE = top_FUNCTION_TEMPLATE

    def late(self, cursor: Any) -> Decl | None:
        if cursor.kind.name == "FUNCTION_DECL" and not self.system(cursor) and cursor.is_definition():
            self.instantiated.add(cursor.spelling)
            function, self.function = self.function, ""
            self.top_FUNCTION_DECL(cursor)
            self.function = function
            return self.decls.get(cursor.hash)
        own = self.made.functions.get(cursor.spelling)
        if cursor.kind.name == "FUNCTION_DECL" and self.system(cursor) and own is not None and not own.system:
            made = Decl(cursor.spelling, self.type(cursor.type), "function", self.place(cursor), value=0)
            made.system = True
            return made
        return super().late(cursor)

    def program(self) -> Program:
        made = super().program()
        made.naming = self
        for cursor in self.templates:
            guide = cursor.spelling.startswith("<deduction guide")
            if cursor.spelling not in self.instantiated and not guide and not self.system(cursor):
                self.problem(self.place(cursor), "a template that is not used")
        return made

    def function_name(self, cursor: Any) -> str:
        return self.unique.get(cursor.get_usr(), str(cursor.spelling))

    def variable(self, cursor: Any) -> Decl:
        made = super().variable(cursor)
        if made.scope == "global" and not made.system:
            made.name = self.named_once(cursor, made.name)
        values = [self.expression(item) for item in cursor.get_children() if item.kind.is_expression()]
        if made.init is None and values and values[-1].kind == "construct":
            made.init = values[-1]
        return made

    # statements

    def plain_statement(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if cursor.kind.name == "UNEXPOSED_EXPR" and len(children) == 1:  # what cleans up at the end of a statement
            return self.plain_statement(children[0])
        return super().plain_statement(cursor)

    def stmt_CXX_FOR_RANGE_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if len(children) != 3 or children[0].kind.name not in ("VAR_DECL", "UNEXPOSED_DECL"):
            return self.unknown(cursor, "a loop that cannot be read")
        made = Node("foreach", self.place(cursor))
        if children[0].kind.name == "UNEXPOSED_DECL":
            made.decls, item = self.bindings(children[0])
        else:
            item = self.variable(children[0])
        item.init = None
        made.decl = item
        made.kids = [self.expression(children[1]), self.statement(children[2])]
        return own_range(made, self.made, self.function) if not made.decls else made

    def bindings(self, cursor: Any) -> tuple[list[Decl], Decl]:
        """The names of ``auto [a, b]``, and what they are parts of."""
        found = []
        for child in cursor.get_children():
            if child.kind.name == "UNEXPOSED_DECL":
                made = Decl(child.spelling, self.type(child.type), "local", self.place(child), owner=self.function)
                self.decls[child.hash] = made
                found.append(made)
        whole = Decl("_".join(made.name for made in found), self.type(cursor.type), "local", self.place(cursor))
        return found, whole

    def stmt_DECL_STMT(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        if children and all(child.kind.name in (*_IGNORED, "CLASS_DECL") for child in children):
            for child in children:
                self.top(child)
            return Node("empty", self.place(cursor))
        if len(children) != 1 or children[0].kind.name != "UNEXPOSED_DECL" or not children[0].spelling.startswith("["):
            return super().stmt_DECL_STMT(cursor)
        values = [child for child in children[0].get_children() if child.kind.is_expression()]
        made = Node("bind", self.place(cursor))
        if not values:
            return self.unknown(cursor, "parts of what cannot be read")
        array = values[0].type.get_canonical().kind.name == "CONSTANTARRAY" and list(values[0].get_children())
        made.kids = [self.expression(array[0] if array and values[0].kind.name == "UNEXPOSED_EXPR" else values[0])]
        decls, made.decl = self.bindings(children[0])
        made.decls = decls
        return made

    def stmt_IF_STMT(self, cursor: Any) -> Node:
        """``if (T x = f(); x)`` is a block of both."""
        children = list(cursor.get_children())
        first = [child for child in children if child.kind.name in ("DECL_STMT", "VAR_DECL")][:1]
        if not first or children[0] != first[0]:
            return super().stmt_IF_STMT(cursor)
        place = self.place(cursor)
        declared = self._declared(first[0])
        rest = children[1:]
        kids: list[Node | None] = [self.expression(rest[0]), *(self.statement(item) for item in rest[1:])]
        return Node("block", place, kids=[declared, Node("if", place, kids=kids)])

    def _declared(self, cursor: Any) -> Node:
        if cursor.kind.name == "DECL_STMT":
            return self.statement(cursor)
        made = Node("declare", self.place(cursor))
        made.decls = [self.variable(cursor)]
        return made

    def stmt_WHILE_STMT(self, cursor: Any) -> Node:
        """``while (T x = f())`` declares anew in each round."""
        children = list(cursor.get_children())
        if children[0].kind.name != "VAR_DECL" or len(children) != 3:
            return super().stmt_WHILE_STMT(cursor)
        place = self.place(cursor)
        declared, test, body = self._declared(children[0]), self.expression(children[1]), self.statement(children[2])
        left = Node("unary", place, BOOL, [test], "!")
        leave = Node("if", place, kids=[left, Node("break", place)])
        items = list(body.kids) if body.kind == "block" else [body]
        always = Node("number", place, Int(32, True), value=1)
        return Node("while", place, kids=[always, Node("block", place, kids=[declared, leave, *items])])

    def stmt_CXX_TRY_STMT(self, cursor: Any) -> Node:
        body, *handlers = cursor.get_children()
        made = Node("try", self.place(cursor), kids=[self.statement(body)])
        for handler in handlers:
            parts = list(handler.get_children())
            start, end = self.place(handler).start, self.place(parts[-1]).start
            if any(start <= problem.offset < end for problem in self.made.problems):
                return self.unknown(cursor, "what is caught cannot be read")
            variables = [self.variable(part) for part in parts if part.kind.name == "VAR_DECL"]
            block = Node("catch", self.place(handler), kids=[self.statement(parts[-1])])
            block.decl = variables[0] if variables else None
            made.kids.append(block)
        return made

    def stmt_CXX_CATCH_STMT(self, cursor: Any) -> Node:
        return self.unknown(cursor, "a catch alone")

    # expressions


def _word(kind: CType) -> str:
    """A type as a part of a name."""
    if isinstance(kind, Int):
        return kind.name.replace(" ", "_").strip("_").lower()
    if isinstance(kind, Float):
        return "float" if kind.bits == 32 else "double"
    if isinstance(kind, Std):
        return "_".join([kind.name, *(_word(item) for item in kind.of if item != Std("allocator", (kind.of[0],)))])
    if isinstance(kind, Struct):
        return kind.name.lower()
    if isinstance(kind, Pointer):
        return "text" if isinstance(kind.to, Int) and kind.to.bits == 8 else "pointer"
    return "other"
