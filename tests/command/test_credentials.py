"""Keys that change while the command runs: a program prints them, or they stand in a file that is replaced."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aos import aos_log, apr_time
from oss._command.address import Address
from oss._command.client import Client, Transfer
from oss._command.credentials import CommandError, CredentialsCommand
from oss._command.options import parse
from oss._command.settings import resolve
from oss._command.text import UsageError
from oss.local_server import Fault, LocalServer
from oss.oss_api import aos_http_io_initialize, aos_log_format_default, aos_log_set_format, aos_log_set_level
from tests.command.conftest import BUCKET, Command

ADDRESS = f"oss://{BUCKET}/key"
DATA = b"0123456789" * 100_000
KEYS = {"AccessKeyId": "sts-ak", "AccessKeySecret": "sts-sk", "SecurityToken": "sts-token"}
NO_KEYS = {"OSS_ACCESS_KEY_ID": "", "OSS_ACCESS_KEY_SECRET": ""}
Script = Callable[[str], str]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Makes a program of Python statements; returns the command that runs it."""

    def made(text: str) -> str:
        path = tmp_path / "keys.py"
        path.write_text(text)
        return f"{sys.executable} {path}"

    return made


def printing(answer: object) -> str:
    return f"print({json.dumps(answer)!r})"


@pytest.mark.parametrize(
    ("more", "expiry"),
    [
        ({}, None),
        ({"Expiration": None}, None),
        ({"Expiration": "2026-11-21T01:39:04Z"}, 1_795_225_144),
        ({"Expiration": "2026-11-21T01:39:04"}, 1_795_225_144),
        ({"Expiration": "2026-11-21T09:39:04+08:00"}, 1_795_225_144),
    ],
)
@pytest.mark.parametrize("within", [False, True])
def test_what_a_program_prints(script: Script, more: dict[str, Any], expiry: int | None, within: bool) -> None:
    answer = {**KEYS, **more}
    command = CredentialsCommand(script(printing({"RequestId": "x", "Credentials": answer} if within else answer)))
    assert command() == ("sts-ak", "sts-sk", "sts-token", expiry)


def test_a_permanent_key(script: Script) -> None:
    assert CredentialsCommand(script(printing({"AccessKeyId": "i", "AccessKeySecret": "s"})))() == (
        "i",
        "s",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("raise SystemExit(3)", "ended with status 3"),
        ("print('a-secret')", "is no JSON object with AccessKeyId"),
        ("print('[\"a-secret\"]')", "is no JSON object with AccessKeyId"),
        (printing({"AccessKeyId": "a-secret"}), "is no JSON object with AccessKeyId"),
        (printing({**KEYS, "Expiration": "a-secret"}), "is no JSON object with AccessKeyId"),
        (printing({**KEYS, "Expiration": 5}), "is no JSON object with AccessKeyId"),
    ],
)
def test_a_program_that_gives_no_keys(script: Script, text: str, why: str) -> None:
    with pytest.raises(CommandError, match=why) as problem:
        CredentialsCommand(script(text))()
    assert "a-secret" not in str(problem.value)


@pytest.mark.parametrize("text", ["'", "  "])
def test_what_is_no_command(text: str) -> None:
    with pytest.raises(UsageError, match="--credentials-command"):
        CredentialsCommand(text)


def test_a_program_that_is_not_there(command: Command) -> None:
    done = command.run("ls", f"oss://{BUCKET}", "--credentials-command", "./not-here --token x", **NO_KEYS)
    assert done.status == 1
    assert done.err == (
        f"oss-c-sdk: listing oss://{BUCKET}/: -994 ClientError: "
        "credentials_callback raised CommandError: ./not-here: No such file or directory\n"
    )


def test_a_command_signs_with_what_a_program_prints(command: Command, server: LocalServer, script: Script) -> None:
    server.add_sts("sts-token", "sts-ak", "sts-sk")
    for number in range(5):
        server.put(BUCKET, f"folder/{number}", DATA)
    text = f"open('asked', 'a').write('x'); {printing(KEYS)}"
    done = command.run(
        *("download", "-r", f"oss://{BUCKET}/folder/", "here", "--part-size", "100K", "--threads", "4"),
        *("--credentials-command", script(text)),
        OSS_ACCESS_KEY_ID="not-this-one",
    )
    assert done.status == 0
    assert {(command.folder / "here" / str(number)).read_bytes() for number in range(5)} == {DATA}
    assert (command.folder / "asked").read_text() == "x", "once for all objects and threads"
    assert {dict(record.headers)["x-oss-security-token"] for record in server.requests} == {"sts-token"}


def test_config_does_not_run_it_nor_show_its_arguments(command: Command) -> None:
    done = command.run("config", OSS_CREDENTIALS_COMMAND="./not-here a-secret")
    assert done.status == 0
    assert "credentials command  ./not-here " in done.out and done.out.count("OSS_CREDENTIALS_COMMAND") == 1
    assert "a-secret" not in done.out + done.err


# ---- files ----


def write(path: Path, **values: str) -> None:
    path.write_text("\n".join(["[default]", *(f"{name} = {value}" for name, value in values.items())]))
    path.chmod(0o600)


@pytest.fixture
def sdk() -> Iterator[None]:
    """Lets a test use the SDK as the command does, and puts it back."""
    level = aos_log.aos_log_level
    yield
    aos_log_set_level(level)
    aos_log_set_format(aos_log_format_default)
    aos_http_io_initialize(None, 0)


@pytest.fixture
def options(tmp_path: Path, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> argparse.Namespace:
    """A download by keys from a file; parts are moved one after the other."""
    for name in ("ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SESSION_TOKEN", "ENDPOINT", "CREDENTIALS_COMMAND"):
        monkeypatch.delenv(f"OSS_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "keys", access_key_id="first", access_key_secret="secret", sts_token="token-1")
    line = ["--config", "keys", "--endpoint", server.endpoint, "--threads", "1", "--part-size", "100K"]
    return parse("download", "", [ADDRESS, "file", *line, "-q"])


def test_a_file_is_read_again(tmp_path: Path, options: argparse.Namespace) -> None:
    renew = resolve(options).renew
    assert renew is not None and renew()[:3] == ("first", "secret", "token-1")
    write(tmp_path / "keys", access_key_id="second", access_key_secret="other")
    assert renew()[:3] == ("second", "other", None)
    for text in ("", "[default]\naccess_key_id = third", "[other]\nx = y"):
        (tmp_path / "keys").write_text(text)
        assert renew()[:3] == ("second", "other", None), "half of a file is no file"
    (tmp_path / "keys").unlink()
    assert renew()[:3] == ("second", "other", None)


def test_a_download_goes_on_with_the_keys_of_a_new_file(
    tmp_path: Path, server: LocalServer, options: argparse.Namespace, sdk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, options.parts_per_request = [apr_time.apr_time_now() // 1_000_000], 1
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: seconds[0] * 1_000_000)
    server.put(BUCKET, "key", DATA)
    server.add_sts("token-1", "first", "secret")

    def replaced(*_: object) -> None:
        """Puts other keys into the file, and lets some time pass."""
        server.add_sts("token-2", "second", "other")
        write(tmp_path / "new", access_key_id="second", access_key_secret="other", sts_token="token-2")
        (tmp_path / "new").replace(tmp_path / "keys")
        seconds[0] += 8

    def revoked(*_: object) -> None:
        server.add_sts("none", "first", "secret")

    server.add_fault(Fault(action="hook", nth=3, call=replaced))
    server.add_fault(Fault(action="hook", nth=4, call=revoked))
    with Client(options, BUCKET) as client:
        done = client.download(Transfer(Address(BUCKET, "key"), "file", 1, lambda *_: None, None))  # type: ignore[arg-type]
    assert done.status.code == 200
    assert (tmp_path / "file").read_bytes() == DATA
    tokens = [dict(record.headers)["x-oss-security-token"] for record in server.requests]
    assert tokens == ["token-1"] * 3 + ["token-2"] * (len(tokens) - 3) and len(tokens) > 4
