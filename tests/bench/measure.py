"""The one place that measures: a command in a fresh process, its wall time, CPU time and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LIMIT = 1800
"""Seconds after which a command is ended."""
LAUNCH = Path(__file__).with_name("launch.py")


class Sample(NamedTuple):
    """Seconds, seconds and MiB."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str], environment: Mapping[str, str], limit: int = LIMIT) -> Sample:
    """Runs ``command``; a RuntimeError with its words when it fails or takes more than ``limit`` seconds."""
    launch = [sys.executable, "-I", "-S", str(LAUNCH), str(limit), *command]
    done = subprocess.run(launch, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
    wall, cpu, peak = map(float, done.stdout.split())
    return Sample(wall, cpu, peak)
