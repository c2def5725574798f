"""Shows what a resumable download from a local server does on the wire and on disk (``explain --wire``), as text or as
a page with pictures.

The steps are those of a trace (``oss.tools.explain.trace``). Each line is printed where its step is made, and begins
with the thread that made it. What went over the wire is taken from the server's list of requests. Signatures are not
shown.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aos._c.redact import escaped
from aos.aos_crc64 import aos_crc64_combine
from oss._command.text import bytes_text
from oss._files.places import new_checkpoint_path
from oss.local_server import Fault, LocalServer
from oss.local_server.context import Call
from oss.local_server.server import RequestRecord
from oss.oss_api import (
    AOS_TRUE,
    aos_http_controller_create,
    aos_http_io_deinitialize,
    aos_pool_t,
    aos_status_is_ok,
    aos_status_t,
    aos_table_t,
    oss_config_create,
    oss_create_resumable_clt_params_content,
    oss_request_options_create,
    oss_request_options_t,
    oss_resumable_download_file,
)
from oss.tools.explain.picture import Drawing, page
from oss.tools.explain.trace import Event, Trace

__all__ = ["draw", "drawings", "show"]

BUCKET, OBJECT, FILE = "examplebucket", "exampledir/exampleobject.bin", "examplefile.bin"
TEMPORARY, CHECKPOINT = f"{FILE}.tmp", f"{FILE}.dcp"
FILES = (FILE, TEMPORARY, CHECKPOINT, new_checkpoint_path(CHECKPOINT))
PART_SIZE, LAST_PART = 100 * 1024, 50 * 1024
SIGNATURE = re.compile(r"(?<=Signature=)\w+")
RANGE = re.compile(r"bytes=(\d+)-(\d+)")
PART = re.compile(rb"<Part>.*?</Part> *\n?", re.S)
INDENT = 10
FORMS = {
    "sized": "disk: {path} gets its size, {size} bytes",
    "recorded": f"record {{part}}: {{record}} is written at byte {{offset}} of {CHECKPOINT}",
    "renamed": "disk: {path} is renamed to {target}",
    "removed": "disk: {path} is removed",
    "read": f"part {{part}}: read again in {TEMPORARY}, CRC64 {{crc64}}",
    "progress": "progress: {consumed} of {total} bytes",
}
"""Lines for steps of which there is nothing more to say than their facts."""
PAUSE = 0.2
"""Seconds that the server waits before it sends a part: long enough for all threads to get one."""
ROUND_TRIP = 0.04
"""The same for a picture: before each answer, as where the service is far away."""
HTTP_OK = 200
RATE, PIECE = 10 << 20, 16 << 10
"""Bytes a second of each connection for a picture, and bytes at a time."""
TITLE = "A download, each part asked for by itself and neighbours together"
INTRODUCTION = (
    f"A local server waits {ROUND_TRIP * 1000:.0f} ms before each answer, as where the service is far away, and then"
    f" sends {bytes_text(RATE)} a second on each connection. All drawings have the same scale."
)


class Observer(Trace):
    """Prints the steps of one download, line by line, each with the name of its thread."""

    def __init__(self, server: LocalServer, shown: set[str]) -> None:
        """``shown`` has the methods of which a request was shown in full."""
        super().__init__()
        self.server, self.shown = server, shown
        self.asked: dict[str, Event] = {}
        self.what: dict[str, str] = {}
        """What each thread has asked for last, and what it waits for, in words."""

    def tell(self, event: Event, more: Any) -> None:
        if event.what in FORMS:
            say(event.thread, FORMS[event.what].format(**event.facts))
        elif (function := getattr(self, f"after_{event.what}", None)) is not None:
            function(event.thread, event, more)

    def after_asked(self, thread: str, event: Event, _: None) -> None:
        self.asked[thread], facts = event, event.facts
        if facts["range"] is None:
            self.what[thread] = method = facts["line"].partition(" ")[0]
            return say(thread, f"{method}: asks for the headers of the object")
        first, last = facts["first"], facts["end"] - 1
        self.what[thread] = f"part {first}"
        return say(thread, f"{f'parts {first} to {last}' if first < last else f'part {first}'}: GET {facts['range']}")

    def after_answered(self, thread: str, event: Event, headers: list[tuple[str, str]]) -> None:
        what, status, record = self.what[thread], event.facts["status"], self.record_of(thread)
        if record.method not in self.shown:
            self.shown.add(record.method)
            say(thread, f"{what}: the first {record.method} as it went over the wire", *wire(record, status, headers))
        if record.method == "HEAD":
            say(thread, f"{what}: {status}, ETag {dict(headers).get('ETag')}")

    def record_of(self, thread: str) -> RequestRecord:
        """The server's record of the last request of a thread."""
        asked = self.asked[thread].facts["range"]
        for record in reversed(self.server.requests):
            headers = {name.lower(): value for name, value in record.headers}
            if headers.get("range") == asked:
                return record
        raise LookupError(asked)

    def after_got(self, thread: str, event: Event, _: None) -> None:
        record, (part, size, crc64) = self.record_of(thread), event.facts.values()
        say(thread, f"part {part}: {record.status}, {size} bytes, CRC64 {crc64}, on connection {record.connection}")
        self.what[thread] = f"part {part + 1}"

    def after_failed(self, thread: str, event: Event, _: None) -> None:
        say(thread, f"{self.what[thread]}: ended with {event.facts['code']}: {event.facts['reason']}")

    def after_checkpoint(self, thread: str, event: Event, _: None) -> None:
        path, parts, done = event.facts.values()
        data = Path(path).read_bytes()
        size = len(PART.findall(data)[0])
        say(
            thread,
            f"disk: {path} has {data.index(b'<Part>')} bytes of header and {parts} records of {size} bytes,"
            f" {done} of them finished",
        )

    def after_crc64(self, thread: str, event: Event, sizes: list[tuple[int, int]]) -> None:
        crc, lines = 0, list[str]()
        for part, (value, size) in enumerate(sizes):
            crc = aos_crc64_combine(crc, value, size)
            lines.append(f"parts 0 to {part}: {crc}")
        parts, theirs = event.facts.values()
        say(thread, f"CRC64 of the whole from those of the parts: {parts}", *lines, f"the service's: {theirs}")


def say(thread: str, *lines: str) -> None:
    """Prints lines of one thread, in one go."""
    first, *others = map(escaped, lines)
    print(f"{thread:{INDENT}}{first}", *(" " * INDENT + line for line in others), sep="\n", flush=True)


def wire(record: RequestRecord, status: int, headers: list[tuple[str, str]]) -> list[str]:
    """The lines of a request as the server received it, and of the head of the answer."""
    asked = [f"{record.method} {record.target} HTTP/1.1"]
    asked += [f"{name}: {SIGNATURE.sub('***', value)}" for name, value in record.headers]
    answer = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    return [*(f"> {line}" for line in asked), *(f"< {line}" for line in answer)]


def options_for(server: LocalServer, pool: aos_pool_t) -> oss_request_options_t:
    options = oss_request_options_create(pool)
    options.config = oss_config_create(pool)
    options.config.endpoint, options.config.region = server.endpoint, server.region
    options.config.access_key_id, options.config.access_key_secret = server.access_key_id, server.access_key_secret
    options.config.signature_version = 4
    options.ctl = aos_http_controller_create(pool, 0)
    return options


def download(trace: Trace, server: LocalServer, threads: int, parts_per_request: int) -> aos_status_t:
    """Makes the call."""
    with aos_pool_t() as pool, trace:
        options = options_for(server, pool)
        clt_params = oss_create_resumable_clt_params_content(pool, PART_SIZE, threads, AOS_TRUE, None)
        clt_params.parts_per_request = parts_per_request
        return oss_resumable_download_file(
            options, BUCKET, OBJECT, FILE, None, None, clt_params, lambda consumed, total: None, aos_table_t()
        )


@contextlib.contextmanager
def in_a_new_folder() -> Iterator[None]:
    """Runs the block in a temporary working directory, so that file names are short and no file is left."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="oss-wire-") as name:
        os.chdir(name)
        try:
            yield
        finally:
            os.chdir(before)


class Cut(Fault):
    """Closes the connection, once, in the middle of a part, whether that is asked for alone or with others."""

    def __init__(self, part: int) -> None:
        super().__init__(action="close")
        self.place = part * PART_SIZE + LAST_PART // 2

    def matches(self, call: Call) -> bool:
        found = RANGE.match(call.header("Range"))
        if found is None or not int(found[1]) <= self.place < int(found[2]):
            return False
        self.params["after"] = self.place - int(found[1])
        return True


@contextlib.contextmanager
def serving(parts: int, cut: int, *faults: Fault) -> Iterator[tuple[LocalServer, bytes]]:
    """Has a local server store an object of so many parts; yields it with the object's bytes. The answer to the request
    for the part number ``cut``, from 1, breaks off; 0: none does."""
    data = random.Random(3).randbytes((parts - 1) * PART_SIZE + LAST_PART)
    with LocalServer(buckets=(BUCKET,), faults=faults) as server, in_a_new_folder():
        server.put(BUCKET, OBJECT, data)
        if cut:
            server.add_fault(Cut(cut - 1))
        yield server, data
        aos_http_io_deinitialize()


def pause_of(seconds: float, **match: str) -> Fault:
    """Has the server wait before each answer to requests that match."""
    return Fault(match, times=None, action="hook", call=lambda *_: time.sleep(seconds))


def show(threads: int, parts: int, cut: int, parts_per_request: int = 1) -> int:
    """Downloads an object of so many parts, and prints what happens; with ``cut`` the first call fails at that part,
    and a second one resumes. Returns the exit status."""
    with serving(parts, cut, pause_of(PAUSE, method="GET", key=OBJECT)) as (server, data):
        print(f"{server.endpoint} stores /{BUCKET}/{OBJECT}, {len(data)} bytes")
        print(f"part size {PART_SIZE} bytes, threads {threads}, checkpoint {FILE}.dcp\n")
        shown: set[str] = set()
        if cut:
            _call(Observer(server, shown), threads, parts_per_request)
            print("\nthe same call again\n")
        s = _call(Observer(server, shown), threads, parts_per_request)
        return 0 if aos_status_is_ok(s) and Path(FILE).read_bytes() == data else 1


def _call(observer: Observer, threads: int, parts_per_request: int) -> aos_status_t:
    """Makes the call, and prints how it ends."""
    s = download(observer, observer.server, threads, parts_per_request)
    error = f", {s.error_code}: {s.error_msg}" if s.error_code else ""
    left = [f"{path} has {path.stat().st_size} bytes" for path in map(Path, FILES) if path.exists()]
    say("caller", f"oss_resumable_download_file returns {s.code}{error}", f"on the disk: {', '.join(left)}")
    return s


def draw(path: str, threads: int, parts: int, cut: int, parts_per_request: int = 0) -> int:
    """Draws on a page what :func:`show` does, with each part asked for by itself, and with so many asked for together.
    Returns the exit status."""
    rows = [drawings(threads, parts, cut, together) for together in dict.fromkeys((1, parts_per_request))]
    calls = [one for row in rows for one in row]
    Path(path).write_text(page(TITLE, INTRODUCTION, rows if cut else [calls]), encoding="utf-8")
    print(*(one.in_words() for one in calls), f"drawn: {path}", sep="\n")
    return 0 if all(row[-1].fact("returned", "code") == HTTP_OK for row in rows) else 1


def drawings(threads: int, parts: int, cut: int, parts_per_request: int) -> list[Drawing]:
    """Downloads an object as :func:`show` does, from a server that is as slow as one far away. Returns the drawings of
    the calls."""
    slow = Fault({"method": "GET"}, times=None, action="slow_rate", rate=RATE, piece=PIECE)
    found = list[Drawing]()
    with serving(parts, cut, pause_of(ROUND_TRIP, key=OBJECT), slow) as (server, _):
        for title in ("first call", "the same call again") if cut else ("",):
            trace = Trace()
            download(trace, server, threads, parts_per_request)
            found.append(Drawing(trace.events, title))
    return found
