#include <stdio.h>
#include <string.h>
static char *name(int n) { static char b[16]; sprintf(b, "n%d", n); return b; }
static const char *day(int d) { static const char *const t[] = {"mon", "tue"}; return d < 2 ? t[d] : "?"; }
struct ref { const char *s; char *m; };
int main(void)
{
    char *a = name(1), *b;
    b = name(2);
    printf("%s %s %d\n", a, b, a == b);
    char keep[16]; strcpy(keep, name(3)); name(4); printf("%s %s\n", keep, a);
    char buf[16] = "old"; struct ref r = {buf, buf}; strcpy(buf, "new"); printf("%s %s\n", r.s, r.m);
    r.m[0] = 'N'; printf("%s %s %s\n", buf, r.s, day(1));
    const char *list[2]; char line[8]; for (int i = 0; i < 2; i++) { sprintf(line, "l%d", i); list[i] = line; } printf("%s %s\n", list[0], list[1]);
    char src[] = "a,b,c", *t = strtok(src, ","); printf("%s %s\n", src, t); t = strtok(NULL, ","); printf("%s %s %c\n", t, src, src[4]);
    const char *p = buf, *q = strchr(p, 'w'); buf[2] = 'x'; printf("%s %c\n", q, *q);
    return 0;
}
