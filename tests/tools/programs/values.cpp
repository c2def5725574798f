#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <memory>
struct Item { std::string name; int n; std::vector<int> tags; };
class Box { std::vector<Item> items_; std::map<std::string, int> idx_; public: void add(const Item &i) { idx_[i.name] = (int)items_.size(); items_.push_back(i); } const std::vector<Item> &items() const { return items_; } Item &get(const std::string &k) { return items_[idx_[k]]; } Item copy(int i) const { return items_[i]; } };
static std::vector<int> make(int n) { std::vector<int> v; for (int i = 0; i < n; ++i) v.push_back(i); return v; }
static void grow(std::vector<int> v) { v.push_back(99); std::cout << v.size() << " "; } static void grow_ref(std::vector<int> &v) { v.push_back(99); }
int main()
{
    Box b; Item i{"a", 1, {1, 2}}; b.add(i); i.name = "b"; i.tags.push_back(3); b.add(i); std::cout << b.items()[0].name << b.items()[0].tags.size() << b.items()[1].tags.size() << std::endl;
    auto all = b.items(); all[0].name = "changed"; all.pop_back(); std::cout << b.items()[0].name << b.items().size() << all.size() << std::endl; b.get("a").n = 42; Item &r = b.get("a"); r.n++; Item c = r; c.n = 0; std::cout << b.copy(0).n << " " << r.n << c.n << std::endl; Item d = b.copy(1); d.tags.clear(); std::cout << b.items()[1].tags.size() << std::endl;
    std::vector<int> v = make(3), w; w = v; w[0] = 7; grow(v); grow_ref(v); std::cout << v.size() << v[0] << w[0] << std::endl; std::vector<std::vector<int>> g; std::vector<int> row; for (int k = 0; k < 4; ++k) { row.push_back(k); if (row.size() == 2) { g.push_back(std::move(row)); row.clear(); } } std::cout << g.size() << g[0].size() << g[1][1] << row.size() << std::endl; std::unique_ptr<Item> p(new Item{"p", 5, {}}); std::unique_ptr<Item> q = std::move(p); std::cout << (p ? "has" : "none") << q->n << std::endl; std::map<std::string, std::vector<int>> m; m["x"].push_back(1); m["x"].push_back(2); m["y"]; std::cout << m.size() << m["x"].size() << m.count("z") << std::endl; for (auto &kv : m) kv.second.push_back(0); std::cout << m["y"].size() << std::endl; Item *ip = &i; Item other = *ip; other.n = 77; ip->n = 5; std::cout << i.n << other.n << std::endl; std::string s1 = "abc", s2 = s1; s2 += "d"; std::cout << s1 << s2 << std::endl; return 0;
}
