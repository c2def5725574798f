"""The imports of a translated program: those that its includes ask for and its code uses."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence

from oss.tools.migrate import known
from oss.tools.migrate.names import MODULES

__all__ = ["Imports", "undefined"]

_SPECIAL = {
    "Any": "from typing import Any",
    "Callable": "from collections.abc import Callable",
    "ClassVar": "from typing import ClassVar",
    "ExitStack": "from contextlib import ExitStack",
}
_RENAMED = {"field_of": "field", "c_time": "time"}
"""Names of the runtime that would hide others, and what they are there."""

_WIDTH = 120


class Imports:
    """Where the names of a program come from.

    ``includes`` are the modules that its headers are, in their order, with the names they give; ``homes`` says which
    module of the program defines a name.
    """

    def __init__(self, includes: Sequence[tuple[str, frozenset[str]]], homes: dict[str, str]) -> None:
        self.includes, self.homes = includes, homes

    def rows(self, code: str, direct: Iterable[str]) -> tuple[list[str], set[tuple[str, str]]]:
        """The import lines for ``code``, and the names that come from nowhere, with the functions that use them."""
        wanted = undefined(code)
        missing = {name for _, name in wanted}
        rows = [f"import {name}" for name in sorted(set(MODULES) & missing)]
        rows += sorted(row for name, row in _SPECIAL.items() if name in missing)
        data = sorted({"dataclass", "field"} & missing) if "dataclass" in missing else []
        rows += [f"from dataclasses import {', '.join(data)}"] * bool(data)
        missing -= {*MODULES, *_SPECIAL, *data}
        rows = _sorted(rows)
        rows += [""] * bool(rows)
        modules = [name for name in sorted(direct) if name in missing]
        missing -= set(modules)
        stars, left = self._stars(missing)
        singles, left = self._singles(left)
        rows += [row for name in modules if (row := _direct(name)).startswith("from")]
        rows += [*stars, *singles]
        rows += [row for name in modules if (row := _direct(name)).startswith("import")]
        return rows[: len(rows) - (rows[-1:] == [""])], {row for row in wanted if row[1] in left}

    def _stars(self, missing: set[str]) -> tuple[list[str], set[str]]:
        """``from module import *`` for the includes that are needed."""
        giving = {module: names & missing for module, names in self.includes}
        kept = list(giving)
        for module, names in giving.items():
            others = set().union(*(giving[other] for other in kept if other != module))
            if names <= others:
                kept.remove(module)
        needed = set().union(*giving.values()) if giving else set()
        return [f"from {module} import *" for module in kept if giving[module]], missing - needed

    def _singles(self, missing: set[str]) -> tuple[list[str], set[str]]:
        single: dict[str, list[str]] = {}
        left = set(missing)
        for name in sorted(missing):
            source = _RENAMED.get(name, name)
            home = self.homes.get(name) or known.provider(name) or known.runtime_home(source)
            if home is not None:
                single.setdefault(home, []).append(name if source == name else f"{source} as {name}")
                left.discard(name)
        rows = []
        for home, wanted in sorted(single.items()):
            row = f"from {home} import {', '.join(wanted)}"
            rows += (
                [row] if len(row) <= _WIDTH else [f"from {home} import (", *(f"    {name}," for name in wanted), ")"]
            )
        return rows, left


def _direct(name: str) -> str:
    """The import of a module whose variables are read through it."""
    if name in known.REPLACEABLE.values():
        return f"from aos import {name}"
    return f"from {known.RUNTIME} import {name}" if name == "getopt" else f"import {name}"


def _sorted(rows: list[str]) -> list[str]:
    return sorted(rows, key=lambda row: (row.startswith("from"), row))


def undefined(code: str) -> set[tuple[str, str]]:
    """The names that code reads and defines nowhere, each with the function that reads it, or nothing."""
    tree = ast.parse(code)
    module = set(dir(builtins)) - _SHADOWED | {"__file__", "__name__"}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    functions += [part for node in classes for part in node.body if isinstance(part, ast.FunctionDef)]
    inner = [list(ast.walk(function)) for function in functions]
    inside = {id(part) for parts in inner for part in parts}
    within = {id(part) for node in classes for part in ast.walk(node)}
    outer = [node for node in ast.walk(tree) if id(node) not in inside]
    module |= _defined(node for node in outer if id(node) not in within)
    module |= {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    own = {name for node in classes for name in _defined(ast.walk(node))}
    missing = {("", name) for name in _read(outer) - module - own}
    module |= {name for parts in inner for part in parts if isinstance(part, ast.Global) for name in part.names}
    for function, parts in zip(functions, inner, strict=True):
        missing |= {(function.name, name) for name in _read(parts) - _defined(parts[1:]) - module}
    return missing


_SHADOWED = {"open", "exit", "pow", "round"}
"""Builtins that are C functions of the same name, but not the same."""


def _read(nodes: Iterable[ast.AST]) -> set[str]:
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def _defined(nodes: Iterable[ast.AST]) -> set[str]:
    found = set()
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
    return found
