"""What the command-line programs have in common: how they end."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = {
    "explain": ["oss_get_object_to_file", "oss_put_object_from_file"],
    "crosscheck": ["--golden", "tests/golden", "--only", "live/*"],
    "migrate": ["tests/tools/fixtures/memory.c"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_reader_that_has_had_enough(tool: str) -> None:
    """``| head``: no traceback, and no status 0 for what was not told."""
    command = [sys.executable, "-m", f"oss.tools.{tool}", *TOOLS[tool]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None and program.stderr is not None
        program.stdout.close()
        told = program.stderr.read()
    assert (program.returncode, "Traceback" in told, "BrokenPipe" in told) == (141, False, False)


@pytest.mark.parametrize(
    ("wrong", "reason"), [("bucket", "bucket"), ("port", "in use"), ("tls", "none.crt, key none.key: No such file")]
)
def test_a_local_server_that_cannot_start(wrong: str, reason: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        given = {
            "bucket": ["--bucket", "b"],
            "port": ["--port", str(taken.getsockname()[1])],
            "tls": ["--tls-cert", "none.crt", "--tls-key", "none.key", "--port", "0"],
        }[wrong]
        done = subprocess.run(
            [sys.executable, "-m", "oss.local_server", *given], capture_output=True, text=True, timeout=60, check=False
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the server cannot start: ") and done.stderr.count("\n") == 1
    assert reason in done.stderr


def test_a_program_that_cannot_write(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "oss.tools.explain", "--wire", "--html", str(tmp_path / "none" / "x.html")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/none/x.html: No such file or directory\n")
