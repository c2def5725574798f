"""Every name of the C API: what kind it is, which header declares it, and what it is in Python."""

from __future__ import annotations

import difflib
import functools
import importlib
import inspect
import re
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from aos._c.structs import CStruct, Field
from oss.tools.explain.constants import ENUMS, TYPES, VARIABLES, members

__all__ = ["HEADERS", "catalog", "declaration_of", "Entry", "fields_of", "near", "not_ported"]

# In the order of their #include lines: a name belongs to the first header that has it.
HEADERS = (
    "apr_pools",
    "apr_tables",
    "apr_strings",
    "apr_time",
    "apr_file_io",
    "apr_env",
    "aos_list",
    "aos_define",
    "aos_string",
    "aos_buf",
    "aos_crc64",
    "aos_fstack",
    "aos_status",
    "aos_transport",
    "aos_log",
    "aos_util",
    "aos_http_io",
    "oss_define",
    "oss_auth",
    "oss_resumable",
    "oss_xml",
    "oss_util",
    "oss_api",
)
IN_OSS_API = ("oss_resumable_download_file", "oss_resumable_upload_file")
CALLBACKS = {
    "oss_progress_callback": "aos_transport",
    "aos_read_http_body_pt": "aos_transport",
    "aos_write_http_body_pt": "aos_transport",
    "aos_http_transport_create_pt": "aos_http_io",
    "aos_http_transport_perform_pt": "aos_http_io",
}
"""Function types of C, and their headers; Python has no names for them, as any callable will do."""


@dataclass(frozen=True)
class Entry:
    """A name of the C API, with its C declaration; ``value`` is the object in Python, None where there is none."""

    name: str
    kind: str
    header: str
    declaration: str
    value: Any = None

    @property
    def module(self) -> str:
        """The name of the Python module that stands for the header."""
        return module_of(self.header).__name__


def module_of(header: str) -> ModuleType:
    stem = header.removesuffix(".h")
    return importlib.import_module(f"{'oss' if stem.startswith('oss') else 'aos'}.{stem}")


def declaration_of(name: str, value: Any) -> str:
    """The C prototype at the start of a function's docstring, on one line."""
    first = " ".join((inspect.getdoc(value) or "").partition("\n\n")[0].split())
    for one in re.split(r"(?<=\)), ", first):
        if re.search(rf"\b{name}\b", one):
            return one
    return re.sub(rf"\b{value.__name__}\b", name, first)  # another name for the same function


@functools.cache
def catalog() -> dict[str, Entry]:
    """Returns all names, in the order of the headers; fields as ``struct.field``."""
    found: dict[str, Entry] = {}
    for stem in HEADERS:
        module = module_of(stem)
        given = getattr(module, "__all__", ())
        for name in given:
            if name not in found:
                found[name] = _entry(name, _header_of(stem, name), getattr(module, name))
        for name in VARIABLES:
            if name in vars(module) and name not in found:
                found[name] = Entry(name, "variable", f"{stem}.h", _variable(name), vars(module)[name])
        found |= {
            name: Entry(name, "type", f"{stem}.h", TYPES[name].declaration)
            for name, home in CALLBACKS.items()
            if home == stem
        }
        found[f"{stem}.h"] = Entry(f"{stem}.h", "header", f"{stem}.h", f'#include "{stem}.h"', module)
    for struct in [entry for entry in found.values() if entry.kind in ("struct", "union")]:
        for item in fields_of(struct.value).values():
            kind = "Python-only field" if item.python_only else "field"
            name, declaration = f"{struct.name}.{item.name}", f"{item.c_type} {item.name}".replace("* ", "*").lstrip()
            found[name] = Entry(name, kind, struct.header, declaration)
    return found


def _header_of(stem: str, name: str) -> str:
    if stem == "oss_resumable" and name in IN_OSS_API:
        return "oss_api.h"
    if stem.startswith("apr") and name.startswith("aos"):
        return "aos_define.h"  # where APR's types get names of the SDK
    return f"{stem}.h"


def _variable(name: str) -> str:
    return f"{VARIABLES[name].declaration} {name}".replace("* ", "*")


def _entry(name: str, header: str, value: Any) -> Entry:
    if name in ENUMS:
        return Entry(name, "enum", header, f"enum {name} {{{', '.join(members(name))}}}", value)
    if name in TYPES:
        return Entry(name, "type", header, TYPES[name].declaration, value)
    if name.isupper() and isinstance(value, (int, str)):
        shown = f'"{value}"'.replace("\r\n", r"\r\n") if isinstance(value, str) else str(value)
        return Entry(name, "constant", header, f"{name} = {shown}", value)
    if isinstance(value, type) and issubclass(value, CStruct):
        return Entry(name, "union" if name.endswith("_u") else "struct", header, name, value)
    if isinstance(value, type) and name.endswith("_t") and name != "aos_ref_t":
        return Entry(name, "type", header, f"typedef struct {name} {name}", value)
    if isinstance(value, type) or not callable(value) or not value.__doc__:
        return Entry(name, "Python-only", header, name, value)
    declaration = declaration_of(name, value)
    called = re.match(r"\w+", declaration)
    kind = "macro" if (called and called.group() == name) or value.__name__ != name else "function"
    return Entry(name, kind, header, declaration, value)


def fields_of(struct: type[CStruct]) -> dict[str, Field]:
    """The fields of a struct by name, in C's order; those that C does not have come last."""
    return {item.name: item for item in sorted(struct.c_fields, key=lambda item: item.python_only)}


def near(name: str) -> list[str]:
    """Names similar to one that does not exist, the likeliest first."""
    names = list(catalog())
    folded = {one.lower(): one for one in names}
    last = name.rpartition(".")[2]
    fields = [one for one in names if "." in one and not one.endswith(".h") and one.rpartition(".")[2] == last]
    exact = [folded[form] for form in (name.lower(), f"{name.lower()}.h") if form in folded]
    close = [folded[form] for form in difflib.get_close_matches(name.lower(), folded, 5, 0.7)]
    inside = [one for one in names if len(name) > 3 and name.lower() in one.lower()]
    return list(dict.fromkeys([*exact, *fields[:12], *close, *inside[:8]]))


def not_ported(name: str) -> tuple[str, str] | None:
    """The header of a name that exists only in C, and what its module says about that; None for other names."""
    for stem in HEADERS:
        text = inspect.getdoc(module_of(stem)) or ""
        for paragraph in re.split(r"\n\n|\n(?=\* )", text):
            if f"``{name}``" in paragraph:
                return f"{stem}.h", paragraph
    return None
