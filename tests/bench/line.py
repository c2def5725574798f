"""Transfers on a line: ``python -m tests.bench.line``; ``--help`` lists what can be chosen.

The server is on loopback behind ``relay.c``, which makes it as many milliseconds away as is asked for. A shape is a
round trip, a part size and a number of threads; the checkpoint is on. In each round of a shape every contender runs
once, in a fresh process, to a fresh file, in an order that is drawn anew. Uploads (``--upload``) go to a server that
drops them.

Two of the rows are what nobody can beat: the line's limit (``contenders/streams.c``: one range a thread, nothing else)
and the bare start of a process. The sum of the two is what the others are compared with. A third is the limit for who
asks for each part by itself.

Who asks for one part at a time waits a round trip for each. Where these alone would take longer than a row may take,
the row is measured with a smaller object, whose size it shows; nothing is extrapolated.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median

from tests.bench.contenders import c_sdk
from tests.bench.measure import Sample, measure
from tests.bench.memory import kept
from tests.bench.relay import RELAY, STREAMS, compiled, missing, relay
from tests.bench.report import machine
from tests.bench.servers import Service, service
from tests.bench.shapes import C_SDK, CURL, MIB, OSS2, PORT, ROUNDS, THE_PORT, V2, C, Entry, Shape, command, environment

RUNS = Entry(THE_PORT, settings=("parts_per_request=0",))
LIMIT, PARTS, PYTHON, REQUESTS = map(
    Entry, ("line's limit", "limit, a part a request", "bare python", "import requests")
)
STARTS = {PYTHON: "", REQUESTS: "import requests"}
A_PART_AT_A_TIME = (PORT, C, OSS2, V2, PARTS)
CONTENDERS = {
    "port": PORT,
    "runs": RUNS,
    "c": C,
    "oss2": OSS2,
    "v2": V2,
    "curl": CURL,
    "limit": LIMIT,
    "parts": PARTS,
    "python": PYTHON,
    "requests": REQUESTS,
}
DOWNLOADS = (RUNS, CURL, LIMIT, PARTS)
"""The contenders that upload nothing, or in no parts."""
COLUMNS = {
    "contender": "<25",
    "MiB": ">5",
    "rounds": ">8",
    "median s": ">10",
    "least s": ">9",
    "MiB/s": ">8",
    "x C SDK": ">9",
    "x python": ">10",
    "x requests": ">12",
    "CPU s": ">8",
    "peak": ">6",
}
EXPLAINED = (
    "x C SDK: so many times its speed. x python, x requests: so many times what the line's limit and the bare start of",
    "python, or of one that imports requests, take together. peak: MiB of memory",
)


@dataclass(frozen=True)
class Line:
    """A shape: how far away the server is, in seconds, and how its object is downloaded."""

    round_trip: float
    part_size: int
    threads: int

    @property
    def name(self) -> str:
        return f"{self.round_trip * 1000:g} ms, parts of {self.part_size >> 10} KiB, {self.threads} threads"

    def size(self, entry: Entry, size: int, limit: float) -> int:
        """Returns the size of the object for a contender: ``size``, halved until the round trips fit ``limit``."""
        if entry in STARTS:
            return 0
        while entry in A_PART_AT_A_TIME and size > MIB:
            waits = -(-size // self.part_size) / self.threads * self.round_trip
            if waits <= limit:
                break
            size //= 2
        return size


@dataclass
class Row:
    """A contender on a line. ``note`` tells why there is nothing to be seen, if so."""

    entry: Entry
    size: int
    note: str
    samples: list[Sample] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.entry.label

    @property
    def spent(self) -> float:
        return sum(sample.wall for sample in self.samples)

    @property
    def wall(self) -> float:
        """Returns the median; 0 where there is none."""
        return median(sample.wall for sample in self.samples) if self.samples else 0.0

    @property
    def speed(self) -> float:
        """MiB a second; 0 where there is none."""
        return self.size / MIB / self.wall if self.wall else 0.0


@dataclass(frozen=True)
class Bench:
    """The service, by the port at which the line to it begins, and the limit program; ``limit`` is the seconds that a
    row may take."""

    server: Service
    streams: Path
    limit: int
    port: int
    verb: str = "download"

    def transfer(self, line: Line, entry: Entry, size: int) -> Sample:
        """Runs a contender once; a RuntimeError where it fails, or what it downloaded is not the object."""
        self.server.clean()
        file, name = self.server.file(self.verb), name_of(size, self.server)
        if entry in (LIMIT, PARTS):
            target, parts = f"/bucket/{name}", [str(line.part_size)] if entry is PARTS else []
            how = [str(self.streams), str(self.port), target, str(file), str(size), str(line.threads), *parts]
        elif entry in STARTS:
            how = [sys.executable, "-c", STARTS[entry]]
        else:
            shape = Shape("", self.verb, (), line.part_size, True, threads=line.threads, object=name)
            how = command(entry, shape, f"http://127.0.0.1:{self.port}", file, "")
        sample = measure(how, environment("", self.server.folder), 2 * self.limit)
        if size and self.verb == "download" and not self.server.whole(name):
            raise RuntimeError("it downloaded something else")
        return sample

    def run(self, line: Line, rows: Sequence[Row], rounds: int) -> None:
        """Fills the rows of a shape. A row that has taken its time takes part in no further round."""
        for _ in range(rounds):
            for row in random.sample(rows, len(rows)):
                if row.note or row.spent > self.limit:
                    continue
                try:
                    row.samples.append(self.transfer(line, row.entry, row.size))
                except RuntimeError as error:
                    row.note = str(error).strip().rpartition("\n")[2]


def name_of(size: int, server: Service) -> str:
    """Returns the name of the object of a size."""
    return "object" if size == server.source.stat().st_size else f"object-{size}"


def columns(*values: object) -> str:
    """Returns a line of the table."""
    return "  " + "".join(f"{value:{width}}" for value, width in zip(values, COLUMNS.values(), strict=True))


def table(line: Line, rows: Sequence[Row]) -> Iterator[str]:
    """Yields the lines of a shape's table."""
    yield line.name
    by_entry = {row.entry: row for row in rows}
    limit, c = (by_entry.get(entry, Row(entry, 0, "")) for entry in (LIMIT, C))
    for row in rows:
        if row.note or not row.samples:
            yield f"  {row.entry.label:<25} {row.note}"
            continue
        comparable = row.size == limit.size and row is not limit and limit.wall
        sums = [limit.wall + by_entry[start].wall if start in by_entry else 0.0 for start in STARTS]
        yield columns(
            row.entry.label,
            row.size // MIB or "",
            len(row.samples),
            f"{row.wall:.3f}",
            f"{min(sample.wall for sample in row.samples):.3f}",
            f"{row.speed:.1f}" if row.size else "",
            f"{row.speed / c.speed:.2f}" if row.size and c.speed and row is not c else "",
            *(f"{row.wall / both:.2f}" if comparable and both else "" for both in sums),
            f"{median(sample.cpu for sample in row.samples):.2f}",
            f"{max(sample.peak for sample in row.samples):.0f}",
        )


def relay_limits(through: Bench, past: Bench, size: int, threads: Sequence[int], rounds: int) -> Iterator[str]:
    """Yields what the relay itself lets through at 0 ms, beside what comes past it."""
    ways = {"through it": through, "past it": past}
    for count in threads:
        rows = {where: Row(LIMIT, size, "") for where in ways}
        for _ in range(rounds):
            for where in random.sample(list(ways), 2):
                ways[where].run(Line(0.0, size, count), [rows[where]], 1)
        speeds = ", ".join(f"{row.speed:.0f} MiB/s {where}" for where, row in rows.items())
        yield f"the relay's own limit at 0 ms, {count} connections: {speeds}"


def chosen(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench.line", description="Measures downloads on a line.")
    add = parser.add_argument
    add("--round-trips", type=float, nargs="+", default=[0, 10, 40, 100], metavar="MS")
    add("--part-kib", type=int, nargs="+", default=[100, 1024, 8192], metavar="KIB")
    add("--threads", type=int, nargs="+", default=[3, 8], metavar="N")
    add("--contenders", nargs="+", default=list(CONTENDERS), choices=list(CONTENDERS))
    add("--mib", type=int, default=256, help="the object's size")
    add("--rounds", type=int, default=ROUNDS)
    add("--limit", type=int, default=60, metavar="S", help="seconds after which a row takes part in no further round")
    add("--upload", action="store_true", help="uploads instead of downloads")
    add("--bandwidth", type=float, default=0.0, metavar="MIB", help="MiB a second and connection; 0 is no limit")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    args = chosen(arguments)
    if why := missing():
        sys.exit(why)
    verb = "upload" if args.upload else "download"
    entries = [
        entry for name in args.contenders if (entry := CONTENDERS[name]) not in (DOWNLOADS if args.upload else ())
    ]
    lines = [
        Line(ms / 1000, kib << 10, threads)
        for ms, kib, threads in product(args.round_trips, args.part_kib, args.threads)
    ]
    whole = args.mib * MIB
    limit = 1 << 30 if args.upload else args.limit  # what is uploaded is one file
    sizes = {line.size(entry, whole, limit) for line in lines for entry in entries} - {0, whole}
    objects = {"object": whole, **{f"object-{size}": size for size in sizes}}
    with service(objects, [kib << 10 for kib in args.part_kib]) as server, ExitStack() as stack:
        program, streams = (compiled(source, server.folder) for source in (RELAY, STREAMS))
        port, sink = (int(endpoint.rpartition(":")[2]) for endpoint in (server.plain, server.sink))

        def bench(round_trip: float, rate: float = 0.0) -> Bench:
            near = sink if verb == "upload" else port
            far = stack.enter_context(relay(program, near, round_trip, round(rate * MIB)))
            return Bench(server, streams, args.limit, far, verb)

        if C_SDK:
            c_sdk.prepare(str(server.folder))
        print(machine(), f"object of {args.mib} MiB, {server.name} behind the relay", *EXPLAINED, sep="\n")
        if verb == "download":
            past = Bench(server, streams, args.limit, port)
            for text in relay_limits(bench(0.0), past, whole, args.threads, args.rounds):
                print(text, flush=True)
        print(columns(*COLUMNS))
        benches = {ms / 1000: bench(ms / 1000, args.bandwidth) for ms in args.round_trips}
        for line in lines:
            rows = [Row(entry, line.size(entry, whole, limit), entry.absent) for entry in entries]
            with kept(whole):
                benches[line.round_trip].run(line, rows, args.rounds)
            print(*table(line, rows), sep="\n", flush=True)


if __name__ == "__main__":
    main()
