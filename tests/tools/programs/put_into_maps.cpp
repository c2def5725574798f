#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>
int main() {
    std::map<int, std::string, std::greater<int>> g;
    auto r = g.insert_or_assign(80, "B+");
    std::cout << r.second << r.first->second << g.insert_or_assign(80, "C").second << g.try_emplace(60, "D").second << g.try_emplace(60, "E").first->second << '\n';
    auto [it, fresh] = g.emplace(70, "q");
    std::cout << it->first << fresh << g.emplace(70, "z").second << g.insert({90, "A"}).second << '\n';
    for (auto &[k, v] : g) std::cout << k << v << ' ';
    std::map<std::string, int> m;
    std::cout << m.insert_or_assign("a", 1).second << m.insert_or_assign("a", 2).second << m.try_emplace("b", 3).second << m["a"] << '\n';
    auto [p, ok] = m.insert_or_assign("c", 7);
    std::cout << p->first << p->second << ok << '\n';
    std::unordered_map<std::string, int> um;
    if (um.try_emplace("k", 5).second) std::cout << "new\n";
    if (auto [q, novel] = um.try_emplace("k", 6); !novel) std::cout << q->second << '\n';
    std::cout << um.insert_or_assign("k", 6).second << '\n';
    m.emplace("d", 4);
    m.insert_or_assign("d", 5);
    g.insert_or_assign(1, "one");
    g.try_emplace(2, "two");
    std::set<int> a{1, 2, 3, 4}, b{2, 3, 9};
    std::vector<int> out;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    std::vector<int> i, d, sd;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(i));
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(d, d.begin()));
    std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(sd));
    std::set<int> so;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::inserter(so, so.end()));
    std::cout << out.size() << i.size() << d.size() << sd.size() << so.size() << std::includes(a.begin(), a.end(), i.begin(), i.end()) << std::includes(a.begin(), a.end(), b.begin(), b.end()) << '\n';
    std::vector<std::string> s1{"a", "b"}, s2{"b", "c"}, s3;
    std::set_intersection(s1.begin(), s1.end(), s2.begin(), s2.end(), std::back_inserter(s3));
    std::cout << s3[0] << '\n';
    return 0;
}
