"""Makes the calls of a case through both sides, in the same surroundings, and compares."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from oss.tools.crosscheck.clib.worker import ROOT
from oss.tools.crosscheck.comparison import Comparison
from oss.tools.crosscheck.live import as_it_is, judge
from oss.tools.crosscheck.recorder import body_fields
from oss.tools.crosscheck.replay.calls import Outcome
from oss.tools.crosscheck.replay.differences import CALLS
from oss.tools.crosscheck.replay.playback import recorded_request
from oss.tools.crosscheck.replay.show import canonical
from oss.tools.crosscheck.replay.world import files_in, write_files
from oss.tools.crosscheck.stage import usual_arguments
from oss.tools.crosscheck.surroundings.differences import SURROUNDINGS
from oss.tools.crosscheck.surroundings.messages import class_of
from oss.tools.crosscheck.surroundings.peers import Listener, Noted, free_port
from oss.tools.crosscheck.surroundings.rows import LOCALES, V4, Surroundings

__all__ = ["surrounded"]

PATIENCE = 12.0
"""Seconds after which a process is ended; the calls of a case take less than two."""
MODULE = "oss.tools.crosscheck.surroundings.process"
INHERITED = ("PATH", "HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR")
"""The variables that a process has from this one."""
TIMED = {"authorization", "date", "x-oss-date"}
"""Headers whose values depend on the time."""


NOTHING = hashlib.sha256().hexdigest()


Side: TypeAlias = "tuple[list[dict[str, Any]], dict[str, Any]]"


class CannotBe(Exception):
    """Raised where this machine cannot be such surroundings, or the library has not such a function."""


def surrounded(what: Surroundings, library: str) -> Comparison:
    """Makes a case's calls through the C library and through the port, and compares."""
    found = Comparison(what.id, what.function)
    try:
        ports = _ports(what)
        exchanges, result = _side(what, ports, library)
        sent, seen = _side(what, ports, None)
    except CannotBe as why:
        found.missing = str(why)
        return found
    case = _calls(what, ports)[-1] | {"id": what.id, "exchanges": exchanges, "result": result}
    found.death = next((text for text in (result["status"]["exit"],) if text != "exit 0"), None)
    judge(case, _outcome(sent, seen), found, (*CALLS, *SURROUNDINGS), as_it_is)
    return found


def _outcome(exchanges: list[dict[str, Any]], result: dict[str, Any]) -> Outcome:
    """What a side did, in the form that is compared with what is expected."""
    return Outcome(
        requests=[recorded_request(one) for one in exchanges],
        status=canonical(result["status"]),
        returned=canonical(result.get("return")),
        resp_headers=canonical(result.get("resp_headers")),
        out=canonical(result["out"]),
        files=result["files_after"],
    )


def _ports(what: Surroundings) -> dict[str, int]:
    """A port for each place where there are servers."""
    hosts: dict[str, list[str]] = {}
    for name, peer in what.peers.items():
        hosts.setdefault(peer.port or name, []).append(peer.host)
    try:
        return {name: free_port(*all_hosts) for name, all_hosts in hosts.items()}
    except OSError as error:
        raise CannotBe(f"this machine lacks an address: {error}") from None


def _calls(what: Surroundings, ports: dict[str, int]) -> list[dict[str, Any]]:
    """The calls in the form of cases of the corpus."""
    config = {
        "access_key_id": "ak",
        "access_key_secret": "sk",
        "region": "cn-hangzhou",
        "signature_version": 4,
        "endpoint": _filled_in(what.endpoint, ports),
        **{name: _filled_in(value, ports) for name, value in what.config.items()},
    }
    return [
        {
            "function": call.function,
            "args": usual_arguments(call.function) | call.args,
            "config": config,
            "options": what.options,
            "files_before": what.files,
        }
        for call in what.calls
    ]


def _filled_in(value: Any, ports: dict[str, int]) -> Any:
    """A text with the addresses of servers in it; a port alone is a number."""
    if not isinstance(value, str):
        return value
    numbers = {f"{name}_port": port for name, port in ports.items()}
    if value[1:-1] in numbers:
        return numbers[value[1:-1]]
    return value.format(**{name: f"{V4}:{port}" for name, port in ports.items()}, **numbers)


def _side(what: Surroundings, ports: dict[str, int], library: str | None) -> Side:
    """The requests that a side sent, and what it got and left."""
    with _servers(what, ports) as noted, tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = place / "folder"
        folder.mkdir()
        write_files(folder, {os.fsdecode(_bytes(file)): content for file, content in what.files.items()})
        work = {"folder": str(folder), "calls": _calls(what, ports), "sigpipe": what.sigpipe}
        (place / "job").write_text(json.dumps(work))
        ended = _run(what, ports, place, library)
        answer = place / "answer"
        made: Any = json.loads(answer.read_text()) if answer.exists() else []
        if "missing" in made:
            raise CannotBe(made["missing"])
        return _exchanges(noted), _result(made, ended, folder)


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


@contextlib.contextmanager
def _servers(what: Surroundings, ports: dict[str, int]) -> Iterator[list[Noted]]:
    """Runs the servers of a case; yields what they note."""
    noted: list[Noted] = []
    with contextlib.ExitStack() as stack:
        for name, peer in what.peers.items():
            listener = Listener(name, (peer.host, ports[peer.port or name]), peer.serve, noted)
            stack.callback(listener.close)
            listener.start(peer.refuses, peer.late)
        yield noted


def _run(what: Surroundings, ports: dict[str, int], place: Path, library: str | None) -> str:
    """Runs the process of a side; returns how it ended."""
    line = [sys.executable, "-m", MODULE, str(place / "job"), str(place / "answer"), *([library] if library else [])]
    if what.closed:
        closing = " ".join(f"{number}<&-" for number in what.closed)
        line = ["sh", "-c", f'exec "$@" {closing}', "sh", *line]
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), "TZ": "UTC", **_locale(what.locale)}
    environment |= {name: _filled_in(value, ports) for name, value in what.environment.items()}
    process = subprocess.Popen(
        line,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        umask=what.umask,
    )
    try:
        code = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "timeout"
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name


def _locale(name: str) -> dict[str, str]:
    variables = LOCALES[name]
    return variables | {"LOCPATH": _compiled("zh_CN", "GBK").name} if name == "GBK" else variables


@functools.cache
def _compiled(language: str, charmap: str) -> tempfile.TemporaryDirectory[str]:
    """A folder, which lasts as long as this process, with a locale in it."""
    folder = tempfile.TemporaryDirectory(prefix="locales-")
    line = ["localedef", "-i", language, "-f", charmap, os.fspath(Path(folder.name, f"{language}.{charmap}"))]
    if shutil.which("localedef") is None or subprocess.run(line, capture_output=True, check=False).returncode:
        raise CannotBe(f"localedef cannot make {language}.{charmap} here")
    return folder


def _exchanges(noted: list[Noted]) -> list[dict[str, Any]]:
    """The requests in the corpus' form, each with the server that received it and the number of the connection."""
    used: dict[str, list[int]] = {}
    exchanges = []
    for one in list(noted):
        connections = used.setdefault(one.name, [])
        if one.connection not in connections:
            connections.append(one.connection)
        headers = [[name, "…" if name.lower() in TIMED else value] for name, value in one.request["headers"]]
        headers += [["(server)", one.name], ["(connection)", str(connections.index(one.connection) + 1)]]
        written = {"body_sha256": NOTHING} if one.body is None else body_fields(one.body)
        exchanges.append({"request": {**one.request, "headers": headers, **written}, "response": one.response})
    return exchanges


def _result(made: list[dict[str, Any]], ended: str, folder: Path) -> dict[str, Any]:
    """What a side got and left: the last call's results, the statuses of those before, the end of the process."""
    *before, last = made or [{}]
    result = {**last, "out": dict(last.get("out") or {}), "files_after": files_in(folder)}
    result["status"] = {**_status(last), "exit": ended}
    result["out"] |= {f"call {number}": _status(one) for number, one in enumerate(before)}
    result["out"] |= {f"mode of {name}": f"{(folder / name).stat().st_mode & 0o777:03o}" for name in files_in(folder)}
    return result


def _status(result: dict[str, Any]) -> dict[str, Any]:
    """A status, and what its message is about if it has one; empty where the process ended before."""
    status: dict[str, Any] = canonical(result.get("status")) or {}
    message = status.get("error_msg")
    return status | ({"about": class_of(message)} if message else {})
