"""Work of a call in a thread of its own, where no signal's exception can interrupt it.

Python raises the exception of a signal handler (Ctrl-C, a timeout) in the main thread, between any two steps. A call
that owns files, locks and threads therefore does its work in a thread of its own. The caller's thread owns nothing: it
waits, and it runs the caller's own functions, such as a progress function. When an exception ends the waiting, or the
end of the call's pool, the work is told to stop, and is waited for: a second at most.

A process that was forked meanwhile, by such a function or by a signal handler, has the thread that forked alone: there
the call ends, and the work goes on in the process that began it.
"""

from __future__ import annotations

import _thread
import copy
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from aos._c.fork import generation, owned
from aos._c.green import new_queue
from aos._http.cancel import CANCELLED, FORKED, TICK, CancelledError
from aos._native import CancelFlag
from aos.aos_define import AOSE_ABORT_CALLBACK, AOSE_INTERNAL_ERROR
from aos.aos_status import (
    AOS_CREATE_THREAD_POOL_ERROR_CODE,
    AOS_HTTP_IO_ERROR_CODE,
    aos_status_t,
)
from aos.apr_pools import aos_pool_t
from oss._define.structs import oss_request_options_t
from oss._request.errors import StatusError
from oss._request.request import report_to

__all__ = ["DESTROYED", "Background", "in_background"]

PATIENCE = 1.0
"""Seconds to wait for work that has been told to stop."""

DESTROYED = "the pool was destroyed during the transfer"

T = TypeVar("T")


class Background(Generic[T]):
    """A thread that does ``work``, which is given this object; ``flag`` tells it to stop."""

    def __init__(self, work: Callable[[Background[T]], T], pool: aos_pool_t | None = None) -> None:
        self.flag = CancelFlag()
        self._work, self._pool = work, pool
        self._said: queue.SimpleQueue[tuple[Callable[..., Any], Any] | None] = new_queue()
        self._answers: queue.SimpleQueue[Any] = new_queue()
        self._values: deque[T] = deque()
        self._errors: deque[BaseException] = deque()
        self._generation = generation()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._starters: list[int] = []
        self._done = self._refused = self._ended = False
        owned(self)

    # ---- in the caller's thread ----

    def result(self) -> T:
        """Starts the work, waits for its end, and returns or raises what it did. StatusError where no thread is to be
        had."""
        try:
            # One step of the interpreter: no exception of a signal comes between the start of the thread and its
            # being in the list. Thread.start takes more steps, so that the new thread calls it.
            self._starters.extend(map(_thread.start_new_thread, (self._start,), ((),)))
        except RuntimeError:
            self._refused = True
        while not self._refused:
            try:
                said = self._said.get(timeout=TICK)
            except queue.Empty:
                self._check_process()
                if self._pool is None or self._pool.is_open:
                    continue
                self.end()
                break
            if said is None:
                break
            self._answers.put(said[0](*said[1]))
            self._check_process()
        if self._refused:
            message = "no thread can be started: can't start new thread"
            raise StatusError.of(AOSE_INTERNAL_ERROR, AOS_CREATE_THREAD_POOL_ERROR_CODE, message)
        if not self._done:
            raise CancelledError(DESTROYED)
        if self._errors:
            raise self._errors.pop()  # from no variable, since the traceback would keep it alive
        return self._values.pop()

    def _check_process(self) -> None:
        """Raises CancelledError in a forked process, where the thread of the work does not exist."""
        if generation() != self._generation:
            raise CancelledError(FORKED)

    def end(self) -> None:
        """Tells the work to stop, and waits until it has; called again where an exception interrupts it."""
        self.flag.set()
        self._answers.put(None)
        if self._ended or not self._starters or generation() != self._generation:
            return
        limit = time.monotonic() + PATIENCE
        while not self._done and time.monotonic() < limit:
            try:
                self._said.get(timeout=max(0.0, limit - time.monotonic()))  # a call that comes too late to be made
            except queue.Empty:
                break
        if self._done and not self._refused:
            self._thread.join(max(0.0, limit - time.monotonic()))
        self._ended = True

    def abandon(self) -> None:
        """Tells the work to stop, in a forked child that may have its thread."""
        self.flag.set()

    # ---- in the thread ----

    def _start(self) -> None:
        try:
            self._thread.start()
        except RuntimeError:
            self._refused = True
            self._said.put(None)

    def _run(self) -> None:
        try:
            self.check()
            self._values.append(self._work(self))
        except BaseException as error:
            self._errors.append(error)
        finally:
            self._done = True
            self._said.put(None)

    def check(self) -> None:
        """Raises CancelledError once the work has been told to stop."""
        if self.flag.is_set():
            raise CancelledError(CANCELLED)

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        """Runs a function in the caller's thread and returns its result; CancelledError where that thread waits no
        longer."""
        self._said.put((function, args))
        while not self.flag.is_set():
            try:
                answer = self._answers.get(timeout=TICK)
            except queue.Empty:
                continue
            if not self.flag.is_set():
                return answer
        raise CancelledError(CANCELLED)

    def caller(self, function: Callable[..., Any] | None) -> Callable[..., Any] | None:
        """Returns a function of the caller's as the work may call it: it runs in the caller's thread."""
        return None if function is None else lambda *args: self.call(function, *args)


Work = Callable[[Background[aos_status_t], oss_request_options_t], aos_status_t]


def in_background(options: oss_request_options_t, work: Work) -> aos_status_t:
    """Does ``work`` in a thread of its own and returns its status.

    The options that it is given make its requests end when it is told to stop. StatusError where that came from
    outside, or where no thread is to be had: ``CreateThreadPoolFail``.
    """
    own = copy.copy(options)
    own.ctl = copy.copy(options.ctl)

    def run(background: Background[aos_status_t]) -> aos_status_t:
        own.ctl.flag = background.flag
        return work(background, own)

    background = Background(run, options.pool)
    try:
        try:
            return background.result()
        finally:
            background.end()
    except CancelledError as end:
        raise StatusError.of(AOSE_ABORT_CALLBACK, AOS_HTTP_IO_ERROR_CODE, str(end)) from None
    finally:  # again, for a second exception may have come at once
        background.end()
        report_to(options.ctl, own.ctl)
