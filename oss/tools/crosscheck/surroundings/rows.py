"""The table of cases: servers, what is in the environment, what the process is like, the calls.

``{server}`` in a text is the address of the first server, and ``{NAME}`` that of another one; all are on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

from oss.tools.crosscheck.scene import Call
from oss.tools.crosscheck.surroundings.peers import Server
from oss.tools.crosscheck.surroundings.servers import (
    answers,
    closes_after_one,
    fails_after,
    proxies,
    refuses_early,
    resets_early,
)

__all__ = ["LOCALES", "ROWS", "Peer", "Surroundings", "surroundings"]

V4, V6 = "127.0.0.1", "::1"
LARGE = {"seed": "surroundings", "size": 4 << 20}
"""A body that does not fit into the buffers of a connection."""
LOCALES = {
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "UTF-8": {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    "GBK": {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"},
}
"""The variables that make a process run in a locale; GBK has to be made first."""
SHORT = {"connect_timeout": 1}


@dataclass(frozen=True)
class Peer:
    """A server. Those with one ``port`` name are at one port, of IPv4 or IPv6; ``serve`` None: it swallows connections,
    ``refuses``: nobody listens."""

    serve: Server | None = answers
    host: str = V4
    port: str = ""
    refuses: bool = False
    late: float = 0.0


@dataclass(frozen=True)
class Surroundings:
    """One case: the last of ``calls`` is compared with all that can be seen of it, of the others the status."""

    name: str
    calls: tuple[Call, ...] = (Call("oss_get_object_to_buffer", {}),)
    peers: dict[str, Peer] = field(default_factory=lambda: {"server": Peer()})
    environment: dict[str, str] = field(default_factory=dict)
    endpoint: str = "http://{server}"
    config: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    locale: str = "UTF-8"
    umask: int = 0o022
    closed: tuple[int, ...] = ()
    """Of the standard streams."""
    sigpipe: bool = False
    """Whether the signal has its default disposition, by which a process ends."""

    @property
    def id(self) -> str:
        return f"surroundings/{self.name}"

    @property
    def function(self) -> str:
        return self.calls[-1].function


GET = Call("oss_get_object_to_buffer", {})
HEAD = Call("oss_head_object", {})
PUT = Call("oss_put_object_from_buffer", {"buffer": "a short text\n"})
PUT_LARGE = Call("oss_put_object_from_buffer", {"buffer": LARGE})
PUT_FILE = Call("oss_put_object_from_file", {"filename": "up.bin"})
PART = {"upload_id": "0004B9894A22E5B1888A1E29F8236E2D", "part_num": 1}
TO_FILE = Call("oss_get_object_to_file", {"filename": "down.txt"})
RESUMABLE = Call(
    "oss_resumable_download_file",
    {"filepath": "down.txt", "clt_params": {"part_size": 8, "thread_num": 1, "enable_checkpoint": 1}},
)
FAR = "http://oss-example.test"
"""An endpoint whose name nobody knows: only a proxy can be asked for it."""
TWO = {"server": Peer(), "proxy": Peer(proxies())}


def _proxied(name: str, endpoint: str = FAR, call: Call = GET, **environment: str) -> Surroundings:
    return Surroundings(f"proxy.{name}", (call,), TWO, environment, endpoint)


HTTP_PROXY = {"http_proxy": "http://{proxy}"}
USED = (
    _proxied("http", http_proxy="http://{proxy}"),
    _proxied("http_upload", call=PUT, http_proxy="http://{proxy}"),
    _proxied("no_scheme", http_proxy="{proxy}"),
    _proxied("slash", http_proxy="http://{proxy}/"),
    _proxied("user", http_proxy="http://user:pass@{proxy}"),
    _proxied("user_escaped", http_proxy="http://us%40er:p%3Ass%20w@{proxy}"),
    _proxied("user_only", http_proxy="http://user@{proxy}"),
    _proxied("capitals", "http://{server}", HTTP_PROXY="http://{proxy}"),
    _proxied("empty", "http://{server}", http_proxy=""),
    _proxied("empty_and_all", "http://{server}", http_proxy="", all_proxy="http://{proxy}"),
    _proxied("all", all_proxy="http://{proxy}"),
    _proxied("all_capitals", ALL_PROXY="http://{proxy}"),
    _proxied("all_and_http", http_proxy="http://{proxy}", all_proxy="http://127.0.0.1:1"),
    _proxied("https_for_http", "http://{server}", https_proxy="http://{proxy}"),
    _proxied("https", "https://oss-example.test", https_proxy="http://{proxy}"),
    _proxied("https_user", "https://oss-example.test", https_proxy="http://user:pass@{proxy}"),
    _proxied("https_capitals", "https://oss-example.test", HTTPS_PROXY="http://{proxy}"),
    _proxied("https_both", "https://oss-example.test", https_proxy="http://{proxy}", HTTPS_PROXY="http://127.0.0.1:1"),
    _proxied("https_all", "https://oss-example.test", all_proxy="http://{proxy}"),
    _proxied("https_by_http", "https://127.0.0.1:1", http_proxy="http://{proxy}"),
    Surroundings(
        "proxy.refuses",
        (GET,),
        {"server": Peer(), "proxy": Peer(refuses=True)},
        HTTP_PROXY,
        "http://{server}",
    ),
    Surroundings("proxy.407", (GET,), {"server": Peer(), "proxy": Peer(proxies(status="407 Denied"))}, HTTP_PROXY, FAR),
    Surroundings("proxy.swallows", (GET,), {"server": Peer(), "proxy": Peer(None)}, HTTP_PROXY, FAR, options=SHORT),
    Surroundings(
        "proxy.option_first",
        (GET,),
        TWO | {"other": Peer(proxies())},
        {"http_proxy": "http://{other}"},
        FAR,
        {"proxy_host": V4, "proxy_port": "{proxy_port}"},
    ),
    Surroundings(
        "proxy.option_and_no_proxy",
        (GET,),
        TWO,
        {"no_proxy": V4},
        "http://{server}",
        {"proxy_host": V4, "proxy_port": "{proxy_port}"},
    ),
    Surroundings("proxy.two_calls", (GET, GET), TWO, HTTP_PROXY, FAR),
)

EXCEPT = {
    # the host of the endpoint, and no_proxy; whether it fits is what is compared
    "host": ("127.0.0.1", "127.0.0.1"),
    "other": ("127.0.0.1", "127.0.0.2"),
    "list": ("127.0.0.1", "example.com,127.0.0.1"),
    "spaces": ("127.0.0.1", " example.com , 127.0.0.1 "),
    "blanks": ("127.0.0.1", "example.com 127.0.0.1"),
    "semicolon": ("127.0.0.1", "example.com;127.0.0.1"),
    "star": ("127.0.0.1", "*"),
    "star_in_list": ("127.0.0.1", "*,example.com"),
    "network": ("127.0.0.1", "127.0.0.0/8"),
    "network_other": ("127.0.0.1", "128.0.0.0/8"),
    "network_zero": ("127.0.0.1", "127.0.0.1/0"),
    "port": ("127.0.0.1", "127.0.0.1:{server_port}"),
    "name": ("a.localhost", "a.localhost"),
    "name_capitals": ("a.localhost", "A.LOCALHOST"),
    "suffix": ("a.localhost", "localhost"),
    "suffix_dot": ("a.localhost", ".localhost"),
    "suffix_star": ("a.localhost", "*.localhost"),
    "part": ("a.localhost", "host"),
    "itself_dot": ("a.localhost", ".a.localhost"),
    "dot_after": ("a.localhost", "localhost."),
    "empty": ("127.0.0.1", ""),
    "commas": ("127.0.0.1", ",,"),
}
NO_PROXY = (
    *(
        Surroundings(
            f"no_proxy.{name}",
            (GET,),
            TWO,
            HTTP_PROXY | {"no_proxy": value},
            f"http://{host}:{{server_port}}",
            {"is_cname": 1},
        )
        for name, (host, value) in EXCEPT.items()
    ),
    Surroundings("no_proxy.capitals", (GET,), TWO, HTTP_PROXY | {"NO_PROXY": V4}),
    Surroundings("no_proxy.both", (GET,), TWO, HTTP_PROXY | {"no_proxy": "example.com", "NO_PROXY": V4}),
    Surroundings("no_proxy.for_all_proxy", (GET,), TWO, {"all_proxy": "http://{proxy}", "no_proxy": V4}),
)


def _addresses(name: str, six: Peer | None, four: Peer | None, call: Call = GET) -> Surroundings:
    """A name with an address of each family, of which one does not do what it should; None refuses."""
    both = {"six": six, "four": four}
    hosts = {"six": V6, "four": V4}
    peers = {
        side: Peer(peer.serve, hosts[side], "server", late=peer.late)
        if peer is not None
        else Peer(None, hosts[side], "server", refuses=True)
        for side, peer in both.items()
    }
    config = {"is_cname": 1}
    return Surroundings(f"addresses.{name}", (call,), peers, {}, "http://both.localhost:{server_port}", config, SHORT)


SWALLOWS = Peer(None)
ADDRESSES = (
    _addresses("six_swallows", SWALLOWS, Peer()),
    _addresses("six_refuses", None, Peer()),
    _addresses("six_late", Peer(late=0.4), Peer()),
    _addresses("four_swallows", Peer(), SWALLOWS),
    _addresses("four_refuses", Peer(), None),
    _addresses("four_late", Peer(), Peer(late=0.4)),
    _addresses("both_refuse", None, None),
    _addresses("both_swallow", SWALLOWS, SWALLOWS),
    _addresses("six_swallows_four_refuses", SWALLOWS, None),
    _addresses("upload_six_swallows", SWALLOWS, Peer(), PUT),
    _addresses("both_answer", Peer(), Peer()),
    Surroundings("addresses.refuses", (GET,), {"server": Peer(refuses=True)}),
    Surroundings("addresses.swallows", (GET,), {"server": Peer(None)}, options=SHORT),
    Surroundings("addresses.late", (GET,), {"server": Peer(late=0.4)}, options={"connect_timeout": 5}),
    Surroundings("addresses.localhost", (GET,), endpoint="http://localhost:{server_port}"),
    Surroundings("addresses.localhost_capitals", (GET,), endpoint="http://LOCALHOST:{server_port}"),
    Surroundings("addresses.no_such_port", (GET,), endpoint="http://127.0.0.1:1"),
)
FILE = {"up.bin": LARGE}
EARLY = tuple(
    Surroundings(f"early.{name}_{end}", (call,), {"server": Peer(refuses_early(status, end == "ends"))}, files=FILE)
    for name, call, status in (
        ("buffer", PUT_LARGE, "403 Forbidden"),
        ("file", PUT_FILE, "403 Forbidden"),
        ("part", Call("oss_upload_part_from_buffer", PART | {"buffer": LARGE}), "403 Forbidden"),
        ("503", PUT_LARGE, "503 Service Unavailable"),
        ("small", PUT, "403 Forbidden"),
    )
    for end in ("waits", "ends")
)
SIGPIPE = (
    Surroundings("sigpipe.reset", (PUT_LARGE,), {"server": Peer(resets_early)}, sigpipe=True),
    Surroundings("sigpipe.file_reset", (PUT_FILE,), {"server": Peer(resets_early)}, files=FILE, sigpipe=True),
    *(
        Surroundings(f"sigpipe.kept_{name}", (GET, call), {"server": Peer(closes_after_one(True))}, sigpipe=True)
        for name, call in (("get", GET), ("put", PUT), ("put_large", PUT_LARGE))
    ),
)
ENDING = tuple(
    Surroundings(f"kept.{name}_{end}", (first, second), {"server": Peer(closes_after_one(end == "reset"))})
    for name, first, second in (
        ("get", GET, GET),
        ("head", GET, HEAD),
        ("put", GET, PUT),
        ("put_put", PUT, PUT),
        ("to_file", GET, TO_FILE),
    )
    for end in ("closed", "reset")
)
KEPT = (
    *ENDING,
    Surroundings("kept.alive", (GET, HEAD, GET)),
    Surroundings("kept.alive_put", (PUT, PUT_LARGE, GET)),
)
NAMES: dict[str, Any] = {"utf8": "目录 ü.bin", "latin1": {"b64": "5GIuYmlu"}}
"""Names of files: bytes for the system, whatever they mean in a locale."""
NAMED_FILES = tuple(
    Surroundings(f"locale.{locale}_{what}_{name}", (call,), locale=locale)
    for locale in LOCALES
    for name, file in NAMES.items()
    for what, call in (
        ("down", Call("oss_get_object_to_file", {"filename": file})),
        ("resumable", Call(RESUMABLE.function, RESUMABLE.args | {"filepath": file})),
        ("no_file", Call("oss_put_object_from_file", {"filename": file})),
    )
)
UP = Call("oss_put_object_from_file", {"filename": "ü.bin"})
IN_LOCALES = (
    *NAMED_FILES,
    *(Surroundings(f"locale.{name}_up", (UP,), files={"ü.bin": "text\n"}, locale=name) for name in LOCALES),
)
MASKS = tuple(
    Surroundings(f"umask.{mask:03o}_{name}", (call,), {"server": Peer(server)}, umask=mask)
    for mask in (0o000, 0o022, 0o027, 0o077)
    for name, call, server in (
        ("to_file", TO_FILE, answers),
        ("resumable", RESUMABLE, answers),
        ("interrupted", RESUMABLE, fails_after(2)),
    )
)
STREAMS = tuple(
    Surroundings(f"closed.{''.join(map(str, closed))}_{name}", calls, files={"up.bin": "text\n"}, closed=closed)
    for closed in ((0,), (1,), (2,), (1, 2), (0, 1, 2))
    for name, calls in (("get", (GET, HEAD)), ("to_file", (TO_FILE,)), ("put_file", (PUT_FILE,)))
)
ROWS = (*USED, *NO_PROXY, *ADDRESSES, *EARLY, *SIGPIPE, *KEPT, *IN_LOCALES, *MASKS, *STREAMS)


def surroundings(only: str = "*") -> Iterator[Surroundings]:
    """All cases whose id matches the pattern."""
    return (one for one in ROWS if fnmatch(one.id, only))
