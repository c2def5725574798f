"""The house rules: who may import whom, formatting, types, and what must not stand in the tree."""

from __future__ import annotations

import ast
import fnmatch
import graphlib
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import oss
from aos.aos_define import AOS_VERSION
from oss._command.main import main
from tests.house import FIGURE, ROOT, figure, floor_of, graph, imports, modules, modules_in, python_files, tree_of

TOP_LEVEL = {
    ".ci",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "aos",
    "csrc",
    "docs",
    "oss",
    "pyproject.toml",
    "setup.py",
    "tests",
}
BUILT = {".git", ".venv", "build", "dist"}
LONGEST_ROOM = 600
TEXTS = {".py", ".md", ".toml", ".c", ".h", ".pyi", ""}

# room: what of the project it may import (the longest room that fits a file counts)
ROOMS = {
    "csrc": set(),
    "aos": {"aos"},
    "oss": {"aos", "oss"},
    "oss/_command": {"aos", "oss"},
    "oss/__main__.py": {"oss._command"},
    "oss/c_runtime": {"aos", "oss.c_runtime"},
    "oss/local_server": {"aos.aos_crc64", "oss.local_server"},
    "oss/samples": {"aos", "oss"},
    "oss/tools": {"aos", "oss"},
}
NOT_FOR_THE_SDK = ("oss._command", "oss.c_runtime", "oss.local_server", "oss.samples", "oss.tools")

# imports inside a function, which keep the start of a program quick: what they bring costs more than all the rest; the
# first one needs what is not always installed
LATE_IMPORTS = {
    ("aos._c.structs", "aos._c.below"),
    ("aos._http.client", "aos._http.mounted"),
    ("aos._http.client", "aos._http.socks_proxy"),
    ("aos._http.dial", "aos._http.tls_in_tls"),
    ("aos.aos_transport", "aos._http.perform"),
    ("oss.oss_resumable", "oss._transfer.download"),
    ("oss.oss_resumable", "oss._transfer.upload"),
}


def within(name: str, rooms: set[str] | tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(room + ".") for room in rooms)


def room_of(path: Path) -> str:
    place = path.relative_to(ROOT).as_posix()
    return max((room for room in ROOMS if f"{place}/".startswith(room + "/")), key=len)


@pytest.mark.parametrize("path", python_files("csrc", "aos", "oss"), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        if within(name, ("aos", "oss", "csrc", "tests")):
            assert within(name, ROOMS[room]), f"{path} imports {name}"
        if room in ("aos", "oss"):
            assert not within(name, NOT_FOR_THE_SDK), f"{path} imports {name}"


@pytest.mark.parametrize("module", sorted(modules()))
def test_nothing_is_imported_from_a_higher_floor(module: str) -> None:
    assert [name for name in sorted(graph()[module]) if floor_of(name) > floor_of(module)] == []


def test_the_figure_shows_the_floors_and_the_imports_of_today() -> None:
    assert FIGURE.read_text() == figure(), "python -m tests.house"


@pytest.mark.parametrize("package", ["aos", "oss", "oss.local_server", "oss.tools"])
def test_nothing_is_imported_in_a_circle(package: str) -> None:
    inner = {name for name in graph() if within(name, (package,))}
    graphlib.TopologicalSorter({name: graph()[name] & inner for name in inner}).prepare()


def test_what_is_imported_late_is_known() -> None:
    late = {
        (name, module)
        for name, path in modules().items()
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef) and not within(name, NOT_FOR_THE_SDK)
        for module in modules_in(imports(path, function))
    }
    assert late == LATE_IMPORTS


def test_the_extension_is_imported_in_one_place() -> None:
    users = [path.name for path in python_files("aos", "oss") if any(within(n, ("aos._csrc",)) for n in imports(path))]
    assert users == ["_native.py"]


def test_only_public_names_of_the_http_libraries_are_used() -> None:
    for path in python_files("aos", "oss"):
        for name in imports(path):
            if within(name, ("requests", "urllib3", "http")):
                assert not re.search(r"\._(?!_)", name), f"{path} imports {name}"


def test_top_level() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.endswith((".egg-info", "_cache")) or path.is_file()}
    assert {name for name in found if not name.startswith(".") or name in TOP_LEVEL} - BUILT <= TOP_LEVEL


def test_rooms_are_comfortable() -> None:
    for path in python_files("csrc", "aos", "oss", "tests"):
        assert len(path.read_text().splitlines()) <= LONGEST_ROOM, path


def test_no_machine_paths() -> None:
    texts = [
        path
        for folder in ("aos", "oss", "csrc", "docs", "tests", ".ci", ".github")
        for path in (ROOT / folder).rglob("*")
    ]
    for path in [*texts, ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "pyproject.toml", ROOT / "setup.py"]:
        if path.suffix in TEXTS and path.is_file() and path.name != Path(__file__).name:
            assert not re.search(r"/work/|/root/|/home/[a-z]", path.read_text()), path


CHECKS = re.findall(r"^python -m .+", (ROOT / ".ci" / "lint").read_text(), re.M)


@pytest.mark.parametrize("command", CHECKS)
def test_static_checks(command: str) -> None:
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    result = subprocess.run(
        command.split(),
        cwd=ROOT,
        env={**os.environ, "PATH": here},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_commit_is_checked_by_the_same_commands() -> None:
    hooks = re.findall(r"entry: \.venv/bin/(.+)", (ROOT / ".pre-commit-config.yaml").read_text())
    assert hooks == CHECKS[:3]


def test_there_is_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The package's own: it begins with that of the C SDK, which AOS_VERSION is."""
    assert re.fullmatch(rf"{re.escape(AOS_VERSION)}(\.\d+)?", oss.__version__)
    assert (main(["--version"]), capsys.readouterr().out) == (0, f"oss-c-sdk {oss.__version__}\n")
    assert metadata.version("oss-c-sdk-python") == oss.__version__, "pip install -e . tells the environment"
    assert f"\n## [{oss.__version__}]" in (ROOT / "CHANGELOG.md").read_text()


def test_every_python_that_is_supported_gets_its_wheel() -> None:
    """The versions stand in the classifiers, in `.ci/wheel`, which tries them, and in the table of cibuildwheel."""
    project = (ROOT / "pyproject.toml").read_text()
    supported = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project)
    (tried,) = re.findall(r"^for version in (.+); do$", (ROOT / ".ci" / "wheel").read_text(), re.M)
    assert [version for version in tried.split() if not version.endswith("t")] == supported
    (built,) = re.findall(r'^build = "(.+?)"', project, re.M)
    for version in tried.split():
        name = f"cp{version.replace('.', '')}-manylinux_x86_64"
        assert any(fnmatch.fnmatch(name, pattern) for pattern in built.split()), version
