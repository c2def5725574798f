"""Threads that share one options object, and so its config and controller: each call's outcome is its own.

The interpreter switches threads as often as it can, and each thread does the calls in an order of its own.
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from aos.aos_crc64 import aos_crc64
from oss.oss_api import (
    AOSE_CONNECTION_FAILED,
    AOSE_CRC_INCONSISTENT_ERROR,
    aos_http_io_deinitialize,
    aos_http_io_initialize,
    aos_status_t,
    aos_table_t,
    oss_get_object_to_buffer,
    oss_get_object_to_file,
    oss_head_object,
    oss_put_object_from_buffer,
    oss_request_options_t,
)
from tests.service import BUCKET, content, new_list, options_at
from tests.wire import Peer, WireServer, answer

THREADS, CALLS = 6, 70
DATA = {name: name.encode() * 5_000 for name in ("one", "two", "three")}
PROBLEM = "<Error><Code>NoSuchKey</Code><Message>no {0}</Message><RequestId>id-of-{0}</RequestId></Error>"


def script(peer: Peer) -> None:
    """Objects by their names; of one whose name begins with ``cut`` half, of ``wrong`` another CRC64."""
    while request := peer.request():
        method, target = request.split(b" ", 2)[:2]
        how, _, name = target.decode().rpartition("%2F")[2].rpartition("-")
        data = DATA.get(name, b"")
        crc64 = aos_crc64(0, data, len(data)) ^ (how == "wrong")
        about = f"x-oss-request-id: id-of-{name}", f"x-oss-hash-crc64ecma: {crc64}", f"x-oss-meta-name: {name}"
        if how == "no":
            peer.send(answer(b"" if method == b"HEAD" else PROBLEM.format(name).encode(), "404 Not Found", about[0]))
        elif method in (b"HEAD", b"PUT"):
            peer.send(answer(b"", "200 OK", *(about if method == b"HEAD" else about[:1]), length=0))
        else:
            peer.send(answer(data[: len(data) // 2] if how == "cut" else data, "200 OK", *about, length=len(data)))
            if how == "cut":
                return


class Told(NamedTuple):
    """What a call says, and gives."""

    code: int
    error_code: str | None
    message: str
    request_id: str
    name: str | None
    data: bytes | None


def told(status: aos_status_t, headers: aos_table_t, data: bytes | None) -> Told:
    return Told(
        status.code,
        status.error_code,
        str(status.error_msg or ""),
        str(status.req_id),
        headers.get("x-oss-meta-name"),
        data,
    )


class Caller:
    """One thread's calls with the options of all."""

    def __init__(self, options: oss_request_options_t, path: Path) -> None:
        self.options, self.path = options, path

    def to_buffer(self, name: str) -> Told:
        body, headers = new_list(), aos_table_t()
        status = oss_get_object_to_buffer(self.options, BUCKET, name, None, None, body, headers)
        return told(status, headers, content(body))

    def to_file(self, name: str) -> Told:
        headers = aos_table_t()
        self.path.unlink(missing_ok=True)
        status = oss_get_object_to_file(self.options, BUCKET, name, None, None, str(self.path), headers)
        return told(status, headers, self.path.read_bytes() if self.path.exists() else None)

    def head(self, name: str) -> Told:
        headers = aos_table_t()
        return told(oss_head_object(self.options, BUCKET, name, None, headers), headers, None)

    def put(self, name: str) -> Told:
        headers, body = aos_table_t(), new_list(b"content")
        return told(oss_put_object_from_buffer(self.options, BUCKET, name, body, None, headers), headers, None)


Ask = Callable[[Caller, str], Told]
GETS: tuple[Ask, ...] = (Caller.to_buffer, Caller.to_file)
KINDS: tuple[tuple[Ask, str], ...] = (
    *((get, how) for get in GETS for how in ("good", "cut", "no", "wrong")),
    *((Caller.head, how) for how in ("good", "no")),
    (Caller.put, "good"),
)


@pytest.fixture
def hasty() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_what_is_told_is_the_calls_own(hasty: None, tmp_path: Path) -> None:
    """As each call alone, one after the other, is told it."""
    wrong: list[tuple[str, Told, Told]] = []
    todo = [(call, how, name) for call, how in KINDS for name in DATA]

    def run(number: int) -> None:
        mine, path = random.Random(number).choices(todo, k=CALLS), tmp_path / str(number)
        for call, how, name in mine:
            found, expected = call(Caller(options, path), f"{how}-{name}"), alone[call, how, name]
            message = expected.message.replace(str(tmp_path / "alone"), str(path))
            if found != expected._replace(message=message):
                wrong.append((f"{how}-{name}", expected, found))

    with WireServer(script) as server:
        options = options_at(server.url)
        by_itself = Caller(options_at(server.url), tmp_path / "alone")
        alone = {(call, how, name): call(by_itself, f"{how}-{name}") for call, how, name in todo}
        threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        aos_http_io_deinitialize()
        aos_http_io_initialize(None, 0)
    assert {(how, found.code) for (_, how, _), found in alone.items()} == {
        ("good", 200),
        ("no", 404),
        ("cut", AOSE_CONNECTION_FAILED),
        ("wrong", AOSE_CRC_INCONSISTENT_ERROR),
    }
    assert not wrong
