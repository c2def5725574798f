"""The cross-check against a service of the user's, for which the local server stands."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from oss.local_server import LocalServer
from oss.tools.crosscheck.service.account import Account
from oss.tools.crosscheck.service.alike import alike
from oss.tools.crosscheck.service.rows import fitting
from tests.tools.test_crosscheck import calls, needs_a_compiler

LIBRARY = os.environ.get("OSS_C_SDK_LIB", "")
KEY = "some/key.csv"
MINE = ("--bucket", "mine", "--key", KEY)
SECRETS = ("the-secret-of-the-user", "the token of the user")
READS = ("GET", "HEAD", "POST")
"""Methods of calls that read: a selection is a POST."""
needs_the_c_sdk = pytest.mark.skipif(not LIBRARY, reason="OSS_C_SDK_LIB does not name a built liboss_c_sdk.so")


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalServer(buckets=("mine",)) as server:
        server.add_user("ak", SECRETS[0])
        server.put("mine", KEY, b"name,age\nalice,41\nbob,39\n")
        server.requests.clear()
        yield server


def against(server: LocalServer, library: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    keys = {"OSS_ACCESS_KEY_ID": server.access_key_id, "OSS_ACCESS_KEY_SECRET": server.access_key_secret}
    command = [sys.executable, "-m", "oss.tools.crosscheck", "--lib", library, "--endpoint", server.endpoint]
    return subprocess.run(
        [*command, *arguments],
        env=os.environ | keys | {"OSS_REGION": server.region, "http_proxy": "http://127.0.0.1:1"} | variables,
        capture_output=True,
        text=True,
        timeout=560,
        check=False,
    )


def buckets(server: LocalServer) -> set[str]:
    """Those of these buckets that are there."""
    return {name for name in ("mine", "empty", "scratch", "scratch-other") if server.store.bucket(name)}


def account(**fields: Any) -> Account:
    config = {"endpoint": "http://127.0.0.1:1", "access_key_id": "a", "access_key_secret": "b", "region": "r"}
    made: dict[str, Any] = {"config": config, "has_tls": False, "bucket": "b", "key": "k", "writing": False}
    return Account(**made | fields)


@needs_a_compiler
def test_what_both_sides_send_is_seen(stub: str, server: LocalServer) -> None:
    done = against(server, stub, *MINE, "--only", "service/list_bucket.none.*", "--json")
    assert done.returncode in (1, 2), done.stderr
    done = against(server, stub, *MINE, "--only", "bucket/head_bucket.ok.v4.*", "--json")
    (call,) = calls(done).values()
    assert call["id"] == "bucket/head_bucket.ok.v4.service"
    assert call["problems"]["requests"][0].startswith("expected 0 requests, 1 sent: 'HEAD /mine")
    assert {request.target.partition("?")[0] for request in server.requests} == {"/mine", "/mine/"}


@needs_a_compiler
def test_only_what_reads_is_done(stub: str, server: LocalServer) -> None:
    done = against(server, stub, *MINE, "--only", "bucket/[!g]*")
    assert "bucket/head_bucket.ok.v1.service" in done.stdout and "delete" not in done.stdout
    assert {request.method for request in server.requests} <= {*READS}


@needs_a_compiler
def test_a_bucket_for_writing_is_gone_afterwards(stub: str, server: LocalServer) -> None:
    done = against(server, stub, "--write", "scratch", "--only", "bucket/*_bucket.[mo][ik]*.v1.*", "--timeout", "3")
    assert "bucket/delete_bucket.missing.v1.service" in done.stdout
    assert any(request.method == "PUT" and "scratch" in request.target for request in server.requests)
    assert buckets(server) == {"mine"}


@needs_a_compiler
def test_a_bucket_with_something_in_it_is_left_alone(stub: str, server: LocalServer) -> None:
    done = against(server, stub, "--write", "mine")
    assert done.returncode == 2 and "the bucket mine is not empty" in done.stderr
    assert {request.method for request in server.requests} == {"GET"}


@needs_a_compiler
def test_a_second_bucket_of_the_user_s_is_left_alone(stub: str, server: LocalServer) -> None:
    server.create_bucket("scratch-other")
    done = against(server, stub, "--write", "scratch")
    assert done.returncode == 2 and "there is a bucket scratch-other" in done.stderr
    assert buckets(server) == {"mine", "scratch-other"}


@needs_a_compiler
def test_an_empty_bucket_keeps_its_settings_and_stays(stub: str, server: LocalServer) -> None:
    server.create_bucket("empty")
    done = against(server, stub, "--write", "empty", "--only", "bucket/*.ok.v1.*", "--timeout", "3")
    assert "put_bucket" not in done.stdout and "bucket/head_bucket.ok.v1.service" in done.stdout
    assert buckets(server) == {"mine", "empty"}
    settings = [request.target for request in server.requests if request.method == "DELETE"]
    assert not {target.partition("?")[0] for target in settings} & {"/empty", "/empty/"}


@needs_a_compiler
def test_without_keys_nothing_is_asked(stub: str, server: LocalServer) -> None:
    done = against(server, stub, *MINE, OSS_ACCESS_KEY_ID="", OSS_ACCESS_KEY_SECRET="", HOME="/nowhere")
    assert done.returncode == 2 and "no keys are known" in done.stderr and not server.requests


@pytest.mark.parametrize(
    "arguments",
    [("--endpoint", "http://a"), ("--endpoint", "http://a", "--bucket", "b"), ("--write", "b"), ("--bucket", "b"),
     ("--endpoint", "http://a", "--write", "b", "--bucket", "b", "--key", "k")],
    ids=["no bucket", "no key", "write without endpoint", "bucket without endpoint", "both"],
)  # fmt: skip
def test_what_cannot_be_asked_of_a_service(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "oss.tools.crosscheck", "--lib", "x.so", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "usage:" in done.stderr


def test_which_calls_fit() -> None:
    reading, kept, owned = (
        {what.id for what in fitting(account(**fields), "*")}
        for fields in ({}, {"writing": True}, {"writing": True, "owned": True})
    )
    storing, changing = "object/put_object_from_buffer.ok.v4.service", "bucket/put_bucket_acl.acl0.v4.service"
    assert "object/head_object.ok.v4.service" in reading and storing not in reading
    assert storing in kept and changing not in kept
    assert changing in owned and reading | kept < owned


def test_without_a_region_there_is_no_fourth_version() -> None:
    found = [what.id for what in fitting(account(config={"access_key_secret": "b"}), "object/head_object.ok.*")]
    assert found == ["object/head_object.ok.v1.service"]


def test_what_varies_and_what_is_secret_is_hidden() -> None:
    document = "<Error><Code>NoSuchKey</Code><RequestId>0123456789AB</RequestId></Error>"
    made = base64.b64encode(document.encode()).decode()
    exchange = {
        "request": {"target": f"/k?security-token={SECRETS[1]}&Signature=abc", "headers": [["Authorization", "OSS x"]]},
        "response": {"headers": [["x-oss-request-id", "0123456789AB"], ["x-oss-err", made]], "body": document},
    }
    hidden = alike({"exchanges": [exchange], "req_id": "0123456789AB", "code": 404}, [exchange], [*SECRETS])
    text = str(hidden) + base64.b64decode(hidden["exchanges"][0]["response"]["headers"][1][1]).decode()
    assert hidden["code"] == 404 and "NoSuchKey" in text and hidden["req_id"] == "***"
    assert not any(secret in text for secret in (*SECRETS, "0123456789AB", "abc", "OSS x"))


@needs_the_c_sdk
@pytest.mark.parametrize("place", [MINE, ("--write", "scratch")], ids=["reading", "writing"])
def test_the_c_sdk_against_a_service(server: LocalServer, place: tuple[str, ...]) -> None:
    done = against(server, LIBRARY, *place, "--json", "--only", "[!d]*")
    problems = {name: call["problems"] for name, call in calls(done).items() if call["problems"]}
    assert done.returncode == 0, problems or done.stderr
    assert buckets(server) == {"mine"}
    assert server.access_key_secret not in done.stdout + done.stderr
