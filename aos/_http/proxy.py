"""Which proxy a request goes through, as libcurl decides it: an option names it, or the environment.

``http_proxy`` (in lower case only: a web server gives its programs the client's ``Proxy`` header as ``HTTP_PROXY``),
``https_proxy``, ``all_proxy`` and ``no_proxy`` are read, the latter three in capital letters too; a variable that is
empty is not set. ``no_proxy`` also holds for a proxy that an option names.

Difference from libcurl 7.88: networks of IPv6 addresses in ``no_proxy`` are known, as its manual says and as later
versions do.
"""

from __future__ import annotations

import base64
import os
import re
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, unquote_to_bytes, urlsplit

from aos._c.redact import SecretText
from aos._c.text import encode
from aos._http.dial import numeric_address
from aos._http.errors import SettingsError

__all__ = ["EXCEPTIONS", "PROXIES", "Environment", "Proxy", "environment", "in_url", "is_direct", "proxy_in"]

HTTP = ("http", "https")
PORTS = {"http": 1080, "https": 443, "socks4": 1080, "socks4a": 1080, "socks5": 1080, "socks5h": 1080}
"""Schemes of a proxy, and the port of each where none is given (libcurl's)."""
ALIASES = {"": "http", "socks": "socks4"}

VARIABLES = {"http": ("http_proxy",), "https": ("https_proxy", "HTTPS_PROXY")}
FOR_ALL = ("all_proxy", "ALL_PROXY")
EXCEPTIONS = ("no_proxy", "NO_PROXY")
PROXIES = (*VARIABLES["http"], *VARIABLES["https"], *FOR_ALL)

Environment: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values of the variables that are set."""


class Proxy(NamedTuple):
    """Proxy: its address, and as ``user`` and ``password`` texts that encoded as latin-1 give the bytes to send;
    ``user`` is None where the client is not to authenticate itself."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str

    @classmethod
    def parse(cls, text: str, auth: str | None = None) -> Proxy:
        """Reads ``[scheme://][user:password@]host[:port][/…]``; ``auth`` is a ``user:password`` for a text without.
        SettingsError, without the password, where it is no proxy."""
        scheme, found, rest = text.partition("://")
        credentials, at, place = (rest if found else text).rpartition("@")
        place = re.split(r"[/?#]", place, maxsplit=1)[0]
        scheme = scheme.lower() if found else ""
        scheme = ALIASES.get(scheme, scheme)
        try:
            parts = urlsplit(f"//{place}")
            host, port = parts.hostname, PORTS.get(scheme) if parts.port is None else parts.port
        except ValueError as problem:
            raise SettingsError(f"the proxy {place}: {problem}") from None
        if scheme not in PORTS or not host or not port or re.search(r"\s", place):
            raise SettingsError(f"the proxy {place} is not [SCHEME://]HOST[:PORT] with one of {', '.join(PORTS)}")
        user, _, password = encode(credentials if at else auth or "").partition(b":")
        if at:
            user, password = unquote_to_bytes(user), unquote_to_bytes(password)
        has_user = bool(user or password)
        return cls(scheme, host, port, user.decode("latin-1") if has_user else None, password.decode("latin-1"))

    @property
    def is_socks(self) -> bool:
        """Whether it passes bytes on, and does not know HTTP."""
        return self.scheme not in HTTP

    def headers(self) -> dict[str, str]:
        """Returns the headers that authenticate the client to a proxy of HTTP; none without a user."""
        if self.user is None or self.is_socks:
            return {}
        pair = f"{self.user}:{self.password}".encode("latin-1")
        return {"Proxy-Authorization": f"Basic {base64.b64encode(pair).decode()}"}

    def url(self) -> str:
        """Returns the URL with the credentials, as requests takes it."""
        credentials = "" if self.user is None else f"{_quoted(self.user)}:{_quoted(self.password)}@"
        return f"{self.scheme}://{credentials}{in_url(self.host)}:{self.port}"

    def __repr__(self) -> str:
        return f"Proxy({self.scheme}://{self.host}:{self.port})"


def in_url(host: str) -> str:
    """Returns a host as a URL has it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def _quoted(text: str) -> str:
    """Returns a text as a URL's credentials have it."""
    return quote(text, safe="", encoding="latin-1")


def environment(proxy: str | None) -> Environment:
    """Returns what the environment says now; of that, no more is read than counts beside ``proxy``, which an option
    names."""
    known = _read(PROXIES) if proxy is None else ()
    return known + _read(EXCEPTIONS) if known or proxy else ()


def _read(names: tuple[str, ...]) -> Environment:
    """Returns those of the variables that are set."""
    return tuple([(name, SecretText(value)) for name in names if (value := os.environ.get(name))])


def proxy_in(known: Environment, scheme: str) -> str | None:
    """Returns the proxy that the environment names for requests to URLs of a scheme; None without one."""
    return _first(known, *VARIABLES[scheme], *FOR_ALL)


def is_direct(known: Environment, host: str) -> bool:
    """Tells whether the environment says that requests to a host go through no proxy."""
    exceptions = _first(known, *EXCEPTIONS) or ""
    if exceptions == "*":
        return True
    address = numeric_address(host)
    name = host.lower().removesuffix(".")
    return any(
        _is_within(name, item.lower()) if address is None else _is_in_network(address[1], item)
        for item in re.split(r"[ \t,]+", exceptions)
        if item
    )


def _first(known: Environment, *names: str) -> str | None:
    """Returns the value of the first of these variables that is set."""
    values = dict(known)
    return next((values[name] for name in names if name in values), None)


def _is_within(name: str, domain: str) -> bool:
    """Tells whether a name is a domain's or below it; one dot before and behind the domain makes no difference."""
    domain = domain.removesuffix(".").removeprefix(".")
    return bool(domain) and f".{name}".endswith(f".{domain}")


def _is_in_network(address: bytes, network: str) -> bool:
    """Tells whether an address is in a network in CIDR notation. The length 0 counts as none, which means the address
    alone."""
    text, _, digits = network.partition("/")
    other, width = numeric_address(text), 8 * len(address)
    length = int(re.sub("[^0-9].*", "", digits) or 0) or width
    if other is None or len(other[1]) != len(address) or length > width:
        return False
    return (int.from_bytes(address, "big") ^ int.from_bytes(other[1], "big")) >> (width - length) == 0
