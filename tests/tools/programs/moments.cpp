#include <iostream>
#include <map>
#include <sstream>
#include <string>

static int alive = 0;
int limit = 10;

struct Part {
    int number;
    Part(int n) : number(n) { ++alive; }
    ~Part() { --alive; std::cout << "~" << number << " "; }
    int get() const { return number; }
};

static Part make(int n) { return Part(n); }

struct Base {
    Base() { std::cout << "+" << name(); }
    virtual ~Base() { std::cout << "-" << name(); }
    virtual std::string name() const { return "base "; }
};

struct Derived : Base {
    Derived() { std::cout << "+" << name(); }
    ~Derived() override { std::cout << "-" << name(); }
    std::string name() const override { return "derived "; }
};

struct Limits {
    int own = 3;
    int sum(int limit) const { return limit + ::limit + own; }
};

struct Point { double x, y; };
std::istream &operator>>(std::istream &in, Point &p) { return in >> p.x >> p.y; }

struct Last { ~Last() { std::cout << "last " << alive << std::endl; } } last;

int main()
{
    std::cout << make(1).get() << " ";
    Part(2);
    make(3);
    const Part &kept = make(4);
    int number = make(5).get();
    std::cout << kept.get() << number << alive << std::endl;
    { Derived d; }
    Base *base = new Derived;
    delete base;
    std::cout << Limits().sum(7) << std::endl;
    std::istringstream in("1.5 2 3 x");
    Point p{0, 0}, q{0, 0};
    in >> p;
    std::cout << p.x << p.y << (in >> q ? "ok" : "bad") << std::endl;
    std::string text = "moves", other = std::move(text);
    std::cout << text.empty() << other << std::endl;
    return 0;
}
