"""``python -m oss``: the command line, as ``oss-c-sdk`` is."""

from __future__ import annotations

from oss._command.main import program

if __name__ == "__main__":
    program()
