#include <cstdio>
#include <string>
static std::string part(int n) { return "p" + std::to_string(n); }
struct Meta {
    int n = 2, k = 1;
    std::string name = "meta";
    std::string id() const { return std::to_string(n).append("_").append(name).append("_").append(std::to_string(k)); }
    std::string print() { return std::string("n = ").append(std::to_string(n)).append(", k = ").append(std::to_string(k)); }
};
int main() {
    Meta m;
    printf("%s\n%s\n", m.id().c_str(), m.print().c_str());
    std::string s = part(1).append(2, 'x').insert(0, "<").append(">");
    printf("%s %zu\n", s.c_str(), part(3).append("abc").size());


    printf("%s\n", s.c_str());
    return 0;
}
