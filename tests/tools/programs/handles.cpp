/* Handles that move through maps and vectors, and close once. */
#include <algorithm>
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
class Handle {
public:
    explicit Handle(int fd = -1) : fd_(fd) {}
    Handle(Handle &&o) noexcept : fd_(std::exchange(o.fd_, -1)) {}
    Handle &operator=(Handle &&o) noexcept {
        std::swap(fd_, o.fd_);
        return *this;
    }
    ~Handle() {
        if (fd_ != -1) std::cout << "close " << fd_ << "\n";
    }
    int fd() const { return fd_; }
private:
    int fd_;
};
int main() {
    std::map<std::string, Handle> m;
    m.emplace("a", Handle(1));
    m.emplace("b", 2);
    m["c"] = Handle(3);
    m["a"] = Handle(10);
    m.insert({"d", Handle(4)});
    m.insert(std::make_pair("e", Handle(5)));
    std::cout << m.size() << m["b"].fd() << m.at("c").fd() << "\n";
    m.erase("b");
    auto it = m.find("c");
    it = m.erase(it);
    std::cout << it->first << "\n";
    std::vector<Handle> v;
    for (int i = 20; i < 25; i++) v.push_back(Handle(i));
    v.erase(v.begin() + 1);
    v.erase(std::remove_if(v.begin(), v.end(), [](const Handle &h) { return h.fd() % 2 == 0; }), v.end());
    std::cout << v.size() << v[0].fd() << "\n";
    v.resize(3);
    std::cout << v.back().fd() << "\n";
    v.resize(1);
    Handle h = std::move(v[0]);
    std::cout << h.fd() << v[0].fd() << "\n";
    Handle k;
    k = std::move(h);
    std::cout << k.fd() << h.fd() << "\n";
}
