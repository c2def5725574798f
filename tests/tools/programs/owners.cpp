#include <iostream>
#include <memory>
#include <string>
#include <vector>
class Res { std::string n_; public: Res(std::string n) : n_(n) { std::cout << "+" << n_ << " "; } ~Res() { std::cout << "-" << n_ << " "; } const std::string &name() const { return n_; } };
class Owner { std::unique_ptr<Res> r_; std::vector<std::unique_ptr<Res>> more_; public: explicit Owner(const std::string &n) : r_(new Res(n)) {} void add(const std::string &n) { more_.push_back(std::make_unique<Res>(n)); } void swap_in(std::unique_ptr<Res> r) { r_ = std::move(r); } std::unique_ptr<Res> release() { return std::move(r_); } };
int main() {
    {
        Owner o("a"); o.add("b"); o.add("c");
        auto x = std::make_unique<Res>("x");
        o.swap_in(std::move(x));
        std::cout << (x ? "still" : "gone") << " ";
        auto y = o.release();
        std::cout << y->name() << " ";
        y.reset();
        std::cout << "| ";
    }
    std::cout << "\n";
    std::unique_ptr<Res> p;
    if (!p) p = std::make_unique<Res>("late");
    std::cout << "end\n";
}
