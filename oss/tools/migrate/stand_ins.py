"""What stands in for headers that are not there, so that what they declare costs only the statements that need it.

A name that the tool's own headers declare is taken from them, as if the missing header had included them. A type that
nobody declares is declared without saying what it is: pointers to it can be passed on, and whatever needs more is no
longer read. A class whose methods are defined in the file is declared with just these methods. A word in capitals where
none of C's can stand, as ``GUARDED_BY(mutex)`` behind a field, is a macro of such a header that says nothing of what is
done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oss.tools.migrate.gaps import blank

__all__ = ["STAND_INS", "StandIns"]

STAND_INS = ".stand_ins"
"""How the name of the file ends that is included before all."""

_UNKNOWN = re.compile(
    r"unknown type name '(?:\w+::)*(\w+)'|use of undeclared identifier '(\w+)'"
    r"|(?:no \w+|no \w+ template) named '(\w+)' in namespace 'std'"
    r"|(?:call to undeclared (?:library )?function|implicit declaration of function) '(\w+)'"
    r"|no template named '(\w+)'|(?:unknown|expected) class name '(\w+)'"
)
_INCOMPLETE = re.compile(r"incomplete type '(?:\w+::)*(\w+)' named in nested name specifier")
_WITHIN = re.compile(r"^no type named '(\w+)' in namespace '(?!std')([\w:]+)'")
_QUOTED = re.compile(r"'(?:const |struct )*(\w+)")
_WIDTHS = {
    **{f"{sign}int{bits}": f"{'unsigned ' * bool(sign)}{kind}"
       for sign in ("", "u") for bits, kind in ((8, "char"), (16, "short"), (32, "int"), (64, "long"))},
    "int8": "signed char", "BOOL": "int", "BYTE": "unsigned char", "WORD": "unsigned short", "DWORD": "unsigned int",
    "UINT": "unsigned int",
}  # fmt: skip
"""Types that programs give the same meaning everywhere."""

_CONSTANTS = {"TRUE": "1", "FALSE": "0"}
_ODD = re.compile(
    r"^expected ';' (?:at end of declaration list|after top level declarator)|^expected function body after"
    r"|^(expected ';' at end of declaration)$|^(cannot combine with previous)|incomplete type '(?:class|struct) (\w+)'"
)
"""What a parser says of a macro that it does not know, and that belongs to a declaration."""

_CAPITALS = rb"([A-Z][A-Z0-9_]{3,})"
_HERE = re.compile(rb"\s*%s\b(\s*\()?" % _CAPITALS)
_BEFORE = re.compile(rb"\b%s(\s*\([^()]*\))?\s*$" % _CAPITALS)
_OF_CLASS = rb"\b(?:class|struct)\s+(%s)(\s*\([^()]*\))?\s+\w+\s*(?:final\s*)?[{:]"
_OPAQUE = (
    "class {0} {{ public: {0}() = delete; {0}(const {0} &) = delete; {0} &operator=(const {0} &) = delete; "
    "~{0}() {{}} }};"
)
"""A class of C++ whose objects can be given on, and nothing else."""

_MEMBER = re.compile(rb"(\w+)\s*::\s*(~?\s*\w+|operator\s*[^\s\w(]+)\s*([(;={])")


@dataclass(slots=True)
class StandIns:
    """What has been found to be missing in a file so far."""

    path: Path
    source: bytes
    cpp: bool
    declared_by: Callable[[bool], Mapping[str, str]]  # what the tool's headers declare, in C or C++: in which of them
    headers: dict[str, None] = field(default_factory=dict)
    lines: dict[str, None] = field(default_factory=dict)  # of declarations that nothing must precede
    types: dict[str, None] = field(default_factory=dict)
    classes: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)  # by namespace and name: members
    macros: dict[str, str] = field(default_factory=dict)  # that stand for nothing, and how they are defined
    lost: bool = False  # whether a header is not there
    missing: str = ""  # the last header that the file includes and that is not there

    def learned(self, unit: Any) -> bool:
        """Takes what the problems of a parse tell; whether there was something new."""
        before = self.known()
        found = [(str(row.spelling), row.location) for row in unit.diagnostics]
        self.lost = self.lost or any(text.endswith("file not found") for text, _ in found)
        if self.lost:
            for text, place in found:
                self.of_macro(text, place)
        for text, place in found:
            self.of_class(text, place)
        for text, _ in found:
            self.of_name(text)
        return self.known() != before

    def known(self) -> list[list[object]]:
        """All that has been found so far."""
        rows: list[Iterable[object]] = [self.headers, self.lines, self.types, self.macros, *self.classes.values()]
        return [list(row) for row in rows]

    def of_name(self, text: str) -> None:
        if (within := _WITHIN.search(text)) is not None and self.cpp and self.lost:
            self.types[within[1]] = None
            self.lines[f"class {within[1]}; namespace {within[2]} {{ using ::{within[1]}; }}"] = None
            return
        match = _UNKNOWN.search(text)
        name = next((group for group in match.groups() if group), "") if match else ""
        if not name or name in self.macros:
            return
        if name == "std":
            self.headers[self.names["std::string"]] = None
        elif name in self.names:
            self.headers[self.names[name]] = None
        elif self.cpp and f"std::{name}" in self.names:
            self.headers[self.names[f"std::{name}"]] = None
            if "namespace 'std'" not in text:
                self.lines[f"using std::{name};"] = None
        elif name in _WIDTHS:
            self.lines[f"typedef {_WIDTHS[name]} {name};"] = None
        elif name in _CONSTANTS:
            self.lines[f"enum {{ {name} = {_CONSTANTS[name]} }};"] = None
        elif "unknown type name" in text and not any(name == known for _, known in self.classes):
            self.types[name] = None

    def of_macro(self, text: str, place: Any) -> None:
        """Takes a word that belongs to a declaration, and that nobody declares, for a macro that says nothing of it."""
        match = _ODD.search(text)
        if match is None or place.file is None or not Path(place.file.name).is_file():
            return
        source = blank(self.source if place.file.name == str(self.path) else Path(place.file.name).read_bytes())
        before = source[: place.offset]
        own = before[max(before.rfind(mark) for mark in (b";", b"{", b"}")) + 1 :]
        found: re.Match[bytes] | None
        if match[3]:
            found = re.search(_OF_CLASS % match[3].encode(), source) if match[3].isupper() else None
        elif match[2]:
            found = _BEFORE.search(before)
        else:
            found = (_HERE.match(source, place.offset) or _BEFORE.search(before)) if b"=" not in own else None
        if found is not None and found[1].decode() not in self.names and not (match[1] and found[2]):
            name = found[1].decode()
            self.types.pop(name, None)
            self.macros.setdefault(name, f"#define {name}{'(...)' * (found[2] is not None)}")

    def of_class(self, text: str, place: Any) -> None:
        """Declares a class from the definition of a member at a place."""
        match = _UNKNOWN.search(text) or _INCOMPLETE.search(text)
        if match is None or place.file is None or place.file.name != str(self.path):
            return
        found = self.member(place.offset)
        if found is not None and found[1] in match.groups():
            self.types.pop(found[1], None)
            self.classes.setdefault((found[0], found[1]), {})[found[2]] = None

    def member(self, offset: int) -> tuple[str, str, str] | None:
        """The namespace, class and declaration of the member whose definition names its class at an offset."""
        text = blank(self.source)
        match = _MEMBER.match(text, offset)
        if match is None:
            return None
        space = self.around(text, offset)
        if space is None:
            return None
        start = max(text.rfind(mark, 0, offset) for mark in (b";", b"{", b"}")) + 1
        before = self.source[start:offset] if not text[start:offset].strip() else text[start:offset]
        name = match[2].replace(b" ", b"")
        if match[3] != b"(":
            made = b"static %s %s" % (text[start:offset].strip(), name)
            return space, match[1].decode(), _row(made)
        end = _closed(text, match.end() - 1)
        tail = re.match(rb"[\s\w]*", text[end:])
        after = tail[0].strip() if tail else b""
        if text[end + len(tail[0] if tail else b"") :][:1] not in (b"{", b":") or b"template" in before:
            return None
        result = text[start:offset].strip()
        made = b"%s %s%s %s" % (result, name, self.source[match.end() - 1 : end], after)
        return space, match[1].decode(), _row(made)

    @staticmethod
    def around(text: bytes, offset: int) -> str | None:
        """The namespace that an offset lies in; None within a function or a class."""
        open_: list[bytes] = []
        for match in re.finditer(rb"namespace\s+([\w:]+)\s*\{|[{}]", text[:offset]):
            if match[0] == b"}":
                del open_[-1:]
            else:
                open_.append(match[1] or b"")
        return "::".join(item.decode() for item in open_) if all(open_) else None

    def reason(self, text: str) -> str:
        """What a problem with a type that is only announced comes from."""
        if self.opaque and text.startswith("overload resolution selected deleted operator"):
            return "an object of a type that is not known is set"
        types = [name for name in _QUOTED.findall(text) if name in self.types]
        told = types and (self.opaque or re.search("incomplete|completed", text))
        return f"unknown type name '{types[0]}'" if told else text

    @property
    def opaque(self) -> bool:
        """Whether objects of unknown types can be given on: those of C++, which a header that is missing may have."""
        return self.cpp and self.lost

    def files(self, folder: Path) -> dict[str, bytes]:
        """What is to be shown to the parser: a file to include before all, and the classes where a header is missing.

        A missing header is looked for in ``folder`` at last.
        """
        first, classes = (f"{self.path.with_suffix('')}{kind}" for kind in (STAND_INS, ".classes"))
        rows = [f'#include "{name}"' for name in self.headers]
        rows += [*self.lines, *self.macros.values()]
        form = "class {0};" if self.cpp else "typedef struct {0} {0};"
        rows += [(_OPAQUE if self.opaque and not name.isupper() else form).format(name) for name in self.types]
        made = {}
        if self.classes:
            made[classes] = _lines(["#pragma once", *self.declared()])
            if self.missing:
                made[f"{folder}/{self.missing}"] = _lines([f'#include "{classes}"'])
            else:
                rows.append(f'#include "{classes}"')
        return {first: _lines(rows), **made} if rows or made else {}

    @property
    def names(self) -> Mapping[str, str]:
        return self.declared_by(self.cpp)

    def declared(self) -> Iterator[str]:
        for (space, name), members in self.classes.items():
            made = f"class {name} {{ public: {' '.join(f'{row};' for row in members)} }};"
            yield f"namespace {space} {{ {made} }}" if space else made


def _closed(text: bytes, start: int) -> int:
    """Behind the parenthesis that closes one."""
    depth = 0
    for match in re.finditer(rb"[()]", text[start:]):
        depth += 1 if match[0] == b"(" else -1
        if not depth:
            return start + match.end()
    return len(text)


def _lines(rows: Iterable[str]) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


def _row(text: bytes) -> str:
    return " ".join(text.decode("utf-8", "replace").split())
