"""Writes the pages as reStructuredText for the reference in ``docs/``: a file for each header, an index of names."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from oss.tools.explain import signature
from oss.tools.explain.catalog import HEADERS, Entry, catalog, fields_of
from oss.tools.explain.constants import CONSTANTS, ENUMS, members
from oss.tools.explain.page import KINDS, Section, import_line, names_of, page_of, summary

__all__ = ["write_reference"]

ROLES = {
    "function": "func",
    "macro": "macro",
    "struct": "struct",
    "union": "union",
    "field": "member",
    "enum": "enum",
    "type": "type",
    "variable": "var",
    "constant": "macro",
}
CODE = re.compile(r"(``[^`]+``)")
SPECIAL = re.compile(r"([\\*|`]|_(?=\W|$))")
BY_DIRECTIVE = ("Meaning", "Parameters", "Fields", "Members")
"""Sections for which Sphinx has markup of its own."""

OF_ALL_CALLS = ("200 to 299", "300 to 599", "other AOSE_* values", "TypeError")
"""Errors that every call can have; the guide describes them once."""


def write_reference(folder: Path) -> None:
    """Writes the files of the reference; unchanged ones are not touched, and others in the folder are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{stem}.rst": header_page(f"{stem}.h") for stem in HEADERS if names_of(f"{stem}.h")}
    pages |= {"index.rst": contents([name.removesuffix(".rst") for name in pages]), "names.rst": names_page()}
    for old in folder.glob("*.rst"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def titled(title: str, line: str = "=") -> str:
    return f"{title}\n{line * len(title)}\n"


def contents(stems: list[str]) -> str:
    stems = [stem for prefix in ("oss", "aos", "apr") for stem in reversed(stems) if stem.startswith(prefix)]
    rows = [f"* - :doc:`{stem}.h <{stem}>`\n  - {inline(summary(catalog()[f'{stem}.h']))}" for stem in stems]
    text = (
        "A page for each C header. Every entry has the C declaration, what it is for, and what differs here;"
        " ``python -m oss.tools.explain NAME`` prints the same in the terminal."
    )
    table = ".. list-table::\n   :widths: 25 75\n\n" + textwrap.indent("\n".join(rows), "   ")
    toc = ".. toctree::\n   :hidden:\n\n   names\n" + "".join(f"   {stem}.h <{stem}>\n" for stem in stems)
    return "\n".join(
        [titled("Reference"), text, "", ":doc:`names` has them all, in the alphabet's order.", "", table, "", toc]
    )


def names_page() -> str:
    entries = [entry for entry in catalog().values() if entry.kind in KINDS and entry.kind != "Python-only"]
    rows = [
        f"* - {link(entry)}\n  - {entry.kind}\n  - :doc:`{entry.header} <{entry.header.removesuffix('.h')}>`"
        for entry in sorted(entries, key=lambda entry: entry.name.lower())
    ]
    table = ".. list-table::\n   :header-rows: 1\n\n   * - name\n     - kind\n     - header\n"
    text = f"{len(rows)} names; :ref:`the general index <genindex>` has the fields of the structs too."
    return "\n".join([titled("Index of C names"), text, "", table + textwrap.indent("\n".join(rows), "   "), ""])


def header_page(header: str) -> str:
    entry = catalog()[header]
    blocks = [
        f":tocdepth: 2\n\n{titled(header)}",
        f".. code-block:: c\n\n   {entry.declaration}",
        f".. code-block:: python\n\n   {import_line(entry)}",
        *(block(text) for text in page_of(header).sections[0].paragraphs),
    ]
    enumerated = {name for enum in ENUMS for name in members(enum)}
    for kind in KINDS:
        found = [one for one in names_of(header) if one.kind == kind and one.name not in enumerated]
        if found:
            title = f"{kind.capitalize()}s" if kind != "Python-only" else kind
            blocks += [titled(title, "-"), *(described(one) for one in found)]
    return "\n\n".join(blocks) + "\n"


def described(entry: Entry) -> str:
    """The directive of a name, with its whole page."""
    page = page_of(entry.name)
    sections = {section.title: section for section in page.sections}
    body = [block(text) for text in sections["Meaning"].paragraphs]
    if entry.kind in ("function", "macro"):
        body.insert(0, ".. code-block:: python\n\n" + textwrap.indent("\n".join(page.python), "   "))
    if entry.kind == "constant":
        body.insert(0, f"``{entry.declaration.partition(' = ')[2]}``")
    body += parameters(entry) + fields(entry) + enumerators(entry)
    if entry.kind not in ("constant", "enum"):
        for section in page.sections:
            if section.title not in BY_DIRECTIVE:
                body += rubric(section)
    return directive(*heading(entry), *body)


def directive(name: str, argument: str, *body: str) -> str:
    return f".. {name}:: {argument}\n\n" + textwrap.indent("\n\n".join(body), "   ")


def heading(entry: Entry) -> tuple[str, str]:
    """The directive for a name, and its argument."""
    if entry.kind == "Python-only":
        return ("py:class" if isinstance(entry.value, type) else "py:data"), entry.name
    if entry.kind == "type":
        found = re.fullmatch(r"typedef (?:struct \w+ )?(.*)", entry.declaration)
        return "c:type", found.group(1) if found else entry.name
    if entry.kind == "macro" and signature.parts(entry.declaration)[0]:
        return "c:function", entry.declaration
    if entry.kind in ("struct", "union", "enum", "constant"):
        return f"c:{ROLES[entry.kind]}", entry.name
    return {"function": "c:function", "macro": "c:macro", "variable": "c:var"}[entry.kind], entry.declaration


def parameters(entry: Entry) -> list[str]:
    if entry.kind not in ("function", "macro"):
        return []
    rows = [(term, text) for term, text in signature.parameters(entry) if term != "..."]
    lines = [f":param {re.split(r'[ *]', term.partition('[')[0])[-1]}: {inline(text)}" for term, text in rows]
    return ["\n".join(lines)] if lines else []


def fields(entry: Entry) -> list[str]:
    if entry.kind not in ("struct", "union"):
        return []
    made = []
    for item in fields_of(entry.value).values():
        said = item.meaning if item.python_only else item.description()
        text = f"{inline(said)}. In Python ``{item.python_type}``."
        if item.python_only:
            made.append(f"Python-only ``{item.name}``: {text}")
        else:
            declaration = catalog()[f"{entry.name}.{item.name}"].declaration
            made.append(directive("c:member", declaration, text))
    return made


def enumerators(entry: Entry) -> list[str]:
    names = members(entry.name) if entry.kind == "enum" else []
    return [directive("c:enumerator", catalog()[name].declaration, inline(CONSTANTS[name])) for name in names]


def rubric(section: Section) -> list[str]:
    kept = [row for row in section.rows if row[0] not in OF_ALL_CALLS]
    rows = "\n".join(f"{inline(term)}\n   {inline(text)}" for term, text in kept)
    return [f"**{section.title}**", *(block(text) for text in section.paragraphs), *([rows] if rows else [])]


def block(text: str) -> str:
    """A paragraph or bullet of a docstring, where indented text is code."""
    if re.search(r"^ {4}", text, re.M) and not text.startswith("* "):
        return "::\n\n" + textwrap.indent(textwrap.dedent(text), "   ")
    joined = " ".join(text.split())
    return f"* {inline(joined[2:])}" if joined.startswith("* ") else inline(joined)


def inline(text: str) -> str:
    """A text with links from the names of the C API that it has as code."""
    pieces = CODE.split(text)
    for index, piece in enumerate(pieces):
        if index % 2:
            entry = catalog().get(piece.strip("`"))
            pieces[index] = link(entry) if entry is not None else piece
        else:
            pieces[index] = SPECIAL.sub(r"\\\1", piece)
    return "".join(pieces)


def link(entry: Entry) -> str:
    if entry.kind == "header":
        return f":doc:`{entry.name} </reference/{entry.name.removesuffix('.h')}>`"
    if entry.kind not in ROLES:
        return f"``{entry.name}``"
    role = ROLES[entry.kind]
    if entry.kind == "constant" and any(entry.name in members(enum) for enum in ENUMS):
        role = "enumerator"
    if entry.kind == "macro" and heading(entry)[0] == "c:function":
        role = "func"
    return f":c:{role}:`{entry.name}`"
