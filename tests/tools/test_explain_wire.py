"""``python -m oss.tools.explain --wire``: what it shows is what happened, and no secret."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from aos import aos_http_io
from oss.tools.explain.wire import LAST_PART, PART_SIZE, show
from tests.house import ROOT

SIZE = 4 * PART_SIZE + LAST_PART


def lines_of(text: str, pattern: str) -> list[Any]:
    return [match.groups() for match in re.finditer(pattern, text, re.M)]


def test_a_download_as_it_happens() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "oss.tools.explain", "--wire"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    text, size = done.stdout, SIZE
    ranges = [f"{start}-{min(start + PART_SIZE, size) - 1}" for start in range(0, size, PART_SIZE)]
    assert sorted(lines_of(text, r"^thread \d  part (\d): GET bytes=(.*)$")) == [
        (str(part), value) for part, value in enumerate(ranges)
    ]
    assert {who for (who,) in lines_of(text, r"^(thread \d)  part")} <= {"thread 1", "thread 2", "thread 3"}
    received = dict(lines_of(text, r"part (\d): 206, \d+ bytes, CRC64 (\d+), on connection \d$"))
    recorded = dict(lines_of(text, r"record (\d): 0*(\d+)</Crc64><Completed>1 is written"))
    assert received == recorded and len(received) == len(ranges)
    assert lines_of(text, r"progress: (\d+) of")[-1] == (str(size),)
    (combined,), (theirs,) = lines_of(text, r"parts 0 to 4: (\d+)")[0], lines_of(text, r"the service's: (\d+)")[0]
    assert combined == theirs == lines_of(text, r"< x-oss-hash-crc64ecma: (\d+)")[0][0]
    assert text.count("> HEAD /") == text.count("> GET /") == 1
    assert text.endswith(f"on the disk: examplefile.bin has {size} bytes\n")
    assert re.findall(r"Signature=(.*)", text) == ["***", "***"] and "local-sk-secret" not in text


def test_a_download_that_is_cut_and_continued(capsys: pytest.CaptureFixture[str]) -> None:
    before = aos_http_io.aos_http_transport_perform
    assert show(threads=1, parts=4, cut=3) == 0
    assert aos_http_io.aos_http_transport_perform is before
    first, second = capsys.readouterr().out.split("the same call again")
    assert lines_of(first, r"part (\d): GET") == [("0",), ("1",), ("2",)]
    assert re.search(r"part 2: ended with -992: .* 25600 bytes received of 102400", first)
    assert "returns -992, HttpIoError" in first and "/tmp/" not in first
    assert "4 records of 256 bytes, 2 of them finished" in second
    assert lines_of(second, r"part (\d): read again in examplefile\.bin\.tmp, CRC64 (\d+)") == lines_of(
        first, r"part (\d): 206, 102400 bytes, CRC64 (\d+)"
    )
    assert lines_of(second, r"part (\d): GET") == [("2",), ("3",)]
    assert "returns 200" in second and "> HEAD" not in second


def test_parts_that_are_asked_for_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert show(threads=1, parts=5, cut=3, parts_per_request=0) == 0
    first, second = capsys.readouterr().out.split("the same call again")
    whole = f"GET bytes=0-{SIZE - 1}"
    assert lines_of(first, r"^thread 1  (parts? .*): (GET bytes=.*)$") == [("parts 0 to 4", whole)]
    assert (
        lines_of(first, r"^thread 1  part (\d): 206,")
        == lines_of(first, r"^thread 1  record (\d):")
        == [("0",), ("1",)]
    )
    assert re.search(r"part 2: ended with -992: .* 25600 bytes received of 102400", first)
    rest = f"GET bytes={2 * PART_SIZE}-{SIZE - 1}"
    assert lines_of(second, r"^thread 2  (parts? .*): (GET bytes=.*)$") == [("parts 2 to 4", rest)]
    assert lines_of(second, r"^thread 2  record (\d):") == [("2",), ("3",), ("4",)]


# ---- who does it: what the lines say, against what the system and the interpreter have seen ----

Steps = set[tuple[int, str]]
"""Threads, as the observer knows them, and what each did."""

STEPS = (
    (r"disk: \S+ gets its size, (\d+) bytes", "size {}"),
    (r"disk: (\S+) is renamed to (\S+)", "rename {} {}"),
    (r"disk: (\S+) is removed", "remove {}"),
    (r"record \d: .* is written at byte (\d+) of", "record at {}"),
    (r"part \d: GET bytes=(\d+)-", "bytes from {}"),
)


def told(lines: Iterable[tuple[int, str]]) -> tuple[Steps, int]:
    """The steps that the tool tells of, each with the thread that has the label of its line, and the caller's thread;
    ``lines`` come with the threads that printed them."""
    threads: dict[str, int] = {}
    steps: Steps = set()
    for thread, line in lines:
        if label := re.match(r"(call|caller|thread \d)  +", line):
            assert threads.setdefault(label.group().strip(), thread) == thread, line
            for pattern, form in STEPS:
                if found := re.match(pattern, line[label.end() :]):
                    steps.add((thread, form.format(*found.groups())))
    assert {*threads} == {"call", "caller", "thread 1", "thread 2", "thread 3"}
    assert len({*threads.values()}) == len(threads), "two labels for one thread"
    return steps, threads["caller"]


HOOKED = """
import json, sys, threading

class Output:
    def write(self, text):
        seen.extend((threading.get_ident(), line) for line in text.splitlines())
    def flush(self): pass

def hook(event, args):
    name = {"os.truncate": "size", "os.rename": "rename", "os.remove": "remove"}.get(event)
    if name is not None:
        given = [one.decode() if isinstance(one, bytes) else one for one in args]
        done.append((threading.get_ident(), name, given))

seen, done = [], []
from oss.tools.explain.wire import show
sys.addaudithook(hook)
out, sys.stdout = sys.stdout, Output()
code = show(3, 5, 0)
json.dump([code, threading.get_ident(), seen, done], out)
"""


def test_who_sizes_renames_and_removes_is_as_the_interpreter_has_seen_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOOKED], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    code, main, lines, events = json.loads(done.stdout)
    forms: dict[str, Callable[..., str]] = {
        "size": lambda fd, size: f"size {size}",
        "rename": lambda old, new, *_: f"rename {old} {new}",
        "remove": lambda path, *_: f"remove {path}",
    }
    seen = {
        (thread, forms[name](*given))
        for thread, name, given in events
        if SIZE in given or re.match(r"examplefile\.bin\.", str(given[0]))  # the finished one goes with its folder
    }
    steps, caller = told((thread, line) for thread, line in lines)
    assert (code, caller) == (0, main)
    assert seen == {step for step in steps if step[1].startswith(("size", "rename", "remove"))}
    assert len(seen) == 4


CALL = re.compile(r"(\d+) +(\w+)\((.*?)\) += (\d+)(?:<.*>)?$")
TRACED = "trace=write,pwrite64,ftruncate,rename,renameat,renameat2,unlink,unlinkat"


def test_who_writes_what_is_as_the_system_has_seen_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    strace = ["strace", "-f", "-y", "-qq", "-s", "400", "-e", TRACED, "-e", "signal=none", "-o", str(log)]
    if shutil.which("strace") is None or subprocess.run([*strace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no strace here, or none allowed")
    command = [*strace, sys.executable, "-m", "oss.tools.explain", "--wire"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines: list[tuple[int, str]] = []
    seen: Steps = set()
    for thread, call, given in completed(log.read_text()):
        if call == "write" and given.startswith("1<"):
            lines.append((thread, re.split(r'"|\\n', given)[1]))
        elif step := step_of(call, given):
            seen.add((thread, step))
    steps, caller = told(lines)
    assert caller == min(thread for thread, _ in lines)  # the process's first
    assert seen == steps
    assert len(steps) == 4 + 2 * 5 and caller not in {thread for thread, _ in steps}


def completed(log: str) -> Iterable[tuple[int, str, str]]:
    """The calls in a log of strace: thread, name, arguments. One that another interrupts is on two lines there."""
    begun: dict[str, str] = {}
    for line in log.splitlines():
        thread, _, text = line.partition(" ")
        if text.endswith(" <unfinished ...>"):
            begun[thread] = text.removesuffix(" <unfinished ...>")
            continue
        if (resumed := re.match(r" *<\.\.\. \w+ resumed>", text)) is not None:
            text = begun.pop(thread) + text[resumed.end() :]
        if found := CALL.match(f"{thread} {text}"):
            yield int(thread), found[2], found[3]


def step_of(call: str, given: str) -> str | None:
    """The step that a system call on the files of the download is; None for any other."""
    names = [Path(name).name for name in re.findall(r'"([^"]*)"', given)]
    last = re.split(", ", given)[-1]
    if call == "ftruncate" and ".bin.tmp>" in given and last != "0":
        return f"size {last}"
    if call == "pwrite64" and ".bin.dcp>" in given:
        return f"record at {last}"
    if call == "pwrite64" and ".bin.tmp>" in given:
        return f"bytes from {int(last) // PART_SIZE * PART_SIZE}"
    if call.startswith("rename") and names[0].startswith("examplefile"):
        return f"rename {names[0]} {names[1]}"
    if call.startswith("unlink") and re.match(r"examplefile\.bin\.", names[0]):  # the finished one goes with its folder
        return f"remove {names[0]}"
    return None
