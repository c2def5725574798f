"""The program that runs transfers under faults: started once with the shim preloaded, it forks for each job.

A line of JSON in, a line of JSON out (``jobs``). It has everything imported, so that a fork begins at once, and has one
thread, so that a fork is safe.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import sys
import time
from dataclasses import asdict

from oss.oss_api import aos_http_io_deinitialize, aos_http_io_initialize, aos_log_set_print
from tests.faults.jobs import PATIENCE, Job, Report, Run, SystemFault
from tests.faults.slipped import SHIM, arm
from tests.faults.transfers import transfer


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


def descriptors() -> set[str]:
    """Open descriptors with what they are; the one that lists them is not there any more."""
    found = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            found.add(f"{name} {os.readlink(f'/proc/self/fd/{name}')}")
        except FileNotFoundError:
            pass
    return found


def run(job: Job, fault: SystemFault) -> Run:
    """One transfer under one fault, and what it left behind in the process."""
    warned: list[str] = []
    aos_log_set_print(lambda text, _length: warned.append(text.strip()))
    before_threads, before, started = threads(), descriptors(), time.monotonic()
    arm(job.folder, fault)
    status, raised = None, ""
    try:
        status = transfer(job)
    except BaseException as error:
        raised = f"{type(error).__name__}: {error}"
    seconds, fired = time.monotonic() - started, SHIM.shim_fired()
    calls = SHIM.shim_log().decode("utf-8", "replace").splitlines()
    arm(job.folder, SystemFault())
    aos_http_io_deinitialize()  # the kept connections
    gc.collect()
    limit = time.monotonic() + PATIENCE / 2
    while threads() > before_threads and time.monotonic() < limit:
        time.sleep(0.01)
    return Run(
        code=status.code if status is not None else 0,
        error_code=str((status and status.error_code) or ""),
        message=str((status and status.error_msg) or ""),
        raised=raised,
        seconds=seconds,
        threads=threads() - before_threads,
        descriptors=sorted(descriptors() - before),
        warned=warned,
        fired=fired,
        calls=calls,
    )


def child(job: Job, out: int) -> None:
    """In the fork: all runs of a job, told at the end."""
    if job.uid:
        os.setgroups([])
        os.setgid(job.uid)
        os.setuid(job.uid)
    for name, value in job.limits.items():
        resource.setrlimit(getattr(resource, name), (value, value))
    data = json.dumps([asdict(run(job, fault)) for fault in job.faults]).encode()
    while data:
        data = data[os.write(out, data) :]


def carried_out(job: Job) -> Report:
    """Has a fork do the job, and waits for it no longer than it may take."""
    inward, outward = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(inward)
            child(job, outward)
        finally:
            os._exit(0)
    os.close(outward)
    limit = time.monotonic() + (PATIENCE if job.kill_after is None else job.kill_after)
    data, more, hung = b"", b"-", False
    while more:
        left = limit - time.monotonic()
        if not select.select([inward], [], [], max(left, 0))[0]:
            hung = job.kill_after is None
            os.kill(pid, signal.SIGKILL)
        more = os.read(inward, 1 << 16)
        data += more
    os.close(inward)
    killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    return Report([Run(**given) for given in json.loads(data)] if data and not killed else [], killed, hung)


def main() -> None:
    aos_http_io_initialize(None, 0)
    for line in sys.stdin:
        job = Job.load(line)
        report = carried_out(job) if job.forked else Report([run(job, fault) for fault in job.faults])
        print(report.dump(), flush=True)


if __name__ == "__main__":
    main()
