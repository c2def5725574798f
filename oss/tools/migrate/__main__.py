"""``python -m oss.tools.migrate FILE.c [-o FILE.py]``: a C program that uses the SDK as a Python program."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from aos._c.redact import escaped
from oss.tools._program import end
from oss.tools.migrate.clang import Missing, NoSource
from oss.tools.migrate.project import SOURCES
from oss.tools.migrate.translate import Translation, translate

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when all was translated, 1 when something is marked, 2 when a file cannot be used."""
    given = _parser().parse_args(arguments)
    try:
        return _run(given)
    except (Missing, NoSource) as error:
        print(escaped(str(error)), file=sys.stderr)
    except OSError as error:
        if error.filename is None:  # of standard output
            raise
        print(escaped(f"{error.filename}: {error.strerror}"), file=sys.stderr)
    return 2


def _run(given: argparse.Namespace) -> int:
    made = translate(_sources(given.files), [*given.include, *_folders(given.files)], given.define)
    _write(made, given.output, len(given.files) > 1 or any(path.is_dir() for path in given.files))
    for item in made:
        _summary(item)
    if given.report is not None:
        given.report.write_text(json.dumps([_reported(item) for item in made], indent=1) + "\n", "utf-8")
    return 1 if any(item.marks for item in made) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m oss.tools.migrate", description=(__doc__ or "").partition(": ")[2])
    parser.add_argument("files", type=Path, nargs="+", metavar="file", help="a program's files, or folders with them")
    parser.add_argument("-o", "--output", type=Path, help="where the Python goes: a file, or a folder for several")
    parser.add_argument("-I", "--include", type=Path, action="append", default=[], help="a folder of further headers")
    parser.add_argument("-D", "--define", action="append", default=[], metavar="NAME[=VALUE]", help="a macro")
    parser.add_argument("--report", type=Path, metavar="FILE", help="what is left to do, as JSON")
    return parser


def _sources(given: Sequence[Path]) -> list[Path]:
    """The source files that are meant; of a folder, all in it and below."""
    found = []
    for path in given:
        found += sorted(item for item in path.rglob("*") if item.suffix in SOURCES) if path.is_dir() else [path]
    if not found:
        raise NoSource(f"{', '.join(map(str, given))}: no file ends in {', '.join(SOURCES)}")
    return found


def _folders(given: Iterable[Path]) -> list[Path]:
    """The folders among the arguments, which have headers too."""
    return [folder for path in given if path.is_dir() for folder in (path, *sorted(path.rglob("*"))) if folder.is_dir()]


def _write(made: Sequence[Translation], output: Path | None, several: bool) -> None:
    if not several:
        if output is None:
            sys.stdout.write("".join(item.text for item in made))
        else:
            output.write_text(made[0].text, "utf-8")
        return
    for item in made:
        folder = output or item.path.parent
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{item.module}.py").write_text(item.text, "utf-8")


def _summary(item: Translation) -> None:
    """A line for the file, then what is left."""
    left = len(item.marks)
    print(escaped(f"{item.path}: {item.done} of {item.done + left} statements, {left} to do by hand"), file=sys.stderr)
    for mark in item.marks:
        print(escaped(f"  {mark.file}:{mark.line}: {mark.text[:80]}: {mark.reason}"), file=sys.stderr)


def _reported(item: Translation) -> dict[str, object]:
    return {
        "file": str(item.path),
        "statements": item.done + len(item.marks),
        "done": item.done,
        "marks": [
            {"file": mark.file, "line": mark.line, "text": mark.text, "reason": mark.reason} for mark in item.marks
        ],
    }


if __name__ == "__main__":
    end(main)
