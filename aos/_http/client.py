"""The connections behind the default transport, and the ``requests`` session for adapters of somebody else's.

A request goes through a connection made by ``aos._http.dial``, which the process keeps for the next request to the same
origin: everything that waits can be cancelled and follows the stall rule. Where a program has mounted an adapter of its
own on the :func:`session`, its requests go there instead. Public names of requests and urllib3 only.

Nothing here takes a lock: an exception may end a call between any two steps, and a process may be forked at any moment.
Steps on lists and dictionaries are single ones of the interpreter.

Differences from libcurl: names are resolved when a connection is opened (``dns_cache_timeout`` has nothing to do),
and the system's certificates are found by OpenSSL's own defaults. As in the C SDK, the environment's proxies and netrc
are not used, and redirects are not followed.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import select
import socket
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ProxyError

from aos._c.fork import at_fork, owned, unforked
from aos._c.text import encode
from aos._http.deadline import Deadline
from aos._http.dial import TimeLimit, connect, handshake, look_up
from aos._http.errors import NotConnected, NotInTime, SettingsError
from aos._http.head import BAD_HEAD, read_head
from aos._http.stream import Stream

__all__ = ["close", "OpenSocket", "dial", "keep", "kept", "Origin", "proxy_url", "session"]

HOSTS_KEPT = 64
CONNECTIONS_KEPT = 256
"""For each origin; what is beyond is closed."""

DEFAULT_PORTS = {"http": 80, "https": 443}
PROXY_PORT = 1080  # libcurl's
TUNNEL_HEAD = 1 << 17
"""Room for a line of a proxy's answer."""
PROXY_FAILURES = (OSError, UnicodeError, NotConnected, NotInTime, BAD_HEAD)


class Origin(NamedTuple):
    """Where a request goes: what a connection is chosen by."""

    scheme: str
    host: str
    port: int | None
    proxy: str | None
    proxy_auth: str | None
    verify: bool
    ca_file: str | None
    ca_path: str | None

    def __repr__(self) -> str:
        return self.text

    @property
    def authority(self) -> str:
        """``host[:port]`` as in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in (None, DEFAULT_PORTS[self.scheme]) else f"{host}:{self.port}"

    @property
    def text(self) -> str:
        """The origin, and the proxy on the way, for messages."""
        via = f" via proxy {self.proxy.rpartition('@')[2]}" if self.proxy else ""
        return f"{self.scheme}://{self.authority}{via}"

    def target(self, target: str) -> str:
        """The request target; a proxy of plain HTTP is told the whole URL."""
        return f"http://{self.authority}{target}" if self.proxy and self.scheme == "http" else target

    def proxy_headers(self) -> dict[str, str]:
        """What a proxy of plain HTTP is told with each request."""
        return proxy_of(self).headers() if self.proxy and self.scheme == "http" else {}

    def proxy_credentials(self) -> tuple[str, str]:
        """User and password, as texts whose latin-1 bytes are the ones to be sent."""
        user, _, password = encode(self.proxy_auth or "").decode("latin-1").partition(":")
        return user, password

    @classmethod
    def of(
        cls,
        scheme: str,
        host: str,
        port: int | None,
        proxy: str | None,
        proxy_auth: str | None,
        verify_ssl: int,
        ca_file: str | None,
        ca_path: str | None,
    ) -> Origin:
        """The origin for a request's options; those that do not matter are not told apart."""
        verify = scheme == "https" and bool(verify_ssl)
        auth = proxy_auth if proxy else None
        return cls(
            scheme, host, port, proxy or None, auth, verify, ca_file if verify else None, ca_path if verify else None
        )


class Proxy(NamedTuple):
    """A proxy, as ``proxy_host`` and ``proxy_auth`` name it."""

    scheme: str
    host: str
    port: int
    auth: str

    def headers(self) -> dict[str, str]:
        """What it is told."""
        if not self.auth:
            return {}
        return {"Proxy-Authorization": f"Basic {base64.b64encode(self.auth.encode('latin-1')).decode()}"}

    def __repr__(self) -> str:
        return f"Proxy({self.host}:{self.port})"


def proxy_url(origin: Origin) -> str | None:
    """``proxy_host`` and ``proxy_auth`` as requests wants them; without a port it is libcurl's 1080."""
    if not origin.proxy:
        return None
    scheme, _, authority = origin.proxy.rpartition("://")
    authority = authority.rstrip("/")
    if not authority.rpartition(":")[2].isdigit():
        authority += f":{PROXY_PORT}"
    user, password = (quote(text, safe="") for text in origin.proxy_credentials())
    credentials = f"{user}:{password}@" if origin.proxy_auth else ""
    return f"{scheme or 'http'}://{credentials}{authority}"


def proxy_of(origin: Origin) -> Proxy:
    """The proxy of an origin that has one."""
    place = str(origin.proxy).rpartition("@")[2]
    try:
        parts = urlsplit(proxy_url(origin) or "")
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port or PROXY_PORT
    except ValueError as problem:
        raise SettingsError(f"proxy_host {place}: {problem}") from None
    if scheme not in DEFAULT_PORTS or not host:
        raise SettingsError(f"proxy_host {place} is not an http or https proxy")
    auth = ""
    if origin.proxy_auth:
        auth = ":".join(origin.proxy_credentials())
    elif parts.username is not None:
        auth = unquote_to_bytes(f"{parts.username}:{parts.password or ''}").decode("latin-1")
    return Proxy(scheme, host, port, auth)


class OpenSocket:
    """A socket that is connected to an origin. ``plain``: without TLS, so that C can use its descriptor."""

    __slots__ = ("__weakref__", "_readable", "origin", "plain", "sock")

    def __init__(self, origin: Origin, sock: Any) -> None:
        self.origin, self.sock = origin, sock
        self.plain = isinstance(sock, socket.socket) and not isinstance(sock, ssl.SSLSocket)
        self._readable = select.poll()
        self._readable.register(sock, select.POLLIN)

    def is_idle(self) -> bool:
        """Nothing has come, and not the end, since the last answer."""
        if self.plain or isinstance(self.sock, ssl.SSLSocket):
            return not self._readable.poll(0) and (self.plain or not self.sock.pending())
        return False  # TLS within TLS does not tell

    def close(self) -> None:
        """Ends it, without a word of TLS."""
        self.sock.close()

    abandon = close


class OwnAdapter(HTTPAdapter):
    """Mounted where requests go through connections of our own."""


class _State:
    """What the process keeps from request to request; made on first use, closed by aos_http_io_deinitialize."""

    def __init__(self) -> None:
        self.session: dict[str, requests.Session] = {}
        self.contexts: dict[tuple[bool, str | None, str | None], ssl.SSLContext] = {}
        self.idle: dict[Origin, deque[OpenSocket]] = {}


_now = _State()


@at_fork
def _begin_anew() -> None:
    """The parent's connections are closed already; adapters of somebody else's keep theirs, unless they are told."""
    _now.idle = {}
    for known in _now.session.values():
        for adapter in known.adapters.values():
            if isinstance(adapter, HTTPAdapter) and not isinstance(adapter, OwnAdapter):
                copied: Any = adapter
                copied.__setstate__(copied.__getstate__())  # as when it is unpickled: its pools are empty


def session() -> requests.Session:
    """The session on which a program may mount adapters of its own."""
    known = _now.session.get("")
    if known is None:
        made = requests.Session()
        made.trust_env = False
        for scheme in DEFAULT_PORTS:
            made.mount(f"{scheme}://", OwnAdapter())
        known = _now.session.setdefault("", made)
    return known


def is_ours(origin: Origin) -> bool:
    """Whether requests go through connections of our own."""
    return isinstance(session().get_adapter(f"{origin.scheme}://{origin.host}"), OwnAdapter)


@atexit.register
def close() -> None:
    """Closes every idle connection."""
    sessions, _now.session, _now.contexts = _now.session, {}, {}
    _close_idle()
    for known in sessions.values():
        known.close()


def _close_idle() -> None:
    idle, _now.idle = _now.idle, {}
    for connections in idle.values():
        while (connection := _last(connections)) is not None:
            connection.close()


def _last(connections: deque[OpenSocket]) -> OpenSocket | None:
    """Takes one, unless other threads have taken them all."""
    try:
        return connections.pop()
    except IndexError:
        return None


def kept(origin: Origin) -> OpenSocket | None:
    """The connection to an origin that was given back last, if it is still good."""
    connections = _now.idle.get(origin)
    while connections and (connection := _last(connections)) is not None:
        if connection.is_idle():
            return connection
        connection.close()
    return None


def keep(connection: OpenSocket) -> None:
    """Gives a connection back for the next request to its origin."""
    if connection.origin not in _now.idle and len(_now.idle) >= HOSTS_KEPT:
        _close_idle()
    connections = _now.idle.setdefault(connection.origin, deque())
    if len(connections) < CONNECTIONS_KEPT:
        connections.append(connection)
    else:
        connection.close()


@unforked
def _default_context(ca_file: str | None, ca_path: str | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file, capath=ca_path)


def ssl_context(verify: bool, ca_file: str | None, ca_path: str | None) -> ssl.SSLContext:
    """The TLS settings for a request's options; made once for the same settings."""
    key = (verify, ca_file, ca_path)
    context = _now.contexts.get(key)
    if context is None:
        try:
            context = _default_context(ca_file, ca_path)
        except OSError as problem:
            raise SettingsError(f"ca_file {ca_file!r}, ca_path {ca_path!r}: {problem.strerror}") from problem
        context.hostname_checks_common_name = False
        if not verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        context = _now.contexts.setdefault(key, context)
    return context


def dial(origin: Origin, deadline: Deadline, connect_timeout: float | None) -> OpenSocket:
    """Opens a connection to an origin, through its proxy where it has one."""
    deadline.check()
    until = TimeLimit(deadline, connect_timeout)
    context = ssl_context(origin.verify, origin.ca_file, origin.ca_path) if origin.scheme == "https" else None
    if origin.proxy:
        sock = _through_proxy(origin, proxy_of(origin), until)
    else:
        sock = connect(look_up(origin.host, origin.port or DEFAULT_PORTS[origin.scheme], until), until)
    if context is not None:
        sock = handshake(sock, context, origin.host, until)
    return owned(OpenSocket(origin, sock))


def _through_proxy(origin: Origin, proxy: Proxy, until: TimeLimit) -> Any:
    sock: Any = None
    try:
        sock = connect(look_up(proxy.host, proxy.port, until), until)
        if proxy.scheme == "https":
            sock = handshake(sock, ssl_context(origin.verify, origin.ca_file, origin.ca_path), proxy.host, until)
        if origin.scheme == "https":
            _tunnel(sock, origin, proxy, until)
    except BaseException as error:
        if sock is not None:
            sock.close()
        if isinstance(error, PROXY_FAILURES):
            raise ProxyError("the proxy", error) from error
        raise
    return sock


def _tunnel(sock: Any, origin: Origin, proxy: Proxy, until: TimeLimit) -> None:
    """Has a proxy connect to the origin, whose TLS then goes through it."""
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    far = f"{host}:{origin.port or DEFAULT_PORTS[origin.scheme]}"
    headers = {"Host": far, **proxy.headers(), "Proxy-OpenSocket": "Keep-Alive"}
    lines = [f"CONNECT {far} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    request = "\r\n".join(lines).encode("latin-1")

    def patiently(move: Callable[[Any], int], data: Any) -> int:
        while True:
            until.tick()
            with contextlib.suppress(TimeoutError):
                return move(data)

    while request:
        request = request[patiently(sock.send, request) :]
    answer = Stream(memoryview(bytearray(TUNNEL_HEAD)), 0, lambda view: patiently(sock.recv_into, view))
    head = read_head(answer)
    if not 200 <= head.code <= 299 or answer.begin != answer.end:
        raise OSError(f"Tunnel connection failed: {head.status.partition(' ')[2]}")
