"""What the SDK, and the C library in ``oss.c_runtime``, have of a name: read from the Python modules themselves."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import aos
import oss
from oss.tools.migrate import cutest

__all__ = [
    "ALIAS",
    "FRESH",
    "PLAIN_TEXTS",
    "REPLACEABLE",
    "RUNTIME",
    "WHOLE",
    "Callee",
    "callee",
    "exports",
    "fields_of",
    "function",
    "is_runtime_struct",
    "is_sdk",
    "module_of",
    "provider",
    "runtime",
    "runtime_home",
    "sdk_struct",
    "sdk_value",
]

RUNTIME = "oss.c_runtime"
_APR_HEADERS = {"apr_file_info": "apr_file_io", "apr": "apr_pools", "apr_general": "apr_pools"}
_INCLUDED_SOURCES = re.compile(r"(aos|oss)_\w+\.c")
_CUTEST = "CuTest.h"

REPLACEABLE: Mapping[str, str] = {
    "aos_global_pool": "aos_http_io",
    "aos_stderr_file": "aos_http_io",
    "aos_default_http_request_options": "aos_http_io",
    "aos_default_http_transport_options": "aos_http_io",
    "aos_http_transport_create": "aos_http_io",
    "aos_http_transport_perform": "aos_http_io",
    "aos_log_level": "aos_log",
    "aos_log_format": "aos_log",
    "aos_log_print": "aos_log",
}
"""C variables of the SDK that a program may assign, and the modules that they are read through."""

WHOLE: Mapping[str, int] = dict.fromkeys(
    ("sprintf", "snprintf", "vsprintf", "vsnprintf", "apr_snprintf", "strcpy", "strcat"), 0
)
"""Functions that write a whole text, with its NUL, and which argument it goes to."""

ALIAS: Mapping[str, int] = dict.fromkeys(
    (
        *("strchr", "strrchr", "strstr", "strpbrk", "strcasestr", "memchr", "strtok", "strtok_r", "strsep", "strcpy"),
        *("strncpy", "strcat", "strncat", "memcpy", "memmove", "memset", "fgets", "basename", "dirname", "realloc"),
    ),
    0,
)
"""Functions that give a pointer into what an argument points to."""

PLAIN_TEXTS = ("getenv",)
"""Functions of the C library that plain Python has, and that give a str there."""

FRESH = frozenset(("malloc", "calloc", "strdup", "strndup", "aos_palloc", "aos_pcalloc", "apr_palloc", "apr_pcalloc"))
"""Functions that give memory of its own."""


@dataclass(frozen=True, slots=True)
class Callee:
    """A function of the SDK or of the C library.

    ``takes`` says of each parameter: text, filled (memory that it writes), ref, struct or value; ``gives`` is text,
    memory or value; ``nullable`` says that the result may be NULL; ``least`` and ``most`` count its arguments.
    """

    name: str
    module: str
    takes: tuple[str, ...]
    gives: str
    nullable: bool
    least: int
    most: int | None

    def taken(self, position: int) -> str:
        if position < len(self.takes):
            return self.takes[position]
        return "value"


@functools.cache
def _modules() -> dict[str, ModuleType]:
    """Every public module of the SDK by its C header."""
    found = {}
    for package in (aos, oss):
        for item in pkgutil.iter_modules(package.__path__):
            if item.name.startswith(("aos_", "oss_", "apr_")):
                found[f"{item.name}.h"] = importlib.import_module(f"{package.__name__}.{item.name}")
    return {**found, _CUTEST: cutest}


def module_of(header: str) -> str | None:
    """The module that stands for a header of the SDK, or for a source file of it; None for any other file."""
    stem = header.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    module = _modules().get(f"{_APR_HEADERS.get(stem, stem)}.h")
    return module.__name__ if module and (header.endswith(".h") or _INCLUDED_SOURCES.fullmatch(header)) else None


@functools.cache
def exports(module: str) -> frozenset[str]:
    """What ``from module import *`` gives."""
    return frozenset(importlib.import_module(module).__all__)


@functools.cache
def _names() -> dict[str, Any]:
    """Every public name of the SDK."""
    return {name: getattr(module, name) for module in _modules().values() for name in module.__all__}


@functools.cache
def provider(name: str) -> str | None:
    """The module whose header declares a name: the one that gives the fewest others."""
    giving = [module.__name__ for module in _modules().values() if name in module.__all__]
    return min(giving, key=lambda module: (len(exports(module)), module), default=None)


def is_sdk(name: str) -> bool:
    return name in _names()


def sdk_value(name: str) -> Any:
    return _names().get(name)


def sdk_struct(name: str) -> bool:
    """Whether a name is a struct, or another class, of the SDK."""
    return inspect.isclass(_names().get(name)) and _names()[name] is not int


def entries(struct: str, field: str) -> str | None:
    """What the entries of a list are that a struct of the SDK has; None where they may be anything."""
    fields = getattr(sdk_value(struct), "c_fields", ())
    kinds = (getattr(row, "entries", None) for row in fields if row.name == field)
    return next((kind.__name__ for kind in kinds if kind is not None), None)


_INTERNAL = ("cjson_item", "cjson_text", "interrupts")
_HEADERS = ("pointers", "arrays", "structs", "numbers", "string", "stdlib", "stdio", "errno", "ctype", "time", "unistd",
            "stat", "dirent", "pthread", "signal", "syslog", "socket", "stdarg", "cjson")  # fmt: skip
"""The modules of the runtime that a program should import a name from, and those it should not."""


@functools.cache
def runtime() -> Mapping[str, tuple[str, Any]]:
    """Each name of the C library here: the module that has it, and what it is."""
    found: dict[str, tuple[str, Any]] = {}
    try:
        package = importlib.import_module(RUNTIME)
    except ImportError:
        return found
    every = [item.name for item in pkgutil.iter_modules(package.__path__) if item.name not in _INTERNAL]
    for item in [*_HEADERS, *(name for name in every if name not in _HEADERS)]:
        module = importlib.import_module(f"{RUNTIME}.{item}")
        for name in getattr(module, "__all__", ()):
            found.setdefault(name, (module.__name__, getattr(module, name)))
    return found


def runtime_home(name: str) -> str | None:
    found = runtime().get(name)
    return found[0] if found else None


def is_runtime_struct(name: str) -> bool:
    return not is_sdk(name) and runtime_home(name) is not None


@functools.cache
def fields_of(name: str) -> tuple[str, ...] | None:
    """The fields that the class of a library's struct takes; None where it takes any."""
    _, made = runtime().get(name, (None, None))
    if made is None or not inspect.isclass(made):
        return ()
    rows = inspect.signature(made).parameters.values()
    return None if any(row.kind is row.VAR_KEYWORD for row in rows) else tuple(row.name for row in rows)


@functools.cache
def callee(name: str) -> Callee | None:
    """The function of a name that a program's own functions do not hide."""
    found = _names().get(name)
    module = provider(name)
    if not callable(found) or module is None:
        module, found = runtime().get(name, (None, None))
    if not callable(found) or module is None or inspect.isclass(found):
        return None
    return _described(name, module, found)


def function(name: str) -> Callee:
    """A function that is known to be there."""
    found = callee(name)
    assert found is not None
    return found


def _described(name: str, module: str, function: Callable[..., Any]) -> Callee:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return Callee(name, module, (), "value", False, 0, None)
    rows = list(signature.parameters.values())
    takes = tuple(_taken(str(row.annotation)) for row in rows if row.kind is not row.VAR_POSITIONAL)
    least = sum(row.default is row.empty and row.kind is not row.VAR_POSITIONAL for row in rows)
    most = None if any(row.kind is row.VAR_POSITIONAL for row in rows) else len(rows)
    given = str(signature.return_annotation)
    return Callee(name, module, takes, _given(given), "None" in given, least, most)


def _taken(annotation: str) -> str:
    words = set(re.findall(r"\w+", annotation))
    if words & {"aos_ref_t", "ref"}:
        return "ref"
    if words & {"str", "Text", "aos_text_t", "bytes"}:
        return "text"
    if words & {"Memory", "bytearray", "ptr"}:
        return "filled"
    return "value"


def _given(annotation: str) -> str:
    words = set(re.findall(r"\w+", annotation))
    if words & {"ptr", "bytes", "bytearray", "memoryview"}:
        return "memory"
    return "text" if "str" in words else "value"
