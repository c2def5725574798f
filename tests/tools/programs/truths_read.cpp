#include <iostream>
#include <sstream>
#include <string>
int main() {
    std::istringstream in("1 0 7 x");
    bool flag = false, other = true, bad = false, worse = true;
    std::string name;
    in >> flag >> other;
    std::cout << flag << other << '\n';
    std::cout << (in >> bad ? "read" : "not") << bad << '\n';
    in.clear();
    if (!(in >> worse)) std::cout << "worse" << worse << '\n';
    std::istringstream empty(" ");
    bool kept = true;
    empty >> kept;
    std::cout << kept << empty.eof() << '\n';
    std::istringstream line("debug 1");
    if (line >> name >> flag && flag) std::cout << name << '\n';
    return 0;
}
