"""Memory from ``malloc``: a block that is emptied when it is freed, so that nothing can use it any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oss.c_runtime.arrays import type_of
from oss.c_runtime.numbers import CType, void
from oss.c_runtime.pointers import ptr

__all__ = ["calloc", "free", "malloc", "realloc"]


class _HeapBytes(bytearray):
    freed, on_heap = False, True


class _HeapList(list[Any]):
    freed, on_heap = False, True


def malloc(count: int, of: CType[Any] | Callable[[], Any] = void) -> ptr[Any]:
    """Returns new memory: ``malloc(n)`` of so many bytes, ``malloc(n, T)`` of as many as C's ``n * sizeof(T)``.

    :param count: how many
    :param of: type of the elements, or the class of a struct
    """
    return calloc(count, of)


def calloc(count: int, of: CType[Any] | Callable[[], Any] | int) -> ptr[Any]:
    """Returns new zeroed memory.

    :param count: how many
    :param of: type of the elements, the class of a struct, or a number of bytes
    """
    kind: CType[Any] = void if isinstance(of, int) else type_of(of)
    content: Any = kind.zeros(count * of if isinstance(of, int) else count)
    if hasattr(content, "on_heap"):
        content.on_heap = True
        return ptr(content, 0, kind)
    return ptr(_HeapList(content) if isinstance(content, list) else _HeapBytes(content), 0, kind)


def realloc(p: ptr[Any] | None, count: int, of: CType[Any] | Callable[[], Any] = void) -> ptr[Any] | None:
    """Returns memory of another size with the old content, and frees the old.

    :param p: the old memory; None is ``malloc``
    :param count: how many
    :param of: type of the elements, or the class of a struct
    """
    if p is None:
        return malloc(count, of)
    if count == 0:
        free(p)
        return None
    made = malloc(count, of)
    old = _block_of(p)
    if hasattr(old, "copied"):
        old.copied()
    both = min(len(old), len(made.block))
    made.block[:both] = old[:both]
    free(p)
    return ptr(made.block, 0, p.of if p.of.in_bytes and made.of is void else made.of)


def free(p: ptr[Any] | None) -> None:
    """Ends memory from ``malloc``. Other memory, or the same twice, is a ValueError.

    :param p: the memory; may be None
    """
    if p is not None:
        block = _block_of(p)
        block.freed = True
        block.clear()


def _block_of(p: ptr[Any]) -> Any:
    block = p.block
    if not getattr(block, "on_heap", False) or p.at:
        raise ValueError(f"{p!r} is not from malloc")
    if block.freed:
        raise ValueError(f"{p!r} was freed already")
    return block
