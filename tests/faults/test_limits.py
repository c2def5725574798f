"""What the system refuses a transfer: room, size, descriptors, threads, a folder. The status says what, and where."""

from __future__ import annotations

import errno
import os
import re
from typing import NamedTuple

import pytest

from tests.faults.bench import NOBODY, Bench
from tests.faults.jobs import SystemFault
from tests.faults.matrix import FOREVER, Case, Way, settled


class Limit(NamedTuple):
    """What is refused; what the message names, beside the system's words for ``error``."""

    error: int
    where: str
    whats: tuple[str, ...] = ("download", "upload")
    limits: tuple[tuple[str, int], ...] = ()
    uid: int = 0
    fault: SystemFault = SystemFault()


DOWN, UP = ("download",), ("upload",)
LIMITS = {
    "the disk is full when the file is made": Limit(
        errno.ENOSPC, "file.tmp", DOWN, fault=SystemFault("ftruncate", 1, "fail", errno.ENOSPC, FOREVER)
    ),
    "the disk is full when a part is written": Limit(
        errno.ENOSPC, "", DOWN, fault=SystemFault("pwrite", 2, "fail", errno.ENOSPC, FOREVER)
    ),
    "the disk is full when the checkpoint is made": Limit(
        errno.ENOSPC, "file.[du]cp", fault=SystemFault("write", 1, "fail", errno.ENOSPC, FOREVER)
    ),
    "the folder is read-only": Limit(errno.EROFS, "file.", fault=SystemFault("open", 1, "fail", errno.EROFS, FOREVER)),
    "the folder is another's": Limit(errno.EACCES, "file.", uid=NOBODY),
    "files may not be that long": Limit(errno.EFBIG, "file.tmp", DOWN, (("RLIMIT_FSIZE", 15_000),)),
    "files may have no bytes": Limit(errno.EFBIG, "file", limits=(("RLIMIT_FSIZE", 0),)),
    **{f"{count} descriptors": Limit(errno.EMFILE, "", limits=(("RLIMIT_NOFILE", count),)) for count in range(5, 10)},
    "no thread": Limit(0, "no thread can be started", fault=SystemFault("thread", 1, "fail", errno.EAGAIN, FOREVER)),
    "no process": Limit(0, "no thread can be started", DOWN, (("RLIMIT_NPROC", 0),), NOBODY),
}


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, row in LIMITS.items() for what in row.whats])
def test_the_system_refuses(bench: Bench, name: str, what: str) -> None:
    row = LIMITS[name]
    if row.uid and os.geteuid():
        pytest.skip("only root can be somebody else")
    bench.begin(what)
    bench.folder.chmod(0o777 if name == "no process" else 0o755)
    case = Case(what, "limit", 1, Way(name, error=row.error))
    settled(bench, case, bench.work(what, row.fault, limits=dict(row.limits), uid=row.uid))
    assert not case.broken, case
    enough = name.endswith("descriptors") and case.told == "200"
    assert enough or (case.told != "200" and re.search(row.where, case.message)), case
