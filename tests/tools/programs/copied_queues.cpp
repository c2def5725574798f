#include <queue>
#include <iostream>
int main() {
    std::priority_queue<int> a;
    a.push(3); a.push(5);
    std::priority_queue<int> b = a;
    std::priority_queue<int> c(a);
    std::priority_queue<int, std::vector<int>, std::greater<int>> d;
    d.push(1);
    auto e = d;
    b.pop();
    std::cout << a.size() << b.size() << c.size() << d.size() << e.size() << '\n';
}
