"""How far a transfer is: a bar in a terminal, a line for every tenth elsewhere, or nothing.

The bar is tqdm's where that is installed (``pip install 'oss-c-sdk-python[cli]'``), else a plain line. Either fits the
terminal at any width. Names may come from anyone, so control characters in them are escaped.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from abc import abstractmethod
from types import TracebackType
from typing import Any, TextIO

from oss._command.text import bytes_text, fitted, printable, shortened

__all__ = ["Progress", "progress"]

INTERVAL = 0.1
USUAL_WIDTH = 80


class Progress:
    """A progress function of the SDK, and a context manager that ends the display."""

    def __init__(self, name: str, stream: TextIO) -> None:
        self.name, self.stream = printable(name), stream
        self.lock = threading.RLock()

    def __call__(self, consumed: int, total: int) -> None:
        with self.lock:
            self.show(consumed, total)

    def note(self, text: str) -> None:
        """A line of text, above the bar."""
        with self.lock:
            self.line(text)

    @abstractmethod
    def show(self, consumed: int, total: int | None) -> None:
        """Shows ``consumed`` of ``total`` bytes; None for a total that is not known."""

    def line(self, text: str) -> None:
        print(text, file=self.stream, flush=True)

    def close(self) -> None:
        """Ends the display."""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.lock:
            self.close()


class Quiet(Progress):
    """Nothing but notes."""

    def show(self, consumed: int, total: int | None) -> None:
        pass


class Tenths(Progress):
    """A line for every tenth of the whole."""

    tenth = -1

    def show(self, consumed: int, total: int | None) -> None:
        if total is None:
            return
        share = consumed / total if total else 1.0
        if int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            self.line(f"{self.name} {share:4.0%}  {bytes_text(consumed)} of {bytes_text(total)}")


class PlainBar(Progress):
    """One line, written again and again."""

    def __init__(self, name: str, stream: TextIO) -> None:
        super().__init__(name, stream)
        self.first, self.started, self.shown_at = -1, time.monotonic(), 0.0
        self.shown = ""

    def show(self, consumed: int, total: int | None) -> None:
        now = time.monotonic()
        if self.first < 0:
            self.first, self.started = consumed, now
        if now - self.shown_at < INTERVAL and consumed != total:
            return
        self.shown_at = now
        rate = (consumed - self.first) / (now - self.started) if now > self.started else 0.0
        self._draw(self._numbers(consumed, total, rate))

    def _numbers(self, consumed: int, total: int | None, rate: float) -> str:
        text = f"{bytes_text(rate)}/s"
        if total is None:
            return f"{bytes_text(consumed)}  {text}"
        text = f"{consumed / total if total else 1:4.0%}  {bytes_text(consumed)} of {bytes_text(total)}  {text}"
        left = int((total - consumed) / rate) if rate else 0
        return f"{text}  {left // 60}:{left % 60:02d} left" if left else text

    def _draw(self, numbers: str) -> None:
        room = width_of(self.stream) - 1
        name = shortened(self.name, max(room - len(numbers) - 2, room // 3))
        self._erase()
        self.shown = fitted(f"{name}  {numbers}", room)
        print(self.shown, end="", file=self.stream, flush=True)

    def _erase(self) -> None:
        print("\r\x1b[K" if self.shown else "", end="", file=self.stream)
        self.shown = ""

    def line(self, text: str) -> None:
        self._erase()
        super().line(text)

    def close(self) -> None:
        if self.shown:
            print(file=self.stream, flush=True)


class TqdmBar(Progress):
    """tqdm's bar."""

    def __init__(self, name: str, stream: TextIO, tqdm: Any) -> None:
        super().__init__(name, stream)
        tqdm.monitor_interval = 0  # no thread of its own
        self.tqdm = tqdm
        self.bar: Any = None

    def show(self, consumed: int, total: int | None) -> None:
        if self.bar is None:
            name = shortened(self.name, width_of(self.stream) // 3)
            settings = {"unit": "B", "unit_scale": True, "unit_divisor": 1024, "dynamic_ncols": True, "miniters": 1}
            self.bar = self.tqdm(desc=name, total=total, initial=consumed, file=self.stream, **settings)
            return
        self.bar.total = total
        self.bar.update(consumed - self.bar.n)

    def line(self, text: str) -> None:
        self.tqdm.write(text, file=self.stream)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


def width_of(stream: TextIO) -> int:
    """The columns of a terminal."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or USUAL_WIDTH
    except (OSError, ValueError):
        return USUAL_WIDTH


def progress(name: str, quiet: bool = False, stream: TextIO | None = None) -> Progress:
    """What shows the progress of ``name`` on a stream, standard error unless another is given."""
    stream = sys.stderr if stream is None else stream
    if quiet:
        return Quiet(name, stream)
    if not stream.isatty():
        return Tenths(name, stream)
    try:
        return TqdmBar(name, stream, importlib.import_module("tqdm").tqdm)
    except ImportError:
        return PlainBar(name, stream)
