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
    std::unordered_map<std::string, int> freq;
    for (const char *w : {"a", "b", "a", "c", "b", "a"}) ++freq[w];
    std::vector<std::pair<std::string, int>> v(freq.begin(), freq.end());
    std::sort(v.begin(), v.end(), [](const auto &a, const auto &b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    for (const auto &p : v) std::cout << p.first << '=' << p.second << '\n';
    std::map<std::string, int> m(freq.begin(), freq.end());
    std::vector<std::pair<std::string, int>> w(m.begin(), m.end());
    std::sort(w.begin(), w.end(), [](const std::pair<std::string, int> &a, const std::pair<std::string, int> &b) { return a.second > b.second; });
    for (auto &[k, n] : w) std::cout << k << n << ' ';
    std::vector<std::pair<std::string, int>> z;
    for (const auto &kv : freq) z.push_back(kv);
    std::sort(z.begin(), z.end());
    for (auto &[k, n] : z) std::cout << k << n << ' ';
    std::vector<std::pair<int, std::string>> y;
    for (const auto &[k, n] : freq) y.emplace_back(n, k);
    std::sort(y.begin(), y.end(), std::greater<>());
    for (auto &[k, n] : y) std::cout << k << n << ' ';
    std::vector<std::pair<int, std::string>> x;
    for (const auto &kv : freq) x.push_back({kv.second, kv.first});
    std::sort(x.rbegin(), x.rend());
    for (auto &[k, n] : x) std::cout << k << n << ' ';
    std::cout << '\n';
    return 0;
}
