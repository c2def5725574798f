#include <cstdint>
#include <cstdio>
template <typename T>
struct Counter {
    T value;
    Counter(T v) : value(v) {}
    void add(T n) { value += n; }
    T half() const { return value / 2; }
};
template <typename T> T twice(T x) { return x + x; }
template <class A, class B> int compare(A a, B b) { return a < b ? -1 : a > b; }
int main() {
    Counter<uint8_t> small(250);
    small.add(10);
    printf("%d\n", small.value);
    Counter<int> big(-7);
    big.add(2);
    printf("%d %d\n", big.value, big.half());
    Counter<double> d(2.5);
    d.add(0.25);
    printf("%.3f %.3f\n", d.value, d.half());
    printf("%d %u %.1f\n", twice<uint8_t>(200), twice(3000000000u), twice(1.5));
    printf("%d %d\n", compare(1, 2.5), compare('b', 'a'));
    return 0;
}
