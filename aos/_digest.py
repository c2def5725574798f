"""Digests, by OpenSSL.

It looks each one up under locks of its own, which a child that another thread forks in the middle of that would find
taken for ever: so no fork comes then.
"""

from __future__ import annotations

import hashlib
import hmac

from aos._fork import no_fork

__all__ = ["hmac_of", "md5_of", "sha256_of"]


def hmac_of(key: bytes, text: bytes, digest: str) -> bytes:
    """The HMAC of a short text."""
    with no_fork():
        return hmac.digest(key, text, digest)


def sha256_of(data: bytes) -> bytes:
    """The SHA-256; a fork need not wait for much data."""
    with no_fork():
        made = hashlib.sha256()
    made.update(data)
    return made.digest()


def md5_of(data: bytes) -> bytes:
    """The MD5."""
    with no_fork():
        made = hashlib.md5(usedforsecurity=False)
    made.update(data)
    return made.digest()
