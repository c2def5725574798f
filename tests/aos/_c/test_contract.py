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
from aos import aos_http_io
from aos._c.structs import CallbackField, CStruct, Field, PointerField, StructField, TextField
from aos.aos_buf import _MemoryField
from oss.oss_api import (
    AOS_LOG_OFF,
    HTTP_GET,
    aos_buf_list_len,
    aos_buf_t,
    aos_fstack_create,
    aos_fstack_pop,
    aos_fstack_push,
    aos_func_u,
    aos_http_controller_create,
    aos_http_is_ok,
    aos_http_request_create,
    aos_http_response_create,
    aos_list_get_first,
    aos_log_set_format,
    aos_log_set_output,
    aos_log_set_print,
    aos_ref_t,
    aos_set_default_request_options,
    aos_set_default_transport_options,
    aos_string_t,
    aos_table_make,
    apr_file_read,
    apr_file_t,
    apr_table_make,
    oss_checkpoint_part_t,
    oss_checkpoint_t,
    oss_cors_rule_t,
    oss_create_cors_rule,
    oss_create_list_object_content,
    oss_create_oss_object_key,
    oss_object_key_t,
)
from oss.oss_xml import build_objects_xml
from tests.service import new_list, options_at

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
    "PathArgument": TEXT,
    "bytes": BYTES,
    "bytearray": {"bytearray"},
    "memoryview": BYTES,
    "type": {"type"},
    "list": {"list"},
    "Progress": {"function", "type"},
    "aos_log_print_pt": {"function", "type"},
    "aos_log_format_pt": {"function", "type"},
    "Callable": {"function", "type"},
    "aos_log_level_e": {"int"},
    "http_method_e": {"int"},
    "N": {"int", "float"},
    "_CharT": {"str", "int"},
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
STRUCTS = {name: value for name, value in PUBLIC.items() if inspect.isclass(value) and issubclass(value, CStruct)}


def _words(annotation: str) -> list[str]:
    return re.findall(r"(?:^|\| )(\w+)", re.sub(r"\[.*?\](?= \||$)", "", annotation))


def _is_wrong(kind: str, words: list[str]) -> bool:
    return not ANYTHING & {*words} and not any(kind in TAKEN.get(word, ()) for word in words)


def _checkpoint() -> oss_checkpoint_t:
    checkpoint = oss_checkpoint_t()
    checkpoint.parts, checkpoint.part_num = [oss_checkpoint_part_t()], 1
    return checkpoint


GOOD: dict[str, Callable[[], Any]] = {
    "oss_request_options_t": lambda: options_at("127.0.0.1:1"),
    "oss_checkpoint_t": _checkpoint,
    "aos_http_request_t": lambda: aos_http_request_create(None),
    "aos_http_response_t": lambda: aos_http_response_create(None),
    "aos_list_t": new_list,
    "str | int": lambda: "c",
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
    "PathArgument": lambda: "/nowhere/text",
    "Callable": lambda: print,
    "Progress": lambda: print,
    "aos_log_print_pt": lambda: print,
    "aos_log_format_pt": lambda: print,
    "type": lambda: OTHER,
    "list": list[str],
    "Any": lambda: None,
    "object": lambda: None,
}
"""A value for an annotation or its first word, where that is not the name of a class whose zero value will do."""


def _good(annotation: str) -> Any:
    word = _words(annotation)[0]
    return (GOOD.get(annotation) or GOOD.get(word) or PUBLIC[word])()


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


def _takes(item: Field, kind: str) -> bool:
    if isinstance(item, TextField) or (isinstance(item, StructField) and item.kind is aos_string_t):
        return kind in TEXT
    if isinstance(item, CallbackField):
        return kind in ("function", "type")
    if isinstance(item, PointerField):
        return item.kind is object or kind == item.kind.__name__
    if isinstance(item, _MemoryField):
        return kind in BYTES
    if isinstance(item, StructField):
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


@pytest.mark.parametrize("name", FUNCTIONS)
def test_null_is_never_a_failure_from_inside(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    parameters = _parameters(name)
    for place, item in enumerate(parameters):
        values = [_good(str(other.annotation)) for other in parameters]
        values[place] = None
        try:
            result = FUNCTIONS[name](*values)
            if inspect.isgenerator(result):
                list(result)
        except ValueError as problem:
            assert re.search(rf"\b{item.name}\b|is 0|has 0", str(problem))  # or 0 was not good enough
        except TypeError as problem:
            assert str(problem).startswith(f"{name}: ")


DEFAULTS = {
    aos_set_default_request_options: "aos_default_http_request_options",
    aos_set_default_transport_options: "aos_default_http_transport_options",
}


@pytest.mark.parametrize("setter", DEFAULTS)
@pytest.mark.parametrize("value", [None, OTHER(), {}])
def test_a_default_stays_as_it_was(setter: Callable[[Any], None], value: object) -> None:
    before = getattr(aos_http_io, DEFAULTS[setter])
    with pytest.raises((TypeError, ValueError), match=f"op must .*{'None' if value is None else 'not'}"):
        setter(value)
    assert getattr(aos_http_io, DEFAULTS[setter]) is before
    aos_http_controller_create(None, 0)


@pytest.mark.parametrize("set_function", [aos_log_set_print, aos_log_set_format])
def test_a_log_needs_its_functions(set_function: Callable[[Any], None]) -> None:
    with pytest.raises(ValueError, match="p must not be None"):
        set_function(None)


@pytest.mark.parametrize("output", [5, "log.txt", {}])
def test_a_log_goes_to_a_file(output: object) -> None:
    with pytest.raises(
        TypeError, match=r"^aos_log_set_output: output must be an apr_file_t, a file object or None, not "
    ):
        aos_log_set_output(output)
    assert aos_http_io.aos_stderr_file is None


def test_an_alias_is_called_by_its_own_name() -> None:
    wrong: Any = {"a": "b"}
    for function, name in ((aos_table_make, "aos_table_make"), (apr_table_make, "apr_table_make")):
        with pytest.raises(TypeError, match=f"^{name}: nelts must be an int, not dict"):
            function(None, wrong)


def test_lists_hold_what_they_are_for() -> None:
    keys = new_list(oss_create_oss_object_key(None), oss_create_cors_rule(None))
    with pytest.raises(
        TypeError, match=r"^build_objects_xml: object_list must hold oss_object_key_t, not oss_cors_rule_t"
    ):
        build_objects_xml(None, keys, "true")
    with pytest.raises(TypeError, match=r"^aos_buf_list_len: the list must hold aos_buf_t, not oss_object_key_t"):
        aos_buf_list_len(keys)
    with pytest.raises(
        TypeError, match=r"^aos_list_get_first: the list must hold oss_cors_rule_t, not oss_object_key_t"
    ):
        aos_list_get_first(keys, oss_cors_rule_t, "node")


def test_a_listing_serves_as_keys() -> None:
    found = oss_create_list_object_content(None)
    found.key = "a"
    assert "<Key>a</Key>" in build_objects_xml(None, new_list(found), "true")


def test_what_a_reference_holds_is_checked() -> None:
    file: Any = apr_file_t()
    with pytest.raises(TypeError, match=r"^apr_file_read: nbytes must be an int, not str"):
        apr_file_read(file, bytearray(9), aos_ref_t("9"))  # type: ignore[arg-type]


def test_an_exception_of_a_callback_stays_what_it_is() -> None:
    stack = aos_fstack_create(None, 1)
    aos_fstack_push(stack, None, lambda data: data.absent, 1)
    with pytest.raises(AttributeError, match="absent"):
        aos_fstack_pop(stack)


def test_numbers_of_other_kinds_are_integers() -> None:
    class Index:
        def __index__(self) -> int:
            return 200

    assert aos_http_is_ok(Index()) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [5, None, OTHER()])
def test_wrong_values_of_python_only_members(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^aos_buf_t\.data must be bytes-like, not "):
        aos_buf_t(value)
    if value is not None:
        with pytest.raises(TypeError, match=r"^aos_string_t\.data must be text, not "):
            aos_string_t(value)
