"""What the port does differently on purpose in its surroundings: rows for ``judge``, after those of the calls."""

from __future__ import annotations

from typing import Any

from oss.tools.crosscheck.replay.calls import Expectation
from oss.tools.crosscheck.replay.rows import Case, Difference

__all__ = ["SURROUNDINGS"]

SERVICE_ONLY = "User-Agent"
MODE = "600"


def _asks_for_tunnel(case: Case) -> bool:
    return any(exchange["request"]["method"] == "CONNECT" for exchange in case["exchanges"])


def _without_user_agent(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        if request.method == "CONNECT":
            request.headers = [pair for pair in request.headers if pair[0] != SERVICE_ONLY]


def _no_headers(case: Case, expected: Expectation) -> None:
    expected.resp_headers = []


def _proxy_named(case: Case, expected: Expectation) -> None:
    expected.status["about"] = "proxy"


def _modes(expected: Expectation) -> list[str]:
    return [name for name in expected.out if name.startswith("mode of ") and name.endswith((".dcp", ".ucp"))]


def _leaves_checkpoint(case: Case) -> bool:
    files: dict[str, Any] = case["result"]["files_after"]
    return any(name.endswith((".dcp", ".ucp")) for name in files)


def _own_mode(case: Case, expected: Expectation) -> None:
    for name in _modes(expected):
        expected.out[name] = MODE


SURROUNDINGS = (
    Difference("proxies: CONNECT does not name the program", _asks_for_tunnel, _without_user_agent),
    Difference("proxies: the headers of a refusal to connect are not the answer's", _asks_for_tunnel, _no_headers),
    Difference("proxies: a refusal to connect names the proxy", _asks_for_tunnel, _proxy_named),
    Difference("checkpoints: mode 0600", _leaves_checkpoint, _own_mode),
)
