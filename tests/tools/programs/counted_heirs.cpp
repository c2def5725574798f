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

struct B { virtual ~B() { std::cout << "~B\n"; } virtual void go() = 0; }; struct D : B { R r; D() : r("d") {} ~D() { std::cout << "~D\n"; } void go() override { std::cout << "D\n"; } }; struct E : B { void go() override { std::cout << "E\n"; } };
std::shared_ptr<B> mk(int i) { if (i) return std::make_shared<D>(); return std::make_shared<E>(); }
int main() { std::vector<std::shared_ptr<B>> v; v.push_back(mk(1)); v.push_back(mk(0)); v.emplace_back(std::make_shared<D>()); v.emplace_back(new E()); for (auto p : v) { p->go(); std::cout << p.use_count() << "\n"; } for (auto &p : v) if (auto d = std::dynamic_pointer_cast<D>(p)) std::cout << "is D " << d.use_count() << "\n"; v.pop_back(); v.erase(v.begin()); std::cout << "--\n"; auto w = v; std::cout << w[0].use_count() << "\n"; v.clear(); std::cout << "end\n"; }
