"""What the header brings, allocation, and names."""

from __future__ import annotations

import builtins

import pytest

from aos import aos_buf, aos_crc64, aos_define, aos_fstack, aos_log, aos_status, aos_string, aos_util
from aos.aos_define import (
    AOSE_INVALID_ARGUMENT,
    AOSE_UNKNOWN_ERROR,
    CR,
    CRLF,
    HTTP_DELETE,
    LF,
    LLONG_MIN,
    ULLONG_MAX,
    aos_abs,
    aos_error_code_e,
    aos_max,
    aos_min,
    aos_palloc,
    aos_pcalloc,
    aos_ref_t,
    aos_table_t,
    http_method_e,
)

MODULES = [aos_buf, aos_crc64, aos_define, aos_fstack, aos_log, aos_status, aos_string, aos_util]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_all_names_exist_and_hide_no_builtin(module: object) -> None:
    names: list[str] = module.__all__  # type: ignore[attr-defined]
    assert not [name for name in names if not hasattr(module, name)]
    assert not [name for name in names if hasattr(builtins, name)]
    assert {"apr_table_set", "aos_table_t", "AOSE_OK", "apr_psprintf", "aos_pool_create"} <= set(names)
    assert not {"aos_log_level", "aos_log_format", "aos_log_print"} & set(names)


def test_allocation() -> None:
    assert aos_palloc(None, 3) == bytearray(3)
    table = aos_pcalloc(None, aos_table_t)
    assert isinstance(table, aos_table_t)
    with pytest.raises(TypeError):
        aos_pcalloc(None, 1.0)  # type: ignore[call-overload]


def test_arithmetic() -> None:
    assert (aos_abs(-3), aos_max(1, 2), aos_min(1, 2)) == (3, 2, 1)


def test_numbers() -> None:
    assert (LF, CR, CRLF) == (10, 13, "\r\n")
    assert (AOSE_INVALID_ARGUMENT, AOSE_UNKNOWN_ERROR, HTTP_DELETE) == (-994, -100, 4)
    assert (LLONG_MIN, ULLONG_MAX) == (-(2**63), 2**64 - 1)
    assert http_method_e is int
    assert aos_error_code_e is int


def test_references() -> None:
    number = aos_ref_t(1)
    number.value += 1
    assert (number.value, repr(number)) == (2, "aos_ref_t(2)")
