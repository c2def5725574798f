"""What the command-line programs have in common: how they end."""

from __future__ import annotations

import socket
import subprocess
import sys

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


@pytest.mark.parametrize("wrong", ["bucket", "port"])
def test_a_local_server_that_cannot_start(wrong: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        given = {"bucket": ["--bucket", "b"], "port": ["--port", str(taken.getsockname()[1])]}[wrong]
        done = subprocess.run(
            [sys.executable, "-m", "oss.local_server", *given], capture_output=True, text=True, timeout=60, check=False
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the server cannot start: ") and done.stderr.count("\n") == 1
