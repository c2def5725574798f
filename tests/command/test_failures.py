"""What is said when something fails, and the exit status."""

from __future__ import annotations

import importlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aos._http.wrong_port import SPEAKS_HTTP
from oss._command.failures import describe, hint_of
from oss.local_server import Fault, LocalServer
from oss.oss_api import aos_status_t
from tests.command.conftest import BUCKET, ROOT, Command
from tests.samples.running import ended

KEY = f"oss://{BUCKET}/key"


def status(code: int, error_code: str, message: str) -> aos_status_t:
    made = aos_status_t()
    made.code, made.error_code, made.error_msg, made.req_id = code, error_code, message, "5C3D9175B6FC201293AD"
    return made


@pytest.mark.parametrize(
    ("environment", "code", "hint"),
    [
        ({"OSS_ACCESS_KEY_ID": "nobody"}, "403 InvalidAccessKeyId", "this access key id is not known to the service"),
        ({"OSS_ACCESS_KEY_SECRET": "wrong"}, "403 SignatureDoesNotMatch", "the access key secret is not that of"),
        ({"OSS_REGION": "cn-beijing"}, "400 InvalidArgument", "the region is not the bucket's"),
    ],
)
def test_a_refusal(command: Command, environment: dict[str, str], code: str, hint: str) -> None:
    done = command.run("ls", f"oss://{BUCKET}/", **environment)
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    ids = r"\(request id [0-9A-F]{24}, EC [0-9]{4}-[0-9]{8}\)"
    assert re.match(rf"oss-c-sdk: listing oss://{BUCKET}/: {code}: .* {ids}; {hint}", done.err)


@pytest.mark.parametrize(
    ("address", "code", "ec", "hint"),
    [
        (f"oss://{BUCKET}/none", "NoSuchKey", "0026-00000001", "there is no such object"),
        ("oss://nobucket/none", "NoSuchBucket", "0015-00000101", "there is no such bucket in this region"),
    ],
)
@pytest.mark.parametrize("name", ["download", "head"])
def test_what_is_not_there(command: Command, name: str, address: str, code: str, ec: str, hint: str) -> None:
    done = command.run(name, address)
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert re.match(
        rf"oss-c-sdk: {address}.*: 404 {code}: .* does not exist \(request id [0-9A-F]{{24}}, EC {ec}\); {hint}",
        done.err,
    )
    assert os.listdir(command.folder) == []


def test_a_bucket_that_is_not_there(command: Command) -> None:
    done = command.run("ls", "oss://nobucket/")
    assert done.status == 1
    assert "404 NoSuchBucket: " in done.err and "there is no such bucket in this region" in done.err


def test_the_clock(tmp_path: Path) -> None:
    with LocalServer(buckets=[BUCKET], now=lambda: time.time() + 7200) as server:
        done = Command(server, tmp_path).run("ls", f"oss://{BUCKET}/")
    assert done.status == 1
    assert "403 RequestTimeTooSkewed" in done.err and "the clock of this machine is wrong" in done.err


def test_an_archived_object(command: Command, server: LocalServer) -> None:
    server.put(BUCKET, "key", b"cold", storage_class="Archive")
    done = command.run("download", KEY)
    assert done.status == 1
    assert "403 InvalidObjectState" in done.err
    assert done.err.endswith("must be restored before it can be read\n")  # and nothing of 0 parts that are kept


@pytest.mark.parametrize(
    ("code", "error_code", "message", "hint"),
    [
        (403, "SecondLevelDomainForbidden", "Please use the third level domain.", "must not have the bucket in it"),
        (403, "AccessDenied", "The bucket must be addressed using the specified endpoint.", "in another region"),
        (403, "AccessDenied", "You have no right to access this object.", "the key may not do this"),
        (404, "NoSuchKey", "The specified key does not exist.", "there is no such object"),
        (-981, "WriteFileFail", "x.tmp: No space left on device", "the disk is full"),
        (36, "OpenFileFail", "checkpoint x.ucp: File name too long", "see --checkpoint"),
        (-981, "WriteFileFail", "checkpoint x.dcp: U+001B cannot stand in an XML document", "see --no-checkpoint"),
        (-996, "HttpIoError", f"GET https://h/: {SPEAKS_HTTP}", "an endpoint without http:// is an https one"),
        (-996, "HttpIoError", "GET http://h/: Connection reset by peer", "does this port speak https?"),
        (-998, "HttpIoError", "GET http://h/: cannot connect: Connection refused", "is the endpoint right?"),
        (-990, "HttpIoError", "GET http://h/: the proxy: the host name was not found", "is the proxy right?"),
        (-989, "HttpIoError", "GET https://h/: the server's certificate is not accepted: x", "see --ca-file"),
        (
            -996,
            "HttpIoError",
            "GET https://h/: ca_file 'x': no certificate or crl found",
            "of --ca-file cannot be read",
        ),
        (400, "AuthorizationHeaderMalformed", "The authorization header is malformed.", "the region is not"),
    ],
)
def test_a_hint(code: int, error_code: str, message: str, hint: str) -> None:
    assert hint in (hint_of(status(code, error_code, message)) or "")


def test_no_hint_is_better_than_a_wrong_one() -> None:
    assert hint_of(status(500, "InternalError", "We encountered an internal error.")) is None


def test_the_ec_of_the_service_is_told(command: Command, server: LocalServer) -> None:
    server.add_fault(Fault(times=None, action="status", status=403, code="AccessDenied"))
    done = command.run("ls", f"oss://{BUCKET}/")
    assert re.search(r"\(request id [0-9A-F]{24}, EC 0003-00000001\)", done.err)


def test_https_where_http_is_spoken(command: Command, server: LocalServer) -> None:
    done = command.run("ls", f"oss://{BUCKET}/", "--endpoint", f"https://127.0.0.1:{server.port}")
    assert done.status == 1
    assert done.err.endswith("is it an http endpoint? an endpoint without http:// is an https one\n")


def test_control_characters_do_not_reach_the_terminal(command: Command, server: LocalServer) -> None:
    evil = "x\x1b]0;title\x07\x9b31m\u202e\n"
    done = command.run("download", f"oss://{BUCKET}/{evil}", "file")
    assert done.status == 1
    assert r"x\x1b]0;title\x07\x9b31m\u202e\n -> file" in done.err
    server.add_fault(Fault(times=None, action="status", status=400, code="Odd", message="\u202ewords\u2028"))
    done = command.run("ls", f"oss://{BUCKET}/")
    assert r"400 Odd: \u202ewords\u2028" in done.err
    assert r"unrecognized arguments: \x1b[2J" in command.run("ls", f"oss://{BUCKET}/", "\x1b[2J").err
    assert describe("\x1b", status(400, "\x1b", "\x1b[2J")).count("\x1b") == 0


@pytest.mark.parametrize(
    "line",
    [
        ["ls", "--access-key-secret", "S3CR3T"],
        ["ls", "--access_key_secret=S3CR3T"],
        ["download", KEY, "-kS3CR3T"],
        ["download", KEY, "-i", "S3CR3T"],
        ["upload", "file", KEY, "--sts-token", "S3CR3T"],
        ["head", KEY, "--header", "Authorization: OSS id:S3CR3T"],
        ["head", KEY, "--header", "x-oss-security-token: S3CR3T"],
        ["config", "--proxy", "http://user:S3CR3T@proxy:3128"],
    ],
)
def test_secrets_are_not_taken_from_the_command_line(command: Command, line: list[str]) -> None:
    done = command.run(*line)
    assert (done.status, done.out) == (2, "")
    assert "not taken from the command line" in done.err and "set OSS_" in done.err
    assert "S3CR3T" not in done.err
    assert not command.server.requests


@pytest.mark.parametrize(
    "line",
    [
        ["nothing"],
        ["download"],
        ["download", "bucket/key"],
        ["download", f"oss://{BUCKET}/folder/"],
        ["download", f"oss://{BUCKET}/", "--recursive"],
        ["download", KEY, "--part-size", "1KiB"],
        ["download", KEY, "--part-size", "much"],
        ["download", KEY, "--threads", "0"],
        ["download", KEY, "--limit-rate", "1"],
        ["download", KEY, "--shard", "1/2"],
        ["download", f"oss://{BUCKET}/", "folder", "-r", "--shard", "0/2"],
        ["download", f"oss://{BUCKET}/", "folder", "-r", "--shard", "3/2"],
        ["download", f"oss://{BUCKET}/", "folder", "-r", "--checkpoint", "record"],
        ["download", KEY, "--checkpoint", "record", "--no-checkpoint"],
        ["download", KEY, "--signature", "v5"],
        ["download", KEY, "--header", "no-colon"],
        ["download", KEY, "--header", "@none"],
        ["download", KEY, "--config", "none"],
        ["download", KEY, "--profile", "none"],
        ["upload", ".", f"oss://{BUCKET}/"],
        ["rm", f"oss://{BUCKET}/"],
        ["download", ""],
        ["download", KEY, ""],
        ["upload", "", KEY],
        ["config", ""],
        ["ls", "--durable"],
    ],
    ids=" ".join,
)
def test_a_command_line_that_is_not_usable(command: Command, line: list[str]) -> None:
    done = command.run(*line)
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1), done
    assert done.err.startswith("oss-c-sdk: ")
    assert not command.server.requests


def test_nothing_is_configured(command: Command) -> None:
    assert "no endpoint is known" in command.run("ls", OSS_ENDPOINT="", OSS_REGION="").err
    assert "no keys are known" in command.run("ls", OSS_ACCESS_KEY_ID="", OSS_ACCESS_KEY_SECRET="").err


@pytest.mark.parametrize("line", [[], ["--help"], ["help"]])
def test_help(command: Command, line: list[str]) -> None:
    done = command.run(*line)
    assert (done.status, done.err) == (0, "")
    assert all(name in done.out for name in ("download", "upload", "serve", "exit status", "130"))
    assert "--part-size" in command.run("download", "--help").out


def test_the_tools_have_their_own_command_lines(command: Command) -> None:
    assert "aos_string.h" in command.run("explain", "aos_str_set").out
    assert command.run("explain", "no_such_name").status == 1
    assert "--tls-cert" in command.run("serve", "--help").out
    (command.folder / "x.c").write_text('#include "oss_api.h"\nint main(void) { return 0; }\n')
    assert "def main() -> int:" in command.run("migrate", "x.c").out
    assert "--golden" in command.run("crosscheck", "--help").out


def test_a_reader_that_has_had_enough(command: Command, server: LocalServer) -> None:
    for number in range(2000):
        server.put(BUCKET, f"{number:04}{'x' * 100}", b"")
    line = " ".join(command.line("ls", "-r", f"oss://{BUCKET}/")) + " | head -1; echo ${PIPESTATUS[0]}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=ROOT, env=command.environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == ("141", "")


@pytest.mark.parametrize(
    ("redirection", "status", "err"),
    [
        (">&-", 0, "key 100%  2 B of 2 B\n"),
        ("<&- >&- 2>&-", 0, ""),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        (">/dev/full", 1, "key 100%  2 B of 2 B\nstandard output: No space left on device\n"),
    ],
)
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_words_that_have_nowhere_to_go(
    command: Command, server: LocalServer, redirection: str, status: int, err: str
) -> None:
    """A transfer does not end for them."""
    server.put(BUCKET, "key", b"ok")
    line = f"{' '.join(command.line('download', KEY))} {redirection}"
    done = ended(command.start_line(["bash", "-c", line]))
    assert (done.status, done.err) == (status, err)
    assert (command.folder / "key").read_bytes() == b"ok"


@pytest.mark.parametrize("line", [[], ["download", "--help"], ["config"]])
def test_little_is_loaded(command: Command, line: list[str]) -> None:
    """Neither the API nor an HTTP client, where no request is made."""
    program = (
        "import sys\nfrom oss._command.main import main\n"
        f"try: main({line!r})\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=command.environment, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not {"oss.oss_api", "requests", "aos._http.client", "email", "tqdm", "oss.local_server"} & loaded


def test_serve_is_a_service_to_try(command: Command) -> None:
    process = command.start("serve", "--port", "0", "--bucket", "tried")
    assert process.stdout is not None
    told = dict(re.split(r" {2,}", process.stdout.readline().strip()) for _ in range(4))
    keys = {"OSS_ACCESS_KEY_ID": told["access key id"], "OSS_ACCESS_KEY_SECRET": told["access key secret"]}
    done = command.run("ls", "--endpoint", told["endpoint"], "--region", told["region"], **keys)
    process.send_signal(signal.SIGINT)
    assert ended(process).status == 0
    assert done.out.split()[-1] == "oss://tried"


def test_the_console_script_is_there() -> None:
    (target,) = re.findall(r'^oss-c-sdk = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    module, _, function = target.partition(":")
    assert callable(getattr(importlib.import_module(module), function))
