#include <cstdio>
class Base {
public:
    Base() { printf("Base()\n"); n = 1; }
    Base(int x) : Base() { n += x; printf("Base(int) %d\n", n); }
    virtual ~Base() {}
    int n;
};
class D : public Base {
public:
    D() : Base(5) { printf("D() %d\n", n); }
    D(int k) : D() { printf("D(int) %d\n", k); }
};
class E : public D {
public:
    E() : D(7) { printf("E()\n"); }
};
int main() { D d; E e; Base b(3); printf("%d\n", d.n + e.n + b.n); return 0; }
