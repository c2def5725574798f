/* Constructors fail when some parts of the object are there. */
#include <iostream>
#include <stdexcept>
#include <string>

struct Trace {
    std::string n;
    explicit Trace(const std::string &name) : n(name) { std::cout << "+" << n << "\n"; }
    ~Trace() { std::cout << "~" << n << "\n"; }
};
int check(int v) {
    if (v > 3) throw std::runtime_error("too big");
    return v;
}
class Holder {
public:
    explicit Holder(int v) : a_("a"), v_(check(v)), b_("b") { check(v_ + 1); }
    ~Holder() { std::cout << "~Holder\n"; }

private:
    Trace a_;
    int v_;
    Trace b_;
};
int main() {
    for (int i = 2; i < 5; i++) {
        try {
            Holder h(i);
            std::cout << "made " << i << "\n";
        } catch (const std::exception &e) {
            std::cout << e.what() << "\n";
        }
    }
}
