"""Tables and arrays (``apr_tables.h``): the type of headers and query parameters.

A table is an ordered list of (key, value) texts. Keys compare without regard to ASCII case and keep theirs; several
entries may have one key. A value may be None (NULL).

Python-only, on ``aos_table_t``: the mapping protocol (``len``, ``in``, ``t[k]`` the first match, ``t[k] = v`` sets,
``del t[k]`` unsets all, iteration over the keys, ``keys``, ``values``, ``items``, ``get``), ``copy()`` and
``extend(pairs)``.
A table is always true and compares by identity. Its repr hides signatures and tokens.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aos._out import required
from aos._redact import redact
from aos._struct import c_struct, text_field
from aos._text import text_of
from aos.apr_pools import aos_pool_t

__all__ = [
    "aos_array_header_t",
    "aos_table_entry_t",
    "aos_table_t",
    "apr_table_add",
    "apr_table_addn",
    "apr_table_clear",
    "apr_table_elts",
    "apr_table_get",
    "apr_table_make",
    "apr_table_set",
    "apr_table_unset",
]


class _key_field(text_field):
    """The key, and beside it its form for comparing."""

    def __set__(self, instance: c_struct, value: object) -> None:
        super().__set__(instance, value)
        assert isinstance(instance, aos_table_entry_t)
        instance.folded = _fold(instance.key or "")


class aos_table_entry_t(c_struct):
    """``aos_table_entry_t`` {key, val}."""

    __slots__ = ("folded",)
    key = _key_field()
    val = text_field()
    folded: str

    def __init__(self, key: object = None, val: object = None) -> None:
        self.key, self.val = key, val

    def __repr__(self) -> str:
        return f"aos_table_entry_t(key={self.key!r}, val={redact(self.key or '', self.val)!r})"


class aos_array_header_t:
    """``aos_array_header_t``: ``elts``, a list, and how many it has, ``nelts``."""

    __slots__ = ("elts",)

    def __init__(self, elts: list[Any] | None = None) -> None:
        self.elts: list[Any] = [] if elts is None else elts

    @property
    def nelts(self) -> int:
        return len(self.elts)

    def __repr__(self) -> str:
        return f"<aos_array_header_t of {self.nelts}>"


class aos_table_t:
    """``aos_table_t`` (``apr_table_t``)."""

    __slots__ = ("_later", "_made")

    def __init__(self) -> None:
        self._made: list[aos_table_entry_t] = []
        self._later: Callable[[], Iterable[tuple[str, str | None]]] | None = None

    @property
    def _entries(self) -> list[aos_table_entry_t]:
        if self._later is not None:
            later, self._later = self._later, None
            self.extend(later())
        return self._made

    def _matching(self, key: object) -> list[aos_table_entry_t]:
        folded = _fold(_key(key))
        return [entry for entry in self._entries if entry.folded == folded]

    def _first(self, key: object) -> aos_table_entry_t | None:
        folded = _fold(_key(key))
        for entry in self._entries:
            if entry.folded == folded:
                return entry
        return None

    def add(self, key: object, value: object) -> None:
        """What ``apr_table_add`` does."""
        self.extend([(_key(key), text_of(value, "val"))])

    def extend(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        """Adds many pairs that are texts already."""
        entries = self._entries
        for key, value in pairs:
            entry = aos_table_entry_t.__new__(aos_table_entry_t)
            entry._key, entry._val, entry.folded = key, value, _fold(key)  # type: ignore[attr-defined]  # the slots
            entries.append(entry)

    def refill(self, pairs: Callable[[], Iterable[tuple[str, str | None]]]) -> None:
        """Empties the table, and has it filled when somebody looks."""
        self._made.clear()
        self._later = pairs

    def get(self, key: object, default: str | None = None) -> str | None:
        """The first value of a key."""
        found = self._first(key)
        return default if found is None else found.val

    def clear(self) -> None:
        """What ``apr_table_clear`` does."""
        self._made.clear()
        self._later = None

    def copy(self) -> aos_table_t:
        """A new table with the same entries."""
        twin = aos_table_t()
        twin.extend(self.items())
        return twin

    __copy__ = copy

    def keys(self) -> list[str]:
        return [key for key, _ in self.items()]

    def values(self) -> list[str | None]:
        return [value for _, value in self.items()]

    def items(self) -> list[tuple[str, str | None]]:
        """All pairs, in order."""
        return [(entry.key or "", entry.val) for entry in self._entries]

    def __getitem__(self, key: object) -> str | None:
        found = self._first(key)
        if found is None:
            raise KeyError(key)
        return found.val

    def __setitem__(self, key: object, value: object) -> None:
        found = self._matching(key)
        if found:
            found[0].val = value
            self._drop(found[1:])
        else:
            self.add(key, value)

    def __delitem__(self, key: object) -> None:
        found = self._matching(key)
        if not found:
            raise KeyError(key)
        self._drop(found)

    def _drop(self, entries: list[aos_table_entry_t]) -> None:
        for entry in entries:
            self._entries.remove(entry)

    def __contains__(self, key: object) -> bool:
        return self._first(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self._entries)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"aos_table_t({[(key, redact(key, value)) for key, value in self.items()]!r})"


def _key(key: object) -> str:
    if type(key) is str and key.isascii():
        return key
    text = text_of(key, "key")
    if text is None:
        raise ValueError("key must not be None")
    return text


@functools.lru_cache(maxsize=512)
def _fold(key: str) -> str:
    """ASCII lower case; other letters are different letters."""
    return key.lower() if key.isascii() else "".join(c.lower() if c.isascii() else c for c in key)


def apr_table_make(p: aos_pool_t | None, nelts: int) -> aos_table_t:
    """apr_table_t *apr_table_make(apr_pool_t *p, int nelts)

    A new table; ``nelts`` is a hint.
    """
    return aos_table_t()


def apr_table_get(t: aos_table_t, key: str) -> str | None:
    """const char *apr_table_get(const apr_table_t *t, const char *key)

    The first value of a key, None when there is none.
    """
    return required(t, aos_table_t, "t").get(key)


def apr_table_set(t: aos_table_t, key: str, val: str | None) -> None:
    """void apr_table_set(apr_table_t *t, const char *key, const char *val)

    Replaces the first entry of a key in place and removes its others, or appends one.
    """
    required(t, aos_table_t, "t")[key] = val


def apr_table_add(t: aos_table_t, key: str, val: str | None) -> None:
    """void apr_table_add(apr_table_t *t, const char *key, const char *val)

    Appends an entry, whatever entries the key has.
    """
    required(t, aos_table_t, "t").add(key, val)


def apr_table_addn(t: aos_table_t, key: str, val: str | None) -> None:
    """void apr_table_addn(apr_table_t *t, const char *key, const char *val)

    ``apr_table_add``: sharing the texts and copying them is the same here.
    """
    apr_table_add(t, key, val)


def apr_table_unset(t: aos_table_t, key: str) -> None:
    """void apr_table_unset(apr_table_t *t, const char *key)

    Removes every entry of a key.
    """
    if key in required(t, aos_table_t, "t"):
        del t[key]


def apr_table_clear(t: aos_table_t) -> None:
    """void apr_table_clear(apr_table_t *t)

    Removes every entry.
    """
    required(t, aos_table_t, "t").clear()


def apr_table_elts(t: aos_table_t) -> aos_array_header_t:
    """const apr_array_header_t *apr_table_elts(const apr_table_t *t)

    The table's own entries, not a copy: ``for e in apr_table_elts(t).elts: e.key, e.val``.
    """
    return aos_array_header_t(required(t, aos_table_t, "t")._entries)
