"""Makes a recorded API call through the port, and reads the results."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aos.aos_define import aos_pool_t, aos_ref_t, aos_table_t
from aos.aos_string import aos_string_t
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.corpus import content_of, text_of
from oss.tools.crosscheck.replay.names import base_name, constructor_of, find, types_in
from oss.tools.crosscheck.replay.playback import playback, recorded_request
from oss.tools.crosscheck.replay.server import Received, ScriptedServer
from oss.tools.crosscheck.replay.show import canonical, show
from oss.tools.crosscheck.replay.world import clock, files_before, files_in, listing_of, network, working_folder

__all__ = ["arguments_of", "Expectation", "expected_of", "make_call", "Outcome", "played", "results_of"]

CLT_PARAMS = ("part_size", "thread_num", "enable_checkpoint", "checkpoint_path")


@dataclass
class Outcome:
    """What a call did: requests, results, files."""

    requests: list[Received] = field(default_factory=list)
    status: Any = None
    returned: Any = None
    resp_headers: Any = None
    out: dict[str, Any] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] | None = None
    raised: str | None = None


@dataclass
class Expectation(Outcome):
    """What a call is expected to do: a recorded outcome, adjusted by the documented differences."""

    ordered: bool = True
    open_ended: bool = False
    """More requests follow than are listed."""
    maybe_from: int | None = None
    """Requests from this one on may or may not be made."""
    has_resp_headers: bool = False
    resigned: bool = False
    """The headers are not the recorded ones: the signature is the reference's."""
    checkpoints: set[str] = field(default_factory=set)
    """The files that are checkpoints: compared by what they say."""
    more: dict[str, set[str]] = field(default_factory=dict)
    """Checkpoints that may say more than the C SDK's, and in which fields."""
    counting: dict[str, list[int]] = field(default_factory=dict)
    """Checkpoints of which only the parts that are listed count."""
    absent: list[str] = field(default_factory=list)
    """Files that must not be there, whatever else is."""
    ignored: set[str] = field(default_factory=set)
    """Files that may be there or not."""
    somewhere: list[Received] = field(default_factory=list)
    """Requests that must be among those sent."""

    def set_file(self, name: str, recorded: Any) -> None:
        """Expects a file to have this recorded content, or, for None, not to be there."""
        if self.files is None:
            return
        self.files.pop(name, None)
        if recorded is not None:
            self.files[name] = listing_of(content_of(recorded))


def expected_of(case: dict[str, Any]) -> Expectation:
    """The recorded outcome of a case, as the expectation before any adjustment."""
    result = copy.deepcopy(case["result"])  # the differences change what is expected, not the recording
    expected = Expectation(
        requests=[recorded_request(exchange) for exchange in case["exchanges"]],
        status=canonical(result.get("status")),
        returned=canonical(result.get("return")),
        resp_headers=canonical(result.get("resp_headers")),
        out=canonical(result.get("out") or {}),
        files=result.get("files_after"),
        ordered="exchanges_order" not in case,
        open_ended="exchanges_omitted" in case,
        has_resp_headers="resp_headers" in result,
    )
    asked = (case["args"].get("clt_params") or {}).get("checkpoint_path")
    expected.checkpoints = {name for name in expected.files or {} if name.endswith((".ucp", ".dcp")) or name == asked}
    return expected


def make_call(case: dict[str, Any], server: ScriptedServer, checkpoints: dict[str, bytes]) -> Outcome:
    """Makes the call of a case, with the recorded answers, files, clock and network."""
    with server.playing(playback(case)) as requests, network(case, server.port):
        return played(case, requests, checkpoints)


def played(case: dict[str, Any], requests: Iterable[Received], checkpoints: dict[str, bytes]) -> Outcome:
    """Makes the call with its clock and its files; ``requests`` are those that come in meanwhile."""
    with clock(case["now"] * 1_000_000), working_folder(files_before(case, checkpoints)) as folder:
        return _call(case, requests, folder)


def _call(case: dict[str, Any], requests: Iterable[Received], folder: Path) -> Outcome:
    function: Any = find(case["function"])
    pool = build.new_pool()
    progress: list[list[int]] = []
    seen = Outcome()
    arguments = arguments_of(case, pool, function, progress)
    try:
        returned = function(**arguments)
    except Exception as error:  # reported: no call may raise
        seen.raised = f"{type(error).__name__}: {error}"
        returned = None
    seen.requests, seen.files = list(requests), files_in(folder)
    if hasattr(returned, "error_code"):
        seen.status = show(returned)
    else:
        seen.returned = returned
    seen.resp_headers = show(arguments.get("resp_headers"))
    seen.out = results_of(case, arguments)
    if case["args"].get("progress_callback"):
        seen.out["progress"] = progress
    return seen


def arguments_of(case: dict[str, Any], pool: aos_pool_t, function: Any, progress: list[list[int]]) -> dict[str, Any]:
    """The recorded arguments, by the port's parameter names; a progress callback appends its calls to ``progress``."""
    made = {}
    for parameter in inspect.signature(function).parameters.values():
        name = base_name(parameter.name)
        if name == "options":
            made[parameter.name] = build.options(pool, case)
        elif name == "progress_callback":
            wanted = case["args"].get(name)
            made[parameter.name] = (lambda done, total: progress.append([done, total])) if wanted else None
        elif name in case["args"]:
            made[parameter.name] = _given(pool, name, types_in(parameter.annotation), case["args"][name])
        else:
            made[parameter.name] = _empty(pool, name, types_in(parameter.annotation), str(parameter.annotation))
    return made


def _given(pool: aos_pool_t, name: str, types: list[str], value: Any) -> Any:
    """The port's value for a recorded argument, by the C types that its parameter takes."""
    if value == {"null_pointer": True} or (name == "resp_body" and value == "NULL"):
        return None
    if name == "clt_params":
        create: Any = find("oss_create_resumable_clt_params_content")
        return None if value is None else create(pool, *map(value.get, CLT_PARAMS))
    if "aos_string_t" in types or "aos_text_t" in types:
        return aos_string_t(text_of(value))
    if "aos_table_t" in types:
        return build.table(value)
    if "aos_list_t" in types:
        return build.body_list(pool, value) if name == "buffer" else build.entries(pool, name, value)
    structs = [kind for kind in types if kind not in ("aos_pool_t", "aos_ref_t")]
    if structs and isinstance(value, dict):
        return build.struct(pool, structs[0], value)
    return value


def _empty(pool: aos_pool_t, name: str, types: list[str], annotation: str) -> Any:
    """What a caller passes for an out-parameter."""
    if name in ("headers", "params") and "aos_table_t" in types:
        return None
    if "aos_string_t" in types:
        return aos_string_t()
    if "aos_table_t" in types:
        return aos_table_t()
    if "aos_list_t" in types:
        return build.new_list()
    if annotation == "int":
        return 0
    if "aos_ref_t" in types or not types:
        return aos_ref_t(0)
    return constructor_of(types[0])(pool)


def results_of(case: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """The final contents of what was passed in, by the names the corpus uses."""
    out = {base_name(name): show(value) for name, value in arguments.items()}
    for table in ("headers", "params"):
        out[f"{table}_after"] = out.get(table)
    out["body"] = "" if out.get("buffer") == [] else out.get("buffer")
    if out.get("resp_body") == []:
        out["resp_body"] = ""
    return out
