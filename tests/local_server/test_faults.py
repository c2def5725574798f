"""Each action of the fault script does what it says, to the requests it names and to no other."""

from __future__ import annotations

import gzip
import http.client
import threading
from typing import Any

import pytest

from oss.local_server import Fault, LocalServer
from tests.service import BUCKET

DATA = bytes(range(256)) * 40
PATH = f"/{BUCKET}/k"


def get(server: LocalServer, headers: dict[str, str] | None = None, path: str = PATH) -> tuple[int, Any, bytes | str]:
    """Status, headers, and the body - or the name of what went wrong."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        try:
            return answer.status, answer.headers, answer.read()
        except http.client.IncompleteRead as error:
            return answer.status, answer.headers, f"short {len(error.partial)}"
        except ConnectionResetError:
            return answer.status, answer.headers, "reset"
    except (http.client.RemoteDisconnected, ConnectionResetError) as error:
        return 0, {}, type(error).__name__
    finally:
        connection.close()


@pytest.fixture
def faulty(open_server: LocalServer) -> LocalServer:
    open_server.put(BUCKET, "k", DATA)
    return open_server


def test_reset_and_close_before_the_head(faulty: LocalServer) -> None:
    faulty.add_fault(Fault(action="reset"))
    assert get(faulty)[0] == 0
    faulty.add_fault(Fault(action="close"))
    assert get(faulty)[2] == "RemoteDisconnected"
    assert get(faulty)[2] == DATA


@pytest.mark.parametrize(
    ("action", "params", "outcome"),
    [
        ("close", {"after": 100}, "short 100"),
        ("close", {"after": 0}, "short 0"),
        ("short_body", {}, f"short {len(DATA) // 2}"),
        ("short_body", {"after": 7}, "short 7"),
        ("wrong_length", {"delta": 5}, None),
        ("wrong_length", {"delta": -5}, DATA[:-5]),
        ("chunked", {}, DATA),
        ("trickle", {"rate": 1e9, "piece": 1000}, DATA),
        ("slow_rate", {"rate": 1e9}, DATA),
        ("stall", {"after": 50, "seconds": 0.01}, DATA),
        ("hang_before_head", {"seconds": 0.01}, DATA),
    ],
)
def test_bodies(faulty: LocalServer, action: Any, params: dict[str, Any], outcome: bytes | str | None) -> None:
    fault = faulty.add_fault(Fault(action=action, times=None, **params))
    headers = {"Connection": "close"}
    status, _, body = get(faulty, headers)
    assert status == 200
    assert body == outcome or (outcome is None and body == f"short {len(DATA)}")
    assert fault.fired == 1


def test_reset_in_the_body(faulty: LocalServer) -> None:
    faulty.add_fault(Fault(action="reset", after=100))
    assert get(faulty)[2] == "reset"
    assert faulty.requests[-1].sent == 100


def test_flip_changes_one_byte(faulty: LocalServer) -> None:
    faulty.add_fault(Fault(action="flip", at=300))
    body = get(faulty)[2]
    assert isinstance(body, bytes)
    assert [i for i in range(len(DATA)) if body[i] != DATA[i]] == [300]


@pytest.mark.parametrize(
    ("action", "params", "header", "value"),
    [
        ("wrong_etag", {"value": '"X"'}, "ETag", '"X"'),
        ("no_etag", {}, "ETag", None),
        ("drop_header", {"header": "Last-Modified"}, "Last-Modified", None),
        ("set_header", {"header": "X-Y", "value": "z"}, "X-Y", "z"),
        ("wrong_crc", {"value": 7}, "x-oss-hash-crc64ecma", "7"),
        ("wrong_range", {}, "Content-Range", f"bytes 11-20/{len(DATA)}"),
        ("wrong_range", {"value": "bytes 1-2/3"}, "Content-Range", "bytes 1-2/3"),
    ],
)
def test_headers(faulty: LocalServer, action: Any, params: dict[str, Any], header: str, value: str | None) -> None:
    faulty.add_fault(Fault(action=action, **params))
    _, headers, body = get(faulty, {"Range": "bytes=10-19"})
    assert headers.get(header) == value
    assert body == DATA[10:20]


def test_full_answer_to_a_range(faulty: LocalServer) -> None:
    faulty.add_fault(Fault(action="full_200"))
    status, headers, body = get(faulty, {"Range": "bytes=10-19"})
    assert (status, headers.get("Content-Range"), body) == (200, None, DATA)


def test_gzip(faulty: LocalServer) -> None:
    faulty.add_fault(Fault(action="gzip"))
    _, headers, body = get(faulty)
    assert headers["Content-Encoding"] == "gzip" and isinstance(body, bytes)
    assert gzip.decompress(body) == DATA


def test_status(faulty: LocalServer) -> None:
    faulty.add_fault(Fault(action="status", status=503, code="ServiceUnavailable", headers=[("Retry-After", "1")]))
    status, headers, body = get(faulty)
    assert (status, headers["Retry-After"]) == (503, "1")
    assert isinstance(body, bytes) and b"<Code>ServiceUnavailable</Code>" in body


def test_which_requests(faulty: LocalServer) -> None:
    faulty.add_fault(Fault({"method": "GET", "bucket": BUCKET, "key": "k"}, nth=2, times=2, action="status"))
    assert [get(faulty)[0] for _ in range(4)] == [200, 500, 500, 200]
    faulty.add_fault(Fault({"part": 2, "part_size": 100}, action="status"))
    assert [get(faulty, {"Range": f"bytes={i * 100}-{i * 100 + 99}"})[0] for i in range(4)] == [206, 206, 500, 206]
    faulty.add_fault(Fault({"range": "bytes=0-9"}, action="status"))
    assert [get(faulty, {"Range": f"bytes=0-{i}"})[0] for i in (8, 9)] == [206, 500]
    faulty.add_fault(Fault({"query": {"versionId": None}}, action="status"))
    assert [get(faulty, path=PATH + query)[0] for query in ("", "?versionId=null")] == [200, 500]
    faulty.add_fault(Fault(lambda call: call.header("X-Marked") == "1", times=None, action="status"))
    assert [get(faulty, {"X-Marked": mark})[0] for mark in ("0", "1", "1")] == [200, 500, 500]
    faulty.clear_faults()
    assert get(faulty, {"X-Marked": "1"})[0] == 200


def test_hook_replaces_the_object(faulty: LocalServer) -> None:
    faulty.add_fault(Fault(nth=2, action="hook", call=lambda _, server: server.replace(BUCKET, "k", b"new")))
    assert [get(faulty)[2] for _ in range(3)] == [DATA, b"new", b"new"]


def test_a_stall_ends_with_the_server() -> None:
    with LocalServer(buckets=[BUCKET], signature_required=False, faults=[Fault(action="stall", after=10)]) as server:
        server.put(BUCKET, "k", DATA)
        outcome: list[Any] = []
        thread = threading.Thread(target=lambda: outcome.append(get(server)))
        thread.start()
        while not server.requests or server.requests[0].sent < 10:
            thread.join(0.01)
            assert thread.is_alive()
    thread.join(10)
    assert outcome[0][2] in ("short 10", "reset")


def test_mistakes_in_the_script() -> None:
    with pytest.raises(ValueError, match="unknown fault action"):
        Fault(action="explode")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown match"):
        Fault({"colour": "red"})
