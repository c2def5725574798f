"""Downloads that ask for parts together: each is still a part, with a record, progress and a CRC64 of its own."""

from __future__ import annotations

import contextlib
import functools
import re
import ssl
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from requests.adapters import HTTPAdapter

from aos import aos_http_io
from aos._http import client
from aos.aos_crc64 import aos_crc64
from oss._transfer import runs
from oss._transfer.plan import Outcome
from oss._transfer.runs import Run
from oss._transfer.worker import PartWorker
from oss.local_server import LocalServer
from oss.oss_api import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    aos_pool_destroy,
    oss_create_resumable_clt_params_content,
    oss_resumable_clt_params_t,
)
from tests import parts
from tests.authority import Authority
from tests.oss._transfer.test_part_exchange import BAD, GOOD
from tests.parts import COUNT, ETAG, Asked, Object, cut, said, usually
from tests.resumable import DATA, KEY, PART, SIZE, Download, Upload, part_fault, pattern
from tests.service import BUCKET
from tests.waiting import until
from tests.wire import Peer, WireServer, answer

NO_LENGTH = ("chunked", "closes, no length")
LAST = len(range(0, SIZE, PART)) - 1


@pytest.fixture
def download(server: LocalServer, tmp_path: Path, small_parts: None) -> Download:
    server.put(BUCKET, KEY, DATA)
    made = Download(server, tmp_path / "file")
    made.threads, made.parts_per_request = 1, 0
    return made


def whole(done: Iterable[int], size: int = SIZE) -> list[tuple[int, int]]:
    """What the progress function is told when parts are finished after ``done``."""
    return [(min(count * PART, size), size) for count in done]


def test_it_is_the_programs_choice() -> None:
    assert oss_resumable_clt_params_t().parts_per_request == 1
    made = oss_create_resumable_clt_params_content(None, PART, 3, 1, None)
    assert made.parts_per_request == 1
    made.parts_per_request = 0
    assert made.parts_per_request == 0


@pytest.mark.parametrize(
    ("most", "spans"),
    [
        (1, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]),
        (-3, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]),
        (2, [(0, 1), (2, 3), (4, 4)]),
        (4, [(0, 3), (4, 4)]),
        (5, [(0, 4)]),
        (100, [(0, 4)]),
        (0, [(0, 4)]),
    ],
)
def test_so_many_parts_are_asked_for_together(download: Download, most: int, spans: list[tuple[int, int]]) -> None:
    download.parts_per_request = most
    found = download()
    assert (found.codes, found.spans()) == ((200, None), spans)
    assert found.progress == whole(range(1, LAST + 2))
    assert download.path.read_bytes() == DATA
    assert download.left() == (True, False, False)


@pytest.mark.parametrize("most", [0, 7])
@pytest.mark.parametrize("checkpoint", [False, True])
def test_threads_have_shares(download: Download, most: int, checkpoint: bool) -> None:
    data = pattern(60 * PART - 5)
    download.put(data)
    download.threads, download.parts_per_request, download.enable_checkpoint = 3, most, checkpoint
    found = download()
    assert found.codes == (200, None)
    assert download.path.read_bytes() == data
    assert [done for done, _ in found.progress] == sorted(done for done, _ in found.progress)
    assert len(found.progress) == 60
    assert {total for _, total in found.progress} == {len(data)}
    lengths = [last - first + 1 for first, last in found.spans()]
    assert max(lengths) == (most or 20)
    assert sum(lengths) >= 60
    assert len(lengths) < 30


def test_an_upload_sends_its_parts_one_by_one(server: LocalServer, tmp_path: Path, small_parts: None) -> None:
    upload = Upload(server, tmp_path / "file")
    upload.path.write_bytes(DATA)
    upload.parts_per_request = 0
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [1, 2, 3, 4, 5])
    assert upload.stored() == DATA


# ---- each is a part ----


class Held(Object):
    """Answers the first request with so many bytes of its body, and no more until it may."""

    def __init__(self, count: int, tls: ssl.SSLContext | None = None) -> None:
        self.count, self.may = count, threading.Event()
        super().__init__(0, self.hold, tls=tls)

    def hold(self, peer: Peer, asked: Asked) -> None:
        data = asked.answer()
        end = len(data) - len(asked.body) + self.count
        peer.send(data[:end])
        self.may.wait(60)
        peer.send(data[end:])


@pytest.fixture(params=["plain", "TLS"])
def tls(request: pytest.FixtureRequest, right: ssl.SSLContext) -> ssl.SSLContext | None:
    return right if request.param == "TLS" else None


def of_a_run(server: Object, path: Path, authority: Authority) -> Download:
    made = server.to(path)
    made.parts_per_request = 0
    made.options.ctl.options.ca_file = authority.file
    return made


@pytest.mark.parametrize("more", [0, 1, PART - 1])
def test_a_part_is_recorded_when_its_last_byte_is_written(
    tmp_path: Path, authority: Authority, tls: ssl.SSLContext | None, more: int
) -> None:
    """While the rest of the answer is still to come. A cancel then loses the part under way, and no other."""
    told: list[int] = []
    with Held(PART + more, tls) as server:
        made = of_a_run(server, tmp_path / "file", authority)
        made.on_progress = lambda done, total: told.append(done)
        pool, found = made.options.pool, list[Any]()
        caller = threading.Thread(target=lambda: found.append(made()))
        caller.start()
        until(lambda: told == [PART] and made.done() == [0])
        assert made.temporary.read_bytes()[:PART] == parts.DATA[:PART]
        aos_pool_destroy(pool)
        caller.join(60)
        server.may.set()
        assert found[0].code == AOSE_ABORT_CALLBACK
        assert made.done() == [0]
        again = of_a_run(server, made.path, authority)
        result = again()
    assert (result.codes, result.progress) == ((200, None), whole([2, 3], parts.SIZE))
    assert server.spans == [(0, 2), (1, 2)]
    assert made.path.read_bytes() == parts.DATA


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("count", [0, 1, PART - 1, PART, PART + 9, 2 * PART, 2 * PART + 76])
def test_a_cut_loses_the_part_under_way(
    tmp_path: Path, authority: Authority, tls: ssl.SSLContext | None, count: int, reset: bool
) -> None:
    with Object(0, cut(count, reset), tls=tls) as server:
        made = of_a_run(server, tmp_path / "file", authority)
        found = made()
        assert found.codes == (AOSE_CONNECTION_FAILED, "HttpIoError")
        assert found.status.req_id == "id-0"
        finished = count // PART
        assert made.done() == list(range(finished))
        asked = PART if finished < COUNT - 1 else parts.SIZE % PART
        assert f"{count % PART} bytes received of {asked}" in str(found.status.error_msg)
        assert made().codes == (200, None)
        assert server.spans == [(0, 2), (finished, 2)]
    assert made.path.read_bytes() == parts.DATA


def test_a_retry_begins_at_the_first_part_that_is_not_finished(tmp_path: Path, authority: Authority) -> None:
    """Each part has its tries: the number of those before does not count for it."""
    with Object(2, cut(PART + 1), times=2) as server:
        made = of_a_run(server, tmp_path / "file", authority)
        made.retry_times = 1
        found = made()
    assert (found.codes, found.progress) == ((200, None), whole([1, 2, 3], parts.SIZE))
    assert server.spans == [(0, 2), (1, 2), (2, 2)]
    assert made.path.read_bytes() == parts.DATA


def test_a_changed_object_is_noticed_at_the_next_run(tmp_path: Path) -> None:
    """Within a run there is one answer, of one object."""
    with Object(2, said(ETag='"other"')) as server:
        made = server.to(tmp_path / "file")
        made.parts_per_request = 2
        found = made()
    assert found.codes == (412, "PreconditionFailed")
    assert server.spans == [(0, 1), (2, 2)]
    assert found.progress == whole([1, 2], parts.SIZE)
    assert made.left() == (False, False, False)


def test_what_is_left_of_an_earlier_run_is_asked_for_in_runs(download: Download) -> None:
    data = pattern(12 * PART - 1)
    download.interrupted(data, missing=(0, 3, 4, 5, 8, 10, 11))
    found = download()
    assert (found.codes, found.spans()) == ((200, None), [(0, 0), (3, 5), (8, 8), (10, 11)])
    assert len(found.progress) == 7
    assert download.path.read_bytes() == data


def test_damaged_parts_are_fetched_again_in_runs(download: Download) -> None:
    data = pattern(9 * PART)
    download.interrupted(data, missing=(4,))
    with open(download.temporary, "r+b") as file:
        file.seek(6 * PART)
        file.write(b"damage" + bytes(PART))
    found = download()
    assert (found.codes, found.spans()) == ((200, None), [(4, 4), (6, 7)])
    assert download.path.read_bytes() == data


def test_the_stall_rule_counts_all_parts_of_an_answer(
    tmp_path: Path, authority: Authority, tls: ssl.SSLContext | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts that are smaller than what the rule wants in a second are no reason to stop, if enough of them come."""
    counted, finish = list[int](), PartWorker._finish

    def noted(worker: PartWorker, run: Run, result: Outcome) -> Any:
        counted.append(worker.connection.deadline.done)
        return finish(worker, run, result)

    monkeypatch.setattr(PartWorker, "_finish", noted)
    with Object(-1, usually, tls=tls) as server:
        assert of_a_run(server, tmp_path / "file", authority)().codes == (200, None)
    assert counted == sorted(counted)
    assert counted[-1] >= parts.SIZE


# ---- answers ----


@pytest.mark.parametrize("odd", [0, 1])
@pytest.mark.parametrize("name", GOOD)
def test_an_answer_that_is_not_plainly_the_expected_one(tmp_path: Path, name: str, odd: int) -> None:
    """Where its length is not known, the parts are then asked for one by one."""
    with Object(odd, GOOD[name]) as server:
        made = server.to(tmp_path / "file")
        made.parts_per_request = 0
        found = made()
    assert (found.codes, found.progress) == ((200, None), whole([1, 2, 3], parts.SIZE))
    assert made.path.read_bytes() == parts.DATA
    again = [(0, 2)] if name == "gone" else [(0, 0), (1, 1), (2, 2)] if name in NO_LENGTH else []
    assert server.spans == [(0, 2), *again]


def test_bytes_after_an_answer_end_its_connection(tmp_path: Path) -> None:
    """What follows them would be taken for the next answer."""
    with Object(0, GOOD["bytes after it"]) as server:
        made = server.to(tmp_path / "file")
        made.parts_per_request = 2
        assert made().codes == (200, None)
    assert server.asked == [(1, 0), (2, 2)]


@pytest.mark.parametrize("name", BAD)
def test_an_answer_that_will_not_do(tmp_path: Path, name: str) -> None:
    reply, told, _ = BAD[name]
    with Object(0, reply) as server:
        made = server.to(tmp_path / "file")
        made.parts_per_request = 0
        assert made().codes == (told if name != "a chunk cut short" else (200, None)), "which is not read"
        assert name == "a chunk cut short" or not made.path.exists()
        assert made().codes == (200, None)
    assert made.path.read_bytes() == parts.DATA


@pytest.mark.parametrize("status", [403, 503])
def test_a_run_that_is_refused(download: Download, status: int) -> None:
    download.server.add_fault(part_fault("status", 0, status=status, code="Refused"))
    found = download()
    assert found.codes == (status, "Refused")
    assert download.done() == []
    download.retry_times = 1
    download.server.add_fault(part_fault("status", 0, status=503, code="Refused"))
    found = download()
    assert (found.codes, found.spans()) == ((200, None), [(0, 4), (0, 4)])


def test_a_transport_of_the_programs_own_gets_parts(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    perform = aos_http_io.aos_http_transport_perform
    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", functools.partial(perform))
    found = download()
    assert (found.codes, found.spans()) == ((200, None), [(number, number) for number in range(LAST + 1)])
    assert download.path.read_bytes() == DATA


def test_an_adapter_of_the_programs_own_gets_parts(download: Download) -> None:
    session, adapter = client.session(), HTTPAdapter()
    session.mount(download.server.endpoint, adapter)
    try:
        found = download()
    finally:
        session.adapters.pop(download.server.endpoint)
        adapter.close()
    assert found.codes == (200, None)
    assert found.spans()[-LAST:] == [(number, number) for number in range(1, LAST + 1)]
    assert download.path.read_bytes() == DATA


# ---- threads ----


class Uneven(WireServer):
    """An object of forty parts, whose last half comes at once; of the first half two parts once the last half has been
    asked for, and the rest only once somebody else has asked for some of it."""

    size = 40 * PART
    data = pattern(size)

    def __init__(self) -> None:
        self.spans: list[tuple[int, int]] = []
        self.dealt, self.helped = threading.Event(), threading.Event()
        super().__init__(self._speak)

    def _speak(self, peer: Peer) -> None:
        while request := peer.request():
            fields = (f"ETag: {ETAG}", "Last-Modified: Thu, 01 Jan 1970 00:00:01 GMT")
            if request.startswith(b"HEAD"):
                crc64 = aos_crc64(0, self.data, self.size)
                peer.send(answer(b"", "200 OK", *fields, f"x-oss-hash-crc64ecma: {crc64}", length=self.size))
                continue
            start, last = (int(found) for found in re.findall(rb"Range: bytes=(\d+)-(\d+)", request)[0])
            self.spans.append((start // PART, last // PART))
            body = self.data[start : last + 1]
            data = answer(body, "206 Partial Content", fields[0], f"Content-Range: bytes {start}-{last}/{self.size}")
            if start:
                (self.helped if start < self.size // 2 else self.dealt).set()
                peer.send(data)
                continue
            head = len(data) - len(body)
            self.dealt.wait(60)
            peer.send(data[: head + 2 * PART])
            self.helped.wait(60)
            with contextlib.suppress(OSError):  # nobody waits for all of it
                peer.send(data[head + 2 * PART :], PART)


def test_a_slow_connection_is_helped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that is done takes half of what the slow one has left, and again; each part is counted once."""
    monkeypatch.setattr(runs, "WORTH", 0)
    with Uneven() as server:
        made = parts.Object.to(server, tmp_path / "file")  # type: ignore[arg-type]
        made.threads, made.parts_per_request = 2, 0
        found = made()
    assert found.codes == (200, None)
    assert made.path.read_bytes() == server.data
    assert found.progress == whole(range(1, 41), server.size)
    assert {(0, 19), (20, 39)} < set(server.spans)
    first, *others = sorted(server.spans)
    assert first == (0, 19)
    assert all(start > 0 for start, _ in others)  # the part under way stays with the thread that asked for it


def test_a_failure_ends_all_runs(download: Download) -> None:
    data = pattern(60 * PART)
    download.put(data)
    download.threads = 3
    download.server.add_fault(part_fault("status", 0, status=403, code="AccessDenied"))
    assert download().codes == (403, "AccessDenied")
    assert 0 not in download.done()
    assert download().codes == (200, None)
    assert download.path.read_bytes() == data
