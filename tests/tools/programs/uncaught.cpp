#include <iostream>
#include <stdexcept>
#include <vector>
struct G { ~G() { std::cout << "unwound" << std::endl; } };
static void f(const std::vector<int> &v) { G g; std::cout << v.at(5); }
int main() {
    std::cout << "lost\n";
    std::vector<int> v(2);
    f(v);
    return 0;
}
