"""Rows of the XML tables: each ties a place in a document to a field, for reading and for writing.

A row has ``read(node, into, url)``, which fills fields of ``into`` from the element ``node``, and ``write(source)``,
which gives the XML of its fields. What is absent, empty or not valid leaves its field as it was. ``into`` and
``source`` are structs, or a namespace of a function's parameters. ``url`` says that the answer's keys are URL-encoded.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import unquote_plus

from aos._c import xml
from aos._c.contract import ArgumentError
from aos._c.structs import CStruct
from aos._c.text import encode, text_of
from aos._c.xml import Element
from aos.aos_list import aos_list_add_tail, aos_list_t
from oss._define.create import new_struct

__all__ = [
    "INT32",
    "INT64",
    "UINT64",
    "Base64Text",
    "Document",
    "FirstOf",
    "Flag",
    "Group",
    "Integer",
    "Many",
    "Presence",
    "Row",
    "Text",
    "Texts",
    "Truncated",
    "whole_number",
]

INT32 = range(-(2**31), 2**31)
INT64 = range(-(2**63), 2**63)
UINT64 = range(2**64)

_NUMBER = r"[ \t\r\n]*([+-]?[0-9]{1,20})[ \t\r\n]*"


def whole_number(digits: str, within: range) -> int | None:
    """Returns the decimal number that ``digits`` says; None unless it is one and lies in ``within``."""
    if len(digits) <= 20 and digits.isdigit() and digits.isascii():  # the usual case: 50,000 times in a checkpoint
        number: int | None = int(digits)
    else:
        match = re.fullmatch(_NUMBER, digits)
        number = int(match[1]) if match else None
    return number if number is not None and number in within else None  # None in a range would search all of it


def _append(kind: type[CStruct], head: aos_list_t) -> Any:
    """Appends a new struct to a list, and returns it."""
    made: Any = new_struct(kind)
    aos_list_add_tail(made.node, head)
    return made


class Row(Protocol):
    """A place in a document, and the field for it."""

    def read(self, node: Element, into: Any, url: bool) -> None:
        """Fills the field of ``into`` from the element ``node``."""
        ...

    def write(self, source: Any) -> str:
        """Returns the XML of the field of ``source``."""
        ...


class Text:
    """A text, in an ``aos_string_t``.

    ``optional``: not written when empty; ``keys``: URL-decoded where the answer is encoded;
    ``default``: what stands for an empty one.
    """

    def __init__(
        self, path: str, name: str, optional: bool = False, keys: bool = False, default: str | None = None
    ) -> None:
        self.path, self.name, self.optional, self.keys, self.default = path, name, optional, keys, default

    def read(self, node: Element, into: Any, url: bool) -> None:
        found, target = node.find(self.path), getattr(into, self.name)
        value = found.text if found else ""
        if target is not None and (value or self.default is not None):
            target.data = unquote_plus(value, errors="surrogateescape") if url and self.keys else value or self.default

    def write(self, source: Any) -> str:
        value = text_of(getattr(source, self.name))
        if not value and self.default is not None:
            value = self.default
        return "" if self.optional and not value else xml.leaf(self.path, self.content(value))

    def content(self, value: str | None) -> str | None:
        """Returns what stands in the element of a text."""
        return value


class Base64Text(Text):
    """A text that travels in base64; only written."""

    def content(self, value: str | None) -> str | None:
        return b64encode(encode(value or "")).decode()


class Integer:
    """A whole number within the field's range; ``absent`` is the value that means "not set"."""

    def __init__(self, path: str, name: str, within: range = INT32, absent: int | None = None) -> None:
        self.path, self.name, self.within, self.absent = path, name, within, absent

    def read(self, node: Element, into: Any, url: bool) -> None:
        found = node.find(self.path)
        value = whole_number(found.text, self.within) if found else None
        if value is not None:
            setattr(into, self.name, value)

    def write(self, source: Any) -> str:
        value = getattr(source, self.name)
        return "" if value == self.absent else xml.leaf(self.path, str(value))


class Flag:
    """true or false; ``absent`` is the value that means "not set"."""

    def __init__(self, path: str, name: str, absent: int | None = None) -> None:
        self.path, self.name, self.absent = path, name, absent

    def read(self, node: Element, into: Any, url: bool) -> None:
        found = node.find(self.path)
        if found and found.text:
            setattr(into, self.name, int(found.text.startswith("true")))

    def write(self, source: Any) -> str:
        value = getattr(source, self.name)
        return "" if value == self.absent else xml.leaf(self.path, "true" if value else "false")


class Truncated(Flag):
    """Whether a listing has more pages: 0 when the element is missing, else 1 unless it says false; only read."""

    def read(self, node: Element, into: Any, url: bool) -> None:
        found = node.find(self.path)
        setattr(into, self.name, int(bool(found and found.text and found.text.lower() != "false")))


class Presence:
    """A number that becomes 1 when the element is there; only read."""

    def __init__(self, path: str, name: str) -> None:
        self.path, self.name = path, name

    def read(self, node: Element, into: Any, url: bool) -> None:
        if node.find(self.path):
            setattr(into, self.name, 1)

    def write(self, source: Any) -> str:
        return ""


class Group:
    """Rows below one element, in the struct ``name`` or, without one, in the same struct."""

    def __init__(self, path: str, rows: tuple[Row, ...], name: str = "", optional: bool = False) -> None:
        self.path, self.rows, self.name, self.optional = path, rows, name, optional

    def read(self, node: Element, into: Any, url: bool) -> None:
        found = node.find(self.path)
        if found:
            for item in self.rows:
                item.read(found, getattr(into, self.name) if self.name else into, url)

    def write(self, source: Any) -> str:
        inner = getattr(source, self.name) if self.name else source
        content = "".join(item.write(inner) for item in self.rows)
        return xml.branch(self.path, content) if content or not self.optional else ""


class FirstOf:
    """Alternatives, of which the first that is set is written; all are read."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows

    def read(self, node: Element, into: Any, url: bool) -> None:
        for item in self.rows:
            item.read(node, into, url)

    def write(self, source: Any) -> str:
        return next(filter(None, (item.write(source) for item in self.rows)), "")


class Many:
    """A list of structs, one element each; what is read is appended."""

    def __init__(self, path: str, name: str, kind: type[CStruct], rows: tuple[Row, ...]) -> None:
        self.path, self.name, self.kind, self.rows = path, name, kind, rows

    def read(self, node: Element, into: Any, url: bool) -> None:
        head = getattr(into, self.name)
        if head is None:
            return
        for found in node.find_all(self.path):
            made = _append(self.kind, head)
            for item in self.rows:
                item.read(found, made, url)

    def write(self, source: Any) -> str:
        return "".join(
            xml.branch(self.path, *(item.write(entry) for item in self.rows)) for entry in _entries(self, source)
        )


class Texts:
    """A list of structs of one text each, one element each. ``empty``: an element without text counts too."""

    def __init__(self, path: str, name: str, kind: type[CStruct], field: str, empty: bool = False) -> None:
        self.path, self.name, self.kind, self.field, self.empty = path, name, kind, field, empty

    def read(self, node: Element, into: Any, url: bool) -> None:
        head = getattr(into, self.name)
        if head is None:
            return
        for found in node.find_all(self.path):
            if found.text or self.empty:
                getattr(_append(self.kind, head), self.field).data = found.text or None

    def write(self, source: Any) -> str:
        return "".join(xml.leaf(self.path, text_of(getattr(entry, self.field))) for entry in _entries(self, source))


def _entries(item: Many | Texts, source: Any) -> Iterator[CStruct]:
    """Yields the structs to write: those that the list is for, or others with the same fields, as C programs may cast
    them."""
    for entry in getattr(source, item.name):
        if not (isinstance(entry, item.kind) or all(hasattr(entry, wanted.name) for wanted in item.kind.c_fields)):
            raise ArgumentError(f"{item.name} must hold {item.kind.__name__}, not {type(entry).__name__}")
        yield entry


class Document:
    """A whole document. Reading takes any root element: C programs and servers never agreed on its name."""

    def __init__(self, root: str, rows: tuple[Row, ...]) -> None:
        self.root, self.rows = root, rows

    def read(self, node: Element, into: Any) -> None:
        encoding = node.find("EncodingType")
        url = encoding is not None and encoding.text == "url"
        for item in self.rows:
            item.read(node, into, url)

    def write(self, source: Any) -> str:
        return xml.document(xml.branch(self.root, *(item.write(source) for item in self.rows)))
