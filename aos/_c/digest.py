"""Digests, by OpenSSL.

OpenSSL takes locks of its own when it looks a digest up. A child that another thread forks meanwhile would find them
taken for ever, so forks wait for the look-up.
"""

from __future__ import annotations

import hashlib
import hmac

from aos._c.fork import unforked

__all__ = ["hmac_of", "md5_of", "sha256_of"]


@unforked
def hmac_of(key: bytes, text: bytes, digest: str) -> bytes:
    """Returns the HMAC of a short text."""
    return hmac.digest(key, text, digest)


def sha256_of(data: bytes) -> bytes:
    """Returns the SHA-256 of ``data``. A fork waits only until the digest is looked up, not for all of the data."""
    made = _new("sha256")
    made.update(data)
    return made.digest()


def md5_of(data: bytes) -> bytes:
    """Returns the MD5 of ``data``."""
    made = _new("md5")
    made.update(data)
    return made.digest()


@unforked
def _new(name: str) -> hashlib._Hash:
    return hashlib.new(name, usedforsecurity=False)
