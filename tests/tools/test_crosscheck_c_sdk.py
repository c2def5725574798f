"""The cross-check with a built C SDK: both do the same, but for what docs/differences.md tells."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from oss.tools.crosscheck.cases import GROUPS
from tests.tools.test_crosscheck import calls, crosscheck

LIBRARY = os.environ.get("OSS_C_SDK_LIB", "")

pytestmark = pytest.mark.skipif(not LIBRARY, reason="OSS_C_SDK_LIB does not name a built liboss_c_sdk.so")


@pytest.mark.parametrize("group", ["defaults", *GROUPS])
def test_calls(group: str) -> None:
    done = crosscheck("--lib", LIBRARY, "--only", f"{group}/*", "--json")
    assert done.returncode == 0, [call["problems"] for call in calls(done).values() if call["problems"]]
    assert json.loads(done.stdout)["totals"]["deaths"] == 0


def test_transfers_are_handed_over() -> None:
    found = calls(crosscheck("--lib", LIBRARY, "--only", "handover/*", "--json"))
    assert len(found) == 16 and not [call["problems"] for call in found.values() if call["problems"]]


def test_each_mark_is_one_difference() -> None:
    """Every line that differs is explained by one row of the table, and each mark is one row."""
    found = calls(crosscheck("--lib", LIBRARY, "--only", "[bmo]*/*.v1.path", "--json"))
    differing = [call for call in found.values() if call["raw"]]
    assert len(differing) > 50
    for call in differing:
        for aspect, lines in call["raw"].items():
            rows = [explained[aspect] for explained in call["explained"].values() if aspect in explained]
            assert rows and {*lines} <= {line for row in rows for line in row}, call


@pytest.mark.parametrize("group", ["proxy", "no_proxy", "addresses", "early", "sigpipe", "kept"])
def test_surroundings(group: str) -> None:
    done = crosscheck("--lib", LIBRARY, "--only", f"surroundings/{group}.*", "--json")
    assert done.returncode == 0, [call["problems"] for call in calls(done).values() if call["problems"]]
    assert json.loads(done.stdout)["totals"]["deaths"] == 0


@pytest.mark.parametrize("group", ["locale", "umask", "closed"])
def test_processes(group: str) -> None:
    done = crosscheck("--lib", LIBRARY, "--only", f"surroundings/{group}.*", "--json")
    assert done.returncode == 0, [call["problems"] for call in calls(done).values() if call["problems"]]


def test_a_recording_replays(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    assert crosscheck("--lib", LIBRARY, "--record", corpus, "--only", "*.v4.vhost").returncode == 0
    done = crosscheck("--golden", corpus, "-v")
    assert done.returncode == 0, done.stdout
