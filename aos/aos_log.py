"""Logging (``aos_log.h``).

``aos_log_level``, ``aos_log_format`` and ``aos_log_print`` are this module's replaceable variables, looked up at each
message; the output is ``aos_http_io.aos_stderr_file``, an ``apr_file_t`` or a Python file object (None: stderr).

Different from the C SDK: a message is cut at 4096 bytes, where C writes beyond its buffer; messages of several threads
do not mix, since each is one write, and no lock is held for it that a fork could leave behind; an output, format or
argument that fails loses the message at most, never the transfer. The thread is Python's identifier of it.

Python-only: ``aos_log_to_logging`` gives the messages to Python's ``logging``.

What a parameter is, unless a function says otherwise:

:param format: a printf format
:param fmt: a printf format
:param level: an AOS_LOG_* value
:param p: the function; any callable
"""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from aos import aos_define, apr_time
from aos._c.args import not_null
from aos._c.contract import ArgumentError, check_arguments
from aos._c.printf import c_format
from aos._c.redact import hide, shown
from aos._c.structs import index_of
from aos._c.text import decode, encode, text_of
from aos.aos_define import *

if TYPE_CHECKING:
    import logging
else:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "AOS_LOG_ALL",
        "AOS_LOG_DEBUG",
        "AOS_LOG_ERROR",
        "AOS_LOG_FATAL",
        "AOS_LOG_INFO",
        "AOS_LOG_OFF",
        "AOS_LOG_TRACE",
        "AOS_LOG_WARN",
        "aos_debug_log",
        "aos_error_log",
        "aos_fatal_log",
        "aos_info_log",
        "aos_log_format_default",
        "aos_log_format_pt",
        "aos_log_level_e",
        "aos_log_print_default",
        "aos_log_print_pt",
        "aos_log_set_format",
        "aos_log_set_level",
        "aos_log_set_output",
        "aos_log_set_print",
        "aos_log_to_logging",
        "aos_trace_log",
        "aos_warn_log",
    ]
    __all__ += aos_define.__all__

aos_log_level_e: TypeAlias = int
AOS_LOG_OFF = 1
"""Level: nothing is logged."""
AOS_LOG_FATAL = 2
"""Level: what ends the program."""
AOS_LOG_ERROR = 3
"""Level: what ends a call."""
AOS_LOG_WARN = 4
"""Level: what a call gets over; the level unless changed."""
AOS_LOG_INFO = 5
"""Level: what is done."""
AOS_LOG_DEBUG = 6
"""Level: how it is done."""
AOS_LOG_TRACE = 7
"""Level: each step."""
AOS_LOG_ALL = 8
"""Level: everything."""

aos_log_print_pt: TypeAlias = Callable[[str, int], object]
aos_log_format_pt: TypeAlias = Callable[..., object]  # (level, file, line, function, fmt, *args)

_MAX_MESSAGE = 4096
_OF_LOGGING = {
    AOS_LOG_OFF: 60,  # above CRITICAL
    AOS_LOG_FATAL: 50,
    AOS_LOG_ERROR: 40,
    AOS_LOG_WARN: 30,
    AOS_LOG_INFO: 20,
    AOS_LOG_DEBUG: 10,
    AOS_LOG_TRACE: 5,
    AOS_LOG_ALL: 5,
}
"""The levels of Python's ``logging`` for those of the C SDK."""
_logger: logging.Logger | None = None
"""The logger whose level counts, while the messages go to Python's ``logging``."""


def aos_log_set_print(p: aos_log_print_pt) -> None:
    """void aos_log_set_print(aos_log_print_pt p)

    Has ``p(message, len)`` receive every formatted message and its length in bytes.
    """
    global aos_log_print
    aos_log_print = not_null(p, "p")


def aos_log_set_format(p: aos_log_format_pt) -> None:
    """void aos_log_set_format(aos_log_format_pt p)

    Has ``p(level, file, line, function, fmt, ...)`` receive every message instead of ``aos_log_format_default``.
    """
    global aos_log_format
    aos_log_format = not_null(p, "p")


def aos_log_set_level(level: aos_log_level_e) -> None:
    """void aos_log_set_level(aos_log_level_e level)

    Has messages of this level and the more serious ones written; at first it is AOS_LOG_WARN. After
    ``aos_log_to_logging`` it is the logger's level that is set.
    """
    global aos_log_level
    aos_log_level = index_of(level, "level")
    if _logger is not None:
        _logger.setLevel(_OF_LOGGING[min(max(aos_log_level, AOS_LOG_OFF), AOS_LOG_ALL)])


def aos_log_to_logging(name: str | None = "oss") -> None:
    """aos_log_to_logging(name)

    Gives the messages to the logger of this name of Python's ``logging``, whose level then decides which are made; the
    record has file, line and function of who logs. None: they go where they went before. Python-only.

    :param name: name of a logger; None for the SDK's own log
    """
    global aos_log_format, _format_before, _logger
    if name is None:
        _logger = None
        if aos_log_format is _to_logger:
            aos_log_format = _format_before
        return
    import logging  # here, since most programs do without it

    if logging.getLevelName(_OF_LOGGING[AOS_LOG_TRACE]).startswith("Level "):
        logging.addLevelName(_OF_LOGGING[AOS_LOG_TRACE], "TRACE")
    _logger = logging.getLogger(name)
    if aos_log_format is not _to_logger:
        _format_before, aos_log_format = aos_log_format, _to_logger


def is_logged(level: int) -> bool:
    """Says whether a message of this level is wanted."""
    logger = _logger
    return aos_log_level >= level if logger is None else logger.isEnabledFor(_OF_LOGGING[level])


def _to_logger(level: int, file: str, line: int, function: str, fmt: str, *args: object) -> None:
    logger = _logger
    if logger is not None:
        text = _text(fmt, args).rstrip("\n")
        logger.handle(logger.makeRecord(logger.name, _OF_LOGGING[level], file, line, text, (), None, function))


class _Variables:
    """Holds ``aos_stderr_file`` while nothing has imported ``aos_http_io``, whose variable it is."""

    aos_stderr_file: Any = None


_variables: list[Any] = [_Variables]


def output_stands_in(module: Any) -> None:
    """Has ``aos_stderr_file`` be an attribute of ``module``: ``aos_http_io`` calls this, which is above this module."""
    module.aos_stderr_file = _variables[-1].aos_stderr_file
    _variables.append(module)


def aos_log_set_output(output: apr_file_t | Any | None) -> None:
    """void aos_log_set_output(apr_file_t *output)

    Sets where messages go. The file stays the caller's.

    :param output: an open ``apr_file_t``, or a Python file object; None for standard error
    """
    if not (output is None or isinstance(output, apr_file_t) or hasattr(output, "write")):
        raise ArgumentError(f"output must be an apr_file_t, a file object or None, not {type(output).__name__}")
    _variables[-1].aos_stderr_file = output


def aos_log_print_default(message: str, len: int) -> None:
    """void aos_log_print_default(const char *message, int len)

    Writes a message to the output.

    :param message: text of one line, with its newline
    :param len: how many bytes of it
    """
    output = _variables[-1].aos_stderr_file or sys.stderr
    data = encode(text_of(message) or "")[:len]
    if isinstance(output, apr_file_t):
        os.write(output.fd, data)
    elif output is not None:
        file: Any = output
        is_binary = isinstance(file, (io.RawIOBase, io.BufferedIOBase))
        file.write(data if is_binary else data.decode("utf-8", "backslashreplace"))
        file.flush()


def aos_log_format_default(level: int, file: str, line: int, function: str, fmt: str, *args: object) -> None:
    """void aos_log_format_default(int level, const char *file, int line, const char *function, const char *fmt, ...)

    Prints ``[YYYY-MM-DD HH:MM:SS.mmm] <thread> <file>:<line> <message>`` in local time, with one newline. Texts among
    ``args`` add no line of their own, nor any other control character: these become escapes.

    :param file: name of the source file that logs
    :param line: line of that file
    :param function: function in that file
    """
    seconds, microseconds = divmod(apr_time.apr_time_now(), 1_000_000)
    stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds)) + f".{microseconds // 1000:03d}"
    text = encode(f"[{stamp}] {threading.get_ident()} {file}:{line} {_text(fmt, args)}")
    data = text[: _MAX_MESSAGE - 1].rstrip(b"\n") + b"\n"
    aos_log_print(decode(data), len(data))


aos_log_level: aos_log_level_e = AOS_LOG_WARN
aos_log_format: aos_log_format_pt = aos_log_format_default
_format_before: aos_log_format_pt = aos_log_format_default
aos_log_print: aos_log_print_pt = aos_log_print_default


def _text(fmt: str, args: tuple[object, ...]) -> str:
    """Returns a message as it may be written: formatted, without secrets."""
    args = tuple(map(_shown, args))
    try:
        return hide(c_format(fmt, *args))
    except (TypeError, ValueError):
        return hide(f"{fmt} {args!r}")


def _shown(arg: object) -> object:
    """Returns an argument of a message as it may be written: a text in one line, without secrets."""
    try:
        text = text_of(arg)
    except (TypeError, ValueError):  # a number, or something that is for c_format to refuse
        return arg
    return text and shown(text)


def _emit(level: int, fmt: str, args: tuple[object, ...]) -> None:
    """Formats a message of the function that called the caller."""
    frame = sys._getframe(3)  # past the check of its arguments
    code = frame.f_code
    with suppress(Exception):
        aos_log_format(level, code.co_filename, frame.f_lineno, code.co_name, fmt, *map(_shown, args))


def aos_fatal_log(format: str, *args: object) -> None:
    """aos_fatal_log(format, ...)

    Logs what ends the program, when the level is AOS_LOG_FATAL or above.
    """
    if is_logged(AOS_LOG_FATAL):
        _emit(AOS_LOG_FATAL, format, args)


def aos_error_log(format: str, *args: object) -> None:
    """aos_error_log(format, ...)

    Logs what ends a call, when the level is AOS_LOG_ERROR or above.
    """
    if is_logged(AOS_LOG_ERROR):
        _emit(AOS_LOG_ERROR, format, args)


def aos_warn_log(format: str, *args: object) -> None:
    """aos_warn_log(format, ...)

    Logs what a call gets over, when the level is AOS_LOG_WARN or above.
    """
    if is_logged(AOS_LOG_WARN):
        _emit(AOS_LOG_WARN, format, args)


def aos_info_log(format: str, *args: object) -> None:
    """aos_info_log(format, ...)

    Logs what is done, when the level is AOS_LOG_INFO or above.
    """
    if is_logged(AOS_LOG_INFO):
        _emit(AOS_LOG_INFO, format, args)


def aos_debug_log(format: str, *args: object) -> None:
    """aos_debug_log(format, ...)

    Logs how it is done, when the level is AOS_LOG_DEBUG or above.
    """
    if is_logged(AOS_LOG_DEBUG):
        _emit(AOS_LOG_DEBUG, format, args)


def aos_trace_log(format: str, *args: object) -> None:
    """aos_trace_log(format, ...)

    Logs each step, when the level is AOS_LOG_TRACE or above.
    """
    if is_logged(AOS_LOG_TRACE):
        _emit(AOS_LOG_TRACE, format, args)


check_arguments(globals())
