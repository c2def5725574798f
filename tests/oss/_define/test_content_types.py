"""Content types by a name's suffix."""

from __future__ import annotations

import pytest

from aos.aos_define import (
    aos_table_t,
)
from oss.oss_util import (
    get_content_type,
    set_content_type,
)

UNKNOWN = (
    "docx",
    "xlsx",
    "pptx",
    "json",
    "csv",
    "md",
    "woff2",
    "wasm",
    "avif",
    "flac",
    "wav",
    "mkv",
    "tar",
    "xz",
    "zst",
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html"),
        ("a.HTML", "text/html"),
        ("a.doc", "application/msword"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.doc ", "application/msword"),
        ("a.\u212aml", "application/octet-stream"),  # a sign that str.lower makes a k of
        ("a.js", "application/x-javascript"),
        ("dir.html/x", "application/octet-stream"),
        ("a.", "application/octet-stream"),
        ("plain", None),
    ],
)
def test_content_types(name: str, kind: str | None) -> None:
    assert get_content_type(name) == kind


@pytest.mark.parametrize("suffix", UNKNOWN)
def test_types_that_the_c_sdk_does_not_know(suffix: str) -> None:
    assert get_content_type(f"a.{suffix}") == "application/octet-stream"


def test_a_content_type_is_added_only_once() -> None:
    headers = aos_table_t()
    set_content_type(None, "a.png", headers)
    set_content_type("b.txt", "a.png", headers)
    assert headers.items() == [("Content-Type", "image/png")]
    unknown = aos_table_t()
    set_content_type("b", "a.png", unknown)
    assert unknown["content-type"] == "application/octet-stream"
    with pytest.raises(ValueError, match="name"):
        get_content_type(None)  # type: ignore[arg-type]
