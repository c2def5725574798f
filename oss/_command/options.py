"""The table of options, and the parsing of command lines."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from aos._c.text import path_bytes
from oss._command.text import UsageError, parse_size, printable

__all__ = ["EXIT", "PROGRAM", "OptionRow", "OPTIONS", "parse"]

PROGRAM = "oss-c-sdk"
EXIT = """exit status:
  0    all is done
  1    it failed
  2    the command line or the configuration is not usable
  3    of several objects some failed or were skipped
  130  interrupted; the same command goes on from there"""

SMALLEST_PART = 100 * 1024  # of an upload, by the service
SLOWEST, FASTEST = 100 * 1024, 100 * 1024 * 1024  # bytes a second of one connection, by the service
MAX_THREADS = 1024

KEYS_GO_ELSEWHERE = (
    "keys and tokens are not taken from the command line, which other users of the machine can see; "
    "set OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET and OSS_SESSION_TOKEN, or use a configuration file (--config)"
)
_SECRET_OPTION = re.compile(
    r"(?!--credentials-command(?:=|$))--?[a-z_-]*(?:key|secret|token|passw|credential)[a-z_-]*(?:=.*)?|-[ikt].*",
    re.IGNORECASE | re.DOTALL,
)
_SECRET_HEADER = re.compile(r"authorization|security-token|customer-key", re.IGNORECASE)


def default_threads() -> int:
    """The default number of connections: enough for a line with long round trips, more with more processors."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(4, min(2 * count, 16))


def _checked(read: Callable[[str], Any], good: Callable[[Any], bool], wanted: str) -> Callable[[str], Any]:
    def value(text: str) -> Any:
        try:
            found = read(text)
        except ValueError:
            found = None
        if found is None or not good(found):
            raise argparse.ArgumentTypeError(f"{wanted}, not {text!r}")
        return found

    return value


def _pair(separator: str) -> Callable[[str], tuple[str, str]]:
    def split(text: str) -> tuple[str, str]:
        name, found, value = text.partition(separator)
        if not found or not name.strip():
            raise ValueError
        return name.strip(), value.strip()

    return split


def _headers(text: str) -> list[tuple[str, str]]:
    """The header of a ``--header`` option, or all those in a file, where they may be secret."""
    try:
        if text.startswith("@"):
            with open(path_bytes(text[1:]), encoding="utf-8") as file:
                return [_pair(":")(line) for line in file if line.strip()]
        found = _pair(":")(text)
    except OSError as error:
        raise UsageError(f"--header {printable(text)}: {error.strerror}") from None
    except ValueError:
        raise UsageError("--header wants NAME:VALUE, or @FILE with lines of that form") from None
    if _SECRET_HEADER.search(found[0]):
        raise UsageError(f"a secret header goes into a file, --header @FILE; {KEYS_GO_ELSEWHERE}")
    return [found]


def _shard(text: str) -> tuple[int, int]:
    index, count = text.split("/")
    return int(index), int(count)


SHARD = "I/N with I from 1 to N"
_POSITIVE = _checked(int, lambda value: 0 < value < 2**31, "a number from 1")


class OptionRow(NamedTuple):
    """One option: its names, the commands that have it, its help, and further arguments for argparse."""

    names: tuple[str, ...]
    commands: frozenset[str]
    help: str
    settings: dict[str, Any]


TRANSFERS = frozenset({"download", "upload"})
REQUESTS = TRANSFERS | {"ls", "head", "rm", "config"}


def _row(names: str, commands: frozenset[str] | set[str], help: str, **settings: Any) -> OptionRow:
    return OptionRow(tuple(names.split()), frozenset(commands), help, settings)


OPTIONS = (
    _row("--endpoint", REQUESTS, "where the service is, e.g. https://oss-cn-hangzhou.aliyuncs.com", metavar="URL"),
    _row("--region", REQUESTS, "the service's region, e.g. cn-hangzhou", metavar="NAME"),
    _row("--signature", REQUESTS, "v4 when a region is known, else v1", choices=("v1", "v4")),
    _row("--config", REQUESTS, "a configuration file of ossutil (~/.ossutilconfig)", metavar="FILE"),
    _row("--profile", REQUESTS, "which settings of that file", metavar="NAME"),
    _row(
        "--credentials-command",
        REQUESTS,
        "a program that prints temporary keys as JSON, run whenever they expire",
        metavar="COMMAND",
    ),
    _row("--cname", REQUESTS, "the endpoint is a domain of the bucket's own", action="store_true"),
    _row("--proxy", REQUESTS, "[http://]host:port, '' for none; a password goes into OSS_PROXY", metavar="URL"),
    _row("--ca-file", REQUESTS, "accept the certificates of these authorities (PEM)", metavar="FILE"),
    _row("--insecure", REQUESTS, "do not verify the service's certificate", action="store_true"),
    _row("--connect-timeout", REQUESTS, "how long connecting may take (10)", metavar="SECONDS", type=_POSITIVE),
    _row(
        "--recursive -r",
        TRANSFERS | {"ls", "rm"},
        "all objects below oss://bucket/prefix/, or all files below a folder",
        action="store_true",
    ),
    _row("--all", {"rm"}, "with --recursive: also when there is no prefix, so the whole bucket", action="store_true"),
    _row(
        "--shard",
        TRANSFERS,
        "with --recursive: only the I-th of N shares of the keys; I is from 1 to N",
        metavar="I/N",
        type=_checked(_shard, lambda found: 1 <= found[0] <= found[1], SHARD),
    ),
    _row(
        "--threads",
        TRANSFERS,
        f"connections at the same time ({default_threads()} on this machine)",
        metavar="N",
        type=_checked(int, lambda value: 1 <= value <= MAX_THREADS, f"a number from 1 to {MAX_THREADS}"),
        default=default_threads(),
    ),
    _row(
        "--part-size",
        TRANSFERS,
        "bytes in a part (8MiB); more where an object would have over 10,000 parts",
        metavar="SIZE",
        type=_checked(parse_size, lambda value: SMALLEST_PART <= value < 2**62, "a size of at least 100KiB"),
        default=8 << 20,
    ),
    _row(
        "--parts-per-request",
        {"download"},
        "how many parts one request asks for; 0: as many as serve the line best (0)",
        metavar="N",
        type=_checked(int, lambda value: 0 <= value < 2**31, "a number from 0"),
        default=0,
    ),
    _row("--trace", {"download"}, "draw what happens, thread by thread, on a page of its own", metavar="FILE"),
    _row("--checkpoint", TRANSFERS, "where to record what is done (FILE.dcp or FILE.ucp)", metavar="PATH"),
    _row("--no-checkpoint", TRANSFERS, "record nothing: what fails starts anew", action="store_true"),
    _row(
        "--retry",
        TRANSFERS,
        "how often a request is tried again (5)",
        metavar="N",
        type=_checked(int, lambda value: 0 <= value <= 1000, "a number from 0 to 1000"),
        default=5,
    ),
    _row("--verify", {"download"}, "read the file again before it gets its name", action="store_true"),
    _row("--durable", {"download"}, "let the file outlast a power cut", action="store_true"),
    _row("--times", {"download"}, "give the file the object's Last-Modified", action="store_true"),
    _row(
        "--limit-rate",
        TRANSFERS,
        "bytes a second, all connections together; the service keeps to it",
        metavar="RATE",
        type=_checked(parse_size, lambda value: value >= SLOWEST, "a rate of at least 100KiB"),
    ),
    _row(
        "--header",
        TRANSFERS | {"head"},
        "a header of the requests, or @FILE with a line for each; repeatable",
        metavar="NAME:VALUE",
        type=_headers,
        action="extend",
        default=[],
    ),
    _row(
        "--param",
        {"download"},
        "a query parameter, e.g. versionId=...; repeatable",
        metavar="NAME=VALUE",
        type=_checked(_pair("="), lambda _found: True, "NAME=VALUE"),
        action="append",
        default=[],
    ),
    _row("--quiet -q", REQUESTS, "nothing but errors", action="store_true"),
    _row("--verbose -v", REQUESTS, "also what the SDK logs", action="store_true"),
)

ARGUMENTS: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "download": (
        ("source", "oss://bucket/key, or a prefix", {}),
        ("target", "a file, or a folder (here, under the key's last name)", {"nargs": "?", "metavar": "FILE|FOLDER"}),
    ),
    "upload": (
        ("source", "a file, or with --recursive a folder", {"metavar": "FILE|FOLDER"}),
        ("target", "oss://bucket/key, or oss://bucket/prefix/", {}),
    ),
    "ls": (("source", "oss://bucket/prefix; all buckets without it", {"nargs": "?"}),),
    "head": (("source", "oss://bucket/key", {}),),
    "rm": (("source", "oss://bucket/key, or a prefix", {}),),
    "config": (("source", "oss://bucket: the settings for this bucket", {"nargs": "?"}),),
}


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are UsageErrors of one line."""

    def error(self, message: str) -> Any:
        raise UsageError(f"{message}; {self.prog} --help shows what there is")


def _refuse_secrets(given: list[str]) -> None:
    for text in given[: given.index("--")] if "--" in given else given:
        if _SECRET_OPTION.fullmatch(text):
            raise UsageError(KEYS_GO_ELSEWHERE)


def parse(command: str, description: str, given: list[str]) -> argparse.Namespace:
    """Parses the command line of one command. Raises UsageError; ``--help`` prints the help and exits."""
    _refuse_secrets(given)
    parser = _Parser(
        prog=f"{PROGRAM} {command}",
        description=description,
        epilog=EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for name, text, more in ARGUMENTS[command]:
        parser.add_argument(name, help=text, **{"metavar": "ADDRESS", **more})
    for row in OPTIONS:
        if command in row.commands:
            parser.add_argument(*row.names, help=row.help, **row.settings)
    return _consistent(parser.parse_args(given))


def _consistent(options: argparse.Namespace) -> argparse.Namespace:
    found = vars(options)
    for name in ("source", "target", "trace"):
        if found.get(name) == "":
            raise UsageError(f"the {name} is an empty text; is a variable of the shell not set?")
    if found.get("checkpoint") and (found["no_checkpoint"] or found["recursive"]):
        raise UsageError("--checkpoint goes neither with --no-checkpoint nor with --recursive")
    if found.get("trace") and found["recursive"]:
        raise UsageError("--trace is for one object, and does not go with --recursive")
    if found.get("shard") and not found["recursive"]:
        raise UsageError("--shard goes with --recursive")
    if found.get("all") and not found["recursive"]:
        raise UsageError("--all goes with --recursive")
    if found.get("limit_rate"):  # each connection has an equal share, within the service's bounds
        options.threads = min(options.threads, options.limit_rate // SLOWEST)
        options.limit_rate = min(options.limit_rate // options.threads, FASTEST)
    return options
