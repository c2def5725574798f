"""A program that gives the calls paths in every form, and looks at the names on the disk as bytes.

It ends with an AssertionError where a call did not use the file that was named.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import trustme

from aos.apr_file_io import APR_CREATE, APR_OS_DEFAULT, APR_WRITE
from oss.local_server import Fault, LocalServer
from oss.oss_api import (
    AOSE_OK,
    HTTP_GET,
    HTTP_PUT,
    aos_error_log,
    aos_http_io_initialize,
    aos_http_request_create,
    aos_log_set_output,
    aos_string_t,
    apr_dir_make_recursive,
    apr_file_open,
    apr_file_remove,
    apr_file_t,
    apr_finfo_t,
    oss_abort_multipart_upload,
    oss_append_object_from_file,
    oss_create_checkpoint_content,
    oss_create_resumable_clt_params_content,
    oss_create_upload_file,
    oss_delete_object,
    oss_gen_signed_url,
    oss_get_file_info,
    oss_get_object_to_file,
    oss_get_object_to_file_by_url,
    oss_get_temporary_file_name,
    oss_init_multipart_upload,
    oss_load_checkpoint,
    oss_put_object_from_file,
    oss_put_object_from_file_by_url,
    oss_resumable_download_file,
    oss_resumable_upload_file,
    oss_temp_file_rename,
    oss_upload_file,
    oss_upload_part_from_file,
)
from tests.service import BUCKET, options_for

KEY, DATA, PART = "key", bytes(range(256)) * 1200, 100 * 1024
LATER = 2_000_000_000
NAMES = "文件".encode(), "文件".encode("gbk"), b"\xff\x81 name"


class Given:
    """A file name, and the form in which a call gets it."""

    def __init__(self, server: LocalServer, name: bytes, form: Callable[[bytes], Any], folder: bytes) -> None:
        self.server, self.name, self.form, self.folder = server, name, form, folder
        self.options = options_for(server)

    @property
    def place(self) -> bytes:
        return os.path.join(self.folder, self.name)

    @property
    def path(self) -> Any:
        return self.form(self.place)

    def write(self) -> None:
        with open(self.place, "wb") as file:
            file.write(DATA)

    def is_alone(self) -> bool:
        """Whether the file is complete, and nothing is beside it."""
        with open(self.place, "rb") as file:
            return os.listdir(self.folder) == [self.name] and file.read() == DATA

    def signed_url(self, method: int, key: str) -> str:
        request = aos_http_request_create(self.options.pool)
        request.method = method
        return oss_gen_signed_url(self.options, BUCKET, key, LATER, request) or ""

    def failing(self, method: str) -> None:
        """Has the second part of the next transfer fail."""
        self.server.add_fault(Fault({"method": method}, nth=2, action="status", status=503))


def get(given: Given) -> None:
    assert oss_get_object_to_file(given.options, BUCKET, KEY, None, None, given.path, None).code == 200
    assert given.is_alone()


def get_by_url(given: Given) -> None:
    url = given.signed_url(HTTP_GET, KEY)
    assert oss_get_object_to_file_by_url(given.options, url, None, None, given.path, None).code == 200
    assert given.is_alone()


def put(given: Given) -> None:
    given.write()
    assert oss_put_object_from_file(given.options, BUCKET, "put", given.path, None, None).code == 200
    assert given.server.get(BUCKET, "put") == DATA
    url = given.signed_url(HTTP_PUT, "by url")
    assert oss_put_object_from_file_by_url(given.options, url, given.path, None, None).code == 200
    assert oss_append_object_from_file(given.options, BUCKET, "more", 0, given.path, None, None).code == 200
    assert oss_delete_object(given.options, BUCKET, "more", None).code == 204


def parts(given: Given) -> None:
    given.write()
    upload_id, piece = aos_string_t(), oss_create_upload_file(None)
    where = given.options, BUCKET, "parts"
    assert oss_init_multipart_upload(*where, upload_id, None, None).code == 200
    piece.filename, piece.file_last = given.path, PART
    assert oss_upload_part_from_file(*where, upload_id, 1, piece, None).code == 200
    assert oss_abort_multipart_upload(*where, upload_id, None).code == 204
    assert oss_upload_file(*where, aos_string_t(), given.path, PART, None).code == 200
    assert given.server.get(BUCKET, "parts") == DATA


def upload(given: Given) -> None:
    """Resumes an upload by the record beside the file."""
    given.write()
    how, found = oss_create_resumable_clt_params_content(None, PART, 1, 1, None), oss_create_checkpoint_content(None)
    run = partial(oss_resumable_upload_file, given.options, BUCKET, "uploaded", given.path, None, None, how)
    given.failing("PUT")
    assert run(None, None, None).code == 503
    assert sorted(os.listdir(given.folder)) == sorted([given.name, given.name + b".ucp"])
    assert oss_load_checkpoint(None, given.form(given.place + b".ucp"), found) == AOSE_OK
    assert str(found.file_path) == given.place.decode("utf-8", "replace")
    assert run(None, None, None).code == 200
    assert given.is_alone() and given.server.get(BUCKET, "uploaded") == DATA


def download(given: Given) -> None:
    """Resumes a download by a record whose name was given."""
    record = b"record of " + given.name
    how = oss_create_resumable_clt_params_content(None, PART, 1, 1, given.form(os.path.join(given.folder, record)))
    how.durable = 1
    run = partial(oss_resumable_download_file, given.options, BUCKET, KEY, given.path, None, None, how)
    given.failing("GET")
    assert run(None, None).code == 503
    assert sorted(os.listdir(given.folder)) == sorted([given.name + b".tmp", record])
    given.server.requests.clear()
    assert run(None, None).code == 200
    assert given.is_alone()
    assert [request.method for request in given.server.requests] == ["HEAD", "GET", "GET"]


def log(given: Given) -> None:
    with apr_file_t() as file:
        assert apr_file_open(file, given.path, APR_CREATE | APR_WRITE, APR_OS_DEFAULT, None) == 0
        aos_log_set_output(file)
        aos_error_log("%s", "a line")
        aos_log_set_output(None)
    with open(given.place, "rb") as written:
        assert written.read().endswith(b"a line\n")


def helpers(given: Given) -> None:
    """The functions of APR, and those that programs call on their own."""
    assert apr_dir_make_recursive(given.form(os.path.join(given.place, b"x")), APR_OS_DEFAULT, None) == 0
    assert os.listdir(given.place) == [b"x"]
    os.rmdir(os.path.join(given.place, b"x"))
    os.rmdir(given.place)
    given.write()
    found, name = apr_finfo_t(), aos_string_t()
    assert oss_get_file_info(given.path, None, found) == 0 and found.size == len(DATA)
    oss_get_temporary_file_name(None, given.path, name)
    os.rename(given.place, given.place + b".tmp")
    done = oss_delete_object(given.options, BUCKET, "nothing", None)
    assert oss_temp_file_rename(done, name.data, given.path, None) == 0
    assert given.is_alone()
    assert apr_file_remove(given.path, None) == 0 and os.listdir(given.folder) == []


def authorities(given: Given, authority: trustme.CA) -> None:
    """Trusts the authority of another server's certificate."""
    chain, key = (os.path.join(os.fsdecode(given.folder), name) for name in ("chain", "key"))
    certificate = authority.issue_cert("127.0.0.1")
    certificate.cert_chain_pems[0].write_to_path(chain)
    certificate.private_key_pem.write_to_path(key)
    with open(given.place, "wb") as file:
        file.write(authority.cert_pem.bytes())
    with LocalServer(buckets=[BUCKET], tls=(chain, key)) as server:
        options = options_for(server)
        options.ctl.options.ca_file = given.path
        assert oss_delete_object(options, BUCKET, "nothing", None).code == 204


def as_text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def as_path(path: bytes) -> Path:
    return Path(as_text(path))


def main() -> None:
    aos_http_io_initialize(None, 0)
    trusted = partial(authorities, authority=trustme.CA())
    calls: list[Callable[[Given], None]] = [get, get_by_url, put, parts, upload, download, log, helpers, trusted]
    forms: list[Callable[[bytes], Any]] = [bytes, as_text, as_path]
    with LocalServer(buckets=[BUCKET]) as server:
        server.put(BUCKET, KEY, DATA)
        for call, name, form in itertools.product(calls, NAMES, forms):
            with tempfile.TemporaryDirectory() as folder:
                call(Given(server, name, form, os.fsencode(folder)))


if __name__ == "__main__":
    main()
