#include <iostream>
#include <string>
#include <vector>
class Queue { std::vector<std::vector<int>> q_; std::vector<std::string> n_; public: void push(std::vector<int> &&v) { q_.push_back(std::move(v)); } void name(std::string &&s) { n_.emplace_back(std::move(s)); } void peek(std::string &&s) const { std::cout << s.size(); } size_t at(size_t i) const { return q_[i].size(); } const std::string &n(size_t i) const { return n_[i]; } };
int main() { Queue q; std::vector<int> row{1, 2}; q.push(std::move(row)); std::cout << row.size(); row.clear(); row.push_back(9); std::cout << q.at(0) << row.size() << "\n"; std::string s = "abc"; q.peek(std::move(s)); std::cout << s.size(); q.name(std::move(s)); std::cout << s.size() << q.n(0) << "\n"; }
