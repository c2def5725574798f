"""Reads the checkpoint files of the C SDK with the port, writes them back, and goes on where they stopped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.calls import Outcome, make_call
from oss.tools.crosscheck.replay.compare import compare_values
from oss.tools.crosscheck.replay.corpus import Corpus, bytes_of, json_of_bytes
from oss.tools.crosscheck.replay.names import constructor_of, find
from oss.tools.crosscheck.replay.odd_vectors import parsed_checkpoint
from oss.tools.crosscheck.replay.server import ScriptedServer
from oss.tools.crosscheck.replay.show import show
from oss.tools.crosscheck.replay.verdicts import Verdict
from oss.tools.crosscheck.replay.world import fetched_part_way, working_folder

__all__ = ["checkpoints", "index_of"]

CONFIG = {
    "endpoint": "http://oss-cn-hangzhou.aliyuncs.com",
    "access_key_id": "an-id",
    "access_key_secret": "a-secret",
    "signature_version": 0,
}
NOW = 1767323045
MANY_PARTS = 1000
"""Longer ones are read and written, but not resumed: the recorded calls do that."""


def index_of(recorded: Corpus) -> list[dict[str, Any]]:
    content = recorded.checkpoints.get("index.json")
    if content is None:
        return []
    entries: list[dict[str, Any]] = json.loads(content)
    return [entry for entry in entries if entry["file"] in recorded.checkpoints]


def checkpoints(recorded: Corpus, server: ScriptedServer, only: str = "*") -> Iterator[Verdict]:
    """Verdicts on the checkpoint files whose id matches."""
    for entry in index_of(recorded):
        if not fnmatch(f"checkpoints/{entry['id']}", only):
            continue
        content = recorded.checkpoints[entry["file"]]
        found = Verdict(f"checkpoints/{entry['id']}", f"{entry['kind']} checkpoint")
        found.problems = _read(entry, content)
        if "args" in entry and entry["parts"] <= MANY_PARTS:
            found.problems += _resumed(entry, content, server)
        yield found


def _read(entry: dict[str, Any], content: bytes) -> list[str]:
    code, parsed = parsed_checkpoint(json_of_bytes(content))
    if not content:
        return [] if code else ["an empty file was taken for a checkpoint"]
    if code:
        return [f"cannot be read: {code}"]
    done = [part.index for part in parsed.parts[: parsed.part_num] if part.completed]
    problems = compare_values("part_num", entry["parts"], parsed.part_num)
    problems += compare_values("completed", entry["completed"], done)
    build_xml: Any = find("oss_build_checkpoint_xml")
    if build_xml(build.new_pool(), parsed).encode("utf-8", "surrogateescape") != content:
        problems.append("the document built again is another one")
    return problems + _stored(content, parsed)


def _stored(content: bytes, parsed: Any) -> list[str]:
    """Checks that a checkpoint stays the same when it is loaded from a file, dumped, and loaded again."""
    load: Any = find("oss_load_checkpoint")
    dump: Any = find("oss_dump_checkpoint")
    open_file: Any = find("oss_open_checkpoint_file")
    close: Any = find("apr_file_close")
    pool, problems = build.new_pool(), []
    with working_folder({"c": json_of_bytes(content)}):
        loaded = constructor_of("oss_checkpoint_t")(pool)
        load(pool, "c", loaded)
        problems += compare_values("loaded", _fields(parsed), _fields(loaded))
        open_file(pool, "d", loaded)
        dump(pool, loaded)
        close(loaded.thefile)
        again = constructor_of("oss_checkpoint_t")(pool)
        load(pool, "d", again)
        problems += compare_values("dumped and loaded", _fields(parsed), _fields(again))
    return problems


def _fields(checkpoint: Any) -> dict[str, Any]:
    shown: dict[str, Any] = show(checkpoint)
    del shown["thefile"]
    return shown


def _resumed(entry: dict[str, Any], content: bytes, server: ScriptedServer) -> list[str]:
    """Checks that a transfer continued from a checkpoint moves exactly the parts that were missing."""
    download = entry["kind"] == "download"
    args, path = entry["args"], entry["args"]["filepath"]
    own = args["clt_params"].get("checkpoint_path") or path + (".dcp" if download else ".ucp")
    files: dict[str, Any] = {own: json_of_bytes(content)}
    if download:
        files[f"{path}.tmp"] = fetched_part_way(entry["object"], content)
    else:
        files[path] = {"content": entry["local_file"]["content"], "mtime": entry["local_file"]["mtime_us"]}
    case = {
        "function": f"oss_resumable_{entry['kind']}_file",
        "config": CONFIG,
        "args": args,
        "now": NOW,
        "files_before": files,
        "object": entry.get("object"),
        "exchanges": [],
        "result": {},
    }
    return _went_on(entry, own, make_call(case, server, {}))


def _went_on(entry: dict[str, Any], own: str, seen: Outcome) -> list[str]:
    size, whole = entry["args"]["clt_params"]["part_size"], _content(entry)
    missing = [i for i in range(-(-len(whole) // size)) if i not in entry["completed"]]
    moved = sorted(part for request in seen.requests if (part := _part_of(request, size)) is not None)
    problems = [] if seen.status and seen.status["code"] == 200 else [f"status {seen.status}, raised {seen.raised}"]
    problems += compare_values("parts moved", missing, moved)
    problems += [f"{own} is left"] if own in (seen.files or {}) else []
    target = (seen.files or {}).get(entry["args"]["filepath"])
    if target is None or bytes_of(target["content"]) != whole:
        problems.append("the file is not what it should be")
    return problems


def _content(entry: dict[str, Any]) -> bytes:
    return bytes_of(entry["object"]["content"] if entry["kind"] == "download" else entry["local_file"]["content"])


def _part_of(request: Any, size: int) -> int | None:
    if request.method == "GET":
        return int(re.findall(r"\d+", request.header("Range") or "0")[0]) // size
    number = re.search(r"partNumber=(\d+)", request.target)
    return int(number[1]) - 1 if number else None
