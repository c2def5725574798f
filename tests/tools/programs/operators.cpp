#include <iostream>
struct Vec {
    int x, y;
    Vec(int a = 0, int b = 0) : x(a), y(b) {}
    Vec operator+(const Vec &o) const { return Vec(x + o.x, y + o.y); }
    Vec operator-() const { return Vec(-x, -y); }
    Vec &operator+=(const Vec &o) { x += o.x; y += o.y; return *this; }
    bool operator==(const Vec &o) const { return x == o.x && y == o.y; }
    bool operator<(const Vec &o) const { return x < o.x || (x == o.x && y < o.y); }
    int &operator[](int i) { return i == 0 ? x : y; }
    int operator()(int k) const { return k * (x + y); }
    Vec &operator++() { ++x; ++y; return *this; }
    Vec operator++(int) { Vec old = *this; ++*this; return old; }
};
std::ostream &operator<<(std::ostream &os, const Vec &v) { return os << "(" << v.x << ", " << v.y << ")"; }
Vec operator*(int k, const Vec &v) { return Vec(k * v.x, k * v.y); }
int main() {
    Vec a(1, 2), b(3, 4);
    std::cout << a + b << " " << -a << " " << 3 * b << std::endl;
    a += b;
    std::cout << a << (a == Vec(4, 6)) << (a < b) << "\n";
    a[1] = 10;
    std::cout << a[1] << " " << a(2) << "\n";
    Vec c = a++;
    std::cout << c << " " << a << " " << ++a << "\n";
    return 0;
}
