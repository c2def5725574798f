"""Progress of transfers: a bar in a terminal, a line for every tenth elsewhere, or nothing.

The bar is tqdm's where that is installed (``pip install 'oss-c-sdk-python[cli]'``), else a plain line. Either fits the
terminal at any width. Names are not trusted: control characters in them are escaped.
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

from oss._command.text import bytes_text, columns, fitted, printable, shortened

__all__ = ["Progress", "progress"]

INTERVAL = 0.1
USUAL_WIDTH = 80
NARROW = 60
"""The width in columns below which there is no bar, and units are short."""

ERASE = "\r\x1b[K"


class Progress:
    """A progress callback for the SDK, and a context manager that begins and ends the display."""

    def __init__(self, name: str, stream: TextIO) -> None:
        self.name, self.stream = printable(name), stream
        self.lock = threading.RLock()

    def __call__(self, consumed: int, total: int) -> None:
        with self.lock:
            self.show(consumed, total)

    def rename(self, name: str) -> None:
        """Changes the name; it is shown from the next update on."""
        self.name = printable(name)

    def note(self, text: str) -> None:
        """Prints a line of text above the bar."""
        with self.lock:
            self.line(text)

    @abstractmethod
    def show(self, consumed: int, total: int | None) -> None:
        """Shows ``consumed`` of ``total`` bytes; None for a total that is not known."""

    def begin(self) -> None:
        """Shows that a transfer is under way, before any bytes have arrived."""

    def line(self, text: str) -> None:
        print(text, file=self.stream, flush=True)

    def finished(self, name: str, outcome: str) -> None:
        """Prints the outcome of one of many files; the name is shortened to fit a terminal."""
        name, room = printable(name), width_of(self.stream) - 1 if self.stream.isatty() else sys.maxsize
        self.note(f"{shortened(name, max(room - columns(outcome) - 2, 0))}: {outcome}")

    def close(self) -> None:
        """Ends the display."""

    def __enter__(self) -> Progress:
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.lock:
            self.close()


class Quiet(Progress):
    """Shows notes only."""

    def show(self, consumed: int, total: int | None) -> None:
        pass


class Tenths(Progress):
    """Prints a line for every tenth of the whole."""

    tenth = -1

    def show(self, consumed: int, total: int | None) -> None:
        if total is None:
            return
        share = consumed / total if total else 1.0
        if int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            self.line(f"{self.name} {share:4.0%}  {bytes_text(consumed)} of {bytes_text(total)}")


class PlainBar(Progress):
    """Shows the numbers in one line, which is overwritten by each update."""

    def __init__(self, name: str, stream: TextIO) -> None:
        super().__init__(name, stream)
        self.first, self.started, self.drawn_at = -1, 0.0, 0.0
        self.drawn = False

    def begin(self) -> None:
        self._draw("...")

    def show(self, consumed: int, total: int | None) -> None:
        now = time.monotonic()
        if self.first < 0:
            self.first, self.started = consumed, now
        if now - self.drawn_at < INTERVAL and consumed != total:
            return
        self.drawn_at = now
        self._draw(self._numbers(consumed, total, (consumed - self.first) / max(now - self.started, 0.001)))

    def _numbers(self, consumed: int, total: int | None, rate: float) -> str:
        """Percentage, bytes, speed and time left; shorter in a narrow terminal."""
        form = "{}{}" if width_of(self.stream) < NARROW else "{} {}iB"
        done, speed = bytes_text(consumed, form), f"{bytes_text(rate, form)}/s"
        if total is None:
            return f"{done}  {speed}"
        left = int((total - consumed) / rate) if rate else 0
        share = consumed / total if total else 1.0
        return f"{share:4.0%}  {done}/{bytes_text(total, form)}  {speed}  {left // 60}:{left % 60:02d}"

    def _draw(self, numbers: str) -> None:
        room = width_of(self.stream) - 1
        name = shortened(self.name, room - columns(numbers) - 2)
        text = fitted(f"{name}  {numbers}", room)
        print(f"{ERASE}{text}", end="", file=self.stream, flush=True)
        self.drawn = True

    def line(self, text: str) -> None:
        print(ERASE, end="", file=self.stream)
        super().line(text)
        self.drawn = False

    def close(self) -> None:
        if self.drawn:
            print("\n" if self.first >= 0 else ERASE, end="", file=self.stream, flush=True)


class TqdmBar(Progress):
    """Shows tqdm's bar; in a narrow terminal only its numbers."""

    NARROW_FORM = "{desc} {percentage:3.0f}% {n_fmt}/{total_fmt} {rate_fmt} {remaining}"
    NARROW_NUMBERS = 34
    """Columns that the numbers take at most."""

    def __init__(self, name: str, stream: TextIO, tqdm: Any) -> None:
        super().__init__(name, stream)
        tqdm.monitor_interval = 0  # no thread of its own
        self.tqdm = tqdm
        self.bar: Any = None

    def begin(self) -> None:
        room = width_of(self.stream) - 1
        print(f"{ERASE}{shortened(self.name, room - 5)}  ...", end="", file=self.stream, flush=True)

    def show(self, consumed: int, total: int | None) -> None:
        bar = self.bar
        if bar is None:
            bar = self.bar = self._opened(consumed, total)
        elif consumed == total and bar.n == total:
            return
        bar.total = total
        if total is None:
            bar.set_description_str(self.name, refresh=False)
        bar.update(consumed - bar.n)

    def _opened(self, consumed: int, total: int | None) -> Any:
        print(ERASE, end="", file=self.stream)
        width = width_of(self.stream)
        narrow = width < NARROW and total is not None
        return self.tqdm(
            desc=shortened(self.name, width - self.NARROW_NUMBERS if narrow else width // 3),
            total=total,
            initial=consumed,
            file=self.stream,
            unit="B",
            unit_scale=True,
            unit_divisor=1024,
            dynamic_ncols=True,
            miniters=1,
            bar_format=self.NARROW_FORM if narrow else None,
        )

    def line(self, text: str) -> None:
        if self.bar is None:
            print(ERASE, end="", file=self.stream)
        self.tqdm.write(text, file=self.stream)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
        else:
            print(ERASE, end="", file=self.stream, flush=True)


def width_of(stream: TextIO) -> int:
    """The width of a terminal in columns."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or USUAL_WIDTH
    except (OSError, ValueError):
        return USUAL_WIDTH


def progress(name: str, quiet: bool = False, stream: TextIO | None = None) -> Progress:
    """The display for a transfer of that name that suits the stream, by default standard error."""
    shown_on = sys.stderr if stream is None else stream
    if quiet:
        return Quiet(name, shown_on)
    if not shown_on.isatty():
        return Tenths(name, shown_on)
    try:
        return TqdmBar(name, shown_on, importlib.import_module("tqdm").tqdm)
    except ImportError:
        return PlainBar(name, shown_on)
