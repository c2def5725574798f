#include <iostream>
#include <string>
struct O { int n = 1; std::string names[2]; int c[2] = {1, 2}; std::string s; void f() {} };
struct Plain { int n; int c[2]; };
int main() { O a, b; b.n = 5; b.names[0] = "x"; int &r = a.n; std::string &s = a.names[0]; int &c = a.c[1]; std::string &t = a.s; a = b; r++; s += "!"; c = 9; t += "t"; std::cout << a.n << a.names[0] << a.c[1] << a.s << b.n << "\n";
 Plain p{1, {1, 2}}, q{7, {8, 9}}; int &pr = p.n; int &pc = p.c[0]; p = q; pr++; pc++; std::cout << p.n << p.c[0] << q.n << q.c[0] << "\n"; int *pp = &p.n; p = q; *pp += 10; std::cout << p.n << q.n << "\n"; }
