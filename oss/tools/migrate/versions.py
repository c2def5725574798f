"""What programs for versions 1 and 2 of the C SDK call otherwise than its last, and what to write instead."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

from oss.tools.migrate import known

__all__ = ["concerns", "explained"]

_FIELDS: Mapping[tuple[str, str], str] = {
    ("oss_config", "host"): "it is called endpoint since 2.0.0",
    ("oss_config", "id"): "it is called access_key_id since 2.0.0",
    ("oss_config", "key"): "it is called access_key_secret since 2.0.0",
    ("oss_config", "port"): "it is gone since 2.0.0: write the port into endpoint, as host:port",
    ("oss_config", "is_oss_domain"): "2.0.0 has is_cname instead, which is 1 where is_oss_domain was 0 for a CNAME",
    ("aos_http_request", "port"): "it is gone since 2.0.0: the port stands in host",
}

_SINCE: Mapping[str, str] = {
    "oss_get_object_to_buffer": "with params behind headers since 2.0.0",
    "oss_get_object_to_file": "with params behind headers since 2.0.0",
    "oss_get_object_to_buffer_by_url": "with params behind headers since 2.0.0",
    "oss_get_object_to_file_by_url": "with params behind headers since 2.0.0",
    "oss_init_multipart_upload": "with upload_id before headers since 2.0.0",
    "oss_complete_multipart_upload": "with headers behind part_list since 2.0.0",
    "oss_upload_file": "with headers at the end since 2.0.0",
    "oss_init_object_request": "with a callback and crc64 before resp since 3.0.0",
}

_FIELD = re.compile(r"no member named '(\w+)' in '(?:const )?(?:struct )?(\w+?)_[st]'")
_COUNT = re.compile(r"too (?:few|many) arguments to function call|no matching function for call to '(\w+)'")
_KIND = re.compile(
    r"incompatible pointer types passing '(aos|apr)_\w+ \*' .*to parameter of type '(?:const )?(aos|apr)_"
)


def explained(reason: str, source: bytes, offset: int) -> str:
    """A reason why something cannot be read, with what the versions of the SDK have to do with it."""
    field = _FIELD.match(reason)
    if field:
        what = _FIELDS.get((field[2], field[1]))
        return f"{field[2]}_t has no {field[1]}: {what}" if what else reason
    count = _COUNT.match(reason)
    if count or _KIND.match(reason):
        name = (count[1] if count else "") or _called(source, offset)
        function = known.sdk_value(name)
        if callable(function):
            taken = ", ".join(row for row in inspect.signature(function).parameters if not row.startswith("_"))
            since = f", {_SINCE[name]}" if name in _SINCE else ""
            return f"{name}() takes {taken}{since}"
    return reason


def concerns(reason: str) -> bool:
    """Whether a warning is about an argument that another version of the SDK takes there."""
    return _KIND.match(reason) is not None


def _called(source: bytes, offset: int) -> str:
    """The function in whose call an offset lies."""
    depth = 0
    for at in range(min(offset, len(source) - 1), -1, -1):
        letter = source[at : at + 1]
        if letter == b")" and at != offset:
            depth += 1
        elif letter == b"(":
            if not depth:
                match = re.search(rb"(\w+)\s*$", source[:at])
                return match[1].decode() if match else ""
            depth -= 1
        elif letter in b";{}":
            break
    match = re.match(rb"\w+", source[offset:])
    return match[0].decode() if match else ""
