"""The rows of the case tables: a call, what the server holds before it, and how it is varied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from oss.tools.crosscheck.recorder import Recorder

__all__ = ["BUCKET", "CNAME", "KEY", "STS", "Call", "InFuture", "ResultOf", "Row", "Scene", "Stored"]

BUCKET, KEY = "crosscheck-bucket", "dir/object one.txt"
REGION = "cn-hangzhou"
CNAME = "cname.localhost"
STS = {"access_key_id": "sts-ak", "access_key_secret": "sts-sk", "sts_token": "a+token/with=signs"}
"""The configuration of a temporary key."""
SIGNATURES = {"v1": 0, "v4": 4}
ADDRESSES: dict[str, dict[str, Any]] = {
    "path": {"endpoint": "http://127.0.0.1:{port}"},
    "vhost": {"endpoint": "http://localhost:{port}"},
    "cname": {"endpoint": f"http://{CNAME}:{{port}}", "is_cname": 1},
    "proxy": {"endpoint": "http://oss-cn-hangzhou.aliyuncs.com", "proxy_host": "127.0.0.1", "proxy_port": "{port}"},
}
"""How a server is addressed: the bucket in the path, in the host's name, by a name of its own; through a proxy.

Names below ``localhost`` lead to this machine without a resolver."""
USUAL = ("path", "vhost")


@dataclass(frozen=True)
class ResultOf:
    """An argument taken from an earlier call: its result (``return``) or one of its out-parameters."""

    step: int
    name: str = "return"


@dataclass(frozen=True)
class InFuture:
    """A time, in seconds after the call."""

    seconds: int


@dataclass(frozen=True)
class Stored:
    """An object that the server holds before the call."""

    key: str = KEY
    content: Any = "The quick brown fox jumps over the lazy dog.\n"
    headers: dict[str, str] | None = None
    storage_class: str = "Standard"


@dataclass(frozen=True)
class Call:
    """A call that is made, through the port, before the one that is compared."""

    function: str
    args: dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One call. ``args`` lacks the bucket and the object where they are the usual ones.

    ``races``: several threads send its requests, in any order."""

    function: str
    what: str = "ok"
    args: dict[str, Any] = field(default_factory=dict)
    before: tuple[Stored | Call, ...] = ()
    files: dict[str, Any] = field(default_factory=dict)
    faults: tuple[dict[str, Any], ...] = ()
    config: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    addresses: tuple[str, ...] = USUAL
    signatures: tuple[str, ...] = ("v1", "v4")
    races: bool = False

    def scenes(self, group: str) -> Iterator[Scene]:
        for signature in self.signatures:
            for address in self.addresses:
                name = f"{group}/{self.function.removeprefix('oss_')}.{self.what}.{signature}.{address}"
                yield Scene(name, self, signature, address)


@dataclass(frozen=True)
class Scene:
    """A row with a signature and a kind of address."""

    id: str
    row: Row
    signature: str
    address: str

    def config(self, server: Recorder) -> dict[str, Any]:
        """The configuration with which the call reaches a server."""
        address = {name: _at(value, server.port) for name, value in ADDRESSES[self.address].items()}
        return {
            "access_key_id": server.access_key_id,
            "access_key_secret": server.access_key_secret,
            "region": REGION,
            "signature_version": SIGNATURES[self.signature],
            **address,
            **self.row.config,
        }


def _at(value: Any, port: int) -> Any:
    if value == "{port}":
        return port
    return value.format(port=port) if isinstance(value, str) else value
