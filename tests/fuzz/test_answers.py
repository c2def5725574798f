"""Answers from anyone: whatever comes, a call ends with a status, soon, in little memory."""

from __future__ import annotations

import re
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aos import aos_http_io
from aos._c import xml
from aos._c.refs import aos_ref_t
from aos._c.text import decode, encode
from aos.aos_util import aos_parse_xml_body
from oss._xml import tables
from oss.oss_api import (
    AOSE_OK,
    AOSE_WRITE_BODY_ERROR,
    aos_http_transport_t,
    aos_status_is_ok,
    aos_status_t,
)
from tests.fuzz.amount import fuzz
from tests.fuzz.every_call import FUNCTIONS, call_of
from tests.fuzz.xml_makers import documents, mutated
from tests.service import new_list, options_at

NAMES = sorted(set(re.findall(r'"([A-Za-z0-9/]+)"', Path(tables.__file__).read_text())))
ELEMENTS = sorted({*(step for name in NAMES for step in name.split("/")), "Error", "Code", "Message", "EncodingType"})
BODIES = mutated(documents(ELEMENTS)) | st.binary(max_size=60)
HEADER_NAMES = [
    *("Content-Length", "Content-Range", "ETag", "Last-Modified", "x-oss-hash-crc64ecma", "x-oss-request-id"),
    *("x-oss-next-append-position", "x-oss-select-output-raw"),
]
HEADERS = st.dictionaries(
    st.sampled_from(HEADER_NAMES),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)
    | st.sampled_from(["9" * 5000, "-1", "5", "true", "bytes 0-4/5"]),
    max_size=6,
)
NO_STATUS = {"oss_gen_signed_url", "oss_gen_rtmp_signed_url"}


class AnyAnswer:
    """A transport that gives the same answer to every request; the hundredth ends a listing that has no end."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body, self.count = status, headers, body, 0

    def __call__(self, t: aos_http_transport_t) -> int:
        self.count += 1
        resp = t.resp
        resp.status, body = (self.status, self.body) if self.count < 100 else (404, b"")
        for name, value in self.headers.items():
            resp.headers[name] = value
        if resp.write_body(resp, body, len(body)) < 0:
            t.controller.error_code = AOSE_WRITE_BODY_ERROR
        return t.controller.error_code


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


@fuzz
@given(st.sampled_from(sorted(FUNCTIONS)), st.sampled_from([200, 204, 206, 301, 403, 500, 999]), HEADERS, BODIES)
@example("oss_list_object", 200, {}, b"<a><IsTruncated>true</IsTruncated></a>")
@example("oss_delete_objects_by_prefix", 200, {}, b"<a><IsTruncated>true</IsTruncated></a>")
@example("oss_get_sorted_uploaded_part", 200, {}, b"<a><Part><PartNumber>" + b"9" * 5000 + b"</PartNumber></Part></a>")
@example("oss_head_object", 403, {}, b"<Error><Code>" + b"x" * 300 + b"</Code></Error>")
@example("oss_put_object_from_buffer", 200, {"x-oss-hash-crc64ecma": "9" * 5000}, b"")
@example("oss_select_object_to_buffer", 200, {}, b"\x01\x80\x00\x01\xff\xff\xff\xff" + bytes(20))
def test_any_answer_gives_a_status(folder: Path, name: str, status: int, headers: dict[str, str], body: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aos_http_io, "aos_http_transport_perform", AnyAnswer(status, headers, body))
        found = call_of(name, options_at("http://127.0.0.1:1", region="region"), "http://127.0.0.1:1/", folder)()
    if name in NO_STATUS:
        return
    assert isinstance(found, aos_status_t)
    assert isinstance(repr(found), str)
    if not 200 <= status <= 299:
        assert not aos_status_is_ok(found)


@fuzz
@given(BODIES)
@example(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")
@example('<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"))
@example(b'<?xml version="1.0" encoding="punycode"?><a/>')
@example(b"<a>&#x110000;</a>")
@example(b"\xff\xfe<")
def test_any_document_is_read_or_refused(body: bytes) -> None:
    root: Any = aos_ref_t(None)
    code = aos_parse_xml_body(new_list(body), root)
    assert (root.value is None) == (code != AOSE_OK)
    try:
        found = xml.parse(body)
    except xml.XmlError:
        return
    pending, count = [found], 0
    while pending:
        node = pending.pop()
        pending += node.children
        count += 1
        encode(node.text)
    assert count <= body.count(b"<") or body[:2] in (b"\xff\xfe", b"\xfe\xff")


CODES = st.sampled_from(
    [9, 10, 13, 0x20, 0x7F, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xE001, 0xFFFD, 0xFFFE, 0xFFFF, 0x10FFFF]
)
PIECES = st.one_of(
    st.builds(
        lambda code, form: (form.format(code).encode(), decode(chr(code).encode("utf-8", "surrogatepass"))),
        CODES,
        st.sampled_from(["&#{};", "&#x{:x};", "&#x{:X};", "&#00{};", "&#x00{:06X};"]),
    ),
    CODES.filter(lambda code: code != 13)
    .map(lambda code: chr(code).encode("utf-8", "surrogatepass"))
    .map(lambda raw: (raw, decode(raw))),
    st.text("\ue000EFD08a", max_size=8).map(lambda text: (text.encode(), text)),
    st.text("\ue000EFD08&#x;>", max_size=12).map(lambda text: (f"<![CDATA[{text}]]>".encode(), text)),
    st.sampled_from(
        [(b"&amp;#xFFFE;", "&#xFFFE;"), (b"<!-- &#xFFFE; -->", ""), (b"<?p \xef\xbf\xbe?>", ""), (b"&gt;", ">")]
    ),
)


@fuzz
@given(st.lists(PIECES, max_size=12))
def test_characters_that_only_xml_refuses(pieces: list[tuple[bytes, str]]) -> None:
    source, expected = b"".join(raw for raw, _ in pieces), "".join(text for _, text in pieces)
    assert xml.parse(b"<a>%b</a>" % source).text == expected


BIG: dict[str, bytes] = {
    "many elements": b"<a>" + b"<b/>" * 2_000_000 + b"</a>",
    "deep": b"<a>" * 1_000_000,
    "a long name": b"<" + b"a" * 8_000_000 + b"/>",
    "many attributes": b"<a " + b" ".join(b"a%d='b'" % n for n in range(300_000)) + b"/>",
    "a long attribute": b"<a b='" + b"c" * 8_000_000 + b"'/>",
    "a long text": b"<a>" + b"b" * 8_000_000 + b"</a>",
    "many references": b"<a>" + b"&lt;" * 2_000_000 + b"</a>",
    "a long comment": b"<a><!--" + b"b" * 8_000_000 + b"--></a>",
    "many comments": b"<a>" + b"<!---->" * 1_000_000 + b"</a>",
    "laughs": b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><a>&b;</a>",
    "many noncharacters": b"<a>" + b"&#xFFFE;" * 1_000_000 + b"</a>",
    "many noncharacters, not by reference": b"<a>" + b"\xef\xbf\xbe" * 3_000_000 + b"</a>",
    "many stand-ins": b"<a>&#xFFFE;<![CDATA[" + b"\xee\x80\x80" * 2_000_000 + b"]]></a>",
    "many zeros": b"<a>" + b"&#x" + b"0" * 8_000_000 + b"FFFE;</a>",
    "many carriage returns": b"<a>" + b">\r" * 4_000_000 + b"</a>",
    "carriage returns in many texts": b"<a>" + b"<b>\rx</b>" * 190_000 + b"</a>",
    "CDATA without end": b"<a>&#xFFFE;" + b"<![CDATA[" * 1_000_000,
    "tags without end": b"<a>&#xFFFE;\r" + b">" * 8_000_000,
    "no end": b"<a b='" + b"c" * 8_000_000,
}


@pytest.mark.parametrize("name", BIG)
def test_a_document_costs_what_it_weighs(name: str) -> None:
    """Memory of a few times its size, and time in proportion to it."""
    body = BIG[name]
    tracemalloc.start()
    began = time.process_time()
    try:
        xml.parse(body)
    except xml.XmlError:
        pass
    spent = time.process_time() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * len(body) + (64 << 20)
    assert spent < 20, "far from quadratic"
