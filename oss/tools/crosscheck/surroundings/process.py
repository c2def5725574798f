"""The process of one side: ``python -m oss.tools.crosscheck.surroundings.process JOB ANSWER [LIBRARY]``.

Makes the calls of a job, one after the other, and writes what they returned. Job and answer are files, for the standard
streams may be closed. Without a library it calls the port.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from aos import aos_http_io, aos_log
from oss.tools.crosscheck.clib.child import result_of
from oss.tools.crosscheck.clib.library import Library
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.calls import arguments_of
from oss.tools.crosscheck.replay.names import find

__all__ = ["main"]


def _made(loaded: Library | None, case: dict[str, Any], options: Any) -> dict[str, Any]:
    """Makes one call of a case, with options that all its calls share, as in a program."""
    function: Any = find(case["function"])
    arguments = arguments_of(case, build.new_pool(), function, [])
    if "options" in arguments:
        arguments["options"] = options
    if loaded is None:
        return result_of(case, arguments, function(**arguments), set())
    returned, lost = loaded.call(case["function"], arguments)
    return result_of(case, arguments, returned, lost)


def main() -> int:
    job, answer = map(Path, sys.argv[1:3])
    work = json.loads(job.read_text())
    if work["sigpipe"]:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    loaded = Library(sys.argv[3]) if len(sys.argv) > 3 else None
    if loaded is None:
        aos_http_io.aos_http_io_initialize(None, 0)
    aos_log.aos_log_set_level(aos_log.AOS_LOG_OFF)
    os.chdir(work["folder"])
    options = build.options(build.new_pool(), work["calls"][0])
    try:
        made: Any = [_made(loaded, case, options) for case in work["calls"]]
    except LookupError as missing:
        made = {"missing": str(missing)}
    answer.write_text(json.dumps(made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
