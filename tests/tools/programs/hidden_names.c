#include <stdio.h>
int x = 1;
static int f(int x) { { int x = 5; x++; if (x > 3) { int x = 9; (void)x; } printf("%d ", x); } return x; }
int main(void)
{
    int list = 1, str = 2, len = 3, print = 4, type = 5, id = 6, None = 7, self = 8, lambda = 9, def = 10, in = 11, is = 12;
    printf("%d %d\n", f(20), x);
    for (int x = 0; x < 2; x++) { int x = 7; printf("%d", x); }
    printf("\n%d\n", list + str + len + print + type + id + None + self + lambda + def + in + is);
    int min = 3, max = 5, sum = min + max, open = 1, file = 2, range = 3, bytes = 4, object = 5, class = 6, pass = 7, from = 8, global = 9;
    for (int i = 0; i < range; i++) sum += i;
    printf("%d %d %d\n", sum, len, open + file + bytes + object + class + pass + from + global);
    return x;
}
