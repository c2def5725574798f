"""The file of an upload is changed while it is sent, in ways that leave no trace: its time is put back, or it is
written to through a mapping. What is stored is the file as it was, or nothing."""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aos.aos_crc64 import aos_crc64
from oss._files.lock import has_writer
from oss.local_server import Fault
from oss.oss_api import AOSE_CRC_INCONSISTENT_ERROR
from tests.resumable import DATA, PART, SIZE, Upload, pattern, warned

NEW = pattern(SIZE, 2)
CHANGED = (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")
CHECKPOINTS = pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])


@pytest.fixture(autouse=True)
def one_thread(upload: Upload) -> None:
    """Parts are sent in their order."""
    upload.threads = 1


def after_two_parts(upload: Upload, change: Callable[[], object]) -> None:
    upload.on_progress = lambda done, total: change() if done == 2 * PART else None


def after_all_parts(upload: Upload, change: Callable[[], object]) -> None:
    upload.on_progress = lambda done, total: change() if done == total else None


def rewrite(upload: Upload, data: bytes = NEW) -> None:
    """Other bytes, at the same time."""
    time = upload.path.stat().st_mtime_ns
    with upload.path.open("r+b") as file:  # it has its size all the while: the next part is on its way
        file.write(data)
    os.utime(upload.path, ns=(time, time))


def refused(upload: Upload) -> str:
    """The upload is one of a changed file: nothing is stored, and nothing is left; what is said of it."""
    found = upload()
    assert (found.codes, upload.stored()) == (CHANGED, b"old"), found.status.error_msg
    assert not upload.checkpoint.exists()
    assert not upload.begun()
    return str(found.status.error_msg)


@CHECKPOINTS
def test_the_time_is_put_back(upload: Upload, enable_checkpoint: bool) -> None:
    upload.enable_checkpoint, upload.verify_file = enable_checkpoint, 1
    after_two_parts(upload, lambda: rewrite(upload))
    assert re.search(r"part \d+ of .*file was changed", refused(upload))
    upload.on_progress = None
    assert upload().codes == (200, None)
    assert upload.stored() == NEW


def test_one_byte_of_a_part_that_was_sent(upload: Upload) -> None:
    upload.verify_file = 1
    after_two_parts(upload, lambda: rewrite(upload, DATA[: PART - 1] + b"\0" + DATA[PART:]))
    assert "part 1 of" in refused(upload)


@CHECKPOINTS
def test_what_has_not_changed_is_stored(upload: Upload, enable_checkpoint: bool) -> None:
    """Though somebody has it open for writing, and for one more read."""
    upload.enable_checkpoint = enable_checkpoint
    for verify_file in (0, 1):
        upload.verify_file = verify_file
        with upload.path.open("r+b"):
            assert upload().codes == (200, None)
        assert upload.stored() == DATA


# ---- somebody has it open ----


def needs_to_know_writers(path: Path) -> None:
    with path.open("r+b"), path.open("rb") as file:
        if not has_writer(file.fileno()):
            pytest.skip("the system does not say who has a file open for writing")


@pytest.fixture
def mapping(upload: Upload) -> Iterator[mmap.mmap]:
    """The file, mapped and written to once: its pages are dirty, and a further write does not touch its time."""
    needs_to_know_writers(upload.path)
    with upload.path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
        mapped[:] = DATA
        yield mapped


def through(mapping: mmap.mmap, upload: Upload) -> None:
    time = upload.path.stat().st_mtime_ns
    mapping[:] = NEW
    os.utime(upload.path, ns=(time, time))


@CHECKPOINTS
def test_a_mapping_is_written_to(upload: Upload, mapping: mmap.mmap, enable_checkpoint: bool) -> None:
    upload.enable_checkpoint = enable_checkpoint
    after_two_parts(upload, lambda: through(mapping, upload))
    assert "was changed during the upload" in refused(upload)


def test_a_mapping_whose_file_is_closed(upload: Upload, mapping: mmap.mmap) -> None:
    """The mapping alone is enough, begun before or during the upload, and gone before its end."""

    def change() -> None:
        through(mapping, upload)
        mapping.close()

    after_two_parts(upload, change)
    assert "was changed during the upload" in refused(upload)


def test_opened_and_mapped_during_the_upload(upload: Upload, mapping: mmap.mmap) -> None:
    mapping.close()
    kept: list[mmap.mmap] = []

    def change() -> None:
        with upload.path.open("r+b") as file:
            kept.append(mmap.mmap(file.fileno(), 0))
        through(kept[0], upload)

    after_two_parts(upload, change)
    assert "was changed during the upload" in refused(upload)
    kept[0].close()


def mapped(access: int) -> Callable[[Path], mmap.mmap]:
    """A mapping of a file, which is closed itself."""

    def make(path: Path) -> mmap.mmap:
        with path.open("r+b" if access == mmap.ACCESS_WRITE else "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=access)

    return make


USERS: dict[str, tuple[Callable[[Path], Any], bool]] = {
    "reads": (lambda path: path.open("rb"), False),
    "writes": (lambda path: path.open("r+b"), True),
    "appends": (lambda path: path.open("ab"), True),
    "maps it": (mapped(mmap.ACCESS_WRITE), True),
    "maps it for reading": (mapped(mmap.ACCESS_READ), False),
}


@pytest.mark.parametrize("who", USERS)
def test_who_has_it_open(upload: Upload, who: str) -> None:
    needs_to_know_writers(upload.path)
    use, writes = USERS[who]
    with upload.path.open("rb") as file:
        with use(upload.path):
            assert has_writer(file.fileno()) is writes
        assert not has_writer(file.fileno())


# ---- resumed ----


def interrupt(upload: Upload) -> None:
    """Leaves two parts sent."""
    upload.server.add_fault(Fault({"method": "PUT", "part": 3}, action="status", status=403))
    assert (upload().code, upload.done()) == (403, [0, 1])
    upload.server.clear_faults()


def test_a_resumed_upload_of_a_file_that_is_as_it_was(upload: Upload) -> None:
    upload.verify_file = 1
    interrupt(upload)
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [3, 4, 5])
    assert upload.stored() == DATA


@pytest.mark.parametrize("part", [0, 2, 4])
def test_a_part_changes_while_a_resumed_upload_sends(upload: Upload, part: int) -> None:
    """One of the run before, one of this, the last."""
    upload.verify_file = 1
    interrupt(upload)
    at = part * PART
    after_all_parts(upload, lambda: rewrite(upload, DATA[:at] + b"\0" + DATA[at + 1 :]))
    assert f"part {part + 1} of" in refused(upload)


def without_crc64(checkpoint: Path) -> None:
    """As the C SDK writes it."""
    text, count = re.subn(r"<Crc64>\d+</Crc64>", "<Crc64>0</Crc64>", checkpoint.read_text())
    assert count
    checkpoint.write_text(text)


@pytest.mark.parametrize("verify_file", [0, 1])
def test_a_checkpoint_without_crc64(upload: Upload, verify_file: int) -> None:
    upload.verify_file = verify_file
    interrupt(upload)
    without_crc64(upload.checkpoint)
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [3, 4, 5])
    assert upload.stored() == DATA


@pytest.mark.parametrize("enable_crc", [0, 1])
def test_a_file_changes_whose_checkpoint_has_no_crc64(upload: Upload, enable_crc: int) -> None:
    upload.options.ctl.options.enable_crc, upload.verify_file = enable_crc, 1
    interrupt(upload)
    without_crc64(upload.checkpoint)
    after_all_parts(upload, lambda: rewrite(upload, b"\0" + DATA[1:]))
    assert "part 1 of" in refused(upload)


def test_a_file_was_changed_whose_checkpoint_has_no_crc64(upload: Upload) -> None:
    """Between the runs: it is found by the CRC64 of the whole, once that is stored."""
    interrupt(upload)
    without_crc64(upload.checkpoint)
    other = b"\0" + DATA[1:]
    rewrite(upload, other)
    found = upload()
    assert found.codes == CHANGED
    ours, theirs = (aos_crc64(0, data, len(data)) for data in (other, DATA))
    assert str(found.status.error_msg) == f"the CRC64 of the file is {ours}, that of the object {theirs}"


def test_without_crc64_at_all(upload: Upload) -> None:
    """``enable_crc`` is off, so nobody asks the service; the file is compared with itself all the same."""
    upload.options.ctl.options.enable_crc, upload.verify_file = 0, 1
    after_two_parts(upload, lambda: rewrite(upload))
    refused(upload)


def test_it_costs_no_request(upload: Upload) -> None:
    methods = []
    for verify_file in (0, 1):
        upload.verify_file = verify_file
        with warned() as lines:
            methods.append([request.method for request in upload().requests])
        assert not lines
    assert methods[0] == methods[1]
