"""The texts below definitions: found wherever the source is, and simply absent where there is none."""

from __future__ import annotations

import importlib
import py_compile
import sys
import types
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aos._c.below import texts_below
from aos._c.structs import CStruct, int32_field

SOURCE = '''
from aos._c.structs import CStruct, int32_field, text_field

SIZE = 1
"""what SIZE is"""
OTHER = 2


class Base(CStruct):
    """A docstring, below which the fields begin."""

    size = int32_field()
    """bytes that go on
    in the next line
    """
    name: object = text_field()
    """its name"""
    silent = int32_field()

    def method(self):
        """Is no field."""


class More(Base):
    size = int32_field(python_only=True)
    """bytes here"""
'''


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module of the test's own, which it may move before it imports it."""
    path = tmp_path / f"{tmp_path.name}.py"
    path.write_text(SOURCE)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield path
    sys.modules.pop(path.stem, None)


def imported(source: Path) -> Any:
    importlib.invalidate_caches()
    return importlib.import_module(source.stem)


def meanings(kind: type[CStruct]) -> list[str]:
    return [item.meaning for item in kind.c_fields]


def test_fields_and_constants(source: Path) -> None:
    module = imported(source)
    assert meanings(module.Base) == ["bytes that go on in the next line", "its name", ""]
    assert meanings(module.More) == ["bytes here", "its name", ""]
    assert module.More.size.__doc__ == "bytes here (Python-only)"
    assert module.More.name.__doc__ == "its name"
    assert module.More.silent.__doc__ is None
    assert texts_below(source.stem) == {"SIZE": "what SIZE is"}


def test_a_module_in_an_archive(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = source.with_name("program.zip")
    with zipfile.ZipFile(archive, "w") as made:
        made.write(source, source.name)
    source.unlink()
    monkeypatch.syspath_prepend(str(archive))
    assert meanings(imported(source).Base)[1] == "its name"


def test_a_module_without_its_source(source: Path) -> None:
    py_compile.compile(str(source), str(source.with_suffix(".pyc")))
    source.unlink()
    module = imported(source)
    assert meanings(module.More) == ["", "", ""]
    assert [getattr(module.More, name).__doc__ for name in ("size", "name")] == ["(Python-only)", None]
    assert texts_below(source.stem) == {}


@pytest.mark.parametrize("registered", [True, False])
def test_a_module_that_never_had_a_file(source: Path, monkeypatch: pytest.MonkeyPatch, registered: bool) -> None:
    module: Any = types.ModuleType(source.stem)
    if registered:
        monkeypatch.setitem(sys.modules, source.stem, module)
    exec(compile(SOURCE, "<frozen>", "exec"), vars(module))
    assert meanings(module.More) == ["", "", ""]


def test_a_module_whose_source_is_another_by_now(source: Path) -> None:
    module = imported(source)
    source.write_text("class Base(:\n")
    assert meanings(module.Base) == ["", "", ""]


def test_a_struct_inside_a_function() -> None:
    class Inside(CStruct):
        count = int32_field()
        """how many"""

    assert meanings(Inside) == ["how many"]
    assert texts_below(__name__, "nowhere.Inside") == {}
