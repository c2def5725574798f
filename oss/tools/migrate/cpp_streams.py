"""Streams of C++: to the console, to files and texts, and from them."""

from __future__ import annotations

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Float, Int, Std, is_char, pointee
from oss.tools.migrate.cpp_library import CppLibrary
from oss.tools.migrate.cpp_types import (
    POINTERS,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.formats import Hole, alone
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import (
    ATOM,
    COMPARISON,
    NOT,
    Range,
    Untranslatable,
    Value,
    integer,
)  # fmt: skip

__all__ = ["CppStreams"]

_CONSOLES = {"cout": "", "cerr": "file=sys.stderr", "clog": "file=sys.stderr"}


class CppStreams(CppLibrary):
    """The part of the C++ writer that reads and writes streams."""

    def truth(self, node: Node) -> Value | None:
        inner = bare(node)
        if (stream := self.stream_state(inner)) is not None:
            return stream
        if inner.kind == "method" and inner.name == "operator bool":
            made = self(inner.kid(0))
            if isinstance(made.type, Std) and made.type.name in (*POINTERS, "function", "optional"):
                return Value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON, range=Range(0, 1))
        return super().truth(node)

    def stream_state(self, node: Node) -> Value | None:
        """Whether a stream is well, after what is read from it."""
        if node.kind == "method" and node.name == "operator bool":
            made = self.state_of(bare(node.kid(0)))
            return None if made is None else Value(f"not {made}.fail()", "bool", NOT, range=Range(0, 1))
        if node.kind == "operator" and node.name == "!" and len(node.kids) == 1:
            made = self.state_of(bare(node.kid(0)))
            return None if made is None else Value(f"{made}.fail()", "truth", ATOM, range=Range(0, 1))
        return None

    def state_of(self, node: Node) -> str | None:
        """A stream, once what is read from it is read."""
        kind = plain(node.type)
        if not isinstance(kind, Std) or kind.name not in ("ifstream", "ofstream", "istringstream", "istream"):
            return None
        if node.kind == "call" and node.name == "getline":
            stream, line, *end = [kid for kid in node.kids[1:] if kid is not None]
            name = self.stream(stream)
            mark = self.letter_text(end[0]) if end else ""
            self.context.hoist(f"{self.target(line)} = {name}.getline({mark})")
            return name
        if node.kind == "operator" and node.name == ">>":
            rows: list[Node] = []
            while node.kind == "operator" and node.name == ">>":
                rows.insert(0, node.kid(1))
                node = bare(node.kid(0))
            name = self.stream(node)
            self.context.hoist(*(f"{self.target(row)} = {name}.{self.reader(row)}" for row in rows))
            return name
        return self.stream(node)

    def stream(self, node: Node) -> str:
        inner = bare(node)
        if inner.kind == "name" and inner.name == "cin":
            raise Untranslatable("what is read from std::cin")
        return self(node).at(ATOM)

    @staticmethod
    def reader(node: Node) -> str:
        """How a piece of a stream is read into a variable."""
        kind = plain(node.type)
        if is_string(kind):
            return "word()"
        if isinstance(kind, Int) and kind.bits >= 32:
            return "integer()"
        if isinstance(kind, Float):
            return "real()"
        raise Untranslatable("what is read from a stream")

    def chain(self, node: Node) -> tuple[Node, list[Node]] | None:
        """The stream and the operands of ``stream << a << b``."""
        rows: list[Node] = []
        while node.kind == "operator" and node.name == "<<" and node.decl is None and len(node.kids) == 2:
            rows.insert(0, node.kid(1))
            node = node.kid(0)
        stream = isinstance(node.type, Std) and node.type.name in (
            "ostream",
            "ostringstream",
            "ofstream",
            "stringstream",
        )
        return (node, rows) if stream and rows else None

    def printed(self, stream: Node, rows: list[Node]) -> list[str]:
        """``print`` of what goes to a stream."""
        ends = bare(rows[-1]).name == "endl" or (
            bare(rows[-1]).kind == "string" and str(bare(rows[-1]).value).endswith("\n")
        )
        ends = ends or (bare(rows[-1]).kind == "char" and bare(rows[-1]).value == 10)
        parts = self.context.attempt(lambda: self._joined([self.streamed(row) for row in rows]))
        if parts is None:
            raise Untranslatable("a text that cannot be formatted")
        if stream.kind == "name" and stream.name in _CONSOLES and (stream.decl is None or stream.decl.system):
            if ends:
                parts = f'{parts[:-3]}"' if parts.endswith('\\n"') else parts
            if parts.startswith('f"') and "{" not in parts:
                parts = parts[1:]
            parts = alone(parts) or parts
            codes = ["" if parts in ('""', 'f""') else parts, "" if ends else 'end=""', _CONSOLES[stream.name]]
            return [f"print({', '.join(code for code in codes if code)})"]
        made = self(stream)
        if isinstance(made.type, Std) and made.type.name in ("ostringstream", "ofstream", "stringstream"):
            return [f"{made.at(ATOM)}.write({parts})"]
        raise Untranslatable("a stream of which it is not known where it goes")

    def streamed(self, node: Node) -> str | Hole:
        """What stands in a text for an operand of ``<<``."""
        inner = bare(node)
        if inner.name == "endl" and inner.kind == "name":
            return "\n"
        if inner.kind == "string":
            return str(inner.value).split("\0")[0]
        if inner.kind == "char" and isinstance(inner.value, int) and 0 < inner.value < 128 and is_char(node.type):
            return chr(inner.value)
        kind = plain(node.type)
        if is_string(kind):
            return Hole(self.string(node).code)
        if is_pointer(kind) and is_char(pointee(kind)):
            made = self(node)
            if made.nullable:
                raise Untranslatable("a pointer that may be NULL goes to a stream")
            return Hole(self.adapted(made, "text").code)
        made = integer(self(node))
        if isinstance(kind, Int) and kind.bits == 8:
            return Hole(self.letter_text(node))
        if isinstance(kind, Int) and made.form == "int":
            return Hole(made.code)
        if isinstance(kind, Float) and made.form == "float":
            return Hole(made.code, "g")
        raise Untranslatable("what goes to a stream is not known")
