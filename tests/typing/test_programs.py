"""What type checkers find in users' programs: what the comments there say, on their lines, and nothing else.

``# error: RULE, RULE`` names the rule of mypy and that of pyright, ``# reveals: TYPE`` what both take a value for.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(__file__).with_name("programs")


class Finding(NamedTuple):
    """What stands in a line: the rule that it breaks, or the type that it reveals."""

    program: str
    line: int
    what: str


def expected(rule: int) -> set[Finding]:
    """What the programs say of themselves; of the rules, those of the checker that is named there in that place."""
    found = set()
    for path in PROGRAMS.glob("*.py"):
        for line, text in enumerate(path.read_text().splitlines(), 1):
            if match := re.search("  # (error|reveals): (.+)$", text):
                found.add(Finding(path.name, line, match[2].split(", ")[rule] if match[1] == "error" else match[2]))
    return found


def answer_of(*command: str) -> str:
    """What a checker writes about the programs; its status is 1 where it finds anything."""
    done = subprocess.run(
        [sys.executable, "-m", *command, *map(str, PROGRAMS.glob("*.py"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def finding(path: str, line: int, rule: str | None, message: str) -> Finding:
    """A finding; one without a rule reveals a type, which is the last thing in quotation marks, in a module or not."""
    return Finding(Path(path).name, line, rule or re.findall('"([^"]*)"', message)[-1].split(".")[-1])


def test_mypy(tmp_path: Path) -> None:
    answer = answer_of("mypy", "--output", "json", "--cache-dir", str(tmp_path))
    lines: list[dict[str, Any]] = [json.loads(line) for line in answer.splitlines()]
    found = {
        finding(item["file"], item["line"], item["code"] if item["severity"] == "error" else None, item["message"])
        for item in lines
    }
    assert found == expected(0)


def test_pyright() -> None:
    answer = json.loads(answer_of("pyright", "--outputjson", "--pythonpath", sys.executable))
    found = {
        finding(item["file"], item["range"]["start"]["line"] + 1, item.get("rule"), item["message"])
        for item in answer["generalDiagnostics"]
    }
    assert found == expected(1)
