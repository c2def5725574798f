"""Macros: what a ``#define`` says, when it is a constant, and how the others are expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from oss.tools.migrate.tokens import is_name, is_string, quoted, spelled, token, tokens_of

__all__ = ["constant_type", "expander", "known_names", "macro", "macro_of"]

_ARITHMETIC = frozenset(("<<", ">>", "<=", ">=", "==", "!=", *"+-*/%&|^~()<>!?:"))


@dataclass(frozen=True, slots=True)
class known_names:
    """What is known beforehand: the C literals of string constants, the names of numbers, the text of macros."""

    strings: Mapping[str, str]
    numbers: frozenset[str]
    macros: str


@dataclass(frozen=True, slots=True)
class macro:
    """``#define name(parameters) body``; ``parameters`` is None where there are no parentheses."""

    name: str
    parameters: tuple[str, ...] | None
    body: tuple[token, ...]


def macro_of(row: list[token]) -> macro | None:
    """The macro behind ``#define``."""
    if not row:
        return None
    name, rest = row[0].text, row[1:]
    if not rest or rest[0].text != "(" or rest[0].spaced:
        return macro(name, None, tuple(rest))
    end = next((index for index, item in enumerate(rest) if item.text == ")"), len(rest))
    names = tuple(item.text for item in rest[1:end] if item.text != ",")
    if names[-1:] == ("...",):
        names = (*names[:-1], "__VA_ARGS__") if len(names) == 1 or is_name(names[-2]) else names
    return macro(name, names, tuple(rest[end + 1 :]))


class expander:
    """Expands the macros of a row of tokens."""

    def __init__(self, known: known_names) -> None:
        self.known = known
        self.macros: dict[str, macro] = {}
        self.constants: dict[str, macro] = {}
        for text in known.macros.splitlines():
            made = macro_of(tokens_of(text, "")[0])
            if made:
                self.macros[made.name] = made

    def is_defined(self, name: str) -> bool:
        return name in self.macros or name in self.constants or name in self.known.strings or name in self.known.numbers

    def __call__(self, row: list[token], *, constants: bool = False) -> list[token]:
        return _join_strings(list(self._expand(iter(row), constants)), self)

    def _expand(self, row: Iterator[token], constants: bool) -> Iterator[token]:
        while (item := next(row, None)) is not None:
            name = item.text
            if name == "__LINE__":
                yield replace(item, text=str(item.line))
                continue
            made = self.macros.get(name) or (self.constants.get(name) if constants else None)
            if made is None or name in item.banned:
                yield item
                continue
            if made.parameters is None:
                body = list(made.body)
            else:
                call = _arguments(row)
                if isinstance(call, list):
                    yield item
                    row = chain(call, row)
                    continue
                body = self._filled(made, list(call), constants)
            again = [replace(part.at(item), banned=part.banned | item.banned | {name}) for part in body]
            if again:
                again[0] = replace(again[0], spaced=item.spaced)
            row = chain(again, row)

    def _filled(self, made: macro, call: list[list[token]], constants: bool) -> list[token]:
        """The body of a macro with the arguments in it."""
        names = made.parameters or ()
        if names[-1:] == ("__VA_ARGS__",) or names[-1:] == ("...",):
            count = len(names) - 1
            rest = call[count:]
            call = [
                *call[:count],
                [part for index, one in enumerate(rest) for part in ([_comma(one)] * (index > 0) + one)],
            ]
        given = dict(zip(("__VA_ARGS__" if name == "..." else name for name in names), call, strict=False))
        body: list[token] = []
        parts = list(made.body)
        index = 0
        while index < len(parts):
            part = parts[index]
            following = parts[index + 1].text if index + 1 < len(parts) else ""
            if part.text == "#" and following in given:
                body.append(replace(part, text=quoted(spelled(given[following]))))
                index += 1
            elif part.text == "##" and body and following:
                right = given.get(following) if following in given else [parts[index + 1]]
                if body[-1].text == "," and following in given:
                    body[-1:] = [body[-1], *right] if right else []
                elif right:
                    body[-1] = replace(body[-1], text=body[-1].text + right[0].text)
                    body += right[1:]
                index += 1
            elif part.text in given:
                raw = following == "##"
                body += given[part.text] if raw else list(self._expand(iter(given[part.text]), constants))
            else:
                body.append(part)
            index += 1
        return body


def _comma(near: list[token]) -> token:
    return replace(near[0], text=",") if near else token(",", "", 0)


def _arguments(row: Iterator[token]) -> tuple[list[token], ...] | list[token]:
    """The arguments of a macro call, or, where no parenthesis follows, the token that does."""
    first = next(row, None)
    if first is None:
        return []
    if first.text != "(":
        return [first]
    found: list[list[token]] = [[]]
    depth = 1
    for item in row:
        depth += (item.text in "([{") - (item.text in ")]}")
        if not depth:
            break
        if item.text == "," and depth == 1:
            found.append([])
        else:
            found[-1].append(item)
    return tuple(found)


def _join_strings(row: list[token], known: expander) -> list[token]:
    """String constants beside a literal become literals, since C joins those; elsewhere they keep their names."""

    def literal(item: token) -> str | None:
        if is_string(item.text):
            return item.text
        made = known.constants.get(item.text)
        if made is not None and made.body and all(is_string(part.text) for part in made.body):
            return " ".join(part.text for part in made.body)
        return known.known.strings.get(item.text)

    joined = list(row)
    for index, item in enumerate(row):
        text = literal(item)
        if text is None or text == item.text:
            continue
        beside = [row[at] for at in (index - 1, index + 1) if 0 <= at < len(row)]
        if any(literal(other) is not None for other in beside):
            joined[index] = replace(item, text=text)
    return joined


def constant_type(made: macro, known: expander) -> str | None:
    """The C type of a macro that is a constant (a number, a string, arithmetic with such); None for any other."""
    body = known(list(made.body), constants=True)
    if all(is_string(item.text) or item.text in known.known.strings for item in body):
        return "char *"
    floating = False
    for item in body:
        if item.text[:1].isdigit() or item.text[:1] == ".":
            floating = floating or bool(re.fullmatch(r"[0-9.]*(\.|e[+-]?)[0-9]*[fFlL]?", item.text))
        elif item.text[:1] == "'" or item.text in _ARITHMETIC:
            continue
        elif item.text not in known.known.numbers:
            return None
    return "double" if floating else "long"
