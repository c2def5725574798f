"""The checkpoint of a running transfer on disk: its layout, its cost, and files that are not what they should be."""

from __future__ import annotations

import json
import os
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oss._transfer import runs
from oss._transfer.journal import Journal
from oss._transfer.plan import Outcome, Plan
from oss.local_server import Fault, LocalServer
from oss.oss_api import (
    AOSE_OK,
    AOSE_XML_PARSE_ERROR,
    OSS_CP_UPLOAD,
    aos_buf_pack,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_string_t,
    oss_checkpoint_t,
    oss_init_multipart_upload,
    oss_load_checkpoint,
    oss_upload_part_from_buffer,
)
from oss.tools.crosscheck.replay.corpus import Corpus, bytes_of
from tests.recordings import corpus_folder
from tests.resumable import DATA, KEY, PART, SIZE, Download, Upload, part_fault, pattern
from tests.service import BUCKET

GOLDEN = Corpus(corpus_folder())
INDEX: list[dict[str, Any]] = json.loads(GOLDEN.checkpoints["index.json"])


# ---- the layout ----


def _records(data: bytes, size: int) -> list[bytes]:
    start = data.index(b"<Part>")
    assert start % size == 0
    end = data.index(b"</Parts>")
    assert (end - start) % size == 0
    return [data[place : place + size] for place in range(start, end, size)]


def test_the_layout(download: Download) -> None:
    download.threads = 1
    download.server.add_fault(part_fault("status", 2))
    assert download().code == 500
    data = download.checkpoint.read_bytes()
    etag = rb"<ETag>&quot;[0-9A-F]{32}&quot;</ETag>"
    crc = rb"<Crc64>\d{20}</Crc64>"
    for index, record in enumerate(_records(data, 256)):
        place = f"<Index>{index}</Index><Offset>{index * PART}</Offset><Size>{min(PART, SIZE - index * PART)}</Size>"
        done = b"1" if index < 2 else b"0"
        pattern_ = b"<Part>" + place.encode() + etag + crc + b"<Completed>" + done + b"</Completed></Part> *\n"
        assert re.fullmatch(pattern_, record), record
    head = data[: data.index(b"<Part>")].decode()
    assert re.fullmatch(
        r'<\?xml version="1.0" encoding="utf-8"\?><Checkpoint><MD5></MD5><Type>2</Type><LocalFile>'
        rf"<Path>{re.escape(str(download.path))}</Path><Size>0</Size><LastModified>0</LastModified><MD5></MD5></LocalFile>"
        rf"<Object><Key>{KEY}</Key><Size>{SIZE}</Size><LastModified>[^<]+ GMT</LastModified>"
        r"<ETag>&quot;[0-9A-F]{32}&quot;</ETag></Object><UploadId></UploadId>"
        rf"<CPParts><Number>5</Number><Size>{PART}</Size><Parts> *",
        head,
    )
    assert data.decode().endswith("</Parts></CPParts></Checkpoint>\n") or data.endswith(b"</Checkpoint>")
    assert download.checkpoint.stat().st_mode & 0o777 == 0o600


def test_it_is_there_before_the_first_part(download: Download) -> None:
    seen: list[list[int]] = []
    download.threads = 1
    download.server.add_fault(
        Fault({"method": "GET"}, action="hook", call=lambda call, server: seen.append(download.done()))
    )
    assert download().codes == (200, None)
    assert seen == [[]]


class Counted:
    """Counts what is written with os.pwrite."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sizes: list[tuple[int, int]] = []
        write = os.pwrite

        def pwrite(fd: int, data: Any, offset: int) -> int:
            self.sizes.append((offset, len(data)))
            return write(fd, data, offset)

        monkeypatch.setattr(os, "pwrite", pwrite)


@pytest.mark.parametrize("parts", [10, 1000])
def test_a_part_costs_one_small_write(download: Download, monkeypatch: pytest.MonkeyPatch, parts: int) -> None:
    """Also where Python does it, since each part takes some time."""
    monkeypatch.setattr(runs, "QUICK", 0.0)
    data = download.put(pattern(parts * 10))
    download.part_size = 10
    written = Counted(monkeypatch)
    assert download().codes == (200, None)
    assert download.path.read_bytes() == data
    assert len(written.sizes) == parts
    for offset, size in written.sizes:
        assert size <= 64
        assert offset // 4096 == (offset + size - 1) // 4096, "never across a page"


@pytest.mark.parametrize(("etag", "size"), [(32, 256), (100, 512), (300, 512), (3000, 4096)])
def test_long_etags(tmp_path: Path, etag: int, size: int) -> None:
    path, plan = str(tmp_path / "cp"), Plan(10**18, 10**18 // 3)
    checkpoint = oss_checkpoint_t()
    checkpoint.cp_type, checkpoint.upload_id = OSS_CP_UPLOAD, "id"
    etags = ["e" * etag, "", "", ""]
    journal = Journal(path)
    journal.begin(checkpoint, plan, b"\1\0\0\0", etags, [(1 << 64) - 1, 0, 0, 0])
    journal.complete(Outcome(3, None, "f" * min(etag, 64), 7))
    journal.close()
    assert len(_records(Path(path).read_bytes(), size)) == 4
    found = oss_checkpoint_t()
    assert oss_load_checkpoint(None, path, found) == AOSE_OK
    assert [(part.completed, part.crc64) for part in found.parts] == [(1, (1 << 64) - 1), (0, 0), (0, 0), (1, 7)]
    assert str(found.parts[3].etag) == "f" * min(etag, 64)


def test_an_etag_that_is_too_long(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path / "cp"))
    with pytest.raises(ValueError, match="does not fit"):
        journal.begin(oss_checkpoint_t(), Plan(1, 1), b"\1", ["e" * 5000], [0])
    journal.close()
    assert not list(tmp_path.iterdir())


# ---- files that are not what they should be ----


def _replace(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return change


NOT_USABLE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "garbage": lambda data: bytes(range(256)) * 40,
    "zeros": lambda data: bytes(len(data)),
    "another document": lambda data: b"<a/>",
    "half": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[:-5],
    "half a record": lambda data: data[: data.index(b"<Index>3")] + b"</Parts></CPParts></Checkpoint>",
    "a part too few": _replace(b"<Number>5</Number>", b"<Number>6</Number>"),
    "a part too many": _replace(b"<Number>5</Number>", b"<Number>4</Number>"),
    "a thousand million parts": _replace(b"<Number>5</Number>", b"<Number>1000000000</Number>"),
    "a huge number of parts": _replace(b"<Number>5</Number>", b"<Number>2147483647</Number>"),
    "a negative number of parts": _replace(b"<Number>5</Number>", b"<Number>-1</Number>"),
    "an index twice": _replace(b"<Index>1</Index>", b"<Index>0</Index>"),
    "an index far off": _replace(b"<Index>1</Index>", b"<Index>20000</Index>"),
    "a negative index": _replace(b"<Index>1</Index>", b"<Index>-1</Index>"),
    "a negative offset": _replace(b"<Offset>10000</Offset>", b"<Offset>-10000</Offset>"),
    "overlapping parts": _replace(b"<Offset>20000</Offset>", b"<Offset>15000</Offset>"),
    "the same place twice": _replace(b"<Offset>20000</Offset>", b"<Offset>10000</Offset>"),
    "a part beyond the end": _replace(b"<Offset>40000</Offset>", b"<Offset>9000000000000000000</Offset>"),
    "a part of negative size": _replace(b"<Size>10000</Size><ETag>", b"<Size>-10000</Size><ETag>"),
    "an offset elsewhere": _replace(b"<Offset>10000</Offset>", b"<Offset>10001</Offset>"),
    "a size beyond the part": _replace(b"<Size>10000</Size><ETag>", b"<Size>10001</Size><ETag>"),
    "numbers beyond 64 bits": _replace(b"<Offset>10000</Offset>", b"<Offset>" + b"9" * 40 + b"</Offset>"),
    "a part size of 0": _replace(b"<Size>10000</Size><Parts>", b"<Size>0</Size><Parts>"),
    "a negative part size": _replace(b"<Size>10000</Size><Parts>", b"<Size>-1</Size><Parts>"),
    "a giant part size": _replace(b"<Size>10000</Size><Parts>", b"<Size>9223372036854775807</Size><Parts>"),
    "an upload's": _replace(b"<Type>2</Type>", b"<Type>1</Type>"),
    "of another object": _replace(KEY.encode(), b"dir/another.bin"),
    "of a longer object": _replace(b"<Size>40077</Size>", b"<Size>40078</Size>"),
    "of a newer format": lambda data: b'<Checkpoint version="2"><Download><Parts/></Download></Checkpoint>',
    "of oss2": lambda data: b'{"magic": "92611BED-89E2-46B6-89E5-72F273D4B0A3", "size": 1}',
    "UTF-16": lambda data: data.decode().replace("utf-8", "utf-16").encode("utf-16"),
    "completed twice": _replace(b"<Completed>1</Completed>", b"<Completed>2</Completed>"),
    "an entity": _replace(b"<Checkpoint>", b'<!DOCTYPE a [<!ENTITY b "c">]><Checkpoint>'),
    "an outer entity": lambda data: (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Checkpoint>&b;</Checkpoint>'
    ),
    "too big": lambda data: data + b" " * (64 << 20),
    "very deep": lambda data: b"<a>" * 100_000,
    "a very deep part": _replace(b"<Index>1", b"<a>" * 100_000 + b"</a>" * 100_000 + b"<Index>1"),
    "a part of many elements": _replace(b"<Index>1", b"".join(b"<a%d/>" % n for n in range(100_000)) + b"<Index>1"),
}


@pytest.mark.parametrize("name", NOT_USABLE)
def test_a_checkpoint_that_cannot_be_used(download: Download, logged: list[str], name: str) -> None:
    download.server.add_fault(part_fault("status", 2))
    download.threads = 1
    assert download().code == 500
    download.checkpoint.write_bytes(NOT_USABLE[name](download.checkpoint.read_bytes()))
    logged.clear()
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert [line.count(f"{download.checkpoint} is not used, the transfer starts anew: ") for line in logged] == [1]
    assert download.path.read_bytes() == DATA
    assert download.left() == (True, False, False)


def test_a_huge_file_takes_no_memory(download: Download, tmp_path: Path) -> None:
    """Nor do big numbers."""
    huge, numbers = tmp_path / "huge", tmp_path / "numbers"
    with open(huge, "wb") as file:
        file.truncate(1 << 40)
    numbers.write_bytes(b"<Checkpoint><CPParts><Number>1000000000</Number></CPParts></Checkpoint>")
    for path in (huge, numbers):
        tracemalloc.start()
        assert oss_load_checkpoint(None, str(path), oss_checkpoint_t()) == AOSE_XML_PARSE_ERROR
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 1 << 20


def test_what_a_newer_version_adds_is_passed_over(download: Download) -> None:
    """As the C SDK does; what this version knows must be there, and right."""
    download.interrupted(DATA)
    data = download.checkpoint.read_bytes()
    data = data.replace(b"<UploadId>", b"<Region>x</Region><UploadId>").replace(b"<Index>", b"<Kind>y</Kind><Index>")
    download.checkpoint.write_bytes(data + b"\0 and what stood in the file before")
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [2])
    assert download.path.read_bytes() == DATA


@pytest.mark.parametrize("cut", range(0, 256, 17))
def test_a_torn_record_is_an_unfinished_part(download: Download, cut: int) -> None:
    """Whatever of a record's write got to the disk."""
    download.server.add_fault(part_fault("status", 2))
    download.threads = 1
    assert download().code == 500
    data = download.checkpoint.read_bytes()
    start = data.index(b"<Part><Index>1<")
    undone = re.sub(rb"<Crc64>\d{20}</Crc64><Completed>1", b"<Crc64>" + b"0" * 20 + b"</Crc64><Completed>0", data)
    download.checkpoint.write_bytes(data[: start + cut] + undone[start + cut : start + 256] + data[start + 256 :])
    found = download()
    assert found.codes == (200, None)
    assert found.fetched() in ([1, 2, 3, 4], [2, 3, 4])
    assert download.path.read_bytes() == DATA


def test_the_path_in_a_checkpoint_is_not_followed(download: Download, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    download.interrupted(DATA)
    data = download.checkpoint.read_bytes()
    download.checkpoint.write_bytes(data.replace(str(download.path).encode(), str(victim).encode()))
    assert download().codes == (200, None)
    assert victim.read_bytes() == b"mine"


# ---- places that cannot be used ----


@pytest.mark.parametrize("kind", ["folder", "fifo", "device"])
def test_a_place_that_is_no_file(download: Download, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    if kind == "folder":
        place.mkdir()
    elif kind == "fifo":
        os.mkfifo(place)
    else:
        place = Path("/dev/null")
    download.checkpoint_path, before = place, os.lstat(place).st_mode
    found = download()
    assert found.status.error_code == "OpenFileFail"
    assert str(place) in str(found.status.error_msg)
    assert os.lstat(place).st_mode == before
    assert (download.path.exists(), download.temporary.exists()) == (False, False)


def test_a_link_is_replaced_not_followed(download: Download, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    download.checkpoint.symlink_to(victim)
    assert download().codes == (200, None)
    assert victim.read_bytes() == b"mine"


def test_a_record_that_cannot_be_written_costs_its_part_only(
    download: Download, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    download.server.add_fault(part_fault("status", 3))
    download.threads = 1
    with monkeypatch.context() as disk:
        disk.setattr(os, "pwrite", full)
        disk.setattr(runs, "QUICK", 0.0)
        assert download().code == 500
    assert download.done() == []
    assert download().fetched() == [0, 1, 2, 3, 4]
    assert download.path.read_bytes() == DATA


# ---- files of the C SDK ----


def _named(kind: str) -> list[Any]:
    """What the C SDK left behind, but the largest: those take seconds."""
    small = (e for e in INDEX if e["kind"] == kind and "built_by" not in e and e["parts"] < 100)
    return [pytest.param(e, id=e["id"]) for e in small]


def part_size_of(recorded: bytes, otherwise: int) -> int:
    found = re.search(rb"<CPParts><Number>\d+</Number><Size>(\d+)", recorded)
    return int(found[1]) if found else otherwise


@pytest.mark.parametrize("entry", _named("download"))
def test_a_download_of_the_c_sdk_is_continued(entry: dict[str, Any], tmp_path: Path) -> None:
    data, key = bytes_of(entry["object"]["content"]), entry["object"]["key"]
    then = 1767318045.0  # Fri, 02 Jan 2026 01:40:45 GMT
    with LocalServer(buckets=[BUCKET], now=lambda: then, signature_required=False) as server:
        download = Download(server, tmp_path / "file")
        download.key, download.part_size = key, 17
        download.put(data)
        recorded = GOLDEN.checkpoints[entry["file"]]
        download.checkpoint.write_bytes(recorded)
        size = part_size_of(recorded, 17)
        done = entry["completed"]
        temporary = bytearray(len(data))
        for part in done:
            temporary[part * size : (part + 1) * size] = data[part * size : (part + 1) * size]
        download.temporary.write_bytes(temporary)
        found = download()
        assert found.codes == (200, None)
        assert download.path.read_bytes() == data
        assert found.fetched(size) == [n for n in range(-(-len(data) // size)) if n not in done]
        assert found.headers["ETag"] == entry["object"]["etag"]


@pytest.mark.parametrize("entry", _named("upload"))
def test_an_upload_of_the_c_sdk_is_continued(entry: dict[str, Any], upload: Upload) -> None:
    data, recorded = bytes_of(entry["local_file"]["content"]), GOLDEN.checkpoints[entry["file"]]
    upload.path.write_bytes(data)
    os.utime(upload.path, ns=(entry["local_file"]["mtime_us"] * 1000,) * 2)
    upload_id, done = aos_string_t(), entry["completed"]
    assert oss_init_multipart_upload(upload.options, BUCKET, KEY, upload_id, None, None).code == 200
    size = upload.part_size = part_size_of(recorded, 1000)
    for part in done:
        buffer, piece = aos_list_t(), data[part * size : (part + 1) * size]
        aos_list_init(buffer)
        aos_list_add_tail(aos_buf_pack(None, piece, len(piece)).node, buffer)
        assert oss_upload_part_from_buffer(upload.options, BUCKET, KEY, upload_id, part + 1, buffer, None).code == 200
    upload.checkpoint.write_bytes(recorded.replace(entry["upload_id"].encode(), str(upload_id).encode()))
    found = upload()
    assert found.codes == (200, None)
    assert upload.stored() == data
    assert found.sent() == [n + 1 for n in range(-(-len(data) // size)) if n not in done]
    assert not upload.checkpoint.exists()


@pytest.mark.parametrize("entry", [pytest.param(e, id=e["id"]) for e in INDEX if e["size"]])
def test_a_checkpoint_of_the_c_sdk_is_read(entry: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "cp"
    path.write_bytes(GOLDEN.checkpoints[entry["file"]])
    found = oss_checkpoint_t()
    assert oss_load_checkpoint(None, str(path), found) == AOSE_OK
    assert (found.cp_type, found.part_num) == ({"upload": 1, "download": 2}[entry["kind"]], entry["parts"])
    assert [part.index for part in found.parts if part.completed] == entry["completed"]
    for index, etag, crc64 in entry.get("inputs", {}).get("done", ()):
        assert (str(found.parts[index].etag), found.parts[index].crc64) == (etag, int(crc64))
