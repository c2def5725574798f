/* Pointers that say how what they own is freed. */
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

struct Dev {
    int fd;
};
int opened = 0;
Dev *dev_open(int fd) {
    if (fd < 0) return nullptr;
    ++opened;
    return new Dev{fd};
}
void dev_close(Dev *d) {
    --opened;
    std::cout << "close " << d->fd << "\n";
    delete d;
}
using DevPtr = std::unique_ptr<Dev, decltype(&dev_close)>;
DevPtr open(int fd) { return DevPtr(dev_open(fd), dev_close); }
struct DevCloser {
    void operator()(Dev *d) const { dev_close(d); }
};
class Bus {
public:
    void attach(std::unique_ptr<Dev, DevCloser> d) { devs_.push_back(std::move(d)); }
    std::size_t size() const { return devs_.size(); }
    void detach() { devs_.pop_back(); }
private:
    std::vector<std::unique_ptr<Dev, DevCloser>> devs_;
};
int main() {
    {
        DevPtr a = open(1);
        DevPtr none = open(-1);
        if (!none) std::cout << "none\n";
        a = open(2);
        std::cout << a->fd << opened << "\n";
    }
    Bus bus;
    bus.attach(std::unique_ptr<Dev, DevCloser>(dev_open(5)));
    std::unique_ptr<Dev, DevCloser> d(dev_open(6));
    bus.attach(std::move(d));
    bus.attach(std::unique_ptr<Dev, DevCloser>(dev_open(7)));
    std::cout << bus.size() << opened << "\n";
    bus.detach();
    std::shared_ptr<Dev> s(dev_open(9), [](Dev *p) {
        std::cout << "shared ";
        dev_close(p);
    });
    auto t = s;
    s.reset();
    std::cout << t.use_count() << opened << "\n";
}
