#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <vector>
static int calls = 0;
static int by_value(const void *a, const void *b) { printf("[c]"); calls++; return *(const int *)a - *(const int *)b; }
static int sorted(int *v, int n) { qsort(v, n, sizeof(int), by_value); return v[0]; }
static void show(int x) { std::cout << "<" << x << ">"; }
static int each(const std::vector<int> &v) { std::for_each(v.begin(), v.end(), show); return (int)v.size(); }
static int run(const std::function<void(int)> &f, int x) { f(x); return x; }
static int apply(void (*f)(int), int x) { f(x); return x + 1; }
int main() {
    int two[2] = {2, 1};
    std::vector<int> v{3, 1};
    auto named = [](int x) { std::cout << "{" << x << "}"; };
    std::cout << "a " << sorted(two, 2) << " b\n";
    std::cout << "c " << each(v) << " d\n";
    std::cout << "e " << run(named, 4) << " f\n";
    std::cout << "g " << run([](int x) { std::cout << "(" << x << ")"; }, 5) << " h\n";
    std::cout << "i " << apply(show, 6) << " j " << calls << "\n";
    std::cout << "k " << (std::for_each(v.begin(), v.end(), named), 7) << " l\n";
    return 0;
}
