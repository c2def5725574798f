"""The command as its user runs it: as a program of its own, against a local server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from tests.command.terminal import Shown, run_in_terminal
from tests.samples.running import Result, ended

ROOT = Path(__file__).resolve().parents[2]
BUCKET = "examplebucket"
NO_TQDM = "raise ImportError('not here')\n"


class Command:
    """Runs the command in a folder of its own, which is the home folder too."""

    def __init__(self, server: LocalServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("OSS")}
        self.environment |= {
            "HOME": str(folder),
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "OSS_ENDPOINT": server.endpoint,
            "OSS_REGION": server.region,
            "OSS_ACCESS_KEY_ID": server.access_key_id,
            "OSS_ACCESS_KEY_SECRET": server.access_key_secret,
        }

    def line(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "oss", *arguments]

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return self.start_line(self.line(*arguments), **environment)

    def start_line(self, line: list[str], **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            line,
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> Result:
        return ended(self.start(*arguments, **environment))

    def in_terminal(self, width: int, *arguments: str, tqdm: bool = False) -> Shown:
        """Its standard error is a terminal; without ``tqdm`` there is none to be imported."""
        environment = self.environment
        if not tqdm:
            hiding = self.folder.parent / "hiding"
            hiding.mkdir(exist_ok=True)
            (hiding / "tqdm.py").write_text(NO_TQDM)
            environment = {**environment, "PYTHONPATH": f"{hiding}{os.pathsep}{environment['PYTHONPATH']}"}
        return run_in_terminal(self.line(*arguments), environment, self.folder, width)


@pytest.fixture
def buckets() -> list[str]:
    return [BUCKET]


@pytest.fixture
def command(server: LocalServer, tmp_path: Path) -> Command:
    folder = tmp_path / "work"
    folder.mkdir()
    return Command(server, folder)
