"""The three programs that ``docs/migrating.md`` shows, and another: what becomes of them, and that it does what C does.

``moved/recorded.json`` has what the programs themselves did, compiled and linked with the C SDK 3.11.2, against a local
server as it is started here: ``record`` writes it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from oss.tools.migrate.translate import translate_file
from tests.tools.guide import DOCS, ROOT, blocks

MOVED = Path(__file__).parent / "moved"
RECORDED = MOVED / "recorded.json"
PAGE = DOCS / "migrating.md"
PROGRAMS = ("objects.c", "watcher.c", "store.cpp")
OTHERS = ("sender.c",)
TIMEOUT = 60
HEADERS = ("content-length", "content-type", "range", "x-oss-meta-origin", "x-oss-copy-source")

STEPS: Mapping[str, Sequence[Sequence[str]]] = {
    "objects.c": (
        *(("put", "data/large.bin", "large.bin"), ("put", "data/small.txt", "small.txt"), ("put", "x", "absent.txt")),
        *(("put", "note", "small.txt"), ("ls",), ("ls", "data/"), ("get", "data/large.bin", "copy.bin")),
        *(("ls", "none/"), ("get", "note"), ()),
    ),
    "watcher.c": (("inbox",), ("nowhere",), ()),
    "store.cpp": ((),),
    "sender.c": (
        ("small.txt", "inbox/two.txt", "page.html", "a-name-that-is-too-long-é.json", "absent", "deeper/."),
        (),
    ),
}
"""The arguments of each run of a program."""


def prepare(folder: Path) -> None:
    """The files that the programs find."""
    (folder / "large.bin").write_bytes(bytes(range(256)) * 4000)
    (folder / "small.txt").write_text("a few words\n")
    (folder / "inbox").mkdir(parents=True)
    for name, size in (("one.txt", 10), ("two.txt", 2000), ("three.txt", 0), ("stop", 0)):
        (folder / "inbox" / name).write_bytes(b"x" * size)
    (folder / "inbox" / "deeper").mkdir()
    (folder / "page.html").write_text("<html></html>")
    (folder / "a-name-that-is-too-long-é.json").write_text("{}")


def outcome(program: str, command: Sequence[str], folder: Path) -> list[dict[str, object]]:
    """What each run of a program prints and asks a server for."""
    folder.mkdir()
    prepare(folder)
    found: list[dict[str, object]] = []
    with LocalServer(buckets=("examplebucket",), length_beside_chunks=True) as server:
        environment = {
            **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
            "PYTHONPATH": str(ROOT),
            "OSS_ENDPOINT": server.endpoint,
            "OSS_REGION": server.region,
            "OSS_ACCESS_KEY_ID": server.access_key_id,
            "OSS_ACCESS_KEY_SECRET": server.access_key_secret,
            "OSS_BUCKET": "examplebucket",
        }
        for arguments in STEPS[program]:
            before = len(server.requests)
            done = subprocess.run(
                [*command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT,
                check=False,
            )  # fmt: skip
            requests = [
                [item.method, re.sub("uploadId=[^&]*", "uploadId=", item.target), item.status, *_told(item.headers)]
                for item in list(server.requests)[before:]
            ]
            shown = done.stderr.replace(command[-1], "PROGRAM")
            told = "".join(row for row in shown.splitlines(True) if not row.startswith("["))  # without the SDK's log
            found.append(
                {
                    "arguments": list(arguments),
                    "status": done.returncode,
                    "output": done.stdout,
                    "errors": told,
                    "requests": sorted(requests, key=str),
                }
            )
    if program == "objects.c":
        assert (folder / "copy.bin").read_bytes() == (folder / "large.bin").read_bytes()
    return found


def _told(headers: Sequence[tuple[str, str]]) -> list[str]:
    return sorted(f"{name.lower()}: {value}" for name, value in headers if name.lower() in HEADERS)


def record(compiled: Callable[[str], str], folder: Path) -> None:
    """Writes what compiled programs do; ``compiled`` gives the path of each."""
    rows = {name: outcome(name, [compiled(name)], folder / name) for name in (*PROGRAMS, *OTHERS)}
    RECORDED.write_text(json.dumps(rows, indent=1) + "\n")


@pytest.mark.parametrize("program", [*PROGRAMS, *OTHERS])
def test_it_does_what_the_compiled_program_did(program: str, tmp_path: Path) -> None:
    """Output, status and requests; the parts of a file come in any order."""
    made = translate_file(MOVED / program)
    assert made.marks == []
    translated = tmp_path / "program.py"
    translated.write_text(made.text)
    recorded = json.loads(RECORDED.read_text())[program]
    assert outcome(program, [sys.executable, str(translated)], tmp_path / "here") == recorded


def test_the_page_shows_what_the_tool_makes_of_them() -> None:
    """Each program before, and after."""
    before = [*blocks(PAGE, "c")[1:], *blocks(PAGE, "cpp")]
    assert before == [(MOVED / name).read_text() for name in PROGRAMS]
    after = blocks(PAGE, "python")[1:]
    assert after == [translate_file(MOVED / name).text for name in PROGRAMS]


def test_those_that_do_nothing_odd_need_no_runtime() -> None:
    for name in ("objects.c", "store.cpp", "sender.c"):
        assert "c_runtime" not in translate_file(MOVED / name).text
