"""The XML engine: what it reads, what it refuses, what it writes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aos._c import xml
from aos._c.xml import XmlError

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>"""

XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.just("\n"))


def text(data: bytes) -> str:
    return xml.parse(data).text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<a>b</a>", "b"),
        (b"<?xml version='1.0' encoding='UTF-8'?>\n<a> b </a>\n", " b "),
        (b"\n \t<?xml version='1.0'?><a>b</a>", "b"),
        (b"\xef\xbb\xbf<a>b</a>", "b"),
        (b"<a>b<!-- c -->d<?e f?>g</a>", "bdg"),
        (b"<a><![CDATA[<b>&]]>c</a>", "<b>&c"),
        (b"<a>&lt;&#233;&#x4e2d;&amp;lt;</a>", "<é中&lt;"),
        (b"<a></a>", ""),
        (b"<a/>", ""),
        (b"<a>b\r\nc>\rd</a>", "b\r\nc>\rd"),
        (b"<?xml version='1.0'?>\r\n<a>\r\n</a>\r\n", "\n"),
        (b"<a><![CDATA[>\r<]]>b</a>", ">\n<b"),
        ('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode("utf-16"), "é"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"), "é"),
        (b"<a>before<b/>after</a>", "before"),
    ],
)
def test_text_is_read_as_it_is_meant(data: bytes, expected: str) -> None:
    assert text(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"x",
        b"<",
        b"<a",
        b"<a>",
        b"<a></b>",
        b"<a/><a/>",
        b"<a/>x",
        b"<a b=c/>",
        b"<a>&b;</a>",
        b"<?xml version='1.0'?>",
        b"<a>\0</a>",
        b"<a>\x01</a>",
        b"<a>&#0;</a>",
        b"<a>&#31;</a>",
        b"<a>\xff</a>",
        b"<a>&#x110000;</a>",
        b"<a>&#x100000041;</a>",
        b"<a>&#XFFFE;</a>",
        b"<a>&#xFFFE</a>",
        b"<a&#xFFFE;/>",
        b"<a><![CDATA[\xef\xbf\xbe]]></a>",
        b"<a>&#xFFFE;&#xFFFE;",
        b"<?xml version='1.0' encoding='gbk'?><a>\xb0\xa1</a>",
        b"<?xml version='1.0' encoding='hex'?><a/>",
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        LAUGHS,
    ],
)
def test_what_is_not_one_well_formed_document_is_an_error(data: bytes) -> None:
    with pytest.raises(XmlError):
        xml.parse(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"&#xFFFE;|&#xffff;|&#65534;|&#0065535;|&#x000fFfE;", "\ufffe|\uffff|\ufffe|\uffff|\ufffe"),
        (b"\xef\xbf\xbe|\xef\xbf\xbf|\xef\xbf\xbd", "\ufffe|\uffff|\ufffd"),
        (b"&#xD800;|&#57343;|\xed\xa0\x80", "\udced\udca0\udc80|\udced\udcbf\udcbf|\udced\udca0\udc80"),
        (b"\xee\x80\x80FFFE&#xFFFE;&#xE000;FFFF&#57344;", "\ue000FFFE\ufffe\ue000FFFF\ue000"),
        (b"&#xFFFE;<![CDATA[&#xFFFE;\xee\x80\x80FFFE]]>&amp;#xFFFE;", "\ufffe&#xFFFE;\ue000FFFE&#xFFFE;"),
        (b"\xed\x95\x9c&#55295;&#57345;", "한\ud7ff\ue001"),
        (b"<!-- &#xFFFE; \xef\xbf\xbe --><?p \xef\xbf\xbf?>b", "b"),
    ],
)
def test_characters_that_only_xml_refuses(data: bytes, expected: str) -> None:
    assert text(b"<a b='&#xFFFE;'>%b</a>" % data) == expected
    records: list[dict[str, str]] = []
    xml.parse(b"<r><p><k>%b</k></p></r>" % data, record="p", on_record=records.append)
    assert records == [{"k": expected}]


def test_other_encodings_are_left_alone() -> None:
    gbk_like = b"<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<a>\xed\xa0\x80&#233;\r</a>"
    assert text(gbk_like) == "\xed\xa0\x80é\n"
    assert text("<?xml version='1.0' encoding='utf-16'?><a>\ue000é\r</a>".encode("utf-16")) == "\ue000é\n"


def test_a_doctype_is_named_as_the_reason() -> None:
    with pytest.raises(XmlError, match="DOCTYPE"):
        xml.parse(LAUGHS)


@pytest.mark.parametrize("limit", ["max_bytes", "max_nodes", "max_depth"])
def test_limits_hold_exactly(limit: str) -> None:
    data = b"<a><a><a/></a></a>"
    size = {"max_bytes": len(data), "max_nodes": 3, "max_depth": 3}[limit]
    enough: dict[str, Any] = {limit: size}
    short: dict[str, Any] = {limit: size - 1}
    assert xml.parse(data, **enough).name == "a"
    with pytest.raises(XmlError):
        xml.parse(data, **short)


def test_default_limits_stop_deep_and_wide_documents() -> None:
    with pytest.raises(XmlError, match="deep"):
        xml.parse(b"<a>" * 100_000)
    with pytest.raises(XmlError, match="many"):
        xml.parse(b"<a>" + b"<b/>" * (xml.MAX_NODES + 1) + b"</a>")
    with pytest.raises(XmlError, match="larger"):
        xml.parse(bytes(xml.MAX_BYTES + 1))


def test_much_text_around_many_elements_stays_cheap() -> None:
    root = xml.parse(b"<a>" + b"<b/>x\n&amp;" * 50_000 + b"</a>")
    assert (len(root.children), root.text) == (50_000, "")


def test_any_bytes_like_is_read() -> None:
    assert text(memoryview(b"<a>b</a>")) == text(bytearray(b"<a>b</a>")) == "b"  # type: ignore[arg-type]


def test_prefixes_are_dropped_and_need_no_declaration() -> None:
    root = xml.parse(b'<o:a xmlns:o="urn:x" p:q="1"><z:b>c</z:b></o:a>')
    assert (root.name, [child.name for child in root.children]) == ("a", ["b"])


def test_paths_go_from_child_to_child() -> None:
    root = xml.parse(b"<r><a><b>1</b><b>2</b></a><b>3</b><a><b>4</b></a></r>")
    assert [node.text for node in root.find_all("a/b")] == ["1", "2", "4"]
    assert [node.text for node in root.find_all("b")] == ["3"]
    assert root.find("a/c") is None


def test_anywhere_means_the_shallowest_first_and_the_root_too() -> None:
    root = xml.parse(b"<r><x><b>deep</b></x><b>near<b>inner</b></b></r>")
    assert [node.text for node in root.find_all("//b")] == ["near", "deep"]
    assert [node.text for node in root.find_all("//x/b")] == ["deep"]
    assert root.find("//r") is root


def test_records_are_handed_on_and_left_out_of_the_tree() -> None:
    records: list[dict[str, str]] = []
    root = xml.parse(
        b"<r><h>1</h><p>\n <i>1</i> <e></e>\n</p> <p><i>2</i></p><t>2</t></r>", record="p", on_record=records.append
    )
    assert records == [{"i": "1", "e": ""}, {"i": "2"}]
    assert [(child.name, child.text) for child in root.children] == [("h", "1"), ("t", "2")]


@pytest.mark.parametrize("data", [b"<p><i>1</i></p>", b"<r><p><p/></p></r>", b"<r><p></r></p>", b"<r><p>"])
def test_records_out_of_place_are_an_error(data: bytes) -> None:
    with pytest.raises(XmlError):
        xml.parse(data, record="p", on_record=lambda fields: None)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_never_do_more_than_fail(data: bytes) -> None:
    try:
        xml.parse(data)
    except XmlError:
        pass


@settings(deadline=None)
@given(XML_TEXT)
def test_what_is_written_is_read_back(value: str) -> None:
    assert text(xml.document(xml.leaf("a", value)).encode()) == value


def test_a_carriage_return_survives() -> None:
    assert text(xml.leaf("a", "x\r\ny\r").encode()) == "x\r\ny\r"


def test_only_four_characters_are_escaped() -> None:
    assert xml.escape('<a href="x">\'&amp;\t\n</a>') == "&lt;a href=&quot;x&quot;&gt;'&amp;amp;\t\n&lt;/a&gt;"


@pytest.mark.parametrize("bad", ["\0", "\x01", "\x1f", "\x0b", "\ud800", "\udcff", "\ufffe", "\uffff"])
def test_what_xml_cannot_carry_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=f"U\\+{ord(bad):04X}"):
        xml.leaf("a", f"x{bad}y")


def test_empty_elements_tell_null_from_empty() -> None:
    assert xml.document(xml.branch("r", xml.leaf("n", None), xml.leaf("e", ""), xml.branch("c"))) == (
        '<?xml version="1.0" encoding="utf-8"?><r><n /><e></e><c /></r>\n'
    )
