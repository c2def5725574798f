"""What the system refuses a transfer: room, size, descriptors, threads, a folder. The status says what, and where."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.faults.bench import NOBODY, bench_t, shim
from tests.faults.jobs import fault_t
from tests.faults.matrix import FOREVER, case_t, settled, way_t


@pytest.fixture(scope="module")
def bench() -> Iterator[bench_t]:
    with shim() as library:
        if library is None:
            pytest.skip("no shim can be made here")
        with bench_t(library) as made:
            yield made


class limit_t(NamedTuple):
    """What is refused; what the message names, beside the system's words for ``error``."""

    error: int
    where: str
    whats: tuple[str, ...] = ("download", "upload")
    limits: tuple[tuple[str, int], ...] = ()
    uid: int = 0
    fault: fault_t = fault_t()


DOWN, UP = ("download",), ("upload",)
LIMITS = {
    "the disk is full when the file is made": limit_t(
        errno.ENOSPC, "file.tmp", DOWN, fault=fault_t("ftruncate", 1, "fail", errno.ENOSPC, FOREVER)
    ),
    "the disk is full when a part is written": limit_t(
        errno.ENOSPC, "", DOWN, fault=fault_t("pwrite", 2, "fail", errno.ENOSPC, FOREVER)
    ),
    "the disk is full when the checkpoint is made": limit_t(
        errno.ENOSPC, "file.[du]cp", fault=fault_t("write", 1, "fail", errno.ENOSPC, FOREVER)
    ),
    "the folder is read-only": limit_t(errno.EROFS, "file.", fault=fault_t("open", 1, "fail", errno.EROFS, FOREVER)),
    "the folder is another's": limit_t(errno.EACCES, "file.", uid=NOBODY),
    "files may not be that long": limit_t(errno.EFBIG, "file.tmp", DOWN, (("RLIMIT_FSIZE", 15_000),)),
    "files may have no bytes": limit_t(errno.EFBIG, "file", limits=(("RLIMIT_FSIZE", 0),)),
    **{f"{count} descriptors": limit_t(errno.EMFILE, "", limits=(("RLIMIT_NOFILE", count),)) for count in range(5, 10)},
    "no thread": limit_t(0, "no thread can be started", fault=fault_t("thread", 1, "fail", errno.EAGAIN, FOREVER)),
    "no process": limit_t(0, "no thread can be started", DOWN, (("RLIMIT_NPROC", 0),), NOBODY),
}


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, row in LIMITS.items() for what in row.whats])
def test_the_system_refuses(bench: bench_t, name: str, what: str) -> None:
    row = LIMITS[name]
    if row.uid and os.geteuid():
        pytest.skip("only root can be somebody else")
    bench.begin(what)
    bench.folder.chmod(0o777 if name == "no process" else 0o755)
    case = case_t(what, "limit", 1, way_t(name, error=row.error))
    settled(bench, case, bench.work(what, row.fault, limits=dict(row.limits), uid=row.uid))
    assert not case.broken, case
    enough = name.endswith("descriptors") and case.told == "200"
    assert enough or (case.told != "200" and re.search(row.where, case.message)), case
