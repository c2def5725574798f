"""The tree of a C++ program: classes, references, the library's classes, and what only C++ has among expressions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from oss.tools.migrate.c_types import BOOL, LONG, Array, CType, Float, Function, Int, Pointer, Ref, Std, Struct, Unknown
from oss.tools.migrate.clang import Unit
from oss.tools.migrate.cpp_types import OPERATOR_WORDS, operator_name, plain
from oss.tools.migrate.nodes import ClassDef, Decl, EnumDef, Node, Problem, Program
from oss.tools.migrate.read import Reader

__all__ = ["read_cpp"]

_IGNORED = ("USING_DIRECTIVE", "USING_DECLARATION", "CXX_ACCESS_SPEC_DECL", "FRIEND_DECL", "NAMESPACE_ALIAS",
            "TYPE_ALIAS_DECL", "TYPE_ALIAS_TEMPLATE_DECL", "STATIC_ASSERT")  # fmt: skip
_METHODS = ("CXX_METHOD", "CONSTRUCTOR", "DESTRUCTOR", "CONVERSION_FUNCTION")


def read_cpp(unit: Unit) -> Program:
    """The tree of a parsed C++ file."""
    return CppReader(unit).program()


class CppReader(Reader):
    """Reads what C++ adds to C."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.overloads: Counter[str] = Counter()
        self.unique: dict[str, str] = {}
        self.chosen: dict[str, str] = {}  # names of classes, enumerations and variables
        self.templates: list[Any] = []
        self.signatures: dict[str, set[str]] = defaultdict(set)  # of methods by their names
        self.instantiated: set[str] = set()

    # types

    def made_type(self, kind: Any, name: str) -> CType:
        if name in ("LVALUEREFERENCE", "RVALUEREFERENCE"):
            to = kind.get_pointee()
            return Ref(self.type(to), to.is_const_qualified(), name.startswith("RVALUE"))
        if name == "RECORD":
            declared = kind.get_declaration()
            if declared.spelling == "streampos":
                return LONG
            if self.in_std(declared):
                count = max(kind.get_num_template_arguments(), 0)
                if self.ordered(kind, declared.spelling, count):
                    return Unknown(f"a std::{declared.spelling} with an order of its own")
                of = [self.type(kind.get_template_argument_type(index)) for index in range(count)]
                if declared.spelling == "duration":
                    return self.duration(kind)
                if declared.spelling == "array" and (size := re.search(r"(\d+)[uUlL]*>$", kind.spelling)):
                    return Std("array", (of[0], Array(of[0], int(size[1]))))
                if declared.spelling == "priority_queue" and "std::greater<" in kind.get_canonical().spelling:
                    return Std("priority_queue_greater", (of[0],))
                return Std(declared.spelling, tuple(of if declared.spelling == "tuple" else of[:2]))
            if "lambda at" in kind.spelling:
                return Std("function")
        if name == "ENUM":
            return Int(32, True)
        if name in ("NULLPTR",):
            return Std("nullptr")
        return super().made_type(kind, name)

    def type(self, kind: Any) -> CType:
        """A type; one of a template that is not used yet is not known."""
        if kind.kind.name in ("DEPENDENT", "UNEXPOSED") and kind.get_canonical().kind.name in (
            "DEPENDENT",
            "UNEXPOSED",
        ):
            return Unknown(kind.spelling)
        return super().type(kind)

    def duration(self, kind: Any) -> Std:
        """A span of time, which is a number of nanoseconds; the second part tells how many its unit has."""
        found = re.search(r"ratio<(\d+)(?:, (\d+))?>", kind.get_canonical().spelling)
        unit = 1_000_000_000 * int(found[1]) // int(found[2] or 1) if found else 1_000_000_000
        of = self.type(kind.get_template_argument_type(0))
        return Std("duration", (of, Array(of, unit)))

    @staticmethod
    def ordered(kind: Any, name: str, count: int) -> bool:
        """Whether a map, a set or a queue has another order than ``<``."""
        place = {"map": 2, "set": 1, "multimap": 2, "multiset": 1, "priority_queue": 2}.get(name)
        if place is None or count <= place:
            return False
        order = kind.get_template_argument_type(place).get_canonical().get_declaration()
        usual = order.spelling == "less" or (order.spelling == "greater" and name == "priority_queue")
        return not (usual and CppReader.in_std(order))

    @staticmethod
    def in_std(cursor: Any) -> bool:
        parent = cursor.semantic_parent
        while parent is not None and parent.kind.name == "NAMESPACE":
            if parent.spelling == "std":
                return True
            parent = parent.semantic_parent
        return False

    def record(self, cursor: Any) -> CType:
        made = super().record(cursor)
        if not isinstance(made, Struct):
            return made
        name = made.name.rsplit("::", 1)[-1]
        if "<" in cursor.type.spelling and not self.system(cursor):
            shown = cursor.type.get_canonical().spelling.replace("std::", "")
            name = re.sub(r"\W+", "_", shown).strip("_")
            self.instantiated.add(cursor.spelling)
        return Struct(name if self.system(cursor) else self.named_once(cursor, name), made.union)

    def named_once(self, cursor: Any, name: str) -> str:
        """The name of a class, an enumeration or a variable: what surrounds it stands before a name that is taken."""
        usr = cursor.canonical.get_usr()
        if usr in self.chosen:
            return self.chosen[usr]
        parent = cursor.semantic_parent
        while name in self.chosen.values() and parent is not None and parent.kind.name != "TRANSLATION_UNIT":
            name = f"{parent.spelling.split('(')[0] or 'unnamed'}_{name}"
            parent = parent.semantic_parent
        self.chosen[usr] = name
        return name

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
        parent = cursor.semantic_parent
        nested = parent is not None and parent.kind.name in ("CLASS_DECL", "STRUCT_DECL", "CLASS_TEMPLATE")
        if len(self.made.items) == known or self.system(cursor) or not (cursor.is_scoped_enum() or nested):
            return
        made = self.made.items[-1]
        assert isinstance(made, EnumDef)
        within = f"{parent.spelling}_{made.name or 'values'}" if nested else made.name
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

    def _needs_class(self, cursor: Any) -> bool:
        """Whether a field is of a kind that only classes here have."""
        if cursor.kind.name != "FIELD_DECL":
            return False
        kind = self.type(cursor.type)
        valued = any(child.kind.is_expression() for child in cursor.get_children())
        return isinstance(kind, (Std, Ref)) or (valued and not cursor.is_bitfield())

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
        for child, method in zip(methods, known, strict=True):
            if child.is_definition():
                self.method_body(child, method)
        for child in children:
            for friend in child.get_children() if child.kind.name == "FRIEND_DECL" else ():
                if friend.kind.name == "FUNCTION_DECL" and friend.is_definition():
                    self.top(friend)

    def member(self, cursor: Any, made: ClassDef) -> None:
        """What a class has besides its methods, which may use all of it."""
        name = cursor.kind.name
        if name == "CXX_BASE_SPECIFIER":
            base = self.type(cursor.type)
            made.bases.append(base.name if isinstance(base, (Struct, Std)) else "")
        elif name == "FIELD_DECL":
            field = self.field(cursor, made.name)
            values = (self.expression(item) for item in cursor.get_children() if item.kind.is_expression())
            field.init = next(values, None)
            made.fields.append(field)
        elif name == "VAR_DECL":
            self.static_field(cursor, made)
        elif name in ("CLASS_DECL", "STRUCT_DECL", "ENUM_DECL", "TYPEDEF_DECL"):
            self.top(cursor)
        elif name == "FUNCTION_TEMPLATE":
            self.templates.append(cursor)
        elif name not in (*_METHODS, *_IGNORED):
            self.problem(self.place(cursor), f"no counterpart of this {name.lower().replace('_', ' ')}")

    def problem(self, place: Any, reason: str) -> None:
        self.made.problems.append(Problem(place.file, place.line, place.start, reason))

    def static_field(self, cursor: Any, made: ClassDef) -> None:
        field = Decl(
            cursor.spelling, self.type(cursor.type), "member", self.place(cursor), owner=made.name, static=True
        )
        field.init = next((self.expression(item) for item in cursor.get_children() if item.kind.is_expression()), None)
        self.decls[cursor.hash] = self.decls[cursor.canonical.hash] = field
        made.fields.append(field)

    @staticmethod
    def method_name(cursor: Any) -> str:
        kind = cursor.kind.name
        return "__init__" if kind == "CONSTRUCTOR" else "close" if kind == "DESTRUCTOR" else cursor.spelling

    def method(self, cursor: Any, made: ClassDef) -> Decl:
        """A method, where it is declared; its body comes later."""
        kind = self.type(cursor.type)
        method = Decl(self.method_name(cursor), kind, "method", self.place(cursor), owner=made.name)
        method.static = cursor.is_static_method()
        method.const = cursor.is_const_method()
        method.pure = cursor.is_pure_virtual_method()
        method.extern = cursor.is_default_method() or cursor.is_deleted_method()
        method.params = self.parameters(cursor, f"{made.name}.{method.name}")
        self.decls[cursor.hash] = self.decls[cursor.canonical.hash] = method
        made.methods.append(method)
        self.signatures[method.name].add(self.signature(method))
        return method

    @staticmethod
    def signature(method: Decl) -> str:
        """What tells methods of one name apart."""
        words = (
            f"{_word(plain(item.type))}{'_moved' if isinstance(item.type, Ref) and item.type.rvalue else ''}"
            for item in method.params
        )
        return "_".join(words) or "nothing"

    def named_methods(self) -> None:
        """Gives methods of one name, in whichever classes, names that tell what they take."""
        both = {
            (method.name, self.signature(method))
            for made in self.made.classes.values()
            for method in made.methods
            for other in made.method(method.name)
            if method.const and not other.const and self.signature(other) == self.signature(method)
        }
        for made in self.made.classes.values():
            for item in made.method("__init__"):
                if _copies(item, made.name):
                    kind = item.params[0].type
                    item.python = "init_move" if isinstance(kind, Ref) and kind.rvalue else "init_copy"
            makers = [item for item in made.method("__init__") if not item.extern and not _copies(item, made.name)]
            for maker in makers[1:]:
                maker.python = f"init_{self.signature(maker)}"
            for method in made.methods:
                several = len(self.signatures[method.name]) > 1
                if method.name in ("__init__", "close"):
                    continue
                if method.name.startswith("operator"):
                    several = len({self.signature(item) for item in made.method(method.name)}) > 1
                    method.python = operator_name(method, self.signature(method) if several else "")
                elif several:
                    method.python = f"{method.name}_{self.signature(method)}"
                if method.const and (method.name, self.signature(method)) in both:
                    plainly = (
                        method.name if not method.name.startswith("operator") else operator_name(method).strip("_")
                    )
                    method.python = f"{method.python.strip('_') or plainly}_const"

    def method_body(self, cursor: Any, method: Decl) -> None:
        previous, self.function = self.function, f"{method.owner}.{method.name}"
        children = list(cursor.get_children())
        body = next((item for item in children if item.kind.name == "COMPOUND_STMT"), None)
        method.body = self.statement(body) if body is not None else None
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
        return rows

    def top_CXX_METHOD(self, cursor: Any) -> None:
        """A method that is defined outside of its class."""
        if cursor.semantic_parent.kind.name == "CLASS_TEMPLATE":
            return
        method = self.decls.get(cursor.canonical.hash)
        if method is None:
            self.problem(self.place(cursor), "a method of a class that is not known")
            return
        for item, known in zip(cursor.get_arguments(), method.params, strict=False):
            known.name = item.spelling
            self.decls[item.hash] = known
        method.place = self.place(cursor)
        self.method_body(cursor, method)

    top_CONSTRUCTOR = top_DESTRUCTOR = top_CONVERSION_FUNCTION = top_CXX_METHOD

    def top_VAR_DECL(self, cursor: Any) -> None:
        known = self.decls.get(cursor.canonical.hash)
        if known is not None and known.scope == "member":
            known.init = next(
                (self.expression(item) for item in cursor.get_children() if item.kind.is_expression()), known.init
            )
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
        return super().late(cursor)

    def program(self) -> Program:
        made = super().program()
        self.named_methods()
        for cursor in self.templates:
            if cursor.spelling not in self.instantiated and not self.system(cursor):
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
        return made

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
        made.kids = [self.expression(values[0])]
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

    def expr_DECL_REF_EXPR(self, cursor: Any) -> Node:
        made = super().expr_DECL_REF_EXPR(cursor)
        if made.decl is not None and made.decl.scope == "function":
            made.name = made.decl.name
        numbers = [child for child in cursor.get_children() if child.kind.name == "INTEGER_LITERAL"]
        if numbers:  # the index of ``std::get<0>``
            made.value = self.evaluated(numbers[0])
        return made

    def expr_CALL_EXPR(self, cursor: Any) -> Node:
        target: Any = cursor.referenced
        children = [child for child in cursor.get_children() if not self._default(child)]
        kind, name = (target.kind.name, target.spelling) if target is not None else ("", "")
        if kind == "CONSTRUCTOR" or (kind == "FUNCTION_TEMPLATE" and name == cursor.type.spelling):
            values = [child for child in children if child.kind.is_expression()]
            if name == "streampos" and len(values) == 1:
                return self.expression(values[0])
            made = self.made_node(cursor, "construct", values, name)
            made.decl = self.decls.get(target.canonical.hash) if target is not None else None
            copies = len(made.kids) == 1 and plain(made.kid(0).type) == made.type
            if made.decl is None and target is not None and made.kids and not copies:
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
        return self.made_node(cursor, "call", children, cursor.spelling)

    def inherited(self, made: Node) -> Decl | None:
        """The constructor that a class has of its base: ``using Base::Base``."""
        known = self.made.classes.get(made.type.name) if isinstance(made.type, Struct) else None
        if known is None or len(known.bases) != 1 or any(not field.static for field in known.fields):
            return None
        base = self.made.classes.get(known.bases[0])
        own = [item for item in known.method("__init__") if not item.extern]
        rows = [item for item in (base.method("__init__") if base is not None else []) if not item.extern]
        rows = [item for item in rows if not _copies(item, known.bases[0])]
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
        values = [child for child in cursor.get_children() if child.kind.is_expression()]
        place = self.place(cursor)
        if b"[" in self.made.sources[place.file][place.start : place.end] and len(values) == 1:
            return self.made_node(cursor, "newarray", values)
        if len(values) != 1 or self.expression(values[0]).kind not in ("construct", "list"):
            return self.unknown(cursor, "memory from new")
        return self.made_node(cursor, "new", values)

    def expr_CXX_DELETE_EXPR(self, cursor: Any) -> Node:
        return self.made_node(cursor, "delete", list(cursor.get_children())[:1])

    def expr_CXX_THROW_EXPR(self, cursor: Any) -> Node:
        return self.made_node(cursor, "throw", list(cursor.get_children())[:1])

    def expr_LAMBDA_EXPR(self, cursor: Any) -> Node:
        made = Node("lambda", self.place(cursor), self.type(cursor.type))
        children = list(cursor.get_children())
        made.decls = [self.parameter(child, self.function) for child in children if child.kind.name == "PARM_DECL"]
        body = next((child for child in children if child.kind.name == "COMPOUND_STMT"), None)
        text = self.made.sources[made.place.file][made.place.start : made.place.end]
        made.name = text[1 : text.find(b"]")].decode("utf-8", "replace")
        made.value = self.named_captures(children)
        if body is None:
            return self.unknown(cursor, "a lambda that cannot be read")
        made.kids = [self.statement(body)]
        return made

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
        if len(children) != 1:
            return self.unknown(cursor, "a cast that cannot be read")
        inner = self.expression(children[0])
        if inner.kind == "construct" or inner.type == self.type(cursor.type):
            return inner
        return Node("cast", self.place(cursor), self.type(cursor.type), [inner])

    expr_CXX_STATIC_CAST_EXPR = expr_CXX_FUNCTIONAL_CAST_EXPR = expr_CXX_CONST_CAST_EXPR = cast
    expr_CXX_REINTERPRET_CAST_EXPR = cast

    def expr_CXX_DYNAMIC_CAST_EXPR(self, cursor: Any) -> Node:
        children = [child for child in cursor.get_children() if child.kind.is_expression()]
        if len(children) != 1:
            return self.unknown(cursor, "a cast that cannot be read")
        return self.made_node(cursor, "dynamic", children)

    def expr_UNEXPOSED_EXPR(self, cursor: Any) -> Node:
        children = list(cursor.get_children())
        made = super().expr_UNEXPOSED_EXPR(cursor)
        if made.kind == "convert" and len(children) == 1:
            inner = made.kid(0)
            keeps = isinstance(made.type, (Std, Struct)) or isinstance(inner.type, (Std, Struct))
            if keeps and inner.kind != "unknown":
                return inner
            if isinstance(made.type, Function) or isinstance(inner.type, Function):
                return made
        return made


def _word(kind: CType) -> str:
    """A type as a part of a name."""
    if isinstance(kind, Int):
        return kind.name.replace(" ", "_").strip("_").lower()
    if isinstance(kind, Float):
        return "double"
    if isinstance(kind, (Std, Struct)):
        return kind.name.lower()
    if isinstance(kind, Pointer):
        return "text" if isinstance(kind.to, Int) and kind.to.bits == 8 else "pointer"
    return "other"


def _copies(method: Decl, name: str) -> bool:
    """Whether a constructor makes a copy."""
    kind = method.params[0].type if len(method.params) == 1 else None
    return isinstance(kind, Ref) and kind.to == Struct(name)
