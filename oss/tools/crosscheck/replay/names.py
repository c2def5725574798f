"""Finds the port's functions, structs and constants by their C names."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

__all__ = ["base_name", "constructor_of", "find", "sdk_functions", "types_in"]

PACKAGES = ("oss", "aos")
NOT_THE_SDK = ("local_server", "samples", "tools")
FIRST = ("oss.oss_api", "oss.oss_define", "aos.aos_http_io")


@cache
def _modules() -> list[ModuleType]:
    names = [
        f"{package}.{module.name}"
        for package in PACKAGES
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__)
        if module.name not in NOT_THE_SDK and not module.name.startswith("_csrc")
    ]
    names.sort(key=lambda name: (name not in FIRST, "._" in name))
    return [importlib.import_module(name) for name in names]


@cache
def find(name: str) -> Any | None:
    """The port's object of that C name; None when there is none."""
    return next((getattr(module, name) for module in _modules() if hasattr(module, name)), None)


@cache
def sdk_functions() -> list[str]:
    """The names of all functions that the port's public modules export, sorted."""
    public = [module for module in _modules() if "._" not in module.__name__]
    names = {name for module in public for name in getattr(module, "__all__", ()) if callable(getattr(module, name))}
    return sorted(name for name in names if inspect.isfunction(find(name)))


def base_name(parameter: str) -> str:
    """The C name of a parameter (``in_`` is ``in``)."""
    return parameter.rstrip("_")


def types_in(annotation: object) -> list[str]:
    """The C types an annotation names."""
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return re.findall(r"\b(?:aos|oss|apr)_\w+_t\b", text)


@cache
def constructor_of(struct: str) -> Callable[[Any], Any]:
    """A function that makes a struct from a pool: its C constructor, or the type itself when C has none."""
    for module in _modules():
        for name, value in vars(module).items():
            if inspect.isfunction(value) and "_create" in name:
                signature = inspect.signature(value)
                if struct in types_in(signature.return_annotation) and len(signature.parameters) == 1:
                    return value
    kind = find(struct)
    assert kind is not None, f"the port has no {struct}"
    return lambda pool: kind()
