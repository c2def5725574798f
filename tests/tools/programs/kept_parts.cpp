#include <iostream>
#include <string>
struct P { int x = 0; std::string s; int get() const { return x; } };
struct O { P p; int n = 1; void f() { n++; } };
int main() { O a, b; O &ra = a; P &rp = a.p; b.p.x = 5; b.p.s = "q"; ra = b; rp.x++; std::cout << rp.x << rp.s << a.p.x << b.p.x << "\n"; a = b; std::cout << rp.x << "\n"; }
