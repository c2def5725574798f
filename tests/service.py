"""Tools of the tests of the service's functions: a local service, options for it, and lists and tables in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from oss.local_server import LocalServer
from oss.oss_api import (
    aos_buf_pack,
    aos_http_controller_create,
    aos_http_io_initialize,
    aos_http_request_options_create,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_table_t,
    oss_config_create,
    oss_head_object,
    oss_put_object_from_buffer,
    oss_request_options_create,
    oss_request_options_t,
)

__all__ = [
    "BUCKET",
    "INVALID_BUCKETS",
    "content",
    "new_list",
    "options_at",
    "options_for",
    "running",
    "Service",
    "table",
    "texts",
]

BUCKET = "bucket-a"
NO_BUCKET = "c-sdk-no-exist"
INVALID_BUCKETS = [
    *("a", "1", "!", "aa", "12", "a1", "a!", "1!", "aAa", "1A1", "a!a", "FengChao@123", "-a123", "a_123", "a123-"),
    *("1234" * 16, "", None),
]


def new_list(*entries: Any) -> aos_list_t:
    """Returns a list of structs; bytes and str become buffers."""
    head = aos_list_t()
    aos_list_init(head)
    for entry in entries:
        data = entry.encode() if isinstance(entry, str) else entry
        aos_list_add_tail((aos_buf_pack(None, data, len(data)) if isinstance(data, bytes) else data).node, head)
    return head


def content(buffer: aos_list_t) -> bytes:
    """Returns the bytes of a list of buffers."""
    return b"".join(bytes(piece) for piece in buffer)


def texts(entries: aos_list_t, field: str) -> list[str]:
    """Returns one field of each struct of a list."""
    return [str(getattr(entry, field)) for entry in entries]


def table(*pairs: tuple[str, str], **more: str) -> aos_table_t:
    """Returns a table; ``_`` in a keyword stands for ``-``."""
    made = aos_table_t()
    for name, value in (*pairs, *((name.replace("_", "-"), value) for name, value in more.items())):
        made.add(name, value)
    return made


def options_at(endpoint: str | None, **config: Any) -> oss_request_options_t:
    """Request options as a program makes them; ``config`` are fields of oss_config_t."""
    options = oss_request_options_create(None)
    options.config = oss_config_create(options.pool)
    for name, value in {"access_key_id": "id", "access_key_secret": "secret", **config, "endpoint": endpoint}.items():
        setattr(options.config, name, value)
    options.ctl = aos_http_controller_create(options.pool, 0)
    options.ctl.options = aos_http_request_options_create(options.pool)
    return options


def options_for(server: LocalServer) -> oss_request_options_t:
    """Request options for a server, with the keys of its owner."""
    key, secret = server.access_key_id, server.access_key_secret
    return options_at(server.endpoint, region=server.region, access_key_id=key, access_key_secret=secret)


class Service:
    """Running service with one bucket, and the calls that most tests need."""

    bucket = BUCKET
    no_bucket = NO_BUCKET

    def __init__(self, server: LocalServer) -> None:
        self.server = server
        self.options = options_for(server)
        self.headers = aos_table_t()
        """Headers of the last answer of :meth:`put`, or of a call that got this table as ``resp_headers``."""

    @property
    def where(self) -> tuple[oss_request_options_t, str]:
        """Options and bucket: the first arguments of most functions."""
        return self.options, self.bucket

    def put(self, key: str, data: bytes | str = b"", headers: aos_table_t | None = None) -> None:
        """Stores an object by ``oss_put_object_from_buffer``."""
        status = oss_put_object_from_buffer(self.options, self.bucket, key, new_list(data), headers, self.headers)
        assert status.code == 200, status

    def get(self, key: str) -> bytes:
        """Returns the content of an object, without a request."""
        return self.server.get(self.bucket, key)

    def head(self, key: str) -> aos_table_t:
        """Returns the headers of an object, by a HEAD."""
        headers = aos_table_t()
        status = oss_head_object(self.options, self.bucket, key, None, headers)
        assert status.code == 200, status
        return headers

    @property
    def sent(self) -> dict[str, str]:
        """Headers of the last request that the service received, names in lower case."""
        return {name.lower(): value for name, value in self.server.requests[-1].headers}


@contextmanager
def running() -> Iterator[Service]:
    """Runs a service in this process, and yields it."""
    aos_http_io_initialize(None, 0)
    with LocalServer(buckets=[BUCKET]) as server:
        yield Service(server)
