#include <cstdio>
#include <memory>
#include <vector>
class Base {
public:
    virtual ~Base() {}
    virtual int f() { return 1; }
};
class D : public Base {
public:
    D(int k) : n(k) {}
    ~D() { printf("~D %d\n", n); }
    int f() override { return n; }
    int n;
};
static void use(Base *p) { printf("%d\n", p->f()); delete p; }
int main() {
    Base *p = new D(1);
    use(p);
    std::unique_ptr<Base> q(new D(2));
    printf("%d\n", q->f());
    std::vector<std::unique_ptr<Base>> all;
    all.push_back(std::unique_ptr<Base>(new D(3)));
    all.emplace_back(new D(4));
    q.reset();
    return 0;
}
