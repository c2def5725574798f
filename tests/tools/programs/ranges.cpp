#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>
int main() {
    std::vector<int> v = {4, 8, 15, 16, 23, 42, 8};
    std::cout << std::accumulate(v.begin(), v.end(), 0) << " " << *std::max_element(v.begin(), v.end()) << " "
              << *std::min_element(v.begin(), v.end()) << "\n";
    auto it = std::find(v.begin(), v.end(), 15);
    std::cout << (it - v.begin()) << " " << *it << "\n";
    auto even = std::find_if(v.begin(), v.end(), [](int x) { return x % 2 == 1; });
    if (even != v.end()) std::cout << "odd " << *even << "\n";
    std::cout << std::count_if(v.begin(), v.end(), [](int x) { return x > 10; }) << std::count(v.begin(), v.end(), 8) << "\n";
    std::vector<int> w(v.size());
    std::transform(v.begin(), v.end(), w.begin(), [](int x) { return x * 2; });
    std::reverse(w.begin(), w.end());
    for (size_t i = 0; i < w.size(); ++i) std::cout << w[i] << (i + 1 < w.size() ? "," : "\n");
    std::sort(v.begin(), v.end());
    v.erase(std::unique(v.begin(), v.end()), v.end());
    v.erase(std::remove_if(v.begin(), v.end(), [](int x) { return x == 4; }), v.end());
    for (int x : v) std::cout << x << ' ';
    std::cout << std::binary_search(v.begin(), v.end(), 16) << std::all_of(v.begin(), v.end(), [](int x) { return x > 0; }) << "\n";
    std::vector<int> z(3);
    std::iota(z.begin(), z.end(), 5);
    std::fill(v.begin(), v.end(), 1);
    std::cout << z[2] << v[0] << std::any_of(z.begin(), z.end(), [](int x) { return x == 6; }) << "\n";
    std::swap(z[0], z[2]);
    std::cout << z[0] << z[2] << std::min(3, 2) << std::max<long>(1, 5) << "\n";
    return 0;
}
