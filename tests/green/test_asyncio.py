"""The recipe for asyncio: a cancelled task ends its call, and leaves nothing but what the next call continues."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from docs.programs.asynchronous import download, in_thread
from docs.programs.download import make_options
from oss.local_server import Fault, LocalServer
from oss.oss_api import aos_pool_t, aos_status_t, oss_get_object_to_file
from tests.resumable import DATA, KEY
from tests.service import BUCKET
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.usefixtures("no_connections")


@pytest.fixture
def named_server(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> LocalServer:
    """A server that the environment names, with an object."""
    for name in ("endpoint", "region", "access_key_id", "access_key_secret"):
        monkeypatch.setenv(f"OSS_{name.upper()}", getattr(server, name))
    server.put(BUCKET, KEY, DATA)
    return server


async def to_file(bucket: str, key: str, path: Path) -> aos_status_t:
    """Downloads an object in one request."""
    with aos_pool_t() as pool:
        options = make_options(pool)
        return await in_thread(pool, oss_get_object_to_file, options, bucket, key, None, None, path, None)


Download = Callable[[str, str, Path], Coroutine[Any, Any, aos_status_t]]


@pytest.mark.parametrize("call", [download, to_file])
def test_a_task_downloads(named_server: LocalServer, call: Download, tmp_path: Path) -> None:
    status = asyncio.run(call(BUCKET, KEY, tmp_path / "file"))
    assert (status.code, (tmp_path / "file").read_bytes()) == (200, DATA)


@pytest.mark.parametrize(("call", "kept"), [(download, {"file.tmp", "file.dcp"}), (to_file, set())])
def test_a_cancelled_task_ends_its_call(
    named_server: LocalServer, call: Download, kept: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "file"
    stalled = named_server.add_fault(Fault({"method": "GET", "key": KEY}, action="stall", seconds=PATIENCE))

    async def cancelled() -> None:
        task = asyncio.create_task(call(BUCKET, KEY, path))
        await asyncio.to_thread(until, lambda: stalled.seen)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, PATIENCE / 2)  # the service says nothing for longer
        assert [thread for thread in threading.enumerate() if "_run" in thread.name] == []
        assert files_open(tmp_path) == []

    asyncio.run(cancelled())
    assert {found.name for found in tmp_path.iterdir()} == kept
    assert asyncio.run(call(BUCKET, KEY, path)).code == 200
    assert {found.name for found in tmp_path.iterdir()} == {"file"}


def files_open(folder: Path) -> list[str]:
    """Returns the files of a folder that this process has open."""
    links = (Path("/proc/self/fd") / fd for fd in os.listdir("/proc/self/fd"))
    return [name for link in links if os.path.lexists(link) and (name := os.readlink(link)).startswith(str(folder))]
