#include <algorithm>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <queue>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>
int roman(std::string_view s) {
    int n = 0;
    for (auto it = s.rbegin(); it != s.rend(); ++it) n = n * 2 + (*it == 'I' ? 1 : 5);
    return n;
}
int main() {
    std::deque<int> d{4, 1, 3};
    std::priority_queue<int, std::vector<int>, std::greater<>> mn(d.begin(), d.end());
    while (mn.size()) { std::cout << mn.top() << (mn.size() > 1 ? "," : "\n"); mn.pop(); }
    std::priority_queue<int> mx(d.begin(), d.end());
    std::cout << mx.top() << roman("IVI") << '\n';
    std::vector<std::string> v{"b", "a", "c"};
    std::sort(v.begin(), v.end(), std::greater<>{});
    std::cout << v[0];
    std::sort(v.begin(), v.end(), std::less<>());
    std::cout << v[0] << '\n';
    std::set<std::string, std::less<>> s{"x", "y"};
    std::map<std::string, int, std::less<>> m{{"k", 1}};
    std::map<int, int, std::greater<>> g{{1, 2}, {3, 4}};
    std::cout << g.begin()->first << '\n';
    std::istringstream in("1 0 7 x");
    std::reverse(d.begin(), d.end());
    std::sort(d.rbegin(), d.rend());
    std::cout << d[0] << std::greater<>{}(3, 2) << '\n';
    return 0;
}
