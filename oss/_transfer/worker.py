"""Workers: how a thread moves a part, from its request to its record in the checkpoint.

A template is filled to make the request, the connection moves the bytes between socket and file in one call, and the
result is an outcome. An answer that is not plainly the one expected is checked by the worker. Parts go through
``aos_http_send_request`` only where the program has replaced the default transport.
"""

from __future__ import annotations

import contextlib
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, cast

from aos import aos_http_io
from aos._c.redact import remember_sent
from aos._http.connection import Route
from aos._http.errors import ExchangeError
from aos._http.perform import connection_for
from aos._http.receive import Result, receive
from aos._http.request import request_of
from aos._http.response import Response
from aos._http.template import Template
from aos._native import PART_DONE
from aos.aos_buf import aos_create_file_buf, aos_file_buf_t
from aos.aos_define import AOSE_FILE_READ_ERROR, AOSE_OK, AOSE_OUT_MEMORY
from aos.aos_status import AOS_OPEN_FILE_ERROR_CODE, aos_http_is_ok, aos_status_t
from aos.aos_transport import (
    aos_curl_http_transport_create,
    aos_curl_http_transport_perform,
    aos_http_controller_ex_t,
    aos_http_request_t,
    aos_http_response_t,
)
from aos.apr_tables import aos_table_t
from oss._define.credentials import Credentials
from oss._define.structs import oss_request_options_t
from oss._files.lock import PartFile
from oss._request.credentials import renewed_credentials
from oss._request.errors import StatusError, status_of
from oss._request.request import outcome
from oss._request.retry import Retries
from oss._request.sign import service_time, table_of
from oss._transfer.journal import Records
from oss._transfer.plan import Outcome, Part, Plan
from oss._transfer.runs import Run

__all__ = ["Job", "PartWorker", "Report", "placeholder"]

Report: TypeAlias = "Callable[[Outcome], None]"


class Job(NamedTuple):
    """Job of the workers of a transfer: what each request is made of, the file, and how a finished part is recorded;
    ``records`` says where C can do so."""

    options: oss_request_options_t
    bucket: str
    object: str
    headers: aos_table_t
    params: aos_table_t | None
    plan: Plan
    file: PartFile
    record: Callable[[Outcome], None]
    records: Records | None


def placeholder() -> int:
    """Returns a number of 18 digits that occurs nowhere else, to be put in the place of a text or a number."""
    return 10**17 + int.from_bytes(os.urandom(7), "big")


class PartWorker(ABC):
    """Worker of one thread: a connection of its own, the template for the requests of this second, and the file."""

    def __init__(self, job: Job) -> None:
        self.job, self.plan, self.file = job, job.plan, job.file
        self._files = [file.share() for file in (job.file, job.records and job.records.file) if file is not None]
        given = job.options.ctl
        # its pool is for a transport of the program's own
        self.controller = cast("aos_http_controller_ex_t", aos_http_io.aos_http_controller_create(None, 0))
        self.controller.options, self.controller.user_data = given.options, given.user_data
        self.connection = self.controller.connection = connection_for(given.options)
        self.cancelled = threading.Event()
        self._template: Template | None = None
        self._signed_for: tuple[int, Credentials | None] = (0, None)
        self._refusal: aos_table_t | None = None
        """Headers of the answer that refused the part."""

    def cancel(self) -> None:
        """Ends what the worker does, from another thread."""
        self.cancelled.set()
        self.connection.cancel()

    def close(self) -> None:
        """Releases connection and file, at the end of the thread."""
        self.connection.close()
        for file in self._files:
            with contextlib.suppress(OSError):  # of a late thread, whose call has returned
                file.release()

    def move(self, run: Run, report: Report) -> Outcome | None:
        """Moves the parts of a run, and tries a part again as often as the caller allows after a failure that may pass;
        records each in the checkpoint, and then reports it. Returns the outcome of the part that failed, after which
        there are no more; None without one."""
        self._report, failed, retries = report, -1, None
        while run.begin < run.end:
            self._refusal = None
            try:
                template = self._current_template()
                if template is not None:
                    status = self._exchange(run, template)
                else:
                    status = self._finish(run, self._by_custom_transport(self.plan[run.begin]))
            except (ExchangeError, StatusError, MemoryError) as error:
                status = self._status_of(error)
            if status is None:
                continue
            run.give_back()
            if retries is None or failed != run.begin:
                failed, retries = run.begin, self._retries(run.begin)
            if not retries.again(status, table_of(self._refusal)):
                return Outcome(failed, status, "", 0)
        return None

    def _status_of(self, error: ExchangeError | StatusError | MemoryError) -> aos_status_t:
        """Returns the status for an exception that ended an exchange."""
        if isinstance(error, StatusError):
            return error.status
        if isinstance(error, MemoryError):
            error = ExchangeError(AOSE_OUT_MEMORY, "out of memory")
        return self._failed_status(error)

    def _finish(self, run: Run, result: Outcome) -> aos_status_t | None:
        """Records and reports a part that is finished, and goes on to the next one. Returns the status of one that is
        not."""
        if result.status is None:
            self.job.record(result)
            self._report(result)
            with run.lock:
                run.begin += 1
        return result.status

    def _retries(self, number: int) -> Retries:
        """Returns the further tries of a part whose first one failed."""
        options, what = self.job.options, f"part {number + 1} of {self.job.bucket}/{self.job.object}"
        return Retries(options.config, options.retry_times, what, self.cancelled.wait)

    def _current_template(self) -> Template | None:
        """Returns the template for requests of this second, since the date is signed, and by the credentials of now.
        None where the program has replaced the default transport. StatusError where there are no credentials."""
        if (
            aos_http_io.aos_http_transport_perform is not aos_curl_http_transport_perform
            or aos_http_io.aos_http_transport_create is not aos_curl_http_transport_create
        ):
            return None
        config = self.job.options.config
        renewed = renewed_credentials(config) if config.credentials_callback is not None else None
        signed = service_time(config), renewed
        if self._template is None or self._signed_for != signed:
            self._template, self._signed_for = self._new_template(), signed
        return self._template

    def read(self, run: Run, report: Report) -> None:
        """Reads the parts of a run in the file, and reports the outcome of each, with its CRC64. One that cannot be
        read keeps no other from being read."""
        while run.begin < run.end and not self.cancelled.is_set():
            report(self._read_part(self.plan[run.begin]))
            run.begin += 1

    def _read_part(self, part: Part) -> Outcome:
        """Reads a part in the file. Returns its outcome."""
        number, offset, length = part
        io = self.connection.deadline.part_io(offset, length)
        if io.verify(self.file.fd, self.connection.buffer) == PART_DONE:
            return Outcome(number, None, "", io.crc)
        why = os.strerror(io.errno) if io.errno else "too short"
        message = f"part {number} of {self.file.fname} cannot be read: {why}"
        return Outcome(number, status_of(AOSE_FILE_READ_ERROR, AOS_OPEN_FILE_ERROR_CODE, message), "", 0)

    @abstractmethod
    def _new_template(self) -> Template:
        """Returns a template for requests that are signed now."""

    def _template_of(self, req: aos_http_request_t, *placeholders: int) -> Template:
        """Returns the template for requests like ``req``, which has each of the placeholders in it once."""
        user_agent = aos_http_io.aos_default_http_transport_options.user_agent
        request = request_of(req, self.controller.options, user_agent)
        self._remember_secrets(request.route, request.head)
        return Template(request, *placeholders)

    def _remember_secrets(self, route: Route, head: bytes) -> None:
        """Remembers the secrets in a request, so that they are hidden in error texts and log lines of this thread."""
        remember_sent(head, route.target, route.origin.proxy, route.origin.proxy_auth)

    @abstractmethod
    def _exchange(self, run: Run, template: Template) -> aos_status_t | None:
        """Makes one request on the worker's connection, for the next part of a run or more of them, and finishes these.
        Returns the status of a failure. ExchangeError."""

    @abstractmethod
    def _by_custom_transport(self, part: Part) -> Outcome:
        """Makes one request for a part by a transport of the program's own."""

    def _range_of(self, part: Part) -> aos_file_buf_t:
        """Returns the range of the file that a part is, for a body."""
        place = aos_create_file_buf(None)
        place.file, place.file_pos, place.file_last = self.file, part.offset, part.offset + part.length
        return place

    def _receive(self, route: Route, answer: Response, resp: aos_http_response_t) -> None:
        """Receives the body of an answer into ``resp``. ExchangeError."""
        result, connection = Result(), self.connection
        try:
            receive(resp, self.controller.options.max_memory_size, connection, answer, route, result)
        except BaseException as error:
            connection.close(broken=True)
            if isinstance(error, ExchangeError):
                error.headers = answer.headers
            raise
        self.controller.reason = result.reason

    def _failed_status(self, error: ExchangeError) -> aos_status_t:
        """Returns the status for an exchange that failed; its request id is that of the answer, where there was one."""
        resp = aos_http_io.aos_http_response_create(None)
        resp.headers.extend(error.headers)
        self.controller.reason = error.reason
        return outcome(self.controller, resp, error.code)

    def _send(self, req: aos_http_request_t, resp: aos_http_response_t) -> int:
        """Makes an exchange by the program's own transport. Returns its AOSE_* code."""
        return aos_http_io.aos_http_send_request(self.controller, req, resp)

    def _failure(self, resp: aos_http_response_t, code: int) -> aos_status_t | None:
        """Returns the status for an exchange that failed, or whose answer is an error; None for a 2xx."""
        if code == AOSE_OK and aos_http_is_ok(resp.status):
            return None
        self._refusal = resp.headers
        return outcome(self.controller, resp, code)
