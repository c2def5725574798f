"""A small C preprocessor: includes, conditionals, macros. Comments are kept, and constants keep their names.

A ``#define`` of a constant becomes a declaration, ``static const int NAME = ...;``, at its place; other macros are
expanded. Headers of the SDK and of the system are not read, only remembered; others are searched beside the program.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from oss.tools.migrate.macros import constant_type, expander, known_names, macro, macro_of
from oss.tools.migrate.tokens import comment, is_name, logical_lines, quoted, read_source, spelled, token, tokens_of

__all__ = ["include", "preprocess", "problem", "source"]

_OPERATORS: Mapping[type[ast.AST], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.floordiv,
    ast.Mod: operator.mod,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


@dataclass(frozen=True, slots=True)
class include:
    """One ``#include``: its name, where it stands, and the file it named, when that was read."""

    name: str
    file: str
    line: int
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class problem:
    """What could not be translated: a place, the C text, the reason."""

    file: str
    line: int
    text: str
    reason: str


@dataclass(slots=True)
class source:
    """A program after preprocessing."""

    path: Path
    tokens: list[token] = field(default_factory=list)
    comments: list[comment] = field(default_factory=list)
    includes: list[include] = field(default_factory=list)
    problems: list[problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)  # the file each #define of a constant stands in


class _reader:
    def __init__(self, made: source, folders: list[Path], names: known_names, known: Callable[[str], bool]):
        self.made, self.folders, self.known = made, folders, known
        self.expand = expander(names)
        self.seen: set[Path] = set()

    def read(self, path: Path) -> None:
        """Takes one file in, with those it includes."""
        if path in self.seen:
            return
        self.seen.add(path)
        file = str(path)
        found, comments = tokens_of(read_source(path), file)
        stack: list[list[bool]] = []  # [is this branch taken, was one taken, is the outside taken]
        pending: list[token] = []
        for row in logical_lines(found):
            if row[0].text != "#":
                if all(state[0] for state in stack):
                    pending += row
                continue
            if pending and not _open_call(pending):
                self.made.tokens += self.expand(pending)
                pending = []
            self._directive(row[1:], stack, row[0])
        self.made.tokens += self.expand(pending)
        self.made.comments += comments

    def _directive(self, row: list[token], stack: list[list[bool]], at: token) -> None:
        word, rest = (row[0].text, row[1:]) if row else ("", [])
        outside = all(state[0] for state in stack)
        if word in ("if", "ifdef", "ifndef"):
            taken = outside and bool(self._condition(word, rest, at))
            stack.append([taken, taken])
            self._note(taken, outside, at, word, rest)
        elif word in ("elif", "else") and stack:
            inside, taken = stack.pop(), False
            if all(state[0] for state in stack) and not inside[1]:
                taken = word == "else" or bool(self._condition("if", rest, at))
            stack.append([taken, inside[1] or taken])
            if inside[0]:
                self._note(False, True, at, word, rest)
        elif word == "endif" and stack:
            stack.pop()
        elif outside and word == "include":
            self._include(rest, at)
        elif outside and word == "define":
            self._define(macro_of(rest), at)
        elif outside and word == "undef" and rest:
            self.expand.macros.pop(rest[0].text, None)
        elif outside and word in ("error", "line"):
            self._problem(at, f"#{spelled(row)}", "a directive for the C compiler")

    def _note(self, taken: bool, outside: bool, at: token, word: str, rest: list[token]) -> None:
        name = rest[0].text if rest else ""
        guard = word == "ifndef" and name.upper().rstrip("_").endswith("_H")
        if outside and not taken and not guard and name != "__cplusplus":
            self.made.notes.append(f"{Path(at.file).name}:{at.line}: not taken: #{word} {spelled(rest)}".rstrip())

    def _problem(self, at: token, text: str, reason: str) -> None:
        self.made.problems.append(problem(at.file, at.line, text, reason))

    def _include(self, rest: list[token], at: token) -> None:
        text = "".join(item.text for item in rest)
        name = text.strip('"<>')
        path = None
        if not self.known(name):
            beside = Path(at.file).parent
            path = next((folder / name for folder in (beside, *self.folders) if (folder / name).is_file()), None)
            if path is None and text[:1] != "<":
                self._problem(at, f"#include {text}", "there is no such file beside the program, nor in the SDK")
                return
        self.made.includes.append(include(name, at.file, at.line, path))
        if path is not None:
            self.read(path)

    def _define(self, made: macro | None, at: token) -> None:
        if made is None:
            return
        if made.parameters is None and made.body:
            kind = constant_type(made, self.expand)
            if kind is not None:
                self.made.constants[made.name] = at.file
                self.expand.constants[made.name] = made
                text = ["static", "const", *kind.split(), made.name, "="]
                self.made.tokens += [token(word, at.file, at.line, True) for word in text]
                self.made.tokens += self.expand([item.at(at) for item in made.body])
                self.made.tokens.append(token(";", at.file, at.line))
                return
        self.expand.macros[made.name] = made

    def _condition(self, word: str, rest: list[token], at: token) -> int:
        defined = self.expand.is_defined
        if word != "if":
            return int((defined(rest[0].text) if rest else False) == (word == "ifdef"))
        row: list[token] = []
        items = iter(rest)
        for item in items:
            if item.text == "defined":
                name = next(items, item)
                if name.text == "(":
                    name = next(items, item)
                    next(items, None)
                row.append(token(str(int(defined(name.text))), item.file, item.line))
            else:
                row.append(item)
        try:
            return _constant_value(self.expand(row, constants=True))
        except (SyntaxError, ValueError, ZeroDivisionError):
            self._problem(at, f"#if {spelled(rest)}", "a condition that only the C compiler can decide; taken as 0")
            return 0


def _open_call(row: list[token]) -> bool:
    """Whether a directive stands inside the parentheses of a macro call."""
    depth = 0
    for item in row:
        depth += (item.text == "(") - (item.text == ")")
    return depth > 0


def _constant_value(row: list[token]) -> int:
    """The value of an ``#if``; names that are not defined are 0."""
    words = {"&&": " and ", "||": " or ", "!": " not "}
    parts = []
    for item in row:
        if is_name(item.text):
            parts.append("0")
        elif item.text[0].isdigit():
            parts.append(str(int(re.sub(r"[uUlL]+$", "", item.text), 0)))
        else:
            parts.append(words.get(item.text, item.text))
    return _evaluate(ast.parse(" ".join(parts).strip(), mode="eval").body)


def _evaluate(node: ast.AST) -> int:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if isinstance(node, ast.BoolOp):
        values = [bool(_evaluate(value)) for value in node.values]
        return int(all(values) if isinstance(node.op, ast.And) else any(values))
    if isinstance(node, ast.UnaryOp):
        value = _evaluate(node.operand)
        return {ast.Not: int(not value), ast.USub: -value, ast.UAdd: value}.get(type(node.op), ~value)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return int(_OPERATORS[type(node.ops[0])](_evaluate(node.left), _evaluate(node.comparators[0])))
    raise ValueError("not a constant")


def preprocess(
    path: Path, folders: list[Path], defines: Mapping[str, str], names: known_names, known: Callable[[str], bool]
) -> source:
    """Reads ``path``; ``names`` are known beforehand, ``known`` tells headers not to be read."""
    made = source(path)
    reader = _reader(made, folders, names, known)
    for name, value in defines.items():
        row, _ = tokens_of(f"{name} {value}", quoted("command line"))
        reader.expand.macros[name] = macro(name, None, tuple(row[1:]))
    reader.read(path)
    return made
