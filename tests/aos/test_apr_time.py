"""The clock and the calendar."""

from __future__ import annotations

import calendar
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos.apr_time import apr_sleep, apr_time_exp_gmt, apr_time_exp_t, apr_time_from_sec, apr_time_now


def test_now_is_microseconds() -> None:
    before = time.time_ns() // 1000
    assert before <= apr_time_now() <= time.time_ns() // 1000


@given(st.integers(-(10**16), 10**17))
def test_the_calendar_is_invertible(now: int) -> None:
    tm = apr_time_exp_t()
    assert apr_time_exp_gmt(tm, now) == 0
    parts = (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec)
    assert calendar.timegm(parts) * 1_000_000 + tm.tm_usec == now
    assert (tm.tm_wday, tm.tm_yday + 1) == ((calendar.weekday(*parts[:3]) + 1) % 7, time.gmtime(now // 10**6).tm_yday)


def test_a_time_beyond_the_calendar_is_refused() -> None:
    tm = apr_time_exp_t()
    tm.tm_year = 7
    assert apr_time_exp_gmt(tm, 1 << 200) > 0
    assert tm.tm_year == 7
    with pytest.raises(ValueError, match="result"):
        apr_time_exp_gmt(None, 0)  # type: ignore[arg-type]


def test_seconds_and_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    apr_sleep(apr_time_from_sec(2))
    apr_sleep(-1)
    assert slept == [2.0, 0.0]
