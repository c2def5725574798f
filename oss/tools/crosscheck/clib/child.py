"""The process that makes calls: ``python -m oss.tools.crosscheck.clib.child [LIBRARY]``.

Reads jobs from standard input, one a line (``folder``, ``case``), and answers each with a line: the result in the
corpus' format, and the seconds in which the call began and ended. Without a library it calls the port.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from typing import Any

from aos import aos_http_io, aos_log
from oss.tools.crosscheck.clib.declarations import parameters
from oss.tools.crosscheck.clib.library import Library, LoadingError
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.calls import arguments_of, results_of
from oss.tools.crosscheck.replay.corpus import json_of_bytes
from oss.tools.crosscheck.replay.names import find
from oss.tools.crosscheck.replay.show import show

__all__ = ["main", "result_of"]

LOST = {"dangling_pointer": True}
NOT_RESULTS = {"options", "buffer", "clt_params"}


def _written(value: Any) -> Any:
    """A value from ``show`` as the corpus writes it: bytes that are no text in base64."""
    if isinstance(value, str):
        return json_of_bytes(value.encode("utf-8", "surrogateescape"))
    if isinstance(value, dict):
        return {name: _written(item) for name, item in value.items()}
    return [_written(item) for item in value] if isinstance(value, list) else value


def result_of(case: dict[str, Any], arguments: dict[str, Any], returned: Any, lost: set[str]) -> dict[str, Any]:
    """What a call returned and left in its arguments, as the corpus writes it."""
    shown, kinds = results_of(case, arguments), parameters(case["function"])
    kind = "status" if hasattr(returned, "error_code") else "return"
    result: dict[str, Any] = {kind: show(returned)}
    if "resp_headers" in kinds:
        result["resp_headers"] = shown["resp_headers"]
    names = [name for name, kind in kinds.items() if _is_result(name, kind, case["args"].get(name))]
    names += [f"{name}_after" for name, kind in kinds.items() if kind == "aos_table_t *" and case["args"].get(name)]
    if "buffer" in kinds and "buffer" not in case["args"]:
        names.append("body")
    written: dict[str, Any] = _written(result | {"out": {name: shown[name] for name in names}})
    for name in lost & kinds.keys():
        (written if name == "resp_headers" else written["out"])[name] = LOST
    return written


def _is_result(name: str, kind: str, given: Any) -> bool:
    """Whether a call may change what this parameter points to."""
    changed = kind.endswith("*") and not kind.endswith("**") and "const" not in kind and kind != "aos_table_t *"
    return changed and name not in NOT_RESULTS and "pool_t" not in kind and not isinstance(given, str)


def _perform(loaded: Library | None, job: dict[str, Any]) -> dict[str, Any]:
    os.chdir(job["folder"])
    case = job["case"]
    function: Any = find(case["function"])
    progress: list[list[int]] = []
    arguments = arguments_of(case, build.new_pool(), function, progress)
    begun = int(time.time())
    if loaded is not None:
        returned, lost = loaded.call(case["function"], arguments)
    else:
        returned, lost = function(**arguments), set()
    ended = int(time.time())
    result = result_of(case, arguments, returned, lost)
    if case["args"].get("progress_callback"):
        result["out"]["progress"] = progress
    return {"result": result, "seconds": [begun, ended]}


def main() -> int:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # so that the library's own output is not mixed with the answers
    aos_http_io.aos_http_io_initialize(None, 0)
    aos_log.aos_log_set_level(aos_log.AOS_LOG_OFF)
    try:
        loaded = Library(sys.argv[1]) if len(sys.argv) > 1 else None
        print(json.dumps({"ready": True}), file=answers, flush=True)
    except LoadingError as error:
        print(json.dumps({"error": str(error)}), file=answers, flush=True)
        return 2
    for line in sys.stdin:
        try:
            answer = _perform(loaded, json.loads(line))
        except LookupError as missing:
            answer = {"missing": str(missing)}
        except Exception:  # a fault of this program: reported as such, not as a crash of the library
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
