"""A variable that a function fills, as C does through ``int *`` and ``char **``."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")

__all__ = ["aos_ref_t"]


class aos_ref_t(Generic[T]):
    """A variable whose address is taken: ``int n; f(&n)`` is ``n = aos_ref_t(0); f(n)``, then ``n.value``."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __repr__(self) -> str:
        return f"aos_ref_t({self.value!r})"
