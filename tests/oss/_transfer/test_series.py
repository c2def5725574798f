"""Parts that C requests one after the other, since each comes quickly: nothing but the time they take is different."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from aos._native import PartIO
from oss._files.lock import PartFile
from oss._transfer import runs
from oss._transfer.journal import Journal
from oss.oss_api import AOS_LOG_DEBUG, AOSE_CONNECTION_FAILED, aos_log_set_level
from tests import parts
from tests.oss._transfer.test_part_exchange import BAD, GOOD
from tests.parts import COUNT, Asked, Object, cut, usually
from tests.resumable import PART, Download, part_fault, pattern, warned
from tests.waiting import until
from tests.wire import Peer

pytestmark = pytest.mark.usefixtures("no_connections")

ALL = [(min(count * PART, parts.SIZE), parts.SIZE) for count in range(1, COUNT + 1)]


@pytest.fixture(autouse=True)
def series(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Has all parts dealt at once, whatever time they take. What each call of C began with and what it came to."""
    found, get = list[tuple[int, int]](), PartIO.get_series

    def noted(io: PartIO, *args: Any) -> int:
        begin = args[3].number
        result = get(io, *args)
        found.append((begin, args[3].number))
        return result

    monkeypatch.setattr(runs, "QUICK", 3600.0)
    monkeypatch.setattr(runs, "SHARES", 1)
    monkeypatch.setattr(PartIO, "get_series", noted)
    return found


def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "QUICK", 0.0)


def test_the_second_part_and_those_after_it(tmp_path: Path, series: list[tuple[int, int]]) -> None:
    """The first one shows how long a part takes."""
    with Object(-1, usually) as server:
        download = server.to(tmp_path / "file")
        found = download()
    assert (found.codes, found.progress) == ((200, None), ALL)
    assert download.path.read_bytes() == parts.DATA
    assert series == [(1, COUNT)]
    assert server.connections == 1


def test_the_requests_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = list[bytes]()
    for quick in (True, False):
        if not quick:
            one_at_a_time(monkeypatch)
        with Object(-1, usually) as server:
            assert server.to(tmp_path / str(quick))().codes == (200, None)
            sent.append(re.sub(rb"(Date|Authorization|Host): [^\r]*", b"", server.peers[0].received))
    assert sent[0] == sent[1]
    assert sent[0].count(b"GET /") == COUNT


def test_the_checkpoint_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = list[bytes]()
    for quick in (True, False):
        if not quick:
            one_at_a_time(monkeypatch)
        with Object(2, cut(9)) as server:
            download = server.to(tmp_path / "file")
            assert download().code == AOSE_CONNECTION_FAILED
            assert download.done() == [0, 1]
            left.append(download.checkpoint.read_bytes())
            download.checkpoint.unlink()
    assert left[0] == left[1]


@pytest.mark.parametrize("name", GOOD)
def test_an_unusual_answer_to_the_last_one(tmp_path: Path, name: str) -> None:
    with Object(2, GOOD[name]) as server:
        download = server.to(tmp_path / "file")
        found = download()
    assert (found.codes, found.progress) == ((200, None), ALL)
    assert download.path.read_bytes() == parts.DATA
    assert [part for _, part in server.asked] == [0, 1, 2, *([2] if name == "gone" else [])]


@pytest.mark.parametrize("name", sorted(BAD.keys() - {f"cut after {PART - 1}"}))
def test_a_failure_of_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It fails as it would alone, and those before it are finished."""
    told = list[tuple[Any, ...]]()
    for quick in (True, False):
        if not quick:
            one_at_a_time(monkeypatch)
        with Object(2, BAD[name][0]) as server:
            download = server.to(tmp_path / str(quick))
            found = download()
            assert found.progress == ALL[:2]
            message = str(found.status.error_msg).replace(server.url, "").replace(str(download.path), "")
            told.append((*found.codes, message, found.status.req_id, download.left()))
            assert download().codes == (200, None)
            assert download.path.read_bytes() == parts.DATA
    assert told[0] == told[1]
    assert told[0][:2] == BAD[name][1]


@pytest.mark.parametrize("odd", range(COUNT))
def test_a_server_that_closes_after_so_many_requests(tmp_path: Path, odd: int) -> None:
    """Without saying so: the part that is then asked for in vain is asked for again, and that is no failure."""

    def last_of_its_connection(peer: Peer, asked: Asked) -> bool:
        usually(peer, asked)
        return True

    with Object(odd, last_of_its_connection) as server:
        found = server.to(tmp_path / "file")()
    assert (found.codes, found.progress) == ((200, None), ALL)
    assert (tmp_path / "file").read_bytes() == parts.DATA


def test_a_retry_goes_on_with_the_part_that_failed(tmp_path: Path) -> None:
    with Object(1, cut(9), times=2) as server:
        download = server.to(tmp_path / "file")
        download.retry_times = 2
        found = download()
    assert (found.codes, found.progress) == ((200, None), ALL)
    assert [part for _, part in server.asked] == [0, 1, 1, 1, 2]
    assert download.path.read_bytes() == parts.DATA


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """C gets the checkpoint in a way in which it cannot write to it."""
    records: Any = Journal.records

    def unwritable(journal: Journal) -> Any:
        return records.fget(journal)._replace(file=PartFile(journal.path, os.O_RDONLY))

    monkeypatch.setattr(Journal, "records", property(unwritable))


def test_a_record_that_c_cannot_write_is_written_by_python(tmp_path: Path, read_only: None) -> None:
    with Object(2, cut(9)) as server:
        download = server.to(tmp_path / "file")
        with warned() as lines:
            assert download().code == AOSE_CONNECTION_FAILED
    assert download.done() == [0, 1]
    assert lines == []


def test_a_record_that_cannot_be_written_costs_its_part_only(
    tmp_path: Path, read_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    with Object(2, cut(9)) as server:
        download = server.to(tmp_path / "file")
        with warned() as lines, monkeypatch.context() as disk:
            disk.setattr(os, "pwrite", full)
            found = download()
        assert (found.code, found.progress) == (AOSE_CONNECTION_FAILED, ALL[:2])
        assert ["part 1 is not recorded: No space left on device" in line for line in lines] == [False, True]
        assert download.done() == []
        assert download().codes == (200, None)
    assert download.path.read_bytes() == parts.DATA


def test_whoever_reads_the_log_reads_of_each_part(tmp_path: Path, series: list[tuple[int, int]]) -> None:
    with Object(-1, usually) as server, warned() as lines:
        aos_log_set_level(AOS_LOG_DEBUG)
        assert server.to(tmp_path / "file")().codes == (200, None)
    assert series == []
    assert re.findall("206, request id (.*)", "".join(lines)) == ["id-0", "id-1", "id-2"]


def test_a_part_that_takes_long_keeps_no_other_back(tmp_path: Path, series: list[tuple[int, int]]) -> None:
    """What was dealt together with it is dealt anew."""
    waited = threading.Event()

    def late(peer: Peer, asked: Asked) -> None:
        until(lambda: (1, 1) in series)
        waited.set()
        usually(peer, asked)

    with Object(1, late) as server:
        found = server.to(tmp_path / "file")()
    assert (found.codes, found.progress) == ((200, None), ALL)
    assert waited.is_set()
    assert (series[0], series[-1]) == ((1, 1), (1, 2)), "the third part is none of this series any more"


# ---- several threads ----


@pytest.fixture
def download(download: Download) -> Download:
    download.put(LONG)
    return download


LONG = pattern(40 * PART - 7)


def test_all_parts_of_several_threads(download: Download, series: list[tuple[int, int]]) -> None:
    download.threads = 3
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), list(range(40)))
    assert [done for done, _ in found.progress] == sorted({done for done, _ in found.progress})
    assert len(found.progress) == 40
    assert download.path.read_bytes() == LONG
    assert max(end - begin for begin, end in series) > 3


def test_a_failure_ends_all(download: Download) -> None:
    download.threads = 3
    download.server.add_fault(part_fault("status", 12, status=403, code="AccessDenied"))
    found = download()
    assert found.codes == (403, "AccessDenied")
    done = download.done()
    assert 12 not in done
    assert len(done) >= len(found.progress)
    again = download()
    assert (again.codes, sorted(done + again.fetched())) == ((200, None), list(range(40)))
    assert download.path.read_bytes() == LONG


def test_progress_may_raise(download: Download) -> None:
    def stop(done: int, total: int) -> None:
        if done > 20 * PART:
            raise RuntimeError("enough")

    download.on_progress = stop
    with pytest.raises(RuntimeError, match="enough"):
        download()
    done = download.done()
    assert len(done) > 20
    download.on_progress = lambda done, total: None
    assert sorted(download().fetched() + done) == list(range(40))
    assert download.path.read_bytes() == LONG
