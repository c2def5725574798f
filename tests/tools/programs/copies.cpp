#include <iostream>
#include <map>
#include <string>
#include <vector>
struct Point { int x = 1, y = 2; };
struct Shape { std::string name; std::vector<Point> pts; Point center; };
static Shape moved(Shape s, int d) { for (auto &p : s.pts) p.x += d; s.center.x += d; return s; }
int main() {
    Shape a{"a", {{1, 1}, {2, 2}}, {}};
    Shape b = moved(a, 10);
    std::cout << a.pts[0].x << b.pts[0].x << a.center.x << b.center.x << "\n";
    Shape c = a;
    c.pts.push_back({9, 9});
    c.center = b.center;
    c.center.y = 77;
    std::cout << a.pts.size() << c.pts.size() << b.center.y << c.center.y << "\n";
    std::map<std::string, Shape> m;
    m["k"] = a;
    m["k"].name = "changed";
    Shape &r = m["k"];
    r.pts.clear();
    std::cout << a.name << m["k"].name << a.pts.size() << m["k"].pts.size() << "\n";
    std::vector<Shape> v{a, b};
    Shape first = v[0];
    v[0] = v[1];
    v[1].name = "z";
    std::cout << first.name << v[0].name << v[1].name << "\n";
    std::swap(v[0], v[1]);
    std::cout << v[0].name << v[1].name << "\n";
    Point arr[2];
    arr[0] = Point{5, 6};
    arr[1] = arr[0];
    arr[1].x = 0;
    std::cout << arr[0].x << arr[1].x << arr[1].y << "\n";
    Point *pp = &arr[0];
    Point copy = *pp;
    pp->y = 100;
    std::cout << copy.y << arr[0].y << "\n";
    std::vector<std::vector<int>> grid(2);
    grid[0].push_back(1);
    auto g2 = grid;
    g2[0][0] = 5;
    std::cout << grid[0][0] << g2[0][0] << grid[1].size() << "\n";
    return 0;
}
