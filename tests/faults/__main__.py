"""``python -m tests.faults``: every system call of a transfer, each time it is made, fails in each way; as a table.

``--quick`` tries one way a call, ``--short`` gives one row a call, ``--verbose`` tells every case. Without names of
scenarios ("download over TLS"), all are tried.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from aos.aos_http_io import aos_http_io_initialize
from tests.faults.bench import benches, built
from tests.faults.matrix import CALLS, SCENARIOS, Case, cases, seen, tried

HEAD = ("call", "fault", "tried", "healed", "reported", "as", "slowest", "next run")


def row(call: str, fault: str, group: list[Case]) -> tuple[str, ...]:
    """What came of some cases: how many went well, what the others told, and whether the next run was right."""
    failed = [case for case in group if case.told != "200"]
    told = Counter(case.told for case in failed)
    right = sum(case.next_run.endswith("200") for case in group)
    return (
        call,
        fault,
        str(len(group)),
        str(len(group) - len(failed)),
        str(len(failed)),
        ", ".join(text for text, _ in told.most_common()),
        f"{max(case.seconds for case in group):.1f} s",
        "right" if right == len(group) else f"{right} of {len(group)} right",
    )


def table(rows: list[tuple[str, ...]]) -> str:
    """In Markdown, padded."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |" for cells in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def rows_of(tried_cases: list[Case], short: bool) -> list[tuple[str, ...]]:
    groups: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in tried_cases:
        groups[case.call, "" if short else case.way.name].append(case)
    order = list(CALLS)
    keys = sorted(groups, key=lambda key: order.index(key[0]))
    names = {call: ", ".join(way.name for way in ways) for call, ways in CALLS.items()}
    rows = [row(call, fault or names[call], groups[call, fault]) for call, fault in keys]
    if short:  # one line that fits a page
        return [tuple(HEAD[:5] + HEAD[7:]), *(cells[:5] + cells[7:] for cells in rows)]
    return [HEAD, *rows]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    for option in ("--quick", "--short", "--verbose"):
        parser.add_argument(option, action="store_true")
    parser.add_argument("scenario", nargs="*", choices=[*SCENARIOS, []], default=[])
    given = parser.parse_args()
    os.environ["OSS_FAULTS"] = "" if given.quick else "full"
    aos_http_io_initialize(None, 0)
    done: list[Case] = []
    with tempfile.TemporaryDirectory() as folder:
        shim = built(Path(folder))
        if shim is None:
            sys.exit("a C compiler and glibc are needed")
        with benches(shim) as made:
            for name in given.scenario or SCENARIOS:
                bench = made[SCENARIOS[name].secure]
                for case in cases(name, seen(bench, name)):
                    done.append(tried(bench, case))
                    if given.verbose:
                        print(done[-1], flush=True)
    print(table(rows_of(done, given.short)))
    broken = [case for case in done if case.broken]
    print(
        f"\n{len(done)} cases, {sum(case.fired > 0 for case in done)} with the fault met, {len(broken)} not as promised"
    )
    print("\n".join(map(str, broken)), file=sys.stderr)
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
