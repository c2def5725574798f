#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
struct P { int n = 1; };
class G { public: explicit G(int k) : n(k) {} ~G() { printf("~%d\n", n); } int n; };
struct H { std::unique_ptr<P> p; std::shared_ptr<P> s; std::unique_ptr<G> g; std::optional<G> o; std::function<int()> f; };
int main() {
    std::unique_ptr<P> a(new P); a = nullptr; printf("%d\n", a == nullptr);
    std::shared_ptr<P> b = std::make_shared<P>(); b = nullptr; printf("%d\n", !b);
    std::unique_ptr<G> g(new G(3)); g = nullptr; printf("%d\n", g == nullptr); g.reset(new G(4)); g = {}; printf("%d\n", !g);
    H h; h.p = std::make_unique<P>(); h.p = nullptr; h.s = nullptr; h.g.reset(new G(5)); h.g = nullptr; printf("%d %d %d\n", !h.p, !h.s, !h.g);
    h.f = [] { return 3; }; printf("%d", h.f()); h.f = nullptr; printf(" %d\n", !h.f);
    std::optional<int> o = 3; o = std::nullopt; printf("%d\n", o.has_value());
    std::unique_ptr<G> none(nullptr); std::unique_ptr<G> same = nullptr; printf("%d %d\n", none == nullptr, same == nullptr);
    return 0;
}
