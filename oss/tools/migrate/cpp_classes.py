"""Classes of C++ as classes of Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Float, Function, Int, Ref, Std, Struct, opaque
from oss.tools.migrate.context import Context, Hoist
from oss.tools.migrate.cpp_library import method_name
from oss.tools.migrate.cpp_statements import CppStatements
from oss.tools.migrate.cpp_types import EXCEPTIONS, boxes, is_string, plain
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.gaps import piece
from oss.tools.migrate.layout import Layout
from oss.tools.migrate.mentions import Mentions
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import ClassDef, Decl, Node, Problem, bare, walk
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.statements import NOT_FORESEEN
from oss.tools.migrate.switches import flat
from oss.tools.migrate.types import Types
from oss.tools.migrate.values import Untranslatable, Value

__all__ = ["Classes", "annotation"]


class Classes:
    """Writes the classes of a program."""

    def __init__(self, context: Context, write: CppWriter, out: Layout, run: CppStatements, types: Types) -> None:
        self.context, self.write, self.out, self.run, self.types = context, write, out, run, types
        self.later: list[str] = []  # static fields that the class must be there for

    def written(self, made: ClassDef, line: int) -> None:
        bases = [base for base in made.bases if base in EXCEPTIONS or base in self.context.program.classes]
        unknown = [base for base in made.bases if base not in bases]
        made.bases = list(bases)
        self._checked(made)
        self._statics(made)
        self.out.gap(2)
        self.out.comments(line)
        if not bases and made.name in self.write.thrown_classes:
            bases = ["thrown"]
        if self.write.cleans_up(made.name) and not any(self.write.cleans_up(base) for base in bases):
            bases += [] if self.write.unwinds_always else ["scoped"]
        shown = ", ".join(bases)
        self.out.add(f"class {made.name}({shown}):" if bases else f"class {made.name}:")
        with self.out.indented():
            start = len(self.out.rows)
            if "scoped" in bases and not self.write.catches:
                self.out.add("caught = False")
            for base in unknown:
                self._mark(made, f"class {made.name}: {base or 'a base'}", "a base that is not known")
            self._class_fields(made)
            self._constructor(made)
            self._methods(made)
            self._copying(made)
            if self.write.cleans_up(made.name):
                self._closing(made)
                if self.write.unwinds_always and not any(self.write.cleans_up(base) for base in bases):
                    self._cleaning(made)
            self.out.comments(made.place.last_line, within=True)
            if len(self.out.rows) == start:
                self.out.add("pass")
        self.out.gap(2)
        for row in self.later:
            self.out.add(row)
        self.later.clear()

    def _class_fields(self, made: ClassDef) -> None:
        for field in made.fields:
            if field.static:
                self._part(self._static_field, field)
        if kept := self.write.kept_parts(Struct(made.name)):
            self.out.add(f"by_value = ({', '.join(literal(python_field(name)) for name in kept)},)")

    def _methods(self, made: ClassDef) -> None:
        words = {"__init__": (made.name, "constructor"), "close": (f"~{made.name}", "destructor")}
        for method in made.methods:
            name, word = words.get(method.name, (method.name, "method"))
            if method.body is None and not method.extern and not method.pure:
                self._mark(method, f"{made.name}::{name}()", f"a {word} that is declared, but defined nowhere")
            elif method.body is not None and word == "method":
                self._part(partial(self._method, made), method)

    def _statics(self, made: ClassDef) -> None:
        """The static variables of methods."""
        rows = [
            decl
            for method in made.methods
            for part in walk(method.body)
            for decl in part.decls
            if decl.scope == "static"
        ]
        for decl in rows:
            decl.owner = decl.owner.replace(".", "_")
            for row in self.run.static_rows(decl):
                self.out.add(row)

    def _copying(self, made: ClassDef) -> None:
        for rows in [self.write.copy_rows(made), *self.write.implicit_rows(made)]:
            if not rows:
                continue
            self.out.gap(1)
            for row in rows:
                self.out.add(row)

    def _mark(self, part: Decl | ClassDef, text: str, reason: str) -> None:
        self.out.mark(text, reason, part.place)

    def _part(self, write: Callable[[Decl], None], part: Decl) -> None:
        """Writes a part of a class, or marks it alone."""
        saved, function, active = self.out.saved(), self.context.function, list(self.context.active)
        try:
            write(part)
        except (Untranslatable, Hoist, *NOT_FORESEEN) as error:
            self.out.restored(saved)
            self.context.function, self.context.active = function, active
            self.context.before, self.context.after, self.context.pure = [], [], 0
            self.out.gap(1 if part.scope == "method" else 0)
            reason = "a construct that was not foreseen" if isinstance(error, NOT_FORESEEN) else str(error)
            self._mark(part, self.context.program.text(part.place), reason or "what must run before it")

    def _static_field(self, field: Decl) -> None:
        if self.write.ends(field.type):
            raise Untranslatable("a static field that cleans up")
        slot = self.context.slot(field) if is_pointer(field.type) else None
        code = self.write.initial(field.type, field.init, slot).code
        if f"{field.owner}." in code:  # the class is not there yet
            self.later.append(f"{field.owner}.{python_field(field.name)} = {code}")
        else:
            self.out.add(f"{python_field(field.name)} = {code}")

    def _checked(self, made: ClassDef) -> None:
        """Refuses what Python has no counterpart of."""
        names = [
            method_name(made, method) for method in made.methods if not method.extern and method.name != "__init__"
        ]
        names += [method.python for method in made.method("__init__") if not method.extern and method.python]
        names += [python_field(field.name) for field in made.fields]
        if len(names) != len(set(names)):
            raise Untranslatable("methods or fields of one name")
        if any(method.name == "operator=" and not method.extern for method in made.methods) and (
            any(self.context.program.classes.get(base) for base in made.bases)
        ):
            raise Untranslatable("an assignment operator of a class with a base")
        known = {base for base in made.bases if base in self.context.program.classes}
        for base in known:
            shared = {row for row in self.context.program.classes[base].bases if row}
            if any(shared & set(self.context.program.classes[other].bases) for other in known - {base}):
                raise Untranslatable("a base that is there twice")

    def _held(self, field: Decl) -> bool:
        """Whether an object can have a field; one that it cannot have is marked."""
        if isinstance(field.type, Struct) and not self.types.is_there(field.type):
            return False  # marked where it is declared
        if any(self._problems(field.place.file, field.place.start, field.place.end)):
            return False  # marked with the class
        text = self.context.program.text(field.place)
        if name := opaque(field.type):
            self._mark(field, text, f"unknown type name '{name}'")
        elif boxes(field.type):
            self._mark(field, text, "a field that is a reference")
        elif any(self._has_field(base, field.name) for base in self.context.program.classes[field.owner].bases):
            self._mark(field, text, "a field that hides one of the base")
        else:
            return True
        return False

    def _problems(self, file: str, start: int, end: int) -> Iterator[Problem]:
        """What cannot be read of a stretch of a file."""
        rows = self.context.program.problems
        return (row for row in rows if row.file == file and start <= row.offset < end)

    def _head_problems(self, method: Decl) -> None:
        """Marks what cannot be read of a method before its body: what it gives, what it takes, what it initialises."""
        if method.body is None:
            return
        file, start, end = method.place.file, method.place.start, method.body.place.start
        for problem in self._problems(file, start, end):
            if "can be marked 'override'" in problem.reason:
                continue  # the class is marked, for its base is not known
            text = self.context.program.text(piece(self.context.program.sources[file], start, end, problem))
            self._mark(method, text, problem.reason)

    def _has_field(self, name: str, field: str) -> bool:
        """Whether a class, or one that it is made of, has a field."""
        known = self.context.program.classes.get(name)
        if known is None:
            return False
        return any(row.name == field for row in known.fields) or any(
            self._has_field(base, field) for base in known.bases
        )

    def _constructor(self, made: ClassDef) -> None:
        makers = [method for method in made.method("__init__") if not method.extern]
        fields = [field for field in made.fields if not field.static]
        plain_makers = [maker for maker in makers if not (maker.python or "").startswith("init_")]
        for maker in makers:
            if maker not in plain_makers:
                self._maker(made, maker, fields)
        first = plain_makers[0] if plain_makers else None
        if first is not None or (fields and not makers):
            self._maker(made, first, fields)

    def _maker(self, made: ClassDef, maker: Decl | None, fields: list[Decl]) -> None:
        """One constructor; the second and further ones are methods that give the object."""
        self.out.gap(1)
        if maker is None and not any(made.bases):
            self._aggregate(fields)
            return
        with self._standing(maker) if maker is not None else nullcontext():
            self._written_maker(made, maker, fields)

    def _written_maker(self, made: ClassDef, maker: Decl | None, fields: list[Decl]) -> None:
        if maker is not None:
            self._begin(maker)
        name = maker.python if maker is not None and maker.python else "__init__"
        shown = "None" if name == "__init__" else made.name
        self.out.add(f"def {name}(self{self._parameters(maker) if maker is not None else ''}) -> {shown}:")
        with self.out.indented():
            start = len(self.out.rows)
            if maker is None:
                self._made(made, None, fields)
            else:
                self._head_problems(maker)
                self._entry(maker)
                self.run.owned(maker, partial(self._made, made, maker, fields))
            if maker is not None and maker.body is not None:
                self.out.comments(maker.place.last_line, within=True)
            if name != "__init__":
                self.out.add("return self")
            elif len(self.out.rows) == start:
                self.out.add("pass")
            if maker is not None:
                self._globals(start)
        self.context.function = None

    def _made(self, made: ClassDef, maker: Decl | None, fields: list[Decl]) -> None:
        """What a constructor does: it makes the base and the fields, then comes its body.

        Where it fails, those parts end that are there.
        """
        values = dict(maker.inits) if maker is not None else {}
        body = maker.body if maker is not None else None
        if (
            body is not None
            and maker is not None
            and maker.python
            and any(part.kind == "return" for part in walk(body))
        ):
            raise Untranslatable("a constructor that returns")
        if given := values.get(f"class {made.name}"):
            self._delegated(made, given)
            self._part_of_it([f"{made.name}.close(self)"] if self.write.cleans_up(made.name) else [], False, body)
            return
        bases = [base for base in made.bases if base]
        ending = [f"{base}.close(self)" for base in reversed(bases) if self.write.cleans_up(base)]
        self._base(made, values)
        later = any(self._may_fail(values, field) for field in fields)
        self._part_of_it(ending, later, body, partial(self._fields, values, fields, body))

    def _fields(self, values: dict[str, Node | None], fields: list[Decl], body: Node | None) -> None:
        """Makes the fields, and does what comes behind them."""
        for index, field in enumerate(fields):
            self._part(partial(self._own_field, values), field)
            if self.write.ends(field.type):
                rest = fields[index + 1 :]
                later = any(self._may_fail(values, item) for item in rest)
                ending = self.write.ended(f"self.{python_field(field.name)}", field.type)
                self._part_of_it(ending, later, body, partial(self._fields, values, rest, body))
                return
        if body is not None:
            self.run.block(flat(body))

    def _may_fail(self, values: dict[str, Node | None], field: Decl) -> bool:
        return self.write.raises.field(field.type, values.get(field.name, field.init))

    def _part_of_it(
        self,
        ending: list[str],
        later: bool,
        body: Node | None,
        write: Callable[[], None] | None = None,
    ) -> None:
        """Does the rest of a constructor; where that may fail, the part before it ends."""
        write = write or (lambda: self.run.block(flat(body)))
        fails = self.write.catches and (later or self.write.raises.may(body))
        if not ending or not fails:
            write()
            return
        self.out.add("try:")
        with self.out.indented():
            write()
        self.out.add("except Exception:")
        with self.out.indented():
            for row in ending:
                self.out.add(row)
            self.out.add("raise")

    def _own_field(self, values: dict[str, Node | None], field: Decl) -> None:
        if self._held(field):
            with self._standing(field):
                self._set_field(values.get(field.name, field.init), field)

    def _set_field(self, value: Node | None, field: Decl) -> None:
        if value is not None and bare(value).kind == "list" and not bare(value).kids:
            value = None
        self.context.before.clear()
        self.context.after.clear()
        slot = self.context.slot(field) if is_pointer(field.type) else None
        code = self.write.initial(field.type, value, slot).code
        for row in self.context.before:
            self.out.add(row)
        self.out.add(f"self.{python_field(field.name)} = {code}")
        for row in self.context.after:
            self.out.add(row)
        self.context.before.clear()
        self.context.after.clear()

    def _delegated(self, made: ClassDef, given: Node) -> None:
        """A constructor that leaves the work to another one."""
        if given.decl is None:
            raise Untranslatable("a constructor that is not known")
        codes = self.write.to_parameters([kid for kid in given.kids if kid is not None], given.decl)
        # by its class: a class that is made of this one may have a constructor of that name
        self.out.add(f"{made.name}.{given.decl.python or '__init__'}({', '.join(['self', *codes])})")

    def _aggregate(self, fields: list[Decl]) -> None:
        """The constructor of a class without one: its fields in their order, with what each is when not given."""
        rows, body = ["self"], list[tuple[Decl, str]]()
        for field in fields:
            if not self._held(field):
                continue
            name = python_field(field.name)
            slot = self.context.slot(field) if is_pointer(field.type) else None
            value = field.init
            if value is not None and bare(value).kind == "list" and not bare(value).kids:
                value = None
            shown = annotation(self.types, field.type, field, self.context)
            if value is None and self._needs_value(field.type):
                rows.append(f"{name}: {shown}" if not any("=" in row for row in rows) else f"{name}: {shown} = None")
                body.append((field, f"self.{name} = {name}"))
                continue
            with self.context.purely():
                code = self.write.initial(field.type, value, slot).code
            if "self." in code and is_pointer(field.type) and self._given_values(field.owner):
                raise Untranslatable("a field that leads to another one, in a struct that is given values")
            if code.startswith(("[", "{", f"{field.owner}.")) or "(" in code or "self." in code:
                rows.append(f"{name}: {shown} | None = None")
                body.append((field, f"self.{name} = {code} if {name} is None else {name}"))
            else:
                rows.append(f"{name}: {shown} = {code}")
                body.append((field, f"self.{name} = {name}"))
        self.out.add(f"def __init__({', '.join(rows)}) -> None:")
        with self.out.indented():
            for field, row in body:
                with self._standing(field):
                    self.out.add(row)

    def _given_values(self, name: str) -> bool:
        """Whether objects of a class are made of values in braces."""
        rows = (part for body in self.write.bodies() for part in walk(body))
        return any(part.kind == "list" and part.kids and part.type == Struct(name) for part in rows)

    def _needs_value(self, kind: object) -> bool:
        """Whether an object of a class is never made of nothing."""
        known = self.context.program.classes.get(kind.name) if isinstance(kind, Struct) else None
        makers = [item for item in (known.method("__init__") if known is not None else []) if not item.extern]
        return bool(makers) and all(any(row.init is None for row in item.params) for item in makers)

    def _base(self, made: ClassDef, values: dict[str, Node | None]) -> None:
        bases = [base for base in made.bases if base]
        for base in bases:
            self._one_base(base, values, several=len(bases) > 1)

    def _one_base(self, base: str, values: dict[str, Node | None], *, several: bool) -> None:
        given = values.get(f"class {base}")
        codes: list[str] = []
        name = "__init__"
        known = self.context.program.classes.get(base)
        if given is not None:
            arguments = [kid for kid in given.kids if kid is not None]
            if base in EXCEPTIONS:
                codes = [self.write.string(argument).code for argument in arguments]
            elif len(arguments) == 1 and plain(arguments[0].type) == Struct(base):
                raise Untranslatable("a base that is copied")
            elif given.decl is not None:
                name = given.decl.python or name
                codes = self.write.to_parameters(arguments, given.decl)
            elif arguments:
                raise Untranslatable("a constructor of the base that is not known")
        elif known is not None:
            name = self._default_maker(known)
        if name == "__init__" and known is not None and not self._has_maker(known):
            return
        self.out.add(
            f"{base}.{name}({', '.join(['self', *codes])})" if several else f"super().{name}({', '.join(codes)})"
        )

    def _has_maker(self, known: ClassDef) -> bool:
        """Whether a class, or one that it is made of, has something to be made."""
        fields = [field for field in known.fields if not field.static]
        makers = [item for item in known.method("__init__") if not item.extern]
        bases = [self.context.program.classes.get(base) for base in known.bases if base]
        return bool(fields or makers) or any(base is None or self._has_maker(base) for base in bases)

    @staticmethod
    def _default_maker(known: ClassDef) -> str:
        """The constructor that needs no arguments."""
        makers = [item for item in known.method("__init__") if not item.extern]
        makers = [item for item in makers if item.python not in ("init_copy", "init_move")]
        fitting = [item for item in makers if all(parameter.init is not None for parameter in item.params)]
        if makers and not fitting:
            raise Untranslatable("a constructor of the base that is not known")
        return (fitting[0].python if fitting else "") or "__init__"

    @contextmanager
    def _standing(self, part: Decl) -> Iterator[None]:
        """What is written here is a method or field: it takes the comments where it stands, and no others."""
        place = part.place
        with self.out.part(place.file, place.line, place.last_line):
            self.out.announced(part)
            yield

    def _begin(self, method: Decl) -> None:
        self.context.function = method
        self.context.assigned.clear()
        self.context.outside = self.context.read_outside(method)
        self.context.temporaries = 0
        self.run.tails.clear()
        self.run.jumps.clear()
        body = method.body or Node("block", method.place)
        self.run.mentions = Mentions(body)
        self.run.body_of_function = body
        self.context.active = [list(method.params)]

    def _parameters(self, method: Decl) -> str:
        return "".join(f", {row}" for row in parameters(self.write, self.types, method))

    def _entry(self, method: Decl) -> None:
        for row in entry_rows(self.write, method):
            self.out.add(row)

    def _method(self, made: ClassDef, method: Decl) -> None:
        self.out.gap(1)
        self._begin(method)
        name = method_name(made, method)
        assert isinstance(method.type, Function)
        kind = method.type.result
        shown = "ptr" if boxes(kind) else annotation(self.types, kind, method, self.context)
        shown = "bool" if name == "__bool__" else shown
        with self._standing(method):
            if method.static:
                self.out.add("@staticmethod")
            rows = self._parameters(method)
            self.out.add(f"def {name}({'self' + rows if not method.static else rows.removeprefix(', ')}) -> {shown}:")
            self._run(method)

    def _run(self, method: Decl) -> None:
        head = len(self.out.rows)
        with self.out.indented():
            self._head_problems(method)
            self._entry(method)
            self.run.owned(method, lambda: self.run.function_body(flat(method.body)))
            self.out.comments(method.place.last_line, within=True)
            if len(self.out.rows) == head:
                self.out.add("pass")
            self._globals(head)
        self.context.function = None

    def _globals(self, head: int) -> None:
        """Announces the variables of the module that a method sets."""
        if self.context.assigned:
            pad = "    " * self.out.depth
            self.out.rows.insert(head, f"{pad}global {', '.join(sorted(self.context.assigned))}")

    def _cleaning(self, made: ClassDef) -> None:
        """An object that cleans up is a context manager."""
        self.out.gap(1)
        self.out.add(f"def __enter__(self) -> {made.name}:")
        with self.out.indented():
            self.out.add("return self")
        self.out.gap(1)
        self.out.add("def __exit__(self, *_: object) -> None:")
        with self.out.indented():
            self.out.add("self.close()")

    def _closing(self, made: ClassDef) -> None:
        """What is done when an object ends: what the destructor does, then the fields, then the base."""
        own = next((item for item in made.method("close") if item.body is not None and item.body.kids), None)
        fields = [field for field in made.fields if not field.static and self.write.ends(field.type)]
        bases = [base for base in made.bases if self.write.cleans_up(base)]
        if own is None and not fields and bases:
            return
        self.out.gap(1)
        with self._standing(own) if own is not None else nullcontext():
            self._close(own, fields, bases)

    def _close(self, own: Decl | None, fields: list[Decl], bases: list[str]) -> None:
        if own is not None:
            if any(part.kind == "return" for part in walk(own.body)) and (fields or bases):
                raise Untranslatable("a destructor that returns")
            self._begin(own)
        self.out.add("def close(self) -> None:")
        head = len(self.out.rows)
        with self.out.indented():
            if own is not None:
                self.run.function_body(flat(own.body))
                self.out.comments(own.place.last_line, within=True)
            for field in reversed(fields):
                for row in self.write.ended(f"self.{python_field(field.name)}", field.type):
                    self.out.add(row)
            for base in reversed(bases):
                self.out.add(f"{base}.close(self)" if len(bases) > 1 else "super().close()")
            if len(self.out.rows) == head:
                self.out.add("pass")
            if own is not None:
                self._globals(head)
        self.context.function = None


def parameters(write: CppWriter, types: Types, function: Decl) -> list[str]:
    """The parameters of a function or method, with what they are when they are not given."""
    rows = []
    for index, parameter in enumerate(function.params):
        if not parameter.name:
            parameter.name = f"_{index}"
        parameter.python = write.context.parameter(parameter.name)
        shown = "ptr" if boxes(parameter.type) else annotation(types, parameter.type, parameter, write.context)
        given = ""
        if parameter.init is not None:
            with write.context.purely():
                value = write.initial(plain(parameter.type), parameter.init, None)
            given = f" = {value.code}"
            if _made_anew(parameter.init, value):
                if not isinstance(plain(parameter.type), (Int, Float, Std, Struct)) or "None" in value.code:
                    raise Untranslatable("an argument that is made anew")
                given = " = None"
                shown += " | None"
                write.made_anew[parameter] = value.code
        rows.append(f"{parameter.python}: {shown}{given}")
    if isinstance(function.type, Function) and function.type.variadic:
        rows.append("*args: Any")
    return rows


def _made_anew(node: Node, value: Value) -> bool:
    """Whether an argument that is not given is another one for each call."""
    if isinstance(value.constant, (int, str)) or bare(node).kind in ("char", "string", "number"):
        return False
    names = [part.decl for part in walk(node) if part.kind == "name" and part.decl is not None]
    varies = any(decl.scope in ("global", "static", "member") and not decl.const for decl in names)
    return varies or value.code in ("[]", "{}", "set()") or "(" in value.code


def entry_rows(write: CppWriter, function: Decl) -> list[str]:
    """What a function does with its parameters before all else."""
    rows = []
    for parameter in function.params:
        if parameter in write.made_anew:
            rows += [f"if {parameter.python} is None:", f"    {parameter.python} = {write.made_anew[parameter]}"]
        if write.context.boxed(parameter) and not isinstance(parameter.type, Ref):
            rows.append(f"{parameter.python} = {write.context.box(parameter, parameter.python)}")
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
        return types.annotation(inner)
    if decl.scope in ("method", "function"):
        slot = context.slots.returned(decl, inner) if is_pointer(inner) else None
        return types.annotation(inner, slot)
    return types.of_decl(decl) if inner is decl.type else types.annotation(inner)
