/* Pointers to what maps and lists hold: a table that is searched, and a cache that keeps what was used last. */
#include <iostream>
#include <list>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

class Limits {
    std::map<std::string, int> limits_;

public:
    int *find(const std::string &name) {
        auto it = limits_.find(name);
        return it == limits_.end() ? nullptr : &it->second;
    }
    int *first() { return limits_.empty() ? nullptr : &limits_.begin()->second; }
    void set(const std::string &name, int limit) { limits_[name] = limit; }
};

template <class K, class V> class LruCache {
    std::size_t room_;
    std::list<std::pair<K, V>> order_;
    std::unordered_map<K, typename std::list<std::pair<K, V>>::iterator> index_;

public:
    explicit LruCache(std::size_t room) : room_(room) {}
    void put(const K &key, V value) {
        auto it = index_.find(key);
        if (it != index_.end()) {
            it->second->second = std::move(value);
            order_.splice(order_.begin(), order_, it->second);
            return;
        }
        if (order_.size() == room_) {
            index_.erase(order_.back().first);
            order_.pop_back();
        }
        order_.emplace_front(key, std::move(value));
        index_[key] = order_.begin();
    }
    V *get(const K &key) {
        auto it = index_.find(key);
        if (it == index_.end()) return nullptr;
        order_.splice(order_.begin(), order_, it->second);
        return &it->second->second;
    }
    bool drop(const K &key) {
        auto it = index_.find(key);
        if (it == index_.end()) return false;
        order_.erase(it->second);
        index_.erase(it);
        return true;
    }
    void dump() const {
        for (auto it = order_.begin(); it != order_.end(); ++it) std::cout << it->first << ':' << it->second << ' ';
        std::cout << '\n';
    }
};

int main() {
    Limits limits;
    std::cout << (limits.first() == nullptr) << (limits.find("parts") == nullptr);
    limits.set("parts", 100);
    limits.set("size", 5);
    int *parts = limits.find("parts");
    *parts += 7;
    limits.set("parts", *parts * 2);
    std::cout << *parts << (parts == limits.first()) << (parts == limits.find("size")) << *limits.find("size") << '\n';
    LruCache<std::string, int> cache(3);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("c", 3);
    cache.dump();
    if (int *found = cache.get("a")) {
        *found += 40;
        std::cout << *found << ' ' << (found == cache.get("a")) << (found == cache.get("b")) << '\n';
    }
    cache.put("d", 4);
    cache.dump();
    std::cout << (cache.get("c") == nullptr ? "c is gone" : "c is here") << '\n';
    cache.put("a", 33);
    std::cout << cache.drop("d") << cache.drop("x") << '\n';
    cache.dump();
}
