"""What the README shows is run, and what it names exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from oss.tools.crosscheck.replay.differences import CALLS, VECTORS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text()
HOST = "examplebucket.oss-cn-hangzhou.aliyuncs.com"

# Runs a file as a program whose names of the service lead to the local one.
RUNNER = f"""
import runpy, socket, sys
find, port = socket.getaddrinfo, int(sys.argv[2])
def local(host, asked, *args, **kwds):
    return find("127.0.0.1", port, *args, **kwds) if host == {HOST!r} else find(host, asked, *args, **kwds)
socket.getaddrinfo = local
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def run(text: str, folder: Path, port: int, **environment: str) -> subprocess.CompletedProcess[str]:
    program = folder / "program.py"
    program.write_text(text)
    return subprocess.run(
        [sys.executable, "-c", RUNNER, str(program), str(port)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_translated_program(tmp_path: Path) -> None:
    program, data = blocks("python")[0], bytes(range(256)) * 1200
    with LocalServer(buckets=("examplebucket",), domains=["oss-cn-hangzhou.aliyuncs.com"]) as server:
        server.put("examplebucket", "exampledir/exampleobject.txt", data)
        keys = {"OSS_ACCESS_KEY_ID": server.access_key_id, "OSS_ACCESS_KEY_SECRET": server.access_key_secret}
        done = run(program, tmp_path, server.port, **keys)
        assert (done.stdout, done.stderr, done.returncode) == ("download succeeded\n", "", 0)
        assert (tmp_path / "examplefile.txt").read_bytes() == data
        assert {path.name for path in tmp_path.iterdir()} == {"program.py", "examplefile.txt"}
        failed = run(program, tmp_path, server.port, **{**keys, "OSS_ACCESS_KEY_ID": "nobody"})
        assert failed.stdout.startswith(
            "download failed, code:403, error_code:InvalidAccessKeyId, error_msg:The OSS Access Key Id"
        )


def test_the_c_program_stands_beside_it_line_for_line() -> None:
    c, python = blocks("c")[0].splitlines(), blocks("python")[0].splitlines()
    assert len(c) == len(python)
    for one, other in zip(c, python, strict=True):
        for name in re.findall(r"\b(?:aos|oss)_\w+(?=\()", one):
            assert name in other, (one, other)


@pytest.mark.parametrize("number", range(1, len(blocks("python"))))
def test_the_other_programs(number: int, tmp_path: Path) -> None:
    done = run(blocks("python")[number], tmp_path, 0)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("text", [README, RELIABILITY], ids=["README", "reliability"])
def test_every_test_it_names_exists(text: str) -> None:
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:    )?def (test_\w+)", path.read_text(), re.M)
    }
    named = set(re.findall(r"`(?:[\w/]+\.py::)?(test_\w+)`", text))
    assert named and named <= there, named - there


def test_every_promise_has_its_tests() -> None:
    for table in re.findall(r"^\| promise \| test \|\n\|---\|---\|\n((?:\|.*\n)+)", README + RELIABILITY, re.M):
        assert all(re.search(r"\| .*`test_\w+`.* \|$", row) for row in table.splitlines()), table


def test_every_file_it_leads_to_exists() -> None:
    for place in re.findall(r"\]\((?!https?:|#)([^)]+)\)", README):
        assert (ROOT / place).exists(), place


def test_every_rule_of_the_replay_has_its_row() -> None:
    table = re.findall(r"^\|.*", README[README.index("## Differences") :], re.M)
    rows = {row.strip() for line in table for row in re.findall(r"● ([^|<]+)", line)}
    rules = {rule.name for rule in (*CALLS, *VECTORS)}
    assert rows == rules, rows ^ rules


def test_every_name_of_the_sdk_exists() -> None:
    import oss.oss_api as api
    from aos import aos_http_io, apr_strings

    known = {*dir(api), *dir(aos_http_io), *dir(apr_strings)}
    section = README[README.index("## From C to Python") : README.index("## Differences")]
    named = set(re.findall(r"\b((?:aos|oss|apr)_\w+)\(", section))
    assert named and named <= known, named - known
