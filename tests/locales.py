"""Locales that are not UTF-8, for programs that are started in them."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

__all__ = ["LOCALES", "environment_of"]

LOCALES = ("C", "zh_CN.GBK", "UTF-8")


def environment_of(name: str) -> dict[str, str]:
    """Returns the variables that make a Python program run in one of ``LOCALES``; skips the test where the system
    cannot make it."""
    if name == "UTF-8":
        return {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"}
    if name == "C":
        return {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    folder = _compiled(name)
    if folder is None:
        pytest.skip(f"localedef cannot make {name} here")
    return {"LOCPATH": folder.name, "LC_ALL": name, "PYTHONUTF8": "0"}


@functools.cache
def _compiled(name: str) -> tempfile.TemporaryDirectory[str] | None:
    """Returns a folder, which lasts as long as this process, with the locale in it."""
    if shutil.which("localedef") is None:
        return None
    folder = tempfile.TemporaryDirectory(prefix="locales-")
    language, _, charmap = name.partition(".")
    line = ["localedef", "-i", language, "-f", charmap, os.fspath(Path(folder.name, name))]
    if subprocess.run(line, capture_output=True, check=False).returncode == 0:
        return folder
    folder.cleanup()
    return None
