"""The floors of the house: which modules stand on which, who imports whom, and the figure of both in the guide.

``python -m tests.house`` draws the figure anew.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

__all__ = [
    "FIGURE",
    "ROOT",
    "figure",
    "floor_of",
    "graph",
    "imports",
    "modules",
    "modules_in",
    "python_files",
    "tree_of",
]

ROOT = Path(__file__).resolve().parent.parent
FIGURE = ROOT / "docs" / "figures" / "house.svg"

# from the ground up: a module imports from its own floor and from those below
FLOORS = (
    "aos aos._c.* aos._native",
    "aos.apr_* aos.aos_list",
    "aos.aos_define",
    "aos.aos_string aos.aos_log aos.aos_crc64 aos.aos_fstack",
    "aos.aos_buf",
    "aos.aos_util aos.aos_status",
    "aos._http.*",
    "aos.aos_transport",
    "aos.aos_http_io",
    "oss oss._define.*",
    "oss.oss_define",
    "oss._xml.* oss._request.*",
    "oss.oss_auth oss.oss_util oss.oss_xml",
    "oss._files.* oss._call.*",
    "oss.oss_bucket oss.oss_object oss.oss_multipart oss.oss_live",
    "oss._transfer.*",
    "oss.oss_resumable",
    "oss.oss_api",
    "oss.local_server*",
    "oss.__main__ oss._command.* oss.samples.* oss.tools.*",
)


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports(path: Path, inside: ast.AST | None = None) -> Iterator[str]:
    """What a file, or one function of it, imports: at its top, in a function, and for type checkers alike."""
    for node in ast.walk(inside or tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "imported":  # aos._c.fork.imported
            yield from (str(name.value) for name in node.args if isinstance(name, ast.Constant))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix().removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@functools.cache
def modules() -> dict[str, Path]:
    """The modules of both packages; a folder of them that has nothing but a docstring is none."""
    paths = [path for path in python_files("aos", "oss") if path.name != "__init__.py" or len(tree_of(path).body) > 1]
    return {name_of(path): path for path in paths}


def modules_in(names: Iterator[str]) -> set[str]:
    """The modules that are meant by the names of imports: each is one, or is in one."""
    return {name if name in modules() else name.rpartition(".")[0] for name in names} & {*modules()}


@functools.cache
def graph() -> dict[str, set[str]]:
    """What each module imports of the project."""
    return {name: modules_in(imports(path)) - {name} for name, path in modules().items()}


def floor_of(module: str) -> int:
    floors = [number for number, names in enumerate(FLOORS) if any(fnmatch(module, name) for name in names.split())]
    assert len(floors) == 1, f"{module} stands on the floors {floors}"
    return floors[0]


# ---- the figure ----

WIDTH, ROW, CELL = 800, 27, 19
TOP, LEFT, BOX = 46, 46, 358
STAIRS = LEFT + BOX + 10
STYLE = """
.house { color: var(--color-foreground-primary, #24292f); }
@media (prefers-color-scheme: dark) { .house { color: var(--color-foreground-primary, #e6edf3); } }
.house .floor { fill: var(--color-background-secondary, #8881); stroke: var(--color-foreground-muted, #888); }
.house .small { font-size: 11px; }
"""
"""A page that has the figure in it gives its own colours; elsewhere it goes by the reader's system."""


def figure() -> str:
    """The floors, one upon the other, and from which of them each imports."""
    used = {(floor_of(name), floor_of(other)) for name, others in graph().items() for other in others}
    rows = [line for floor in range(len(FLOORS)) for line in _drawn(floor, used)]
    height = TOP + ROW * len(FLOORS) + 6
    return "\n".join(
        [
            f'<svg class="house" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{_in_words()}"'
            ' xmlns="http://www.w3.org/2000/svg">',
            f"<style>{STYLE}</style>",
            '<g font-family="ui-sans-serif, system-ui, sans-serif" font-size="13" fill="currentColor">',
            _text(LEFT, 18, "a floor and its modules"),
            _text(STAIRS, 18, "from which floors it imports"),
            *(_text(_column(floor) - 1, 38, str(floor + 1), "middle", "small") for floor in range(len(FLOORS))),
            *(_package(name) for name in ("aos", "oss")),
            *rows,
            "</g></svg>\n",
        ]
    )


def _in_words() -> str:
    return "; ".join(f"floor {number}: {_names(floor)}" for number, floor in enumerate(FLOORS, 1))


def _names(floor: str) -> str:
    """What stands on a floor: headers without their package, and folders."""
    return ", ".join(_name(pattern) for pattern in floor.split() if pattern != "aos")


def _name(pattern: str) -> str:
    package, _, name = pattern.partition(".")
    if name.endswith("*") and not name.endswith("_*"):
        return f"{package}/{name.rstrip('.*')}"
    return name if name.startswith((package, "apr")) else f"{package}/{name}"


def _height_of(floor: int) -> int:
    return TOP + ROW * (len(FLOORS) - 1 - floor)


def _column(floor: int) -> float:
    return STAIRS + CELL * (floor + 0.5)


def _drawn(floor: int, used: set[tuple[int, int]]) -> Iterator[str]:
    top = _height_of(floor)
    middle = top + ROW / 2 + 2.5
    yield f'<rect class="floor" x="{LEFT}" y="{top}" width="{BOX}" height="{ROW - 4}" rx="3"/>'
    yield _text(LEFT - 6, middle, str(floor + 1), "end", "small")
    yield _text(LEFT + 8, middle, _names(FLOORS[floor]))
    for lower in range(floor + 1):
        shade = 0.5 if (floor, lower) in used else 0.05
        place = f'x="{STAIRS + CELL * lower}" y="{top}" width="{CELL - 2}" height="{ROW - 4}"'
        yield f'<rect {place} rx="2" fill-opacity="{shade}"/>'


def _package(name: str) -> str:
    """The name of a package beside its floors, upright."""
    own = [number for number, floor in enumerate(FLOORS) if floor.startswith(name)]
    middle = (_height_of(own[0]) + _height_of(own[-1]) + ROW) / 2
    return f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle" font-weight="bold">{name}</text>'


def _text(x: float, y: float, text: str, anchor: str = "start", size: str = "normal") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{size}">{text}</text>'


if __name__ == "__main__":
    FIGURE.write_text(figure())
