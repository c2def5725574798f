#include <iostream>
#include <memory>
#include <string>
#include <vector>
class Res { std::string n_; public: Res(std::string n) : n_(n) { std::cout << "+" << n_ << "\n"; } ~Res() { std::cout << "-" << n_ << "\n"; } const std::string &name() const { return n_; } };
std::shared_ptr<Res> make(const std::string &n) { auto p = std::make_shared<Res>(n); std::cout << p.use_count() << "\n"; return p; }
void look(const std::shared_ptr<Res> &p) { std::cout << p->name() << p.use_count() << "\n"; }
int main() {
    auto a = make("a");
    std::shared_ptr<Res> b = a;
    std::weak_ptr<Res> w = a;
    look(b);
    { auto c = b; std::cout << a.use_count() << "\n"; }
    a.reset();
    std::cout << w.expired() << b.use_count() << "\n";
    if (auto l = w.lock()) std::cout << "locked " << l->name() << l.use_count() << "\n";
    b = std::make_shared<Res>("b");
    std::cout << w.expired() << "\n";
    std::vector<std::shared_ptr<Res>> v;
    v.push_back(b);
    v.push_back(std::make_shared<Res>("v"));
    std::cout << b.use_count() << "\n";
    v.erase(v.begin());
    v.clear();
    std::cout << "end\n";
    return 0;
}
