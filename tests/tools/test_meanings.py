"""Every function, field and constant of the API says what it means, in which unit, what is returned, with which errors.

The words stand in docstrings, and below the definitions of fields and constants, so that ``help()``, editors,
``explain`` and the reference have the same.
"""

from __future__ import annotations

import inspect
import re

import pytest

from aos._c.structs import CStruct, Field, IntegerField
from oss.tools.explain import signature
from oss.tools.explain.catalog import Entry, catalog, fields_of
from oss.tools.explain.constants import CONSTANTS

FUNCTIONS = [entry for entry in catalog().values() if entry.kind in ("function", "macro")]
STRUCTS = [one for one in catalog().values() if isinstance(one.value, type) and issubclass(one.value, CStruct)]
FIELDS = [(f"{struct.name}.{name}", item) for struct in STRUCTS for name, item in fields_of(struct.value).items()]

# What says nothing: a type, another name alone, or that it is like something that stands elsewhere.
FILLER = re.compile(
    r"(?i)^(?:the same|see |as above|ditto|todo|tbd|n/a)"
    r"|^(?:an?|the)? *`*\w+`*\.?$"
    r"|^(?:an?|the) *`*\w+`* (?:value|parameter|argument|field|object|struct|pointer)\.?$"
    r"|\bmust be an? `*\w+_t\b|\ba (?:aos|oss|apr|int)\b"
)

# Names of sizes, places and times, and the units that they can have.
SIZE = re.compile(
    r"(?:^|_)(?:size|len|length|srclen|inLen|bufLen|maxSrcSize|len2|nbytes|filesize|offset|position|file_pos|file_last)$"
)
TIME = re.compile(
    r"(?:^|_)(?:time|timeout|timout|date|expires|age_seconds|duration|days?|day|now|sec|interval|[amc]time)$"
)
SIZES = re.compile(r"\bbytes?\b|how many (?:entries|of them)\b|^seconds\b")
TIMES = re.compile(
    r"(?:micro|milli)?seconds?\b|\bdays?\b|ISO 8601|as in HTTP|\bhow often\b|time in its parts|room for the text"
)
NO_TIME = re.compile(r"daylight saving")

CODE = re.compile(r"\bAOSE_\w+|\bAPR_E\w+|\bE[A-Z]{3,}|\berrno\b|(?<!\w)-?\d+\b")


def ids(entry: Entry) -> str:
    return entry.name


def without_unit(name: str, text: str) -> bool:
    return bool(
        (SIZE.search(name) and not SIZES.search(text))
        or (TIME.search(name) and not TIMES.search(text) and not NO_TIME.search(text))
    )


@pytest.mark.parametrize("entry", FUNCTIONS, ids=ids)
def test_a_function_says_what_it_is_for_and_what_its_parameters_are(entry: Entry) -> None:
    said = signature.meaning(entry)
    assert said and len(said[0].split()) >= 3 and not FILLER.search(said[0])
    for term, text in signature.parameters(entry):
        if term == "...":
            continue
        name = re.split(r"[ *]", term.partition("[")[0])[-1]
        assert len(text) > 5 and not FILLER.search(text) and text.lower() != name.lower(), term
        assert not without_unit(name, text), (term, text)


@pytest.mark.parametrize("entry", FUNCTIONS, ids=ids)
def test_a_function_says_what_it_returns_and_with_which_errors(entry: Entry) -> None:
    said = " ".join((inspect.getdoc(entry.value) or "").partition("\n\n")[2].split())
    result, _, _ = signature.parts(entry.declaration)
    here = inspect.signature(entry.value).return_annotation
    if here != "None" or result not in ("", "void"):
        assert re.search(r"\bReturns? (?!None\.|it\.|nothing)[\w`-]", said), said
    if result == signature.STATUS and entry.name.startswith("oss_"):
        assert re.search(r"AOSE_|negative|-\d{3}", said), said
    if result == "apr_status_t" or (result == "int" and here == "None"):
        assert CODE.search(said.partition("Returns")[2]), said
    named = [name for name, text in signature.parameters(entry) if name != "..."]
    assert not named or signature.errors(entry), "no errors"


@pytest.mark.parametrize(("name", "item"), FIELDS, ids=[name for name, _ in FIELDS])
def test_a_field_says_what_it_means_and_in_which_unit(name: str, item: Field) -> None:
    assert len(item.meaning) > 3 and not FILLER.search(item.meaning), item.meaning
    assert item.meaning.lower() != item.name.replace("_", " ")
    if isinstance(item, IntegerField) or "time" in item.name or "date" in item.name:
        assert not without_unit(item.name, item.meaning), item.meaning
    assert item.python_type


def test_a_constant_says_what_it_is_below_its_definition() -> None:
    for name, text in CONSTANTS.items():
        assert len(text.split()) >= 2 and not FILLER.search(text), name


@pytest.mark.parametrize("text", ["A int.", "An ``int``", "the buffer", "The same with progress.", "a aos_table_t"])
def test_what_says_nothing_is_found_out(text: str) -> None:
    assert FILLER.search(text)


@pytest.mark.parametrize("name", ["part_size", "file_last", "connect_timeout", "mtime", "expires", "day"])
def test_a_size_or_a_time_without_a_unit_is_found_out(name: str) -> None:
    assert without_unit(name, "how much there is") and not without_unit(name, "bytes, or seconds since the epoch")


def test_python_stands_beside_c() -> None:
    for entry in FUNCTIONS:
        shown, declared = "\n".join(signature.python(entry)), inspect.signature(entry.value)
        for one in declared.parameters.values():
            assert f"{one.name}: {one.annotation}" in shown
        assert shown.startswith(f"def {entry.name}(") and shown.endswith(f") -> {declared.return_annotation}")
