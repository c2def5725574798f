"""The imports of a translated program: those that its includes ask for and its code uses."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass, field
from pathlib import Path

from oss.tools.migrate import sdk
from oss.tools.migrate.names import MODULES
from oss.tools.migrate.preprocess import include
from oss.tools.migrate.scopes import symbol
from oss.tools.migrate.types import function_t

__all__ = ["imports"]

_FUNCTION = re.compile(r"^(?!static|extern|typedef|#)[A-Za-z_][\w\s\*]*?\b(\w+)\s*\([^;{]*\)\s*\{", re.MULTILINE)
_VARIABLE = re.compile(
    r"^(?!static|extern|typedef|#)[A-Za-z_][\w \*]*?\b(\w+)(?:\[\w*\])?\s*(?:=[^;]*)?;", re.MULTILINE
)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


@dataclass(slots=True)
class imports:
    """Where the names of a program come from."""

    path: Path
    includes: list[include]
    declared: dict[str, set[str]] = field(default_factory=dict)  # by header beside the program: what it declares
    direct: set[str] = field(default_factory=set)  # the modules beside the program that are read as ``module.name``
    _beside: dict[str, str] | None = None

    def header_module(self, name: str) -> str | None:
        """The module behind a header that lies beside its C file."""
        found = next((item for item in self.includes if item.path is not None and item.name == name), None)
        if found is None or found.path is None or found.path.stem == self.path.stem:
            return None
        return found.path.stem if found.path.with_suffix(".c").is_file() else None

    def is_own(self, file: str) -> bool:
        """Whether what a file declares belongs to this program: its own, its header's, a header's without a C file."""
        path = Path(file)
        return path == self.path or path.stem == self.path.stem or not path.with_suffix(".c").is_file()

    def module_of(self, known: symbol) -> str | None:
        """The module that a variable is read through, since it can be assigned from outside."""
        if known.name in sdk.REPLACEABLE and known.scope == "known":
            return sdk.REPLACEABLE[known.name][0]
        if known.scope != "extern" or known.const or known.node is None or not known.node.coord:
            return None
        home = None if isinstance(known.type, function_t) else self.home(known)
        self.direct |= {home} if home else set()
        return home

    def home(self, known: symbol) -> str | None:
        """The file beside the program that defines what is only declared here."""
        path = Path(str(known.node.coord.file)) if known.node is not None and known.node.coord else self.path
        if path != self.path and path.suffix == ".h" and path.with_suffix(".c").is_file():
            return path.stem
        return self._neighbours().get(known.name)

    def _neighbours(self) -> dict[str, str]:
        """What the C files beside the program define."""
        if self._beside is None:
            self._beside = {}
            for other in sorted(self.path.parent.glob("*.c")):
                if other != self.path:
                    text = _COMMENT.sub("", other.read_text("utf-8", "replace"))
                    for row in (*_FUNCTION.finditer(text), *_VARIABLE.finditer(text)):
                        self._beside.setdefault(row[1], other.stem)
        return self._beside

    def rows(self, code: str, symbols: dict[str, symbol]) -> tuple[list[str], set[str]]:
        """The import lines for ``code``, and the names that come from nowhere."""
        used, defined = _names(code)
        missing = used - defined
        standard = sorted(name for name in MODULES if name in missing)
        special = {"Callable": "from collections.abc import Callable", "dataclass": "", "field": ""}
        rows = [f"import {name}" for name in standard]
        if "Callable" in missing:
            rows.append(special["Callable"])
        data = sorted({"dataclass", "field"} & missing)
        if data:
            rows.append(f"from dataclasses import {', '.join(data)}")
        missing -= {*standard, *special}
        modules = {sdk.REPLACEABLE[name][0] for name in sdk.REPLACEABLE} & missing
        rows += [""] * bool(rows)
        rows += [f"from aos import {name}" for name in sorted(modules)]
        missing -= modules
        homes = {
            known.name: home for known in symbols.values() if known.scope == "extern" and (home := self.home(known))
        }
        direct = sorted(self.direct & missing)
        rows += [f"import {name}" for name in direct]
        missing -= set(direct)
        rows += self._stars(missing, homes)
        return rows[: len(rows) - (rows[-1:] == [""])], missing

    def _stars(self, missing: set[str], homes: dict[str, str]) -> list[str]:
        """``from module import *`` for the includes that are needed; takes what they give off ``missing``."""
        giving: dict[str, set[str]] = {}
        for item in self.includes:
            module = sdk.module_of(item.name)
            if module is not None:
                giving.setdefault(module, set(sdk.exports(module)) & missing)
            elif (stem := self.header_module(item.name)) is not None:
                giving.setdefault(stem, self.declared.get(str(item.path), set()) & missing)
        needed = set().union(*giving.values()) if giving else set()
        kept = list(giving)
        for module, names in giving.items():
            others = set().union(*(giving[other] for other in kept if other != module)) if len(kept) > 1 else set()
            if names <= others:
                kept.remove(module)
        missing -= needed
        rows = [f"from {module} import *" for module in kept if giving[module]]
        single: dict[str, list[str]] = {}
        for name in sorted(missing):
            home = homes.get(name) or sdk.provider(name)
            if home is not None:
                single.setdefault(home, []).append(name)
        for home, wanted in sorted(single.items()):
            rows.append(f"from {home} import {', '.join(wanted)}")
            missing -= set(wanted)
        return rows


def _names(code: str) -> tuple[set[str], set[str]]:
    """The names that code reads, and those it defines at its top level or anywhere."""
    tree = ast.parse(code)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    defined = set(dir(builtins)) | {"__file__", "__name__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
    return used, defined
