"""Command line: ``python -m oss.tools.explain NAME ...`` and ``python -m oss.tools.explain --wire``."""

from __future__ import annotations

import argparse
import sys

from aos._c.redact import escaped
from oss.tools._program import end
from oss.tools.explain.catalog import catalog, near, not_ported
from oss.tools.explain.page import page_of
from oss.tools.explain.terminal import section_lines, written
from oss.tools.explain.troubles import troubles_of

__all__ = ["main"]

PROGRAM = "python -m oss.tools.explain"
NAME = (
    "a function, macro, struct, struct.field, enum, constant, type, variable or header of the C API; or a status or an"
    " error code, such as 404, -992 or NoSuchKey"
)
EXIT = "exit status: 0, 1 when a name is not known or the download failed, 2 for a wrong command line"


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [NAME ... | --wire]",
        description="Explains a name of the C API or a failure, or shows a download on the wire and on disk.",
        epilog=EXIT,
    )
    parser.add_argument("name", nargs="*", metavar="NAME", help=NAME)
    parser.add_argument("--wire", action="store_true", help="download an object from a local server and show each step")
    parser.add_argument("--threads", type=int, default=3, metavar="N", help="--wire: how many threads (3)")
    parser.add_argument("--parts", type=int, metavar="N", help="--wire: how many parts (5; 24 with --html)")
    parser.add_argument("--cut", type=int, default=0, metavar="N", help="--wire: cut the N-th part off, then continue")
    parser.add_argument(
        "--parts-per-request",
        type=int,
        metavar="N",
        help="--wire: how many parts to ask for together (1; 0 with --html)",
    )
    parser.add_argument("--html", metavar="FILE", help="--wire: draw a page, beside the same with 1 part a request")
    found = parser.parse_args(given)
    if found.wire == bool(found.name):
        parser.error("give a NAME or --wire")
    for name, text, picture in (("parts", 5, 24), ("parts_per_request", 1, 0)):
        if getattr(found, name) is None:
            setattr(found, name, picture if found.html else text)
    if found.wire and not (1 <= found.threads <= 8 and 1 <= found.parts <= 50 and 0 <= found.cut <= found.parts):
        parser.error("--threads is from 1 to 8, --parts from 1 to 50, --cut from 0 to --parts")
    if found.parts_per_request < 0:
        parser.error("--parts-per-request is a number from 0")
    return found


def explain(name: str) -> bool:
    """Prints the page of a name, or what to do about a failure; False when there is neither."""
    if name in catalog():
        print(written(page_of(name)))
        return True
    if about := troubles_of(name):
        print("\n\n".join("\n".join(section_lines(one.section)) for one in about))
        return True
    if errors := [one for one in catalog().values() if "AOSE_" in one.name and str(one.value) == name]:
        print("\n\n".join(written(page_of(one.name)) for one in errors))
        return True
    if gone := not_ported(name):
        print(f"{name} of {gone[0]} has no page of its own. What is said of it:\n\n{gone[1].replace('``', '')}")
        return True
    print(f"{escaped(name)} is no name of the C API", end="", file=sys.stderr)
    similar = near(name)
    print("; did you mean\n  " + "\n  ".join(similar) if similar else "", file=sys.stderr)
    return False


def main(given: list[str] | None = None) -> int:
    asked = arguments(sys.argv[1:] if given is None else given)
    if asked.wire:
        from oss.tools.explain.wire import draw, show

        how = asked.threads, asked.parts, asked.cut, asked.parts_per_request
        return draw(asked.html, *how) if asked.html else show(*how)
    found = True
    for number, name in enumerate(asked.name):
        if number:
            print("\n")
        found = explain(name) and found
    return 0 if found else 1


if __name__ == "__main__":
    end(main)
