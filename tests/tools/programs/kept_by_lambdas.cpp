/* Lambdas that own an object until their block ends. */
#include <iostream>
#include <memory>
#include <string>

struct Plain {
    std::string n;
    explicit Plain(const std::string &name) : n(name) { std::cout << "+" << n << "\n"; }
    ~Plain() { std::cout << "~" << n << "\n"; }
};
int run(int n) {
    auto s = std::make_shared<Plain>("s");
    auto get = [s](int k) { return static_cast<int>(s->n.size()) + k; };
    if (n == 0) return get(1);
    for (int i = 0; i < n; i++) {
        auto inner = [s, i] { return s.use_count() + i; };
        if (i == 2) break;
        std::cout << inner() << "\n";
    }
    s.reset();
    std::cout << "reset\n";
    return get(n);
}
int main() {
    std::cout << run(0) << "\n";
    std::cout << run(4) << "\n";
}
