/* Heirs that are counted, alone, visited, and compared by bases that are templates of them. */
#include <iostream>
#include <string>
template <typename T> class Counted {
    inline static int alive_ = 0;
public:
    static int alive() { return alive_; }
protected:
    Counted() { ++alive_; }
    Counted(const Counted &) { ++alive_; }
    ~Counted() { --alive_; }
};
class Widget : public Counted<Widget> { std::string n_; public: explicit Widget(std::string n) : n_(std::move(n)) {} const std::string &n() const { return n_; } };
class Gadget : public Counted<Gadget> {};
template <class T> class Singleton {
public:
    static T &instance() { static T made; return made; }
};
class Settings : public Singleton<Settings> { public: int level = 3; };
template <class D> class Visitor {
public:
    void run(int n) { for (int i = 0; i < n; ++i) derived().visit(i); }
    D &derived() { return static_cast<D &>(*this); }
};
class Sum : public Visitor<Sum> { int t_ = 0; public: void visit(int i) { t_ += i; } int total() const { return t_; } };
template <class D> struct Eq { bool operator!=(const D &o) const { return !(static_cast<const D &>(*this) == o); } };
struct Id : Eq<Id> { int v; explicit Id(int x) : v(x) {} bool operator==(const Id &o) const { return v == o.v; } };
template <class D> struct Addable { friend D operator+(D a, const D &b) { a += b; return a; } };
struct Vec : Addable<Vec> { int x, y; Vec(int a, int b) : x(a), y(b) {} Vec &operator+=(const Vec &o) { x += o.x; y += o.y; return *this; } };
int main() {
    { Widget a("a"), b("b"); Gadget g; std::cout << Widget::alive() << Gadget::alive() << a.n() << b.n() << '\n'; }
    std::cout << Widget::alive() << '\n';
    Settings::instance().level++;
    std::cout << Settings::instance().level << '\n';
    Sum s; s.run(5); std::cout << s.total() << '\n';
    std::cout << (Id(1) != Id(2)) << (Id(1) != Id(1)) << '\n';
    Vec v = Vec(1, 2) + Vec(3, 4); std::cout << v.x << v.y << '\n';
}
