"""Compares the recorded constants and constructor defaults with the port's modules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aos import aos_log
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.compare import compare_values
from oss.tools.crosscheck.replay.corpus import Corpus
from oss.tools.crosscheck.replay.names import find
from oss.tools.crosscheck.replay.show import canonical, show
from oss.tools.crosscheck.replay.verdicts import Verdict

__all__ = ["constants", "defaults"]

NOT_NAMES = {
    "__LONG_LONG_MAX__": "a compiler's macro",
    "oss_create_live_channel_contents_parse": "takes Mini-XML's nodes",
}
INITIAL_LOG_LEVEL = aos_log.aos_log_level
CALL = re.compile(r"(\w+)(?:\((.*?)\))?((?:\.\w+(?:\[\d+\])?)*)(?: .*)?")


def constants(recorded: Corpus) -> Iterator[Verdict]:
    """Verdicts on all recorded macros, enum members and constants."""
    document = recorded.document("constants") or {}
    groups = (*document.get("defines", {}).values(), *document.get("enums", {}).values(), document.get("extern", {}))
    for group in groups:
        for name, value in group.items():
            yield _constant(name, value)
    for entry in document.get("declared_but_not_defined", []):
        name = entry["name"]
        missing = [] if name in NOT_NAMES or find(name) is not None else [f"the port has no {name}"]
        yield Verdict(f"constants/{name}", name, missing)


def _constant(name: str, value: Any) -> Verdict:
    found = Verdict(f"constants/{name}", name)
    if name in NOT_NAMES:
        return found
    initial = name.endswith("(initial)")
    port = INITIAL_LOG_LEVEL if initial else find(name)
    found.problems = compare_values(name, value, port)
    return found


def defaults(recorded: Corpus) -> Iterator[Verdict]:
    """Verdicts on the structs of all recorded constructors."""
    for name, entry in (recorded.document("defaults") or {}).items():
        found = Verdict(f"defaults/{name}", name)
        try:
            found.problems = _made_alike(name, entry)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            found.problems = [f"{type(error).__name__}: {error}"]
        yield found


def _made_alike(name: str, entry: dict[str, Any]) -> list[str]:
    call = CALL.fullmatch(name)
    assert call is not None, name
    into: dict[str, Any] = {"p": build.new_pool()}
    made = _made(call[1], call[2], into)
    for step, index in re.findall(r"\.(\w+)(?:\[(\d+)\])?", call[3]):
        made = getattr(made, step)
        made = made[int(index)] if index else made
    fields, shown, problems = canonical(entry.get("fields", {})), show(made), []
    if made is not None and entry["type"] not in {kind.__name__ for kind in type(made).__mro__}:
        problems.append(f"type: expected {entry['type']}, got {type(made).__name__}")
    if made is not None and "capacity" in fields:
        shown |= {"size": made.last - made.pos, "capacity": made.end - made.start}
    for field, value in fields.items():
        if value == "non-null":
            problems += [] if getattr(made, field) is not None else [f"{field} is NULL"]
        else:
            problems += compare_values(field, value, shown.get(field, "<absent>"))
    return problems + (compare_values("list", entry["list"], show(into["list"])) if "list" in entry else [])


def _made(name: str, arguments: str | None, into: dict[str, Any]) -> Any:
    function: Any = find(name)
    if not callable(function):
        return function
    if arguments == "":
        return function()
    return function(*(_argument(text, into) for text in (arguments or "p").split(",")))


def _argument(text: str, into: dict[str, Any]) -> Any:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if text == "NULL" or text.startswith('"'):
        return None if text == "NULL" else text.strip('"')
    if text not in into:
        into[text] = build.new_list() if text == "list" else build.struct(into["p"], "oss_referer_config_t", {})
    return into[text]
