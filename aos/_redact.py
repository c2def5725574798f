"""Which headers and parameters carry a secret: their values never appear in a repr or a log."""

from __future__ import annotations

__all__ = ["redact"]

SECRET_NAMES = frozenset(
    {
        "authorization",
        "proxy-authorization",
        "security-token",
        "signature",
        "x-oss-security-token",
        "x-oss-signature",
    }
)


def redact(name: str, value: str | None) -> str | None:
    """The value as it may be shown."""
    return "***" if value and name.strip().lower() in SECRET_NAMES else value
