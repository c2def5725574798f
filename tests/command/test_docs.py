"""The page about the command line: its examples are run, its tables are complete."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from oss._command.main import COMMANDS
from oss._command.options import EXIT, OPTIONS
from oss.local_server import LocalServer
from tests.command.conftest import BUCKET, ROOT, Command

PAGE = (ROOT / "docs" / "command.md").read_text()
WRAPPER = f'#!/bin/sh\nexec {sys.executable} -m oss "$@"\n'


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_examples(command: Command, server: LocalServer) -> None:
    server.put(BUCKET, "exampledir/big.bin", bytes(20_000_000))
    for name in ("one", "two"):
        server.put(BUCKET, f"exampledir/more/{name}.txt", b"hello")
    script = command.folder.parent / "oss-c-sdk"
    script.write_text(WRAPPER)
    script.chmod(0o700)
    path = f"{script.parent}{os.pathsep}{os.environ['PATH']}"
    (block,) = re.findall(r"^```console\n(.*?)^```$", PAGE, re.M | re.S)
    for line, output in re.findall(r"^\$ (.*)\n((?:[^$].*\n)*)", block, re.M):
        done = subprocess.run(
            line,
            shell=True,
            cwd=command.folder,
            env={**command.environment, "PATH": path},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert dated(done.stdout) == dated(output), line


def dated(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "DATE", text)


def test_every_option_and_command_is_in_its_table() -> None:
    told = re.findall(r"^\| `(--[a-z-]+)(?: [^`]*)?`(?:, `(-\w)`)?", section("Options"), re.M)
    assert [tuple(filter(None, names)) for names in told] == [row.names for row in OPTIONS]
    table = PAGE.split("\n## ")[0]
    assert {name for name in COMMANDS if not re.search(rf"^\|.*`{name}\b", table, re.M)} == set()


def test_every_exit_status_is_in_its_table() -> None:
    told = re.findall(r"^\| (\d+) \|", section("Exit status"), re.M)
    assert told == re.findall(r"^  (\d+) ", EXIT, re.M)
