// An operator that reads, and that says itself that what it found is not what it wants.
#include <iostream>
#include <sstream>

struct Point {
    int x;
    int y;
};

static std::istream &operator>>(std::istream &is, Point &point) {
    int x = 0, y = 0;
    char between = ' ';
    if (is >> x >> between >> y) {
        if (between != ',')
            is.setstate(std::ios::failbit);
        else
            point = Point{x, y};
    }
    return is;
}

int main() {
    std::istringstream text("1,2 3;4 5,6");
    Point point{0, 0};
    while (text >> point)
        std::cout << point.x << ' ' << point.y << '\n';
    std::cout << text.fail() << text.eof() << '\n';
    text.clear();
    text >> point;
    std::cout << text.fail() << point.x << point.y << '\n';
    return 0;
}
