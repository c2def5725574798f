"""``python -m oss.tools.migrate FILE.c [-o FILE.py]``: a C program that uses the SDK as a Python program."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aos._c.redact import escaped
from oss.tools._program import end
from oss.tools.migrate.translate import translate

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when all was translated, 1 when something is marked, 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m oss.tools.migrate", description=__doc__.split(": ", 1)[1])
    parser.add_argument("file", type=Path, help="the C program")
    parser.add_argument("-o", "--output", type=Path, help="where the Python goes; standard output without it")
    parser.add_argument("-I", "--include", type=Path, action="append", default=[], help="a folder of further headers")
    parser.add_argument("-D", "--define", action="append", default=[], metavar="NAME[=VALUE]", help="a macro")
    given = parser.parse_args(arguments)
    defines = dict(item.split("=", 1) if "=" in item else (item, "1") for item in given.define)
    try:
        made = translate(given.file, given.include, defines)
    except OSError as error:
        print(escaped(f"{given.file}: {error.strerror}"), file=sys.stderr)
        return 2
    if given.output is None:
        sys.stdout.write(made.text)
    else:
        given.output.write_text(made.text, "utf-8")
    for note in made.notes:
        print(escaped(f"note: {note}"), file=sys.stderr)
    summary = f"{given.file}: {made.text.count(chr(10))} lines of Python, {made.marks} to migrate by hand"
    print(escaped(summary), file=sys.stderr)
    return 1 if made.marks else 0


if __name__ == "__main__":
    end(main)
