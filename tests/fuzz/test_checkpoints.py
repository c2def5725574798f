"""Checkpoints from anyone: read or refused in little memory, and no transfer does what they say instead of its work."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aos.aos_crc64 import aos_crc64
from oss.local_server import LocalServer
from oss.oss_api import (
    AOSE_OK,
    AOSE_XML_PARSE_ERROR,
    aos_table_t,
    oss_checkpoint_t,
    oss_head_object,
    oss_load_checkpoint,
)
from oss.oss_xml import oss_build_checkpoint_xml, oss_checkpoint_parse_from_body
from tests.fuzz.amount import fuzz
from tests.fuzz.xml_makers import NUMBERS, documents, mutated
from tests.resumable import Download, Upload
from tests.service import BUCKET

DATA, PART, KEY = bytes(range(40)), 10, "dir/object.bin"
NAMES = [
    *("Checkpoint", "MD5", "Type", "LocalFile", "Path", "Size", "LastModified", "Object", "Key", "ETag", "UploadId"),
    *("CPParts", "Number", "Parts", "Part", "Index", "Offset", "Completed", "Crc64"),
]


def text_of_checkpoint(values: dict[str, Any], parts: list[tuple[Any, ...]]) -> bytes:
    """A checkpoint with these texts in its elements, whatever they are."""
    rows = "".join(
        f"<Part><Index>{index}</Index><Offset>{offset}</Offset><Size>{size}</Size><ETag>{etag}</ETag>"
        f"<Crc64>{crc}</Crc64><Completed>{completed}</Completed></Part>"
        for index, offset, size, etag, crc, completed in parts
    )
    return (
        (
            "<?xml version='1.0' encoding='utf-8'?>\n<Checkpoint><MD5>{md5}</MD5><Type>{type}</Type>"
            "<LocalFile><Path>{path}</Path><Size>{size}</Size><LastModified>{time}</LastModified><MD5></MD5></LocalFile>"
            "<Object><Key>{key}</Key><Size>{object_size}</Size><LastModified>{modified}</LastModified>"
            "<ETag>{etag}</ETag></Object><UploadId>{upload}</UploadId>"
            "<CPParts><Number>{number}</Number><Size>{part_size}</Size><Parts>{rows}</Parts></CPParts></Checkpoint>"
        )
        .format(rows=rows, **values)
        .encode("utf-8", "surrogatepass")
    )


def crc_of(data: bytes) -> int:
    return aos_crc64(0, data, len(data))


TRUE_PARTS = [(n, n * PART, PART, "", crc_of(DATA[n * PART : (n + 1) * PART]), 1) for n in range(4)]
LIES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("md5", "type", "path", "size", "time", "key", "object_size", "modified", "etag", "upload"),
                *("number", "part_size"),
            ]
        ),
        NUMBERS | st.sampled_from(["../../../etc/passwd", "/etc/passwd", "a" * 5000, "&#13;", "\ufffd", "%s%n"]),
    ),
    max_size=2,
)
PLACES = st.integers(-10, 50)
PARTS = st.lists(
    st.one_of(
        st.sampled_from(TRUE_PARTS),
        st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["", "e", "e" * 5000]), NUMBERS, NUMBERS),
        st.tuples(st.integers(0, 4), PLACES, PLACES, st.just(""), st.integers(0, 9), st.just(1)),
    ),
    max_size=6,
)
DONE = st.lists(st.booleans(), min_size=4, max_size=4)


class Place:
    """A service with the object, and a folder to transfer to and from."""

    def __init__(self, server: LocalServer, folder: Path) -> None:
        self.folder = folder
        self.download = Download(server, folder / "file")
        self.upload = Upload(server, folder / "source")
        self.download.key = self.upload.key = KEY
        self.download.part_size = self.upload.part_size = PART
        server.put(BUCKET, KEY, DATA)
        headers = aos_table_t()
        assert oss_head_object(self.download.options, BUCKET, KEY, None, headers).code == 200
        self.truth = {
            "md5": "",
            "type": 2,
            "path": f"{folder}/file.tmp",
            "size": 0,
            "time": 0,
            "key": KEY,
            "upload": "",
            "object_size": len(DATA),
            "modified": headers["Last-Modified"],
            "etag": headers["ETag"],
            "number": 4,
            "part_size": PART,
        }

    def clear(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch, LocalServer(buckets=[BUCKET]) as server:
        patch.setattr("oss.local_server.handlers_multipart.MIN_PART", 1)
        yield Place(server, tmp_path_factory.mktemp("place"))


def fetched(place: Place, checkpoint: bytes, temporary: bytes | None) -> None:
    """Downloads with that checkpoint and that temporary file there; the file is right, and alone."""
    place.clear()
    place.download.checkpoint.write_bytes(checkpoint)
    if temporary is not None:
        (place.folder / "file.tmp").write_bytes(temporary)
    found = place.download()
    assert found.codes == (200, None), found.status
    assert place.download.path.read_bytes() == DATA
    assert [path.name for path in place.folder.iterdir()] == ["file"]


@fuzz
@given(LIES, st.just(TRUE_PARTS) | PARTS, DONE, st.sampled_from([None, DATA, bytes(40), DATA[:20], DATA * 2]))
@example([], TRUE_PARTS, [True] * 4, DATA)
@example([], TRUE_PARTS, [True] * 4, bytes(40))
@example([("number", "1000000000")], TRUE_PARTS, [True] * 4, DATA)
@example([("part_size", "1"), ("number", "40")], TRUE_PARTS, [True] * 4, DATA)
@example([], [(0, 0, 40, "", crc_of(DATA), 1)], [True] * 4, DATA)
@example([], [(n, 0, PART, "", crc_of(DATA[:PART]), 1) for n in range(4)], [True] * 4, bytes(40))
def test_a_download_with_any_checkpoint(
    place: Place, lies: list[tuple[str, str]], parts: list[tuple[Any, ...]], done: list[bool], temporary: bytes | None
) -> None:
    flags = dict(enumerate(done))
    parts = [(*part[:5], 0) if not flags.get(number, True) else part for number, part in enumerate(parts)]
    fetched(place, text_of_checkpoint(place.truth | dict(lies), parts), temporary)


@fuzz
@given(mutated(documents(NAMES)) | st.binary(max_size=99), st.sampled_from([None, DATA, bytes(40)]))
def test_a_download_with_any_file_for_a_checkpoint(place: Place, checkpoint: bytes, temporary: bytes | None) -> None:
    fetched(place, checkpoint, temporary)


@fuzz
@given(LIES, PARTS, mutated(st.just(b"")))
@example([("upload", "no-such-upload"), ("type", "1")], TRUE_PARTS, b"")
@example([("upload", "../x?uploads&#13;&#10;Evil: 1"), ("type", "1")], TRUE_PARTS, b"")
def test_an_upload_with_any_checkpoint(
    place: Place, lies: list[tuple[str, str]], parts: list[tuple[Any, ...]], tail: bytes
) -> None:
    place.clear()
    place.upload.path.write_bytes(DATA)
    stat = place.upload.path.stat()
    truth = place.truth | {"type": 1, "size": len(DATA), "time": stat.st_mtime_ns // 1000, "upload": "an-upload"}
    place.upload.checkpoint.write_bytes(text_of_checkpoint(truth | dict(lies), parts) + tail)
    status = place.upload().status
    if status.code != 200:  # an upload that the service does not know is said to be so, and forgotten
        assert status.code == 404, status
        assert place.upload().code == 200
    assert place.upload.server.get(BUCKET, KEY) == DATA
    assert [path.name for path in place.folder.iterdir()] == ["source"]


@fuzz
@given(mutated(st.builds(text_of_checkpoint, st.builds(lambda lies: FIELDS | dict(lies), LIES), PARTS)))
@example(b"")
@example(b"<Checkpoint/>")
@example(b"<Part/>")
@example("<Checkpoint>\ud800</Checkpoint>".encode("utf-8", "surrogatepass"))
def test_any_file_is_a_checkpoint_or_refused(data: bytes) -> None:
    """The functions of ``oss_resumable.h`` and ``oss_xml.h``; what was read can be written and read again."""
    checkpoint, again = oss_checkpoint_t(), oss_checkpoint_t()
    checkpoint.part_num, checkpoint.upload_id = 77, "before"
    code = oss_checkpoint_parse_from_body(None, data, checkpoint)
    if code != AOSE_OK:
        assert code == AOSE_XML_PARSE_ERROR
        assert (checkpoint.part_num, str(checkpoint.upload_id)) == (77, "before")
        assert checkpoint.parts is None
        return
    assert len(checkpoint.parts) <= data.count(b"<Part>")
    if checkpoint.part_num != 77:
        assert [part.index for part in checkpoint.parts] == list(range(checkpoint.part_num))
        text = oss_build_checkpoint_xml(None, checkpoint)
        assert oss_checkpoint_parse_from_body(None, text, again) == AOSE_OK
        assert repr(again) == repr(checkpoint)


FIELDS: dict[str, Any] = {
    "md5": "",
    "type": 2,
    "path": "p",
    "size": 0,
    "time": 0,
    "key": KEY,
    "upload": "",
    "object_size": 40,
    "modified": "then",
    "etag": "e",
    "number": 4,
    "part_size": PART,
}
PART_TEXT = b"<Part><Index>%d</Index><Offset>0</Offset><Size>1</Size><ETag></ETag><Completed>1</Completed></Part>"


def many(count: int, claimed: int) -> bytes:
    rows = b"".join(PART_TEXT % n for n in range(count))
    return text_of_checkpoint(FIELDS | {"number": claimed}, []).replace(
        b"<Parts></Parts>", b"<Parts>" + rows + b"</Parts>"
    )


HUGE: dict[str, Callable[[], bytes]] = {
    "claims a thousand million parts": lambda: many(4, 1_000_000_000),
    "claims the most": lambda: many(0, 2**31 - 1),
    "has half a million parts": lambda: many(500_000, 500_000),
    "has one part half a million times": lambda: many(1, 1).replace(b"<Part>", b"<Part>" * 500_000),
    "has the part size of a planet": lambda: text_of_checkpoint(FIELDS | {"part_size": 2**63 - 1}, TRUE_PARTS),
    "expands": lambda: b"<!DOCTYPE a [<!ENTITY a '%s'>]><Checkpoint>%s</Checkpoint>" % (b"a" * 9999, b"&a;" * 9999),
    "has a name of megabytes": lambda: text_of_checkpoint(FIELDS | {"key": "x" * 5_000_000}, []),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_checkpoint_that_claims_much_costs_little(name: str, tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_bytes(data := HUGE[name]())
    weight = len(data)
    del data
    checkpoint = oss_checkpoint_t()
    tracemalloc.start()
    code = oss_load_checkpoint(None, str(tmp_path / "checkpoint"), checkpoint)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * weight + (24 << 20), "10,000 parts, and the file a few times"
    assert code == AOSE_OK or checkpoint.parts is None


def test_a_sparse_file_is_not_read_whole(tmp_path: Path) -> None:
    with open(tmp_path / "checkpoint", "wb") as file:
        os.truncate(file.fileno(), 1 << 40)
    tracemalloc.start()
    assert oss_load_checkpoint(None, str(tmp_path / "checkpoint"), oss_checkpoint_t()) != AOSE_OK
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 260 << 20
