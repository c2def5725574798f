"""The files that are translated together: what each module has, and where the names come from that it has not."""

from __future__ import annotations

import keyword
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from oss.tools.migrate import known
from oss.tools.migrate.clang import HEADERS, cpp, parse
from oss.tools.migrate.cpp_read import read_cpp
from oss.tools.migrate.gaps import blank
from oss.tools.migrate.nodes import ClassDef, Decl, Node, Program, walk
from oss.tools.migrate.ranges import Ranges
from oss.tools.migrate.read import read
from oss.tools.migrate.shapes import decide, keeps
from oss.tools.migrate.uses import Uses

__all__ = ["SOURCES", "Project"]

SOURCES = (".c", ".cc", ".cpp", ".cxx")
_HEADERS = (".h", ".hpp", ".hh", ".hxx")
_DEFINED = re.compile(
    r"^(?!static|extern|typedef|#)[A-Za-z_][\w\s\*]*?\b(\w+)\s*(?:\([^;{]*\)\s*\{|(?:\[\w*\])?\s*[=;])", re.MULTILINE
)

_MADE = re.compile(rb"\b[A-Za-z]\w*_\d*\b")

_TAKEN = frozenset([*sys.stdlib_module_names, *keyword.kwlist, "oss", "aos", "clang", "requests", "urllib3", "certifi",
                    "idna", "charset_normalizer", "cffi", "pycparser"])  # fmt: skip
"""Modules that the port, or what it needs, would find no more, and what is no name."""


def module_name(path: Path) -> str:
    """What the module of a file is called: never as one that is there already."""
    stem = re.sub(r"\W", "_", path.stem)
    return f"{stem}_" if stem in _TAKEN or stem[0].isdigit() else stem


@dataclass(slots=True)
class Project:
    """Files that are translated together; ``beside`` are others that are only read, for what they define."""

    folders: list[Path]
    defines: list[str]
    programs: dict[Path, Program] = field(default_factory=dict)
    beside: dict[Path, Program] = field(default_factory=dict)
    uses: Uses = field(default_factory=Uses)
    homes: dict[str, str] = field(default_factory=dict)
    origins: dict[Path, Path | None] = field(default_factory=dict)  # the sources of headers
    modules: dict[str, str] = field(default_factory=dict)  # by the path of a file without what is behind its dot

    def module(self, path: Path) -> str:
        """What the module of a file is called: that of the folder stands before it, where another has the name."""
        key = os.path.normpath(path.with_suffix(""))
        if key not in self.modules:
            name, folder = module_name(path), path.parent
            while name in self.modules.values() and folder.name:
                name, folder = re.sub(r"\W", "_", f"{folder.name}_{name}"), folder.parent
            self.modules[key] = name
        return self.modules[key]

    def read(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self.module(path)
        for path in paths:
            self.programs[path] = self._tree(path)
        for path in self._needed():
            self.beside[path] = self._tree(path)
        every = self._every()
        words = frozenset().union(*(_words(made) for _, made in every))
        for _, made in every:
            made.words = words
        self._join([made for _, made in every if made.cpp])
        for path, made in every:
            self.uses.gather(made)
            for item in made.items:
                if isinstance(item, Decl) and not item.system and not item.internal and _defines(item):
                    self.homes.setdefault(item.name, self.module(path))
        for _, made in every:
            self.uses.collect(made)
        self.uses.finish([made for _, made in every])
        decide(self.uses.slots)
        self.uses.pinned = {decl for decl, into in self.uses.addresses if keeps(into)} | self.uses.embedded

    @staticmethod
    def _join(programs: Sequence[Program]) -> None:
        """Lets every file of a C++ program know what the others say of its classes."""
        ends: dict[str, Node] = {}
        for made in programs:
            for item in made.classes.values():
                ends |= {end.owner: end.body for end in item.method("close") if end.body is not None}
        every = {name: item for made in reversed(programs) for name, item in made.classes.items()}
        for made in programs:
            made.naming.every = every
            made.naming.ending = {name for name, body in ends.items() if body.kids}
            made.naming.named_methods()
            for item in made.classes.values():
                for end in item.method("close"):
                    end.body = end.body or ends.get(item.name)
                if item.unknown_end is not None and _ends_idly(item):
                    item.unknown_end.body = Node("block", item.place)

    def _tree(self, path: Path) -> Program:
        unit = parse(path, self.folders, self.defines)
        return read_cpp(unit) if cpp(path.name) else read(unit)

    def _needed(self) -> Iterable[Path]:
        """The files beside these that define what they call or read."""
        wanted = {name for made in self.programs.values() for name in _undefined(made)}
        given = {path.resolve() for path in self.programs}
        for folder in dict.fromkeys(path.parent for path in self.programs):
            for other in sorted(folder.iterdir()) if wanted and folder.is_dir() else ():
                another = other.suffix in SOURCES and other.resolve() not in given
                if another and wanted & set(_DEFINED.findall(other.read_text("utf-8", "replace"))):
                    yield other

    def ranges(self) -> Ranges:
        return Ranges(self.uses)

    def owner(self, file: str, path: Path) -> str | None:
        """The module that has what a file declares, for the program of a path; None for the program's own."""
        found = Path(file)
        if found.with_suffix("") == path.with_suffix(""):
            return None
        source = self._source(found)
        if source is not None:
            return None if source == path else self.module(source)
        return self.module(found) if self.shared(file) else None

    def _source(self, header: Path) -> Path | None:
        """The source file that has what a header declares: the one beside it, or the one program of its name that
        includes it from another folder."""
        if header not in self.origins:
            self.origins[header] = self._found(header) if header.suffix in _HEADERS else None
        return self.origins[header]

    def _found(self, header: Path) -> Path | None:
        beside = (header.with_suffix(suffix) for suffix in SOURCES)
        here = os.path.normpath(header)
        named = [path for path, made in self._every() if path.stem == header.stem and here in _included(made)]
        return next((path for path in beside if path.is_file()), named[0] if len(named) == 1 else None)

    def shared(self, file: str) -> bool:
        """Whether several files include a header that has no source file of its own."""
        path = Path(file)
        if path.is_relative_to(HEADERS) or known.module_of(path.name) or self._source(path) is not None:
            return False
        here = os.path.normpath(file)
        return sum(here in _included(made) for made in self.programs.values()) > 1

    def _every(self) -> list[tuple[Path, Program]]:
        return [*self.programs.items(), *self.beside.items()]


def _included(made: Program) -> set[str]:
    return {os.path.normpath(row[3]) for row in made.includes if row[3]}


def _words(made: Program) -> frozenset[str]:
    """What a file, and its headers, have that could be taken for a name that is made for Python."""
    files = {made.path, *(row[3] for row in made.includes if row[3] and not Path(row[3]).is_relative_to(HEADERS))}
    texts = (made.sources[name] if name in made.sources else Path(name).read_bytes() for name in files)
    return frozenset(word.decode() for text in texts for word in _MADE.findall(text))


def _defines(item: Decl) -> bool:
    return item.body is not None if item.scope == "function" else item.scope == "global" and not item.extern


def _undefined(made: Program) -> Iterable[str]:
    """What a program uses and does not define."""
    for item in made.items:
        if not isinstance(item, Decl) or item.system:
            continue
        if item.extern:
            yield item.name
        for node in (*walk(item.body), *walk(item.init)):
            own = node.decl if node.kind == "name" else None
            if own is not None and own.scope == "function" and own.body is None and not own.system:
                yield own.name


def _ends_idly(item: ClassDef) -> bool:
    """Whether a file beside the header of a class defines its destructor, with nothing in it."""
    files = [path for path in map(Path(item.place.file).with_suffix, SOURCES) if path.is_file()]
    empty = re.compile(rb"::\s*~\s*%s\s*\([\s\w]*\)[\s\w]*\{\s*\}" % item.name.encode())
    return any(empty.search(blank(path.read_bytes())) for path in files)
