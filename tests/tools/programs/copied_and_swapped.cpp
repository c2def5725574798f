/* An object is set by a copy that is exchanged with it. */
#include <iostream>
#include <string>
#include <utility>

class Handle {
public:
    explicit Handle(int id) : id_(id) { std::cout << "open " << id_ << "\n"; }
    Handle(const Handle &o) : id_(o.id_ + 100), label_(o.label_) { std::cout << "dup " << o.id_ << " as " << id_ << "\n"; }
    ~Handle() { std::cout << "close " << id_ << " " << label_ << "\n"; }
    friend void swap(Handle &a, Handle &b) noexcept {
        using std::swap;
        swap(a.id_, b.id_);
        swap(a.label_, b.label_);
    }
    Handle &operator=(Handle o) noexcept {
        swap(*this, o);
        return *this;
    }
    void label(const std::string &l) { label_ = l; }
    int id() const { return id_; }

private:
    int id_;
    std::string label_;
};

int main() {
    Handle a(1), b(2);
    a.label("first");
    b.label("second");
    a = b;
    std::cout << "a is " << a.id() << ", b is " << b.id() << "\n";
    b = Handle(7);
    std::cout << "b is " << b.id() << "\n";
    {
        Handle c(3);
        c = a;
        std::cout << "c is " << c.id() << "\n";
    }
    swap(a, b);
    std::cout << a.id() << " " << b.id() << "\n";
}
