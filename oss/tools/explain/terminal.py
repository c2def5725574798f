"""Formats a page for the terminal: plain text, as wide as the terminal."""

from __future__ import annotations

import re
import shutil
import textwrap

from oss import oss_api
from oss.tools.explain.page import Page, Section, import_line

__all__ = ["written"]

NARROW, WIDE = 60, 100
LONGEST_TERM = 28


def written(page: Page, width: int | None = None) -> str:
    """The page as lines of at most ``width`` characters; by default the terminal's, within bounds."""
    columns = width or min(max(shutil.get_terminal_size().columns, NARROW), WIDE)
    entry = page.entry
    head = entry.name + f"{entry.kind}, {entry.header}".rjust(max(columns - len(entry.name), 3 + len(entry.kind)))
    lines = [head.rstrip() if entry.kind != "header" else entry.name, ""]
    lines += [f"    {line}" for line in page.declaration if entry.kind != "header"]
    lines += ["", f'C       #include "{entry.header}"'] if page.declaration else []
    lines += [f"Python  {import_line(entry)}"] if import_line(entry) else ["Python  any callable"]
    if entry.header != "oss_api.h" and entry.name.partition(".")[0] in vars(oss_api)["__all__"]:
        lines.append("        (from oss.oss_api import * brings it too)")
    lines += ["", *(f"    {line}" for line in page.python)] if page.python else []
    for section in page.sections:
        lines += ["", *_section(section, columns)]
    return "\n".join(lines)


def _section(section: Section, columns: int) -> list[str]:
    lines = [section.title]
    for number, paragraph in enumerate(section.paragraphs):
        if number and not paragraph.startswith("* "):
            lines.append("")
        lines += _filled(paragraph, columns, "  ")
    if section.paragraphs and section.rows:
        lines.append("")
    indent = min(max((len(term) for term, _ in section.rows), default=0), LONGEST_TERM) + 4
    for term, text in section.rows:
        if len(term) > indent - 4:
            lines += [f"  {term}", *_filled(text, columns, " " * indent)]
        else:
            first, *rest = _filled(text, columns, " " * indent) or [""]
            lines += [f"  {term}".ljust(indent) + first.strip(), *rest]
    return [line.rstrip() for line in lines]


def _filled(text: str, columns: int, indent: str) -> list[str]:
    """A paragraph wrapped to lines; indented text is code and is not wrapped."""
    plain = text.replace("``", "")
    if re.search(r"^ {4}", plain, re.M) and not plain.startswith("* "):
        return [indent + line for line in plain.splitlines()]
    hanging = indent + ("  " if plain.startswith("* ") else "")
    return textwrap.wrap(
        " ".join(plain.split()),
        columns,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
