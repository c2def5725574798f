"""The C suite test_oss_resumable, by the names of its cases: those that need no service.

The others are in tests/oss: test_oss_resumable.py and _transfer/test_upload.py.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from oss.oss_api import *
from oss.oss_xml import oss_build_checkpoint_xml, oss_checkpoint_parse_from_body

FILE = "D:\\work\\oss\\BingWallpaper-2017-01-19.jpg"
UPLOAD_ID = "0004B9894A22E5B1888A1E29F8236E2D"
SIZE, MTIME, PART_SIZE = 510598, 1459922563, 1024 * 100
PATHS = [(oss_get_upload_checkpoint_path, ".ucp"), (oss_get_download_checkpoint_path, ".dcp")]


def clt_params(threads: int, path: str | None = None, enabled: int = AOS_TRUE) -> oss_resumable_clt_params_t:
    return oss_create_resumable_clt_params_content(None, PART_SIZE, threads, enabled, path)


def finfo_of(size: int, mtime: int) -> apr_finfo_t:
    made = apr_finfo_t()
    made.size, made.mtime = size, mtime
    return made


@pytest.fixture
def pool() -> aos_pool_t:
    made = aos_pool_t()
    assert aos_pool_create(made, None) == 0
    return made


@pytest.fixture
def checkpoint(pool: aos_pool_t) -> oss_checkpoint_t:
    """That of an upload that begins."""
    made = oss_create_checkpoint_content(pool)
    oss_build_upload_checkpoint(pool, made, FILE, finfo_of(SIZE, MTIME), UPLOAD_ID, PART_SIZE)
    return made


def test_resumable_oss_get_thread_num() -> None:
    assert [oss_get_thread_num(clt_params(wanted)) for wanted in (1024, 0, -1, 1025)] == [1024, 1, 1, 1]


@pytest.mark.parametrize(("function", "suffix"), PATHS)
def test_resumable_oss_get_checkpoint_path(pool: aos_pool_t, function: Any, suffix: str) -> None:
    found = aos_string_t()
    function(clt_params(1024, enabled=AOS_FALSE), FILE, pool, found)
    assert (found.data, found.len) == (None, 0)
    function(clt_params(1024, "given.checkpoint"), FILE, pool, found)
    assert found.data == "given.checkpoint"
    for path in (FILE, "/data/oss/BingWallpaper-2017-01-19.jpg"):
        for before in ("something else", ""):
            found.data = before
            function(clt_params(1024), path, pool, found)
            assert found.data == path + suffix


def test_resumable_oss_get_file_info(pool: aos_pool_t, tmp_path: Path) -> None:
    finfo, file = apr_finfo_t(), tmp_path / "test_resumable_oss_get_file_info.txt"
    for missing in ("", str(tmp_path / "uvwxyz/abchij/test.udp"), str(file)):
        assert APR_STATUS_IS_ENOENT(oss_get_file_info(missing, pool, finfo)), missing
    for size in (0, 1024):
        file.write_bytes(os.urandom(size))
        assert oss_get_file_info(str(file), pool, finfo) == AOSE_OK
        assert (finfo.size, finfo.mtime) == (size, file.stat().st_mtime_ns // 1000)


def test_resumable_oss_does_file_exist(pool: aos_pool_t, tmp_path: Path) -> None:
    file = tmp_path / "test_resumable_oss_does_file_exist.txt"
    assert not any(oss_does_file_exist(path, pool) for path in ("", "/uvwxyz/abchij/test.udp", str(file)))
    file.write_bytes(os.urandom(1024))
    assert oss_does_file_exist(str(file), pool)


def dump(pool: aos_pool_t, checkpoint: oss_checkpoint_t, path: str) -> None:
    assert oss_open_checkpoint_file(pool, path, checkpoint) == APR_SUCCESS
    assert oss_dump_checkpoint(pool, checkpoint) == AOSE_OK
    apr_file_close(checkpoint.thefile)


def test_resumable_oss_dump_checkpoint(pool: aos_pool_t, checkpoint: oss_checkpoint_t, tmp_path: Path) -> None:
    file = tmp_path / "test_resumable_oss_dump_checkpoint.ucp"
    dump(pool, checkpoint, str(file))
    written = file.read_text()
    assert written == oss_build_checkpoint_xml(pool, checkpoint)
    checkpoint.thefile = apr_file_t()
    assert apr_file_open(checkpoint.thefile, str(file), APR_READ, APR_UREAD | APR_GREAD, pool) == APR_SUCCESS
    assert oss_dump_checkpoint(pool, checkpoint) == AOSE_FILE_TRUNC_ERROR, "opened for reading"
    apr_file_close(checkpoint.thefile)
    assert oss_dump_checkpoint(pool, checkpoint) == AOSE_FILE_TRUNC_ERROR, "closed"
    assert file.read_text() == written


def test_resumable_oss_load_checkpoint(pool: aos_pool_t, checkpoint: oss_checkpoint_t, tmp_path: Path) -> None:
    file = tmp_path / "test_resumable_oss_load_checkpoint.ucp"
    dump(pool, checkpoint, str(file))
    loaded = oss_create_checkpoint_content(pool)
    assert oss_load_checkpoint(pool, str(file), loaded) == AOSE_OK
    for name in ("md5", "upload_id", "file_path"):
        assert str(getattr(loaded, name)) == str(getattr(checkpoint, name)), name
    for name in ("cp_type", "part_num", "part_size", "file_size", "file_last_modified"):
        assert getattr(loaded, name) == getattr(checkpoint, name), name
    assert (loaded.part_num, loaded.part_size, str(loaded.upload_id)) == (5, PART_SIZE, UPLOAD_ID)
    assert oss_load_checkpoint(pool, "/uvwxyz/abchij/test.udp", loaded) == AOSE_OPEN_FILE_ERROR
    file.write_bytes(os.urandom(1024))
    assert oss_load_checkpoint(pool, str(file), loaded) == AOSE_XML_PARSE_ERROR


def test_resumable_oss_is_upload_checkpoint_valid(pool: aos_pool_t, checkpoint: oss_checkpoint_t) -> None:
    for size, mtime, valid in ((SIZE, MTIME, 1), (SIZE + 1, MTIME, 0), (SIZE + 1, MTIME - 1, 0), (SIZE, MTIME - 1, 0)):
        assert oss_is_upload_checkpoint_valid(pool, checkpoint, finfo_of(size, mtime)) == valid, (size, mtime)


XML_TEXTS = {
    "file_path": FILE,
    "file_md5": "fba9dede5f27731c9771645a39863328",
    "object_name": "~/oss/BingWallpaper-2017-01-19.jpg",
    "object_last_modified": "Fri, 24 Feb 2012 06:07:48 GMT",
    "object_etag": "0F7230CAA4BE94CCBDC99C5500000000",
    "upload_id": UPLOAD_ID,
}
XML_NUMBERS = {
    "cp_type": OSS_CP_UPLOAD,
    "file_size": SIZE,
    "file_last_modified": MTIME,
    "object_size": SIZE,
    "part_num": 5,
    "part_size": PART_SIZE,
}
XML_PARTS = [
    (index, index * PART_SIZE, min(PART_SIZE, SIZE - index * PART_SIZE), AOS_TRUE, "", 0) for index in range(5)
]
XML = (
    '<?xml version="1.0" encoding="utf-8"?>'
    "<Checkpoint><MD5></MD5><Type>1</Type>"
    f"<LocalFile><Path>{FILE}</Path><Size>510598</Size><LastModified>1459922563</LastModified>"
    "<MD5>fba9dede5f27731c9771645a39863328</MD5></LocalFile>"
    "<Object><Key>~/oss/BingWallpaper-2017-01-19.jpg</Key><Size>510598</Size>"
    "<LastModified>Fri, 24 Feb 2012 06:07:48 GMT</LastModified><ETag>0F7230CAA4BE94CCBDC99C5500000000</ETag></Object>"
    f"<UploadId>{UPLOAD_ID}</UploadId>"
    "<CPParts><Number>5</Number><Size>102400</Size><Parts>{parts}</Parts></CPParts></Checkpoint>\n"
).replace(
    "{parts}",
    "".join(
        f"<Part><Index>{index}</Index><Offset>{offset}</Offset><Size>{size}</Size><Completed>1</Completed>"
        "<ETag></ETag><Crc64>0</Crc64></Part>"
        for index, (offset, size) in enumerate(
            [(0, 102400), (102400, 102400), (204800, 102400), (307200, 102400), (409600, 100998)]
        )
    ),
)


def test_resumable_checkpoint_xml(pool: aos_pool_t) -> None:
    made = oss_create_checkpoint_content(pool)
    for name, value in (*XML_TEXTS.items(), *XML_NUMBERS.items()):
        setattr(made, name, value)
    part_size = aos_ref_t(PART_SIZE)
    oss_get_part_size(made.file_size, part_size)
    assert part_size.value == PART_SIZE
    oss_build_parts(SIZE, PART_SIZE, made.parts)
    for part in made.parts:
        part.completed, part.etag = AOS_TRUE, ""
    assert oss_build_checkpoint_xml(pool, made) == XML

    read = oss_create_checkpoint_content(pool)
    assert oss_checkpoint_parse_from_body(pool, XML, read) == AOSE_OK
    assert str(read.md5) == ""
    assert {name: str(getattr(read, name)) for name in XML_TEXTS} == XML_TEXTS
    assert {name: getattr(read, name) for name in XML_NUMBERS} == XML_NUMBERS
    assert [(p.index, p.offset, p.size, p.completed, str(p.etag), p.crc64) for p in read.parts] == XML_PARTS


# ---- wrong arguments ----


def test_oss_get_thread_num_negative() -> None:
    assert oss_get_thread_num(None) == 1


def _checkpoint_path_negative(function: Any) -> None:
    """NULL settings leave the path alone, and a NULL path is no crash."""
    path = aos_string_t("as it was")
    function(None, None, None, None)
    function(None, None, None, path)
    function(clt_params(1, "given"), "file", None, None)
    assert path.data == "as it was"


def test_oss_get_upload_checkpoint_path_negative() -> None:
    _checkpoint_path_negative(oss_get_upload_checkpoint_path)


def test_oss_get_download_checkpoint_path_negative() -> None:
    _checkpoint_path_negative(oss_get_download_checkpoint_path)


def test_oss_is_upload_checkpoint_valid_negative() -> None:
    for cp_type, size, mtime, valid in (
        (OSS_CP_UPLOAD, 100, 1000, 1),
        (OSS_CP_DOWNLOAD, 100, 1000, 0),
        (OSS_CP_UPLOAD, 101, 1000, 0),
        (OSS_CP_UPLOAD, 100, 1001, 0),
    ):
        made = oss_checkpoint_t()
        made.cp_type, made.file_size, made.file_last_modified = cp_type, size, mtime
        assert oss_is_upload_checkpoint_valid(None, made, finfo_of(100, 1000)) == valid, (cp_type, size, mtime)


def test_oss_is_download_checkpoint_valid_negative() -> None:
    time, etag = "last modified", "etag"
    for cp_type, size, recorded_time, recorded_etag, valid in (
        (OSS_CP_DOWNLOAD, 100, time, etag, 1),
        (OSS_CP_UPLOAD, 100, time, etag, 0),
        (OSS_CP_DOWNLOAD, 101, time, etag, 0),
        (OSS_CP_DOWNLOAD, 100, "", etag, 0),
        (OSS_CP_DOWNLOAD, 100, time, "", 0),
    ):
        made = oss_checkpoint_t()
        made.cp_type, made.object_size = cp_type, size
        made.object_last_modified, made.object_etag = recorded_time, recorded_etag
        assert oss_is_download_checkpoint_valid(None, made, None, 100, time, etag) == valid, made


def test_oss_dump_checkpoint_negative(checkpoint: oss_checkpoint_t) -> None:
    nothing: Any = None
    assert oss_dump_checkpoint(None, nothing) == AOSE_OUT_MEMORY
    assert oss_dump_checkpoint(None, checkpoint) == AOSE_OUT_MEMORY
