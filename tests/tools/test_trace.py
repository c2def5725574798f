"""Traces of downloads, and their drawings: they have what the server, the checkpoint and the file have."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from oss._transfer import runs
from oss.local_server import LocalServer
from oss.tools.explain.picture import Drawing, figure, page
from oss.tools.explain.trace import STEPS, Event, Trace
from tests.authority import Authority
from tests.resumable import DATA, KEY, PART, SIZE, Download, Outcome, part_fault
from tests.service import BUCKET
from tests.tools.browser import CHROMIUM, measured
from tests.tools.runs import FIGURE, PARTS, drawn, recorded

pytestmark = pytest.mark.usefixtures("no_connections")

COUNT = 5
TOGETHER = pytest.mark.parametrize("together", [1, 0])
ODD = "a <b> & \"c\" 'd' </title><script>alert(1)</script> {{style}} \u202e.bin"


def traced(download: Download) -> tuple[Outcome, list[Event]]:
    before = [getattr(owner, name) for owner, name, _ in STEPS]
    with Trace() as trace:
        outcome = download()
    assert [getattr(owner, name) for owner, name, _ in STEPS] == before
    return outcome, trace.events


def facts(events: list[Event], what: str, *names: str) -> list[Any]:
    """What the steps of a kind say, in ascending order."""
    found = [tuple(event.facts[name] for name in names) for event in events if event.what == what]
    return sorted(one if len(one) > 1 else one[0] for one in found)


def headers(outcome: Outcome, name: str) -> list[str]:
    return sorted(value for one in outcome.requests for key, value in one.headers if key == name)


# ---- the steps ----


@TOGETHER
def test_a_trace_has_what_the_server_and_the_checkpoint_have(
    download: Download, server: LocalServer, together: int
) -> None:
    download.parts_per_request, download.threads = together, 1
    part, after = (3, 100) if together == 1 else (0, 2 * PART + 100)
    server.add_fault(part_fault("close", part, after=after))
    outcome, events = traced(download)
    assert outcome.code != 200
    asked = [event for event in events if event.what == "asked"]
    assert sorted(event.facts["range"] for event in asked if event.facts["range"]) == headers(outcome, "Range")
    assert [event.facts["line"].split()[0] for event in asked].count("HEAD") == 1
    saved = {part.index: str(part.crc64) for part in download.load().parts if part.completed}
    assert dict(facts(events, "got", "part", "crc64")) == saved
    content = download.checkpoint.read_bytes().decode()
    for part, record, offset in facts(events, "recorded", "part", "record", "offset"):
        assert content[offset:].startswith(record) and saved.pop(part) in record
    assert not saved
    assert facts(events, "progress", "consumed") == [consumed for consumed, _ in outcome.progress]
    assert facts(events, "returned", "code") == [outcome.code]


def test_parts_that_come_quickly_are_seen_one_by_one(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are not where C requests one after the other."""
    monkeypatch.setattr(runs, "QUICK", 3600.0)
    monkeypatch.setattr(runs, "SHARES", 1)
    download.threads = 1
    outcome, events = traced(download)
    assert outcome.code == 200
    for what in ("got", "recorded"):
        assert facts(events, what, "part") == list(range(COUNT))
    assert [event.what for event in events].count("asked") == 1 + COUNT


@TOGETHER
def test_the_steps_are_in_order_in_each_thread(download: Download, together: int) -> None:
    download.parts_per_request = together
    outcome, events = traced(download)
    assert outcome.code == 200
    call = [event.what for event in events if event.thread == "call" and event.what != "planned"]
    assert call == [
        *("begun", "asked", "connected", "first", "answered", "sized", "renamed", "checkpoint"),
        *("crc64", "renamed", "removed", "returned"),
    ]
    threads = {event.thread for event in events} - {"call", "caller"}
    assert 1 <= len(threads) <= 3 and {event.thread for event in events if event.what == "progress"} == {"caller"}
    for thread in threads:
        steps = "".join(f"{event.what} " for event in events if event.thread == thread)
        assert re.fullmatch(r"(asked (connected )?first answered (got recorded )+)+", steps), steps
    assert facts(events, "got", "part", "size") == [(n, min(PART, SIZE - n * PART)) for n in range(COUNT)]
    ((parts, theirs),) = facts(events, "crc64", "parts", "object")
    assert parts == theirs == outcome.headers.get("x-oss-hash-crc64ecma")
    assert sum(event.what == "asked" for event in events) == len(outcome.requests)


def test_tls(tmp_path: Path, authority: Authority) -> None:
    with LocalServer(buckets=[BUCKET], tls=authority.files("127.0.0.1")) as server:
        server.put(BUCKET, KEY, DATA)
        download = Download(server, tmp_path / "file")
        download.options.ctl.options.ca_file, download.parts_per_request = authority.file, 0
        outcome, events = traced(download)
    assert outcome.code == 200
    kinds = Counter(event.what for event in events)
    assert kinds["first"] == kinds["asked"] == kinds["answered"] == len(outcome.requests)
    assert kinds["got"] == kinds["recorded"] == COUNT


def test_a_cut_and_what_continues_it(download: Download, server: LocalServer) -> None:
    download.threads, download.parts_per_request = 1, 0
    server.add_fault(part_fault("close", 0, after=2 * PART + 100))
    outcome, events = traced(download)
    ((code, reason),) = facts(events, "failed", "code", "reason")
    assert code == outcome.code and f"100 bytes received of {PART}" in reason
    assert facts(events, "got", "part") == facts(events, "recorded", "part") == [0, 1]
    outcome, events = traced(download)
    crcs = [(part, crc64) for part, crc64 in facts(events, "read", "part", "crc64")]
    assert [part for part, _ in crcs] == [0, 1] and facts(events, "got", "part") == [2, 3, 4]
    assert facts(events, "checkpoint", "done") == [2] and facts(events, "returned", "code") == [200]


def test_a_retry(download: Download, server: LocalServer) -> None:
    download.retry_times = 1
    server.add_fault(part_fault("status", 1, status=503))
    outcome, events = traced(download)
    assert outcome.code == 200
    assert facts(events, "retry", "code") == [503] and sorted(facts(events, "answered", "status"))[-1] == 503


def test_without_a_checkpoint(download: Download) -> None:
    download.enable_checkpoint = False
    outcome, events = traced(download)
    assert outcome.code == 200 and not facts(events, "recorded", "part") + facts(events, "checkpoint", "path")
    assert "recorded" not in page("", "", [[Drawing(events)]]).partition("<main>")[2]


# ---- the drawings ----


class Checked(HTMLParser):
    """Reads a page, whose elements have to be closed in their order, and keeps attributes and texts."""

    EMPTY = ("meta",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.given: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.given.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.given.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def of(self, kind: str) -> int:
        """How many rectangles of a kind there are in the drawings."""
        boxes = [given for tag, given in self.given if tag == "rect" and "x" in given]
        return sum(kind in (given["class"] or "").split() for given in boxes)

    def check(self) -> None:
        """Nothing comes from elsewhere, and nothing is secret."""
        assert [tag for tag, _ in self.given if tag in ("link", "img", "iframe", "image", "use", "object")] == []
        names = {name for _, given in self.given for name in given}
        assert names.isdisjoint({"src", "href", "xlink:href", "action", "data"})
        assert not [name for name in names if name.startswith("on")]
        assert [text for tag, text in self.texts if tag == "script" and "alert" in text] == []
        assert sum(tag == "script" for tag, _ in self.given) == 1
        for _, text in self.texts:
            assert not re.search(r"url\(|@import|Signature|Authorization|local-sk-secret|Credential", text), text


@TOGETHER
def test_a_page(download: Download, together: int) -> None:
    download.parts_per_request = together
    outcome, events = traced(download)
    found = Checked(page("a download", "", [[Drawing(events)]]))
    found.check()
    threads = {event.thread for event in events}
    assert {text for tag, text in found.texts if tag == "text"} > threads
    assert found.of("part") == found.of("record") == COUNT and found.of("lost") == 0
    titles = [text for tag, text in found.texts if tag == "title"]
    for value in headers(outcome, "Range"):
        assert any(f"Range: {value}\n" in title for title in titles)
    for record in facts(events, "recorded", "record"):
        assert any(record in title for title in titles)
    requests = len(headers(outcome, "Range"))
    assert f"{COUNT} of {COUNT} parts by {requests} request" in Drawing(events).in_words()


def test_a_page_of_a_cut_and_what_continues_it(download: Download, server: LocalServer) -> None:
    download.threads, download.parts_per_request = 1, 0
    server.add_fault(part_fault("close", 0, after=2 * PART + 100))
    first, second = Drawing(traced(download)[1], "first"), Drawing(traced(download)[1], "second")
    found = Checked(page("", "", [[first, second]]))
    found.check()
    assert (found.of("part"), found.of("lost"), found.of("read")) == (5, 1, 2)
    assert sum(given.get("class") == "cut" for _, given in found.given) == 1
    assert "2 of 5 parts by 1 request, returns -992" in first.in_words()
    assert "2 read again, 3 of 5 parts by 1 request, returns 200" in second.in_words()


def test_odd_names_stay_texts(download: Download) -> None:
    download.key, download.path = ODD, download.path.with_name(ODD.replace("/", "_"))
    download.put(DATA)
    outcome, events = traced(download)
    assert outcome.code == 200
    text = page(ODD, ODD, [[Drawing(events)]])
    found = Checked(text)
    found.check()
    assert "\u202e" not in text and "".join(data for tag, data in found.texts if tag == "h1").startswith("a <b> & ")
    xml.etree.ElementTree.fromstring(figure([Drawing(events)]))


def test_a_call_that_did_not_begin() -> None:
    found = Checked(page("", "", [[Drawing([])]]))
    found.check()


def test_the_figure_of_the_guide_is_drawn_from_the_recorded_runs() -> None:
    assert FIGURE.read_text() == drawn(), "python -m tests.tools.runs"
    tree = xml.etree.ElementTree.parse(FIGURE)
    kinds = [box.get("class", "") for box in tree.iter("{http://www.w3.org/2000/svg}rect")]
    assert sum(kind.startswith("part") for kind in kinds) == 2 * PARTS
    one, together = recorded()
    assert len(one.requests) == 1 + PARTS > len(together.requests) and one.seconds > together.seconds


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What ``explain --wire --html`` prints, and the page."""
    path = tmp_path_factory.mktemp("pages") / "page.html"
    command = [sys.executable, "-m", "oss.tools.explain", "--wire", "--html", str(path), "--parts", "8", "--cut", "3"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout, path


def test_explain_draws_both_ways_beside_each_other(compared: tuple[str, Path]) -> None:
    told, path = compared
    found = Checked(path.read_text())
    found.check()
    *calls, last = told.splitlines()
    assert last == f"drawn: {path}"
    assert [call.partition(":")[0] for call in calls] == [
        f"parts_per_request {together}, {title}"
        for together in (1, 0)
        for title in ("first call", "the same call again")
    ]
    captions = [text for tag, text in found.texts if tag == "figcaption"]
    assert captions == calls and found.of("part") == found.of("record") == 2 * 8
    assert [" returns -992," in call for call in calls] == [True, False, True, False]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_no_page_is_wider_than_its_window(compared: tuple[str, Path]) -> None:
    for one in measured(compared[1].parent, (390, 1440)):
        assert one.used <= one.room, one
