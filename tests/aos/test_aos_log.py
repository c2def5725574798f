"""Messages: levels, the line, where they go, and what may go wrong there."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from aos import aos_http_io, aos_log, apr_time
from aos._c.redact import remember_sent
from aos.aos_log import (
    AOS_LOG_ALL,
    AOS_LOG_DEBUG,
    AOS_LOG_ERROR,
    AOS_LOG_FATAL,
    AOS_LOG_INFO,
    AOS_LOG_OFF,
    AOS_LOG_TRACE,
    AOS_LOG_WARN,
    APR_CREATE,
    APR_OS_DEFAULT,
    APR_WRITE,
    aos_debug_log,
    aos_error_log,
    aos_fatal_log,
    aos_info_log,
    aos_log_format_default,
    aos_log_print_default,
    aos_log_set_format,
    aos_log_set_level,
    aos_log_set_output,
    aos_log_set_print,
    aos_log_to_logging,
    aos_trace_log,
    aos_warn_log,
    apr_file_open,
    apr_file_t,
)
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
    monkeypatch.setattr(aos_log, "_logger", None)
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
    remember_sent(f"Authorization: OSS id:{signature}\r\n".encode(), "/k", None, None)
    aos_error_log("%.*s of", 12, f"one {signature}")
    aos_error_log(f"two {signature} of")
    aos_error_log("three %d", f"of {signature}")
    assert [message.partition(" /")[2].partition(" ")[2] for message, _ in printed] == [
        "one *** of\n",
        "two *** of\n",
        "three %d ('of ***',)\n",
    ]


@contextlib.contextmanager
def an_apr_file(path: Path) -> Iterator[apr_file_t]:
    with apr_file_t() as file:
        assert apr_file_open(file, path, APR_CREATE | APR_WRITE, APR_OS_DEFAULT, None) == 0
        yield file


OUTPUTS: dict[str, Callable[[Path], Any]] = {
    "an apr_file_t": an_apr_file,
    "text": partial(open, mode="w"),
    "lines of text": partial(open, mode="w", buffering=1),
    "bytes": partial(open, mode="wb"),
    "bytes without a buffer": partial(open, mode="wb", buffering=0),
}


@pytest.mark.parametrize("opened", OUTPUTS.values(), ids=OUTPUTS)
def test_threads_do_not_mix(tmp_path: Path, opened: Callable[[Path], Any]) -> None:
    interval = sys.getswitchinterval()
    with opened(tmp_path / "log") as output:
        aos_log_set_output(output)

        def log_some(letter: str) -> None:
            for _ in range(100):
                aos_error_log(letter * 1500)

        threads = [threading.Thread(target=log_some, args=letter) for letter in "abcd"]
        sys.setswitchinterval(1e-6)
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        finally:
            sys.setswitchinterval(interval)
    lines = (tmp_path / "log").read_text().splitlines(keepends=True)
    found = Counter(line[5] for text in lines if (line := LINE.fullmatch(text)))
    assert found == {letter * 1500: 100 for letter in "abcd"}


class SlowOutput:
    """A thread of the first process stays in its ``write`` until it is told to go on."""

    def __init__(self) -> None:
        self.process, self.entered, self.go_on = os.getpid(), threading.Event(), threading.Event()

    def write(self, text: str) -> None:
        if os.getpid() == self.process:
            self.entered.set()
            self.go_on.wait(60)

    def flush(self) -> None:
        pass


def in_a_child(work: Callable[[], object]) -> int:
    """The exit status of a fork that does this work; a signal ends one that hangs."""
    child = os.fork()
    if not child:
        signal.alarm(20)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_fork_while_another_thread_prints() -> None:
    output = SlowOutput()
    aos_log_set_output(output)
    thread = threading.Thread(target=aos_error_log, args=("from the thread",))
    thread.start()
    try:
        assert output.entered.wait(60)
        assert in_a_child(lambda: aos_error_log("from the child")) == 0
    finally:
        output.go_on.set()
        thread.join(60)


def test_an_exception_while_printing_leaves_nothing_locked() -> None:
    """Such as a signal's, in the middle of a write."""

    class Interrupted(io.StringIO):
        def write(self, text: str) -> int:
            raise KeyboardInterrupt

    aos_log_set_output(Interrupted())
    with pytest.raises(KeyboardInterrupt):
        aos_error_log("one")
    text = io.StringIO()
    aos_log_set_output(text)
    thread = threading.Thread(target=aos_error_log, args=("two",), daemon=True)
    thread.start()
    thread.join(60)
    assert text.getvalue().endswith(" two\n")


def test_a_printer_may_log(printed: list[tuple[str, int]]) -> None:
    def print_and_log(message: str, len: int) -> None:
        printed.append((message, len))
        if "again" not in message:
            aos_error_log("again")

    aos_log_set_print(print_and_log)
    aos_error_log("once")
    assert len(printed) == 2


# ---- Python's logging ----

LEVELS = {
    AOS_LOG_FATAL: logging.CRITICAL,
    AOS_LOG_ERROR: logging.ERROR,
    AOS_LOG_WARN: logging.WARNING,
    AOS_LOG_INFO: logging.INFO,
    AOS_LOG_DEBUG: logging.DEBUG,
    AOS_LOG_TRACE: 5,
}


class Handler(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def texts(self) -> list[str]:
        return [record.getMessage() for record in self.records]


@pytest.fixture
def listening() -> Iterator[tuple[logging.Logger, Handler]]:
    """A logger of the test's own that has the SDK's messages, and its handler."""
    logger, handler = logging.getLogger("oss.of.a.test"), Handler()
    logger.addHandler(handler)
    aos_log_to_logging(logger.name)
    yield logger, handler
    aos_log_to_logging(None)
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def test_a_record_says_who_logs(listening: tuple[logging.Logger, Handler]) -> None:
    aos_warn_log("%d of %s\n", 1, None)
    record = listening[1].records[0]
    assert (record.name, record.levelno, record.getMessage()) == (listening[0].name, logging.WARNING, "1 of (null)")
    line = aos_line(test_a_record_says_who_logs, "aos_warn_log")
    assert (record.pathname, record.lineno, record.funcName) == (__file__, line, "test_a_record_says_who_logs")
    assert (record.thread, record.process) == (threading.get_ident(), os.getpid())


def test_caplog_sees_the_default_logger(caplog: pytest.LogCaptureFixture) -> None:
    aos_log_to_logging()
    try:
        with caplog.at_level(logging.INFO, "oss"):
            aos_info_log("seen")
            aos_debug_log("not seen")
    finally:
        aos_log_to_logging(None)
    assert caplog.record_tuples == [("oss", logging.INFO, "seen")]


@pytest.mark.parametrize("level", range(AOS_LOG_OFF, AOS_LOG_ALL + 1))
def test_the_sdks_level_is_the_loggers(level: int, listening: tuple[logging.Logger, Handler]) -> None:
    aos_log_set_level(level)
    for logger in LOGGERS:
        logger("x")
    assert [record.levelno for record in listening[1].records] == [LEVELS[one] for one in LEVELS if one <= level]


@pytest.mark.parametrize("level", [*LEVELS.values(), logging.CRITICAL + 1, 1])
def test_the_loggers_level_is_the_sdks(level: int, listening: tuple[logging.Logger, Handler]) -> None:
    """Without another call, and whichever logger above it has it."""
    logging.getLogger("oss.of").setLevel(level)
    try:
        for logger in LOGGERS:
            logger("x")
    finally:
        logging.getLogger("oss.of").setLevel(logging.NOTSET)
    assert [record.levelno for record in listening[1].records] == [one for one in LEVELS.values() if one >= level]


def test_nothing_is_formatted_that_nobody_hears(
    listening: tuple[logging.Logger, Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    formatted: list[object] = []

    def c_format(*args: object) -> str:
        formatted.append(args)
        return "x"

    monkeypatch.setattr(aos_log, "c_format", c_format)
    listening[0].setLevel(logging.ERROR)
    aos_warn_log("%s", "x")
    logging.disable(logging.CRITICAL)
    aos_error_log("%s", "x")
    logging.disable(logging.NOTSET)
    assert formatted == []
    aos_error_log("%s", "x")
    assert len(formatted) == 1


def test_the_level_of_steps_has_a_name(listening: tuple[logging.Logger, Handler]) -> None:
    listening[0].setLevel("TRACE")
    aos_trace_log("x")
    assert listening[1].records[0].levelname == "TRACE"


def test_the_way_back(listening: tuple[logging.Logger, Handler], printed: list[tuple[str, int]]) -> None:
    aos_error_log("there")
    aos_log_to_logging(None)
    aos_error_log("here")
    assert listening[1].texts == ["there"]
    assert [message.rsplit(" ", 1)[1] for message, _ in printed] == ["here\n"]


def test_a_format_of_before_comes_back() -> None:
    calls: list[object] = []
    aos_log_set_format(lambda *args: calls.append(args[4]))
    for name in ("oss.of.a.test", "oss.of.another"):
        aos_log_to_logging(name)
    aos_log_to_logging(None)
    aos_error_log("x")
    assert calls == ["x"]


def test_what_is_cleaned_in_a_record(listening: tuple[logging.Logger, Handler]) -> None:
    signature = "3q2+7w/xyzABCDEFGHIJKLMNOPQ="
    remember_sent(f"Authorization: OSS id:{signature}\r\n".encode(), "/k", None, None)
    aos_error_log("%s: %s", "a\nb\x1b[31m", f"of {signature}")
    assert listening[1].texts == ["a\\nb\\x1b[31m: of ***"]


def test_a_handler_that_fails_does_not_reach_the_caller(listening: tuple[logging.Logger, Handler]) -> None:
    def fail(record: logging.LogRecord) -> bool:
        raise RuntimeError

    listening[0].addFilter(fail)
    aos_error_log("x")
    listening[0].removeFilter(fail)
    aos_error_log("y")
    assert listening[1].texts == ["y"]


def test_threads_log_to_logging(listening: tuple[logging.Logger, Handler]) -> None:
    threads = [threading.Thread(target=aos_error_log, args=("%d", number), name=str(number)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    records = listening[1].records
    assert sorted(record.getMessage() for record in records) == [str(number) for number in range(8)]
    assert all(record.threadName == record.getMessage() for record in records)


def test_a_forked_child_logs_to_logging(listening: tuple[logging.Logger, Handler]) -> None:
    def work() -> None:
        aos_error_log("from the child")
        os._exit(listening[1].texts != ["from the child"] or listening[1].records[0].process != os.getpid())

    assert in_a_child(work) == 0
    assert listening[1].texts == []


def test_logging_is_loaded_only_then() -> None:
    program = (
        "import sys, aos.aos_log as log; log.aos_error_log('x'); assert 'logging' not in sys.modules; "
        "log.aos_log_to_logging(); assert 'logging' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_a_name_that_is_none() -> None:
    with pytest.raises(TypeError, match=r"aos_log_to_logging: name must be text, not int"):
        aos_log_to_logging(5)  # type: ignore[arg-type]


def test_a_message_may_be_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    aos_log_print_default(b"a message", 9)  # type: ignore[arg-type]
    assert capsys.readouterr().err == "a message"
