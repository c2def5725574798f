/* Enumerations are unsigned where no enumerator is negative. */
#include <stdio.h>
typedef enum { st_a, st_b, st_c } kind_t;
typedef enum { ne_a = -1, ne_b } neg_t;
typedef struct { kind_t kind; neg_t neg; } frame_t;
static const char *name(kind_t kind) { switch (kind) { case st_a: return "a"; case st_b: return "b"; default: return "?"; } }
static int of(frame_t *f, int n)
{
    if (f->kind == st_b && f->neg != ne_a) n++;
    f->kind = n & 3;
    f->neg = n - 5;
    kind_t local = n - 7;
    if (local > st_c) n += 10;
    return f->kind == st_c ? n : f->neg < 0 ? -n : f->kind - 4 < 0 ? 1 : 2;
}
int main(void)
{
    frame_t f = {st_b, ne_b};
    printf("%d %s\n", of(&f, 3), name(f.kind));
    printf("%d %d %u\n", of(&f, 6), f.neg, (unsigned)f.kind);
    return 0;
}
