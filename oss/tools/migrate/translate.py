"""A whole program: its constants, types, variables and functions, in their order, and the imports above them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oss.tools.migrate import sdk
from oss.tools.migrate.c_tree import c_ast, walk
from oss.tools.migrate.expressions import expressions
from oss.tools.migrate.imports import imports
from oss.tools.migrate.layout import MARK, layout
from oss.tools.migrate.parse import parse
from oss.tools.migrate.preprocess import preprocess, problem, source
from oss.tools.migrate.scopes import program, symbol
from oss.tools.migrate.shapes import decide
from oss.tools.migrate.statements import statements
from oss.tools.migrate.tokens import read_source
from oss.tools.migrate.types import array_t, c_type, float_t, function_t, int_t, is_text, pointer_t, struct_t, void_t
from oss.tools.migrate.values import Untranslatable

__all__ = ["translate", "translation"]


@dataclass(frozen=True, slots=True)
class translation:
    """The Python text, how often it says ``# MIGRATE:``, and what else a reader should know."""

    text: str
    marks: int
    notes: list[str]


def translate(path: Path, folders: list[Path] | None = None, defines: Mapping[str, str] | None = None) -> translation:
    """Translates one C file."""
    read, made = _read(path, folders or [], defines or {})
    names = imports(path, read.includes)
    results = decide(made, _neighbours(made, names, folders or [], defines or {}))
    return _file(read, made, results, names).translated()


def _read(path: Path, folders: list[Path], defines: Mapping[str, str]) -> tuple[source, program]:
    read = preprocess(path, folders, defines, sdk.known_macros(), sdk.known_header)
    return read, program.of(parse(read))


def _neighbours(made: program, names: imports, folders: list[Path], defines: Mapping[str, str]) -> dict[str, str]:
    """What the functions of the files beside this one, where it calls them, take and return."""
    homes: dict[str, list[str]] = {}
    for known in set(made.names.values()):
        if known.scope == "extern" and isinstance(known.type, function_t) and (home := names.home(known)):
            homes.setdefault(home, []).append(known.name)
    results: dict[str, str] = {}
    for home, functions in homes.items():
        _, other = _read(names.path.with_name(f"{home}.c"), folders, defines)
        found = decide(other)
        for name in functions:
            made.parameters[name] = other.parameters.get(name, [])
            results[name] = found.get(name, "text")
    return results


class _file:
    def __init__(self, read: source, made: program, results: dict[str, str], names: imports) -> None:
        self.read, self.made, self.names = read, made, names
        self.own = [node for node in made.own if self.names.is_own(str(node.coord.file))]
        for node in made.own:
            self._declared(node)
        for name, file in read.constants.items():
            self.names.declared.setdefault(file, set()).add(name)
        self.write = expressions(made, results, self.names.module_of)
        files = [item for item in read.comments if item.file == str(read.path)]
        self.out = layout(files)
        blank = [number for number, row in enumerate(read_source(read.path).split("\n"), 1) if not row.strip()]
        self.run = statements(made, self.write, self.out, frozenset(blank))
        self.results = results

    def _declared(self, node: c_ast.Node) -> None:
        names = self.names.declared.setdefault(str(node.coord.file), set())
        if isinstance(node, c_ast.FuncDef):
            names.add(node.decl.name)
        elif getattr(node, "name", None):
            names.add(node.name)
        for inner in walk(node):
            if isinstance(inner, c_ast.Enumerator) or (isinstance(inner, (c_ast.Struct, c_ast.Union)) and inner.name):
                names.add(inner.name)

    def translated(self) -> translation:
        first = min((node.coord.line for node in self.own if str(node.coord.file) == str(self.read.path)), default=0)
        first_include = min(
            (item.line for item in self.read.includes if item.file == str(self.read.path)), default=first
        )
        self.out.comments(first_include)
        head = list(self.out.rows)
        self.out.rows.clear()
        for item in self.read.problems:
            self._problem(item)
        for node in self.own:
            self._top(node)
        self.out.comments(1 << 30, within=True)
        self._main()
        body = self.out.text()
        rows, missing = self.names.rows("from __future__ import annotations\n" + body, self.made.symbols)
        top = [*head, *([""] if head else []), "from __future__ import annotations", *([""] if rows else [])]
        gap = ["", ""] if body.startswith(("def ", "class ", "@")) else [""] if body.strip() else []
        text = "\n".join([*top, *rows, *gap, body])
        for name in sorted(missing):
            self.read.notes.append(f"{name} is declared, but nothing beside the program defines it")
        return translation(text, text.count(MARK), self.read.notes)

    def _problem(self, item: problem) -> None:
        self.out.mark(item.text, item.reason, item.line if item.file == str(self.read.path) else 0)

    def _top(self, node: c_ast.Node) -> None:
        """One declaration or function of file scope."""
        line = node.coord.line if str(node.coord.file) == str(self.read.path) else 0
        try:
            if isinstance(node, c_ast.FuncDef):
                self._function(node, line)
            elif isinstance(node, c_ast.Typedef):
                self._type(node.type, node.name, line)
            elif isinstance(node, c_ast.Decl):
                if isinstance(node.type, (c_ast.Struct, c_ast.Union, c_ast.Enum)) or _inner_struct(node):
                    self._type(_inner_struct(node) or node.type, None, line)
                self._variable(node, line)
        except Untranslatable as error:
            self.out.gap(1)
            self.out.mark(self.write.source(node), str(error), line)

    # Types

    def _type(self, node: c_ast.Node, name: str | None, line: int) -> None:
        while isinstance(node, c_ast.TypeDecl):
            node = node.type
        line = node.coord.line if line and node.coord else line
        if isinstance(node, c_ast.Enum) and node.values:
            self._enum(node, name or node.name, line)
        elif isinstance(node, (c_ast.Struct, c_ast.Union)) and node.decls:
            self._struct(node, node.name or name or "", line)
            if name and node.name and name != node.name:
                self.out.add(f"{name} = {node.name}")
        elif name and line:
            self.out.comments(line)

    def _enum(self, node: c_ast.Enum, name: str | None, line: int) -> None:
        members = node.values.enumerators
        self.out.comments(line)
        if name:
            self.out.add(f"{name} = int")
        if len(members) > 1 and all(item.value is None for item in members):
            self.out.add(f"{', '.join(item.name for item in members)} = range({len(members)})")
            return
        code, offset = "-1", 0
        for item in members:
            if item.value is not None:
                code, offset = self.write.number(item.value).code, 0
            else:
                offset += 1
            shown = code
            if offset:
                shown = str(int(code) + offset) if code.lstrip("-").isdigit() else f"{code} + {offset}"
            self.out.add(f"{item.name} = {shown}", item.coord.line if item.coord else 0)

    def _struct(self, node: c_ast.Struct | c_ast.Union, name: str, line: int) -> None:
        """A struct as a dataclass; nodes of lists know the struct that they stand in."""
        for row in node.decls:
            inner = _inner_struct(row)
            if inner is not None and inner.decls and not inner.name:
                self._struct(inner, f"{name}_{row.name}", line)
        self.out.gap(2)
        self.out.comments(line)
        self.out.add("@dataclass(eq=False, slots=True)")
        self.out.add(f"class {name}:")
        nodes = []
        with self.out.indented():
            for row in node.decls:
                kind = self.made.types.of(row, f"{name}_{row.name}")
                if kind == struct_t("aos_list_t"):
                    nodes.append(row.name)
                    self.out.add(f"{row.name}: aos_list_t = field(init=False)", row.coord.line)
                else:
                    self.out.add(
                        f"{row.name}: {self._annotation(kind)} = {self._default(name, row.name, kind)}", row.coord.line
                    )
            self._copier(node, name)
            if nodes:
                self.out.gap(1)
                self.out.add("def __post_init__(self) -> None:")
                with self.out.indented():
                    for item in nodes:
                        self.out.add(f"self.{item} = aos_list_t(self)")
        self.out.gap(2)

    def _copier(self, node: c_ast.Struct | c_ast.Union, name: str) -> None:
        """How a struct with others in it is copied."""
        kinds = {row.name: self.made.types.of(row, f"{name}_{row.name}") for row in node.decls}
        kept = {field: kind for field, kind in kinds.items() if kind != struct_t("aos_list_t")}
        inner = {field for field, kind in kept.items() if isinstance(kind, (struct_t, array_t)) and not is_text(kind)}
        if inner:
            codes = [f"copy.copy(self.{field})" if field in inner else f"self.{field}" for field in kept]
            self.out.gap(1)
            self.out.add(f"def __copy__(self) -> {name}:")
            with self.out.indented():
                self.out.add(f"return {name}({', '.join(codes)})")

    def _default(self, owner: str, name: str, kind: c_type) -> str:
        own = self.made.fields.get((owner, name))
        made = self.write.initialised(kind, None, own.shape if own else "")
        if isinstance(kind, struct_t):
            return f"field(default_factory={kind.name})"
        if made.kind in ("list", "bytes"):
            return f"field(default_factory=lambda: {made.code})"
        return made.code

    def _annotation(self, kind: c_type, shape: str = "") -> str:
        """A C type as an annotation."""
        if shape == "ref":
            inner = kind.to if isinstance(kind, pointer_t) and not is_text(kind) else kind
            return f"aos_ref_t[{self._annotation(inner)}]"
        if shape == "bytes":
            return "bytearray"
        if isinstance(kind, int_t):
            return kind.name if kind.name in self.made.types.typedefs and sdk.provider(kind.name) else "int"
        if isinstance(kind, float_t):
            return "float"
        if isinstance(kind, void_t):
            return "None"
        if is_text(kind):
            return "str"
        if isinstance(kind, struct_t):
            return kind.name
        if isinstance(kind, array_t):
            return f"list[{self._annotation(kind.of)}]"
        if isinstance(kind, pointer_t):
            return self._pointer_annotation(kind)
        return "Callable[..., object]"

    def _pointer_annotation(self, kind: pointer_t) -> str:
        if isinstance(kind.to, struct_t):
            known = sdk.provider(kind.to.name) or kind.to.name in self.made.types.fields
            return kind.to.name if known and kind.to.name != "stat" else "object"
        if isinstance(kind.to, function_t):
            return "Callable[..., object]"
        if isinstance(kind.to, pointer_t):
            return (
                self._annotation(kind.to) if isinstance(kind.to.to, struct_t) else f"list[{self._annotation(kind.to)}]"
            )
        return f"aos_ref_t[{self._annotation(kind.to)}]" if isinstance(kind.to, (int_t, float_t)) else "object"

    # Variables

    def _variable(self, node: c_ast.Decl, line: int) -> None:
        found = self.made.symbol_of(node)
        if not node.name or found is None or found.scope != "global" or isinstance(found.type, function_t):
            return
        if isinstance(found.type, array_t) and found.type.count is None and node.init is None:
            return  # announced here, defined below
        self._global(found, node, line)

    def _global(self, found: symbol, node: c_ast.Decl, line: int) -> None:
        above = next((row for row in reversed(self.out.rows) if row), "")
        if above.startswith("    "):
            self.out.gap(2)
        elif line and line - 1 in self.run.blank_lines:
            self.out.gap(1)
        if node.init is None and found.shape in ("text", "plain", "letter") and not isinstance(found.type, struct_t):
            self.run.emit(f"{found.python} = {self.write.initialised(found.type, None, found.shape).code}", node)
        else:
            self.run.declare(found, node)

    # Functions

    def _function(self, node: c_ast.FuncDef, line: int) -> None:
        name = node.decl.name
        known = self.made.symbols[name]
        self.write.function = name
        statics = [item for item in self.made.locals.get(name, []) if item.scope == "static"]
        self.out.gap(2 if statics else 0)
        for item in statics:
            assert isinstance(item.node, c_ast.Decl)
            self._global(item, item.node, 0)
        self.out.gap(2)
        self.out.comments(line)
        result = known.type.result if isinstance(known.type, function_t) else void_t()
        variadic = ["*args: object"] if isinstance(known.type, function_t) and known.type.variadic else []
        rows = [
            f"{item.python}: {self._annotation(item.type, item.shape)}" for item in self.made.parameters.get(name, [])
        ]
        if name == "main":
            rows = [
                f"{item.python}: {'int' if not index else 'list[str]'}"
                for index, item in enumerate(self._main_parameters())
            ]
        returned = self._annotation(result, self.results.get(name, "") if is_text(result) else "")
        self.out.add(f"def {known.python}({', '.join([*rows, *variadic])}) -> {returned}:")
        self.run.tails.clear()
        self.run.backward.clear()
        items = list(node.body.block_items or [])
        long = self.run.labels(items)
        with self.out.indented():
            self._prologue(name, node)
            for label, rest in long:
                self._label_function(label, rest, name)
            self.run.block(self.run.items(node.body))
            end = _last_line(node.body)
            self.out.comments(end, within=True)
        self.out.gap(2)

    def _main_parameters(self) -> list[symbol]:
        """The parameters of ``main`` when it uses them."""
        rows = self.made.parameters.get("main", [])
        used = {
            id(self.made.symbol_of(item))
            for item in walk(self.made.functions["main"].body)
            if isinstance(item, c_ast.ID)
        }
        return rows if any(id(item) in used for item in rows) else []

    def _prologue(self, name: str, node: c_ast.FuncDef) -> None:
        """What a function begins with: the globals it sets, its parameters as it needs them."""
        assigned = {self.made.symbol_of(item.lvalue) for item in walk(node.body) if isinstance(item, c_ast.Assignment)}
        assigned |= {
            self.made.symbol_of(item.expr)
            for item in walk(node.body)
            if isinstance(item, c_ast.UnaryOp) and item.op in ("p++", "p--", "++", "--")
        }
        assigned |= self._set_wholly(node)
        globals_ = [
            item.python
            for item in assigned
            if item is not None
            and item.scope in ("global", "static")
            and item.shape != "ref"
            and not self.names.module_of(item)
        ]
        if globals_:
            self.out.add(f"global {', '.join(sorted(set(globals_)))}")
        for item in self.made.parameters.get(name, []):
            if item.shape == "walker":
                self.out.add(f"{item.python}_at = 0")
            elif item.shape == "ref" and not isinstance(item.type, pointer_t):
                self.out.add(f"{item.python} = aos_ref_t({item.python})")

    def _set_wholly(self, node: c_ast.FuncDef) -> set[symbol | None]:
        from oss.tools.migrate.shapes import WHOLE, bare, callee

        return {
            found
            for item in walk(node.body)
            if isinstance(item, c_ast.FuncCall) and (callee(item) in WHOLE or callee(item) == "memset")
            if (found := self.made.symbol_of(bare(item.args.exprs[0]))) is not None and found.shape == "text"
        }

    def _label_function(self, label: str, rest: list[c_ast.Node], name: str) -> None:
        """A long clean-up as a function in the function."""
        result = self.made.symbols[name].type
        returned = self._annotation(result.result) if isinstance(result, function_t) else "None"
        self.out.add(f"def {label}() -> {returned}:")
        with self.out.elsewhere(), self.out.indented():
            changed = {
                self.made.symbol_of(item.lvalue)
                for one in rest
                for item in walk(one)
                if isinstance(item, c_ast.Assignment)
            }
            outer = sorted({item.python for item in changed if item is not None and item.scope in ("local", "param")})
            if outer:
                self.out.add(f"nonlocal {', '.join(outer)}")
            self.run.block(rest)
        self.out.gap(1)

    def _main(self) -> None:
        """What runs the program."""
        main = self.made.functions.get("main")
        if main is None:
            return
        self.out.gap(2)
        given = "len(sys.argv), sys.argv" if self._main_parameters() else ""
        call = f"main({given})"
        result = self.made.symbols["main"].type
        returns = isinstance(result, function_t) and isinstance(result.result, int_t)
        self.out.add('if __name__ == "__main__":')
        with self.out.indented():
            self.out.add(f"sys.exit({call})" if returns else call)


def _inner_struct(node: c_ast.Decl) -> c_ast.Struct | None:
    """The struct that a declaration defines on the way."""
    inner = node.type
    while isinstance(inner, (c_ast.ArrayDecl, c_ast.PtrDecl, c_ast.TypeDecl)):
        inner = inner.type
    return inner if isinstance(inner, (c_ast.Struct, c_ast.Union)) and inner.decls else None


def _last_line(node: c_ast.Node) -> int:
    return max((item.coord.line for item in walk(node) if item.coord), default=0)
