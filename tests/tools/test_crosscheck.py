"""The cross-check through its command line: with a small library made for it, and with a recorded corpus."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from oss.tools.crosscheck.clib.worker import Worker
from tests.recordings import DEFAULT_FOLDER

ASPECTS = ("requests", "status", "out", "headers", "files")
needs_a_compiler = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler to make the library with")


def crosscheck(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "oss.tools.crosscheck", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


def calls(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {call["id"]: call for call in json.loads(done.stdout)["calls"]}


@needs_a_compiler
def test_equal_calls(stub: str) -> None:
    done = crosscheck("--lib", stub, "--only", "bucket/delete_bucket.short_name.*")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "bucket/delete_bucket.short_name.v4.vhost" in done.stdout
    assert "4 calls of 1 functions: 4 equal, 0 differ as documented, 0 differ otherwise" in done.stdout


@needs_a_compiler
def test_a_difference_is_told_and_fails(stub: str) -> None:
    done = crosscheck("--lib", stub, "--only", "bucket/create_bucket.bad_name.v1.path")
    assert done.returncode == 1
    assert "≠" in done.stdout
    assert "not documented: status.error_msg: expected 'no such name', got" in done.stdout


@needs_a_compiler
def test_what_a_library_sends_is_seen(stub: str) -> None:
    done = crosscheck("--lib", stub, "--only", "bucket/head_bucket.ok.v1.path", "--json")
    assert done.returncode == 1
    (call,) = calls(done).values()
    assert call["aspects"] == dict.fromkeys(ASPECTS, "equal") | dict.fromkeys(
        ("requests", "status", "headers"), "differs"
    )
    lines = call["problems"]["requests"]
    assert "request 0 line: expected 'HEAD /crosscheck-bucket/', got 'HEAD /crosscheck-bucket'" in lines
    assert "request 0: lacks header X-Stub: 'here'" in lines
    assert any(line.startswith("request 0: extra header Authorization: 'OSS local-ak:") for line in lines)


@needs_a_compiler
def test_a_crash_and_a_hang_cost_one_call(stub: str) -> None:
    done = crosscheck("--lib", stub, "--timeout", 5, "--only", "bucket/*.[os][kh]*.v1.path", "--json")
    found = calls(done)
    assert found["bucket/get_bucket_location.ok.v1.path"]["death"] == "signal:SIGSEGV"
    assert found["bucket/get_bucket_info.ok.v1.path"]["death"] == "timeout"
    after = found["bucket/delete_bucket.short_name.v1.path"]
    assert after["death"] is None and set(after["aspects"].values()) == {"equal"}
    assert json.loads(done.stdout)["totals"]["deaths"] == 2


@needs_a_compiler
def test_what_the_library_lacks_is_told(stub: str) -> None:
    done = crosscheck("--lib", stub, "--only", "object/*put_object_from_file.ok.v1.path")
    assert done.returncode == 2
    assert "the library has no oss_put_object_from_file" in done.stdout
    assert "no call was compared" in done.stderr


def called(stub: str, folder: Path, function: str, args: dict[str, Any]) -> Any:
    with Worker(stub) as through:
        case = {"id": "one", "function": function, "config": {"endpoint": "http://127.0.0.1:1"}, "args": args}
        return through.perform(folder, case)["result"]


@needs_a_compiler
def test_lists_of_structs_reach_the_library(stub: str, tmp_path: Path) -> None:
    rules = [{"allowed_origin_list": ["http://a", "http://ü"], "max_age_seconds": 60}, {"allowed_origin_list": []}]
    result = called(stub, tmp_path, "oss_put_bucket_cors", {"bucket": "bucket", "rule_list": rules})
    assert result["status"]["code"] == 200
    assert result["resp_headers"] == [
        ["origin", "http://a"],
        ["origin", "http://ü"],
        ["age", "60"],
        ["age", "2147483647"],
    ]
    assert result["out"]["rule_list"][0]["allowed_origin_list"] == [{"rule": text} for text in ("http://a", "http://ü")]


@needs_a_compiler
def test_what_a_library_fills_is_read_with_care(stub: str, tmp_path: Path) -> None:
    params = called(stub, tmp_path, "oss_list_bucket", {"params": {}})["out"]["params"]
    (bucket,) = params["bucket_list"]
    assert bucket["name"] == "first"
    assert bucket["location"] is None, "its pointer leads nowhere"
    assert bucket["storage_class"] is None, "it was never set"
    assert params["truncated"] == 1 and params["next_marker"] == "für"


@needs_a_compiler
def test_callbacks_bodies_and_tables(stub: str, tmp_path: Path) -> None:
    args = {"bucket": "b", "object": "o", "buffer": ["one ", "two"], "headers": [["a", "1"]], "progress_callback": True}
    out = called(stub, tmp_path, "oss_do_put_object_from_buffer", args)["out"]
    assert out["progress"] == [[7, 7]]
    assert out["resp_body"] == "one two"
    assert out["headers_after"] == [["a", "1"], ["added", "by the call"]]


@pytest.mark.parametrize(
    "arguments",
    [(), ("--lib", "x.so", "--golden", "."), ("--golden", "no such folder"), ("--golden", ".", "--record", "x")],
    ids=["nothing", "both", "no folder", "record without a library"],
)
def test_what_cannot_be_asked(arguments: tuple[str, ...]) -> None:
    done = crosscheck(*arguments)
    assert done.returncode == 2 and "usage:" in done.stderr


def test_no_library(tmp_path: Path) -> None:
    (tmp_path / "lib.so").write_text("no library")
    done = crosscheck("--lib", tmp_path / "lib.so")
    assert done.returncode == 2 and "cannot be loaded" in done.stderr
    assert done.stdout == ""


@needs_a_compiler
def test_a_library_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "other.c").write_text("int other(void) { return 1; }\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "other.so", "other.c"], cwd=tmp_path, check=True, timeout=60)
    done = crosscheck("--lib", tmp_path / "other.so")
    assert done.returncode == 2 and "is no C SDK" in done.stderr


@needs_a_compiler
def test_a_recording_is_replayed(stub: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    done = crosscheck("--lib", stub, "--record", corpus, "--only", "bucket/[dg]e*_bucket*.v1.path", "--timeout", 3)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "left out: bucket/get_bucket_acl.ok.v1.path: the library has no oss_get_bucket_acl" in done.stdout
    recorded = [json.loads(line) for line in (corpus / "bucket.jsonl").read_text().splitlines()]
    assert {case["result"].get("outcome") for case in recorded} == {None, "signal:SIGSEGV", "timeout"}
    again = crosscheck("--golden", corpus, "--only", "*short_name*")
    assert again.returncode == 0 and "1 cases: 1 as expected, 0 not" in again.stdout
    assert crosscheck("--lib", stub, "--record", corpus).returncode == 2, "a folder that holds something"


def test_a_golden_corpus() -> None:
    done = crosscheck("--golden", DEFAULT_FOLDER, "--only", "service/*", "--json")
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert found["totals"]["calls"] == len(found["calls"]) > 40 and found["totals"]["different"] == 0
    assert crosscheck("--golden", DEFAULT_FOLDER, "--only", "nothing").returncode == 2


def test_a_golden_corpus_that_tells_something_else(tmp_path: Path) -> None:
    case = {
        "id": "bucket/other",
        "function": "oss_head_bucket",
        "config": {"endpoint": "http://127.0.0.1:1", "access_key_id": "id", "access_key_secret": "secret"},
        "args": {"bucket": "bucket"},
        "now": 1767323045,
        "exchanges": [
            {
                "request": {"method": "HEAD", "target": "/other", "headers": [], "body": ""},
                "response": {"status": 200, "reason": "OK", "headers": [["Content-Length", "0"]], "body": ""},
            }
        ],
        "result": {"status": {"code": 200, "error_code": None, "error_msg": None, "req_id": None}, "resp_headers": []},
    }
    (tmp_path / "bucket.jsonl").write_text(json.dumps(case))
    done = crosscheck("--golden", tmp_path, "-v")
    assert done.returncode == 1
    assert "request 0 line: expected 'HEAD /other', got 'HEAD /bucket'" in done.stdout
