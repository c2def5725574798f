"""A whole program: its constants, types, variables and functions, in their order, and the imports above them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from oss.tools.migrate import known
from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Function, Pointer, Ref, Void
from oss.tools.migrate.clang import HEADERS
from oss.tools.migrate.comments import blank_lines, comments_of
from oss.tools.migrate.context import Context, Hoist
from oss.tools.migrate.cpp_classes import Classes, annotation, entry_rows, parameters
from oss.tools.migrate.cpp_statements import CppStatements
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.expressions import replace_macro
from oss.tools.migrate.imports import Imports
from oss.tools.migrate.layout import END, Layout
from oss.tools.migrate.mentions import Mentions
from oss.tools.migrate.names import python_field
from oss.tools.migrate.nodes import ClassDef, Decl, EnumDef, Node, Place, Problem, Program, StructDef, walk
from oss.tools.migrate.project import Project
from oss.tools.migrate.sequence import defined_first
from oss.tools.migrate.slots import Slot
from oss.tools.migrate.starting import DEEPEST, calls_itself, ends_unwritten
from oss.tools.migrate.statements import NOT_FORESEEN, Statements
from oss.tools.migrate.switches import flat
from oss.tools.migrate.types import Types
from oss.tools.migrate.values import Untranslatable
from oss.tools.migrate.writer import Writer

__all__ = ["Mark", "Translation", "translate", "translate_file"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is left to do by hand: where it stands in C, its text, and why."""

    file: str
    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The Python text of a file, how many statements were translated, and what is left."""

    path: Path
    module: str  # what the Python file is called, without its .py
    text: str
    done: int
    marks: list[Mark]


def translate_file(path: Path, folders: Sequence[Path] = (), defines: Sequence[str] = ()) -> Translation:
    """Translates one file."""
    return translate([path], folders, defines)[0]


def translate(paths: Sequence[Path], folders: Sequence[Path] = (), defines: Sequence[str] = ()) -> list[Translation]:
    """Translates files that belong together."""
    project = Project(list(folders), list(defines))
    project.read(paths)
    made = [_File(project, path, program).translated() for path, program in project.programs.items()]
    rows = [(file, program) for program in project.programs.values() for _, _, _, file in program.includes if file]
    headers = {os.path.normpath(file): (file, program) for file, program in rows}
    for file, program in headers.values():
        if project.shared(file):
            made.append(_File(project, Path(file), _part(program, file), program).translated())
    return made


def _part(program: Program, file: str) -> Program:
    """What a program has of one header, as a program of its own."""
    made = Program(file, [], program.structs, {}, {}, [], [], program.classes, program.sources)
    made.cpp, made.naming, made.words = program.cpp, program.naming, program.words
    made.items = [item for item in program.items if not _system(item) and _place(item).file == file]
    made.macros = {name: row for name, row in program.macros.items() if row[1].file == file}
    made.includes = [row for row in program.includes if row[0] == file]
    made.problems = [problem for problem in program.problems if problem.file == file]
    return made


def _every(made: Program) -> Iterator[_Item]:
    """The items and constants that a program itself has, in their order."""
    items: list[_Item] = [item for item in made.items if not _system(item)]
    for name, (value, place) in made.macros.items():
        row = _Macro(name, value, place)
        after = [
            index
            for index, item in enumerate(items)
            if _place(item).file == place.file and _place(item).start > place.start
        ]
        later = [index for index, item in enumerate(items) if _place(item).file == place.file]
        at = after[0] if after else later[-1] + 1 if later else 0
        items.insert(at, row)
    yield from items


class _File:
    """A module that is written; ``around`` is the program that a header is a part of, for the names it reads."""

    def __init__(self, project: Project, path: Path, made: Program, around: Program | None = None) -> None:
        self.project, self.path, self.made, self.around = project, path, made, around or made
        self.cpp = made.cpp
        self.poison: frozenset[tuple[str, str]] = frozenset()
        self.start()

    def start(self) -> None:
        """Begins with an empty text."""
        made, sources = self.made, self.made.sources
        self.context = Context(made, self.project.uses, self.project.ranges(), self._elsewhere())
        self.out = Layout(made.path, cache(lambda file: comments_of(sources[file])), cache(self._bodies))
        self.write: Writer
        self.run: Statements
        blank = cache(lambda file: blank_lines(sources[file]))
        if self.cpp:
            self.write = CppWriter(self.context)
            self.run = CppStatements(self.context, self.write, self.out, blank)
        else:
            self.write = Writer(self.context)
            self.run = Statements(self.context, self.write, self.out, blank)
        self.run.poison = self.poison
        self.types = Types(self.context, self.write, self.out)
        self.run.annotated = self._annotated

    def _annotated(self, decl: Decl) -> str:
        return annotation(self.types, decl.type, decl, self.context) if self.cpp else self.types.of_decl(decl)

    def _bodies(self, file: str) -> list[tuple[int, int]]:
        """The first and last lines of what a file defines."""
        methods = (method for made in self.made.classes.values() for method in made.methods)
        places = [*map(_place, _every(self.made)), *(method.place for method in methods)]
        return [(place.line, place.last_line) for place in places if place.file == file]

    def _elsewhere(self) -> dict[str, str]:
        """The names that another module of the program has."""
        own = {item.name for item in self.made.items if isinstance(item, Decl) and _here(item)}
        return {name: home for name, home in self.project.homes.items() if name not in own}

    def translated(self) -> Translation:
        text, missing = self._text()
        while missing - self.poison:
            self.poison |= missing
            self.start()
            text, missing = self._text()
        for owner, name in sorted(missing):
            text += f"# MIGRATE: {name}  [{owner or 'the module'}: {name} is defined nowhere]\n"
            self.out.reasons.append((Place(self.made.path, 0, 0, 0, 0), name, f"{name} is defined nowhere"))
        marks = [Mark(place.file, place.line, shown, reason) for place, shown, reason in self.out.reasons]
        return Translation(self.path, self.project.module(self.path), text, self.run.done, marks)

    def _text(self) -> tuple[str, set[tuple[str, str]]]:
        items = list(self._items())
        for file in dict.fromkeys([self.made.path, *(_place(item).file for item in items)]):
            last = self._head(file, items)
            with self.out.part(file, 0, last):
                self.out.comments(last, within=True)
        head = list(self.out.rows)
        self.out.rows.clear()
        self._problems(items)
        for item in items:
            self._item(item)
        self.out.comments(END, within=True)
        self._main()
        body = self.out.text()
        if self.run.uses_jump:
            body = _JUMP + body
        rows, missing = Imports(self._includes(), self._all_homes()).rows(body, self.context.direct)
        top = [*head, *([""] if head else []), "from __future__ import annotations", *([""] if rows else [])]
        first_row = next((row for row in body.split("\n") if not row.startswith("#")), "")
        gap = ["", ""] if first_row.startswith(("def ", "class ", "@")) else [""] if body.strip() else []
        return "\n".join([*top, *rows, *gap, body]), missing

    def _head(self, file: str, items: list[_Item]) -> int:
        """The last line of a file's head, which is no part of what stands in the file."""
        rows = [row[2] for row in self.made.includes if row[0] == file]
        return min(rows or [_place(item).line - 1 for item in items if _place(item).file == file], default=END)

    def _all_homes(self) -> dict[str, str]:
        homes = dict(self.context.homes)
        for item in _every(self.around):
            owner = self.project.owner(_place(item).file, self.path)
            if owner is not None and self._had_by(owner, item):
                for name in self._names(item):
                    homes.setdefault(name, owner)
        return homes

    # what belongs to the file

    def _names(self, item: _Item) -> list[str]:
        """What an item gives to other modules."""
        if isinstance(item, tuple):
            return [item[1]]
        if isinstance(item, EnumDef):
            inside = bool(item.members[0].owner)
            return [*([item.name] if item.name else []), *(member.name for member in item.members if not inside)]
        return [self.context.spelled(item.name) if isinstance(item, Decl) else item.name]

    def _had_by(self, owner: str, item: _Item) -> bool:
        """Whether a module has what its header declares."""
        return not isinstance(item, Decl) or _here(item) or self.context.homes.get(item.name) == owner

    def _items(self) -> Iterator[_Item]:
        own = [item for item in _every(self.made) if self.project.owner(_place(item).file, self.path) is None]
        yield from defined_first(own)

    def _includes(self) -> list[tuple[str, frozenset[str]]]:
        """The modules that the includes of the program are, and what each gives."""
        found: dict[str, set[str]] = {}
        for within, name, _, _file in self.made.includes:
            if self._of_tool(within):
                continue
            module = known.module_of(name)
            if module is not None:
                found.setdefault(module, set(known.exports(module)))
        for item in _every(self.around):
            owner = self.project.owner(_place(item).file, self.path)
            if owner is not None and self._had_by(owner, item):
                found.setdefault(owner, set()).update(name for name in self._names(item) if not name.startswith("_"))
        return [(module, frozenset(names)) for module, names in found.items()]

    def _problems(self, items: list[_Item]) -> None:
        """What stands outside of all functions and cannot be read."""
        inside = [place for item in items for place in _places(item)]
        for problem in self.made.problems:
            if not Path(problem.file).is_file() or self._of_tool(problem.file):
                continue
            own = problem.file == self.made.path or self.project.owner(problem.file, self.path) is None
            if not own or any(
                place.file == problem.file and place.start <= problem.offset < place.end for place in inside
            ):
                continue
            self._mark(self._text_of(problem), problem.reason, Place(problem.file, problem.line, 0, 0, 0))

    def _text_of(self, problem: Problem) -> str:
        """What cannot be read; its line, where it is not known how far that goes."""
        if problem.end:
            return self.made.text(Place(problem.file, problem.line, problem.offset, problem.end, 0))
        rows = self.made.sources[problem.file].decode("utf-8", "replace").split("\n")
        return rows[problem.line - 1].strip() if problem.line <= len(rows) else ""

    @staticmethod
    def _of_tool(file: str) -> bool:
        return Path(file).is_relative_to(HEADERS)

    def _mark(self, text: str, reason: str, place: Place) -> None:
        self.out.mark(text, reason, place)

    # items

    def _item(self, item: _Item) -> None:
        """One declaration or function of file scope."""
        place = _place(item)
        saved = self.out.saved()
        self.context.function = None
        self.context.before, self.context.after = [], []
        try:
            self._unread(item)
            before = len(self.out.rows)
            with self.context.purely(), self.out.part(place.file, 0, place.last_line):
                self._written(item, place)
            compile("\n".join(self.out.rows[before:]), self.made.path, "exec", dont_inherit=True)
        except (Untranslatable, Hoist, SyntaxError, *NOT_FORESEEN) as error:
            self.out.restored(saved)
            self.context.pure = 0
            self.out.gap(1)
            odd = isinstance(error, (SyntaxError, *NOT_FORESEEN))
            reason = "a construct that was not foreseen" if odd else str(error)
            self._mark(self.made.text(place), reason or "what must run before it", place)

    def _unread(self, item: _Item) -> None:
        """Marks what of a declaration cannot be read; a variable of a type that is not known as a whole."""
        place = _place(item)
        for problem in self.made.problems:
            if problem.file == place.file and place.start <= problem.offset < place.end:
                if isinstance(item, Decl) and item.scope != "function":
                    raise Untranslatable(problem.reason)
                if isinstance(item, StructDef) or (
                    isinstance(item, ClassDef)
                    and not any(method.place.start <= problem.offset < method.place.end for method in item.methods)
                ):
                    self._mark(self._text_of(problem), problem.reason, Place(place.file, problem.line, 0, 0, 0))

    def _written(self, item: _Item, place: Place) -> None:
        line = place.line
        if isinstance(item, ClassDef):
            assert isinstance(self.write, CppWriter) and isinstance(self.run, CppStatements)
            self.context.pure = 0
            Classes(self.context, self.write, self.out, self.run, self.types).written(item, line)
            self.context.pure = 1
        elif isinstance(item, StructDef):
            self.types.struct(item, line)
        elif isinstance(item, EnumDef):
            self._enum(item, place)
        elif isinstance(item, _Macro):
            self._macro(item, place)
        elif isinstance(item, tuple):
            if item[0] != item[1] and item[0] != "int":
                self.out.add(f"{item[1]} = {item[0]}", line)
            elif item[0] == "int":
                self.out.add(f"{item[1]} = int", line)
        elif item.scope == "function":
            self.context.pure = 0
            self._function(item)
            self.context.pure = 1
        else:
            self._variable(item)

    def _enum(self, item: EnumDef, place: Place) -> None:
        members = item.members
        self._gap_before(place)
        self.out.comments(place.line)
        if members[0].owner:
            self.out.gap(2)
            self.out.add(f"class {item.name}:")
            with self.out.indented():
                for member in members:
                    self.out.add(f"{python_field(member.name)} = {member.value}", member.place.line)
            self.out.gap(2)
            return
        if item.name:
            self.out.add(f"{item.name} = int")
        if len(members) > 1 and all(member.init is None for member in members):
            self.out.add(f"{', '.join(member.name for member in members)} = range({len(members)})")
            return
        for member in members:
            plain = member.init is None or any(
                part.kind not in ("number", "unary", "binary", "convert") for part in walk(member.init)
            )
            code = str(member.value) if plain or member.init is None else self.write.number(member.init).code
            self.out.add(f"{member.name} = {code}", member.place.line)

    def _macro(self, item: _Macro, place: Place) -> None:
        if not self.write.names_constant(item.name):
            return
        made = self.write(replace_macro(item.value, item.name))
        if made.form not in ("int", "float", "text"):
            return
        self._gap_before(place)
        self.out.add(f"{item.name} = {made.code}", place.line)

    def _gap_before(self, place: Place) -> None:
        above = next((row for row in reversed(self.out.rows) if row), "")
        if above.startswith("    "):
            self.out.gap(2)
        elif place.line - 1 in self.run.blank(place.file):
            self.out.gap(1)

    # variables

    def _variable(self, decl: Decl) -> None:
        if decl.extern and decl.init is None:
            return
        if isinstance(decl.type, Function):
            return
        if decl.init is None and self._again(decl):
            return  # announced here, defined below
        self._gap_before(decl.place)
        value = self.run.initial(decl)
        self.out.add(f"{self.context.name(decl)} = {value}", decl.place.line)
        if isinstance(self.write, CppWriter) and self.write.ends(decl.type):
            assert isinstance(self.run, CppStatements)
            for row in self.run.ended_at_exit(self.context.name(decl), decl.type):
                self.out.add(row)

    def _again(self, decl: Decl) -> bool:
        """Whether a variable without a value is declared once more."""
        rows = [
            item
            for item in self.made.items
            if isinstance(item, Decl) and item.scope == "global" and item.name == decl.name
        ]
        valued = any(row.init is not None for row in rows)
        return len(rows) > 1 and (valued or rows[-1] is not decl)

    # functions

    def _function(self, item: Decl) -> None:
        if item.body is None:
            self.out.untold(item.place)
            return
        self._statics(item)
        self.out.gap(2)
        self.out.announced(item)
        self._signature_problems(item)
        assert isinstance(item.type, Function)
        self.context.function = item
        self.context.assigned.clear()
        self.context.temporaries = 0
        self.context.outside = self.context.read_outside(item)
        self.run.tails.clear()
        self.run.jumps.clear()
        self.run.mentions = Mentions(item.body)
        self.run.body_of_function = item.body
        self.context.active = [{parameter.name: parameter for parameter in item.params}]
        self.out.add(f"def {self.context.name(item)}({', '.join(self._parameters(item))}) -> {self._result(item)}:")
        head = len(self.out.rows)
        with self.out.indented():
            self._entry(item)
            if isinstance(self.run, CppStatements):
                self.run.owned(item, partial(self.run.function_body, flat(item.body)))
            else:
                self.run.function_body(flat(item.body))
            self.out.comments(item.body.place.last_line, within=True)
            if self.context.assigned:
                self.out.rows.insert(head, f"    global {', '.join(sorted(self.context.assigned))}")
        self.context.function = None
        self.context.active = []
        self.out.gap(2)

    def _statics(self, item: Decl) -> None:
        """The variables of a function that stay, as variables of the module."""
        rows = [decl for node in walk(item.body) for decl in node.decls if decl.scope == "static"]
        if rows:
            self.out.gap(2)
        for decl in rows:
            one = f"{self.context.name(decl)} = {self.run.initial(decl)}" if not self.cpp else ""
            for row in self.run.static_rows(decl) if isinstance(self.run, CppStatements) else [one]:
                self.out.add(row)

    def _signature_problems(self, item: Decl) -> None:
        assert item.body is not None
        for problem in self.made.problems:
            if problem.file == item.place.file and item.place.start <= problem.offset < item.body.place.start:
                text = self.made.text(Place(item.place.file, 0, item.place.start, item.body.place.start, 0))
                self._mark(text, problem.reason, item.place)
                return

    def _result(self, item: Decl) -> str:
        assert isinstance(item.type, Function)
        kind = item.type.result
        if self.cpp and not is_pointer(kind):
            return annotation(self.types, kind, item, self.context)
        slot = self.context.slots.result(item.name, kind) if is_pointer(kind) else None
        shown = self.types.annotation(kind, slot)
        return self._optional(shown, slot)

    @staticmethod
    def _optional(shown: str, slot: Slot | None) -> str:
        """An annotation that says whether NULL is given."""
        return f"{shown} | None" if slot is not None and "nullable" in slot.uses and shown != "object" else shown

    def _parameters(self, item: Decl) -> list[str]:
        if item.name == "main":
            used = {node.decl for node in walk(item.body) if node.kind == "name"}
            if not any(parameter in used for parameter in item.params):
                return []
        if isinstance(self.write, CppWriter) and item.name != "main":
            return parameters(self.write, self.types, item)
        rows = []
        for index, parameter in enumerate(item.params):
            if not parameter.name:
                parameter.name = f"_{index}"
            parameter.python = self.context.parameter(parameter.name)
            shown = self.types.of_decl(parameter)
            slot = self.context.slot(parameter) if is_pointer(parameter.type) else None
            rows.append(f"{parameter.python}: {self._optional(shown, slot)}")
        if isinstance(item.type, Function) and item.type.variadic:
            rows.append("*args: Any")
        return rows

    def _entry(self, item: Decl) -> None:
        """Parameters whose address is taken become references."""
        if isinstance(self.write, CppWriter):
            for row in entry_rows(self.write, item):
                self.out.add(row)
            return
        for parameter in item.params:
            if self.context.boxed(parameter) and not isinstance(parameter.type, Ref):
                self.out.add(f"{parameter.python} = {self.context.box(parameter, parameter.python)}")

    def _main(self) -> None:
        """How the program starts."""
        main = self.made.functions.get("main")
        if main is None or main.body is None or main.place.file != self.made.path:
            return
        self.out.gap(2)
        arguments = ""
        used = {node.decl for node in walk(main.body) if node.kind == "name"}
        if any(parameter in used for parameter in main.params):
            arguments = self._main_arguments(main)
        assert isinstance(main.type, Function)
        void = isinstance(main.type.result, Void)
        throws = isinstance(self.write, CppWriter) and self.write.ends_hard
        self.out.add('if __name__ == "__main__":')
        with self.out.indented():
            if throws or any(ends_unwritten(program) for program in self.project.programs.values()):
                self.out.add("buffer_stdout()")
            if calls_itself(self.project.programs.values()):
                self.out.add(f"sys.setrecursionlimit({DEEPEST:_})")
            started = f"run_main({', '.join(['main', *([arguments] if arguments else [])])})"
            called = started if throws and not void else f"main({arguments})"
            self.out.add(called if void else f"sys.exit({called})")

    def _main_arguments(self, main: Decl) -> str:
        if len(main.params) == 1:
            return "len(sys.argv)"
        if len(main.params) != 2 or not isinstance(main.params[1].type, Pointer):
            raise Untranslatable("a main with more parameters")
        slot = self.context.slot(main.params[1])
        behind = slot.leads()
        rows = "[*map(ptr, sys.argv), None]" if behind is not None and behind.form == "ptr" else "[*sys.argv, None]"
        return f"len(sys.argv), {f'ptr({rows})' if slot.form == 'ptr' else rows}"


@dataclass(frozen=True, slots=True)
class _Macro:
    name: str
    value: Node
    place: Place


_Item = Decl | ClassDef | StructDef | EnumDef | _Macro | tuple[str, str, Place]
_JUMP = 'class Jump(Exception):\n    """A jump to a label, by its number or its name."""\n\n\n'


def _place(item: _Item) -> Place:
    return item[2] if isinstance(item, tuple) else item.members[0].place if isinstance(item, EnumDef) else item.place


def _places(item: _Item) -> list[Place]:
    """Where what is written of an item stands; the methods of a class may stand outside of it."""
    if isinstance(item, Decl) and item.scope == "function" and item.body is None:
        return []
    return [_place(item), *(method.place for method in (item.methods if isinstance(item, ClassDef) else ()))]


def _system(item: _Item) -> bool:
    if isinstance(item, (tuple, ClassDef)):
        return False
    if isinstance(item, EnumDef):
        return item.members[0].system
    return not isinstance(item, _Macro) and item.system


def _here(item: Decl) -> bool:
    return item.body is not None if item.scope == "function" else not item.extern
