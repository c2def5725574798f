#include <cstdio>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>
#include <functional>
#include <algorithm>
#include <numeric>
#include <atomic>
#include <utility>
struct Flags { bool a = true; bool b = false; int n = 0; bool both() const { return a && b; } };
static bool odd(int n) { return n % 2; }
static bool any(const std::vector<bool> &v) { for (bool x : v) if (x) return true; return false; }
static int count(bool x, bool y) { return x + y; }
static void fill(bool &out, bool *p) { out = !out; *p = out; }
template <class T> T twice(T x) { return x + x; }
template <class T> std::string shown(const T &x) { std::ostringstream o; o << x << "/" << std::boolalpha << x; return o.str(); }
static bool g = 3;
static bool table[3] = {true, false};
int main() {
    Flags f;
    bool t = true, u = f.b, w = f.n == 0, z;
    z = f.n;
    printf("%d %d %d %d %d\n", t, u, w, z, f.both());
    std::cout << t << u << w << z << f.both() << odd(3) << "\n";
    std::cout << std::boolalpha << t << u << (t && u) << !t << f.a << odd(4) << std::noboolalpha << t << "\n";
    int n = t; n += w; n = n * 2 + odd(5); std::cout << n << " " << (t + w) << " " << -t << " " << ~t << "\n";
    std::vector<bool> v{true, false, true}; v.push_back(n > 3); v[1] = n;
    for (size_t i = 0; i < v.size(); ++i) std::cout << v[i];
    std::cout << any(v) << " " << std::count(v.begin(), v.end(), true) << "\n";
    std::map<std::string, bool> m; m["a"] = true; m["b"];
    for (auto &e : m) std::cout << e.first << e.second << " ";
    std::cout << m.count("c") << m["c"] << "\n";
    bool r = false, q = true; fill(r, &q); std::cout << r << q << count(r, q) << "\n";
    std::cout << twice(true) << twice(t) << shown(t) << shown(5) << shown(false) << "\n";
    t |= u; t &= w; t ^= true; std::cout << t << std::to_string(w) << std::to_string(t + 1) << "\n";
    std::cout << g << table[0] << table[1] << table[2] << (table[0] == g) << (g != u) << (g > u) << "\n";
    std::optional<bool> o; std::cout << o.has_value(); o = false; std::cout << o.has_value() << *o << o.value_or(true) << "\n";
    auto pair = std::make_pair(true, 5); std::cout << pair.first << pair.second << "\n";
    std::function<bool(int)> even = [](int k) { return k % 2 == 0; };
    std::cout << even(2) << even(3) << "\n";
    bool c = n > 2 ? odd(n) : true; std::cout << c << (c ? "yes" : "no") << (c ? 1 : 2) << "\n";
    std::atomic<bool> stop{false}; stop = true; std::cout << stop.load() << stop << "\n";
    switch (c) { case true: std::cout << "T\n"; break; case false: std::cout << "F\n"; }
    std::string s = c ? "x" : ""; s += std::to_string(c); s += c; std::cout << s.size() << s << "|" << int(c) << static_cast<int>(!c) << "\n";
    char buf[32]; snprintf(buf, sizeof buf, "%d-%s", c, c ? "t" : "f"); std::cout << buf << "\n";
    double d = t; d += w; std::cout << d << " " << (w ? 2.5 : 1) << " " << w * 1.5 << "\n";
    std::set<bool> sb{true, false, true}; for (bool x : sb) std::cout << x; std::cout << sb.size() << "\n";
    bool arr[4] = {}; arr[n % 4] = true; int total = 0; for (bool x : arr) total += x; std::cout << total << std::accumulate(v.begin(), v.end(), 0) << "\n";
    unsigned char uc = t; long long big = (long long)w << 40; std::cout << int(uc) << " " << big << " " << (w == 1) << (w == 2) << "\n";
    std::stringstream ss; ss << w << ' ' << (n == 0) << std::boolalpha << ' ' << w; std::cout << ss.str() << "\n";
    const bool k = !!n; std::cout << k << "," << k + 1 << "," << "ab"[k] << "\n";
    return !k;
}
