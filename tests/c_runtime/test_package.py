"""``oss.c_runtime`` as a package: it ships without the tools, and its page names all of it."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from oss import c_runtime

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(item.name for item in pkgutil.iter_modules(c_runtime.__path__))
IMPORTED = "import importlib, sys; [importlib.import_module('oss.c_runtime.' + name) for name in sys.argv[1:]]; "


def test_it_needs_nothing_of_the_tools() -> None:
    shown = IMPORTED + "print(*sorted(name for name in sys.modules if name.startswith(('oss.tools', 'clang'))))"
    done = subprocess.run(
        [sys.executable, "-c", shown, *MODULES], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "\n"


def test_it_is_in_the_wheel() -> None:
    """The build takes every package below `oss`; what needs libclang is an extra that is asked for."""
    settings = (ROOT / "pyproject.toml").read_text()
    (patterns,) = re.findall(r"packages\.find\]\ninclude = \[(.*)\]$", settings, re.M)
    assert any(fnmatch("oss.c_runtime", pattern) for pattern in re.findall(r'"(.*?)"', patterns))
    (needed,) = re.findall(r"^dependencies = \[(.*?)^\]", settings, re.M | re.S)
    assert "clang" not in needed and "libclang" in settings


def test_the_page_names_every_module() -> None:
    page = (ROOT / "docs" / "migrating-runtime.md").read_text()
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`\w+`.*?) \|", page.split("## Pointers")[0], re.M)))
    assert sorted(named) == MODULES
