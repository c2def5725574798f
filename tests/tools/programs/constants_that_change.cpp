/* References to constants that show what becomes of what they lead to. */
#include <iostream>
#include <string>
#include <vector>
static int counter = 1;
static std::string word = "w";
struct Item { std::string name = "n"; int n = 2; void add(const std::string &s) { name += s; name += s; } void twice(const int &by) { n += by; n += by; } };
static void f(const std::string &s, std::string &t) { t += "x"; std::cout << s << t << "\n"; }
static void g(const int &p) { counter++; std::cout << p << "\n"; }
static void h(const std::string &p) { word += "!"; std::cout << p << "\n"; }
static void all(std::vector<int> &v, const int &x) { for (auto &e : v) e -= x; }
static void erase(std::vector<int> &v, const int x) { for (auto &e : v) e -= x; }
int main() {
    std::string a = "a"; f(a, a); f(word, word); g(counter); h(word);
    Item i; i.add(i.name); i.twice(i.n); std::cout << i.name << i.n << "\n";
    std::vector<int> v{3, 4, 5}; all(v, v[0]); std::cout << v[0] << v[1] << v[2] << "\n"; erase(v, v[1]); std::cout << v[0] << v[1] << v[2] << "\n";
    const int &r = counter; counter = 50; std::cout << r << "\n";
    return 0;
}
