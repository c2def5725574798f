"""The bench on which transfers are put under faults: a server, the runner with its shim, and files to begin with."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar
from unittest import mock

import trustme

from oss.local_server import Fault, LocalServer
from tests.faults.jobs import Job, Report, SystemFault
from tests.resumable import KEY, PART, Download, Transfer, Upload, pattern, signed_by, user_of
from tests.service import BUCKET

__all__ = ["DATA", "NOBODY", "OLD", "SHIM", "Bench", "benches", "built", "full"]

HERE = Path(__file__).parent
SHIM = HERE / "shim.c"
CC = os.environ.get("CC", "cc").split()
FLAGS = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-fPIC", "-shared"]
DATA, OLD = pattern(2 * PART + 77), b"old"
NOBODY = 65534


def full() -> bool:
    """Whether everything is to be tried, not a choice that fits between two other tests."""
    return os.environ.get("OSS_FAULTS") == "full"


def built(folder: Path) -> Path | None:
    """The shim, compiled; None where there is no compiler or no glibc to slip it under."""
    if shutil.which(CC[0]) is None or not sys.platform.startswith("linux") or not os.confstr("CS_GNU_LIBC_VERSION"):
        return None
    library = folder / "shim.so"
    done = subprocess.run(
        [*CC, *FLAGS, "-o", str(library), str(SHIM), "-ldl"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return library


T = TypeVar("T", bound=Transfer)


class Bench:
    """A context manager. ``folder`` is emptied for every case; others may read it, so that a job can be nobody's."""

    def __init__(self, shim: Path, data: bytes = DATA, ca_file: str = "", **server: Any) -> None:
        self.data, self.ca_file, self._stack = data, ca_file, ExitStack()
        self.server = LocalServer(buckets=[BUCKET], **server)
        self.folder = Path(tempfile.mkdtemp(prefix="oss-faults-"))
        self.folder.chmod(0o755)
        self._key = self.server.access_key_id
        self._shim = shim

    def __enter__(self) -> Bench:
        stack = self._stack
        stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        stack.enter_context(mock.patch("oss.local_server.handlers_multipart.MIN_PART", 1))
        stack.enter_context(self.server)
        environment = os.environ | {"LD_PRELOAD": str(self._shim), "PYTHONPATH": str(HERE.parent.parent)}
        self._runner = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.runner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        stack.enter_context(self._runner)
        for what, resumed in itertools.product(("download", "upload"), (False, True)):
            self.begin(what, resumed)
            assert self.work(what, forked=False).runs[0].code == 200
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner.stdin is not None
        self._runner.stdin.close()
        self._stack.close()

    # ---- jobs ----

    def work(self, what: Any, *faults: SystemFault, **settings: Any) -> Report:
        """Has the transfer run, once for each fault."""
        given = {"endpoint": self.server.endpoint, "path": str(self.path), "folder": str(self.folder)}
        given |= {"ca_file": self.ca_file, "access_key_id": self._key}
        job = Job(what, faults=faults or (SystemFault(),), **(given | settings))
        assert self._runner.stdin is not None and self._runner.stdout is not None
        print(job.dump(), file=self._runner.stdin, flush=True)
        return Report.load(self._runner.stdout.readline())

    # ---- files ----

    @property
    def path(self) -> Path:
        return self.folder / "file"

    def _here(self, made: T) -> T:
        """A transfer to be made in this process."""
        if self.ca_file:
            made.options.ctl.options.ca_file = self.ca_file
        return made

    def empty(self) -> None:
        self.server.clear_faults()
        self.server.requests.clear()
        for item in self.folder.iterdir():
            if item.is_dir() and not item.is_symlink():
                item.rmdir()
            else:
                item.unlink()

    def begin(self, what: str, resumed: bool = False) -> None:
        """What there is before a transfer: the old file or object, and, where one was interrupted, what that left."""
        self.empty()
        self._key = user_of(self.server)
        if what == "download":
            self.server.put(BUCKET, KEY, self.data)
            if resumed:
                self._here(Download(self.server, self.path)).interrupted(self.data, missing=(1,))
            self.path.write_bytes(OLD)
        else:
            self.server.put(BUCKET, KEY, OLD)
            self.path.write_bytes(self.data)
            if resumed:
                self._half_upload()

    def _half_upload(self) -> None:
        upload = self._here(Upload(self.server, self.path))
        upload.threads = 1
        self.server.add_fault(Fault({"method": "PUT", "part": 2}, action="status", status=403))
        assert (upload().code, upload.done()) == (403, [0])
        self.server.clear_faults()

    def result(self, what: str) -> bytes:
        """What is under the final name."""
        return self.path.read_bytes() if what == "download" else self.server.get(BUCKET, KEY)

    def left(self) -> set[str]:
        """The names in the folder besides the file's own."""
        return {item.name for item in self.folder.iterdir()} - {self.path.name}

    def moved(self, what: str) -> int:
        """Body bytes of the object that went over the wire since the case began."""
        asked = signed_by(self._key, self.server.requests)
        if what == "download":
            return sum(record.sent for record in asked if record.method == "GET")
        put = [dict(record.headers) for record in asked if "partNumber" in record.target]
        return sum(int(headers.get("Content-Length", 0)) for headers in put)


@contextmanager
def benches(shim: Path) -> Iterator[dict[bool, Bench]]:
    """One without TLS, one with."""
    with tempfile.TemporaryDirectory() as folder:
        authority, file = trustme.CA(), os.path.join(folder, "file")
        certificate = authority.issue_cert("127.0.0.1")
        authority.cert_pem.write_to_path(f"{file}.ca")
        certificate.private_key_and_cert_chain_pem.write_to_path(file)
        with Bench(shim) as plain, Bench(shim, ca_file=f"{file}.ca", tls=(file, file)) as secure:
            yield {False: plain, True: secure}
