"""The command ``oss-c-sdk config``."""

from __future__ import annotations

import argparse
import sys

from oss._command.address import Address
from oss._command.credentials import CredentialsCommand
from oss._command.settings import KEYS, resolve
from oss._command.text import printable

__all__ = ["main"]


def main(options: argparse.Namespace) -> int:
    """Prints each setting and where it comes from; of keys only whether they are set. Returns the exit status."""
    settings = resolve(options, Address.parse(options.source).bucket if options.source else None)
    for text in () if options.quiet else settings.warnings:
        print(f"warning: {text}", file=sys.stderr)
    for name, setting in settings.found.items():
        shown = setting.value
        if name in KEYS:
            shown = None if shown is None else "set"
        elif name == "proxy" and shown is not None:
            shown = settings.proxy.place if settings.proxy else "none"
        elif name == "credentials_command" and shown is not None:
            shown = CredentialsCommand(shown).program  # its arguments may be secret
        origin = setting.origin if shown is not None else ""
        print(f"{name.replace('_', ' '):19}  {printable(shown or 'not set'):40}  {printable(origin)}".rstrip())
    settings.check()
    return 0
