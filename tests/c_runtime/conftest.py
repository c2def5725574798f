"""The C library of this machine, to compare with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Ask = Callable[..., str]
"""Asks the C library: a command and its arguments, answered by one line."""


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler")
    program = tmp_path_factory.mktemp("oracle") / "oracle"
    source = Path(__file__).with_name("oracle.c")
    # as programs are compiled without optimisation: calls are calls, and signed arithmetic wraps
    subprocess.run([compiler, "-O0", "-fwrapv", "-w", "-o", program, source, "-lm"], check=True, timeout=120)
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        send, answers = process.stdin, process.stdout

        def ask(*arguments: object) -> str:
            send.write(b" ".join(map(_word, arguments)) + b"\n")
            send.flush()
            return answers.readline().decode().strip()

        yield ask
        send.close()


def _word(argument: object) -> bytes:
    data = argument if isinstance(argument, bytes) else str(argument).encode()
    return data.hex().encode() or b"-"
