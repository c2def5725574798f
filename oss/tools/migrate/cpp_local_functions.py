"""Functions within functions, and what ends the parameters and variables that a function owns."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable

from oss.tools.migrate.c_types import VOID, Function, Ref, Std, Struct
from oss.tools.migrate.cpp_loops import CppLoops
from oss.tools.migrate.cpp_write import CppWriter
from oss.tools.migrate.nodes import Decl, Node
from oss.tools.migrate.switches import flat
from oss.tools.migrate.values import Untranslatable

__all__ = ["CppLocals"]


class CppLocals(CppLoops):
    """Writes lambdas as functions."""

    write: CppWriter

    def ending_with(self, write: Callable[[], None], ending: list[str]) -> None:
        """What stands in a ``with``, or in a ``try`` with what is done at its ``ending``."""
        raise NotImplementedError

    def at_end(self, rows: list[str]) -> str:
        """The ``with`` of what a block ends with, but where the program ends by ``exit``."""
        raise NotImplementedError

    def owning(self, parameters: list[Decl], write: Callable[[], None]) -> None:
        if not parameters:
            write()
            return
        last = parameters[-1]
        if self.context.boxed(last):
            raise Untranslatable("an object that cleans up, whose address is taken")
        name = self.context.name(last)
        ending: list[str] = []
        if isinstance(last.type, Struct):
            self.out.add(f"with {name}:")
        elif self.write.unwinds_always:
            self.out.add("try:")
            ending = self.write.ended(name, last.type)
        else:
            self.out.add(self.at_end(self.write.ended(name, last.type)))
        self.ending_with(lambda: self.owning(parameters[:-1], write), ending)

    def local_function(self, decl: Decl, made: Node, node: Node) -> None:
        """A lambda with a name is a function within the function."""
        self.write.known_parameters(made)
        kept = self.write.captured(made)
        outer = {item.python for block in self.context.active for item in block} - {"self"}
        self.context.opened(decl)
        name = self.context.name(decl)
        first = len(self.out.rows)
        self.emit([], node)
        start = len(self.out.rows)
        for parameter in made.decls:
            parameter.python = self.context.spelled(parameter.name)
        function, self.context.function = self.context.function, _returning(made)
        assigned, self.context.assigned = self.context.assigned, set()
        with self.loop(None), self.out.indented():
            for parameter in made.decls:
                if not isinstance(parameter.type, Ref) and not self.write.immutable(parameter.type):
                    self.out.add(f"{parameter.python} = {self.write.copy_of(parameter.python, parameter.type)}")
            owned = self.write.owned_by(made) if id(made) in self.write.run_once else []
            self.owning(owned, lambda: self.block(flat(made.kid(0))))
            if len(self.out.rows) == start:
                self.out.add("pass")
        changed = self.context.assigned
        self.context.function, self.context.assigned = function, assigned
        rows = self.out.rows[start:]
        del self.out.rows[start:]
        params = {parameter.python for parameter in made.decls}
        stored = _stored(rows) - params
        own = dict(kept)
        pad = "    " * (self.out.depth + 1)
        given = [*self.write.lambda_parameters(made), *(f"{key}={code}" for key, code in kept)]
        for word, names in (("nonlocal", (stored & outer) - own.keys()), ("global", changed)):
            if names:
                rows.insert(0, f"{pad}{word} {', '.join(sorted(names))}")
        if stored & own.keys():
            self._stateful(name, made, kept, rows, stored & own.keys())
        else:
            self.out.rows += [f"{pad[4:]}def {name}({', '.join(given)}):", *rows]
        self.out.rows[first:] = self.out.rows[first:]

    def _stateful(self, name: str, made: Node, kept: list[tuple[str, str]], rows: list[str], changed: set[str]) -> None:
        """A lambda that changes what it keeps: each has its own."""
        pad = "    " * self.out.depth
        params = ", ".join(self.write.lambda_parameters(made))
        self.out.rows += [
            f"{pad}def make_{name}({', '.join(key for key, _ in kept)}):",
            f"{pad}    def {name}({params}):",
            f"{pad}        nonlocal {', '.join(sorted(changed))}",
            *(f"    {row}" for row in rows),
            f"{pad}    return {name}",
            f"{pad}{name} = make_{name}({', '.join(code for _, code in kept)})",
        ]

    def function_rows(self, name: str, made: Node) -> list[str]:
        """The lines of a lambda of several statements, as a function."""
        kept, depth = self.out.rows, self.out.depth
        before, after = self.context.before, self.context.after
        self.out.rows, self.out.depth = [], 0
        self.context.before, self.context.after = [], []
        pure, self.context.pure = self.context.pure, 0
        try:
            self.local_function(Decl(name, Std("function"), "local", made.place), made, made)
            return self.out.rows
        finally:
            self.out.rows, self.out.depth = kept, depth
            self.context.before, self.context.after, self.context.pure = before, after, pure


def _returning(made: Node) -> Decl:
    return Decl("lambda", Function(VOID, ()), "lambda", made.place)


def _stored(rows: list[str]) -> set[str]:
    """The names that lines of Python set."""
    text = textwrap.dedent("\n".join(rows))
    try:
        tree = ast.parse(text)
    except SyntaxError:
        raise Untranslatable("a construct that was not foreseen") from None
    inner = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for part in ast.walk(node)
        if part is not node
    }
    declared = {name for part in inner if isinstance(part, ast.Nonlocal) for name in part.names}
    return declared | {
        part.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Name) and isinstance(part.ctx, (ast.Store, ast.Del)) and part not in inner
    }
