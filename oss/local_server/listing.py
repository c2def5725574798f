"""Listings: prefix, delimiter, marker and page size over anything that has a key, in the order of the keys' bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from urllib.parse import quote

from oss.local_server.context import Call
from oss.local_server.errors import OssError
from oss.local_server.store import successor

__all__ = ["Page", "common_prefix", "list_keys", "text_encoder"]


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


Item = TypeVar("Item")
T = TypeVar("T", bound=Keyed)
# (start, inclusive, limit) -> the next items
Fetch = Callable[[str, bool, int], list[T]]
_BATCH = 256


@dataclass
class Page(Generic[Item]):
    """One page of a listing; ``next_marker`` is the last key or common prefix on it."""

    items: list[Item] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    truncated: bool = False
    next_marker: str = ""

    def __len__(self) -> int:
        return len(self.items) + len(self.prefixes)


def common_prefix(key: str, prefix: str, delimiter: str) -> str | None:
    """The common prefix that a key is listed under, up to the first delimiter after the prefix; None without one."""
    if not delimiter or not key.startswith(prefix):
        return None
    end = key.find(delimiter, len(prefix))
    return None if end < 0 else key[: end + len(delimiter)]


def list_keys(fetch: Fetch[T], prefix: str, delimiter: str, marker: str, limit: int) -> Page[T]:
    """The page of at most ``limit`` items and common prefixes after ``marker``."""
    page: Page[T] = Page()
    start: str | None = max(prefix, marker)
    inclusive = start != marker or not marker
    if group := common_prefix(marker, prefix, delimiter):
        start, inclusive = successor(group), True
    while start is not None:
        batch = fetch(start, inclusive, min(_BATCH, limit - len(page) + 1))
        if not batch:
            break
        inclusive = False
        for item in batch:
            start = item.key
            if not item.key.startswith(prefix):
                return page
            if len(page) == limit:
                page.truncated = True
                return page
            group = common_prefix(item.key, prefix, delimiter)
            page.next_marker = group or item.key
            if group:
                page.prefixes.append(group)
                start, inclusive = successor(group), True
                break
            page.items.append(item)
    return page


def text_encoder(call: Call) -> Callable[[str], str]:
    """The function that encodes keys in the answer, by the ``encoding-type`` of the query."""
    wanted = call.query.get("encoding-type", "")
    if wanted not in ("", "url"):
        raise OssError(
            "InvalidArgument",
            "Invalid Encoding Method specified in Request.",
            ArgumentName="encoding-type",
            ArgumentValue=wanted,
        )
    return (lambda text: quote(text, safe="")) if wanted else lambda text: text
