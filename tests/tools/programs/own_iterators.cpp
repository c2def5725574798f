/* Own containers with own iterators: loops over them, what is made of them, and what algorithms do with them. */
#include <algorithm>
#include <cstddef>
#include <iostream>
#include <iterator>
#include <numeric>
#include <set>
#include <string>
#include <vector>

class Range {
    int low_, high_, step_;

public:
    class iterator {
        int at_, step_;

    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = int;
        using difference_type = std::ptrdiff_t;
        using pointer = const int *;
        using reference = int;
        iterator(int at, int step) : at_(at), step_(step) {}
        int operator*() const { return at_; }
        iterator &operator++() {
            at_ += step_;
            return *this;
        }
        iterator operator++(int) {
            iterator old(*this);
            ++*this;
            return old;
        }
        friend bool operator==(const iterator &a, const iterator &b) { return a.at_ == b.at_; }
        friend bool operator!=(const iterator &a, const iterator &b) { return !(a == b); }
    };
    Range(int low, int high, int step = 1) : low_(low), high_(high), step_(step) {}
    iterator begin() const { return {low_, step_}; }
    iterator end() const { return {low_ + (high_ - low_ + step_ - 1) / step_ * step_, step_}; }
};

struct Node {
    std::string name;
    int size;
    Node *next;
};

class Chain {
    Node *first_ = nullptr;

public:
    struct iterator {
        using iterator_category = std::forward_iterator_tag;
        using value_type = Node;
        using difference_type = std::ptrdiff_t;
        using pointer = Node *;
        using reference = Node &;
        Node *node;
        Node &operator*() const { return *node; }
        Node *operator->() const { return node; }
        iterator &operator++() {
            node = node->next;
            return *this;
        }
        bool operator==(const iterator &other) const { return node == other.node; }
        bool operator!=(const iterator &other) const { return node != other.node; }
    };
    void add(const std::string &name, int size) { first_ = new Node{name, size, first_}; }
    iterator begin() { return iterator{first_}; }
    iterator end() { return iterator{nullptr}; }
    ~Chain() {
        while (first_ != nullptr) {
            Node *gone = first_;
            first_ = first_->next;
            delete gone;
        }
    }
};

class Cells {
    std::vector<long> cells_;

public:
    class iterator {
        std::vector<long> *cells_;
        std::size_t at_;

    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = long;
        using difference_type = std::ptrdiff_t;
        using pointer = long *;
        using reference = long &;
        iterator(std::vector<long> *cells, std::size_t at) : cells_(cells), at_(at) {}
        long &operator*() const { return (*cells_)[at_]; }
        iterator &operator++() {
            ++at_;
            return *this;
        }
        bool operator!=(const iterator &other) const { return at_ != other.at_; }
        bool operator==(const iterator &other) const { return at_ == other.at_; }
    };
    explicit Cells(std::size_t count) : cells_(count) {}
    iterator begin() { return iterator(&cells_, 0); }
    iterator end() { return iterator(&cells_, cells_.size()); }
};

int main() {
    for (int i : Range(0, 10, 3)) std::cout << i << ' ';
    std::cout << '\n';
    Range five(1, 6);
    std::vector<int> rows(five.begin(), five.end());
    std::set<int> sizes(five.begin(), five.end());
    std::cout << rows.size() << ' ' << sizes.size() << ' ' << std::accumulate(five.begin(), five.end(), 0) << '\n';
    std::cout << std::accumulate(five.begin(), five.end(), 1, [](int a, int b) { return a * b; }) << '\n';
    std::for_each(five.begin(), five.end(), [](int i) { std::cout << i * i << ' '; });
    std::cout << std::count_if(five.begin(), five.end(), [](int i) { return i % 2 == 1; }) << ' '
              << std::distance(five.begin(), five.end()) << '\n';
    std::copy(five.begin(), five.end(), std::back_inserter(rows));
    auto place = five.begin();
    place++;
    rows.insert(rows.begin(), place, five.end());
    std::cout << rows.size() << ' ' << rows[0] << ' ' << rows[4] << ' ' << *place << '\n';
    Chain chain;
    chain.add("part", 10);
    chain.add("object", 20);
    for (Node &node : chain) node.size += 1;
    for (const auto &node : chain) std::cout << node.name << '=' << node.size << ' ';
    std::for_each(chain.begin(), chain.end(), [](Node &node) { node.size *= 2; });
    int total = 0;
    for (auto it = chain.begin(); it != chain.end(); ++it) total += (*it).size;
    std::cout << total << '\n';
    Cells cells(4);
    long next = 1;
    for (long &cell : cells) cell = next *= 3;
    std::vector<long> kept(cells.begin(), cells.end());
    std::cout << kept.back() << ' ' << std::accumulate(cells.begin(), cells.end(), 0L) << '\n';
}
