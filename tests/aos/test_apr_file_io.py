"""Files on descriptors."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from aos.aos_define import (
    APR_APPEND,
    APR_CREATE,
    APR_END,
    APR_EOF,
    APR_EXCL,
    APR_FINFO_MTIME,
    APR_FINFO_SIZE,
    APR_GREAD,
    APR_OS_DEFAULT,
    APR_READ,
    APR_SET,
    APR_STATUS_IS_ENOENT,
    APR_SUCCESS,
    APR_TRUNCATE,
    APR_UREAD,
    APR_UWRITE,
    APR_WRITE,
    aos_pool_t,
    aos_ref_t,
    apr_dir_make_recursive,
    apr_file_close,
    apr_file_gets,
    apr_file_info_get,
    apr_file_open,
    apr_file_read,
    apr_file_remove,
    apr_file_seek,
    apr_file_t,
    apr_file_write,
    apr_finfo_t,
)


def opened(path: Path, flag: int, pool: aos_pool_t | None = None) -> apr_file_t:
    file = apr_file_t()
    assert apr_file_open(file, path, flag, APR_OS_DEFAULT, pool) == APR_SUCCESS
    return file


def test_write_seek_read(tmp_path: Path) -> None:
    with opened(tmp_path / "f", APR_CREATE | APR_READ | APR_WRITE) as file:
        size = aos_ref_t(3)
        assert apr_file_write(file, "abcdef", size) == APR_SUCCESS
        assert size.value == 3
        offset = aos_ref_t(1)
        assert apr_file_seek(file, APR_SET, offset) == APR_SUCCESS
        buf, size = bytearray(b"....."), aos_ref_t(5)
        assert apr_file_read(file, buf, size) == APR_SUCCESS
        assert (bytes(buf), size.value) == (b"bc...", 2)
        assert apr_file_read(file, buf, size) == APR_EOF
        assert size.value == 0
        offset.value = -1
        assert apr_file_seek(file, APR_END, offset) == APR_SUCCESS
        assert offset.value == 2
        assert apr_file_seek(file, APR_SET, aos_ref_t(-5)) == errno.EINVAL
    assert file.fd == -1


def test_counts_beyond_the_buffer(tmp_path: Path) -> None:
    with opened(tmp_path / "f", APR_CREATE | APR_READ | APR_WRITE) as file:
        with pytest.raises(ValueError, match="nbytes"):
            apr_file_read(file, bytearray(1), aos_ref_t(2))
        with pytest.raises(ValueError, match="buf"):
            apr_file_write(file, b"x", aos_ref_t(2))


def test_flags(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    opened(path, APR_WRITE).close()
    assert path.read_bytes() == b"old"
    with opened(path, APR_WRITE | APR_APPEND) as file:
        apr_file_write(file, b"er", aos_ref_t(2))
    assert path.read_bytes() == b"older"
    opened(path, APR_WRITE | APR_TRUNCATE).close()
    assert path.read_bytes() == b""
    file = apr_file_t()
    assert apr_file_open(file, path, APR_WRITE | APR_CREATE | APR_EXCL, APR_OS_DEFAULT, None) == errno.EEXIST
    assert apr_file_open(file, path, APR_CREATE, APR_OS_DEFAULT, None) == errno.EACCES
    assert apr_file_open(file, path, APR_WRITE | APR_EXCL, APR_OS_DEFAULT, None) == errno.EACCES
    assert apr_file_open(file, tmp_path / "none", APR_READ, APR_OS_DEFAULT, None) == errno.ENOENT
    assert apr_file_open(file, None, APR_READ, APR_OS_DEFAULT, None) == errno.EFAULT
    assert apr_file_open(file, "a\0b", APR_READ, APR_OS_DEFAULT, None) == errno.EINVAL
    assert (file.fd, file.fname) == (-1, None)


def test_permissions(tmp_path: Path) -> None:
    file, path = apr_file_t(), tmp_path / "f"
    assert apr_file_open(file, path, APR_CREATE | APR_WRITE, APR_UREAD | APR_UWRITE | APR_GREAD, None) == 0
    file.close()
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640 & ~umask


def test_a_pool_closes_its_files(tmp_path: Path) -> None:
    with aos_pool_t() as pool:
        file = opened(tmp_path / "f", APR_CREATE | APR_WRITE, pool)
        fd = file.fd
    assert file.fd == -1
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(fd)
    assert apr_file_close(file) == errno.EBADF


def test_a_closed_file_is_not_closed_again_by_its_pool(tmp_path: Path) -> None:
    with aos_pool_t() as pool:
        first = opened(tmp_path / "f", APR_CREATE | APR_WRITE, pool)
        number = first.fd
        first.close()
        with opened(tmp_path / "g", APR_CREATE | APR_WRITE) as second:
            assert second.fd == number
            pool.destroy()
            assert apr_file_write(second, b"x", aos_ref_t(1)) == APR_SUCCESS


def test_gets(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"one\ntwo three\nend")
    with opened(path, APR_READ) as file:
        line, lines = bytearray(8), []
        while apr_file_gets(line, 8, file) == APR_SUCCESS:
            lines.append(bytes(line[: line.index(0)]))
        assert lines == [b"one\n", b"two thr", b"ee\n", b"end"]
        assert apr_file_gets(line, 8, file) == APR_EOF
    assert apr_file_gets(line, 8, file) == errno.EBADF


def test_info(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"abc")
    os.utime(path, ns=(5_000_000, 7_000_000))
    finfo = apr_finfo_t()
    with opened(path, APR_READ) as file:
        assert apr_file_info_get(finfo, APR_FINFO_SIZE | APR_FINFO_MTIME, file) == APR_SUCCESS
    assert (finfo.size, finfo.atime, finfo.mtime, finfo.fname) == (3, 5000, 7000, str(path))
    assert apr_file_info_get(finfo, APR_FINFO_SIZE, file) == errno.EBADF


def test_remove_and_make(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    assert apr_dir_make_recursive(deep, APR_OS_DEFAULT, None) == APR_SUCCESS
    assert apr_dir_make_recursive(deep, APR_OS_DEFAULT, None) == APR_SUCCESS
    (deep / "f").touch()
    assert apr_file_remove(deep / "f", None) == APR_SUCCESS
    assert APR_STATUS_IS_ENOENT(apr_file_remove(deep / "f", None)) == 1
    assert APR_STATUS_IS_ENOENT(0) == 0
