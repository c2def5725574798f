#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <memory>
#include <stdexcept>
#include <sstream>
#include <algorithm>
enum class Color { Red, Green = 5, Blue };
struct Point { int x = 0; int y = 0; Point() {} Point(int a, int b) : x(a), y(b) {} Point operator+(const Point &o) const { return Point(x + o.x, y + o.y); } bool operator==(const Point &o) const { return x == o.x && y == o.y; } };
class Account {
public:
    explicit Account(std::string owner, double balance = 0.0) : owner_(std::move(owner)), balance_(balance) { ++count_; }
    void deposit(double amount) { if (amount <= 0) throw std::invalid_argument("bad amount"); balance_ += amount; log_.push_back("deposit"); }
    bool withdraw(double amount) { if (amount > balance_) return false; balance_ -= amount; log_.push_back("withdraw"); return true; }
    double balance() const { return balance_; }
    const std::string &owner() const { return owner_; }
    size_t entries() const { return log_.size(); }
    static int count() { return count_; }
private:
    std::string owner_; double balance_; std::vector<std::string> log_; static int count_;
};
int Account::count_ = 0;
static void swap_ints(int &a, int &b) { int t = a; a = b; b = t; }
static void append(std::string &s, const std::string &t, int times = 2) { for (int i = 0; i < times; ++i) s += t; }
static int total(const std::vector<int> &v) { int s = 0; for (int x : v) s += x; return s; }
static std::string join(const std::vector<std::string> &v, const std::string &sep) { std::string r; for (size_t i = 0; i < v.size(); ++i) { if (i) r += sep; r += v[i]; } return r; }
template <class T> T add(T a, T b) { return a + b; }
int main()
{
    Point a(1, 2), b{3, 4}; Point c = a + b; std::cout << c.x << "," << c.y << " " << (a == b) << std::endl;
    Account acc("bob", 10); acc.deposit(5.5); std::cout << acc.owner() << " " << acc.balance() << " " << acc.withdraw(100) << acc.withdraw(1) << " " << acc.entries() << " " << Account::count() << "\n";
    try { acc.deposit(-1); } catch (const std::invalid_argument &e) { std::cout << "error: " << e.what() << std::endl; }
    int x = 1, y = 2; swap_ints(x, y); std::cout << x << y << '\n'; std::string s = "ab"; append(s, "-"); append(s, "!", 1); std::cout << s << " " << s.size() << " " << s.empty() << std::endl;
    std::vector<int> v = {3, 1, 2}; v.push_back(5); std::sort(v.begin(), v.end()); for (auto &e : v) e *= 2; for (const auto &e : v) std::cout << e << ' '; std::cout << total(v) << " " << v.back() << std::endl;
    std::map<std::string, int> counts; for (const std::string &w : std::vector<std::string>{"b", "a", "b"}) counts[w]++; for (const auto &kv : counts) std::cout << kv.first << ":" << kv.second << " "; std::cout << counts.count("z") << (counts.find("a") != counts.end()) << "\n";
    auto sq = [](int n) { return n * n; }; int base = 10; auto plus = [base](int n) { return n + base; }; base = 20; std::cout << sq(4) << " " << plus(1) << " " << add(2, 3) << " " << add(1.5, 2.0) << std::endl;
    std::unique_ptr<Point> p = std::make_unique<Point>(7, 8); p->x++; if (p) std::cout << p->x << " " << p->y << std::endl; Point *raw = new Point(1, 1); raw->y = 9; std::cout << raw->y << std::endl; delete raw;
    Color col = Color::Blue; switch (col) { case Color::Red: std::cout << "red\n"; break; case Color::Blue: std::cout << "blue\n"; break; default: break; } std::cout << static_cast<int>(Color::Green) << std::endl;
    std::ostringstream os; os << "n=" << 5 << ";"; std::cout << os.str() << join({"x", "y"}, "/") << std::endl; const char *cs = s.c_str(); std::cout << cs << " " << std::to_string(42) + "!" << std::endl; std::vector<int> w = v; w[0] = 100; std::cout << v[0] << " " << w[0] << std::endl; double d = 1.0 / 3; std::cout << d << " " << 1e10 << " " << 100000.0 << " " << true << std::endl; return v.size() > 3 ? 0 : 1;
}
