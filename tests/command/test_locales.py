"""Names on the command line, of files and of objects, are the same in every locale."""

from __future__ import annotations

import os

import pytest

from oss.local_server import LocalServer
from tests.command.conftest import BUCKET, Command
from tests.locales import LOCALES, environment_of

GBK = os.fsdecode("文件".encode("gbk"))


@pytest.mark.parametrize("locale", LOCALES)
def test_names_are_bytes(command: Command, server: LocalServer, locale: str) -> None:
    environment = {**environment_of(locale), "PYTHONIOENCODING": "utf-8"}
    keys = {"文/件": b"1", "plain": b"2"}
    for key, data in keys.items():
        server.put(BUCKET, f"目录/{key}", data)

    done = command.run("download", f"oss://{BUCKET}/目录/", "到", "--recursive", **environment)
    assert (done.status, done.out) == (0, "2 done, 0 there already\n"), done.err
    folder = command.folder / "到"
    assert {key: (folder / key).read_bytes() for key in keys} == keys

    done = command.run("upload", "到", f"oss://{BUCKET}/新/", "--recursive", **environment)
    assert (done.status, done.out) == (0, "2 done, 0 there already\n"), done.err
    assert {key: server.get(BUCKET, f"新/{key}") for key in keys} == keys

    for name in ("名", GBK):
        done = command.run("download", f"oss://{BUCKET}/目录/文/件", name, **environment)
        assert done.status == 0, done.err
        assert (command.folder / name).read_bytes() == b"1"
        done = command.run("upload", name, f"oss://{BUCKET}/目录/文/件", **environment)
        assert done.status == 0, done.err


@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_that_is_no_key(command: Command, locale: str) -> None:
    (command.folder / GBK).mkdir()
    (command.folder / GBK / GBK).write_bytes(b"")
    environment = {**environment_of(locale), "PYTHONIOENCODING": "utf-8"}
    done = command.run("upload", GBK, f"oss://{BUCKET}/", "--recursive", **environment)
    assert done.status == 3 and "its name is not UTF-8" in done.err


@pytest.mark.parametrize("locale", LOCALES)
def test_files_of_options(command: Command, server: LocalServer, locale: str) -> None:
    server.put(BUCKET, "key", b"1")
    (command.folder / "配置").write_text(f"[Credentials]\nendpoint = {server.endpoint}\n")
    (command.folder / GBK).write_text("x-oss-traffic-limit: 900000\n")
    environment = {**environment_of(locale), "OSS_ENDPOINT": ""}
    for given in ({"OSSUTIL_CONFIG_FILE": "配置"}, {}):
        option = [] if given else ["--config", "配置"]
        line = ["download", f"oss://{BUCKET}/key", "file", *option, "--header", f"@{GBK}", "--checkpoint", f"记录{GBK}"]
        done = command.run(*line, **environment, **given)
        assert done.status == 0, done.err
        assert ("x-oss-traffic-limit", "900000") in server.requests[-1].headers
