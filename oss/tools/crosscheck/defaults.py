"""Compares the structs that the constructors of C and of the port make: the defaults, and thereby the layouts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from aos._c.structs import PointerField
from oss.tools.crosscheck.clib.declarations import parameters, prototype
from oss.tools.crosscheck.clib.worker import Worker
from oss.tools.crosscheck.comparison import Comparison
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.compare import compare_values
from oss.tools.crosscheck.replay.names import find, sdk_functions
from oss.tools.crosscheck.replay.show import canonical, show

__all__ = ["compared_defaults"]


def _constructors() -> list[str]:
    """The functions that make a struct of the service from a pool."""
    pools = (["aos_pool_t *"], ["apr_pool_t *"])
    named = [name for name in sdk_functions() if name.startswith("oss_") and "_create" in name and prototype(name)]
    return [name for name in named if list(parameters(name).values()) in pools]


def compared_defaults(c_library: Worker, only: str = "*") -> Iterator[Comparison]:
    """Comparisons of all constructors whose id matches."""
    for name in _constructors():
        found = Comparison(f"defaults/{name.removeprefix('oss_')}", name)
        if fnmatch(found.id, only):
            with tempfile.TemporaryDirectory() as folder:
                case = {"id": found.id, "function": name, "args": {}}
                answer = c_library.perform(Path(folder), case)
            if "missing" in answer:
                found.missing = answer["missing"]
            else:
                _compare(name, answer, found)
            yield found


def _compare(name: str, answer: dict[str, Any], found: Comparison) -> None:
    function: Any = find(name)
    made = function(build.new_pool())
    found.death = answer.get("outcome")
    expected = canonical(answer["result"]["return"]) if "result" in answer else None
    for item in made.c_fields:
        if isinstance(item, PointerField) and expected is not None:
            expected.pop(item.name)  # addresses cannot be compared
    lines = compare_values("return", expected, show(made))
    found.problems = {"out": lines} if lines else {}
