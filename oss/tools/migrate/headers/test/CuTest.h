#pragma once
#include "aos_define.h"
__BEGIN_DECLS
typedef struct CuTest CuTest;
typedef struct CuSuite CuSuite;
typedef struct CuString CuString;
typedef void (*TestFunction)(CuTest *tc);
struct CuTest { char *name; TestFunction function; int failed; int ran; char *message; };
struct CuSuite { int count; CuTest **list; int failCount; };
struct CuString { int length; char *buffer; };
void CuFail(CuTest *tc, const char *ms);
void CuAssert(CuTest *tc, const char *ms, int cond);
void CuAssertTrue(CuTest *tc, int cond);
void CuAssertStrEquals(CuTest *tc, const char *ex, const char *ac);
void CuAssertStrnEquals(CuTest *tc, const char *ex, size_t exlen, const char *ac);
void CuAssertIntEquals(CuTest *tc, int ex, int ac);
void CuAssertDblEquals(CuTest *tc, double ex, double ac, double dl);
void CuAssertPtrEquals(CuTest *tc, void *ex, void *ac);
void CuAssertPtrNotNull(CuTest *tc, void *p);
CuTest *CuTestNew(const char *name, TestFunction function);
CuSuite *CuSuiteNew(void);
void CuSuiteFree(CuSuite *testSuite);
void CuSuiteFreeDeep(CuSuite *testSuite);
void CuSuiteAdd(CuSuite *testSuite, CuTest *testCase);
void SUITE_ADD_TEST(CuSuite *SUITE, TestFunction TEST);
void CuSuiteAddSuite(CuSuite *testSuite, CuSuite *testSuite2);
void CuSuiteRun(CuSuite *testSuite);
void CuSuiteSummary(CuSuite *testSuite, CuString *summary);
void CuSuiteDetails(CuSuite *testSuite, CuString *details);
CuString *CuStringNew(void);
void CuStringFree(CuString *str);
void CuStringAppend(CuString *str, const char *text);
__END_DECLS
