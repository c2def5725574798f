"""The functions of APR that the runtime has beside the SDK's."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

from aos.aos_define import aos_pool_t
from aos.apr_file_io import APR_EOF, apr_finfo_t
from aos.apr_time import apr_time_exp_t
from oss.c_runtime.apr import *
from oss.c_runtime.arrays import array
from oss.c_runtime.numbers import char
from oss.c_runtime.pointers import ref


def test_pools() -> None:
    ended: list[int] = []
    pool = aos_pool_t()
    assert apr_initialize() == 0 and apr_pool_create(pool, None) == 0
    pool.on_destroy(lambda: ended.append(1))
    apr_pool_clear(pool)
    assert ended == [1] and pool.is_open
    apr_pool_destroy(pool)
    assert not pool.is_open and len(apr_palloc(None, 8)) == 8
    apr_terminate()


def test_texts() -> None:
    p = array(char, "text, more")
    assert apr_pstrndup(None, p, 4) == "text" and apr_pstrmemdup(None, p, 5) == "text,"
    assert apr_pstrcat(None, p, "!", None, "not") == "text, more!"
    assert (apr_itoa(None, -3), apr_atoi64(" 12x"), apr_strtoi64("0x10", None, 0)) == ("-3", 12, 16)
    room, last = array(char, 8), ref[Any](None)
    assert apr_cpystrn(room, p, 5) - room == 4 and str(room) == "text"
    assert str(apr_strtok(p, ", ", last)) == "text" and str(apr_strtok(None, ", ", last)) == "more"
    assert str(apr_strerror(APR_EOF, array(char, 64), 64)) == "End of file found"
    assert str(apr_strerror(errno.ENOENT, room, 8)) == os.strerror(errno.ENOENT)[:7]


def test_arrays() -> None:
    made = apr_array_make(None, 2, 8)
    for text in ("a", "b"):
        apr_array_push(made)[0] = text
    assert made.nelts == 2 and made.elts == ["a", "b"]
    last = apr_array_pop(made)
    assert last is not None and last[0] == "b" and made.nelts == 1


def test_times_and_files(tmp_path: Path) -> None:
    room, size, parts = array(char, 64), ref(0), apr_time_exp_t()
    assert apr_rfc822_date(room, 1_000_000) == 0 and str(room) == "Thu, 01 Jan 1970 00:00:01 GMT"
    assert apr_time_exp_lt(parts, 86_400_000_005) == 0 and (parts.tm_usec, parts.tm_year) == (5, 70)
    assert apr_strftime(room, size, 64, "%Y", parts) == 0 and (str(room), size.value) == ("1970", 4)
    assert (apr_ctime(room, 0) == 0 and str(room).endswith("1970")) or "1969" in str(room)
    (tmp_path / "x").write_text("text")
    info = apr_finfo_t()
    assert apr_stat(info, os.fspath(tmp_path / "x"), 0, None) == 0 and info.size == 4 and info.mtime > 0
    assert apr_stat(info, os.fspath(tmp_path / "none"), 0, None) == errno.ENOENT


def test_threads() -> None:
    mutex, cond, thread, result = apr_thread_mutex_t(), apr_thread_cond_t(), apr_thread_t(), ref(0)
    assert apr_thread_mutex_create(mutex, 1, None) == apr_thread_cond_create(cond, None) == 0
    done: list[int] = []

    def run(thread: apr_thread_t, data: int) -> None:
        apr_thread_mutex_lock(mutex)
        done.append(data)
        apr_thread_cond_signal(cond)
        apr_thread_mutex_unlock(mutex)
        apr_thread_exit(thread, 7)

    apr_thread_mutex_lock(mutex)
    assert apr_thread_create(thread, None, run, 3, None) == 0
    while not done:
        apr_thread_cond_wait(cond, mutex)
    apr_thread_mutex_unlock(mutex)
    assert apr_thread_join(result, thread) == 0 and (done, result.value) == ([3], 7)
    assert apr_thread_mutex_trylock(mutex) == 0 and apr_thread_mutex_destroy(mutex) == errno.EBUSY
