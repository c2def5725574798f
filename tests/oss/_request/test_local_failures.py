"""Failures that no service tells of: each has a code, an error code, and a sentence of what was done to what, and why
it failed."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme

from aos._http.wrong_port import SPEAKS_HTTP, SPEAKS_TLS
from aos.aos_crc64 import aos_crc64
from oss.oss_api import (
    AOS_FALSE,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_FAILED_CONNECT,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_NAME_LOOKUP_ERROR,
    AOSE_OPEN_FILE_ERROR,
    AOSE_READ_BODY_ERROR,
    AOSE_XML_PARSE_ERROR,
    aos_status_t,
    aos_string_t,
    oss_append_object_from_file,
    oss_copy_object,
    oss_create_list_object_params,
    oss_create_resumable_clt_params_content,
    oss_create_upload_file,
    oss_delete_object,
    oss_get_bucket_acl,
    oss_get_object_to_buffer,
    oss_get_object_to_file,
    oss_head_object,
    oss_list_object,
    oss_put_object_from_buffer,
    oss_put_object_from_file,
    oss_request_options_t,
    oss_resumable_download_file,
    oss_resumable_upload_file,
    oss_upload_file,
    oss_upload_part_from_buffer,
    oss_upload_part_from_file,
)
from tests.service import BUCKET, Service, new_list
from tests.wire import Peer, Script, WireServer, answer, say

IO, CLIENT, FILE, SERVER = "HttpIoError", "ClientError", "OpenFileFail", "ServerError"


class Place(NamedTuple):
    """What a failure happens to."""

    options: oss_request_options_t
    folder: Path

    @property
    def missing(self) -> str:
        return str(self.folder / "missing" / "file")

    @property
    def file(self) -> str:
        path = self.folder / "source"
        path.write_bytes(b"data")
        return str(path)


Failure = Callable[[Place], aos_status_t]


def put_file(at: Place) -> aos_status_t:
    return oss_put_object_from_file(at.options, BUCKET, "key", at.missing, None, None)


def put_folder(at: Place) -> aos_status_t:
    return oss_put_object_from_file(at.options, BUCKET, "key", str(at.folder), None, None)


def append_file(at: Place) -> aos_status_t:
    return oss_append_object_from_file(at.options, BUCKET, "key", 0, at.missing, None, None)


def upload_part(at: Place) -> aos_status_t:
    piece = oss_create_upload_file(None)
    piece.filename, piece.file_last = at.missing, 3
    return oss_upload_part_from_file(at.options, BUCKET, "key", "id", 1, piece, None)


def upload_file(at: Place) -> aos_status_t:
    return oss_upload_file(at.options, BUCKET, "key", aos_string_t(), at.missing, 1 << 20, None)


def resumable_upload(at: Place) -> aos_status_t:
    params = oss_create_resumable_clt_params_content(None, 1 << 20, 1, AOS_FALSE, None)
    return oss_resumable_upload_file(at.options, BUCKET, "key", at.missing, None, None, params, None, None, None)


def get_to_file(at: Place) -> aos_status_t:
    return oss_get_object_to_file(at.options, BUCKET, "key", None, None, at.missing, None)


def resumable_download(at: Place, path: str = "") -> aos_status_t:
    params = oss_create_resumable_clt_params_content(None, 1 << 20, 1, AOS_FALSE, None)
    target = path or str(at.folder / "target")
    return oss_resumable_download_file(at.options, BUCKET, "key", target, None, None, params, None, None)


def download_to_nowhere(at: Place) -> aos_status_t:
    return resumable_download(at, at.missing)


def copy_of_a_long_key(at: Place) -> aos_status_t:
    return oss_copy_object(at.options, BUCKET, "k" * 1025, BUCKET, "key", None, None)


def long_key(at: Place) -> aos_status_t:
    return oss_delete_object(at.options, BUCKET, "k" * 2100, None)


def long_key_by_v4(at: Place) -> aos_status_t:
    at.options.config.signature_version = 4
    return long_key(at)


def long_prefix(at: Place) -> aos_status_t:
    params = oss_create_list_object_params(None)
    params.prefix = "p" * 2000
    return oss_list_object(at.options, BUCKET, params, None)


def long_sub_resource(at: Place) -> aos_status_t:
    return oss_upload_part_from_buffer(at.options, BUCKET, "key", "u" * 2000, 1, new_list("x"), None)


LOCAL: dict[Failure, tuple[int, str, str]] = {
    put_file: (AOSE_OPEN_FILE_ERROR, FILE, "cannot open {missing}: No such file or directory"),
    put_folder: (AOSE_READ_BODY_ERROR, IO, "read body failure. {folder}: Is a directory"),
    append_file: (AOSE_OPEN_FILE_ERROR, FILE, "cannot open {missing}: No such file or directory"),
    upload_part: (AOSE_OPEN_FILE_ERROR, FILE, "cannot open {missing}: No such file or directory"),
    upload_file: (AOSE_OPEN_FILE_ERROR, FILE, "cannot open {missing}: No such file or directory"),
    resumable_upload: (2, FILE, "cannot open {missing}: No such file or directory"),
    get_to_file: (AOSE_OPEN_FILE_ERROR, FILE, "cannot open {missing}.tmp: No such file or directory"),
    download_to_nowhere: (AOSE_OPEN_FILE_ERROR, FILE, "cannot open {missing}.tmp: No such file or directory"),
    copy_of_a_long_key: (
        AOSE_INVALID_ARGUMENT,
        "UrlEncodeFail",
        "the key of the source is too long: it has 1025 bytes, more than 1024",
    ),
    long_key: (
        AOSE_INVALID_ARGUMENT,
        CLIENT,
        "the name of bucket and object is too long: it has 2109 bytes, more than 2046",
    ),
    long_key_by_v4: (
        AOSE_INVALID_ARGUMENT,
        IO,
        "uri invalid argument: the path is too long: it has 2109 bytes, more than 2048",
    ),
    long_prefix: (
        AOSE_INVALID_ARGUMENT,
        IO,
        "query params invalid argument: the query parameter prefix is too long: encoded, name and value have more than "
        "1024 bytes",
    ),
    long_sub_resource: (
        AOSE_INVALID_ARGUMENT,
        CLIENT,
        "the parameter uploadId is too long: it has 2009 bytes, more than 1022",
    ),
}


@pytest.mark.parametrize("fail", LOCAL, ids=lambda fail: fail.__name__)
def test_a_local_failure_has_words(service: Service, tmp_path: Path, fail: Failure) -> None:
    service.put("key", b"data")
    place = Place(service.options, tmp_path)
    s = fail(place)
    code, error_code, words = LOCAL[fail]
    assert (s.code, s.error_code) == (code, error_code)
    assert s.error_msg == words.format(missing=place.missing, folder=tmp_path)


def head(*headers: str, status: str = "200 OK", length: int | None = 4) -> Script:
    return say(answer(b"", status, *headers, length=length))


ETAG, TIME = 'ETag: "E"', "Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT"
HEADS = {
    "no ETag": (head(TIME), "there is no ETag"),
    "no time": (head(ETAG), "there is no Last-Modified"),
    "neither": (head(), "there is no ETag and no Last-Modified"),
    "no length": (head(ETAG, TIME, length=None), "there is no Content-Length"),
    "a part": (head(ETAG, TIME, status="206 Partial Content"), "the status 206 is that of a part, not of the object"),
}


@pytest.mark.parametrize(("script", "words"), HEADS.values(), ids=HEADS)
def test_what_a_head_lacks(service: Service, tmp_path: Path, script: Script, words: str) -> None:
    with WireServer(script) as server:
        service.options.config.endpoint = server.url
        s = resumable_download(Place(service.options, tmp_path))
    assert (s.code, s.error_code) == (AOSE_INTERNAL_ERROR, SERVER)
    assert s.error_msg == f"Unexpected response header: HEAD of key: {words}"


DOCUMENTS = {
    b"": "not well-formed: no element found, line 1, column 1",
    b"<a>\n <b></a>": "not well-formed: mismatched tag, line 2, column 7",
    b"\n\n  <a>": "not well-formed: no element found, line 3, column 6",
    b"<a>\n</a><b/>": "not well-formed: junk after document element, line 2, column 5",
    b"\n <!DOCTYPE a><a/>": "a DOCTYPE is not allowed, line 2, column 13",
    b'{"a": 1}': "not well-formed: not well-formed (invalid token), line 1, column 1",
}


@pytest.mark.parametrize(("document", "words"), DOCUMENTS.items())
def test_where_a_document_is_wrong(service: Service, document: bytes, words: str) -> None:
    with WireServer(say(answer(document))) as server:
        service.options.config.endpoint = server.url
        s = oss_get_bucket_acl(service.options, BUCKET, aos_string_t(), None)
    assert (s.code, s.error_code) == (AOSE_XML_PARSE_ERROR, "ParseXmlError")
    assert s.error_msg == f"the answer's document of {len(document)} bytes is no XML: {words}"


def test_both_checksums_are_told(service: Service) -> None:
    with WireServer(say(answer(b"", "200 OK", "x-oss-hash-crc64ecma: 5", 'ETag: "E"'))) as server:
        service.options.config.endpoint = server.url
        s = oss_put_object_from_buffer(service.options, BUCKET, "key", new_list("1"), None, None)
    assert (s.code, s.error_code) == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")
    assert s.error_msg == f"the CRC64 of the bytes here is {aos_crc64(0, b'1', 1)}, that of the service's is 5"


# ---- endpoints ----

NAME, INTERNAL = AOSE_NAME_LOOKUP_ERROR, AOSE_INTERNAL_ERROR
ENDPOINTS: dict[str, tuple[int, str]] = {
    "htp://host.invalid": (NAME, "'htp://host.invalid' has a scheme that is neither http:// nor https://"),
    "": (NAME, "'' is empty"),
    "http://": (NAME, "'http://' has no host"),
    "http://host.invalid:65536": (INTERNAL, "'http://host.invalid:65536' has a port that is no number up to 65535"),
    "host.invalid:http": (INTERNAL, "'host.invalid:http' has a port that is no number up to 65535"),
    "http://me:pass@host.invalid": (NAME, "'http://***@host.invalid' has a user before the host"),
    "me:pa/ss@host.invalid": (INTERNAL, "'***@host.invalid' has a port that is no number up to 65535"),
    "http://host.invalid/path": (NAME, "'http://host.invalid/path' has a path behind the host"),
    f"{BUCKET}.host.invalid": (
        NAME,
        f"'{BUCKET}.host.invalid' has the bucket in it already, so that the host would be "
        f"{BUCKET}.{BUCKET}.host.invalid",
    ),
}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_endpoint_is_quoted_with_what_is_odd(
    service: Service, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    def lookup(*_: object, **__: object) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    service.options.config.endpoint = endpoint
    s = oss_head_object(service.options, BUCKET, "key", None, None)
    code, words = ENDPOINTS[endpoint]
    assert (s.code, s.error_code) == (code, IO)
    assert str(s.error_msg).endswith(f"; the endpoint {words}")
    assert "pass" not in str(s.error_msg) and "pa/ss" not in str(s.error_msg)


def test_a_usual_endpoint_is_not_odd(service: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        service.options.config.endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
    s = oss_head_object(service.options, BUCKET, "key", None, None)
    assert (s.code, s.error_code) == (AOSE_FAILED_CONNECT, IO)
    assert str(s.error_msg).endswith(": cannot connect: Connection refused")


# ---- the wrong port ----


def test_tls_to_a_plain_port(service: Service) -> None:
    def plain(peer: Peer) -> None:
        peer.sock.recv(65536)
        peer.send(answer(b"", "400 Bad Request"))

    with WireServer(plain) as server:
        service.options.config.endpoint = server.url.replace("http", "https")
        s = oss_head_object(service.options, BUCKET, "key", None, None)
    assert (s.code, s.error_code) == (AOSE_INTERNAL_ERROR, IO)
    assert s.error_msg == f"HEAD https://{server.authority}/{BUCKET}%2Fkey: {SPEAKS_HTTP}"


def alert(peer: Peer) -> None:
    """As a TLS server ends a handshake that is none: a fatal alert, unexpected message."""
    peer.request()
    peer.send(b"\x15\x03\x01\x00\x02\x02\x0a")


def test_http_to_a_tls_port_that_sends_an_alert(service: Service) -> None:
    with WireServer(alert) as server:
        service.options.config.endpoint = server.url
        s = oss_head_object(service.options, BUCKET, "key", None, None)
    assert (s.code, s.error_code) == (AOSE_INTERNAL_ERROR, IO)
    assert s.error_msg == f"HEAD {server.url}{BUCKET}%2Fkey: {SPEAKS_TLS}"


DOCUMENTS_OF_SERVERS = [
    b"<html><center>The plain HTTP request was sent to HTTPS port</center></html>",
    b"Client sent an HTTP request to an HTTPS server.\n",
    b"<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
]


@pytest.mark.parametrize("document", DOCUMENTS_OF_SERVERS)
def test_http_to_a_tls_port_that_sends_a_document(service: Service, document: bytes) -> None:
    with WireServer(say(answer(document, "400 Bad Request"))) as server:
        service.options.config.endpoint = server.url
        s = oss_get_object_to_buffer(service.options, BUCKET, "key", None, None, new_list(), None)
    assert (s.code, s.error_code, s.error_msg) == (400, "UnknownError", SPEAKS_TLS)


def test_http_to_a_real_tls_port(service: Service) -> None:
    """OpenSSL's own answer, whatever it is: it may also just close the connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with WireServer(say(), tls=context) as server:
        service.options.config.endpoint = f"http://{server.authority}"
        s = oss_head_object(service.options, BUCKET, "key", None, None)
    assert (s.code, s.error_code) == (AOSE_INTERNAL_ERROR, IO)
    assert s.error_msg
