#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>
struct P { int x, y; bool operator<(const P &o) const { return x < o.x; } };
int main() {
    std::vector<P> a{{1, 2}, {2, 1}}, b{{1, 3}, {3, 1}};
    std::pair<P, int> c{{1, 2}, 1}, d{{1, 3}, 2};
    std::cout << (a < b) << (b < a) << (c < d) << (a <= b) << (a > b) << (a >= b) << '\n';
    P p{1, 5}, q{1, 6};
    std::cout << (std::tie(p, c.second) < std::tie(q, d.second)) << std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end()) << '\n';
    std::vector<std::pair<P, int>> rows{{{1, 9}, 3}, {{1, 8}, 2}, {{0, 1}, 5}};
    std::sort(rows.begin(), rows.end());
    for (const auto &row : rows) std::cout << row.first.y << row.second << ' ';
    std::map<std::string, P> m{{"a", {1, 2}}}, n{{"a", {1, 3}}, {"b", {0, 0}}};
    std::cout << (m < n) << (n < m) << '\n';
    return 0;
}
