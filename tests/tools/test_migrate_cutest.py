"""The CuTest names for translated test programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oss.tools.migrate.cutest import (
    SUITE_ADD_TEST,
    CuAssert,
    CuAssertDblEquals,
    CuAssertIntEquals,
    CuAssertPtrEquals,
    CuAssertPtrNotNull,
    CuAssertStrEquals,
    CuAssertStrnEquals,
    CuAssertTrue,
    CuFail,
    CuStringFree,
    CuStringNew,
    CuSuiteAdd,
    CuSuiteAddSuite,
    CuSuiteDetails,
    CuSuiteFreeDeep,
    CuSuiteNew,
    CuSuiteRun,
    CuSuiteSummary,
    CuTest,
    CuTestNew,
)

GOOD: list[Callable[[CuTest], object]] = [
    lambda tc: CuAssertIntEquals(tc, -1, 0xFFFFFFFFFFFFFFFF),
    lambda tc: CuAssertStrEquals(tc, "text", bytearray(b"text\0rest")),
    lambda tc: CuAssertStrEquals(tc, None, None),
    lambda tc: CuAssertStrnEquals(tc, "texture", 4, "textile"),
    lambda tc: CuAssertPtrEquals(tc, tc, tc),
    lambda tc: CuAssertPtrNotNull(tc, 0),
    lambda tc: CuAssertDblEquals(tc, 1.0, 1.05, 0.1),
    lambda tc: CuAssertTrue(tc, 1),
    lambda tc: CuAssert(tc, "said", True),
]
BAD: list[Callable[[CuTest], object]] = [
    lambda tc: CuAssertIntEquals(tc, 1, 2),
    lambda tc: CuAssertStrEquals(tc, "text", "other"),
    lambda tc: CuAssertStrEquals(tc, "", None),
    lambda tc: CuAssertStrnEquals(tc, "text", 4, "tex"),
    lambda tc: CuAssertPtrEquals(tc, CuTest(), CuTest()),
    lambda tc: CuAssertPtrNotNull(tc, None),
    lambda tc: CuAssertDblEquals(tc, 1.0, 1.2, 0.1),
    lambda tc: CuAssertTrue(tc, 0),
    lambda tc: CuFail(tc, "said"),
    lambda tc: int("absent"),
]


@pytest.mark.parametrize("tests", [GOOD, BAD], ids=["good", "bad"])
def test_assertions(tests: list[Callable[[CuTest], object]]) -> None:
    suite = CuSuiteNew()
    for number, function in enumerate(tests):
        CuSuiteAdd(suite, CuTestNew(f"test_{number}", function))
    CuSuiteRun(suite)
    assert suite.count == len(tests)
    assert suite.failCount == (len(tests) if tests is BAD else 0)
    assert all(test.ran and bool(test.message) == bool(test.failed) for test in suite.list)


def test_a_summary_and_details() -> None:
    one, other, output = CuSuiteNew(), CuSuiteNew(), CuStringNew()
    SUITE_ADD_TEST(one, GOOD[0])
    SUITE_ADD_TEST(other, BAD[-2])
    CuSuiteAddSuite(one, other)
    CuSuiteRun(one)
    CuSuiteSummary(one, output)
    assert output.buffer == ".F\n\n"
    assert output.length == 4
    CuSuiteDetails(one, output)
    assert "Runs: 2 Passes: 1 Fails: 1\n" in output.buffer
    assert ": said\n" in output.buffer
    CuSuiteFreeDeep(one)
    CuStringFree(output)
