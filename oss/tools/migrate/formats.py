"""C formats as f-strings, or as Python's ``%`` where an f-string could not hold the arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from oss.tools.migrate.types import int_t
from oss.tools.migrate.values import ATOM, PRODUCT, Untranslatable, hexadecimal, integer, literal, sliced, text, value

__all__ = ["formatted"]

_SPEC = re.compile(
    r"%(?P<flags>[-+ #0]*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?(?<=[.*\d]))?"
    r"(?P<length>hh|h|ll|l|j|z|t|L|I64|q)?(?P<kind>[%a-zA-Z])"
)
_UNSIGNED = {None: 32, "hh": 8, "h": 16}


@dataclass(frozen=True, slots=True)
class _piece:
    """A conversion: an expression and its Python format."""

    code: str
    spec: str
    conversion: str
    struct: bool = False  # a string of the SDK rather than a str


def formatted(pattern: str, arguments: list[value], same: Callable[[value, value], str | None]) -> value:
    """The text of a C format; ``same`` gives the struct where two arguments are the length and data of one."""
    pieces: list[str | _piece] = []
    rest, end = list(arguments), 0
    for match in _SPEC.finditer(pattern):
        pieces.append(pattern[end : match.start()])
        end = match.end()
        pieces.append("%" if match["kind"] == "%" else _conversion(match, rest, same))
    pieces.append(pattern[end:])
    if rest:
        raise Untranslatable("more arguments than the format has")
    return _joined(pieces)


def _conversion(match: re.Match[str], rest: list[value], same: Callable[[value, value], str | None]) -> str | _piece:
    def take() -> value:
        if not rest:
            raise Untranslatable("fewer arguments than the format has")
        return rest.pop(0)

    flags, kind = match["flags"], match["kind"]
    width = match["width"] or ""
    if width == "*":
        width = f"{{{integer(take()).code}}}"
    if kind == "s" and match["precision"] == "*":
        count, what = take(), take()
        whole = same(count, what)
        code = whole or sliced(_atom_text(what), "0", count.code)
        return _text_piece(code, flags, width, "", whole is not None)
    precision = match["precision"] or ""
    if precision == "*":
        precision = f"{{{integer(take()).code}}}"
    argument = take()
    if kind == "s":
        if isinstance(argument.constant, str) and not width and not precision:
            return argument.constant
        memory = argument.kind == "bytes"
        code = f"aos_string_t({argument.code})" if memory else text(argument)
        return _text_piece(code, flags, width, f".{precision}" if precision else "", memory)
    if kind == "c":
        code = argument.code if argument.kind in ("letter", "text") else f"chr({argument.code})"
        return _text_piece(code, flags, width, "")
    if kind in "diuxXo":
        return _number_piece(integer(argument), match, flags, width, precision)
    if kind in "feEgGF":
        spec = _sign(flags) + ("0" if "0" in flags else "") + width + (f".{precision}" if precision else "") + kind
        return _piece(argument.code, f":{spec}", f"%{spec}")
    if kind == "p":
        return _piece(f"id({argument.code})", ":#x", "%#x")
    raise Untranslatable(f"no counterpart of the conversion {match[0]}")


def _sign(flags: str) -> str:
    return "+" if "+" in flags else " " if " " in flags else ""


def _number_piece(argument: value, match: re.Match[str], flags: str, width: str, precision: str) -> _piece | str:
    kind = {"i": "d", "u": "d"}.get(match["kind"], match["kind"])
    code = argument.code
    signed = isinstance(argument.type, int_t) and argument.type.signed and argument.type.bits >= 32
    if match["kind"] in "uxXo" and signed and not isinstance(argument.constant, int):
        bits = _UNSIGNED.get(match["length"], 64)
        code = f"{argument.at(PRODUCT)} & {hexadecimal((1 << bits) - 1)}"
    if precision:
        flags, width = flags.replace("0", "") + "0", precision
    if kind == "d" and not flags.strip("-") and not width:
        return _piece(code, "", "%d")
    zero = "0" if "0" in flags and "-" not in flags else ""
    side = "<" if "-" in flags else ""
    sharp = "#" if "#" in flags and kind != "d" else ""
    spec = f"{side}{_sign(flags)}{sharp}{zero}{width}{kind}"
    if spec == "<d":
        spec = ""
    return _piece(code, f":{spec}" if spec else "", f"%{flags}{width}{kind}")


def _atom_text(argument: value) -> str:
    return argument.at(ATOM) if argument.kind == "text" else text(argument)


def _text_piece(code: str, flags: str, width: str, precision: str, struct: bool = False) -> _piece:
    side = ("<" if "-" in flags else ">") if width else ""
    spec = f":{side}{width}{precision}" if width or precision else ""
    return _piece(
        f"str({code})" if struct and spec else code, spec, f"%{'-' * ('-' in flags)}{width}{precision}s", struct
    )


def _joined(pieces: list[str | _piece]) -> value:
    merged: list[str | _piece] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "":
            merged.append(piece)
    if all(isinstance(piece, str) for piece in merged):
        content = "".join(piece for piece in merged if isinstance(piece, str))
        return value(literal(content), "text", constant=content)
    inner = [_quotable(piece) for piece in merged if isinstance(piece, _piece)]
    if all(inner):
        return _f_string(merged)
    if any("{" in piece.spec for piece in merged if isinstance(piece, _piece)):
        raise Untranslatable("a width that is computed, and an argument with quotes in it")
    pattern = "".join(piece.replace("%", "%%") if isinstance(piece, str) else piece.conversion for piece in merged)
    codes = [piece.code for piece in merged if isinstance(piece, _piece)]
    return value(f"{literal(pattern)} % ({', '.join(codes)}{',' * (len(codes) == 1)})", "text", PRODUCT)


def _quotable(piece: _piece) -> str:
    """An expression as it may stand in an f-string before Python 3.12, or nothing."""
    code = piece.code
    if "\\" in code or "#" in code or ("'" in code and '"' in code):
        return ""
    return code.replace('"', "'")


def _f_string(merged: list[str | _piece]) -> value:
    if len(merged) == 1 and isinstance(merged[0], _piece) and not merged[0].spec:
        piece = merged[0]
        whole = piece.conversion == "%s" and not piece.struct
        return value(piece.code if whole else f"str({piece.code})", "text")
    texts = "".join(part for part in merged if isinstance(part, str))
    codes = "".join(_quotable(part) for part in merged if isinstance(part, _piece))
    quote = "'" if '"' in texts and "'" not in texts + codes else '"'
    parts = []
    for part in merged:
        if isinstance(part, str):
            parts.append("".join(_escaped(letter, quote) for letter in part))
        else:
            code = _quotable(part)
            parts.append(f"{{{' ' * code.startswith('{')}{code}{part.spec}}}")
    return value(f"f{quote}{''.join(parts)}{quote}", "text", ATOM)


def _escaped(letter: str, quote: str) -> str:
    """A letter as it stands in an f-string."""
    if letter in "'\"":
        return "\\" * (letter == quote) + letter
    return letter * 2 if letter in "{}" else repr(letter)[1:-1]
