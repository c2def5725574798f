/* A vector grows, and its elements notice. */
#include <iostream>
#include <string>
#include <vector>

struct Trace {
    std::string n;
    explicit Trace(const std::string &name) : n(name) {}
    Trace(const Trace &o) : n(o.n + "c") {}
    ~Trace() { std::cout << "~" << n << "\n"; }
};
int main() {
    std::vector<Trace> v;
    v.push_back(Trace("a"));
    v.emplace_back("b");
    v.emplace_back("c");
    std::cout << "end\n";
}
