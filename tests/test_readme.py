"""The front page: it is short, and what it shows is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oss._command.main import COMMANDS
from oss.local_server import LocalServer

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
SIZE = 20_000_000
FUNCTION = '#include "oss_api.h"\nvoid show(oss_request_options_t *options)\n{\n%s}\n'


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A service with the object that the page downloads, and `oss-c-sdk` on the path."""
    command = tmp_path / "bin" / "oss-c-sdk"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m oss "$@"\n')
    command.chmod(0o700)
    with LocalServer(buckets=("examplebucket",)) as server:
        server.put("examplebucket", "exampledir/big.bin", bytes(SIZE))
        yield {
            "HOME": str(tmp_path),
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "OSS_ENDPOINT": server.endpoint,
            "OSS_REGION": server.region,
            "OSS_ACCESS_KEY_ID": server.access_key_id,
            "OSS_ACCESS_KEY_SECRET": server.access_key_secret,
        }


def run(line: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_short() -> None:
    lines = README.splitlines()
    assert len(lines) <= 150
    assert [line for line in lines if line.startswith("|") and len(line) > 160] == []
    assert "test_" not in README


def test_two_commands_set_everything_up() -> None:
    """One for the main job, and one for the tests, which `.ci/run` finds and runs."""
    commands = re.findall(r"^python3 -m venv \.venv && .*", README, re.M)
    assert [command.rpartition(" && ")[2] for command in commands] == [
        ".venv/bin/python -m oss.samples.oss_resumable_sample",
        ".venv/bin/python -m pytest -q -n 2",
    ]


def test_the_command_prints_what_is_shown(environment: dict[str, str], tmp_path: Path) -> None:
    (shown,) = blocks("console")
    line, _, output = shown.removeprefix("$ ").partition("\n")
    assert run(line, tmp_path, environment) == output
    assert (tmp_path / "big.bin").read_bytes() == bytes(SIZE)


def test_the_programs_print_what_is_shown(environment: dict[str, str], tmp_path: Path) -> None:
    """The second goes on with the options of the first."""
    (tmp_path / "program.py").write_text("".join(blocks("python")))
    (printed,) = re.findall(r"^It prints `(.*)`\.$", README, re.M)
    assert run(f"{sys.executable} program.py", tmp_path, environment) == f"{printed}\nSize {SIZE}\n"
    assert (tmp_path / "big.bin").read_bytes() == bytes(SIZE)


def test_the_c_becomes_the_python_beside_it(environment: dict[str, str], tmp_path: Path) -> None:
    (c,), python = blocks("c"), blocks("python")[1]
    (tmp_path / "show.c").write_text(FUNCTION % c)
    made = run("oss-c-sdk migrate show.c", tmp_path, environment)
    assert re.sub("^    ", "", made.split("-> None:\n")[1], flags=re.M) == python


def test_every_command_exists() -> None:
    named = set(re.findall(r"\boss-c-sdk ([a-z]+)", README))
    assert named and named <= COMMANDS.keys()


def test_the_speeds_are_those_measured() -> None:
    measured: list[list[str]] = []
    for line in (ROOT / "docs" / "speed.md").read_text().splitlines():
        if re.match(r"  \S.* [\d.]+ +[\d.]+ ", line):
            measured[-1].append(re.findall(r" ([\d.]+) ", line)[0])
        elif line:
            measured.append([])
    rows = re.findall(r"^\| ((?:down|up)load.*) \|$", section("Speed"), re.M)
    assert len(rows) == 4
    for row in rows:
        name, *times = (cell.strip() for cell in row.split("|"))
        assert list(filter(None, times)) in measured, name
    far = re.findall(
        r"^(\d+ ms) away, .* parts of (\d MiB) take ([\d.]+) s, as with the C SDK, and ([\d.]+) s", README, re.M
    )
    (line,) = re.findall(rf"^\| {', '.join(far[0][:2])} \| (.*) \|$", (ROOT / "docs" / "speed.md").read_text(), re.M)
    c_sdk, port, runs, _ = line.split(" | ")
    assert [f"{float(c_sdk):.1f}", f"{float(port):.1f}", runs] == [far[0][2], far[0][2], far[0][3]]


def test_windows_is_refused_in_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.platform = 'win32'; import oss.oss_api"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert re.search(r"^ImportError: .*\bnot on Windows\b.*\.$", done.stderr, re.M), done.stderr
