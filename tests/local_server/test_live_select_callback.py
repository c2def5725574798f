"""Live channels, select object, upload callbacks."""

from __future__ import annotations

import base64
import gzip
import http.server
import json
import socket
import struct
import threading
import zlib
from collections.abc import Iterator
from typing import Any, ClassVar

import oss2  # type: ignore[import-untyped]
import pytest

from oss.local_server import LocalServer
from oss.local_server.xmldoc import parse
from tests.local_server.clients import Client
from tests.service import BUCKET

B, K = f"/{BUCKET}", f"/{BUCKET}/k"
CHANNEL = (
    "<LiveChannelConfiguration><Description>d&lt;</Description><Status>enabled</Status><Target><Type>{type}</Type>"
    "<FragDuration>{duration}</FragDuration><FragCount>3</FragCount><PlaylistName>{playlist}</PlaylistName></Target>"
    "</LiveChannelConfiguration>"
)


def channel(kind: str = "HLS", duration: int = 5, playlist: str = "p.m3u8") -> bytes:
    return CHANNEL.format(type=kind, duration=duration, playlist=playlist).encode()


def test_live_channel(client: Client) -> None:
    for query in ("live", "comp=stat&live", "comp=history&live"):
        assert client("GET", f"{B}/ch", query).code == "NoSuchLiveChannel"
    made = client("PUT", f"{B}/ch", "live", channel()).xml
    assert str(made.value("PublishUrls/Url")).startswith("rtmp://") and str(made.value("PublishUrls/Url")).endswith(
        "/ch"
    )
    assert str(made.value("PlayUrls/Url")).endswith("/ch/p.m3u8")
    info = client("GET", f"{B}/ch", "live").xml
    assert (info.value("Description"), info.value("Target/FragDuration")) == ("d<", "5")
    assert client("GET", f"{B}/ch", "comp=stat&live").xml.value("Status") == "Idle"
    assert client("GET", f"{B}/ch", "comp=history&live").xml.children == []
    assert client("PUT", f"{B}/ch", "live&status=disabled").status == 200
    assert client("PUT", f"{B}/ch", "live&status=what").code == "InvalidArgument"
    assert client("GET", f"{B}/ch", "live").xml.value("Status") == "disabled"
    assert client("GET", f"{B}/ch", "comp=stat&live").xml.value("Status") == "Disabled"
    assert client("DELETE", f"{B}/ch", "live").status == 204
    assert client("DELETE", f"{B}/ch", "live").code == "NoSuchLiveChannel"


@pytest.mark.parametrize(
    "body", [channel("FLV"), channel(duration=101), channel(playlist="x"), b"<LiveChannelConfiguration/>"]
)
def test_refused_channels(client: Client, body: bytes) -> None:
    assert client("PUT", f"{B}/ch", "live", body).status == 400


def test_channel_listing_and_playlists(server: LocalServer, client: Client) -> None:
    for name in ("a1", "a2", "b"):
        client("PUT", f"{B}/{name}", "live", channel())
    page = client("GET", B + "/", "live&max-keys=1&prefix=a").xml
    assert [node.value("Name") for node in page.all("LiveChannel")] == ["a1"]
    assert (page.value("IsTruncated"), page.value("NextMarker")) == ("true", "a1")
    rest = client("GET", B + "/", "live&marker=a1").xml
    assert [node.value("Name") for node in rest.all("LiveChannel")] == ["a2", "b"]
    now = int(server.now())
    query = f"endTime={now + 60}&startTime={now - 60}&vod"
    assert client("POST", f"{B}/a1/play.m3u8", query).code == "InvalidArgument"
    server.put(BUCKET, "a1/1.ts", b"ts")
    assert client("POST", f"{B}/a1/play.m3u8", query).status == 200
    assert b"1.ts" in server.get(BUCKET, "a1/play.m3u8")
    assert client("GET", f"{B}/a1", query).body == server.get(BUCKET, "a1/play.m3u8")


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def select(
    client: Client, sql: str, csv: str = "", output: str = "", options: str = "", extra: str = ""
) -> tuple[int, bytes]:
    """HTTP or end-frame status, and the data (or the error document)."""
    body = (
        f"<SelectRequest><Expression>{b64(sql)}</Expression><InputSerialization>{extra}<CSV>{csv}</CSV>"
        f"</InputSerialization><OutputSerialization>{output}</OutputSerialization><Options>{options}</Options>"
        "</SelectRequest>"
    )
    answer = client("POST", K, "x-oss-process=csv/select", body.encode())
    if answer.status != 206:
        return answer.status, answer.body
    if answer.headers["x-oss-select-output-raw"] == "true":
        return 206, answer.body
    data, position, status = b"", 0, 0
    while position < len(answer.body):
        head, length, _ = struct.unpack_from(">III", answer.body, position)
        payload = answer.body[position + 12 : position + 12 + length]
        (crc,) = struct.unpack_from(">I", answer.body, position + 12 + length)
        assert crc in (0, zlib.crc32(payload))
        position += 16 + length
        if head & 0xFFFFFF == 0x800001:
            data += payload[8:]
        else:
            assert head & 0xFFFFFF == 0x800005
            (status,) = struct.unpack_from(">I", payload, 16)
    return status, data


USE = "<FileHeaderInfo>USE</FileHeaderInfo>"
TABLE = b'name,age,"a city"\nann,30,Rome\nbob,4,"x,\ny"\n'


def encoded(**characters: str) -> str:
    """Elements with base64 texts."""
    return "".join(f"<{name}>{b64(value)}</{name}>" for name, value in characters.items())


IGNORE = "<FileHeaderInfo>IGNORE</FileHeaderInfo>"
LONG = encoded(RecordDelimiter="\n\n", FieldDelimiter="|")
DOS = f"<CSV>{encoded(RecordDelimiter=chr(13) + chr(10), FieldDelimiter='|')}</CSV>"
GZIP = "<CompressionType>GZIP</CompressionType>"
FIRST, SECOND, BOTH = (f"select {columns} from ossobject" for columns in ("_1", "_2", "_1,_2"))


@pytest.mark.parametrize(
    ("data", "sql", "settings", "expected"),
    [
        (TABLE, "select name from ossobject", {"csv": USE}, b"ann\nbob\n"),
        (TABLE, "select _3, name from ossobject where _2 = '4'", {"csv": USE}, b'"x,\ny",bob\n'),
        (TABLE, "SELECT count(*), sum(cast(age as int)) FROM ossobject", {"csv": USE}, b"2,34\n"),
        (TABLE, "select * from ossobject limit 1", {}, b"name,age,a city\n"),
        (TABLE, "select * from ossobject limit 1", {"csv": IGNORE}, b"ann,30,Rome\n"),
        (TABLE, SECOND, {"csv": USE, "output": "<OutputHeader>true</OutputHeader>"}, b"age\n30\n4\n"),
        (b"a,b,c,d\n", "select _1,_3 from ossobject", {"output": "<KeepAllColumns>true</KeepAllColumns>"}, b"a,,c,\n"),
        (b"9\n10.0\n\nx\n", "select _1 from ossobject where _1 > 9.5 or _1 = 9", {}, b"9\n10.0\n"),
        (b"1\n\n4\n", "select avg(cast(_1 as double)), max(cast(_1 as int)) from ossobject", {}, b"2.5,4\n"),
        (b"1\n3\n", "select avg(cast(_1 as int)) from ossobject", {}, b"2\n"),
        (b"a|b\n\nc|d\n\n", SECOND, {"csv": LONG}, b"b\n\nd\n\n"),
        (b"'a','b\nc'\n", SECOND, {"csv": encoded(QuoteCharacter="'")}, b"'b\nc'\n"),
        (b"'a','b\nc'\n", FIRST, {}, b"'a'\nc'\n"),
        (b"a\n#b\nc\n", FIRST, {"csv": encoded(CommentCharacter="#")}, b"a\nc\n"),
        (b"a,b\nc\nd,e", BOTH, {}, b"a,b\nc,\nd,e\n"),
        (b"a,b\n", BOTH, {"output": DOS}, b"a|b\r\n"),
        (gzip.compress(b"a,b\n", mtime=0), SECOND, {"extra": GZIP}, b"b\n"),
        (b"a,b\n", FIRST, {"output": "<EnablePayloadCrc>true</EnablePayloadCrc>"}, b"a\n"),
        (b"", FIRST, {}, b""),
    ],
)
def test_select(
    server: LocalServer, client: Client, data: bytes, sql: str, settings: dict[str, str], expected: bytes
) -> None:
    server.put(BUCKET, "k", data)
    assert select(client, sql, **settings) == (200, expected)
    raw = settings | {"output": settings.get("output", "") + "<OutputRawData>true</OutputRawData>"}
    assert select(client, sql, **raw) == (206, expected)


@pytest.mark.parametrize(
    ("sql", "settings"),
    [
        ("select _1 from ossobject where", {}),
        ("select _1 from sqlite_master", {}),
        ("delete from ossobject", {}),
        ("select load_extension('x') from ossobject", {}),
        ("select randomblob(9) from ossobject", {}),
        ("select _1 from ossobject; select 1", {}),
        ("select _1 from ossobject where _1 in (select _1 from ossobject)", {}),
        ("select _9 from ossobject", {}),
        ("select _1 from ossobject order by _1", {}),
        ("select count(*) from ossobject group by _1", {}),
        ("select _1 from ossobject", {"csv": "<Range>line-range=\u00b2-3</Range>"}),
        ("select _1 from ossobject", {"csv": f"<Range>line-range=0-{'9' * 5000}</Range>"}),
        ("select _1 from ossobject", {"csv": "<Range>line-range=0-1</Range>"}),
        ("select _1 from ossobject", {"csv": "<Range>nonsense</Range>"}),
        ("select _1 from ossobject", {"csv": "<QuoteCharacter>%%%</QuoteCharacter>"}),
        ("select _1 from ossobject", {"csv": "<FileHeaderInfo>WHAT</FileHeaderInfo>"}),
        ("select _1 from ossobject", {"extra": "<CompressionType>GZIP</CompressionType>"}),
    ],
)
def test_refused_selects(server: LocalServer, client: Client, sql: str, settings: dict[str, str]) -> None:
    server.put(BUCKET, "k", b"a,b\nc\n")
    assert select(client, sql, **settings)[0] == 400


def test_a_short_row_ends_the_frames_with_an_error(server: LocalServer, client: Client) -> None:
    server.put(BUCKET, "k", b"a,b\nc\n")
    skip = "<SkipPartialDataRecord>true</SkipPartialDataRecord>"
    assert select(client, BOTH, options=skip) == (400, b"a,b\n")
    for allowed in (0, "\u00b2"):
        limit = f"<MaxSkippedRecordsAllowed>{allowed}</MaxSkippedRecordsAllowed>"
        assert select(client, BOTH, options=skip + limit)[0] == 400
    one = "<MaxSkippedRecordsAllowed>1</MaxSkippedRecordsAllowed>"
    assert select(client, BOTH, options=skip + one) == (200, b"a,b\n")
    raw = "<OutputRawData>true</OutputRawData>"
    status, document = select(client, BOTH, options=skip, output=raw)
    assert (status, parse(document).value("Code")) == (400, "InvalidCsvLine")


def test_csv_meta_and_ranges(server: LocalServer, client: Client, bucket: oss2.Bucket) -> None:
    server.put(BUCKET, "k", b"0,a\n1,b\n2,c\n3,d\n")
    meta = bucket.create_select_object_meta("k", {})
    assert (meta.splits, meta.rows) == (1, 4)
    ranged = {"csv": "<Range>line-range=1-2</Range>"}
    assert select(client, "select _2 from ossobject", **ranged) == (200, b"b\nc\n")
    assert select(client, "select _2 from ossobject", csv="<Range>split-range=0-0</Range>")[1] == b"a\nb\nc\nd\n"
    csv = f"<CSV>{encoded(FieldDelimiter='|')}</CSV>"
    body = f"<CsvMetaRequest><InputSerialization>{csv}</InputSerialization>%s</CsvMetaRequest>"
    for overwrite, columns in (("", 2), ("<OverwriteIfExists>true</OverwriteIfExists>", 1)):
        answer = client("POST", K, "x-oss-process=csv/meta", (body % overwrite).encode())
        assert struct.unpack(">IIIQQIIQI", answer.body[:48])[7:] == (4, columns)
    server.put(BUCKET, "k", b"new")
    assert select(client, "select _1 from ossobject", **ranged)[0] == 400


class Receiver(http.server.BaseHTTPRequestHandler):
    seen: ClassVar[list[tuple[str, str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, self.headers["Content-Type"], body))
        answer = b'{"Status":"OK"}'
        self.send_response(500 if self.path == "/bad" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[int]:
    Receiver.seen.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
        thread.start()
        yield httpd.server_port
        httpd.shutdown()
        thread.join()


def callback(url: str, kind: str, body: str) -> dict[str, str]:
    config = {"callbackUrl": url, "callbackBody": body, "callbackBodyType": kind}
    return {"x-oss-callback": b64(json.dumps(config)), "x-oss-callback-var": b64(json.dumps({"x:v": "a b"}))}


@pytest.mark.parametrize(
    ("kind", "template", "expected"),
    [
        ("application/x-www-form-urlencoded", "o=${object}&s=${size}&v=${x:v}&n=${no}", b"o=k%26&s=4&v=a%20b&n="),
        ("application/json", '{"o":${object},"s":${size}}', b'{"o":"k&","s":4}'),
    ],
)
def test_callback(client: Client, receiver: int, kind: str, template: str, expected: bytes) -> None:
    headers = callback(f"http://127.0.0.1:{receiver}/cb?x=1", kind, template)
    answer = client("PUT", f"{B}/k&", body=b"data", headers=headers)
    assert (answer.status, answer.body) == (200, b'{"Status":"OK"}')
    assert "ETag" in answer.headers
    assert Receiver.seen == [("/cb?x=1", kind, expected)]


def test_callback_on_complete(client: Client, receiver: int) -> None:
    upload = client("POST", K, "uploads").xml.value("UploadId")
    headers = callback(f"http://127.0.0.1:{receiver}/cb", "", "b=${bucket}")
    answer = client("POST", K, f"uploadId={upload}", b"<CompleteMultipartUpload/>", headers)
    assert answer.body == b'{"Status":"OK"}'
    assert Receiver.seen[0][2] == f"b={BUCKET}".encode()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{port}/bad", "http://127.0.0.1:1/", "http://192.0.2.1/", "ftp://localhost/"]
)
def test_failed_callbacks(server: LocalServer, client: Client, receiver: int, url: str) -> None:
    answer = client("PUT", K, body=b"data", headers=callback(url.format(port=receiver), "", "a"))
    assert (answer.status, answer.code) == (203, "CallbackFailed")
    assert server.get(BUCKET, "k") == b"data"


@pytest.mark.parametrize(
    "name", ["oss.example", "8.8.8.8", "127.0.0.1.example", "[::ffff:8.8.8.8]", "127.0.0.1@8.8.8.8"]
)
def test_callbacks_leave_the_machine_alone(client: Client, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert client("PUT", K, body=b"data", headers=callback(f"http://{name}/", "", "a")).code == "CallbackFailed"
    assert set(asked) == {"127.0.0.1"}  # the test's own connection


@pytest.mark.parametrize(
    "text", ["%%%", b64("no json"), b64("[]"), b64("[" * 20_000), b64('{"callbackUrl":"x"}')], ids=range(5)
)
def test_bad_callbacks_store_nothing(server: LocalServer, client: Client, text: str) -> None:
    answer = client("PUT", K, body=b"data", headers={"x-oss-callback": text})
    assert (answer.status, answer.code) == (400, "InvalidArgument")
    with pytest.raises(KeyError):
        server.get(BUCKET, "k")
