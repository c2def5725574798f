#include <iostream>
#include <list>
#include <map>
#include <string>
class Lru {
public:
    explicit Lru(size_t cap) : cap_(cap) {}
    int get(int k) {
        auto it = pos_.find(k);
        if (it == pos_.end()) return -1;
        int v = it->second->second;
        items_.erase(it->second);
        items_.push_front({k, v});
        pos_[k] = items_.begin();
        return v;
    }
    void put(int k, int v) {
        if (pos_.count(k)) items_.erase(pos_[k]);
        items_.push_front({k, v});
        pos_[k] = items_.begin();
        if (items_.size() > cap_) { pos_.erase(items_.back().first); items_.pop_back(); }
    }
private:
    size_t cap_;
    std::list<std::pair<int, int>> items_;
    std::map<int, std::list<std::pair<int, int>>::iterator> pos_;
};
int main() {
    Lru c(2);
    c.put(1, 10); c.put(2, 20); std::cout << c.get(1) << "\n"; c.put(3, 30);
    std::cout << c.get(2) << c.get(1) << c.get(3) << "\n";
    std::list<int> l{1,2,3};
    auto it = l.begin(); ++it;
    l.push_front(0);
    std::cout << *it << "\n";
    auto nx = l.erase(it);
    std::cout << *nx << "\n";
}
