#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
#include <deque>
#include <list>
int main() {
    std::vector<int> v{3, 1, 2, 3, 1};
    std::set<int> s(v.begin(), v.end());
    std::vector<int> u(s.begin(), s.end());
    std::deque<int> d(s.begin(), s.end());
    std::list<int> l(v.rbegin(), v.rend());
    std::unordered_set<int> us(v.begin(), v.end());
    std::vector<int> k(us.begin(), us.end());
    std::sort(k.begin(), k.end());
    std::set<int> s2(us.begin(), us.end());
    std::multiset<int> ms(v.begin(), v.end());
    std::vector<int> back(s.rbegin(), s.rend());
    std::set<int, std::greater<int>> gs(v.begin(), v.end());
    std::vector<std::pair<std::string, int>> rows{{"b", 2}, {"a", 1}, {"b", 3}};
    std::map<std::string, int> m(rows.begin(), rows.end());
    std::unordered_map<std::string, int> um(rows.begin(), rows.end());
    std::multimap<std::string, int> mm(rows.begin(), rows.end());
    std::map<std::string, int> m2(um.begin(), um.end());
    std::map<int, std::string, std::greater<int>> gm;
    for (auto &[a, b] : mm) gm[b] = a;
    std::vector<std::pair<int, std::string>> fromgm(gm.begin(), gm.end());
    std::vector<std::pair<std::string, int>> frommm(mm.begin(), mm.end());
    std::cout << u.size() << d.size() << l.front() << k[0] << s2.size() << ms.size() << back[0] << *gs.begin() << m["b"] << um["b"] << m2.size() << fromgm[0].second << frommm.back().second << '\n';
    std::string text = "hello";
    std::set<char> letters(text.begin(), text.end());
    std::vector<char> cs(text.begin(), text.end());
    std::string t2(letters.begin(), letters.end());
    std::string rev(text.rbegin(), text.rend());
    std::cout << t2 << cs.size() << rev << '\n';
    u.assign(s.begin(), s.end());
    s.insert(k.begin(), k.end());
    v.insert(v.end(), s.begin(), s.end());
    m.insert(um.begin(), um.end());
    m2.insert(m.begin(), m.end());
    for (int i : v) std::cout << i;
    std::cout << m.size() << '\n';
    return 0;
}
