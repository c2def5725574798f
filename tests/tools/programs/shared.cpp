#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>
struct Item { std::string name; int qty; };
class Store {
    std::vector<Item> items_;
    std::map<std::string, size_t> index_;
public:
    Item &at(const std::string &n) {
        auto it = index_.find(n);
        if (it != index_.end()) return items_[it->second];
        index_[n] = items_.size();
        items_.push_back(Item{n, 0});
        return items_.back();
    }
    std::vector<Item> all() const { return items_; }
    std::vector<Item> &raw() { return items_; }
};
static void bump(Item &i) { i.qty++; }
static Item bumped(Item i) { i.qty += 100; return i; }
int main() {
    Store s;
    s.at("a").qty = 5;
    bump(s.at("a"));
    Item b = bumped(s.at("a"));
    auto snapshot = s.all();
    s.raw()[0].qty = -1;
    s.at("b") = b;
    s.at("b").name = "renamed";
    std::cout << snapshot[0].qty << " " << b.qty << b.name << " " << s.all()[0].qty << s.all()[1].qty << s.all()[1].name << snapshot.size() << "\n";
    std::vector<std::unique_ptr<Item>> own;
    own.push_back(std::make_unique<Item>(Item{"u", 1}));
    Item *raw = own[0].get();
    raw->qty = 9;
    Item copy = *raw;
    copy.qty = 0;
    std::cout << own[0]->qty << copy.qty << "\n";
    std::vector<Item *> ptrs;
    for (auto &i : s.raw()) ptrs.push_back(&i);
    ptrs[1]->qty = 77;
    std::cout << s.at("b").qty << "\n";
    Item arr[2] = {{"p", 1}, {"q", 2}};
    Item second = arr[1];
    arr[1].qty = 50;
    std::cout << second.qty << arr[1].qty << "\n";
    return 0;
}

