"""The C suite test_aos, by the names of its cases: requests, signatures, answers, files, the transport.

Cases of functions that are not public here check their nearest counterpart. ``test_aos_texts`` has the other half.
"""

from __future__ import annotations

import errno
import os
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import trustme

from aos._c.refs import aos_ref_t
from aos.aos_http_io import *
from oss.oss_auth import *
from oss.oss_resumable import oss_get_file_info
from oss.oss_util import *
from tests.service import table
from tests.wire import Peer, Result, WireServer, answer, request_to, say, silent_host

SIZE = 769686
DATE = "Fri, 06 Sep 2019 08:54:24 GMT"
TOO_LONG = "0" * AOS_MAX_QUERY_ARG_LEN


@pytest.fixture
def big(tmp_path: Path) -> str:
    """A file of a known size and time."""
    path = tmp_path / "picture.jpg"
    path.touch()
    os.truncate(path, SIZE)
    os.utime(path, (1484800000, 1484800000))
    return str(path)


@pytest.fixture
def absent(tmp_path: Path) -> list[Any]:
    """Paths that nothing can be opened at."""
    return [str(tmp_path / "no folder" / "invalid-path"), "", None]


@pytest.fixture
def closed(tmp_path: Path) -> apr_file_t:
    """A file that was open."""
    file = apr_file_t()
    path = tmp_path / "closed"
    assert apr_file_open(file, path, APR_CREATE | APR_WRITE, APR_UREAD | APR_UWRITE | APR_GREAD, None) == APR_SUCCESS
    apr_file_close(file)
    return file


def options_with(endpoint: str = "oss.example", is_cname: int = 0) -> oss_request_options_t:
    options = oss_request_options_create(None)
    options.config = config = oss_config_create(options.pool)
    config.endpoint, config.is_cname = endpoint, is_cname
    config.access_key_id, config.access_key_secret = "id", "secret"
    options.ctl = aos_http_controller_create(options.pool, 0)
    return options


# ---- options and addresses ----


def test_oss_config_resolve() -> None:
    config, ctl = oss_config_create(None), aos_http_controller_create(None, 0)
    ctl.options = aos_http_request_options_create(None)

    def resolved() -> tuple[str | None, str | None]:
        oss_config_resolve(None, config, ctl)
        return ctl.options.proxy_host, ctl.options.proxy_auth

    assert resolved() == (None, None)
    config.proxy_host = "192.168.1.1"
    assert resolved() == ("192.168.1.1", None)
    config.proxy_user = "test"
    assert resolved() == ("192.168.1.1", None)
    config.proxy_passwd = "test"
    assert resolved() == ("192.168.1.1", "test:test")
    config.proxy_port = 8080
    assert resolved() == ("192.168.1.1:8080", "test:test")


def test_oss_request_options_create_with_null_pool() -> None:
    options = oss_request_options_create(None)
    assert options.pool.is_open
    aos_pool_destroy(options.pool)
    assert not options.pool.is_open


@pytest.mark.parametrize("is_cname", [0, 1])
def test_oss_get_service_uri(is_cname: int) -> None:
    req = aos_http_request_create(None)
    oss_get_service_uri(options_with("192.168.1.1", is_cname), req)
    assert (req.proto, req.host, req.uri) == ("", "192.168.1.1", "")


@pytest.mark.parametrize(("is_cname", "uri"), [(0, "test/live/test"), (1, "live/test")])
def test_oss_get_rtmp_uri(is_cname: int, uri: str) -> None:
    req = aos_http_request_create(None)
    oss_get_rtmp_uri(options_with("http://192.168.1.1", is_cname), "test", "test", req)
    assert (req.proto, req.host, req.uri) == ("rtmp://", "192.168.1.1", uri)


def of_object(endpoint: str, is_cname: int) -> tuple[str | None, ...]:
    req = aos_http_request_create(None)
    oss_get_object_uri(options_with(endpoint, is_cname), "bucket-1", "key-2", req)
    return req.proto, req.host, req.uri


def of_bucket(endpoint: str, is_cname: int) -> tuple[str | None, ...]:
    req = aos_http_request_create(None)
    oss_get_bucket_uri(options_with(endpoint, is_cname), "bucket-1", req)
    return req.proto, req.host, req.uri, req.resource


def test_oss_get_object_uri_with_cname() -> None:
    assert of_object("img.abc.com", 1) == ("", "img.abc.com", "key-2")


def test_oss_get_object_uri_with_ip() -> None:
    assert of_object("http://140.205.63.8", 0) == ("http://", "140.205.63.8", "bucket-1/key-2")


def test_oss_get_bucket_uri_with_cname() -> None:
    assert of_bucket("https://img.abc.com", 1) == ("https://", "img.abc.com", "bucket-1", "bucket-1/")


def test_oss_get_bucket_uri_with_ip() -> None:
    assert of_bucket("140.205.63.8", 0) == ("", "140.205.63.8", "bucket-1", "bucket-1")


# ---- signatures ----


def test_oss_get_string_to_sign_negative() -> None:
    def signed(headers: aos_table_t, params: aos_table_t | None) -> tuple[int, str | None]:
        text = aos_string_t()
        return oss_get_string_to_sign(None, HTTP_GET, "", headers, params, text), text.data

    dated = table(x_oss_date=DATE)
    text = f"GET\n\n\n{DATE}\nx-oss-date:{DATE}\n"
    assert signed(table(Content_Type="image/jpeg"), table())[0] == AOSE_INVALID_ARGUMENT
    assert signed(dated, None) == (AOSE_OK, text)
    assert signed(dated, table(x_oss_process=TOO_LONG))[0] == AOSE_INVALID_ARGUMENT
    value = "0" * AOS_MAX_HEADER_LEN
    code, long = signed(table(x_oss_date=DATE, x_oss_meta_user1=value), table())
    assert (code, long) == (AOSE_OK, f"{text}x-oss-meta-user1:{value}\n"), "C leaves a header of this length out"


def test_oss_sign_request_negative() -> None:
    config = options_with().config
    req = aos_http_request_create(None)
    req.resource = "0" * AOS_MAX_URI_LEN
    assert oss_sign_request(req, config) == AOSE_INVALID_ARGUMENT
    assert "Authorization" not in req.headers
    req.resource = "bucket/key"
    assert oss_sign_request(req, config) == AOSE_OK
    assert str(req.headers["Authorization"]).startswith("OSS id:")


def request_for(params: aos_table_t) -> aos_http_request_t:
    req = aos_http_request_create(None)
    req.host, req.uri, req.query_params = "oss.example", "test", params
    return req


Sign = Callable[[aos_http_request_t, aos_string_t], int]


def check_too_long(sign: Sign) -> None:
    """The same request is signed with a parameter that fits, refused with one that is too long."""
    result = aos_string_t()
    assert sign(request_for(table(x_oss_process=TOO_LONG)), result) == AOSE_INVALID_ARGUMENT
    assert result.data is None
    assert sign(request_for(table(x_oss_process="fits")), result) == AOSE_OK
    assert result.len > 0


def test_get_oss_request_signature_negative() -> None:
    check_too_long(lambda req, result: get_oss_request_signature(options_with(), req, "12343", result))


def test_oss_get_signed_url_negative() -> None:
    check_too_long(lambda req, result: oss_get_signed_url(options_with(), req, "12343", result))


def test_oss_get_rtmp_signed_url_negative() -> None:
    more = table(x_oss_param1="test1", x_oss_param2="test2")
    check_too_long(lambda req, url: oss_get_rtmp_signed_url(options_with(), req, "12343", "test", more, url))


# ---- what calls are made of ----


def test_oss_create_bucket_info() -> None:
    info = oss_create_bucket_info(None)
    assert isinstance(info, oss_bucket_info_t)
    assert {str(getattr(info, field.name)) for field in info.c_fields} == {""}


def test_oss_get_part_size() -> None:
    part_size = aos_ref_t(2)
    oss_get_part_size(49999, part_size)
    assert part_size.value == 5


def test_part_sort_cmp() -> None:
    first, second = oss_upload_part_t(), oss_upload_part_t()
    first.part_num, second.part_num = 1, 2
    assert (part_sort_cmp(second, first), part_sort_cmp(first, second)) == (1, -1)


def test_set_content_type() -> None:
    headers = aos_table_t()
    set_content_type(None, None, headers)
    assert list(headers.items()) == []


def test_oss_check_crc_consistent() -> None:
    s = aos_status_create(None)
    assert (oss_check_crc_consistent(0, aos_table_t(), s), s.code) == (AOSE_OK, 0)
    theirs = table(x_oss_hash_crc64ecma="1")
    assert oss_check_crc_consistent(0, theirs, s) == s.code == AOSE_CRC_INCONSISTENT_ERROR


def test_oss_temp_file_rename(tmp_path: Path) -> None:
    assert oss_temp_file_rename(None, None, None, None) == -1
    s = aos_status_create(None)
    s.code = 400
    assert oss_temp_file_rename(s, str(tmp_path / "test-path"), None, None) == errno.ENOENT


def test_oss_fill_read_response_header() -> None:
    headers = table(kept="1")
    oss_fill_read_response_header(None, headers)
    assert list(headers.items()) == [("kept", "1")]
    oss_fill_read_response_header(aos_http_response_create(None), None)


def check_framed_body(prepare: Callable[[Any, Any], int]) -> None:
    """NULLs are left alone, a body taken by a callback too; any other is read through the frames."""
    assert prepare(None, None) == prepare(aos_pool_t(), None) == AOSE_OK
    resp = aos_http_response_create(None)
    resp.type, writer = BODY_IN_CALLBACK, resp.write_body
    assert prepare(None, resp) == AOSE_OK
    assert (resp.write_body is writer, resp.user_data) == (True, None)
    resp.type = BODY_IN_MEMORY
    assert prepare(None, resp) == AOSE_OK
    assert resp.write_body is not writer


def test_oss_init_select_object_read_response_body() -> None:
    check_framed_body(oss_init_select_object_read_response_body)


def test_oss_init_create_select_object_meta_read_response_body() -> None:
    check_framed_body(oss_init_create_select_object_meta_read_response_body)


def check_framed_status(check: Callable[[Any, Any], None]) -> None:
    """NULLs are left alone, and so is the status of an answer that was not framed."""
    resp, s = aos_http_response_create(None), aos_status_create(None)
    s.code = 206
    for given in ((None, None), (resp, None), (None, s), (resp, s)):
        check(*given)
    assert (s.code, s.error_code) == (206, None)


def test_oss_check_select_object_status() -> None:
    check_framed_status(oss_check_select_object_status)


def test_oss_check_create_select_object_meta_status() -> None:
    check_framed_status(lambda resp, s: oss_check_create_select_object_meta_status(resp, s, None))


# ---- files ----


def test_oss_get_file_info(big: str) -> None:
    finfo = apr_finfo_t()
    assert oss_get_file_info(big, None, finfo) == AOSE_OK
    assert (finfo.size, finfo.mtime) == (SIZE, 1484800000_000000)
    assert oss_get_file_info("", None, finfo) == errno.ENOENT


def test_aos_open_file_for_read(big: str) -> None:
    fb = aos_create_file_buf(None)
    assert aos_open_file_for_read(None, big, fb) == AOSE_OK
    assert (fb.file_pos, fb.file_last) == (0, SIZE)
    apr_file_close(fb.file)


Opener = Callable[[Any, aos_file_buf_t], int]


def check_cannot_open(paths: list[Any], opener: Opener) -> None:
    for path in paths:
        fb = aos_create_file_buf(None)
        assert opener(path, fb) == AOSE_OPEN_FILE_ERROR, path
        assert fb.file is None


def test_aos_open_file_for_read_fail(absent: list[Any]) -> None:
    check_cannot_open(absent, lambda path, fb: aos_open_file_for_read(None, path, fb))


def test_aos_open_file_for_range_read_fail(big: str, absent: list[Any]) -> None:
    fb = aos_create_file_buf(None)
    assert aos_open_file_for_range_read(None, big, SIZE + 10, SIZE, fb) == AOSE_OK
    assert (fb.file_pos, fb.file_last) == (SIZE, SIZE)
    apr_file_close(fb.file)
    check_cannot_open(absent, lambda path, fb: aos_open_file_for_range_read(None, path, SIZE + 10, SIZE, fb))


def test_aos_open_file_for_write_fail(absent: list[Any]) -> None:
    check_cannot_open(absent, lambda path, fb: aos_open_file_for_write(None, path, fb))


def test_aos_open_file_for_write_notrunc_fail(absent: list[Any]) -> None:
    check_cannot_open(absent, lambda path, fb: aos_open_file_for_write_notrunc(None, path, fb))


def test_oss_write_request_body_from_file() -> None:
    req = aos_http_request_create(None)
    assert oss_write_request_body_from_file(None, "", req) == AOSE_OPEN_FILE_ERROR
    assert req.file_buf is None
    assert req.type == BODY_IN_MEMORY


def test_oss_write_request_body_from_upload_file() -> None:
    req, piece = aos_http_request_create(None), oss_create_upload_file(None)
    piece.filename, piece.file_pos, piece.file_last = "", 0, 100
    assert oss_write_request_body_from_upload_file(None, piece, req) == AOSE_OPEN_FILE_ERROR
    assert req.file_buf is None
    assert req.type == BODY_IN_MEMORY


def test_oss_init_read_response_body_to_file() -> None:
    resp = aos_http_response_create(None)
    assert oss_init_read_response_body_to_file(None, "", resp) == AOSE_OPEN_FILE_ERROR
    assert resp.file_buf is None
    assert resp.type == BODY_IN_MEMORY


def test_aos_read_http_body_file_fail(closed: apr_file_t) -> None:
    req, buffer = aos_http_request_create(None), bytearray(16)
    assert aos_read_http_body_file(req, buffer, 0) == AOSE_INVALID_ARGUMENT
    req.file_buf = fb = aos_create_file_buf(None)
    assert aos_read_http_body_file(req, buffer, 0) == AOSE_INVALID_ARGUMENT
    fb.file, fb.file_pos, fb.file_last = closed, 0, 2
    assert aos_read_http_body_file(req, buffer, 1) == AOSE_FILE_READ_ERROR


def test_aos_write_http_body_file_fail(closed: apr_file_t) -> None:
    resp = aos_http_response_create(None)
    assert aos_write_http_body_file(resp, b"a", 1) == AOSE_INVALID_ARGUMENT
    resp.file_buf = fb = aos_create_file_buf(None)
    assert aos_write_http_body_file(resp, b"a", 1) == AOSE_OPEN_FILE_ERROR
    fb.file = closed
    assert aos_write_http_body_file(resp, b"a", 1) == AOSE_FILE_WRITE_ERROR
    assert resp.body_len == 0


# ---- the transport ----


def test_aos_http_controller_create() -> None:
    ctl = aos_http_controller_create(None, 0)
    assert ctl.pool.is_open
    options = ctl.options
    assert (options.verify_ssl, options.ca_file, options.ca_path) == (AOS_TRUE, None, None)


def no_memory(*_: object) -> int:
    raise MemoryError


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Result]]:
    """One request that fails in the way named."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with WireServer(say()) as gone:
        nobody = gone.url

    def served(data: bytes, writer: Any = aos_write_http_body_memory, tls: ssl.SSLContext | None = None) -> Result:
        def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
            resp.write_body = writer

        with WireServer(say(data, then=None), tls=tls) as server:
            return request_to(server.url, prepare=prepare)

    def timed_out() -> Result:
        with silent_host() as url:
            return request_to(url, connect_timeout=1)

    ways: dict[str, Callable[[], Result]] = {
        "no memory": lambda: served(answer(b"hello"), no_memory),
        "proxy not found": lambda: request_to(nobody, proxy_host="no-such-proxy.invalid"),
        "host not found": lambda: request_to("http://no-such-host.invalid/"),
        "no connection": lambda: request_to(nobody),
        "write error": lambda: served(answer(b"hello"), lambda *_: -1),
        "timed out": timed_out,
        "cut short": lambda: served(answer(b"hell", length=5)),
        "certificate": lambda: served(b"", tls=context),
        "anything else": lambda: served(b"garbage\r\n\r\n"),
    }
    yield lambda way: ways[way]()


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("no memory", AOSE_OUT_MEMORY),
        ("proxy not found", AOSE_NAME_LOOKUP_ERROR),
        ("host not found", AOSE_NAME_LOOKUP_ERROR),
        ("no connection", AOSE_FAILED_CONNECT),
        ("write error", AOSE_WRITE_BODY_ERROR),  # in C too, whose table is asked only for what has no code yet
        ("timed out", AOSE_CONNECTION_FAILED),
        ("cut short", AOSE_CONNECTION_FAILED),  # success in C
        ("certificate", AOSE_FAILED_VERIFICATION),
        ("anything else", AOSE_INTERNAL_ERROR),
    ],
)
def test_aos_curl_code_to_status(failures: Callable[[str], Result], way: str, code: int) -> None:
    """libcurl's codes are failures of the exchange here."""
    found = failures(way)
    assert found.code == found.ctl.error_code == code, found.reason


def test_aos_request_get_release(no_connections: None) -> None:
    """libcurl's handles are connections here: more of them than C keeps can be used at once, and used again."""
    count, rounds = AOS_REQUEST_STACK_SIZE + 2, 2
    together = threading.Barrier(count)

    def script(peer: Peer) -> None:
        for _ in range(rounds):
            peer.request()
            together.wait(10)
            peer.send(answer(b"hello"))

    with WireServer(script) as server, ThreadPoolExecutor(count) as pool:
        for _ in range(rounds):
            found = list(pool.map(request_to, [server.url] * count))
            assert {result.outcome for result in found} == {(AOSE_OK, 200, b"hello")}
        assert server.connections == count
