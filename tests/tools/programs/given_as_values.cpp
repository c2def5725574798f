/* Owners that functions take as values, and end, move on or give back. */
#include <iostream>
#include <memory>
#include <string>
#include <utility>

struct Part {
    std::string name;
    explicit Part(std::string n) : name(std::move(n)) { std::cout << "+" << name << "\n"; }
    ~Part() { std::cout << "-" << name << "\n"; }
};

void consume(std::unique_ptr<Part> p) {
    if (!p) {
        std::cout << "nothing\n";
        return;
    }
    std::cout << "consume " << p->name << "\n";
}

std::unique_ptr<Part> pass(std::unique_ptr<Part> p) {
    p->name += "!";
    return p;
}

void share(std::shared_ptr<Part> p) { std::cout << p->name << " has " << p.use_count() << "\n"; }

class Queue {
public:
    void add(std::unique_ptr<Part> p) { last_ = std::move(p); }
    std::unique_ptr<Part> take() { return std::move(last_); }
    bool empty() const { return !last_; }

private:
    std::unique_ptr<Part> last_;
};

int main() {
    auto p = std::make_unique<Part>("a");
    consume(std::move(p));
    std::cout << (p ? "still" : "gone") << "\n";
    consume(std::make_unique<Part>("b"));
    consume(nullptr);
    auto q = pass(std::make_unique<Part>("c"));
    std::cout << q->name << "\n";
    q = pass(std::move(q));
    std::cout << q->name << "\n";
    auto s = std::make_shared<Part>("d");
    share(s);
    share(std::move(s));
    std::cout << (s ? "still" : "gone") << "\n";
    share(std::make_shared<Part>("e"));
    Queue queue;
    queue.add(std::make_unique<Part>("f"));
    queue.add(std::move(q));
    std::cout << "taking\n";
    auto t = queue.take();
    std::cout << t->name << " " << queue.empty() << "\n";
    queue.add(std::make_unique<Part>("g"));
    std::cout << "end\n";
}
