"""Append, CRC64, progress and upload callbacks; one test a case of the C SDK's suites."""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from aos.aos_crc64 import (
    AOS_FALSE,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_OPEN_FILE_ERROR,
    aos_crc64,
    aos_crc64_combine,
    aos_crc64_test,
    aos_table_t,
)
from oss.local_server.faults import Fault
from oss.oss_api import (
    aos_string_t,
    oss_append_object_from_buffer,
    oss_append_object_from_file,
    oss_create_complete_part_content,
    oss_create_upload_file,
    oss_do_append_object_from_buffer,
    oss_do_append_object_from_file,
    oss_do_complete_multipart_upload,
    oss_do_get_object_to_buffer,
    oss_do_get_object_to_file,
    oss_do_put_object_from_buffer,
    oss_do_put_object_from_file,
    oss_do_upload_part_from_buffer,
    oss_do_upload_part_from_file,
    oss_get_object_to_buffer,
    oss_init_multipart_upload,
    oss_upload_part_from_buffer,
)
from tests.service import Service, content, new_list, table, texts

DATA = b"Time is a bird for ever on the wing."
BIG = bytes(range(256)) * 2000


def next_of(headers: aos_table_t) -> tuple[int, int]:
    """Where the next append goes, and the CRC64 so far."""
    return int(headers["x-oss-next-append-position"] or ""), int(headers["x-oss-hash-crc64ecma"] or "")


# append


def test_append_object_from_buffer(service: Service) -> None:
    given = table()
    for position in (0, len(DATA)):
        status = oss_append_object_from_buffer(
            *service.where, "k.txt", position, new_list(DATA), given, service.headers
        )
        assert status.code == 200
    assert service.get("k.txt") == DATA * 2 and not len(given)
    headers = service.head("k.txt")
    assert (headers["x-oss-object-type"], headers["Content-Type"]) == ("Appendable", "text/plain")


def test_append_object_from_file(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "f.html"
    path.write_bytes(DATA)
    status = oss_append_object_from_file(*service.where, "k", 0, path, None, service.headers)
    assert (status.code, service.get("k"), service.head("k")["Content-Type"]) == (200, DATA, "text/html")
    status = oss_append_object_from_file(*service.where, "k", 100, path, None, service.headers)
    assert (status.code, status.error_code) == (409, "PositionNotEqualToLength")
    status = oss_append_object_from_file(*service.where, "k", 0, tmp_path / "none", None, None)
    assert status.code == AOSE_OPEN_FILE_ERROR


def test_do_append_object_from_file(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(DATA)
    position = crc = 0
    for _ in range(2):
        status = oss_do_append_object_from_file(
            *service.where, "k", position, crc, path, None, None, None, service.headers, None
        )
        assert status.code == 200
        position, crc = next_of(service.headers)
    assert service.get("k") == DATA * 2
    status = oss_do_append_object_from_file(*service.where, "k", 0, 0, tmp_path / "none", None, None, None, None, None)
    assert status.code == AOSE_OPEN_FILE_ERROR


# CRC64


def test_crc_append_object_from_buffer(service: Service) -> None:
    position = crc = 0
    for _ in range(2):
        status = oss_do_append_object_from_buffer(
            *service.where, "k", position, crc, new_list(DATA), None, None, None, service.headers, new_list()
        )
        assert status.code == 200
        position, crc = next_of(service.headers)
    assert crc == aos_crc64(0, DATA * 2, 2 * len(DATA))


def test_crc_append_object_from_file(service: Service, tmp_path: Path) -> None:
    test_do_append_object_from_file(service, tmp_path)
    assert next_of(service.headers)[1] == aos_crc64(0, DATA * 2, 2 * len(DATA))


@pytest.mark.parametrize("split", range(10))
def test_crc_combine(split: int) -> None:
    first, second = b"123456789"[:split], b"123456789"[split:]
    crc = aos_crc64_combine(aos_crc64(0, first, len(first)), aos_crc64(0, second, len(second)), len(second))
    assert crc == 0x995DC9BBDF1939FA


@pytest.mark.parametrize("little", [0, 1])
def test_crc_big_endian(little: int) -> None:
    assert aos_crc64_test(0, b"123456789", 9, little) == 0x995DC9BBDF1939FA


def test_crc_disable_crc(service: Service) -> None:
    service.options.ctl.options.enable_crc = AOS_FALSE
    service.server.add_fault(Fault(action="wrong_crc", times=None))
    service.put("k", DATA)
    assert oss_get_object_to_buffer(*service.where, "k", None, None, new_list(), None).code == 200


def test_crc_negative(service: Service, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(DATA)
    status = oss_do_append_object_from_file(*service.where, "k", 0, 1, tmp_path / "f", None, None, None, None, None)
    assert (status.code, status.error_code) == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")
    status = oss_append_object_from_file(*service.where, "k", len(DATA), tmp_path / "f", None, None)
    assert status.code == 200, "nothing is known of the CRC64 before"


# progress


class ProgressLog:
    """A progress function that remembers."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int]] = []

    def __call__(self, consumed: int, total: int) -> None:
        self.calls.append((consumed, total))

    def ended_at(self, total: int) -> bool:
        ended = bool(self.calls) and self.calls[-1] == (total, total) and self.calls == sorted(self.calls)
        self.calls = []
        return ended


def test_progress_put_and_get_from_buffer(service: Service) -> None:
    progress, buffer = ProgressLog(), new_list()
    oss_do_put_object_from_buffer(*service.where, "k", new_list(BIG, BIG), None, None, progress, None, None)
    assert progress.ended_at(2 * len(BIG))
    oss_do_get_object_to_buffer(*service.where, "k", None, None, buffer, progress, None)
    assert progress.ended_at(2 * len(BIG)) and content(buffer) == BIG * 2


def test_progress_put_and_get_from_file(service: Service, tmp_path: Path) -> None:
    progress = ProgressLog()
    (tmp_path / "up").write_bytes(BIG)
    oss_do_put_object_from_file(*service.where, "k", tmp_path / "up", None, None, progress, None, None)
    assert progress.ended_at(len(BIG))
    oss_do_get_object_to_file(*service.where, "k", None, None, tmp_path / "down", progress, None)
    assert progress.ended_at(len(BIG)) and (tmp_path / "down").read_bytes() == BIG


def test_progress_put_and_get_empty_body(service: Service) -> None:
    progress = ProgressLog()
    oss_do_put_object_from_buffer(*service.where, "k", new_list(), None, None, progress, None, None)
    assert progress.ended_at(0)
    status = oss_do_get_object_to_buffer(*service.where, "k", None, None, new_list(), progress, None)
    assert (status.code, progress.calls) == (200, [])


def test_progress_append_object(service: Service, tmp_path: Path) -> None:
    progress = ProgressLog()
    (tmp_path / "f").write_bytes(BIG)
    oss_do_append_object_from_buffer(
        *service.where, "k", 0, 0, new_list(BIG), None, None, progress, service.headers, None
    )
    assert progress.ended_at(len(BIG))
    position, crc = next_of(service.headers)
    oss_do_append_object_from_file(*service.where, "k", position, crc, tmp_path / "f", None, None, progress, None, None)
    assert progress.ended_at(len(BIG)) and service.get("k") == BIG * 2


def upload_id(service: Service) -> aos_string_t:
    found = aos_string_t()
    assert oss_init_multipart_upload(*service.where, "k", found, None, None).code == 200
    return found


def test_progress_multipart_from_buffer(service: Service) -> None:
    progress = ProgressLog()
    status = oss_do_upload_part_from_buffer(
        *service.where, "k", upload_id(service), 1, new_list(BIG), progress, None, None, None, None
    )
    assert status.code == 200 and progress.ended_at(len(BIG))


def test_progress_multipart_from_file(service: Service, tmp_path: Path) -> None:
    progress, piece = ProgressLog(), oss_create_upload_file(None)
    (tmp_path / "f").write_bytes(BIG)
    piece.filename, piece.file_pos, piece.file_last = str(tmp_path / "f"), 1000, 51_000
    status = oss_do_upload_part_from_file(
        *service.where, "k", upload_id(service), 1, piece, progress, None, None, None, None
    )
    assert status.code == 200 and progress.ended_at(50_000)


class Stop(Exception):
    pass


def files_open_in(folder: Path) -> list[str]:
    """Where the system tells."""
    links = Path("/proc/self/fd")
    files = [os.path.realpath(link) for link in links.iterdir()] if links.is_dir() else []
    return [name for name in files if name.startswith(str(folder))]


def stopping(consumed: int, total: int) -> None:
    raise Stop(f"{consumed} of {total}")


def test_a_progress_function_that_raises_ends_the_call(service: Service, tmp_path: Path) -> None:
    service.put("k", BIG)
    (tmp_path / "up").write_bytes(BIG)
    with pytest.raises(Stop):
        oss_do_put_object_from_buffer(*service.where, "k2", new_list(BIG), None, None, stopping, None, None)
    with pytest.raises(Stop):
        oss_do_put_object_from_file(*service.where, "k2", tmp_path / "up", None, None, stopping, None, None)
    with pytest.raises(Stop):
        oss_do_get_object_to_buffer(*service.where, "k", None, None, new_list(), stopping, None)
    with pytest.raises(Stop):
        oss_do_get_object_to_file(*service.where, "k", None, None, tmp_path / "down", stopping, None)
    assert os.listdir(tmp_path) == ["up"], "the temporary file is gone"
    with pytest.raises(KeyError):
        service.get("k2")
    assert not files_open_in(tmp_path)


# upload callbacks


@pytest.fixture
def callback_server() -> Iterator[tuple[str, list[bytes]]]:
    received: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "15")
            self.end_headers()
            self.wfile.write(b'{"Status":"OK"}')

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", received
        server.shutdown()
        thread.join(5)


def callback_header(url: str) -> aos_table_t:
    config = {"callbackUrl": url, "callbackBody": "object=${object}&size=${size}"}
    return table(x_oss_callback=base64.b64encode(json.dumps(config).encode()).decode())


def test_callback_put_object_from_buffer(service: Service, callback_server: tuple[str, list[bytes]]) -> None:
    url, received = callback_server
    answer = new_list()
    status = oss_do_put_object_from_buffer(
        *service.where, "k", new_list(DATA), callback_header(url), None, None, service.headers, answer
    )
    assert (status.code, content(answer), received) == (200, b'{"Status":"OK"}', [b"object=k&size=36"])


def test_callback_multipart_from_buffer(service: Service, callback_server: tuple[str, list[bytes]]) -> None:
    url, received = callback_server
    answer, id_ = new_list(), upload_id(service)
    assert oss_upload_part_from_buffer(*service.where, "k", id_, 1, new_list(DATA), service.headers).code == 200
    part = oss_create_complete_part_content(None)
    part.part_number, part.etag = "1", service.headers["ETag"]
    status = oss_do_complete_multipart_upload(
        *service.where, "k", id_, new_list(part), callback_header(url), None, service.headers, answer
    )
    assert (status.code, content(answer), received) == (200, b'{"Status":"OK"}', [b"object=k&size=36"])
    assert texts(new_list(part), "part_number") == ["1"] and service.get("k") == DATA
