"""Loads a built C SDK by cffi's ABI mode and calls its functions with the port's values."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, cast

from cffi import FFI

from oss.tools.crosscheck.clib.declarations import declarations, parameters, prototype
from oss.tools.crosscheck.clib.memory import FILLER
from oss.tools.crosscheck.clib.mirror import Mirror
from oss.tools.crosscheck.replay.names import find

__all__ = ["LoadingError", "Library"]

NEEDED = ("libapr-1.so.0", "libaprutil-1.so.0", "libmxml.so.1", "libcurl.so.4")
"""Libraries that are loaded first, for a C SDK that was linked without naming them."""
PROGRESS = "void(int64_t, int64_t)"
DANGLING = {
    "oss_resumable_upload_file": {"resp_headers", "resp_body"},
    "oss_upload_file": {"upload_id"},
}
"""Out-parameters that the C SDK leaves pointing to memory it has freed: their contents are undefined."""
NOT_RESULTS = ("oss_request_options_t", "aos_pool_t", "apr_pool_t")
USED_BEFORE = 4 << 20
BLOCK = 4000


class LoadingError(Exception):
    """Raised when a library cannot be loaded, or is not a C SDK."""


class _Symbols:
    """The symbols of several libraries: each name is looked up in one after the other."""

    def __init__(self, *handles: Any) -> None:
        self._handles = handles

    def __getattr__(self, name: str) -> Any:
        *others, last = self._handles
        return getattr(next((handle for handle in others if hasattr(handle, name)), last), name)


class Library:
    """A built C SDK, loaded and initialized."""

    def __init__(self, path: str) -> None:
        self.ffi = cast("Any", FFI())  # the stubs know nothing of ABI mode
        self.ffi.cdef(declarations())
        flags = self.ffi.RTLD_GLOBAL | self.ffi.RTLD_LAZY
        self._loaded = [lib for name in NEEDED if (lib := self._optional(name, flags)) is not None]
        try:
            self._own = self.ffi.dlopen(os.path.abspath(path), flags)
        except OSError as error:
            raise LoadingError(f"{path} cannot be loaded: {error}") from None
        self.c = _Symbols(self._own, self.ffi.dlopen(None))
        try:
            initialized = self.c.aos_http_io_initialize(self.ffi.NULL, 0)
        except AttributeError as error:
            raise LoadingError(f"{path} is no C SDK: {error}") from None
        if initialized != 0:
            raise LoadingError(f"{path}: aos_http_io_initialize returned {initialized}")

    def _optional(self, name: str, flags: int) -> Any:
        try:
            return self.ffi.dlopen(name, flags)
        except OSError:
            return None

    def has(self, function: str) -> bool:
        return prototype(function) is not None and hasattr(self._own, function)

    def _pool(self) -> Any:
        made = self.ffi.new("apr_pool_t **")
        self.c.apr_pool_create_ex(made, self.ffi.NULL, self.ffi.NULL, self.ffi.NULL)
        return made[0]

    def _dirtied(self) -> Any:
        """A pool over memory that was used before, as in a long-running program: fields never set are noticed."""
        used = self._pool()
        for _ in range(USED_BEFORE // BLOCK):
            self.ffi.memmove(self.c.apr_palloc(used, BLOCK), bytes([FILLER]) * BLOCK, BLOCK)
        self.c.apr_pool_destroy(used)
        return self._pool()

    def call(self, name: str, arguments: dict[str, Any]) -> tuple[Any, set[str]]:
        """Calls a C function with the port's values, and copies its results back into them.

        Returns the function's result, and the names of the arguments whose contents are undefined afterwards.
        LookupError when the library lacks the function."""
        if not self.has(name):
            raise LookupError(f"the library has no {name}")
        pool = self._dirtied()
        values = Mirror(self.ffi, self.c, pool)
        kinds = parameters(name)
        made = {key: self._argument(values, kinds[key.rstrip("_")], value) for key, value in arguments.items()}
        function: Callable[..., Any] = getattr(self.c, name)
        returned = function(*made.values())
        lost = DANGLING.get(name, set())
        for key, value in arguments.items():
            if key not in lost and value is not None and "const" not in kinds[key.rstrip("_")]:
                self._read_back(values, key, kinds[key.rstrip("_")], made[key], value)
        result = self._returned(values, returned)
        self.c.apr_pool_destroy(pool)
        return result, lost

    def _argument(self, values: Mirror, kind: str, value: Any) -> Any:
        if kind == "oss_progress_callback":
            return self.ffi.NULL if value is None else values.keep(self.ffi.callback(PROGRESS, value))
        if kind.endswith("**"):
            return self.ffi.NULL if value is None else values.new(kind)
        if kind.endswith("*"):
            return values.new(kind, value.value) if hasattr(value, "value") else values.pointer(value)
        return value

    @staticmethod
    def _read_back(values: Mirror, name: str, kind: str, made: Any, value: Any) -> None:
        if kind.endswith("**"):
            if made[0]:
                values.read(made[0], value, name)
        elif hasattr(value, "value"):
            value.value = made[0]
        elif kind.endswith("*") and not kind.startswith(NOT_RESULTS):
            values.read(made, value, name)

    def _returned(self, values: Mirror, returned: Any) -> Any:
        if not isinstance(returned, self.ffi.CData):
            return returned
        kind: Any = find(self.ffi.typeof(returned).item.cname.removeprefix("struct "))
        return values.text_of(returned) if kind is None else values.returned(returned, kind)
