"""Class templates: each class that is made of one is written out before its first use, and read as any other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from oss.tools.migrate.cpp_heirs import heir_later

__all__ = ["specialised"]

_TOKEN = re.compile(rb"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|\S|\s+""", re.DOTALL)
_SCOPES = ("NAMESPACE", "LINKAGE_SPEC")
_CLASSES = ("CLASS_DECL", "STRUCT_DECL")
_METHODS = ("CXX_METHOD", "CONSTRUCTOR", "DESTRUCTOR", "CONVERSION_FUNCTION", "FUNCTION_TEMPLATE")


@dataclass(eq=False)
class _Item:
    """A declaration of file scope or of a namespace, with its namespaces and the classes it makes of templates."""

    cursor: Any
    within: tuple[str, ...]
    uses: dict[str, Any] = field(default_factory=dict)


def specialised(unit: Any, sources: Mapping[str, bytes], own: Any, template_of: Any) -> dict[str, bytes]:
    """The texts of files in which classes made of templates are written out; nothing where there are none.

    ``own`` tells whether a file is the program's, ``template_of`` what a class is made of.
    """
    items = list(_items(unit.cursor, (), own))
    templates = {
        item.cursor.get_usr(): item
        for item in items
        if item.cursor.kind.name == "CLASS_TEMPLATE" and item.cursor.is_definition()
    }
    if not templates:
        return {}
    done: set[str] = set()
    rows: dict[str, list[tuple[int, bytes]]] = {}
    for place, item in enumerate(items):
        _Seen(own, template_of, item.uses).visit(item.cursor)
        for name, kind in item.uses.items():
            declared = kind.get_declaration()
            template = templates.get(template_of(declared).get_usr())
            if name in done or template is None or items.index(template) >= place:
                continue
            text = _written_out(template, name, kind, items, sources)
            shown = _within(text, template.within, item.within) if text else None
            if shown is None:
                continue
            done.add(name)
            start = item.cursor.extent.start
            later = b""
            if item.cursor.kind.name in _CLASSES and item.cursor.spelling in _arguments(
                name
            ):  # a base that knows its heir
                shown, later = heir_later(shown, item.cursor.spelling, template.cursor.spelling, name)
            found = rows.setdefault(start.file.name, [])
            found.append((start.offset, shown))
            if later:
                end = sources[start.file.name].find(b";", item.cursor.extent.end.offset) + 1
                found.append((end, b" " + later))
    return {file: _inserted(sources[file], found) for file, found in rows.items()}


def _inserted(source: bytes, rows: list[tuple[int, bytes]]) -> bytes:
    for offset, text in sorted(rows, key=lambda row: row[0])[::-1]:
        source = source[:offset] + text + b" " + source[offset:]
    return source


def _items(cursor: Any, within: tuple[str, ...], own: Any) -> Iterator[_Item]:
    for child in cursor.get_children():
        if child.location.file is None or not own(child.location.file.name):
            continue
        if child.kind.name in _SCOPES or (child.kind.name == "UNEXPOSED_DECL" and not child.spelling):
            name = (child.spelling,) if child.kind.name == "NAMESPACE" else ()
            yield from _items(child, (*within, *name), own)
        else:
            yield _Item(child, within)


class _Seen:
    """Finds the classes that are made of templates, innermost first."""

    def __init__(self, own: Any, template_of: Any, found: dict[str, Any]) -> None:
        self.own, self.template_of, self.found = own, template_of, found
        self.bodies: set[int] = set()

    def visit(self, cursor: Any) -> None:
        self.type(cursor.type)
        target = cursor.referenced
        parent = target.semantic_parent if target is not None and cursor.kind.name == "DECL_REF_EXPR" else None
        if parent is not None and parent.kind.name in ("CLASS_DECL", "STRUCT_DECL"):  # ``T<int>::f()``
            self.type(parent.type)
        if target is not None and target.kind.name in ("FUNCTION_DECL", "CXX_METHOD") and target.is_definition():
            file = target.location.file
            if file is not None and self.own(file.name) and target.hash not in self.bodies:
                self.bodies.add(target.hash)
                for child in target.get_children():
                    self.visit(child)
        for child in cursor.get_children():
            self.visit(child)

    def type(self, kind: Any) -> None:
        kind = kind.get_canonical()
        name = kind.kind.name
        if name in ("POINTER", "LVALUEREFERENCE", "RVALUEREFERENCE"):
            self.type(kind.get_pointee())
            return
        if name == "FUNCTIONPROTO":
            self.type(kind.get_result())
            for item in kind.argument_types():
                self.type(item)
            return
        if name != "RECORD" or "type-parameter" in kind.spelling:
            return
        for index in range(max(kind.get_num_template_arguments(), 0)):
            self.type(kind.get_template_argument_type(index))
        declared = kind.get_declaration()
        file = declared.location.file
        spelling = kind.spelling.removeprefix("const ").removeprefix("volatile ")
        if file is None or not self.own(file.name) or "<" not in spelling or spelling in self.found:
            return
        template = self.template_of(declared)
        implicit = (
            template is not None
            and template.kind.name == "CLASS_TEMPLATE"
            and template.location.offset == declared.location.offset
        )
        if implicit:
            for part in kind.get_fields():
                self.type(part.type)
            self.found[spelling] = kind


def _arguments(spelling: str) -> list[str]:
    """The arguments of a template, as they are spelled."""
    rows, depth, last = [], 0, ""
    for letter in spelling[spelling.index("<") + 1 : spelling.rindex(">")]:
        depth += (letter in "<({") - (letter in ">)}")
        if letter == "," and not depth:
            rows.append(last.strip())
            last = ""
        else:
            last += letter
    return [*rows, last.strip()] if last.strip() else rows


def _all_arguments(given: list[str], parameters: list[tuple[str, str]], kind: Any) -> list[str]:
    """The arguments of a template with those that are its defaults, which are not spelled."""
    rows = list(given)
    for index in range(len(given), min(len(parameters), kind.get_num_template_arguments())):
        if parameters[index][1]:
            rows.append(str(kind.get_declaration().get_template_argument_value(index)))
        else:
            rows.append(kind.get_template_argument_type(index).spelling)
    return rows


def _parameters(cursor: Any) -> list[tuple[str, str]] | None:
    """The parameters of a template: the name, and the type of one that is no type itself."""
    rows = []
    for child in cursor.get_children():
        kind = child.kind.name
        if kind == "TEMPLATE_TYPE_PARAMETER":
            rows.append((child.spelling, ""))
        elif kind == "TEMPLATE_NON_TYPE_PARAMETER":
            rows.append((child.spelling, child.type.spelling))
        elif kind == "TEMPLATE_TEMPLATE_PARAMETER":
            return None
        else:
            break
    return rows


def _written_out(
    template: _Item, name: str, kind: Any, items: list[_Item], sources: Mapping[str, bytes]
) -> bytes | None:
    """A class that is made of a template, and its methods that are defined outside, on one line."""
    text = _text(template.cursor, sources)
    parameters = _parameters(template.cursor)
    arguments = _all_arguments(_arguments(name), parameters or [], kind)
    if (
        parameters is None
        or text is None
        or len(parameters) != len(arguments)
        or any(" at /" in item for item in arguments)
    ):
        return None
    head, brace, body = _after_header(text).partition(b"{")
    plain = {key: value.encode() for (key, _), value in zip(parameters, arguments, strict=True)}
    word = template.cursor.spelling.encode()
    shown = b"<" + ", ".join(arguments).encode() + b">"
    head = re.sub(rb"\b" + word + rb"\b", lambda found: found[0] + shown, _replaced(head, plain), count=1)
    aliases = b"".join(
        f"public: static constexpr {of} {key} = {value}; ".encode() if of else f"using {key} = {value}; ".encode()
        for (key, of), value in zip(parameters, arguments, strict=True)
        if key
    )
    private = b"private: " if head.lstrip().startswith(b"class") else b"public: "
    made = b"template <> " + head + brace + aliases + private + body + b";"
    for item in items:
        parent = item.cursor.semantic_parent
        outside = item.cursor.kind.name in _METHODS and parent is not None and parent == template.cursor
        if outside and (method := _text(item.cursor, sources)) is not None:
            own = re.match(rb"template\s*<([^>]*)>", method)
            names = re.findall(rb"(\w+)\s*(?:,|$)", own[1]) if own else []
            values = {key.decode(): value.encode() for key, value in zip(names, arguments, strict=False)}
            rest = _after_header(method)
            made += b" inline " + _replaced(rest, values)
    return made


def _text(cursor: Any, sources: Mapping[str, bytes]) -> bytes | None:
    """The text of a declaration on one line, without comments; None where macros or directives are in it."""
    extent = cursor.extent
    text = sources[extent.start.file.name][extent.start.offset : extent.end.offset]
    if re.search(rb"^[ \t]*#", text, re.MULTILINE):
        return None
    tokens = (token for token in _TOKEN.findall(text) if not token.startswith((b"//", b"/*")))
    return b"".join(b" " if token.isspace() else token for token in tokens)


def _after_header(text: bytes) -> bytes:
    """What follows ``template <...>``."""
    depth = 0
    for index, letter in enumerate(text):
        depth += (letter == ord("<")) - (letter == ord(">"))
        if letter == ord(">") and not depth:
            return text[index + 1 :].strip()
    return text


def _replaced(text: bytes, values: Mapping[str, bytes]) -> bytes:
    return b"".join(values.get(token.decode("utf-8", "replace"), token) for token in _TOKEN.findall(text))


def _within(text: bytes, wanted: tuple[str, ...], there: tuple[str, ...]) -> bytes | None:
    """The text in the namespaces of its template, seen from where it is put."""
    if wanted[: len(there)] != there:
        return None
    for name in reversed(wanted[len(there) :]):
        text = b"namespace " + name.encode() + b" { " + text + b" }"
    return text
