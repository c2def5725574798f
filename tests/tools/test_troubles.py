"""What to do about a failure: the page, and what `explain` says of a number or a word."""

from __future__ import annotations

import re

import pytest

from oss._command.failures import known_codes
from oss.tools.explain.__main__ import main
from oss.tools.explain.troubles import PAGE, Trouble, troubles, troubles_of
from tests.tools.guide import DOCS, ROOT


def test_the_page_is_what_is_explained() -> None:
    assert PAGE.resolve() == DOCS / "troubleshooting.md"
    assert len(troubles()) == PAGE.read_text().count("\n## ") > 20


@pytest.mark.parametrize("trouble", troubles(), ids=lambda trouble: trouble.names[0])
def test_every_name_of_a_section_leads_to_all_of_it(trouble: Trouble, capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGE.read_text().split(f"\n## {trouble.section.title}\n")[1].split("\n## ")[0]
    words = re.findall(r"\w+", re.sub(r"^```.*|(?<=\]\()\S*\)", "", text, flags=re.M))
    for name in trouble.names:
        assert main(["--", name.lower()]) == 0
        told = re.findall(r"\w+", capsys.readouterr().out)
        assert set(words) <= set(told), set(words) - set(told)


@pytest.mark.parametrize(("number", "name"), [("-983", "AOSE_FILE_INFO_ERROR"), ("-991", "AOSE_FAILED_INITIALIZE")])
def test_a_status_without_a_section_is_its_constant(number: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([number]) == 0
    assert capsys.readouterr().out.startswith(f"{name} ")


def test_what_the_front_page_and_the_command_name_is_explained() -> None:
    front = re.findall(r"^\| (-?\d{3})(?: `(\w+)`)? \|", (ROOT / "README.md").read_text(), re.M)
    assert len(front) == 5
    named = {name for row in front for name in row if name} | known_codes()
    assert {name for name in named if not troubles_of(name)} == set()
