#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <list>
class Range { int a_, b_; public: class Iter { int v_; public: explicit Iter(int v) : v_(v) {} int operator*() const { return v_; } Iter &operator++() { ++v_; return *this; } bool operator!=(const Iter &o) const { return v_ != o.v_; } }; Range(int a, int b) : a_(a), b_(b) {} Iter begin() const { return Iter(a_); } Iter end() const { return Iter(b_); } };
class Bag { std::vector<std::string> v_; std::map<std::string, int> m_; public: void add(const std::string &s) { v_.push_back(s); m_[s]++; } std::vector<std::string>::iterator begin() { return v_.begin(); } std::vector<std::string>::iterator end() { return v_.end(); } std::vector<std::string>::const_iterator begin() const { return v_.begin(); } std::vector<std::string>::const_iterator end() const { return v_.end(); } };
class Counts { std::map<std::string, int> m_; public: void add(const std::string &s) { m_[s]++; } auto begin() const { return m_.begin(); } auto end() const { return m_.end(); } };
class Nums { int v_[4] = {1, 2, 3, 4}; public: int *begin() { return v_; } int *end() { return v_ + 4; } const int *begin() const { return v_; } const int *end() const { return v_ + 4; } };
struct P { int x; std::string n; };
class Ps { std::vector<P> v_; public: Ps() { v_.push_back({1, "a"}); v_.push_back({2, "b"}); } auto begin() { return v_.begin(); } auto end() { return v_.end(); } };
static Range upto(int n) { return Range(0, n); }
int main() {
    for (int i : Range(2, 5)) { if (i == 3) continue; std::cout << i; }
    for (int i : upto(3)) std::cout << i;
    std::cout << "\n";
    Bag b; b.add("x"); b.add("y");
    for (auto &s : b) s += "!";
    for (const auto &s : b) { if (s == "q") break; std::cout << s; }
    const Bag &cb = b;
    for (const std::string &s : cb) std::cout << s;
    std::cout << "\n";
    Counts c; c.add("k"); c.add("k"); c.add("a");
    for (const auto &kv : c) std::cout << kv.first << kv.second;
    Nums n;
    for (int &v : n) v *= 2;
    for (int v : n) std::cout << v;
    std::cout << "\n";
    Ps ps;
    for (auto &p : ps) p.x += 10;
    for (auto p : ps) { p.x++; std::cout << p.x << p.n; }
    for (const auto &p : ps) std::cout << p.x << p.n;
    std::cout << "\n";
}
