"""Values that a field or a function used to take and could not use."""

from __future__ import annotations

from typing import Any

import pytest

from oss.oss_api import (
    aos_array_header_t,
    aos_buf_pack,
    aos_http_response_t,
    aos_log_print_default,
    aos_table_t,
    oss_fill_read_response_header,
)


@pytest.mark.parametrize("value", [1.5, object(), "text", (), 1])
def test_the_elements_of_an_array_are_a_list(value: Any) -> None:
    array = aos_array_header_t()
    with pytest.raises(TypeError, match=r"aos_array_header_t\.elts must be a list"):
        array.elts = value
    assert (array.elts, array.nelts) == ([], 0)
    array.elts = [1, 2]
    assert (array.nelts, repr(array)) == (2, "<aos_array_header_t of 2>")


def test_an_answer_without_headers_empties_the_callers() -> None:
    headers = aos_table_t()
    headers["a"] = "b"
    oss_fill_read_response_header(aos_http_response_t(), headers)
    assert headers.items() == []


def test_a_message_may_be_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    aos_log_print_default(b"a message", 9)  # type: ignore[arg-type]
    assert capsys.readouterr().err == "a message"


@pytest.mark.parametrize("value", [1.5, None, "text", object(), [1]])
def test_the_memory_of_a_buffer_is_bytes(value: Any) -> None:
    buffer = aos_buf_pack(None, b"bytes", 5)
    with pytest.raises(TypeError, match=r"aos_buf_t\.data must be bytes-like"):
        buffer.data = value
    buffer.data = bytearray(b"other")
    assert bytes(buffer) == b"other"
