"""Digests, by OpenSSL.

It looks each one up under locks of its own, which a child that another thread forks in the middle of that would find
taken for ever: so no fork comes then.
"""

from __future__ import annotations

import hashlib
import hmac

from aos._c.fork import unforked

__all__ = ["hmac_of", "md5_of", "sha256_of"]


@unforked
def hmac_of(key: bytes, text: bytes, digest: str) -> bytes:
    """The HMAC of a short text."""
    return hmac.digest(key, text, digest)


def sha256_of(data: bytes) -> bytes:
    """The SHA-256; a fork need not wait for much data."""
    made = _new("sha256")
    made.update(data)
    return made.digest()


def md5_of(data: bytes) -> bytes:
    """The MD5."""
    made = _new("md5")
    made.update(data)
    return made.digest()


@unforked
def _new(name: str) -> hashlib._Hash:
    return hashlib.new(name, usedforsecurity=False)
