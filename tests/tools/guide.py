"""The guide as the tests see it: its pages, the programs in them, and the commands with what they print.

``python -m tests.tools.guide`` runs the commands and writes what they print now into the pages.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

__all__ = ["CONSOLES", "DOCS", "PAGES", "PROGRAMS", "ROOT", "Console", "normal", "run"]

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "index.md", *sorted((DOCS / "guide").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)

# What is another one in each run, and what stands for it.
VARYING = (
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", "DATE"),
    (r"\b\d{8}T\d{6}Z", "DATE"),
    (r"(?<=local-ak/)\d{8}", "DAY"),
    (r"(?<=x-oss-request-id: )\w+", "ID"),
    (r"(?<=x-oss-server-time: )\d+", "MILLISECONDS"),
    (r"\bthread \d", "thread N"),
    (r"(?<=on connection )\d", "N"),
    (r"part \d(?=: the first GET)", "part N"),
    (r"(?<=> Range: bytes=).*", "RANGE"),
    (r"(?<=< Content-Range: bytes ).*", "RANGE"),
    (r"\d+(?= of 460800 bytes)", "N"),
)


class Console(NamedTuple):
    """A command of the guide, and what it prints there."""

    page: str
    command: str
    output: str


def _blocks(language: str) -> list[tuple[str, str]]:
    found = [(page.name, *match.groups()) for page in PAGES for match in BLOCK.finditer(page.read_text())]
    return [(page, text) for page, kind, text in found if kind == language]


def _consoles() -> list[Console]:
    return [
        Console(page, *text.removeprefix("$ ").split("\n", 1))
        for page, text in _blocks("console")
        if text.count("\n") > 1
    ]


def normal(text: str) -> list[str]:
    """The lines without what varies; sorted, since the threads take turns as they like."""
    for pattern, name in VARYING:
        text = re.sub(pattern, name, text)
    return sorted(text.splitlines())


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command of the guide in ``folder``, which stands for /tmp too."""
    words = [word.replace("/tmp/", f"{folder}/") for word in shlex.split(command)]
    return subprocess.run(
        [sys.executable if word == "python" else word for word in words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TMPDIR": str(folder), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def record() -> None:
    """Puts what the commands print now in the place of what the pages show."""
    for page in PAGES:
        text = page.read_text()
        for console in (one for one in CONSOLES if one.page == page.name):
            with tempfile.TemporaryDirectory() as folder:
                text = text.replace(console.output, run(console.command, Path(folder)).stdout)
        page.write_text(text)


CONSOLES = _consoles()
PROGRAMS = _blocks("python")

if __name__ == "__main__":
    record()
