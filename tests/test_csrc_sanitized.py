"""csrc/ as plain C: the compiler has no warning, the C tests pass, and the sanitizers find nothing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parent / "csrc"
CSRC = TESTS.parent.parent / "csrc"
CC = os.environ.get("CC", "cc")
FLAGS = [
    "-std=c11",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-O1",
    "-g",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
]
LIBRARY = ["crc64.c", "crc64_clmul.c", "crc64_combine.c", "crc64_cpu.c", "descriptor.c", "part_head.c", "sigpipe.c"]
"""All of csrc/ but part_io.c, which tests/csrc/fake_system.h includes."""


def build(program: Path, *sources: Path) -> None:
    command = [*CC.split(), *FLAGS, f"-I{CSRC}", "-o", str(program), *map(str, sources)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module", autouse=True)
def sanitizer(tmp_path_factory: pytest.TempPathFactory) -> None:
    if shutil.which(CC.split()[0]) is None:
        pytest.skip(f"no C compiler: {CC}")
    folder = tmp_path_factory.mktemp("probe")
    (folder / "probe.c").write_text("int main(void) { return 0; }\n")
    try:
        build(folder / "probe", folder / "probe.c")
        subprocess.run([folder / "probe"], check=True, timeout=60)
    except (AssertionError, subprocess.CalledProcessError):
        pytest.skip(f"{CC} has no working address and undefined sanitizers")


def test_the_whole_library_compiles_without_a_warning(tmp_path: Path) -> None:
    build(tmp_path / "library.so", *sorted(CSRC.glob("*.c")), Path("-shared"), Path("-fPIC"))


@pytest.mark.parametrize("name", sorted(path.stem for path in TESTS.glob("test_*.c")))
def test_program(name: str, tmp_path: Path) -> None:
    build(tmp_path / name, TESTS / f"{name}.c", *(CSRC / source for source in LIBRARY))
    done = subprocess.run([tmp_path / name], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
