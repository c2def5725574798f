"""What a download finds on disk: {target, temporary file, checkpoint} x eight states, and what becomes of each.

``OUTCOMES`` is the whole of it, first match first. The target is either as it was or the object, no link is followed,
and the call after the obstacle has gone is right.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from oss.oss_api import AOSE_OPEN_FILE_ERROR
from tests.faults.bench import DATA, NOBODY, Bench, full
from tests.resumable import PART, pattern

MISSING = 1
"""The part that the interrupted download has not; there are three."""


def absent(path: Path) -> None:
    path.unlink()


def right(path: Path) -> None:
    """The whole object, or what an interrupted download left."""
    if path.name == "file":
        path.write_bytes(DATA)


def wrong_size(path: Path) -> None:
    right(path)
    path.write_bytes(path.read_bytes() + b"+")


def torn(path: Path) -> None:
    """The end is not there; of the temporary file, which has its size from the start, not its bytes."""
    right(path)
    data = path.read_bytes()
    lost = data[: len(data) // 2]
    path.write_bytes(lost if path.name == "file.dcp" else lost.ljust(len(data), b"\0"))


def foreign(path: Path) -> None:
    path.write_bytes(pattern(len(DATA), 7))


def unwritable(path: Path) -> None:
    path.chmod(0o444)


def folder(path: Path) -> None:
    absent(path)
    path.mkdir()


def link(path: Path) -> None:
    absent(path)
    path.with_name("victim").write_bytes(b"mine")
    path.symlink_to("victim")


State = Callable[[Path], None]
STATES = (absent, right, wrong_size, torn, foreign, unwritable, folder, link)
NEUTRAL = (foreign, right, right)
ANY = STATES
ALL, REST, REST_AND_TORN = {0, 1, 2}, {MISSING}, {1, 2}


class Row(NamedTuple):
    """Of states, what a download says, and which parts it fetches."""

    target: tuple[State, ...]
    temporary: tuple[State, ...]
    checkpoint: tuple[State, ...]
    told: str
    fetched: set[int]
    message: str = ""


CANNOT_OPEN = f"{AOSE_OPEN_FILE_ERROR} OpenFileFail"
OUTCOMES = (
    Row((folder,), ANY, ANY, CANNOT_OPEN, set(), "file' is a folder"),
    Row(ANY, (folder,), ANY, CANNOT_OPEN, set(), "file.tmp: Is a directory"),
    Row(ANY, (unwritable,), ANY, CANNOT_OPEN, set(), "file.tmp: Permission denied"),
    Row(ANY, ANY, (folder,), "21 OpenFileFail", set(), "file.dcp: Is a directory"),
    Row(ANY, (right,), (right, unwritable), "200", REST),
    Row(ANY, (torn,), (right, unwritable), "200", REST_AND_TORN),
    Row(ANY, ANY, ANY, "200", ALL),
)


def look(path: Path) -> object:
    """What is under a name."""
    if path.is_symlink():
        return path.readlink()
    return path.read_bytes() if path.is_file() else path.exists()


def outcome(bench: Bench) -> tuple[str, set[int], str]:
    """What a download says and fetches; as somebody who may not write everything."""
    root, seen = os.geteuid() == 0, len(bench.server.requests)
    if root:
        for item in (bench.folder, *bench.folder.iterdir()):
            os.chown(item, NOBODY, NOBODY, follow_symlinks=False)
    (run,) = bench.work("download", uid=NOBODY if root else 0).runs
    asked = [
        value for record in list(bench.server.requests)[seen:] for name, value in record.headers if name == "Range"
    ]
    return run.told, {int(value.removeprefix("bytes=").partition("-")[0]) // PART for value in asked}, run.message


@pytest.mark.parametrize("temporary", STATES, ids=lambda state: f"tmp-{state.__name__}")
@pytest.mark.parametrize("target", STATES, ids=lambda state: f"target-{state.__name__}")
def test_every_state(bench: Bench, target: State, temporary: State) -> None:
    for checkpoint in STATES:
        states = target, temporary, checkpoint
        if full() or sum(state is not neutral for state, neutral in zip(states, NEUTRAL, strict=True)) <= 2:
            check(bench, *states)


def check(bench: Bench, target: State, temporary: State, checkpoint: State) -> None:
    bench.begin("download", resumed=True)
    paths = [bench.folder / name for name in ("file", "file.tmp", "file.dcp")]
    for path, state in zip(paths, (target, temporary, checkpoint), strict=True):
        state(path)
    expected = next(
        row for row in OUTCOMES if target in row.target and temporary in row.temporary and checkpoint in row.checkpoint
    )
    where, before = f"target {target.__name__}, tmp {temporary.__name__}, cp {checkpoint.__name__}", look(bench.path)
    told, fetched, message = outcome(bench)
    assert (told, fetched) == (expected.told, expected.fetched), f"{where}: {message}"
    assert re.search(expected.message, message), f"{where}: {message}"
    assert look(bench.path) == (DATA if told == "200" else before), where
    for path, state in zip(paths, (target, temporary, checkpoint), strict=True):
        if state in (folder, link, unwritable) and not path.is_file():
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        elif path.exists() and state is unwritable:
            path.chmod(0o644)
    assert outcome(bench)[0] == "200", where
    assert bench.result("download") == DATA, where
    assert bench.left() <= {"victim"}, where
    victim = bench.folder / "victim"
    assert not victim.exists() or victim.read_bytes() == b"mine", where
