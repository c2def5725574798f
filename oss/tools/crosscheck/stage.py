"""Sets up a server for a scene: buckets, objects, the calls that come before, the faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from oss.local_server import Fault
from oss.tools.crosscheck.clib.declarations import parameters
from oss.tools.crosscheck.recorder import Recorder
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.calls import arguments_of, results_of
from oss.tools.crosscheck.replay.corpus import bytes_of
from oss.tools.crosscheck.replay.names import find
from oss.tools.crosscheck.replay.world import clock, working_folder
from oss.tools.crosscheck.scene import BUCKET, CNAME, KEY, STS, Call, InFuture, ResultOf, Scene, Stored

__all__ = ["known_arguments", "result_of_step", "staged", "usual_arguments"]

MTIME = 1_700_000_000_000_000
NAMES = {"bucket": BUCKET, "object": KEY}


@contextmanager
def staged(what: Scene, now: int, port: int = 0) -> Iterator[tuple[Recorder, dict[str, Any]]]:
    """Starts a server for a scene, at ``port`` if that is not 0; yields it and the case, still without results."""
    server = Recorder(now, port)
    with server:
        server.create_bucket(BUCKET)
        server.add_cname(CNAME, BUCKET)
        server.add_sts(STS["sts_token"], STS["access_key_id"], STS["access_key_secret"])
        case: dict[str, Any] = {
            "id": what.id,
            "function": what.row.function,
            "port": server.port,
            "config": what.config(server),
            "options": what.row.options,
            "now": now,
            "files_before": {name: _file(content) for name, content in what.row.files.items()},
            "exchanges": [],
            "result": {},
            **({"exchanges_order": "any"} if what.row.races else {}),
        }
        with server.unrecorded():
            results: list[dict[str, Any]] = []
            for step in what.row.before:
                results.append(_before(step, server, case, results))
        case["args"] = known_arguments(what.row.function, what.row.args, now, results)
        for fault in what.row.faults:
            server.add_fault(Fault(**fault))
        yield server, case


def _file(content: Any) -> dict[str, Any]:
    return {"content": content, "mtime": MTIME}


def known_arguments(function: str, args: dict[str, Any], now: int, results: list[dict[str, Any]]) -> dict[str, Any]:
    """The arguments of a call: the usual names, and what was only known once the server ran."""
    return {name: _known(value, now, results) for name, value in (usual_arguments(function) | args).items()}


def usual_arguments(function: str) -> dict[str, Any]:
    """The bucket and the key, as far as a function has them."""
    return {name: value for name, value in NAMES.items() if name in parameters(function)}


def _known(value: Any, now: int, results: list[dict[str, Any]]) -> Any:
    if isinstance(value, ResultOf):
        return results[value.step][value.name]
    if isinstance(value, InFuture):
        return now + value.seconds
    if isinstance(value, dict):
        return {name: _known(item, now, results) for name, item in value.items()}
    return [_known(item, now, results) for item in value] if isinstance(value, list) else value


def _before(
    step: Stored | Call, server: Recorder, case: dict[str, Any], results: list[dict[str, Any]]
) -> dict[str, Any]:
    if isinstance(step, Stored):
        server.put(BUCKET, step.key, bytes_of(step.content), step.headers, storage_class=step.storage_class)
        return {}
    with clock(case["now"] * 1_000_000):
        return result_of_step(case, step, known_arguments(step.function, step.args, case["now"], results))


def result_of_step(case: dict[str, Any], step: Call, args: dict[str, Any]) -> dict[str, Any]:
    """What a call before that of a case gives to those after it. RuntimeError where it fails."""
    made = {**case, "function": step.function, "args": args}
    with working_folder(case["files_before"]):
        arguments = arguments_of(made, build.new_pool(), find(step.function), [])
        function: Any = find(step.function)
        returned = function(**arguments)
    if getattr(returned, "error_code", None):
        raise RuntimeError(f"{case['id']}: {step.function} before it returned {returned}")
    headers = dict(results_of(made, arguments)["resp_headers"] or ()) if "resp_headers" in arguments else {}
    return {**results_of(made, arguments), "return": returned, "etag": headers.get("ETag")}
