/* A function fails with what it was given. */
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct Plain {
    std::string n;
    explicit Plain(const std::string &name) : n(name) { std::cout << "+" << n << "\n"; }
    ~Plain() { std::cout << "~" << n << "\n"; }
};
void risky(std::unique_ptr<Plain> p, int k) {
    if (k == 1) throw std::runtime_error("one " + p->n);
    std::unique_ptr<Plain> q = std::move(p);
    if (k == 2) throw std::runtime_error("two " + q->n);
    std::cout << "fine " << q->n << "\n";
}
struct Sink {
    std::vector<std::unique_ptr<Plain>> all;
    explicit Sink(std::unique_ptr<Plain> p) {
        if (p->n == "bad") throw std::invalid_argument("bad sink");
        all.push_back(std::move(p));
    }
};
int main() {
    for (int k = 0; k < 3; k++) {
        auto p = std::make_unique<Plain>("p" + std::to_string(k));
        try {
            risky(std::move(p), k);
        } catch (const std::exception &e) {
            std::cout << e.what() << (p ? " kept" : " gone") << "\n";
        }
    }
    for (const char *n : {"good", "bad"}) {
        try {
            Sink s(std::make_unique<Plain>(n));
            std::cout << s.all.size() << "\n";
        } catch (const std::invalid_argument &e) {
            std::cout << e.what() << "\n";
        }
    }
}
