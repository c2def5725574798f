"""Programs that fork: ``python -m tests.faults.forking NAME JOB HOW``.

Each process leaves a report in the job's folder, a file named after it: a line of JSON for each thing it has to say.
``test_fork`` runs and reads.
"""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter

from oss._call.api import Progress
from oss.oss_api import (
    aos_error_log,
    aos_http_io_initialize,
    aos_log_set_output,
    aos_status_t,
    oss_do_append_object_from_buffer,
    oss_do_get_object_to_buffer,
    oss_do_get_object_to_file,
    oss_do_put_object_from_buffer,
    oss_do_put_object_from_file,
    oss_get_object_to_buffer,
    oss_request_options_t,
)
from tests.faults.jobs import Job
from tests.faults.transfers import BUCKET, KEY, options_for, transfer
from tests.service import content, new_list

__all__ = ["KINDS", "SMALL", "WORKERS"]

WORKERS, CALLS, FORKS = 3, 8, 10
SMALL = "small"


def tell(job: Job, **said: Any) -> None:
    """Adds to this process's report."""
    with (Path(job.folder) / f"{os.getpid()}.report").open("a") as report:
        report.write(json.dumps(said) + "\n")


def called(options: oss_request_options_t, name: str) -> tuple[int, str, str]:
    """A call for ``name``: the status and what came."""
    body = new_list()
    status = oss_get_object_to_buffer(options, BUCKET, name, None, None, body, None)
    return status.code, str(status.error_msg or ""), content(body).decode()


# ---- kept connections ----


def calls(job: Job, count: int = CALLS) -> None:
    """Calls whose answers name what was asked for; told are those that got another."""
    aos_http_io_initialize(None, 0)
    options = options_for(job)
    wanted = [f"{os.getpid()}-{number}" for number in range(count)]
    found = [(name, *called(options, name)) for name in wanted]
    tell(job, calls=count, wrong=[answer for answer in found if answer[1:] != (200, "", answer[0])])


def start(how: str, work: Callable[..., object], *args: Any) -> Callable[[], object]:
    """Has a process of its own do the work; what waits for its end."""
    if how not in ("exit", "_exit"):
        context: Any = multiprocessing.get_context(how)
        process: BaseProcess = context.Process(target=work, args=args)
        process.start()
        return process.join
    pid = os.fork()
    if not pid:
        work(*args)
        sys.exit() if how == "exit" else os._exit(0)
    return lambda: os.waitpid(pid, 0)


def workers(job: Job, how: str) -> None:
    """As a web server that loads its application before it forks: the master calls, its workers do and are replaced,
    and the master goes on."""
    calls(job)
    for _ in range(2):
        waits = [start(how, calls, job) for _ in range(WORKERS)]
        calls(job)
        for wait in waits:
            wait()
        calls(job, 1)


def adapters(job: Job, how: str) -> None:
    """The same where the program has mounted adapters of its own."""
    from aos._http import client

    for scheme in ("http", "https"):
        client.session().mount(f"{scheme}://", HTTPAdapter())
    workers(job, how)


# ---- other threads ----


def first_calls(job: Job, how: str) -> None:
    """Forks while another thread makes the first call of all, which imports what a call takes."""
    thread = threading.Thread(target=calls, args=(job, 1))
    thread.start()
    waits = []
    for _ in range(FORKS):
        time.sleep(0.004)
        waits.append(start(how, calls, job, 1))
    thread.join()
    for wait in waits:
        wait()


def handshake(job: Job, how: str) -> None:
    """Tries to fork in the middle of each message of TLS, which another thread sends or receives."""
    from aos._http import client

    messages, during, forks = list[str](), list[str](), list[threading.Thread]()

    def on_message(_sock: Any, _direction: str, _version: Any, _kind: Any, message: Any, _data: bytes) -> None:
        forked = threading.Event()

        def fork() -> None:
            start(how, bool)()
            forked.set()

        forks.append(threading.Thread(target=fork))
        forks[-1].start()
        messages.append(getattr(message, "name", ""))
        if forked.wait(0.05):
            during.append(messages[-1])

    aos_http_io_initialize(None, 0)
    context: Any = client.ssl_context(True, job.ca_file, None)
    context._msg_callback = on_message
    calls(job, 1)
    for thread in forks:
        thread.join()
    tell(job, messages=messages, during=during)


def transfers(job: Job, how: str) -> None:
    """Forks while other threads download and upload; every process makes a call of its own."""
    enough = threading.Event()

    def again(what: Any) -> None:
        path, told = f"{job.path}.{what}", set[tuple[int, str]]()
        Path(path).write_bytes(Path(job.path).read_bytes())
        own, key = replace(job, what=what, path=path, threads=2), KEY if what == "download" else "uploaded"
        while not (told and enough.is_set()):
            status = transfer(own, key=key)
            told.add((status.code, str(status.error_msg)))
        tell(job, what=what, told=sorted(told))

    def one_call() -> None:
        tell(job, call=called(options_for(job), SMALL))

    threads = [threading.Thread(target=again, args=(what,)) for what in ("download", "upload")]
    for thread in threads:
        thread.start()
    for _ in range(FORKS):
        start(how, one_call)()
    enough.set()
    for thread in threads:
        thread.join()


class SlowOutput:
    """A log that does not take the message, until it may."""

    def __init__(self) -> None:
        self.begun, self.may = threading.Event(), threading.Event()

    def write(self, text: str) -> None:
        self.begun.set()
        self.may.wait()

    def flush(self) -> None:
        pass


def logs(job: Job, how: str) -> None:
    """Forks while another thread is printing a message; the child prints one too."""
    output = SlowOutput()
    aos_log_set_output(output)
    thread = threading.Thread(target=aos_error_log, args=("one",))
    thread.start()
    output.begun.wait()

    def one_message() -> None:
        with open(f"{job.path}.log", "w") as log:
            aos_log_set_output(log)
            aos_error_log("two")

    start(how, one_message)()
    output.may.set()
    thread.join()
    tell(job, log=Path(f"{job.path}.log").read_text().split()[-1:])


# ---- in a progress function ----

Kind = Callable[[Job, oss_request_options_t, Progress], aos_status_t]


def resumable(what: Any) -> Kind:
    def call(job: Job, options: oss_request_options_t, progress: Progress) -> aos_status_t:
        return transfer(replace(job, what=what, threads=2), progress, options)

    return call


KINDS: dict[str, Kind] = {
    "resumable download": resumable("download"),
    "resumable upload": resumable("upload"),
    "get to a file": lambda job, options, progress: oss_do_get_object_to_file(
        options, BUCKET, KEY, None, None, job.path, progress, None
    ),
    "get to a buffer": lambda job, options, progress: oss_do_get_object_to_buffer(
        options, BUCKET, KEY, None, None, new_list(), progress, None
    ),
    "put from a buffer": lambda job, options, progress: oss_do_put_object_from_buffer(
        options, BUCKET, KEY, new_list(Path(job.path).read_bytes()), None, None, progress, None, None
    ),
    "put from a file": lambda job, options, progress: oss_do_put_object_from_file(
        options, BUCKET, KEY, job.path, None, None, progress, None, None
    ),
    "append from a buffer": lambda job, options, progress: oss_do_append_object_from_buffer(
        options, BUCKET, "appended", 0, 0, new_list(Path(job.path).read_bytes()), None, None, progress, None, None
    ),
}


def held(path: Path) -> bool:
    """Whether somebody has a lock on a file."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def in_progress(job: Job, kind: str) -> None:
    """Forks in the progress function. The parent waits there for the child's end, to see what that leaves."""
    parent, left = os.getpid(), dict[str, bool]()

    def progress(done: int, total: int) -> None:
        if os.getpid() != parent or left:
            return
        pid = os.fork()
        if pid:
            os.waitpid(pid, 0)
            left.update({item.suffix: held(item) for item in Path(job.folder).glob("file.*")})
            left[""] = False

    options = options_for(job)
    status = KINDS[kind](job, options, progress)
    tell(job, code=status.code, error_code=str(status.error_code), message=str(status.error_msg), left=left)
    if os.getpid() != parent:
        tell(job, call=called(options, SMALL))
        os._exit(0)
    tell(job, call=called(options, SMALL))


def helper(job: Job, how: str) -> None:
    """Starts a process from the progress function that lives on when this one is killed, until its input ends."""
    parent = os.getpid()

    def progress(done: int, total: int) -> None:
        if done > job.part_size:
            return
        if not os.fork():
            sys.stdin.read()
            os._exit(0)
        print("ready", flush=True)

    transfer(job, progress)
    assert os.getpid() == parent


if __name__ == "__main__":
    aos_http_io_initialize(None, 0)
    name, given, how = sys.argv[1:]
    globals()[name](Job.load(given), how)
