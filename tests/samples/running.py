"""Running a sample as its user does: as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from oss.local_server import LocalServer

ROOT = Path(__file__).resolve().parents[2]
BUCKET, OBJECT = "sample-bucket", "folder/object.bin"
LONGEST = 60.0


class Result(NamedTuple):
    status: int
    out: str
    err: str


def environment(configured: Mapping[str, str]) -> dict[str, str]:
    """The present one without a configuration of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OSS_")}
    return {**kept, "PYTHONUNBUFFERED": "1", **configured}


def configuration(server: LocalServer, **other: str) -> dict[str, str]:
    return {
        "OSS_ENDPOINT": server.endpoint,
        "OSS_ACCESS_KEY_ID": server.access_key_id,
        "OSS_ACCESS_KEY_SECRET": server.access_key_secret,
        **other,
    }


def start(arguments: list[str], configured: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(configured),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> Result:
    with process:
        try:
            out, err = process.communicate(timeout=LONGEST)
        except BaseException:
            process.kill()
            raise
    assert "Traceback" not in err, err
    return Result(process.returncode, out, err)


def run_sample(name: str, *arguments: str, **configured: str) -> Result:
    """A sample, run to its end."""
    return ended(start(["-m", f"oss.samples.{name}", *arguments], configured))
