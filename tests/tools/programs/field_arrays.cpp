#include <iostream>
#include <string>
#include <vector>
#include <map>
struct Node { std::vector<int> v; std::map<std::string, int> m; std::string tags[2]; int k[2] = {7, 8}; };
struct Top { Node nodes[2]; std::vector<std::string> names[2]; static std::string labels[2]; static Node fixed[2]; int grid[2][3]; };
std::string Top::labels[2] = {"l0", "l1"};
Node Top::fixed[2];
class Vec { double v_[3]; public: Vec(double a, double b, double c) : v_{a, b, c} {} double &operator[](int i) { return v_[i]; } double operator[](int i) const { return v_[i]; } Vec operator+(const Vec &o) const { return Vec(v_[0] + o.v_[0], v_[1] + o.v_[1], v_[2] + o.v_[2]); } };
class Names { std::string n_[2]; public: Names(const std::string &a, const std::string &b) : n_{a, b} {} const std::string *begin() const { return n_; } const std::string *end() const { return n_ + 2; } std::string *find(const std::string &s) { for (auto &x : n_) if (x == s) return &x; return nullptr; } };
int main() {
    Top t;
    for (auto &row : t.grid) for (auto &c : row) c = 1;
    t.nodes[1].v.push_back(4); t.nodes[1].m["a"] = 1; t.nodes[0].tags[1] = "tag"; t.names[1].push_back("n");
    Top u = t;
    u.nodes[1].v.push_back(5); u.nodes[1].m["a"]++; u.nodes[0].tags[1] += "!"; u.names[1][0] = "changed"; u.nodes[0].k[1] = 9; u.grid[1][2] = 5;
    std::cout << t.nodes[1].v.size() << t.nodes[1].m["a"] << t.nodes[0].tags[1] << t.names[1][0] << t.nodes[0].k[1] << t.grid[1][2] << "\n";
    std::cout << u.nodes[1].v.size() << u.nodes[1].m["a"] << u.nodes[0].tags[1] << u.names[1][0] << u.nodes[0].k[1] << u.grid[1][2] << "\n";
    Top::labels[1] += "x"; Top::fixed[0].k[0]++;
    std::cout << Top::labels[1] << Top::labels[0] << Top::fixed[0].k[0] << "\n";
    Node &n = t.nodes[0];
    t = u;
    n.v.push_back(1);
    std::cout << t.nodes[0].v.size() << u.nodes[0].v.size() << n.tags[1] << "\n";
    Vec a(1, 2, 3), b(4, 5, 6); a[1] = 10; Vec c = a + b; std::cout << c[0] << c[1] << c[2] << "\n";
    Vec d = a; d[0] = 100; std::cout << a[0] << d[0] << "\n";
    Names names("p", "q");
    if (std::string *p = names.find("q")) *p = "Q";
    for (const auto &s : names) std::cout << s;
    std::cout << "\n";
    Node arr[2]; arr[0].v.push_back(1); arr[1] = arr[0]; arr[1].v.push_back(2); std::cout << arr[0].v.size() << arr[1].v.size() << "\n";
    std::vector<Top> tops; tops.push_back(t); tops[0].names[0].push_back("z"); std::cout << t.names[0].size() << "\n";
}
