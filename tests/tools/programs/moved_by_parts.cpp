/* Objects without a destructor of their own move part by part. */
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Plain {
    std::string n;
    explicit Plain(const std::string &name) : n(name) { std::cout << "+" << n << "\n"; }
    ~Plain() { std::cout << "~" << n << "\n"; }
};
struct Group {
    std::vector<std::unique_ptr<Plain>> all;
    std::map<std::string, std::shared_ptr<Plain>> named;
    void add(const std::string &n) {
        all.push_back(std::make_unique<Plain>(n));
        named[n] = std::make_shared<Plain>(n + "!");
    }
};
Group build() {
    Group g;
    g.add("one");
    g.add("two");
    return g;
}
int main() {
    Group g = build();
    for (const auto &p : g.all) std::cout << p->n << "\n";
    for (auto &[k, v] : g.named) std::cout << k << v->n << "\n";
    Group h = std::move(g);
    std::cout << g.all.size() << h.all.size() << "\n";
    std::vector<Group> gs;
    gs.push_back(std::move(h));
    gs.emplace_back();
    gs.back().add("three");
    std::cout << gs.size() << gs[0].all.size() << h.named.size() << "\n";
    g = build();
    std::cout << "end\n";
}
