#include <stdio.h>
struct P { const char *p; };
int main(void) {
    struct P s = {"123"};
    struct P *q = &s;
    double v = 0;
    int n = 0;
    while (*q->p >= '0') v = v * 10 + (*q->p++ - '0');
    printf("%g %d\n", v, n);
    const char *z = "456";
    v = 0;
    while (*z) v = v * 10 + (*z++ - '0');
    printf("%g\n", v);
    return 0;
}
