"""A proxy on this machine that notes what goes to a service and what comes back.

Both sides speak plain HTTP with it. It speaks HTTPS with the service where the user's endpoint says so: the signatures
do not cover the scheme.
"""

from __future__ import annotations

import base64
import http.client
from typing import Any

from oss.tools.crosscheck.surroundings.peers import Connection, Listener, Note, Noted, free_port

__all__ = ["Relay", "path_of"]

HERE = "127.0.0.1"
PATIENCE = 60.0
HOPS = {"connection", "proxy-connection", "proxy-authorization", "keep-alive", "transfer-encoding", "expect", "te"}
"""Headers that are about one connection."""
WITHOUT_BODY = (204, 304)


class Relay:
    """A context manager: listens on entry. ``noted`` has the requests since the last ``begin``, with their answers."""

    def __init__(self, has_tls: bool) -> None:
        self._has_tls = has_tls
        self.noted: list[Noted] = []
        self.port = free_port(HERE)

    def __enter__(self) -> Relay:
        self._listener = Listener("service", (HERE, self.port), self._serve, self.noted)
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def begin(self) -> None:
        self.noted.clear()

    def exchanges(self) -> list[dict[str, Any]]:
        """The requests, as the service gets them, and answers in the corpus' form."""
        return [
            {
                "request": {**one.request, "target": path_of(one.request["target"]), **_body(one.body or b"")},
                "response": one.response,
            }
            for one in [*self.noted]
        ]

    def _serve(self, connection: Connection, note: Note) -> None:
        while (request := connection.head()) is not None:
            body = connection.body(request)
            note(connection, request, body)
            assert connection.noted is not None
            response, content = self._asked(request, body)
            connection.noted.response = response | ({} if request["method"] == "HEAD" else _body(content))
            lines = [f"HTTP/1.1 {response['status']} {response['reason']}"]
            lines += [f"{name}: {value}" for name, value in response["headers"]]
            connection.send("\r\n".join([*lines, "", ""]).encode("latin-1") + content)

    def _asked(self, request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """The service's answer to a request, and its content."""
        upstream = self._connection(request["target"].partition("://")[2].partition("/")[0])
        try:
            upstream.putrequest(
                request["method"], path_of(request["target"]), skip_host=True, skip_accept_encoding=True
            )
            for name, value in request["headers"]:
                if name.lower() not in HOPS | {"content-length"}:
                    upstream.putheader(name, value.encode("utf-8", "surrogateescape"))
            if request["method"] in ("PUT", "POST"):
                upstream.putheader("Content-Length", str(len(body)))
            upstream.endheaders(body)
            answer = upstream.getresponse()
            content = answer.read()
        finally:
            upstream.close()
        headers = [[name, value] for name, value in answer.getheaders() if name.lower() not in HOPS]
        if request["method"] != "HEAD" and answer.status not in WITHOUT_BODY:
            headers = [pair for pair in headers if pair[0].lower() != "content-length"]
            headers.append(["Content-Length", str(len(content))])
        return {"status": answer.status, "reason": answer.reason, "headers": headers}, content

    def _connection(self, host: str) -> http.client.HTTPConnection:
        name, _, port = host.partition(":")
        if name == "localhost" or name.endswith(".localhost"):
            name = HERE  # not every resolver knows the names below localhost
        kind = http.client.HTTPSConnection if self._has_tls else http.client.HTTPConnection
        return kind(name, int(port) if port else None, timeout=PATIENCE)


def path_of(target: str) -> str:
    """Path and query of a request target, which for a proxy is a URL."""
    return target if target.startswith("/") else "/" + target.partition("://")[2].partition("/")[2]


def _body(data: bytes) -> dict[str, str]:
    return {"body_b64": base64.b64encode(data).decode()}
