"""Replays what the C SDK did: ``docs/corpus.md`` tells the recordings, ``oss.tools.crosscheck.replay`` plays them."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from oss.tools.crosscheck.replay import run
from oss.tools.crosscheck.replay.calls import expected_of
from oss.tools.crosscheck.replay.checkpoints import checkpoints
from oss.tools.crosscheck.replay.corpus import Corpus
from oss.tools.crosscheck.replay.differences import CALLS, SIGNATURES, VECTORS
from oss.tools.crosscheck.replay.reference import authorization, resource_of
from oss.tools.crosscheck.replay.server import ScriptedServer
from oss.tools.crosscheck.replay.tables import constants, defaults
from oss.tools.crosscheck.replay.traits import given
from oss.tools.crosscheck.replay.verdicts import Verdict
from tests.recordings import DEFAULT_FOLDER, corpus_folder

RECORDED = Corpus(corpus_folder())
OTHER_CORPUS = bool(os.environ.get("OSS_GOLDEN_DIR"))
FUNCTIONS = [(file, function) for file, functions in RECORDED.cases.items() for function in functions]
ALL_CASES = [case for functions in RECORDED.cases.values() for cases in functions.values() for case in cases]

NOT_SIGNED_SO = (
    *(row.name for row in SIGNATURES),
    "Content-MD5 is that of the body",
    "an Authorization of the caller's is replaced",
    "an empty object or channel name is refused",
    "refused: what would end a header or name early",
    "refused: a missing key",
    "refused: a missing region",
    "refused: an x-oss-date that is no date",
)
"""The differences in what is signed."""


@pytest.fixture(scope="module")
def server() -> ScriptedServer:
    run.prepare()
    return ScriptedServer()


@pytest.fixture(scope="module")
def verdicts(request: pytest.FixtureRequest) -> Iterator[list[Verdict]]:
    """Everything judged in this run; summed up on the terminal at its end."""
    found: list[Verdict] = []
    yield found
    plugins = request.config.pluginmanager
    terminal, capture = plugins.getplugin("terminalreporter"), plugins.getplugin("capturemanager")
    if terminal is not None and capture is not None and found:
        with capture.global_and_fixture_disabled():
            terminal.ensure_newline()
            terminal.section("golden replay")
            terminal.write_line(run.summary(found))


def check(found: list[Verdict], verdicts: list[Verdict]) -> None:
    verdicts += found
    assert not (bad := [v for v in found if v.problems]), "\n" + "\n".join(map(str, bad))


@pytest.mark.parametrize(("file", "function"), FUNCTIONS)
def test_calls_and_helpers(file: str, function: str, server: ScriptedServer, verdicts: list[Verdict]) -> None:
    check([run.judge(case, server, RECORDED.checkpoints) for case in RECORDED.cases[file][function]], verdicts)


@pytest.mark.parametrize("table", [constants, defaults])
def test_tables(table: Callable[[Corpus], Iterator[Verdict]], verdicts: list[Verdict]) -> None:
    check(list(table(RECORDED)), verdicts)


def test_checkpoints(server: ScriptedServer, verdicts: list[Verdict]) -> None:
    check(list(checkpoints(RECORDED, server)), verdicts)


def _applies(name: str) -> bool:
    row = next(row for row in CALLS + VECTORS if row.name == name)
    return any(row.when(case) for case in ALL_CASES if ("exchanges" in case) == (row in CALLS))


@pytest.mark.skipif(OTHER_CORPUS, reason="another corpus need not meet every difference")
@pytest.mark.parametrize("name", [row.name for row in CALLS + VECTORS])
def test_every_difference_is_met(name: str) -> None:
    assert _applies(name)


def test_names_of_differences_are_unique() -> None:
    names = [row.name for row in CALLS + VECTORS]
    assert len(set(names)) == len(names)


def _has_a_parameter_twice(case: dict[str, Any]) -> bool:
    """Whether two parameters of a request have one name, in any case of letters."""
    queries = [exchange["request"]["target"].partition("?")[2] for exchange in case["exchanges"]]
    names = [[name.lower() for name, _ in parse_qsl(query, keep_blank_values=True)] for query in queries]
    return any(len(set(found)) < len(found) for found in names)


def test_reference_signer_agrees_with_the_recordings() -> None:
    """Where no difference in signing applies, the reference gives what the C SDK sent."""
    special = [row for row in CALLS if row.name in NOT_SIGNED_SO]
    checked, other = 0, []
    for case in ALL_CASES:
        if "exchanges" not in case or any(row.when(case) for row in special):
            continue
        if any(not value for _, value in given(case, "headers")):  # signed by C, and not sent
            continue
        if _has_a_parameter_twice(case):  # C signs the first of them for both
            continue
        for request in expected_of(case).requests:
            sent = request.header("Authorization")
            if sent is not None and not sent.startswith("Basic"):
                checked += 1
                other += [case["id"]] if authorization(case["config"], request, resource_of(case)) != sent else []
    assert not other
    assert checked or OTHER_CORPUS


def _spoiled(case: dict[str, Any], where: str) -> dict[str, Any]:
    case = copy.deepcopy(case)
    if where == "status":
        case["result"]["status"]["code"] += 1
    elif where == "target":
        case["exchanges"][0]["request"]["target"] += "&x"
    elif where == "header":
        case["exchanges"][0]["request"]["headers"].append(["x-oss-more", "1"])
    elif where == "body":
        case["exchanges"][0]["request"]["body"] = "another"
    else:
        case["result"]["resp_headers"].append(["x-more", "1"])
    return case


@pytest.mark.parametrize("where", ["status", "target", "header", "body", "resp_headers"])
def test_a_difference_is_noticed(where: str, server: ScriptedServer) -> None:
    cases = Corpus(DEFAULT_FOLDER).cases["bucket"]["oss_create_bucket"]
    assert not run.judge(cases[0], server, {}).problems
    assert run.judge(_spoiled(cases[0], where), server, {}).problems


def test_plain_and_packed_folders_are_read_alike(tmp_path: Path, server: ScriptedServer) -> None:
    packed = Corpus(DEFAULT_FOLDER)
    cases = packed.cases["service"]["oss_list_bucket"]
    (tmp_path / "other.jsonl").write_text("\n".join(json.dumps(case) for case in cases))
    (tmp_path / "checkpoints").mkdir()
    for name, content in packed.checkpoints.items():
        (tmp_path / "checkpoints" / name).write_bytes(content)
    plain = Corpus(tmp_path)
    assert plain.cases == {"other": {"oss_list_bucket": cases}}
    assert plain.checkpoints == packed.checkpoints
    assert plain.document("constants") is None
