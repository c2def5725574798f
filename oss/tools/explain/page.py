"""What there is to say about a name: a page of sections, made from docstrings, annotations, fields and tables.

Texts carry their code in double backticks, as docstrings do.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass, field
from typing import Any

from aos._c.lists import ListField
from aos._c.structs import CallbackField, IntegerField, PointerField, StructField, TextField
from aos.aos_string import aos_string_t
from oss.tools.explain import signature
from oss.tools.explain.catalog import Entry, catalog, fields_of
from oss.tools.explain.constants import CONSTANTS, ENUMS, TYPES, VARIABLES, members

__all__ = ["import_line", "names_of", "page_of", "Page", "Section", "summary"]

MANY, CODE_WIDTH = 10, 76
DIRECTIONS = ("upload", "download")
KINDS = ("function", "macro", "struct", "union", "enum", "type", "variable", "constant", "Python-only")
TEXT = "a text by value: a plain ``str`` may be assigned, which copies; ``None`` makes it NULL"
EMPTY = "``aos_list_init`` makes it an empty one"
FIELD_NOTES: dict[type, str] = {
    ListField: f"a list head or node by value: {EMPTY}",
    TextField: "a ``str`` or ``None`` (NULL)",
    PointerField: "a pointer: assigning shares the object; NULL is ``None``",
    CallbackField: "a function: any callable or ``None``",
    StructField: "a struct by value: always there, assigning copies into it",
}


@dataclass
class Section:
    """A heading, paragraphs, and then rows of a term and what it means."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Page:
    """All about a name. ``declaration`` is C's, a line for each field or parameter; ``python`` is how Python has it,
    with its types, where that is a line or lines of its own."""

    entry: Entry
    declaration: list[str]
    python: list[str]
    sections: list[Section]


def page_of(name: str) -> Page:
    """The page of a name of the catalog."""
    entry = catalog()[name]
    declaration, sections = _MAKERS[entry.kind](entry)
    return Page(entry, declaration, python(entry), [one for one in sections if one.paragraphs or one.rows])


def python(entry: Entry) -> list[str]:
    """Returns the signature of a function, or a field's name and type; nothing for other names."""
    if entry.kind in ("function", "macro"):
        return signature.python(entry)
    struct, _, name = entry.name.partition(".")
    return [f"{name}: {fields_of(catalog()[struct].value)[name].python_type}"] if "field" in entry.kind else []


def summary(entry: Entry) -> str:
    """The first sentence of what a name is for."""
    if entry.kind == "header":
        return (inspect.getdoc(entry.value) or "").splitlines()[0].rstrip(".")
    said = " ".join(_said(entry)[:1]).replace("\n", " ")
    return re.split(r"(?<=[\w)`])[.:;](?=\s)", said, maxsplit=1)[0].rstrip(".")


def import_line(entry: Entry) -> str:
    """Returns the line with which Python gets the name."""
    package, _, module = entry.module.partition(".")
    if entry.kind == "variable":
        return f"from {package} import {module}"
    if entry.kind == "header":
        return f"from {entry.module} import *"
    if entry.value is None and "." not in entry.name:
        return ""
    return f"from {entry.module} import {entry.name.partition('.')[0]}"


def code(text: str) -> str:
    """Returns a text with double backticks in place of single ones."""
    return re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", text)


def sentence(text: str) -> str:
    """Returns a text as a sentence, with a capital and a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "." * (text[-1:] != ":")


def _meaning(entry: Entry) -> list[str]:
    return [sentence(text) for text in _said(entry) if text]


def _said(entry: Entry) -> list[str]:
    struct, _, name = entry.name.partition(".")
    if name and entry.kind != "header":
        return [fields_of(catalog()[struct].value)[name].meaning]
    for table in (CONSTANTS, ENUMS, TYPES, VARIABLES):
        if entry.name in table:
            found = table[entry.name]
            return [code(found if isinstance(found, str) else found.text)]
    if entry.kind in ("function", "macro"):
        return signature.meaning(entry)
    if entry.name == "aos_text_t":
        return ["what an input ``aos_string_t *`` parameter accepts"]
    if not isinstance(entry.value, type):
        return []  # a constant whose text is not there
    text = re.sub(r"^``\w+``(?: \(``\w+``\))?[:.,]? *", "", inspect.getdoc(entry.value) or "")
    return paragraphs(text) or [f"APR's type for ``{entry.name}``"]


def paragraphs(text: str) -> list[str]:
    """Splits a text where a blank line or a bullet begins a new paragraph."""
    return [one for one in re.split(r"\n\n+|\n(?=\* )", text.strip()) if one]


def _function(entry: Entry) -> tuple[list[str], list[Section]]:
    sections = [
        Section("Meaning", _meaning(entry)),
        Section("Parameters", rows=signature.parameters(entry)),
        Section("Returns", signature.returns(entry)),
        Section("Errors", rows=signature.errors(entry)),
        Section("Ownership", signature.ownership(entry)),
        differences(entry),
    ]
    return signature.lines(entry), sections


def _struct(entry: Entry) -> tuple[list[str], list[Section]]:
    fields = fields_of(entry.value).values()
    declared = [f"    {item.c_type} {item.name};".replace("* ", "*") for item in fields if not item.python_only]
    keyword = "union" if entry.kind == "union" else "struct"
    rows = [(item.name, item.description()) for item in fields]
    users = [one.name for one in catalog().values() if re.search(rf"[(,].*\b{entry.name}\b", one.declaration)]
    makers = [
        f"``{one.name}``{_defaults(one)}"
        for one in catalog().values()
        if _makes(one, entry.name) and one.value is not None
    ]
    taken = [f"By {', '.join(f'``{name}``' for name in users[:MANY])}{' and others' * (len(users) > MANY)}."]
    made = ["; ".join(makers) + "."] if makers else [f"``{entry.name}()``: every field 0, NULL or empty."]
    sections = [
        Section("Meaning", _meaning(entry)),
        Section("Fields", rows=rows),
        Section("Made by", made),
        Section("Taken", taken if users else []),
        differences(entry),
    ]
    return [f"typedef {keyword} {{", *declared, f"}} {entry.name};"], sections


def _makes(entry: Entry, struct: str) -> bool:
    return bool(re.match(rf"{struct} \*\w*create\w*\(", entry.declaration))


def _defaults(maker: Entry) -> str:
    """Says what a constructor that takes nothing but a pool sets besides zero."""
    if len(inspect.signature(maker.value).parameters) != 1:
        return ""
    made = maker.value(None)
    values = {item.name: getattr(made, item.name) for item in type(made).c_fields if hasattr(made, item.name)}
    plain = {name: value for name, value in values.items() if isinstance(value, (int, str)) and value != 0}
    texts = {name: str(value) for name, value in values.items() if type(value).__name__ == "aos_string_t"}
    plain |= {name: value for name, value in texts.items() if value}
    return f", which sets {', '.join(f'``{name}`` {value!r}' for name, value in plain.items())}" if plain else ""


def _field(entry: Entry) -> tuple[list[str], list[Section]]:
    struct, _, name = entry.name.partition(".")
    of = catalog()[struct]
    sections = [
        Section("Meaning", [*_meaning(entry), f"A field of ``{struct}``: {summary(of)}."]),
        Section("In Python", [sentence(text) for text in _descriptor(of.value, name)]),
        differences(entry),
    ]
    return [f"{entry.declaration};    // {struct}" if entry.kind == "field" else f"# {name}, of {struct}"], sections


def _descriptor(struct: Any, name: str) -> list[str]:
    """Says what may be assigned to a field, and what that does."""
    found = fields_of(struct)[name]
    if isinstance(found, IntegerField):
        low, high = found.low, found.high
        outside = "is kept modulo the range" if low == 0 else "is a ``ValueError``"
        return [f"an int from {low} to {high}; what is outside {outside}, a float or a bool a ``TypeError``"]
    if isinstance(found, StructField) and found.kind is aos_string_t:
        return [TEXT]
    if isinstance(found, ListField) and found.entries:
        return [f"the head of a list of ``{found.entries.__name__}``: ``for`` goes through them, {EMPTY}"]
    return [FIELD_NOTES[kind] for kind in type(found).__mro__ if kind in FIELD_NOTES][:1]


def _enum(entry: Entry) -> tuple[list[str], list[Section]]:
    names = members(entry.name)
    values = [f"    {catalog()[name].declaration}," for name in names]
    rows = [(f"{name} ({catalog()[name].value})", CONSTANTS[name]) for name in names]
    note = "Its members are plain ints in Python, and the type is ``int``."
    sections = [Section("Meaning", [*_meaning(entry), note]), Section("Members", rows=rows)]
    return ["typedef enum {", *values, f"}} {entry.name};"], sections


def _constant(entry: Entry) -> tuple[list[str], list[Section]]:
    enums = [f"A member of ``{enum}``: {summary(catalog()[enum])}." for enum in ENUMS if entry.name in members(enum)]
    return [entry.declaration], [Section("Meaning", [*_meaning(entry), *enums])]


def _type(entry: Entry) -> tuple[list[str], list[Section]]:
    name = f"``{entry.name}``"
    users = [f"``{one.name}``" for one in catalog().values() if re.search(rf"\b{entry.name}\b", one.declaration)]
    users = [one for one in users if one != name]
    taken = [f"In {', '.join(users[:MANY])}{' and others' * (len(users) > MANY)}."] if users else []
    declaration = textwrap.wrap(f"{entry.declaration};", CODE_WIDTH, subsequent_indent="        ")
    if entry.kind == "Python-only":
        declaration = []
    return declaration, [Section("Meaning", _meaning(entry)), Section("Found", taken), differences(entry)]


def _variable(entry: Entry) -> tuple[list[str], list[Section]]:
    module = entry.module.rpartition(".")[2]
    note = f"In no ``__all__``: read and assign it as ``{module}.{entry.name}``. The SDK looks it up at each use."
    return [f"{entry.declaration};"], [Section("Meaning", _meaning(entry)), Section("In Python", [note])]


def _header(entry: Entry) -> tuple[list[str], list[Section]]:
    names = names_of(entry.name)
    sections = [Section("Meaning", paragraphs(signature.prose(entry.value)))]
    for kind in KINDS:
        rows = [(one.name, summary(one)) for one in names if one.kind == kind]
        sections.append(Section(f"{kind.capitalize()}s" if kind != "Python-only" else kind, rows=rows))
    return [entry.declaration], sections


def names_of(header: str) -> list[Entry]:
    """Returns what a header declares, without fields."""
    return [one for one in catalog().values() if one.header == header and one.kind in KINDS]


def differences(entry: Entry) -> Section:
    """Collects what modules say of a name that differs from the C SDK, and of all their names."""
    about, general = [], []
    for one in signature.documented(entry):
        said = re.search(r"(?ms)^(?:Kept from|Different)\b.*?(?=\n\nPython-only|\Z)", one)
        for text in paragraphs(re.sub(r"^Different from the C SDK: ", "", said.group())) if said else ():
            named = [name for name in re.findall(r"``([\w*]+)``", text) if _is_name(name)]
            if any(re.fullmatch(name.replace("*", r"\w*"), entry.name.rpartition(".")[2]) for name in named):
                about.append(text)
            elif not named and _concerns(entry.name, text):
                general.append(text)
    if entry.kind not in ("function", "macro"):
        general = []
    elif len(general) > MANY:
        general = [f"See also ``{entry.header}``."]
    return Section("Different from the C SDK", [*about, *general])


def _concerns(name: str, text: str) -> bool:
    """Says whether a general remark is about a function like this one."""
    if text.endswith(":") or "do not exist" in " ".join(text.split()):
        return False
    directions = [way for way in DIRECTIONS if way in text.lower()]
    return not directions or any(way in name for way in directions) or not any(way in name for way in DIRECTIONS)


def _is_name(name: str) -> bool:
    return "*" in name or name in catalog() or any(one.endswith(f".{name}") for one in catalog())


_MAKERS = {
    "function": _function,
    "macro": _function,
    "struct": _struct,
    "union": _struct,
    "field": _field,
    "Python-only field": _field,
    "enum": _enum,
    "constant": _constant,
    "type": _type,
    "Python-only": _type,
    "variable": _variable,
    "header": _header,
}
