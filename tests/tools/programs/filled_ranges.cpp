#include <algorithm>
#include <iostream>
#include <iterator>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>
#include <set>
#include <cstdint>
int main() {
    long g = std::gcd(48L, 36L);
    std::cout << g << std::gcd(-4, 6) << std::lcm(4, 6) << std::lcm(-3, 7) << std::gcd(0, 0) << '\n';
    uint64_t a = 18446744073709551610ull, b = 10;
    std::cout << std::gcd(a, b) << ' ' << std::gcd(12, 18L) << '\n';
    std::cout << std::clamp(5, 1, 3) << std::clamp(2.5, 0.0, 1.0) << std::clamp<size_t>(7, 8, 9) << '\n';
    std::vector<int> v(5);
    std::iota(v.begin(), v.end(), 10);
    std::vector<unsigned> u(4);
    std::iota(u.begin(), u.end(), 1);
    std::vector<size_t> order(3);
    std::iota(order.begin(), order.end(), 0);
    std::string abc(26, ' ');
    std::iota(abc.begin(), abc.end(), 'a');
    int n = 0;
    std::generate(v.begin(), v.end(), [&n] { return n += 2; });
    std::vector<int> gen;
    std::generate_n(std::back_inserter(gen), 3, [&n]() { return ++n; });
    std::copy(v.begin(), v.end(), std::ostream_iterator<int>(std::cout, " "));
    std::copy(gen.begin(), gen.end(), std::ostream_iterator<int>(std::cout, ","));
    std::cout << '\n' << abc << u[3] << order[2] << '\n';
    return 0;
}
