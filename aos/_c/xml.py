"""XML in and out, safe for bytes from anyone: stands where the C SDK uses Mini-XML.

Reading is expat's, strict about form and bounded in bytes, elements and depth; the characters are those of Mini-XML
(``aos._c.noncharacters``). DOCTYPE is refused, so there are no entities to expand and nothing external to fetch.
Namespace prefixes, attributes, comments, processing instructions and a missing prolog do not matter; CDATA is text.
Long runs of flat elements can be taken as they come (``on_record``).

Writing gives Mini-XML's bytes: no white space between elements, ``<X></X>`` for an empty text, ``<X />`` for an element
with nothing in it. What XML cannot carry (control characters, bytes that are not UTF-8) is an :class:`XmlError`; a
carriage return goes out as ``&#13;``, since a bare one would arrive as a line feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.parsers import expat

from aos._c.noncharacters import MOST, replaced, restored

__all__ = [
    "Element",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "branch",
    "document",
    "escape",
    "leaf",
    "parse",
    "XmlError",
]

MAX_BYTES = 64 << 20  # the largest honest document is a checkpoint: 10,000 parts of 4096 bytes are 40 MB
MAX_NODES = 200_000  # that checkpoint has 70,000 elements, a full page of a listing 10,000
MAX_DEPTH = 64  # nothing the service sends is deeper than 8
MAX_FIELDS = 64  # a part of a checkpoint has 6

_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))
"""Characters that are written otherwise; the ampersand first, since what the others become has one."""


class XmlError(ValueError):
    """Says why a document is malformed, hostile or too large, or why a text cannot be written as XML."""


class Element:
    """An element of a parsed document: name without prefix, text before the first child (untrimmed), children."""

    __slots__ = ("children", "name", "text")

    def __init__(self, name: str) -> None:
        self.name, self.text = name, ""
        self.children: Sequence[Element] = ()  # a leaf, as most elements are, needs no list of its own

    def find(self, path: str) -> Element | None:
        """Returns the first of the elements that :meth:`find_all` finds."""
        found = self.find_all(path)
        return found[0] if found else None

    def find_all(self, path: str) -> list[Element]:
        """Returns the elements at ``path``: ``A/B`` goes from child to child, ``//A/B`` begins at each A, this one too.

        With ``//`` the shallowest A comes first, and an A inside an A is not looked for.
        """
        nodes: list[Element] = [self]
        steps = path.removeprefix("//").split("/")
        if path.startswith("//"):
            nodes = self._anywhere(steps.pop(0))
        for step in steps:
            nodes = [child for node in nodes for child in node.children if child.name == step]
        return nodes

    def _anywhere(self, name: str) -> list[Element]:
        found: list[Element] = []
        level: Sequence[Element] = (self,)
        while level:
            found += (node for node in level if node.name == name)
            level = [child for node in level if node.name != name for child in node.children]
        return found

    def __repr__(self) -> str:
        return f"<element {self.name}: {len(self.children)} children, text of {len(self.text)}>"


class _Tree:
    """The expat handlers that grow the elements."""

    has_stand_ins = False

    def __init__(self, max_nodes: int, max_depth: int) -> None:
        self.top = Element("")
        self.open = [self.top]
        self.texts: list[str] = []
        self.nodes_left, self.max_depth = max_nodes, max_depth

    def start(self, name: str, attributes: object) -> None:
        self.nodes_left -= 1
        if self.nodes_left < 0 or len(self.open) > self.max_depth:
            raise XmlError("too many elements" if self.nodes_left < 0 else "elements nested too deeply")
        child, parent = Element(name.rpartition(":")[2] if ":" in name else name), self.open[-1]
        if type(parent.children) is list:
            parent.children.append(child)
        else:
            self._end_text(parent)
            parent.children = [child]
        self.open.append(child)
        self.texts.clear()

    def end(self, name: str) -> None:
        node = self.open.pop()
        if not node.children:
            self._end_text(node)
        self.texts.clear()

    def watch(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end

    def _end_text(self, node: Element) -> None:
        if self.texts:
            node.text = self.text()

    def text(self) -> str:
        """Returns what has been read since the last tag."""
        text = "".join(self.texts)
        return restored(text) if self.has_stand_ins else text

    @staticmethod
    def refuse(*_: object) -> None:
        raise XmlError("a DOCTYPE is not allowed")


class _RecordTree(_Tree):
    """A tree without its elements called ``record``: those go to ``on_record`` as {child's name: text}."""

    def __init__(
        self, max_nodes: int, max_depth: int, record: str, on_record: Callable[[dict[str, str]], None]
    ) -> None:
        super().__init__(max_nodes, max_depth)
        self.record, self.on_record, self.fields, self.fields_left = record, on_record, dict[str, str](), 0

    def watch(self, parser: expat.XMLParserType) -> None:
        super().watch(parser)
        self.parser = parser

    def start(self, name: str, attributes: object) -> None:
        if name == self.record:
            self.fields, self.fields_left = {}, MAX_FIELDS
            self.parser.StartElementHandler, self.parser.EndElementHandler = self.start_field, self.end_field
        else:
            super().start(name, attributes)

    def start_field(self, name: str, attributes: object) -> None:
        if name == self.record:
            raise XmlError(f"{name} in {name}")
        self.fields_left -= 1
        if self.fields_left < 0:
            raise XmlError(f"too many elements in {self.record}")
        self.texts.clear()

    def end_field(self, name: str) -> None:
        if name == self.record:
            self.watch(self.parser)
            self.on_record(self.fields)
        else:
            self.fields[name] = self.text()
        self.texts.clear()


def parse(
    data: bytes | bytearray | memoryview,
    *,
    record: str = "",
    on_record: Callable[[dict[str, str]], None] | None = None,
    max_bytes: int = MAX_BYTES,
    max_nodes: int = MAX_NODES,
    max_depth: int = MAX_DEPTH,
) -> Element:
    """Returns the root element of a document; anything but one well-formed, modest document is an :class:`XmlError`.

    With ``on_record``, elements called ``record`` are given to it, as a dict, and left out of the tree and its
    count; each has a bound of its own.
    """
    if len(data) > max_bytes:
        raise XmlError(f"a document of {len(data)} bytes is larger than {max_bytes}")
    tree = _RecordTree(max_nodes, max_depth, record, on_record) if on_record else _Tree(max_nodes, max_depth)
    parser = expat.ParserCreate()
    parser.buffer_text = parser.ordered_attributes = True
    tree.watch(parser)
    parser.CharacterDataHandler = tree.texts.append
    parser.StartDoctypeDeclHandler = tree.refuse
    whole, count = replaced(bytes(data))
    if count >= MOST:
        raise XmlError("too many characters that XML does not have")
    tree.has_stand_ins = count > 0
    text = whole.lstrip(b" \t\r\n")
    try:
        parser.Parse(text, True)
    except XmlError as error:
        raise XmlError(f"{error}, {_place(parser, whole, text)}") from None
    except expat.ExpatError as error:
        problem = f"not well-formed: {expat.ErrorString(error.code)}"
        raise XmlError(f"{problem}, {_place(parser, whole, text)}") from None
    except (LookupError, ValueError) as error:  # encodings Python does not offer expat
        raise XmlError(f"not well-formed: {error}") from None
    finally:
        parser.StartElementHandler = parser.EndElementHandler = None  # the parser and the tree know each other
    if not tree.top.children:
        raise XmlError(f"{record} must not be the root")
    return tree.top.children[0]


def _place(parser: expat.XMLParserType, whole: bytes, text: bytes) -> str:
    """Says where the parser is, counted from 1, in the document of which ``text`` is the end."""
    before = whole[: len(whole) - len(text)]
    line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
    if line == 1:
        column += len(before) - before.rfind(b"\n") - 1
    line += before.count(b"\n")
    return f"line {line}, column {column}"


def escape(text: str) -> str:
    """Returns ``text`` as it stands between two tags."""
    illegal = None if text.isprintable() else re.search(_ILLEGAL, text)  # what can be printed is legal
    if illegal:
        raise XmlError(f"U+{ord(illegal[0]):04X} cannot stand in an XML document")
    for character, entity in _ESCAPES:
        text = text.replace(character, entity)  # five times as fast as str.translate
    return text


def leaf(name: str, text: str | None) -> str:
    """Writes an element with a text; None (NULL) gives an empty element."""
    return f"<{name} />" if text is None else f"<{name}>{escape(text)}</{name}>"


def branch(name: str, *content: str) -> str:
    """Writes an element around elements that are written already."""
    inside = "".join(content)
    return f"<{name}>{inside}</{name}>" if inside else f"<{name} />"


def document(root: str) -> str:
    """Writes the whole document around its root element."""
    return f'<?xml version="1.0" encoding="utf-8"?>{root}\n'
