/* What a method takes as a value ends there, unless the heir keeps it. */
#include <iostream>
#include <memory>
#include <vector>

struct Item {
    int id;
    explicit Item(int i) : id(i) {}
    ~Item() { std::cout << "~" << id << "\n"; }
};
struct Base {
    virtual ~Base() = default;
    std::vector<std::unique_ptr<Item>> items;
    virtual void add(std::unique_ptr<Item> p) { items.push_back(std::move(p)); }
};
struct Dropper : Base {
    void add(std::unique_ptr<Item> p) override { std::cout << "drop " << p->id << "\n"; }
};
int main() {
    Base b;
    Dropper d;
    Base *all[] = {&b, &d};
    int n = 0;
    for (Base *x : all) x->add(std::make_unique<Item>(++n));
    std::cout << "end\n";
}
