#include <stdio.h>
#include <string.h>
static int scan(const char *s, int limit)
{
    int total = 0, seen = 0;
    for (int i = 0; s[i]; i++) {
        for (int j = 0; j < 3; j++) {
            if (s[i] == 'x' && j == 1) goto next;
            switch (s[i]) {
            case 'a': if (total > limit) goto full; total += 10; break;
            case 'q': goto quit;
            default: total++;
            }
        }
        seen++;
        if (seen % 2) continue;
        total += 100;
next:
        total += 1000;
    }
    printf("end ");
    goto out;
full:
    printf("full ");
out:
    for (int k = 0; k < 2; k++) {
        if (k) goto skip;
        total += 5;
skip:   ;
    }
    printf("%d ", seen);
    return total;
quit:
    printf("quit ");
    while (seen-- > 0) {
        if (seen == 1) goto last;
        total *= 2;
    }
last:
    return -total;
}
int main(void)
{
    printf("%d\n", scan("bxa", 100));
    printf("%d\n", scan("aaaa", 25));
    printf("%d\n", scan("bbbq", 0));
    printf("%d\n", scan("", 0));
    return 0;
}
