"""The programs in C that a line takes, compiled when they are needed, and the relay among them at work."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
RELAY, STREAMS = HERE / "relay.c", HERE / "contenders" / "streams.c"
CC = os.environ.get("CC", "cc").split()
FLAGS = ("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread")


def missing() -> str:
    """Tells why the programs cannot be had here; empty when they can."""
    if sys.platform != "linux":
        return "the relay needs Linux"
    return "" if shutil.which(CC[0]) else f"no C compiler: {CC[0]}"


def compiled(source: Path, folder: Path, *flags: str) -> Path:
    """Compiles a program into a folder; a RuntimeError with the compiler's words when it has any."""
    program = folder / source.stem
    command = [*CC, *FLAGS, *flags, "-o", str(program), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return program


@contextlib.contextmanager
def relay(program: Path, port: int, round_trip: float = 0.0, rate: int = 0) -> Iterator[int]:
    """Yields the port at which ``port`` is ``round_trip`` seconds away, at ``rate`` bytes a second unless that is 0."""
    command = [str(program), str(port), str(round(round_trip * 1e6)), str(rate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()
