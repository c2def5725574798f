"""``oss.c_runtime.evp``: the digests are hashlib's, and what OpenSSL refuses is refused."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from oss.c_runtime.arrays import array
from oss.c_runtime.evp import (
    HMAC,
    MD5,
    SHA256,
    EVP_Digest,
    EVP_DigestFinal_ex,
    EVP_DigestInit_ex,
    EVP_DigestUpdate,
    EVP_get_digestbyname,
    EVP_MD_CTX_copy_ex,
    EVP_MD_CTX_new,
    EVP_MD_CTX_size,
    EVP_md_null,
    EVP_MD_size,
    EVP_MD_type,
    EVP_sha1,
    EVP_sha256,
    OBJ_nid2sn,
)
from oss.c_runtime.numbers import uint8_t
from oss.c_runtime.pointers import ref

DATA = b"The quick brown\0 fox"


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
def test_a_digest_in_parts(name: str) -> None:
    kind = EVP_get_digestbyname(name)
    assert kind is not None
    ctx, md, size = EVP_MD_CTX_new(), array(uint8_t, 64), ref(0)
    assert EVP_DigestInit_ex(ctx, kind, None) == EVP_DigestUpdate(ctx, DATA, 7) == 1
    twin = EVP_MD_CTX_new()
    assert EVP_MD_CTX_copy_ex(twin, ctx) == 1
    assert EVP_DigestUpdate(ctx, DATA[7:], len(DATA) - 7) == EVP_DigestFinal_ex(ctx, md, size) == 1
    assert bytes(md.memory(size.value)) == hashlib.new(name, DATA).digest()
    assert EVP_MD_size(kind) == EVP_MD_CTX_size(ctx) == size.value
    assert OBJ_nid2sn(EVP_MD_type(kind)) == name.upper()
    assert EVP_DigestFinal_ex(twin, md, None) == 1
    assert bytes(md.memory(size.value)) == hashlib.new(name, DATA[:7]).digest()


def test_what_is_refused() -> None:
    """No digest was begun, or it was asked for already."""
    ctx, md = EVP_MD_CTX_new(), array(uint8_t, 64)
    assert (
        EVP_DigestInit_ex(ctx, None, None) == EVP_DigestUpdate(ctx, DATA, 1) == EVP_DigestFinal_ex(ctx, md, None) == 0
    )
    EVP_DigestInit_ex(ctx, EVP_sha1(), None)
    assert (EVP_DigestFinal_ex(ctx, md, None), EVP_DigestFinal_ex(ctx, md, None)) == (1, 0)
    assert EVP_DigestInit_ex(ctx, None, None) == 1
    assert EVP_MD_size(EVP_md_null()) == 0


def test_all_at_once() -> None:
    md, size = bytearray(32), ref(0)
    assert EVP_Digest(DATA, len(DATA), md, size, EVP_sha256(), None) == 1
    assert (bytes(md), size.value) == (hashlib.sha256(DATA).digest(), 32)
    assert bytes(SHA256(DATA, 4, None).memory(32)) == hashlib.sha256(DATA[:4]).digest()
    assert bytes(MD5(DATA, 4, md).memory(16)) == bytes(md[:16]) == hashlib.md5(DATA[:4]).digest()
    assert bytes(HMAC(EVP_sha1(), b"key", 3, DATA, len(DATA), None, size).memory(20)) == hmac.digest(
        b"key", DATA, "sha1"
    )
    with pytest.raises(IndexError):
        MD5(DATA, 4, bytearray(15))
