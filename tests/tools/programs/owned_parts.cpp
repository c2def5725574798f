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
struct Owner { std::unique_ptr<R> r; std::map<std::string, std::unique_ptr<R>> m; std::vector<std::unique_ptr<R>> v; R *find(const std::string &k) { auto it = m.find(k); return it == m.end() ? nullptr : it->second.get(); } };
std::unique_ptr<R> mk(const std::string &s) { return std::make_unique<R>(s); }
int main() { Owner o; o.r = mk("r"); o.m["a"] = mk("a"); o.m.emplace("b", mk("b")); o.m["a"] = mk("a2"); if (auto *x = o.find("b")) x->hi(); o.m.erase("b"); o.v.push_back(mk("1")); o.v.push_back(mk("2")); o.v.push_back(mk("3")); o.v.erase(o.v.begin()); o.v.pop_back(); mk("t")->hi(); std::cout << mk("u")->n << "\n"; auto p = mk("p"); auto q = std::move(p); q = nullptr; std::cout << "e\n"; o.v.clear(); }
