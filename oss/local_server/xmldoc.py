"""XML in and out: documents are built from nested (name, value) pairs, and read by a parser without entities.

The SDK has an XML reader of its own, in ``oss._xml``. This one shares nothing with it, for two reasons. A mistake that
both ends made alike would be seen by no test. And the tasks differ: the SDK fills structs from the elements it knows
and passes over the rest, a service must refuse what is not acceptable and store a document with all that is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape

__all__ = ["Node", "Value", "XmlError", "document", "parse"]

Value: TypeAlias = str | int | float | Sequence[tuple[str, "Value"]] | None

_MAX_NODES = 200_000
_MAX_DEPTH = 32
# What XML 1.0 cannot hold in any form.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The service accepts control characters, also as references. They pass the parser as noncharacters of Unicode.
_CONTROL = re.compile(b"[\x01-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(1?[1-9A-Fa-f]|10)|0*([1-9]|[12][0-9]|3[01]));")
_CARRIER = 0xFDD0
_CARRIED = {_CARRIER + code: code for code in range(32)}
_ENTITIES = {"\r": "&#13;", '"': "&quot;"}


class XmlError(ValueError):
    """Raised for a text that is not an acceptable document."""


def _emit(name: str, value: Value) -> Iterator[str]:
    if value is None:
        return
    yield f"<{name}>"
    if isinstance(value, (str, int, float)):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        yield escape(_FORBIDDEN.sub("\ufffd", text), _ENTITIES)
    else:
        for child, inner in value:
            yield from _emit(child, inner)
    yield f"</{name}>"


def document(root: str, children: Value) -> bytes:
    """Build a document. A value is a text, a number, a bool, a sequence of (name, value), or None for no element."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_emit(root, children))).encode()


class Node:
    """An element: name without prefix, text, children in order."""

    __slots__ = ("children", "name", "text")

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.children: list[Node] = []

    def find(self, name: str) -> Node | None:
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Node]:
        return [child for child in self.children if child.name == name]

    def value(self, path: str, default: str | None = None) -> str | None:
        """The stripped text at a path ``a/b/c``, or the default when an element is missing."""
        node: Node | None = self
        for name in path.split("/"):
            node = node.find(name) if node else None
        return node.text.strip() if node else default

    def pairs(self) -> Value:
        """The element's content in the form that ``document`` takes."""
        return [(child.name, child.pairs()) for child in self.children] if self.children else self.text


class _Builder:
    def __init__(self, carrying: bool) -> None:
        self.root: Node | None = None
        self.carrying = carrying
        self.stack: list[Node] = []
        self.count = 0

    def start(self, name: str, _attributes: object) -> None:
        self.count += 1
        if self.count > _MAX_NODES or len(self.stack) >= _MAX_DEPTH:
            raise XmlError("document too large")
        node = Node(name.rpartition("}")[2])
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node
        self.stack.append(node)

    def end(self, _name: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        self.stack[-1].text += text.translate(_CARRIED) if self.carrying else text


def _refuse(*_arguments: object) -> None:
    raise XmlError("document types and entities are not accepted")


def _carried(match: re.Match[bytes]) -> bytes:
    base16, base10 = match.groups()
    code = int(base16, 16) if base16 else int(base10) if base10 else match.group()[0]
    return chr(_CARRIER + code).encode()


def parse(text: bytes, root: str | Iterable[str] | None = None) -> Node:
    """Read a document, whose root must have the name, or one of the names, of ``root``."""
    text, carried = _CONTROL.subn(_carried, text)
    builder = _Builder(carried > 0)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise XmlError(str(error)) from error
    if builder.root is None:
        raise XmlError("empty document")
    names = None if root is None else {root} if isinstance(root, str) else set(root)
    if names is not None and builder.root.name not in names:
        raise XmlError(f"root is {builder.root.name}")
    return builder.root
