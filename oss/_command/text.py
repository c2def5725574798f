"""Texts for a terminal: safe to print, as wide as there is room for, and numbers with units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["Failure", "UsageError", "bytes_text", "columns", "parse_size", "printable", "shortened"]

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)
_UNITS = "kmgt"
_WIDE = ("W", "F")


class Failure(Exception):
    """Something failed; the text says what, in one line."""


class UsageError(Exception):
    """The command line or the configuration is not usable; the text says why, in one line."""


def printable(text: object) -> str:
    """The text with everything a terminal might obey, or that is no character, as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))


def columns(text: str) -> int:
    """How many columns of a terminal a printable text takes."""
    return sum(_width(character) for character in text)


def shortened(text: str, width: int) -> str:
    """The end of a text, which tells files apart, in at most ``width`` columns."""
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
    """A number of bytes: ``8388608``, ``8M``, ``8MiB``; a unit is 1024 of the one before. ValueError."""
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no number of bytes such as 8MiB")
    power = _UNITS.index(found[2].lower()) + 1 if found[2] else 0
    return int(float(found[1]) * 1024**power)
