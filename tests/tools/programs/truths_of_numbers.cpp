#include <iostream>
static bool g = 3;
int main() {
    bool b = 5;
    bool c = 0.5;
    bool d(7), e{true};
    const bool f = 2;
    b = 9;
    std::cout << std::boolalpha << b << c << d << e << f << g << std::endl;
    return 0;
}
