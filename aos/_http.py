"""The HTTP client behind the default transport: a ``requests`` session whose connections can be leased.

``requests`` and urllib3 do what they are good at: pools, TLS, proxies and CONNECT. What they do not offer is a wait
that can be cancelled and that follows the stall rule, so the connection classes made here send and receive through a
:class:`~aos._watch.watch_t`. Public names of requests, urllib3 and http.client only.

Differences from libcurl: names are resolved when a connection is opened (``dns_cache_timeout`` has nothing to do),
and the system's certificates are found by OpenSSL's own defaults. As in the C SDK, the environment's proxies and netrc
are not used, and redirects are not followed.
"""

from __future__ import annotations

import http.client
import ssl
import threading
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import make_headers
from urllib3.util.ssl_ import create_urllib3_context

from aos._head import final_answer
from aos._text import encode
from aos._watch import watched_stream, watching

if TYPE_CHECKING:
    from urllib3.connectionpool import HTTPConnectionPool

__all__ = ["close", "final_answer", "origin_t", "pool_for", "session", "settings_error"]

HOSTS_KEPT = 64
CONNECTIONS_KEPT = 256
"""For each origin: a pool makes room for all of them when it is made, and closes, with a warning, what is beyond."""

DEFAULT_PORTS = {"http": 80, "https": 443}


class settings_error(Exception):
    """The options of a request cannot be used."""


class _leasable:
    """Mixin of the connection classes: every byte goes through the watch of the thread that uses the connection."""

    sock: Any
    stream: watched_stream
    answer: http.client.HTTPResponse | None = None

    def connect(self) -> None:
        watching().check()
        try:
            super().connect()  # type: ignore[misc]
        finally:
            if self.answer is not None:
                self.answer.close()  # the proxy's, to CONNECT
        self.is_verified = True  # no warning at each request: whoever sets verify_ssl to 0 knows
        watching().opened(self.sock, fresh=True)

    def request(self, *args: Any, **kwds: Any) -> None:
        watching().check()
        if self.sock is not None and watching().sock is not self.sock:  # else it was opened for this very request
            watching().opened(self.sock)
        super().request(*args, **kwds)  # type: ignore[misc]

    def putrequest(self, method: str, url: str, *args: Any, **kwds: Any) -> None:
        """Asks for what the caller asked for: urllib3 would spell some escapes differently."""
        super().putrequest(method, watching().target or url, *args, **kwds)  # type: ignore[misc]

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        watching().sendall(self.sock, data)

    def response_class(self, sock: Any, *args: Any, **kwds: Any) -> http.client.HTTPResponse:
        """Keeps the http.client answer that urllib3 wraps."""
        self.stream = watched_stream(sock, watching())
        self.answer = final_answer(self.stream, *args, **kwds)
        return self.answer


class _discreet:
    """Mixin of the pool classes: urllib3 logs what is asked for, so it is not told the query, which may be signed."""

    def urlopen(self, method: str, url: str, *args: Any, **kwds: Any) -> Any:
        told = url.partition("?")[0] if watching().target else url
        return super().urlopen(method, told, *args, **kwds)  # type: ignore[misc]


def _make_leasable(manager: Any) -> Any:
    manager.pool_classes_by_scheme = {
        scheme: type(
            pool.__name__,
            (_discreet, pool),
            {"ConnectionCls": type("leasable", (_leasable, pool.ConnectionCls), {})},
        )
        for scheme, pool in manager.pool_classes_by_scheme.items()
    }
    return manager


class leasing_adapter(HTTPAdapter):
    """A requests adapter whose pools hand out leasable connections."""

    def init_poolmanager(self, *args: Any, **kwds: Any) -> None:
        super().init_poolmanager(*args, **kwds)
        _make_leasable(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwds: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **kwds)
        return manager if known else _make_leasable(manager)


class origin_t(NamedTuple):
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
        """What a plain-HTTP proxy is told with each request."""
        if not self.proxy_auth or self.scheme != "http":
            return {}
        return make_headers(proxy_basic_auth=":".join(self.proxy_credentials()))

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
    ) -> origin_t:
        """The origin for a request's options; those that do not matter are not told apart."""
        verify = scheme == "https" and bool(verify_ssl)
        auth = proxy_auth if proxy else None
        return cls(
            scheme, host, port, proxy or None, auth, verify, ca_file if verify else None, ca_path if verify else None
        )


class _state:
    """The process's session and what hangs on it; made on first use, closed by aos_http_io_deinitialize."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.session: requests.Session | None = None
        self.contexts: dict[tuple[bool, str | None, str | None], ssl.SSLContext] = {}
        self.pools: dict[origin_t, tuple[HTTPAdapter, HTTPConnectionPool]] = {}


_now = _state()


def session() -> requests.Session:
    """The session every request of the process goes through; other adapters may be mounted on it."""
    with _now.lock:
        if _now.session is None:
            _now.session = requests.Session()
            _now.session.trust_env = False
            for scheme in ("http://", "https://"):
                _now.session.mount(scheme, leasing_adapter(pool_connections=HOSTS_KEPT, pool_maxsize=CONNECTIONS_KEPT))
        return _now.session


def close() -> None:
    """Closes every idle connection."""
    with _now.lock:
        old, _now.session = _now.session, None
        pools, _now.pools = _now.pools, {}
        _now.contexts.clear()
    for _, pool in pools.values():  # the session only drops them
        pool.close()
    if old is not None:
        old.close()


def ssl_context(verify: bool, ca_file: str | None, ca_path: str | None) -> ssl.SSLContext:
    """The TLS settings for a request's options; the same object for the same settings, so that connections are kept."""
    key = (verify, ca_file, ca_path)
    context = _now.contexts.get(key)
    if context is None:
        try:
            context = create_urllib3_context()
            if ca_file or ca_path:
                context.load_verify_locations(ca_file, ca_path)
            else:
                context.load_default_certs()
        except OSError as problem:
            raise settings_error(f"ca_file {ca_file!r}, ca_path {ca_path!r}: {problem.strerror}") from problem
        if not verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        context = _now.contexts.setdefault(key, context)
    return context


def proxy_url(origin: origin_t) -> str | None:
    """``proxy_host`` and ``proxy_auth`` as requests wants them; without a port it is libcurl's 1080."""
    if not origin.proxy:
        return None
    scheme, _, authority = origin.proxy.rpartition("://")
    authority = authority.rstrip("/")
    if not authority.rpartition(":")[2].isdigit():
        authority += ":1080"
    user, password = (quote(text, safe="") for text in origin.proxy_credentials())
    credentials = f"{user}:{password}@" if origin.proxy_auth else ""
    url = f"{scheme or 'http'}://{credentials}{authority}"
    try:
        urlsplit(url)
    except ValueError as problem:
        raise settings_error(f"proxy_host {authority.rpartition('@')[2]}: {problem}") from None
    return url


def pool_for(origin: origin_t) -> HTTPConnectionPool | None:
    """The connection pool for an origin, or None where an adapter that is not ours is mounted for it."""
    adapter = session().get_adapter(f"{origin.scheme}://{origin.host}")
    if not isinstance(adapter, leasing_adapter):
        return None
    known = _now.pools.get(origin)
    if known is not None and known[0] is adapter:
        return known[1]
    settings: dict[str, Any] = {}
    if origin.scheme == "https":
        settings["ssl_context"] = ssl_context(origin.verify, origin.ca_file, origin.ca_path)
    proxy = proxy_url(origin)
    manager = adapter.proxy_manager_for(proxy) if proxy else adapter.poolmanager
    pool: HTTPConnectionPool = manager.connection_from_host(origin.host, origin.port, origin.scheme, settings)
    if len(_now.pools) >= HOSTS_KEPT:
        _now.pools.clear()
    _now.pools[origin] = (adapter, pool)
    return pool
