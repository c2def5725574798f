"""A lease that is cancelled at the very moment in which it ends: its connection is nobody else's to be broken."""

from __future__ import annotations

from aos._http import client
from aos._http.client import origin_t
from aos._http.connection import headers_t, lease_t, route_t
from aos.aos_http_io import aos_http_request_options_create
from tests.wire import answer, peer_t, wire_server


def test_a_cancelled_lease_gives_no_connection_back() -> None:
    def serve(peer: peer_t) -> None:
        while peer.request():
            peer.send(answer(b"hello"))

    client.close()
    with wire_server(serve) as server:
        host, _, port = server.url.partition("//")[2].rstrip("/").partition(":")
        origin = origin_t.of("http", host, int(port), None, None, 0, None, None)
        for cancelled in (False, True):
            lease = lease_t(aos_http_request_options_create(None))
            answered = lease.exchange(route_t.of(origin, "GET", "/"), headers_t(f"Host: {host}\r\n"))
            while answered.read():
                pass
            if cancelled:
                lease.watch.flag.set()  # what cancel() does first; then it looks for a socket, and ends it
            lease.close()
            assert lease.sock is lease.watch.sock is None
            found = client.kept(origin)
            assert (found is None) == cancelled
            if found is not None:
                found.close()
    client.close()
