#include <cstdio>
#include <string>
#include <vector>
#include <iostream>
class Animal { public: virtual ~Animal() {} virtual std::string sound() const = 0; virtual int legs() const { return 4; } void describe() const { std::cout << sound() << " on " << legs() << " legs" << std::endl; } };
class Dog : public Animal { public: std::string sound() const override { return "woof"; } };
class Bird : public Animal { std::string name; public: Bird(const std::string &n) : name(n) {} std::string sound() const override { return "tweet from " + name; } int legs() const override { return 2; } };
class Guard { const char *n; public: Guard(const char *name) : n(name) { printf("enter %s\n", n); } ~Guard() { printf("leave %s\n", n); } };
class Stack { std::vector<int> items; public: void push(int x) { items.push_back(x); } int pop() { int x = items.back(); items.pop_back(); return x; } bool empty() const { return items.empty(); } int size() const { return (int)items.size(); } };
namespace util { int twice(int n) { return n * 2; } namespace deep { const int K = 7; } }
static int work(int n) { Guard g("work"); if (n < 0) return -1; for (int i = 0; i < n; i++) { Guard in("loop"); if (i == 1) break; } return n; }
int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
int main(int argc, char **argv) {
    Dog d; Bird b("joe"); d.describe(); b.describe(); Animal *zoo[] = {&d, &b}; for (int i = 0; i < 2; i++) std::cout << zoo[i]->legs() << " "; std::cout << std::endl;
    std::vector<Animal *> list; list.push_back(&d); list.push_back(&b); for (Animal *a : list) a->describe(); printf("%d %d\n", work(3), work(-1)); Stack s; for (int i = 0; i < 3; ++i) s.push(i * i); while (!s.empty()) std::cout << s.pop() << ","; std::cout << s.size() << std::endl;
    std::cout << util::twice(4) << util::deep::K << " " << fib(12) << " " << argc << std::endl; int arr[3] = {1, 2, 3}; int sum = 0; for (int x : arr) sum += x; bool flag = sum > 5; std::cout << flag << std::endl; return 0;
}
