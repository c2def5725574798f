#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <stdexcept>
namespace app {
class Shape {
public:
    Shape(const std::string &n, int k = 3) : name_(n), kind(k) {}
    virtual ~Shape() { std::cout << "bye " << name_ << std::endl; }
    virtual double area() const { return 0; }
    const std::string &name() const { return name_; }
    static int count;
protected:
    std::string name_;
    int kind;
};
class Circle : public Shape { double r; public: Circle(double x) : Shape("circle"), r(x) {} double area() const override { return 3 * r * r; } };
int Shape::count = 0;
template <typename T> T biggest(const std::vector<T> &v) { T b = v[0]; for (const auto &x : v) if (x > b) b = x; return b; }
}
int main() {
    app::Circle c(2.0);
    std::vector<int> v = {1, 2, 3};
    v.push_back(4);
    std::map<std::string, int> m; m["a"] = 1;
    for (auto &kv : m) std::cout << kv.first << "=" << kv.second << "\n";
    std::string s = "hello"; s += " world";
    int &ref = v[0]; ref = 9;
    auto f = [&](int x) { return x + (int)v.size(); };
    std::cout << c.name() << " " << c.area() << " " << s.substr(0, 5) << f(1) << app::biggest(v) << std::endl;
    try { throw std::runtime_error("bad"); } catch (const std::exception &e) { std::cout << e.what() << '\n'; }
    app::Shape *p = new app::Circle(1); delete p; if (p == nullptr) return 1;
    return 0;
}
