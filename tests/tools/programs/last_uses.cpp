#include <iostream>
#include <map>
#include <string>
#include <vector>
struct Item { std::string name; int n = 0; std::vector<int> rows; };
static Item *seen = nullptr;
static void note(Item &i) { seen = &i; }
static void late() { if (seen) seen->n += 100; }
struct Keeper { std::vector<Item> all; Item last; void add(Item i) { i.n++; all.push_back(i); last = i; last.n = 7; } };
int main() {
    std::vector<Item> out;
    std::vector<std::vector<int>> table;
    for (int i = 0; i < 3; ++i) {
        Item it;
        it.name = "n" + std::to_string(i);
        std::vector<int> row;
        for (int k = 0; k <= i; ++k) row.push_back(k);
        it.rows = row;
        table.push_back(row);
        out.push_back(it);
    }
    out[0].rows.push_back(9);
    for (auto &r : table) std::cout << r.size();
    for (auto &o : out) std::cout << " " << o.name << o.n << o.rows.size();
    std::cout << "\n";
    Item x; x.n = 1;
    std::vector<Item> copies;
    for (int i = 0; i < 2; ++i) copies.push_back(x);
    copies[0].n = 5;
    std::cout << copies[0].n << copies[1].n << "\n";
    {
        Item y; y.n = 2;
        note(y);
        copies.push_back(y);
        late();
        std::cout << copies[2].n << "\n";
        seen = nullptr;
    }
    {
        Item z; z.n = 3;
        std::vector<int> &r = z.rows;
        copies.push_back(z);
        r.push_back(1);
        std::cout << copies.back().rows.size() << r.size() << "\n";
    }
    Keeper k;
    Item w; w.n = 10;
    k.add(w);
    std::cout << k.all[0].n << k.last.n << "\n";
    std::map<std::string, Item> m;
    for (const char *name : {"a", "b"}) { Item v; v.name = name; m[name] = v; }
    m["a"].n = 4;
    std::cout << m["a"].n << m["b"].n << "\n";
    return 0;
}
