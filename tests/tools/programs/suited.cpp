#include <algorithm>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>
static bool high(unsigned char c) { return c > 127; }
static int half(int n) { return n / 2; }
struct Up { unsigned char operator()(unsigned char c) const { return c > 127 ? '?' : c; } };
int main() {
    std::string s = "a\xc3\xa9z";
    std::cout << std::count_if(s.begin(), s.end(), [](unsigned char c) { return c > 127; }) << std::any_of(s.begin(), s.end(), high) << (std::find_if(s.begin(), s.end(), high) == s.end()) << "\n";
    std::vector<double> d{1.5, 2.7, 5.0};
    std::vector<int> out(3);
    std::transform(d.begin(), d.end(), out.begin(), [](int x) { return x * 2; });
    for (int v : out) std::cout << v << ' ';
    std::transform(d.begin(), d.end(), out.begin(), half);
    for (int v : out) std::cout << v << ' ';
    std::transform(d.begin(), d.end(), out.begin(), [](double x) { return x * 1.5; });
    for (int v : out) std::cout << v << ' ';
    std::vector<float> f(3);
    std::transform(d.begin(), d.end(), f.begin(), [](double x) { return x / 3; });
    std::cout << (f[0] == 0.5f) << (f[1] == 2.7 / 3) << "\n";
    std::cout << std::accumulate(d.begin(), d.end(), 0) << " " << std::accumulate(d.begin(), d.end(), 0, [](int a, double b) { return a + b; }) << " " << std::accumulate(out.begin(), out.end(), 0.5) << "\n";
    std::vector<unsigned char> b{200, 100}; std::vector<unsigned> sums(2); std::partial_sum(b.begin(), b.end(), sums.begin()); std::cout << sums[1] << " " << std::inner_product(d.begin(), d.end(), d.begin(), 0.0) << "\n";
    std::for_each(d.begin(), d.end(), [](int v) { std::cout << v << ","; });
    std::string u(s.size(), 0); std::transform(s.begin(), s.end(), u.begin(), Up()); std::cout << u << "\n";
    std::vector<int> iv{3, -1, 2}; std::cout << std::count_if(iv.begin(), iv.end(), [](unsigned v) { return v > 100; }) << std::all_of(iv.begin(), iv.end(), [](bool v) { return v == true; }) << "\n";
    std::sort(iv.begin(), iv.end(), [](unsigned a, unsigned b) { return a < b; }); std::cout << iv[0] << iv[2] << "\n";
    auto twice = [](int v) { return v * 2; }; std::cout << twice(2.9) << twice('a') << "\n";
    std::vector<char> cv{'a', (char)200}; std::cout << std::count_if(cv.begin(), cv.end(), [](int c) { return c < 0; }) << "\n";
}
