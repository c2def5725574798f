"""``sscanf`` as a regular expression: the text must match the whole format, or nothing is set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oss.tools.migrate.c_tree import c_ast
from oss.tools.migrate.shapes import bare
from oss.tools.migrate.values import Untranslatable, text, value

if TYPE_CHECKING:
    from oss.tools.migrate.expressions import expressions

__all__ = ["scan"]

_SPEC = re.compile(r"%(?P<skip>\*)?(?P<width>\d+)?(?P<length>hh|h|ll|l|j|z|L)?(?P<kind>\[\^?\]?[^\]]*\]|[a-zA-Z%])")
_NUMBERS = {"d": r"[+-]?\d+", "u": r"\d+", "i": r"[+-]?\d+", "x": r"(?:0[xX])?[0-9a-fA-F]+"}
_FLOATS = "fegFEG"


def scan(write: expressions, arguments: list[c_ast.Node]) -> value:
    """The call as a condition; what it sets is set by statements before it."""
    pattern = write(arguments[1]).constant
    if not isinstance(pattern, str):
        raise Untranslatable("a format for sscanf that is computed")
    shown, kinds = _expression(pattern)
    targets = [_target(write, node) for node in arguments[2:]]
    if len(targets) != len(kinds):
        raise Untranslatable("as many arguments as the format has are needed")
    code = text(write(arguments[0]))
    write.before.append(f'found = re.match(r"{shown}", {code})')
    if len(targets) == 1:
        values = _converted("found[1]", kinds[0])
    elif set(kinds) == {"s"}:
        values = "found.groups()"
    else:
        values = ", ".join(_converted(f"found[{index}]", kind) for index, kind in enumerate(kinds, 1))
    write.before += ["if found:", f"    {', '.join(targets)} = {values}"]
    return value("found", "matched", constant=len(kinds))


def _converted(code: str, kind: str) -> str:
    if kind in _FLOATS:
        return f"float({code})"
    if kind == "x":
        return f"int({code}, 16)"
    return f"int({code})" if kind in _NUMBERS else code


def _target(write: expressions, node: c_ast.Node) -> str:
    """The variable that a conversion sets."""
    inner = bare(node)
    if isinstance(inner, c_ast.UnaryOp) and inner.op == "&":
        return write(inner.expr).code
    made = write(node)
    if made.kind != "text":
        raise Untranslatable("a text that is scanned into memory")
    return made.code


def _expression(pattern: str) -> tuple[str, list[str]]:
    """The regular expression of a format, and the kinds of its conversions."""
    parts: list[str] = []
    kinds: list[str] = []
    end = 0
    for match in _SPEC.finditer(pattern):
        parts.append(_literal(pattern[end : match.start()]))
        end = match.end()
        kind = match["kind"]
        if kind == "%":
            parts.append("%")
            continue
        inner = _piece(kind, match["width"])
        parts.append(inner.replace("(", "(?:", 1) if match["skip"] else inner)
        if not match["skip"]:
            kinds.append("s" if kind[0] == "[" else kind)
    parts.append(_literal(pattern[end:]))
    shown = "".join(parts)
    if '"' in shown:
        raise Untranslatable("a quote in a format for sscanf")
    return shown.removesuffix(r"\s*"), kinds


def _piece(kind: str, width: str | None) -> str:
    count = f"{{1,{width}}}" if width else "+"
    if kind[0] == "[":
        return f"({kind.replace(chr(10), chr(92) + 'n')}{count})"
    if kind == "s":
        return rf"\s*(\S{count})"
    if kind == "c":
        return "(.)"
    if kind in _NUMBERS:
        return rf"\s*({_NUMBERS[kind]})"
    if kind in _FLOATS:
        return r"\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)"
    raise Untranslatable(f"no counterpart of %{kind} in sscanf")


def _literal(part: str) -> str:
    """The text between conversions; white space matches any, or none."""
    return re.sub(r"(?:\\?\s)+", lambda _: r"\s*", re.escape(part))
