"""Makes calls through both sides against the user's service, and compares."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from oss.oss_api import oss_put_object_from_buffer
from oss.tools.crosscheck.clib.worker import Worker
from oss.tools.crosscheck.comparison import Comparison
from oss.tools.crosscheck.live import ANSWERED_OTHERWISE, as_it_is, differs_on_purpose, judge
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.calls import Outcome
from oss.tools.crosscheck.replay.differences import CALLS
from oss.tools.crosscheck.replay.playback import playback, recorded_request
from oss.tools.crosscheck.replay.rows import Case
from oss.tools.crosscheck.replay.server import Received, ScriptedServer
from oss.tools.crosscheck.replay.show import canonical
from oss.tools.crosscheck.replay.world import files_in, write_files
from oss.tools.crosscheck.scene import BUCKET, KEY, Call, Scene, Stored
from oss.tools.crosscheck.service.account import OTHER, Account
from oss.tools.crosscheck.service.alike import alike
from oss.tools.crosscheck.service.relay import Relay, path_of
from oss.tools.crosscheck.service.rows import changes_settings, fitting
from oss.tools.crosscheck.stage import known_arguments, result_of_step

__all__ = ["compared_with_service"]

STORAGE_CLASS = "x-oss-storage-class"


def compared_with_service(account: Account, c_library: Worker, only: str) -> Iterator[Comparison]:
    """Comparisons of all calls that fit the account; what they create is removed at the end. UsageError."""
    with Relay(account.has_tls) as relay, Worker(None) as port:
        user = _User(account, relay)
        account.prepare(relay.port)
        try:
            for what in fitting(account, only):
                yield user.compared(what, c_library, port)
        finally:
            account.leave(relay.port)


class _User:
    """Makes calls with an account through a relay."""

    def __init__(self, account: Account, relay: Relay) -> None:
        self.account, self.relay = account, relay

    def compared(self, what: Scene, c_library: Worker, port: Worker) -> Comparison:
        found = Comparison(what.id, what.row.function)
        try:
            now = int(time.time())
            case, raw = self._made(what, now, c_library)
            found.death = case["result"].get("outcome")
            seen, again = self._made(what, now, port)
            judge(case, _outcome(seen), found, CALLS, as_it_is)
            if found.problems and "requests" not in found.problems and differs_on_purpose(raw):
                self._judge_by_answer(case, raw, again, port, found)
        except LookupError as error:
            found.missing = str(error)
        except RuntimeError as error:
            found.problems = {"status": [str(error)]}
        return found

    def _made(self, what: Scene, now: int, through: Worker) -> tuple[Case, Case]:
        """Makes a call through one side; returns it as it is compared, and as it was."""
        case = self._case(what, now)
        try:
            case["args"] = self._prepared(what, case)
            case["before"] = self.relay.exchanges()
            self.relay.begin()
            case["result"] = _performed(case, through)
            case["exchanges"] = self.relay.exchanges()
        finally:
            self.account.clean(self.relay.port, changes_settings(what.row))
        return self._alike(case, []), case

    def _alike(self, case: Case, answered: list[dict[str, Any]]) -> Case:
        """A case as it is compared; ``answered`` are further exchanges whose ids it may have in it."""
        return alike(case, [*case["before"], *case["exchanges"], *answered], self.account.secrets)

    def _case(self, what: Scene, now: int) -> Case:
        return {
            "id": what.id,
            "function": what.row.function,
            "config": self.account.reached(self.relay.port, what.signature),
            "options": what.row.options,
            "now": now,
            "files_before": {name: {"content": content} for name, content in what.row.files.items()},
            "exchanges": [],
            **({"exchanges_order": "any"} if what.row.races else {}),
        }

    def _prepared(self, what: Scene, case: Case) -> dict[str, Any]:
        """Does what comes before a call; returns the call's arguments."""
        self.relay.begin()
        results: list[dict[str, Any]] = []
        for step in what.row.before:
            if isinstance(step, Stored):
                results.append(self._stored(step))
            else:
                results.append(result_of_step(case, step, self._arguments(step, case, results)))
        return self._arguments(Call(what.row.function, what.row.args), case, results)

    def _arguments(self, call: Call, case: Case, results: list[dict[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = self._named(known_arguments(call.function, call.args, case["now"], results))
        return found

    def _named(self, value: Any) -> Any:
        """A value with the names of the account in the place of those of the tables."""
        if isinstance(value, dict):
            return {name: self._named(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self._named(item) for item in value]
        if value in (BUCKET, OTHER):
            return self.account.name_of(value)
        return self.account.key_of(value) if value == KEY else value

    def _stored(self, step: Stored) -> dict[str, Any]:
        """Stores an object in the bucket for writing; what is only read is there."""
        if self.account.writing:
            headers = [*(step.headers or {}).items()]
            headers += [(STORAGE_CLASS, step.storage_class)] if step.storage_class != "Standard" else []
            body = build.body_list(build.new_pool(), step.content)
            options = self.account.options(self.relay.port)
            table = build.table([[name, value] for name, value in headers])
            status = oss_put_object_from_buffer(options, self.account.bucket, step.key, body, table, None)
            if status.code != 200:
                raise RuntimeError(f"{step.key} cannot be stored: {status.code} {status.error_code}")
        return {}

    def _judge_by_answer(self, case: Case, raw: Case, again: Case, port: Worker, found: Comparison) -> None:
        """Compares again with the C library's answers replayed: another request may be answered in another way."""
        player = ScriptedServer()
        try:
            answer = playback(raw)
            with player.playing(lambda one: answer(replace(one, target=path_of(one.target)))) as requests:
                replayed = {**again, "config": again["config"] | {"proxy_port": player.port}}
                replayed["result"] = _performed(replayed, port)
                replayed["exchanges"] = [{"request": _written(one)} for one in requests]
        finally:
            player.stop()
        second = Comparison(found.id, found.function)
        judge(case, _outcome(self._alike(replayed, raw["exchanges"])), second, CALLS, as_it_is)
        if not second.problems:
            found.take(second, ANSWERED_OTHERWISE)


def _performed(case: Case, through: Worker) -> dict[str, Any]:
    """The results of a call, and the files that it left."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), case["files_before"])
        answer = through.perform(Path(folder), case)
        if "missing" in answer:
            raise LookupError(answer["missing"])
        result: dict[str, Any] = answer.get("result") or {"outcome": answer["outcome"]}
        return result | {"files_after": files_in(Path(folder))}


def _written(request: Received) -> dict[str, Any]:
    headers = [list(pair) for pair in request.headers]
    body = (request.body or b"").decode("utf-8", "surrogateescape")
    return {"method": request.method, "target": path_of(request.target), "headers": headers, "body": body}


def _outcome(case: Case) -> Outcome:
    """What a side did, in the form that is compared with what is expected."""
    result = case["result"]
    return Outcome(
        requests=[recorded_request(one) for one in case["exchanges"]],
        status=canonical(result.get("status")),
        returned=canonical(result.get("return")),
        resp_headers=canonical(result.get("resp_headers")),
        out=canonical(result.get("out") or {}),
        files=result["files_after"],
        raised=result.get("outcome"),
    )
