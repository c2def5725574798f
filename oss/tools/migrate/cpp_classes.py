"""Classes of C++ as classes of Python."""

from __future__ import annotations

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Function, Ref, Std, Struct
from oss.tools.migrate.context import Context
from oss.tools.migrate.cpp_library import method_name
from oss.tools.migrate.cpp_statements import CppStatements
from oss.tools.migrate.cpp_types import EXCEPTIONS, boxes, is_string, plain
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.mentions import Mentions
from oss.tools.migrate.names import python_field, python_name
from oss.tools.migrate.nodes import ClassDef, Decl, Node, bare, walk
from oss.tools.migrate.switches import flat
from oss.tools.migrate.types import Types
from oss.tools.migrate.values import Untranslatable

__all__ = ["Classes", "annotation"]


class Classes:
    """Writes the classes of a program."""

    def __init__(self, context: Context, write: CppWriter, out: Layout, run: CppStatements, types: Types) -> None:
        self.context, self.write, self.out, self.run, self.types = context, write, out, run, types

    def written(self, made: ClassDef, line: int) -> None:
        bases = [base for base in made.bases if base]
        if any(base not in EXCEPTIONS and base not in self.context.program.classes for base in bases) or len(bases) > 1:
            raise Untranslatable("a base that is not known")
        self._checked(made)
        self.out.gap(2)
        self.out.comments(line)
        if not bases and made.name in self.write.thrown_classes:
            bases = ["thrown"]
        if self.write.cleans_up(made.name) and not any(self.write.cleans_up(base) for base in bases):
            bases.append("scoped")
        shown = ", ".join(bases)
        self.out.add(f"class {made.name}({shown}):" if bases else f"class {made.name}:")
        with self.out.indented():
            for field in made.fields:
                if field.static:
                    self.out.add(
                        f"{python_field(field.name)} = {self.write.initial(field.type, field.init, None).code}"
                    )
            self._constructor(made)
            for method in made.methods:
                if method.name != "__init__" and not (method.body is None and not method.extern and self._pure(method)):
                    self._method(made, method)
            rows = self.write.copy_rows(made)
            if rows:
                self.out.gap(1)
                for row in rows:
                    self.out.add(row)
        self.out.gap(2)

    @staticmethod
    def _pure(method: Decl) -> bool:
        return True

    def _checked(self, made: ClassDef) -> None:
        """Refuses what Python has no counterpart of."""
        names = [
            method.python or method.name for method in made.methods if not (method.extern or self._copies(method, made))
        ]
        if len(names) != len(set(names)):
            raise Untranslatable("methods of one name")
        for method in made.methods:
            if self._copies(method, made) and not method.extern:
                raise Untranslatable("a copy constructor of its own")
            if method.name == "operator=" and not method.extern:
                raise Untranslatable("an assignment operator of its own")
        for field in made.fields:
            kind = plain(field.type)
            if isinstance(kind, Struct) and self.write.cleans_up(kind.name) and not isinstance(field.type, Ref):
                raise Untranslatable("a field that cleans up")
            if boxes(field.type):
                raise Untranslatable("a field that is a reference")

    @staticmethod
    def _copies(method: Decl, made: ClassDef) -> bool:
        kind = method.params[0].type if method.name == "__init__" and len(method.params) == 1 else None
        return isinstance(kind, Ref) and kind.to == Struct(made.name)

    def _constructor(self, made: ClassDef) -> None:
        makers = [method for method in made.method("__init__") if not method.extern and not self._copies(method, made)]
        fields = [field for field in made.fields if not field.static]
        for other in makers[1:]:
            self._maker(made, other, fields)
        maker = makers[0] if makers else None
        if maker is None and (not fields or (made.bases and made.bases[0] in EXCEPTIONS and not fields)):
            return
        self._maker(made, maker, fields)

    def _maker(self, made: ClassDef, maker: Decl | None, fields: list[Decl]) -> None:
        """One constructor; the second and further ones are methods that give the object."""
        self.out.gap(1)
        if maker is not None:
            self._begin(maker)
        name = maker.python if maker is not None and maker.python else "__init__"
        shown = "None" if name == "__init__" else made.name
        if maker is None and not made.bases:
            self._aggregate(fields)
            return
        self.out.add(f"def {name}(self{self._parameters(maker) if maker is not None else ''}) -> {shown}:")
        with self.out.indented():
            if maker is not None:
                self._entry(maker)
            values = dict(maker.inits) if maker is not None else {}
            self._base(made, values)
            for field in fields:
                value = values.get(field.name, field.init)
                if value is not None and bare(value).kind == "list" and not bare(value).kids:
                    value = None
                self.context.before.clear()
                code = self.write.initial(
                    field.type, value, self.context.slot(field) if is_pointer(field.type) else None
                ).code
                self.out.add(f"self.{python_field(field.name)} = {code}")
            if maker is not None and maker.body is not None:
                if name != "__init__" and any(part.kind == "return" for part in walk(maker.body)):
                    raise Untranslatable("a constructor that returns")
                self.run.block(flat(maker.body))
            if name != "__init__":
                self.out.add("return self")
        self.context.function = None

    def _aggregate(self, fields: list[Decl]) -> None:
        """The constructor of a class without one: its fields in their order, with what each is when not given."""
        rows, body = ["self"], []
        for field in fields:
            name = python_field(field.name)
            slot = self.context.slot(field) if is_pointer(field.type) else None
            value = field.init
            if value is not None and bare(value).kind == "list" and not bare(value).kids:
                value = None
            with self.context.purely():
                code = self.write.initial(field.type, value, slot).code
            shown = annotation(self.types, field.type, field, self.context)
            if code.startswith(("[", "{")) or "(" in code:
                rows.append(f"{name}: {shown} | None = None")
                body.append(f"self.{name} = {code} if {name} is None else {name}")
            else:
                rows.append(f"{name}: {shown} = {code}")
                body.append(f"self.{name} = {name}")
        self.out.add(f"def __init__({', '.join(rows)}) -> None:")
        with self.out.indented():
            for row in body:
                self.out.add(row)

    def _base(self, made: ClassDef, values: dict[str, Node | None]) -> None:
        base = next((base for base in made.bases if base), "")
        if not base:
            return
        given = next((value for key, value in values.items() if key == f"class {base}"), None)
        codes: list[str] = []
        if given is not None:
            arguments = [kid for kid in given.kids if kid is not None]
            if base in EXCEPTIONS:
                codes = [self.write.string(argument).code for argument in arguments]
            elif given.decl is not None:
                if given.decl.python:
                    raise Untranslatable("one of several constructors of the base")
                codes = self.write.to_parameters(arguments, given.decl)
            elif arguments:
                raise Untranslatable("a constructor of the base that is not known")
        self.out.add(f"super().__init__({', '.join(codes)})")

    def _begin(self, method: Decl) -> None:
        if any(decl.scope == "static" for part in walk(method.body) for decl in part.decls):
            raise Untranslatable("a static variable of a method")
        self.context.function = method
        self.context.assigned.clear()
        self.context.temporaries = 0
        self.run.tails.clear()
        self.run.jumps.clear()
        body = method.body or Node("block", method.place)
        self.run.mentions = Mentions(body)
        self.run.body_of_function = body
        self.context.active = [{parameter.name: parameter for parameter in method.params}]

    def _parameters(self, method: Decl) -> str:
        return "".join(f", {row}" for row in parameters(self.write, self.types, method))

    def _entry(self, method: Decl) -> None:
        for parameter in method.params:
            if self.context.boxed(parameter) and not isinstance(parameter.type, Ref):
                self.out.add(f"{parameter.python} = {self.context.box(parameter, parameter.python)}")

    def _method(self, made: ClassDef, method: Decl) -> None:
        if method.extern or (method.name == "close" and not self.write.cleans_up(made.name)):
            return
        if method.body is None:
            raise Untranslatable(f"{made.name}::{method.name}() is declared, but defined nowhere")
        self.out.gap(1)
        self.out.comments(method.place.line)
        self._begin(method)
        name = method_name(made, method)
        assert isinstance(method.type, Function)
        shown = annotation(self.types, method.type.result, method, self.context)
        if method.static:
            self.out.add("@staticmethod")
        rows = self._parameters(method)
        self.out.add(f"def {name}({'self' + rows if not method.static else rows.removeprefix(', ')}) -> {shown}:")
        head = len(self.out.rows)
        with self.out.indented():
            self._entry(method)
            self.run.function_body(flat(method.body))
            if method.name == "close" and any(self.write.cleans_up(base) for base in made.bases):
                self.out.add("super().close()")
            if self.context.assigned:
                pad = "    " * self.out.depth
                self.out.rows.insert(head, f"{pad}global {', '.join(sorted(self.context.assigned))}")
        self.context.function = None


def parameters(write: CppWriter, types: Types, function: Decl) -> list[str]:
    """The parameters of a function or method, with what they are when they are not given."""
    rows = []
    for index, parameter in enumerate(function.params):
        if not parameter.name:
            parameter.name = f"_{index}"
        parameter.python = python_name(parameter.name)
        shown = "ptr" if boxes(parameter.type) else annotation(types, parameter.type, parameter, write.context)
        given = ""
        if parameter.init is not None:
            with write.context.purely():
                value = write.initial(plain(parameter.type), parameter.init, None)
            if value.code in ("[]", "{}", "set()") or "(" in value.code:
                raise Untranslatable("an argument that is made anew")
            given = f" = {value.code}"
        rows.append(f"{parameter.python}: {shown}{given}")
    return rows


def annotation(types: Types, kind: object, decl: Decl, context: Context) -> str:
    """A C++ type as an annotation."""
    inner = plain(kind)  # type: ignore[arg-type]
    if isinstance(inner, Std):
        if is_string(inner):
            return "str"
        word = {
            "vector": "list",
            "deque": "list",
            "list": "list",
            "array": "list",
            "map": "dict",
            "unordered_map": "dict",
            "set": "set",
        }
        if inner.name in word:
            of = inner.of[: 2 if word[inner.name] == "dict" else 1]
            return f"{word[inner.name]}[{', '.join(annotation(types, item, decl, context) for item in of)}]"
        if inner.name in ("unique_ptr", "shared_ptr"):
            return f"{annotation(types, inner.of[0], decl, context)} | None"
        return "Callable[..., Any]" if inner.name == "function" else "Any"
    if isinstance(inner, Struct):
        return inner.name
    if decl.scope in ("method", "function"):
        slot = (
            context.slots.result(f"{decl.owner}.{decl.name}" if decl.scope == "method" else decl.name, inner)
            if is_pointer(inner)
            else None
        )
        return types.annotation(inner, slot)
    return types.of_decl(decl) if inner is decl.type else types.annotation(inner)
