#include <stdio.h>
int main(void)
{
    int a, b, n, used = -1;
    char w[16], rest[32];
    unsigned x;
    double d;
    long long big;
    printf("%d", sscanf("10 20", "%d%d", &a, &b)); printf(" %d %d\n", a, b);
    n = sscanf("bytes 0-99/2000", "bytes %d-%d/%lld", &a, &b, &big);
    printf("%d %d %d %lld\n", n, a, b, big);
    n = sscanf("key: some value here", "%15[^:]: %31[^\n]", w, rest);
    printf("%d [%s] [%s]\n", n, w, rest);
    n = sscanf("0xff 3.5e2 abc", "%x %lf %3s%n", &x, &d, w, &used);
    printf("%d %u %.1f %s %d\n", n, x, d, w, used);
    n = sscanf("x12", "%d", &a);
    printf("%d %d\n", n, sscanf("", "%d", &a));
    n = sscanf("2024-01-15T10:20:30Z", "%4d-%2d-%2dT%*d:%d", &a, &b, &used, (int *)&x);
    printf("%d %d %d %d %u\n", n, a, b, used, x);
    char c;
    if (sscanf(" Q7", " %c%1d", &c, &a) == 2) printf("%c %d\n", c, a);
    return 0;
}
