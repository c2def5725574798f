#include <algorithm>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>
struct Row { const char *name; int n; };
static const char *const kNames[] = {"one", "two"};
int main() {
    unsigned char big[4] = {1, 2, 3, 4};
    unsigned v = 0;
    for (auto x : big) v = v << 8 | x;
    std::cout << v << '\n';
    const char *names[] = {"x", "y", "z"};
    for (const char *n : names) std::cout << n << ' ';
    for (auto n : kNames) std::cout << n << ' ';
    bool flags[3] = {true, false, true};
    for (bool f : flags) std::cout << f;
    for (bool &f : flags) f = !f;
    double ds[] = {1.5, 2.5};
    for (double d : ds) std::cout << d << ' ';
    for (auto &d : ds) d *= 2;
    uint16_t hs[2] = {65535, 1};
    for (auto &h : hs) ++h;
    char text[] = "abc";
    for (char c : text) std::cout << int(c) << ' ';
    for (char &c : text) if (c) c++;
    signed char sc[2] = {-1, 5};
    for (int c : sc) std::cout << c << ' ';
    Row rows[] = {{"a", 1}, {"b", 2}};
    for (auto &r : rows) { r.n++; std::cout << r.name << r.n; }
    for (const Row &r : rows) std::cout << r.name << r.n;
    int grid[2][3] = {{1, 2, 3}, {4, 5, 6}};
    int sum = 0;
    for (auto &row : grid) for (int c : row) sum += c;
    for (const auto &row : grid) sum += std::accumulate(std::begin(row), std::end(row), 0);
    std::cout << sum << text << flags[1] << hs[0] << ds[1] << '\n';
    for (unsigned char &c : big) c ^= 0xFF;
    std::cout << int(big[0]) << std::size(big) << std::size(names) << '\n';
    std::vector<int> q(std::begin(grid[0]), std::end(grid[0]));
    std::vector<unsigned char> bytes(std::begin(big), std::end(big));
    std::vector<std::string> ns(std::begin(names), std::end(names));
    std::sort(std::begin(ds), std::end(ds), std::greater<double>());
    std::cout << q.size() << bytes.size() << ns.size() << ds[0] << *std::max_element(std::begin(big), std::end(big)) - 0 << '\n';
    return 0;
}
