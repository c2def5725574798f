"""Each function beside the C library of this machine, with whatever arguments Hypothesis finds."""

from __future__ import annotations

import math
import os
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from oss.c_runtime import ctype, getopt, string, unistd
from oss.c_runtime import math as math_h
from oss.c_runtime import stdlib as lib
from oss.c_runtime import time as calendar
from oss.c_runtime.arrays import array
from oss.c_runtime.errno import errno
from oss.c_runtime.formatting import snprintf
from oss.c_runtime.numbers import (
    char,
    double,
    float_,
    idiv,
    imod,
    int8_t,
    int16_t,
    int32_t,
    int64_t,
    uint8_t,
    uint16_t,
    uint32_t,
    uint64_t,
)
from oss.c_runtime.pointers import ptr, ref, string_at
from oss.c_runtime.scanf import sscanf
from oss.c_runtime.stdio import (
    FILE,
    fclose,
    feof,
    ferror,
    fflush,
    fgetc,
    fgets,
    fopen,
    fputs,
    fread,
    fseek,
    ftell,
    fwrite,
    ungetc,
)
from oss.c_runtime.strptime import strptime
from tests.c_runtime.conftest import Ask

much = settings(max_examples=100, deadline=None)
TEXTS = st.text(alphabet="ab,;/. é\n\xff1", max_size=12).map(lambda text: text.encode("latin-1"))
ANY_BYTES = st.binary(max_size=20).map(lambda data: data.replace(b"\0", b"\1"))
COUNTS = st.integers(0, 30)


def shown(data: bytes | bytearray | memoryview) -> str:
    return bytes(data).hex()


# ---- printf ----

INTEGERS = st.one_of(
    st.integers(-(2**63), 2**63 - 1), st.sampled_from([0, 1, -1, 2**31, -(2**31), 2**32, 2**15, 255, 127])
)
FLOATS = st.floats() | st.sampled_from([0.0, -0.0, 1.0, 0.5, 1e15, 123456.5, 99999.95, math.inf, -math.inf, math.nan])


@st.composite
def conversions(draw: st.DrawFn) -> tuple[str, list[tuple[bytes, Any]], int, int]:
    """A conversion, its arguments as C is told of them and as Python gets them, and how many of each kind they are."""
    kind = draw(st.sampled_from("diuoxXcsfeEgGF%p"))
    width = draw(st.one_of(st.none(), st.integers(0, 25), st.just("*")))
    precision = draw(st.one_of(st.none(), st.none(), st.integers(0, 20), st.just("*"), st.just("")))
    allowed = {"d": "-+ 0", "i": "-+ 0", "u": "-0", "o": "-0#", "x": "-0#", "X": "-0#", "c": "-", "s": "-", "p": "-"}
    flags = "".join(draw(st.lists(st.sampled_from(allowed.get(kind, "-+ 0#")), unique=True, max_size=3)))
    if kind == "%":
        return "%%", [], 0, 0
    if kind in "cp":
        precision = None
    arguments: list[tuple[bytes, Any]] = []
    for star in (width, precision):
        if star == "*":
            number = draw(st.integers(-20, 20))
            arguments.append((b"i%d" % number, number))
    length = draw(st.sampled_from(["", "", "l", "ll", "h", "hh", "z", "j"])) if kind in "diuoxX" else ""
    spec = f"%{flags}{'' if width is None else width}{'' if precision is None else f'.{precision}'}{length}{kind}"
    if kind in "diuoxX":
        number = draw(INTEGERS)
        arguments.append((b"i%d" % number, number))
    elif kind == "c":
        number = draw(st.integers(1, 255))
        arguments.append((b"i%d" % number, number))
    elif kind == "p":
        arguments.append((b"n", None))
    elif kind == "s":
        text = draw(st.none() | ANY_BYTES)
        assume(text is not None or precision is None)  # glibc has its own ideas about a short NULL
        arguments.append((b"n", None) if text is None else (b"s" + text, text))
    else:
        value = draw(FLOATS)
        arguments.append(
            (b"d-nan" if math.copysign(1, value) < 0 and math.isnan(value) else b"d" + value.hex().encode(), value)
        )
    doubles = int(kind in "feEgGF")
    return spec, arguments, len(arguments) - doubles, doubles


@much
@given(
    st.lists(st.one_of(conversions(), st.sampled_from(["x", " é", "100"]).map(lambda t: (t, [], 0, 0))), max_size=4),
    COUNTS,
)
def test_printf(ask: Ask, parts: list[tuple[str, list[tuple[bytes, Any]], int, int]], room: int) -> None:
    assume(sum(part[2] for part in parts) <= 3 and sum(part[3] for part in parts) <= 3)
    format = "".join(part[0] for part in parts)
    arguments = [argument for part in parts for argument in part[1]]
    there = array(char, [0x7E] * 300)
    size = snprintf(there, room, format, *(value for _, value in arguments))
    assert (
        ask("printf", format, room, *(told for told, _ in arguments)) == f"{size} {shown(there.memory(room))}".strip()
    )


# ---- numbers in texts ----

NUMBERS = st.one_of(
    ANY_BYTES,
    st.from_regex(rb"[ \t]*[+-]?(0[xX])?[0-9a-fA-Fz]{0,24}[ g]?", fullmatch=True),
    st.from_regex(rb"[+-]?[0-9]{0,20}\.?[0-9]{0,20}([eE][+-]?[0-9]{1,4})?x?", fullmatch=True),
    st.from_regex(rb"[+-]?0x[0-9a-f]{0,16}\.?[0-9a-f]{0,16}(p[+-]?[0-9]{1,4})?x?", fullmatch=True),
    st.floats().map(lambda value: repr(value).encode()),
    st.sampled_from(
        [b"inf", b"INFINITY", b"infinit", b"-inf", b"0x", b"0xg", b"1e", b"1e+", b".", b"-.5", b"0x.8p1", b"08", b"+"]
    ),
)


@much
@given(NUMBERS, st.sampled_from([0, 10, 16, 8, 2, 36, 1, 37]))
def test_integers_in_texts(ask: Ask, text: bytes, base: int) -> None:
    for name, function in (("strtol", lib.strtol), ("strtoul", lib.strtoul)):
        block, end = array(char, text + b"\0"), ref[Any](None)
        errno.value = 0
        value = function(block, end, base)
        place = -1 if end.value is None else end.value - block
        assert ask("convert", name, text, base) == f"{value} {place} {errno.value}"
    assert ask("convert", "atoi", text).split()[0] == str(lib.atoi(text))


@much
@given(NUMBERS)
@example(b"1.00000017881393432617187499")  # twice rounded it would be another float
@example(b"4.9e-324")
@example(b"2.2250738585072011e-308")
def test_floats_in_texts(ask: Ask, text: bytes) -> None:
    for name, function in (("strtod", lib.strtod), ("strtof", lib.strtof)):
        block, end = array(char, text + b"\0"), ref[Any](None)
        errno.value = 0
        value = function(block, end)
        answer, place, number = ask("convert", name, text).split()
        assert (int(place), int(number)) == (end.value - block, errno.value), name
        assert "nan" in answer if math.isnan(value) else float.fromhex(answer) == value, name


# ---- texts ----


@much
@given(TEXTS, TEXTS, COUNTS)
def test_texts(ask: Ask, a: bytes, b: bytes, n: int) -> None:
    first, second = array(char, a + b"\0"), array(char, b + b"\0")
    letter = second[0]

    def place(found: ptr[Any] | None) -> int:
        return -1 if found is None else found - first

    def sign(value: int) -> int:
        return (value > 0) - (value < 0)

    found = {
        "strcmp": sign(string.strcmp(first, second)),
        "strncmp": sign(string.strncmp(first, second, n)),
        "strcasecmp": sign(string.strcasecmp(first, second)),
        "strncasecmp": sign(string.strncasecmp(first, second, n)),
        "strspn": string.strspn(first, second),
        "strcspn": string.strcspn(first, second),
        "strpbrk": place(string.strpbrk(first, second)),
        "strstr": place(string.strstr(first, second)),
        "strcasestr": place(string.strcasestr(first, second)),
        "strchr": place(string.strchr(first, letter)),
        "strrchr": place(string.strrchr(first, letter)),
        "strchrnul": place(string.strchrnul(first, letter)),
        "strnlen": string.strnlen(first, n),
    }
    assert {name: int(ask("text", name, a, b, n)) for name in found} == found


@much
@given(TEXTS, TEXTS, COUNTS)
def test_copies(ask: Ask, a: bytes, b: bytes, n: int) -> None:
    def filled(function: Callable[[ptr[Any]], object]) -> str:
        room = array(char, [0x7E] * 200)
        function(room)
        return shown(room.memory())

    def appended(function: Callable[..., object], *count: int) -> str:
        return filled(lambda room: (string.strcpy(room, a), function(room, b, *count)))

    assert ask("text", "strcpy", a, b, n) == filled(lambda room: string.strcpy(room, a))
    assert ask("text", "strncpy", a, b, n) == filled(lambda room: string.strncpy(room, a, n))
    assert ask("text", "strcat", a, b, n) == appended(string.strcat)
    assert ask("text", "strncat", a, b, n) == appended(string.strncat, n)


@much
@given(TEXTS, TEXTS)
def test_parts_of_texts(ask: Ask, a: bytes, b: bytes) -> None:
    block, rest, parts = array(char, a + b"\0"), ref[Any](None), []
    part = string.strtok_r(block, b, rest)
    while part is not None:
        parts.append(shown(string_at(part)))
        part = string.strtok_r(None, b, rest)
    assert ask("text", "strtok", a, b).split() == [*parts, *[shown(block.memory(len(a)))] * bool(a)]
    block, parts = array(char, a + b"\0"), []
    rest = ref(block)
    while (part := string.strsep(rest, b)) is not None:
        parts.append(shown(string_at(part)) + ";")
    assert ask("text", "strsep", a, b).replace(" ", "") == "".join(parts) + shown(block.memory(len(a)))


@much
@given(st.text(alphabet="a/.b", max_size=8).map(str.encode))
def test_parts_of_paths(ask: Ask, path: bytes) -> None:
    for name, function in (("basename", unistd.basename), ("dirname", unistd.dirname)):
        block = array(char, path + b"\0")
        found = shown(string_at(function(block)))
        assert ask("text", name, path, b"").split() == [found, *[shown(block.memory(len(path)))] * bool(path)], name


# ---- scanf ----

SCANS = st.sampled_from(
    [
        *(
            "%d",
            "%i",
            "%u",
            "%x",
            "%o",
            "%ld",
            "%lld",
            "%hd",
            "%hhd",
            "%3d",
            "%2x",
            "%*d",
            "%n",
            "%c",
            "%3c",
            "%s",
            "%2s",
            "%*s",
        ),
        *("%[ab1]", "%[^,]", "%2[^ ]", "%[a-z]", "%[]a]", "%f", "%lf", "%5lf", "%le", "%%", " ", ",", "a", "0x"),
    ]
)
INPUTS = st.one_of(
    st.text(alphabet="ab,; 1-02x.e%+]in", max_size=14),
    st.lists(
        st.one_of(
            st.integers().map(str), st.floats().map(repr), st.sampled_from(["0x1f", "abc", ",", "%", "-", "1e5"])
        ),
        max_size=4,
    ).map(" ".join),
)


def places_of(format: str) -> list[ptr[Any]] | None:
    """Memory for what a format fills, seen as the types that C would see; None for more than three."""
    kinds: list[Any] = []
    for spec in format.split("%")[1:]:
        head = spec.lstrip("0123456789")
        if not spec or spec.startswith("*") or not head:
            continue
        letters = head[: 3 if head.startswith(("ll", "hh")) else 2 if head[0] in "lh" else 1]
        kind = {"hd": int16_t, "hhd": int8_t, "ld": int64_t, "lld": int64_t, "lf": double, "le": double, "f": float_}
        kinds.append(kind.get(letters, char if letters in "cs[" else int32_t))
    if len(kinds) > 3:
        return None
    return [ptr(bytearray(b"\x7e" * 128), 0, kind) for kind in [*kinds, char, char, char][:3]]


@much
@given(INPUTS, st.lists(SCANS, max_size=4))
def test_scanf(ask: Ask, text: str, specs: list[str]) -> None:
    format = "".join(specs)
    places = places_of(format.replace("%%", ""))
    assume(places is not None)
    assert places is not None
    count = sscanf(text, format, *places)
    assert ask("scan", text, format) == f"{count} " + " ".join(shown(place.block[:40]) for place in places)


# ---- time ----

FIELDS = st.tuples(
    st.integers(-100, 200), st.integers(-100, 200), st.integers(-50, 80), st.integers(-60, 90), st.integers(-30, 40),
    st.integers(-300, 500), st.integers(0, 6), st.integers(0, 365), st.just(0),
)  # fmt: skip
NAMES = ("tm_sec", "tm_min", "tm_hour", "tm_mday", "tm_mon", "tm_year", "tm_wday", "tm_yday", "tm_isdst", "tm_gmtoff")


def fields_of(tm: calendar.tm) -> str:
    return " ".join(str(getattr(tm, name)) for name in NAMES)


@much
@given(st.integers(-(10**11), 2 * 10**11))
def test_times_of_the_calendar(ask: Ask, seconds: int) -> None:
    for name, function in (("gmtime", calendar.gmtime), ("localtime", calendar.localtime)):
        found = function(ref(seconds))
        assert found is not None
        assert ask("time", name, seconds) == f"{fields_of(found)} {shown(string_at(calendar.asctime(found)))}"


@much
@given(FIELDS)
def test_calendar_to_times(ask: Ask, fields: tuple[int, ...]) -> None:
    for name, function in (("mktime", calendar.mktime), ("timegm", calendar.timegm)):
        tm = calendar.tm(*fields)
        assert ask("time", name, "-", *fields) == f"{function(tm)} {fields_of(tm)}"


SPECS = st.tuples(
    st.sampled_from(["", "", "", "-", "_", "0", "^", "#"]),
    st.sampled_from(["", "", "5"]),
    st.sampled_from("aAbBcCdDeFgGhHIjklmMnpPrRSsTtuUVwWxXyYzZ%"),
)


@much
@given(
    st.tuples(
        st.integers(0, 60), st.integers(0, 59), st.integers(0, 23), st.integers(1, 31), st.integers(0, 11),
        st.integers(-899, 2000), st.integers(0, 6), st.integers(0, 365), st.just(0),
    ),
    st.lists(SPECS.map(lambda parts: "%" + "".join(parts)), max_size=3),
)  # fmt: skip
def test_strftime(ask: Ask, fields: tuple[int, ...], specs: list[str]) -> None:
    assume(not re.search(r"%[^%|]+z", "|".join(specs)))  # refused: glibc fills these up in its own way
    tm, room, format = calendar.tm(*fields), array(char, 512), "|".join(specs)
    size = calendar.strftime(room, 512, format, tm)
    assert ask("time", "strftime", format, *fields) == f"{size} {shown(room.memory(size))}".strip()


READ = [f"%{letter}" for letter in "YymdeHIMSpbBajTFDRznuw%"] + [" ", "-", "/", ":", "T", "GMT"]
TIMES = "2026 26 12 31 07 23 59 60 pm AM jan February Thu 366 12:30:45 2024-02-29 02/29/24 10:20 +0100 -03:30 Z : GMT"
WRITTEN = st.sampled_from([*TIMES.split(), "/", "T", "%", "0"])


@much
@given(st.lists(st.tuples(st.sampled_from(READ), WRITTEN, st.sampled_from(["", " "])), max_size=5), st.booleans())
@example([("%a, %d %b %Y %H:%M:%S GMT", "Thu, 26 Nov 2026 03:25:54 GMT", "")], False)
@example([("%Y-%m-%dT%H:%M:%S", "2024-02-29T23:59:59.000Z", "")], False)
@example([("%j %Y", "060 2024", "")], False)
def test_strptime(ask: Ask, parts: list[tuple[str, str, str]], fits: bool) -> None:
    format = "".join(spec + space for spec, _, space in parts)
    text = "".join(written + space for _, written, space in parts)
    if fits:  # what strftime writes is read again
        room = array(char, 256)
        calendar.strftime(room, 256, format, calendar.tm(5, 4, 3, 2, 1, 124, 5, 32))
        text = str(room)
    tm, block = calendar.tm(), array(char, text)
    end = strptime(block, format, tm)
    assert ask("time", "strptime", text, format) == ("-1" if end is None else f"{end - block} {fields_of(tm)}")


# ---- the rest ----


OF_REALS = "acos asin atan atan2 ceil cos cosh exp fabs floor fmax fmin fmod log log10 log2 pow round sin sinh sqrt tan"
MATH = [*OF_REALS.split(), "tanh", "trunc"]
NUMBERS_TO_REAL = ["ceilf", "fabsf", "floorf", "roundf", "sqrtf", "isfinite", "isinf", "isnan"]


@much
@given(FLOATS | st.floats(-3, 3) | st.integers(-9, 9).map(lambda n: n / 2), FLOATS | st.integers(-9, 9).map(float))
def test_mathematics(ask: Ask, x: float, y: float) -> None:
    whole, exponent = ref(0.0), ref(0)
    found = [
        getattr(math_h, name)(*([x, y] if name in ("atan2", "fmax", "fmin", "fmod", "pow") else [x])) for name in MATH
    ]
    found += [math_h.ldexp(x, 40), math_h.frexp(x, exponent), math_h.modf(x, whole), whole.value]
    found += [getattr(math_h, name)(x) for name in NUMBERS_TO_REAL]
    theirs = [float.fromhex(value.replace("-nan", "nan")) for value in ask("math", x.hex(), y.hex()).split()]
    assert [repr(value) for value in theirs] == [repr(float(value)) for value in found]


@much
@given(INTEGERS, INTEGERS, st.floats())
def test_integers(ask: Ask, a: int, b: int, number: float) -> None:
    found: list[int] = []
    for kind in (int8_t, uint8_t, int16_t, uint16_t, int32_t, uint32_t, int64_t, uint64_t):
        x, y = kind(a), kind(b)
        found += [int64_t(kind(value)) for value in (x + y, x - y, x * y)]
        if y and y != kind(-1):
            found += [int64_t(kind(idiv(x, y))), int64_t(kind(imod(x, y)))]
        found += [int64_t(kind(value)) for value in (x << (b & 7), x >> (b & 7), ~x)]
    *integers, rounded = ask("integers", a, b, number.hex()).split()
    assert [int(value) for value in integers] == found
    assert math.isnan(number) or float.fromhex(rounded) == float_(number)


def test_classes_of_characters(ask: Ask) -> None:
    names = (
        "isupper",
        "islower",
        "isalpha",
        "isdigit",
        "isxdigit",
        "isspace",
        "isprint",
        "isgraph",
        "isblank",
        "iscntrl",
        "ispunct",
        "isalnum",
    )
    rows = ask("ctype").rstrip(";").split(";")
    for c, row in zip(range(-128, 256), rows, strict=True):
        *classes, lower, upper = map(int, row.split())
        assert [getattr(ctype, name)(c) for name in names] == classes, c
        if c >= 0:
            assert (ctype.tolower(c), ctype.toupper(c)) == (lower, upper), c


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
@example(0)
@example(1)
def test_random_numbers(ask: Ask, seed: int) -> None:
    lib.srand(seed)
    state = ref(seed)
    found = [lib.rand() for _ in range(40)] + [lib.rand_r(state) for _ in range(5)] + [state.value]
    assert ask("random", seed) == " ".join(map(str, found))


@much
@given(
    st.binary(max_size=60).map(lambda data: data[: len(data) // 2 * 2]),
    st.integers(0, 3),
    st.binary(min_size=2, max_size=2),
)
def test_sorting(ask: Ask, data: bytes, mode: int, key: bytes) -> None:
    def compare(a: ptr[int], b: ptr[int]) -> int:
        x, y = a[0] & 255, b[0] & 255
        return (x - y, int(x > y), (x >> 4) - (y >> 4), int(math.fmod(x * 7 ^ y * 13, 5)) - 2)[mode]

    block = array(char, data)
    lib.qsort(block, len(data) // 2, 2, compare)
    expected = [shown(block.memory())] * bool(data)
    if mode == 0:
        found = lib.bsearch(ptr(key), block, len(data) // 2, 2, compare)
        expected.append(str(-1 if found is None else found - block))
    assert ask("sort", mode, data, key).split() == expected


WORDS = "-a -b -bx -ab -ba -o -oval file - -- -z -c --bucket --bucket=v --verbose --verb --b --bu --output --output=x"
ARGUMENTS = st.lists(st.sampled_from([*WORDS.split(), "--verbose=1", "--none"]), max_size=7)


@much
@given(ARGUMENTS, st.sampled_from(["ab:o::c", "+ab:o::c", "-ab:o::c", ":ab:o::c", "ab:c"]), st.booleans())
def test_options(ask: Ask, arguments: list[str], options: str, long: bool) -> None:
    rows = [getopt.option("bucket", 1, None, ord("b")), getopt.option("verbose", 0, None, ord("v"))]
    rows += [getopt.option("output", 2, None, ord("o")), getopt.option("bulk", 0, None, ord("B")), getopt.option()]
    argv: list[Any] = ["prog", *arguments]
    found = ""
    getopt.optind, getopt.opterr = 0, 0
    while True:
        index = ref(-1)
        c = (
            getopt.getopt_long(len(argv), argv, options, rows, index)
            if long
            else getopt.getopt(len(argv), argv, options)
        )
        if c == -1:
            break
        more = getopt.optopt if c in (ord("?"), ord(":")) else index.value
        found += f"{c}:{'(null)' if getopt.optarg is None else getopt.optarg}:{getopt.optind}:{more} "
    found += f"| {getopt.optind} {' '.join(map(str, argv))}"
    assert ask("getopt", "l" if long else "s", options, *arguments) == found


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["read", "gets"]), st.sampled_from([1, 2, 3, 5, 40, 5000])),
        st.tuples(st.sampled_from(["getc", "tell", "flush"]), st.just(0)),
        st.tuples(st.just("ungetc"), st.just(97)),
        st.tuples(st.sampled_from(["write", "puts"]), st.sampled_from(["x", "line\n", "é\nlonger text", "y" * 4500])),
        st.tuples(st.sampled_from(["set", "cur"]), st.integers(0, 20)),
        st.tuples(st.just("end"), st.integers(0, 3)),
    ),
    max_size=10,
)
CONTENTS = st.sampled_from(["", "one\ntwo\n\nthree", "x" * 5000 + "\n" + "y" * 3000, "a\r\nb"])


def done(f: FILE, step: str, argument: Any) -> str:
    room = bytearray(8192)
    if step == "read":
        size = fread(room, 1, argument, f)
        return f"{size} {shown(room[:size])} "
    if step == "gets":
        line = fgets(room, argument, f)
        return "0 " if line is None else f"1 {shown(string_at(line))} "
    if step in ("set", "cur", "end"):
        return f"{fseek(f, argument, {'set': os.SEEK_SET, 'cur': os.SEEK_CUR, 'end': os.SEEK_END}[step])} "
    if step == "write":
        return f"{fwrite(argument, 1, len(argument.encode()), f)} "
    if step == "puts":
        return f"{int(fputs(argument, f) >= 0)} "
    simple: dict[str, Callable[[], int]] = {
        "getc": lambda: fgetc(f),
        "tell": lambda: ftell(f),
        "flush": lambda: fflush(f),
    }
    return f"{simple[step]() if step in simple else ungetc(argument, f)} "


def legal(mode: str, steps: list[tuple[str, Any]]) -> bool:
    """Whether C says what the steps do: nothing put back twice, what is put back read again, a move between reading and
    writing."""
    last = ""
    for step, argument in steps:
        kind = {"read": "r", "gets": "r", "getc": "r", "ungetc": "u", "write": "w", "puts": "w"}.get(step, "")
        if (last, kind) in {("r", "w"), ("w", "r"), ("w", "u"), ("u", "w"), ("u", "u")} or (
            last == "u" and (step in ("tell", "cur", "flush", "gets") or (step, argument) == ("read", 0))
        ):
            return False
        if kind == "u" and "r" not in mode and "+" not in mode:
            return False
        last = kind or ("" if step != "tell" else last)
    return True


@much
@given(st.sampled_from(["r", "w", "a", "r+", "w+", "a+", "rb+"]), CONTENTS, STEPS)
def test_files(
    ask: Ask, tmp_path_factory: pytest.TempPathFactory, mode: str, content: str, steps: list[tuple[str, Any]]
) -> None:
    assume(legal(mode, steps))
    folder = tmp_path_factory.getbasetemp()
    theirs, ours = folder / "theirs", folder / "ours"
    for path in (theirs, ours):
        path.write_text(content, newline="")
    f = fopen(os.fspath(ours), mode)
    assert f is not None
    found = ""
    for step, argument in steps:
        found += done(f, step, argument) + f"{int(feof(f) != 0)}{int(ferror(f) != 0)} "
    found += f"{fclose(f)} {shown(Path(ours).read_bytes()[:8192])}"
    answer = ask("file", os.fspath(theirs), mode, *(item for step in steps for item in step))
    assert answer.split() == found.split()


def test_layout_of_numbers_in_memory() -> None:
    block = bytearray(struct.pack("<hHiIqQfd", -2, 65534, -3, 4, -5, 6, 1.5, -2.5))
    at = 0
    for kind, value in (
        (int16_t, -2),
        (uint16_t, 65534),
        (int32_t, -3),
        (uint32_t, 4),
        (int64_t, -5),
        (uint64_t, 6),
        (float_, 1.5),
        (double, -2.5),
    ):
        assert ptr(block, at, kind)[0] == value
        at += kind.size
