"""A download that is cut off in the middle and continued, and what the resumable sample needs for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from aos.aos_crc64 import aos_crc64
from oss._command import progress
from oss.local_server import Fault, LocalServer
from oss.local_server.server import RequestRecord
from oss.oss_api import *
from oss.samples._service import write_random_file
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *

__all__ = ["completed_parts", "interrupted_download", "resumable_download"]

MIB = 1024 * 1024
OBJECT_SIZE = 256 * MIB
PART_SIZE = 1 * MIB
THREAD_NUM = 8
KEY, FILE = "big_file.bin", "big_file_downloaded.bin"


def resumable_download(
    bucket_name: str, object_name: str, file_name: str, progress_callback: progress.Progress, resp_headers: aos_table_t
) -> aos_status_t:
    """Downloads an object with 8 threads in parts of 1 MiB, with a checkpoint beside the file."""
    p = aos_pool_t()
    bucket, object_, filename = aos_string_t(), aos_string_t(), aos_string_t()
    headers = params = None
    aos_pool_create(p, None)
    try:
        options = oss_request_options_create(p)
        init_sample_request_options(options, 0)
        aos_str_set(bucket, bucket_name)
        aos_str_set(object_, object_name)
        aos_str_set(filename, file_name)
        clt_params = oss_create_resumable_clt_params_content(p, PART_SIZE, THREAD_NUM, AOS_TRUE, None)
        return oss_resumable_download_file(
            options, bucket, object_, filename, headers, params, clt_params, progress_callback, resp_headers
        )
    finally:
        aos_pool_destroy(p)


def checkpoint_of(file_name: str) -> oss_checkpoint_t | None:
    """The checkpoint beside a file that is not complete; None when there is none."""
    checkpoint, path = oss_create_checkpoint_content(None), f"{file_name}.dcp"
    if not os.path.exists(path) or oss_load_checkpoint(None, path, checkpoint) != AOSE_OK:
        return None
    return checkpoint


def completed(checkpoint: oss_checkpoint_t) -> list[oss_checkpoint_part_t]:
    return [part for part in checkpoint.parts[: checkpoint.part_num] if part.completed]


def completed_parts(file_name: str) -> str:
    """A text about how many parts the checkpoint beside a file holds."""
    checkpoint = checkpoint_of(file_name)
    if checkpoint is None:
        return "there is no checkpoint"
    return f"the checkpoint {file_name}.dcp holds {len(completed(checkpoint))} of {checkpoint.part_num} parts"


def download(what: str, resp_headers: aos_table_t) -> aos_status_t:
    with progress.progress(what, stream=sys.stdout) as bar:
        return resumable_download(BUCKET_NAME, KEY, FILE, bar, resp_headers)


def interrupted_download(server: LocalServer) -> None:
    """Downloads a large object from a server that cuts a part off in the middle, and continues the download."""
    print(f"storing an object of {OBJECT_SIZE} bytes")
    write_random_file(Path(KEY), OBJECT_SIZE)
    server.put(BUCKET_NAME, KEY, Path(KEY))
    os.unlink(KEY)

    resp_headers = aos_table_t()
    middle, seen = OBJECT_SIZE // PART_SIZE // 2, len(server.requests)
    fault = server.add_fault(Fault({"method": "GET", "key": KEY}, nth=middle, action="reset", after=PART_SIZE // 2))
    s = download("first download", resp_headers)
    print(printable(f"the first download ended with {s.code}, {s.error_code}: {s.error_msg}"))
    print(completed_parts(FILE))
    first, checkpoint = ranges(list(server.requests)[seen:]), checkpoint_of(FILE)
    held = completed(checkpoint) if checkpoint is not None else []
    check("the server cut a part off, and the download ended", fault.fired == 1 and not aos_status_is_ok(s))
    check("the checkpoint holds the finished parts, not all", 0 < len(held) < OBJECT_SIZE // PART_SIZE)
    check(f"there is {FILE}.tmp, and no {FILE} yet", os.path.exists(f"{FILE}.tmp") and not os.path.exists(FILE))

    seen = len(server.requests)
    s = download("second download", resp_headers)
    print(f"the second download ended with {s.code}")
    second = ranges(list(server.requests)[seen:])
    missing = {f"bytes={offset}-{offset + PART_SIZE - 1}" for offset in range(0, OBJECT_SIZE, PART_SIZE)}
    missing -= {f"bytes={part.offset}-{part.offset + part.size - 1}" for part in held}
    print(f"{len(missing)} parts were missing, {OBJECT_SIZE - sum(part.size for part in held)} bytes")
    print(f"{sent(first) + sent(second) - OBJECT_SIZE} bytes, of the parts under way at the cut, were fetched again")
    check("the second download ended well", aos_status_is_ok(s))
    check("no part that the checkpoint holds was fetched again", {range_ for range_, _ in second} == missing)
    crc64, object_crc64 = file_crc64(Path(FILE)), apr_table_get(resp_headers, OSS_HASH_CRC64_ECMA)
    check(f"CRC64 of the file {crc64}, of the object {object_crc64}", str(crc64) == object_crc64)
    check(f"{FILE}.tmp was renamed to {FILE}", os.path.exists(FILE) and not os.path.exists(f"{FILE}.tmp"))
    check(f"the checkpoint {FILE}.dcp was removed", not os.path.exists(f"{FILE}.dcp"))


def ranges(requests: Iterable[RequestRecord]) -> list[tuple[str, RequestRecord]]:
    """The requests for parts, each with the range that it asks for."""
    return [(value, request) for request in requests for name, value in request.headers if name.lower() == "range"]


def sent(requests: Iterable[tuple[str, RequestRecord]]) -> int:
    """The number of body bytes that the server sent in answer to these requests."""
    return sum(request.sent for _, request in requests)


def file_crc64(path: Path) -> int:
    """The CRC64 of a file, which is read for it."""
    crc64 = 0
    if path.exists():
        with open(path, "rb") as file:
            while data := file.read(MIB):
                crc64 = aos_crc64(crc64, data, len(data))
    return crc64
