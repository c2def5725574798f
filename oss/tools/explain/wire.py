"""Shows what a resumable download from a local server does on the wire and on disk (``explain --wire``).

Nothing is assumed of who does what: each line is printed where the step is made, and begins with the thread that made
it. For the time of a call, functions that print stand in the place of those that make the steps, and call them: the
transport, the system calls on the files, the reading of finished parts and the combining of their CRC64. What went over
the wire is taken from the server's list of requests. Signatures are not shown.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aos import aos_http_io
from aos._c.redact import escaped
from aos._native import crc64_combine_parts
from aos.aos_crc64 import aos_crc64_combine
from oss._files.lock import is_at
from oss._files.places import new_checkpoint_path
from oss._transfer import transfer
from oss._transfer.plan import Outcome
from oss._transfer.runs import Run
from oss._transfer.worker import PartWorker, Report
from oss.local_server import Fault, LocalServer
from oss.local_server.server import RequestRecord
from oss.oss_api import (
    AOS_TRUE,
    AOSE_OK,
    HTTP_GET,
    HTTP_HEAD,
    OSS_HASH_CRC64_ECMA,
    aos_http_controller_create,
    aos_http_io_deinitialize,
    aos_http_transport_t,
    aos_pool_t,
    aos_status_is_ok,
    aos_status_t,
    aos_table_t,
    apr_table_get,
    oss_config_create,
    oss_create_resumable_clt_params_content,
    oss_request_options_create,
    oss_request_options_t,
    oss_resumable_download_file,
)

__all__ = ["show"]

BUCKET, OBJECT, FILE = "examplebucket", "exampledir/exampleobject.bin", "examplefile.bin"
TEMPORARY, CHECKPOINT = f"{FILE}.tmp", f"{FILE}.dcp"
FILES = (FILE, TEMPORARY, CHECKPOINT, new_checkpoint_path(CHECKPOINT))
PART_SIZE, LAST_PART = 100 * 1024, 50 * 1024
CALLS = ("ftruncate", "pwrite", "rename", "replace", "unlink")
SIGNATURE = re.compile(r"(?<=Signature=)\w+")
PART = re.compile(rb"<Part>.*?</Part> *\n?", re.S)
METHODS = {HTTP_GET: "GET", HTTP_HEAD: "HEAD"}
INDENT = 10
PAUSE = 0.2
"""Seconds that the server waits before it sends a part: long enough for all threads to get one."""


@contextlib.contextmanager
def replaced(owner: Any, name: str, function: Callable[..., Any]) -> Iterator[None]:
    """Has ``function`` in the place of another inside the block."""
    original = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, original)


def observed(function: Callable[..., Any], tell: Callable[..., None]) -> Callable[..., Any]:
    """Returns a function that calls ``function``, and if that did not fail ``tell`` with the result and the arguments:
    in the thread of the call."""

    def call(*args: Any) -> Any:
        result = function(*args)
        tell(result, *args)
        return result

    return call


class Observer:
    """Prints what happens during the calls of one download, line by line, each with the name of its thread."""

    def __init__(self, server: LocalServer, size: int) -> None:
        self.server, self.size = server, size
        self.named = {threading.current_thread(): "caller"}
        self.threads = list[threading.Thread]()
        self.lock = threading.RLock()
        self.perform, self.read_part = aos_http_io.aos_http_transport_perform, PartWorker.read
        self.shown: set[str] = set()  # the methods of which a request was shown in full
        self.object_crc64: str | None = None

    # ---- printing ----

    def who(self) -> str:
        thread = threading.current_thread()
        if thread in self.named:
            return self.named[thread]
        if thread not in self.threads:
            self.threads.append(thread)
        return f"thread {self.threads.index(thread) + 1}"

    def say(self, *lines: str) -> None:
        first, *others = map(escaped, lines)
        with self.lock:
            print(f"{self.who():{INDENT}}{first}", *(" " * INDENT + line for line in others), sep="\n", flush=True)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Prints every step that is made inside the block."""
        self.threads = []
        calls = {name: observed(getattr(os, name), getattr(self, f"after_{name}")) for name in CALLS}
        combine = observed(crc64_combine_parts, self.after_combine)
        with contextlib.ExitStack() as stack:
            for name, call in calls.items():
                stack.enter_context(replaced(os, name, call))
            stack.enter_context(replaced(aos_http_io, "aos_http_transport_perform", self.exchange))
            stack.enter_context(replaced(PartWorker, "read", self.read))
            stack.enter_context(replaced(transfer, "crc64_combine_parts", combine))
            yield

    # ---- requests ----

    def exchange(self, t: aos_http_transport_t) -> int:
        """Performs a request, and prints it before and after."""
        asked = apr_table_get(t.req.headers, "Range")
        part = int(asked.removeprefix("bytes=").partition("-")[0]) // PART_SIZE if asked else None
        what = METHODS[t.req.method] if part is None else f"part {part}"
        if part is None:
            self.named.setdefault(threading.current_thread(), "call")
        self.say(f"{what}: {'asks for the headers of the object' if part is None else f'GET {asked}'}")
        code = self.perform(t)
        with self.lock:
            self.answered(t, what, part, code)
        return code

    def answered(self, t: aos_http_transport_t, what: str, part: int | None, code: int) -> None:
        if code != AOSE_OK:
            self.say(f"{what}: ended with {code}: {t.controller.reason}")
            return
        record = self.record_of(apr_table_get(t.req.headers, "Range"))
        if record.method not in self.shown:
            self.shown.add(record.method)
            self.say(f"{what}: the first {record.method} as it went over the wire", *wire(record, t))
        if part is None:
            self.object_crc64 = apr_table_get(t.resp.headers, OSS_HASH_CRC64_ECMA)
            self.say(f"{what}: {t.resp.status}, ETag {apr_table_get(t.resp.headers, 'ETag')}")
        else:
            got = f"{t.resp.status}, {t.resp.body_len} bytes, CRC64 {t.resp.crc64}"
            self.say(f"{what}: {got}, on connection {record.connection}")

    def record_of(self, asked: str | None) -> RequestRecord:
        """The server's record of the last request for a range; None stands for a request without one."""
        for record in reversed(self.server.requests):
            headers = {name.lower(): value for name, value in record.headers}
            if headers.get("range") == asked:
                return record
        raise LookupError(asked)

    # ---- the disk: what was done by a system call, as soon as it was done ----

    def after_ftruncate(self, _: None, fd: int, size: int) -> None:
        if size and is_at(fd, TEMPORARY):
            self.say(f"disk: {TEMPORARY} gets its size, {size} bytes")

    def after_pwrite(self, _: int, fd: int, data: bytes, offset: int) -> None:
        if is_at(fd, CHECKPOINT):
            records = enumerate(PART.finditer(Path(CHECKPOINT).read_bytes()))
            index = next(index for index, record in records if record.end() > offset)
            self.say(f"record {index}: {data.decode()} is written at byte {offset} of {CHECKPOINT}")

    def after_rename(self, _: None, source: bytes, target: bytes) -> None:
        old, new = os.fsdecode(source), os.fsdecode(target)
        if old not in FILES:
            return
        self.say(f"disk: {old} is renamed to {new}")
        if new == CHECKPOINT:
            data = Path(new).read_bytes()
            records = PART.findall(data)
            done = sum(b"<Completed>1" in record for record in records)
            self.say(
                f"disk: {new} has {data.index(b'<Part>')} bytes of header and {len(records)} records of"
                f" {len(records[0])} bytes, {done} of them finished"
            )

    after_replace = after_rename

    def after_unlink(self, _: None, path: bytes) -> None:
        if os.fsdecode(path) in FILES:
            self.say(f"disk: {os.fsdecode(path)} is removed")

    # ---- the rest ----

    def read(self, worker: PartWorker, run: Run, report: Report) -> Outcome | None:
        """Reads a part of an earlier call in the file, and prints its CRC64."""

        def tell(outcome: Outcome) -> None:
            self.say(f"part {outcome.number}: read again in {TEMPORARY}, CRC64 {outcome.crc64}")
            report(outcome)

        return self.read_part(worker, run, tell)

    def after_combine(self, whole: int, crcs: list[int], part_size: int, last: int) -> None:
        crc, lines = 0, list[str]()
        for part, value in enumerate(crcs):
            crc = aos_crc64_combine(crc, value, part_size if part < len(crcs) - 1 else last)
            lines.append(f"parts 0 to {part}: {crc}")
        self.say(f"CRC64 of the whole from those of the parts: {whole}", *lines, f"the service's: {self.object_crc64}")

    def progress(self, consumed: int, total: int) -> None:
        self.say(f"progress: {consumed} of {total} bytes")


def wire(record: RequestRecord, t: aos_http_transport_t) -> list[str]:
    """The lines of a request as the server received it, and of the head of the answer."""
    asked = [f"{record.method} {record.target} HTTP/1.1"]
    asked += [f"{name}: {SIGNATURE.sub('***', value)}" for name, value in record.headers]
    answer = [f"HTTP/1.1 {t.resp.status}", *(f"{name}: {value}" for name, value in t.resp.headers.items())]
    return [*(f"> {line}" for line in asked), *(f"< {line}" for line in answer)]


def options_for(server: LocalServer, pool: aos_pool_t) -> oss_request_options_t:
    options = oss_request_options_create(pool)
    options.config = oss_config_create(pool)
    options.config.endpoint, options.config.region = server.endpoint, server.region
    options.config.access_key_id, options.config.access_key_secret = server.access_key_id, server.access_key_secret
    options.config.signature_version = 4
    options.ctl = aos_http_controller_create(pool, 0)
    return options


def download(observer: Observer, threads: int) -> aos_status_t:
    """Makes the call, and prints what happens and how it ends."""
    with aos_pool_t() as pool, observer.watching():
        options = options_for(observer.server, pool)
        clt_params = oss_create_resumable_clt_params_content(pool, PART_SIZE, threads, AOS_TRUE, None)
        s = oss_resumable_download_file(
            options, BUCKET, OBJECT, FILE, None, None, clt_params, observer.progress, aos_table_t()
        )
    error = f", {s.error_code}: {s.error_msg}" if s.error_code else ""
    left = [f"{path} has {path.stat().st_size} bytes" for path in map(Path, FILES) if path.exists()]
    observer.say(f"oss_resumable_download_file returns {s.code}{error}", f"on the disk: {', '.join(left)}")
    return s


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


def show(threads: int, parts: int, cut: int) -> int:
    """Downloads an object of so many parts; with ``cut`` the first call fails at that part, and a second one resumes.

    Returns the exit status."""
    data = random.Random(3).randbytes((parts - 1) * PART_SIZE + LAST_PART)
    with LocalServer(buckets=(BUCKET,)) as server, in_a_new_folder():
        server.put(BUCKET, OBJECT, data)
        observer = Observer(server, len(data))
        a_part = {"method": "GET", "key": OBJECT}
        server.add_fault(Fault(a_part, times=None, action="hook", call=lambda *_: time.sleep(PAUSE)))
        print(f"{server.endpoint} stores /{BUCKET}/{OBJECT}, {len(data)} bytes")
        print(f"part size {PART_SIZE} bytes, threads {threads}, checkpoint {FILE}.dcp\n")
        if cut:
            server.add_fault(Fault(a_part, nth=cut, action="reset", after=LAST_PART // 2))
            download(observer, threads)
            print("\nthe same call again\n")
        s = download(observer, threads)
        aos_http_io_deinitialize()
        return 0 if aos_status_is_ok(s) and Path(FILE).read_bytes() == data else 1
