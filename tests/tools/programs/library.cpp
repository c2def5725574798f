#include <cstdio>
#include <cstring>
#include <string>
#include <vector>
#include <functional>
#include <memory>
#include <thread>
#include <mutex>
#include <iostream>
class Logger { std::string prefix; int level; public: Logger(const char *p) : prefix(p), level(1) {} void log(int l, const char *fmt) const { if (l >= level) printf("%s: %s\n", prefix.c_str(), fmt); } void log(const std::string &m) const { log(1, m.c_str()); } };
class Node { public: int value; Node *next; Node(int v, Node *n = nullptr) : value(v), next(n) {} };
class List { Node *head = nullptr; size_t n = 0; public: void add(int v) { head = new Node(v, head); ++n; } int sum() const { int s = 0; for (Node *p = head; p != nullptr; p = p->next) s += p->value; return s; } size_t size() const { return n; } };
template <typename T, typename F> static std::vector<T> mapped(const std::vector<T> &in, F f) { std::vector<T> out; for (const T &x : in) out.push_back(f(x)); return out; }
static int apply(const std::function<int(int)> &f, int x) { return f(x); }
class Timer { public: int ticks{0}; void run(std::function<void(int)> cb) { for (int i = 0; i < 3; ++i) { cb(i); ++ticks; } } };
static std::mutex m; static int shared_total = 0;
static void worker(int n) { for (int i = 0; i < n; ++i) { std::lock_guard<std::mutex> lock(m); shared_total += i; } }
extern "C" int c_add(int a, int b) { return a + b; }
struct Base { virtual int id() const { return 1; } virtual ~Base() = default; }; struct Derived : Base { int id() const override { return Base::id() + 10; } };
int main()
{
    Logger lg("app"); lg.log(2, "direct"); lg.log(std::string("text")); lg.log(0, "hidden"); List l; for (int i = 1; i <= 4; i++) l.add(i); std::cout << l.sum() << " " << l.size() << std::endl;
    auto sq = mapped(std::vector<int>{1, 2, 3}, [](int x) { return x * x; }); for (int x : sq) std::cout << x << " "; std::cout << apply([](int x) { return x + 1; }, 41) << std::endl; Timer t; int total = 0; t.run([&](int i) { total += i; }); std::cout << total << t.ticks << std::endl;
    std::thread a(worker, 10), b(worker, 5); a.join(); b.join(); std::cout << shared_total << std::endl; std::unique_ptr<Base> p(new Derived()); std::cout << p->id() << std::endl; std::vector<std::shared_ptr<Base>> v; v.push_back(std::make_shared<Derived>()); v.push_back(std::make_shared<Base>()); for (const auto &q : v) std::cout << q->id() << ","; std::cout << c_add(1, 2) << std::endl; char buf[16]; snprintf(buf, sizeof buf, "%03d", 7); std::string s(buf); s += std::string("-") + buf; std::cout << s << " " << strlen(buf) << std::endl; unsigned char uc = 250; uc += 10; int neg = -7; std::cout << (int)uc << " " << neg / 2 << " " << neg % 2 << std::endl; const int N = 3; int arr[N] = {5, 6, 7}; int *q = arr; q++; std::cout << *q << " " << (q - arr) << std::endl; return 0;
}
