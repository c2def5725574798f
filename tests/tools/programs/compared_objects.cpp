#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>
struct V { int a; std::string b; };
static bool operator<(const V &x, const V &y) { return x.a < y.a; }
static bool operator==(const V &x, const V &y) { return x.a == y.a && x.b == y.b; }
class W { int n_; public: explicit W(int n) : n_(n) {} int n() const { return n_; } friend bool operator==(const W &, const W &); friend bool operator<(const W &, const W &); friend bool operator>(const W &a, const W &b) { return b < a; } };
bool operator==(const W &a, const W &b) { return a.n_ == b.n_; }
bool operator<(const W &a, const W &b) { return a.n_ < b.n_; }
int main() {
    std::vector<V> v{{3, "c"}, {1, "a"}, {2, "b"}}; std::sort(v.begin(), v.end()); for (auto &x : v) std::cout << x.b; std::cout << (std::find(v.begin(), v.end(), V{2, "b"}) != v.end()) << std::count(v.begin(), v.end(), V{1, "z"}) << "\n";
    std::vector<V> w = v; std::cout << (v == w) << std::max_element(v.begin(), v.end())->b << "\n"; w.erase(std::remove(w.begin(), w.end(), V{1, "a"}), w.end()); std::cout << w.size() << (v == w) << "\n";
    std::vector<W> ws{W(5), W(2), W(9), W(2)}; std::sort(ws.begin(), ws.end()); std::cout << ws.front().n() << ws.back().n() << (std::find(ws.begin(), ws.end(), W(9)) - ws.begin()) << "\n"; ws.erase(std::unique(ws.begin(), ws.end()), ws.end()); std::cout << ws.size() << "\n";
    std::set<W> s; s.insert(W(3)); s.insert(W(1)); s.insert(W(3)); std::cout << s.size() << s.begin()->n() << s.count(W(1)) << "\n"; std::map<W, int> m; m[W(4)] = 1; m[W(4)]++; std::cout << m.size() << m[W(4)] << "\n";
    V arr[3] = {{9, "x"}, {7, "y"}, {8, "z"}}; std::sort(arr, arr + 3); for (auto &x : arr) std::cout << x.b; std::pair<V, int> p1{{1, "q"}, 2}, p2{{1, "q"}, 2}; std::cout << (p1 == p2) << "\n";
}
