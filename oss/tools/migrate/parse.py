"""A preprocessed program as a tree: the declarations of the SDK first, then its own tokens, parsed by pycparser.

A function or declaration that pycparser cannot read is taken out and told as a problem; the others are translated.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from oss.tools.migrate import sdk
from oss.tools.migrate.c_tree import c_ast, c_parser
from oss.tools.migrate.preprocess import problem, source
from oss.tools.migrate.tokens import is_name, spelled, token

__all__ = ["parse", "tree"]

_SDK_FILE = "<sdk>"
_PLACE = re.compile(r"^.*?:(\d+:)*\s*")


@dataclass(slots=True)
class tree:
    """The declarations of the SDK, and those of the program."""

    known: list[c_ast.Node]
    own: list[c_ast.Node]


def parse(read: source) -> tree:
    """The tree of a program; what cannot be parsed goes to ``read.problems``."""
    known = sdk.declarations({item.text for item in read.tokens if is_name(item.text)})
    chunks = list(_chunks(read.tokens))
    while isinstance(nodes := _parsed(known, chunks), c_parser.ParseError):
        index = bisect.bisect(
            range(len(chunks)), 0, key=lambda end: isinstance(_parsed(known, chunks[: end + 1]), Exception)
        )
        bad = chunks.pop(index)
        reason = f"not understood: {_PLACE.sub('', str(nodes))}"
        read.problems.append(problem(bad[0].file, bad[0].line, spelled(bad), reason))
    own = [node for node in nodes if node.coord and str(node.coord.file) != _SDK_FILE]
    return tree([node for node in nodes if node.coord is None or str(node.coord.file) == _SDK_FILE], own)


def _parsed(known: str, chunks: list[list[token]]) -> list[c_ast.Node] | c_parser.ParseError:
    text = f'# 1 "{_SDK_FILE}"\n{known}\n' + _text(part for chunk in chunks for part in chunk)
    try:
        nodes: list[c_ast.Node] = c_parser.CParser().parse(text, _SDK_FILE).ext
    except c_parser.ParseError as error:
        return error
    return nodes


def _chunks(row: list[token]) -> Iterator[list[token]]:
    """Splits a program into its declarations and functions."""
    chunk: list[token] = []
    depth, function = 0, False
    for item in row:
        if item.text == "{" and not depth:
            function = bool(chunk) and chunk[-1].text == ")"
        chunk.append(item)
        depth += (item.text in "{([") - (item.text in "})]")
        if not depth and (item.text == ";" or (item.text == "}" and function)):
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _text(row: Iterator[token]) -> str:
    """Tokens as text whose lines pycparser counts as they were."""
    parts: list[str] = []
    file, line = "", 0
    for item in row:
        if item.file != file or not line <= item.line <= line + 20:
            file, line = item.file, item.line
            parts.append(f'\n# {line} "{file}"\n')
        parts.append("\n" * (item.line - line))
        line = item.line
        parts.append(f" {item.text}")
    return "".join(parts) + "\n"
