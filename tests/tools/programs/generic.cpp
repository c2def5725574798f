#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <numeric>
#include <string>
#include <vector>
struct U { std::string name; int age; };
template <typename C, typename F> void each(const C &c, F f) { for (const auto &x : c) f(x); }
int main() {
    std::vector<U> us{{"bo", 3}, {"al", 1}, {"cy", 2}};
    std::sort(us.begin(), us.end(), [](const auto &a, const auto &b) { return a.age < b.age; });
    for (const auto &u : us) std::cout << u.name << u.age << " ";
    std::vector<std::string> ws{"ccc", "a", "bb"};
    std::sort(ws.begin(), ws.end(), [](const auto &a, const auto &b) { return a.size() > b.size(); });
    for (auto &w : ws) std::cout << w << " ";
    auto print = [](const auto &x) { std::cout << "[" << x << "]"; };
    print(1); print("s"); print(2.5); print(std::string("q")); std::cout << "\n";
    auto add = [](auto a, auto b) { return a + b; };
    std::cout << add(1, 2) << add(std::string("x"), "y") << add(1.5, 2) << "\n";
    each(ws, [](const auto &w) { std::cout << w.size(); });
    each(us, [&](const auto &u) { std::cout << u.name; });
    std::map<std::string, int> m{{"k", 1}, {"l", 2}};
    std::for_each(m.begin(), m.end(), [](const auto &p) { std::cout << p.first << p.second; });
    auto it = std::find_if(m.begin(), m.end(), [](const auto &p) { return p.second == 2; });
    std::cout << (it != m.end() ? it->first : "none") << "\n";
    int n = 0; auto count = [&n](auto x) { n += x > 1; return n; };
    count(1); count(2.5); std::cout << count(3) << "\n";
    std::cout << std::count_if(ws.begin(), ws.end(), [](auto &s) { return s.length() > 1; }) << std::accumulate(ws.begin(), ws.end(), std::string(), [](auto acc, const auto &s) { return acc + s; }) << "\n";
}
