#include <functional>
#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <algorithm>
using namespace std::placeholders;
struct Calc {
    int base = 10;
    int add(int a, int b) const { return base + a + b; }
    void bump(int n) { base += n; }
};
int sub(int a, int b) { return a - b; }
void setTo(int &x, int v) { x = v; }
int main() {
    Calc c;
    auto f1 = std::bind(&Calc::add, &c, _1, 5);
    std::function<int(int)> f2 = std::bind(sub, 100, _1);
    auto f3 = std::bind(sub, _2, _1);
    std::cout << f1(1) << " " << f2(1) << " " << f3(1, 2) << "\n";
    auto bump = std::bind(&Calc::bump, &c, 3);
    bump(); bump();
    std::cout << c.base << "\n";
    std::function<void()> task = std::bind(&Calc::bump, c, 1);
    task();
    std::cout << c.base << "\n";
    auto add = std::plus<int>();
    auto greet = [](const std::string &w, const std::string &h = "hello", int n = 1) { std::string r; for (int i = 0; i < n; i++) r += h + " " + w + ";"; return r; };
    std::cout << greet("a") << greet("b", "bye") << greet("c", "yo", 2) << "\n";
    auto twice = [](auto x) { return x + x; };
    std::cout << twice(4) << twice(std::string("ab")) << twice(1.5) << "\n";
    std::vector<int> v{3, 1, 2};
    std::sort(v.begin(), v.end(), [](const auto &a, const auto &b) { return a > b; });
    std::for_each(v.begin(), v.end(), [](auto x) { std::cout << x; });
    std::map<std::string, std::function<double(double, double)>> ops = {{"+", std::plus<double>()}, {"*", [](double a, double b) { return a * b; }}};
    for (auto &o : ops) std::cout << o.first << o.second(3, 4) << "\n";
    auto isBig = std::bind(std::greater<int>(), _1, 2);
    auto print = [](const auto &...xs) { ((std::cout << xs << ","), ...); std::cout << "\n"; };
    print(1, "two", 3.5);
    int acc = 0;
    auto addTo = [&acc](auto n) { acc += n; };
    addTo(2); addTo(3L);
    std::cout << acc << "\n";
}
