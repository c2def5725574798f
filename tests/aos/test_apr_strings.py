"""C formats and natural order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos.aos_string import aos_string_t
from aos.apr_strings import APR_INT64_T_FMT, apr_psprintf, apr_pstrdup, apr_snprintf, apr_strnatcasecmp, apr_strnatcmp


@pytest.mark.parametrize(
    ("expected", "fmt", "args"),
    [
        ("  3|3  |003|+3| 3", "%3d|%-3d|%03d|%+d|% d", (3, 3, 3, 3, 3)),
        ("007|  07|-5", "%.3d|%04.2d|%i", (7, 7, -5)),
        ("1099511627776", "%lld", (1 << 40,)),
        ("4294967295 18446744073709551615 255 65535", "%u %llu %hhu %hu", (-1, -1, -1, -1)),
        ("ff FF 0xff 17 017", "%x %X %#x %o %#o", (255, 255, 255, 15, 15)),
        ("1.50 2 1e+03", "%.2f %g %.0e", (1.5, 2, 1000)),
        ("ab   |   ab|a|(null)|(n", "%-5s|%5s|%.1s|%s|%.2s", ("ab", "ab", "ab", None, None)),
        ("x|   x|A", "%c|%4c|%c", ("x", "x", 65)),
        ("  x|x  |xyz", "%*s|%*s|%.*s", (3, "x", -3, "x", 3, "xyzw")),
        ("xyz", "%.*s", (-1, "xyz")),
        ("100%", "%d%%", (100,)),
        ("中", "%.3s", ("中文",)),
        ("9", f"%{APR_INT64_T_FMT}", (9,)),
        ("t", "%s", (aos_string_t("t"),)),
        ("bytes", "%s", (b"bytes\0more",)),
        ("1", "%d", (1, 2)),
    ],
)
def test_formats(expected: str, fmt: str, args: tuple[object, ...]) -> None:
    assert apr_psprintf(None, fmt, *args) == expected


def test_widths_count_bytes() -> None:
    assert apr_psprintf(None, "%4s", "é") == "  é"
    assert apr_psprintf(None, "%.1s", "é").encode("utf-8", "surrogateescape") == b"\xc3"


@pytest.mark.parametrize(
    ("fmt", "args", "error"),
    [("%d", (), TypeError), ("%d", ("1",), TypeError), ("%d", (1.0,), TypeError), ("%k", (1,), ValueError)],
)
def test_wrong_arguments(fmt: str, args: tuple[object, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        apr_psprintf(None, fmt, *args)


def test_snprintf_cuts_and_terminates() -> None:
    buf = bytearray(b"......")
    assert apr_snprintf(buf, 4, "%s", "abcdef") == 3
    assert buf == b"abc\0.."
    assert apr_snprintf(buf, 0, "%s", "abcdef") == 6
    assert apr_snprintf(buf, 100, "%s", "abcdef") == -994
    assert apr_snprintf(buf, 100, "%s", "abcde") == 5
    assert len(buf) == 6
    with pytest.raises(ValueError, match="negative"):
        apr_snprintf(buf, -1, "x")


def test_pstrdup() -> None:
    assert apr_pstrdup(None, "x") == "x"
    assert apr_pstrdup(None, None) is None


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("a9", "a10", -1),
        ("a09", "a1", -1),
        ("a 9", "a9", 0),
        ("a ", "a", 0),
        ("a", "ab", -1),
        ("a", "B", 1),
        ("中", "a", -1),
        ("", "中", 1),
        ("12", "1 2", 1),
        ("007", "7", -1),
    ],
)
def test_natural_order(a: str, b: str, order: int) -> None:
    assert apr_strnatcmp(a, b) == order
    assert apr_strnatcmp(b, a) == -order


def test_case_is_folded_for_ascii_only() -> None:
    assert apr_strnatcasecmp("ABC", "abc") == 0
    assert apr_strnatcmp("ABC", "abc") == -1
    assert apr_strnatcasecmp("É", "é") != 0
    with pytest.raises(ValueError, match="a must not be None"):
        apr_strnatcmp(None, "b")  # type: ignore[arg-type]


@given(st.text(), st.text())
def test_natural_order_is_antisymmetric(a: str, b: str) -> None:
    assert apr_strnatcmp(a, b) == -apr_strnatcmp(b, a)


@given(st.integers(1, 10**30), st.integers(1, 10**30))
def test_numbers_compare_by_value(a: int, b: int) -> None:
    assert apr_strnatcmp(f"x{a}y", f"x{b}y") == (a > b) - (a < b)
