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
struct Job { int id; P r; }; Job mk(int i) { Job j{i, std::make_shared<R>(std::to_string(i))}; return j; } Job mk2(int i) { return Job{i, std::make_shared<R>(std::to_string(i))}; }
int main() { Job a{1, std::make_shared<R>("a")}; std::cout << a.r.use_count() << "\n"; auto b = mk(2); auto c = mk2(3); std::vector<Job> v; v.push_back(Job{4, a.r}); v.push_back({5, nullptr}); v.emplace_back(Job{6, b.r}); std::cout << a.r.use_count() << b.r.use_count() << "\n"; const Job &d = v[0]; std::cout << d.r.use_count() << "\n"; mk(7).r->hi(); std::cout << "end\n"; }
