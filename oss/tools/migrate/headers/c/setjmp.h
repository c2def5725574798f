#pragma once
#include <_types.h>
__BEGIN_DECLS
typedef struct { int __opaque; } jmp_buf;
typedef jmp_buf sigjmp_buf;
int __setjmp(jmp_buf env);
#define setjmp(env) __setjmp(env)
#define _setjmp(env) __setjmp(env)
#define sigsetjmp(env, mask) __setjmp(env)
void longjmp(jmp_buf env, int value) __attribute__((noreturn));
void siglongjmp(jmp_buf env, int value) __attribute__((noreturn));
__END_DECLS
