#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>
#include <functional>
struct P { int x, y; };
bool operator<(const P &a, const P &b) { return a.x != b.x ? a.x < b.x : a.y < b.y; }
struct NoCase { bool operator()(const std::string &a, const std::string &b) const {
    for (size_t i = 0; i < a.size() && i < b.size(); ++i) { char x = tolower(a[i]), y = tolower(b[i]); if (x != y) return x < y; }
    return a.size() < b.size(); } };
int main() {
    std::map<std::string, int, NoCase> h;
    h["Content-Type"] = 1; h["content-type"] = 2; h["ETag"]++; h["etag"] += 4;
    for (auto &kv : h) std::cout << kv.first << "=" << kv.second << " ";
    auto it = h.find("ETAG");
    if (it != h.end()) { it->second *= 10; std::cout << it->first << it->second << "\n"; }
    std::set<P> ps; ps.insert({1, 2}); ps.insert(P{0, 5}); std::cout << ps.insert({1, 2}).second << ps.size() << ps.begin()->y << "\n";
    auto cmp = [](int a, int b) { return a % 10 < b % 10; };
    std::set<int, decltype(cmp)> s(cmp); s.insert(15); s.insert(5); s.insert(21); for (int v : s) std::cout << v << ","; 
    std::map<int, std::string, std::greater<int>> top{{1, "a"}, {3, "c"}, {2, "b"}};
    for (const auto &[k, v] : top) std::cout << k << v; std::cout << top.begin()->second << "\n";
    std::multimap<std::string, int> mm; mm.emplace("b", 1); mm.emplace("a", 2); mm.insert(std::make_pair("b", 3));
    for (auto i = mm.begin(); i != mm.end(); ++i) std::cout << i->first << i->second << " ";
    for (auto i = mm.lower_bound("b"); i != mm.upper_bound("b"); ++i) std::cout << i->second; std::cout << mm.erase("b") << mm.size() << "\n";
    std::multiset<int> ms{3, 1, 3, 2}; ms.erase(ms.find(3)); for (auto x : ms) std::cout << x; std::cout << *ms.rbegin() << ms.count(3) << "\n";
    for (auto i = ms.begin(); i != ms.end();) { if (*i % 2) i = ms.erase(i); else ++i; } std::cout << ms.size() << "\n";
    std::map<std::vector<int>, int> mv; mv[{1, 2}] = 3; mv[{0, 9}]++; for (auto &e : mv) std::cout << e.first.size() << e.second; std::cout << mv.count({1, 2}) << "\n";
    std::map<P, std::vector<std::string>> g; g[{2, 2}].push_back("x"); g[{2, 2}].push_back("y"); g[{1, 1}]; for (auto &e : g) std::cout << e.first.x << e.second.size();
    auto copy = h; copy.erase("etag"); std::cout << copy.size() << h.size() << copy.count("CONTENT-TYPE") << (copy == h) << "\n";
    for (auto it2 = top.rbegin(); it2 != top.rend(); ++it2) std::cout << it2->first; std::cout << "\n";
}
