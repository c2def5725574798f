#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <list>
#include <deque>
#include <string>
#include <vector>
#include <iterator>
struct Tok { std::string text; int line; };
class Lexer { std::string src_; std::vector<Tok> out_; public: explicit Lexer(const std::string &s) : src_(s) {}
  std::vector<Tok> run() { auto it = src_.begin(); int line = 1; while (it != src_.end()) { if (*it == '\n') { ++line; ++it; continue; } if (isspace((unsigned char)*it)) { ++it; continue; } auto start = it; while (it != src_.end() && isalnum((unsigned char)*it)) it++; if (it == start) ++it; out_.push_back({std::string(start, it), line}); } return out_; } };
static int count_runs(const std::string &s) { int n = 0; for (auto it = s.begin(); it != s.end();) { char first = *it; auto e = std::find_if(it, s.end(), [first](char c) { return c != first; }); n++; it = e; } return n; }
static std::string squeeze(std::string s) { for (auto it = s.begin(); it != s.end();) { if (*it == ' ') it = s.erase(it); else ++it; } return s; }
static std::string caps(std::string s) { for (auto it = s.begin(); it != s.end(); ++it) *it = toupper((unsigned char)*it); return s; }
static std::string caps2(std::string s) { bool up = true; for (auto &c : s) { if (up) c = toupper(c); up = c == ' '; } return s; }
static std::string untab(const std::string &s) { std::string out; for (std::string::const_iterator i = s.begin(); i != s.end(); ++i) { if (*i == '\t') out.append(2, ' '); else out += *i; } return out; }
int main() {
    for (const auto &t : Lexer("let x1\n = 42;").run()) std::cout << t.line << ":" << t.text << " ";
    std::cout << "\n" << count_runs("aabccc") << squeeze(" a b  c ") << caps("mixed Case") << caps2("two words") << "[" << untab("a\tb") << "]\n";
    std::vector<int> v{5, 3, 9, 1, 7};
    auto r = v.rbegin(); std::cout << *r << r[1] << *(r + 2); ++r; std::cout << *r << (v.rend() - r) << "\n";
    for (auto i = v.rbegin(); i != v.rend(); ++i) { *i += 1; std::cout << *i << ","; }
    auto last3 = std::find(v.rbegin(), v.rend(), 10); std::cout << (last3 == v.rend()) << std::distance(v.rbegin(), last3) << *last3.base() << "\n";
    std::sort(v.rbegin(), v.rend()); for (int x : v) std::cout << x << " "; std::cout << "\n";
    v.erase(std::remove_if(v.begin(), v.end(), [](int x) { return x % 2; }), v.end()); std::cout << v.size() << "\n";
    std::map<int, std::string> m{{1, "a"}, {3, "c"}, {5, "e"}};
    auto lo = m.lower_bound(2), hi = m.upper_bound(3); std::cout << lo->second << hi->first << std::distance(lo, hi) << std::distance(m.begin(), m.end()) << "\n";
    auto pr = m.equal_range(3); std::cout << (pr.first != pr.second) << pr.first->second << "\n";
    auto prev = std::prev(hi); prev->second += "!"; std::cout << m[3] << std::next(m.begin())->first << m.rbegin()->second << "\n";
    auto back = m.rbegin(); ++back; std::cout << back->first << back->second << "\n";
    for (auto it = m.begin(); it != m.end(); it = m.erase(it)) std::cout << it->first; std::cout << m.empty() << "\n";
    std::set<std::string> s{"b", "d", "f"}; auto si = s.find("d"); if (si != s.begin()) { --si; std::cout << *si; } auto nx = s.upper_bound("d"); std::cout << (nx != s.end() ? *nx : "-") << *s.rbegin() << *std::prev(s.end()) << "\n";
    si = s.insert("c").first; std::cout << *++si << s.size() << "\n";
    std::list<int> l{1, 2, 3, 4}; auto li = std::next(l.begin(), 2); l.insert(li, 99); std::cout << *li << *std::prev(li); li = l.erase(li); std::cout << *li << l.size() << "\n";
    std::deque<int> d{1, 2, 3}; auto di = d.begin() + 1; *di = 20; di = d.insert(di, 15); std::cout << *di << d[2] << "\n";
    std::vector<std::string> w{"x", "y", "z"}; auto wi = std::find(w.begin(), w.end(), "y"); if (wi != w.end()) { wi->append("!"); std::cout << wi - w.begin() << *wi << wi->size() << "\n"; }
    auto mm = std::minmax_element(w.begin(), w.end()); std::cout << *mm.first << *mm.second << "\n";
    std::vector<Tok> ts{{"p", 1}, {"q", 2}}; auto ti = std::find_if(ts.begin(), ts.end(), [](const Tok &t) { return t.line == 2; }); ti->line = 7; std::cout << ts[1].line << ti->text << (ti - ts.begin()) << "\n";
    auto lb = std::lower_bound(ts.begin(), ts.end(), 5, [](const Tok &t, int n) { return t.line < n; }); std::cout << lb->text << "\n";
    std::string path = "/a/b/c.txt"; auto slash = path.rfind('/'); std::string base(path.begin() + slash + 1, path.end()); auto dot = std::find(base.begin(), base.end(), '.'); std::cout << std::string(base.begin(), dot) << (dot - base.begin()) << std::string(dot, base.end()) << "\n";
    std::string rev(path.rbegin(), path.rend()); std::cout << rev << std::equal(path.begin(), path.end(), rev.rbegin()) << "\n";
    path.erase(path.begin() + 1, path.begin() + 3); path.insert(path.begin(), '>'); std::cout << path << std::count(path.begin(), path.end(), '/') << "\n";
}
