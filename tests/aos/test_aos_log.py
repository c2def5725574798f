"""Messages: levels, the line, where they go, and what may go wrong there."""

from __future__ import annotations

import io
import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aos import aos_http_io, aos_log, apr_time
from aos._redact import remember_sent
from aos.aos_log import *
from aos.aos_string import aos_string_t

LINE = re.compile(r"\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\] (\d+) (.*):(\d+) (.*)\n")
LOGGERS: list[Callable[..., None]] = [
    aos_fatal_log,
    aos_error_log,
    aos_warn_log,
    aos_info_log,
    aos_debug_log,
    aos_trace_log,
]


@pytest.fixture(autouse=True)
def defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts with the defaults and leaves them."""
    monkeypatch.setattr(aos_log, "aos_log_level", AOS_LOG_WARN)
    monkeypatch.setattr(aos_log, "aos_log_format", aos_log_format_default)
    monkeypatch.setattr(aos_log, "aos_log_print", aos_log_print_default)
    monkeypatch.setattr(aos_http_io, "aos_stderr_file", None)


@pytest.fixture
def printed() -> Iterator[list[tuple[str, int]]]:
    messages: list[tuple[str, int]] = []
    aos_log_set_print(lambda message, len: messages.append((message, len)))
    yield messages


@pytest.mark.parametrize("level", range(AOS_LOG_OFF, AOS_LOG_ALL + 1))
def test_levels(level: int, printed: list[tuple[str, int]]) -> None:
    aos_log_set_level(level)
    for logger in LOGGERS:
        logger("x")
    assert len(printed) == min(level - AOS_LOG_OFF, len(LOGGERS))


def test_the_line(printed: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: 1_700_000_000_123_456)
    aos_error_log("é %d of %s\n\n", 1, None)
    found = LINE.fullmatch(printed[0][0])
    assert found is not None
    assert found[1].endswith(":20.123")
    assert (int(found[2]), found[3]) == (threading.get_ident(), __file__)
    assert (int(found[4]), found[5]) == (aos_line(test_the_line, "aos_error_log"), "é 1 of (null)")
    assert printed[0][1] == len(printed[0][0].encode())


def aos_line(function: Callable[..., None], text: str) -> int:
    """The line of this file where ``function`` first has ``text``."""
    lines = Path(__file__).read_text().splitlines()
    start = function.__code__.co_firstlineno
    return next(number for number, line in enumerate(lines[start:], start + 1) if text in line)


def test_a_format_gets_everything() -> None:
    calls: list[tuple[object, ...]] = []
    aos_log_set_format(lambda *args: calls.append(args))
    aos_warn_log("%d", 5)
    line = aos_line(test_a_format_gets_everything, "aos_warn_log")
    assert calls == [(AOS_LOG_WARN, __file__, line, "test_a_format_gets_everything", "%d", 5)]


def test_long_messages_are_cut(printed: list[tuple[str, int]]) -> None:
    aos_error_log("%s", "é" * 9000)
    message, length = printed[0]
    assert length == len(message.encode("utf-8", "surrogateescape")) == 4096
    assert message.endswith("\n")


def test_stderr_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    aos_error_log("hello")
    assert capsys.readouterr().err.endswith(" hello\n")


def test_an_apr_file(tmp_path: Path) -> None:
    file = apr_file_t()
    assert apr_file_open(file, tmp_path / "log", APR_CREATE | APR_WRITE, APR_OS_DEFAULT, None) == 0
    with file:
        aos_log_set_output(file)
        aos_error_log("one")
        aos_error_log("two")
    aos_error_log("closed, and nothing happens")
    assert [line.rsplit(" ", 1)[1] for line in (tmp_path / "log").read_text().splitlines()] == ["one", "two"]


def test_python_files(tmp_path: Path) -> None:
    text = io.StringIO()
    aos_log_set_output(text)
    aos_error_log("%s", b"\xff")
    assert text.getvalue().endswith(" \\xff\n")
    with open(tmp_path / "log", "wb") as binary:
        aos_log_set_output(binary)
        aos_error_log("%s", b"\xff")
        assert (tmp_path / "log").read_bytes().endswith(b" \xff\n")


def test_nothing_a_log_does_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError

    aos_log_set_print(fail)
    aos_error_log("x")
    aos_log_set_format(fail)
    aos_error_log("x")
    aos_log_set_format(aos_log_format_default)
    aos_log_set_print(aos_log_print_default)
    monkeypatch.setattr(sys, "stderr", None)
    aos_error_log("x")


def test_a_wrong_format_is_printed_as_it_is(printed: list[tuple[str, int]]) -> None:
    aos_error_log("%d and %s", "x")
    assert printed[0][0].endswith(" %d and %s ('x',)\n")


CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)))


@pytest.mark.parametrize("control", CONTROLS)
def test_a_text_in_a_message_adds_no_line(control: str, printed: list[tuple[str, int]]) -> None:
    """Nor does it tell a terminal anything, whatever kind of text it is."""
    text = f"a{control}b"
    for given in (text, text.encode() if control != "\0" else "a\0b", aos_string_t(text)):
        printed.clear()
        aos_error_log("%s: %d\n", given, 1)
        message, length = printed[0]
        assert message.endswith(f" a{repr(control)[1:-1]}b: 1\n")
        assert message.splitlines() == [message[:-1]]
        assert length == len(message.encode())


def test_what_stays_as_it_is_in_a_message(printed: list[tuple[str, int]]) -> None:
    """The format's own lines, letters of any script, what has been escaped already."""
    aos_error_log("%s\n\x1b[1m%s %s %%", "é 你 \\n", None, b"\xe4\xff")
    assert printed[0][0].endswith(" é 你 \\n\n\x1b[1m(null) \udce4\udcff %\n")
    aos_error_log("%s", b"\x9b31m")
    assert printed[1][0].endswith(" \\x9b31m\n")


def test_a_format_of_ones_own_gets_such_texts_too() -> None:
    calls: list[tuple[object, ...]] = []
    aos_log_set_format(lambda *args: calls.append(args[4:]))
    aos_warn_log("%s\n%d", "a\nb", 5)
    assert calls == [("%s\n%d", "a\\nb", 5)]


def test_what_was_sent_is_not_logged(printed: list[tuple[str, int]]) -> None:
    """In the arguments, whatever is cut off them, in the format, or in what is no text."""
    signature = "3q2+7w/xyzABCDEFGHIJKLMNOPQ="
    remember_sent(f"Authorization: OSS id:{signature}\r\n", "/k", None, None)
    aos_error_log("%.*s of", 12, f"one {signature}")
    aos_error_log(f"two {signature} of")
    aos_error_log("three %d", f"of {signature}")
    assert [message.partition(" /")[2].partition(" ")[2] for message, _ in printed] == [
        "one *** of\n",
        "two *** of\n",
        "three %d ('of ***',)\n",
    ]


def test_threads_do_not_mix(tmp_path: Path) -> None:
    with open(tmp_path / "log", "w") as output:
        aos_log_set_output(output)

        def log_some() -> None:
            for _ in range(20):
                aos_error_log("x" * 500)

        threads = [threading.Thread(target=log_some) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    lines = (tmp_path / "log").read_text().splitlines(keepends=True)
    assert len(lines) == 80
    assert all(LINE.fullmatch(line) for line in lines)


def test_a_printer_may_log(printed: list[tuple[str, int]]) -> None:
    def print_and_log(message: str, len: int) -> None:
        printed.append((message, len))
        if "again" not in message:
            aos_error_log("again")

    aos_log_set_print(print_and_log)
    aos_error_log("once")
    assert len(printed) == 2
