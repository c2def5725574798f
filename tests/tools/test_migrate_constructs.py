"""``oss.tools.migrate``, construct by construct: what stands in C, and what is written for it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oss.tools.migrate.translate import translate, translate_file

HEADERS = "".join(f'#include "{name}"\n' for name in ("oss_api.h", "aos_http_io.h", "apr_env.h"))


def body(folder: Path, statements: str, parameters: str = "aos_pool_t *p", before: str = "") -> list[str]:
    """The lines of a function with these statements."""
    path = folder / "program.c"
    path.write_text(f"{HEADERS}{before}\nvoid f({parameters})\n{{\n{statements}\n}}\n")
    made = translate_file(path)
    assert len(made.marks) == made.text.count("# MIGRATE:")
    text = made.text.split("def f(", 1)[1].split(":\n", 1)[1]
    return [row[4:] for row in text.rstrip().split("\n")]


STATEMENTS = {
    "out-parameter": ("aos_table_t *h = NULL; oss_delete_object(0, 0, 0, &h);",
                      ["h = aos_table_t()", "oss_delete_object(None, None, None, h)"]),
    "out-parameter in a struct": ("oss_request_options_t o; aos_pool_create(&o.pool, NULL);",
                                  ["o = oss_request_options_t()", "o.pool = aos_pool_t()",
                                   "aos_pool_create(o.pool, None)"]),
    "struct by value": ('aos_string_t s; aos_str_set(&s, "x");', ["s = aos_string_t()", 'aos_str_set(s, "x")']),
    "set back to NULL": (
        "aos_table_t *h = NULL; oss_delete_object(0, 0, 0, &h); h = NULL; oss_delete_object(0, 0, 0, &h);",
        ["h = aos_table_t()", "oss_delete_object(None, None, None, h)"] * 2),
    "table by value": ("aos_table_t *h = NULL; oss_head_object(0, 0, 0, h, NULL);",
                       ["h = None", "oss_head_object(None, None, None, h, None)"]),
    "reference": ("int64_t n = 3; oss_get_part_size(9, &n); n++;",
                  ["n = ref(3)", "oss_get_part_size(9, n)", "n.value += 1"]),
    "text behind a char **": ('char *v = NULL; apr_env_get(&v, "HOME", p); if (v) aos_strip_space(NULL);',
                              ["v = ref(None)", 'apr_env_get(v, "HOME", p)', "if v.value is not None:",
                               "    aos_strip_space(None)"]),
    "end of a number": ('char *end = NULL; aos_strtoll("12ab", &end, 10);',
                        ["end = ref(None)", 'strtoll("12ab", end, 10)']),
    "list": ("aos_list_t l; aos_buf_t *b; aos_list_init(&l); "
             "aos_list_for_each_entry(aos_buf_t, b, &l, node) { aos_buf_size(b); }",
             ["l = aos_list_t()", "aos_list_init(l)", 'for b in aos_list_for_each_entry(aos_buf_t, l, "node"):',
              "    aos_buf_size(b)"]),
    "safe list": ("aos_list_t l; aos_buf_t *b, *n; "
                  "aos_list_for_each_entry_safe(aos_buf_t, b, n, &l, node) { aos_list_del(&b->node); }",
                  ["l = aos_list_t()", 'for b in aos_list_for_each_entry_safe(aos_buf_t, l, "node"):',
                   "    aos_list_del(b.node)"]),
    "entry": ("aos_list_t l; aos_buf_t *b = aos_list_get_first(&l, aos_buf_t, node); aos_buf_size(b);",
              ["l = aos_list_t()", 'b = aos_list_get_first(l, aos_buf_t, "node")', "aos_buf_size(b)"]),
    "struct from an allocator": ("oss_config_t *c = aos_pcalloc(p, sizeof(oss_config_t)); c->is_cname = 1;",
                                 ["c = aos_pcalloc(p, oss_config_t)", "c.is_cname = 1"]),
    "struct copied": ("aos_string_t a, b; aos_str_null(&b); a = b; aos_str_null(&a);",
                      ["a = aos_string_t()", "b = aos_string_t()", "aos_str_null(b)", "a = copy.copy(b)",
                       "aos_str_null(a)"]),
    "struct copied to a field": ("oss_config_t c; aos_string_t s; aos_str_null(&s); c.endpoint = s;",
                                 ["c = oss_config_t()", "s = aos_string_t()", "aos_str_null(s)", "c.endpoint = s"]),
    "field that the SDK fills": (
        "oss_checkpoint_t *c = oss_create_checkpoint_content(p); "
        'apr_file_open(&c->thefile, "x", APR_READ, APR_UREAD, p);',
        ["c = oss_create_checkpoint_content(p)", "c.thefile = apr_file_t()",
         'apr_file_open(c.thefile, "x", APR_READ, APR_UREAD, p)']),
    "bytes that the SDK gives and takes": (
        'unsigned char *m = aos_md5(p, "x", 1); char b[32]; aos_base64_encode(m, 16, b);',
        ['m = aos_md5(p, "x", 1)', "b = bytearray(32)", "aos_base64_encode(m, 16, b)"]),
    "text that the SDK takes as bytes": (
        'const char *s = "ab"; char b[32]; aos_base64_encode((const unsigned char *)s, strlen(s), b);',
        ['s = "ab"', "b = bytearray(32)", "aos_base64_encode(s, len(s), b)"]),
    "null string": ("aos_string_t s = aos_null_string; aos_str_null(&s);",
                    ["s = aos_null_string()", "aos_str_null(s)"]),
    "string and length": ('printf("%.*s\\n", str->len, str->data);', ["print(str_)"]),
    "text that may be missing": (
        'printf("<%s>\\n", str->data);', ["print(f\"<{str_.data if str_.data is not None else '(null)'}>\")"]),
    "texts that may be missing": (
        'printf("%s %4s\\n", str->data, "x");', ['print(apr_psprintf(None, "%s %4s", str_.data, "x"))']),
    "number that becomes negative": ('unsigned u = f1(1); printf("%d %4s\\n", u, "x");',
                                     ["u = f1(1) & 0xFFFFFFFF", 'printf("%d %4s\\n", u, "x")']),
    "number that is cut": ('printf("%hhd\\n", f1(1));', ['printf("%hhd\\n", f1(1))']),
    "number at the start of a text": (
        "long n = atol(str->data) + strtol(str->data, NULL, 0); f1(n > 9);",
        ["n = aos_strtoll(str_.data, None, 10) + aos_strtoll(str_.data, None, 0)", "f1(int(n > 9))"]),
    "number of which the end is asked": (
        'char *end; long n = strtol("1x", &end, 10); f1(n > 9 && *end);',
        ["end = ref(None)", 'n = strtol("1x", end, 10)', "f1(int(bool(n > 9 and end.value[0])))"]),
    "text that is cut": (
        'char b[4]; snprintf(b, sizeof(b), "<%s>", str->data); aos_str_set(str, b);',
        ["b = os.fsdecode(os.fsencode(f\"<{str_.data if str_.data is not None else '(null)'}>\")[:3])",
         "aos_str_set(str_, b)"]),
    "text that fits": ('char b[16]; snprintf(b, 16, "%d-%s", f1(1), "ab"); aos_str_set(str, b);',
                       ['b = f"{f1(1)}-ab"', "aos_str_set(str_, b)"]),
    "waiting": ("sleep(1); usleep(2500); f1(sleep(1) > 0);",
                ["time.sleep(1)", "time.sleep(0.0025)", "f1(int(sleep(1) > 0))"]),
    "format of an int64": ('printf("%" APR_INT64_T_FMT "\\n", count);', ["print(count)"]),
    "transport replaced": ("aos_http_transport_perform = mine;", ["aos_http_io.aos_http_transport_perform = mine"]),
    "buffer copied": ("char *d = aos_palloc(p, 9); memcpy(d + 2, buf->pos, 3); buf->pos += 3;",
                      ["d = aos_palloc(p, 9)", "d[2:5] = buf.data[buf.pos : buf.pos + 3]", "buf.pos += 3"]),
    "buffer measured": ("int left = buf->end - buf->last; if (buf->pos < buf->last) aos_buf_size(buf); f1(left);",
                        ["left = buf.end - buf.last", "if buf.pos < buf.last:", "    aos_buf_size(buf)", "f1(left)"]),
    "last letter": ("if ('/' == str->data[strlen(str->data) - 1]) return;",
                    ['if str_.data.endswith("/"):', "    return"]),
    "error log": ('aos_error_log("fail %s\\n", str->data);', ['aos_error_log("fail %s\\n", str_.data)']),
    "field behind a pointer": ("oss_get_part_size(9, &point->part_size);",
                               ['oss_get_part_size(9, field_of(point, "part_size"))']),
    "assignment in a condition": (
        "int r; if ((r = f1(2)) != AOSE_OK) f1(r);", ["if (r := f1(2)) != AOSE_OK:", "    f1(r)"]),
    "chain": ("int a, b; a = b = 3; f1(a + b);", ["b = 3", "a = b", "f1(a + b)"]),
    "post-increment": ("int i = 1; f1(i++); f1(i);", ["i = 1", "f1(i)", "i += 1", "f1(i)"]),
    "truth as a number": ("int t = 1 < 2; f1(t); f1(!t);", ["t = int(1 < 2)", "f1(t)", "f1(int(not t))"]),
    "escape of one digit": (r'aos_strtoll("\xf\x1e\\xf", NULL, 10);', [r'aos_strtoll("\x0f\x1e\\xf", None, 10)']),
    "keyword and builtin": ("int in = 1, len = 2; f1(in + len);", ["in_ = 1", "len_ = 2", "f1(in_ + len_)"]),
    "division": ("int q = f1(1) / 2; f1(q % 3);", ["q = int(f1(1) / 2)", "f1(imod(q, 3))"]),
    "unsigned": ("unsigned u = 0; u--; f1(u > 3);", ["u = 0", "u = (u - 1) & 0xFFFFFFFF", "f1(int(u > 3))"]),
    "counter": ("size_t i; for (i = 0; i < 9; i++) f1(i);", ["for i in range(9):", "    f1(i)"]),
    "cursor": ('char b[8] = "ab"; char *c = b; while (*c) c++; f1(c - b);',
               ['b = array(char, "ab", 8)', "c = b", "while c[0]:", "    c += 1", "f1(c - b)"]),
}  # fmt: skip
BEFORE = "static int f1(int n) { return n; } static int mine(aos_http_transport_t *t) { return 0; }"
PARAMETERS = "aos_pool_t *p, aos_string_t *str, aos_buf_t *buf, oss_checkpoint_t *point, int64_t count"


@pytest.mark.parametrize(("c", "python"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_statements(tmp_path: Path, c: str, python: list[str]) -> None:
    assert body(tmp_path, c, PARAMETERS, BEFORE) == python


REFUSED = {
    "unknown function": ("frobnicate(1);", "no counterpart of frobnicate()"),
    "unknown type": ("curl_t *c = 0; n = 1;", "use of undeclared identifier 'curl_t'"),
    "libcurl": ("curl_easy_init();", "no counterpart of curl_easy_init()"),
    "jump into a block": ("if (n) { inside: n = 1; } goto inside;", "a jump into the middle of a block"),
    "union with a struct of the SDK": ("union { int i; aos_list_t c; } u; u.i = 1;", "the bytes of a aos_list_t"),
    "union of long doubles": ("union { int i; long double c; } u; u.i = 1;", "the bytes of a field of this type"),
    "size of a struct": ("n = sizeof(oss_config_t);", "the size of a struct"),
    "number as a pointer": ("char *c = (char *)n; puts(c);", "a number is used as a pointer"),
    "bytes of a field": ("oss_checkpoint_t c; fwrite(&c.part_num, 1, 4, stdout);", "the bytes of a field"),
    "text of the SDK": ("aos_string_t s; aos_str_null(&s); s.data[0] = 'x';", "a text is written"),
    "arguments of the SDK": ("oss_get_part_size();", "oss_get_part_size() takes filesize, part_size"),
}


@pytest.mark.parametrize(("c", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_has_no_counterpart_is_marked(tmp_path: Path, c: str, reason: str) -> None:
    """The C text stays as a comment with the place and the reason; nothing is dropped."""
    found = "\n".join(body(tmp_path, c, "int64_t n"))
    assert "# MIGRATE: " in found
    assert reason in " ".join(found.replace("\n#", "").split())


def test_unions_of_cpp_are_marked(tmp_path: Path) -> None:
    """Also those without a name, whose members would be fields that share nothing."""
    path = tmp_path / "program.cpp"
    path.write_text(
        "struct s { int k; union { int a; float b; }; };\nint f(s &v)\n{\n    v.b = 2;\n    return v.a;\n}\n"
    )
    assert {mark.reason for mark in translate_file(path).marks if mark.line > 1} == {"what cannot be set", "a union"}


def test_the_rest_of_a_function_is_kept(tmp_path: Path) -> None:
    """A mark takes the smallest statement that holds what has no counterpart, and what depends on it."""
    rows = body(tmp_path, "if (n) {\n n = 2;\n frobnicate(n);\n n = 3;\n}\nn = 4;", "int64_t n")
    assert rows == [
        "if n:",
        "    n = 2",
        "    # MIGRATE: frobnicate(n)  [program.c:9: no counterpart of frobnicate()]",
        "    n = 3",
        "n = 4",
    ]


def test_functions_of_other_files(tmp_path: Path) -> None:
    """What a function of a file beside this one gives, text or memory, is looked up there."""
    (tmp_path / "other.h").write_text("char *filled(int n);\nchar *named(int n);\n")
    (tmp_path / "other.c").write_text(
        '#include "other.h"\n#include <stdlib.h>\n'
        "char *filled(int n)\n{\n    char *b = malloc(n + 1);\n    b[0] = 'x';\n    b[1] = 0;\n    return b;\n}\n"
        'char *named(int n)\n{\n    return n ? "one" : "none";\n}\n'
    )
    path = tmp_path / "program.c"
    path.write_text(
        '#include "other.h"\n#include <stdio.h>\n'
        'void f(void)\n{\n    char *a = filled(2);\n    char *b = named(1);\n    printf("%s %s\\n", a, b);\n}\n'
    )
    text = translate_file(path).text
    assert "from other import *\n" in text
    assert "    b = named(1)\n" in text


def test_a_header_of_several_files_is_one_module(tmp_path: Path) -> None:
    """Files that are translated together share what a header without a C file declares."""
    (tmp_path / "common.h").write_text("typedef struct { int n; } common_t;\n#define LIMIT 7\n")
    for name in ("one", "two"):
        (tmp_path / f"{name}.c").write_text(
            f'#include "common.h"\nint {name}(common_t *c) {{ return c->n + LIMIT; }}\n'
        )
    made = translate([tmp_path / "one.c", tmp_path / "two.c"])
    assert [item.path.name for item in made] == ["one.c", "two.c", "common.h"]
    assert "from common import *\n" in made[0].text
    assert "LIMIT = 7\n" in made[2].text and "class common_t:" in made[2].text
    assert "class common_t" not in made[0].text


def test_a_header_in_another_folder_is_part_of_its_source(tmp_path: Path) -> None:
    """What ``include/util.h`` declares is written once, where ``src/util.c`` is, and the others import it there."""
    (tmp_path / "include").mkdir()
    (tmp_path / "include/util.h").write_text("typedef struct { int n; } job_t;\nint util(job_t *job);\n")
    for name in ("util", "main"):
        (tmp_path / f"{name}.c").write_text(f'#include "util.h"\nint {name}(job_t *job) {{ return job->n; }}\n')
    made = translate([tmp_path / "main.c", tmp_path / "util.c"], [tmp_path / "include"])
    assert [item.module for item in made] == ["main", "util"]
    assert "from util import *\n" in made[0].text
    assert ["class job_t" in item.text for item in made] == [False, True]


def test_a_module_is_taken_for_no_variable(tmp_path: Path) -> None:
    """What has the name of a file whose variables are read beside it gets another one."""
    (tmp_path / "config.h").write_text("typedef struct { int level; } config_t;\nextern int level;\n")
    (tmp_path / "config.c").write_text('#include "config.h"\nint level = 1;\n')
    (tmp_path / "main.c").write_text(
        '#include "config.h"\n'
        "int of(config_t *config) { return config->level + level; }\n"
        "int own(void) { config_t config = {2}; return of(&config) + level; }\n"
        "int alone(config_t *config) { return config->level; }\n"
    )
    text = translate([tmp_path / "main.c", tmp_path / "config.c"])[0].text
    assert "def of(config_: config_t) -> int:\n    return config_.level + config.level\n" in text
    assert "    config_2 = config_t(2)\n    return of(config_2) + config.level\n" in text
    assert "def alone(config: config_t) -> int:\n    return config.level\n" in text
    (tmp_path / "main.c").write_text('#include "config.h"\nint config = 1;\nint of(void) { return config + level; }\n')
    (mark,) = translate([tmp_path / "main.c", tmp_path / "config.c"])[0].marks
    assert mark.reason == "config is a module and something else"


def test_files_of_windows(tmp_path: Path) -> None:
    """A mark of byte order and lines that end in CR LF say nothing."""
    (tmp_path / "limit.h").write_bytes("\ufeff#define LIMIT 7\r\n".encode())
    path = tmp_path / "program.c"
    path.write_bytes(
        '\ufeff#include "limit.h"\r\n\r\n// Says it.\r\nint f(void)\r\n{\r\n    return LIMIT;\r\n}\r\n'.encode()
    )
    found = translate_file(path)
    assert found.marks == []
    assert found.text.endswith("LIMIT = 7\n\n\n# Says it.\ndef f() -> int:\n    return LIMIT\n")


LONG = {
    "call": ("g(" + ", ".join(f"argument_{n}" for n in range(11)) + ");", "    "),
    "condition": (
        "if (" + " && ".join(f"argument_{n} == argument_{n + 1}" for n in range(8)) + ") return;",
        "    and ",
    ),
    "array": ("const char *a[] = {" + ", ".join(f'"element number {n}"' for n in range(6)) + "}; puts(a[0]);", "    "),
    "text": ('printf("' + "%d is one of many numbers " * 6 + '\\n", 1, 2, 3, 4, 5, 6);', '    f"'),
}


@pytest.mark.parametrize(("c", "start"), LONG.values(), ids=LONG.keys())
def test_long_lines_are_broken(tmp_path: Path, c: str, start: str) -> None:
    arguments = ", ".join(f"int argument_{n}" for n in range(11))
    rows = body(tmp_path, c, arguments, f"int g({arguments}) {{ return 0; }}")
    assert max(map(len, rows)) <= 116
    assert len(rows) > 2
    assert any(row.startswith(start) for row in rows)
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "120", "--diff", "-"]
    text = translate_file(tmp_path / "program.c").text
    assert subprocess.run(ruff, input=text, capture_output=True, text=True, check=False).stdout == ""


def test_digests_of_openssl(tmp_path: Path) -> None:
    """They are those of the runtime, with the same buffers and lengths."""
    path = tmp_path / "digest.c"
    path.write_text("""
#include <stdio.h>
#include <openssl/evp.h>
int main(void)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0, i;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
    EVP_DigestUpdate(ctx, "abc", 3);
    if (EVP_DigestFinal_ex(ctx, digest, &length) != 1) return 1;
    EVP_MD_CTX_free(ctx);
    for (i = 0; i < length; i++) printf("%02x", digest[i]);
    return 0;
}
""")
    made = translate_file(path)
    assert made.marks == []
    (tmp_path / "digest.py").write_text(made.text)
    command = [sys.executable, str(tmp_path / "digest.py")]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, capture_output=True, check=False
    )
    assert done.stdout.decode() == hashlib.sha256(b"abc").hexdigest()
