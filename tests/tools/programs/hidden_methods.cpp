#include <iostream>

struct Base {
    void fixed() { std::cout << "Base::fixed "; }
    virtual void open() { std::cout << "Base::open "; }
    virtual ~Base() = default;
    void call() { fixed(); open(); }
};

struct Derived : Base {
    void fixed() { std::cout << "Derived::fixed "; }
    void open() override { std::cout << "Derived::open "; }
};

int main()
{
    Derived d;
    Base &b = d;
    Base *p = &d;
    b.fixed();
    b.open();
    p->fixed();
    d.fixed();
    d.call();
    d.Base::open();
    std::cout << std::endl;
    return 0;
}
