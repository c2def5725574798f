#include <algorithm>
#include <iostream>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>
#include <set>
#include <sstream>
#include <fstream>
bool odd(int x) { return x % 2; }
int main() {
    std::vector<int> v{1, 2, 3, 4, 5, 6, 7};
    auto mid = std::partition(v.begin(), v.end(), odd);
    for (auto it = v.begin(); it != mid; ++it) std::cout << *it; std::cout << "|"; for (int x : v) std::cout << x; std::cout << "\n";
    std::stable_partition(v.begin(), v.end(), [](int x) { return x > 3; }); for (int x : v) std::cout << x; std::cout << "\n";
    std::rotate(v.begin(), v.begin() + 2, v.end()); for (int x : v) std::cout << x; std::cout << "\n";
    std::replace(v.begin(), v.end(), 4, 40); std::replace_if(v.begin(), v.end(), odd, 0);
    std::copy(v.begin(), v.end(), std::ostream_iterator<int>(std::cout, ",")); std::cout << "\n";
    std::ostringstream os; std::copy(v.rbegin(), v.rend(), std::ostream_iterator<int>(os, " ")); std::cout << os.str() << "\n";
    std::string s = "hello world"; std::replace(s.begin(), s.end(), 'l', 'L'); std::rotate(s.begin(), s.begin() + 6, s.end()); std::cout << s << "\n";
    std::string p = "abc"; do { std::cout << p << " "; } while (std::next_permutation(p.begin(), p.end())); std::cout << p << "\n";
    auto mm = std::minmax_element(v.begin(), v.end()); std::cout << *mm.first << *mm.second << "\n";
    std::vector<int> a{1, 2, 2, 5}, b{2, 3, 5}, o; std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(o)); std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(o));
    for (int x : o) std::cout << x; std::vector<int> ps(4); std::partial_sum(a.begin(), a.end(), ps.begin()); std::cout << ps[3] << std::inner_product(a.begin(), a.end(), a.begin(), 0) << "\n";
    std::set<std::string> x{"a", "b"}, y{"b", "c"}; std::vector<std::string> d; std::set_difference(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(d)); std::cout << d.size() << d[0] << "\n";
    auto adj = std::adjacent_find(a.begin(), a.end()); std::cout << (adj - a.begin()) << "\n";
    a.swap(b); std::cout << a.size(); std::string t = "q"; t.swap(s); std::cout << t << s << "\n";
    { std::fstream f("data.bin", std::ios::in | std::ios::out | std::ios::trunc); f << "line1\nline2\n"; f.seekg(0); std::string l; while (std::getline(f, l)) std::cout << l << ";"; f.clear(); f.seekp(0); f << "LINE"; }
    std::ifstream in("data.bin"); std::string first; in >> first; std::cout << first << "\n";
}
