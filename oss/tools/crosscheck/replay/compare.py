"""Compares an outcome with what is expected; every difference is one readable line."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import pairwise
from typing import Any

from oss.tools.crosscheck.replay.calls import Expectation, Outcome
from oss.tools.crosscheck.replay.corpus import bytes_of
from oss.tools.crosscheck.replay.expect import ANYTHING, Fits
from oss.tools.crosscheck.replay.odd_vectors import parsed_checkpoint
from oss.tools.crosscheck.replay.server import Received
from oss.tools.crosscheck.replay.show import canonical, show

__all__ = ["ASPECTS", "compare_aspects", "compare_outcomes", "compare_values"]

ASPECTS = ("requests", "status", "out", "headers", "files")
"""What is compared of a call: what was sent, the status, the out-parameters, the answer's headers, the files left."""

SHOWN = 300


def compare_outcomes(expected: Expectation, seen: Outcome) -> list[str]:
    """All differences between an outcome and what is expected, one line each."""
    return [line for lines in compare_aspects(expected, seen).values() for line in lines]


def compare_aspects(expected: Expectation, seen: Outcome) -> dict[str, list[str]]:
    """The differences between an outcome and what is expected, by aspect."""
    if seen.raised:
        return {"status": [f"raised {seen.raised}"]}
    lines: dict[str, list[str]] = {aspect: [] for aspect in ASPECTS}
    lines["requests"] = _requests(expected, seen.requests)
    for wanted in expected.somewhere:
        alike = [sent for sent in seen.requests if sent.key == wanted.key]
        lines["requests"] += (
            _request("a request", wanted, alike[0]) if alike else [f"no {wanted.method} {wanted.target} was sent"]
        )
    lines["status"] = compare_values("status", expected.status, seen.status)
    lines["out"] = compare_values("return", expected.returned, seen.returned)
    if expected.has_resp_headers:
        lines["headers"] = compare_values("resp_headers", expected.resp_headers or [], seen.resp_headers)
    for name, value in expected.out.items():
        if name == "progress":
            lines["out"] += _progress(value, seen.out.get(name))
        else:
            lines["out"] += compare_values(f"out.{name}", value, seen.out.get(name))
    lines["files"] = [f"file {name} should not be there" for name in expected.absent if name in (seen.files or {})]
    if expected.files is not None:
        lines["files"] += _files(expected, seen.files or {})
    return lines


def compare_values(what: str, expected: Any, seen: Any) -> list[str]:
    """Compares two values: structs by the fields that were recorded; a number may be recorded as text."""
    if isinstance(expected, Fits):
        return [] if expected.test(seen) else [f"{what}: expected {expected}, got {_short(seen)}"]
    if isinstance(expected, dict) and isinstance(seen, dict):
        return [
            line
            for key in expected
            for line in compare_values(f"{what}.{key}", expected[key], seen.get(key, "<absent>"))
        ]
    if isinstance(expected, list) and isinstance(seen, list) and len(expected) == len(seen):
        pairs = zip(expected, seen, strict=True)
        return [line for i, pair in enumerate(pairs) for line in compare_values(f"{what}[{i}]", *pair)]
    if expected is None and seen == 0 and not isinstance(seen, str):
        return []  # a number the C SDK never set
    if isinstance(expected, str) and isinstance(seen, int):
        seen = str(seen)
    return [] if expected == seen else [f"{what}: expected {_short(expected)}, got {_short(seen)}"]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)} characters)"


def _requests(expected: Expectation, sent: list[Received]) -> list[str]:
    wanted = expected.requests
    if not expected.ordered and expected.maybe_from is not None:
        known = {request.key for request in wanted}
        return [f"unexpected: {' '.join(map(str, r.key))}" for r in sent if r.key not in known]
    if not expected.ordered:
        wanted, sent = sorted(wanted, key=_order), sorted(sent, key=_order)
    least = len(wanted) if expected.maybe_from is None else min(expected.maybe_from, len(wanted))
    if len(sent) < least or (len(sent) > len(wanted) and not expected.open_ended and expected.maybe_from is None):
        listing = ", ".join(f"{r.method} {r.target} {r.header('Range') or ''}".strip() for r in sent)
        return [f"expected {len(wanted)} requests, {len(sent)} sent: {_short(listing)}"]
    pairs = zip(wanted[:least] if expected.maybe_from is not None else wanted, sent, strict=False)
    return [line for i, (a, b) in enumerate(pairs) for line in _request(f"request {i}", a, b)]


def _order(request: Received) -> tuple[str, ...]:
    return request.method, request.target, request.header("Range") or ""


def _request(what: str, expected: Received, sent: Received) -> list[str]:
    problems = compare_values(f"{what} line", f"{expected.method} {expected.target}", f"{sent.method} {sent.target}")
    # Blanks around a value say nothing, and not every server keeps them.
    wanted, given = (Counter((name, value.strip(" \t")) for name, value in one.headers) for one in (expected, sent))
    problems += [f"{what}: lacks header {name}: {_short(value)}" for name, value in wanted - given]
    problems += [f"{what}: extra header {name}: {_short(value)}" for name, value in given - wanted]
    if expected.body is not None:
        if expected.body != sent.body:
            sizes = f"expected {len(expected.body)} bytes, sent {len(sent.body or b'')}"
            problems.append(f"{what} body: {sizes}{_from_byte(expected.body, sent.body or b'')}")
    elif expected.digest != hashlib.sha256(sent.body or b"").hexdigest():
        problems.append(f"{what} body: another SHA-256 over {len(sent.body or b'')} bytes")
    return problems


def _progress(expected: list[list[int]], seen: list[list[int]] | None) -> list[str]:
    """Compares the last call of a progress callback, and checks that it never goes back; block sizes may differ."""
    if isinstance(expected, Fits) or not expected or not seen:
        return compare_values("progress", expected, seen)
    problems = compare_values("progress, last call", expected[-1], seen[-1])
    if any(later < earlier for earlier, later in pairwise(seen)):
        problems.append(f"progress goes back: {_short(seen)}")
    return problems


def _files(expected: Expectation, seen: dict[str, dict[str, Any]]) -> list[str]:
    files = {name: file for name, file in (expected.files or {}).items() if name not in expected.ignored}
    seen = {name: file for name, file in seen.items() if name not in expected.ignored}
    problems = [f"file {name} is missing" for name in files.keys() - seen.keys()]
    problems += [f"file {name} should not be there" for name in seen.keys() - files.keys()]
    for name in files.keys() & seen.keys():
        if name in expected.checkpoints:
            problems += _checkpoint(name, files[name], seen[name], expected)
        elif isinstance(files[name]["sha256"], Fits):
            problems += compare_values(f"size of {name}", files[name]["size"], seen[name]["size"])
        elif files[name]["sha256"] != seen[name]["sha256"]:
            sizes = f"{files[name]['size']} bytes, got {seen[name]['size']}"
            problems.append(f"file {name}: other content; expected {sizes}{_first_difference(files[name], seen[name])}")
    return problems


def _first_difference(expected: dict[str, Any], seen: dict[str, Any]) -> str:
    if "content" not in expected:
        return ""
    return _from_byte(bytes_of(expected["content"]), bytes_of(seen["content"]))


def _from_byte(a: bytes, b: bytes) -> str:
    at = next((i for i, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b)))
    return f"; from byte {at}: {a[at : at + 40]!r}, got {b[at : at + 40]!r}"


def _checkpoint(name: str, expected: dict[str, Any], seen: dict[str, Any], how: Expectation) -> list[str]:
    """Compares two checkpoint files by their fields; of a long one only the presence was recorded."""
    if "content" not in expected or expected["sha256"] == seen["sha256"]:
        return []
    code, got = parsed_checkpoint(canonical(seen["content"]))
    if code:
        return [f"file {name}: cannot be read as a checkpoint ({code})"]
    fields = show(got)
    wanted_code, wanted = parsed_checkpoint(canonical(expected["content"]))
    more, counting = how.more.get(name, set()), how.counting.get(name)
    if wanted_code and "parts" in more:  # the C SDK had created the file, and not written it yet
        return [f"file {name}: part {p['index']} is done" for p in fields["parts"] if p["completed"]]
    return compare_values(f"file {name}", _with_more(show(wanted), fields, more, counting), fields)


def _with_more(
    expected: dict[str, Any], seen: dict[str, Any], more: set[str], counting: list[int] | None
) -> dict[str, Any]:
    """A checkpoint as it is expected where the port's may say ``more``: ETags in advance, CRC64s instead of 0, an
    object's name. Of parts that do not count nothing is expected."""
    if "object_name" in more:
        expected["object_name"] = expected["object_name"] or ANYTHING
    for part, got in zip(expected["parts"], seen["parts"], strict=False):
        counts = counting is None or part["index"] in counting
        if not counts:
            part["completed"] = got["completed"]
        if not counts or ("etag" in more and not part["completed"]):
            part["etag"] = ANYTHING
        if not counts or ("crc64" in more and not (part["completed"] and part["crc64"])):
            part["crc64"] = ANYTHING
    return expected
