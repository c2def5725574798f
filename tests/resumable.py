"""Tools of the tests of resumable transfers: transfers with their outcomes, and checkpoints made and read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aos import aos_log
from aos.aos_crc64 import aos_crc64
from oss.local_server import Fault, LocalServer
from oss.local_server.server import RequestRecord
from oss.oss_api import (
    AOS_LOG_WARN,
    AOSE_OK,
    aos_list_t,
    aos_log_print_default,
    aos_log_set_level,
    aos_log_set_print,
    aos_pool_create,
    aos_pool_destroy,
    aos_pool_t,
    aos_status_t,
    aos_table_t,
    oss_build_download_checkpoint,
    oss_checkpoint_t,
    oss_create_list_multipart_upload_params,
    oss_create_resumable_clt_params_content,
    oss_dump_checkpoint,
    oss_head_object,
    oss_list_multipart_upload,
    oss_load_checkpoint,
    oss_open_checkpoint_file,
    oss_resumable_clt_params_t,
    oss_resumable_download_file,
    oss_resumable_upload_file,
    oss_update_checkpoint,
)
from tests.service import BUCKET, options_for

__all__ = ["DATA", "IMPATIENT", "KEY", "PART", "PATIENT", "Download", "Outcome", "part_fault", "pattern", "signed_by"]
__all__ += ["SIZE", "Transfer", "Upload", "user_of", "warned"]

KEY = "dir/object.bin"
PART = 10_000
PATIENT, IMPATIENT = 60, 2
"""Seconds of the stall rule: so many that a busy machine does not break it, and so few that a test can wait for it."""

_users = itertools.count(1)


def user_of(server: LocalServer) -> str:
    """Makes an access key for the server's owner, so that the requests signed with it can be found; returns its id."""
    key = f"{server.access_key_id}-{next(_users)}"
    server.add_user(key, server.access_key_secret)
    return key


def signed_by(key: str, requests: Iterable[RequestRecord]) -> list[RequestRecord]:
    """Returns those of the requests that were signed with the access key ``key``, in either version of signatures."""
    mark = re.compile(f"(OSS |Credential=){re.escape(key)}[:/]")
    return [request for request in list(requests) if mark.search(dict(request.headers).get("Authorization", ""))]


def pattern(size: int, seed: int = 1) -> bytes:
    """Returns ``size`` bytes that do not repeat within 20 kB, so that a part in a wrong place is noticed."""
    block = b"".join((seed * 2654435761 + n * n * 40503 & 0xFFFFFFFF).to_bytes(4, "little") for n in range(5003))
    return (block * (size // len(block) + 1))[:size]


SIZE = 4 * PART + 77
DATA = pattern(SIZE)
"""What is transferred, where nothing else is said: five parts."""


def part_fault(action: Any, part: int, part_size: int = PART, **settings: Any) -> Fault:
    """Returns a fault in the answer to a request for ``part``, counted from 0, of a download."""
    return Fault({"method": "GET", "part": part, "part_size": part_size}, action=action, **settings)


@contextmanager
def warned() -> Iterator[list[str]]:
    """Yields a list that gets the lines logged in the context: warnings and errors."""
    lines, level = list[str](), aos_log.aos_log_level
    aos_log_set_print(lambda text, length: lines.append(text))
    aos_log_set_level(AOS_LOG_WARN)
    try:
        yield lines
    finally:
        aos_log_set_level(level)
        aos_log_set_print(aos_log_print_default)


@dataclass
class Outcome:
    """Outcome of a call: its status, the answer's headers and body, and the calls of the progress function."""

    status: aos_status_t
    headers: aos_table_t
    progress: list[tuple[int, int]]
    server: LocalServer
    key: str
    """Access key that only this call used."""
    body: aos_list_t = field(default_factory=aos_list_t)

    @property
    def requests(self) -> list[RequestRecord]:
        """Requests of the call that have been answered."""
        return signed_by(self.key, self.server.requests)

    @property
    def code(self) -> int:
        """Code of the status."""
        return self.status.code

    @property
    def codes(self) -> tuple[int, str | None]:
        """Code and error code of the status."""
        return self.status.code, self.status.error_code

    def fetched(self, part_size: int = PART) -> list[int]:
        """Returns the numbers of the parts that were requested, from 0 on, sorted."""
        starts = (re.search(r"=(\d+)-", value) for r in self.requests for name, value in r.headers if name == "Range")
        return sorted(int(start[1]) // part_size for start in starts if start)

    def spans(self, part_size: int = PART) -> list[tuple[int, int]]:
        """Returns the numbers of the first and the last part of each ranged request, sorted."""
        ranges = (
            re.search(r"=(\d+)-(\d+)", value) for r in self.requests for name, value in r.headers if name == "Range"
        )
        return sorted((int(found[1]) // part_size, int(found[2]) // part_size) for found in ranges if found)

    def sent(self) -> list[int]:
        """Returns the numbers of the parts that were sent, from 1 on, sorted."""
        found = (re.search(r"partNumber=(\d+)", r.target) for r in self.requests if r.method == "PUT")
        return sorted(int(number[1]) for number in found if number)


class Transfer:
    """Resumable transfer with its settings, which a test may call several times."""

    suffix = ""

    def __init__(self, server: LocalServer, path: Path) -> None:
        self.server, self.path = server, path
        self.options = options_for(server)
        self.options.ctl.options.speed_limit, self.patience = 1000, PATIENT
        self.part_size, self.threads, self.enable_checkpoint, self.retry_times = PART, 3, True, 0
        self.verify_file = self.durable = 0
        self.parts_per_request = 1
        self.checkpoint_path: Path | None = None
        self.headers: aos_table_t | None = None
        self.params: aos_table_t | None = None
        self.on_progress: Callable[[int, int], object] | None = None
        self.key = KEY

    @property
    def checkpoint(self) -> Path:
        """Path of the checkpoint."""
        return self.checkpoint_path or Path(f"{self.path}{self.suffix}")

    def clt_params(self) -> oss_resumable_clt_params_t:
        """Returns the settings as a program passes them."""
        path = str(self.checkpoint_path) if self.checkpoint_path else None
        made = oss_create_resumable_clt_params_content(
            None, self.part_size, self.threads, int(self.enable_checkpoint), path
        )
        made.retry_times, made.verify_file, made.durable = self.retry_times, self.verify_file, self.durable
        made.parts_per_request = self.parts_per_request
        return made

    def call(self, progress: Callable[[int, int], object], headers: aos_table_t, body: aos_list_t) -> aos_status_t:
        """Calls the function under test."""
        raise NotImplementedError

    def __call__(self) -> Outcome:
        """Does the transfer and returns its outcome."""
        calls: list[tuple[int, int]] = []

        def progress(done: int, total: int) -> None:
            calls.append((done, total))
            if self.on_progress is not None:
                self.on_progress(done, total)

        self.options.ctl.options.speed_time = self.patience
        headers, body = aos_table_t(), aos_list_t()
        with self._signing() as key:
            status = self.call(progress, headers, body)
        return Outcome(status, headers, calls, self.server, key, body)

    @contextmanager
    def _signing(self) -> Iterator[str]:
        """Yields an access key for one call, so that late requests of an earlier call are not mistaken for its own."""
        config, own = self.options.config, str(self.options.config.access_key_id)
        if isinstance(self.server, LocalServer) and own == self.server.access_key_id:
            config.access_key_id = user_of(self.server)
        try:
            yield str(config.access_key_id)
        finally:
            config.access_key_id = own

    def load(self) -> oss_checkpoint_t:
        """Reads the checkpoint file by ``oss_load_checkpoint``."""
        found = oss_checkpoint_t()
        assert oss_load_checkpoint(None, str(self.checkpoint), found) == AOSE_OK
        return found

    def done(self) -> list[int]:
        """Returns the indices of the parts that the checkpoint calls completed."""
        return [part.index for part in self.load().parts if part.completed]


class Download(Transfer):
    """Download of the object ``KEY`` to a file."""

    suffix = ".dcp"

    @property
    def temporary(self) -> Path:
        """Path of the temporary file."""
        return Path(f"{self.path}.tmp")

    def call(self, progress: Callable[[int, int], object], headers: aos_table_t, body: aos_list_t) -> aos_status_t:
        params = self.clt_params()
        return oss_resumable_download_file(
            self.options, BUCKET, self.key, str(self.path), self.headers, self.params, params, progress, headers
        )

    def put(self, data: bytes) -> bytes:
        """Stores the object; returns ``data``."""
        self.server.put(BUCKET, self.key, data)
        return data

    def interrupted(self, data: bytes, missing: tuple[int, ...] = (2,)) -> None:
        """Makes checkpoint and temporary file as of a download of ``data`` that failed, with the parts ``missing``."""
        self.put(data)
        head, plan = aos_table_t(), range(0, len(data), self.part_size)
        assert oss_head_object(self.options, BUCKET, self.key, None, head).code == 200
        self.temporary.write_bytes(bytes(len(data)))
        checkpoint, file = oss_checkpoint_t(), aos_pool_t()
        aos_pool_create(file, None)
        oss_build_download_checkpoint(
            file,
            checkpoint,
            str(self.path),
            self.key,
            len(data),
            head["Last-Modified"],
            head["ETag"],
            self.part_size,
        )
        with open(self.temporary, "r+b") as temporary:
            for index, offset in enumerate(plan):
                piece = data[offset : offset + self.part_size]
                if index not in missing:
                    temporary.seek(offset)
                    temporary.write(piece)
                    oss_update_checkpoint(file, checkpoint, index, head["ETag"], aos_crc64(0, piece, len(piece)))
        assert oss_open_checkpoint_file(file, str(self.checkpoint), checkpoint) == 0
        assert oss_dump_checkpoint(file, checkpoint) == AOSE_OK
        aos_pool_destroy(file)

    def left(self) -> tuple[bool, bool, bool]:
        """Tells whether target, temporary file and checkpoint exist."""
        return self.path.exists(), self.temporary.exists(), self.checkpoint.exists()


class Upload(Transfer):
    """Upload of a file to the object ``KEY``."""

    suffix = ".ucp"

    def call(self, progress: Callable[[int, int], object], headers: aos_table_t, body: aos_list_t) -> aos_status_t:
        params = self.clt_params()
        return oss_resumable_upload_file(
            self.options, BUCKET, self.key, str(self.path), self.headers, self.params, params, progress, headers, body
        )

    def stored(self) -> bytes:
        """Returns the content of the object."""
        return self.server.get(BUCKET, self.key)

    def begun(self) -> list[str]:
        """Returns the ids of the uploads that are neither completed nor aborted."""
        params = oss_create_list_multipart_upload_params(None)
        assert oss_list_multipart_upload(self.options, BUCKET, params, None).code == 200
        return [str(upload.upload_id) for upload in params.upload_list]
