"""Makes one scene's call through the C library, then through the port, each against a server of its own, and compares.

The C library's clock runs. The server's and the port's stand still at the second in which its call was made; a call
during which the second changed is made again. The second server is at the port of the first one, which has ended. So
dates, signatures and addresses can be compared byte by byte, while each side resolves names and connects by itself.
"""

from __future__ import annotations

import copy
import errno
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from oss.tools.crosscheck.clib.worker import Worker
from oss.tools.crosscheck.comparison import Comparison
from oss.tools.crosscheck.replay.calls import Expectation, Outcome, expected_of, played
from oss.tools.crosscheck.replay.compare import compare_aspects
from oss.tools.crosscheck.replay.differences import CALLS, FRAMING
from oss.tools.crosscheck.replay.playback import playback
from oss.tools.crosscheck.replay.reference import resign
from oss.tools.crosscheck.replay.rows import Case, Difference
from oss.tools.crosscheck.replay.server import ScriptedServer
from oss.tools.crosscheck.replay.world import bounded, files_in, write_files
from oss.tools.crosscheck.scene import Scene
from oss.tools.crosscheck.stage import staged

__all__ = ["ANSWERED_OTHERWISE", "as_it_is", "compared", "differs_on_purpose", "judge", "recorded"]

ATTEMPTS = 8
PATIENCE = 30.0
ANSWERED_OTHERWISE = "answered otherwise, since the request is another; the C library's answer is taken alike"


def recorded(what: Scene, through: Worker) -> Case:
    """Makes a scene's call through the C library; the result in the form of a case of the corpus."""
    for _ in range(ATTEMPTS):
        now = int(time.time())
        with staged(what, now) as (server, case), tempfile.TemporaryDirectory() as folder:
            write_files(Path(folder), case["files_before"])
            answer = through.perform(Path(folder), case)
            if "missing" in answer:
                raise LookupError(answer["missing"])
            case["exchanges"] = server.exchanges
            case["result"] = answer.get("result") or {"outcome": answer["outcome"]}
            case["result"]["files_after"] = files_in(Path(folder))
        if answer.get("seconds", [now, now]) == [now, now]:
            return case
    raise RuntimeError(f"{what.id}: the call took more than a second, {ATTEMPTS} times")


def compared(what: Scene, through: Worker) -> Comparison:
    """Makes a scene's call through both sides and compares."""
    found = Comparison(what.id, what.row.function)
    try:
        case, seen = _both(what, through)
        found.death = case["result"].get("outcome")
        judge(case, seen, found)
        if found.problems and "requests" not in found.problems and differs_on_purpose(case):
            _judge_by_answer(case, found)
    except LookupError as error:
        found.missing = str(error)
    except (RuntimeError, TimeoutError) as error:
        found.problems = {"status": [str(error)]}
    return found


def _both(what: Scene, through: Worker) -> tuple[Case, Outcome]:
    """What the C library did, and what the port did."""
    for _ in range(ATTEMPTS):
        case = recorded(what, through)
        try:
            return case, _repeated(what, case)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:  # somebody took the port between the two servers
                raise
    raise RuntimeError(f"{what.id}: others took the server's port, {ATTEMPTS} times")


def _repeated(what: Scene, case: Case) -> Outcome:
    """Outcome of the same call through the port."""
    with staged(what, case["now"], case["port"]) as (server, again), bounded(PATIENCE):
        if again["args"] != case["args"]:
            raise RuntimeError(f"the second server led to other arguments: {again['args']}")
        return played(case, server, {})


def judge(
    case: Case,
    seen: Outcome,
    found: Comparison,
    rules: tuple[Difference, ...] = CALLS,
    sign: Callable[[Case, Expectation], None] = resign,
) -> None:
    """Compares the outcomes as they are, then after each documented difference that applies, which explains the lines
    that it makes go away. ``sign`` gives requests that are expected otherwise the signatures that they should have."""
    expected = expected_of(case)
    found.raw = left = _lines(expected, seen)
    found.explained = {}
    for rule in rules:
        if not left or not rule.when(case):
            continue
        after = _after(rule, case, expected, seen, sign)
        found.explain(rule.name, left, after)
        left = after
        if rule.instead is not None:
            break
    found.problems = left


def as_it_is(case: Case, expected: Expectation) -> None:
    """For signatures that are not compared."""


def _after(
    rule: Difference,
    case: Case,
    expected: Expectation,
    seen: Outcome,
    sign: Callable[[Case, Expectation], None],
) -> dict[str, list[str]]:
    """What differs once a documented difference has changed what is expected, or instead of that."""
    if rule.instead is not None:
        problems = rule.instead(case, seen)
        return {"status": problems} if problems else {}
    if rule.adjust is not None:
        rule.adjust(case, expected)
    if not expected.resigned:
        return _lines(expected, seen)
    signed = copy.deepcopy(expected)
    sign(case, signed)
    return _lines(signed, seen)


def differs_on_purpose(case: Case) -> bool:
    """Whether a rule changes the requests, and not only how their bodies are framed."""
    return _adjusted(case, FRAMING).requests != _adjusted(case, CALLS).requests


def _adjusted(case: Case, rules: tuple[Difference, ...]) -> Expectation:
    """What is expected of a case by these rules."""
    expected = expected_of(case)
    for rule in rules:
        if rule.when(case) and rule.adjust is not None:
            rule.adjust(case, expected)
    if expected.resigned:
        resign(case, expected)
    return expected


def _judge_by_answer(case: Case, found: Comparison) -> None:
    """Compares again with the C library's answers replayed, for a service answers another request in another way."""
    again = Comparison(found.id, found.function)
    player = ScriptedServer(case["port"])
    try:
        with player.playing(playback(case)) as requests, bounded(PATIENCE):
            judge(case, played(case, requests, {}), again)
    finally:
        player.stop()
    if not again.problems:
        found.take(again, ANSWERED_OTHERWISE)


def _lines(expected: Expectation, seen: Outcome) -> dict[str, list[str]]:
    return {aspect: lines for aspect, lines in compare_aspects(expected, seen).items() if lines}
