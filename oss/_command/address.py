"""Addresses of the form ``oss://bucket/key``."""

from __future__ import annotations

from typing import NamedTuple

from oss._command.text import UsageError, printable

__all__ = ["SCHEME", "Address"]

SCHEME = "oss://"


class Address(NamedTuple):
    """A bucket, and a key or prefix in it, as they are: nothing is decoded."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Reads an address; raises UsageError for a text that is none."""
        bucket, _, key = text.removeprefix(SCHEME).partition("/")
        if not text.startswith(SCHEME) or not bucket:
            raise UsageError(f"{printable(text)} is no address such as oss://bucket/key")
        return cls(bucket, key)

    @property
    def base(self) -> str:
        """The prefix up to its last slash, which is removed from the keys to get the names of files."""
        return self.key[: self.key.rfind("/") + 1]

    def one_object(self) -> Address:
        """The address itself; raises UsageError when it is not that of a single object."""
        if not self.key or self.key.endswith("/"):
            raise UsageError(f"{self} is no object; --recursive takes all that is below it")
        return self

    def __str__(self) -> str:
        return printable(f"{SCHEME}{self.bucket}/{self.key}")
