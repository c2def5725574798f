#pragma once
#include <_types.h>
__BEGIN_DECLS
void __assert(int truth, const char *expression);
__END_DECLS
#define assert(expression) __assert((expression) ? 1 : 0, #expression)
#define static_assert _Static_assert
#ifdef __cplusplus
#undef static_assert
#endif
