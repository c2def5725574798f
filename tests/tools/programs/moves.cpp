#include <iostream>
#include <string>
class Str {
    std::string s;
public:
    Str(const char *p) : s(p) {}
    Str(const Str &o) : s(o.s) { std::cout << "[c]"; }
    Str(Str &&o) : s(std::move(o.s)) { std::cout << "[m]"; }
    Str &operator=(const Str &o) { s = o.s; std::cout << "[=]"; return *this; }
    Str &operator=(Str &&o) { s = std::move(o.s); std::cout << "[m=]"; return *this; }
    const std::string &str() const { return s; }
};
static Str make(const char *p) { Str r(p); return r; }
static Str pass(Str x) { return x; }
static void take(const Str &) {}
int main() {
    Str a("a");
    Str b = a;
    Str c = make("c");
    Str d(make("d"));
    take(a);
    Str e = pass(a);
    a = b;
    a = make("z");
    b = std::move(c);
    std::cout << a.str() << b.str() << c.str().size() << d.str() << e.str() << "\n";
}
