#include <array>
#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <tuple>
#include <vector>
#include <set>
struct P { int a; std::string b; std::vector<int> c; };
static P make() { return {1, "m", {1, 2}}; }
static std::tuple<int, std::vector<int>> parts(int n) { return {n, std::vector<int>(n, 7)}; }
static std::pair<std::map<std::string, int>::iterator, bool> put(std::map<std::string, int> &m, const std::string &k) { return m.insert({k, 1}); }
int main() {
    int pair[2] = {5, 6}; auto [x, y] = pair; auto &[u, v] = pair; pair[0] = 50; std::cout << x << y << u << v << "\n";
    v = 60; std::cout << pair[1] << "\n";
    std::array<int, 2> a{1, 2}; auto &[p, q] = a; p = 4; a[1] = 9; std::cout << a[0] << q << "\n";
    auto [m, n](a); auto [k, l]{a}; a[0] = 0; std::cout << m << n << k << l << "\n";
    P s{3, "s", {3}}; const auto &[sa, sb, sc] = s; s.a = 4; s.b += "!"; s.c.push_back(4); std::cout << sa << sb << sc.size() << "\n";
    auto [ca, cb, cc] = s; s.c.clear(); cc.push_back(1); std::cout << ca << cb << cc.size() << s.c.size() << "\n";
    auto [ma, mb, mc] = make(); std::cout << ma << mb << mc.size() << "\n";
    const auto &[ra, rb, rc] = make(); std::cout << ra << rb << rc.size() << "\n";
    auto [cnt, vec] = parts(3); vec[0] = cnt; std::cout << vec[0] << vec[1] << "\n";
    std::vector<P> ps{{1, "x", {}}, {2, "y", {5}}};
    for (auto &[pa, pb, pc] : ps) { pa *= 10; pb += "?"; pc.push_back(pa); }
    for (const auto &[pa, pb, pc] : ps) std::cout << pa << pb << pc.size() << " ";
    for (auto [pa, pb, pc] : ps) { pa++; pc.clear(); std::cout << pa; }
    std::cout << ps[0].a << ps[0].c.size() << "\n";
    std::map<std::string, P> mp; mp["k"] = {7, "z", {}};
    for (auto &[key, val] : mp) { val.a++; std::cout << key << val.a; }
    for (auto &[key, val] : mp) { auto &[va, vb, vc] = val; va += 5; vc.push_back(1); std::cout << vb; }
    std::cout << mp["k"].a << mp["k"].c.size() << "\n";
    std::vector<std::pair<int, std::string>> pv{{1, "one"}, {2, "two"}};
    for (auto &[num, word] : pv) { num += 1; word += "!"; }
    for (auto &[num, word] : pv) std::cout << num << word;
    std::cout << "\n";
    std::map<std::string, int> counts;
    if (auto [it, fresh] = put(counts, "a"); fresh) { it->second = 5; std::cout << it->first << it->second; }
    if (auto [it, fresh] = put(counts, "a"); !fresh) { it->second++; std::cout << it->first << it->second; }
    auto [it2, ok2] = counts.emplace("b", 2); std::cout << it2->first << ok2 << counts["b"] << "\n";
    std::set<std::pair<int, int>> ss; auto [si, sok] = ss.insert({1, 2}); std::cout << si->first << sok << "\n";
    std::pair<int, std::string> pr{1, "p"}; auto &[f1, f2] = pr; std::cout << f1 << f2; 
    auto it = counts.begin(); while (it != counts.end()) { const auto &[ck, cv] = *it; std::cout << ck << cv; ++it; }
    std::cout << "\n";
    std::tuple<int, double> td{1, 2.5}; auto [ti, tdd] = td; ti++; std::cout << ti << tdd << std::get<0>(td) << "\n";
    int mn, mx; std::tie(mn, mx) = std::minmax(3, 1); std::cout << mn << mx << "\n";
    double dd; std::string st; std::tie(dd, st) = std::make_tuple(3.0, std::string("lit")); std::cout << dd / 2 << st << "\n";
    auto [lo, hi] = std::minmax({4, 2, 8}); std::cout << lo << hi << "\n";
    auto f = [&, num = 3](int z) { return z + num + ti; }; std::cout << f(1) << "\n";
    std::cout << (std::tie(mn, st) < std::make_tuple(2, std::string("z"))) << (std::make_pair(1, 2) < std::make_pair(1, 3)) << std::get<1>(std::make_pair(1, 'c')) << "\n";
}
