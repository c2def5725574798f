"""``oss.c_runtime.filesystem``: names of files, and what is asked of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oss.c_runtime.filesystem import directory_iterator, error_code, filesystem_error, fs_path
from oss.c_runtime.filesystem import recursive_directory_iterator as all_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a/b.tar.gz", ("b.tar.gz", "b.tar", ".gz", "a")),
        ("/a", ("a", "a", "", "/")),
        (".bashrc", (".bashrc", ".bashrc", "", "")),
        ("a/", ("", "", "", "a")),
        ("..", ("..", "..", "", "")),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str, ...]) -> None:
    made = fs_path(name)
    found = made.filename(), made.stem(), made.extension(), made.parent_path()
    assert tuple(map(str, found)) == parts


def test_names_are_compared_by_their_parts() -> None:
    assert fs_path("a//b") == fs_path("a/b") and fs_path("a/b") < fs_path("a-b")
    assert str(fs_path("a") / "b") == "a/b" and str(fs_path("a") / "/b") == "/b"
    assert str(fs_path("a/./b/..").lexically_normal()) == "a/"
    assert str(fs_path("a/b.txt").replace_extension(fs_path("md"))) == "a/b.md"
    assert fs_path('q"').quoted() == '"q\\""'


def test_what_is_there(tmp_path: Path) -> None:
    root = fs_path(str(tmp_path))
    folder = root / "one" / "two"
    assert folder.create_directories() and not folder.create_directories()
    (tmp_path / "one" / "file").write_bytes(b"abc")
    assert (root / "one" / "file").file_size() == 3
    names = sorted(str(entry.path().filename()) for entry in all_of(root))
    assert names == ["file", "one", "two"]
    assert [entry.is_directory() for entry in directory_iterator(root)] == [True]
    assert (root / "one").remove_all() == 3 and not (root / "one").exists()
    assert not (root / "one").remove()


def test_what_fails_raises_or_is_told(tmp_path: Path) -> None:
    missing = fs_path(str(tmp_path / "missing"))
    with pytest.raises(filesystem_error, match="cannot get file size: No such file or directory") as raised:
        missing.file_size()
    assert raised.value.path1() == missing and raised.value.code().value() == 2
    code = error_code()
    assert missing.file_size(code) == (1 << 64) - 1 and code and code.message() == "No such file or directory"
