"""The table of commands, and the entry points that run them."""

from __future__ import annotations

import importlib
import io
import os
import runpy
import sys
from typing import Any, NamedTuple

from aos._c.text import decode
from oss import __version__
from oss._command.options import EXIT, PROGRAM, parse
from oss._command.text import Failure, UsageError, printable
from oss.tools._program import end

__all__ = ["main", "program"]

INTERRUPTED = 130
HELP = ("-h", "--help", "help")


class Command(NamedTuple):
    """A command: its module and function, and its help. A module without a function is run as a program."""

    module: str
    function: str | None
    help: str


COMMANDS = {
    "download": Command("oss._command.download", "main", "download an object, or all below a prefix, resumably"),
    "upload": Command("oss._command.upload", "main", "upload a file, or all below a folder, resumably"),
    "ls": Command("oss._command.objects", "ls", "list buckets, or what is below a prefix"),
    "head": Command("oss._command.objects", "head", "show the headers of an object"),
    "rm": Command("oss._command.objects", "rm", "delete an object, or all below a prefix"),
    "config": Command("oss._command.config", "main", "show each setting, and where it comes from"),
    "serve": Command("oss.local_server", None, "run an OSS service on this machine, for trying"),
    "explain": Command("oss.tools.explain", None, "explain a name of the C API"),
    "migrate": Command("oss.tools.migrate", None, "turn a C program that uses the SDK into Python"),
    "crosscheck": Command("oss.tools.crosscheck", None, "compare the port with a built C SDK"),
}


def usage() -> str:
    lines = [f"usage: {PROGRAM} COMMAND ...", ""]
    lines += [f"  {name:10}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join([*lines, "", f"{PROGRAM} COMMAND --help says more.", "", EXIT])


def main(given: list[str] | None = None) -> int:
    """Runs a command line. Returns the exit status."""
    given = sys.argv[1:] if given is None else given
    if not given or given[0] in HELP:
        print(usage())
        return 0
    if given[0] == "--version":
        print(f"{PROGRAM} {__version__}")
        return 0
    try:
        return _run(given[0], given[1:])
    except (UsageError, Failure) as problem:
        print(printable(f"{PROGRAM}: {problem}"), file=sys.stderr)
        return 2 if isinstance(problem, UsageError) else 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _run(name: str, given: list[str]) -> int:
    command = COMMANDS.get(name)
    if command is None:
        raise UsageError(f"there is no command {name!r}; {PROGRAM} --help shows those there are")
    if command.function is None:
        sys.argv = [f"{PROGRAM} {name}", *given]
        runpy.run_module(command.module, run_name="__main__", alter_sys=True)
        return 0
    # bytes, as they are for a C program, and read as UTF-8: an address means the same object in every locale
    options = parse(name, command.help, [decode(os.fsencode(text)) for text in given])
    function = getattr(importlib.import_module(command.module), command.function)
    status: int = function(options)
    return status


class _Patient(io.FileIO):
    """A file that drops what cannot be written, unless its reader is gone."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError:
            return len(data)


def program() -> None:
    """Runs the console script; failing to write to standard error does not end a transfer."""
    if sys.stdout is not None:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if sys.stderr is not None:
        raw = _Patient(sys.stderr.fileno(), "w", closefd=False)
        sys.stderr = io.TextIOWrapper(raw, sys.stderr.encoding, "backslashreplace", write_through=True)
    end(main)
