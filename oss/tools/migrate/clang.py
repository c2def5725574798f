"""libclang: finding it, and parsing a file with it.

It reads only the headers that come with the tool and those of the program itself, so that what a program takes from
elsewhere is by definition what has no counterpart.
"""

from __future__ import annotations

import ctypes
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oss.tools.migrate.cpp_templates import specialised
from oss.tools.migrate.nodes import Problem

__all__ = ["HEADERS", "MACRO_VALUE", "Missing", "Unit", "cpp", "parse"]

HEADERS = Path(__file__).parent / "headers"
MACRO_VALUE = "migrate_value_"
"""What the variables are called that are added to a program to ask for the values of its macros."""

_MACRO = re.compile(rb"^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+[^\s/]", re.MULTILINE)
_CPP = {".cc", ".cpp", ".cxx", ".c++", ".hpp", ".hh", ".hxx"}
_WARNINGS = ["-Wno-everything", "-Wno-error=implicit-function-declaration", "-Wno-error=int-conversion",
             "-Wno-error=incompatible-function-pointer-types", "-Wno-error=implicit-int"]  # fmt: skip
_C = ["-x", "c", "-std=gnu17"]
_CXX = ["-x", "c++", "-std=gnu++17"]
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


@dataclass(frozen=True, slots=True)
class Unit:
    """What libclang made of a file."""

    path: str
    cursor: Any
    problems: list[Problem]
    includes: list[tuple[str, str, int, str]]
    sources: Mapping[str, bytes]


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
    return cindex


def parse(path: Path, folders: Sequence[Path], defines: Sequence[str]) -> Unit:
    """Parses a file; ``folders`` are searched for its headers after its own."""
    cindex = library()
    source = path.read_bytes()
    arguments = [
        *(_CXX if cpp(path.name) else _C), "-nostdinc", "-nostdinc++", *_WARNINGS, "-ferror-limit=0",
        *(f"-D{item}" for item in defines), *(f"-I{folder}" for folder in folders),
        *(f"-isystem{HEADERS / name}" for name in (*(("cpp",) if cpp(path.name) else ()), "sdk", "test", "c")),
    ]  # fmt: skip
    options = cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD | _KEEP_GOING
    sources = _Sources({str(path): source})
    index = cindex.Index.create()

    def parsed() -> Any:
        asked = sources[str(path)] + b"\n" + b"".join(_asked(source, path, folders))
        changed = [(name, text) for name, text in sources.items() if name and name != str(path)]
        files = [(str(path), asked), *changed, *_sdk_sources(source)]
        return index.parse(str(path), args=arguments, unsaved_files=files, options=options)

    unit = parsed()
    for _ in range(_ROUNDS if cpp(path.name) else 0):
        written = specialised(unit, sources, _own, cindex.conf.lib.clang_getSpecializedCursorTemplate)
        if not written:
            break
        sources.update(written)
        unit = parsed()
    return Unit(str(path), unit.cursor, [*_problems(unit, str(path), sources[str(path)])], [*_includes(unit)], sources)


def _own(name: str) -> bool:
    """Whether a file is the program's."""
    return not Path(name).is_relative_to(HEADERS)


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
        if found.severity >= _ERROR and not (name == path and place.offset > len(source)):
            yield Problem(name, place.line, place.offset, found.spelling)


def _includes(unit: Any) -> Iterator[tuple[str, str, int, str]]:
    """In which file, what, on which line, and the file that was found."""
    for cursor in unit.cursor.get_children():
        if cursor.kind.name == "INCLUSION_DIRECTIVE" and cursor.location.file:
            try:
                found = cursor.get_included_file().name
            except (AssertionError, AttributeError):
                found = ""
            yield cursor.location.file.name, cursor.spelling, cursor.location.line, found
