"""The table of calls: one row a call, by group; ``scenes`` varies each by signature and address."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch

from oss.tools.crosscheck.cases.bucket import BUCKETS, SERVICE
from oss.tools.crosscheck.cases.object import OBJECTS, TAGGING
from oss.tools.crosscheck.cases.odd import ODD
from oss.tools.crosscheck.cases.other import LIVE, SELECT, SIGNED_URLS
from oss.tools.crosscheck.cases.transfer import MULTIPART, RESUMABLE
from oss.tools.crosscheck.scene import Row, Scene

__all__ = ["GROUPS", "scenes"]

GROUPS: dict[str, tuple[Row, ...]] = {
    "service": SERVICE,
    "bucket": BUCKETS,
    "object": OBJECTS,
    "tagging": TAGGING,
    "multipart": MULTIPART,
    "resumable": RESUMABLE,
    "live": LIVE,
    "select": SELECT,
    "signed_url": SIGNED_URLS,
    "odd": ODD,
}


def scenes(only: str = "*") -> Iterator[Scene]:
    """All variations of all rows, by signature and address, whose id matches the pattern."""
    for group, rows in GROUPS.items():
        for one in rows:
            yield from (made for made in one.scenes(group) if fnmatch(made.id, only))
