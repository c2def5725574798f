"""A part's answer and request on the wire: whether C or Python looks after an exchange makes no difference.

An answer whose head is plainly the expected one is C's; any other is Python's. Whatever is unusual comes once with the
first part of a connection and once with the second, and has to end the same.
"""

from __future__ import annotations

import functools
import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from requests.adapters import HTTPAdapter

from aos import aos_http_io, apr_time
from aos._http import client
from aos._native import PartIO
from aos.aos_crc64 import aos_crc64
from oss.local_server import LocalServer
from oss.oss_api import (
    AOS_LOG_DEBUG,
    AOS_LOG_WARN,
    AOSE_CONNECTION_FAILED,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    AOSE_OUT_MEMORY,
    AOSE_READ_BODY_ERROR,
    HTTP_GET,
    HTTP_HEAD,
    aos_http_request_t,
    aos_log_set_level,
    aos_table_elts,
    apr_table_add,
    apr_table_set,
)
from tests.authority import Authority
from tests.parts import (
    COUNT,
    DATA,
    ETAG,
    IO,
    SIZE,
    Asked,
    Object,
    Reply,
    Store,
    before,
    chunked,
    closing,
    cut,
    cut_chunk,
    gone,
    in_pieces,
    raw,
    refused,
    said,
    stored,
    usually,
    whole,
)
from tests.resumable import KEY, PART, Download, Upload, warned
from tests.service import BUCKET
from tests.wire import Peer, answer

pytestmark = pytest.mark.usefixtures("no_connections")


GOOD: dict[str, Reply] = {
    "usual": usually,
    "a total that is not known": lambda peer, asked: said(Content_Range=f"bytes {asked.span}/*")(peer, asked),
    "a range in other letters": lambda peer, asked: said(Content_Range=f"BYTES \t{asked.span}/{SIZE} ")(peer, asked),
    "an ETag without quotes": said(ETag=ETAG.strip('"')),
    "an ETag in lower case": said(ETag=ETAG.lower()),
    "chunked": chunked,
    "closes": closing(),
    "closes, no length": closing(Content_Length=""),
    "HTTP/1.0": lambda peer, asked: peer.send(asked.answer(Connection="").replace(b"/1.1", b"/1.0", 1)),
    "HTTP/1.0, kept alive": lambda peer, asked: peer.send(asked.answer().replace(b"/1.1", b"/1.0", 1)),
    "100 first": before(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "103 first": before(b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" * 2),
    "a folded header": said("x-oss-meta-a: b", "  c"),
    "a folded ETag": said("ETag:", " " + ETAG, ETag=""),
    "a repeated header": said("x-oss-meta-a: b", "x-oss-meta-a: c"),
    "the length twice": lambda peer, asked: said(f"Content-Length: {len(asked.body)}")(peer, asked),
    "a long head": said("x-oss-meta-a: " + "b" * 9000),
    "a byte, then the rest": in_pieces(1),
    "the head in two": in_pieces(60, 200),
    "the head, then the body": lambda peer, asked: in_pieces(len(asked.answer()) - len(asked.body), 9)(peer, asked),
    "the last byte late": lambda peer, asked: in_pieces(len(asked.answer()) - 1)(peer, asked),
    "bytes after it": lambda peer, asked: peer.send(asked.answer() + b"HTTP/1.1 403 F\r\n\r\n"),
    "gone": gone,
}

WRONG = "part {part} of dir/object.bin: bytes {span}/{size} were asked for, the answer is "
CHANGED = "part {part} of dir/object.bin: the object has changed, its ETag was {etag} and is "
CUT = "GET {url}dir%2Fobject.bin: the body was cut short, {{}} bytes received of {length}"
BAD: dict[str, tuple[Reply, tuple[int, str], str]] = {
    "the whole object": (whole, (AOSE_INTERNAL_ERROR, "ServerError"), WRONG + "200, Content-Range none"),
    "416": (refused, (416, "InvalidRange"), "no such range"),
    "another range": (
        said(Content_Range=f"bytes 1-{PART}/{SIZE}"),
        (AOSE_INTERNAL_ERROR, "ServerError"),
        WRONG + f"206, Content-Range bytes 1-{PART}/{SIZE}, Content-Length {{length}}",
    ),
    "no range": (said(Content_Range=""), (AOSE_INTERNAL_ERROR, "ServerError"), WRONG + "206, Content-Range none"),
    "longer": (
        lambda peer, asked: said(Content_Length=str(len(asked.body) + 1))(peer, asked),
        (AOSE_INTERNAL_ERROR, "ServerError"),
        WRONG + "206, Content-Range bytes {span}/{size}, Content-Length {longer}",
    ),
    "a length with a zero": (
        lambda peer, asked: said(Content_Length=f"0{len(asked.body)}")(peer, asked),
        (AOSE_INTERNAL_ERROR, "ServerError"),
        WRONG + "206, Content-Range bytes {span}/{size}, Content-Length 0{length}",
    ),
    "another ETag": (said(ETag='"other"'), (412, "PreconditionFailed"), CHANGED + '"other"'),
    "no ETag": (said(ETag=""), (412, "PreconditionFailed"), CHANGED + "not given"),
    "two lengths": (said("Content-Length: 5"), (AOSE_INTERNAL_ERROR, IO), "no usable Content-Length"),
    "a signed length": (said(Content_Length="+5"), (AOSE_INTERNAL_ERROR, IO), "no usable Content-Length"),
    "a NUL in a header": (said("a: b\0c"), (AOSE_INTERNAL_ERROR, IO), "control character"),
    "no head": (raw(b"what is this\r\n\r\n"), (AOSE_INTERNAL_ERROR, IO), "what is this"),
    "half a head": (raw(b"HTTP/1.1 206 P\r\nContent-"), (AOSE_INTERNAL_ERROR, IO), "the head was cut short"),
    **{
        f"cut after {count}": (cut(count), (AOSE_CONNECTION_FAILED, IO), CUT.replace("{{}}", str(count)))
        for count in (0, 1, PART - 1)
    },
    "a chunk cut short": (cut_chunk, (AOSE_CONNECTION_FAILED, IO), "the body was cut short, 9 bytes received"),
    "reset after 9": (
        cut(9, reset=True),
        (AOSE_CONNECTION_FAILED, IO),
        CUT.replace("{{}}", "9") + ": Connection reset",
    ),
}


@pytest.mark.parametrize("odd", [0, 1])
@pytest.mark.parametrize("name", GOOD)
def test_an_unusual_answer_that_will_do(tmp_path: Path, name: str, odd: int) -> None:
    with Object(odd, GOOD[name]) as server:
        download = server.to(tmp_path / "file")
        found = download()
    assert (found.codes, found.progress) == ((200, None), [(min(n * PART, SIZE), SIZE) for n in range(1, COUNT + 1)])
    assert download.path.read_bytes() == DATA
    assert download.left() == (True, False, False)
    again = [odd] if name == "gone" else []
    assert [part for _, part in server.asked] == sorted([*range(COUNT), *again])
    ends = any(word in name for word in ("closes", "gone", "after it")) or name == "HTTP/1.0"
    assert server.connections == (2 if ends else 1)


@pytest.mark.parametrize("name", BAD)
def test_an_unusual_answer_that_will_not(tmp_path: Path, name: str) -> None:
    reply, told, words = BAD[name]
    for odd in (0, 1):
        with Object(odd, reply) as server:
            download, asked = server.to(tmp_path / str(odd)), Asked.of(odd)
            found = download()
            assert found.codes == told
            assert words.format(
                part=odd,
                span=asked.span,
                size=SIZE,
                etag=ETAG,
                url=f"{server.url}{BUCKET}%2F",
                length=len(asked.body),
                longer=len(asked.body) + 1,
            ) in (found.status.error_msg or "")
            assert not download.path.exists()
            if told[0] == AOSE_CONNECTION_FAILED:
                assert found.status.req_id == f"id-{odd}", "the id of the part's answer, not of the HEAD's"
            if told[0] != 412:
                assert download.done() == list(range(odd)), "what was there before is not lost"
            assert download().codes == (200, None)
            assert download.path.read_bytes() == DATA


@pytest.mark.parametrize("reply", [cut(9), cut(9, reset=True), cut_chunk], ids=["cut", "reset", "cut chunk"])
def test_the_request_id_of_a_part_that_is_cut_short(
    tmp_path: Path, authority: Authority, right: ssl.SSLContext, reply: Reply
) -> None:
    """Over TLS: that of its answer, as without."""
    with Object(1, reply, tls=right) as server:
        download = server.to(tmp_path / "file")
        download.options.ctl.options.ca_file = authority.file
        found = download()
    assert (found.codes, found.status.req_id) == ((AOSE_CONNECTION_FAILED, IO), "id-1")


@pytest.mark.parametrize("odd", [0, 1])
def test_a_connection_that_ends_before_the_answer_is_opened_again_once(tmp_path: Path, odd: int) -> None:
    """A request on a fresh connection is not sent again; that is for ``retry_times``, and the next call."""
    with Object(odd, gone, times=2) as server:
        download = server.to(tmp_path / "file")
        assert download().codes == (AOSE_INTERNAL_ERROR, IO)
        assert server.asked.count((2, odd)) == 1
        assert download().codes == (200, None)


@pytest.mark.parametrize("odd", [0, 1])
@pytest.mark.parametrize("around", [False, True], ids=["by the default", "by a transport around it"])
@pytest.mark.parametrize(
    "name", [name for name, (_, told, _) in BAD.items() if told[1] in ("ServerError", "InvalidRange")]
)
def test_of_an_answer_that_is_refused_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, around: bool, odd: int
) -> None:
    """What the head says is judged before the body is taken, and the connection goes with what is left of it."""
    if around:
        transport = functools.partial(aos_http_io.aos_http_transport_perform)
        monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", transport)
    with Object(odd, BAD[name][0]) as server:
        download = server.to(tmp_path / "file")
        assert download().codes == BAD[name][1]
        assert download.temporary.read_bytes() == DATA[: odd * PART].ljust(SIZE, b"\0")
        assert server.connections == 1
        assert download().codes == (200, None)
        assert server.connections == (1 if name == "416" else 2)


@pytest.mark.parametrize("tls", [False, True])
def test_each_part_is_logged(tmp_path: Path, authority: Authority, right: ssl.SSLContext, tls: bool) -> None:
    """In one line, whoever has looked after it; what the service says there again of a signature is not shown."""
    secrets: list[bytes] = []

    def echo(peer: Peer, asked: Asked | None = None) -> None:
        head, _, body = peer.received[peer.received.rindex(b" HTTP/1.1\r\n") :].partition(b"\r\n\r\n")
        secrets.extend(re.findall(rb"\r\nAuthorization: OSS id:(\S+)", head))
        said = f"x-oss-request-id: id-{secrets[-1].decode()}"
        peer.send(asked.answer(said, x_oss_request_id="") if asked is not None else stored(2, body, said))

    context = right if tls else None
    for server in (Object(1, echo, tls=context), Store(2, echo, tls=context)):
        with server, warned() as lines:
            aos_log_set_level(AOS_LOG_DEBUG)
            transfer = server.to(tmp_path / "file")
            transfer.options.ctl.options.ca_file = authority.file
            assert transfer().codes == (200, None)
        what = f"GET {server.url}" if isinstance(server, Object) else f"PUT {server.url}"
        told = [line.partition(f"{what}{BUCKET}%2Fdir%2Fobject.bin: ")[2].strip() for line in lines]
        ids = ("id-0", "id-***", "id-2") if isinstance(server, Object) else ("id-1", "id-***", "id-3")
        status = 206 if isinstance(server, Object) else 200
        assert list(filter(None, told)) == [f"{status}, request id {number}" for number in ids]
        assert not any(secret.decode() in line for secret in secrets for line in lines)
    assert len(secrets) == 2


def test_a_header_that_only_the_log_reads(tmp_path: Path) -> None:
    """Two that contradict each other are nothing to a part; reading them for the log makes no difference."""
    for level in (AOS_LOG_WARN, AOS_LOG_DEBUG):
        with Object(1, said("Last-Modified: a", "Last-Modified: b")) as server, warned() as lines:
            aos_log_set_level(level)
            assert server.to(tmp_path / str(level))().codes == (200, None)
        assert ["request id id-1" in "".join(lines)] == [level == AOS_LOG_DEBUG]


def test_a_transport_of_ones_own_sees_ordinary_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It adds a header of its own, sends, and takes the body in pieces: each part arrives as any answer does."""
    sent: list[dict[str, str | None]] = []
    perform = aos_http_io.aos_http_transport_perform

    def own(t: Any) -> int:
        sent.append(dict(t.req.headers.items()))
        assert (t.req.method, t.req.body_len, t.resp.status) == (HTTP_GET, 0, -1)
        assert t.resp.headers.items() == []
        assert t.pool is t.controller.pool and t.pool.is_open
        part = Asked.of(int((t.req.headers["Range"] or "").partition("=")[2].partition("-")[0]) // PART)
        t.resp.status = 206
        for name, value in (("ETag", ETAG), ("Content-Range", f"bytes {part.span}/{SIZE}")):
            apr_table_set(t.resp.headers, name, value)
        for start in range(0, len(part.body), 999):
            piece = part.body[start : start + 999]
            t.resp.write_body(t.resp, piece, len(piece))
            t.resp.crc64 = aos_crc64(t.resp.crc64, piece, len(piece))
        t.controller.error_code = AOSE_OK
        return AOSE_OK

    def mixed(t: Any) -> int:
        return perform(t) if t.req.method == HTTP_HEAD else own(t)

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", mixed)
    with Object(-1, usually) as server:
        download = server.to(tmp_path / "file")
        assert download().codes == (200, None)
        assert (download.path.read_bytes(), server.asked) == (DATA, [])
    assert [fields["Range"] for fields in sent] == [f"bytes={Asked.of(number).span}" for number in range(COUNT)]
    for fields in sent:
        assert {"Authorization", "Date", "Range"} <= set(fields)


def test_what_a_transport_adds_to_a_request_is_added_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[list[str]] = []
    perform = aos_http_io.aos_http_transport_perform

    def adding(t: Any) -> int:
        apr_table_add(t.req.headers, "x-trace", "1")
        names.append(t.req.headers.keys())
        return perform(t)

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", adding)
    with Object(-1, usually) as server:
        assert server.to(tmp_path / "file")().codes == (200, None)
    assert [found.count("x-trace") for found in names] == [1] * len(names)


# ---- the parts of an upload ----


def test_parts_differ_in_their_number_their_length_and_their_signature(tmp_path: Path) -> None:
    with Store() as server:
        assert server.to(tmp_path / "file")().codes == (200, None)
    assert [(number, body) for _, number, _, body in server.parts] == [
        (number + 1, Asked.of(number).body) for number in range(COUNT)
    ]
    (_, _, first, _), *others = server.parts
    for _, number, lines, body in others:
        assert lines[0] == first[0].replace(b"partNumber=1", b"partNumber=%d" % number)
        assert [line.partition(b":")[0] for line in lines[1:]] == [line.partition(b":")[0] for line in first[1:]]
        assert b"Content-Length: %d" % len(body) in lines
    assert server.connections == 1


@pytest.mark.parametrize("odd", [1, 2])
def test_a_part_is_sent_again_once_where_its_connection_has_ended(tmp_path: Path, odd: int) -> None:
    with Store(odd, lambda peer: True) as server:
        assert server.to(tmp_path / "file")().codes == (200, None)
    assert [number for _, number, _, _ in server.parts] == sorted([1, 2, 3, odd])
    one, other = [(lines[1:], body) for _, number, lines, body in server.parts if number == odd]
    assert one == other


@pytest.mark.parametrize("odd", [1, 2])
def test_a_part_that_is_refused(tmp_path: Path, odd: int) -> None:
    document = b"<Error><Code>AccessDenied</Code><Message>not you</Message></Error>"
    with Store(odd, lambda peer: peer.send(answer(document, "403 Forbidden"))) as server:
        upload = server.to(tmp_path / "file")
        assert upload().codes == (403, "AccessDenied")
        assert upload.done() == list(range(odd - 1))
        assert upload().codes == (200, None)


@pytest.mark.parametrize("version", [1, 4])
def test_every_part_is_signed_for_its_own_second(
    server: LocalServer, small_parts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """The service looks at each signature; a clock that goes on by 0.4 seconds a look crosses many seconds."""
    now, looks = apr_time.apr_time_now(), iter(range(0, 1 << 30, 400_000))
    for made in (Upload(server, tmp_path / "up"), Download(server, tmp_path / "down")):
        made.options.config.signature_version = version
        made.part_size, made.threads = 1000, 2
        (tmp_path / "up").write_bytes(DATA)
        with monkeypatch.context() as clock:
            clock.setattr(apr_time, "apr_time_now", lambda: now + next(looks))
            found = made()
        assert found.codes == (200, None)
        parts = [request for request in found.requests if "partNumber" in request.target or request.method == "GET"]
        assert len(parts) == -(-SIZE // 1000)
        for request in parts:
            names = [name.lower() for name, _ in request.headers]
            assert len(names) == len(set(names)), names
        signatures = {dict(request.headers)["Authorization"] for request in parts}
        assert len(signatures) > 3
    assert server.get(BUCKET, KEY) == (tmp_path / "down").read_bytes() == DATA


@pytest.mark.parametrize("version", [1, 4])
@pytest.mark.parametrize("kind", [functools.partial(Object, -1, usually), Store], ids=["download", "upload"])
def test_a_request_is_the_same_whether_anybody_looks_at_it_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int, kind: Callable[[], Any]
) -> None:
    """Requests are filled into a template, or made one by one where a transport of the program's own sends them."""
    perform, now = aos_http_io.aos_http_transport_perform, apr_time.apr_time_now()
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: now)

    def other_tables(req: aos_http_request_t) -> None:
        req.headers, req.query_params = req.headers.copy(), req.query_params.copy()

    looks: tuple[Callable[[aos_http_request_t], object] | None, ...] = (
        None,
        lambda req: None,
        lambda req: req.headers.get("Authorization"),
        lambda req: len(req.query_params),
        lambda req: aos_table_elts(req.headers).elts,
        other_tables,
    )
    found = []
    for number, look in enumerate(looks):

        def looking(t: Any, look: Any = look) -> int:
            look(t.req)
            return int(perform(t))

        monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", looking if look is not None else perform)
        with kind() as server:
            transfer = server.to(tmp_path / str(number))
            transfer.options.config.signature_version = version
            assert transfer().codes == (200, None)
            assert server.connections == 1
            found.append(server.peers[0].received.replace(server.authority.encode(), b"HOST"))
    assert found == found[:1] * len(looks)
    numbers = re.findall(rb"partNumber=(\d+)|Range: bytes=(\d+)-", found[0])
    assert len(set(numbers)) == COUNT
    assert len(set(re.findall(rb"Authorization: .*", found[0]))) >= (COUNT if kind is Store else 1)


def no_memory(*_: Any) -> int:
    raise MemoryError


@pytest.mark.parametrize("kind", [functools.partial(Object, -1, usually), Store], ids=["download", "upload"])
def test_no_memory_for_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Callable[[], Any]) -> None:
    """It is a status, as for any other request; the next call goes on."""
    with kind() as server:
        transfer = server.to(tmp_path / "file")
        with monkeypatch.context() as patch:
            patch.setattr(PartIO, "get_part", no_memory)
            patch.setattr(PartIO, "put_part", no_memory)
            assert transfer().codes == (AOSE_OUT_MEMORY, IO)
        assert transfer().codes == (200, None)


@pytest.mark.parametrize("kind", [functools.partial(Object, -1, usually), Store], ids=["download", "upload"])
def test_parts_by_a_mounted_adapter(tmp_path: Path, kind: Callable[[], Any]) -> None:
    """They say the same, each its own, by an adapter of requests that somebody has mounted on the session."""
    found = []
    for mount in (False, True):
        with kind() as server:
            if mount:
                client.session().mount("http://127.0.0.1", HTTPAdapter())
            assert server.to(tmp_path / "file")().codes == (200, None)
            assert (tmp_path / "file").read_bytes() == DATA
            lines = b"".join(peer.received for peer in server.peers).split(b"\r\n")
            found.append(
                [line for line in lines if b" HTTP/1.1" in line or line.startswith((b"Range:", b"Content-Len"))]
            )
    assert found[0] == found[1]


def test_what_a_transport_adds_to_an_uploaded_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    perform = aos_http_io.aos_http_transport_perform

    def adding(t: Any) -> int:
        apr_table_add(t.req.headers, "x-trace", str(t.req.body_len))
        t.req.query_params["more"] = "1"
        return perform(t)

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", adding)
    with Store() as server:
        assert server.to(tmp_path / "file")().codes == (200, None)
    for _, number, lines, body in server.parts:
        assert lines[0].endswith(b"?uploadId=u&partNumber=%d&more=1 HTTP/1.1" % number)
        assert [line for line in lines if line.startswith(b"x-trace")] == [b"x-trace: %d" % len(body)]


def test_the_request_id_of_an_uploaded_part_whose_answer_is_cut_short(tmp_path: Path) -> None:
    def reply(peer: Peer) -> bool:
        peer.send(answer(b"four", "200 OK", 'ETag: "1"', "x-oss-request-id: id-cut", length=5))
        return True

    with Store(2, reply) as server:
        found = server.to(tmp_path / "file")()
    assert (found.codes, found.status.req_id) == ((AOSE_CONNECTION_FAILED, IO), "id-cut")


def test_a_file_that_shrinks(tmp_path: Path) -> None:
    """The second part's bytes are gone when it is sent; what was announced is not made up."""

    def shrink(peer: Peer) -> None:
        (tmp_path / "file").write_bytes(DATA[: PART + 5])
        peer.send(answer(b"", "200 OK", 'ETag: "1"'))

    with Store(1, shrink) as server:
        found = server.to(tmp_path / "file")()
    assert (found.code, found.status.error_code) == (AOSE_READ_BODY_ERROR, IO)
    assert "the request body ended after 5 bytes" in (found.status.error_msg or "")
    assert [number for _, number, _, _ in server.parts][:1] == [1]
