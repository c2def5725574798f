#include <iostream>
#include <memory>
#include <cstring>
#include <string>
struct P { int x = 3; std::string n; };
static size_t fill(char *b, size_t n) { for (size_t i = 0; i < n; i++) b[i] = 'a' + i; return n; }
int main() {
    std::unique_ptr<char[]> b(new char[16]);
    size_t n = fill(b.get(), 10);
    b[n] = '\0';
    std::cout << b.get() << " " << strlen(b.get()) << b[2] << "\n";
    auto v = std::make_unique<int[]>(5);
    for (int i = 0; i < 5; i++) v[i] = i * i;
    v[1] += 10; v[2]++;
    int s = 0; for (int i = 0; i < 5; i++) s += v[i];
    std::cout << s << v[1] << "\n";
    std::unique_ptr<P[]> ps(new P[2]); ps[1].x = 9; ps[0].n = "q"; std::cout << ps[0].x << ps[1].x << ps[0].n << "\n";
    auto moved = std::move(v); std::cout << (v == nullptr) << (moved ? "has" : "none") << moved[4] << "\n";
    memcpy(b.get() + 3, "XYZ", 3); std::string t(b.get(), 6); std::cout << t << "\n";
    b.reset(new char[4]); b[0] = 'z'; std::cout << b[0] << "\n"; b.reset(); std::cout << !b << "\n";
}
