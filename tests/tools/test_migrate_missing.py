"""What is missing of a program, or is of another version of the SDK: only the statements that need it are marked."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from oss.tools.migrate.__main__ import main
from oss.tools.migrate.translate import Mark, translate


def made(folder: Path, name: str, text: str) -> tuple[str, list[Mark]]:
    path = folder / name
    path.write_text(textwrap.dedent(text), "utf-8")
    found = translate([path])[0]
    return found.text, found.marks


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_names_of_a_missing_header(tmp_path: Path) -> None:
    """What it would have included of the SDK and the C library is known all the same."""
    text, marks = made(tmp_path, "missing.c", """
        #include "missing_config.h"

        int main(void)
        {
            aos_pool_t *p;
            if (aos_http_io_initialize(NULL, 0) != AOSE_OK) {
                exit(1);
            }
            aos_pool_create(&p, NULL);
            fprintf(stderr, "%s\\n", getenv("HOME"));
            aos_pool_destroy(p);
            return 0;
        }
        """)  # fmt: skip
    assert [mark.reason for mark in marks] == ["'missing_config.h' file not found"]
    assert "p = aos_pool_t()" in text


def test_a_type_that_nobody_declares(tmp_path: Path) -> None:
    """A pointer to it goes on; what looks inside is marked."""
    text, marks = made(tmp_path, "unknown.c", """
        #include <stdio.h>
        #include "device.h"

        static void show(device_t *device, const char *name)
        {
            printf("%s\\n", name);
            device->count++;
        }

        void both(device_t *device)
        {
            show(device, "first");
            show(device, "second");
        }
        """)  # fmt: skip
    assert [mark.text for mark in marks] == ['#include "device.h"', "device->count++"]
    assert "def show(device: object, name: str) -> None:" in text
    assert '    show(device, "second")' in text


def test_a_class_whose_header_is_missing(tmp_path: Path) -> None:
    """It is made of the methods that are there."""
    text, marks = made(tmp_path, "service.cpp", """
        #include "service.h"

        namespace store {

        static const char kBucket[] = "examplebucket";

        bool Service::Upload(const std::string& name)
        {
            aos_string_t bucket;
            aos_str_set(&bucket, kBucket);
            m_last = name;
            return bucket.len > 0 && !name.empty();
        }

        std::string Service::Url()
        {
            std::string url = "http://";
            url += kBucket;
            return url;
        }

        }
        """)  # fmt: skip
    assert [mark.text for mark in marks] == ['#include "service.h"', "m_last = name;"]
    assert "class Service:\n    def Upload(self, name: str) -> bool:" in text
    assert '        url = "http://"\n        url += kBucket\n        return url' in text


def test_parts_of_a_class(tmp_path: Path) -> None:
    """A base and a field of which nothing is known are marked alone, and close() is no destructor."""
    text, marks = made(tmp_path, "parts.cpp", """
        #include <string>

        class File : public Base {
        public:
            explicit File(const std::string &n) : name(n) {}
            ~File() { name.clear(); }
            void close() { name = "closed"; }
            QString title;
            char letters[8];
            std::string name;
        };

        std::string after()
        {
            File file("a");
            file.close();
            return file.name;
        }
        """)  # fmt: skip
    assert sorted(mark.text for mark in marks) == ["QString title;", "class File : public Base {"]
    namespace: dict[str, object] = {}
    exec(compile(text, "parts", "exec"), namespace)
    assert namespace["after"]() == "closed"  # type: ignore[operator]


def test_a_class_in_several_files(tmp_path: Path) -> None:
    """Every file knows of its destructor, and calls its methods by the same names."""
    (tmp_path / "guard.h").write_text("""
        #include <string>
        class Guard {
        public:
            explicit Guard(const std::string &n);
            ~Guard();
            void once(int n);
            static bool split(const std::string &text, std::string &first, std::string &rest);
            std::string name;
        };
        """)
    guard = tmp_path / "guard.cpp"
    guard.write_text("""
        #include "guard.h"
        #include <cstdio>
        class Other { public: void once(const std::string &s) { std::printf("other %s\\n", s.c_str()); } };
        Guard::Guard(const std::string &n) : name(n) {}
        Guard::~Guard() { std::printf("end %s\\n", name.c_str()); }
        void Guard::once(int n) { std::printf("once %d\\n", n); Other().once("x"); }
        bool Guard::split(const std::string &text, std::string &first, std::string &rest)
        {
            first = text.substr(0, 1);
            rest = text.substr(1);
            return !rest.empty();
        }
        """)
    program = tmp_path / "main.cpp"
    program.write_text("""
        #include "guard.h"
        int main()
        {
            std::string first, rest;
            if (!Guard::split("abc", first, rest)) {
                return 1;
            }
            Guard guard(rest);
            guard.once(2);
            return 0;
        }
        """)
    made = translate([guard, program])
    assert not [mark for item in made for mark in item.marks]
    for item in made:
        (tmp_path / f"{item.path.stem}.py").write_text(item.text)
    path = os.pathsep.join([str(Path(__file__).parents[2]), str(tmp_path)])
    run = subprocess.run(
        [sys.executable, str(tmp_path / "main.py")],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.stdout, run.returncode) == ("once 2\nother x\nend bc\n", 0), run.stderr


def test_what_the_parser_leaves_out(tmp_path: Path) -> None:
    """It gives up at a macro that nobody defines; what it passes over then is marked, too."""
    text, marks = made(tmp_path, "passed.cpp", """
        #include <cstdio>
        #define NOTHING(x)

        REGISTER(first, second);

        int f(int n)
        {
            NOTHING(n);
            do {
                no_such_loop(n, node)
                {
                    ++n;
                    std::printf("%d\\n", n);
                }
                if (n == 0) {
                    std::printf("none\\n");
                }
                n--;
            } while (n > 100);
            return n;
        }

        int g(Unknown u)
        {
            return g(u) ? 1 : 0;
        }
        """)  # fmt: skip
    assert [mark.text for mark in marks] == [
        "REGISTER(first, second);",
        "no_such_loop(n, node) { ++n;",
        'std::printf("%d\\n", n); } if (n == 0) { std::printf("none\\n"); } n--;',
        "int g(Unknown u)",
        "return g(u) ? 1 : 0",
    ]
    assert "NOTHING" not in text


@pytest.mark.parametrize("form", ["oss_list_object_content_t, content", "content"])
def test_loops_over_lists_of_all_versions(tmp_path: Path, form: str) -> None:
    """The type of the entries is said since 3.0.0."""
    text, marks = made(tmp_path, "loop.c", f"""
        #include "oss_api.h"

        int count(oss_list_object_params_t *params)
        {{
            oss_list_object_content_t *content;
            int n = 0;
            aos_list_for_each_entry({form}, &params->object_list, node) {{
                n += content->key.len;
            }}
            return n;
        }}
        """)  # fmt: skip
    assert not marks
    assert 'for content in aos_list_for_each_entry(oss_list_object_content_t, params.object_list, "node"):' in text


def test_the_headers_of_the_sdk_stand_anywhere(tmp_path: Path) -> None:
    """In a folder of their own, or beside the program in another version."""
    (tmp_path / "aos_http_io.h").write_text("int aos_http_io_initialize(const char *user_agent_info);\n")
    text, marks = made(tmp_path, "anywhere.c", """
        #include <oss_c_sdk/oss_api.h>
        #include "aos_http_io.h"

        int start(void)
        {
            return aos_http_io_initialize(NULL, 0) == AOSE_OK;
        }
        """)  # fmt: skip
    assert not marks
    assert "from aos.aos_http_io import *" in text


OLD = {
    "host": ('aos_str_set(&options->config->host, "h");', "oss_config_t has no host: it is called endpoint"),
    "domain": ("options->config->is_oss_domain = 1;", "is_cname instead, which is 1 where is_oss_domain was 0"),
    "order": (
        "oss_init_multipart_upload(options, bucket, bucket, headers, id, &headers);",
        "takes options, bucket, object, upload_id, headers, resp_headers, with upload_id before headers since 2.0.0",
    ),
    "params": (
        "oss_get_object_to_file(options, bucket, bucket, headers, id, &headers);",
        "takes options, bucket, object, headers, params, filename, resp_headers, with params behind headers",
    ),
    "agent": ('aos_http_io_initialize("agent");', "aos_http_io_initialize() takes user_agent_info, flag"),
}


@pytest.mark.parametrize("name", ["old.c", "old.cpp"])
@pytest.mark.parametrize(("statement", "reason"), OLD.values(), ids=OLD.keys())
def test_what_older_versions_had(tmp_path: Path, statement: str, reason: str, name: str) -> None:
    """It is marked with what it is now."""
    given = "oss_request_options_t *options, aos_string_t *bucket, aos_string_t *id, aos_table_t *headers"
    text = f'#include "oss_api.h"\n#include "aos_http_io.h"\nvoid f({given})\n{{\n    {statement}\n}}\n'
    _, marks = made(tmp_path, name, text)
    assert len(marks) == 1
    assert reason in marks[0].reason


def test_the_names_of_modules(tmp_path: Path) -> None:
    """None hides a module of Python or of what the port needs; two files of one name have two; a header has one."""
    files = {
        "include/types.h": "typedef struct { int a; } item_t;\n#define LIMIT 4\n",
        "include/util.h": "int net_len(int n);\nint disk_len(int n);\nint text(void);\nint asked(void);\n",
        "src/net/util.c": '#include "types.h"\nint net_len(int n) { item_t i = {n}; return i.a + LIMIT; }\n',
        "src/disk/util.c": '#include "../../include/types.h"\nint disk_len(int n) { item_t i = {n}; return n * 4; }\n',
        "src/string.c": "int text(void) { return 1; }\n",
        "src/requests.c": "int asked(void) { return 2; }\n",
        "src/import.c": '#include "util.h"\nint main(void) { return net_len(1) + disk_len(2) + text() + asked(); }\n',
    }
    write(tmp_path, files)
    target = tmp_path / "python"
    assert main([str(tmp_path / "src"), str(tmp_path / "include"), "-o", str(target)]) == 0
    names = {path.stem for path in target.iterdir()}
    assert {"import_", "string_", "requests_", "types_", "util", "net_util"} <= names
    assert not any(name.endswith("_types_") for name in names)
    path = os.pathsep.join([str(Path(__file__).parents[2]), str(target)])
    command = [sys.executable, str(target / "import_.py")]
    assert subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, timeout=60, check=False).returncode == 16


@pytest.mark.parametrize(("body", "ends"), [("{ done(); }", True), ("{}", False), ("", True)])
def test_a_destructor_that_is_elsewhere(tmp_path: Path, body: str, ends: bool) -> None:
    """What it does is read beside the header; where nobody knows, it is called."""
    header = "#pragma once\nclass Agent { public: Agent() {} ~Agent(); int n = 0; };\n"
    (tmp_path / "agent.hh").write_text(header)
    end = f"Agent::~Agent() {body}\n" if body else ""
    (tmp_path / "agent.cc").write_text(f'#include "agent.hh"\nstatic void done() {{}}\n{end}')
    text, marks = made(tmp_path, "app.cc", """
        #include "agent.hh"
        int main() { Agent *made = new Agent(); made->n = 1; delete made; Agent own; return own.n; }
        """)  # fmt: skip
    assert marks == []
    assert (".close()" in text, "with Agent() as own:" in text) == (ends, ends)


def test_what_is_made_and_ended_nowhere(tmp_path: Path) -> None:
    """A constructor and a destructor that nobody defines are marked where the class is."""
    _, marks = made(tmp_path, "nowhere.cc", """
        class Agent { public: Agent(); ~Agent(); int n; };
        int main() { Agent *made = new Agent(); delete made; return 0; }
        """)  # fmt: skip
    assert [mark.reason.split(" that")[0] for mark in marks] == ["a constructor", "a destructor"]


@pytest.mark.parametrize("fields", ["int kind = 7;", "int kind; Meta() : kind(7) {}"])
def test_an_object_without_its_constructor(tmp_path: Path, fields: str) -> None:
    """Memory that is set to zero is no object as its constructor makes it."""
    _, marks = made(tmp_path, "zero.cc", f"""
        #include <cstring>
        struct Meta {{ {fields} }};
        int main() {{ Meta meta; memset(&meta, 0, sizeof(meta)); return meta.kind; }}
        """)  # fmt: skip
    assert [mark.reason for mark in marks] == ["an object that is not made by its constructor"]


def test_fields_of_one_name(tmp_path: Path) -> None:
    """What Python cannot tell apart is marked."""
    _, marks = made(tmp_path, "fields.c", "struct box { int in; int in_; };\nint main(void) { return 0; }\n")
    assert [mark.reason for mark in marks] == ["fields that have one name in Python"]


@pytest.mark.parametrize("made_by", ["new int(rows[0])", "new int[rows[0]]{3, 4}"])
def test_memory_from_new(tmp_path: Path, made_by: str) -> None:
    """What is no plain array is not taken for one."""
    _, marks = made(tmp_path, "new.cc", f"""
        int main() {{ int rows[2] = {{4, 7}}; int *p = {made_by}; return rows[1] + *p; }}
        """)  # fmt: skip
    assert "memory from new" in [mark.reason for mark in marks]


def test_what_cannot_be_read_in_a_switch(tmp_path: Path) -> None:
    """It is marked alone, and a condition for both of its branches."""
    text, marks = made(tmp_path, "switch.cc", """
        int f(int n)
        {
            switch (n) {
            case 1:
                missing(n);
                break;
            default:
                if (n > 4)
                    missing(n + 1);
                else
                    n = 2;
            }
            switch (n) {
            case 1: if (missing(2)) break;
            default: n = 3;
            }
            return n;
        }
        """)  # fmt: skip
    assert [mark.text for mark in marks] == ["missing(n)", "missing(n + 1)", "if (missing(2))"]
    assert "        n = 2\n" in text
    assert '        if by_hand("!(missing(2))"):\n            n = 3\n    else:\n        n = 3\n' in text


def test_headers_that_include_each_other(tmp_path: Path) -> None:
    """Each is one file, under however many names it is found."""
    files = {
        "a/things.h": '#ifndef A\n#define A\n#include "../b/more.h"\nenum { ONE, TWO };\n'
        "typedef struct { int n; } thing_t;\nint twice(const thing_t *t);\n#endif\n",
        "b/more.h": '#ifndef B\n#define B\n#include "../a/things.h"\nint once(int n);\n#endif\n',
        "a/twice.c": '#include "things.h"\nint twice(const thing_t *t) { return t->n * TWO * 2; }\n',
        "b/once.c": '#include "../a/things.h"\nint once(int n) { thing_t t = {n}; return twice(&t); }\n',
    }
    write(tmp_path, files)
    made = {row.module: row for row in translate([tmp_path / "a/twice.c", tmp_path / "b/once.c"])}
    assert [row.marks for row in made.values()] == [[]] * 4
    assert "ONE, TWO = range(2)" in made["things"].text
    assert "class thing_t" in made["things"].text


def test_a_mark_has_the_statement_alone(tmp_path: Path) -> None:
    """Not what a comment before it says, nor less where a text has a semicolon; a byte order mark is no text."""
    body = '    // before; it\n    frob("a;b", nothing);\n    return 0;\n'
    _, marks = made(tmp_path, "marked.c", f"\ufeff#include <stdio.h>\nint main(void)\n{{\n{body}}}\n")
    assert [mark.text for mark in marks] == ['frob("a;b", nothing);']


@pytest.mark.parametrize("included", ["", '#include "foreign.h"\n'])
def test_what_a_missing_header_would_decide(tmp_path: Path, included: str) -> None:
    """A condition on statements that asks for a macro of nobody is marked, but not those of the platform."""
    _, marks = made(
        tmp_path,
        "decided.c",
        f"""{included}
#ifndef LIMIT
#define LIMIT 3
#endif
#ifdef FOREIGN_A
int one(void) {{ return 1; }}
#else
int one(void) {{ return 2; }}
#endif
#ifdef _WIN32
int two(void) {{ return FOREIGN_B; }}
#ifdef FOREIGN_C
int three(void) {{ return 3; }}
#endif
#endif
int main(void)
{{
    int n = LIMIT;
#ifndef FOREIGN_D
    n = one();
#endif
    return n;
}}
""",
    )
    told = [mark.reason.split(" is ")[0] for mark in marks]
    assert told == (["'foreign.h' file not found", "FOREIGN_A", "FOREIGN_D"] if included else [])
