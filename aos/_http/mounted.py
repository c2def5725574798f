"""Adapters of ``requests`` that a program mounts: its requests to some URLs go through them.

All that is of requests and urllib3 is here. It is imported once a program asks for the session, ``client.session()``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPException
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectTimeout, ReadTimeout
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import ConnectTimeoutError, HTTPError, LocationParseError, NewConnectionError, ProxyError
from urllib3.util.ssl_match_hostname import CertificateError

from aos._http.errors import ForeignError, add_meanings
from aos._http.head import LENGTH
from aos._http.response import READ_CHUNK

__all__ = ["ForeignSource", "Session"]

add_meanings(
    proxy=(ProxyError,),
    certificate=(CertificateError,),
    name=(LocationParseError,),
    late=(ConnectTimeoutError, ConnectTimeout),
    silent=(ReadTimeout,),
    unconnected=(NewConnectionError,),
)


class DefaultAdapter(HTTPAdapter):
    """Adapter on the session where the program has mounted none: such requests use connections of our own."""


class Session(requests.Session):
    """The session on which a program mounts adapters."""

    def __init__(self, schemes: Iterable[str]) -> None:
        """Mounts nothing of the program's yet; ``schemes`` are those of the URLs that there are."""
        super().__init__()
        self.trust_env = False
        for scheme in schemes:
            self.mount(f"{scheme}://", DefaultAdapter())

    def mounted_adapter(self, url: str) -> Any:
        """Returns the adapter that the program has mounted for a URL; None where it has mounted none."""
        adapter = self.get_adapter(url)
        return None if isinstance(adapter, DefaultAdapter) else adapter

    def renew_pools(self) -> None:
        """Gives the program's adapters new pools, in a forked child."""
        for adapter in self.adapters.values():
            if isinstance(adapter, HTTPAdapter) and not isinstance(adapter, DefaultAdapter):
                copied: Any = adapter
                copied.__setstate__(copied.__getstate__())  # as unpickling does, which makes empty pools

    def prepared(
        self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes | None
    ) -> requests.PreparedRequest:
        """Returns a request as an adapter takes it."""
        request = requests.PreparedRequest()
        request.method, request.url, request.headers, request.body = method, url, CaseInsensitiveDict(headers), body
        return request

    def send_by_adapter(
        self, request: requests.PreparedRequest, settings: Callable[[], dict[str, Any]]
    ) -> ForeignSource:
        """Sends a request by the adapter for its URL, with what ``settings()`` returns. ForeignError; what the adapter
        raises: that goes to the program with this frame, so no variable here has a secret in its repr."""
        adapter = self.get_adapter(request.url or "")
        send = functools.partial(adapter.send, request, stream=True)
        source: ForeignSource = _translated(lambda: ForeignSource(send(**settings()), str(request.method)))
        return source


def _translated(call: Callable[[], Any]) -> Any:
    """Returns what a function returns. ForeignError for an exception of urllib3's or of http.client's."""
    try:
        return call()
    except (HTTPError, HTTPException) as error:
        raise ForeignError(str(error)) from error


class ForeignSource:
    """Answer of an adapter that the program has mounted: a requests.Response, and its body as it was sent."""

    def __init__(self, response: requests.Response, method: str) -> None:
        self.response, self.status, self.headers = response, response.status_code, response.headers
        self._chunks = _raw_chunks(response)
        length = response.headers.get("Content-Length", "")
        self.length = int(length) if LENGTH.fullmatch(length) else None
        if method == "HEAD" or self.status in (204, 304):
            self.length = 0
        self.ended = False

    def read(self) -> bytes:
        """Reads the next bytes of the body; b"" at the end. ForeignError."""
        data: bytes = _translated(lambda: next(self._chunks, b""))
        self.ended = not data
        return data

    def close(self) -> None:
        """Closes the answer; its adapter keeps the connection or closes it."""
        self.response.close()


def _raw_chunks(response: requests.Response) -> Iterator[bytes]:
    """Returns the chunks of the body as it was sent: without decoding a ``Content-Encoding``, where urllib3 read it."""
    raw: Any = response.raw
    if hasattr(raw, "stream"):  # urllib3's
        return iter(raw.stream(READ_CHUNK, decode_content=False))
    if hasattr(raw, "read"):
        return iter(lambda: raw.read(READ_CHUNK), b"")
    return iter([response.content] if response.content else [])
