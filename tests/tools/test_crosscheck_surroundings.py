"""The cross-check's surroundings, with a small library that does not care for them: what differs is seen."""

from __future__ import annotations

import socket

import pytest

from oss.tools.crosscheck.comparison import Comparison
from oss.tools.crosscheck.scene import Call
from oss.tools.crosscheck.surroundings import run
from oss.tools.crosscheck.surroundings.messages import class_of
from oss.tools.crosscheck.surroundings.peers import Listener, Noted, free_port
from oss.tools.crosscheck.surroundings.rows import ROWS, Peer, Surroundings
from oss.tools.crosscheck.surroundings.servers import answers, proxies
from tests.tools.test_crosscheck import calls, crosscheck, needs_a_compiler

HERE = "127.0.0.1"
HEAD_BUCKET, DELETE_BUCKET = Call("oss_head_bucket", {}), Call("oss_delete_bucket", {"bucket": "ab"})


def lines(found: Comparison) -> list[str]:
    return [line for aspect in found.problems.values() for line in aspect]


@needs_a_compiler
def test_a_library_that_does_not_read_the_environment(stub: str) -> None:
    two = {"server": Peer(), "proxy": Peer(proxies())}
    found = run.surrounded(Surroundings("x", (HEAD_BUCKET,), two, {"http_proxy": "http://{proxy}"}), stub)
    assert "request 0: lacks header (server): 'server'" in lines(found)
    assert "request 0: extra header (server): 'proxy'" in lines(found)


@needs_a_compiler
def test_a_call_without_surroundings_is_equal(stub: str) -> None:
    found = run.surrounded(Surroundings("x", (DELETE_BUCKET, DELETE_BUCKET), closed=(0, 1, 2), umask=0o077), stub)
    assert not found.raw and found.missing is None and found.death is None


@needs_a_compiler
def test_how_a_process_ends_is_compared(stub: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run.surrounded(Surroundings("x", (Call("oss_get_bucket_location", {}),)), stub)
    assert found.death == "SIGSEGV"
    assert "status.exit: expected 'SIGSEGV', got 'exit 0'" in lines(found)


@needs_a_compiler
def test_a_process_that_does_not_end_is_ended(stub: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PATIENCE", 5.0)
    assert run.surrounded(Surroundings("x", (Call("oss_get_bucket_info", {}),)), stub).death == "timeout"


@needs_a_compiler
def test_what_the_library_lacks_is_told_of_a_case(stub: str) -> None:
    done = crosscheck("--lib", stub, "--only", "surroundings/kept.alive", "--json")
    (case,) = calls(done).values()
    assert case["missing"] == "the library has no oss_get_object_to_buffer" and done.returncode == 2


def test_what_this_machine_is_not() -> None:
    elsewhere = {"server": Peer(host="192.0.2.1")}
    assert "lacks an address" in (run.surrounded(Surroundings("x", peers=elsewhere), "x.so").missing or "")


def test_every_case_has_its_own_name() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("c", "port"),
    [
        ("Couldn't connect to server", "GET http://a/: cannot connect: Connection refused"),
        ("Timeout was reached", "GET http://a/: the connection was not made within connect_timeout"),
        ("Couldn't resolve host name", "GET http://a/: Name or service not known"),
        ("Failed sending data to the peer", "PUT http://a/: Connection reset by peer"),
    ],
)
def test_messages_about_the_same(c: str, port: str) -> None:
    assert class_of(c) == class_of(port) != c


def test_messages_about_something_else() -> None:
    assert class_of("Couldn't connect to server") != class_of("Timeout was reached")
    assert class_of("The specified key does not exist.") == "The specified key does not exist."


def test_a_server_notes_what_it_is_sent() -> None:
    noted: list[Noted] = []
    port = free_port(HERE)
    listener = Listener("server", (HERE, port), answers, noted)
    listener.start()
    with socket.create_connection((HERE, port), 10) as sock:
        sock.sendall(b"PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
        assert sock.recv(1 << 16).startswith(b"HTTP/1.1 200 OK\r\n")
    listener.close()
    (one,) = noted
    assert (one.request["target"], one.body, one.connection) == ("/b", b"abc", 1)
    assert one.response is not None and one.response["status"] == 200


def test_servers_that_refuse_and_swallow() -> None:
    port = free_port(HERE)
    for serve, refuses, expected in ((answers, True, ConnectionRefusedError), (None, False, TimeoutError)):
        listener = Listener("server", (HERE, port), serve, [])
        listener.start(refuses)
        with pytest.raises(expected):
            socket.create_connection((HERE, port), 0.3)
        listener.close()
