"""What carries a secret or a signature, and what is shown in its place: in a repr, a log, a message."""

from __future__ import annotations

import re

__all__ = ["hide", "redact", "secret_bytes"]

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
_NAMES = "|".join(sorted(SECRET_NAMES, key=len, reverse=True))
_HIDDEN = (
    (r"(?<=//)[^/?#@\s]*@", "***@"),
    (rf"(?i)\b((?:{_NAMES})[\"']?\s*:\s*)[^\r\n]+", r"\1***"),
    (r"(<SignatureProvided>)[^<]+", r"\1***"),
    (rf"(?i)\b((?:{_NAMES})=)[^&\s\"'<>)]+", r"\1***"),
)


def redact(name: str, value: str | None) -> str | None:
    """The value as it may be shown."""
    return "***" if value and name.strip().lower() in SECRET_NAMES else value


def hide(text: str) -> str:
    """A text of somebody else's, without the credentials and signatures of URLs and header lines in it."""
    for pattern, shown in _HIDDEN:
        text = re.sub(pattern, shown, text)
    return text


class secret_bytes(bytes):
    """A key whose repr, and so a traceback with variables, does not give it away."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "b'***'"
