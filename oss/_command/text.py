"""Texts for a terminal: escaped, cut to a width, and numbers with units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["Failure", "UsageError", "bytes_text", "columns", "parse_size", "printable", "shortened"]

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)
_UNITS = "kmgt"
_WIDE = ("W", "F")


class Failure(Exception):
    """Raised when a command fails; the message is one line for the user."""


class UsageError(Exception):
    """Raised when the command line or the configuration is not usable; the message is one line for the user."""


def printable(text: object) -> str:
    """The text in one line, with an escape for each character that ``str.isprintable`` rejects.

    Those are more than control characters, which are all that the SDK escapes in its messages. A name from a listing
    must not show as another one either, so characters without width and those that change the direction of writing
    are escaped too, and characters that no encoding has.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))


def columns(text: str) -> int:
    """The number of columns that a printable text takes in a terminal."""
    return sum(_width(character) for character in text)


def shortened(text: str, width: int) -> str:
    """The end of a text, where the names of files differ, in at most ``width`` columns."""
    if columns(text) <= width:
        return text
    dots = "..."[: max(width, 0)]
    kept = _fitting(reversed(text), width - len(dots))
    return dots + kept[::-1]


def fitted(text: str, width: int) -> str:
    """The beginning of a text in at most ``width`` columns."""
    return text if columns(text) <= width else _fitting(text, width)


def _fitting(text: Iterable[str], width: int) -> str:
    kept = ""
    for character in text:
        width -= _width(character)
        if width < 0:
            break
        kept += character
    return kept


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def bytes_text(count: float, form: str = "{} {}iB") -> str:
    """A number of bytes with a unit."""
    if count < 1024:
        return form.format(f"{count:.0f}", "").replace("iB", "B")
    for unit in _UNITS.upper():
        count /= 1024
        if count < 1024 or unit == "T":
            return form.format(f"{count:.1f}", unit)
    raise AssertionError


def parse_size(text: str) -> int:
    """Reads a number of bytes: ``8388608``, ``8M``, ``8MiB``; a unit is 1024 of the one before. Raises ValueError."""
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no number of bytes such as 8MiB")
    power = _UNITS.index(found[2].lower()) + 1 if found[2] else 0
    return int(float(found[1]) * 1024**power)
