"""JSON as the cJSON library reads and prints it."""

from __future__ import annotations

import math
from typing import Any

from oss.c_runtime.cjson_item import *
from oss.c_runtime.convert import strtod
from oss.c_runtime.formatting import formatted
from oss.c_runtime.pointers import pointer_of, ptr, ref, string_at

__all__ = ["printed", "read"]

_DEEPEST = 1000


# ---- reading ----


class _WrongError(Exception):
    """The text is no JSON; where it is not."""


class _Reader:
    """Reads a text from a place on; what is wrong is a _WrongError with the place where cJSON stops."""

    def __init__(self, text: bytes) -> None:
        self.text, self.at, self.depth = text, 3 if text.startswith(b"\xef\xbb\xbf") else 0, 0

    def skip(self) -> None:
        """Skips white space, the NUL among it, but stays in the text."""
        start = self.at
        while self.at < len(self.text) and self.text[self.at] <= 32:
            self.at += 1
        if self.at == len(self.text) and self.at > start:
            self.at -= 1

    def here(self) -> bytes:
        return self.text[self.at : self.at + 1]

    def value(self) -> cJSON:
        for word, kind in ((b"null", cJSON_NULL), (b"false", cJSON_False), (b"true", cJSON_True)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                item = cJSON(kind)
                item.valueint = int(kind == cJSON_True)
                return item
        first = self.here()
        if first == b'"':
            item = cJSON(cJSON_String)
            item.valuestring = kept(self.string())
            return item
        if first and first in b"-0123456789":
            return self.number()
        if first and first in b"[{":
            return self.items(first == b"{")
        raise _WrongError

    def number(self) -> cJSON:
        size = 0
        while size < 63 and self.at + size < len(self.text) and self.text[self.at + size] in b"0123456789+-eE.":
            size += 1
        digits, end = pointer_of(self.text[self.at : self.at + size]), ref[Any](None)
        value = strtod(digits, end)
        if end.value == digits:
            raise _WrongError
        self.at += end.value - digits
        return numbered(value)

    def string(self) -> bytes:
        """Reads a text in quotes; after a wrong one the place is where the wrong part begins."""
        if self.here() != b'"':
            self.at += self.at + 1 < len(self.text)
            raise _WrongError
        start = end = self.at + 1
        while end < len(self.text) and self.text[end] != 0x22:
            end += 2 if self.text[end] == 0x5C else 1
        if end >= len(self.text):
            self.at = start
            raise _WrongError
        found, self.at = bytearray(), start
        while self.at < end:
            found += self.escaped(end) if self.text[self.at] == 0x5C else self.plain(end)
        self.at = end + 1
        return bytes(found)

    def plain(self, end: int) -> bytes:
        stop = self.text.find(b"\\", self.at, end)
        start, self.at = self.at, end if stop < 0 else stop
        return self.text[start : self.at]

    def escaped(self, end: int) -> bytes:
        letter = self.text[self.at + 1 : self.at + 2]
        if letter == b"u":
            return self.code(end)
        known = dict(zip(b'bfnrt"\\/', b'\b\f\n\r\t"\\/', strict=True))
        if not letter or letter[0] not in known:
            raise _WrongError
        self.at += 2
        return bytes([known[letter[0]]])

    def hex(self, at: int, end: int) -> int:
        digits = self.text[at + 2 : at + 6]
        if end - at < 6:
            raise _WrongError
        return int(digits, 16) if all(digit in b"0123456789abcdefABCDEF" for digit in digits) else 0

    def code(self, end: int) -> bytes:
        """Reads ``\\uXXXX``, or two of them that are one character."""
        first, size = self.hex(self.at, end), 6
        if 0xDC00 <= first <= 0xDFFF:
            raise _WrongError
        if 0xD800 <= first <= 0xDBFF:
            if self.text[self.at + 6 : self.at + 8] != b"\\u":
                raise _WrongError
            second = self.hex(self.at + 6, end)
            if not 0xDC00 <= second <= 0xDFFF:
                raise _WrongError
            first, size = 0x10000 + ((first & 0x3FF) << 10 | second & 0x3FF), 12
        self.at += size
        return chr(first).encode()

    def items(self, named: bool) -> cJSON:
        """Reads what is between brackets."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _WrongError
        parent, close = cJSON(cJSON_Object if named else cJSON_Array), b"}" if named else b"]"
        self.at += 1
        self.skip()
        if self.here() != close:
            if self.at >= len(self.text):
                self.at -= 1
                raise _WrongError
            self.item(parent, named)
            while self.here() == b",":
                self.at += 1
                self.skip()
                self.item(parent, named)
            if self.here() != close:
                raise _WrongError
        self.at += 1
        self.depth -= 1
        return parent

    def item(self, parent: cJSON, named: bool) -> None:
        name = None
        if named:
            name = kept(self.string())
            self.skip()
            if self.here() != b":":
                raise _WrongError
            self.at += 1
            self.skip()
        found = self.value()
        found.string = name
        appended(parent, found)
        self.skip()


def read(data: bytes) -> tuple[cJSON | None, int]:
    """Reads JSON, its NUL included: the item, or None and where the text ceases to be JSON."""
    reader = _Reader(data)
    reader.skip()
    try:
        return reader.value(), reader.at
    except _WrongError:
        return None, min(reader.at, max(len(data) - 1, 0))


# ---- printing ----


def printed(item: cJSON, lines: bool, depth: int = 0) -> bytes | None:
    """Returns the JSON of an item; None when an item in it has no type."""
    kind = item.type & 0xFF
    simple = {cJSON_NULL: b"null", cJSON_False: b"false", cJSON_True: b"true"}.get(kind)
    if simple is not None:
        return simple
    if kind == cJSON_Number:
        return _number(item)
    if kind == cJSON_String:
        return _quoted(item.valuestring)
    if kind not in (cJSON_Array, cJSON_Object):
        return None
    rows = []
    for inside in item:
        text = printed(inside, lines, depth + 1)
        if text is None:
            return None
        name = _quoted(inside.string) + (b":\t" if lines else b":") if kind == cJSON_Object else b""
        rows.append(name + text)
    if kind == cJSON_Array:
        return b"[" + (b", " if lines else b",").join(rows) + b"]"
    if not lines:
        return b"{" + b",".join(rows) + b"}"
    indented = b",\n".join(b"\t" * (depth + 1) + row for row in rows) + b"\n" * bool(rows)
    return b"{\n" + indented + b"\t" * depth + b"}"


def _number(item: cJSON) -> bytes:
    value = item.valuedouble
    if not math.isfinite(value):
        return b"null"
    if value == item.valueint:
        return b"%d" % item.valueint
    short = formatted("%1.15g", value)
    again = float(short)
    close = abs(again - value) <= max(abs(again), abs(value)) * 2.0**-52
    return short if close else formatted("%1.17g", value)


_ESCAPES = {0x22: b'\\"', 0x5C: b"\\\\", 8: b"\\b", 12: b"\\f", 10: b"\\n", 13: b"\\r", 9: b"\\t"}


def _quoted(text: ptr[Any] | None) -> bytes:
    data = b"" if text is None else string_at(text)
    return b'"' + b"".join(_ESCAPES.get(c, b"\\u%04x" % c if c < 32 else bytes([c])) for c in data) + b'"'
