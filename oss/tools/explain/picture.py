"""Draws downloads as they were traced (``oss.tools.explain.trace``): a lane for each thread, time from left to right.

A drawing is SVG by itself, or stands in a page that needs nothing from elsewhere. A page with colours of its own gives
them to a drawing in it (those of the guide's theme); elsewhere they go by the reader's system, light or dark.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from oss._command.text import bytes_text, printable
from oss.tools.explain.trace import Event

__all__ = ["Drawing", "figure", "page"]

LEFT, RIGHT, AXIS, LANE, CURVE = 76, 14, 26, 26, 44
"""Widths of the margins, heights of the axis, of a lane and of the checkpoint's curve."""
WIDTHS = {1: 1320, 2: 690}
"""Width of a drawing where so many stand beside each other."""
LETTER = 6.3
LEAST = 85
"""How small a drawing may become, in percent, before its window scrolls."""
NEXT = "\n\n"
MANY_TICKS = 8
FACES = 'font-family="ui-sans-serif, system-ui, sans-serif" font-size="12" fill="currentColor"'
MARKS = {"sized": "file sized", "checkpoint": "checkpoint made", "crc64": "CRC64", "renamed": "renamed"}
MARKS |= {"removed": "checkpoint removed", "returned": "returns {code}"}
"""The steps of the call, each in a word or two."""
STYLE = """
.run { color: var(--color-foreground-primary, #24292f); --blue: var(--color-brand-primary, #0a4bff);
  --gray: var(--color-foreground-muted, #777); --red: var(--color-problematic, #b30000); --green: #1a7f37; }
@media (prefers-color-scheme: dark) { .run { color: var(--color-foreground-primary, #e6edf3);
  --blue: var(--color-brand-primary, #3d94ff); --red: var(--color-problematic, #ff7b72); --green: #3fb950; } }
.run text { pointer-events: none; }
.run .small { font-size: 10.5px; }
.run .title { font-weight: 600; }
.run .lane { stroke: var(--gray); stroke-opacity: 0.25; }
.run .wait { fill: var(--gray); fill-opacity: 0.25; stroke: var(--gray); stroke-width: 0.5; }
.run .part { fill: var(--blue); fill-opacity: 0.45; }
.run .odd { fill-opacity: 0.65; }
.run .read { fill: var(--green); fill-opacity: 0.3; }
.run .lost { fill: var(--red); fill-opacity: 0.3; }
.run .mark { fill: var(--gray); }
.run .record { fill: var(--green); }
.run .cut { fill: none; stroke: var(--red); stroke-width: 2.5; }
.run .curve { fill: var(--green); fill-opacity: 0.2; stroke: var(--green); }
"""
LEGEND = (
    ("wait", "asked, no byte yet"),
    ("part", "bytes of a part arrive"),
    ("record", "the part is recorded"),
    ("read", "read again in the file"),
    ("lost", "bytes of a part that was cut off"),
)


@dataclass
class Piece:
    """A part that was finished: from when to when, the facts, and those of its record."""

    begin: float
    end: float
    facts: dict[str, Any]
    record: Event | None = None


@dataclass
class Request:
    """A request of a thread, and what came of it."""

    asked: Event
    end: float
    first: float | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    failed: Event | None = None

    @property
    def problem(self) -> str | None:
        """Why the request did not bring what it asked for; None where it did."""
        if self.failed is not None:
            return f"ended with {self.failed.facts['code']}: {self.failed.facts['reason']}"
        status = self.answer.get("status", 200)
        return f"answered {status}" if status >= 300 else None

    def after(self, event: Event) -> None:
        """Takes a later step of the same thread."""
        if event.what == "first":
            self.first = self.end = event.time
        elif event.what == "answered":
            self.answer, self.end = event.facts, max(self.end, event.time)
        elif event.what == "got":
            begin = self.pieces[-1].end if self.pieces else self.first or self.asked.time
            self.pieces.append(Piece(begin, event.time, event.facts))
            self.end = event.time
        elif event.what == "recorded" and self.pieces:
            self.pieces[-1].record = event
        elif event.what == "failed":
            self.failed, self.end = event, event.time


class Drawing:
    """One call of a download, of which the steps are given."""

    def __init__(self, events: Iterable[Event], title: str = "") -> None:
        self.events, self.title = sorted(events, key=lambda event: event.time), title
        self.seconds = self.events[-1].time if self.events else 0.0
        self.requests: list[Request] = []
        present: dict[str, Request] = {}
        for event in self.events:
            if event.what == "asked":
                present[event.thread] = Request(event, event.time)
                self.requests.append(present[event.thread])
            elif event.thread in present:
                present[event.thread].after(event)

    def of(self, *what: str) -> list[Event]:
        """Returns all steps of these kinds."""
        return [event for event in self.events if event.what in what]

    def fact(self, what: str, name: str) -> Any:
        """Returns a fact of the last step of a kind; None without one."""
        found = self.of(what)
        return found[-1].facts[name] if found else None

    @property
    def lanes(self) -> list[str]:
        """The threads, those of the pool in the order of their numbers."""
        threads = {event.thread for event in self.events} - {"caller", "call"}
        return ["caller", "call", *sorted(threads, key=lambda name: (len(name), name))]

    def in_words(self) -> str:
        """Returns what was asked for and what came of it, in a line."""
        asked = sum("first" in request.asked.facts for request in self.requests)
        got, parts = len(self.of("got")), self.fact("planned", "parts")
        ended = f"returns {self.fact('returned', 'code')}" if self.of("returned") else "did not return"
        words = [f"{got} of {parts} parts by {asked} request{'s' if asked != 1 else ''}", ended] if parts else [ended]
        if read := len(self.of("read")):
            words.insert(0, f"{read} read again")
        if not self.of("begun"):
            return "not begun"
        together = f"parts_per_request {self.fact('begun', 'parts_per_request')}"
        title = f"{together}, {self.title}" if self.title else together
        return f"{title}: {', '.join(words)}, {time_text(self.seconds)}"

    # ---- the drawing ----

    @property
    def height(self) -> int:
        return AXIS + LANE * len(self.lanes) + (CURVE if self.of("checkpoint") else 0) + 4

    def drawn(self, width: int, seconds: float) -> Iterator[str]:
        """Yields the elements of the drawing, on a scale of so many seconds."""
        self._scale = (width - LEFT - RIGHT) / max(seconds, 1e-3)
        self._rows = {name: AXIS + LANE * number for number, name in enumerate(self.lanes)}
        yield from self._axis(seconds)
        for name, top in self._rows.items():
            yield _line(LEFT, top + LANE / 2, width - RIGHT, top + LANE / 2)
            yield _text(LEFT - 8, top + LANE / 2 + 4, name, "end")
        for request in self.requests:
            yield from self._request(request)
        yield from self._progress()
        yield from self._reread()
        yield from self._marks(width)
        if self.of("checkpoint"):
            yield from self._curve(width)

    def _x(self, seconds: float) -> float:
        return LEFT + seconds * self._scale

    def _axis(self, seconds: float) -> Iterator[str]:
        step = _step(seconds)
        for number in range(int(seconds / step) + 1):
            x = self._x(number * step)
            yield _line(x, AXIS - 6, x, self.height)
            yield _text(x, AXIS - 12, time_text(number * step), "middle" if number else "start", "small")

    def _box(self, thread: str, kind: str, begin: float, end: float, title: str, place: float = 0.1) -> str:
        """A rectangle in a lane; ``place`` says how far from its upper and lower edge."""
        top, inset = self._rows[thread], LANE * place
        return _rect(kind, self._x(begin), top + inset, (end - begin) * self._scale, LANE - 2 * inset, title)

    def _request(self, request: Request) -> Iterator[str]:
        thread, begin, title = request.asked.thread, request.asked.time, _told(request)
        first = request.first if request.first is not None else request.end
        yield self._box(thread, "wait", begin, first, title)
        if not request.pieces and request.end > first:
            yield self._box(thread, "lost" if request.failed else "wait", first, request.end, title)
        for piece in request.pieces:
            yield from self._piece(thread, piece, title)
        if request.failed is not None and request.pieces:
            yield self._box(thread, "lost", request.pieces[-1].end, request.end, title)
        if (problem := request.problem) is not None:
            x, y = self._x(request.end), self._rows[thread] + LANE / 2
            shape = f"M{x - 5:.1f} {y - 5:g}l10 10m0 -10l-10 10"
            yield f'<path d="{shape}" class="cut">{_title(f"{problem}{NEXT}{title}")}</path>'
        method = request.asked.facts["line"].partition(" ")[0]
        if "first" not in request.asked.facts and (request.end - begin) * self._scale > len(method) * LETTER + 8:
            yield _text(self._x(begin) + 4, self._rows[thread] + LANE / 2 + 4, method)

    def _piece(self, thread: str, piece: Piece, asked: str) -> Iterator[str]:
        number, size, crc64 = piece.facts.values()
        title = f"part {number}: {size} bytes from {time_text(piece.begin)} to {time_text(piece.end)}, CRC64 {crc64}"
        if (record := piece.record) is not None:
            facts = record.facts
            title += f"\nrecorded at {time_text(record.time)}: {facts['record']} at byte {facts['offset']}"
        kind = "part odd" if number % 2 else "part"
        yield self._box(thread, kind, piece.begin, piece.end, f"{title}{NEXT}{asked}")
        if record is not None:
            top = self._rows[thread] + LANE * 0.55
            yield _rect("record", self._x(record.time) - 0.75, top, 1.5, LANE * 0.45, title)
        if (piece.end - piece.begin) * self._scale > len(str(number)) * LETTER + 3:
            middle = self._x((piece.begin + piece.end) / 2)
            yield _text(middle, self._rows[thread] + LANE / 2 + 3, str(number), "middle", "small")

    def _progress(self) -> Iterator[str]:
        for event in self.of("progress"):
            title = f"progress: {event.facts['consumed']} of {event.facts['total']} bytes, at {time_text(event.time)}"
            x, top = self._x(event.time), self._rows[event.thread]
            yield _rect("mark", x - 0.75, top + LANE * 0.25, 1.5, LANE * 0.5, title)

    def _reread(self) -> Iterator[str]:
        """The parts that were read again: each from the end of the one before in its thread, or from the beginning of
        all."""
        begins: dict[str, float] = {}
        earlier = 0.0
        for event in self.events:
            if event.what == "read":
                title = f"part {event.facts['part']}: read again in the file, CRC64 {event.facts['crc64']}"
                begin = begins.get(event.thread, earlier)
                yield self._box(event.thread, "read", begin, event.time, title)
                begins[event.thread] = event.time
            elif not begins:
                earlier = event.time

    def _marks(self, width: int) -> Iterator[str]:
        """The other steps of the call, with words for those that stand together where there is room."""
        file = self.fact("begun", "file")
        groups: list[list[Event]] = []
        for event in self.of(*MARKS):
            if event.what == "renamed" and event.facts["target"] != file:
                continue  # the checkpoint, which is made under another name
            if not groups or (event.time - groups[-1][-1].time) * self._scale > 3 * LETTER:
                groups.append([])
            groups[-1].append(event)
        room = self._x(max((one.end for one in self.requests if one.asked.thread == "call"), default=0.0))
        for group, following in zip_longest(groups, groups[1:]):
            for event in group:
                x, top = self._x(event.time), self._rows["call"]
                yield _rect("mark", x - 0.75, top + LANE * 0.1, 1.5, LANE * 0.8, _mark(event))
            words = ", ".join(MARKS[event.what].format(**event.facts) for event in group)
            begin, end = self._x(group[0].time) - 5, self._x(group[-1].time) + 5
            size, middle = len(words) * LETTER, self._rows["call"] + LANE / 2 + 4
            if end + size < (self._x(following[0].time) if following else width):
                yield _text(end, middle, words)
                room = end + size
            elif begin - size > room:
                yield _text(begin, middle, words, "end")

    def _curve(self, width: int) -> Iterator[str]:
        """How many parts the checkpoint has, over time."""
        top, count = self.height - CURVE, max(self.fact("checkpoint", "parts"), 1)
        bottom, done, points = self.height - 6, 0, list[str]()
        for event in self.of("checkpoint", "recorded", "removed", "returned"):
            if not points and event.what != "checkpoint":
                continue
            x = self._x(event.time)
            points.append(f"{x:.1f} {bottom - (CURVE - 12) * done / count:.1f}" if points else f"{x:.1f} {bottom}")
            if event.what in ("removed", "returned"):
                break
            done = event.facts["done"] if event.what == "checkpoint" else done + 1
            points.append(f"{x:.1f} {bottom - (CURVE - 12) * done / count:.1f}")
        title = _title(f"the checkpoint {self.fact('checkpoint', 'path')} has {done} of {count} parts in the end")
        yield f'<path d="M{"L".join(points)}V{bottom}z" class="curve">{title}</path>'
        yield _text(LEFT - 8, top + CURVE / 2 + 4, "checkpoint", "end")
        x, words = float(points[-1].split()[0]), f"{done} of {count} recorded"
        if x + 5 + len(words) * LETTER < width:
            yield _text(x + 5, bottom - 4, words, "start", "small")
        else:
            yield _text(x - 5, top + 4, words, "end", "small")


# ---- texts ----


def time_text(seconds: float) -> str:
    """Returns a time with its unit: milliseconds up to a second."""
    return f"{seconds * 1000:.4g} ms" if seconds < 1 else f"{seconds:.4g} s"


def _step(seconds: float) -> float:
    """Returns how far apart the ticks of an axis of so many seconds are: 1, 2 or 5 times a power of ten."""
    least = max(seconds, 1e-3) / MANY_TICKS
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= least)


def _told(request: Request) -> str:
    """Returns a request and its answer in words."""
    facts, begin, answer = request.asked.facts, request.asked.time, request.answer
    lines = [facts["line"], f"Host: {facts['host']}", *([f"Range: {facts['range']}"] if facts["range"] else [])]
    waited = f", first byte {time_text(request.first - begin)} later" if request.first is not None else ""
    lines.append(f"asked at {time_text(begin)}{waited}")
    if answer:
        lines.append(f"answer {answer['status']}, request id {answer['request_id'] or 'none'}")
    return "\n".join(lines)


def _mark(event: Event) -> str:
    """Returns a step of the call in words."""
    facts = ", ".join(f"{name} {value}" for name, value in event.facts.items() if value is not None)
    return f"{event.what} at {time_text(event.time)}: {facts}"


# ---- elements ----


def _safe(text: str) -> str:
    return "\n".join(html.escape(printable(line)) for line in text.split("\n"))


def _title(text: str) -> str:
    return f"<title>{_safe(text)}</title>"


def _rect(kind: str, x: float, y: float, width: float, height: float, title: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}"'
    return f'<rect class="{kind}" {place}>{_title(title)}</rect>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path class="lane" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start", size: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{size}">{_safe(text)}</text>'


# ---- a figure, and a page ----


def _svg(width: int, height: int, words: str, *elements: str) -> str:
    begin = f'<svg class="run" viewBox="0 0 {width} {height}" role="img" aria-label="{_safe(words)}"'
    begin += f' style="min-width: {width * LEAST // 100}px"'  # a window that is narrower scrolls
    return "\n".join([f'{begin} xmlns="http://www.w3.org/2000/svg">', f"<g {FACES}>", *elements, "</g></svg>"])


def figure(drawings: Sequence[Drawing], width: int = 720) -> str:
    """Returns drawings on one scale, one below the other, as SVG with its style."""
    seconds, top, elements = max(one.seconds for one in drawings), 0, [f"<style>{STYLE}</style>"]
    for one in drawings:
        elements.append(_text(2, top + 14, one.in_words(), "start", "title"))
        elements += [f'<g transform="translate(0 {top + 18})">', *one.drawn(width, seconds), "</g>"]
        top += one.height + 32
    return _svg(width, top - 10, "; ".join(one.in_words() for one in drawings), *elements) + "\n"


def page(title: str, introduction: str, rows: Sequence[Sequence[Drawing]]) -> str:
    """Returns a page of its own with drawings on one scale; those of a row stand beside each other where there is
    room."""
    columns = max(map(len, rows))
    width, seconds = WIDTHS[columns], max(one.seconds for row in rows for one in row)
    drawn = []
    for one in (one for row in rows for one in row):
        words = one.in_words()
        picture = _svg(width, one.height, words, *one.drawn(width, seconds))
        drawn.append(f"<figure><figcaption>{_safe(words)}</figcaption><div>{picture}</div></figure>")
    facts = "".join(f"<dt>{name}</dt><dd>{_safe(value)}</dd>" for name, value in _facts(rows[0][0]))
    legend = "".join(
        f'<span><svg class="run" width="14" height="14"><rect class="{kind}" width="14" height="14"/></svg>'
        f" {words}</span>"
        for kind, words in LEGEND
    )
    introduction = f"<p>{_safe(introduction)}</p>" if introduction else ""
    given = {"title": _safe(title), "introduction": introduction, "facts": facts, "legend": legend}
    given |= {"style": STYLE, "columns": str(columns), "drawn": "\n".join(drawn)}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: given[found[1]], PAGE)


def _facts(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Yields what a download is of, name and text."""
    fact = drawing.fact
    if not drawing.of("begun"):
        return
    yield "object", f"oss://{fact('begun', 'bucket')}/{fact('begun', 'object')}"
    yield "file", str(fact("begun", "file"))
    if drawing.of("planned"):
        size, part = fact("planned", "size"), fact("planned", "part_size")
        yield "size", f"{size} bytes, {fact('planned', 'parts')} parts of {bytes_text(part)}"
    yield "threads", str(fact("begun", "threads"))


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
script-src 'unsafe-inline'">
<title>{{title}}</title>
<style>
:root { color-scheme: light dark; --ground: #fff; --ink: #24292f; --edge: #8884; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #e6edf3; } }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; background: var(--ground); color: var(--ink);
  font: 15px/1.45 ui-sans-serif, system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0.2rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0.6rem 0; }
dd { margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; font-size: 0.85rem; }
.legend svg { vertical-align: -2px; }
main { display: grid; grid-template-columns: repeat({{columns}}, minmax(0, 1fr)); gap: 0.5rem 1.5rem; }
@media (max-width: 64rem) { main { grid-template-columns: minmax(0, 1fr); } }
figure { margin: 0.8rem 0 0; }
figcaption { font-weight: 600; margin-bottom: 0.2rem; }
figure div { overflow-x: auto; }
figure svg { display: block; width: 100%; }
output { display: block; position: sticky; bottom: 0; min-height: 7rem; margin-top: 1rem; padding: 0.6rem 0;
  border-top: 1px solid var(--edge); background: var(--ground); white-space: pre-wrap; font: 12.5px/1.4 ui-monospace, \
monospace; }
{{style}}</style>
</head>
<body>
<h1>{{title}}</h1>
{{introduction}}
<dl>{{facts}}</dl>
<div class="legend">{{legend}}</div>
<main>
{{drawn}}
</main>
<output>Point at a part, a request or a mark, or touch it.</output>
<script>
for (const event of ["pointerover", "click"])
  document.querySelector("main").addEventListener(event, ({target}) => {
    const title = target.querySelector(":scope > title");
    if (title) document.querySelector("output").textContent = title.textContent;
  });
</script>
</body>
</html>
"""
