#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
class G { public: G(int k) : n(k) { if (k == 99) throw 5; } ~G() { printf("~%d\n", n); } int n; };
static std::mutex m;
static int f(int k) {
    G a(1);
    std::lock_guard<std::mutex> hold(m);
    G b(2);
    std::unique_ptr<G> p(new G(3));
    G c(4);
    if (k == 1) { G inner(10); printf("early %d\n", inner.n); return 7; }
    for (int i = 0; i < 2; i++) { G one(20 + i), two(30 + i), three(40 + i), four(50 + i), five(60 + i); if (i == k) continue; printf("round %d\n", i); }
    G d(5), e(6);
    if (k == 3) { G bad(99); }
    G g(7);
    printf("end %d\n", a.n + b.n + c.n + d.n + e.n + g.n);
    return 0;
}
int main() {
    for (int k = 0; k < 4; k++) {
        try { printf("%d\n", f(k)); } catch (int e) { printf("caught %d\n", e); }
    }
    return 0;
}
