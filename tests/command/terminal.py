"""A terminal as far as a progress display needs one: what is on the screen after some output."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from oss._command.text import columns as columns_of

__all__ = ["LONGEST", "Screen", "Shown", "run_in_terminal"]

LONGEST = 60.0
_PIECES = re.compile(r"\x1b\[K|\x1b\[A|[\x00-\x1f]|[^\x00-\x1f]", re.DOTALL)


class Screen:
    """Lines of ``width`` columns; ``wraps`` counts how often a line went on in the next, ``kept`` what was drawn over.

    Control characters that a display has no use for are an error.
    """

    def __init__(self, width: int) -> None:
        self.width, self.row, self.column, self.wraps = width, 0, 0, 0
        self.cells: list[dict[int, str]] = [{}]
        self.kept: list[str] = []

    def feed(self, text: str) -> Screen:
        for piece in _PIECES.findall(text):
            if piece == "\r":
                self.kept.append(self._line(self.row))
                self.column = 0
            elif piece == "\n":
                self._down()
            elif piece == "\x1b[K":
                self.cells[self.row] = {at: c for at, c in self.cells[self.row].items() if at < self.column}
            elif piece == "\x1b[A":
                self.row = max(self.row - 1, 0)
            else:
                assert piece >= " ", f"{piece!r} reaches the terminal"
                self._put(piece)
        return self

    def _put(self, character: str) -> None:
        size = columns_of(character)
        if self.column + size > self.width:
            self.wraps += 1
            self._down()
            self.column = 0
        self.cells[self.row][self.column] = character
        for at in range(1, size):
            self.cells[self.row][self.column + at] = ""
        self.column += size

    def _down(self) -> None:
        self.row += 1
        while len(self.cells) <= self.row:
            self.cells.append({})

    def _line(self, row: int) -> str:
        cells = self.cells[row]
        return "".join(cells.get(at, " ") for at in range(max(cells, default=-1) + 1)).rstrip()

    @property
    def text(self) -> list[str]:
        """What is to be seen, without the empty lines at the end."""
        lines = [self._line(row) for row in range(len(self.cells))]
        while lines and not lines[-1]:
            lines.pop()
        return lines


class Shown(NamedTuple):
    status: int
    screen: Screen
    out: str


def run_in_terminal(
    command: list[str], environment: Mapping[str, str], folder: Path, width: int, all_of_it: bool = False
) -> Shown:
    """Runs a program whose standard error (and output, if ``all_of_it``) is a terminal of ``width`` columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    out = theirs if all_of_it else subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=out, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 65536):
                shown += data
        except OSError:  # what Linux says when the other end of a terminal is closed
            pass
        os.close(ours)
        text = process.stdout.read().decode() if process.stdout else ""
        status = process.wait(LONGEST)
    return Shown(status, Screen(width).feed(shown.decode()), text)
