#include <iostream>
static int n = 0;
static int next() { return ++n; }
static int show(int x) { std::cout << "<" << x << ">"; return x; }
int main() {
    int i = 5;
    i = i++ + 1;
    std::cout << i << "\n";
    int a[3] = {0, 0, 0};
    int k = 0;
    a[k++] = 7;
    a[k] = k + 1;
    std::cout << a[0] << a[1] << k << "\n";
    std::cout << next() << next() << next() << "\n";
    std::cout << (show(1) && show(0) && show(2)) << (show(0) || show(3)) << "\n";
    int x = 3, y = (x += 2, x * 2);
    std::cout << x << y << "\n";
    bool b = x > 2 ? show(4) : show(5);
    std::cout << b << "\n";
    unsigned u = 3;
    int neg = -5;
    std::cout << (neg < (int)u) << (u - 5 > 0) << "\n";
    long long big = 1LL << 33;
    std::cout << big % 1000 << " " << (int)(big >> 30) << " " << (5 & 3) << (5 | 3) << (5 ^ 3) << (~5) << "\n";
    for (int p = 0, q = 10; p < q; p += 3, q -= 2) std::cout << p << q << " ";
    std::cout << "\n";
    return 0;
}
