"""The imports of a translated program: those that its includes ask for and its code uses."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence

from oss.tools.migrate import known
from oss.tools.migrate.names import MODULES

__all__ = ["Imports", "names_of"]

_SPECIAL = {
    "Any": "from typing import Any",
    "Callable": "from collections.abc import Callable",
    "ClassVar": "from typing import ClassVar",
}
_WIDTH = 120


class Imports:
    """Where the names of a program come from.

    ``includes`` are the modules that its headers are, in their order, with the names they give; ``homes`` says which
    module of the program defines a name.
    """

    def __init__(self, includes: Sequence[tuple[str, frozenset[str]]], homes: dict[str, str]) -> None:
        self.includes, self.homes = includes, homes

    def rows(self, code: str, direct: Iterable[str]) -> tuple[list[str], set[str]]:
        """The import lines for ``code``, and the names that come from nowhere."""
        used, defined = names_of(code)
        missing = used - defined
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
        return rows[: len(rows) - (rows[-1:] == [""])], left

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
            home = self.homes.get(name) or known.provider(name) or known.runtime_home(name)
            if home is not None:
                single.setdefault(home, []).append(name)
                left.discard(name)
        rows = []
        for home, wanted in sorted(single.items()):
            row = f"from {home} import {', '.join(wanted)}"
            rows += [row] if len(row) <= _WIDTH else [f"from {home} import (", *(f"    {name}," for name in wanted), ")"]
        return rows, left


def _direct(name: str) -> str:
    """The import of a module whose variables are read through it."""
    if name in known.REPLACEABLE.values():
        return f"from aos import {name}"
    return f"from {known.RUNTIME} import {name}" if name == "getopt" else f"import {name}"


def _sorted(rows: list[str]) -> list[str]:
    return sorted(rows, key=lambda row: (row.startswith("from"), row))


def names_of(code: str) -> tuple[set[str], set[str]]:
    """The names that code reads, and those it defines at its top level or anywhere."""
    tree = ast.parse(code)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    defined = set(dir(builtins)) - {"open", "exit"} | {"__file__", "__name__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            defined.add(node.name)
    return used, defined
