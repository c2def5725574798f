/* Objects as those of their base, the greater of two, and letters of what is in a pair. */
#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <algorithm>
struct Item { int n; std::string name; std::vector<int> v; short y = -2; bool operator<(const Item &o) const { return n < o.n; } };
struct Shape { int size = 1; std::vector<int> v{1}; virtual std::string kind() const { return "shape"; } virtual ~Shape() = default; };
struct Square : Shape { std::string label = "sq"; std::string kind() const override { return label; } };
static void by_value(Shape s) { s.size = 9; s.v[0] = 7; std::cout << s.kind() << s.size << "\n"; }
int main() {
    std::pair<std::string, Item> p{"key", Item{1, "a", {1}}};
    p.first.erase(1, 1);
    p.first.push_back('q');
    p.first += "zz";
    std::reverse(p.first.begin(), p.first.end());
    std::string t = "t";
    std::swap(p.first, t);
    p.second.v.push_back(3);
    std::cout << p.first << t << p.second.v.size() << "\n";
    Item a{1, "a", {1}}, b{1, "b", {2}};
    Item c = std::max(a, b), d = std::min(b, a);
    c.n = 7; d.v[0] = 5;
    std::cout << a.n << b.n << a.name << c.name << d.name << b.v[0] << "\n";
    const Item &r = std::max(a, b); a.name = "changed"; std::cout << r.name << "\n";
    std::cout << std::hex << a.y << " " << a.n << std::dec << "\n";
    Square q; q.size = 4;
    Shape cut = q; cut.v[0] = 3; std::cout << cut.kind() << q.kind() << cut.size << q.v[0] << "\n";
    by_value(q); std::cout << q.size << q.v[0] << "\n";
    cut = q; std::cout << cut.kind() << cut.size << "\n";
    std::vector<Shape> all; all.push_back(q); std::cout << all[0].kind() << "\n";
    Shape other(q); other.size++; std::cout << other.size << q.size << "\n";
    return 0;
}
