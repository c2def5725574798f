/* A parameter that owns an object, returned by a function that may throw. */
#include <iostream>
#include <memory>
#include <stdexcept>
struct Item { int n = 1; };
static std::shared_ptr<Item> same(std::shared_ptr<Item> p, int by) { if (by > 5) throw std::runtime_error("x"); p->n = 7; return p; }
int main() {
    auto shared = std::make_shared<Item>();
    try {
    auto c = same(shared, 1);
    std::cout << c.use_count() << shared->n << "\n";
    auto d = same(shared, 9);
    } catch (const std::exception &e) { std::cout << e.what(); }
    std::cout << shared.use_count() << shared->n << "\n";
    return 0;
}
