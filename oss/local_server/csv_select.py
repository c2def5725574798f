"""SQL over CSV: the rows become a table ``ossobject`` of an in-memory SQLite database that can only select."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from oss.local_server.context import whole

__all__ = ["SelectError", "Selection", "select"]

MAX_COLUMNS = 1000
MAX_SECONDS = 30.0
MAX_SQL = 16 << 10
_SHAPE = re.compile(r"\s*select\s.+?\sfrom\s+ossobject\b", re.IGNORECASE | re.DOTALL)
_FORBIDDEN = re.compile(r";|\b(?:with|union|join|attach|pragma|(?:group|order)\s+by)\b", re.IGNORECASE)
_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
_STRINGS = re.compile(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")")
_POSITION = re.compile(r"(?<![\w.])_(\d{1,4})\b")
# Columns are texts: compared with a number, or cast to one, they count as the number that they spell, else as NULL.
_COMPARED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?=\s*(?:[<>=]=?|<>|!=)\s*[+-]?\d)")
_CAST = re.compile(
    r"(?<=\bcast\()\s*([A-Za-z_]\w*)(?=\s+as\s+(?:int|integer|bigint|float|double|decimal)\b)", re.IGNORECASE
)
_FUNCTION_NAMES = """
abs avg coalesce count ifnull length like lower ltrim max min nullif number replace round rtrim substr sum total trim
upper
"""
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}


class SelectError(ValueError):
    """Raised when the expression or the data cannot be used."""


class Selection:
    """Columns and rows of a query's result; ``indexes`` are the places of its columns in the source, if known."""

    def __init__(
        self, names: list[str], indexes: list[int | None], rows: Iterator[tuple[object, ...]], width: int
    ) -> None:
        self.names = names
        self.indexes = indexes
        self.rows = rows
        self.width = width  # how many columns the source has


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _with_names(sql: str, names: list[str]) -> str:
    """The query with ``_N`` replaced by the N-th column's name, outside of quoted texts."""

    def name(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        return _name(names[index]) if 0 <= index < len(names) else match.group()

    def bare(piece: str) -> str:
        for typed in (_COMPARED, _CAST):
            piece = typed.sub(r"number(\1)", piece)
        return _POSITION.sub(name, piece)

    return "".join(piece if i % 2 else bare(piece) for i, piece in enumerate(_STRINGS.split(sql)))


def _number(text: str | float | None) -> float | None:
    """The number that a column's text counts as in a comparison or cast."""
    if not isinstance(text, str):
        return text
    try:
        value = whole(text, -(1 << 63), (1 << 63) - 1)
        return float(text) if value is None else value
    except ValueError:
        return None


def _check(sql: str) -> None:
    bare = "".join(piece for i, piece in enumerate(_STRINGS.split(sql)) if i % 2 == 0)
    if len(sql) > MAX_SQL or not _SHAPE.match(bare) or _FORBIDDEN.search(bare) or len(_SELECT.findall(bare)) > 1:
        raise SelectError("The SQL expression is not supported.")


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action in _ALLOWED or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _columns(header: list[str] | None, width: int) -> list[str]:
    """The names of the columns: the header's where it has usable ones, positions otherwise."""
    names, seen = [], set()
    for i in range(max(width, len(header or []))):
        name = header[i].strip() if header and i < len(header) else ""
        name = name if name and name.lower() not in seen and "\0" not in name else f"_{i + 1}"
        seen.add(name.lower())
        names.append(name)
    return names


def _fill(db: sqlite3.Connection, names: list[str], rows: Iterable[list[str]]) -> None:
    """Create the table and insert the rows, each padded with NULL or cut to the number of columns."""
    width = len(names)
    db.execute(f"CREATE TABLE ossobject({','.join(f'{_name(name)} TEXT' for name in names)})")
    padded = ((row + [None] * (width - len(row)))[:width] for row in rows)
    db.execute("BEGIN")
    db.executemany(f"INSERT INTO ossobject VALUES({','.join('?' * width)})", padded)
    db.execute("COMMIT")


def select(
    sql: str, header: list[str] | None, rows: Iterable[list[str]], cancelled: Callable[[], bool] = lambda: False
) -> Selection:
    """Run a query over rows. Rows may be shorter (the rest is NULL) or longer (it is left out) than the first."""
    _check(sql)
    source = iter(rows)
    first = next(source, None)
    names = _columns(header, len(first or []))
    if len(names) > MAX_COLUMNS:
        raise SelectError("too many columns")
    db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        _fill(db, names or ["_1"], chain([] if first is None else [first], source))
        deadline = time.monotonic() + MAX_SECONDS
        db.set_progress_handler(lambda: cancelled() or time.monotonic() > deadline, 100_000)
        db.create_function("number", 1, _number, deterministic=True)
        db.set_authorizer(_authorize)
        cursor = db.execute(_with_names(sql, names))
        found = cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError) as error:
        raise SelectError(str(error)) from error
    finally:
        db.close()
    chosen = [str(item[0]) for item in cursor.description]
    places = {name.lower(): i for i, name in enumerate(names)}
    return Selection(chosen, [places.get(name.lower()) for name in chosen], iter(found), len(names))
