#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>
#include <functional>
#include <stdexcept>
#include <cstdlib>
#include <algorithm>
struct R { std::string n; explicit R(const std::string &s) : n(s) { std::cout << "+" << n << "\n"; } ~R() { std::cout << "-" << n << "\n"; } void hi() const { std::cout << "hi " << n << "\n"; } };
using P = std::shared_ptr<R>;

class S { P r_; std::weak_ptr<R> w_; public: explicit S(P r) : r_(std::move(r)), w_(r_) {} S(const S&) = delete; ~S() { std::cout << "S ends\n"; } P get() const { return r_; } void set(P r) { r_ = r; } const P &ref() const { return r_; } bool gone() const { return w_.expired(); } };
int main() { auto a = std::make_shared<R>("a"); { S s(a); std::cout << a.use_count() << "\n"; auto g = s.get(); std::cout << s.ref().use_count() << "\n"; s.get()->hi(); s.set(std::make_shared<R>("b")); std::cout << a.use_count() << s.gone() << "\n"; a.reset(); g = nullptr; std::cout << s.gone() << "\n"; } std::cout << "end\n"; }
