"""The checkpoint's XML: the C SDK's text, read with suspicion."""

from __future__ import annotations

import functools
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aos.aos_define import AOSE_INVALID_ARGUMENT, AOSE_OK, AOSE_XML_PARSE_ERROR
from oss.oss_util import (
    OSS_CP_DOWNLOAD,
    OSS_CP_UPLOAD,
    aos_string_t,
    oss_checkpoint_part_t,
    oss_checkpoint_t,
    oss_create_checkpoint_content,
)
from oss.oss_xml import oss_build_checkpoint_xml, oss_checkpoint_parse_from_body

GOLDEN = Path(__file__).parents[2] / "golden" / "checkpoints.tar.xz"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
INT64 = st.integers(-(2**63), 2**63 - 1)
PART = (
    "<Part><Index>{}</Index><Offset>0</Offset><Size>5</Size><Completed>1</Completed><ETag>e</ETag>"
    "<Crc64>7</Crc64></Part>"
)


@functools.cache
def golden() -> dict[str, bytes]:
    with tarfile.open(GOLDEN) as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        return {Path(name).name: file.read() for name, file in files.items() if file and name.endswith("cp")}


def text_of(parts: str, number: object = 2) -> str:
    return (
        f"<Checkpoint><Type>2</Type><Object><Key>k</Key></Object><CPParts><Number>{number}</Number><Size>5</Size>"
        f"<Parts>{parts}</Parts></CPParts></Checkpoint>"
    )


def read(body: Any) -> tuple[int, oss_checkpoint_t]:
    checkpoint = oss_checkpoint_t()
    checkpoint.md5 = checkpoint.file_path = checkpoint.file_md5 = checkpoint.object_last_modified = ""
    checkpoint.object_etag = checkpoint.upload_id = ""
    checkpoint.object_name, checkpoint.parts = "old", []
    return oss_checkpoint_parse_from_body(None, body, checkpoint), checkpoint


def fields(struct: Any) -> dict[str, Any]:
    values = {
        item.name: getattr(struct, item.name) for item in struct.c_fields if item.name not in ("parts", "thefile")
    }
    return {name: value.data if isinstance(value, aos_string_t) else value for name, value in values.items()}


@pytest.mark.parametrize("name", sorted(name for name, data in golden().items() if data))
def test_files_of_the_c_sdk_are_read_and_written_byte_for_byte(name: str) -> None:
    data = golden()[name]
    result, checkpoint = read(data)
    assert (result, checkpoint.part_num) == (AOSE_OK, len(checkpoint.parts))
    assert checkpoint.cp_type == (OSS_CP_UPLOAD if name.endswith(".ucp") else OSS_CP_DOWNLOAD)
    assert [part.index for part in checkpoint.parts] == list(range(checkpoint.part_num))
    if checkpoint.cp_type == OSS_CP_UPLOAD:
        checkpoint.object_name = None  # not part of an upload's file: what was there before stays
    assert oss_build_checkpoint_xml(None, checkpoint).encode() == data


def test_long_names_are_not_cut() -> None:
    checkpoint = oss_create_checkpoint_content(None)
    checkpoint.file_path, checkpoint.object_name = "中" * 2000, "&" * 1023
    result, back = read(oss_build_checkpoint_xml(None, checkpoint))
    assert (result, str(back.file_path), str(back.object_name)) == (AOSE_OK, "中" * 2000, "&" * 1023)


def test_null_texts_are_empty() -> None:
    assert "<Key></Key>" in oss_build_checkpoint_xml(None, oss_checkpoint_t())


def test_a_name_that_xml_cannot_carry_is_refused() -> None:
    checkpoint = oss_checkpoint_t()
    checkpoint.object_name = "a\x01"
    with pytest.raises(ValueError, match=r"U\+0001"):
        oss_build_checkpoint_xml(None, checkpoint)


def test_fixed_width_records_are_read_in_any_order_of_elements() -> None:
    records = "".join(
        (
            f"<Part><Index>{index}</Index><Offset>{index * 5}</Offset><Size>5</Size><ETag>&quot;E&quot;</ETag>"
            f"<Crc64>{2**64 - 1 - index:020d}</Crc64><Completed>{index % 2}</Completed></Part>"
        ).ljust(255)
        + "\n"
        for index in (2, 0, 1)
    )
    result, checkpoint = read(text_of(records, 3).replace("<Checkpoint>", "<Checkpoint>" + " " * 200).encode())
    assert (result, checkpoint.part_num) == (AOSE_OK, 3)
    assert [(part.index, part.offset, part.completed) for part in checkpoint.parts] == [
        (0, 0, 0),
        (1, 5, 1),
        (2, 10, 0),
    ]
    assert [(part.etag.data, part.crc64) for part in checkpoint.parts][1] == ('"E"', 2**64 - 2)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "<Checkpoint>",
        "<!DOCTYPE a><Checkpoint/>",
        b"<Checkpoint>\xff</Checkpoint>",
        "<Checkpoint>\udcff</Checkpoint>",
        text_of(PART.format(0)),
        text_of(PART.format(0) * 2),
        text_of(PART.format(0) + PART.format(2)),
        text_of(PART.format(0) + PART.format(-1)),
        text_of(PART.format(0) + PART.format(20000)),
        text_of(PART.format(0) + PART.format(2**31)),
        text_of(PART.format(0) + PART.format("")),
        text_of(PART.format(0) + PART.format("1x")),
        text_of(PART.format(0) + "<Part><Size>5</Size></Part>"),
        text_of(PART.format(0) + PART.format(1).replace(">7<", f">{2**64}<")),
        text_of(PART.format(0) + PART.format(1).replace(">7<", ">-1<")),
        text_of(PART.format(0) + PART.format(1).replace(">5<", f">{2**63}<")),
        text_of("<Part>" + PART.format(0) + "</Part>", 1),
        text_of("", 1),
        text_of("", -2),
        text_of("", 2**31),
        text_of(PART.format(0), "x"),
        text_of("".join(PART.format(index) for index in range(10_001)), 10_001),
        text_of(PART.format(0) + PART.format(1))[:-3],
        text_of(PART.format(0) + PART.format(1))[:200],
        PART.format(0),
    ],
)
def test_what_is_no_checkpoint_is_refused_and_changes_nothing(body: str | bytes) -> None:
    result, checkpoint = read(body)
    assert (result, checkpoint.object_name.data, checkpoint.part_num, checkpoint.parts) == (
        AOSE_XML_PARSE_ERROR,
        "old",
        0,
        [],
    )


def test_missing_elements_keep_their_field() -> None:
    result, checkpoint = read("<Checkpoint><Type>x</Type><Object><Size>12</Size><ETag/></Object></Checkpoint>")
    assert result == AOSE_OK
    assert (checkpoint.object_name.data, checkpoint.object_size, checkpoint.cp_type) == ("old", 12, 0)
    assert (checkpoint.part_num, checkpoint.parts) == (0, [])


def test_null_is_an_invalid_argument() -> None:
    assert oss_checkpoint_parse_from_body(None, None, oss_checkpoint_t()) == AOSE_INVALID_ARGUMENT
    assert oss_checkpoint_parse_from_body(None, "<a/>", None) == AOSE_INVALID_ARGUMENT


def test_half_a_surrogate_pair_is_no_checkpoint() -> None:
    body = text_of(PART.format(0), 1).replace("<Key>k", "<Key>\ud800")
    assert oss_checkpoint_parse_from_body(None, body, oss_checkpoint_t()) == AOSE_XML_PARSE_ERROR
    with pytest.raises(ValueError, match="checkpoint"):
        oss_build_checkpoint_xml(None, None)  # type: ignore[arg-type]


def test_only_part_num_parts_are_written() -> None:
    checkpoint = oss_create_checkpoint_content(None)
    assert "<Parts /></CPParts>" in oss_build_checkpoint_xml(None, checkpoint)
    checkpoint.part_num = 1
    assert oss_build_checkpoint_xml(None, checkpoint).count("<Part>") == 1


@settings(deadline=None)
@given(
    TEXT,
    TEXT,
    INT64,
    INT64,
    st.lists(st.tuples(INT64, INT64, st.integers(0, 1), TEXT, st.integers(0, 2**64 - 1)), max_size=4),
)
def test_what_is_written_is_read_back(name: str, path: str, size: int, time: int, parts: list[Any]) -> None:
    checkpoint = oss_checkpoint_t()
    checkpoint.object_name, checkpoint.file_path, checkpoint.upload_id = name, path, name
    checkpoint.object_size, checkpoint.file_last_modified, checkpoint.cp_type = size, time, OSS_CP_DOWNLOAD
    checkpoint.part_num, checkpoint.part_size, checkpoint.parts = len(parts), size, []
    for index, (offset, length, completed, etag, crc) in enumerate(parts):
        part = oss_checkpoint_part_t()
        part.index, part.offset, part.size, part.completed, part.crc64 = index, offset, length, completed, crc
        part.etag = etag or None
        checkpoint.parts.append(part)
    back = oss_checkpoint_t()
    assert oss_checkpoint_parse_from_body(None, oss_build_checkpoint_xml(None, checkpoint), back) == AOSE_OK
    assert fields(back) == {name: None if value == "" else value for name, value in fields(checkpoint).items()}
    assert [fields(part) for part in back.parts] == [fields(part) for part in checkpoint.parts]


@settings(deadline=None)
@given(st.data())
def test_a_torn_file_is_never_half_believed(data: st.DataObject) -> None:
    whole = golden()["built_partial_3parts.dcp"]
    cut = data.draw(st.integers(0, len(whole) - 2))
    torn = whole[:cut] + data.draw(st.sampled_from([b"", b"\0" * 8, b"<", b"7"])) + whole[cut + 3 :]
    result, checkpoint = read(torn)
    assert result in (AOSE_OK, AOSE_XML_PARSE_ERROR)
    assert len(checkpoint.parts) == checkpoint.part_num
