"""``python -m oss.tools.migrate``: whole programs, by what they print, and by how the Python reads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from oss.tools.migrate.__main__ import main

FIXTURES = Path(__file__).parent / "fixtures"
ROOT = Path(__file__).parents[2]
PLAIN = ("control", "texts", "memory", "files")  # programs that need nothing but the C library
ALL = sorted(path.stem for path in FIXTURES.glob("*.c"))
TIMEOUT = 60


def migrated(folder: Path, *names: str) -> list[Path]:
    """The translations of some fixtures, in a folder."""
    made = [folder / f"{name}.py" for name in names]
    for path in made:
        main([str(FIXTURES / f"{path.stem}.c"), "-o", str(path)])
    return made


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **variables}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


@pytest.mark.parametrize("arguments", [[], ["further"]], ids=["no-argument", "argument"])
@pytest.mark.parametrize("name", PLAIN)
def test_the_same_is_printed(name: str, arguments: list[str], tmp_path: Path) -> None:
    """The C program and its translation print the same and end with the same status."""
    compiler = shutil.which("cc")
    assert compiler, "the extension was built by a C compiler"
    subprocess.run([compiler, "-w", "-o", tmp_path / name, FIXTURES / f"{name}.c"], check=True, timeout=TIMEOUT)
    (translated,) = migrated(tmp_path, name)
    assert "MIGRATE" not in translated.read_text()
    expected = run([str(tmp_path / name), *arguments], tmp_path)
    found = run([sys.executable, str(translated), *arguments], tmp_path)
    assert (found.stdout, found.stderr, found.returncode) == (expected.stdout, expected.stderr, expected.returncode)


@pytest.mark.parametrize("name", ALL)
def test_it_reads_as_written_by_hand(name: str, tmp_path: Path) -> None:
    """Formatted as ``ruff format`` does, no import or variable too many, valid Python."""
    (translated,) = migrated(tmp_path, name)
    ruff = [sys.executable, "-m", "ruff"]
    line = ["--isolated", "--line-length", "120"]
    formatted = run([*ruff, "format", *line, "--check", "--diff", str(translated)], tmp_path)
    assert formatted.returncode == 0, formatted.stdout
    rules = [
        "--select",
        "F,E,W,UP",
        "--ignore",
        "F403,F405" + ",F841" * (name == "by_hand"),
        "--target-version",
        "py310",
    ]
    checked = run([*ruff, "check", *line, *rules, str(translated)], tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_a_program_on_the_sdk(tmp_path: Path) -> None:
    """It runs against a service; what a header beside the program declares comes from its module."""
    _, program = migrated(tmp_path, "settings", "transfer")
    with LocalServer(buckets=("examplebucket",)) as server:
        found = run(
            [sys.executable, str(program)],
            tmp_path,
            OSS_ENDPOINT=server.endpoint,
            OSS_ACCESS_KEY_ID=server.access_key_id,
            OSS_ACCESS_KEY_SECRET=server.access_key_secret,
        )
        stored = server.requests[0].headers
    assert found.stderr == ""
    assert found.returncode == 0
    assert found.stdout.splitlines() == [
        "exampledir/key-0 succeeded",
        "exampledir/key-1 succeeded",
        "exampledir/key-2 succeeded",
        "exampledir/key-0 13",
        "exampledir/key-1 13",
        "exampledir/key-2 13",
        "3 objects",
        "read succeeded",
        "content by fixture, 7 bytes",
        "read failed, code:404, error_code:NoSuchKey",
        "upload succeeded",
        "download succeeded",
    ]
    assert ("x-oss-meta-author", "fixture") in [(name.lower(), value) for name, value in stored]
    assert (tmp_path / "copy.txt").read_text() == program.read_text()


def test_imports_mirror_the_includes(tmp_path: Path) -> None:
    """Of the includes, those that are needed; each name comes from where C takes it."""
    settings, transfer, suite = migrated(tmp_path, "settings", "transfer", "suite")
    assert "from oss.oss_api import *\nfrom settings import *\n" in transfer.read_text()
    assert "from dataclasses import dataclass\n\nfrom oss.oss_api import *\n" in settings.read_text()
    assert "from oss.tools.migrate.cutest import *\n" in suite.read_text()
    assert "aos_log" not in [row.split()[1] for row in transfer.read_text().splitlines() if row.startswith("from ")]


def test_comments_keep_their_places(tmp_path: Path) -> None:
    control, memory, transfer = (path.read_text() for path in migrated(tmp_path, "control", "memory", "transfer"))
    assert control.startswith("# Control flow: every way that C has to branch, repeat and jump.\n\nfrom __future__")
    assert '    print(f"halved to {total}")  # one line\n' in control
    assert "# a jump to a short clean-up, and to a long one\ndef checked(limit: int) -> int:\n" in control
    assert "    corner: point_t = field(default_factory=point_t)  # by value\n" in memory
    assert "    # three small objects\n    for i in range(KEYS):\n" in transfer
    assert "\n    # a file up and down, in parts\n    aos_str_set(bucket, BUCKET)\n" in transfer


def test_what_is_left_to_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is marked with the C text and the reason, and counted; the rest is translated."""
    target = tmp_path / "by_hand.py"
    assert main([str(FIXTURES / "by_hand.c"), "-o", str(target)]) == 1
    text = target.read_text()
    marks = [row.strip() for row in text.splitlines() if "# MIGRATE:" in row]
    assert marks == [
        "# MIGRATE: #include <ucontext.h>  [by_hand.c:2: 'ucontext.h' file not found]",
        "# MIGRATE: #include \"nowhere.h\"  [by_hand.c:4: 'nowhere.h' file not found]",
        "# MIGRATE: static ucontext_t place  [by_hand.c:7: unknown type name 'ucontext_t']",
        '# MIGRATE: asm("nop")  [by_hand.c:15: assembler]',
        "# MIGRATE: result = frobnicate(result)  [by_hand.c:17: no counterpart of frobnicate()]",
        "# MIGRATE: if (getcontext(&place) == 0)  [by_hand.c:18: no counterpart of getcontext()]",
    ]
    assert "    return value * 2\n" in text
    shown = capsys.readouterr().err.splitlines()
    assert shown[0].endswith("by_hand.c: 8 of 14 statements, 6 to do by hand")
    assert len(shown) == 7
    assert run([sys.executable, str(target)], tmp_path).stdout.splitlines()[0] == "42"


def test_a_suite_of_tests(tmp_path: Path) -> None:
    """A CuTest program runs its tests; a failed assertion ends its test, and is told with its place."""
    (program,) = migrated(tmp_path, "suite")
    found = run([sys.executable, str(program)], tmp_path)
    assert found.returncode == 1
    rows = found.stdout.splitlines()
    assert rows[0] == ".F"
    assert [row.split(": ", 1)[0] for row in rows if row[:1].isdigit()] == ["1) test_wrong"]
    assert "expected <1> but was <2>" in found.stdout
    assert "Runs: 2 Passes: 1 Fails: 1" in rows


def test_the_command_line(tmp_path: Path) -> None:
    """Without -o the Python goes to standard output, the report to standard error."""
    command = [sys.executable, "-m", "oss.tools.migrate", str(FIXTURES / "files.c")]
    found = run(command, tmp_path)
    assert (found.returncode, found.stderr.splitlines()[-1].split(": ")[1]) == (
        0,
        "30 of 30 statements, 0 to do by hand",
    )
    assert found.stdout.startswith("# Files of the C library.\n")


CANNOT = {
    "absent": (["absent.c"], "absent.c: No such file or directory"),
    "empty folder": (["empty"], "empty: no file ends in .c, .cc, .cpp, .cxx"),
    "UTF-16": (
        ["wide.c"],
        "wide.c: has zero bytes, so it is no C text",
    ),
    "output": (["x.c", "-o", "absent/x.py"], "absent/x.py: No such file or directory"),
    "report": (["x.c", "-o", "x.py", "--report", "absent/r"], "absent/r: No such file or directory"),
}


@pytest.mark.parametrize(("arguments", "told"), CANNOT.values(), ids=CANNOT.keys())
def test_what_cannot_be_read_or_written_is_named(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "wide.c").write_text("int n;\n", "utf-16")
    (tmp_path / "x.c").write_text("int n;\n")
    found = run([sys.executable, "-m", "oss.tools.migrate", *arguments], tmp_path)
    assert (found.returncode, found.stdout, found.stderr.splitlines()[-1].partition(";")[0]) == (2, "", told)
    assert "Traceback" not in found.stderr


def test_a_folder_is_translated_as_a_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several files go to a folder; a module is never called as one of the standard library."""
    source = tmp_path / "src"
    source.mkdir()
    (source / "string.h").write_text("int twice(int n);\n")
    (source / "string.c").write_text('#include "string.h"\nint twice(int n) { return n * 2; }\n')
    (source / "main.c").write_text(
        '#include <stdio.h>\n#include "string.h"\nint main(void) { printf("%d\\n", twice(4)); return 0; }\n'
    )
    assert main([str(source), "-o", str(tmp_path / "made")]) == 0
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["main.py", "string_.py"]
    assert run([sys.executable, str(tmp_path / "made" / "main.py")], tmp_path).stdout == "8\n"
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    """They are printed as they came in, whatever the locale."""
    (tmp_path / "x.c").write_text("#include <stdio.h>\nint main(int c, char **v) { puts(v[c - 1]); return 0; }\n")
    assert main([str(tmp_path / "x.c"), "-o", str(tmp_path / "x.py")]) == 0
    command: list[str | bytes] = [sys.executable, str(tmp_path / "x.py"), b"\xc3\xa9\xff"]
    for locale in ("C", "C.UTF-8", "en_US.UTF-8", "de_DE.ISO-8859-1"):
        found = subprocess.run(
            command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1", "LC_ALL": locale}, check=True
        )
        assert found.stdout == b"\xc3\xa9\xff\n"


def test_without_libclang(tmp_path: Path) -> None:
    """It says in one line how to install it."""
    (tmp_path / "clang.py").write_text("raise ImportError\n")
    (tmp_path / "x.c").write_text("int main(void) { return 0; }\n")
    command = [sys.executable, "-m", "oss.tools.migrate", str(tmp_path / "x.c")]
    found = run(command, tmp_path, PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == "libclang is not installed: pip install 'oss-c-sdk-python[migrate]'\n"


def test_macros_and_folders_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """-D decides what ``#if`` takes, -I where headers are; the report says what is left."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "limits_of_ours.h").write_text("#define LIMIT 7\n")
    program = tmp_path / "choice.c"
    program.write_text(
        '#include "limits_of_ours.h"\nint limit(void)\n{\n'
        "#if WIDE > 1\n    return LIMIT * 2;\n#else\n    return LIMIT;\n#endif\n}\n"
    )
    assert main([str(program), "-I", str(tmp_path / "more"), "-D", "WIDE=2"]) == 0
    shown = capsys.readouterr()
    assert shown.out.endswith("LIMIT = 7\n\n\ndef limit() -> int:\n    return LIMIT * 2\n")
    report = tmp_path / "report.json"
    assert main([str(program), "--report", str(report)]) == 1
    assert '# MIGRATE: #include "limits_of_ours.h"' in capsys.readouterr().out
    (told,) = json.loads(report.read_text())
    assert (told["file"], told["marks"][0]["line"]) == (str(program), 1)
