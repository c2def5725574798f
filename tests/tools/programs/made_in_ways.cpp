#include <cstdio>
#include <initializer_list>
#include <set>
#include <string>
#include <tuple>
#include <vector>

class Flags {
public:
    Flags() = default;
    Flags(std::initializer_list<std::string> all) : flags_(all) {}
    Flags(const Flags &other) : flags_(other.flags_) { copies++; }
    void add(const std::string &one) { flags_.insert(one); }
    bool has(const std::string &one) const { return flags_.count(one) > 0; }
    size_t size() const { return flags_.size(); }
    static int copies;

private:
    std::set<std::string> flags_;
};

int Flags::copies = 0;

struct Version {
    int major, minor;
    std::string name;
    bool operator<(const Version &o) const { return std::tie(major, minor, name) < std::tie(o.major, o.minor, o.name); }
};

int main() {
    Flags none, some({"a", "b", "a"});
    none.add("z");
    Flags other = some;
    other.add("c");
    printf("%zu %zu %zu %d\n", none.size(), some.size(), other.size(), Flags::copies);
    printf("%d %d %d\n", none.has("a"), some.has("a"), other.has("c"));
    std::vector<Version> all{{1, 2, "b"}, {1, 2, "a"}, {1, 10, "c"}};
    printf("%d %d %d\n", all[0] < all[1], all[1] < all[0], all[0] < all[2]);
    return 0;
}
