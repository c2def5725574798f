"""The progress in terminals of several widths, with tqdm and without."""

from __future__ import annotations

import importlib.util
import io
import random
import re

import pytest

from oss._command.progress import Progress, progress
from oss._command.text import bytes_text, columns, fitted, parse_size, printable, shortened
from oss.local_server import LocalServer
from tests.command.conftest import BUCKET, Command
from tests.command.terminal import Screen

MIB = 1 << 20
DATA = random.Random(3).randbytes(3 * MIB)
LONG = "a-name-that-is-longer-than-the-terminal-of-forty-columns.bin"
WIDE = "文件名文件名文件名文件名文件名文件名.bin"
SPEED = r"\d+(\.\d)? [KMGT]?i?B/s"
SHORT_SPEED = r"\d+(\.\d)?[KMGT]?/s"
tqdm = pytest.param(
    True, marks=pytest.mark.skipif(not importlib.util.find_spec("tqdm"), reason="tqdm is not installed"), id="tqdm"
)
plain = pytest.param(False, id="plain")


@pytest.fixture(autouse=True)
def stored(server: LocalServer) -> None:
    for name in ("x.bin", LONG, WIDE):
        server.put(BUCKET, f"folder/{name}", DATA)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("name", ["x.bin", LONG, WIDE])
@pytest.mark.parametrize("with_tqdm", [plain, tqdm])
def test_a_bar_is_one_line(command: Command, width: int, name: str, with_tqdm: bool) -> None:
    line = ("download", f"oss://{BUCKET}/folder/{name}", "--part-size", "1MiB", "--threads", "1")
    shown = command.in_terminal(width, *line, tqdm=with_tqdm)
    assert shown.status == 0
    assert shown.screen.wraps == 0
    assert len(shown.screen.text) == 1
    assert shown.out == f"{name}: {len(DATA)} bytes, CRC64 {shown.out.split()[-1]}\n"


@pytest.mark.parametrize(
    ("width", "picture"),
    [
        (80, rf"x\.bin  100%  3\.0 MiB/3\.0 MiB  {SPEED}  0:00"),
        (40, rf"x\.bin  100%  3\.0M/3\.0M  {SHORT_SPEED}  0:00"),
        (200, rf"x\.bin  100%  3\.0 MiB/3\.0 MiB  {SPEED}  0:00"),
    ],
)
def test_the_plain_bar(command: Command, width: int, picture: str) -> None:
    shown = command.in_terminal(width, "download", f"oss://{BUCKET}/folder/x.bin", "--part-size", "1MiB")
    (line,) = shown.screen.text
    assert re.fullmatch(picture, line), line
    assert "x.bin  ..." in shown.screen.kept  # before the first bytes


@pytest.mark.skipif(not importlib.util.find_spec("tqdm"), reason="tqdm is not installed")
@pytest.mark.parametrize(
    ("width", "picture"),
    [
        (80, r"x\.bin: 100%\|█+\| 3\.00M/3\.00M \[00:\d\d<00:00, .*B/s\]"),
        (40, r"x\.bin 100% 3\.00M/3\.00M .*B/s 00:00"),
        (200, r"x\.bin: 100%\|█{100,}\| 3\.00M/3\.00M \[00:\d\d<00:00, .*B/s\]"),
    ],
)
def test_the_bar_of_tqdm(command: Command, width: int, picture: str) -> None:
    shown = command.in_terminal(width, "download", f"oss://{BUCKET}/folder/x.bin", "--part-size", "1MiB", tqdm=True)
    (line,) = shown.screen.text
    assert re.fullmatch(picture, line), line


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("with_tqdm", [plain, tqdm])
def test_many_files_are_a_line_each(command: Command, width: int, with_tqdm: bool) -> None:
    line = ("download", f"oss://{BUCKET}/folder/", "here", "-r", "--part-size", "1MiB")
    shown = command.in_terminal(width, *line, tqdm=with_tqdm)
    assert (shown.status, shown.out) == (0, "3 done, 0 there already\n")
    assert shown.screen.wraps == 0
    lines = [line for line in shown.screen.text if line.endswith(": done, 3.0 MiB")]
    assert sorted(name.partition(":")[0][-5:] for name in lines) == sorted(["x.bin", LONG[-5:], WIDE[-5:]])
    assert len(shown.screen.text) <= 4  # and the last state of the bar


@pytest.mark.parametrize("with_tqdm", [plain, tqdm])
def test_a_failure_is_below_the_bar(command: Command, with_tqdm: bool) -> None:
    shown = command.in_terminal(300, "download", f"oss://{BUCKET}/none", tqdm=with_tqdm)
    assert shown.status == 1
    assert [line for line in shown.screen.text if line.startswith("oss-c-sdk: ")] == shown.screen.text[-1:]


def test_no_terminal_gets_tenths() -> None:
    stream = io.StringIO()
    with progress("name\x1b", stream=stream) as bar:
        for consumed in range(101):
            bar(consumed, 100)
    lines = stream.getvalue().splitlines()
    assert lines[0] == r"name\x1b   0%  0 B of 100 B" and lines[-1] == r"name\x1b 100%  100 B of 100 B"
    assert len(lines) == 11


def test_quiet_shows_notes_only() -> None:
    stream = io.StringIO()
    with progress("name", quiet=True, stream=stream) as bar:
        assert isinstance(bar, Progress)
        bar(50, 100)
        bar.note("a note")
    assert stream.getvalue() == "a note\n"


def test_an_empty_object_is_all_done() -> None:
    stream = io.StringIO()
    with progress("name", stream=stream) as bar:
        bar(0, 0)
    assert stream.getvalue() == "name 100%  0 B of 0 B\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("8388608", 8 * MIB),
        ("8M", 8 * MIB),
        ("8MiB", 8 * MIB),
        ("8mb", 8 * MIB),
        ("1.5k", 1536),
        ("2 GiB", 2 << 30),
    ],
)
def test_sizes(text: str, count: int) -> None:
    assert parse_size(text) == count


@pytest.mark.parametrize("text", ["", "-1", "8 parts", "M", "1e6", "٨M8"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="no number of bytes"):
        parse_size(text)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (5 << 20, "5.0 MiB"), (3 << 50, "3072.0 TiB")]
)
def test_numbers_of_bytes(count: int, text: str) -> None:
    assert bytes_text(count) == text


def test_texts_are_cut_by_columns() -> None:
    assert shortened("abcdef", 6) == "abcdef" and shortened("abcdef", 5) == "...ef" and shortened("abcdef", 2) == ".."
    assert fitted("文件", 3) == "文" and columns(shortened(WIDE, 10)) <= 10
    assert printable("a\x00\x1b\x7f\x9b\u200b\ud800文 b") == r"a\x00\x1b\x7f\x9b\u200b\ud800文 b"


def test_the_screen_of_these_tests() -> None:
    screen = Screen(5).feed("abcdef\rx\x1b[K\r\nlast")
    assert (screen.text, screen.wraps) == (["abcde", "x", "last"], 1)
    with pytest.raises(AssertionError, match="reaches the terminal"):
        screen.feed("\x07")
