"""Command line of the cross-check: ``python -m oss.tools.crosscheck --help`` lists its options."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from aos._c.redact import escaped
from aos._http.proxy import EXCEPTIONS, PROXIES
from oss._command.text import UsageError
from oss.tools._program import end
from oss.tools.crosscheck.cases import scenes
from oss.tools.crosscheck.clib.library import LoadingError
from oss.tools.crosscheck.clib.worker import PATIENCE, Worker
from oss.tools.crosscheck.comparison import Comparison, report, totals
from oss.tools.crosscheck.defaults import compared_defaults
from oss.tools.crosscheck.handover import handed_over, handovers
from oss.tools.crosscheck.live import compared
from oss.tools.crosscheck.record import record
from oss.tools.crosscheck.replay.corpus import Corpus
from oss.tools.crosscheck.replay.run import prepare, replay, summary
from oss.tools.crosscheck.replay.server import ScriptedServer
from oss.tools.crosscheck.service.account import Account
from oss.tools.crosscheck.service.run import compared_with_service
from oss.tools.crosscheck.surroundings.rows import surroundings
from oss.tools.crosscheck.surroundings.run import surrounded

DESCRIPTION = """\
Makes the same calls through the C SDK and through the port and compares what is sent, the statuses, out-parameters,
response headers, and the files and checkpoints left. Differences that docs/differences.md documents are marked as such.
With --golden, the C SDK's part is taken from a recorded corpus."""
EPILOG = "Exit status: 0 when only what is documented differs, 1 when more does, 2 when nothing can be compared."
GOOD, DIFFERS, UNUSABLE = 0, 1, 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m oss.tools.crosscheck", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--lib", metavar="FILE", help="a built C SDK, e.g. liboss_c_sdk.so")
    parser.add_argument("--golden", type=Path, metavar="DIR", help="replay this corpus instead")
    parser.add_argument("--record", type=Path, metavar="DIR", help="write what the C SDK does as a corpus (with --lib)")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="calls whose id matches, e.g. 'bucket/*.v4.*'")
    parser.add_argument("--endpoint", metavar="URL", help="against this service, with the keys of the environment")
    parser.add_argument("--bucket", metavar="BUCKET", help="with --endpoint: what is read there, besides the account")
    parser.add_argument("--key", metavar="KEY", help="with --endpoint: an object in that bucket, which is read")
    parser.add_argument(
        "--write", metavar="BUCKET", help="with --endpoint: all calls, in a bucket that is empty or not there yet"
    )
    parser.add_argument("--timeout", type=float, default=PATIENCE, metavar="SECONDS", help="for one call of the C SDK")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="also what differs as documented, and by what rule"
    )
    options = parser.parse_args()
    if problem := _problem(options):
        parser.error(problem)
    return options


def _problem(options: argparse.Namespace) -> str | None:
    """What makes options unusable together."""
    if bool(options.lib) == bool(options.golden) or (options.record and not options.lib):
        return "one of --lib and --golden is needed; --record goes with --lib"
    if options.golden and not options.golden.is_dir():
        return f"{options.golden} is not a folder"
    given = [bool(text) for text in (options.endpoint, options.bucket, options.key, options.write)]
    if given not in ([False] * 4, [True, True, True, False], [True, False, False, True]):
        return "--endpoint goes with either --bucket and --key, or --write"
    if options.endpoint and (options.golden or options.record):
        return "--endpoint goes with --lib alone"
    return None


def _compared(c_library: Worker, options: argparse.Namespace) -> Generator[Comparison, None, None]:
    only = options.only
    yield from compared_defaults(c_library, only)
    if options.endpoint:
        yield from compared_with_service(Account.of(options), c_library, only)
        return
    for what in scenes(only):
        yield compared(what, c_library)
    with Worker(None) as port:
        for kind, direction, what in handovers(only):
            yield handed_over(kind, direction, what, c_library, port)
    for case in surroundings(options.only):
        yield surrounded(case, options.lib)


def _live(options: argparse.Namespace) -> int:
    prepare()
    for name in (*PROXIES, *EXCEPTIONS):
        os.environ.pop(name, None)  # both sides read them; the servers are on this machine
    with Worker(options.lib, options.timeout) as c_library:
        if options.record:
            return _recorded(options, c_library)
        with closing(_compared(c_library, options)) as made:  # at its end it removes what it has created
            if options.json:
                found = [*made]
                print(json.dumps({"calls": [one.as_json() for one in found], "totals": totals(found)}, indent=1))
            else:
                found = report(made, options.verbose)
    if all(one.missing for one in found):
        print(escaped(f"no call was compared: --only {options.only}"), file=sys.stderr)
        return UNUSABLE
    return DIFFERS if any(one.problems for one in found) else GOOD


def _recorded(options: argparse.Namespace, c_library: Worker) -> int:
    if options.record.is_dir() and any(options.record.iterdir()):
        print(escaped(f"{options.record} is not empty"), file=sys.stderr)
        return UNUSABLE
    count, left_out = record(options.record, c_library, options.only)
    lines = [*(f"left out: {why}" for why in left_out), f"{count} calls recorded in {options.record}"]
    print("\n".join(map(escaped, lines)))
    return GOOD if count else UNUSABLE


def _golden(options: argparse.Namespace) -> int:
    verdicts = list(replay(Corpus(options.golden), ScriptedServer(), options.only))
    bad = [found for found in verdicts if found.problems]
    if options.json:
        calls: list[dict[str, Any]] = [vars(found) for found in verdicts]
        print(json.dumps({"calls": calls, "totals": {"calls": len(verdicts), "different": len(bad)}}, indent=1))
    else:
        for found in bad:
            print(found if options.verbose else escaped(found.case))
        if bad:
            counts = Counter(found.function for found in bad)
            print("not as expected:", ", ".join(f"{name} {count}" for name, count in counts.most_common()))
        print(summary(verdicts))
    return UNUSABLE if not verdicts else DIFFERS if bad else GOOD


def main() -> int:
    options = _options()
    try:
        return _golden(options) if options.golden else _live(options)
    except (LoadingError, UsageError) as error:
        print(escaped(str(error)), file=sys.stderr)
        return UNUSABLE


if __name__ == "__main__":
    end(main)
