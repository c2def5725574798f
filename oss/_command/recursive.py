"""The common part of ``download --recursive`` and ``upload --recursive``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from oss._command.client import Client
from oss._command.many import Item, Many, status_of, summary
from oss._command.one import INTERRUPTED
from oss._command.progress import progress

__all__ = ["run_recursive"]


def run_recursive(client: Client, items: Callable[[], Iterator[Item]]) -> int:
    """Makes all transfers. Returns the exit status."""
    options = client.options
    try:
        with progress("in all", options.quiet) as client.display:
            many = Many(items(), options.threads, options.part_size, client.display, options.quiet)
            many.run()
    except KeyboardInterrupt:
        how = "files under way are left as they were" if options.no_checkpoint else "what is there is kept"
        print(f"interrupted: {how}; the same command goes on from there", file=sys.stderr, flush=True)
        return INTERRUPTED
    finally:
        client.display = None
    if not options.quiet:
        print(summary(many.outcomes))
    return status_of(many.outcomes)
