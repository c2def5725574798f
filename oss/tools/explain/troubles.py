"""What to do about a failure, by the number or the word that its message has.

The texts are the sections of ``troubleshooting.md``, a page of the documentation to which a link leads from here. A
section's heading has its names before the colon: ``## 404 NoSuchKey: there is no such object``.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import NamedTuple

from oss.tools.explain.page import Section

__all__ = ["Trouble", "troubles", "troubles_of"]

PAGE = Path(__file__).with_name("troubleshooting.md")
NOTE = "The programs go on from the first lines of ``docs/recipes.md``."


class Trouble(NamedTuple):
    """The names of a section, and the section as it is shown in a terminal."""

    names: tuple[str, ...]
    section: Section


@functools.cache
def troubles() -> tuple[Trouble, ...]:
    """Returns all sections, in the order of the page."""
    return tuple(_trouble(*text.split("\n", 1)) for text in PAGE.read_text("utf-8").split("\n## ")[1:])


def troubles_of(name: str) -> list[Trouble]:
    """Returns the sections about a number or a word, in any case."""
    return [one for one in troubles() if name.lower() in (known.lower() for known in one.names)]


def _trouble(heading: str, text: str) -> Trouble:
    names = tuple(re.split(r",? ", heading.partition(":")[0]))
    pieces = re.split(r"^```\w+\n(.*?)^```$", text, flags=re.M | re.S)  # texts and programs by turns
    paragraphs = []
    for number, piece in enumerate(pieces):
        if number % 2:
            paragraphs.append("\n".join("    " + line for line in piece.rstrip("\n").split("\n")))
        else:
            paragraphs += [_plain(paragraph) for paragraph in piece.strip().split("\n\n") if paragraph]
    return Trouble(names, Section(heading, [*paragraphs, *([NOTE] if len(pieces) > 1 else [])]))


def _plain(text: str) -> str:
    """Returns a paragraph without links, its code between double backticks, as in docstrings."""
    text = re.sub(r"\[([^\]]+)\]\(([^)#]+)[^)]*\)", r"\1 (``docs/\2``)", text)
    return re.sub(r"`+([^`]+)`+", r"``\1``", text)
