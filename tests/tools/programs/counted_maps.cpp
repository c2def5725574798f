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

class Reg { std::map<std::string, P> m; public: void add(const std::string &k, P p) { m[k] = p; } P get(const std::string &k) { auto it = m.find(k); if (it == m.end()) return nullptr; return it->second; } void drop(const std::string &k) { m.erase(k); } size_t size() const { return m.size(); } };
int main() { Reg r; r.add("a", std::make_shared<R>("a")); auto b = std::make_shared<R>("b"); r.add("b", b); std::cout << b.use_count() << "\n"; if (auto p = r.get("a")) { p->hi(); std::cout << p.use_count() << "\n"; } r.drop("a"); r.add("b", std::make_shared<R>("b2")); auto q = r.get("zz"); std::cout << (q == nullptr) << r.size() << "\n"; r.get("b")->hi(); r.get("b"); std::cout << "end\n"; }
