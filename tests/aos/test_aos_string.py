"""The functions on counted strings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos.aos_string import (
    aos_ends_with,
    aos_is_null_string,
    aos_is_quote,
    aos_is_space,
    aos_is_space_or_cntrl,
    aos_null_string,
    aos_pstrdup,
    aos_str_null,
    aos_str_set,
    aos_string,
    aos_string_is_empty,
    aos_string_t,
    aos_string_tolower,
    aos_strip_space,
    aos_strlchr,
    aos_text_t,
    aos_tolower,
    aos_toupper,
    aos_trip_space_and_cntrl,
    aos_unquote_str,
)


def test_set_and_null() -> None:
    s = aos_string_t()
    aos_str_set(s, "é")
    assert (s.data, s.len) == ("é", 2)
    aos_str_null(s)
    assert (s.data, s.len) == (None, 0)
    aos_str_set(s, aos_string("x"))
    assert str(s) == "x"
    aos_str_set(s, None)
    assert s.data is None
    assert aos_null_string().data is None
    with pytest.raises(ValueError, match="str must not be None"):
        aos_str_set(None, "x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "empty", "null"), [(None, 1, 1), ("", 1, 1), ("\0x", 1, 0), ("x", 0, 0), (aos_string_t(), 1, 1)]
)
def test_emptiness(text: aos_text_t, empty: int, null: int) -> None:
    assert (aos_string_is_empty(text), aos_is_null_string(text)) == (empty, null)


def test_trimming() -> None:
    for function, before, after in (
        (aos_strip_space, " \t a b \t", "a b"),
        (aos_strip_space, "\n", "\n"),
        (aos_trip_space_and_cntrl, "\r\n\x01 a b\x02", "a b"),
        (aos_trip_space_and_cntrl, "é", ""),
        (aos_unquote_str, '""a"b"', 'a"b'),
        (aos_string_tolower, "AbÉ", "abÉ"),
    ):
        s = aos_string_t(before)
        function(s)
        assert s.data == after
        s = aos_string_t()
        function(s)
        assert s.data is None


def test_characters() -> None:
    assert (aos_tolower("A"), aos_tolower(65), aos_toupper("z"), aos_toupper("é".encode()[0])) == ("a", 97, "Z", 0xC3)
    assert [aos_is_space(c) for c in " \tx\n"] == [1, 1, 0, 0]
    assert [aos_is_quote(c) for c in "\"'"] == [1, 0]
    assert [aos_is_space_or_cntrl(c) for c in (32, 31, 33, 128, 255)] == [1, 1, 0, 1, 1]
    with pytest.raises(ValueError, match="one byte"):
        aos_tolower("é")


def test_strlchr() -> None:
    assert aos_strlchr("a:b:c", None, ":") == 1
    assert aos_strlchr("a:b", 1, ":") is None
    assert aos_strlchr(b"a:b", 2, 58) == 1
    with pytest.raises(ValueError, match="last"):
        aos_strlchr("ab", 3, "a")


def test_pstrdup() -> None:
    assert aos_pstrdup(None, aos_string_t("abc", 2)) == "ab"
    assert aos_pstrdup(None, aos_string_t()) is None
    with pytest.raises(ValueError, match="s must not be None"):
        aos_pstrdup(None, None)


@given(st.text(), st.text())
def test_ends_with(text: str, suffix: str) -> None:
    assert aos_ends_with(text + suffix, aos_string(suffix)) == 1
    assert aos_ends_with(text, suffix) == text.endswith(suffix)
    assert aos_ends_with(None, suffix) == aos_ends_with(text, None) == 0
