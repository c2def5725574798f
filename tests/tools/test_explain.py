"""``python -m oss.tools.explain NAME``: every name has its page, wrong names have suggestions."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys

import pytest

from aos._c.structs import CStruct, IntegerField
from oss.tools.explain import page, signature
from oss.tools.explain.__main__ import main
from oss.tools.explain.catalog import HEADERS, catalog, fields_of, module_of
from oss.tools.explain.constants import CONSTANTS, ENUMS, TYPES, VARIABLES, members
from oss.tools.explain.terminal import written

NAMES = sorted({name for stem in HEADERS for name in getattr(module_of(stem), "__all__", ())})
STRUCTS = [
    name for name in NAMES if isinstance(catalog()[name].value, type) and issubclass(catalog()[name].value, CStruct)
]
WIDTH = 80
C_BITS = {
    "int": "int32",
    "int32_t": "int32",
    "uint32_t": "uint32",
    "int64_t": "int64",
    "apr_time_t": "int64",
    "apr_off_t": "int64",
    "uint64_t": "uint64",
    "uint8_t *": "int64",  # offsets here
}


def explain(*names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "oss.tools.explain", *names],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"COLUMNS": str(WIDTH), "PATH": "/usr/bin:/bin"},
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "oss_resumable_download_file",
            [
                "aos_status_t *oss_resumable_download_file(",
                "clt_params: oss_resumable_clt_params_t,",
                "PreconditionFailed",
            ],
        ),
        ("oss_resumable_clt_params_t", ["int64_t part_size;", "oss_create_resumable_clt_params_content"]),
        ("oss_resumable_clt_params_t.part_size", ["int64_t part_size;", "bytes in a part", "ValueError"]),
        ("oss_resumable_clt_params_t.retry_times", ["Python-only field", "how often"]),
        ("aos_list_for_each_entry", ["macro, aos_list.h", "from aos.aos_list import aos_list_for_each_entry"]),
        ("AOSE_CONNECTION_FAILED", ["AOSE_CONNECTION_FAILED = -992", "aos_error_code_e"]),
        ("OSS_HASH_CRC64_ECMA", ['OSS_HASH_CRC64_ECMA = "x-oss-hash-crc64ecma"', "header: CRC64 of the whole object"]),
        ("oss_acl_e", ["OSS_ACL_PUBLIC_READ = 1,", "} oss_acl_e;"]),
        ("oss_progress_callback", ["typedef void (*oss_progress_callback)", "any callable"]),
        ("aos_http_transport_perform", ["variable, aos_http_io.h", "from aos import aos_http_io"]),
        ("aos_pool_t", ["type, aos_define.h", "from aos.aos_define import aos_pool_t"]),
        ("oss_define.h", ['#include "oss_define.h"', "from oss.oss_define import *", "oss_config_t"]),
        ("oss_resumable.h", ["oss_checkpoint_t", "Different from the C SDK"]),
    ],
)
def test_a_page_in_the_terminal(name: str, said: list[str]) -> None:
    done = explain(name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(name)
    for text in said:
        assert " ".join(text.split()).lower() in " ".join(done.stdout.lower().split())
    assert max(map(len, done.stdout.splitlines())) <= WIDTH


def test_several_names_and_one_that_is_wrong() -> None:
    done = explain("AOSE_OK", "oss_config", "CRLF")
    assert done.returncode == 1
    assert "AOSE_OK = 0" in done.stdout and r'CRLF = "\r\n"' in done.stdout
    assert "oss_config is no name of the C API; did you mean" in done.stderr and "oss_config_t" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("oss_resumable_downlaod_file", "oss_resumable_download_file"),
        ("AOS_STATUS_IS_OK", "aos_status_is_ok"),
        ("part_size", "oss_resumable_clt_params_t.part_size"),
        ("oss_api", "oss_api.h"),
        ("oss_config_t.end_point", "oss_config_t.endpoint"),
        ("multipart_upload", "oss_init_multipart_upload"),
    ],
)
def test_a_wrong_name_has_suggestions(wrong: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([wrong]) == 1
    said = capsys.readouterr()
    assert said.out == "" and meant in said.err.split()


def test_nothing_like_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["qqqqqqqq"]) == 1
    assert capsys.readouterr().err == "qqqqqqqq is no name of the C API\n"


@pytest.mark.parametrize("name", ["request_release2", "PARAM_OUT", "oss_build_thread_params"])
def test_a_name_of_the_c_sdk_that_does_not_exist_here(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name]) == 0
    assert re.search(rf"^{name} of \w+\.h has no page of its own.*\n\n.*do not\s+exist", capsys.readouterr().out, re.S)


@pytest.mark.parametrize("given", [[], ["--wire", "AOSE_OK"], ["--wire", "--threads", "0"], ["--wire", "--cut", "9"]])
def test_a_wrong_command_line(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(given)
    assert end.value.code == 2 and capsys.readouterr().err.count("python -m oss.tools.explain") == 2


# ---- every name ----


def test_every_name_of_every_module_has_a_page() -> None:
    assert len(NAMES) > 700
    for name in [*NAMES, *VARIABLES, *TYPES, *(f"{stem}.h" for stem in HEADERS)]:
        made = page.page_of(name)
        assert made.sections[0].title == "Meaning" and made.sections[0].paragraphs[0].strip(), name
        text = written(made, WIDTH)
        assert ("``" not in text and f'#include "{made.entry.header}"' in text) or made.entry.kind == "Python-only", (
            name
        )
        assert page.summary(made.entry), name


def test_every_import_line_works() -> None:
    for name in NAMES:
        assert getattr(importlib.import_module(catalog()[name].module), name) is catalog()[name].value


def test_every_parameter_is_explained() -> None:
    for entry in catalog().values():
        if entry.kind in ("function", "macro"):
            for term, text in signature.parameters(entry):
                assert text and not text.startswith(";"), f"{entry.name}: {term}"


def test_docstrings_tell_of_parameters_that_exist() -> None:
    taken: dict[str, set[str]] = {}
    for entry in catalog().values():
        if entry.kind in ("function", "macro"):
            names = {name for _, name in signature.parts(entry.declaration)[2]}
            assert set(signature.told(entry.value)) <= names, entry.name
            taken.setdefault(entry.header, set()).update(names)
    for header, names in taken.items():
        assert set(signature.told(module_of(header))) <= names, header


def test_every_prototype_has_the_parameters_of_the_function() -> None:
    for entry in catalog().values():
        if entry.kind == "function":
            named = [name for _, name in signature.parts(entry.declaration)[2] if name != "..."]
            here = [name.rstrip("_") for name in inspect.signature(entry.value).parameters]
            assert here[: len(named)] == named, entry.name


@pytest.mark.parametrize("name", STRUCTS)
def test_every_field_is_explained(name: str) -> None:
    for one in fields_of(catalog()[name].value).values():
        assert f"{name}.{one.name}" in catalog()
        assert one.description() in " ".join(text for _, text in page.page_of(name).sections[1].rows)
        assert one.c_type or one.python_only, one.name
        if isinstance(one, IntegerField):
            limits = {"int32": -(1 << 31), "int64": -(1 << 63), "uint32": 0, "uint64": 0}
            bits = C_BITS.get(one.c_type or "int", "int32")  # the enums
            assert (one.low, one.high.bit_length()) == (limits[bits], int(bits[-2:]) - (bits[0] == "i")), one.name


def test_every_constant_is_explained() -> None:
    constants = {name for name in NAMES if type(catalog()[name].value) in (int, str)} - {"aos_text_t"}
    assert constants == set(CONSTANTS)
    assert all(members(enum) for enum in ENUMS)
    assert set(ENUMS) <= {name for name in NAMES if catalog()[name].value is int}


def test_every_error_has_a_code_that_exists() -> None:
    codes = {str(entry.value) for name, entry in catalog().items() if name.startswith("AOSE_")} | {"412"}
    texts = {entry.value for name, entry in catalog().items() if name.startswith("AOS_") and entry.kind == "constant"}
    own = [row for entry in catalog().values() if entry.kind == "function" for row in signature.errors(entry)]
    own = [(code, text) for code, text in own if re.fullmatch(r"-?\d+", code) and code != "-994"]
    assert len(own) > 10
    for code, text in own:
        assert code in codes
        assert set(re.findall(r"^``(\w+)``", text)) <= {*texts, "PreconditionFailed"}


def test_a_name_belongs_to_the_header_that_declares_it() -> None:
    homes = {
        "aos_pool_create": "aos_define.h",
        "aos_table_t": "aos_define.h",
        "apr_table_get": "apr_tables.h",
        "aos_list_t": "aos_list.h",
        "oss_checkpoint_t": "oss_resumable.h",
        "oss_get_part_size": "oss_util.h",
        "oss_create_checkpoint_content": "oss_util.h",
        "oss_resumable_download_file": "oss_api.h",
        "oss_resumable_upload_file_with_cp": "oss_resumable.h",
        "oss_put_object_from_file": "oss_api.h",
        "aos_log_level": "aos_log.h",
        "oss_config_t.endpoint": "oss_define.h",
    }
    assert {name: catalog()[name].header for name in homes} == homes
