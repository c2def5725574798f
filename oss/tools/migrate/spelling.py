"""How texts and numbers are spelled: C's escapes, Python's literals."""

from __future__ import annotations

import re

__all__ = ["bytes_literal", "c_string", "hexadecimal", "literal"]

_ESCAPE = re.compile(rb"""\\(?:([0-7]{1,3})|x([0-9a-fA-F]+)|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))""", re.DOTALL)
_LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"0": b"\0", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v",
            b"e": b"\x1b"}  # fmt: skip


def c_string(spelled: str) -> str:
    """The text of a C string literal without its quotes; bytes that are not UTF-8 as surrogates."""

    def one(match: re.Match[bytes]) -> bytes:
        octal, byte, short, long, letter = match.groups()
        if octal is not None:
            return bytes([int(octal, 8) & 0xFF])
        if byte is not None:
            return bytes([int(byte, 16) & 0xFF])
        if short or long:
            return chr(int(short or long, 16)).encode("utf-8", "surrogatepass")
        return _LETTERS.get(letter, letter)

    raw = _ESCAPE.sub(one, spelled.encode("utf-8", "surrogateescape"))
    return raw.decode("utf-8", "surrogateescape")


def literal(content: str) -> str:
    """A str literal as ``ruff format`` has it."""
    shown = repr(content)
    if shown[0] == "'" and '"' not in content:
        shown = '"' + shown[1:-1].replace("\\'", "'") + '"'
    return re.sub(r"(?<!\\)((?:\\\\)*)\\x00(?![0-9])", r"\1\\0", shown)


def bytes_literal(content: bytes) -> str:
    shown = repr(content)[1:]
    return "b" + (f'"{shown[1:-1]}"' if shown[0] == "'" and b'"' not in content else shown)


def hexadecimal(number: int) -> str:
    """A number as ``ruff format`` has it in hexadecimal."""
    return f"0x{number:X}"
