#include <algorithm>
#include <iterator>
#include <cstdio>
#include <numeric>
struct P { int x; int y; };
static int total(const int *first, const int *last) { return std::accumulate(first, last, 0); }
static const P *best(const P *b, const P *e) { return std::max_element(b, e, [](const P &a, const P &c) { return a.y < c.y; }); }
int main() { int a[5] = {5, 2, 4, 1, 3}; std::sort(a, a + 5); for (int v : a) std::printf("%d ", v); std::printf("%d %d\n", total(a, a + 5), total(a + 1, a + 3)); int *p = std::find(a, a + 5, 4); std::printf("%d %d\n", (int)(p - a), *p); P ps[3] = {{1, 5}, {2, 9}, {3, 7}}; const P *m = best(ps, ps + 3); std::printf("%d %d\n", m->x, (int)(m - ps)); std::sort(std::begin(ps), std::end(ps), [](const P &l, const P &r) { return l.y > r.y; }); for (const P &q : ps) std::printf("%d", q.x); P *f = std::find_if(ps, ps + 3, [](const P &q) { return q.x == 42; }); std::printf(" %d\n", f == ps + 3); char s[] = "hello"; std::reverse(s, s + 5); std::printf("%s %d\n", s, (int)std::count(s, s + 5, 'l')); }
