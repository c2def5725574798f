"""Judges cases one by one and sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

from aos import aos_http_io, aos_log
from tests.replay.calls import expected_of, make_call
from tests.replay.compare import compare_outcomes, compare_values
from tests.replay.corpus import corpus
from tests.replay.differences import CALLS, MISSING_ALLOWED, VECTORS, difference
from tests.replay.names import find
from tests.replay.reference import resign
from tests.replay.server import scripted_server
from tests.replay.show import canonical
from tests.replay.vectors import run_vector, vector_function
from tests.replay.world import bounded

__all__ = ["judge", "missing", "prepare", "replay", "summary", "verdict"]

PATIENCE = 20.0


@dataclass
class verdict:
    """What became of one case."""

    case: str
    function: str
    problems: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    missing: bool = False

    def __str__(self) -> str:
        return "\n    ".join([f"{self.case} ({self.function})", *self.problems])


def missing(case: dict[str, Any]) -> bool:
    return find(vector_function(case["function"])) is None


def judge(case: dict[str, Any], server: scripted_server, checkpoints: dict[str, bytes]) -> verdict:
    """Runs one case and compares; ``args`` with the config of a call make it a call, else it is a vector."""
    found = verdict(case["id"], case["function"])
    try:
        with bounded(PATIENCE):
            return _judge(case, server, checkpoints, found)
    except TimeoutError as error:
        found.problems = [str(error)]
        return found


def _judge(case: dict[str, Any], server: scripted_server, checkpoints: dict[str, bytes], found: verdict) -> verdict:
    if missing(case):
        found.missing = True
        if not MISSING_ALLOWED:
            found.problems.append("the port has no such function")
    elif "exchanges" in case:
        found.problems = _judged(
            case, CALLS, expected_of(case), make_call(case, server, checkpoints), compare_outcomes, found
        )
    else:
        found.problems = _judged(case, VECTORS, canonical(case["result"]), run_vector(case), _compare_results, found)
    return found


def _judged(
    case: dict[str, Any], rows: tuple[difference, ...], expected: Any, seen: Any, compare: Any, found: verdict
) -> list[str]:
    applying = [row for row in rows if row.when(case)]
    found.rules = [row.name for row in applying]
    for row in applying:
        if row.instead is not None:
            return row.instead(case, seen)
        if row.adjust is not None:
            row.adjust(case, expected)
    if getattr(expected, "resigned", False):
        resign(case, expected)
    problems: list[str] = compare(expected, seen)
    return problems


def _compare_results(expected: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    if "raised" in seen:
        return [f"raised {seen['raised']}"]
    return compare_values("result", expected, seen)


def prepare() -> None:
    """What a program does first; and nothing is logged, since most cases are about things that go wrong."""
    aos_http_io.aos_http_io_initialize(None, 0)
    aos_log.aos_log_set_level(aos_log.AOS_LOG_OFF)


def replay(recorded: corpus, server: scripted_server, only: str = "*") -> Iterator[verdict]:
    """Judges all cases whose id matches ``only``."""
    prepare()
    for functions in recorded.cases.values():
        for cases in functions.values():
            yield from (judge(case, server, recorded.checkpoints) for case in cases if fnmatch(case["id"], only))


def summary(verdicts: list[verdict]) -> str:
    """The table printed at the end: cases, differences and how many cases each covers, what is missing."""
    failed = sum(bool(v.problems) for v in verdicts)
    absent = Counter(v.function for v in verdicts if v.missing)
    covered = Counter(name for v in verdicts for name in v.rules)
    lines = [f"{len(verdicts)} cases: {len(verdicts) - failed - absent.total()} as expected, {failed} not"]
    lines += [f"{covered[row.name]:6}  {row.name}" for row in CALLS + VECTORS]
    if absent:
        lines.append(f"{absent.total()} cases of {len(absent)} functions that the port does not have:")
        lines += [f"{count:6}  {name}" for name, count in sorted(absent.items())]
    return "\n".join(lines)
