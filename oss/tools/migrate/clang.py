"""libclang: finding it, and parsing a file with it.

It reads only the headers that come with the tool and those of the program itself, so that what a program takes from
elsewhere is by definition what has no counterpart.
"""

from __future__ import annotations

import ctypes
import functools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from oss.tools.migrate.conditions import guessed
from oss.tools.migrate.cpp_templates import specialised
from oss.tools.migrate.nodes import Problem
from oss.tools.migrate.stand_ins import StandIns
from oss.tools.migrate.versions import concerns, explained

__all__ = ["HEADERS", "MACRO_VALUE", "Missing", "NoSource", "Unit", "cpp", "parse"]

HEADERS = Path(__file__).parent / "headers"
MACRO_VALUE = "migrate_value_"
"""What the variables are called that are added to a program to ask for the values of its macros."""

_MACRO = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+[^\s/]", re.MULTILINE)
_CPP = {".cc", ".cpp", ".cxx", ".c++", ".hpp", ".hh", ".hxx"}
_WARNINGS = ["-Wno-everything", "-Wimplicit-function-declaration", "-Wincompatible-pointer-types",
             "-Wno-error=implicit-function-declaration", "-Wno-error=int-conversion",
             "-Wno-error=incompatible-function-pointer-types", "-Wno-error=implicit-int"]  # fmt: skip
_C = ["-x", "c", "-std=gnu17"]
_CXX = ["-x", "c++", "-std=gnu++17"]
_NOT_FOUND = re.compile(r"'([^']+)' file not found")
_NONE = Problem("", 0, 0, "")
_ERROR = 3
_KEEP_GOING = 0x200  # so that a header that is missing does not hide what else is not known


_FUNCTIONS: tuple[tuple[str, Any, Any], ...] = (
    ("clang_getCursorBinaryOperatorKind clang_getCursorUnaryOperatorKind", None, ctypes.c_int),
    ("clang_Cursor_Evaluate", None, ctypes.c_void_p),
    ("clang_EvalResult_getKind", ctypes.c_void_p, ctypes.c_int),
    ("clang_EvalResult_getAsLongLong", ctypes.c_void_p, ctypes.c_longlong),
    ("clang_EvalResult_getAsUnsigned", ctypes.c_void_p, ctypes.c_ulonglong),
    ("clang_EvalResult_isUnsignedInt", ctypes.c_void_p, ctypes.c_uint),
    ("clang_EvalResult_getAsDouble", ctypes.c_void_p, ctypes.c_double),
    ("clang_EvalResult_dispose", ctypes.c_void_p, None),
)
"""Functions of libclang, what each takes (None for a cursor) and gives."""


_ROUNDS = 5
"""Classes that are made of templates may need others that are."""


class Missing(Exception):
    """Raised where libclang is not installed."""


class NoSource(Exception):
    """Raised where there is no C or C++ text to read."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What libclang made of a file."""

    path: str
    cursor: Any
    problems: list[Problem]
    includes: list[tuple[str, str, int, str]]
    sources: Mapping[str, bytes]

    def skipped(self, name: str) -> list[tuple[int, int]]:
        """What the preprocessor leaves out of a file."""
        functions: Any = library().conf.lib
        unit = self.cursor.translation_unit
        made = functions.clang_getSkippedRanges(unit, unit.get_file(name))
        rows = [made.contents.ranges[index] for index in range(made.contents.count)]
        found = [(row.start.offset, row.end.offset) for row in rows]
        functions.clang_disposeSourceRangeList(made)
        return found


def cpp(path: str) -> bool:
    return Path(path).suffix.lower() in _CPP


@functools.cache
def library() -> Any:
    """The module ``clang.cindex``, with the functions that it does not declare itself."""
    try:
        from clang import cindex  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise Missing("libclang is not installed: pip install 'oss-c-sdk-python[migrate]'") from None
    for names, given, result in _FUNCTIONS:
        for name in names.split():
            function = getattr(cindex.conf.lib, name)
            function.argtypes, function.restype = [given or cindex.Cursor], result

    class Ranges(ctypes.Structure):
        _fields_ = [("count", ctypes.c_uint), ("ranges", ctypes.POINTER(cindex.SourceRange))]

    functions: Any = cindex.conf.lib
    lists = ctypes.POINTER(Ranges)
    skipped, dispose = functions.clang_getSkippedRanges, functions.clang_disposeSourceRangeList
    skipped.argtypes, skipped.restype = [cindex.TranslationUnit, cindex.c_object_p], lists
    dispose.argtypes, dispose.restype = [lists], None
    return cindex


def parse(path: Path, folders: Sequence[Path], defines: Sequence[str]) -> Unit:
    """Parses a file; ``folders`` are searched for its headers after its own."""
    cindex = library()
    source = path.read_bytes()
    if b"\0" in source:
        raise NoSource(f"{path}: has zero bytes, so it is no C text; what is in UTF-16 must be saved as UTF-8 first")
    arguments = [
        *(_CXX if cpp(path.name) else _C), "-nostdinc", "-nostdinc++", *_WARNINGS, "-ferror-limit=0",
        *(f"-D{item}" for item in defines), *(f"-I{folder}" for folder in folders),
        *(f"-isystem{HEADERS / name}" for name in (*(("cpp",) if cpp(path.name) else ()), "sdk", "test", "c")),
    ]  # fmt: skip
    options = cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD | _KEEP_GOING
    asked = source + b"\n" + b"".join(_asked(source, path, folders))
    files = {str(path): asked, **dict(_sdk_sources(source))}
    lacks = StandIns(path, source, cpp(path.name), declared)
    gone: dict[tuple[str, int], Problem] = {}  # headers that are missing, in which file and line
    while True:
        instead = lacks.files(HEADERS / "c")
        first = [part for name in list(instead)[:1] for part in ("-include", name)]
        given = [*files.items(), *instead.items()]
        unit = cindex.Index.create().parse(str(path), args=[*arguments, *first], unsaved_files=given, options=options)
        problems = [*_problems(unit, str(path), source)]
        gone |= {(problem.file, problem.line): problem for problem in problems if _lacks(problem.reason)}
        lacks.missing = max((line, _lacks(row.reason)) for (file, line), row in {**gone, ("", 0): _NONE}.items()
                            if file in ("", str(path)))[1]  # fmt: skip
        headers = {name: text for name, text in _sdk_headers(unit) if name not in files}
        files |= headers
        if not lacks.learned(unit) and not headers:
            break
    sources = _Sources({**files, **instead, str(path): source})
    for _ in range(_ROUNDS if cpp(path.name) else 0):
        written = specialised(unit, sources, _own, cindex.conf.lib.clang_getSpecializedCursorTemplate)
        if not written:
            break
        sources.update(written)
        given = [(name, text + asked[len(source) :] if name == str(path) else text) for name, text in sources.items()]
        given = [row for row in given if row[0]]
        unit = cindex.Index.create().parse(str(path), args=[*arguments, *first], unsaved_files=given, options=options)
        problems = [*_problems(unit, str(path), sources[str(path)])]
    kept = [row for row in gone.values() if row.file == str(path) or row.file not in files]
    if kept and lacks.macros:
        lost = min(kept, key=lambda row: row.file != str(path))
        told = replace(lost, reason=f"{lost.reason}: {', '.join(lacks.macros)} taken for nothing")
        kept = [told if row == lost else row for row in kept]
        problems = [row for row in problems if row != lost]
    problems = [Problem(row.file, row.line, row.offset, lacks.reason(row.reason)) for row in problems]
    made = Unit(str(path), unit.cursor, problems, [*_includes(unit)], sources)
    guesses = _guesses(made) if kept else ()
    return replace(made, problems=list(dict.fromkeys([*problems, *kept, *guesses])))


def _guesses(made: Unit) -> Iterator[Problem]:
    """Conditions of the program's files that a header would decide which is missing."""
    rows = list(made.cursor.get_children())
    known = {row.spelling for row in rows if row.kind.name == "MACRO_DEFINITION"}
    for name in {made.path, *(file for _, _, _, file in made.includes if file and _own(file))}:
        source = made.sources[name]
        for start, end, macro in guessed(source, made.skipped(name), known):
            line = source.count(b"\n", 0, start) + 1
            yield Problem(name, line, start, f"{macro} is defined nowhere, but a header is missing", end)


def _own(name: str) -> bool:
    """Whether a file is the program's."""
    return not Path(name).is_relative_to(HEADERS)


@functools.cache
def declared(plus: bool) -> Mapping[str, str]:
    """The names that the headers of the tool declare, and which of them does; those of C++ behind ``std::``."""
    cindex = library()
    folders = [HEADERS / name for name in (*(("cpp",) if plus else ()), "sdk", "c")]
    names = [str(path) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    text = "".join(f'#include "{name}"\n' for name in names if not name.endswith("CuTest.h"))
    unit = cindex.Index.create().parse(
        "all.cpp" if plus else "all.c", [*(_CXX if plus else _C), "-nostdinc", "-nostdinc++", "-w",
        *(f"-isystem{folder}" for folder in folders)], [("all.cpp" if plus else "all.c", text)],
        cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD | cindex.TranslationUnit.PARSE_SKIP_FUNCTION_BODIES,
    )  # fmt: skip
    found: dict[str, str] = {}
    _declared(unit.cursor, "", found)
    return found


def _declared(cursor: Any, within: str, found: dict[str, str]) -> None:
    for child in cursor.get_children():
        kind = child.kind.name
        if kind in ("LINKAGE_SPEC", "UNEXPOSED_DECL") or (kind == "ENUM_DECL" and child.is_definition()):
            _declared(child, within, found)
        elif kind == "NAMESPACE" and child.spelling == "std":
            _declared(child, "std::", found)
        announced = kind in ("CLASS_DECL", "STRUCT_DECL") and not child.is_definition()
        announced = announced or kind in ("INCLUSION_DIRECTIVE", "MACRO_INSTANTIATION")
        if child.spelling and not child.spelling.startswith("__") and child.location.file and not announced:
            found.setdefault(within + child.spelling, child.location.file.name)


class _Sources(dict[str, bytes]):
    """The texts of files, read when they are asked for."""

    def __missing__(self, name: str) -> bytes:
        self[name] = Path(name).read_bytes() if name else b""
        return self[name]


def _sdk_sources(source: bytes) -> Iterator[tuple[str, bytes]]:
    """Source files of the SDK that a program includes: what their headers declare."""
    for name in re.findall(rb'#[ \t]*include[ \t]*"((?:aos|oss)_\w+)\.c"', source):
        stem = name.decode()
        yield str(HEADERS / "sdk" / f"{stem}.c"), f'#include "{stem}.h"\n'.encode()


def _sdk_headers(unit: Any) -> Iterator[tuple[str, bytes]]:
    """Headers of the SDK that are missing under the path they are asked for, or are another version of them: ours."""
    for _, _, _, found in _includes(unit):
        if _sdk_header(found) and not Path(found).is_relative_to(HEADERS):
            yield found, _instead(found)
    for problem in unit.diagnostics:
        match = _NOT_FOUND.match(problem.spelling)
        if match and _sdk_header(match[1]):
            yield f"{HEADERS / 'sdk'}/{match[1]}", _instead(match[1])


def _lacks(reason: str) -> str:
    """The header that a problem says is missing, if it is not one of the SDK."""
    match = _NOT_FOUND.match(reason)
    return match[1] if match and not _sdk_header(match[1]) else ""


def _sdk_header(name: str) -> bool:
    return Path(name).name.startswith(("aos_", "oss_", "apr")) and (HEADERS / "sdk" / Path(name).name).is_file()


def _instead(name: str) -> bytes:
    return f'#include "{HEADERS / "sdk" / Path(name).name}"\n'.encode()


def _asked(source: bytes, path: Path, folders: Sequence[Path]) -> Iterator[bytes]:
    """A variable for each macro of the program and of the headers beside it that may stand for a value."""
    texts = [source]
    for name in re.findall(rb'#[ \t]*include[ \t]*["<]([^">\n]+)[">]', source):
        for folder in (path.parent, *folders):
            header = folder / name.decode("utf-8", "replace")
            if header.is_file():
                texts.append(header.read_bytes())
                break
    kind = b"static const auto" if cpp(path.name) else b"static __auto_type"
    for macro in dict.fromkeys(name for text in texts for name in _MACRO.findall(text)):
        yield b"%s %s%s = (%s);\n" % (kind, MACRO_VALUE.encode(), macro, macro)


def _problems(unit: Any, path: str, source: bytes) -> Iterator[Problem]:
    for found in unit.diagnostics:
        place = found.location
        name = place.file.name if place.file else ""
        told = found.severity >= _ERROR or concerns(found.spelling)
        if told and not (name == path and place.offset > len(source)):
            text = source if name == path else Path(name).read_bytes() if Path(name).is_file() else b""
            yield Problem(name, place.line, place.offset, explained(found.spelling, text, place.offset))


def _includes(unit: Any) -> Iterator[tuple[str, str, int, str]]:
    """In which file, what, on which line, and the file that was found, as it is called where it is read."""
    names: dict[str, str] = {}
    for cursor in unit.cursor.get_children():
        if cursor.kind.name == "INCLUSION_DIRECTIVE" and cursor.location.file:
            try:
                found = cursor.get_included_file().name
                found = names.setdefault(os.path.realpath(found), found)
            except (AssertionError, AttributeError):
                found = ""
            yield cursor.location.file.name, cursor.spelling, cursor.location.line, found
