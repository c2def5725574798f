#include <iostream>
#include <string>
#include <vector>
static int n = 0;
static std::string next() { return std::to_string(++n); }
static std::string cat(const std::string &a, const std::string &b) { return a + b; }
int main() {
    std::cout << cat(next(), next()) << "\n";
    std::cout << next() + next() << "\n";
    std::cout << next() + "-" + next() << "\n";
    std::string s = "x" + next() + next();
    std::cout << s << (next() == next()) << "\n";
    std::vector<std::string> v{next(), next()};
    std::cout << v[0] << v[1] << "\n";
    std::cout << (next() < next()) << "\n";
}
