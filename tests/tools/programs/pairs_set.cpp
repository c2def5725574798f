/* Pairs and optionals that are set while something else refers to them. */
#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <optional>
#include <utility>
struct Spot { int x = 1; std::string n = "n"; std::vector<int> v{1}; };
static void change(std::pair<std::string, Spot> &p) { p.first = "changed"; p.second.x = 9; }
int main() {
    std::pair<std::string, Spot> pair{"a", {}};
    auto &r = pair; r.first = "r"; std::cout << pair.first << "\n";
    pair.first = "p"; std::cout << r.first << "\n";
    change(pair); std::cout << pair.first << r.first << pair.second.x << "\n";
    auto copy = r; copy.first = "copy"; copy.second.x = 100; std::cout << pair.first << pair.second.x << "\n";
    pair = copy; std::cout << r.first << r.second.x << "\n";
    copy.second.x = 1; std::cout << r.second.x << "\n";
    std::vector<std::pair<std::string, Spot>> all{pair, copy};
    for (auto &one : all) { one.first += "!"; one.second.x++; }
    for (auto one : all) { one.first += "no"; one.second.x = 0; }
    auto &e = all[0]; e.first += "e"; all[0].second.n = "nn"; std::cout << all[0].first << e.second.n << all[1].first << all[1].second.x << "\n";
    std::swap(all[0], all[1]); std::cout << e.first << e.second.x << "\n";
    std::optional<Spot> m; auto &mr = m; mr = Spot{3}; auto &in = *m; m = Spot{4}; std::cout << in.x << mr->x << "\n"; mr = std::nullopt; std::cout << m.has_value() << "\n";
    auto &sec = pair.second; pair = all[0]; std::cout << sec.x << "\n";
    return 0;
}
