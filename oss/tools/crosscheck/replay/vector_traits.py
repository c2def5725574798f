"""Properties of the documents in recorded helper calls."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from aos._c.noncharacters import replaced

__all__ = ["UNTOUCHED", "bad_numbers", "is_xml", "root_of"]

UNTOUCHED = -7
"""The value that an int had before a recorded call, by which one that was not written is recognized."""


def is_xml(body: bytes) -> bool:
    """Whether a document is well formed and has no DOCTYPE."""
    return root_of(body) is not None and b"<!DOCTYPE" not in body


def root_of(body: bytes) -> ElementTree.Element | None:
    """The root of a document, in which stand-ins are for what XML forbids and Mini-XML reads; None if there is none."""
    try:
        return ElementTree.fromstring(replaced(body)[0])
    except (ElementTree.ParseError, ValueError):
        return None


def bad_numbers(body: bytes) -> bool:
    """Whether an element that should hold a number holds none, or one that is too big; C's atoi takes either."""
    numeric = rb"Storage|ObjectCount|MultipartUploadCount|StorageCapacity|MaxAgeSeconds|Days|FragCount|FragDuration"
    numeric += rb"|Width|Height|FrameRate|Bandwidth|SampleRate|MaxKeys"
    texts = re.findall(rb"<(?:%b)>([^<]*)</" % numeric, body)
    return any(not re.fullmatch(rb"\s*[+]?\d{1,18}\s*", text) for text in texts)
