"""Keys that another program prints: what ``--credentials-command`` names is run, and its output is read."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import datetime, timezone
from typing import TypeAlias

from oss._command.text import UsageError

__all__ = ["Answer", "CommandError", "CredentialsCommand"]

Answer: TypeAlias = "tuple[str, str, str | None, float | None]"
"""Id, secret, token and expiry, as ``oss_config_t.credentials_callback`` returns them."""

_PATIENCE = 60.0  # seconds that the program has


class CommandError(Exception):
    """Raised when the program gives no keys; the message has nothing of its output."""


class CredentialsCommand:
    """A program with its arguments, which no shell reads; called, it is run and gives the keys that it prints.

    They are a JSON object with ``AccessKeyId``, ``AccessKeySecret`` and, if they are temporary, ``SecurityToken`` and
    ``Expiration`` (ISO 8601), or an object that has this one as its ``Credentials``, as STS answers.
    """

    def __init__(self, text: str) -> None:
        """Splits the command as a shell would. Raises UsageError."""
        try:
            self.words = shlex.split(text)
        except ValueError as problem:
            raise UsageError(f"--credentials-command: {problem}") from None
        if not self.words:
            raise UsageError("--credentials-command names no program")

    @property
    def program(self) -> str:
        return self.words[0]

    def __call__(self) -> Answer:
        return self._read(self._run())

    def _run(self) -> bytes:
        try:
            done = subprocess.run(
                self.words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=_PATIENCE, check=False
            )
        except OSError as error:
            raise CommandError(f"{self.program}: {error.strerror}") from None
        except subprocess.TimeoutExpired:
            raise CommandError(f"{self.program} did not end within {_PATIENCE:.0f} seconds") from None
        if done.returncode:
            raise CommandError(f"{self.program} ended with status {done.returncode}")
        return done.stdout

    def _read(self, output: bytes) -> Answer:
        try:
            found = json.loads(output)
            found = found.get("Credentials", found)
            expiry = found.get("Expiration")
            return (
                found["AccessKeyId"],
                found["AccessKeySecret"],
                found.get("SecurityToken"),
                None if expiry is None else _seconds(expiry),
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            wanted = "AccessKeyId, AccessKeySecret, SecurityToken and Expiration (ISO 8601)"
            raise CommandError(f"the output of {self.program} is no JSON object with {wanted}") from None


def _seconds(text: str) -> float:
    """The seconds since 1970 of an ISO 8601 time, in UTC if it names no zone. Raises ValueError."""
    found = datetime.fromisoformat(text.removesuffix("Z"))
    return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).timestamp()
