"""Credentials, and the field of the configuration that names the function which renews them."""

from __future__ import annotations

import operator
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from aos._c.fork import owned
from aos._c.structs import CallbackField

__all__ = ["NEVER", "Credentials", "CredentialsField", "Source", "credentials_field", "source_of"]


NEVER = 1e18
"""Seconds since 1970: later than any expiry."""


class Credentials(NamedTuple):
    """One answer: who signs, with which key, and the token that goes with both.

    ``renew_at`` and ``expires_at`` are seconds since 1970: when others are asked for, and until when these are good.
    """

    key_id: str
    secret: bytes
    token: str | None
    renew_at: float = NEVER
    expires_at: float = NEVER


NOTHING = Credentials("", b"", None, 0, 0)


class Source:
    """A function that gives credentials, and what it gave last: all copies of a configuration share it.

    Who asks holds ``lock``; ``asker`` is the thread in which the function runs. A forked child, and a copy that goes to
    another process, begin with nothing.
    """

    def __init__(self, callback: Callable[..., Any] | None) -> None:
        self.callback = callback
        self.abandon()
        if callback is not None:
            owned(self)

    def abandon(self) -> None:
        """Forgets what was given, and by whom it is being asked for. Called in a forked child."""
        self.lock, self.asker, self.last = threading.RLock(), 0, NOTHING

    def __reduce__(self) -> tuple[type[Source], tuple[Callable[..., Any] | None]]:
        return Source, (self.callback,)

    def __repr__(self) -> str:
        """Names the function; what it is bound to may be secret."""
        return getattr(self.callback, "__qualname__", type(self.callback).__qualname__) if self.callback else "None"


class CredentialsField(CallbackField):
    """The function itself is assigned and read; what stands in the struct is its source."""

    zero = Source(None)

    def getter(self) -> Callable[[Any], Any]:
        return operator.attrgetter(f"{self.slot}.callback")

    def __set__(self, instance: Any, value: Callable[..., Any] | None) -> None:
        super().__set__(instance, value)
        setattr(instance, self.slot, Source(value))


source_of: Callable[[object], Source] = operator.attrgetter("_credentials_callback")
"""Returns the source of a configuration; one without a callback has none to ask."""


def credentials_field() -> CredentialsField:
    """Declares the function that gives credentials, which C does not have."""
    return CredentialsField(python_only=True)
