"""What the network does to a transfer: the line breaks at any byte, or is not there, or is slow beyond patience."""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from oss.local_server import Fault
from oss.oss_api import (
    AOSE_CONNECTION_FAILED,
    AOSE_FAILED_CONNECT,
    AOSE_FAILED_VERIFICATION,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
)
from tests.faults.bench import DATA, Bench, full
from tests.faults.cutter import Cutter, How
from tests.faults.jobs import SystemFault
from tests.faults.matrix import FOREVER, Case, Way, settled
from tests.resumable import IMPATIENT, pattern

SMALL, SMALL_PART = pattern(250), 100
STEP = {False: 197, True: 7}
"""Between the bytes at which the line breaks; more of them when everything is asked for."""
BOTH = ("download", "upload")


@pytest.fixture
def bench(both: dict[bool, Bench]) -> Iterator[Bench]:
    yield both[False]
    both[False].data = DATA


@pytest.mark.parametrize("what", BOTH)
@pytest.mark.parametrize("how", ["reset", "close"])
@pytest.mark.parametrize("answers", [True, False], ids=["answers", "requests"])
def test_the_line_breaks_at_a_byte(bench: Bench, what: str, how: How, answers: bool) -> None:
    broken: list[str] = []
    bench.data = SMALL
    with Cutter(bench.server.port) as line:
        settings: dict[str, Any] = {"endpoint": line.endpoint, "part_size": SMALL_PART}
        bench.begin(what)
        line.cut(-1, how, answers)
        assert bench.work(what, **settings).runs[0].told == "200"
        total = line.passed
        assert total > 900
        for after in range(0, total, STEP[full()]):
            bench.begin(what)
            line.cut(after, how, answers)
            case = Case(what, "recv", after, Way(how))
            if settled(bench, case, bench.work(what, **settings)).broken:
                broken.append(str(case))
    assert not broken, "\n".join(broken)


class Trouble(NamedTuple):
    """What is wrong, and what is told: the code, and words of the message; ``{host}`` is where it was."""

    code: int
    words: str
    endpoint: str = "{server}"
    faults: tuple[Fault, ...] = ()
    fault: SystemFault = SystemFault()


def slow(action: Any, **settings: Any) -> tuple[Fault, ...]:
    """Parts that come, or are acknowledged, too slowly."""
    return tuple(Fault({"method": method}, 2, None, action, **settings) for method in ("GET", "PUT"))


UNREACHABLE = SystemFault("connect", 1, "fail", errno.EHOSTUNREACH, FOREVER)
UNKNOWN = SystemFault("getaddrinfo", 1, "fail", socket.EAI_NONAME, FOREVER)
TROUBLES = {
    "refused": Trouble(AOSE_FAILED_CONNECT, "127.0.0.1:{closed}.*Connection refused", "http://127.0.0.1:{closed}"),
    "no route": Trouble(AOSE_FAILED_CONNECT, "{host}.*No route to host", fault=UNREACHABLE),
    "no such name": Trouble(AOSE_NAME_LOOKUP_ERROR, "no-such-host.invalid", "http://no-such-host.invalid"),
    "name not found": Trouble(AOSE_NAME_LOOKUP_ERROR, "a.example", "http://a.example", fault=UNKNOWN),
    "unknown authority": Trouble(AOSE_FAILED_VERIFICATION, "{tls}.*certificate", "https://{tls}"),
    "no TLS": Trouble(AOSE_INTERNAL_ERROR, "{host}", "https://{host}"),
    "the answer stalls": Trouble(AOSE_CONNECTION_FAILED, "{host}.*too slow", faults=slow("hang_before_head")),
    "the body stalls": Trouble(AOSE_CONNECTION_FAILED, "{host}.*too slow", faults=slow("stall")),
    "trickle": Trouble(AOSE_CONNECTION_FAILED, "{host}.*too slow", faults=slow("trickle")),
}
NOT_FOR_UPLOADS = ("the body stalls", "trickle")  # the answer to a part that is sent has no body


@pytest.fixture(scope="module")
def places(both: dict[bool, Bench]) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    return {
        "server": both[False].server.endpoint,
        "host": both[False].server.endpoint_host,
        "tls": both[True].server.endpoint_host,
        "closed": str(port),
    }


@pytest.mark.parametrize("what", BOTH)
@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_of_the_network(bench: Bench, places: dict[str, str], name: str, what: str) -> None:
    if what == "upload" and name in NOT_FOR_UPLOADS:
        pytest.skip("there is no such answer")
    trouble = TROUBLES[name]
    bench.begin(what)
    for fault in trouble.faults:
        fault.seen = 0
        bench.server.add_fault(fault)
    settings: dict[str, Any] = {"endpoint": trouble.endpoint.format(**places)}
    if trouble.faults:
        settings["speed_time"] = IMPATIENT
    case = Case(what, "recv", 1, Way(name))
    settled(bench, case, bench.work(what, trouble.fault, **settings))
    assert not case.broken, case
    assert case.told == f"{trouble.code} HttpIoError"
    assert re.search(trouble.words.format(**places), case.message), case.message
