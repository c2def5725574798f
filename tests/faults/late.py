"""Programs that are held up by the system, with the shim preloaded: ``python -m tests.faults.late NAME JOB HOW``.

They tell in lines of JSON how it goes, and go on when they are told to. ``test_late_threads`` runs them.
"""

from __future__ import annotations

import _thread
import json
import sys
import threading
import time
from collections.abc import Callable

from oss.oss_api import (
    aos_http_io_initialize,
    aos_pool_create,
    aos_pool_destroy,
    aos_pool_t,
    aos_status_t,
    oss_get_object_to_file,
)
from tests.faults.jobs import Job, SystemFault
from tests.faults.matrix import FOREVER
from tests.faults.slipped import SHIM, arm
from tests.faults.transfers import BUCKET, KEY, options_for, transfer
from tests.waiting import until


def tell(**said: object) -> None:
    print(json.dumps(said), flush=True)


def told(call: Callable[[], aos_status_t]) -> None:
    """How a call ends, which may be by an exception."""
    try:
        status = call()
        tell(code=status.code, message=str(status.error_msg))
    except KeyboardInterrupt:
        tell(code=0, message="KeyboardInterrupt")


def when_held(act: Callable[[], object]) -> None:
    """Acts once the shim holds a call up."""

    def wait() -> None:
        until(SHIM.shim_fired)
        time.sleep(0.1)  # the call that waits for it is likely to wait by then
        act()

    threading.Thread(target=wait, daemon=True).start()


def call_of(job: Job, how: str) -> aos_status_t:
    """The download; "pool" ends it by its pool, the others by the exception of a signal."""
    options = options_for(job)
    options.pool = pool = aos_pool_t()
    aos_pool_create(pool, None)
    when_held((lambda: aos_pool_destroy(pool)) if how == "pool" else _thread.interrupt_main)
    if how == "get":
        return oss_get_object_to_file(options, BUCKET, KEY, None, None, job.path, None)
    return transfer(job, options=options)


def again(job: Job, how: str) -> aos_status_t:
    if how == "get":
        return oss_get_object_to_file(options_for(job), BUCKET, KEY, None, None, job.path, None)
    return transfer(job)


def disk(job: Job, how: str) -> None:
    """What the disk holds up longer than its call lasts; then a call meanwhile, and one after it."""
    arm(job.folder, SystemFault("fsync" if job.durable else "pwrite", 1, "hold"))
    told(lambda: call_of(job, how))
    sys.stdin.readline()
    told(lambda: again(job, how))
    sys.stdin.readline()
    arm(job.folder, SystemFault())
    until(lambda: threading.active_count() == 1)
    tell(code=0, message="it is written")
    sys.stdin.readline()
    told(lambda: again(job, how))


def lookup(job: Job, how: str) -> None:
    """A resolver that does not answer, the first time or from the second on."""
    nth, _, how = how.partition(" ")
    arm(job.folder, SystemFault("getaddrinfo", int(nth), "hold", times=FOREVER))
    told(lambda: call_of(job, how))
    until(lambda: threading.active_count() == 1)
    tell(code=0, message="no thread is left")


if __name__ == "__main__":
    aos_http_io_initialize(None, 0)
    name, given, how = sys.argv[1:]
    globals()[name](Job.load(given), how)
