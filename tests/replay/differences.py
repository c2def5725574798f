"""What the port does differently from the C SDK on purpose: every difference the replay accepts is a row here.

A row says which recorded cases it touches (judged by function, inputs and what the C SDK did, never by a case's name)
and either adjusts what is expected of them or says what the port does instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.replay.calls import expectation, outcome

__all__ = ["CALLS", "MISSING_ALLOWED", "VECTORS", "difference"]

MISSING_ALLOWED = True
"""Functions the port does not have yet are named and counted; False makes them failures."""

Case = dict[str, Any]


@dataclass(frozen=True)
class difference:
    """A row: ``adjust`` changes the expectation; ``instead`` replaces the comparison and gives the problems."""

    name: str
    when: Callable[[Case], bool]
    adjust: Callable[[Case, Any], None] | None = None
    instead: Callable[[Case, Any], list[str]] | None = None


def _uploads(case: Case) -> bool:
    return any(e["request"]["method"] in ("PUT", "POST") for e in case["exchanges"])


def _plain_framing(case: Case, expected: expectation) -> None:
    for request in expected.requests:
        request.headers = [h for h in request.headers if h[0] not in ("Transfer-Encoding", "Expect")]


def _own_tables(case: Case, expected: expectation) -> None:
    for name in ("headers", "params"):
        if f"{name}_after" in expected.out:
            expected.out[f"{name}_after"] = case["args"][name]


def _clean_end(case: Case, seen: outcome) -> list[str]:
    """The call comes back: a status that is not OK, or no URL."""
    if seen.raised:
        return [] if seen.raised.startswith("ValueError") and "return" in case["result"] else [f"raised {seen.raised}"]
    if seen.status is None:
        return []
    return []


CALLS = (
    difference("PUT and POST: Content-Length and the plain body", _uploads, _plain_framing),
    difference(
        "the caller's tables are left as they were",
        lambda case: bool(case["result"].get("out", {}).keys() & {"headers_after", "params_after"}),
        _own_tables,
    ),
    difference("calls that kill the C SDK come back", lambda case: "outcome" in case["result"], instead=_clean_end),
)

VECTORS: tuple[difference, ...] = ()
