"""Times, encodings, numbers and hashes (``aos_util.h``).

A ``char`` array that is filled is a bytearray and is never resized: one that is too small is -994, or a ValueError
where no code is returned. Hashes are bytes.

Kept from the C SDK: ``aos_atoi64`` is the unsigned parser, so that what does not fit in 64 bits is -1; keys and values
of query parameters are limited to 1024 bytes, and so is a pair when encoded.

Different: the two HMACs hash a key of more than 64 bytes, as the standard says, where C cuts it;
``aos_get_gmt_time_date`` refuses (-994) what is no date; the numbers' ``base`` is 0 or 2 to 36.

Python-only, for the SDK itself and in no ``__all__``: ``gmt_text``, ``iso8601_text``, ``url_quote``.

What a parameter is, unless a function says otherwise:

:param hmac: gets the digest; a bytearray
:param key: bytes of the key
:param key_len: how many bytes the key has
:param message: bytes that are hashed
:param message_len: how many bytes are hashed
:param nptr: text that begins with the number
:param in: bytes that are encoded or hashed
:param out: room for the result; a bytearray
:param date: room for the text; a bytearray
:param datestr: room for the text; a bytearray
:param format: a printf format
:param tm: the time in its parts
:param dest: room for the result; a bytearray
:param src: the bytes to encode
:param endptr: gets the index after the number; None when nobody asks
:param base: 0, or 2 to 36
:param maxSrcSize: the most bytes of ``src`` that are allowed
"""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from aos import aos_buf, aos_define, aos_fstack, apr_time
from aos import aos_string as string_module
from aos._c.args import required, store, store_or_raise, store_text
from aos._c.contract import check_arguments
from aos._c.digest import hmac_of, md5_of, sha256_of
from aos._c.printf import c_format
from aos._c.structs import index_of
from aos._c.text import bytes_of, decode, encode, text_of
from aos._c.xml import Element, XmlError, parse
from aos.aos_buf import *
from aos.aos_define import *
from aos.aos_fstack import *
from aos.aos_log import aos_error_log
from aos.aos_string import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "HMAC_SHA1",
        "aos_HMAC_SHA256",
        "aos_SHA256",
        "aos_atoi64",
        "aos_atoui64",
        "aos_base64_encode",
        "aos_convert_to_gmt_time",
        "aos_convert_to_iso8601_time",
        "aos_encode_hex",
        "aos_get_gmt_str_time",
        "aos_get_gmt_time_date",
        "aos_get_iso8601_str_time",
        "aos_get_iso8601_str_time_ex",
        "aos_gnome_sort",
        "aos_http_method_to_string",
        "aos_md5",
        "aos_parse_xml_body",
        "aos_query_params_to_string",
        "aos_strtoll",
        "aos_strtoull",
        "aos_url_decode",
        "aos_url_encode",
        "aos_url_encode_ex",
    ]
    __all__ += aos_buf.__all__
    __all__ += aos_define.__all__
    __all__ += aos_fstack.__all__
    __all__ += string_module.__all__
    __all__ = list(dict.fromkeys(__all__))

_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_METHODS = {HTTP_GET: "GET", HTTP_HEAD: "HEAD", HTTP_PUT: "PUT", HTTP_POST: "POST", HTTP_DELETE: "DELETE"}

_GMT_FORMAT = "%s, %.2d %s %.4d %.2d:%.2d:%.2d GMT"
_ISO8601_FORMAT = "%.4d%.2d%.2dT%.2d%.2d%.2dZ"
_GMT_DATE = r"(?a)\s*\w{3},\s*(\d{1,2})\s*(\w{3})\s*(\d{1,4})"

_UNRESERVED = re.compile("[A-Za-z0-9_.~-]*")
_BAD_ESCAPE = rb"%(?![0-9A-Fa-f]{2})"
_NUMBER = rb"[ \t\n\v\f\r]*([-+]?)(0[xX])?([0-9A-Za-z]*)"
_DIGITS = b"0123456789abcdefghijklmnopqrstuvwxyz"
_SHOWN = 64  # characters of a name in a message
_MAX_DIGITS = 64  # of any number that fits, in any base


def aos_parse_xml_body(bc: aos_list_t, root: aos_ref_t[Element | None]) -> int:
    """int aos_parse_xml_body(aos_list_t *bc, mxml_node_t **root)

    Reads the document in a list of buffers. Returns AOSE_OK; AOSE_INTERNAL_ERROR, and None for the root, where it is
    not XML.

    :param bc: the document, a list of ``aos_buf_t``
    :param root: gets the document's root
    """
    root.value = None
    try:
        root.value = parse(encode(aos_buf_list_content(None, bc)))
    except XmlError:
        return AOSE_INTERNAL_ERROR
    return AOSE_OK


def aos_gnome_sort(headers: list[str], size: int) -> None:
    """void aos_gnome_sort(const char **headers, int size)

    Sorts the first ``size`` texts in place, in natural order without regard to case; equal ones come out reversed.

    :param headers: a list of texts
    :param size: how many of them to sort
    """
    if not 0 <= index_of(size, "size") <= len(headers):
        raise ValueError(f"size is {size}, but headers has {len(headers)} entries")
    for i in range(1, size):
        place = i
        while place and apr_strnatcasecmp(headers[place - 1], headers[i]) >= 0:
            place -= 1
        headers.insert(place, headers.pop(i))


def gmt_text(now: int) -> str:
    """Returns microseconds since the epoch as ``Thu, 01 Jan 1970 00:00:00 GMT``."""
    return _gmt_text(_GMT_FORMAT, _exploded(now))


def iso8601_text(now: int) -> str:
    """Returns microseconds since the epoch as ``19700101T000000Z``."""
    return _iso8601_text(_ISO8601_FORMAT, _exploded(now))


def _exploded(now: int) -> apr_time_exp_t:
    tm = apr_time_exp_t()
    if apr_time_exp_gmt(tm, now) != APR_SUCCESS:
        raise ValueError(f"no calendar has the time {now}")
    return tm


def _gmt_text(fmt: str, tm: apr_time_exp_t) -> str:
    if not (0 <= tm.tm_wday < len(_DAYS) and 0 <= tm.tm_mon < len(_MONTHS)):
        raise ValueError("tm has no such day or month")
    day, month = _DAYS[tm.tm_wday], _MONTHS[tm.tm_mon]
    return c_format(fmt, day, tm.tm_mday, month, 1900 + tm.tm_year, tm.tm_hour, tm.tm_min, tm.tm_sec)


def _iso8601_text(fmt: str, tm: apr_time_exp_t) -> str:
    return c_format(fmt, 1900 + tm.tm_year, 1 + tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec)


def _stored_time(date: bytearray, text: Callable[[], str]) -> int:
    """Stores the text of a time, cut as C's buffer cuts it; AOSE_OK or AOSE_INVALID_ARGUMENT."""
    try:
        stored = encode(text())[: AOS_MAX_GMT_TIME_LEN - 1]
    except ValueError as error:
        aos_error_log("%s", str(error))
        return AOSE_INVALID_ARGUMENT
    return AOSE_OK if store(date, stored + b"\0", "date") else AOSE_INVALID_ARGUMENT


def aos_convert_to_gmt_time(date: bytearray, format: str, tm: apr_time_exp_t) -> int:
    """int aos_convert_to_gmt_time(char *date, const char *format, apr_time_exp_t *tm)

    Fills ``date`` by a C format of weekday, day, month's name, year, hour, minute, second. Returns 0; -994 when
    ``date`` is too small, or ``format`` or ``tm`` cannot be used.
    """
    return _stored_time(date, lambda: _gmt_text(format, required(tm, apr_time_exp_t, "tm")))


def aos_get_gmt_str_time(datestr: bytearray) -> int:
    """int aos_get_gmt_str_time(char datestr[AOS_MAX_GMT_TIME_LEN])

    Fills ``datestr`` with the present time as ``Thu, 01 Jan 1970 00:00:00 GMT``. Returns 0; -994 when it is too small.
    """
    return _stored_time(datestr, lambda: gmt_text(apr_time.apr_time_now()))


def aos_convert_to_iso8601_time(date: bytearray, format: str, tm: apr_time_exp_t) -> int:
    """int aos_convert_to_iso8601_time(char *date, const char *format, apr_time_exp_t *tm)

    Fills ``date`` by a C format of year, month, day, hour, minute, second. Returns 0; -994 when ``date`` is too small,
    or ``format`` cannot be used.
    """
    return _stored_time(date, lambda: _iso8601_text(format, required(tm, apr_time_exp_t, "tm")))


def aos_get_iso8601_str_time(datestr: bytearray) -> int:
    """int aos_get_iso8601_str_time(char datestr[AOS_MAX_GMT_TIME_LEN])

    Fills ``datestr`` with the present time as ``19700101T000000Z``. Returns 0; -994 when it is too small.
    """
    return aos_get_iso8601_str_time_ex(datestr, apr_time.apr_time_now())


def aos_get_iso8601_str_time_ex(datestr: bytearray, now: int) -> int:
    """int aos_get_iso8601_str_time_ex(char datestr[AOS_MAX_GMT_TIME_LEN], apr_time_t now)

    Fills ``datestr`` with a time as ``19700101T000000Z``. Returns 0; -994 when it is too small, or for a time no
    calendar has.

    :param now: the time, microseconds since the epoch
    """
    return _stored_time(datestr, lambda: iso8601_text(now))


def aos_get_gmt_time_date(gmt: str | None, datestr: bytearray) -> int:
    """int aos_get_gmt_time_date(const char *gmt, char datestr[AOS_MAX_SHORT_TIME_LEN])

    Fills ``datestr`` with the date of ``Thu, 01 Jan 1970 00:00:00 GMT`` as ``19700101``. Returns 0, also for None,
    which stores nothing; -994 for a text that is no such date, or when ``datestr`` is too small.

    :param gmt: a date as in HTTP
    """
    if gmt is None:
        return AOSE_OK
    found = re.match(_GMT_DATE, text_of(gmt, "gmt") or "")
    if found is None or found[2] not in _MONTHS:
        return AOSE_INVALID_ARGUMENT
    text = f"{int(found[3]):04d}{_MONTHS.index(found[2]) + 1:02d}{int(found[1]):02d}"
    return AOSE_OK if store_text(datestr, text, "datestr") else AOSE_INVALID_ARGUMENT


def url_quote(text: str, slash: bool = False) -> str:
    """Returns ``text`` with all but letters, digits and ``-_.~`` as ``%XX``; ``slash`` keeps ``/`` too."""
    if _UNRESERVED.fullmatch(text):
        return text
    return quote(encode(text), safe="/" if slash else "")


def aos_url_encode(dest: bytearray, src: str, maxSrcSize: int) -> int:
    """int aos_url_encode(char *dest, const char *src, int maxSrcSize)

    Fills ``dest`` with the URL-encoded text and a NUL. Returns 0; -994 for more than ``maxSrcSize`` bytes, those
    encoded.
    """
    return aos_url_encode_ex(dest, src, maxSrcSize, 0)


def aos_url_encode_ex(dest: bytearray, src: str, maxSrcSize: int, slash: int) -> int:
    """int aos_url_encode_ex(char *dest, const char *src, int maxSrcSize, int slash)

    Fills ``dest`` as ``aos_url_encode`` does; ``/`` may be left as it is. Returns what that does.

    :param slash: 1 to leave ``/`` as it is
    """
    text = text_of(src, "src")
    if text is None:
        return AOSE_INVALID_ARGUMENT
    data = encode(text).split(b"\0", 1)[0]
    limit = max(index_of(maxSrcSize, "maxSrcSize"), 0)
    stored = store_text(dest, url_quote(decode(data[:limit]), bool(slash)), "dest")
    return AOSE_OK if stored and len(data) <= limit else AOSE_INVALID_ARGUMENT


def aos_url_decode(in_: str | None, out: bytearray) -> int:
    """int aos_url_decode(const char *in, char *out)

    Fills ``out`` with the decoded text and a NUL. Returns 0; -1 at a bad escape, with the text before it; -994 when
    ``out`` is too small.

    :param in: the text
    """
    data = encode(text_of(in_, "in") or "").split(b"\0", 1)[0].replace(b"+", b" ")
    bad = re.search(_BAD_ESCAPE, data)
    decoded = unquote_to_bytes(data[: bad.start()] if bad else data)
    if not store(out, decoded + b"\0", "out"):
        return AOSE_INVALID_ARGUMENT
    return -1 if bad else AOSE_OK


def aos_encode_hex(dest: bytearray | None, src: bytes | str | None, srclen: int, len: aos_ref_t[int] | None) -> int:
    """int aos_encode_hex(char *dest, const void *src, int srclen, int *len)

    Fills ``dest`` (unless None) with lower-case hexadecimal digits and a NUL; ``len`` gets the bytes that takes.
    Returns 0; -994 when ``src`` is None or ``dest`` is too small.

    :param srclen: how many bytes
    :param len: gets how many bytes the digits and the NUL take; None when nobody asks
    """
    if src is None:
        return AOSE_INVALID_ARGUMENT
    digits = bytes_of(src, srclen, "src").hex()
    if dest is not None and not store_text(dest, digits, "dest"):
        return AOSE_INVALID_ARGUMENT
    if len is not None:
        len.value = srclen * 2 + 1
    return AOSE_OK


def aos_http_method_to_string(method: http_method_e) -> str:
    """const char *aos_http_method_to_string(http_method_e method)

    Returns GET, HEAD, PUT, POST or DELETE; UNKNOWN for anything else.

    :param method: HTTP_GET, HTTP_PUT and so on
    """
    return _METHODS.get(method, "UNKNOWN")


def aos_query_params_to_string(p: aos_pool_t | None, query_params: aos_table_t | None, querystr: aos_string_t) -> int:
    """int aos_query_params_to_string(aos_pool_t *p, aos_table_t *query_params, aos_string_t *querystr)

    Makes ``querystr`` ``?k=v&k2`` in the table's order; an empty value gives only the key. An empty table leaves it as
    it is. Returns 0; -994 when a key, a value or an encoded pair is too long.

    :param query_params: names and values
    :param querystr: gets ``?name=value&...``, encoded
    """
    if query_params is None or aos_is_empty_table(query_params):
        return AOSE_OK
    aos_str_null(querystr)
    if problem := query_problem(query_params):
        aos_error_log("%s", problem)
        return AOSE_INVALID_ARGUMENT
    pairs = [_query_pair(key, value or "") for key, value in query_params.items()]
    querystr.data = "?" + "&".join(pair for pair in pairs if pair is not None)
    return AOSE_OK


def query_problem(query_params: aos_table_t) -> str | None:
    """Says which of the parameters is too long to be sent; None when none is."""
    for key, value in query_params.items():
        if _query_pair(key, value or "") is None:
            limit = f"encoded, name and value have more than {AOS_MAX_QUERY_ARG_LEN} bytes"
            return f"the query parameter {key[:_SHOWN]} is too long: {limit}"
    return None


def too_long(text: str | None, limit: int) -> str:
    """Says that a text has more than ``limit`` bytes."""
    return f"it has {len(encode(text or ''))} bytes, more than {limit}"


@functools.lru_cache(maxsize=256)
def _query_pair(key: str, value: str) -> str | None:
    """Returns ``k=v``, encoded; None when it is too long."""
    if max(len(encode(key)), len(encode(value))) > AOS_MAX_QUERY_ARG_LEN:
        return None
    pair = url_quote(key) + (f"={url_quote(value)}" if value else "")
    return None if value and 1 + len(pair) >= AOS_MAX_QUERY_ARG_LEN else pair  # 1: the separator


def aos_base64_encode(in_: bytes | str, inLen: int, out: bytearray) -> int:
    """int aos_base64_encode(const unsigned char *in, int inLen, char *out)

    Fills ``out`` with base64 text, padded, without a NUL. Returns its length in bytes; -994 when ``out`` is too small.

    :param inLen: how many bytes
    """
    text = base64.b64encode(bytes_of(in_, inLen, "in"))
    return len(text) if store(out, text, "out") else AOSE_INVALID_ARGUMENT


def HMAC_SHA1(hmac: bytearray, key: bytes | str, key_len: int, message: bytes | str, message_len: int) -> None:
    """void HMAC_SHA1(unsigned char hmac[20], const unsigned char *key, int key_len,
    const unsigned char *message, int message_len)

    Fills ``hmac`` with the 20 bytes of the HMAC of a message.
    """
    digest = hmac_of(bytes_of(key, key_len, "key"), bytes_of(message, message_len, "message"), "sha1")
    store_or_raise(hmac, digest, "hmac")


def aos_HMAC_SHA256(hmac: bytearray, key: bytes | str, key_len: int, message: bytes | str, message_len: int) -> None:
    """void aos_HMAC_SHA256(char hmac[32], const char *key, int key_len, const char *message, int message_len)

    Fills ``hmac`` with the 32 bytes of the HMAC of a message.
    """
    digest = hmac_of(bytes_of(key, key_len, "key"), bytes_of(message, message_len, "message"), "sha256")
    store_or_raise(hmac, digest, "hmac")


def aos_SHA256(hash: bytearray, message: bytes | str, message_len: int) -> None:
    """void aos_SHA256(char hash[32], const char *message, int message_len)

    Fills ``hash`` with the 32 bytes of the SHA-256 of a message.

    :param hash: gets the 32 bytes; a bytearray
    """
    store_or_raise(hash, sha256_of(bytes_of(message, message_len, "message")), "hash")


def aos_md5(pool: aos_pool_t | None, in_: bytes | str, in_len: int) -> bytes:
    """unsigned char *aos_md5(aos_pool_t *pool, const char *in, apr_size_t in_len)

    Returns the 16 bytes of the MD5 digest.

    :param in_len: how many bytes
    """
    return md5_of(bytes_of(in_, in_len, "in"))


def _parsed(nptr: str | bytes, base: int) -> tuple[bool, int | None, int]:
    """Reads a number: its sign, its magnitude (None: beyond any type), and the index after it (0: no digits)."""
    text = text_of(nptr, "nptr")
    if text is None:
        raise ValueError("nptr must not be None")
    if index_of(base, "base") != 0 and not 2 <= base <= len(_DIGITS):
        raise ValueError(f"base is {base}, not 0 or 2 to 36")
    found = re.match(_NUMBER, encode(text))
    assert found is not None  # every part of the pattern may be empty
    sign, prefix, digits = found.groups(b"")
    start = found.start(3)
    if prefix and base not in (0, 16):
        digits, start = prefix + digits, found.start(2)
    base = base or (16 if prefix else 8 if digits.startswith(b"0") else 10)
    digits = digits[: len(digits) - len(digits.lower().lstrip(_DIGITS[:base]))]
    if not digits:
        return False, 0, 0
    significant = digits.lstrip(b"0") or b"0"
    value = int(significant, base) if len(significant) <= _MAX_DIGITS else None
    return sign == b"-", value, start + len(digits)


def _set_end(endptr: aos_ref_t[int] | None, end: int) -> None:
    if endptr is not None:
        endptr.value = end


def aos_strtoll(nptr: str | bytes, endptr: aos_ref_t[int] | None, base: int) -> int:
    """long long aos_strtoll(const char *nptr, char **endptr, int base)

    Returns the number at the start of a text, saturated to 64 signed bits; ``base`` 0 knows 0x and a leading 0.
    ``endptr`` gets the index of the first byte that is not part of it, 0 when there is no digit.
    """
    negative, value, end = _parsed(nptr, base)
    _set_end(endptr, end)
    if value is None:
        return LLONG_MIN if negative else LLONG_MAX
    return max(-value, LLONG_MIN) if negative else min(value, LLONG_MAX)


def aos_strtoull(nptr: str | bytes, endptr: aos_ref_t[int] | None, base: int) -> int:
    """unsigned long long aos_strtoull(const char *nptr, char **endptr, int base)

    Returns the number at the start of a text, saturated to 64 unsigned bits; a minus sign negates modulo 2**64.
    """
    negative, value, end = _parsed(nptr, base)
    _set_end(endptr, end)
    if value is None or value > ULLONG_MAX:
        return ULLONG_MAX
    return -value & ULLONG_MAX if negative else value


def aos_atoi64(nptr: str | bytes) -> int:
    """int64_t aos_atoi64(const char *nptr)

    Returns the decimal number at the start of a text, taken modulo 2**64 as a signed one; 0 when there is none.
    """
    value = aos_strtoull(nptr, None, 10)
    return value - (1 << 64) if value > LLONG_MAX else value


def aos_atoui64(nptr: str | bytes) -> int:
    """uint64_t aos_atoui64(const char *nptr)

    Returns the decimal number at the start of a text; 0 when there is none.
    """
    return aos_strtoull(nptr, None, 10)


check_arguments(globals())
