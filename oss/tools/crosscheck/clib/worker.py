"""Runs the child process that makes the calls: sends it jobs, detects that it died or hangs, starts another."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from oss.tools.crosscheck.clib.library import LoadingError

__all__ = ["PATIENCE", "Worker"]

ROOT = Path(__file__).resolve().parents[4]
PATIENCE = 30.0
LOADING = 300.0
"""Seconds after which a call, or a child that starts, counts as hanging; the latter on however busy a machine."""


class Worker:
    """Makes calls through a C library, or without one through the port, in a child process that may crash."""

    def __init__(self, library: str | None, patience: float = PATIENCE) -> None:
        self._library, self._patience = library, patience
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Worker:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self) -> int:
        """The process id of the child, which is started when there is none."""
        if self._child is None:
            command = [sys.executable, "-m", "oss.tools.crosscheck.clib.child"]
            path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
            self._child = subprocess.Popen(
                [*command, *([self._library] if self._library else [])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path, "TZ": "UTC"},
            )
            answer = self._answer(LOADING)
            if "ready" not in answer:
                self.end()
                raise LoadingError(answer.get("error") or f"{self._library}: loading it ended with {answer['outcome']}")
        return self._child.pid

    def perform(self, folder: Path, case: dict[str, Any]) -> dict[str, Any]:
        """The child's answer to a job; when it died or hung, only its ``outcome``: signal, exit status or timeout."""
        self.start()
        assert self._child is not None and self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.write(json.dumps({"folder": str(folder), "case": case}).encode() + b"\n")
            self._child.stdin.flush()
        answer = self._answer(self._patience)
        if "error" in answer:
            raise RuntimeError(f"{case['id']}: {answer['error']}")
        return answer

    def kill(self) -> None:
        """Sends SIGKILL to the child, whatever it is doing."""
        if self._child is not None:
            self._child.kill()

    def end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _answer(self, patience: float) -> dict[str, Any]:
        assert self._child is not None and self._child.stdout is not None
        line, deadline = b"", False
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n") and not deadline:
                deadline = not selector.select(patience)
                more = b"" if deadline else os.read(self._child.stdout.fileno(), 1 << 20)
                line += more
                if not more:
                    break
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            return answer
        if deadline:
            self.end()
            return {"outcome": "timeout"}
        return {"outcome": self._death()}

    def _death(self) -> str:
        assert self._child is not None
        code = self._child.wait(LOADING)
        self.end()
        return f"signal:{signal.Signals(-code).name}" if code < 0 else f"exit:{code}"
