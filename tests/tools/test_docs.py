"""The pages: the guide's programs run and print what it shows, its C is C, and what the tables name exists."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import pytest

from aos import aos_http_io, apr_strings
from oss import oss_api
from oss.local_server import Fault, LocalServer
from oss.local_server.faults import Action
from oss.tools.crosscheck.replay.differences import CALLS, VECTORS
from oss.tools.crosscheck.surroundings.differences import SURROUNDINGS
from oss.tools.explain.catalog import catalog
from oss.tools.explain.constants import ENUMS, members
from oss.tools.explain.page import page_of
from tests.authority import Authority
from tests.tools.browser import CHROMIUM, WIDTHS, measured
from tests.tools.guide import (
    CONSOLES,
    DOCS,
    PAGES,
    ROOT,
    SNIPPETS,
    Console,
    Snippet,
    blocks,
    normal,
    run,
    run_snippet,
)

C, PYTHON = (DOCS / "programs" / f"download.{suffix}" for suffix in ("c", "py"))
PAGE = {path.stem: path.read_text() for path in DOCS.glob("*.md")}
TEXT = bytes(range(256)) * 1200
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


@contextmanager
def serving(folder: Path, tls: bool = False) -> Iterator[LocalServer]:
    """A service with the objects of the pages; with ``tls`` by the authority of ``ca.pem`` in the folder."""
    pair = Authority(folder).files("127.0.0.1") if tls else None
    with LocalServer(buckets=["examplebucket"], domains=["oss-cn-hangzhou.aliyuncs.com"], tls=pair) as server:
        server.put("examplebucket", "exampledir/big.bin", bytes(3 << 20))
        server.put("examplebucket", "exampledir/exampleobject.txt", TEXT)
        server.put("examplebucket", "archive/cold.bin", b"cold", storage_class="Archive")
        for name in ("one", "two"):
            server.put("examplebucket", f"exampledir/more/{name}.txt", name.encode())
        yield server


def environment_of(server: LocalServer) -> dict[str, str]:
    return {
        "OSS_ENDPOINT": server.endpoint,
        "OSS_REGION": server.region,
        "OSS_ACCESS_KEY_ID": server.access_key_id,
        "OSS_ACCESS_KEY_SECRET": server.access_key_secret,
    }


def test_the_page_of_the_local_server_has_all_options_and_faults() -> None:
    said = run("python -m oss.local_server --help", ROOT).stdout
    options = set(re.findall(r"^  (--[\w-]+)", said, re.M))
    assert len(options) > 9 and options <= set(re.findall(r"`(--[\w-]+)", PAGE["local-server"]))
    assert set(get_args(Action)) <= set(re.findall(r"`(\w+)`", PAGE["local-server"].partition("| action |")[2]))


@pytest.mark.parametrize("snippet", SNIPPETS, ids=str)
def test_a_program_on_a_page_runs(snippet: Snippet, tmp_path: Path) -> None:
    with serving(tmp_path, tls="ca.pem" in snippet.text) as server:
        done = run_snippet(snippet.start + snippet.text, tmp_path, server.port, environment_of(server))
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    if snippet.output is not None:
        assert done.stdout == snippet.output


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


def test_the_translated_program(tmp_path: Path) -> None:
    program = blocks(DOCS / "migrating.md", "python")[0]
    with serving(tmp_path) as server:
        done = run_snippet(program, tmp_path, server.port, environment_of(server))
        assert (done.stdout, done.stderr, done.returncode) == ("download succeeded\n", "", 0)
        assert (tmp_path / "examplefile.txt").read_bytes() == TEXT
        failed = run_snippet(program, tmp_path, server.port, {**environment_of(server), "OSS_ACCESS_KEY_ID": "nobody"})
        assert failed.stdout.startswith(
            "download failed, code:403, error_code:InvalidAccessKeyId, error_msg:The OSS Access Key Id"
        )


def test_the_c_program_stands_beside_it_line_for_line() -> None:
    c, python = (blocks(DOCS / "migrating.md", language)[0] for language in ("c", "python"))
    assert len(c.splitlines()) == len(python.splitlines())
    for one, other in zip(c.splitlines(), python.splitlines(), strict=True):
        for name in re.findall(r"\b(?:aos|oss)_\w+(?=\()", one):
            assert name in other, (one, other)


@pytest.mark.parametrize("program", blocks(DOCS / "migrating-runtime.md", "python"))
def test_what_migrated_programs_import(program: str, tmp_path: Path) -> None:
    done = run_snippet(program, tmp_path, 0, {})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "bucket at example.com\n4294967295 98 2 2\n"


def test_a_prefix_is_downloaded_by_the_workers_of_a_cluster(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        for number in range(1001):  # more than one answer lists
            server.put("examplebucket", f"many/{number:04}", b"")
        server.add_fault(Fault({"method": "GET", "key": "exampledir/more/two.txt"}, action="reset", after=1))
        count = "from docs.programs.cluster import *; print(len(keys_of('examplebucket', 'many/')))"
        program = "from docs.programs.cluster import *; sys.exit(main('examplebucket', 'exampledir/', 'data'))"
        counted, done = (
            run_snippet(f"if __name__ == '__main__':\n    {text}\n", tmp_path, server.port, environment_of(server))
            for text in (count, program)
        )
    assert counted.stdout == "1001\n", counted.stderr
    assert (done.returncode, sorted(done.stdout.splitlines())) == (
        0,
        [f"exampledir/{key}: done" for key in ("big.bin", "exampleobject.txt", "more/one.txt", "more/two.txt")],
    ), done.stderr
    assert (tmp_path / "data" / "exampledir" / "more" / "two.txt").read_bytes() == b"two"


def test_every_name_of_the_sdk_exists() -> None:
    known = {*dir(oss_api), *dir(aos_http_io), *dir(apr_strings)}
    named = set(SDK_CALL.findall(PAGE["migrating"]))
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


def test_every_difference_is_a_sentence_with_its_test() -> None:
    page = PAGE["differences"]
    tables = re.findall(r"^\| the C SDK \| this package \| held by \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", page, re.M)
    assert len(tables) == 8 and page.count("\n|---") == 8
    for row in "".join(tables).splitlines():
        theirs, ours, held_by = row.strip("| ").split(" | ")
        assert re.fullmatch(r"(?:● [^|<]+|`test_\w+`)(?:<br>(?:● [^|<]+|`test_\w+`))*", held_by), row
        assert not re.search(r"[.;] ", theirs + ours), row


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
