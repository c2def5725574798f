"""Connections of the default transport, and the ``requests`` session on which a program may mount adapters.

A request goes through a connection made by ``aos._http.dial``, which the process keeps for the next request to the same
origin: every wait can be cancelled and follows the stall rule. Requests to a URL for which the program has mounted an
adapter on the :func:`session` go through that adapter instead. Only public names of requests and urllib3 are used.

This module takes no lock, since an exception may end a call between any two steps, and a process may be forked at any
moment. Each change of a list or dictionary is a single step of the interpreter.

Differences from libcurl: names are resolved when a connection is opened (``dns_cache_timeout`` has no effect), and the
system's certificates are found by OpenSSL's own defaults. As in the C SDK, netrc is not read, and redirects are not
followed.
"""

from __future__ import annotations

import atexit
import functools
import select
import ssl
from collections import deque
from typing import Any, NamedTuple

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ProxyError

from aos._c.fork import at_fork, imported, owned, unforked
from aos._c.text import path_bytes
from aos._http.deadline import Deadline
from aos._http.dial import connect_to, handshake
from aos._http.errors import NotConnected, NotInTime, SettingsError
from aos._http.head import BAD_HEAD, read_head
from aos._http.limit import TimeLimit
from aos._http.proxy import Proxy, in_url
from aos._http.sockets import is_plain, is_systems, ready, sockets_thread, tls_step
from aos._http.stream import Stream

__all__ = ["close", "OpenSocket", "dial", "keep", "idle_connection", "Origin", "proxy_url", "session"]

HOSTS_KEPT = 64
CONNECTIONS_KEPT = 256
"""The most idle connections kept for one origin; any more are closed."""

DEFAULT_PORTS = {"http": 80, "https": 443}
TUNNEL_BUFFER = 1 << 17
"""Bytes of the buffer for a proxy's answer to CONNECT: more than its longest line may have."""
PROXY_FAILURES = (OSError, UnicodeError, NotConnected, NotInTime, BAD_HEAD)


class Origin(NamedTuple):
    """Server that a request goes to, the proxy on the way, and the TLS settings: requests with equal origins can share
    a connection. ``proxy`` is ``[scheme://][user:password@]host[:port]``; ``proxy_auth`` is ``user:password``, for a
    ``proxy`` without."""

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
    def effective_port(self) -> int:
        """Port of the server: the scheme's default where the URL has none."""
        return self.port or DEFAULT_PORTS[self.scheme]

    @property
    def authority(self) -> str:
        """Value of the Host header: ``host[:port]``, without the port where it is the scheme's default."""
        host = in_url(self.host)
        return host if self.port in (None, DEFAULT_PORTS[self.scheme]) else f"{host}:{self.port}"

    @property
    def text(self) -> str:
        """Text for messages: the origin, and the proxy on the way, without credentials."""
        via = f" via proxy {self.proxy.rpartition('@')[2]}" if self.proxy else ""
        return f"{self.scheme}://{self.authority}{via}"

    @property
    def is_forwarded(self) -> bool:
        """Whether requests are given to a proxy of HTTP, which sends them on; else there is a connection, a tunnel for
        one, or a proxy that only passes bytes on."""
        return self.scheme == "http" and self.proxy is not None and not proxy_of(self).is_socks

    def target(self, target: str) -> str:
        """Returns ``target`` (path and query) as the request line needs it: a proxy that sends it on takes the URL."""
        return f"http://{self.authority}{target}" if self.is_forwarded else target

    def proxy_headers(self) -> dict[str, str]:
        """Returns the headers with the proxy's credentials that go with each request for a proxy to send on."""
        return proxy_of(self).headers() if self.is_forwarded else {}

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
        """Returns the origin for a request's options. Those without effect, such as ``ca_file`` for plain HTTP, are
        left out, so that they make no difference between two origins."""
        has_tls = scheme == "https" or (proxy or "").lower().startswith("https:")
        verify = has_tls and bool(verify_ssl)
        auth = proxy_auth if proxy else None
        return cls(
            scheme, host, port, proxy or None, auth, verify, ca_file if verify else None, ca_path if verify else None
        )


@functools.lru_cache(maxsize=64)
def proxy_of(origin: Origin) -> Proxy:
    """Returns the proxy of an origin that has one; SettingsError where it is not usable."""
    proxy = Proxy.parse(origin.proxy or "", origin.proxy_auth)
    if proxy.is_socks:
        _socks()
    return proxy


def proxy_url(origin: Origin) -> str | None:
    """Returns the URL of an origin's proxy with its credentials, as requests takes it; None without a proxy."""
    return proxy_of(origin).url() if origin.proxy else None


def _socks() -> Any:
    """Returns the module for SOCKS proxies; SettingsError where what it needs is not installed."""
    try:
        return imported("aos._http.socks_proxy")
    except ImportError:
        raise SettingsError("a SOCKS proxy needs PySocks: pip install 'oss-c-sdk-python[socks]'") from None


class OpenSocket:
    """Socket that is connected to an origin. ``plain`` says that it has no TLS and waits as C does, so that C can use
    its descriptor."""

    __slots__ = ("__weakref__", "origin", "plain", "sock")

    def __init__(self, origin: Origin, sock: Any) -> None:
        self.origin, self.sock = origin, sock
        self.plain = is_plain(sock) and is_systems(sock)

    def is_idle(self) -> bool:
        """Tells whether the peer has sent nothing since the last answer, and has not closed the connection."""
        has_tls = isinstance(self.sock, ssl.SSLSocket)
        if has_tls or is_plain(self.sock):
            return not ready({self.sock: select.POLLIN}, 0) and not (has_tls and self.sock.pending())
        return False  # for TLS within TLS there is no way to know

    def close(self) -> None:
        """Closes the socket without the closing message of TLS."""
        self.sock.close()

    abandon = close


class DefaultAdapter(HTTPAdapter):
    """Adapter on the session where the program has mounted none: such requests use this module's connections."""


class _State:
    """Session, TLS contexts and idle connections that a process keeps from request to request: each is made when it is
    first needed, and closed by ``aos_http_io_deinitialize``."""

    def __init__(self) -> None:
        self.session: dict[str, requests.Session] = {}
        self.contexts: dict[tuple[bool, str | None, str | None], ssl.SSLContext] = {}
        self.idle: dict[tuple[Origin, int], deque[OpenSocket]] = {}


_state = _State()


@at_fork
def _reset_in_child() -> None:
    """Forgets the parent's connections in a forked child, where they are closed; mounted adapters get new pools."""
    _state.idle = {}
    for known in _state.session.values():
        for adapter in known.adapters.values():
            if isinstance(adapter, HTTPAdapter) and not isinstance(adapter, DefaultAdapter):
                copied: Any = adapter
                copied.__setstate__(copied.__getstate__())  # as unpickling does, which makes empty pools


def session() -> requests.Session:
    """Returns the process's session, on which a program may mount adapters of its own."""
    known = _state.session.get("")
    if known is None:
        made = requests.Session()
        made.trust_env = False
        for scheme in DEFAULT_PORTS:
            made.mount(f"{scheme}://", DefaultAdapter())
        known = _state.session.setdefault("", made)
    return known


def uses_default_adapter(origin: Origin) -> bool:
    """Tells whether requests to an origin use this module's connections: no adapter is mounted for its URL."""
    return isinstance(session().get_adapter(f"{origin.scheme}://{origin.authority}/"), DefaultAdapter)


@atexit.register
def close() -> None:
    """Closes every idle connection, and the session with the adapters mounted on it."""
    sessions, _state.session, _state.contexts = _state.session, {}, {}
    _close_idle()
    for known in sessions.values():
        known.close()


def _close_idle() -> None:
    """Closes every idle connection."""
    idle, _state.idle = _state.idle, {}
    for connections in idle.values():
        while (connection := _pop(connections)) is not None:
            connection.close()


def _pop(connections: deque[OpenSocket]) -> OpenSocket | None:
    """Removes and returns the last connection; None where other threads have taken them all."""
    try:
        return connections.pop()
    except IndexError:
        return None


def idle_connection(origin: Origin) -> OpenSocket | None:
    """Removes and returns the idle connection to an origin that was kept last and is still open; None without one."""
    connections = _state.idle.get((origin, sockets_thread()))
    while connections and (connection := _pop(connections)) is not None:
        if connection.is_idle():
            return connection
        connection.close()
    return None


def keep(connection: OpenSocket) -> None:
    """Keeps a connection for the next request to its origin; closes it where enough are kept."""
    place = connection.origin, sockets_thread()
    if place not in _state.idle and len(_state.idle) >= HOSTS_KEPT:
        _close_idle()
    connections = _state.idle.setdefault(place, deque())
    if len(connections) < CONNECTIONS_KEPT:
        connections.append(connection)
    else:
        connection.close()


@unforked
def _default_context(ca_file: str | None, ca_path: str | None) -> ssl.SSLContext:
    return ssl.create_default_context(
        cafile=None if ca_file is None else path_bytes(ca_file), capath=None if ca_path is None else path_bytes(ca_path)
    )


def ssl_context(verify: bool, ca_file: str | None, ca_path: str | None) -> ssl.SSLContext:
    """Returns the TLS context for a request's options, always the same for the same options. SettingsError where
    ``ca_file`` or ``ca_path`` cannot be read."""
    key = (verify, ca_file, ca_path)
    context = _state.contexts.get(key)
    if context is None:
        try:
            context = _default_context(ca_file, ca_path)
        except OSError as problem:
            raise SettingsError(f"ca_file {ca_file!r}, ca_path {ca_path!r}: {problem.strerror}") from problem
        context.hostname_checks_common_name = False
        if not verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        context = _state.contexts.setdefault(key, context)
    return context


def dial(origin: Origin, deadline: Deadline, connect_timeout: float | None) -> OpenSocket:
    """Opens a connection to an origin, through its proxy where it has one, within ``connect_timeout`` seconds (None: no
    limit). NETWORK_ERRORS of ``aos._http.errors``."""
    deadline.check()
    until = TimeLimit(deadline, connect_timeout)
    context = ssl_context(origin.verify, origin.ca_file, origin.ca_path) if origin.scheme == "https" else None
    if origin.proxy:
        sock = _connect_via_proxy(origin, proxy_of(origin), until)
    else:
        sock = connect_to(origin.host, origin.effective_port, until)
    if context is not None:
        sock = handshake(sock, context, origin.host, until)
    return owned(OpenSocket(origin, sock))


def _connect_via_proxy(origin: Origin, proxy: Proxy, until: TimeLimit) -> Any:
    """Returns a socket connected to a proxy, and through it to an origin to which it does not send requests on.
    ProxyError for what the proxy causes."""
    sock: Any = None
    tunnel = _socks().Tunnel.to(proxy, origin.host, origin.effective_port, until) if proxy.is_socks else None
    try:
        sock = connect_to(proxy.host, proxy.port, until)
        if tunnel is not None:
            return tunnel.open(sock, until)
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
    """Has a proxy connect to an https origin, whose TLS then goes through ``sock``. OSError for an answer other than
    2xx."""
    destination = f"{in_url(origin.host)}:{origin.effective_port}"
    headers = {"Host": destination, **proxy.headers(), "Proxy-Connection": "Keep-Alive"}
    lines = [f"CONNECT {destination} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    request = "\r\n".join(lines).encode("latin-1")

    while request:
        request = request[until.wait_for(sock.send, request) :]
    receive = functools.partial(tls_step, sock, tick=until.tick) if isinstance(sock, ssl.SSLSocket) else until.wait_for
    answer = Stream(memoryview(bytearray(TUNNEL_BUFFER)), 0, lambda view: receive(sock.recv_into, view))
    head = read_head(answer)
    if not 200 <= head.code <= 299 or answer.begin != answer.end:
        raise OSError(f"Tunnel connection failed: {head.status.partition(' ')[2]}")
