"""``download`` and ``upload`` of one object, and ``ls``, ``head`` and ``rm``."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from oss.local_server import Fault, LocalServer
from oss.oss_api import AOSE_OK, oss_create_checkpoint_content, oss_load_checkpoint
from tests.command.conftest import BUCKET, Command
from tests.command.terminal import LONGEST
from tests.samples.running import ended

MIB = 1 << 20
PARTS = 12
DATA = random.Random(7).randbytes(PARTS * MIB - 5)
ADDRESS = f"oss://{BUCKET}/folder/object.bin"


@pytest.fixture(autouse=True)
def stored(server: LocalServer) -> None:
    server.put(BUCKET, "folder/object.bin", DATA)


def ranges(server: LocalServer) -> list[str]:
    return [value for request in server.requests for name, value in request.headers if name.lower() == "range"]


def header(server: LocalServer, name: str) -> set[str | None]:
    """The values that a header had in the requests; None where it was not sent."""
    return {{key.lower(): value for key, value in request.headers}.get(name) for request in server.requests}


def completed_parts(path: Path) -> int:
    checkpoint = oss_create_checkpoint_content(None)
    if not path.exists() or oss_load_checkpoint(None, str(path), checkpoint) != AOSE_OK:
        return 0
    return sum(part.completed for part in checkpoint.parts[: checkpoint.part_num])


@pytest.mark.parametrize(
    ("target", "place"), [((), "object.bin"), (("other",), "other"), (("there",), "there/object.bin")]
)
def test_a_download(command: Command, server: LocalServer, target: tuple[str, ...], place: str) -> None:
    (command.folder / "there").mkdir()
    done = command.run("download", ADDRESS, *target, "--part-size", "1MiB")
    assert done.status == 0
    crc64 = server.store.object(BUCKET, "folder/object.bin").crc  # type: ignore[union-attr]
    assert done.out == f"{place}: {len(DATA)} bytes, CRC64 {crc64}\n"
    tenths = [int(share) for share in re.findall(r"^object.bin +(\d+)%", done.err, re.MULTILINE)] or [
        int(share) for share in re.findall(r"^other +(\d+)%", done.err, re.MULTILINE)
    ]
    assert tenths[-1] == 100 and sorted(set(tenths)) == tenths and len(tenths) <= 11
    assert (command.folder / place).read_bytes() == DATA
    assert len(ranges(server)) < PARTS, "a request asks for several"


def test_a_download_part_by_part(command: Command, server: LocalServer) -> None:
    assert command.run("download", ADDRESS, "--part-size", "1MiB", "--parts-per-request", "1").status == 0
    assert (command.folder / "object.bin").read_bytes() == DATA
    assert len(ranges(server)) == PARTS


def test_a_download_by_default_has_parts_of_8_mib(command: Command, server: LocalServer) -> None:
    assert command.run("download", ADDRESS).status == 0
    assert sorted(ranges(server)) == [f"bytes={8 * MIB}-{len(DATA) - 1}", f"bytes=0-{8 * MIB - 1}"][::-1]


@pytest.mark.parametrize("region", [True, False])
def test_signatures(command: Command, server: LocalServer, region: bool) -> None:
    assert command.run("download", ADDRESS, OSS_REGION=server.region if region else "").status == 0
    kinds = {(value or "").partition(" ")[0] for value in header(server, "authorization")}
    assert kinds == {"OSS4-HMAC-SHA256" if region else "OSS"}
    server.requests.clear()
    assert command.run("download", ADDRESS, "--signature", "v1").status == 0
    assert {(value or "").partition(" ")[0] for value in header(server, "authorization")} == {"OSS"}


def test_quiet(command: Command) -> None:
    assert command.run("download", ADDRESS, "-q") == (0, "", "")
    assert command.run("upload", "object.bin", ADDRESS, "--quiet") == (0, "", "")


def test_an_empty_object(command: Command, server: LocalServer) -> None:
    server.put(BUCKET, "empty", b"")
    assert command.run("download", f"oss://{BUCKET}/empty").status == 0
    assert (command.folder / "empty").read_bytes() == b""
    assert command.run("upload", "empty", f"oss://{BUCKET}/again").status == 0
    assert server.get(BUCKET, "again") == b""


def test_times(command: Command, server: LocalServer) -> None:
    server.replace(BUCKET, "old", b"old")
    assert command.run("download", f"oss://{BUCKET}/old", "--times").status == 0
    told = re.search("^Last-Modified: (.*)$", command.run("head", f"oss://{BUCKET}/old").out, re.MULTILINE)
    assert told and (command.folder / "old").stat().st_mtime == parsedate_to_datetime(told[1]).timestamp()


def test_the_rate_is_shared_by_the_connections(command: Command, server: LocalServer) -> None:
    done = command.run("download", ADDRESS, "--threads", "4", "--limit-rate", "2MiB")
    assert done.status == 0
    assert header(server, "x-oss-traffic-limit") == {str(2 * MIB * 8 // 4)}
    server.requests.clear()
    assert command.run("download", ADDRESS, "--threads", "4", "--limit-rate", "250K").status == 0
    assert header(server, "x-oss-traffic-limit") == {str(125 * 1024 * 8)}  # two connections: a third is too slow


def test_headers_and_parameters(command: Command, server: LocalServer) -> None:
    given = ("--header", "x-oss-request-payer: requester", "--param", "response-cache-control=no-store")
    assert command.run("download", ADDRESS, *given).status == 0
    assert header(server, "x-oss-request-payer") == {"requester"}
    (command.folder / "headers").write_text("x-oss-request-payer: other\n\nx-oss-more: a:b\n")
    assert all("response-cache-control=no-store" in request.target for request in server.requests)
    server.requests.clear()
    assert command.run("head", ADDRESS, "--header", "@headers").status == 0
    assert header(server, "x-oss-request-payer") == {"other"} and header(server, "x-oss-more") == {"a:b"}


@pytest.mark.parametrize("target", ["up/object.bin", "up/", ""])
def test_an_upload(command: Command, server: LocalServer, target: str) -> None:
    (command.folder / "object.bin").write_bytes(DATA)
    key = target if target.endswith("bin") else f"{target}object.bin"
    done = command.run("upload", "object.bin", f"oss://{BUCKET}/{target}", "--part-size", "1M")
    assert done.status == 0
    assert done.out.startswith(f"oss://{BUCKET}/{key}: {len(DATA)} bytes, CRC64 ")
    assert server.get(BUCKET, key) == DATA


def test_a_temporary_key(command: Command, server: LocalServer) -> None:
    server.add_sts("a-token", "sts-id", "sts-secret")
    keys = {"OSS_ACCESS_KEY_ID": "sts-id", "OSS_ACCESS_KEY_SECRET": "sts-secret"}
    assert command.run("ls", f"oss://{BUCKET}", **keys).status == 1
    assert command.run("ls", f"oss://{BUCKET}", **keys, OSS_SESSION_TOKEN="a-token").status == 0


def test_ls_head_rm(command: Command, server: LocalServer) -> None:
    server.put(BUCKET, "folder/below/x", b"x")
    shown = command.run("ls", f"oss://{BUCKET}/folder/").out.splitlines()
    assert [line.split()[-2:] for line in shown] == [
        [f"oss://{BUCKET}/folder/below/"],
        [str(len(DATA)), ADDRESS],
    ]
    shown = command.run("ls", "--recursive", f"oss://{BUCKET}/").out.splitlines()
    assert [line.split()[-1] for line in shown] == [f"oss://{BUCKET}/folder/below/x", ADDRESS]
    assert command.run("ls").out.split()[-1] == f"oss://{BUCKET}"
    assert f"Content-Length: {len(DATA)}\n" in command.run("head", ADDRESS).out
    assert command.run("rm", f"oss://{BUCKET}/folder/below/x").status == 0
    assert command.run("rm", "--recursive", f"oss://{BUCKET}").status == 2
    assert command.run("rm", "--recursive", f"oss://{BUCKET}/folder").status == 0
    assert command.run("ls", "--recursive", f"oss://{BUCKET}/").out == ""


def interrupt(command: Command, server: LocalServer, path: Path, *arguments: str, match: str) -> str:
    """Starts a transfer that stalls after five parts, interrupts it then, and gives what it said."""
    arrive = 5
    action, more = ("stall", {"after": 1000}) if match == "GET" else ("hang_before_head", {})
    server.add_fault(
        Fault(
            lambda call: call.request.method == match and bool(call.header("Range") or "partNumber" in call.query),
            nth=arrive + 1,
            times=None,
            action=action,  # type: ignore[arg-type]  # one of two words
            **more,
        )
    )
    process = command.start(*arguments)
    deadline = time.monotonic() + LONGEST
    while completed_parts(path) < arrive and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert done.status == 130
    server.clear_faults()
    return done.err.splitlines()[-1]


@pytest.mark.parametrize("checkpoint", [(), ("--checkpoint", "record")])
def test_ctrl_c_and_the_same_command_again(command: Command, server: LocalServer, checkpoint: tuple[str, ...]) -> None:
    line = ("download", ADDRESS, "--part-size", "1MiB", "--parts-per-request", "1", *checkpoint)
    name = checkpoint[-1] if checkpoint else "object.bin.dcp"
    said = interrupt(command, server, command.folder / name, *line, match="GET")
    assert said == f"interrupted: {name} keeps 5 of {PARTS} parts; the same command goes on from there"
    assert sorted(os.listdir(command.folder)) == sorted([name, "object.bin.tmp"])
    server.requests.clear()
    assert command.run(*line).status == 0
    assert len(ranges(server)) == PARTS - 5
    assert (command.folder / "object.bin").read_bytes() == DATA
    assert os.listdir(command.folder) == ["object.bin"]


def test_ctrl_c_without_a_checkpoint(command: Command, server: LocalServer) -> None:
    server.add_fault(Fault(lambda call: bool(call.header("Range")), times=None, action="stall", after=1000))
    process = command.start("download", ADDRESS, "--no-checkpoint")
    deadline = time.monotonic() + LONGEST
    while not ranges(server) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert (done.status, done.out, done.err) == (130, "", "interrupted: the same command starts anew\n")
    assert os.listdir(command.folder) == []


def test_an_interrupted_upload_goes_on(command: Command, server: LocalServer) -> None:
    (command.folder / "file").write_bytes(DATA)
    line = ("upload", "file", f"oss://{BUCKET}/up", "--part-size", "1MiB")
    said = interrupt(command, server, command.folder / "file.ucp", *line, match="PUT")
    assert said == f"interrupted: file.ucp keeps 5 of {PARTS} parts; the same command goes on from there"
    server.requests.clear()
    assert command.run(*line).status == 0
    assert sum("partNumber" in request.target for request in server.requests) == PARTS - 5
    assert server.get(BUCKET, "up") == DATA


def test_a_failed_part_is_tried_again(command: Command, server: LocalServer) -> None:
    server.add_fault(Fault(lambda call: bool(call.header("Range")), action="status", status=503))
    assert command.run("download", ADDRESS).status == 0
    third = Fault(lambda call: bool(call.header("Range")), nth=3, times=None, action="status", status=503)
    server.add_fault(third)
    line = ("download", ADDRESS, "--retry", "0", "--part-size", "1MiB", "--threads", "1", "--parts-per-request", "1")
    done = command.run(*line)
    assert done.status == 1
    assert f"keeps 2 of {PARTS} parts, the same command goes on from there" in done.err
    (command.folder / "object.bin.dcp").unlink()
    assert "the same command" not in command.run(*line).err  # no part is done


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_every_request_is_tried_again(command: Command, server: LocalServer, method: str) -> None:
    (command.folder / "file").write_bytes(DATA[:MIB])
    line = ("download", ADDRESS) if method == "HEAD" else ("upload", "file", f"oss://{BUCKET}/up")
    server.add_fault(Fault({"method": method}, action="status", status=503))
    done = command.run(*line)
    assert done.status == 0
    assert re.search(rf"^warning: {method} {BUCKET}/.*: 503 .*; retry 1 of 5 in 0\.[12] s$", done.err, re.MULTILINE)
    server.add_fault(Fault({"method": method}, action="status", status=503))
    assert command.run(*line, "--retry", "0").status == 1


def test_the_record_of_another_bucket_is_not_this_ones(command: Command, server: LocalServer) -> None:
    (command.folder / "file").write_bytes(DATA)
    line = ("upload", "file", f"oss://{BUCKET}/up", "--part-size", "1MiB", "--threads", "1")
    server.add_fault(Fault({"method": "PUT"}, nth=3, action="status", status=403))
    assert f"file.ucp keeps 2 of {PARTS} parts" in command.run(*line).err
    record = (command.folder / "file.ucp").read_bytes()
    done = command.run("upload", "file", "oss://no-such-bucket/up")
    assert (done.status, "file.ucp is kept: it is of an upload to" in done.err, "keeps" in done.err) == (1, True, False)
    assert (command.folder / "file.ucp").read_bytes() == record
    assert command.run(*line).status == 0
    assert server.get(BUCKET, "up") == DATA


def test_a_file_that_may_not_grow(command: Command) -> None:
    limit = ["bash", "-c", f'ulimit -f {5 * 1024}; exec "$0" "$@"']
    done = ended(command.start_line([*limit, *command.line("download", ADDRESS)]))
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert re.match(rf"oss-c-sdk: {ADDRESS} -> object.bin: -\d+ \w+: .*File too large.*; the file system or", done.err)


def test_a_checkpoint_that_is_not_used_is_a_warning(command: Command) -> None:
    (command.folder / "object.bin.dcp").write_text("no checkpoint")
    done = command.run("download", ADDRESS, "--part-size", "1MiB")
    assert done.status == 0
    assert "warning: checkpoint object.bin.dcp is not used, the transfer starts anew: " in done.err
    (command.folder / "object.bin.dcp").write_text("no checkpoint")
    assert command.run("download", ADDRESS, "-q").err == ""
    assert "GET" in command.run("download", ADDRESS, "-v").err
