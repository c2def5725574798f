"""The scanf family of ``stdio.h``: ``%d %i %u %o %x %c %s %[ %f %n %%`` with widths, ``*`` and the length modifiers.

A number is stored in the size that the conversion says; ``%m`` and ``%p`` are refused.

What a parameter is, unless a function says otherwise:

:param format: a scanf format
:param places: pointers to what is filled
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from oss.c_runtime.convert import strtod, strtol, strtoul
from oss.c_runtime.numbers import Integer, char, float_, int8_t, int16_t, int32_t, int64_t
from oss.c_runtime.pointers import Text, pointer_of, ref, string_at
from oss.c_runtime.stdio import FILE, stdin

__all__ = ["fscanf", "scanf", "sscanf"]

_EOF = -1
_SPACE = b" \t\n\v\f\r"
_SPEC = re.compile(
    rb"(?P<space>[ \t\n\v\f\r]+)"
    rb"|%(?P<star>\*)?(?P<width>[0-9]+)?(?P<length>hh|h|ll|l|j|z|t|q|L)?(?P<kind>[diuoxXcsfeEgGaAn%]|\[\^?\]?[^]]*\])"
    rb"|(?P<plain>[^%])",
    re.DOTALL,
)
_SIZES = {b"": int32_t, b"hh": int8_t, b"h": int16_t}
_BASES = {b"d": 10, b"i": 0, b"u": 10, b"o": 8, b"x": 16, b"X": 16}
_NO_WIDTH = 1 << 62


class _Source(Protocol):
    """Where characters come from."""

    def getc(self) -> int: ...

    def ungetc(self, c: int) -> int: ...


class _TextSource:
    def __init__(self, text: bytes) -> None:
        self._text, self._place = text, 0

    def getc(self) -> int:
        self._place += 1
        return self._text[self._place - 1] if self._place <= len(self._text) else _EOF

    def ungetc(self, c: int) -> int:
        self._place -= 1
        return c


class _NoInputError(Exception):
    """The input ended before a conversion."""


class _Scanner:
    def __init__(self, source: _Source) -> None:
        self._source, self.count = source, 0

    def take(self, accepts: Callable[[int], bool], width: int = _NO_WIDTH) -> bytes:
        """Reads as long as the characters are accepted, and at most so many."""
        found = bytearray()
        while len(found) < width:
            c = self._source.getc()
            if c == _EOF:
                break
            if not accepts(c):
                self._source.ungetc(c)
                break
            found.append(c)
        self.count += len(found)
        return bytes(found)

    def skip_space(self) -> None:
        self.take(lambda c: c in _SPACE)

    def must_have_input(self) -> None:
        c = self._source.getc()
        if c == _EOF:
            raise _NoInputError
        self._source.ungetc(c)

    def longest(self, pattern: re.Pattern[bytes], width: int) -> bytes:
        """Reads as long as what was read can be the start of what the pattern, of starts, matches."""
        found = b""

        def accepts(c: int) -> bool:
            nonlocal found
            fits = pattern.fullmatch(found + bytes([c])) is not None
            found += bytes([c]) * fits
            return fits

        return self.take(accepts, width)


_INTEGER_STARTS = {
    0: re.compile(rb"[+-]?(?:0[xX]?[0-9a-fA-F]*|0[0-7]*|[1-9][0-9]*)?"),
    8: re.compile(rb"[+-]?[0-7]*"),
    10: re.compile(rb"[+-]?[0-9]*"),
    16: re.compile(rb"[+-]?(?:0[xX]?)?[0-9a-fA-F]*"),
}
_FLOAT_STARTS = re.compile(
    rb"[+-]?(?:[0-9]*\.?|[0-9]+\.?[0-9]*(?:e[+-]?[0-9]*)?|\.[0-9]+(?:e[+-]?[0-9]*)?"
    rb"|0x[0-9a-f]*\.?[0-9a-f]*|0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)p[+-]?[0-9]*"
    rb"|i|in|inf|infi|infin|infini|infinit|infinity|n|na|nan)",
    re.IGNORECASE,
)
_FLOAT = re.compile(  # glibc takes an exponent without digits, and leaves it out
    rb"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]*)?"
    rb"|0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[+-]?[0-9]*)?|inf|infinity|nan)",
    re.IGNORECASE,
)


def _integer(scanner: _Scanner, spec: re.Match[bytes], width: int) -> int | None:
    base = _BASES[spec["kind"]]
    text = scanner.longest(_INTEGER_STARTS[base], width)
    if not re.search(rb"[0-9a-fA-FxX]$", text):  # glibc takes a prefix alone for 0
        return None
    size: Integer = _SIZES.get(spec["length"] or b"", int64_t)
    return size((strtol if spec["kind"] in b"di" else strtoul)(text, None, base))


def _float(scanner: _Scanner, spec: re.Match[bytes], width: int) -> float | None:
    text = scanner.longest(_FLOAT_STARTS, width)
    if not _FLOAT.fullmatch(text):
        return None
    return strtod(text, None) if spec["length"] else float_(strtod(text, None))


def _set(kind: bytes) -> Callable[[int], bool]:
    """Returns what a ``%[`` accepts."""
    inside = kind[1:-1]
    negated = inside.startswith(b"^")
    inside = inside[negated:]
    members, place = set[int](), 0
    while place < len(inside):
        if inside[place + 1 : place + 2] == b"-" and place + 2 < len(inside):
            members.update(range(inside[place], inside[place + 2] + 1))
            place += 3
        else:
            members.add(inside[place])
            place += 1
    return lambda c: (c in members) != negated


def _text(scanner: _Scanner, spec: re.Match[bytes], width: int) -> bytes | None:
    kind = spec["kind"]
    if kind == b"c":
        return scanner.take(lambda c: True, 1 if width == _NO_WIDTH else width)
    text = scanner.take(_set(kind) if kind.startswith(b"[") else lambda c: c not in _SPACE, width)
    return text + b"\0" if text else None


def _convert(scanner: _Scanner, spec: re.Match[bytes]) -> bytes | float | None:
    """Reads what a conversion asks for; None when it is not there."""
    kind, width = spec["kind"], int(spec["width"] or 0) or _NO_WIDTH
    if kind not in b"c" and not kind.startswith(b"["):
        scanner.skip_space()
    scanner.must_have_input()
    if kind in _BASES:
        return _integer(scanner, spec, width)
    return _text(scanner, spec, width) if kind in b"cs" or kind.startswith(b"[") else _float(scanner, spec, width)


def _store(value: bytes | float, place: Any) -> None:
    if isinstance(value, bytes) and len(value) == 1 and isinstance(place, ref):
        place.value = char(value[0])
    elif isinstance(value, bytes):
        pointer_of(place).memory(len(value))[:] = value
    else:
        place.value = value


def _specs(template: bytes) -> Iterator[re.Match[bytes]]:
    place = 0
    while place < len(template):
        found = _SPEC.match(template, place)
        if found is None:
            raise ValueError(f"unknown conversion at {template[place:].decode('utf-8', 'replace')!r}")
        place = found.end()
        yield found


def _literal(scanner: _Scanner, spec: re.Match[bytes]) -> bool:
    """Reads what the format has as it is, and says whether it was there."""
    if spec["plain"] is None:
        scanner.skip_space()
        if spec["space"]:
            return True
    scanner.must_have_input()
    expected = (spec["plain"] or b"%")[0]
    return bool(scanner.take(lambda c: c == expected, 1))


def _scan(source: _Source, format: Text, places: tuple[Any, ...]) -> int:
    scanner, left, done = _Scanner(source), iter(places), 0
    try:
        for spec in _specs(string_at(format)):
            if spec["kind"] == b"n":
                next(left).value = scanner.count
            elif spec["kind"] in (None, b"%"):
                if not _literal(scanner, spec):
                    return done
            else:
                value = _convert(scanner, spec)
                if value is None:
                    return done
                if not spec["star"]:
                    _store(value, next(left))
                    done += 1
    except _NoInputError:
        return done or _EOF
    return done


def sscanf(s: Text, format: Text, *places: Any) -> int:
    """Reads from a text, and returns how many places were filled; -1 when it ends before the first.

    :param s: the text
    """
    return _scan(_TextSource(string_at(s)), format, places)


def fscanf(f: FILE, format: Text, *places: Any) -> int:
    """Reads from a file, and returns how many places were filled; -1 when it ends before the first.

    :param f: the file
    """
    return _scan(f, format, places)


def scanf(format: Text, *places: Any) -> int:
    """Reads from stdin, and returns how many places were filled; -1 when it ends before the first."""
    return _scan(stdin, format, places)
