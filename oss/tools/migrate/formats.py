"""printf's formats as f-strings where these are the same for every value, else as they are, for the C formatter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import Float, Int, Pointer, Struct, promoted
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.patterns import Piece, pieces
from oss.tools.migrate.pointers import Pointers
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import ATOM, Untranslatable, Value, integer

__all__ = ["Formats", "Hole", "alone", "cut", "text_of"]

_BITS = {None: 32, "hh": 8, "h": 16, "l": 64, "ll": 64, "q": 64, "j": 64, "z": 64, "t": 64}
_STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
_TWICE = re.compile(r"[\w.]+(\[\w+\])?")
"""Code that may be evaluated twice."""


class Formats(Pointers):
    """The part of the expression writer that formats."""

    def formatted(self, pattern: str, arguments: Sequence[Node]) -> str | None:
        """An f-string, or a literal, that is the same as the format; None where that is not proved."""
        return self.context.attempt(lambda: self._formatted(pattern, arguments))

    def _formatted(self, pattern: str, arguments: Sequence[Node]) -> str | None:
        pattern = pattern.split("\0", maxsplit=1)[0]
        found = pieces(pattern)
        if found is None or any("\udc80" <= letter <= "\udcff" for letter in pattern):
            return None
        rows: list[str | Hole] = []
        rest, holes, missing = list(arguments), False, 0
        for piece in found:
            if not piece.kind:
                rows.append(piece.text)
                continue
            if len(rest) < piece.takes:
                return None
            taken, rest = rest[: piece.takes], rest[piece.takes :]
            if (inserted := self._inserted(piece, taken)) is None:
                return None
            rows.append(inserted)
            holes |= isinstance(inserted, Hole)
            missing += isinstance(inserted, Hole) and inserted.nullable
        if rest or missing > 1:
            return None
        return self._joined(rows) if holes else literal("".join(str(row) for row in rows))

    def _joined(self, rows: list[str | Hole]) -> str | None:
        """The rows as an f-string; a str alone where that is all."""
        parts = []
        for row in rows:
            if isinstance(row, str):
                parts.append(_inside(row))
                continue
            code = _requoted(row.code)
            if code is None:
                return None
            shown = f" {code}" if code.startswith("{") else code
            parts.append(f"{{{shown}{':' + row.spec if row.spec else ''}}}")
        shown = "".join(parts)
        if '\\"' in shown and "'" not in shown and "\\" not in shown.replace('\\"', ""):
            return f"f'{shown.replace(chr(92) + chr(34), chr(34))}'"
        return f'f"{shown}"'

    def _inserted(self, piece: Piece, arguments: Sequence[Node]) -> str | Hole | None:
        if piece.takes == 2 and piece.precision == "*" and piece.kind == "s" and not piece.width:
            return self.counted(arguments[0], arguments[1])
        if piece.takes != 1 or piece.length == "L":
            return None
        argument = arguments[0]
        if piece.kind == "s":
            return self._text(piece, argument)
        if piece.kind in "diuxXo":
            return self._integer(piece, argument)
        if piece.kind in "fFeEgG" and isinstance(argument.type, Float):
            return self._real(piece, argument)
        if piece.kind == "c":
            inner = bare(argument)
            if inner.kind == "char" and isinstance(inner.value, int) and 0 < inner.value < 128 and not piece.width:
                return chr(inner.value)
        return None

    def counted(self, size: Node, text: Node) -> Hole | None:
        """``%.*s`` of ``s->len, s->data`` of the SDK's strings."""
        size, text = bare(size), bare(text)
        for node, name in ((size, "len"), (text, "data")):
            if node.kind != "member" or node.name != name or node.decl is None or node.decl.owner != "aos_string_t":
                return None
        with self.context.purely():
            owner, other = self.structure(size.kid(0)), self.structure(text.kid(0))
        return Hole(owner) if owner == other else None

    def _text(self, piece: Piece, argument: Node) -> str | Hole | None:
        if piece.width or piece.precision is not None or piece.flags or not is_pointer(argument.type):
            return None
        inner = bare(argument)
        if inner.kind == "string" and (not inner.macro or self.constant(inner) is None):
            content = str(inner.value).split("\0")[0]
            return None if any("\udc80" <= letter <= "\udcff" for letter in content) else content
        made = self(argument)
        if made.nullable and made.form == "text" and _TWICE.fullmatch(made.code):
            return Hole(f"{made.code} if {made.code} is not None else '(null)'", nullable=True)
        if made.nullable or made.form not in ("text", "ptr", "place", "bytes"):
            return None
        if made.form == "bytes":
            return Hole(f"ptr({made.code})")
        return Hole(self.adapted(made, "text").code if made.form != "ptr" else made.code)

    def _integer(self, piece: Piece, argument: Node) -> str | Hole | None:
        kind = promoted(argument.type)
        bits = _BITS.get(piece.length)
        if not isinstance(kind, Int) or kind.bits != max(bits or 0, 32) or bits in (8, 16):
            return None
        if piece.precision is not None or (piece.flags and set(piece.flags) - set("-0+#")):
            return None
        found = self.range(argument)
        whole = Int(kind.bits, piece.kind in "di")
        if found is None or not found.within(whole.low, whole.high):
            return None
        if "#" in piece.flags and piece.kind not in "xX":
            return None
        if "#" in piece.flags and not (found.low > 0):
            return None
        made = integer(self(argument))
        if made.form != "int":
            return None
        if made.code.isdecimal() and (piece.kind in "di" and not piece.flags and not piece.width):
            return made.code
        return Hole(made.code, _spec(piece, "" if piece.kind in "diu" else piece.kind))

    def _real(self, piece: Piece, argument: Node) -> Hole | None:
        made = self(argument)
        if made.form != "float" or set(piece.flags) - set("-0+ ") or piece.kind in "gG":
            return None
        precision = f".{piece.precision or 0}" if piece.precision is not None else ".6" if piece.kind in "fF" else ""
        return Hole(made.code, _spec(piece, f"{precision}{piece.kind}"))

    def text_made(self, arguments: Sequence[Node]) -> str:
        """The text that a format makes of the arguments behind it."""
        pattern = bare(arguments[0])
        if pattern.kind == "string":
            content = str(pattern.value)
            made = self(arguments[1]) if content == "%s" and len(arguments) == 2 else None
            if made is not None and made.form == "text" and not made.nullable:
                return made.code
            code = self.formatted(content, arguments[1:]) or self.by_sdk(content, arguments[1:])
            if code is not None:
                return text_of(code)
        return f"os.fsdecode(formatted({', '.join(self.arguments(arguments))}))"

    def by_sdk(self, pattern: str, arguments: Sequence[Node]) -> str | None:
        """A text by the formatter of the SDK; None where the program has no SDK, or C's formatter does otherwise."""
        return self.context.attempt(lambda: self._by_sdk(pattern.split("\0", maxsplit=1)[0], arguments))

    def _by_sdk(self, pattern: str, arguments: Sequence[Node]) -> str | None:
        found, rest = pieces(pattern), list(arguments)
        if found is None or not self.context.has_sdk():
            return None
        for piece in found:
            if piece.kind and (piece.takes != 1 or not rest or not self._alike(piece, rest.pop(0))):
                return None
        codes = [literal(pattern), *(self.argument(node) for node in arguments)]
        return f"apr_psprintf(None, {', '.join(codes)})"

    def _alike(self, piece: Piece, argument: Node) -> bool:
        """Whether the SDK's formatter writes a value as C's does, which cuts numbers to their size."""
        if piece.kind == "s":
            with self.context.probing():
                return not piece.length and piece.precision is None and self(argument).form == "text"
        if piece.kind in "diuxXo":
            kind = promoted(argument.type)
            if not isinstance(kind, Int) or kind.bits != _BITS.get(piece.length) or piece.length in ("h", "hh"):
                return False
            found, most = self.range(argument), Int(kind.bits, True).high
            return piece.kind not in "di" or kind.signed or (found is not None and found.high <= most)
        return piece.kind in "fFeE" and not piece.length and isinstance(argument.type, Float)

    def arguments(self, arguments: Sequence[Node]) -> list[str]:
        """The further arguments of a function of the printf family, for the port's C formatter."""
        return [self.argument(node) for node in arguments]

    def argument(self, node: Node) -> str:
        if isinstance(node.type, Struct):
            raise Untranslatable("a struct among the arguments of a format")
        made = integer(self(node))
        if made.form in ("place", "offset"):
            made = self.settled(made)
        if made.form == "bytes":
            made = Value(f"ptr({made.code})", "ptr", ATOM, made.type)
        if made.form in ("object", "list", "function", "any", "member") and isinstance(node.type, Pointer):
            raise Untranslatable("a pointer that is no text among the arguments of a format")
        return made.code


@dataclass(frozen=True, slots=True)
class Hole:
    code: str
    spec: str = ""
    nullable: bool = False


def cut(code: str, room: int | None) -> str:
    """As many bytes of a text as there is room for, beside its NUL."""
    assert room is not None
    return f"os.fsdecode(os.fsencode({code})[:{room - 1}])"


def alone(code: str) -> str | None:
    """What an f-string consists of, where it is that alone."""
    if code.startswith('f"{') and code.endswith('}"') and code.count("{") == code.count("}") == 1 and ":" not in code:
        code = code[3:-2]
        return code if '"' in code or "\\" in code else code.replace("'", '"')
    return None


def text_of(code: str) -> str:
    """An f-string as what makes a text of what it consists of."""
    inner = alone(code)
    return f"str({inner})" if inner is not None else code


def _spec(piece: Piece, kind: str) -> str:
    """A conversion as Python's format specification."""
    minus, zero = "-" in piece.flags, "0" in piece.flags and "-" not in piece.flags
    sign = "+" if "+" in piece.flags else ""
    alternate = "#" if "#" in piece.flags else ""
    align = "<" if minus and piece.width else ""
    width = f"{'0' if zero and piece.width else ''}{piece.width}"
    shown = f"{align}{sign}{alternate}{width}{kind}"
    return f"{shown}d" if shown and not kind else shown


def _inside(text: str) -> str:
    """A text as it stands in an f-string in double quotes."""
    shown = repr('"' + text)[2:-1].replace("\\'", "'").replace('"', '\\"')
    return shown.replace("{", "{{").replace("}", "}}")


def _requoted(code: str) -> str | None:
    """Code that can stand inside of an f-string in double quotes."""
    code = _STRING.sub(
        lambda match: f"'{match[1]}'" if "'" not in match[1] and "\\" not in match[1] else match[0], code
    )
    return None if '"' in code or "\\" in code else code
