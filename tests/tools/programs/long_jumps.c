/* Jumps out of functions: to a switch, to be tried again, within a loop. */
#include <stdio.h>
#include <setjmp.h>
#include <string.h>
static jmp_buf outer, inner;
static void deep(int n) { if (n == 0) longjmp(inner, 7); if (n < 0) longjmp(outer, 0); deep(n > 0 ? n - 1 : n + 1); }
static int guarded(int n)
{
    switch (setjmp(inner)) {
    case 0: deep(n); return 0;
    case 7: return 70;
    default: return -1;
    }
}
static int retry(int limit)
{
    volatile int tries = 0; jmp_buf here; int code;
    if ((code = setjmp(here)) != 0) printf("again %d\n", code);
    if (++tries < limit) longjmp(here, tries * 10);
    printf("tries %d\n", tries);
    return tries;
}
static void quiet(jmp_buf env, int v) { if (v) longjmp(env, v); }
static void each(const char **in)
{
    for (; *in; in++) {
        jmp_buf env;
        if (setjmp(env) == 0) { quiet(env, (int)strlen(*in) % 3); printf("%s fine\n", *in); }
        else printf("%s bad\n", *in);
    }
}
int main(void)
{
    const char *words[] = { "abc", "ab", "abcdef", NULL };
    if (!setjmp(outer)) { printf("%d\n", guarded(3)); printf("%d\n", guarded(-2)); }
    else printf("outer\n");
    retry(3); each(words);
    return 0;
}
