"""``download --trace``: a picture of the download, whatever comes of it, and of its own alone."""

from __future__ import annotations

import re
import signal
from html import unescape
from pathlib import Path

import pytest

from oss.local_server import Fault, LocalServer
from tests.command.conftest import BUCKET, Command
from tests.samples.running import ended
from tests.waiting import until

KEY, DATA = "folder/object.bin", bytes(range(256)) * 2048
ADDRESS = f"oss://{BUCKET}/{KEY}"
PART = 100 * 1024
PARTS = -(-len(DATA) // PART)
GET = {"method": "GET"}


@pytest.fixture(autouse=True)
def stored(server: LocalServer) -> None:
    server.put(BUCKET, KEY, DATA)


def picture(command: Command, *arguments: str, status: int = 0) -> str:
    """Downloads, and returns the page, as it reads."""
    done = command.run("download", *arguments, "--part-size", str(PART), "--trace", "page.html")
    assert done.status == status, done
    text = (command.folder / "page.html").read_text()
    assert not re.search(r"Signature|Authorization|Credential|local-sk-secret", text)
    return text


def caption(text: str) -> str:
    found: list[str] = re.findall("<figcaption>(.*), .*</figcaption>", text)
    assert len(found) == 1
    return found[0]


def test_a_download(command: Command, server: LocalServer) -> None:
    text = picture(command, ADDRESS, "--parts-per-request", "1")
    assert caption(text) == f"parts_per_request 1: {PARTS} of {PARTS} parts by {PARTS} requests, returns 200"
    assert f"<h1>{ADDRESS} -&gt; object.bin</h1>" in text
    ranges = [value for one in server.requests for name, value in one.headers if name == "Range"]
    assert sorted(set(re.findall("^Range: (.*)$", text, re.M))) == sorted(ranges)
    assert (command.folder / "object.bin").read_bytes() == DATA


def test_one_that_fails_and_one_that_continues_it(command: Command, server: LocalServer) -> None:
    server.add_fault(Fault(GET, nth=3, action="close", after=1))
    how = ("--threads", "1", "--parts-per-request", "1", "--retry", "0")
    text = picture(command, ADDRESS, *how, status=1)
    assert caption(text) == f"parts_per_request 1: 2 of {PARTS} parts by 3 requests, returns -992"
    assert 'class="cut"' in text and f"1 bytes received of {PART}" in text
    text = picture(command, ADDRESS, *how)
    rest = PARTS - 2
    words = f"2 read again, {rest} of {PARTS} parts by {rest} requests"
    assert caption(text) == f"parts_per_request 1: {words}, returns 200"


def test_one_that_is_interrupted(command: Command, server: LocalServer) -> None:
    server.add_fault(Fault(GET, nth=2, action="stall", after=1))
    how = ("--threads", "1", "--parts-per-request", "1", "--part-size", str(PART))
    running = command.start("download", ADDRESS, *how, "--trace", "page.html")
    until(lambda: len(server.requests) == 3)
    running.send_signal(signal.SIGINT)
    assert ended(running).status == 130
    text = (command.folder / "page.html").read_text()
    assert caption(text).startswith(f"parts_per_request 1: 1 of {PARTS} parts by 2 requests")


def test_an_object_that_is_not_there(command: Command) -> None:
    text = picture(command, f"oss://{BUCKET}/nothing", status=1)
    assert caption(text) == "parts_per_request 0: returns 404" and "answered 404" in text


def test_odd_names(command: Command, server: LocalServer) -> None:
    odd = "<b>&'</title><script>x(1)</script>\u202e\u00e4"
    server.put(BUCKET, odd, DATA)
    text = picture(command, f"oss://{BUCKET}/{odd}", "to " + odd.replace("/", "_"))
    assert text.count("<script>") == 1 and "\u202e" not in text
    assert f"oss://{BUCKET}/<b>&'</title><script>x(1)</script>\\u202e\u00e4" in unescape(text)


def test_a_name_that_is_not_utf_8(command: Command) -> None:
    place = Path(b"caf\xe9.html".decode(errors="surrogateescape"))
    done = command.run("download", ADDRESS, str(place.with_suffix(".bin")), "--trace", str(place))
    assert done.status == 0 and "caf\\udce9.bin" in (command.folder / place).read_text()


@pytest.mark.parametrize("place", ["object.bin", "object.bin.tmp", "./object.bin.dcp", "link"])
def test_it_is_no_file_of_the_download(command: Command, server: LocalServer, place: str) -> None:
    (command.folder / "object.bin").write_bytes(b"old")
    (command.folder / "link").symlink_to("object.bin")
    done = command.run("download", ADDRESS, "--trace", place)
    assert done.status == 2 and done.err == f"oss-c-sdk: --trace {place} is a file of the download itself\n"
    assert (command.folder / "object.bin").read_bytes() == b"old" and not server.requests


def test_a_page_that_cannot_be_written_is_noticed_first(command: Command, server: LocalServer) -> None:
    done = command.run("download", ADDRESS, "--trace", "nowhere/page.html")
    assert (done.status, done.err) == (1, "oss-c-sdk: nowhere/page.html: No such file or directory\n")
    assert not server.requests


def test_it_is_for_one_object(command: Command) -> None:
    done = command.run("download", f"oss://{BUCKET}/", "data", "--recursive", "--trace", "page.html")
    assert done.status == 2 and "--trace is for one object" in done.err
