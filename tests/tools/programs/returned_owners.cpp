#include <cstdio>
#include <memory>
#include <string>
#include <vector>
#include <utility>
class G { public: G(int k) : n(k) {} ~G() { printf("~%d\n", n); } int n; };
static std::unique_ptr<G> made(int k) { auto p = std::make_unique<G>(k); p->n += 1; if (k > 5) return nullptr; return p; }
static std::unique_ptr<G> moved(int k) { std::unique_ptr<G> p(new G(k)); if (k == 2) { std::unique_ptr<G> q = std::move(p); return q; } return std::move(p); }
static std::vector<std::unique_ptr<G>> several(int n) { std::vector<std::unique_ptr<G>> v; for (int i = 0; i < n; i++) v.push_back(std::make_unique<G>(i)); return v; }
struct Owner { std::unique_ptr<G> g; std::unique_ptr<G> release() { return std::move(g); } void set(std::unique_ptr<G> x) { g = std::move(x); } };
static G value(int k) { G g(k); g.n *= 2; return g; }
int main() {
    { auto a = made(3); printf("%d\n", a->n); auto b = made(7); printf("%d\n", b == nullptr); }
    { auto a = moved(1); auto b = moved(2); printf("%d %d\n", a->n, b->n); }
    { auto v = several(3); printf("%zu\n", v.size()); v[1].reset(); printf("reset\n"); }
    { Owner o; o.set(std::make_unique<G>(30)); auto r = o.release(); printf("%d %d\n", o.g == nullptr, r->n); o.set(std::make_unique<G>(31)); o.set(std::make_unique<G>(32)); }
    { G g = value(40); printf("%d\n", g.n); }
    { std::unique_ptr<G> x(new G(50)), y(new G(51)); x = std::move(y); std::unique_ptr<G> z(std::move(x)); z.reset(new G(52)); }
    return 0;
}
