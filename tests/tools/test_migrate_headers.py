"""The declarations that come with the migration tool: they parse, they are the system's, and the runtime has them."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aos import apr_env
from oss import c_runtime, oss_api
from oss.tools.migrate import sdk_headers

HEADERS = sdk_headers.FOLDER.parent
FOLDERS = [HEADERS / name for name in ("cpp", "c", "sdk", "test")]
TARGET = ["-nostdinc", "-target", "x86_64-unknown-linux-gnu", "-w"]
C = [*TARGET, *(f"-isystem{folder}" for folder in FOLDERS[1:])]
CPP = [*TARGET, "-std=c++17", *(f"-isystem{folder}" for folder in FOLDERS)]

# what is plain Python in every program, or no function at all
PLAIN = {"__assert", "__setjmp", "abs", "labs", "llabs", "imaxabs"}
NAMES = {"raise": "raise_"}
KEEP_GOING = 0x200


def names_of(folder: str) -> list[str]:
    """The headers of a folder, as a program includes them."""
    root = HEADERS / folder
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def parsed(name: str, text: str, arguments: list[str]) -> Any:
    clang = pytest.importorskip("clang.cindex")
    return clang.Index.create().parse(name, arguments, unsaved_files=[(name, text)], options=KEEP_GOING)


def problems(unit: Any) -> list[str]:
    return [str(problem) for problem in unit.diagnostics if problem.severity >= 2]


def test_the_sdk_s_headers_are_those_of_the_port() -> None:
    there = {path.name: path.read_text() for path in sdk_headers.FOLDER.iterdir()}
    assert there == sdk_headers.headers(), "python -m oss.tools.migrate.sdk_headers"


@pytest.mark.parametrize("name", [name for folder in ("c", "sdk", "test") for name in names_of(folder)])
def test_a_header_parses_alone(name: str) -> None:
    text = f"#include <{name}>\n"
    assert problems(parsed("a.c", text, C)) == problems(parsed("a.cpp", text, CPP)) == []


@pytest.mark.parametrize("name", names_of("cpp"))
def test_a_header_of_cpp_parses_alone(name: str) -> None:
    assert problems(parsed("a.cpp", f"#include <{name}>\n", CPP)) == []


def test_programs_parse() -> None:
    fixtures = Path(__file__).with_name("fixtures")
    assert problems(parsed("a.cpp", (fixtures / "library.cpp").read_text(), CPP)) == []
    for name in ("control", "files", "memory", "texts", "transfer"):
        assert problems(parsed(f"{name}.c", (fixtures / f"{name}.c").read_text(), [*C, f"-I{fixtures}"])) == [], name


def test_what_is_unknown_is_said_at_its_place() -> None:
    found = problems(parsed("a.c", "int f(void) { return known(1); }\nint g(void) { return 2; }\n", C))
    assert len(found) == 1 and "a.c:1:22" in found[0] and "known" in found[0]


# ---- the runtime has what is declared ----


@functools.cache
def runtime() -> dict[str, Any]:
    modules = [
        importlib.import_module(f"oss.c_runtime.{item.name}") for item in pkgutil.iter_modules(c_runtime.__path__)
    ]
    return {name: getattr(module, name) for module in modules for name in module.__all__}


def declared() -> Iterator[tuple[str, int, bool]]:
    """Each function of the C headers: its name, how many parameters it has, and whether more may follow."""
    apr = [name for name in names_of("sdk") if name.startswith("apr_")]
    text = "#define _GNU_SOURCE\n" + "".join(f"#include <{name}>\n" for name in [*names_of("c"), *apr])
    for item in parsed("a.c", text, C).cursor.get_children():
        if item.kind.name == "FUNCTION_DECL":
            yield item.spelling, len(list(item.get_arguments())), item.type.is_function_variadic()


# functions whose last parameters C programs may leave out, or that take less: here with defaults or as they are used
OTHER_PARAMETERS = {"open", "open64", "fcntl", "calloc", "malloc", "realloc", "nanosleep", "time", "gettimeofday"}


def test_every_function_that_is_declared_is_there() -> None:
    there = {*runtime(), *vars(oss_api), *vars(apr_env)}
    missing = [name for name, _, _ in declared() if name not in PLAIN and NAMES.get(name, name) not in there]
    assert missing == []


def test_functions_have_c_s_parameters() -> None:
    wrong = []
    for name, count, more in declared():
        function = runtime().get(NAMES.get(name, name))
        if name in PLAIN | OTHER_PARAMETERS or not inspect.isfunction(function):
            continue
        kinds = [parameter.kind for parameter in inspect.signature(function).parameters.values()]
        if (kinds.count(inspect.Parameter.POSITIONAL_OR_KEYWORD), inspect.Parameter.VAR_POSITIONAL in kinds) != (
            count,
            more,
        ):
            wrong.append(name)
    assert wrong == []


# ---- the numbers are the system's ----


def macros() -> Iterator[tuple[str, str]]:
    """Each macro of the C headers that is an expression: its header and name."""
    for name in names_of("c"):
        if name.lower().startswith(("cjson", "openssl")):
            continue
        for macro, value in re.findall(r"^#define (\w+) (.+)$", (HEADERS / "c" / name).read_text(), re.MULTILINE):
            if re.fullmatch(r"[\w()+<> .-]+", value) and not re.search(r"__|_Static|st_", value):
                yield name, macro


def test_macros_have_the_system_s_values(tmp_path: Path) -> None:
    compiler = shutil.which("gcc")
    if compiler is None or not Path("/usr/include/x86_64-linux-gnu").exists():
        pytest.skip("no glibc of this architecture to compare with")
    rows = [(header, macro) for header, macro in macros() if macro != "bool"]
    text = "".join(f"#include <{header}>\n" for header in dict.fromkeys(header for header, _ in rows))
    shown = "".join(f'#ifdef {macro}\nprintf("{macro} %.17g\\n", (double)({macro}));\n#endif\n' for _, macro in rows)
    program = tmp_path / "program.c"
    program.write_text(f"#define _GNU_SOURCE\n{text}#include <stdio.h>\nint main(void) {{\n{shown}return 0; }}\n")
    answers = []
    for arguments in ([], ["-nostdinc", f"-I{HEADERS / 'c'}"]):
        subprocess.run([compiler, "-w", *arguments, "-o", tmp_path / "made", program], check=True, timeout=120)
        output = subprocess.run([tmp_path / "made"], capture_output=True, text=True, check=True, timeout=60).stdout
        answers.append(dict(line.split() for line in output.splitlines()))
    system, ours = answers  # some of ours are no macros in glibc
    assert len(system) > 300 and system == {name: ours[name] for name in system}
