#include <cstdio>
#include <string>
#include <vector>
class Counter {
public:
    int next() { return ++n; }
    int value() const { return n; }
    std::string name() const { return "c" + std::to_string(n); }
    int n = 0;
};
struct P { int a; int b; P(int x, int y) : a(x), b(y) {} void set(int x, int y) { a = x; b = y; } };
struct Q { int a; int b; };
static P operator+(const P &a, const P &b) { return P(a.a * 10 + b.a, 0); }
static int fill(std::vector<int> &v) { v.push_back(1); return 7; }
static int three(int a, int b, int c) { return a * 100 + b * 10 + c; }
int main() {
    Counter c;
    printf("%d %d\n", c.next(), c.next());
    printf("%d %d\n", c.next(), c.value());
    printf("%d %d\n", c.value(), c.next());
    printf("%d %d\n", c.n, c.next());
    printf("%s %d\n", c.name().c_str(), c.next());
    printf("%d\n", three(c.next(), c.value(), c.next()));
    std::vector<int> v;
    printf("%d %zu\n", fill(v), v.size());
    printf("%zu %d\n", v.size(), fill(v));
    Counter *p = &c;
    printf("%d %d %s\n", p->next(), p->value(), p->name().c_str());
    printf("%s %d\n", c.name().c_str(), c.value());
    std::string s = std::to_string(c.next()) + std::to_string(c.next());
    printf("%s\n", s.c_str());
    P one(c.next(), c.next());
    printf("%d %d\n", one.a, one.b);
    P two{c.next(), c.next()};
    printf("%d %d\n", two.a, two.b);
    Q r = {c.next(), c.next()};
    printf("%d %d\n", r.a, r.b);
    one.set(c.next(), c.next());
    printf("%d %d\n", one.a, one.b);
    P z = P(c.next(), 0) + P(c.next(), 0);
    printf("%d\n", z.a);
    P *made = new P(c.next(), c.next());
    printf("%d %d\n", made->a, made->b);
    std::string t = "a" + std::to_string(c.next()) + "b" + std::to_string(c.next());
    printf("%s %d\n", t.c_str(), c.next() - c.next());
    return 0;
}
