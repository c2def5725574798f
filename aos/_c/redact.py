"""What carries a secret or a signature, and what is shown in its place: in a repr, a log, a message.

A peer may repeat what it was sent, in another form. So each thread remembers its last few requests, and the
secrets in them, and pieces of them, are looked for in every text that is shown: as they are, percent-encoded, escaped
as in XML, JSON or C, in base64 and in hexadecimal.
"""

from __future__ import annotations

import binascii
import contextlib
import functools
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

__all__ = [
    "beginning",
    "escaped",
    "hide",
    "kept_secret",
    "redact",
    "remember_sent",
    "SecretBytes",
    "SecretText",
    "shown",
]

SECRET_NAMES = frozenset(
    {
        "authorization",
        "cookie",
        "proxy-authorization",
        "security-token",
        "set-cookie",
        "signature",
        "x-oss-security-token",
        "x-oss-server-side-encryption-customer-key",
        "x-oss-signature",
    }
)
MASK = "***"
_NAMES = "|".join(sorted(SECRET_NAMES, key=len, reverse=True))
_HIDDEN = (
    (re.compile(r"(?<=//)[^/?#@\s]*@"), "***@"),
    (re.compile(rf"(?i)\b((?:{_NAMES})[\"']?\s*:\s*)[^\r\n]+"), r"\1***"),
    (re.compile(r"(<SignatureProvided>)[^<]+"), r"\1***"),
    (re.compile(rf"(?i)\b((?:{_NAMES})=)[^&\s\"'<>)]+"), r"\1***"),
)

_CONTROLS = {code: repr(chr(code))[1:-1] for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}
_CONTROLS |= {0xDC00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0xA0)}
"""Control characters, line separators, and the bytes that a terminal without UTF-8 takes for control characters."""
_CONTROLS_IN_LINES = {code: instead for code, instead in _CONTROLS.items() if code != ord("\n")}


class SecretBytes(bytes):
    """A key whose repr, and so a traceback with variables, does not give it away."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"b'{MASK}'"


class SecretText(str):
    """A text whose repr does not give it away; what is printed, compared or sent is the text itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"'{MASK}'"


def kept_secret(value: Any) -> Any:
    """Returns a text or bytes as ones whose repr does not show them; other values as they are."""
    if isinstance(value, str):
        return SecretText(value)
    return SecretBytes(value) if isinstance(value, bytes) else value


def redact(name: str, value: str | None) -> str | None:
    """Returns the value of a header or parameter as it may be shown."""
    return MASK if value and name.strip().lower() in SECRET_NAMES else value


def escaped(text: str, *, lines: bool = False) -> str:
    """Returns the text in one line, its control characters written as in a Python literal.

    With ``lines`` it keeps its line feeds.
    """
    return text.translate(_CONTROLS_IN_LINES if lines else _CONTROLS)


def hide(text: str, *secrets: bytes) -> str:
    """Returns a text without the credentials and signatures in URLs and header lines, and the secrets that were sent.

    What was sent is what the last requests of this thread carried; ``secrets`` are further ones.
    """
    sent = frozenset(secret for request in _sent.requests for secret in _secrets_of(*request))
    text = _without(text, sent.union(secret for secret in secrets if len(secret) >= _LEAST))
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


def shown(text: str, *, lines: bool = False) -> str:
    """Returns what a status, a reason or a log line may have of a text: no secrets, no control characters."""
    return escaped(hide(text), lines=lines)


def beginning(line: bytes, length: int) -> str:
    """Returns the first characters of what a peer said. Secrets are hidden first: a part of one would not be found."""
    return hide(line.decode("latin-1"))[:length]


# ---- what was sent ----

_REMEMBERED = 8
_LEAST = 4
"""Length, in bytes, from which on a secret can be told from the words around it."""
_HEADERS = re.compile(rf"(?im)^({_NAMES}): *(.*?)\r?$")
_PARAMETERS = re.compile(rf"(?i)[?&](?:{_NAMES})=([^&#\s]+)")
_LAST_WORD = re.compile(rb"[^\s:,=]+=*$")
"""Matches the signature or token in an Authorization header, after the scheme and the name."""


class _Requests(threading.local):
    """Holds the last requests of each thread, as :func:`remember_sent` was given them."""

    def __init__(self) -> None:
        self.requests: deque[tuple[bytes, str, str | None, str | None]] = deque(maxlen=_REMEMBERED)


_sent = _Requests()


def remember_sent(head: bytes, target: str, proxy: str | None, proxy_auth: str | None) -> None:
    """Remembers a request that goes out: its request line and header lines, its target, ``[user:password@]host`` and
    ``user:password`` of the proxy.

    Nothing is looked for in them before there is something to be shown.
    """
    _sent.requests.append((head, target, proxy, proxy_auth))


@functools.lru_cache(maxsize=64)
def _secrets_of(head: bytes, target: str, proxy: str | None, proxy_auth: str | None) -> frozenset[bytes]:
    found: set[bytes] = set()
    for name, text in _HEADERS.findall(head.decode("utf-8", "surrogateescape")):
        value = _bytes(text)
        last = _LAST_WORD.search(value)
        word = last[0] if last else value
        found |= {value, word, quote(word, safe="").encode()}  # the last one is what a URL would have
        if name.lower().endswith("authorization") and text[:6].lower() == "basic ":
            with contextlib.suppress(binascii.Error):
                found |= _password(binascii.a2b_base64(value[6:]))
    for text in _PARAMETERS.findall(target):
        found |= {_bytes(text), _plain(_bytes(text))}
    for text in (proxy_auth or "", (proxy or "").rpartition("@")[0].rpartition("/")[2]):
        found |= _password(_bytes(text)) | _password(_plain(_bytes(text)))
    return frozenset(secret for secret in found if len(secret) >= _LEAST)


def _password(pair: bytes) -> set[bytes]:
    """Returns the secrets in ``user:password``: the password, the pair, and the pair in base64, as it is sent."""
    _, colon, password = pair.partition(b":")
    return {password, pair, binascii.b2a_base64(pair, newline=False)} if colon and password else set()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# ---- how it may be repeated ----

_DEPTH = 4
"""How many times over a text may have been escaped."""
_ESCAPE = re.compile(
    rb"(?:[%=]|\\x|\\u00)(?P<hex>[0-9A-Fa-f]{2})|&(?:#[xX]0*(?P<code>[0-9A-Fa-f]{2})|#0*(?P<number>[0-9]{2,3})"
    rb"|(?P<entity>amp|lt|gt|quot|apos));|\\(?P<octal>[0-3][0-7]{2})"
)
_ENTITIES = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_SAYS_MORE = re.compile(rb"[\s:]")
_LETTERS = bytes(byte for byte in range(256) if byte > 0x7F or chr(byte).isalnum())
_OTHERS = bytes(byte for byte in range(256) if byte not in _LETTERS)
_SMALL = bytes(range(256)).lower()
_TELLING = 8
"""How many letters and digits of a secret are not in a text by chance."""
_PIECE = 12
"""How many letters and digits of a longer secret are hidden even without the rest of it."""


class _Reading(NamedTuple):
    """A text with its escapes undone, and where in the text as it came each byte begins, and the last one ends."""

    data: bytes
    places: Sequence[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.places[first], self.places[last + 1]

    def plainer(self) -> _Reading:
        """Returns the text with one more level of escapes undone."""
        data, places, end = bytearray(), list[int](), 0
        for found in _ESCAPE.finditer(self.data):
            literal = slice(end, found.start())
            data += self.data[literal] + _meant(found)
            places += [*self.places[literal], self.places[found.start()]]
            end = found.end()
        return _Reading(bytes(data + self.data[end:]), [*places, *self.places[end:]])


def _meant(escape: re.Match[bytes]) -> bytes:
    """Returns the byte that an escape stands for."""
    if escape["entity"]:
        return _ENTITIES[escape["entity"]]
    for base, digits in ((10, escape["number"]), (8, escape["octal"])):
        if digits:
            return bytes([int(digits, base) & 0xFF])
    return bytes([int(escape["hex"] or escape["code"], 16)])


def _readings(data: bytes) -> Iterator[_Reading]:
    """Returns the text as it came, and as it reads with its escapes undone once, twice and so on."""
    reading = _Reading(data, range(len(data) + 1))
    for _ in range(_DEPTH):
        yield reading
        if not _ESCAPE.search(reading.data):
            return
        reading = reading.plainer()


def _plain(data: bytes) -> bytes:
    return _Reading(data, range(len(data) + 1)).plainer().data


def _letters(data: bytes) -> bytes:
    """Returns the letters, made small, and the digits: line breaks and padding make no difference then."""
    return data.translate(_SMALL, _OTHERS)


@functools.lru_cache(maxsize=64)
def _forms(secret: bytes) -> tuple[bytes, ...]:
    """Returns the letters and digits of a secret as it is, in hexadecimal and in base64.

    In base64 it has three forms, since it may begin at each byte of a group of three; the letters that it shares with
    what stands before and after it are left out.
    """
    forms = [secret, binascii.b2a_hex(secret)]
    for before in range(3):
        code = binascii.b2a_base64(bytes(before) + secret, newline=False)
        forms.append(code[(4 * before + 2) // 3 : 4 * (before + len(secret)) // 3])
    return tuple({form for form in map(_letters, forms) if len(form) >= _TELLING})


@functools.lru_cache(maxsize=64)
def _pieces(secrets: frozenset[bytes]) -> frozenset[bytes]:
    """Returns the runs of letters and digits in the secrets, without those that have spaces, which say more."""
    forms = [form for secret in secrets if not _SAYS_MORE.search(secret) for form in _forms(secret)]
    return frozenset(form[at : at + _PIECE] for form in forms for at in range(len(form) - _PIECE + 1))


def _places(data: bytes, part: bytes) -> Iterator[int]:
    place = data.find(part)
    while place >= 0:
        yield place
        place = data.find(part, place + 1)


def _is_word(data: bytes, begin: int, end: int) -> bool:
    """Says whether no letter or digit stands right before or after a stretch of bytes."""
    return not _letters(data[max(begin - 1, 0) : begin] + data[end : end + 1])


def _spans(reading: _Reading, secrets: frozenset[bytes]) -> Iterator[tuple[int, int]]:
    """Finds where the secrets stand."""
    for secret in secrets:
        for place in _places(reading.data, secret):
            if len(secret) >= _TELLING or _is_word(reading.data, place, place + len(secret)):
                yield reading.span(place, place + len(secret) - 1)
    letters, kept = _letters(reading.data), list[int]()
    for place, size in _found(letters, secrets):
        kept = kept or [index for index, byte in enumerate(reading.data) if byte in _LETTERS]
        yield reading.span(kept[place], kept[place + size - 1])


def _found(letters: bytes, secrets: frozenset[bytes]) -> Iterator[tuple[int, int]]:
    """Finds where, in the letters and digits of a text, those of a secret or a piece of one stand, and how many."""
    for secret in secrets:
        for form in _forms(secret):
            yield from ((place, len(form)) for place in _places(letters, form))
    pieces = _pieces(secrets)
    for place in range(len(letters) - _PIECE + 1):
        if letters[place : place + _PIECE] in pieces:
            yield place, _PIECE


def _without(text: str, secrets: frozenset[bytes]) -> str:
    """Returns the text with a mask in place of each secret."""
    if not secrets or len(text) < _LEAST:
        return text
    data = _bytes(text)
    spans = sorted(span for reading in _readings(data) for span in _spans(reading, secrets))
    if not spans:
        return text
    kept, done = list[bytes](), 0
    for begin, end in spans:
        if begin >= done:
            kept += [data[done:begin], MASK.encode()]
        done = max(done, end)
    return b"".join([*kept, data[done:]]).decode("utf-8", "surrogatepass")
