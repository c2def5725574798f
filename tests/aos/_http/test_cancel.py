"""A connection that is cancelled at the very moment in which it is given back: it is nobody else's to be broken."""

from __future__ import annotations

from aos._http import client
from aos._http.client import Origin
from aos._http.connection import Headers, Lease, Route
from aos.aos_http_io import aos_http_request_options_create
from tests.wire import Peer, WireServer, answer


def test_a_cancelled_connection_is_not_given_back() -> None:
    def serve(peer: Peer) -> None:
        while peer.request():
            peer.send(answer(b"hello"))

    client.close()
    with WireServer(serve) as server:
        host, _, port = server.url.partition("//")[2].rstrip("/").partition(":")
        origin = Origin.of("http", host, int(port), None, None, 0, None, None)
        for cancelled in (False, True):
            connection = Lease(aos_http_request_options_create(None))
            answered = connection.exchange(Route.of(origin, "GET", "/"), Headers(f"Host: {host}\r\n"))
            while answered.read():
                pass
            if cancelled:
                connection.watch.flag.set()  # what cancel() does first; then it looks for a socket, and ends it
            connection.close()
            assert connection.sock is connection.watch.sock is None
            found = client.kept(origin)
            assert (found is None) == cancelled
            if found is not None:
                found.close()
    client.close()
