"""Judges cases one by one and sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from typing import Any

from aos import aos_http_io, aos_log
from oss.tools.crosscheck.replay.calls import expected_of, make_call
from oss.tools.crosscheck.replay.checkpoints import checkpoints
from oss.tools.crosscheck.replay.compare import compare_outcomes, compare_values
from oss.tools.crosscheck.replay.corpus import Corpus, body_of
from oss.tools.crosscheck.replay.differences import CALLS, MISSING_ALLOWED, VECTORS
from oss.tools.crosscheck.replay.names import find
from oss.tools.crosscheck.replay.reference import resign
from oss.tools.crosscheck.replay.rows import Difference
from oss.tools.crosscheck.replay.server import ScriptedServer
from oss.tools.crosscheck.replay.show import canonical
from oss.tools.crosscheck.replay.tables import constants, defaults
from oss.tools.crosscheck.replay.vectors import run_vector, vector_function
from oss.tools.crosscheck.replay.verdicts import Verdict
from oss.tools.crosscheck.replay.world import bounded

__all__ = ["judge", "prepare", "replay", "summary", "Verdict"]

PATIENCE = 20.0
Case = dict[str, Any]


def prepare() -> None:
    """Initializes the port, with its log off, since most cases are about failures."""
    aos_http_io.aos_http_io_initialize(None, 0)
    aos_log.aos_log_set_level(aos_log.AOS_LOG_OFF)


def _is_missing(case: Case) -> bool:
    return find(vector_function(case["function"])) is None


def _is_unplayable(case: Case) -> bool:
    """Whether only the digest of an answer's body was recorded, so that the case cannot be replayed."""
    answers = [exchange.get("response") or {} for exchange in case.get("exchanges", [])]
    return any("body_len" in answer and body_of(answer) is None for answer in answers)


def judge(case: Case, server: ScriptedServer, files: dict[str, bytes]) -> Verdict:
    """Runs one case and compares: a call when exchanges are recorded, else a vector."""
    found = Verdict(case["id"], case["function"])
    found.missing, found.unplayable = _is_missing(case), _is_unplayable(case)
    if found.missing and not MISSING_ALLOWED:
        found.problems = ["the port has no such function"]
    if not found.missing and not found.unplayable:
        try:
            with bounded(PATIENCE):
                found.problems = _judged(case, server, files, found)
        except TimeoutError as error:
            found.problems = [str(error)]
    return found


def _judged(case: Case, server: ScriptedServer, files: dict[str, bytes], found: Verdict) -> list[str]:
    if "exchanges" in case:
        return _compared(case, CALLS, expected_of(case), make_call(case, server, files), _compare_calls, found)
    return _compared(case, VECTORS, canonical(case["result"]), run_vector(case), _compare_vectors, found)


def _compared(
    case: Case,
    rows: tuple[Difference, ...],
    expected: Any,
    seen: Any,
    compare: Callable[..., list[str]],
    found: Verdict,
) -> list[str]:
    applying = [row for row in rows if row.when(case)]
    found.rules = [row.name for row in applying]
    for row in applying:
        if row.instead is not None:
            return row.instead(case, seen)
        if row.adjust is not None:
            row.adjust(case, expected)
    return compare(case, expected, seen)


def _compare_calls(case: Case, expected: Any, seen: Any) -> list[str]:
    if expected.resigned:
        resign(case, expected)
    return compare_outcomes(expected, seen)


def _compare_vectors(case: Case, expected: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    if "raised" in seen:
        return [f"raised {seen['raised']}"]
    return compare_values("result", expected, seen)


def replay(recorded: Corpus, server: ScriptedServer, only: str = "*") -> Iterator[Verdict]:
    """Verdicts on all recorded cases, tables and checkpoints whose id matches ``only``."""
    prepare()
    for functions in recorded.cases.values():
        for cases in functions.values():
            yield from (judge(case, server, recorded.checkpoints) for case in cases if fnmatch(case["id"], only))
    for documents in (constants(recorded), defaults(recorded), checkpoints(recorded, server, only)):
        yield from (found for found in documents if fnmatch(found.case, only))


def summary(verdicts: list[Verdict]) -> str:
    """The table printed at the end: cases, differences and how many cases each covers, what is missing."""
    failed = sum(bool(found.problems) for found in verdicts)
    absent = Counter(found.function for found in verdicts if found.missing)
    covered = Counter(name for found in verdicts for name in found.rules)
    unplayable = [found.case for found in verdicts if found.unplayable]
    good = len(verdicts) - failed - absent.total() - len(unplayable)
    lines = [f"{len(verdicts)} cases: {good} as expected, {failed} not"]
    lines += [f"{covered[row.name]:6}  {row.name}" for row in CALLS + VECTORS]
    if unplayable:
        lines.append(
            f"{len(unplayable):6}  cannot be played, the answer's body was not recorded: {', '.join(unplayable)}"
        )
    if absent:
        lines.append(f"{absent.total()} cases of {len(absent)} functions that the port does not have:")
        lines += [f"{count:6}  {name}" for name, count in sorted(absent.items())]
    return "\n".join(lines)
