#pragma once
#include <_types.h>
__BEGIN_DECLS
void __assert(int truth, const char *expression);
__END_DECLS
#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
#define assert(expression) __assert((expression) ? 1 : 0, #expression)
#endif
#define static_assert _Static_assert
#ifdef __cplusplus
#undef static_assert
#endif
