"""Where a call's files are: targets that cannot be, names that are one file, names as long as can be, two calls to one
target."""

from __future__ import annotations

import errno
import os
import socket
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oss._call.api import SERVICE_FUNCTIONS
from oss._files.places import new_checkpoint_path
from oss.local_server import LocalServer
from oss.oss_api import (
    AOSE_INVALID_ARGUMENT,
    AOSE_OPEN_FILE_ERROR,
    aos_status_t,
    oss_create_resumable_clt_params_content,
    oss_do_get_object_to_file,
    oss_do_select_object_to_file,
    oss_get_object_to_file,
    oss_get_object_to_file_by_url,
    oss_request_options_t,
    oss_resumable_clt_params_t,
    oss_resumable_download_file,
    oss_resumable_download_file_internal,
    oss_select_object_to_file,
)
from tests.resumable import KEY, PART, Download, Upload, pattern
from tests.service import BUCKET, options_for

DATA = pattern(3 * PART + 7)
IN_USE = "another transfer is using it"


def look(folder: Path) -> dict[str, object]:
    """Everything in a folder: what it is, and what is in it."""
    found: dict[str, object] = {}
    for item in sorted(folder.rglob("*")):
        status = item.lstat()
        content = item.read_bytes() if stat.S_ISREG(status.st_mode) else None
        found[str(item.relative_to(folder))] = status.st_mode, status.st_ino, status.st_nlink, content
    return found


# ---- targets that cannot be ----


def params() -> oss_resumable_clt_params_t:
    return oss_create_resumable_clt_params_content(None, PART, 2, 1, None)


SQL = "select * from ossobject"
Maker = Callable[[oss_request_options_t, str], aos_status_t]
FUNCTIONS: dict[str, Maker] = {
    "oss_get_object_to_file": lambda o, path: oss_get_object_to_file(o, BUCKET, KEY, None, None, path, None),
    "oss_do_get_object_to_file": lambda o, path: oss_do_get_object_to_file(
        o, BUCKET, KEY, None, None, path, None, None
    ),
    "oss_get_object_to_file_by_url": lambda o, path: oss_get_object_to_file_by_url(
        o, f"{o.config.endpoint}/{BUCKET}/{KEY}", None, None, path, None
    ),
    "oss_select_object_to_file": lambda o, path: oss_select_object_to_file(o, BUCKET, KEY, SQL, None, path, None),
    "oss_do_select_object_to_file": lambda o, path: oss_do_select_object_to_file(
        o, BUCKET, KEY, SQL, None, None, None, path, None, None
    ),
    "oss_resumable_download_file": lambda o, path: oss_resumable_download_file(
        o, BUCKET, KEY, path, None, None, params(), None, None
    ),
    "oss_resumable_download_file_internal": lambda o, path: oss_resumable_download_file_internal(
        o, BUCKET, KEY, path, None, None, 2, PART, f"{path or 'file'}.dcp", None, None
    ),
}


def test_these_are_all_that_make_files() -> None:
    makers = {f.__name__ for f in SERVICE_FUNCTIONS if "to_file" in f.__name__ or "download_file" in f.__name__}
    assert {*FUNCTIONS} == makers


def a_folder(path: Path) -> str:
    path.mkdir()
    (path / "inside").write_bytes(b"mine")
    return str(path)


def a_link_to_a_folder(path: Path) -> str:
    path.symlink_to(a_folder(path.with_name("folder")))
    return str(path)


def a_fifo(path: Path) -> str:
    os.mkfifo(path)
    return str(path)


def a_socket(path: Path) -> str:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # whose whole path may be too long
    return str(path)


def a_device(path: Path) -> str:
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root can make a device")
    return str(path)


TARGETS: dict[str, Callable[[Path], str]] = {
    "a folder": a_folder,
    "a link to a folder": a_link_to_a_folder,
    "a folder's own name": lambda path: f"{a_folder(path)}/.",
    "a name with a slash": lambda path: f"{path}/",
    "a folder with a slash": lambda path: f"{a_folder(path)}/",
    "nothing": lambda path: "",
    "a FIFO": a_fifo,
    "a socket": a_socket,
    "a device": a_device,
}


@pytest.mark.parametrize("what", TARGETS)
def test_a_target_that_cannot_be(
    server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """It is refused before the first request, and left as it is, by every function that makes a file."""
    monkeypatch.chdir(tmp_path)
    server.put(BUCKET, KEY, DATA)
    target = TARGETS[what](tmp_path / "target")
    before = look(tmp_path)
    for name, make in FUNCTIONS.items():
        status = make(options_for(server), target)
        assert (status.code, status.error_code) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail"), name
        assert repr(target) in str(status.error_msg)
        assert look(tmp_path) == before, name
    assert not server.requests


# ---- names that are one file ----


def a_dot(path: Path, alias: Path) -> Path:
    return Path(f"{path.parent}/./{path.name}")


def two_dots(path: Path, alias: Path) -> Path:
    (path.parent / "sub").mkdir()
    return Path(f"{path.parent}/sub/../{path.name}")


def a_linked_folder(path: Path, alias: Path) -> Path:
    alias.with_name("elsewhere").symlink_to(path.parent)
    return alias.with_name("elsewhere") / path.name


def a_link(path: Path, alias: Path) -> Path:
    alias.symlink_to(path)
    return alias


def a_relative_link(path: Path, alias: Path) -> Path:
    alias.symlink_to(path.name)
    return alias


def a_hard_link(path: Path, alias: Path) -> Path:
    alias.hardlink_to(path)
    return alias


SPELLINGS = (a_dot, two_dots, a_linked_folder)
LINKS = (a_link, a_relative_link, a_hard_link)
Spelling = Callable[[Path, Path], Path]


def refused(transfer: Download | Upload, folder: Path, *named: object) -> None:
    """The call says which two are one, sends nothing and changes nothing."""
    before = look(folder)
    found = transfer()
    assert found.codes == (AOSE_INVALID_ARGUMENT, "ClientError"), found.status.error_msg
    assert "are one file" in str(found.status.error_msg)
    assert [name for name in map(str, named) if name not in str(found.status.error_msg)] == []
    assert not transfer.server.requests
    assert look(folder) == before


def made(kind: type[Any], server: LocalServer, folder: Path, name: str = "file") -> Any:
    transfer = kind(server, folder / name)
    transfer.path.write_bytes(b"mine")
    return transfer


@pytest.mark.parametrize("same", [*SPELLINGS, *LINKS])
@pytest.mark.parametrize("kind", [Download, Upload])
def test_the_checkpoint_is_the_file(server: LocalServer, tmp_path: Path, kind: type[Any], same: Spelling) -> None:
    transfer = made(kind, server, tmp_path)
    transfer.checkpoint_path = same(transfer.path, tmp_path / "alias")
    refused(transfer, tmp_path, transfer.path, transfer.checkpoint_path)


@pytest.mark.parametrize("same", [*SPELLINGS, *LINKS])
@pytest.mark.parametrize("kind", [Download, Upload])
def test_the_new_checkpoint_is_the_file(server: LocalServer, tmp_path: Path, kind: type[Any], same: Spelling) -> None:
    transfer = made(kind, server, tmp_path, "file~")
    new = str(same(transfer.path, tmp_path / "alias~"))
    transfer.checkpoint_path = Path(new[:-1] + "p")
    assert new_checkpoint_path(str(transfer.checkpoint_path)) == str(Path(new))
    refused(transfer, tmp_path, transfer.path, Path(new))


@pytest.mark.parametrize("same", [*SPELLINGS, *LINKS])
def test_the_checkpoint_is_the_temporary_file(server: LocalServer, tmp_path: Path, same: Spelling) -> None:
    download = made(Download, server, tmp_path)
    download.temporary.write_bytes(b"mine too")
    download.checkpoint_path = same(download.temporary, tmp_path / "alias")
    refused(download, tmp_path, download.temporary, download.checkpoint_path)


@pytest.mark.parametrize("same", LINKS)
def test_the_new_checkpoint_is_the_temporary_file(server: LocalServer, tmp_path: Path, same: Spelling) -> None:
    download = made(Download, server, tmp_path)
    download.temporary.write_bytes(b"mine too")
    download.checkpoint_path, new = tmp_path / "aliap", same(download.temporary, tmp_path / "alia~")
    refused(download, tmp_path, download.temporary, new)


@pytest.mark.parametrize("same", LINKS)
def test_the_target_is_the_temporary_file(server: LocalServer, tmp_path: Path, same: Spelling) -> None:
    download = Download(server, tmp_path / "file")
    download.temporary.write_bytes(b"mine")
    same(download.temporary, download.path)
    refused(download, tmp_path, download.temporary, download.path)


@pytest.mark.parametrize("same", LINKS)
@pytest.mark.parametrize("kind", [Download, Upload])
def test_the_checkpoint_is_the_new_one(server: LocalServer, tmp_path: Path, kind: type[Any], same: Spelling) -> None:
    transfer, new = made(kind, server, tmp_path), tmp_path / "c~"
    new.write_bytes(b"mine too")
    transfer.checkpoint_path = same(new, tmp_path / "cp")
    refused(transfer, tmp_path, new, transfer.checkpoint_path)


def test_a_link_to_where_the_temporary_file_will_be(server: LocalServer, tmp_path: Path) -> None:
    download = made(Download, server, tmp_path)
    download.checkpoint_path = a_link(download.temporary, tmp_path / "cp")
    assert not download.temporary.exists()
    refused(download, tmp_path, download.temporary, download.checkpoint_path)


def test_links_to_a_third_file_are_not_one(server: LocalServer, tmp_path: Path) -> None:
    """They are replaced, the one and the other; nobody uses what they lead to."""
    third, download = tmp_path / "third", Download(server, tmp_path / "file")
    third.write_bytes(b"mine")
    download.put(DATA)
    download.checkpoint_path = tmp_path / "cp"
    for path in (download.path, download.temporary, download.checkpoint, tmp_path / "c~"):
        path.symlink_to(third)
    assert download().codes == (200, None)
    assert (download.path.is_symlink(), download.path.read_bytes()) == (False, DATA)
    assert third.read_bytes() == b"mine"
    assert {item.name for item in tmp_path.iterdir()} == {"file", "third"}


def test_a_file_that_leads_to_the_place_of_another(server: LocalServer, tmp_path: Path) -> None:
    """The source of an upload is a link, and the checkpoint another to the same file: that one is replaced."""
    third, upload = tmp_path / "third", Upload(server, tmp_path / "file")
    third.write_bytes(DATA[:100])
    upload.checkpoint_path = tmp_path / "cp"
    for path in (upload.path, upload.checkpoint_path):
        path.symlink_to(third)
    assert upload().codes == (200, None)
    assert (third.read_bytes(), upload.stored()) == (DATA[:100], DATA[:100])
    assert not upload.checkpoint.exists()


# ---- long names ----


def name_of(size: int, character: str) -> str:
    """A name of so many bytes."""
    count, rest = divmod(size, len(character.encode()))
    return "n" * rest + character * count


@pytest.mark.parametrize("character", ["n", "é", "文", "😀"])
@pytest.mark.parametrize("kind", [Download, Upload])
def test_names_as_long_as_can_be(server: LocalServer, tmp_path: Path, kind: type[Any], character: str) -> None:
    """``<name>.tmp`` and the checkpoint ``<name>.dcp`` are the longest names that there are."""
    server.put(BUCKET, KEY, DATA[:100])
    for size in (*range(247, 252), 252):
        transfer = kind(server, tmp_path / name_of(size, character))
        if kind is Upload:
            transfer.path.write_bytes(DATA[:100])
        found = transfer()
        if size == 252:
            assert found.code in (AOSE_OPEN_FILE_ERROR, errno.ENAMETOOLONG), found.status.error_msg
            assert os.strerror(errno.ENAMETOOLONG) in str(found.status.error_msg)
        else:
            assert found.codes == (200, None), found.status.error_msg
            assert transfer.path.read_bytes() == server.get(BUCKET, KEY) == DATA[:100]
        assert {*tmp_path.iterdir()} <= {transfer.path}
        transfer.path.unlink(missing_ok=True)


@pytest.mark.parametrize("character", ["n", "é", "文", "~"])
def test_a_checkpoint_with_a_long_name(server: LocalServer, tmp_path: Path, character: str) -> None:
    download = Download(server, tmp_path / "file")
    download.interrupted(DATA)
    download.checkpoint_path = tmp_path / name_of(255, character)
    Path(f"{download.path}.dcp").rename(download.checkpoint_path)
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [2])
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


# ---- two calls to one target ----


def get(server: LocalServer, key: str, path: Path, progress: Callable[[int, int], object] | None = None) -> Any:
    return oss_do_get_object_to_file(options_for(server), BUCKET, key, None, None, str(path), progress, None)


@pytest.mark.parametrize("first", ["get", "resumable"])
@pytest.mark.parametrize("second", ["get", "resumable"])
def test_a_second_call_to_the_same_target(server: LocalServer, tmp_path: Path, first: str, second: str) -> None:
    one, two = Download(server, tmp_path / "file"), Download(server, tmp_path / "file")
    one.put(DATA)
    server.put(BUCKET, "other", DATA[::-1])
    two.key = "other"
    found: list[aos_status_t] = []

    def progress(done: int, total: int) -> None:
        if not found:
            found.append(two().status if second == "resumable" else get(server, "other", two.path))

    one.on_progress = progress
    status = one().status if first == "resumable" else get(server, KEY, one.path, progress)
    assert (found[0].code, IN_USE in str(found[0].error_msg)) == (AOSE_OPEN_FILE_ERROR, True)
    assert (status.code, one.path.read_bytes()) == (200, DATA)
    assert one.left() == (True, False, False)


def test_many_calls_to_one_target(server: LocalServer, tmp_path: Path) -> None:
    """Each wins or is told that another is at it, and the target is one object or the other at any time."""
    path, objects = tmp_path / "file", {"a": b"a" * 300_000, "b": b"b" * 200_000}
    told: list[tuple[int, bool]] = []
    seen: list[bytes] = []
    for key, data in objects.items():
        server.put(BUCKET, key, data)

    def again(key: str) -> None:
        for _ in range(15):
            status = get(server, key, path)
            told.append((status.code, IN_USE in str(status.error_msg)))
            seen.append(path.read_bytes() if path.exists() else objects["a"])

    threads = [threading.Thread(target=again, args=(key,)) for key in ("a", "b", "a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {*told} <= {(200, False), (AOSE_OPEN_FILE_ERROR, True)}
    assert (200, False) in told
    assert {*seen} <= {*objects.values()}
    assert [item.name for item in tmp_path.iterdir()] == ["file"]
