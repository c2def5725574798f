"""The pages: the guide's programs run and print what it shows, its C is C, and what the tables name exists."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aos import aos_http_io, apr_strings
from oss import oss_api
from oss.local_server import LocalServer
from oss.tools.crosscheck.replay.differences import CALLS, VECTORS
from oss.tools.crosscheck.surroundings.differences import SURROUNDINGS
from oss.tools.explain.catalog import catalog
from oss.tools.explain.constants import ENUMS, members
from oss.tools.explain.page import page_of
from tests.tools.browser import CHROMIUM, WIDTHS, measured
from tests.tools.guide import CONSOLES, DOCS, PAGES, PROGRAMS, ROOT, Console, normal, run

C, PYTHON = (DOCS / "programs" / f"download.{suffix}" for suffix in ("c", "py"))
PAGE = {path.stem: path.read_text() for path in DOCS.glob("*.md")}
HOST = "examplebucket.oss-cn-hangzhou.aliyuncs.com"
SDK_CALL = re.compile(r"\b((?:aos|oss|apr)_\w+)\s*\(")

# What the C program needs besides the declarations of the catalog.
STUB = """
typedef struct apr_pool_t aos_pool_t, apr_pool_t; typedef struct apr_table_t aos_table_t, apr_table_t;
typedef struct apr_file_t apr_file_t; typedef long apr_time_t; typedef struct apr_array_header_t aos_array_header_t;
typedef int http_method_e, aos_http_body_type_e, aos_transport_state_e, oss_acl_e, oss_storage_class_type_e;
struct aos_string { int len; char *data; };
#define aos_str_set(s, text) ((s)->data = (char *)(text), (s)->len = 0)
#define aos_pool_create(n, p) ((void)(n), (void)(p))
#define aos_pool_destroy(p) ((void)(p))
#define aos_table_make(p, n) apr_table_make(p, n)
#define aos_list_entry(ptr, type, member) ((type *)((char *)(ptr) - __builtin_offsetof(type, member)))
#define aos_list_for_each_entry(type, pos, head, member) \\
    for (pos = aos_list_entry((head)->next, type, member); &pos->member != (head); \\
         pos = aos_list_entry(pos->member.next, type, member))
"""


@pytest.mark.parametrize("console", CONSOLES, ids=lambda console: f"{console.page}:{console.command[-40:]}")
def test_a_command_prints_what_the_guide_shows(console: Console, tmp_path: Path) -> None:
    done = run(console.command, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert normal(done.stdout) == normal(console.output)


def test_every_page_of_the_guide_with_commands_has_them_run() -> None:
    assert {console.page for console in CONSOLES} == {"disk.md", "exercises.md", "index.md", "program.md", "wire.md"}
    solutions = {path.stem for path in (DOCS / "solutions").glob("*.py")}
    shown = {console.command.rpartition(".")[2] for console in CONSOLES if console.page == "exercises.md"}
    assert solutions == shown and len(solutions) == 5


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_a_program_in_the_text_runs(number: int, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAMS[number][1])
    done = run("python program.py", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_interrupted_run_is_continued(tmp_path: Path) -> None:
    command = "python -m docs.programs.download examplebucket exampledir/exampleobject.bin examplefile.bin"
    first = run(f"python -m docs.programs.serve --cut 3 {command}", tmp_path)
    assert first.returncode == 1 and first.stdout.endswith("not downloaded: -992 HttpIoError\n")
    assert {path.name for path in tmp_path.iterdir()} == {"examplefile.bin.dcp", "examplefile.bin.tmp"}


def test_the_two_programs_make_the_same_calls_in_the_same_order() -> None:
    c, python = (SDK_CALL.findall(path.read_text()) for path in (C, PYTHON))
    types = {name for name, entry in catalog().items() if entry.kind in ("struct", "type")}
    assert c == [name for name in python if name not in types]
    fields = [re.findall(r"[.>](\w+) = ", path.read_text()) for path in (C, PYTHON)]
    assert fields[0] == fields[1] and len(fields[0]) == 8


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_c_program_fits_the_declarations_of_the_reference(tmp_path: Path) -> None:
    text = C.read_text()
    used = sorted(set(re.findall(r"\b(?:aos|oss|apr|AOS|AOSE|OSS)_\w+", text)) & set(catalog()))
    functions = [catalog()[name] for name in used if catalog()[name].kind == "function"]
    structs = (
        "aos_list_t aos_string_t oss_config_t aos_http_request_options_t aos_http_controller_t oss_request_options_t"
    )
    structs += " oss_list_object_content_t oss_list_object_params_t aos_status_t oss_resumable_clt_params_t"
    declared = [f"typedef struct {name} {name};" for name in structs.split()]
    for name in structs.split():
        body = "\n".join(page_of(name).declaration[1:-1])
        declared.append(f"struct {name} {{\n{body}\n}};")
    declared.append(catalog()["oss_progress_callback"].declaration + ";")
    declared.append("apr_table_t *apr_table_make(apr_pool_t *p, int nelts);")
    declared += [f"{entry.declaration};" for entry in functions]
    declared += [f"enum {{ {catalog()[name].declaration} }};" for name in used if catalog()[name].kind == "constant"]
    (tmp_path / "oss_api.h").write_text("#include <stdint.h>\n" + STUB + "\n".join(declared) + "\n")
    (tmp_path / "aos_http_io.h").write_text("")
    done = subprocess.run(
        shlex.split(f"cc -std=c99 -Wall -Wextra -Werror -fsyntax-only -I {tmp_path} {C}"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_names_in_the_guide_exist() -> None:
    for page in PAGES:
        for role, name in re.findall(r"\{c:(\w+)\}`(?:[^`<]*<)?([\w.]+)>?`", page.read_text()):
            kind = {"func": "function", "member": "field", "var": "variable"}.get(role, role)
            assert catalog()[name].kind == kind, (page.name, name)


# ---- the pages with the tables ----

# Runs a file as a program whose names of the service lead to the local one.
RUNNER = f"""
import runpy, socket, sys
find, port = socket.getaddrinfo, int(sys.argv[2])
def local(host, asked, *args, **kwds):
    return find("127.0.0.1", port, *args, **kwds) if host == {HOST!r} else find(host, asked, *args, **kwds)
socket.getaddrinfo = local
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE[page], re.M | re.S)


def run_program(text: str, folder: Path, port: int, **environment: str) -> subprocess.CompletedProcess[str]:
    program = folder / "program.py"
    program.write_text(text)
    return subprocess.run(
        [sys.executable, "-c", RUNNER, str(program), str(port)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_translated_program(tmp_path: Path) -> None:
    (program,), data = blocks("translation", "python"), bytes(range(256)) * 1200
    with LocalServer(buckets=("examplebucket",), domains=["oss-cn-hangzhou.aliyuncs.com"]) as server:
        server.put("examplebucket", "exampledir/exampleobject.txt", data)
        keys = {"OSS_ACCESS_KEY_ID": server.access_key_id, "OSS_ACCESS_KEY_SECRET": server.access_key_secret}
        done = run_program(program, tmp_path, server.port, **keys)
        assert (done.stdout, done.stderr, done.returncode) == ("download succeeded\n", "", 0)
        assert (tmp_path / "examplefile.txt").read_bytes() == data
        assert {path.name for path in tmp_path.iterdir()} == {"program.py", "examplefile.txt"}
        failed = run_program(program, tmp_path, server.port, **{**keys, "OSS_ACCESS_KEY_ID": "nobody"})
        assert failed.stdout.startswith(
            "download failed, code:403, error_code:InvalidAccessKeyId, error_msg:The OSS Access Key Id"
        )


def test_the_c_program_stands_beside_it_line_for_line() -> None:
    (c,), (python,) = (blocks("translation", language) for language in ("c", "python"))
    assert len(c.splitlines()) == len(python.splitlines())
    for one, other in zip(c.splitlines(), python.splitlines(), strict=True):
        for name in re.findall(r"\b(?:aos|oss)_\w+(?=\()", one):
            assert name in other, (one, other)


@pytest.mark.parametrize("program", blocks("tools", "python"))
def test_the_program_with_a_local_server(program: str, tmp_path: Path) -> None:
    done = run_program(program, tmp_path, 0)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_name_of_the_sdk_exists() -> None:
    known = {*dir(oss_api), *dir(aos_http_io), *dir(apr_strings)}
    named = set(SDK_CALL.findall(PAGE["translation"]))
    assert named and named <= known, named - known


def test_every_test_that_is_named_exists() -> None:
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:    )?def (test_\w+)", path.read_text(), re.M)
    }
    for page in ("reliability", "differences", "speed", "tools"):
        named = set(re.findall(r"`(?:[\w/]+\.py::)?(test_\w+)`", PAGE[page]))
        assert named and named <= there, (page, named - there)


def test_every_promise_has_its_tests() -> None:
    tables = re.findall(r"^\| promise \| test \|\n\|---\|---\|\n((?:\|.*\n)+)", PAGE["reliability"], re.M)
    assert len(tables) >= 6
    for table in tables:
        for row in table.splitlines():
            assert re.search(r"\| .*`test_\w+`.* \|$", row), row


def test_every_rule_of_the_replay_has_its_row() -> None:
    table = re.findall(r"^\|.*", PAGE["differences"], re.M)
    rows = {row.strip() for line in table for row in re.findall(r"● ([^|<]+)", line)}
    rules = {rule.name for rule in (*CALLS, *VECTORS, *SURROUNDINGS)}
    assert rows == rules, rows ^ rules


def test_every_file_that_is_linked_exists() -> None:
    for page in (ROOT / "README.md", *DOCS.glob("*.md")):
        for place in re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", page.read_text()):
            found = page.parent / place
            assert found.exists() or place.startswith("reference/"), (page.name, place)


def test_every_page_is_in_the_index_and_on_the_front_page() -> None:
    front = (ROOT / "README.md").read_text()
    for page in PAGE.keys() - {"index"}:
        assert f"\n{page}\n" in PAGE["index"] and f"({page}.md)" in PAGE["index"], page
        assert f"docs/{page}.md" in front or page == "corpus", page


# ---- the pages that are made ----


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as HTML, by the command that the page of the tools names; warnings are errors."""
    if "CI" not in os.environ:
        pytest.importorskip("sphinx", reason="the docs extra is not installed")
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(DOCS, folder / "docs", ignore=shutil.ignore_patterns("reference", "__pycache__"))
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-n", "-q", "docs", "build/docs"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder / "build" / "docs"


def test_every_header_has_its_page_and_every_name_its_place(built: Path) -> None:
    pages = {path.name: path.read_text() for path in (built / "reference").glob("*.html")}
    names = pages["names.html"]
    listed = set(re.findall(r'href="(\w+\.html)#c\.([\w.]+)"', names))
    for entry in catalog().values():
        if entry.kind in ("header", "Python-only", "Python-only field"):
            continue
        page = f"{entry.header.removesuffix('.h')}.html"
        enums = [enum for enum in ENUMS if entry.name in members(enum)]
        place = ".".join([*enums, entry.name])
        assert f'id="c.{place}"' in pages[page], entry.name
        if entry.kind != "field":
            assert (page, place) in listed, entry.name


def test_no_link_is_dead(built: Path) -> None:
    pages = {path.relative_to(built): path.read_text() for path in built.rglob("*.html")}
    places = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in pages.items()}
    checked = 0
    for path, text in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            if re.match(r"https?://|data:|#?$", link):
                continue
            target, _, place = link.partition("#")
            file = (built / path.parent / target.partition("?")[0]).resolve() if target else built / path
            assert file.exists(), f"{path}: {link}"
            if place and file.suffix == ".html":
                assert place in places[file.relative_to(built.resolve())], f"{path}: {link}"
            checked += 1
    assert checked > 1000 and len(pages) > 25


def test_pages_load_nothing_from_elsewhere(built: Path) -> None:
    for path in built.rglob("*.html"):
        loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]*)"', path.read_text())
        assert not loaded, (path, loaded)


def test_the_pages_show_no_signature(built: Path) -> None:
    for path in built.rglob("*.html"):
        assert not re.search(r"Signature=[0-9a-fA-F]|local-sk-secret", path.read_text()), path


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_no_page_is_wider_than_its_window(built: Path) -> None:
    found = measured(built)
    assert len(found) == len(WIDTHS) * len(list(built.rglob("*.html")))
    assert [one for one in found if one.used > one.room] == []


def test_commands_and_programs_have_a_button_that_copies_them(built: Path) -> None:
    page = (built / "guide" / "program.html").read_text()
    assert re.search(r'<script src="[./]*_static/copybutton\.js', page)
    copying = (built / "_static" / "copybutton.js").read_text()
    assert "formatCopyText(text, '$ ', false, true, true" in copying  # without prompt and output
