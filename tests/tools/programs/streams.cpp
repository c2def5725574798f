#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
#include <map>
#include <set>
#include <algorithm>
static std::string trim(const std::string &s) { size_t b = s.find_first_not_of(" \t"); if (b == std::string::npos) return ""; size_t e = s.find_last_not_of(" \t"); return s.substr(b, e - b + 1); }
static std::vector<std::string> split(const std::string &s, char sep) { std::vector<std::string> out; std::string cur; for (char c : s) { if (c == sep) { out.push_back(cur); cur.clear(); } else cur += c; } out.push_back(cur); return out; }
static bool starts(const std::string &s, const std::string &p) { return s.size() >= p.size() && s.compare(0, p.size(), p) == 0; }
struct Config { std::map<std::string, std::string> values; int lines = 0; bool load(const std::string &path) { std::ifstream in(path); if (!in) return false; std::string line; while (std::getline(in, line)) { ++lines; size_t p = line.find('='); if (p == std::string::npos) continue; values[line.substr(0, p)] = line.substr(p + 1); } return true; } std::string get(const std::string &k, const std::string &d = "") const { auto it = values.find(k); return it == values.end() ? d : it->second; } };
int main()
{
    { std::ofstream out("conf.txt"); out << "host=example.com\n" << "port=" << 8080 << "\n# c\n"; }
    Config c; if (!c.load("conf.txt")) { std::cerr << "cannot load\n"; return 1; } std::cout << c.lines << " " << c.get("host") << " " << c.get("none", "dflt") << std::endl;
    for (const auto &p : split("a,b,,c", ',')) std::cout << "[" << p << "]"; std::cout << std::endl; std::cout << starts("oss://x", "oss://") << starts("x", "xyz") << std::endl;
    std::ifstream in("nums"); std::cout << in.is_open() << std::endl; std::ofstream n("nums"); for (int i = 0; i < 4; ++i) n << i * i << ' '; n.close(); std::ifstream r("nums"); int x, s = 0; while (r >> x) s += x; std::cout << s << std::endl;
    std::set<std::string> seen; for (auto w : {"b", "a", "b"}) seen.insert(w); for (const auto &w : seen) std::cout << w << " "; std::cout << seen.size() << std::endl;
    std::vector<std::vector<int>> grid(2, std::vector<int>(3, 1)); grid[1][2] = 7; int t = 0; for (const auto &row : grid) for (int v : row) t += v; std::cout << t << std::endl; std::vector<std::pair<std::string, int>> v; v.push_back({"x", 2}); v.push_back(std::make_pair("y", 1)); std::sort(v.begin(), v.end(), [](const std::pair<std::string, int> &a, const std::pair<std::string, int> &b) { return a.second < b.second; }); for (auto &p : v) std::cout << p.first << p.second << " "; std::cout << std::endl;
    std::string text = "hello world"; std::cout << text.find("wor") << " " << text.substr(6) << " " << text[4] << " " << text.length() << " " << (text < "help") << std::endl; std::string up = text; std::cout << up << std::endl; std::istringstream is("3 4 five"); int a, b; std::string w; is >> a >> b >> w; std::cout << a + b << w << std::endl; try { std::cout << std::stoi("42") + 1 << std::endl; } catch (...) { std::cout << "no" << std::endl; } return 0;
}
