"""A connection that is cancelled at the very moment in which it ends: its socket is nobody else's to be broken."""

from __future__ import annotations

from aos._c.redact import SecretBytes
from aos._http import client
from aos._http.client import Origin
from aos._http.connection import Route
from aos._http.perform import connection_for
from aos.aos_http_io import aos_http_request_options_create
from tests.wire import Peer, WireServer, answer


def test_a_cancelled_connection_gives_no_socket_back() -> None:
    def serve(peer: Peer) -> None:
        while peer.request():
            peer.send(answer(b"hello"))

    client.close()
    with WireServer(serve) as server:
        host, _, port = server.url.partition("//")[2].rstrip("/").partition(":")
        origin = Origin.of("http", host, int(port), None, None, 0, None, None)
        for cancelled in (False, True):
            connection = connection_for(aos_http_request_options_create(None))
            head = SecretBytes(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            answered = connection.exchange(Route.of(origin, "GET", "/"), head)
            while answered.read():
                pass
            if cancelled:
                connection.deadline.flag.set()  # what cancel() does first; then it looks for a socket, and ends it
            connection.close()
            assert connection.sock is connection.deadline.sock is None
            found = client.idle_connection(origin)
            assert (found is None) == cancelled
            if found is not None:
                found.close()
    client.close()
