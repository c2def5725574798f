"""An argument or a field of a wrong type is a TypeError that says which, in every function and every struct."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import aos
import oss
from aos._struct import c_struct, callback_field, field, pointer_field, struct_field, text_field
from oss.oss_api import *
from oss.oss_xml import *
from tests.service import new_list

OTHER, UNKNOWN = oss_object_key_t, type("unknown", (), {})
WRONG: dict[str, Callable[[], object]] = {
    "int": lambda: 5,
    "bool": lambda: True,
    "float": lambda: 1.5,
    "str": lambda: "text",
    "bytes": lambda: b"bytes",
    "bytearray": lambda: bytearray(64),
    "dict": lambda: {"a": "b"},
    "list": lambda: [("a", "b")],
    "set": set[str],
    "function": lambda: len,
    "type": lambda: OTHER,
    "struct": OTHER,
    "unknown": UNKNOWN,
}
TEXT, BYTES = {"str", "bytes", "bytearray"}, {"bytes", "bytearray"}
TAKEN = {
    "int": {"int"},
    "float": {"int", "float"},
    "str": TEXT,
    "aos_text_t": TEXT,
    "path_t": TEXT,
    "bytes": BYTES,
    "bytearray": {"bytearray"},
    "memoryview": BYTES,
    "type": {"type"},
    "list": {"list"},
    "progress_t": {"function", "type"},
    "aos_log_print_pt": {"function", "type"},
    "aos_log_format_pt": {"function", "type"},
    "Callable": {"function", "type"},
    "aos_log_level_e": {"int"},
    "http_method_e": {"int"},
    "N": {"int", "float"},
    "_CharT": {"str", "int"},
    "_writable": set[str](),
}
"""Which of these a parameter takes, by a word of its annotation; any other word names a class that none of them is."""
ANYTHING = {"Any", "object"}


def _modules() -> Iterator[Any]:
    for package in (aos, oss):
        for found in pkgutil.iter_modules(package.__path__):
            if not found.ispkg and not found.name.startswith("_"):
                yield importlib.import_module(f"{package.__name__}.{found.name}")


PUBLIC = {name: getattr(module, name) for module in _modules() for name in getattr(module, "__all__", ())}
FUNCTIONS = {name: value for name, value in PUBLIC.items() if inspect.isfunction(value)}
STRUCTS = {name: value for name, value in PUBLIC.items() if inspect.isclass(value) and issubclass(value, c_struct)}


def _words(annotation: str) -> list[str]:
    return re.findall(r"(?:^|\| )(\w+)", re.sub(r"\[.*?\](?= \||$)", "", annotation))


def _is_wrong(kind: str, words: list[str]) -> bool:
    return not ANYTHING & {*words} and not any(kind in TAKEN.get(word, ()) for word in words)


def _options() -> oss_request_options_t:
    options = oss_request_options_create(None)
    options.config = oss_config_create(None)
    options.config.endpoint = "127.0.0.1:1"
    options.ctl = aos_http_controller_create(None, 0)
    return options


GOOD: dict[str, Callable[[], Any]] = {
    "oss_request_options_t": _options,
    "aos_list_t": new_list,
    "aos_ref_t": partial(aos_ref_t, 0),
    "int": lambda: 0,
    "N": lambda: 0,
    "_CharT": lambda: "c",
    "aos_log_level_e": lambda: AOS_LOG_OFF,
    "http_method_e": lambda: HTTP_GET,
    "bytearray": lambda: bytearray(2048),
    "bytes": lambda: b"bytes",
    "str": lambda: "text",
    "aos_text_t": lambda: "text",
    "path_t": lambda: "/nowhere/text",
    "Callable": lambda: print,
    "progress_t": lambda: print,
    "aos_log_print_pt": lambda: print,
    "aos_log_format_pt": lambda: print,
    "type": lambda: OTHER,
    "list": list[str],
    "Any": lambda: None,
    "object": lambda: None,
}
"""A value for each word of an annotation that is not the name of a class."""


def _good(annotation: str) -> Any:
    word = _words(annotation)[0]
    return (GOOD.get(word) or PUBLIC[word])()


def _parameters(name: str) -> list[inspect.Parameter]:
    found = inspect.signature(FUNCTIONS[name]).parameters.values()
    return [item for item in found if item.kind is not item.VAR_POSITIONAL]


def test_all_functions_are_here() -> None:
    assert len(FUNCTIONS) > 400
    assert sum(1 for name in FUNCTIONS for _ in _parameters(name)) > 1250


@pytest.mark.parametrize("by_name", [False, True], ids=["by position", "by name"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_argument(name: str, by_name: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    parameters = _parameters(name)
    for place, item in enumerate(parameters):
        words = _words(str(item.annotation))
        for kind, make in WRONG.items():
            if not _is_wrong(kind, words):
                continue
            values = [_good(str(other.annotation)) for other in parameters]
            values[place] = make()
            named = dict(zip((other.name for other in parameters), values, strict=True))
            with pytest.raises(TypeError, match=rf"^{name}: {item.name.rstrip('_')}_? must be .*, not ") as said:
                FUNCTIONS[name](**named) if by_name else FUNCTIONS[name](*values)
            assert type(values[place]).__name__ in str(said.value)


def _takes(item: field, kind: str) -> bool:
    if isinstance(item, text_field) or (isinstance(item, struct_field) and item.kind is aos_string_t):
        return kind in TEXT
    if isinstance(item, callback_field):
        return kind in ("function", "type")
    if isinstance(item, pointer_field):
        return item.kind is None or kind == item.kind.__name__
    if isinstance(item, struct_field):
        return item.kind is aos_func_u and kind in ("function", "type")
    return kind == "int"


@pytest.mark.parametrize("name", STRUCTS)
def test_a_wrong_field(name: str) -> None:
    for item in STRUCTS[name].c_fields:
        made = STRUCTS[name]()
        before = getattr(made, item.name)
        for kind, make in WRONG.items():
            if not _takes(item, kind):
                with pytest.raises(TypeError, match=rf"^{name}\.{item.name} must be "):
                    setattr(made, item.name, make())
        assert getattr(made, item.name) is before
