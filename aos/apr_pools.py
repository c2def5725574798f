"""Pools (``apr_pools.h``): what owns clean-ups and other pools, and ends them when it is destroyed.

Memory needs no pool here; the order of the ends does. Destroying a pool first destroys its children, the youngest
first, then runs its own clean-ups, the youngest first; all of them run even when one raises.

Python-only, on ``aos_pool_t``: ``is_open``, ``on_destroy(function)``, ``forget(function)``, ``open``, ``destroy``, and
the pool as a context manager, which opens it if need be and destroys it at the end.

What a parameter is, unless a function says otherwise:

:param p: pool of what is made; here it may be None
:param pool: pool of what is made; here it may be None
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

__all__ = ["aos_pool_t"]


class aos_pool_t:
    """``aos_pool_t`` (``apr_pool_t``): not open until ``aos_pool_create``, and open again after another one."""

    __slots__ = ("__weakref__", "_children", "_cleanups", "_open", "_parent")

    def __init__(self) -> None:
        self._open = False
        self._parent: aos_pool_t | None = None
        self._children: dict[aos_pool_t, None] = {}
        self._cleanups: dict[Callable[[], object], None] = {}

    @property
    def is_open(self) -> bool:
        """Whether the pool was created and not yet destroyed."""
        return self._open

    def open(self, parent: aos_pool_t | None = None) -> None:
        """Opens the pool, as a child of ``parent`` unless that is None."""
        self._detach()
        self._open, self._parent = True, parent
        if parent is not None:
            parent._children[self] = None

    def on_destroy(self, function: Callable[[], object]) -> None:
        """Calls ``function()`` when the pool is destroyed."""
        self._cleanups[function] = None

    def forget(self, function: Callable[[], object]) -> None:
        """Takes a function back that was given to :meth:`on_destroy`."""
        self._cleanups.pop(function, None)

    def destroy(self) -> None:
        """Destroys the children, then runs the clean-ups; nothing happens to a pool that is not open."""
        if not self._open:
            return
        self._open = False
        self._detach()
        children, cleanups = self._children, self._cleanups
        self._children, self._cleanups = {}, {}
        with ExitStack() as stack:
            for function in cleanups:
                stack.callback(function)
            for child in children:
                stack.callback(child.destroy)

    def _detach(self) -> None:
        if self._parent is not None:
            self._parent._children.pop(self, None)
            self._parent = None

    def __enter__(self) -> aos_pool_t:
        if not self._open:
            self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.destroy()

    def __repr__(self) -> str:
        return f"<aos_pool_t {'open' if self._open else 'not open'}>"
