"""Every sample, with nothing configured, and with a service in the environment."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from tests.samples.running import BUCKET, ROOT, configuration, run_sample

# sample: its functions, and the lines that tell that it did what it should
SAMPLES = {
    "oss_append_object_sample": (
        "append_object_from_buffer append_object_from_file append_object_sample",
        ["append object from buffer succeeded", "append object from file succeeded"],
    ),
    "oss_callback_sample": (
        "put_object_from_buffer_with_callback multipart_from_buffer_with_callback callback_sample",
        [
            "put object from buffer with callback succeeded",
            r'callback answered {"Status": "OK", .*size=14&.*',
            "complete multipart upload with callback succeeded",
            r'callback answered {"Status": "OK", .*size=307200&.*',
        ],
    ),
    "oss_crc_sample": (
        "append_object_from_buffer_with_crc append_object_from_file_with_crc disable_crc crc_sample",
        [
            "crc: append object from buffer succeeded",
            "crc: append object from file succeeded",
            "crc: put object from buffer without crc succeeded",
            "crc: get object to buffer without crc succeeded",
        ],
    ),
    "oss_delete_object_sample": (
        "delete_object delete_objects delete_object_sample",
        ["delete object succeeded", "delete objects succeeded"],
    ),
    "oss_get_object_acl_sample": (
        "get_object_acl get_object_acl_sample",
        ["get object acl succeeded", "object acl:default"],
    ),
    "oss_get_object_meta_sample": (
        "get_object_meta get_object_meta_sample",
        ["get object meta succeeded", 'content length:370, etag:"[0-9A-F]{32}", last modified:.* GMT'],
    ),
    "oss_get_object_sample": (
        "get_object_to_buffer get_object_to_local_file get_object_to_buffer_with_range "
        "get_object_to_local_file_with_range get_object_by_signed_url get_oss_dir_to_local_dir get_object_sample",
        [
            "get object to buffer succeeded",
            "370 bytes in memory",
            "get object to local file succeeded",
            "370 bytes in get_object_to_local_file.txt",
            "get object to buffer with range succeeded",
            "81 bytes in memory",
            "get object to local file with range succeeded",
            "81 bytes in get_object_to_local_file.txt",
            "signed get url : http://127.0.0.1:.*",
            "get object by signed url succeeded",
            r"get object\[dir/below/third.txt\] succeeded",
            "get dir succeeded",
        ],
    ),
    "oss_head_object_sample": (
        "head_object get_object_meta head_object_sample",
        ["head object succeeded", "object type:Normal, content length:370", "get object meta succeeded"],
    ),
    "oss_image_sample": (
        "image_resize image_crop image_rotate image_sharpen image_watermark image_format image_info image_tones "
        "put_example_image put_sample_image image_sample",
        [
            "put object from file succeeded",
            r"get object to file \(image/resize,.*\) failed, code:400, error_code:InvalidArgument, .*",
            r"get object to buffer \(image/average-hue\) failed, code:400, error_code:InvalidArgument, .*",
        ],
    ),
    "oss_list_object_sample": (
        "list_object list_all_objects list_objects_by_delimiter list_object_sample",
        [
            "list object succeeded",
            "Total 8",
            "list all objects succeeded",
            "Total 4",
            "common_prefix:dir/",
            "list objects by delimiter succeeded",
        ],
    ),
    "oss_multipart_upload_sample": (
        "multipart_upload_file_from_buffer multipart_upload_file_from_file abort_multipart_upload "
        "multipart_object_sample",
        [
            "complete multipart upload succeeded",
            "complete multipart upload from file succeeded",
            "abort multipart upload succeeded",
        ],
    ),
    "oss_progress_sample": (
        "put_and_get_from_buffer_with_progress put_and_get_from_file_with_progress append_object_with_progress "
        "multipart_upload_from_buffer_with_progress multipart_upload_from_file_with_progress progress_sample",
        [
            "put object from file succeeded",
            "get object to file succeeded",
            "progress: append object from file succeeded",
            "100%",
            "complete multipart upload succeeded",
        ],
    ),
    "oss_put_object_acl_sample": ("put_object_acl put_object_acl_sample", ["put object acl succeeded"]),
    "oss_put_object_sample": (
        "put_object_from_buffer put_object_from_buffer_with_md5 put_object_from_file put_object_by_signed_url "
        "create_dir put_object_to_dir put_object_sample",
        [
            "put object from buffer succeeded",
            "put object from buffer with md5 succeeded",
            "put object from file succeeded",
            "put object by signed url succeeded",
            "create dir succeeded",
            "put object to dir succeeded",
        ],
    ),
    "oss_resumable_sample": (
        "resumable_upload_with_multi_threads resumable_upload_with_resumable resumable_upload_sample "
        "resumable_download_with_multi_threads resumable_download_with_resumable resumable_download_sample",
        [
            "resumable upload with multi threads succeeded",
            "resumable upload with resumable succeeded",
            "resumable download with multi threads succeeded",
            "resumable download with resumable succeeded",
            "storing an object of 268435456 bytes",
            "first download  10%  .*",
            "the first download ended with -992, HttpIoError: .*",
            r"the checkpoint big_file_downloaded.bin.dcp holds [1-9]\d* of 256 parts",
            r"[1-9]\d* parts were missing, [1-9]\d* bytes",
            r"[1-9]\d* bytes, of the parts under way at the cut, were fetched again",
            "second download 100%  256.0 MiB of 256.0 MiB",
            r"as promised: CRC64 of the file (\d+), of the object \1",
            "as promised: big_file_downloaded.bin.tmp was renamed to big_file_downloaded.bin",
            "as promised: the checkpoint big_file_downloaded.bin.dcp was removed",
        ],
    ),
    "oss_select_object_sample": (
        "select_object_to_buffer select_object_to_file create_select_object_meta select_object_sample",
        [
            "select object to buffer succeeded",
            "1,city 1,1000",
            "select object to file succeeded",
            "create select object meta succeeded",
            "splits:1, rows:21, columns:3",
        ],
    ),
}
IN_MAIN = set(SAMPLES) - {"oss_get_object_acl_sample", "oss_get_object_meta_sample", "oss_put_object_acl_sample"}


def stands_in(line: str, out: str) -> bool:
    return re.search(f"^{line}$", out, re.MULTILINE) is not None


def test_every_sample_is_tested() -> None:
    there = {path.stem for path in (ROOT / "oss" / "samples").glob("oss_*_sample.py")}
    assert there == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_the_functions_of_the_c_sample(name: str) -> None:
    module = importlib.import_module(f"oss.samples.{name}")
    assert [function for function in SAMPLES[name][0].split() if not callable(getattr(module, function, None))] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_runs_with_nothing_configured(name: str) -> None:
    status, out, err = run_sample(name)
    assert (status, err) == (0, ""), out
    assert [line for line in SAMPLES[name][1] if not stands_in(line, out)] == []
    assert "NOT AS PROMISED" not in out


def test_main_runs_them_all_in_the_order_of_the_c_program() -> None:
    status, out, err = run_sample("main")
    assert (status, err) == (0, ""), out
    last = [SAMPLES[name][1][-1] for name in IN_MAIN if name != "oss_resumable_sample"]
    assert [line for line in last if not stands_in(line, out)] == []
    order = ["put object to dir", "append object from file", "get dir", "head object", "delete objects", "crc: put"]
    order += ["resumable upload with resumable", "resumable download with resumable", "create select object meta"]
    places = [out.index(text) for text in order]
    assert places == sorted(places)


def test_a_temporary_folder_is_left_to_nobody(tmp_path: Path) -> None:
    assert run_sample("oss_get_object_sample", TMPDIR=str(tmp_path)).status == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["oss_put_object_sample", "oss_multipart_upload_sample", "oss_image_sample"])
def test_a_sample_works_with_the_service_of_the_environment(name: str) -> None:
    with LocalServer(buckets=[BUCKET]) as server:
        result = run_sample(name, OSS_BUCKET=BUCKET, OSS_REGION=server.region, **configuration(server))
        assert server.requests
    assert "no OSS_ENDPOINT" not in result.out
    # what processes no pictures, and is not the samples' own server, is at fault
    assert result.status == (1 if name == "oss_image_sample" else 0)


def test_a_failure_is_told_and_gives_exit_status_1() -> None:
    with LocalServer(buckets=[BUCKET]) as server:
        configured = configuration(server, OSS_BUCKET=BUCKET, OSS_ACCESS_KEY_SECRET="another")
        status, out, _ = run_sample("oss_put_object_acl_sample", **configured)
    assert status == 1
    assert stands_in(
        r"put object acl failed, code:403, error_code:SignatureDoesNotMatch, error_msg:.+, request_id:[0-9A-F]{24}", out
    )


def test_a_name_is_printed_in_one_line() -> None:
    with LocalServer(buckets=[BUCKET]) as server:
        server.put(BUCKET, "a\nb\x9b31mc", b"data")
        result = run_sample("oss_list_object_sample", OSS_BUCKET=BUCKET, **configuration(server))
    assert stands_in(r"a\\nb\\x9b31mc\t4\t.+", result.out)
    assert "\x9b" not in result.out


def test_what_is_missing_in_the_environment_is_named() -> None:
    status, _, err = run_sample("oss_put_object_sample", OSS_ENDPOINT="http://127.0.0.1:1", OSS_ACCESS_KEY_ID="id")
    assert (status, err) == (2, "OSS_ENDPOINT is set, but not OSS_ACCESS_KEY_SECRET, OSS_BUCKET\n")
