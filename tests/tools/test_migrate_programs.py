"""``oss.tools.migrate``: ordinary programs in C and C++, each compared with what a compiler makes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oss.tools.migrate.translate import translate_file
from tests.tools import cpp_programs
from tests.tools.c_programs import program

PROGRAMS = Path(__file__).parent / "programs"
ROOT = Path(__file__).parents[2]
TIMEOUT = 60
RANDOM_PROGRAMS = int(os.environ.get("MIGRATE_PROGRAMS", "60"))
RANDOM_CPP_PROGRAMS = int(os.environ.get("MIGRATE_PROGRAMS", "40"))
BATCH = 10


def compiled(source: Path, folder: Path) -> Path:
    """The program that a compiler makes of a file."""
    compiler = shutil.which("cc" if source.suffix == ".c" else "c++")
    if compiler is None:
        pytest.skip("no compiler for it")
    options = ["-std=c++17"] if source.suffix != ".c" else []
    made = folder / "program"
    command = [compiler, "-w", *options, "-o", str(made), str(source), "-lpthread", "-lm"]
    subprocess.run(command, check=True, timeout=5 * TIMEOUT)
    return made


def outcome(command: list[str], folder: Path) -> tuple[int, bytes, dict[str, bytes]]:
    """What a program prints, how it ends, and the files that it leaves."""
    folder.mkdir()
    (folder / "x").write_bytes(b"hello\nworld\n\x00tail")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=TIMEOUT, check=False)
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    return done.returncode, done.stdout, files


def same(source: Path, folder: Path, arguments: list[str]) -> None:
    """Compares a program with its translation."""
    made = translate_file(source)
    assert made.marks == []
    translated = folder / "translated.py"
    translated.write_text(made.text)
    expected = outcome([str(compiled(source, folder)), *arguments], folder / "c")
    assert outcome([sys.executable, str(translated), *arguments], folder / "python") == expected


@pytest.mark.parametrize("path", sorted(PROGRAMS.iterdir()), ids=lambda path: path.name)
def test_it_does_the_same(path: Path, tmp_path: Path) -> None:
    """Output, status and files are those of the compiled program."""
    first = path.read_text().split("\n", 1)[0]
    arguments = first.split("ARGS: ")[1].removesuffix(" */").split() if "ARGS: " in first else []
    same(path, tmp_path, arguments)


@settings(
    max_examples=RANDOM_PROGRAMS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 1 << 32))
def test_a_random_program_does_the_same(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Integers of all types, texts, buffers and structs; ``MIGRATE_PROGRAMS=2000`` is the long form."""
    folder = tmp_path_factory.mktemp("random")
    source = folder / "random.c"
    source.write_text(program(Random(seed)))
    same(source, folder, [])


@pytest.mark.parametrize("first", range(0, RANDOM_CPP_PROGRAMS, BATCH))
def test_random_cpp_programs_do_the_same(first: int, tmp_path: Path) -> None:
    """Values, references, containers, classes, exceptions; what is marked is not compared, and must stay few."""
    seeds = range(first, min(first + BATCH, RANDOM_CPP_PROGRAMS))
    source = tmp_path / "together.cpp"
    source.write_text(cpp_programs.together(seeds))
    every = compiled(source, tmp_path)
    compared = 0
    for seed in seeds:
        one = tmp_path / f"random{seed}.cpp"
        one.write_text(cpp_programs.program(seed))
        made = translate_file(one)
        if made.marks:
            continue
        translated = one.with_suffix(".py")
        translated.write_text(made.text)
        expected = outcome([str(every), str(seed)], tmp_path / f"c{seed}")
        assert outcome([sys.executable, str(translated)], tmp_path / f"python{seed}") == expected, seed
        compared += 1
    assert compared >= len(seeds) // 3
