"""Benchmarks run with ``pytest tests/bench --benchmark-only``; any other run does not even collect them.

OSS_BENCH_MIB: the object's size (1024). OSS_BENCH_ROUNDS: 5. OSS_BENCH_SLOW=1: what takes minutes too.
OSS_C_SDK_LIB: a built liboss_c_sdk.so. OSS_BENCH_NGINX_WORKERS: 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import report
from tests.bench.contenders import c_sdk
from tests.bench.servers import Service, service
from tests.bench.shapes import C_SDK

RESULTS = pytest.StashKey[report.Results]()
SERVER = pytest.StashKey[str]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return None if config.getoption("benchmark_only", default=False) else True


@pytest.fixture(scope="session")
def server() -> Iterator[Service]:
    with service() as running:
        if C_SDK:
            c_sdk.prepare(str(running.folder))
        yield running


@pytest.fixture(scope="session")
def results(pytestconfig: pytest.Config, server: Service) -> report.Results:
    pytestconfig.stash[SERVER] = server.name
    return pytestconfig.stash.setdefault(RESULTS, {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    results = config.stash.get(RESULTS, {})
    if results:
        terminalreporter.section("transfers")
        for line in report.table(results, config.stash[SERVER]):
            terminalreporter.write_line(line)
