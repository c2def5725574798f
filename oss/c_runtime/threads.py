"""C++'s threads: what ``threading`` does not have in the same way.

``std::unique_lock lock(m)`` is ``with unique_lock(m) as lock:``, ``std::thread t(f, x)`` is ``t = thread(f, x)``,
``std::atomic<int> n{0}`` is ``n = atomic(int32_t)``, then ``n.add(1)``.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from oss.c_runtime.exceptions import terminate

__all__ = ["atomic", "condition_variable", "future", "once_flag", "packaged_task", "promise", "run_async", "run_later",
           "thread", "unique_lock"]  # fmt: skip


class thread:
    """A thread; one that was made without a function is none yet."""

    def __init__(self, function: Callable[..., object] | None = None, *arguments: object) -> None:
        self._thread = None if function is None else threading.Thread(target=function, args=arguments)
        if self._thread is not None:
            self._thread.start()

    @property
    def joinable(self) -> bool:
        """Whether it is to be waited for."""
        return self._thread is not None

    def join(self) -> None:
        """Waits until it ends."""
        if self._thread is None:
            terminate()
        self._thread.join()
        self._thread = None

    def detach(self) -> None:
        """Lets it run; it ends with the program."""
        self._thread = None


class unique_lock:
    """A lock that is held until the end of a ``with``, if it is not given back before."""

    def __init__(self, mutex: Any, owned: bool = True) -> None:
        self.mutex, self.owned = mutex, owned
        if owned:
            mutex.acquire()

    def __enter__(self) -> unique_lock:
        return self

    def __exit__(self, *_: object) -> None:
        if self.owned:
            self.unlock()

    def lock(self) -> None:
        """Takes the lock."""
        self.mutex.acquire()
        self.owned = True

    def unlock(self) -> None:
        """Gives the lock back."""
        self.owned = False
        self.mutex.release()


class condition_variable:
    """What threads wait for, with a lock that each of them gives."""

    def __init__(self) -> None:
        self._waiting: deque[Any] = deque()

    def wait(self, lock: unique_lock, holds: Callable[[], Any] | None = None) -> None:
        """Waits until it is told, or until something holds."""
        if holds is None:
            self._once(lock, None)
            return
        while not holds():
            self._once(lock, None)

    def wait_for(self, lock: unique_lock, seconds: float, holds: Callable[[], Any]) -> bool:
        """Waits until something holds, and says whether it does when the time is over."""
        while not holds():
            if not self._once(lock, seconds):
                return bool(holds())
        return True

    def _once(self, lock: unique_lock, seconds: float | None) -> bool:
        turn = threading.Lock()
        turn.acquire()
        self._waiting.append(turn)
        lock.unlock()
        told = turn.acquire(timeout=-1 if seconds is None else seconds)
        lock.lock()
        if not told and turn in self._waiting:
            self._waiting.remove(turn)
        return told

    def notify_one(self) -> None:
        """Tells one that waits."""
        if self._waiting:
            self._waiting.popleft().release()

    def notify_all(self) -> None:
        """Tells all that wait."""
        while self._waiting:
            self.notify_one()


class atomic:
    """A number that threads share."""

    def __init__(self, of: Callable[[int], int], value: int = 0) -> None:
        self._of, self._value, self._lock = of, value, threading.Lock()

    def load(self) -> int:
        """Returns the number."""
        return self._value

    def store(self, value: int) -> None:
        """Sets the number."""
        self.exchange(value)

    def exchange(self, value: int) -> int:
        """Sets the number, and returns what it was."""
        with self._lock:
            old, self._value = self._value, self._of(value)
        return old

    def fetch_add(self, count: int) -> int:
        """Adds to the number, and returns what it was."""
        with self._lock:
            old, self._value = self._value, self._of(self._value + count)
        return old

    def fetch_sub(self, count: int) -> int:
        """Subtracts from the number, and returns what it was."""
        return self.fetch_add(-count)

    def add(self, count: int) -> int:
        """Adds to the number, and returns it."""
        return self._of(self.fetch_add(count) + count)

    def sub(self, count: int) -> int:
        """Subtracts from the number, and returns it."""
        return self.add(-count)


class future:
    """What will be there some time; one that nobody makes anything for is none."""

    def __init__(self, work: Callable[[], object] | None = None) -> None:
        self._work, self._done = work, threading.Event()
        self._value: Any = None
        self._error: BaseException | None = None
        self.valid = work is not None

    def _run(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        try:
            self._value = work()
        except BaseException as error:
            self._error = error
        self._done.set()

    def set(self, value: Any) -> None:
        """Says what is there now."""
        self._value = value
        self._done.set()

    def wait(self) -> None:
        """Waits until it is there; what was left for later is done now."""
        if self._later:
            self._run()
        self._done.wait()

    _later = False

    def get(self) -> Any:
        """Waits, and returns what is there, or raises what went wrong."""
        self.wait()
        self.valid = False
        if self._error is not None:
            raise self._error
        return self._value


def run_async(function: Callable[..., object], *arguments: object) -> future:
    """Runs a function in a thread."""
    made = future(lambda: function(*arguments))
    threading.Thread(target=made._run).start()
    return made


def run_later(function: Callable[..., object], *arguments: object) -> future:
    """Leaves a function for when what it gives is asked for."""
    made = future(lambda: function(*arguments))
    made._later = True
    return made


class promise:
    """What a thread says to the one that has the future of it."""

    def __init__(self) -> None:
        self._future = future()
        self._future.valid = True

    def get_future(self) -> future:
        """Returns where it will be."""
        return self._future

    def set_value(self, value: Any = None) -> None:
        """Says what is there now."""
        self._future.set(value)


class packaged_task:
    """A function that puts what it gives into a future."""

    def __init__(self, function: Callable[..., object] | None = None) -> None:
        self._function, self._future = function, future()
        self._future.valid = self.valid = function is not None

    def get_future(self) -> future:
        """Returns where it will be."""
        return self._future

    def __call__(self, *arguments: object) -> None:
        function = self._function
        assert function is not None
        self._future._work = lambda: function(*arguments)
        self._future._run()


class once_flag:
    """What is done once, whichever thread comes first; what fails is done again."""

    def __init__(self) -> None:
        self._lock, self._done = threading.RLock(), False

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Does it, unless it was done."""
        with self._lock:
            if not self._done:
                function(*arguments)
                self._done = True
