"""Tables and arrays (``apr_tables.h``): the type of headers and query parameters.

A table is an ordered list of (key, value) texts. Keys compare without regard to ASCII case and keep theirs; several
entries may have one key. A value may be None (NULL).

Python-only, on ``aos_table_t``: the mapping protocol (``len``, ``in``, ``t[k]`` the first match, ``t[k] = v`` sets,
``del t[k]`` unsets all, iteration over the keys, ``keys``, ``values``, ``items``, ``get``), ``copy()`` and
``extend(pairs)``.
A table is always true and compares by identity. Its repr hides signatures and tokens.

What a parameter is, unless a function says otherwise:

:param t: table of headers or query parameters
:param key: name of an entry
:param val: value of an entry
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.redact import redact
from aos._c.structs import CStruct, IntegerField, PointerField, TextField, pointer_field, text_field
from aos._c.text import text_of
from aos.apr_pools import aos_pool_t

Pair: TypeAlias = "tuple[str, str | None]"

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


class aos_table_entry_t(CStruct):
    """``aos_table_entry_t``: a name and its value."""

    key: TextField = text_field()
    """name of the entry, as it was given"""
    val: TextField = text_field()
    """value of the entry"""

    def __init__(self, key: object = None, val: object = None) -> None:
        self.key, self.val = key, val

    def __repr__(self) -> str:
        return f"aos_table_entry_t(key={self.key!r}, val={redact(self.key or '', self.val)!r})"


class _CountField(IntegerField):
    """The number of elements. Setting it takes off the elements after them."""

    def bind(self, name: str) -> None:
        self.name, self.slot = name, "_elts"

    def getter(self) -> Callable[[Any], int]:
        return lambda array: len(array._elts or ())

    def __set__(self, instance: Any, value: int) -> None:
        count, elts = self.fitted(instance, value), instance._elts or []
        if not 0 <= count <= len(elts):
            raise ValueError(f"nelts is {count}, but there are {len(elts)} elements")
        del elts[count:]


class aos_array_header_t(CStruct):
    """``aos_array_header_t``: an array that grows; here around a list."""

    nelts = _CountField(32, True, "int")
    """how many elements there are"""
    elts: PointerField[list[Any]] = pointer_field(list, c_type="char *")
    """the elements; here a list"""

    def __init__(self, elts: list[Any] | None = None) -> None:
        self.elts = [] if elts is None else elts

    def __repr__(self) -> str:
        return f"<aos_array_header_t of {self.nelts}>"


class aos_table_t:
    """``aos_table_t`` (``apr_table_t``): a list of names and values, in which several may have one name."""

    # A table is its pairs until somebody asks for the entries; from then on it is these, which anybody may change.
    __slots__ = ("_entries", "_own")

    def __init__(self) -> None:
        self._own: list[Pair] = []
        self._entries: list[aos_table_entry_t] | None = None

    @property
    def _pairs(self) -> list[Pair]:
        if self._entries is not None:
            return [(entry.key or "", entry.val) for entry in self._entries]
        return self._own

    @property
    def entries(self) -> list[aos_table_entry_t]:
        """The entries themselves, which may be changed."""
        if self._entries is None:
            self._entries = [aos_table_entry_t(key, value) for key, value in self._pairs]
        return self._entries

    def _matching(self, key: object) -> list[int]:
        folded = _fold(_key(key))
        return [index for index, (other, _) in enumerate(self._pairs) if _fold(other) == folded]

    def _drop(self, indices: Iterable[int]) -> None:
        rows: list[Any] = self._own if self._entries is None else self._entries
        for index in sorted(indices, reverse=True):
            del rows[index]

    def add(self, key: object, value: object) -> None:
        """Appends an entry, whatever entries the key has."""
        self.extend([(_key(key), text_of(value, "val"))])

    def extend(self, pairs: Iterable[Pair]) -> None:
        """Adds many pairs that are texts already."""
        if self._entries is None:
            self._pairs.extend(pairs)
        else:
            self._entries.extend(aos_table_entry_t(key, value) for key, value in pairs)

    def get(self, key: object, default: str | None = None) -> str | None:
        """Returns the first value of a key."""
        folded = _fold(_key(key))
        for other, value in self._pairs:
            if _fold(other) == folded:
                return value
        return default

    def clear(self) -> None:
        """Removes every entry."""
        self._own.clear()
        if self._entries is not None:
            self._entries.clear()

    def copy(self) -> aos_table_t:
        """Returns a new table with the same entries."""
        twin = aos_table_t()
        twin.extend(self._pairs)
        return twin

    __copy__ = copy

    def keys(self) -> list[str]:
        return [key for key, _ in self._pairs]

    def values(self) -> list[str | None]:
        return [value for _, value in self._pairs]

    def items(self) -> list[Pair]:
        """Returns all pairs, in order."""
        return list(self._pairs)

    def __getitem__(self, key: object) -> str | None:
        found = self._matching(key)
        if not found:
            raise KeyError(key)
        return self._pairs[found[0]][1]

    def __setitem__(self, key: object, value: object) -> None:
        found = self._matching(key)
        if not found:
            self.add(key, value)
            return
        if self._entries is not None:
            self._entries[found[0]].val = value
        else:
            self._own[found[0]] = (self._own[found[0]][0], text_of(value, "val"))
        self._drop(found[1:])

    def __delitem__(self, key: object) -> None:
        found = self._matching(key)
        if not found:
            raise KeyError(key)
        self._drop(found)

    def __contains__(self, key: object) -> bool:
        return bool(self._matching(key))

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self._pairs)

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
    """Returns a key in ASCII lower case; other letters stay as they are."""
    return key.lower() if key.isascii() else "".join(c.lower() if c.isascii() else c for c in key)


def apr_table_make(p: aos_pool_t | None, nelts: int) -> aos_table_t:
    """apr_table_t *apr_table_make(apr_pool_t *p, int nelts)

    Returns a new table; ``nelts`` is a hint.

    :param nelts: how many entries to make room for
    """
    return aos_table_t()


def apr_table_get(t: aos_table_t, key: str) -> str | None:
    """const char *apr_table_get(const apr_table_t *t, const char *key)

    Returns the first value of a key, None when there is none.
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

    Appends an entry, as ``apr_table_add``: sharing the texts and copying them is the same here.
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

    Returns the table's own entries, not a copy: ``for e in apr_table_elts(t).elts: e.key, e.val``.
    """
    return aos_array_header_t(required(t, aos_table_t, "t").entries)


check_arguments(
    globals(),
    late=(
        "apr_table_add",
        "apr_table_addn",
        "apr_table_clear",
        "apr_table_elts",
        "apr_table_get",
        "apr_table_set",
        "apr_table_unset",
    ),
)
