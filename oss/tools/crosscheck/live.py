"""Makes one scene's call through the C library, then through the port, each against a server of its own, and compares.

The C library's clock runs. The server's and the port's stand still at the second in which its call was made; a call
during which the second changed is made again. So dates and signatures can be compared byte by byte.
"""

from __future__ import annotations

import copy
import tempfile
import time
from pathlib import Path

from oss.tools.crosscheck.clib.worker import Worker
from oss.tools.crosscheck.comparison import Comparison
from oss.tools.crosscheck.replay.calls import Expectation, Outcome, expected_of, make_call, played
from oss.tools.crosscheck.replay.compare import compare_aspects
from oss.tools.crosscheck.replay.differences import CALLS, FRAMING
from oss.tools.crosscheck.replay.reference import resign
from oss.tools.crosscheck.replay.rows import Case, Difference
from oss.tools.crosscheck.replay.server import ScriptedServer
from oss.tools.crosscheck.replay.world import bounded, files_in, write_files
from oss.tools.crosscheck.scene import Scene
from oss.tools.crosscheck.stage import staged

__all__ = ["compared", "recorded"]

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


def compared(what: Scene, through: Worker, player: ScriptedServer) -> Comparison:
    """Makes a scene's call through both sides and compares; ``player`` replays answers where that is needed."""
    found = Comparison(what.id, what.row.function)
    try:
        case = recorded(what, through)
        found.death = case["result"].get("outcome")
        with bounded(PATIENCE):
            _judge(case, _repeated(what, case), found)
            if found.problems and "requests" not in found.problems and _differs_on_purpose(case):
                _judge_by_answer(case, player, found)
    except LookupError as error:
        found.missing = str(error)
    except (RuntimeError, TimeoutError) as error:
        found.problems = {"status": [str(error)]}
    return found


def _repeated(what: Scene, case: Case) -> Outcome:
    """Outcome of the same call through the port."""
    with staged(what, case["now"], case["port"]) as (server, again):
        if again["args"] != case["args"]:
            raise RuntimeError(f"the second server led to other arguments: {again['args']}")
        return played(case, server.port, server, {})


def _judge(case: Case, seen: Outcome, found: Comparison) -> None:
    """Compares the outcomes as they are, then with what the documented differences make of the expected one."""
    found.raw = _lines(expected_of(case), seen)
    rules, expected = _expected(case)
    found.rules = [rule.name for rule in rules]
    if rules and rules[-1].instead is not None:
        problems = rules[-1].instead(case, seen)
        found.problems = {"status": problems} if problems else {}
    else:
        found.problems = _lines(expected, seen)


def _expected(case: Case) -> tuple[list[Difference], Expectation]:
    """The rules that change what is expected, up to one that replaces the comparison; and what they make of it."""
    rules, expected = [], expected_of(case)
    for rule in CALLS:
        if not rule.when(case):
            continue
        before = copy.deepcopy(expected)
        if rule.adjust is not None:
            rule.adjust(case, expected)
        if rule.instead is not None or expected != before:
            rules.append(rule)
        if rule.instead is not None:
            break
    if expected.resigned:
        resign(case, expected)
    return rules, expected


def _differs_on_purpose(case: Case) -> bool:
    """Whether a rule changes the requests, and not only how their bodies are framed."""
    framed, expected = expected_of(case), _expected(case)[1]
    for rule in FRAMING:
        rule.adjust(case, framed)  # type: ignore[misc]
    return framed.requests != expected.requests


def _judge_by_answer(case: Case, player: ScriptedServer, found: Comparison) -> None:
    """Compares again with the C library's answers replayed, for a service answers another request in another way."""
    again = Comparison(found.id, found.function)
    _judge(case, make_call(case, player, {}), again)
    if not again.problems:
        found.problems, found.note = {}, ANSWERED_OTHERWISE


def _lines(expected: Expectation, seen: Outcome) -> dict[str, list[str]]:
    return {aspect: lines for aspect, lines in compare_aspects(expected, seen).items() if lines}
