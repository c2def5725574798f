#include <iostream>
#include <string>
struct T {
    std::string n;
    T(std::string s) : n(s) { std::cout << "+" << n << " "; }
    ~T() { std::cout << "-" << n << " "; }
};
struct Pair {
    T a;
    T b;
    Pair(const std::string &x) : a(x + "1"), b(x + "2") { std::cout << "P "; }
    ~Pair() { std::cout << "~P "; }
};
static int f(int x) { std::cout << "f" << x << " "; return x; }
static T make(const std::string &s) { T t(s); std::cout << "made "; return t; }
int main() {
    Pair p("p");
    {
        T t = make("m");
        std::cout << "in ";
    }
    std::cout << "| " << f(1) << f(2) << "\n";
    T *q = new T("heap");
    delete q;
    for (int i = 0; i < 2; i++) {
        T t("loop" + std::to_string(i));
        if (i == 0) continue;
        std::cout << "body ";
    }
    std::cout << "\nend ";
    return 0;
}
