#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <deque>
#include <list>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
struct P { int x, y; bool operator==(const P &o) const { return x == o.x && y == o.y; } bool operator!=(const P &o) const { return !(*this == o); } bool operator<(const P &o) const { return x < o.x || (x == o.x && y < o.y); } };
int main() {
    std::set<int> a{1, 2, 3}, b{1, 2, 4};
    std::cout << (a == b) << (a != b) << (a < b) << '\n';
    std::map<std::string, int> m{{"a", 1}}, n{{"a", 2}};
    std::cout << (m == n) << (m != n) << (m < n) << '\n';
    std::multiset<int> x{1, 1, 2}, y{1, 2, 1};
    std::cout << (x == y) << (x != y) << (x < y) << '\n';
    std::multimap<int, int> mx{{1, 1}, {1, 2}}, my{{1, 1}, {1, 2}};
    std::cout << (mx == my) << (mx != my) << (mx < my) << '\n';
    std::set<int, std::greater<int>> ga{1, 2}, gb{2, 1};
    std::cout << (ga == gb) << (ga < gb) << '\n';
    std::map<int, int, std::greater<int>> gma{{1, 2}}, gmb{{2, 1}};
    std::cout << (gma == gmb) << (gma < gmb) << '\n';
    std::unordered_set<int> ua{1, 2}, ub{2, 1};
    std::unordered_map<int, int> uma{{1, 2}}, umb{{1, 2}};
    std::cout << (ua == ub) << (uma != umb) << '\n';
    std::deque<int> da{1, 2}, db{1, 3};
    std::list<int> la{1, 2}, lb{1, 3};
    std::cout << (da == db) << (da < db) << (la == lb) << (la < lb) << '\n';
    std::vector<P> va{{1, 2}}, vb{{1, 2}, {0, 1}};
    std::cout << (va == vb) << (va != vb) << (va < vb) << (va == va) << '\n';
    std::deque<P> pa{{1, 2}}, pb{{1, 3}};
    std::cout << (pa == pb) << (pa < pb) << '\n';
    std::set<P> spa{{1, 2}}, spb{{1, 2}};
    std::cout << (spa == spb) << '\n';
    std::map<std::string, std::vector<int>> mv{{"a", {1}}}, mw{{"a", {1}}};
    std::cout << (mv == mw) << (mv < mw) << (mv >= mw) << '\n';
    return 0;
}
