"""``--recursive``, both ways."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oss._command.many import DONE, Item, Many
from oss._command.names import Clashes, fold, make_folders, problem_of, shard_of
from oss._command.progress import progress
from oss._command.text import Failure
from oss.local_server import Fault, LocalServer
from tests.command.conftest import BUCKET, Command
from tests.command.terminal import LONGEST
from tests.samples.running import ended

MIB = 1 << 20
FILES = {
    "a": b"a",
    "below/b": random.Random(1).randbytes(3 * MIB),
    "below/further/c": b"c" * 1000,
    "empty": b"",
    "文件": b"name",
    "spa ce&%2F+": b"odd",
}
PREFIX = "some/prefix/"
ADDRESS = f"oss://{BUCKET}/{PREFIX}"


def store(server: LocalServer, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        server.put(BUCKET, PREFIX + name, data)


def files_in(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def gets(server: LocalServer) -> int:
    return sum(request.method == "GET" and "?" not in request.target for request in server.requests)


def test_a_download(command: Command, server: LocalServer) -> None:
    store(server, FILES)
    server.put(BUCKET, "some/other", b"not this one")
    done = command.run("download", ADDRESS, "folder", "--recursive", "--part-size", "1MiB")
    assert (done.status, done.out) == (0, f"{len(FILES)} done, 0 there already\n")
    assert files_in(command.folder / "folder") == FILES
    assert sorted(line.partition(": done, ")[0] for line in done.err.splitlines()) == sorted(FILES)


def test_keys_that_are_no_text_of_xml(command: Command, server: LocalServer) -> None:
    names = {"a\rb": b"1", "esc\x1b": b"2", "plus+%41": b"3"}
    store(server, names)
    listed = command.run("ls", ADDRESS).out.splitlines()
    assert [line.partition(PREFIX)[2] for line in listed] == [r"a\rb", r"esc\x1b", "plus+%41"]
    assert command.run("download", ADDRESS, "folder", "-r", "--no-checkpoint").status == 0
    assert files_in(command.folder / "folder") == names
    refused = command.run("download", f"{ADDRESS}esc\x1b")  # its name cannot be recorded either
    assert refused.status == 1 and "see --no-checkpoint" in refused.err


def test_what_is_there_already_is_left_alone(command: Command, server: LocalServer) -> None:
    store(server, FILES)
    line = ("download", ADDRESS, "folder", "-r")
    assert command.run(*line).status == 0
    (command.folder / "folder" / "a").write_bytes(b"b")  # as long, but not the same
    (command.folder / "folder" / "empty").unlink()
    server.requests.clear()
    done = command.run(*line)
    assert (done.status, done.out) == (0, f"2 done, {len(FILES) - 2} there already\n")
    assert files_in(command.folder / "folder") == FILES
    assert gets(server) == 1  # of a; an empty object has no parts


def test_an_upload(command: Command, server: LocalServer) -> None:
    folder = command.folder / "folder"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    line = ("upload", "folder", ADDRESS, "--recursive", "--part-size", "1MiB")
    done = command.run(*line)
    assert (done.status, done.out) == (0, f"{len(FILES)} done, 0 there already\n")
    assert {name: server.get(BUCKET, PREFIX + name) for name in FILES} == FILES
    (folder / "a").write_bytes(b"b")
    done = command.run(*line, "-q")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert server.get(BUCKET, PREFIX + "a") == b"b"


def test_what_is_not_uploaded(command: Command, server: LocalServer) -> None:
    folder = command.folder / "folder"
    folder.mkdir()
    (folder / "x").write_bytes(b"x")
    (folder / "x.ucp").write_bytes(b"a checkpoint, by its name")
    (folder / "y.ucp").write_bytes(b"there is no y")
    (folder / "link").symlink_to("x")
    (folder / "folder-link").symlink_to(command.folder)
    os.mkfifo(folder / "fifo")
    (folder / "\udcff".encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")).write_bytes(b"")
    done = command.run("upload", "folder", f"oss://{BUCKET}", "-r")
    assert (done.status, done.out) == (3, "2 done, 0 there already, 5 skipped\n")
    assert "folder/x.ucp: skipped: it is the checkpoint of an upload" in done.err
    assert "folder/folder-link: skipped: it is a link" in done.err
    assert r"folder/\udcff: skipped: its name is not UTF-8" in done.err
    assert (server.get(BUCKET, "x"), server.get(BUCKET, "y.ucp")) == (b"x", b"there is no y")


def test_keys_that_cannot_be_files(command: Command, server: LocalServer) -> None:
    odd = {
        "../../evil": "it has an empty piece, . or .. in its path",
        "..": "it has an empty piece, . or .. in its path",
        "/etc/evil": "it has an empty piece, . or .. in its path",
        "a//b": "it has an empty piece, . or .. in its path",
        "file": "",
        "file.tmp": "the download of file uses a file of this name",
        "file.dcp": "the download of file uses a file of this name",
        "file/below": "file is a file, not a folder",
        "full/": "it ends with a slash, which no file does",
        "n" * 252: "a piece of its path is too long",
        r"..\evil": "",
        "alone.tmp": "",
    }
    store(server, dict.fromkeys(odd, b"content"))
    store(server, {"marker/": b""})
    done = command.run("download", ADDRESS, "in/folder", "-r")
    good = {name: b"content" for name, problem in odd.items() if not problem}
    assert (done.status, done.out) == (3, f"3 done, 0 there already, {len(odd) - len(good)} skipped\n")
    assert files_in(command.folder / "in") == {f"folder/{name}": data for name, data in good.items()}
    for name, problem in odd.items():
        assert not problem or f"{ADDRESS}{name}: skipped: {problem}\n" in done.err
    assert f"{ADDRESS}marker/: skipped: " in done.err
    assert {path.name for path in command.folder.iterdir()} == {"in"}


def test_a_marker_of_a_folder_alone_is_no_failure(command: Command, server: LocalServer) -> None:
    store(server, {"": b"", "x": b"x"})
    done = command.run("download", ADDRESS, "folder", "-r")
    assert (done.status, done.out) == (0, "1 done, 0 there already\n")


def test_a_link_in_the_folder_is_not_followed(command: Command, server: LocalServer) -> None:
    store(server, {"way/out": b"x", "fine": b"y"})
    (command.folder / "folder").mkdir()
    (command.folder / "outside").mkdir()
    (command.folder / "folder" / "way").symlink_to("../outside")
    done = command.run("download", ADDRESS, "folder", "-r")
    assert (done.status, done.out) == (3, "1 done, 0 there already, 1 failed\n")
    assert "way/out: folder/way is a link, not a folder" in done.err
    assert os.listdir(command.folder / "outside") == []


def test_one_failure_among_many(command: Command, server: LocalServer) -> None:
    store(server, FILES)
    server.add_fault(
        Fault({"method": "GET", "key": PREFIX + "a"}, times=None, action="status", status=403, code="AccessDenied")
    )
    done = command.run("download", ADDRESS, "folder", "-r")
    assert (done.status, done.out) == (3, f"{len(FILES) - 1} done, 0 there already, 1 failed\n")
    assert f"{ADDRESS}a -> folder/a: 403 AccessDenied" in done.err


def test_a_listing_that_fails(command: Command) -> None:
    done = command.run("download", "oss://nobucket/", "folder", "-r")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("oss-c-sdk: listing oss://nobucket/: 404 NoSuchBucket")


@pytest.mark.parametrize("folder", ["file", "/proc"])
def test_a_folder_that_cannot_be(command: Command, server: LocalServer, folder: str) -> None:
    store(server, FILES)
    (command.folder / "file").write_text("in the way")
    done = command.run("download", ADDRESS, folder, "-r")
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert done.err.startswith(f"oss-c-sdk: {folder}: ")


def test_shards_together_are_everything(command: Command, server: LocalServer) -> None:
    files = {f"{number:03}": b"%d" % number for number in range(50)}
    store(server, files)
    seen: dict[str, bytes] = {}
    for index in range(1, 4):
        assert command.run("download", ADDRESS, f"shard-{index}", "-r", "--shard", f"{index}/3").status == 0
        found = files_in(command.folder / f"shard-{index}")
        assert found and not found.keys() & seen.keys()
        assert all(shard_of(PREFIX + name, 3) == index for name in found)
        seen |= found
    assert seen == files
    done = command.run("upload", "shard-1", ADDRESS, "-r", "--shard", "1/3")
    assert done.out.endswith("there already\n") and done.out.startswith("0 done")


def test_ctrl_c_and_the_same_command_again(command: Command, server: LocalServer) -> None:
    files = {name: random.Random(name).randbytes(4 * MIB) for name in ("x", "y")}
    store(server, files)
    server.add_fault(Fault(lambda call: bool(call.header("Range")), nth=5, times=None, action="stall", after=1000))
    line = ("download", ADDRESS, "folder", "-r", "--part-size", "1MiB", "--parts-per-request", "1")
    process = command.start(*line)
    deadline = time.monotonic() + LONGEST
    while sum(request.status == 206 for request in server.requests) < 6 and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert (done.status, done.out) == (130, "")
    assert done.err.splitlines()[-1] == "interrupted: what is there is kept; the same command goes on from there"
    server.clear_faults()
    before = gets(server)
    assert command.run(*line).status == 0
    assert files_in(command.folder / "folder") == files
    assert gets(server) - before <= 4


@pytest.mark.parametrize(
    "name", ["", "a/", "/a", "a//b", ".", "a/../b", "a\0b", "\ud800", "x" * 252, "x/" * 2100 + "x"]
)
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    assert problem_of(name, str(tmp_path))


@pytest.mark.parametrize("name", ["a", "...", "a\\b", "x" * 251, "\n", "文/件", "C:/x"])
def test_names_that_can_be(tmp_path: Path, name: str) -> None:
    assert problem_of(name, str(tmp_path)) is None
    path = make_folders(str(tmp_path), name)
    Path(path).write_text("x")
    assert list(tmp_path.rglob(name.rpartition("/")[2])) or Path(path).exists()


@pytest.mark.parametrize("folds", [False, True])
@pytest.mark.parametrize(
    ("names", "lost"),
    [
        (["a", "a!", "a/b", "ab"], ["a/b"]),
        (["a", "a-b/c", "a.dcp", "a.tmp/x", "a/b/c"], ["a.dcp", "a.tmp/x", "a/b/c"]),
        (["a.tmp", "b.dcp"], []),
        (["a/b", "a/b.tmp", "a/c"], ["a/b.tmp"]),
    ],
)
def test_names_that_clash(folds: bool, names: list[str], lost: list[str]) -> None:
    clashes = Clashes(folds)
    assert [name for name in names if clashes.add(name)] == lost


@pytest.mark.parametrize(
    ("names", "lost"),
    [
        (["README", "readme"], ["readme"]),
        (["B/x", "b"], ["b"]),
        (["B/x", "b/y"], []),
        (["A", "a/b"], ["a/b"]),
        (["X.tmp", "x"], ["x"]),
        (["Caf\u00e9", "cafe\u0301"], ["cafe\u0301"]),
        (["stra\u00dfe", "strasse"], ["strasse"]),
    ],
)
def test_names_that_clash_where_letters_have_no_case(names: list[str], lost: list[str]) -> None:
    clashes, exact = Clashes(folds=True), Clashes(folds=False)
    assert [name for name in names if clashes.add(name)] == lost
    assert not [name for name in names if exact.add(name)]
    assert fold("Caf\u00e9") == fold("CAFE\u0301")


def test_a_listing_that_does_not_advance(command: Command, server: LocalServer) -> None:
    for number in range(1001):
        server.put(BUCKET, f"{number:04}", b"")
    server.add_fault(Fault(lambda call: call.query.pop("marker", None) is None, nth=10**9, times=None))
    done = command.run("ls", f"oss://{BUCKET}/", "-r")
    assert done.status == 1
    assert "the service says that there is more, but not where" in done.err


def many(count: int, threads: int = 4) -> Many:
    items = (Item(f"{number}", 1, lambda *_: DONE) for number in range(count))
    return Many(items, threads, 1, progress("", quiet=True), quiet=True)


@pytest.mark.parametrize("allowed", [0, 2])
def test_too_few_threads(monkeypatch: pytest.MonkeyPatch, allowed: int) -> None:
    started: list[threading.Thread] = []
    start = threading.Thread.start

    def limited(thread: threading.Thread) -> None:
        if len(started) == allowed:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)
    running = many(20)
    if not allowed:
        with pytest.raises(Failure, match="no thread can be started: can't"):
            running.run()
        return
    running.run()
    assert (running.outcomes, len(started)) == ({DONE: 20}, 2)


def test_an_error_of_ours_is_not_taken_for_the_end() -> None:
    def broken() -> Iterator[Item]:
        yield Item("x", 1, lambda *_: DONE)
        raise LookupError("a bug")

    with pytest.raises(LookupError, match="a bug"):
        Many(broken(), 2, 1, progress("", quiet=True), quiet=True).run()
