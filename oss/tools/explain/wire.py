"""Shows what a resumable download from a local server does on the wire and on disk (``explain --wire``).

The SDK itself is not changed for it. Requests pass a function in the place of ``aos_http_transport_perform``, which
calls the one it replaces; the checkpoint is read after each part; what went over the wire is taken from the server's
list of requests. Signatures are not shown.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from aos import aos_http_io
from aos._c.redact import escaped
from aos.aos_crc64 import aos_crc64_combine
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
PART_SIZE, LAST_PART = 100 * 1024, 50 * 1024
SIGNATURE = re.compile(r"(?<=Signature=)\w+")
PART = re.compile(rb"<Part>.*?</Part> *\n?", re.S)
METHODS = {HTTP_GET: "GET", HTTP_HEAD: "HEAD"}
INDENT = 10
PAUSE = 0.2
"""Seconds that the server waits before it sends a part: long enough for all threads to get one."""


class Observer:
    """Prints what happens during the calls of one download, line by line, each with the name of its thread."""

    def __init__(self, server: LocalServer, size: int) -> None:
        self.server, self.size = server, size
        self.named = {threading.current_thread(): "caller"}
        self.threads = list[threading.Thread]()
        self.lock = threading.RLock()
        self.perform = aos_http_io.aos_http_transport_perform
        self.crcs: dict[int, int] = {}  # of the parts that were received
        self.records: list[bytes] = []  # of the checkpoint, as it was last seen
        self.shown: set[str] = set()  # the methods of which a request was shown in full

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

    # ---- requests ----

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Prints every request that is made inside the block."""
        self.threads, self.records = [], []
        aos_http_io.aos_http_transport_perform = self.exchange
        try:
            yield
        finally:
            aos_http_io.aos_http_transport_perform = self.perform

    def exchange(self, t: aos_http_transport_t) -> int:
        """Performs a request, and prints it before and after."""
        asked = apr_table_get(t.req.headers, "Range")
        part = int(asked.removeprefix("bytes=").partition("-")[0]) // PART_SIZE if asked else None
        what = METHODS[t.req.method] if part is None else f"part {part}"
        if part is not None:
            self.checkpoint_is_there()
        else:  # only the thread that makes the call asks for anything else than parts
            self.named[threading.current_thread()] = "call"
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
            self.say(f"{what}: {t.resp.status}, ETag {apr_table_get(t.resp.headers, 'ETag')}")
        else:
            self.crcs[part] = t.resp.crc64
            got = f"{t.resp.status}, {t.resp.body_len} bytes, CRC64 {t.resp.crc64}"
            self.say(f"{what}: {got}, on connection {record.connection}")

    def record_of(self, asked: str | None) -> RequestRecord:
        """The server's record of the last request for a range; None stands for a request without one."""
        for record in reversed(self.server.requests):
            headers = {name.lower(): value for name, value in record.headers}
            if headers.get("range") == asked:
                return record
        raise LookupError(asked)

    # ---- the disk ----

    def read_records(self) -> tuple[int, list[bytes]]:
        """The offset of the first record in the checkpoint, and all records."""
        data = Path(f"{FILE}.dcp").read_bytes()
        return data.index(b"<Part>"), PART.findall(data)

    def checkpoint_is_there(self) -> None:
        """Prints the state of the files, once in a call, before its first part."""
        with self.lock:
            if self.records:
                return
            start, self.records = self.read_records()
            done = sum(b"<Completed>1" in record for record in self.records)
            self.say(
                f"disk: {FILE}.tmp has {Path(f'{FILE}.tmp').stat().st_size} bytes",
                f"disk: {FILE}.dcp has {start} bytes of header and {len(self.records)} records of"
                f" {len(self.records[0])} bytes, {done} of them finished",
            )

    def progress(self, consumed: int, total: int) -> None:
        """Prints the records of the checkpoint that changed; the SDK calls it after each part that was recorded."""
        start, records = self.read_records()
        for index, (old, new) in enumerate(zip(self.records, records, strict=True)):
            if old != new:
                at, text = new.index(b"<Crc64>"), new.decode().strip()
                place = start + index * len(new) + at
                self.say(f"record {index}: byte {place} of the checkpoint is now {text[at:].removesuffix('</Part>')}")
        self.records = records
        self.say(f"progress: {consumed} of {total} bytes")

    def finished(self, resp_headers: aos_table_t) -> None:
        """Prints how the CRC64 of the whole object results from those of the parts."""
        crc, lines = 0, list[str]()
        for part, value in sorted(self.crcs.items()):
            length = min(PART_SIZE, self.size - part * PART_SIZE)
            crc = aos_crc64_combine(crc, value, length)
            lines.append(f"parts 0 to {part}: {crc}")
        theirs = apr_table_get(resp_headers, OSS_HASH_CRC64_ECMA)
        self.say("CRC64 of the whole, each part's added with aos_crc64_combine", *lines, f"the service's: {theirs}")


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
    resp_headers = aos_table_t()
    with aos_pool_t() as pool, observer.watching():
        options = options_for(observer.server, pool)
        clt_params = oss_create_resumable_clt_params_content(pool, PART_SIZE, threads, AOS_TRUE, None)
        s = oss_resumable_download_file(
            options, BUCKET, OBJECT, FILE, None, None, clt_params, observer.progress, resp_headers
        )
    if aos_status_is_ok(s):
        observer.finished(resp_headers)
    error = f", {s.error_code}: {s.error_msg}" if s.error_code else ""
    observer.say(f"oss_resumable_download_file returns {s.code}{error}")
    for path in (Path(FILE), Path(f"{FILE}.tmp"), Path(f"{FILE}.dcp")):
        observer.say(f"disk: {path} {f'has {path.stat().st_size} bytes' if path.exists() else 'is not there'}")
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
