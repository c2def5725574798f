/* Objects that go into a vector are others than those that were given. */
#include <iostream>
#include <string>
#include <utility>
#include <vector>

struct Trace {
    std::string n;
    explicit Trace(const std::string &name) : n(name) { std::cout << "+" << n << "\n"; }
    Trace(const Trace &o) : n(o.n + "c") { std::cout << "copy " << n << "\n"; }
    Trace(Trace &&o) noexcept : n(std::move(o.n)) { o.n = "moved"; }
    ~Trace() { std::cout << "~" << n << "\n"; }
};
int main() {
    std::vector<Trace> v;
    v.reserve(4);
    v.push_back(Trace("a"));
    v.emplace_back("b");
    Trace c("c");
    v.push_back(c);
    v.push_back(std::move(c));
    std::cout << "end\n";
}
