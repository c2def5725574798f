"""APR functions that the SDK does not have itself: the library's start, pools, texts, times, files, threads.

A function that can fail returns 0 or the number of an error. Texts that are returned are str, as the SDK's are.

What a parameter is, unless a function says otherwise:

:param p: the pool; may be None
:param pool: the pool; may be None
:param s: the text
:param n: the number
:param t: a time, microseconds since 1970
:param thread: the thread
:param mutex: the mutex
:param cond: the condition
"""

from __future__ import annotations

import errno as names
import os
from collections.abc import Callable
from typing import Any

from aos._c.refs import aos_ref_t
from aos._c.text import decode
from aos.aos_define import aos_palloc, aos_pcalloc, aos_pool_create, aos_pool_destroy, aos_pool_t
from aos.apr_file_io import APR_EOF, apr_finfo_t
from aos.apr_tables import aos_array_header_t
from aos.apr_time import apr_time_exp_t
from oss.c_runtime import pthread, time
from oss.c_runtime.convert import strtol
from oss.c_runtime.errno import errno
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at
from oss.c_runtime.string import strlcpy, strtok_r

__all__ = [
    "apr_array_make",
    "apr_array_pop",
    "apr_array_push",
    "apr_atoi64",
    "apr_cpystrn",
    "apr_ctime",
    "apr_env_set",
    "apr_initialize",
    "apr_itoa",
    "apr_ltoa",
    "apr_off_t_toa",
    "apr_palloc",
    "apr_pcalloc",
    "apr_pool_clear",
    "apr_pool_create",
    "apr_pool_destroy",
    "apr_pstrcat",
    "apr_pstrmemdup",
    "apr_pstrndup",
    "apr_rfc822_date",
    "apr_stat",
    "apr_strerror",
    "apr_strftime",
    "apr_strtoi64",
    "apr_strtok",
    "apr_terminate",
    "apr_thread_cond_broadcast",
    "apr_thread_cond_create",
    "apr_thread_cond_destroy",
    "apr_thread_cond_signal",
    "apr_thread_cond_t",
    "apr_thread_cond_wait",
    "apr_thread_create",
    "apr_thread_exit",
    "apr_thread_join",
    "apr_thread_mutex_create",
    "apr_thread_mutex_destroy",
    "apr_thread_mutex_lock",
    "apr_thread_mutex_t",
    "apr_thread_mutex_trylock",
    "apr_thread_mutex_unlock",
    "apr_thread_t",
    "apr_threadattr_create",
    "apr_threadattr_t",
    "apr_time_exp_lt",
]

apr_pool_create, apr_pool_destroy = aos_pool_create, aos_pool_destroy
apr_palloc, apr_pcalloc = aos_palloc, aos_pcalloc
_APR_EBUSY = 70025


# ---- the library, and pools ----


def apr_initialize() -> int:
    """Does nothing here, and returns 0."""
    return 0


def apr_terminate() -> None:
    """Does nothing here."""


def apr_pool_clear(p: aos_pool_t) -> None:
    """Ends what the pool owns, and keeps the pool.

    :param p: the pool
    """
    parent = p._parent
    p.destroy()
    p.open(parent)


_WORDS = {APR_EOF: "End of file found", 70008: "Partial results are valid but processing is incomplete"}


def apr_strerror(statcode: int, buf: Memory, bufsize: int) -> ptr[Any]:
    """Stores the words for an error, and returns ``buf``.

    :param statcode: what a function returned
    :param buf: what is filled
    :param bufsize: how many bytes of it may be filled
    """
    strlcpy(buf, _WORDS.get(statcode) or os.strerror(statcode), bufsize)
    return pointer_of(buf)


def apr_env_set(envvar: Text, value: Text, pool: aos_pool_t | None) -> int:
    """Sets a variable of the environment.

    :param envvar: its name
    :param value: its text
    """
    os.environb[string_at(envvar)] = string_at(value)
    return 0


# ---- texts ----


def apr_pstrndup(p: aos_pool_t | None, s: Text | None, n: int) -> str | None:
    """Returns at most ``n`` bytes of a text.

    :param n: how many bytes
    """
    return None if s is None else decode(string_at(s)[:n])


def apr_pstrmemdup(p: aos_pool_t | None, s: Text | None, n: int) -> str | None:
    """Returns ``n`` bytes as a text.

    :param n: how many bytes
    """
    return None if s is None else decode(string_at(s, n))


def apr_pstrcat(p: aos_pool_t | None, *texts: Text | None) -> str:
    """Returns texts one after the other, up to NULL.

    :param texts: the texts, NULL after them
    """
    found = b""
    for text in texts:
        if text is None:
            break
        found += string_at(text)
    return decode(found)


def apr_itoa(p: aos_pool_t | None, n: int) -> str:
    """Returns a number's digits."""
    return str(n)


apr_ltoa = apr_off_t_toa = apr_itoa


def apr_strtoi64(buf: Text, end: aos_ref_t[Any] | None, base: int) -> int:
    """Returns the 64-bit integer at the start of a text, as ``strtol``.

    :param buf: the text
    :param end: gets where the number ended; may be None
    :param base: 2 to 36, or 0 for C's prefixes
    """
    errno.value = 0
    return strtol(buf, end, base)


def apr_atoi64(buf: Text) -> int:
    """Returns the decimal 64-bit integer at the start of a text.

    :param buf: the text
    """
    return apr_strtoi64(buf, None, 10)


def apr_cpystrn(dst: Memory, src: Text | None, dst_size: int) -> ptr[Any]:
    """Copies what of a text fits, and returns where its NUL is.

    :param dst: what is filled
    :param src: the text; None for an empty one
    :param dst_size: how many bytes of ``dst`` may be filled
    """
    size = strlcpy(dst, "" if src is None else src, dst_size)
    return pointer_of(dst) + min(size, max(dst_size - 1, 0))


def apr_strtok(str: Memory | None, sep: Text, last: aos_ref_t[Any]) -> ptr[Any] | None:
    """Returns the next part of a text, as ``strtok_r``.

    :param str: the text; None to go on
    :param sep: what is between the parts
    :param last: where the next part begins
    """
    return strtok_r(str, sep, last)


# ---- arrays ----


def apr_array_make(p: aos_pool_t | None, nelts: int, elt_size: int) -> aos_array_header_t:
    """Makes an empty array.

    :param nelts: how many elements to make room for
    :param elt_size: C's size of an element; of no account here
    """
    return aos_array_header_t()


def apr_array_push(arr: aos_array_header_t) -> ptr[Any]:
    """Appends an element, and returns a pointer to it.

    :param arr: the array
    """
    items: list[Any] = arr.elts
    items.append(None)
    return ptr(items, len(items) - 1)


def apr_array_pop(arr: aos_array_header_t) -> ptr[Any] | None:
    """Removes the last element, and returns a pointer to it; None when there is none.

    :param arr: the array
    """
    items: list[Any] = arr.elts
    return ptr([items.pop()]) if items else None


# ---- times and files ----


def _exploded(tm: time.tm, result: apr_time_exp_t, t: int) -> int:
    for name in time.tm.__slots__[:-1]:
        setattr(result, name, getattr(tm, name))
    result.tm_usec = t % 1_000_000
    return 0


def apr_time_exp_lt(result: apr_time_exp_t, t: int) -> int:
    """Splits a time into the parts of the local calendar.

    :param result: gets the parts
    """
    tm = time.tm()
    found = time.localtime_r(aos_ref_t(t // 1_000_000), tm)
    return names.EINVAL if found is None else _exploded(tm, result, t)


def apr_strftime(s: Memory, retsize: aos_ref_t[int], max: int, format: Text, tm: apr_time_exp_t) -> int:
    """Stores a time as a format says.

    :param s: what is filled
    :param retsize: gets the length of the text
    :param max: how many bytes of ``s`` may be filled
    :param format: a strftime format
    :param tm: the time
    """
    plain = time.tm(*(getattr(tm, name) for name in time.tm.__slots__[:-1]))
    retsize.value = time.strftime(s, max, format, plain)
    return 0


def _date(t: int, read: Callable[[aos_ref_t[int]], time.tm | None], format: str, room: Memory) -> int:
    tm = read(aos_ref_t(t // 1_000_000))
    if tm is None:
        return names.EINVAL
    time.strftime(room, 64, format, tm)
    return 0


def apr_rfc822_date(date_str: Memory, t: int) -> int:
    """Stores a time in the form ``Thu, 01 Jan 1970 00:00:00 GMT``.

    :param date_str: room for 30 bytes
    """
    return _date(t, time.gmtime, "%a, %d %b %Y %H:%M:%S GMT", date_str)


def apr_ctime(date_str: Memory, t: int) -> int:
    """Stores a time in the form ``Thu Jan 01 00:00:00 1970``, by the local calendar.

    :param date_str: room for 25 bytes
    """
    return _date(t, time.localtime, "%a %b %d %H:%M:%S %Y", date_str)


def apr_stat(finfo: apr_finfo_t, fname: Text, wanted: int, pool: aos_pool_t | None) -> int:
    """Stores size and times of a file.

    :param finfo: gets size and times
    :param fname: its path
    :param wanted: APR_FINFO_* flags; all are stored
    """
    try:
        found = os.stat(string_at(fname))
    except OSError as error:
        return error.errno or names.EIO
    finfo.size, finfo.fname = found.st_size, decode(string_at(fname))
    finfo.atime, finfo.mtime, finfo.ctime = (
        nanoseconds // 1000 for nanoseconds in (found.st_atime_ns, found.st_mtime_ns, found.st_ctime_ns)
    )
    return 0


# ---- threads ----


class apr_thread_t:
    """A thread."""

    def __init__(self) -> None:
        self.handle: aos_ref_t[Any] = aos_ref_t(None)


class apr_threadattr_t(pthread.pthread_attr_t):
    """How a thread is to be."""


class apr_thread_cond_t(pthread.pthread_cond_t):
    """A condition."""


class apr_thread_mutex_t(pthread.pthread_mutex_t):
    """A mutex."""


def apr_threadattr_create(new_attr: apr_threadattr_t, pool: aos_pool_t | None) -> int:
    """Makes attributes the usual ones.

    :param new_attr: the attributes
    """
    return pthread.pthread_attr_init(new_attr)


def apr_thread_create(
    new_thread: apr_thread_t,
    attr: apr_threadattr_t | None,
    func: Callable[[apr_thread_t, Any], Any],
    data: Any,
    pool: aos_pool_t | None,
) -> int:
    """Starts a thread.

    :param new_thread: gets the thread
    :param attr: how it is to be; None for the usual
    :param func: its function, which is given the thread and ``data``
    :param data: what the function is given
    """
    return pthread.pthread_create(new_thread.handle, attr, lambda argument: func(new_thread, argument), data)


def apr_thread_exit(thread: apr_thread_t, retval: int) -> None:
    """Ends the thread that calls this.

    :param retval: what ``apr_thread_join`` gives
    """
    pthread.pthread_exit(retval)


def apr_thread_join(retval: aos_ref_t[int] | None, thread: apr_thread_t) -> int:
    """Waits for the end of a thread.

    :param retval: gets what it ended with; may be None
    """
    result: aos_ref_t[Any] = aos_ref_t(None)
    status = pthread.pthread_join(thread.handle.value, result)
    if retval is not None and status == 0:
        retval.value = result.value if isinstance(result.value, int) else 0
    return status


def apr_thread_mutex_create(mutex: apr_thread_mutex_t, flags: int, pool: aos_pool_t | None) -> int:
    """Makes a mutex ready.

    :param flags: APR_THREAD_MUTEX_DEFAULT 0, APR_THREAD_MUTEX_NESTED 1 or APR_THREAD_MUTEX_UNNESTED 2
    """
    attributes = pthread.pthread_mutexattr_t()
    attributes.kind = pthread.PTHREAD_MUTEX_RECURSIVE if flags == 1 else pthread.PTHREAD_MUTEX_NORMAL
    return pthread.pthread_mutex_init(mutex, attributes)


def apr_thread_mutex_lock(mutex: apr_thread_mutex_t) -> int:
    """Locks a mutex, and waits for it if need be."""
    return pthread.pthread_mutex_lock(mutex)


def apr_thread_mutex_trylock(mutex: apr_thread_mutex_t) -> int:
    """Locks a mutex: APR_EBUSY, 70025, when it is locked."""
    return _APR_EBUSY if pthread.pthread_mutex_trylock(mutex) else 0


def apr_thread_mutex_unlock(mutex: apr_thread_mutex_t) -> int:
    """Unlocks a mutex."""
    return pthread.pthread_mutex_unlock(mutex)


def apr_thread_mutex_destroy(mutex: apr_thread_mutex_t) -> int:
    """Ends a mutex."""
    return pthread.pthread_mutex_destroy(mutex)


def apr_thread_cond_create(cond: apr_thread_cond_t, pool: aos_pool_t | None) -> int:
    """Makes a condition ready."""
    return pthread.pthread_cond_init(cond, None)


def apr_thread_cond_wait(cond: apr_thread_cond_t, mutex: apr_thread_mutex_t) -> int:
    """Unlocks a mutex, waits for a condition, and locks the mutex again."""
    return pthread.pthread_cond_wait(cond, mutex)


def apr_thread_cond_signal(cond: apr_thread_cond_t) -> int:
    """Wakes one of those that wait."""
    return pthread.pthread_cond_signal(cond)


def apr_thread_cond_broadcast(cond: apr_thread_cond_t) -> int:
    """Wakes all of those that wait."""
    return pthread.pthread_cond_broadcast(cond)


def apr_thread_cond_destroy(cond: apr_thread_cond_t) -> int:
    """Ends a condition."""
    return pthread.pthread_cond_destroy(cond)
