"""Clients of the local server: raw bytes, requests that are signed as asked, and two clients made by others."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any
from urllib.parse import quote, unquote

import alibabacloud_oss_v2 as v2  # type: ignore[import-untyped]
import oss2  # type: ignore[import-untyped]

from oss.local_server import LocalServer
from oss.local_server.auth import V1_SUBRESOURCES
from oss.local_server.xmldoc import Node, parse
from tests.service import BUCKET

__all__ = ["Answer", "Client", "Clients", "talk"]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def xml(self) -> Node:
        return parse(self.body)

    @property
    def code(self) -> str | None:
        return self.xml.value("Code")


class Client:
    """Sends requests with a V1 signature of its own making, spelled exactly as asked."""

    def __init__(self, server: LocalServer, key: tuple[str, str] | None = None) -> None:
        self.server = server
        self.key = key or (server.access_key_id, server.access_key_secret)

    def __call__(
        self,
        method: str,
        path: str,
        query: str = "",
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        signed: bool = True,
    ) -> Answer:
        """``path`` is ``/bucket/key``, decoded; ``query`` goes out as it is."""
        fields = {"Date": formatdate(usegmt=True)} | (headers or {})
        if signed:
            fields["Authorization"] = f"OSS {self.key[0]}:{self.sign(method, path, query, fields)}"
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=10)
        try:
            target = quote(path) + ("?" + query if query else "")
            connection.request(method, target, body or None, fields)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def sign(self, method: str, path: str, query: str, headers: dict[str, str]) -> str:
        fields = {name.lower(): value for name, value in headers.items()}
        names = sorted(name for name in fields if name.startswith("x-oss-"))
        resource = sorted(unquote(item) for item in query.split("&") if item.partition("=")[0] in V1_SUBRESOURCES)
        text = "\n".join(
            [
                method,
                fields.get("content-md5", ""),
                fields.get("content-type", ""),
                fields["date"],
                "".join(f"{name}:{fields[name]}\n" for name in names)
                + path
                + ("?" + "&".join(resource) if resource else ""),
            ]
        )
        return base64.b64encode(hmac.digest(self.key[1].encode(), text.encode(), hashlib.sha1)).decode()


def talk(server: LocalServer, data: bytes, until_closed: bool = True) -> bytes:
    """Send bytes, and read until the server closes (or for one read)."""
    with socket.create_connection((server.host, server.port), timeout=10) as sock:
        sock.sendall(data)
        received = b""
        while chunk := sock.recv(65536):
            received += chunk
            if not until_closed:
                break
        return received


class Clients:
    """Clients made by others, for one server; closed at the end of the test."""

    def __init__(self, server: LocalServer) -> None:
        self.server = server
        self.closers = ExitStack()

    def oss2(self, auth: Any, name: str = BUCKET) -> oss2.Bucket:
        session = oss2.Session()
        self.closers.callback(session.session.close)
        server = self.server
        return oss2.Bucket(auth, server.endpoint, name, session=session, region=server.region, connect_timeout=10)

    def v2(self, version: str = "v4", **settings: Any) -> v2.Client:
        config = v2.config.load_default()
        config.credentials_provider = v2.credentials.StaticCredentialsProvider(
            settings.pop("key", self.server.access_key_id),
            settings.pop("secret", self.server.access_key_secret),
            settings.pop("token", None),
        )
        config.region, config.endpoint, config.use_path_style = self.server.region, self.server.endpoint, True
        config.signature_version, config.retry_max_attempts = version, 1
        config.http_client = v2.transport.RequestsHttpClient()
        self.closers.callback(config.http_client.close)
        for name, value in settings.items():
            setattr(config, name, value)
        return v2.Client(config)
