"""Multipart uploads and resumable transfers."""

from __future__ import annotations

from typing import Any

from oss.tools.crosscheck.cases.object import fault
from oss.tools.crosscheck.scene import BUCKET, KEY, Call, ResultOf, Row, Stored

__all__ = ["DOWN", "FILE", "HERE", "MULTIPART", "PART", "RESUMABLE", "THERE", "UP", "clt_params"]

PART = 100 << 10
"""The smallest part that the service completes an upload with."""
FILE = {"seed": "upload", "size": 2 * PART + 777}
TEXT = "one part of a file\n"
UPLOAD = Call("oss_init_multipart_upload", {})
SECOND = Call("oss_upload_part_from_buffer", {"upload_id": ResultOf(0, "upload_id"), "part_num": 1, "buffer": TEXT})
ID = {"upload_id": ResultOf(0, "upload_id")}
NO_ID = {"upload_id": "0004B9894A22E5B1888A1E29F8236E2D"}
MD5 = '"A95FE4D7C86D7AC6A3B9D2C9E7E6BE0B"'
PARTS = {"part_list": [{"part_number": "1", "etag": ResultOf(1, "etag")}]}
PIECE = {"filename": "up.bin", "file_pos": 1000, "file_last": 6000}
COPY = {"source_bucket": BUCKET, "source_object": "source", "dest_bucket": BUCKET, "dest_object": KEY, "part_num": 1}
SOURCE = Stored("source", FILE)

MULTIPART = (
    Row("oss_init_multipart_upload"),
    Row("oss_init_multipart_upload", "headers", {"headers": [["Content-Type", "text/x"], ["x-oss-meta-a", "1"]]}),
    Row("oss_init_multipart_upload", "no_bucket", {"bucket": "crosscheck-other"}),
    Row("oss_upload_part_from_buffer", args=ID | {"part_num": 1, "buffer": TEXT}, before=(UPLOAD,)),
    Row("oss_upload_part_from_buffer", "no_upload", NO_ID | {"part_num": 1, "buffer": TEXT}),
    Row("oss_upload_part_from_buffer", "part_zero", ID | {"part_num": 0, "buffer": TEXT}, (UPLOAD,)),
    Row(
        "oss_do_upload_part_from_buffer",
        args=ID
        | {
            "part_num": 2,
            "buffer": TEXT,
            "progress_callback": True,
            "headers": [["x-oss-traffic-limit", "819200"]],
            "params": [["x-extra", "1 2"]],
        },
        before=(UPLOAD,),
    ),
    Row(
        "oss_upload_part_from_file",
        args=ID | {"part_num": 1, "upload_file": PIECE},
        before=(UPLOAD,),
        files={"up.bin": FILE},
    ),
    Row(
        "oss_do_upload_part_from_file",
        args=ID | {"part_num": 1, "upload_file": PIECE, "progress_callback": True},
        before=(UPLOAD,),
        files={"up.bin": FILE},
    ),
    Row("oss_abort_multipart_upload", args=ID, before=(UPLOAD,)),
    Row("oss_abort_multipart_upload", "no_upload", NO_ID),
    Row("oss_complete_multipart_upload", args=ID | PARTS, before=(UPLOAD, SECOND)),
    Row(
        "oss_complete_multipart_upload",
        "wrong_etag",
        ID | {"part_list": [{"part_number": "1", "etag": MD5}]},
        (UPLOAD, SECOND),
    ),
    Row("oss_complete_multipart_upload", "no_upload", NO_ID | {"part_list": [{"part_number": "1", "etag": MD5}]}),
    Row("oss_do_complete_multipart_upload", args=ID | PARTS, before=(UPLOAD, SECOND)),
    Row("oss_list_upload_part", "none", ID | {"params": {}}, (UPLOAD,)),
    Row("oss_list_upload_part", "one", ID | {"params": {"max_ret": 1}}, (UPLOAD, SECOND)),
    Row("oss_list_upload_part", "no_upload", NO_ID | {"params": {}}),
    Row("oss_list_multipart_upload", "none", {"params": {}}),
    Row("oss_list_multipart_upload", "several", {"params": {"prefix": "dir/", "max_ret": 1}}, (UPLOAD, UPLOAD)),
    Row(
        "oss_upload_part_copy",
        args={"params": ID | COPY | {"range_start": 0, "range_end": PART - 1}},
        before=(UPLOAD, SOURCE),
    ),
    Row("oss_upload_part_copy", "missing", {"params": ID | COPY}, (UPLOAD,)),
    Row(
        "oss_upload_file",
        "one_part",
        {"upload_id": None, "filename": "up.bin", "part_size": 1 << 20},
        files={"up.bin": FILE},
    ),
    Row(
        "oss_upload_file", "parts", {"upload_id": None, "filename": "up.bin", "part_size": PART}, files={"up.bin": FILE}
    ),
    Row("oss_upload_file", "no_file", {"upload_id": None, "filename": "none.bin", "part_size": PART}),
)


def clt_params(size: int = PART, threads: int = 1, checkpoint: int = 1, path: str | None = None) -> dict[str, Any]:
    """The ``clt_params`` argument of a resumable call: part size, threads, whether and where it has a checkpoint."""
    return {
        "clt_params": {
            "part_size": size,
            "thread_num": threads,
            "enable_checkpoint": checkpoint,
            "checkpoint_path": path,
        }
    }


DOWN, UP = {"filepath": "down.bin"}, {"filepath": "up.bin"}
DOWNLOAD, UPLOADED = DOWN | clt_params(), UP | clt_params()
HERE, THERE = (Stored(content=FILE),), {"up.bin": FILE}
SECOND_GET = {"match": {"method": "GET"}, "nth": 2}
SECOND_PUT = {"match": {"method": "PUT"}, "nth": 2}

GET, PUT = "oss_resumable_download_file", "oss_resumable_upload_file"
DOWNLOADS = (
    Row(GET, args=DOWNLOAD | {"progress_callback": True}, before=HERE),
    Row(GET, "no_checkpoint", DOWN | clt_params(checkpoint=0), HERE),
    Row(GET, "threads", DOWN | clt_params(20_000, 3), HERE, races=True),
    Row(GET, "one_part", DOWN | clt_params(1 << 20), HERE),
    Row(GET, "empty", DOWNLOAD, (Stored(content=""),)),
    Row(GET, "own_path", DOWN | clt_params(path="own.cp"), HERE),
    Row(GET, "over", DOWNLOAD, HERE, {"down.bin": "what was there"}),
    Row(
        GET,
        "headers",
        DOWNLOAD | {"headers": [["x-oss-traffic-limit", "8192000"]]},
        HERE,
    ),
    Row(GET, "missing", DOWNLOAD | {"object": "none"}),
    Row(
        GET,
        "part_500",
        DOWNLOAD,
        HERE,
        faults=fault("status", status=500, **SECOND_GET),
    ),
    Row(
        GET,
        "part_closed",
        DOWNLOAD,
        HERE,
        faults=fault("close", times=None, **SECOND_GET),
    ),
    Row(
        GET,
        "part_cut",
        DOWNLOAD,
        HERE,
        faults=fault("short_body", after=5, **SECOND_GET),
    ),
    Row(
        GET,
        "wrong_crc",
        DOWNLOAD,
        HERE,
        faults=fault("wrong_crc", match={"method": "HEAD"}),
    ),
    Row(
        GET,
        "other_etag",
        DOWNLOAD,
        HERE,
        faults=fault("wrong_etag", **SECOND_GET),
    ),
    Row(
        GET,
        "part_size_0",
        DOWN | clt_params(0),
        (Stored(content="twenty bytes of text"),),
    ),
)

UPLOADS = (
    Row(PUT, args=UPLOADED | {"progress_callback": True}, files=THERE),
    Row(PUT, "no_checkpoint", UP | clt_params(checkpoint=0), files=THERE),
    Row(PUT, "threads", UP | clt_params(threads=3), files=THERE, races=True),
    Row(
        PUT,
        "headers",
        UPLOADED | {"headers": [["x-oss-meta-a", "1"]]},
        files=THERE,
    ),
    Row(PUT, "no_file", UPLOADED),
    Row(PUT, "no_bucket", UPLOADED | {"bucket": "crosscheck-other"}, files=THERE),
    Row(
        PUT,
        "part_500",
        UPLOADED,
        files=THERE,
        faults=fault("status", status=500, **SECOND_PUT),
    ),
    Row(PUT, "aborted", UP | clt_params(checkpoint=0), files=THERE, faults=fault("status", status=500, **SECOND_PUT)),
    Row(PUT, "empty", UPLOADED, files={"up.bin": ""}),
)

RESUMABLE = DOWNLOADS + UPLOADS
