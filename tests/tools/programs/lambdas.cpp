#include <algorithm>
#include <functional>
#include <iostream>
#include <vector>
static std::function<int()> counter(int start) {
    return [start]() mutable { return start++; };
}
int main() {
    int total = 0, factor = 3;
    std::vector<int> v{5, 1, 4, 2, 3};
    std::for_each(v.begin(), v.end(), [&total](int x) { total += x; });
    auto scaled = [factor](int x) { return x * factor; };
    factor = 100;
    std::cout << total << " " << scaled(2) << "\n";
    auto next = counter(5);
    auto other = counter(50);
    std::cout << next() << next() << other() << next() << "\n";
    std::sort(v.begin(), v.end(), [](int a, int b) { return a > b; });
    for (int x : v) std::cout << x << ' ';
    std::cout << std::endl;
    auto fact = [](int n) { int r = 1; while (n > 1) r *= n--; return r; };
    std::cout << fact(5) << " " << [](int a, int b) { return a - b; }(7, 9) << "\n";
    std::function<void(int)> rec = [&](int n) { if (n > 0) { std::cout << n; rec(n - 1); } };
    rec(3);
    std::cout << "\n";
    return 0;
}
