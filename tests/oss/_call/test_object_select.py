"""SQL over CSV; one test a case of the C SDK's suite of that name."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oss.local_server.faults import Fault
from oss.oss_api import (
    AOS_TRUE,
    AOSE_CONNECTION_FAILED,
    AOSE_OPEN_FILE_ERROR,
    AOSE_SELECT_OBJECT_CRC_ERROR,
    aos_status_t,
    oss_create_select_object_meta,
    oss_create_select_object_meta_params,
    oss_create_select_object_params,
    oss_do_select_object_to_file,
    oss_select_object_params_t,
    oss_select_object_to_buffer,
    oss_select_object_to_file,
)
from tests.service import Service, content, new_list

CITIES = "Year,StateAbbr,CityName,PopulationCount\n" + "".join(
    f"2015,S{i % 7},{'City' + str(i) if i % 5 else ''},{i * 1000}\n" for i in range(300)
)
PLAIN = "abc,def,ghi,jkl\n"
LINES = "abc,def\n123,456\n789,efg\nhij,klm\n"
ALL = "select * from ossobject"


def params_of(**settings: Any) -> oss_select_object_params_t:
    """Select parameters; a setting may be one of input, output or options."""
    made = oss_create_select_object_params(None)
    for name, value in settings.items():
        parts = (made.input_param, made.output_param, made.option_param)
        # record_delimiter and field_delimiter are settings of the input, with out_ before them of the output
        part = next(part for part in parts[name.startswith("out_") :] if hasattr(part, name.removeprefix("out_")))
        setattr(part, name.removeprefix("out_"), value)
    return made


def select(service: Service, sql: str, expected: int = 200, **settings: Any) -> str:
    """The result of a select over the object ``k``."""
    buffer = new_list("old")
    status = oss_select_object_to_buffer(*service.where, "k", sql, params_of(**settings), buffer, service.headers)
    assert status.code == expected, status
    return content(buffer).decode()


def create_meta(service: Service, expected: int = 200, **settings: Any) -> tuple[int, int, int]:
    params = oss_create_select_object_meta_params(None)
    for name, value in settings.items():
        setattr(params, name, value)
    status = oss_create_select_object_meta(*service.where, "k", params, service.headers)
    assert status.code == expected, status
    return params.splits_count, params.rows_count, params.columns_count


def test_select_object_csv_data(service: Service) -> None:
    service.put("k", CITIES)
    create_meta(service)
    assert service.head("k")["Content-Length"] == str(len(CITIES))
    sql = "select Year, StateAbbr, CityName, PopulationCount from ossobject where CityName != '' limit 20"
    rows = select(service, sql, file_header_info="USE", enable_payload_crc=AOS_TRUE).splitlines()
    assert len(rows) == 20 and all(row.split(",")[2].startswith("City") for row in rows)


@pytest.mark.parametrize(
    ("data", "sql", "settings", "expected"),
    [
        pytest.param(
            "name,job\nab,c\n", "select name from ossobject", {"file_header_info": "Use", "output_header": 1},
            "name\nab\n", id="test_select_object_with_output_header",
        ),
        pytest.param(
            "name,job\nab,c\n", "select name from ossobject", {"file_header_info": "Use"}, "ab\n",
            id="test_select_object_without_output_header",
        ),
        pytest.param(
            PLAIN, "select _1, _4 from ossobject", {"keep_all_columns": 1}, "abc,,,jkl\n",
            id="test_select_object_with_keep_columns",
        ),
        pytest.param(
            PLAIN, "select _1, _4 from ossobject", {"keep_all_columns": 0}, "abc,jkl\n",
            id="test_select_object_without_keep_columns",
        ),
        pytest.param(
            PLAIN, "select _1 from ossobject", {"output_rawdata": 0}, "abc\n",
            id="test_select_object_without_output_raw",
        ),
        pytest.param(
            "abc,def\nefg\n", "select _1, _2 from ossobject", {"skip_partial_data_record": 0}, "abc,def\nefg,\n",
            id="test_select_object_with_skip_partial_data_false",
        ),
        pytest.param(
            PLAIN, "select _1 from ossobject", {"enable_payload_crc": 1}, "abc\n", id="test_select_object_with_crc"
        ),
        pytest.param(
            PLAIN, "select _1 from ossobject", {"enable_payload_crc": 0}, "abc\n", id="test_select_object_without_crc"
        ),
        pytest.param(
            LINES, "select _1, _2 from ossobject limit 1", {"out_field_delimiter": "|", "out_record_delimiter": "\r\n"},
            "abc|def\r\n", id="test_select_object_with_output_delimiters",
        ),
        pytest.param(
            "abc,def\n#no\n123,456\n", "select _1 from ossobject", {"comment_character": "#"}, "abc\n123\n",
            id="test_select_object_with_input_comment_character",
        ),
        pytest.param(
            "'a,b',c\n", "select _1 from ossobject", {"quote_character": "'"}, "'a,b'\n",
            id="test_select_object_with_input_quote_character",
        ),
        pytest.param(
            "abc|123,456|7891334\n\n777|888|999\n\n", "select _2, _3 from ossobject",
            {"record_delimiter": "\n\n", "field_delimiter": "|"}, "123,456|7891334\n\n888|999\n\n",
            id="test_select_object_with_input_delimiters",
        ),
    ],
)  # fmt: skip
def test_select_object(service: Service, data: str, sql: str, settings: dict[str, Any], expected: str) -> None:
    service.put("k", data)
    assert select(service, sql, **settings) == expected


def test_select_object_with_output_raw(service: Service) -> None:
    service.put("k", PLAIN)
    assert select(service, "select _1 from ossobject", 206, output_rawdata=AOS_TRUE) == "abc\n"
    assert service.headers["x-oss-select-output-raw"] == "true"


def test_select_object_with_skip_partial_data_true(service: Service) -> None:
    service.put("k", "abc,def\nefg\n")
    # The rows before the bad one have come by the time the last frame brings the failure.
    assert select(service, "select _1, _2 from ossobject", 400, skip_partial_data_record=AOS_TRUE) == "abc,def\n"


def test_select_object_with_line_range(service: Service) -> None:
    service.put("k", LINES)
    create_meta(service)
    assert select(service, "select _1,_2 from ossobject", range="line-range=1-2") == "123,456\n789,efg\n"


def test_select_object_with_gzip_data(service: Service) -> None:
    service.put("k", gzip.compress(CITIES.encode()))
    assert select(service, ALL, compression_type="GZIP", enable_payload_crc=1) == CITIES


def to_file(service: Service, target: Path, **settings: Any) -> aos_status_t:
    return oss_select_object_to_file(*service.where, "k", ALL, params_of(**settings), target, service.headers)


def test_select_object_with_gzip_data_to_file(service: Service, tmp_path: Path) -> None:
    service.put("k", gzip.compress(CITIES.encode()))
    assert to_file(service, tmp_path / "f", compression_type="GZIP").code == 200
    assert ((tmp_path / "f").read_text(), os.listdir(tmp_path)) == (CITIES, ["f"])
    status = to_file(service, tmp_path / "no" / "f")
    assert (status.code, status.error_code) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")


def test_select_object_big_csv_data(service: Service) -> None:
    service.put("k", CITIES)
    sql = "select CityName from ossobject where PopulationCount >= 0 limit 200"
    assert len(select(service, sql, file_header_info="USE").splitlines()) == 200


def test_select_object_big_csv_data_to_file(service: Service, tmp_path: Path) -> None:
    service.put("k", CITIES * 200)
    progress: list[tuple[int, int]] = []
    status = oss_do_select_object_to_file(
        *service.where, "k", ALL, params_of(output_rawdata=0, enable_payload_crc=1), None, None, tmp_path / "f",
        lambda done, total: progress.append((done, total)), service.headers,
    )  # fmt: skip
    assert status.code == 200 and (tmp_path / "f").read_text() == CITIES * 200
    assert progress[-1] == (int(service.sent["content-length"]),) * 2, "it reports the request"


def test_select_object_create_meta_delimiters(service: Service) -> None:
    service.put("k", "abc,def|123\n1,2,3\n\n4,5,6|7\n")
    assert create_meta(service, field_delimiter=",", record_delimiter="\n")[0] == 1
    first = create_meta(service, field_delimiter="|", record_delimiter="\n\n")
    assert create_meta(service, field_delimiter=",", record_delimiter="\n") == first, "kept unless told to overwrite"
    again = create_meta(service, field_delimiter="|", record_delimiter="\n\n", over_write_if_existing=AOS_TRUE)
    assert again[1] == 2 and again != first


def test_select_object_create_meta_quote_character(service: Service) -> None:
    service.put("k", "'a\nb',c\nd,e\n")
    assert create_meta(service, quote_character="'") == (1, 2, 2)


def test_select_object_create_meta_invalid(service: Service) -> None:
    service.put("k", PLAIN)
    assert create_meta(service, 400, quote_character="adbc") == (0, 0, 0)


def test_select_object_invalid(service: Service) -> None:
    service.put("k", PLAIN)
    assert "<Code>" in select(service, "selectx _1 from ossobject", 400)


def test_select_object_with_long_sql_expression(service: Service) -> None:
    service.put("k", PLAIN)
    sql = "select _1 from ossobject where " + " or ".join(f"_2 = 'x{i}'" for i in range(200)) + " or _2 = 'def'"
    assert len(sql) > 2000 and select(service, sql) == "abc\n"


def cut_off(service: Service, after: int) -> None:
    service.server.add_fault(Fault(match={"method": "POST"}, action="short_body", after=after, times=None))


def test_select_object_whose_answer_is_incomplete(service: Service, tmp_path: Path) -> None:
    service.put("k", CITIES)
    cut_off(service, 1000)
    (tmp_path / "f").write_text("what was there before")
    status = to_file(service, tmp_path / "f")
    assert (status.code, os.listdir(tmp_path)) == (AOSE_CONNECTION_FAILED, ["f"])
    assert (tmp_path / "f").read_text() == "what was there before"


def test_select_object_whose_checksum_is_wrong(service: Service, tmp_path: Path) -> None:
    service.put("k", CITIES)
    service.server.add_fault(Fault(match={"method": "POST"}, action="flip", at=500, times=None))
    status = to_file(service, tmp_path / "f", enable_payload_crc=1)
    assert (status.code, status.error_code) == (AOSE_SELECT_OBJECT_CRC_ERROR, "HttpIoError")
    words = r"SelectObjectCRCError: POST http.*: a frame says that its checksum is [0-9a-f]{8}, that of its bytes is "
    assert re.match(words, str(status.error_msg))
    assert os.listdir(tmp_path) == []


def test_select_sends_the_md5_of_its_body(service: Service) -> None:
    service.put("k", PLAIN)
    ran: list[Callable[[], Any]] = [lambda: select(service, ALL), lambda: create_meta(service)]
    for run in ran:
        run()
        assert len(service.sent["content-md5"]) == 24
        assert service.sent["content-type"] == "application/x-www-form-urlencoded"
