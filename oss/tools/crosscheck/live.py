"""Makes one scene's call through the C library, then through the port, each against a server of its own, and compares.

The C library's clock runs. The server's and the port's stand still at the second in which its call was made; a call
during which the second changed is made again. So dates and signatures can be compared byte by byte.
"""

from __future__ import annotations

import copy
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from oss.tools.crosscheck.clib.worker import worker
from oss.tools.crosscheck.replay.calls import expectation, expected_of, outcome, played
from oss.tools.crosscheck.replay.compare import compare_aspects
from oss.tools.crosscheck.replay.differences import CALLS
from oss.tools.crosscheck.replay.reference import resign
from oss.tools.crosscheck.replay.rows import Case
from oss.tools.crosscheck.replay.world import bounded, files_in, write_files
from oss.tools.crosscheck.scene import scene
from oss.tools.crosscheck.stage import staged

__all__ = ["comparison", "compared", "recorded"]

ATTEMPTS = 8
PATIENCE = 30.0


@dataclass
class comparison:
    """What became of a scene. ``raw`` is all that differs, ``problems`` what no rule explains."""

    id: str
    function: str
    raw: dict[str, list[str]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    death: str | None = None


def recorded(what: scene, through: worker) -> Case:
    """The call of the C library as a case of the corpus."""
    for _ in range(ATTEMPTS):
        now = int(time.time())
        with staged(what, now) as (server, case), tempfile.TemporaryDirectory() as folder:
            write_files(Path(folder), case["files_before"])
            answer = through.perform(Path(folder), case)
            case["exchanges"] = server.exchanges
            if "missing" in answer:
                raise LookupError(answer["missing"])
            case["result"] = answer.get("result") or {"outcome": answer["outcome"]}
            case["result"]["files_after"] = files_in(Path(folder))
        if answer.get("seconds", [now, now]) == [now, now]:
            break
    return case


def repeated(what: scene, case: Case) -> outcome:
    """The same call through the port."""
    with staged(what, case["now"], case["port"]) as (server, again):
        if again["args"] != case["args"]:
            raise RuntimeError(f"{what.id}: the second server gave other arguments: {again['args']}")
        with bounded(PATIENCE):
            return played(case, server.port, server, {})


def compared(what: scene, through: worker) -> tuple[comparison, Case]:
    case = recorded(what, through)
    found = comparison(case["id"], case["function"], death=case["result"].get("outcome"))
    try:
        judge(case, repeated(what, case), found)
    except TimeoutError as error:
        found.problems = {"status": [str(error)]}
    return found, case


def judge(case: Case, seen: outcome, found: comparison) -> None:
    """Compares as it is, then with what the rules expect."""
    found.raw = _lines(case, expected_of(case), seen)
    expected = expected_of(case)
    for rule in CALLS:
        if not rule.when(case):
            continue
        if rule.instead is not None:
            found.rules.append(rule.name)
            found.problems = {"status": problems} if (problems := rule.instead(case, seen)) else {}
            return
        before = copy.deepcopy(expected)
        if rule.adjust is not None:
            rule.adjust(case, expected)
        if expected != before:
            found.rules.append(rule.name)
    if expected.resigned:
        resign(case, expected)
    found.problems = _lines(case, expected, seen)


def _lines(case: Case, expected: expectation, seen: outcome) -> dict[str, list[str]]:
    return {aspect: lines for aspect, lines in compare_aspects(expected, seen).items() if lines}
