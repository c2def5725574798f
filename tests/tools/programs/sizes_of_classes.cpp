/* How much memory the program's own classes take. */
#include <iostream>

struct Point {
    int x;
    int y;
    double weight;
};

class Part {
    char tag_ = 'p';
    Point place_{};
    Part *next_ = nullptr;
    static int count_;

public:
    static int count() { return ++count_; }
    Part *next() const { return next_; }
    char tag() const { return tag_; }
    double weight() const { return place_.weight; }
};
int Part::count_ = 0;

struct Shape {
    virtual ~Shape() = default;
    virtual int sides() const { return 0; }
    int id = 1;
};

struct Square : Shape {
    int sides() const override { return 4; }
    short side = 2;
};

enum class Op : unsigned char { push, pop };

struct Step {
    Op op = Op::push;
    int argument = 0;
};

struct Nothing {};

int main() {
    Step steps[3];
    const Square square;
    std::cout << sizeof(Point) << ' ' << sizeof(Part) << ' ' << sizeof(Shape) << ' ' << sizeof square << ' '
              << sizeof(Op) << ' ' << sizeof(Step) << ' ' << sizeof(Nothing) << '\n';
    std::cout << sizeof steps << ' ' << sizeof(steps) / sizeof(steps[0]) << ' ' << sizeof(Part *) << '\n';
    std::cout << Part::count() << square.sides() << Part().tag() << (Part().next() == nullptr) << Part().weight() << '\n';
}
