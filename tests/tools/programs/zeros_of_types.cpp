/* What T() is where T is a number, a pointer, an enumeration or a class. */
#include <iostream>
#include <map>
#include <string>

using Count = unsigned long;
enum class State { idle, busy };

template <class K, class V> class Table {
    std::map<K, V> rows_;
    V other_;

public:
    Table() : other_(V()) {}
    void put(const K &key, const V &value) { rows_[key] = value; }
    V get(const K &key) const {
        auto it = rows_.find(key);
        if (it == rows_.end()) return V();
        return it->second;
    }
    V other() const { return other_; }
};

template <class T> T sum(const T *values, int count) {
    T total = T();
    for (int i = 0; i < count; ++i) total += values[i];
    return total;
}

struct Part {
    int number = 7;
};

int main() {
    Table<std::string, int> sizes;
    sizes.put("a", 3);
    std::cout << sizes.get("a") << sizes.get("b") << sizes.other() << '\n';
    Table<int, std::string> names;
    names.put(1, "one");
    std::cout << names.get(1) << names.get(2).size() << names.other().size() << '\n';
    Table<int, double> rates;
    std::cout << rates.get(1) / 2 << '\n';
    Table<int, Part *> parts;
    std::cout << (parts.get(1) == nullptr) << '\n';
    const int numbers[] = {1, 2, 3};
    const double shares[] = {0.5, 0.25};
    std::cout << sum(numbers, 3) << ' ' << sum(shares, 2) << ' ' << Count() << ' ' << (State() == State::idle) << ' '
              << Part().number << '\n';
}
