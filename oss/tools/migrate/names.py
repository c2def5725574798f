"""Names: the same in Python, with ``_`` behind those that Python has a use for."""

from __future__ import annotations

import builtins
import keyword

__all__ = ["MODULES", "python_field", "python_name"]

MODULES = ("contextlib", "copy", "os", "random", "re", "sys", "time")
"""What a translated program may import from the standard library, each by its name."""

_TAKEN = frozenset((*dir(builtins), *keyword.kwlist, *MODULES, "dataclass", "field", "file"))


def python_name(name: str) -> str:
    """A variable, parameter or function of the program."""
    return name + "_" if name in _TAKEN else name


def python_field(name: str) -> str:
    """A member of a struct: only a keyword cannot stand behind a dot."""
    return name + "_" if keyword.iskeyword(name) else name
