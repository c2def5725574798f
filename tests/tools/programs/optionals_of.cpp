#include <iostream>
#include <optional>
#include <string>
#include <variant>
#include <vector>
using Value = std::variant<int, double, std::string>;
static std::optional<Value> parse(int k) { if (k == 0) return 5; if (k == 1) return 2.5; if (k == 2) return std::string("s"); if (k == 3) { Value v = 7; return v; } return std::nullopt; }
static std::optional<double> half(int n) { if (n < 0) return {}; return n; }
static std::optional<int> whole(double d) { return static_cast<int>(d); }
static std::optional<long long> big(int n) { return n; }
static std::optional<bool> flag(int n) { return n > 1; }
struct P { int x; };
static std::optional<P> point(int x) { P p{x}; if (x) return p; return P{9}; }
int main() {
    for (int k = 0; k < 5; ++k) { auto v = parse(k); std::cout << (v ? (int)v->index() : -1) << " "; }
    std::cout << "\n" << *half(5) / 2 << " " << *whole(3.9) << " " << *big(1) << " " << *flag(2) << flag(0).value_or(true) << "\n";
    std::optional<double> d; d = 3; std::cout << *d / 2 << "\n";
    std::optional<Value> o; o = 4; std::cout << o->index() << std::get<int>(*o) << "\n";
    o = std::string("t"); std::cout << o->index() << "\n";
    std::cout << point(0)->x << point(4)->x << "\n";
    std::optional<std::vector<int>> l; l = {1, 2}; std::cout << l->size() << "\n";
    return 0;
}
