"""What recorded helper calls, and documents in them, are like."""

from __future__ import annotations

import re
from xml.etree import ElementTree

__all__ = ["UNTOUCHED", "bad_numbers", "is_xml"]

UNTOUCHED = -7
"""What the recordings put into an int before the call, to see whether it is written."""


def is_xml(body: bytes) -> bool:
    """Well formed, and without a DOCTYPE."""
    try:
        ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError):
        return False
    return b"<!DOCTYPE" not in body


def bad_numbers(body: bytes) -> bool:
    """Whether the document has a text that atoi would take a number from and that is none, or is too big for one."""
    numeric = rb"Storage|ObjectCount|MultipartUploadCount|StorageCapacity|MaxAgeSeconds|Days|FragCount|FragDuration"
    numeric += rb"|Width|Height|FrameRate|Bandwidth|SampleRate|MaxKeys"
    texts = re.findall(rb"<(?:%b)>([^<]*)</" % numeric, body)
    return any(not re.fullmatch(rb"\s*[+]?\d{1,18}\s*", text) for text in texts)
