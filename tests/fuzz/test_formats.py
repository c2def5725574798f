"""C's formats and numbers, beside the C library's own."""

from __future__ import annotations

import ctypes
import re
import time
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from aos._c.printf import c_format
from aos._c.refs import aos_ref_t
from aos.aos_log import aos_log_format_default
from aos.aos_util import AOSE_OK, aos_get_gmt_time_date, aos_strtoll, aos_strtoull, aos_url_decode
from tests.fuzz.amount import fuzz

LIBC = ctypes.CDLL(None)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
BYTES = st.binary(max_size=12).map(lambda data: data.replace(b"\0", b"?").decode("utf-8", "surrogateescape"))
FLAGS = st.text("-+ #0", max_size=3)
SIZE = st.sampled_from(["", "1", "5", "17"])
POINT = st.sampled_from(["", ".", ".0", ".3", ".12"])
INT64 = st.integers(-(2**63), 2**63 - 1)


def printf(fmt: bytes, *values: Any) -> str:
    """What the C library prints."""
    room = ctypes.create_string_buffer(4096)
    LIBC.snprintf(room, 4096, fmt, *values)
    return room.value.decode("utf-8", "surrogateescape")


@fuzz
@given(FLAGS, SIZE, POINT, st.sampled_from("di"), INT64)
@example("#", "", "", "d", 0)
@example("+0", "5", ".3", "d", -1)
@example("+", "", ".0", "d", 0)
def test_signed(flags: str, width: str, point: str, kind: str, value: int) -> None:
    fmt = f"<%{flags}{width}{point}ll{kind}>"
    if "#" not in flags:  # which C leaves undefined
        assert c_format(fmt, value) == printf(fmt.encode(), ctypes.c_longlong(value))


@fuzz
@given(FLAGS, SIZE, POINT, st.sampled_from(["", "l", "ll", "h", "hh"]), st.sampled_from("uxXo"), INT64)
@example("#", "", "", "", "x", 0)
@example("#0", "17", "", "ll", "x", 5)
@example("#", "", ".0", "", "o", 0)
@example("", "5", ".0", "", "u", 0)
def test_unsigned(flags: str, width: str, point: str, length: str, kind: str, value: int) -> None:
    fmt = f"<%{flags}{width}{point}{length}{kind}>".replace("+", "").replace(" ", "")
    assert c_format(fmt, value) == printf(fmt.encode(), ctypes.c_longlong(value))


@fuzz
@given(st.text("-", max_size=1), SIZE, POINT, TEXT | BYTES)
@example("", "", ".1", "é")
@example("-", "5", ".3", "中")
def test_texts(flags: str, width: str, point: str, value: str) -> None:
    fmt = f"<%{flags}{width}{point}s>"
    assert c_format(fmt, value) == printf(fmt.encode(), value.encode("utf-8", "surrogateescape"))


@fuzz
@given(FLAGS.map(lambda flags: flags.replace("#", "")), SIZE, POINT, st.sampled_from("eEfFgG"), st.floats(width=64))
def test_floats(flags: str, width: str, point: str, kind: str, value: float) -> None:
    assume(value == value and abs(value) < 1e300)
    fmt = f"<%{flags}{width}{point}{kind}>"
    assert c_format(fmt, value) == printf(fmt.encode(), ctypes.c_double(value))


@fuzz
@given(
    TEXT | st.text("%sdlx*.0123456789-+ #hjzctuIoXeEfgGnpq", max_size=12),
    st.lists(INT64 | TEXT | st.none(), max_size=4),
)
@example("%", [])
@example("%n", [1])
@example("%*d", [-5, 3])
@example("%.*s", [-1, "abc"])
@example("%c", [300])
@example("%s", [b"x"])
@example("%99999d", [1])
def test_any_format_is_a_text_or_an_error_of_values(fmt: str, values: list[Any]) -> None:
    assume(not any(isinstance(value, int) and abs(value) > 99_999 for value in values) or "*" not in fmt)
    assume(max((len(run) for run in "".join(c if c.isdigit() else " " for c in fmt).split()), default=0) < 6)
    try:
        assert isinstance(c_format(fmt, *values), str)
    except (TypeError, ValueError, OverflowError):
        pass
    aos_log_format_default(4, "file", 1, "function", fmt, *values)  # never raises


@fuzz
@given(st.text(st.sampled_from("0123456789abcxXzZ-+ \t\n"), max_size=70) | TEXT, st.sampled_from([0, 2, 8, 10, 16, 36]))
@example("-" + "9" * 5000, 10)
@example(" \v\f+08", 0)
def test_numbers_are_those_of_the_c_library(text: str, base: int) -> None:
    assume(not re.match(r"\s*[-+]?0[xX](?![0-9a-fA-F])", text, re.ASCII) or base not in (0, 16))  # as BSD, not glibc
    raw = text.encode()
    for ours, theirs, kind in (
        (aos_strtoll, LIBC.strtoll, ctypes.c_longlong),
        (aos_strtoull, LIBC.strtoull, ctypes.c_ulonglong),
    ):
        theirs.restype = kind
        room, end = ctypes.create_string_buffer(raw), ctypes.c_char_p()
        wanted = theirs(room, ctypes.byref(end), base)
        place = aos_ref_t(0)
        assert ours(text, place, base) == wanted
        assert place.value == len(room.value) - len(end.value or b"")


@fuzz
@given(TEXT | st.from_regex(r"\s?[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,5}.*", fullmatch=True))
def test_any_date_is_one_or_refused(text: str) -> None:
    room = bytearray(16)
    if aos_get_gmt_time_date(text, room) == AOSE_OK:
        assert room[:8].isdigit()


@pytest.mark.parametrize("text", ["0" * 1_000_000, " " * 1_000_000, "z" * 1_000_000, "%" * 1_000_000, "%41" * 300_000])
def test_long_texts_take_no_time(text: str) -> None:
    began = time.process_time()
    for base in (0, 10, 36):
        aos_strtoll(text, None, base)
    aos_url_decode(text, bytearray(len(text) + 1))
    aos_get_gmt_time_date(text, bytearray(16))
    assert time.process_time() - began < 5
