"""What the SDK does with a bytearray it does with a pointer into a block: it reads and fills what is there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aos.aos_crc64 import *
from aos.aos_http_io import *
from aos.aos_transport import *
from aos.apr_strings import *
from oss.c_runtime.arrays import array
from oss.c_runtime.numbers import char, int32_t, int64_t
from oss.c_runtime.pointers import ptr
from oss.oss_api import *

TEXT = b"Hello, 42 world/%41 "


def file_of(flags: int) -> apr_file_t:
    opened = apr_file_t()
    assert apr_file_open(opened, "x", flags, APR_OS_DEFAULT, None) == 0
    return opened


def buffer_of_a_body(data: Any) -> bytes:
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    body = aos_buf_pack(pool, b"start ", 6)
    aos_buf_append_string(pool, body, data, 5)
    return bytes(body)


def written_to_a_list(data: Any) -> bytes:
    request = aos_http_request_create(None)
    response = aos_http_response_create(None)
    assert request is not None and aos_write_http_body_memory(response, data, 5) == 5
    return b"".join(bytes(part) for part in aos_list_for_each_entry(aos_buf_t, response.body, "node"))


def written_to_a_file(data: Any) -> bytes:
    response = aos_http_response_create(None)
    response.file_path = "y"
    response.type = BODY_IN_FILE
    assert aos_write_http_body_file(response, data, 5) == 5
    return Path("y").read_bytes()


def read_from_a_list(room: Any) -> int:
    request, part = aos_http_request_create(None), aos_buf_pack(None, TEXT, 6)
    aos_list_add_tail(part.node, request.body)
    return aos_read_http_body_memory(request, room, 6)


READERS: dict[str, Callable[[Any], object]] = {
    "HMAC_SHA1": lambda data: HMAC_SHA1(bytearray(20), data, 4, data, 5),
    "aos_SHA256": lambda data: aos_SHA256(bytearray(32), data, 5),
    "aos_atoi64": aos_atoi64,
    "aos_base64_encode": lambda data: aos_base64_encode(data, 5, bytearray(32)),
    "aos_buf_append_string": buffer_of_a_body,
    "aos_buf_pack": lambda data: bytes(aos_buf_pack(None, data, 5)),
    "aos_crc32": lambda data: aos_crc32(0, data, 5),
    "aos_crc64": lambda data: aos_crc64(0, data, 5),
    "aos_encode_hex": lambda data: aos_encode_hex(bytearray(32), data, 5, aos_ref_t(0)),
    "aos_md5": lambda data: aos_md5(None, data, 5),
    "aos_strtoll": lambda data: aos_strtoll(data, aos_ref_t(0), 10),
    "aos_strlchr": lambda data: aos_strlchr(data, None, "o"),
    "aos_write_http_body_file": written_to_a_file,
    "aos_write_http_body_memory": written_to_a_list,
    "apr_file_write": lambda data: apr_file_write(file_of(APR_WRITE | APR_CREATE), data, aos_ref_t(5)),
    "apr_psprintf": lambda data: apr_psprintf(None, "%s|%.3s", data, data),
    "apr_table_add": lambda data: apr_table_add(apr_table_make(None, 1), data, data),
}

FILLERS: dict[str, Callable[[Any], object]] = {
    "aos_base64_encode": lambda room: aos_base64_encode(TEXT, 5, room),
    "aos_encode_hex": lambda room: aos_encode_hex(room, TEXT, 5, aos_ref_t(0)),
    "aos_get_iso8601_str_time_ex": lambda room: aos_get_iso8601_str_time_ex(room, 0),
    "aos_read_http_body_memory": read_from_a_list,
    "aos_SHA256": lambda room: aos_SHA256(room, TEXT, 5),
    "aos_url_decode": lambda room: aos_url_decode("a%20b", room),
    "aos_url_encode": lambda room: aos_url_encode(room, "a b", 10),
    "apr_file_gets": lambda room: apr_file_gets(room, 9, file_of(APR_READ)),
    "apr_file_read": lambda room: apr_file_read(file_of(APR_READ), room, aos_ref_t(6)),
    "apr_snprintf": lambda room: apr_snprintf(room, 8, "%d text", 5),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x").write_bytes(TEXT)


@pytest.mark.parametrize("name", READERS)
def test_it_reads_what_a_pointer_points_to(name: str) -> None:
    block = bytearray(b"--" + TEXT + b"\0rest")
    assert READERS[name](ptr(block, 2)) == READERS[name](bytearray(TEXT + b"\0"))


@pytest.mark.parametrize("name", FILLERS)
def test_it_fills_what_a_pointer_points_to(name: str) -> None:
    block, room = array(char, [46] * 66), bytearray(b"." * 64)
    assert FILLERS[name](block + 2) == FILLERS[name](room)
    assert bytes(block.memory()) == b".." + room != b"." * 66


def test_numbers_are_filled_through_pointers() -> None:
    sizes: Any = array(int64_t, [0, 6])
    room: Any = array(char, 16)
    assert apr_file_read(file_of(APR_READ), room, sizes + 1) == 0 and sizes[1] == 6
    places: Any = array(int32_t, 2)
    assert aos_encode_hex(room, b"ab", 2, places + 1) == 0 and places[1] == 5


def test_fields_take_a_pointer_as_their_text() -> None:
    config: Any = oss_config_create(None)
    config.endpoint = ptr("--host") + 2
    assert config.endpoint.data == "host"
    assert os.path.exists("x") and aos_string_t(ptr("text"), 2).data == "te"
