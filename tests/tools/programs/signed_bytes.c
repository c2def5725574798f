#include <stdio.h>
int main(void) {
    signed char sc[2] = {-1, 5};
    int s = 0;
    for (int i = 0; i < 2; i++) s += sc[i];
    static const char k[] = "abc";
    for (int i = 0; i < 4; i++) s += k[i];
    printf("%d\n", s);
    return 0;
}
