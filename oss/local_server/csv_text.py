"""CSV with delimiters of any length, a quote character and comments: reading rows, writing rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["CsvFormat"]


@dataclass(frozen=True)
class CsvFormat:
    """The delimiters of a CSV text; without a ``comment`` text there are no comments."""

    record: str = "\n"
    field: str = ","
    quote: str = '"'
    comment: str = ""

    def _pattern(self) -> re.Pattern[str]:
        record, field, quote = re.escape(self.record), re.escape(self.field), re.escape(self.quote)
        if len(self.record) == len(self.field) == 1:
            plain = f"[^{field}{record}]*"
        else:
            plain = f"(?:(?!{field}|{record}).)*"
        quoted = f"{quote}((?:[^{quote}]|{quote}{quote})*){quote}(?={field}|{record}|\\Z)"
        return re.compile(f"(?:{quoted}|({plain}))({field}|{record}|\\Z)", re.DOTALL)

    def rows(self, text: str) -> Iterator[list[str]]:
        """The rows of a text; an empty text has none, nor is there one after a delimiter at the end."""
        match_at, doubled = self._pattern().match, self.quote * 2
        position, row, size = 0, list[str](), len(text)
        while position < size or row:
            if not row and self.comment and text.startswith(self.comment, position):
                end = text.find(self.record, position)
                position = size if end < 0 else end + len(self.record)
                continue
            found = match_at(text, position)
            assert found is not None  # the plain alternative matches any text
            quoted, plain, end_text = found.groups()
            row.append(plain if quoted is None else quoted.replace(doubled, self.quote))
            position = found.end()
            if end_text != self.field:
                yield row
                row = []

    def line(self, values: Iterable[str]) -> str:
        """The line for a row, with its delimiter."""
        return self.field.join(self._quoted(value) for value in values) + self.record

    def _quoted(self, value: str) -> str:
        if self.field in value or self.record in value or (self.quote and value.startswith(self.quote)):
            return self.quote + value.replace(self.quote, self.quote * 2) + self.quote
        return value
