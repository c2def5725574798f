"""``python -m oss.tools.explain --wire``: what it shows is what happened, and no secret."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from aos import aos_http_io
from oss.tools.explain.wire import LAST_PART, PART_SIZE, show


def lines_of(text: str, pattern: str) -> list[Any]:
    return [match.groups() for match in re.finditer(pattern, text, re.M)]


def test_a_download_as_it_happens() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "oss.tools.explain", "--wire"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    text, size = done.stdout, 4 * PART_SIZE + LAST_PART
    ranges = [f"{start}-{min(start + PART_SIZE, size) - 1}" for start in range(0, size, PART_SIZE)]
    assert sorted(lines_of(text, r"^thread \d  part (\d): GET bytes=(.*)$")) == [
        (str(part), value) for part, value in enumerate(ranges)
    ]
    assert {who for (who,) in lines_of(text, r"^(thread \d)  part")} <= {"thread 1", "thread 2", "thread 3"}
    received = dict(lines_of(text, r"part (\d): 206, \d+ bytes, CRC64 (\d+), on connection \d$"))
    recorded = dict(lines_of(text, r"record (\d): .*<Crc64>0*(\d+)</Crc64><Completed>1</Completed>$"))
    assert received == recorded and len(received) == len(ranges)
    assert lines_of(text, r"progress: (\d+) of")[-1] == (str(size),)
    (combined,), (theirs,) = lines_of(text, r"parts 0 to 4: (\d+)")[0], lines_of(text, r"the service's: (\d+)")[0]
    assert combined == theirs == lines_of(text, r"< x-oss-hash-crc64ecma: (\d+)")[0][0]
    assert text.count("> HEAD /") == text.count("> GET /") == 1
    assert f"disk: examplefile.bin has {size} bytes" in text and "examplefile.bin.dcp is not there" in text
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
    assert lines_of(second, r"part (\d): GET") == [("2",), ("3",)]
    assert "returns 200" in second and "> HEAD" not in second
