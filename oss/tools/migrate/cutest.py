"""The CuTest names that translated test programs use (``CuTest.h``).

A failed assertion ends its test, as in C by a jump, here by an exception; so does any other exception, which C has not.
Where C notes the line of an assertion, the message here is the assertion itself; the traceback has the line.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aos.aos_string import aos_string_t

__all__ = [
    "CuAssert",
    "CuAssertDblEquals",
    "CuAssertIntEquals",
    "CuAssertPtrEquals",
    "CuAssertPtrNotNull",
    "CuAssertStrEquals",
    "CuAssertStrnEquals",
    "CuAssertTrue",
    "CuFail",
    "CuString",
    "CuStringAppend",
    "CuStringFree",
    "CuStringNew",
    "CuSuite",
    "CuSuiteAdd",
    "CuSuiteAddSuite",
    "CuSuiteDetails",
    "CuSuiteFree",
    "CuSuiteFreeDeep",
    "CuSuiteNew",
    "CuSuiteRun",
    "CuSuiteSummary",
    "CuTest",
    "CuTestNew",
    "SUITE_ADD_TEST",
]

_text: TypeAlias = "str | bytearray | None"


@dataclass(eq=False, slots=True)
class CuTest:
    """One test and what became of it."""

    name: str = ""
    function: Callable[[CuTest], object] | None = None
    failed: int = 0
    ran: int = 0
    message: str | None = None


@dataclass(eq=False, slots=True)
class CuString:
    """A text that grows."""

    buffer: str = ""

    @property
    def length(self) -> int:
        return len(self.buffer.encode())


@dataclass(eq=False, slots=True)
class CuSuite:
    """Tests in the order they were added."""

    list: list[CuTest] = field(default_factory=list)
    failCount: int = 0

    @property
    def count(self) -> int:
        return len(self.list)


def _read(text: _text) -> str | None:
    return aos_string_t(text).data


def CuFail(tc: CuTest, ms: str) -> None:
    raise AssertionError(ms)


def CuAssert(tc: CuTest, ms: str, cond: object) -> None:
    if not cond:
        CuFail(tc, ms)


def CuAssertTrue(tc: CuTest, cond: object) -> None:
    CuAssert(tc, "assert failed", cond)


def CuAssertPtrNotNull(tc: CuTest, p: object) -> None:
    CuAssert(tc, "null pointer unexpected", p is not None)


def CuAssertPtrEquals(tc: CuTest, ex: object, ac: object) -> None:
    CuAssert(tc, f"expected pointer <{ex!r}> but was <{ac!r}>", ex is ac)


def CuAssertIntEquals(tc: CuTest, ex: int, ac: int) -> None:
    """Compares what fits into C's ``int``, as C does."""
    CuAssert(tc, f"expected <{ex}> but was <{ac}>", ex & 0xFFFFFFFF == ac & 0xFFFFFFFF)


def CuAssertDblEquals(tc: CuTest, ex: float, ac: float, dl: float) -> None:
    CuAssert(tc, f"expected <{ex}> but was <{ac}>", abs(ex - ac) <= dl)


def CuAssertStrEquals(tc: CuTest, ex: _text, ac: _text) -> None:
    """Compares texts; memory counts up to its first NUL."""
    expected, actual = _read(ex), _read(ac)
    CuAssert(tc, f"expected <{expected}> but was <{actual}>", expected == actual)


def CuAssertStrnEquals(tc: CuTest, ex: _text, exlen: int, ac: _text) -> None:
    """Compares the first bytes of two texts."""
    expected, actual = _read(ex) or "", _read(ac) or ""
    same = expected.encode()[:exlen] == actual.encode()[:exlen]
    CuAssert(tc, f"expected <{expected}> but was <{actual}>", same)


def CuTestNew(name: str, function: Callable[[CuTest], object]) -> CuTest:
    return CuTest(name, function)


def CuSuiteNew() -> CuSuite:
    return CuSuite()


def CuSuiteAdd(testSuite: CuSuite, testCase: CuTest) -> None:
    testSuite.list.append(testCase)


def SUITE_ADD_TEST(SUITE: CuSuite, TEST: Callable[[CuTest], object]) -> None:
    CuSuiteAdd(SUITE, CuTestNew(getattr(TEST, "__name__", repr(TEST)), TEST))


def CuSuiteAddSuite(testSuite: CuSuite, testSuite2: CuSuite) -> None:
    testSuite.list.extend(testSuite2.list)


def CuTestRun(tc: CuTest) -> None:
    """Runs one test; what it raises is its message."""
    tc.ran = 1
    try:
        if tc.function is not None:
            tc.function(tc)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[1:2]
        where = "".join(f"{frame.filename}:{frame.lineno}: " for frame in place)
        tc.failed = 1
        tc.message = f"{where}{error if isinstance(error, AssertionError) else repr(error)}"


def CuSuiteRun(testSuite: CuSuite) -> None:
    for test in testSuite.list:
        CuTestRun(test)
        testSuite.failCount += test.failed


def CuSuiteSummary(testSuite: CuSuite, summary: CuString) -> None:
    """One mark for each test: a dot, or F."""
    CuStringAppend(summary, "".join("F" if test.failed else "." for test in testSuite.list) + "\n\n")


def CuSuiteDetails(testSuite: CuSuite, details: CuString) -> None:
    """How many tests ran, and what the failed ones say."""
    failed = [test for test in testSuite.list if test.failed]
    if not failed:
        CuStringAppend(details, f"OK ({testSuite.count} test{'s' * (testSuite.count != 1)})\n")
        return
    rows = [f"{number}) {test.name}: {test.message}" for number, test in enumerate(failed, 1)]
    CuStringAppend(details, "\n".join([f"There were {len(failed)} failures:", *rows, "", "!!!FAILURES!!!"]) + "\n")
    CuStringAppend(details, f"Runs: {testSuite.count} Passes: {testSuite.count - len(failed)} Fails: {len(failed)}\n")


def CuStringNew() -> CuString:
    return CuString()


def CuStringAppend(str: CuString, text: str | None) -> None:
    str.buffer += text or "NULL"


def CuStringFree(str: Any) -> None:
    """Nothing to free; so are the next two."""


CuSuiteFree = CuSuiteFreeDeep = CuStringFree
