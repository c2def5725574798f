/* Exceptions that macros make of setjmp. */
#include <stdio.h>
#include <stdlib.h>
#include <setjmp.h>
typedef struct { jmp_buf *handler; char msg[24]; } ctx;
static ctx c;
#define TRY do { jmp_buf env_; jmp_buf *saved_ = c.handler; c.handler = &env_; if (setjmp(env_) == 0) {
#define CATCH c.handler = saved_; } else { c.handler = saved_;
#define END } } while (0)
static void throw(const char *m) { snprintf(c.msg, sizeof c.msg, "%s", m); if (!c.handler) exit(3); longjmp(*c.handler, 1); }
static int half(int v) { if (v % 2) throw("odd"); return v / 2; }
int main(void)
{
    TRY { printf("%d\n", half(8)); printf("%d\n", half(7)); } CATCH { printf("caught %s\n", c.msg); } END;
    TRY { TRY { half(3); } CATCH { printf("inner %s\n", c.msg); throw("again"); } END; } CATCH { printf("outer %s\n", c.msg); } END;
    printf("%d\n", c.handler == NULL);
    half(1);
    return 0;
}
