"""What a message is about, for messages of libcurl and of the port: their words differ, what went wrong does not."""

from __future__ import annotations

import re

__all__ = ["class_of"]

CLASSES = (
    ("no file", r"No such file"),
    ("no name", r"resolve (?:host|proxy) name|not known|No address|Name or service|Temporary failure in name"),
    ("too slow", r"Timeout was reached|not made within connect_timeout|no answer in time|too slow"),
    ("not connected", r"connect to server|cannot connect|Connection refused"),
    ("TLS", r"SSL|TLS|certificate"),
    ("proxy", r"[Pp]roxy"),
    ("broken off", r"Failed sending|Failure when receiving|returned nothing|Broken pipe|closed|reset by peer"),
)
"""The first that fits is a message's class."""


def class_of(message: str) -> str:
    """The class of a message; the message itself where it has none."""
    return next((name for name, pattern in CLASSES if re.search(pattern, message)), message)
