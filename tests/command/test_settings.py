"""Where the settings come from, and what ``config`` says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from tests.command.conftest import BUCKET, Command

FIRST = """\
[Credentials]
        language = EN
        endpoint = first.example.com
        accessKeyID = first-id
        accessKeySecret = first-secret
        stsToken = first-token
        outputDir = somewhere
[Bucket-Endpoint]
        My-Bucket = https://bucket.example.com
[Bucket-Cname]
        named-bucket = https://own.example.com
"""
SECOND = """\
# the second generation
[default]
accessKeyId=second-id
access_key_secret=second-secret
region=cn-shanghai

[profile Other]
access-key-id = other-id
AccessKeySecret = other-secret
sts-token = other-token
endpoint = http://other.example.com
region = cn-other

[profile derived]
source_profile = Other
region = cn-derived

[profile role]
mode = EcsRamRole
"""
NOTHING = {"OSS_ENDPOINT": "", "OSS_REGION": "", "OSS_ACCESS_KEY_ID": "", "OSS_ACCESS_KEY_SECRET": ""}


def settings(command: Command, *arguments: str, **environment: str) -> dict[str, str]:
    """What ``config`` prints: each setting's value and origin."""
    done = command.run("config", *arguments, **{**NOTHING, **environment})
    rows = [re.split(r" {2,}", line) for line in done.out.splitlines()]
    return {row[0]: " | ".join(row[1:]) for row in rows}


def write(command: Command, text: str, name: str = ".ossutilconfig", mode: int = 0o600) -> Path:
    path = command.folder / name
    path.write_text(text)
    path.chmod(mode)
    return path


def test_the_first_generation(command: Command) -> None:
    write(command, FIRST)
    found = settings(command)
    assert found["endpoint"] == "https://first.example.com | ~/.ossutilconfig [credentials]"
    assert found["region"] == "not set"
    assert found["signature"] == "v1 | no region is known"
    assert found["access key id"] == found["session token"] == "set | ~/.ossutilconfig [credentials]"
    assert settings(command, "oss://my-bucket")["endpoint"].startswith("https://bucket.example.com | ")
    assert settings(command, "oss://named-bucket")["endpoint"].startswith("https://own.example.com | ")
    given = settings(command, "oss://my-bucket", "--endpoint", "http://given.example.com")
    assert given["endpoint"] == "http://given.example.com | --endpoint"


def test_the_second_generation(command: Command) -> None:
    write(command, SECOND)
    found = settings(command)
    assert found["region"] == "cn-shanghai | ~/.ossutilconfig [default]"
    assert found["endpoint"] == "https://oss-cn-shanghai.aliyuncs.com | from the region"
    assert found["signature"] == "v4 | there is a region"
    assert found["session token"] == "not set"
    other = settings(command, "--profile", "Other")
    assert other["endpoint"] == "http://other.example.com | ~/.ossutilconfig [Other]"
    assert other["session token"] == "set | ~/.ossutilconfig [Other]"
    assert settings(command, OSSUTIL_PROFILE="other")["profile"] == "other | OSSUTIL_PROFILE"
    derived = settings(command, "--profile", "derived")
    assert derived["region"].startswith("cn-derived | ") and derived["session token"].startswith("set | ")


@pytest.mark.parametrize(
    ("arguments", "environment", "wanted"),
    [
        (("--region", "cn-option"), {"OSS_REGION": "cn-variable"}, "cn-option | --region"),
        ((), {"OSS_REGION": "cn-variable"}, "cn-variable | OSS_REGION"),
        ((), {}, "cn-shanghai | ~/.ossutilconfig [default]"),
        (("--config", "other"), {}, "cn-file | other [default]"),
        ((), {"OSSUTIL_CONFIG_FILE": "other"}, "cn-file | other [default]"),
        (("--config", "none-here"), {"OSSUTIL_CONFIG_FILE": "other"}, "cn-none | none-here [default]"),
    ],
)
def test_who_wins(command: Command, arguments: tuple[str, ...], environment: dict[str, str], wanted: str) -> None:
    write(command, SECOND)
    write(command, "[default]\nregion = cn-file\n", "other")
    write(command, "[default]\nregion = cn-none\n", "none-here")
    assert settings(command, *arguments, **environment)["region"] == wanted


def test_a_key_is_taken_from_one_place(command: Command) -> None:
    """The file's token does not go with the environment's key."""
    write(command, FIRST)
    found = settings(command, OSS_ACCESS_KEY_ID="id", OSS_ACCESS_KEY_SECRET="secret")
    assert found["access key id"] == "set | OSS_ACCESS_KEY_ID"
    assert found["session token"] == "not set"
    assert settings(command, OSS_ACCESS_KEY_ID="id")["access key secret"] == "not set"


@pytest.mark.parametrize(
    ("endpoint", "region"),
    [
        ("https://oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou"),
        ("oss-cn-hangzhou-internal.aliyuncs.com", "cn-hangzhou"),
        ("http://oss-ap-southeast-1.aliyuncs.com:80/", "ap-southeast-1"),
        ("oss-accelerate.aliyuncs.com", None),
        ("oss-accelerate-overseas.aliyuncs.com", None),
        ("oss.aliyuncs.com", None),
        ("http://localhost:8280", None),
    ],
)
def test_the_region_of_an_endpoint(command: Command, endpoint: str, region: str | None) -> None:
    found = settings(command, "--endpoint", endpoint)
    assert found["region"] == (f"{region} | from the endpoint" if region else "not set")


def test_no_secret_is_shown(command: Command, server: LocalServer) -> None:
    write(command, FIRST, mode=0o644)
    shown = "".join(command.run("config", **NOTHING)[1:])
    shown += "".join(command.run("config", OSS_PROXY="http://user:p4ss@proxy:3128")[1:])
    shown += "".join(command.run("ls", f"oss://{BUCKET}", "-v", **{**NOTHING, "OSS_ENDPOINT": server.endpoint})[1:])
    assert "p4ss" not in shown and "http://proxy:3128" in shown
    assert not [text for text in ("first-id", "first-secret", "first-token") if text in shown]


def test_a_file_that_others_can_read(command: Command) -> None:
    write(command, FIRST, mode=0o644)
    said = "warning: ~/.ossutilconfig has keys and others can read it; chmod 600 would end that\n"
    assert command.run("config", **NOTHING).err == said
    assert command.run("config", "-q", **NOTHING).err == ""
    assert command.run("config").err == ""  # its keys are not used
    write(command, FIRST)
    assert command.run("config", **NOTHING).err == ""


def test_a_mode_that_is_not_known(command: Command) -> None:
    write(command, SECOND)
    for name in ("config", "ls"):
        done = command.run(name, "--profile", "role", "--endpoint", "http://x", **NOTHING)
        assert done.status == 2
        assert "keys of the mode ecsramrole are not known here" in done.err and "no keys are known" in done.err


@pytest.mark.parametrize(
    "text", ["\x00\xff[", "[default", "[]\n=\n= x\nx =\n[default]\n[default]", "[default]\n" * 1000]
)
def test_any_file_is_read(command: Command, text: str) -> None:
    write(command, text)
    assert settings(command)["endpoint"] == "not set"


def test_a_file_is_enough(command: Command, server: LocalServer) -> None:
    keys = f"accessKeyID={server.access_key_id}\naccessKeySecret={server.access_key_secret}\n"
    write(command, f"[Credentials]\nlanguage=EN\nendpoint={server.endpoint}\n{keys}")
    assert command.run("ls", f"oss://{BUCKET}", **NOTHING).status == 0
    assert command.run("ls", f"oss://{BUCKET}", "--region", server.region, **NOTHING).status == 0


@pytest.mark.parametrize(
    "proxy", ["user:p4ss@proxy:3128", "http://us@er:p4/s:s#@p4ss@proxy:3128", "user:p%404ss@proxy:3128"]
)
def test_the_password_of_a_proxy_is_not_shown(command: Command, proxy: str) -> None:
    done = command.run("config", OSS_PROXY=proxy)
    assert re.search(r"^proxy +http://proxy:3128 +OSS_PROXY$", done.out, re.M)
    assert "p4" not in done.out + done.err
    assert "p4" not in command.run("ls", "--connect-timeout", "1", OSS_PROXY=proxy).err


@pytest.mark.parametrize("proxy", ["http://", "ftp://proxy:1", "u:p4ss@", "u:p4ss@proxy:port", "proxy:1/path", "a b:1"])
def test_what_is_no_proxy(command: Command, proxy: str) -> None:
    done = command.run("ls", OSS_PROXY=proxy)
    assert (done.status, done.out) == (2, "")
    assert done.err == "oss-c-sdk: the proxy is not of the form [SCHEME://][user:password@]host:port\n"


def test_what_is_missing_is_named(command: Command) -> None:
    assert "half of the key is known: set OSS_ACCESS_KEY_SECRET, or" in command.run("ls", OSS_ACCESS_KEY_SECRET="").err
    neither = command.run("ls", OSS_ACCESS_KEY_ID="", OSS_ACCESS_KEY_SECRET="")
    assert "no keys are known: set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, or" in neither.err


@pytest.mark.parametrize("region", ["oss-cn-hangzhou", "cn hangzhou", "../cn", "CN-HANGZHOU"])
def test_what_is_no_region(command: Command, region: str) -> None:
    done = command.run("ls", OSS_REGION=region)
    assert done.status == 2
    assert done.err == f"oss-c-sdk: {region} is no region such as cn-hangzhou (OSS_REGION)\n"


def test_a_file_without_a_known_section(command: Command) -> None:
    write(command, "[defualt]\nregion = cn-x\n")
    done = command.run("ls", **NOTHING)
    assert done.status == 2
    assert "warning: ~/.ossutilconfig has no section [default] or [Credentials]; see --profile\n" in done.err


def test_a_proxy(command: Command, server: LocalServer) -> None:
    done = command.run("ls", f"oss://{BUCKET}", "--endpoint", "http://any.example.com", "--proxy", server.endpoint)
    assert (done.status, done.err) == (0, "")
    assert [dict(request.headers)["Host"] for request in server.requests] == [f"{BUCKET}.any.example.com"]


def test_a_proxy_of_the_environment(command: Command, server: LocalServer) -> None:
    args = ("ls", f"oss://{BUCKET}", "--endpoint", "http://any.example.com", "--connect-timeout", "1")
    done = command.run(*args, http_proxy=server.endpoint)
    assert (done.status, done.err, len(server.requests)) == (0, "", 1)
    for more, none in (((), {"OSS_PROXY": ""}), (("--proxy", ""), {}), ((), {"no_proxy": "example.com"})):
        assert command.run(*args, *more, http_proxy=server.endpoint, **none).status != 0
        assert len(server.requests) == 1, "nothing goes to the proxy"


@pytest.mark.parametrize(("variables", "shown"), [({"OSS_PROXY": ""}, "none +OSS_PROXY"), ({}, "not set")])
def test_no_proxy_is_shown(command: Command, variables: dict[str, str], shown: str) -> None:
    assert re.search(f"^proxy +{shown}$", command.run("config", **variables).out, re.M)


def test_a_socks_proxy(command: Command) -> None:
    assert re.search(r"^proxy +socks5h://h:1 +--proxy$", command.run("config", "--proxy", "socks5h://h:1").out, re.M)
