#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>
#include <functional>
#include <stdexcept>
#include <cstdlib>
#include <algorithm>
struct R { std::string n; explicit R(const std::string &s) : n(s) { std::cout << "+" << n << "\n"; } ~R() { std::cout << "-" << n << "\n"; } void hi() const { std::cout << "hi " << n << "\n"; } };
using P = std::shared_ptr<R>;
int f(int i) { auto a = std::make_shared<R>("a" + std::to_string(i)); P b = a; if (i > 1) throw std::runtime_error("deep"); return f(i + 1) + b.use_count(); }
int main() { try { f(0); } catch (...) { std::cout << "c\n"; } auto z = std::make_shared<R>("z"); throw 5; }
