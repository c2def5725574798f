"""Time (``apr_time.h``): microseconds since the epoch.

The SDK reads the clock as ``apr_time.apr_time_now()`` at each use, so that a program can put its own in its place.
"""

from __future__ import annotations

import errno
import time
from typing import TypeAlias

from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.structs import CStruct, index_of, int32_field

__all__ = ["apr_sleep", "apr_time_exp_gmt", "apr_time_exp_t", "apr_time_from_sec", "apr_time_now", "apr_time_t"]

apr_time_t: TypeAlias = int

_SECOND = 1_000_000


class apr_time_exp_t(CStruct):
    """``apr_time_exp_t``: a time in its parts."""

    tm_usec = int32_field()
    """microseconds, 0 to 999999"""
    tm_sec = int32_field()
    """seconds, 0 to 60"""
    tm_min = int32_field()
    """minutes, 0 to 59"""
    tm_hour = int32_field()
    """hours, 0 to 23"""
    tm_mday = int32_field()
    """day of the month, from 1"""
    tm_mon = int32_field()
    """month, from 0, which is January"""
    tm_year = int32_field()
    """year less 1900"""
    tm_wday = int32_field()
    """day of the week, 0 is Sunday"""
    tm_yday = int32_field()
    """day of the year, from 0"""
    tm_isdst = int32_field()
    """daylight saving time; 0 in UTC"""
    tm_gmtoff = int32_field()
    """seconds east of UTC; 0 in UTC"""


def apr_time_now() -> int:
    """apr_time_t apr_time_now(void)

    Returns the present time, in microseconds since the epoch.
    """
    return time.time_ns() // 1000


def apr_time_from_sec(sec: int) -> int:
    """apr_time_from_sec(sec)

    Returns the microseconds in so many seconds.

    :param sec: number of seconds
    """
    return index_of(sec, "sec") * _SECOND


def apr_sleep(t: int) -> None:
    """void apr_sleep(apr_interval_time_t t)

    Sleeps for ``t`` microseconds.

    :param t: how long, in microseconds
    """
    time.sleep(max(index_of(t, "t"), 0) / _SECOND)


def apr_time_exp_gmt(result: apr_time_exp_t, input: int) -> int:
    """apr_status_t apr_time_exp_gmt(apr_time_exp_t *result, apr_time_t input)

    Splits microseconds since the epoch into UTC's parts. Returns 0, or EINVAL for a time no calendar has.

    :param result: gets the parts
    :param input: the time, microseconds since the epoch
    """
    required(result, apr_time_exp_t, "result")
    seconds, microseconds = divmod(index_of(input, "input"), _SECOND)
    try:
        parts = time.gmtime(seconds)
    except (OverflowError, OSError, ValueError):
        return errno.EINVAL
    result.tm_usec, result.tm_sec, result.tm_min, result.tm_hour = microseconds, parts[5], parts[4], parts[3]
    result.tm_mday, result.tm_mon, result.tm_year = parts[2], parts[1] - 1, parts[0] - 1900
    result.tm_wday, result.tm_yday = (parts[6] + 1) % 7, parts[7] - 1
    result.tm_isdst = result.tm_gmtoff = 0
    return 0


check_arguments(globals())
