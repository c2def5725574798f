#include <iostream>
#include <string>
#include <sstream>
template <typename T> std::string str(const T &v) { std::ostringstream os; os << v; return os.str(); }
static void show(const char *const &p) { std::cout << p << "\n"; }
template <typename T> void both(const T &a, const T &b) { std::cout << (a < b) << a << b << "\n"; }
int main() {
    std::cout << str("lit") << str(5) << str('c') << str(2.5) << "\n";
    const char *p = "hello";
    show(p);
    std::cout << str(p) << "\n";
    both(1, 2);
}
