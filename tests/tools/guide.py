"""The documentation as the tests see it: its pages, the programs in them, and the commands with what they print.

``python -m tests.tools.guide`` runs the commands of the guide and writes what they print now into its pages.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

__all__ = [
    "CONSOLES",
    "DOCS",
    "PAGES",
    "ROOT",
    "SNIPPETS",
    "Console",
    "Snippet",
    "blocks",
    "normal",
    "run",
    "run_snippet",
]

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "index.md", *sorted((DOCS / "guide").glob("*.md"))]
OUTPUT = r"(?:\n\n```text\n(.*?)^```$)?"
"""What a program prints, if it stands right behind it."""
GO_ON = {"recipes.md": "recipes.md", "troubleshooting.md": "recipes.md"}
"""Pages whose programs go on from the first one of a page."""

MADE = "from __future__ import annotations"
"""How the programs begin, behind a comment, that the migration tool made: tests of their own run them."""

# Runs a file as a program. All of these names lead to a port of this machine.
NAMES = (
    "examplebucket.oss-cn-hangzhou.aliyuncs.com",
    "oss-cn-hangzhou.aliyuncs.com",
    "proxy.example.com",
)
RUNNER = f"""
import runpy, socket, sys
find, port = socket.getaddrinfo, int(sys.argv[2])
def local(host, asked, *args, **kwds):
    return find("127.0.0.1", port, *args, **kwds) if host in {NAMES} else find(host, asked, *args, **kwds)
socket.getaddrinfo = local
runpy.run_path(sys.argv[1], run_name="__main__")
"""

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


class Snippet(NamedTuple):
    """A program of a page, what it goes on from, and what it prints, None where the page does not say."""

    page: str
    start: str
    text: str
    output: str | None

    def __str__(self) -> str:
        return f"{self.page}:{self.text.splitlines()[-1]}"


def blocks(page: Path, language: str, behind: str = "") -> list[Any]:
    """Returns the blocks of a language in a page; with ``behind``, tuples of each and of what that finds behind it."""
    return re.findall(rf"^```{language}\n(.*?)^```${behind}", page.read_text(), re.M | re.S)


def _consoles() -> list[Console]:
    return [
        Console(page.name, *text.removeprefix("$ ").split("\n", 1))
        for page in PAGES
        for text in blocks(page, "console")
        if text.count("\n") > 1
    ]


def _snippets() -> list[Snippet]:
    found = []
    for page in sorted({*PAGES, *DOCS.glob("*.md")}):
        start = blocks(DOCS / GO_ON[page.name], "python")[0] if page.name in GO_ON else ""
        for text, output in blocks(page, "python", OUTPUT):
            if text.splitlines()[1:3] == ["", MADE] or text.startswith(MADE):
                continue
            found.append(Snippet(page.name, start if text != start else "", text, output or None))
    return found


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


def run_snippet(text: str, folder: Path, port: int, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a program of a page, for which the names of the service and of its proxy lead to a port of this machine."""
    (folder / "program.py").write_text(text)
    return subprocess.run(
        [sys.executable, "-c", RUNNER, "program.py", str(port)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
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
SNIPPETS = _snippets()

if __name__ == "__main__":
    record()
