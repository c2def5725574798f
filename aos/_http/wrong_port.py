"""Recognition of HTTP sent to a TLS port, and of TLS sent to an HTTP port, and the error texts for both."""

from __future__ import annotations

import re

__all__ = ["SPEAKS_HTTP", "SPEAKS_TLS", "is_no_tls", "is_tls", "wants_tls"]

SPEAKS_HTTP = "the server does not speak TLS at this port: is it an http endpoint?"
SPEAKS_TLS = "the server speaks TLS at this port: is it an https endpoint?"

_ALERT = b"\x15\x03"  # the type of a record, and the version's first byte
_NO_RECORD = re.compile(
    "wrong.version.number|record.layer.failure|packet.length.too.long|https?.(proxy.)?request", re.I
)
"""Messages of OpenSSL, which differ between its versions."""
_WANTS_TLS = re.compile(
    rb"plain HTTP request was sent to HTTPS port"  # nginx
    rb"|speaking plain HTTP to an SSL-enabled server port"  # Apache
    rb"|sent an HTTP request to an HTTPS server",  # Go
    re.I,
)
"""What servers say in an error document."""


def is_tls(answer: bytes) -> bool:
    """Tells whether the bytes that should be the first line of an answer are a TLS alert."""
    return answer.startswith(_ALERT)


def wants_tls(document: bytes) -> bool:
    """Tells whether the document of an error answer says that TLS was expected."""
    return _WANTS_TLS.search(document) is not None


def is_no_tls(error: BaseException) -> bool:
    """Tells whether a handshake failed because the peer sent something that is no TLS record."""
    return _NO_RECORD.search(str(error)) is not None
