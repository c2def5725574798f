"""What the servers of the cases do on a connection."""

from __future__ import annotations

from oss.tools.crosscheck.surroundings.peers import Connection, Note, Server

__all__ = ["answers", "closes_after_one", "fails_after", "proxies", "refuses_early", "resets_early"]


def answers(connection: Connection, note: Note) -> None:
    """A service: one answer after the other."""
    while (request := connection.head()) is not None:
        body = connection.body(request)
        note(connection, request, body)
        connection.answer(request, body)


def closes_after_one(abruptly: bool) -> Server:
    """A service whose connections end after one answer, of which that answer says nothing."""

    def serve(connection: Connection, note: Note) -> None:
        if (request := connection.head()) is not None:
            body = connection.body(request)
            note(connection, request, body)
            connection.answer(request, body)
            if abruptly:
                connection.reset()

    return serve


def fails_after(count: int) -> Server:
    """A service that cannot any more after some answers."""

    def serve(connection: Connection, note: Note) -> None:
        for _ in range(count):
            if (request := connection.head()) is not None:
                body = connection.body(request)
                note(connection, request, body)
                connection.answer(request, body)
        while (request := connection.head()) is not None:
            note(connection, request, connection.body(request))
            connection.refuse("503 Service Unavailable")

    return serve


def refuses_early(status: str, ends: bool) -> Server:
    """A service that answers when it has read the head of a request, and reads no more; ``ends``: nor sends."""

    def serve(connection: Connection, note: Note) -> None:
        if (request := connection.head()) is None:
            return
        note(connection, request, None)
        connection.refuse(status)
        if ends:
            connection.end()
        connection.wait()

    return serve


def resets_early(connection: Connection, note: Note) -> None:
    """A server that ends the connection with RST when it has read the head of a request."""
    if (request := connection.head()) is not None:
        note(connection, request, None)
        connection.reset()


def proxies(tunnel: str = "403 Forbidden", status: str = "200 OK") -> Server:
    """A proxy: it answers what it is to send on as the service would, and CONNECT with ``tunnel``."""

    def serve(connection: Connection, note: Note) -> None:
        while (request := connection.head()) is not None:
            body = connection.body(request)
            note(connection, request, body)
            if request["method"] == "CONNECT":
                connection.refuse(tunnel)
            elif status.startswith("200"):
                connection.answer(request, body)
            else:
                connection.refuse(status, "Proxy-Authenticate: Basic realm=x")

    return serve
