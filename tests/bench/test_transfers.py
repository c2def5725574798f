"""Whole transfers: every contender in a fresh process, round by round in an order that is drawn anew for each, so that
none always runs after the same one, each time to a fresh file.

pytest-benchmark sees the port's runs; the table at the end of the run has everybody's.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.bench.measure import Sample, measure
from tests.bench.report import Results
from tests.bench.servers import Service
from tests.bench.shapes import SHAPES, Entry, Shape, command, environment


def transfer(server: Service, shape: Shape, entry: Entry) -> Sample:
    server.clean()
    endpoint, file = server.endpoint(shape.verb, shape.tls), server.file(shape.verb)
    ca_file = server.ca_file if shape.tls else ""
    sample = measure(command(entry, shape, endpoint, file, ca_file), environment(ca_file, server.folder))
    assert shape.verb != "download" or server.whole(shape.object), f"{entry.label} downloaded something else"
    return sample


def absent(server: Service, shape: Shape, entry: Entry) -> str:
    return entry.absent or ("" if server.is_nginx or shape.object in ("object", "upload") else "needs nginx")


@pytest.mark.benchmark(group="transfers")
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_transfer(benchmark: Any, server: Service, results: Results, shape: Shape) -> None:
    port = shape.entries[0]
    why = {entry: absent(server, shape, entry) for entry in shape.entries}
    rows = results[shape.name] = {entry.label: why[entry] or list[Sample]() for entry in shape.entries}
    if why[port]:
        pytest.skip(why[port])
    if shape.rounds > 1:
        transfer(server, shape, port)  # pages and caches are warm

    def run(entry: Entry) -> None:
        row = rows[entry.label]
        if isinstance(row, list) and len(row) < min(entry.rounds, shape.rounds):
            row.append(transfer(server, shape, entry))

    after: list[Entry] = []

    def until_the_port() -> None:
        order = random.sample(shape.entries, len(shape.entries))
        turn = order.index(port)
        for entry in [*after, *order[:turn]]:
            run(entry)
        after[:] = order[turn + 1 :]

    benchmark.pedantic(run, args=(port,), setup=until_the_port, rounds=shape.rounds)
    for entry in after:
        run(entry)
    server.clean()
