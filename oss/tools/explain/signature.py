"""Derives from a function's C prototype and Python annotations: parameters, result, errors, ownership."""

from __future__ import annotations

import functools
import importlib
import inspect
import re
from typing import Any, NamedTuple

from aos import apr_pools
from oss import oss_api
from oss._call.api import SERVICE_FUNCTIONS
from oss.tools.explain.catalog import Entry, module_of

__all__ = [
    "Parameter",
    "documented",
    "errors",
    "lines",
    "meaning",
    "ownership",
    "parameters",
    "parts",
    "prose",
    "python",
    "returns",
    "told",
]

STATUS = "aos_status_t *"
WIDTH = 88
PLAIN = ("int", "float", "object", "Any", "N", "_CharT")
"""Types that are no pointers in C."""
WRONG_TYPE = ("TypeError", "an argument has a wrong type; the message names it")


class Parameter(NamedTuple):
    """A parameter: its C type, empty for that of a macro, and its name."""

    type: str
    name: str


def parts(declaration: str) -> tuple[str, str, list[Parameter]]:
    """Splits a prototype into result type, name and parameters."""
    found = re.fullmatch(r"(.*?)(\w+)(?:\((.*)\))?", declaration)
    assert found is not None, declaration
    result, name, inside = found.groups()
    texts = [text.strip() for text in (inside or "").split(",")]
    return result.strip(), name, [_parameter(text) for text in texts if text not in ("", "void")]


def _parameter(text: str) -> Parameter:
    found = re.fullmatch(r"(.*?)(\w+|\.\.\.)((?:\[\w*\])?)", text)
    assert found is not None, text
    return Parameter(found.group(1).strip() + found.group(3), found.group(2))


def lines(entry: Entry) -> list[str]:
    """The lines of a prototype: one, or, when it is long, one for each parameter."""
    if len(entry.declaration) < WIDTH:
        return [entry.declaration + ";" * (entry.kind == "function")]
    head, _, inside = entry.declaration.rstrip(")").partition("(")
    arguments = inside.split(", ")
    return [f"{head}(", *(f"    {one}," for one in arguments[:-1]), f"    {arguments[-1]});"]


def python(entry: Entry) -> list[str]:
    """The lines of the signature in Python, with its types: one, or, when it is long, one for each parameter."""
    found = inspect.signature(entry.value)
    given = [_given(one) for one in found.parameters.values()]
    head, end = f"def {entry.name}(", f") -> {found.return_annotation}"
    line = f"{head}{', '.join(given)}{end}"
    return [line] if len(line) < WIDTH else [head, *(f"    {one}," for one in given), end]


def _given(parameter: inspect.Parameter) -> str:
    star = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{star}{parameter.name}: {parameter.annotation}{default}"


def meaning(entry: Entry) -> list[str]:
    """The docstring without the prototype and the parameters."""
    return [one for one in re.split(r"\n\n+", prose(entry.value).partition("\n\n")[2]) if one]


def prose(value: Any) -> str:
    """Returns what a docstring says before it comes to parameters and statuses."""
    return re.split(r"\n\n(?:What a parameter is, .*\n\n)?(?=:\w+ .*: )", inspect.getdoc(value) or "", maxsplit=1)[0]


@functools.cache
def told(value: Any, what: str = "param") -> dict[str, str]:
    """Returns what a docstring lists, by name: its ``:param name: text``, or its ``:status code: text``."""
    found = re.findall(rf"^:{what} (\S+): (.*(?:\n +.*)*)", inspect.getdoc(value) or "", re.M)
    return {name: " ".join(text.split()) for name, text in found}


def parameters(entry: Entry) -> list[tuple[str, str]]:
    """The parameters, each with its type and what it is for."""
    allowed = _annotations(entry)
    rows = []
    for kind, name in parts(entry.declaration)[2]:
        if name == "...":
            rows.append((name, "arguments of the format"))
            continue
        text = _text(entry, name)
        kind_in_python = allowed.get(name, "")
        if kind.endswith("**") and not kind.startswith("mxml"):
            text += f"; C passes ``&{name}``, Python an ``{kind.rstrip('* ')}()``"
        elif kind_in_python.startswith("aos_ref_t"):
            text += "; an ``aos_ref_t`` in Python"
        if " None" in kind_in_python and "None" not in text:
            text += "; may be ``None``"
        rows.append((f"{kind} {name}".replace("* ", "*").strip(), text))
    return rows


def _text(entry: Entry, name: str) -> str:
    """Says what a parameter is: in the words of the function, of its header, or of a header that others share."""
    service = [oss_api] if entry.header.startswith("oss") else []
    for place in (entry.value, module_of(entry.header), *service, apr_pools):
        if name in told(place):
            return told(place)[name]
    return ""


def _annotations(entry: Entry) -> dict[str, str]:
    found = inspect.signature(entry.value).parameters.values()
    return {one.name.rstrip("_"): str(one.annotation) for one in found}


def returns(entry: Entry) -> list[str]:
    """What is returned, as far as the type says."""
    result = parts(entry.declaration)[0]
    if result == STATUS:
        return ["``aos_status_t *``, in Python ``aos_status_t``: ``aos_status_is_ok`` tells whether it is a success."]
    if _returns_code(entry):
        return ["``AOSE_OK``, or ``AOSE_INVALID_ARGUMENT``; the log then says what is wrong."]
    here = inspect.signature(entry.value).return_annotation
    if entry.kind == "macro" or result in ("void", ""):
        return [f"In Python ``{here}``."] if here != "None" else []
    return [f"``{result}``" + (f", in Python ``{here}``." if here != result else ".")]


def errors(entry: Entry) -> list[tuple[str, str]]:
    """The errors of a function, with their meanings, but for the codes that the docstring has where it says what is
    returned."""
    allowed = _annotations(entry)
    needed = [name for _, name in parts(entry.declaration)[2] if name in allowed and " None" not in allowed[name]]
    needed = [name for name in needed if allowed[name] not in PLAIN]
    must = f"{_listed(needed)} must not be NULL" if needed else "an argument cannot be used"
    if entry.value not in SERVICE_FUNCTIONS:
        null = f"{'one of ' * (len(needed) > 1)}{_listed(needed)} is NULL where it is needed; the message names it"
        checked = [("ValueError", null)] if needed else []
        return [*told(entry.value, "status").items(), *checked, *([WRONG_TYPE] if allowed else [])]
    if parts(entry.declaration)[0] != STATUS:
        return [("ValueError", f"{must}; a text must have no NUL"), WRONG_TYPE]
    return [
        ("200 to 299", "success"),
        ("300 to 599", "the service refused; error_code, error_msg and req_id are its own"),
        (
            "-994",
            f"``ClientError``: {must}; no text may have a NUL. error_msg names the argument. {_names(needed)}".strip(),
        ),
        *told(entry.value, "status").items(),
        ("other AOSE_* values", "``HttpIoError`` and others: there was no complete answer; error_msg says why"),
        ("TypeError", f"{WRONG_TYPE[1]}; it is the only exception besides those of callbacks"),
    ]


def _listed(names: list[str]) -> str:
    return ", ".join(f"``{name}``" for name in names)


def _returns_code(entry: Entry) -> bool:
    """Whether the C function returns a code where the Python one, below its decorator, returns nothing."""
    return parts(entry.declaration)[0] == "int" and inspect.signature(entry.value).return_annotation == "None"


def _names(needed: list[str]) -> str:
    codes = {"bucket": "BucketNameInvalidError", "object": "ObjectNameInvalidError"}
    found = [f"``{code}``" for name, code in codes.items() if name in needed]
    return f"{' or '.join(found)}: a name is not valid" if found else ""


def ownership(entry: Entry) -> list[str]:
    """Who owns the result and what the parameters point to, judged by their types."""
    result, _, taken = parts(entry.declaration)
    names = {name: kind for kind, name in taken}
    pool = "options->pool" if "options" in names else next((n for n, kind in names.items() if "pool_t" in kind), "")
    said = []
    if result.endswith("*") and pool and "const" not in result:
        what = "The status" if result == STATUS else "What is returned"
        said.append(
            f"{what} is the caller's. In C it lives in ``{pool}`` and goes with it; here as long as it is used."
        )
    for name, kind in names.items():
        if kind.endswith("**") and "table" in kind:
            said.append(f"``{name}`` is emptied and filled; in C it points to a table in ``{pool}`` afterwards.")
    tables = [f"``{name}``" for name in ("headers", "params") if "table_t *" in names.get(name, "") and pool]
    if tables and (entry.value in SERVICE_FUNCTIONS or _returns_code(entry)):
        said.append(f"{' and '.join(tables)} stay as they were.")
    return said


def documented(entry: Entry) -> list[str]:
    """The docstrings that may mention a name: of its module, of the module that this is part of, and of its header."""
    home = entry.value.__module__ if hasattr(entry.value, "__module__") else entry.module
    texts = [prose(importlib.import_module(home))] if home.startswith(("aos.", "oss.")) else []
    part_of = re.search(r"(?:Part of|Mirrors[^.]*?|from) ``(oss\.\w+)``", texts[0]) if texts else None
    homes = [part_of.group(1)] if part_of and not part_of.group(1).startswith("oss._") else []
    texts += [prose(importlib.import_module(one)) for one in homes]
    texts.append(prose(module_of(entry.header)))
    return list(dict.fromkeys(texts))
