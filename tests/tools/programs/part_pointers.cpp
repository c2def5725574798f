#include <cstdio>
#include <string>
#include <map>
#include <vector>
#include <functional>
class Shape { public: virtual ~Shape() {} virtual int area() const { return 0; } virtual void scale(int n) = 0; std::string name = "shape"; };
class Sq : public Shape { int a_; public: explicit Sq(int a) : a_(a) { name = "sq"; } int area() const override { return a_ * a_; } void scale(int n) override { a_ *= n; } };
class Parser {
    typedef const char *(Parser::*Step)(const char *);
    struct Rule { char start; Step step; };
    int digits_ = 0, words_ = 0;
    const char *number(const char *p) { while (*p >= '0' && *p <= '9') p++; digits_++; return p; }
    const char *word(const char *p) { while (*p >= 'a' && *p <= 'z') p++; words_++; return p; }
    static const Rule rules[];
public:
    void run(const char *p) { while (*p) { bool hit = false; for (int i = 0; rules[i].step; i++) { if (*p == rules[i].start) { p = (this->*rules[i].step)(p); hit = true; break; } } if (!hit) p++; } std::printf("%d %d\n", digits_, words_); }
};
const Parser::Rule Parser::rules[] = {{'1', &Parser::number}, {'a', &Parser::word}, {0, nullptr}};
class Dev { public: using Handler = void (Dev::*)(const std::string &, int &); void on(const std::string &k, Handler h) { handlers_[k].push_back(h); } void fire(const std::string &k, int &n) { for (auto h : handlers_[k]) (this->*h)(k, n); } void add(const std::string &, int &n) { n += 5; } void show(const std::string &k, int &n) { std::printf("%s=%d\n", k.c_str(), n); log.push_back(k); } std::vector<std::string> log; private: std::map<std::string, std::vector<Handler>> handlers_; };
struct Row { double x, y; std::string tag; };
static void fill(std::vector<Row> &rows, double Row::*col, double v) { for (auto &r : rows) r.*col = v, v += 1; }
template <class T, class F> static double total(const std::vector<T> &rows, F f) { double s = 0; for (auto &r : rows) s += std::invoke(f, r); return s; }
int main() {
    Sq s(3); Shape *p = &s; int (Shape::*area)() const = &Shape::area; void (Shape::*sc)(int) = &Shape::scale; (p->*sc)(2); std::printf("%d\n", (p->*area)()); std::string Shape::*nm = &Shape::name; std::printf("%s\n", (p->*nm).c_str()); s.*nm += "!"; std::printf("%s\n", s.name.c_str());
    Parser().run("1 a 11 ab zz 1");
    Dev d; d.on("k", &Dev::add); d.on("k", &Dev::show); int n = 1; d.fire("k", n); d.fire("none", n); std::printf("%d %zu\n", n, d.log.size());
    std::vector<Row> rows(2); fill(rows, &Row::y, 1.5); std::printf("%g %g %g\n", rows[0].y, rows[1].y, total(rows, &Row::y));
    auto cb = std::bind(&Dev::show, &d, std::placeholders::_1, std::ref(n)); cb("bound");
    (d.*(&Dev::add))("", n); std::printf("%d\n", n);
    Dev::Handler h = nullptr; if (!h) std::printf("null\n"); h = &Dev::add; (d.*h)("x", n); std::printf("%d %d\n", n, h == &Dev::add);
}
