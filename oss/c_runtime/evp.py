"""``openssl/evp.h``, ``hmac.h``, ``md5.h`` and ``sha.h``: digests, by :mod:`hashlib`.

Functions give 1, and 0 where OpenSSL refuses: a context that has no digest, or whose digest was asked for already.

What a parameter is, unless a function says otherwise:

:param ctx: the context, which digests what it is given
:param type: which digest
:param impl: an engine, which is not needed
:param d: the bytes to digest
:param cnt: how many they are
:param md: gets the digest
:param s: gets its length; may be None
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.arrays import array
from oss.c_runtime.numbers import uint8_t
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at

__all__ = [
    "EVP_MD",
    "EVP_MD_CTX",
    "HMAC",
    "MD5",
    "SHA1",
    "SHA224",
    "SHA256",
    "SHA384",
    "SHA512",
    "EVP_Digest",
    "EVP_DigestFinal",
    "EVP_DigestFinal_ex",
    "EVP_DigestInit",
    "EVP_DigestInit_ex",
    "EVP_DigestUpdate",
    "EVP_MD_CTX_copy_ex",
    "EVP_MD_CTX_create",
    "EVP_MD_CTX_destroy",
    "EVP_MD_CTX_free",
    "EVP_MD_CTX_md",
    "EVP_MD_CTX_new",
    "EVP_MD_CTX_reset",
    "EVP_MD_CTX_size",
    "EVP_MD_block_size",
    "EVP_MD_size",
    "EVP_MD_type",
    "EVP_get_digestbyname",
    "EVP_md5",
    "EVP_md_null",
    "EVP_sha1",
    "EVP_sha224",
    "EVP_sha256",
    "EVP_sha384",
    "EVP_sha512",
    "OBJ_nid2sn",
]


class _Nothing:
    """The digest of ``EVP_md_null``, which is empty."""

    digest_size = block_size = 0

    def update(self, _: bytes) -> None:
        """Leaves the bytes alone."""

    def digest(self) -> bytes:
        return b""

    def copy(self) -> _Nothing:
        return self


class EVP_MD:
    """A kind of digest: OpenSSL's name and number of it."""

    def __init__(self, name: str, number: int) -> None:
        self.name, self.number = name, number

    def new(self) -> Any:
        """Begins one."""
        return hashlib.new(self.name.lower()) if self.number else _Nothing()


_KINDS = {row.name: row for row in (EVP_MD("MD5", 4), EVP_MD("SHA1", 64), EVP_MD("SHA224", 675), EVP_MD("SHA256", 672),
                                    EVP_MD("SHA384", 673), EVP_MD("SHA512", 674), EVP_MD("UNDEF", 0))}  # fmt: skip


class EVP_MD_CTX:
    """What has been digested so far."""

    def __init__(self) -> None:
        self.type: EVP_MD | None = None
        self.state: Any = None


def EVP_md5() -> EVP_MD:
    return _KINDS["MD5"]


def EVP_sha1() -> EVP_MD:
    return _KINDS["SHA1"]


def EVP_sha224() -> EVP_MD:
    return _KINDS["SHA224"]


def EVP_sha256() -> EVP_MD:
    return _KINDS["SHA256"]


def EVP_sha384() -> EVP_MD:
    return _KINDS["SHA384"]


def EVP_sha512() -> EVP_MD:
    return _KINDS["SHA512"]


def EVP_md_null() -> EVP_MD:
    return _KINDS["UNDEF"]


def EVP_get_digestbyname(name: Text) -> EVP_MD | None:
    """Returns the digest of a name, as ``"sha256"``."""
    found = _KINDS.get(string_at(name).decode("ascii", "replace").upper())
    return found if found is not None and found.number else None


def EVP_MD_size(type: EVP_MD) -> int:
    """Returns how many bytes a digest has."""
    return int(type.new().digest_size)


def EVP_MD_block_size(type: EVP_MD) -> int:
    """Returns how many bytes are digested at once."""
    return int(type.new().block_size)


def EVP_MD_type(type: EVP_MD) -> int:
    """Returns OpenSSL's number of a digest."""
    return type.number


def OBJ_nid2sn(number: int) -> str | None:
    """Returns the name of a digest by its number."""
    return next((row.name for row in _KINDS.values() if row.number == number), None)


def EVP_MD_CTX_new() -> EVP_MD_CTX:
    """Makes a context."""
    return EVP_MD_CTX()


EVP_MD_CTX_create = EVP_MD_CTX_new


def EVP_MD_CTX_reset(ctx: EVP_MD_CTX) -> int:
    """Makes a context as good as new."""
    ctx.type = ctx.state = None
    return 1


def EVP_MD_CTX_copy_ex(out: EVP_MD_CTX, ctx: EVP_MD_CTX) -> int:
    """Makes a context as another one is."""
    if ctx.type is None:
        return 0
    out.type, out.state = ctx.type, ctx.state.copy() if ctx.state is not None else None
    return 1


def EVP_MD_CTX_free(ctx: EVP_MD_CTX | None) -> None:
    """Ends a context."""
    if ctx is not None:
        EVP_MD_CTX_reset(ctx)


EVP_MD_CTX_destroy = EVP_MD_CTX_free


def EVP_MD_CTX_md(ctx: EVP_MD_CTX) -> EVP_MD | None:
    """Returns which digest a context makes."""
    return ctx.type


def EVP_MD_CTX_size(ctx: EVP_MD_CTX) -> int:
    """Returns how many bytes the digest of a context has, -1 without one."""
    return EVP_MD_size(ctx.type) if ctx.type is not None else -1


def EVP_DigestInit_ex(ctx: EVP_MD_CTX, type: EVP_MD | None, impl: object) -> int:
    """Begins a digest; without a type one of the same kind again."""
    ctx.type = type if type is not None else ctx.type
    ctx.state = ctx.type.new() if ctx.type is not None else None
    return int(ctx.type is not None)


def EVP_DigestInit(ctx: EVP_MD_CTX, type: EVP_MD) -> int:
    """Begins a digest."""
    return EVP_DigestInit_ex(ctx, type, None)


def EVP_DigestUpdate(ctx: EVP_MD_CTX, d: Text | None, cnt: int) -> int:
    """Digests some bytes."""
    if cnt and ctx.state is None:
        return 0
    if cnt:
        assert d is not None
        ctx.state.update(string_at(d, cnt))
    return 1


def EVP_DigestFinal_ex(ctx: EVP_MD_CTX, md: Memory, s: aos_ref_t[int] | None) -> int:
    """Gives the digest."""
    if ctx.state is None:
        return 0
    made = ctx.state.digest()
    ctx.state = None
    _given(made, md, s)
    return 1


def EVP_DigestFinal(ctx: EVP_MD_CTX, md: Memory, s: aos_ref_t[int] | None) -> int:
    """Gives the digest, and makes the context as good as new."""
    done = EVP_DigestFinal_ex(ctx, md, s)
    EVP_MD_CTX_reset(ctx)
    return done


def EVP_Digest(d: Text, cnt: int, md: Memory, s: aos_ref_t[int] | None, type: EVP_MD, impl: object) -> int:
    """Gives the digest of some bytes."""
    ctx = EVP_MD_CTX()
    EVP_DigestInit(ctx, type)
    EVP_DigestUpdate(ctx, d, cnt)
    return EVP_DigestFinal(ctx, md, s)


def HMAC(
    evp_md: EVP_MD, key: Text, key_len: int, d: Text, n: int, md: Memory | None, md_len: aos_ref_t[int] | None
) -> ptr[int]:
    """Gives the HMAC of some bytes, and returns where it is: in memory of its own without ``md``."""
    made = hmac.digest(string_at(key, key_len), string_at(d, n), evp_md.name.lower())
    return _given(made, md, md_len)


def MD5(d: Text, n: int, md: Memory | None) -> ptr[int]:
    """Gives the MD5 of some bytes, and returns where it is: in memory of its own without ``md``."""
    return _given(hashlib.md5(string_at(d, n)).digest(), md, None)


def SHA1(d: Text, n: int, md: Memory | None) -> ptr[int]:
    """Gives the SHA-1 of some bytes, as :func:`MD5` does."""
    return _given(hashlib.sha1(string_at(d, n)).digest(), md, None)


def SHA224(d: Text, n: int, md: Memory | None) -> ptr[int]:
    """Gives the SHA-224 of some bytes, as :func:`MD5` does."""
    return _given(hashlib.sha224(string_at(d, n)).digest(), md, None)


def SHA256(d: Text, n: int, md: Memory | None) -> ptr[int]:
    """Gives the SHA-256 of some bytes, as :func:`MD5` does."""
    return _given(hashlib.sha256(string_at(d, n)).digest(), md, None)


def SHA384(d: Text, n: int, md: Memory | None) -> ptr[int]:
    """Gives the SHA-384 of some bytes, as :func:`MD5` does."""
    return _given(hashlib.sha384(string_at(d, n)).digest(), md, None)


def SHA512(d: Text, n: int, md: Memory | None) -> ptr[int]:
    """Gives the SHA-512 of some bytes, as :func:`MD5` does."""
    return _given(hashlib.sha512(string_at(d, n)).digest(), md, None)


def _given(made: bytes, md: Memory | None, size: aos_ref_t[int] | None) -> ptr[int]:
    place = pointer_of(md) if md is not None else array(uint8_t, len(made))
    place.memory(len(made))[:] = made
    if size is not None:
        size.value = len(made)
    return place
