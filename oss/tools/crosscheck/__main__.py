"""``python -m oss.tools.crosscheck``: see ``--help``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from oss.tools.crosscheck.replay.corpus import corpus
from oss.tools.crosscheck.replay.run import replay, summary
from oss.tools.crosscheck.replay.server import scripted_server


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m oss.tools.crosscheck", description="Compare the port to the C SDK."
    )
    parser.add_argument("--golden", type=Path, metavar="DIR", required=True, help="replay a corpus")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="cases whose id matches, e.g. 'bucket/*'")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what differs, not only where")
    options = parser.parse_args()
    verdicts = list(replay(corpus(options.golden), scripted_server(), options.only))
    bad = [found for found in verdicts if found.problems]
    for found in bad:
        print(found if options.verbose else found.case)
    if bad:
        counts = Counter(found.function for found in bad)
        print("not as expected:", ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    print(summary(verdicts))
    return 1 if bad or not verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
