/* Structured bindings by reference: other names for what is there. */
#include <iostream>
#include <string>
#include <vector>
#include <map>
struct Spot { int x = 1; std::string n = "n"; std::vector<int> v{1}; };
struct Outer { Spot at; std::pair<std::string, Spot> p{"k", {}}; };
static std::pair<int, std::string> made() { return {4, "made"}; }
int main() {
    Spot s; Outer o; std::vector<Spot> all(2);
    auto &[x, n, v] = s; x += 4; n += "!"; v.push_back(2); s.x++; std::cout << x << n << s.n << v.size() << s.x << "\n";
    s = Spot{7, "new", {}}; std::cout << x << n << v.size() << "\n";
    { auto &[x, n, v] = all[1]; int i = 0; x = 9; n.append("z"); std::swap(x, i); std::cout << all[1].x << all[1].n << i << "\n"; }
    { auto &[k, at] = o.p; k = "key"; k += "2"; at.x = 12; at = s; k.push_back('c'); std::cout << o.p.first << o.p.second.x << "\n"; o.p.first = "again"; std::cout << k << "\n"; o.p = {"third", Spot{8}}; std::cout << k << at.x << "\n"; }
    { const auto &[a, b] = made(); std::cout << a << b << "\n"; }
    { const auto &[a, b, c] = s; s.x = 50; std::cout << a << b << "\n"; }
    { auto [a, b, c] = s; a = 5; c.push_back(1); std::cout << s.x << s.v.size() << a << "\n"; }
    auto f = [&](int by) { s.x += by; }; f(3); std::cout << x << "\n";
    return 0;
}
